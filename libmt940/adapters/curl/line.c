/* SPDX-License-Identifier: Apache-2.0
 *
 * line.c: reads one line of a listing in the three forms servers know. The line is hostile: every
 * step is bounded by its length, and the name is handed on as it stands. Must not know which
 * names may be offered, nor where the line came from.
 */
#include "line.h"

#include <string.h>

/* Words before the name: rights, links, owner, group, size, month, day, time; owners may hold blanks. */
#define MOST_WORDS 16

struct words {
    struct mt940_view at[MOST_WORDS];
    size_t count;
};

static int is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter + 32) : letter;
}

/* Without regard to the case of ASCII letters; `word` is in lower case. */
static int is_word(const struct mt940_view *view, const char *word)
{
    if (view->length != strlen(word))
        return 0;
    for (size_t i = 0; i < view->length; i++)
        if (lower(view->data[i]) != word[i])
            return 0;
    return 1;
}

/* A number of at most 18 digits; -1 = it is none. */
static int64_t number_of(const char *text, size_t length)
{
    int64_t number = 0;

    if (length == 0 || length > 18)
        return -1;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

static int64_t view_number(const struct mt940_view *view)
{
    return number_of(view->data, view->length);
}

static void split(const char *text, size_t length, struct words *words)
{
    size_t at = 0;

    words->count = 0;
    while (words->count < MOST_WORDS) {
        size_t begin;

        while (at < length && text[at] == ' ')
            at++;
        if (at == length)
            return;
        for (begin = at; at < length && text[at] != ' '; at++)
            ;
        words->at[words->count].data = text + begin;
        words->at[words->count++].length = at - begin;
    }
}

/* ls tells where a link leads; that is no part of the name. */
static void cut_target(struct line *line)
{
    static const char arrow[] = " -> ";

    for (size_t i = 0; i + sizeof arrow - 1 <= line->name.length; i++) {
        if (memcmp(line->name.data + i, arrow, sizeof arrow - 1) == 0) {
            line->name.length = i;
            return;
        }
    }
}

/* The text behind the one blank that follows `word`. */
static void name_behind(const char *text, size_t length, const struct mt940_view *word, struct line *out)
{
    size_t begin = (size_t)(word->data - text) + word->length + 1;

    if (begin >= length) {
        out->kind = LINE_UNREADABLE;
        return;
    }
    out->name.data = text + begin;
    out->name.length = length - begin;
}

/* ---- MLSD: RFC 3659 section 7 ---- */

/* Seconds since 1970; -1 = no such day, before 1970, or a part that is no number (-1). */
static int64_t time_of(int64_t year, int64_t month, int64_t day, int64_t hours, int64_t minutes, int64_t seconds)
{
    struct mt940_date date;

    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || hours < 0 || minutes < 0 ||
        seconds < 0)
        return -1;
    date.year = (int16_t)year;
    date.month = (uint8_t)month;
    date.day = (uint8_t)day;
    if (!mt940_date_is_valid(&date))
        return -1;
    return (int64_t)mt940_date_to_days(&date) * 86400 + hours * 3600 + minutes * 60 + seconds;
}

/* YYYYMMDDHHMMSS, which is UTC; -1 = it is none. */
static int64_t time_value(const struct mt940_view *value)
{
    const char *text = value->data;

    if (value->length < 14)
        return -1;
    return time_of(number_of(text, 4), number_of(text + 4, 2), number_of(text + 6, 2), number_of(text + 8, 2),
                   number_of(text + 10, 2), number_of(text + 12, 2));
}

static void take_fact(const struct mt940_view *name, const struct mt940_view *value, struct line *out)
{
    if (is_word(name, "type"))
        out->kind = is_word(value, "file") ? LINE_FILE : LINE_OTHER;
    else if (is_word(name, "size"))
        out->bytes = view_number(value);
    else if (is_word(name, "modify"))
        out->modified = time_value(value);
}

static void read_facts(const char *text, size_t length, struct line *out)
{
    const char *blank = memchr(text, ' ', length);
    size_t end = blank == NULL ? 0 : (size_t)(blank - text);
    size_t at = 0;

    if (end == 0 || text[end - 1] != ';' || end + 1 >= length)
        return;
    while (at < end) {
        const char *stop = memchr(text + at, ';', end - at);
        const char *sign = memchr(text + at, '=', (size_t)(stop - (text + at)));
        struct mt940_view name, value;

        if (sign == NULL) {
            out->kind = LINE_UNREADABLE;
            return;
        }
        name.data = text + at;
        name.length = (size_t)(sign - name.data);
        value.data = sign + 1;
        value.length = (size_t)(stop - value.data);
        take_fact(&name, &value, out);
        at = (size_t)(stop - text) + 1;
    }
    out->name.data = text + end + 1;
    out->name.length = length - end - 1;
}

/* ---- LIST: no standard; what ls and DIR write ---- */

/* 1 to 12, 0 = it is none. */
static int month_of(const struct mt940_view *word)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};

    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (is_word(word, months[i]))
            return (int)i + 1;
    return 0;
}

/* Digits and the marks in `marks`, at least one of each. */
static int is_marked(const struct mt940_view *word, const char *marks)
{
    size_t digits = 0, others = 0;

    for (size_t i = 0; i < word->length; i++) {
        if (is_digit(word->data[i]))
            digits++;
        else if (word->data[i] != '\0' && strchr(marks, word->data[i]) != NULL)
            others++;
        else
            return 0;
    }
    return digits > 0 && others > 0;
}

static int is_day(const struct mt940_view *word)
{
    int64_t day = view_number(word);

    return day >= 1 && day <= 31;
}

static int is_time_or_year(const struct mt940_view *word)
{
    return is_marked(word, ":") || (word->length == 4 && view_number(word) >= 0);
}

/* How many words a date takes at `first`: "Jul 15 10:20", "15 Jul 2026", "2026-07-15 10:20"; 0 = no date. */
static size_t date_words(const struct words *words, size_t first)
{
    const struct mt940_view *at = words->at + first;
    size_t left = words->count - first;

    if (left >= 3 && is_time_or_year(&at[2]) &&
        ((month_of(&at[0]) && is_day(&at[1])) || (is_day(&at[0]) && month_of(&at[1]))))
        return 3;
    if (left >= 2 && at[0].length == 10 && is_marked(&at[0], "-") && is_marked(&at[1], ":."))
        return 2;
    return 0;
}

/* "10:20" or "10:20:30" in whole minutes; -1 = it is none. */
static int64_t clock_of(const struct mt940_view *word)
{
    int64_t hours, minutes;

    if (word->length < 5 || word->data[2] != ':' || (word->length > 5 && word->data[5] != ':' && word->data[5] != '.'))
        return -1;
    hours = number_of(word->data, 2);
    minutes = number_of(word->data + 3, 2);
    return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ? -1 : hours * 3600 + minutes * 60;
}

/* The year in which a day without one lies nearest before tomorrow: ls leaves out that of the last months. */
static int64_t recent(int64_t month, int64_t day, int64_t seconds, int64_t now)
{
    struct mt940_date today;
    int64_t time = -1;

    if (mt940_date_from_days((int32_t)(now / 86400), &today) != 0)
        return -1;
    for (int64_t year = today.year; year >= today.year - 1; year--) {
        time = time_of(year, month, day, 0, 0, seconds);
        if (time >= 0 && time <= now + 86400)
            return time;
    }
    return -1;
}

/* A date of date_words() as seconds, by a clock whose zone is not known; -1 = it says no time. */
static int64_t date_time(const struct mt940_view *at, size_t count, int64_t now)
{
    int64_t seconds = clock_of(&at[count - 1]);
    int64_t month, day;

    if (count == 2) /* 2026-07-15 10:20 */
        return at[0].data[4] != '-' || seconds < 0
                   ? -1
                   : time_of(number_of(at[0].data, 4), number_of(at[0].data + 5, 2), number_of(at[0].data + 8, 2), 0, 0,
                             seconds);
    month = month_of(&at[0]) ? month_of(&at[0]) : month_of(&at[1]);
    day = month_of(&at[0]) ? view_number(&at[1]) : view_number(&at[0]);
    if (seconds >= 0)
        return recent(month, day, seconds, now);
    return at[2].length == 4 ? time_of(view_number(&at[2]), month, day, 0, 0, 0) : -1;
}

static int is_rights(const struct mt940_view *word)
{
    static const char marks[] = "rwxsStTlL-";

    if (word->length < 10 || word->length > 12 || strchr("-dlbcpsD", word->data[0]) == NULL)
        return 0;
    for (size_t i = 1; i < 10; i++)
        if (word->data[i] == '\0' || strchr(marks, word->data[i]) == NULL)
            return 0;
    return 1;
}

static void read_unix(const char *text, size_t length, const struct words *words, int64_t now, struct line *out)
{
    for (size_t i = 1; i + 1 < words->count; i++) {
        int64_t bytes = view_number(&words->at[i]);
        size_t date = bytes < 0 ? 0 : date_words(words, i + 1);

        if (date == 0)
            continue;
        out->kind = words->at[0].data[0] == '-' ? LINE_FILE : LINE_OTHER;
        out->bytes = bytes;
        out->modified = date_time(&words->at[i + 1], date, now);
        name_behind(text, length, &words->at[i + date], out);
        if (words->at[0].data[0] == 'l')
            cut_target(out);
        return;
    }
}

/* "07-15-26  10:20AM       1234 name", "2026-07-15 10:20 <DIR> name". */
static void read_windows(const char *text, size_t length, const struct words *words, struct line *out)
{
    int64_t bytes = words->count >= 4 ? view_number(&words->at[2]) : -1;

    if (words->count < 4 || !is_marked(&words->at[0], "-./") || !is_marked(&words->at[1], ":apmAPM"))
        return;
    if (bytes < 0 && words->at[2].data[0] != '<')
        return;
    out->kind = bytes < 0 ? LINE_OTHER : LINE_FILE;
    out->bytes = bytes;
    /* "07-08-26" is a day of July or of August: such a date says nothing. */
    if (words->at[0].length == 10)
        out->modified = date_time(words->at, 2, 0);
    name_behind(text, length, &words->at[2], out);
}

static void read_long(const char *text, size_t length, int64_t now, struct line *out)
{
    struct words words;

    split(text, length, &words);
    if (words.count == 0 || (words.count == 2 && is_word(&words.at[0], "total")))
        out->kind = LINE_NOTHING;
    else if (is_rights(&words.at[0]))
        read_unix(text, length, &words, now, out);
    else
        read_windows(text, length, &words, out);
}

void line_read(enum line_form form, const char *text, size_t length, int64_t now, struct line *out)
{
    out->kind = LINE_UNREADABLE;
    out->name.data = text;
    out->name.length = length;
    out->bytes = out->modified = -1;
    if (length == 0)
        out->kind = LINE_NOTHING;
    else if (form == LINE_NAMES)
        out->kind = LINE_FILE;
    else if (form == LINE_FACTS)
        read_facts(text, length, out);
    else
        read_long(text, length, now, out);
    if (out->name.length > 0 && out->name.length <= 2 && memcmp(out->name.data, "..", out->name.length) == 0)
        out->kind = LINE_NOTHING; /* the folder itself, and the one above */
    if (out->kind == LINE_UNREADABLE) { /* what is told of it is the whole line */
        out->name.data = text;
        out->name.length = length;
        out->bytes = out->modified = -1;
    }
}
