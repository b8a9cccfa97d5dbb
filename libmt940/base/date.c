/* SPDX-License-Identifier: Apache-2.0
 *
 * date.c: calendar dates 0001-01-01 to 9999-12-31, proleptic Gregorian. Knows no clock, no time
 * zone and no two-digit years (those are the statement room's business).
 */
#include <stdbool.h>

#include "base/export.h"
#include "base/view.h"
#include "mt940connect/base.h"

#define YEAR_FIRST 1
#define YEAR_LAST 9999
/* Days from 0000-03-01, where the counting year begins, to 1970-01-01. */
#define DAYS_TO_EPOCH 719468
#define DAYS_PER_ERA 146097 /* 400 years */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

MT940_EXPORT int mt940_date_is_valid(const struct mt940_date *date)
{
    static const uint8_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int last;

    if (date->year < YEAR_FIRST || date->year > YEAR_LAST || date->month < 1 || date->month > 12)
        return 0;
    last = days[date->month - 1] + (date->month == 2 && is_leap(date->year));
    return date->day >= 1 && date->day <= last;
}

static bool is_absent(const struct mt940_date *date)
{
    return date->year == 0;
}

static void write_digits(char *out, int value, int count)
{
    while (count-- > 0) {
        out[count] = (char)('0' + value % 10);
        value /= 10;
    }
}

MT940_EXPORT int mt940_date_format(const struct mt940_date *date, char out[11])
{
    if (is_absent(date)) {
        out[0] = '\0';
        return MT940_OK;
    }
    if (!mt940_date_is_valid(date))
        return MT940_E_ARGUMENT;
    write_digits(out, date->year, 4);
    out[4] = '-';
    write_digits(out + 5, date->month, 2);
    out[7] = '-';
    write_digits(out + 8, date->day, 2);
    out[10] = '\0';
    return MT940_OK;
}

/* -1 when one of the characters is no digit. */
static int read_digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (!mt940_ascii_is_digit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

MT940_EXPORT int mt940_date_parse(const char *text, size_t length, struct mt940_date *out)
{
    struct mt940_date date;
    int year, month, day;

    if (length != 10 || text[4] != '-' || text[7] != '-')
        return MT940_E_FORMAT;
    year = read_digits(text, 4);
    month = read_digits(text + 5, 2);
    day = read_digits(text + 8, 2);
    if (year < 0 || month < 0 || day < 0)
        return MT940_E_FORMAT;
    date.year = (int16_t)year;
    date.month = (uint8_t)month;
    date.day = (uint8_t)day;
    if (!mt940_date_is_valid(&date))
        return MT940_E_FORMAT;
    *out = date;
    return MT940_OK;
}

/* Years are counted from March, so that the leap day is a year's last. */
MT940_EXPORT int32_t mt940_date_to_days(const struct mt940_date *date)
{
    int32_t year = date->year - (date->month <= 2);
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t year_of_era = year - era * 400;
    int32_t month = date->month + (date->month > 2 ? -3 : 9);
    int32_t day_of_year = (153 * month + 2) / 5 + date->day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

MT940_EXPORT int mt940_date_from_days(int32_t days, struct mt940_date *out)
{
    static const struct mt940_date first = {YEAR_FIRST, 1, 1}, last = {YEAR_LAST, 12, 31};
    int32_t count, era, day_of_era, year_of_era, day_of_year, month;

    if (days < mt940_date_to_days(&first) || days > mt940_date_to_days(&last))
        return MT940_E_RANGE;
    count = days + DAYS_TO_EPOCH;
    era = count / DAYS_PER_ERA;
    day_of_era = count - era * DAYS_PER_ERA;
    year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    month = (5 * day_of_year + 2) / 153;
    out->day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1);
    out->month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    out->year = (int16_t)(year_of_era + era * 400 + (month >= 10));
    return MT940_OK;
}

MT940_EXPORT int mt940_date_compare(const struct mt940_date *a, const struct mt940_date *b)
{
    if (is_absent(a) || is_absent(b))
        return !is_absent(a) - !is_absent(b);
    if (a->year != b->year)
        return a->year < b->year ? -1 : 1;
    if (a->month != b->month)
        return a->month < b->month ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}
