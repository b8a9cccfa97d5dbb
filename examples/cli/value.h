/* SPDX-License-Identifier: Apache-2.0
 *
 * value.h: amounts, dates and words as people type them on a command line.
 */
#ifndef CLI_VALUE_H
#define CLI_VALUE_H

#include <mt940connect/record.h>

/*
 * "12500.75", "12500,75", "12.500,75", "-5": minor units of the currency. 0, or MT940_E_FORMAT;
 * "1.250" is refused, for it can be read in two ways; MT940_E_RANGE for too many decimals.
 */
int value_amount(const char *text, const char *currency, int64_t *units);
/* The same for a rate, 10^-8; a single separator is the decimal sign here. */
int value_rate(const char *text, int64_t *units);
/* "2026-07-15" or "15.07.2026". 0 or MT940_E_FORMAT. */
int value_date(const char *text, struct mt940_date *date);
/* yes/no in both languages: 1, 0, or -1 for neither. */
int value_flag(const char *text);
/* A whole number from `least` to 10^9. 0 or MT940_E_FORMAT. */
int value_number(const char *text, int64_t least, int64_t *number);
/* A value of an enumeration (enum mt940_enumeration) by name, Turkish name or number. 0 or MT940_E_NOT_FOUND. */
int value_enum(int32_t enumeration, const char *text, int64_t *value);

/* A view of the text as its string; for free(). */
char *value_string(const struct mt940_view *view);

#endif
