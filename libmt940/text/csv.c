/* SPDX-License-Identifier: Apache-2.0
 *
 * csv.c: cuts lines into cells where they stand. Linear: every byte is looked at a bounded number
 * of times. Must not know what a column means.
 */
#include "text/csv.h"

static const char separators[] = {',', ';', '\t', '|'};

static char *line_end(char *at, const char *end)
{
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

static size_t count_of(const char *at, const char *end, char sign)
{
    size_t count = 0;

    for (; at < end; at++)
        count += *at == sign;
    return count;
}

/* Skips empty lines, counting them. */
static void skip_empty(struct mt940_csv *csv)
{
    while (csv->at < csv->end && (*csv->at == '\n' || *csv->at == '\r')) {
        csv->line += *csv->at == '\n' || csv->at + 1 == csv->end || csv->at[1] != '\n';
        csv->at++;
    }
}

void mt940_csv_begin(struct mt940_csv *csv, char *text, size_t length, size_t max_line)
{
    size_t most = 0;
    char *first, *end;

    memset(csv, 0, sizeof *csv);
    csv->at = text;
    csv->end = text + length;
    csv->max_line = max_line;
    csv->separator = separators[0];
    for (first = text; first < csv->end && (*first == '\n' || *first == '\r');)
        first++;
    end = line_end(first, csv->end);
    if ((size_t)(end - first) > max_line)
        return;
    for (size_t i = 0; i < sizeof separators; i++) {
        size_t count = count_of(first, end, separators[i]);

        if (count > most) {
            most = count;
            csv->separator = separators[i];
        }
    }
}

/* Takes a quoted cell apart in place; returns what follows it, NULL when the quotes are wrong. */
static char *cut_quoted(char *at, char *end, char separator, struct mt940_view *cell)
{
    char *to = at;

    *cell = mt940_view_of(at, 0);
    for (at++; at < end; at++) {
        if (*at == '"' && (at + 1 == end || at[1] != '"'))
            break;
        at += *at == '"';
        *to++ = *at;
    }
    if (at == end)
        return NULL;
    cell->length = (size_t)(to - cell->data);
    for (at++; at < end && *at == ' ';)
        at++;
    return at == end || *at == separator ? at : NULL;
}

static char *cut_plain(char *at, char *end, char separator, struct mt940_view *cell)
{
    char *from = at;

    while (at < end && *at != separator)
        at++;
    *cell = mt940_view_trim(mt940_view_of(from, (size_t)(at - from)));
    return at;
}

static enum mt940_csv_row cut(struct mt940_csv *csv, char *at, char *end)
{
    csv->count = 0;
    for (;;) {
        if (csv->count == MT940_CSV_CELLS)
            return MT940_CSV_TOO_LONG;
        while (at < end && *at == ' ')
            at++;
        struct mt940_view *cell = &csv->cells[csv->count++];
        at = at < end && *at == '"' ? cut_quoted(at, end, csv->separator, cell)
                                    : cut_plain(at, end, csv->separator, cell);
        if (!at)
            return MT940_CSV_BAD_QUOTES;
        *cell = mt940_view_trim(*cell);
        if (at == end)
            return MT940_CSV_ROW;
        at++;
    }
}

enum mt940_csv_row mt940_csv_next(struct mt940_csv *csv)
{
    char *from, *end;

    skip_empty(csv);
    if (csv->at == csv->end)
        return MT940_CSV_END;
    from = csv->at;
    csv->at = end = line_end(from, csv->end);
    csv->line++;
    if (csv->at < csv->end)
        csv->at += *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n' ? 2 : 1;
    csv->count = 0;
    return (size_t)(end - from) > csv->max_line ? MT940_CSV_TOO_LONG : cut(csv, from, end);
}
