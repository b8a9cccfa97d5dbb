/* SPDX-License-Identifier: Apache-2.0
 *
 * choice.h: what a person chose for rows of a statement, out of options like --customer 1,3=120.01.
 */
#ifndef CLI_CHOICE_H
#define CLI_CHOICE_H

#include <mt940connect/flow.h>

#include "output.h"

struct choices {
    struct mt940_row_choice *list; /* ascending by row, one each */
    size_t count, capacity;
};

/* Numbers of the options, from `first` on. */
enum choice_option { CHOICE_CUSTOMER, CHOICE_TYPE, CHOICE_ACCOUNT, CHOICE_DBS, CHOICE_DATE, CHOICE_LINK, CHOICE_COUNT };

/* Reads one option; the views point into `text`. 0 = a mistake was reported for `command`. */
int choices_add(struct choices *choices, struct output *out, const char *command, enum choice_option option,
                const char *text);
void choices_free(struct choices *choices);

#endif
