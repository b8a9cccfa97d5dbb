/* SPDX-License-Identifier: Apache-2.0
 *
 * day.c: reads the two forms of date. Knows no clock: a two-digit year is judged by itself, a
 * missing one by the value date beside it.
 */
#include "statement/day.h"

/* Two digits below this are 20xx; MT940 came in the eighties. */
enum { first_year_of_19xx = 80, last_day = 31, days_apart_never = 1000000, days_apart_plausible = 92 };

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

bool mt940_day_is_far(const struct mt940_date *date, const struct mt940_date *near)
{
    int32_t distance = mt940_date_to_days(date) - mt940_date_to_days(near);
    return distance > days_apart_plausible || distance < -days_apart_plausible;
}

static struct mt940_date six_digits(const struct mt940_cursor *cursor, size_t ahead)
{
    int year = two_digits(cursor, ahead);
    return (struct mt940_date){(int16_t)(year < first_year_of_19xx ? 2000 + year : 1900 + year),
                               (uint8_t)two_digits(cursor, ahead + 2), (uint8_t)two_digits(cursor, ahead + 4)};
}

/* YYYYMMDD, alone or before another date. No right date has eight digits; twelve may as well be two dates of six. */
static bool has_century(const struct mt940_cursor *cursor)
{
    size_t digits = mt940_cursor_digits(cursor);
    int first = digits >= 8 ? two_digits(cursor, 0) : 0;
    if ((first != 19 && first != 20) || (digits != 8 && digits != 12 && digits != 16))
        return false;
    if (digits != 12)
        return true;
    struct mt940_date value = six_digits(cursor, 0), entry = six_digits(cursor, 6);
    return !mt940_date_is_valid(&value) || !mt940_date_is_valid(&entry) || mt940_day_is_far(&entry, &value);
}

bool mt940_day_read(struct mt940_cursor *cursor, const char *subfield, struct mt940_date *out,
                    struct mt940_issues *issues)
{
    struct mt940_date date;
    struct mt940_cursor given = *cursor;
    if (mt940_cursor_digits(cursor) < 6)
        return false;
    if (has_century(cursor)) {
        mt940_issue_add(issues, MT940_M_REPAIR_DATE_CENTURY, cursor->at, subfield);
        int century = two_digits(cursor, 0);
        cursor->at += 2;
        date = six_digits(cursor, 0);
        date.year = (int16_t)(100 * century + two_digits(cursor, 0));
    } else {
        date = six_digits(cursor, 0);
    }
    if (!settle_day(&date, cursor->at, subfield, issues)) {
        *cursor = given;
        return false;
    }
    cursor->at += 6;
    *out = date;
    return true;
}

/* MMDD in the year `shift` years from that of `near`, and how far from it that is; a day put right counts as one more. */
static bool day_in_year(const struct mt940_cursor *cursor, const struct mt940_date *near, int shift,
                        struct mt940_date *out, int32_t *apart)
{
    struct mt940_issues put_right;
    mt940_issues_init(&put_right);
    out->year = (int16_t)(near->year + shift);
    out->month = (uint8_t)two_digits(cursor, 0);
    out->day = (uint8_t)two_digits(cursor, 2);
    if (!settle_day(out, cursor->at, "", &put_right))
        return false;
    int32_t distance = mt940_date_to_days(out) - mt940_date_to_days(near);
    *apart = 2 * (distance < 0 ? -distance : distance) + (put_right.count > 0);
    return true;
}

bool mt940_day_read_near(struct mt940_cursor *cursor, const struct mt940_date *near, const char *subfield,
                         struct mt940_date *out, struct mt940_issues *issues)
{
    struct mt940_date best = {0, 0, 0};
    int32_t apart = 2 * days_apart_never, distance;
    if (mt940_cursor_digits(cursor) < 4)
        return false;
    for (int shift = -1; shift <= 1; shift++) {
        struct mt940_date date;
        if (!day_in_year(cursor, near, shift, &date, &distance))
            return false;
        if (distance < apart) {
            apart = distance;
            best = date;
        }
    }
    /* The year is settled; say so if its February was too short. */
    struct mt940_date given = {best.year, (uint8_t)two_digits(cursor, 0), (uint8_t)two_digits(cursor, 2)};
    (void)settle_day(&given, cursor->at, subfield, issues);
    if (apart > 2 * days_apart_plausible)
        mt940_issue_add(issues, MT940_M_DATE_IMPLAUSIBLE, cursor->at, subfield);
    cursor->at += 4;
    *out = best;
    return true;
}
