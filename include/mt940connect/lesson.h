/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson.h: what a person's choices of a customer teach the matcher. A lesson is a record of the
 * store (struct mt940_lesson): own account, side, what the movement showed, and the customer a
 * person gave it to. Here stands what is remembered of a movement, how a choice changes a lesson,
 * and what a lesson is worth; who reads and writes the records is the flow's business (flow.h).
 * Pure functions; integers only. Source: matching.md §3.1 evidence 6, decisions 2 and 5, traps 11;
 * docs/lesson.md.
 */
#ifndef MT940CONNECT_LESSON_H
#define MT940CONNECT_LESSON_H

#include "mt940connect/directory.h"
#include "mt940connect/facts.h"

#ifdef __cplusplus
extern "C" {
#endif

/* When a lesson may decide, and how fast it fades. */
struct mt940_lesson_policy {
    size_t size;
    int32_t confirmations; /* choices of a person before it may decide; 0 = never; default 3 */
    int32_t rejections;    /* more refusals than this and it never decides again; default 1 */
    int32_t half_life;     /* days after which a choice counts half, at least 1; default 125 */
    int32_t reserved;      /* 0 */
};
void mt940_lesson_policy_init(struct mt940_lesson_policy *policy);

/* Bytes of the value of a key, its NUL included. */
#define MT940_LESSON_VALUE 256
/* Keys of one movement. */
#define MT940_LESSON_KEYS 2

struct mt940_lesson_key {
    int32_t basis; /* enum mt940_lesson_basis (record.h) */
    uint32_t length;
    char value[MT940_LESSON_VALUE]; /* NUL-terminated */
};

struct mt940_lesson_keys {
    size_t size;
    uint32_t count;
    uint32_t reserved;
    struct mt940_lesson_key key[MT940_LESSON_KEYS]; /* the first one decides, the other only suggests */
};

/*
 * What of a movement is remembered: the counterparty's IBAN, then the folded name of a field that
 * is one; where there is neither, the folded words of the narrative without numbers, if they say
 * more than banks' texts do. None where several foreign IBANs leave it open whose the money is.
 * Never an own IBAN, a collector's, or one of the reference alone (decision 2), never the own
 * title. The caller sets out->size. Errors: MT940_E_ARGUMENT. Thread safe. @since 0.1
 */
int mt940_lesson_keys_read(const struct mt940_directory *directory, const struct mt940_facts *facts,
                           struct mt940_lesson_keys *out);

enum mt940_lesson_event {
    MT940_LESSON_CONFIRMED = 1, /* a person chose the customer */
    MT940_LESSON_REJECTED = 2,  /* a person chose another where this one was proposed */
    MT940_LESSON_TAKEN_BACK = 3 /* the choice is another now: it counts no more */
};
/*
 * Changes the numbers of a lesson at time `now` (seconds since 1970-01-01 UTC); the caller keeps
 * key, movement and actor. `policy` NULL = defaults. Errors: MT940_E_ARGUMENT. Thread safe.
 */
int mt940_lesson_teach(const struct mt940_lesson_policy *policy, int32_t event, int64_t now,
                       struct mt940_lesson *lesson);

/* What a lesson is worth at some time. */
struct mt940_lesson_worth {
    size_t size;
    int32_t weight;   /* hundredths of a decibel, 0 to 4500 */
    int32_t decides;  /* 1 = may be automatic: often enough, not refused, not too long ago */
    int32_t refused;  /* 1 = must not be proposed */
    int32_t strength; /* choices in thousandths, older ones counting less */
};
/* The caller sets out->size. `policy` NULL = defaults. Errors: MT940_E_ARGUMENT. Thread safe. */
int mt940_lesson_weigh(const struct mt940_lesson_policy *policy, const struct mt940_lesson *lesson, int64_t now,
                       struct mt940_lesson_worth *out);

#ifdef __cplusplus
}
#endif
#endif
