/* SPDX-License-Identifier: Apache-2.0
 *
 * reading.h: amounts as statements write them, with every way in which they can be read.
 */
#ifndef MT940_STATEMENT_READING_H
#define MT940_STATEMENT_READING_H

#include "mt940connect/statement.h"
#include "statement/cursor.h"
#include "statement/issue.h"

/*
 * Reads digits, separators, blanks and signs at the cursor as an amount of `currency` (may be
 * ""). Standard: decimal comma, no grouping. Deviations become issues, a number with two
 * readings an ambiguity. False when there is no number or it does not fit 18 digits; then the
 * reason is among the issues.
 */
bool mt940_reading_read(struct mt940_cursor *cursor, const char *currency, const char *subfield,
                        struct mt940_reading *out, struct mt940_issues *issues);

/* A blank at `at`, be it one of those that do not break (FF, A0, C2 A0): its length, else 0. */
size_t mt940_gap_at(struct mt940_view text, size_t at);

/* Whether a number can be over here: a letter, a blank, a line end or nothing follows. "100;00" is none. */
bool mt940_reading_ends(const struct mt940_cursor *cursor);

/* Decimals of a currency; those of most where the code is none. */
int32_t mt940_reading_digits(const char *currency);

/* The units a reading stands for under `convention` (bits of enum mt940_convention). */
void mt940_reading_under(const struct mt940_reading *reading, int32_t convention, struct mt940_amount *out);

#endif
