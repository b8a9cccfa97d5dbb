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

/* YYYYMMDDHHMMSS, which is UTC; -1 = it is none. */
static int64_t time_value(const struct mt940_view *value)
{
    static const unsigned char starts[] = {8, 10, 12};
    struct mt940_date date;
    int64_t parts[3], year, month, day;

    if (value->length < 14)
        return -1;
    year = number_of(value->data, 4);
    month = number_of(value->data + 4, 2);
    day = number_of(value->data + 6, 2);
    if (year < 1970 || month < 1 || day < 1)
        return -1;
    date.year = (int16_t)year;
    date.month = (uint8_t)month;
    date.day = (uint8_t)day;
    for (size_t i = 0; i < 3; i++)
        parts[i] = number_of(value->data + starts[i], 2);
    if (!mt940_date_is_valid(&date) || parts[0] < 0 || parts[1] < 0 || parts[2] < 0)
        return -1;
    return (int64_t)mt940_date_to_days(&date) * 86400 + parts[0] * 3600 + parts[1] * 60 + parts[2];
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

static int is_month(const struct mt940_view *word)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};

    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (is_word(word, months[i]))
            return 1;
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
        ((is_month(&at[0]) && is_day(&at[1])) || (is_day(&at[0]) && is_month(&at[1]))))
        return 3;
    if (left >= 2 && at[0].length == 10 && is_marked(&at[0], "-") && is_marked(&at[1], ":."))
        return 2;
    return 0;
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

static void read_unix(const char *text, size_t length, const struct words *words, struct line *out)
{
    for (size_t i = 1; i + 1 < words->count; i++) {
        int64_t bytes = view_number(&words->at[i]);
        size_t date = bytes < 0 ? 0 : date_words(words, i + 1);

        if (date == 0)
            continue;
        out->kind = words->at[0].data[0] == '-' ? LINE_FILE : LINE_OTHER;
        out->bytes = bytes;
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
    name_behind(text, length, &words->at[2], out);
}

static void read_long(const char *text, size_t length, struct line *out)
{
    struct words words;

    split(text, length, &words);
    if (words.count == 0 || (words.count == 2 && is_word(&words.at[0], "total")))
        out->kind = LINE_NOTHING;
    else if (is_rights(&words.at[0]))
        read_unix(text, length, &words, out);
    else
        read_windows(text, length, &words, out);
}

void line_read(enum line_form form, const char *text, size_t length, struct line *out)
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
        read_long(text, length, out);
    if (out->name.length > 0 && out->name.length <= 2 && memcmp(out->name.data, "..", out->name.length) == 0)
        out->kind = LINE_NOTHING; /* the folder itself, and the one above */
    if (out->kind == LINE_UNREADABLE) { /* what is told of it is the whole line */
        out->name.data = text;
        out->name.length = length;
        out->bytes = out->modified = -1;
    }
}
