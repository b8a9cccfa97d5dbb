/* SPDX-License-Identifier: Apache-2.0
 *
 * day.c: reads the two forms of date. Knows no clock: a two-digit year is judged by itself, a
 * missing one by the value date beside it.
 */
#include "statement/day.h"

/* Two digits below this are 20xx; MT940 came in the eighties. */
enum { first_year_of_19xx = 80, last_day = 31, days_apart_never = 1000000 };

static int two_digits(const struct mt940_cursor *cursor, size_t ahead)
{
    return (mt940_cursor_peek(cursor, ahead) - '0') * 10 + (mt940_cursor_peek(cursor, ahead + 1) - '0');
}

/* Takes back the days that the month does not have (30 February); false when no month helps. */
static bool settle_day(struct mt940_date *date, size_t position, const char *subfield, struct mt940_issues *issues)
{
    if (date->month < 1 || date->month > 12 || date->day < 1 || date->day > last_day)
        return false;
    if (mt940_date_is_valid(date))
        return true;
    while (!mt940_date_is_valid(date))
        date->day--;
    mt940_issue_add(issues, MT940_M_REPAIR_DAY_OF_MONTH, position, subfield);
    return true;
}

bool mt940_day_read(struct mt940_cursor *cursor, const char *subfield, struct mt940_date *out,
                    struct mt940_issues *issues)
{
    struct mt940_date date;
    if (mt940_cursor_digits(cursor) < 6)
        return false;
    int year = two_digits(cursor, 0);
    date.year = (int16_t)(year < first_year_of_19xx ? 2000 + year : 1900 + year);
    date.month = (uint8_t)two_digits(cursor, 2);
    date.day = (uint8_t)two_digits(cursor, 4);
    if (!settle_day(&date, cursor->at, subfield, issues))
        return false;
    cursor->at += 6;
    *out = date;
    return true;
}

bool mt940_day_read_near(struct mt940_cursor *cursor, const struct mt940_date *near, const char *subfield,
                         struct mt940_date *out, struct mt940_issues *issues)
{
    struct mt940_date best = {0, 0, 0};
    int32_t apart = days_apart_never;
    if (mt940_cursor_digits(cursor) < 4)
        return false;
    for (int shift = -1; shift <= 1; shift++) {
        struct mt940_issues ignored;
        struct mt940_date date = {(int16_t)(near->year + shift), (uint8_t)two_digits(cursor, 0),
                                  (uint8_t)two_digits(cursor, 2)};
        mt940_issues_init(&ignored);
        if (!settle_day(&date, cursor->at, subfield, &ignored))
            return false;
        int32_t distance = mt940_date_to_days(&date) - mt940_date_to_days(near);
        distance = distance < 0 ? -distance : distance;
        /* 29 February belongs to the leap year even if another year's last of February is as near. */
        if (distance < apart && !(ignored.count && best.year)) {
            apart = distance;
            best = date;
        }
    }
    /* The year is settled; say so if its February was too short. */
    struct mt940_date given = {best.year, (uint8_t)two_digits(cursor, 0), (uint8_t)two_digits(cursor, 2)};
    (void)settle_day(&given, cursor->at, subfield, issues);
    cursor->at += 4;
    *out = best;
    return true;
}
