/* SPDX-License-Identifier: Apache-2.0
 *
 * day.h: a day's work that can be killed at any moment: statements that are always the same, an
 * ERP that numbers its own slips in a file of its own, and what must be true afterwards.
 */
#ifndef MT940_TESTS_CRASH_DAY_H
#define MT940_TESTS_CRASH_DAY_H

#include <stdbool.h>

#include "mt940connect/flow.h"

enum { DAY_STATEMENTS = 6, DAY_ROWS = 25 };

/* What a process of the day is at; told to whoever kills it. DAY_REPEATS: all is in the inbox and received again. */
enum { DAY_RESTS, DAY_RECEIVES, DAY_REPEATS, DAY_SAVES, DAY_STEPS };

/* Where a day happens. `with_erp`: slips go to the ERP whose file stands beside the store. */
struct day {
    char store[64], erp[64];
    bool with_erp;
};

/* Names the files of a new day in `directory` and makes the store with its books. 0 or 1. */
int day_begin(struct day *day, const char *directory, bool with_erp);
void day_remove(const struct day *day);
/* Receives and saves whatever is left; 0 or what a call said. `step` follows it. Kill it when you like. */
int day_work(const struct day *day, volatile int *step);
/* What is wrong now, NULL when nothing: halves, doubles. `is_over`: everything must be there, once. */
const char *day_fault(const struct day *day, bool is_over);
/* Whether every statement is in the inbox; whether every movement is saved. */
bool day_is_received(const struct day *day);
bool day_is_over(const struct day *day);

#endif
