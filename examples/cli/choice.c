/* SPDX-License-Identifier: Apache-2.0
 *
 * choice.c: reads choices and joins those of one row. Must not know the flow's answers.
 */
#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "rows.h"
#include "value.h"

/* The choice of a row, made when it has none. */
static struct mt940_row_choice *choice_of(struct choices *choices, int64_t row)
{
    size_t low = 0, high = choices->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (choices->list[middle].row < row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < choices->count && choices->list[low].row == row)
        return &choices->list[low];
    if (choices->count == choices->capacity) {
        choices->capacity = choices->capacity == 0 ? 16 : choices->capacity * 2;
        choices->list = memory_resize(choices->list, choices->capacity * sizeof *choices->list);
    }
    memmove(&choices->list[low + 1], &choices->list[low], (choices->count - low) * sizeof *choices->list);
    memset(&choices->list[low], 0, sizeof *choices->list);
    choices->list[low].size = sizeof *choices->list;
    choices->list[low].row = row;
    choices->count++;
    return &choices->list[low];
}

/* "120.01" or "120.01/2": customer and bank record. */
static int set_customer(struct mt940_row_choice *choice, const char *value)
{
    const char *slash = strrchr(value, '/');

    mt940_view_from_string(value, &choice->customer);
    choice->slot = 0;
    if (slash != NULL && slash > value && value_number(slash + 1, 1, &choice->slot) == MT940_OK)
        choice->customer.length = (size_t)(slash - value);
    choice->set |= MT940_CHOSE_CUSTOMER;
    return 1;
}

static int set(struct mt940_row_choice *choice, enum choice_option option, const char *value)
{
    switch (option) {
    case CHOICE_CUSTOMER:
        return set_customer(choice, value);
    case CHOICE_TYPE:
        choice->set |= MT940_CHOSE_TYPE;
        return value_enum(MT940_ENUM_SLIP_TYPE, value, &choice->slip_type) == MT940_OK;
    case CHOICE_ACCOUNT:
        choice->set |= MT940_CHOSE_ACCOUNT;
        mt940_view_from_string(value, &choice->account);
        return 1;
    case CHOICE_DBS:
        choice->set |= MT940_CHOSE_DBS;
        choice->dbs = value_flag(value);
        return choice->dbs >= 0;
    case CHOICE_DATE:
        choice->set |= MT940_CHOSE_DATE;
        return value_date(value, &choice->date) == MT940_OK;
    case CHOICE_LINK:
        choice->set |= MT940_CHOSE_LINK;
        mt940_view_from_string(value, &choice->link);
        return 1;
    default:
        return 0;
    }
}

int choices_add(struct choices *choices, struct output *out, const char *command, enum choice_option option,
                const char *text)
{
    static const enum text mistakes[CHOICE_COUNT] = {
        [CHOICE_TYPE] = TEXT_BAD_SLIP_TYPE, [CHOICE_DBS] = TEXT_BAD_FLAG, [CHOICE_DATE] = TEXT_BAD_DATE};
    struct rows rows = {NULL, 0};
    const char *value = rows_assignment(text, &rows);
    int good = value != NULL;

    if (!good)
        output_usage(out, command, TEXT_BAD_ASSIGNMENT, text);
    for (size_t i = 0; good && i < rows.count; i++) {
        good = set(choice_of(choices, rows.list[i]), option, value);
        if (!good)
            output_usage(out, command, mistakes[option], value);
    }
    rows_free(&rows);
    return good;
}

void choices_free(struct choices *choices)
{
    free(choices->list);
    memset(choices, 0, sizeof *choices);
}
