/* SPDX-License-Identifier: Apache-2.0
 *
 * hint.c: from a refusal to the way out. Must not know why it was refused.
 */
#include "hint.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
    int32_t message;
    enum text text; /* {0} = statement, {1} = row */
} hints[] = {
    {MT940_M_NEEDS_CUSTOMER, TEXT_HINT_CUSTOMER},
    {MT940_M_AMBIGUOUS_CUSTOMER, TEXT_HINT_CUSTOMER},
    {MT940_M_INDEX_OUTDATED, TEXT_HINT_CUSTOMER},
    {MT940_M_UNDEFINED_CODE, TEXT_HINT_TYPE},
    {MT940_M_NEEDS_ACCOUNT, TEXT_HINT_ACCOUNT},
    {MT940_M_NEEDS_PAIR_CHOICE, TEXT_HINT_ACCOUNT},
    {MT940_M_POSSIBLE_DUPLICATE, TEXT_HINT_DUPLICATE},
    {MT940_M_STATEMENT_FAULTY, TEXT_HINT_FAULTY},
    {MT940_M_NEEDS_RATE, TEXT_HINT_RATE},
    {MT940_M_UNKNOWN_BANK_ACCOUNT, TEXT_HINT_BANK_ACCOUNT},
    {MT940_M_ON_HOLD, TEXT_HINT_LINK},
};

void hint_note(struct table *table, const struct output *out, int32_t message, int64_t statement, int64_t row)
{
    char numbers[2][24];
    char *text;

    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        if (hints[i].message != message)
            continue;
        snprintf(numbers[0], sizeof numbers[0], "%lld", (long long)statement);
        snprintf(numbers[1], sizeof numbers[1], "%lld", (long long)row);
        text = TEXT_FORMAT(hints[i].text, out->language, numbers[0], numbers[1]);
        table_note(table, text);
        free(text);
    }
}
