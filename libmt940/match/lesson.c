/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson.c: how choices change a lesson, and what it is worth. Knows numbers and time; not what
 * the key is made of, nor where lessons are kept.
 */
#include "mt940connect/lesson.h"

#include "base/export.h"
#include "base/failure.h"
#include "match/match.h"

#define THOUSAND 1000
#define STRENGTH_MOST (1000 * THOUSAND)
#define SECONDS_A_DAY 86400
#define WEIGHT_MOST 4500

/* 2^(-k/16) in 1/65536, rounded: sixteen steps between two halvings. */
#define STEPS 16
static const uint32_t fading[STEPS] = {65536, 62757, 60097, 57549, 55109, 52773, 50535, 48393,
                                       46341, 44376, 42495, 40693, 38968, 37316, 35734, 34219};

MT940_EXPORT void mt940_lesson_policy_init(struct mt940_lesson_policy *policy)
{
    if (policy)
        *policy = (struct mt940_lesson_policy){sizeof(*policy), 3, 1, 125, 0};
}

static bool take_policy(const struct mt940_lesson_policy *given, struct mt940_lesson_policy *out)
{
    mt940_lesson_policy_init(out);
    if (!given)
        return true;
    if (mt940_check_size(given, given->size, sizeof(*given), sizeof(*given)) || given->confirmations < 0 ||
        given->rejections < 0 || given->half_life < 1 || given->reserved != 0)
        return false;
    *out = *given;
    return true;
}

/* What is left of choices after a time; a clock that went back takes nothing. */
static int64_t fade(int64_t strength, int64_t from, int64_t to, int32_t half_life)
{
    int64_t days, steps;

    strength = strength < 0 ? 0 : strength > STRENGTH_MOST ? STRENGTH_MOST : strength;
    if (to <= from || from < 0)
        return strength;
    days = (to - from) / SECONDS_A_DAY;
    if (days / half_life > 32)
        return 0;
    steps = days * STEPS / half_life;
    return (strength * (int64_t)fading[steps % STEPS] >> 16) >> (steps / STEPS);
}

static void confirm(const struct mt940_lesson_policy *policy, int64_t now, struct mt940_lesson *lesson)
{
    int64_t strength = fade(lesson->strength, lesson->at, now, policy->half_life) + THOUSAND;

    lesson->strength = strength > STRENGTH_MOST ? STRENGTH_MOST : strength;
    lesson->at = now > lesson->at ? now : lesson->at;
    lesson->refused = 0;
    if (lesson->confirmed < INT32_MAX)
        lesson->confirmed++;
}

/* The choice counts no more, whenever it was made: a whole one is taken off. */
static void take_back(struct mt940_lesson *lesson)
{
    lesson->strength = lesson->strength > THOUSAND ? lesson->strength - THOUSAND : 0;
    if (lesson->confirmed > 0)
        lesson->confirmed--;
}

MT940_EXPORT int mt940_lesson_teach(const struct mt940_lesson_policy *policy, int32_t event, int64_t now,
                                    struct mt940_lesson *lesson)
{
    struct mt940_lesson_policy used;

    if (!lesson || !take_policy(policy, &used))
        return MT940_E_ARGUMENT;
    switch (event) {
    case MT940_LESSON_CONFIRMED:
        confirm(&used, now, lesson);
        return MT940_OK;
    case MT940_LESSON_REJECTED:
        lesson->refused = 1;
        if (lesson->rejected < INT32_MAX)
            lesson->rejected++;
        return MT940_OK;
    case MT940_LESSON_TAKEN_BACK:
        take_back(lesson);
        return MT940_OK;
    default:
        return MT940_E_ARGUMENT;
    }
}

/* 10 log10((c + 1/2) / (r + 1/2)): matching.md §3.1, evidence 6. */
static int32_t weight_of(int64_t strength, int64_t rejected)
{
    int64_t refusals = rejected < 0 ? 0 : rejected > 1000 ? 1000 : rejected;
    int32_t weight = mt940_match_log((uint32_t)(strength + THOUSAND / 2)) -
                     mt940_match_log((uint32_t)(refusals * THOUSAND + THOUSAND / 2));

    return weight < 0 ? 0 : weight > WEIGHT_MOST ? WEIGHT_MOST : weight;
}

MT940_EXPORT int mt940_lesson_weigh(const struct mt940_lesson_policy *policy, const struct mt940_lesson *lesson,
                                    int64_t now, struct mt940_lesson_worth *out)
{
    struct mt940_lesson_policy used;
    int64_t strength;

    if (!lesson || !out || out->size < sizeof(*out) || !take_policy(policy, &used))
        return MT940_E_ARGUMENT;
    strength = fade(lesson->strength, lesson->at, now, used.half_life);
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    out->strength = (int32_t)strength;
    out->refused = lesson->refused != 0;
    if (out->refused || lesson->confirmed <= 0)
        return MT940_OK;
    out->weight = weight_of(strength, lesson->rejected);
    /* One whole choice must be left of them: what nobody confirmed for a year asks again. */
    out->decides = used.confirmations > 0 && lesson->confirmed >= used.confirmations &&
                   lesson->rejected <= used.rejections && strength >= THOUSAND;
    return MT940_OK;
}
