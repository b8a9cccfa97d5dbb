/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_check.h: statements are written into a reader before anybody else sees them.
 */
#ifndef MT940_STATEMENT_WRITER_CHECK_H
#define MT940_STATEMENT_WRITER_CHECK_H

#include "statement/writer.h"

/* Which statements are written as they were read: all that are not in the form of the standard. */
struct mt940_write_plan {
    struct mt940_allocator memory;
    unsigned char *as_read; /* of each statement; NULL = none is */
    size_t count;
};

/*
 * Whether `count` statements, written as `write` would do it now, are read again as what they are; where a statement
 * by itself is not, its fields may go out as they were read. 0, and then `plan` has to be released;
 * MT940_E_FORMAT with the rule that refuses, or the value that would be another; MT940_E_MEMORY. error->line is the
 * number of the statement, from 1. Nothing is handed to the output of `write`, and it does not change.
 */
int mt940_write_check(const struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                      struct mt940_write_plan *plan, struct mt940_error *error);
/* Makes `write` ready for statement `at` of the plan. */
void mt940_write_follow(struct mt940_write *write, const struct mt940_write_plan *plan, size_t at);
void mt940_write_plan_free(struct mt940_write_plan *plan);

#endif
