/* SPDX-License-Identifier: Apache-2.0
 *
 * day.h: dates as statements write them, YYMMDD and MMDD.
 */
#ifndef MT940_STATEMENT_DAY_H
#define MT940_STATEMENT_DAY_H

#include "statement/cursor.h"
#include "statement/issue.h"

/*
 * Reads YYMMDD; years 80–99 are 19xx. A day past the month's end becomes its last one, and YYYYMMDD is read where it
 * can be nothing else, both as an issue.
 */
bool mt940_day_read(struct mt940_cursor *cursor, const char *subfield, struct mt940_date *out,
                    struct mt940_issues *issues);
/*
 * Reads MMDD with the year that puts it nearest to `near`: banks write an entry of 2 January
 * with a value date of 31 December and the other way round. "0000" is no date.
 */
bool mt940_day_read_near(struct mt940_cursor *cursor, const struct mt940_date *near, const char *subfield,
                         struct mt940_date *out, struct mt940_issues *issues);
/* More than three months apart: an entry is booked near its value date. */
bool mt940_day_is_far(const struct mt940_date *date, const struct mt940_date *near);

#endif
