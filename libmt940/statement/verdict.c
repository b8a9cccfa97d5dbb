/* SPDX-License-Identifier: Apache-2.0
 *
 * verdict.c: opening balance + movements = closing balance, in exact integers. A statement whose
 * numbers can be read in several ways is read in the one way in which it adds up; if none does,
 * or more than one, nothing is guessed and the verdict says so.
 */
#include "statement/verdict.h"

#include "statement/reading.h"

static bool add(int64_t *sum, int64_t units)
{
    uint64_t a = (uint64_t)*sum, b = (uint64_t)units, all = a + b;
    /* Two numbers of one sign, and another sign above them. No processor guesses what moves next, so no branch. */
    bool overflow = ((a ^ all) & (b ^ all)) >> 63;
    *sum = overflow ? *sum : *sum + units;
    return !overflow;
}

static bool scale_up(int64_t *units, int32_t from, int32_t to)
{
    for (; from < to; from++) {
        if (*units > INT64_MAX / 10 || *units < INT64_MIN / 10)
            return false;
        *units *= 10;
    }
    return true;
}

/* Brings the sums to at least `scale`, so that amounts of any scale can be added. */
static void raise_scale(struct mt940_sums *sums, int32_t scale)
{
    if (scale <= sums->scale)
        return;
    for (size_t i = 0; i < MT940_CONVENTIONS; i++)
        sums->overflow = !scale_up(&sums->units[i], sums->scale, scale) || sums->overflow;
    sums->scale = scale;
}

static void add_under(struct mt940_sums *sums, int32_t convention, const struct mt940_reading *reading, int sign)
{
    struct mt940_amount amount;
    mt940_reading_under(reading, convention, &amount);
    raise_scale(sums, amount.scale);
    int64_t units = sign < 0 ? -amount.units : amount.units;
    if (!scale_up(&units, amount.scale, sums->scale) || !add(&sums->units[convention], units))
        sums->overflow = true;
}

void mt940_sums_add(struct mt940_sums *sums, const struct mt940_reading *reading, int sign)
{
    const struct mt940_amount *amount = &reading->amount;
    /* Nearly always. */
    if (!(reading->ambiguity | sums->ambiguity) && amount->scale == sums->scale) {
        sums->overflow = !add(&sums->units[0], sign < 0 ? -amount->units : amount->units) || sums->overflow;
        return;
    }
    if (reading->ambiguity && !sums->ambiguity)
        for (size_t i = 1; i < MT940_CONVENTIONS; i++)
            sums->units[i] = sums->units[0];
    sums->ambiguity |= reading->ambiguity;
    int32_t last = sums->ambiguity ? MT940_CONVENTIONS - 1 : 0;
    for (int32_t convention = 0; convention <= last; convention++)
        add_under(sums, convention, reading, sign);
}

/* Whether the message adds up under one convention; fills computed and stated. */
static bool adds_up(const struct mt940_sums *given, int32_t convention, const struct mt940_balance *opening,
                    const struct mt940_balance *closing, struct mt940_verdict *out)
{
    struct mt940_sums sums = *given;
    struct mt940_amount stated;
    sums.units[convention] = given->units[given->ambiguity ? convention : 0];
    add_under(&sums, convention, &opening->reading, mt940_mark_sign(opening->mark));
    mt940_reading_under(&closing->reading, convention, &stated);
    raise_scale(&sums, stated.scale);
    if (closing->mark == MT940_MARK_D)
        stated.units = -stated.units;
    int64_t units = stated.units;
    sums.overflow = !scale_up(&units, stated.scale, sums.scale) || sums.overflow;
    out->has_computed = !sums.overflow;
    out->computed = stated;
    out->computed.units = sums.units[convention];
    out->computed.scale = sums.scale;
    out->stated = stated;
    return !sums.overflow && units == sums.units[convention];
}

void mt940_verdict_reach(const struct mt940_sums *sums, const struct mt940_balance *opening,
                         const struct mt940_balance *closing, struct mt940_verdict *out)
{
    uint32_t ambiguity = sums->ambiguity | opening->reading.ambiguity | closing->reading.ambiguity;
    struct mt940_sums all = *sums;
    int fits = 0;
    memset(out, 0, sizeof *out);
    out->balanced = -1;
    if (!opening->kind || !closing->kind || sums->overflow) {
        out->undecided = ambiguity != 0;
        return;
    }
    if (!sums->ambiguity)
        for (size_t i = 1; i < MT940_CONVENTIONS; i++)
            all.units[i] = all.units[0];
    all.ambiguity = ambiguity;
    for (int32_t convention = 0; convention < MT940_CONVENTIONS; convention++) {
        struct mt940_verdict attempt = *out;
        if ((convention & (int32_t)~ambiguity) != 0)
            continue; /* the bit would change nothing */
        if (adds_up(&all, convention, opening, closing, &attempt) && fits++ == 0) {
            *out = attempt;
            out->convention = convention;
        }
    }
    if (fits == 0)
        (void)adds_up(&all, MT940_READ_STANDARD, opening, closing, out);
    out->balanced = fits > 0;
    out->undecided = ambiguity != 0 && fits != 1;
}
