/* SPDX-License-Identifier: Apache-2.0
 *
 * rules.h: the compiled table of transaction codes.
 */
#ifndef MT940_SLIP_RULES_H
#define MT940_SLIP_RULES_H

#include "base/memory.h"
#include "base/view.h"
#include "mt940connect/slip.h"

/* Longest folded text of a rule, and how much of a folded narrative is searched. */
#define MT940_SLIP_TEXT_MAX 256
#define MT940_SLIP_NARRATIVE_MAX 4096
/* Stands for whatever lies between two pieces of a text. */
#define MT940_SLIP_STAR '*'

struct mt940_slip_rule {
    struct mt940_transaction_code record; /* code without type letter, upper case */
    struct mt940_view key;                /* skeletons of record.text between stars; empty = a default */
    int32_t built_in;
    bool is_default; /* it has no condition: no text, account, currency or amount */
};

/* Rules with a condition first, then the defaults; each in order of look-up. */
struct mt940_slip_rules {
    struct mt940_allocator memory;
    struct mt940_arena arena; /* texts, and the rules */
    struct mt940_slip_options options;
    const struct mt940_slip_rule *rules;
    size_t count;
    size_t condition_count; /* of them with a condition */
};

/* "NTRF", "trf" -> "TRF", at most MT940_SLIP_CODE_MAX characters; false when it is longer. */
#define MT940_SLIP_CODE_MAX 16
struct mt940_slip_code {
    char text[MT940_SLIP_CODE_MAX];
    size_t length;
};
bool mt940_slip_code_read(const struct mt940_view *text, struct mt940_slip_code *out);

/* 1 when rows of this code undo another row (codes.def). */
int mt940_slip_code_reverses(const struct mt940_slip_code *code);

/* Fills records for the built-in table, at most `capacity`; returns how many there are. Texts are static. */
size_t mt940_slip_built_in(struct mt940_transaction_code *out, size_t capacity);

#endif
