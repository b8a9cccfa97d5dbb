/* SPDX-License-Identifier: Apache-2.0
 *
 * sheet.c: bytes to cells. libcsv reads the quoting; this file finds out character set and
 * separator, counts lines, and gets over lines that are no CSV. Must not know any table.
 */
#include "sheet.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/charset.h"

static const char separators[] = {',', ';', '\t', '|'};

#define MOST_HEADINGS 256

/* State of one reading. */
struct reading {
    struct sheet *sheet;
    const struct mt940_csv_options *options;
    sheet_complaint complain;
    void *user;
    size_t row_first;   /* first cell of the row being read */
    size_t pool_first;
    int row_ended;      /* a row ended since it was last asked */
    int status;
    uint32_t row_line;
};

static int grow(void **block, size_t *capacity, size_t needed, size_t size)
{
    size_t wanted = *capacity == 0 ? 256 : *capacity;
    void *bigger;

    if (needed <= *capacity)
        return MT940_OK;
    while (wanted < needed)
        wanted *= 2;
    bigger = wanted > SIZE_MAX / size ? NULL : realloc(*block, wanted * size);
    if (bigger == NULL)
        return MT940_E_MEMORY;
    *block = bigger;
    *capacity = wanted;
    return MT940_OK;
}

static void take_cell(void *data, size_t length, void *user)
{
    struct reading *reading = user;
    struct sheet *sheet = reading->sheet;
    void *cells = sheet->cells;

    if (reading->status == MT940_OK)
        reading->status = grow(&cells, &sheet->cell_capacity, sheet->cell_count + 1, sizeof *sheet->cells);
    if (reading->status != MT940_OK)
        return;
    sheet->cells = cells;
    if (length > 0)
        memcpy(sheet->pool + sheet->pool_used, data, length);
    sheet->cells[sheet->cell_count++] = (struct mt940_view){sheet->pool + sheet->pool_used, length};
    sheet->pool_used += length;
}

static void drop_row(struct reading *reading)
{
    reading->sheet->cell_count = reading->row_first;
    reading->sheet->pool_used = reading->pool_first;
}

static int is_empty_row(const struct reading *reading)
{
    for (size_t i = reading->row_first; i < reading->sheet->cell_count; i++)
        if (reading->sheet->cells[i].length > 0)
            return 0;
    return 1;
}

static void take_row(int terminator, void *user)
{
    struct reading *reading = user;
    struct sheet *sheet = reading->sheet;
    void *rows = sheet->rows;

    (void)terminator;
    reading->row_ended = 1;
    if (reading->status == MT940_OK && !is_empty_row(reading)) {
        reading->status = grow(&rows, &sheet->row_capacity, sheet->row_count + 1, sizeof *sheet->rows);
        if (reading->status != MT940_OK)
            return;
        sheet->rows = rows;
        sheet->rows[sheet->row_count++] = (struct sheet_row){
            reading->row_line, (uint32_t)(sheet->cell_count - reading->row_first), reading->row_first};
    } else {
        drop_row(reading);
    }
    reading->row_first = sheet->cell_count;
    reading->pool_first = sheet->pool_used;
}

static int complain(struct reading *reading, int32_t message, int64_t number)
{
    return reading->complain(reading->user, message, reading->row_line, number);
}

static int start_parser(struct csv_parser *parser, char separator)
{
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return MT940_E_MEMORY;
    csv_set_delim(parser, (unsigned char)separator);
    return MT940_OK;
}

/* After a line that is no CSV: forget the row and begin anew behind it. */
static int restart_parser(struct reading *reading, struct csv_parser *parser)
{
    csv_free(parser);
    drop_row(reading);
    return start_parser(parser, reading->sheet->separator);
}

/*
 * The lines [at, end) of the text. A quotation mark that is never closed would swallow the rest
 * of the file; it is given up after max_line bytes and reading goes on with the next line, which
 * keeps the whole linear.
 */
static int read_lines(struct reading *reading, struct csv_parser *parser, const char *at, const char *end,
                      uint32_t line)
{
    const char *row_begin = at, *row_next = at;
    uint32_t line_next = line;
    int inside = 0;

    while (at < end && reading->status == MT940_OK) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *next = newline == NULL ? end : newline + 1;
        int32_t fault = 0;

        if (!inside) {
            row_begin = at;
            row_next = next;
            reading->row_line = line;
            line_next = line + 1;
        }
        if ((size_t)(next - row_begin) > reading->options->max_line)
            fault = inside ? MT940_M_CSV_QUOTES : MT940_M_CSV_LINE_TOO_LONG;
        else if (csv_parse(parser, at, (size_t)(next - at), take_cell, take_row, reading) != (size_t)(next - at))
            fault = csv_error(parser) == CSV_EPARSE ? MT940_M_CSV_QUOTES : 0;
        if (fault == 0 && csv_error(parser) != CSV_SUCCESS)
            return MT940_E_MEMORY;
        at = next;
        line++;
        if (fault != 0) {
            int status = complain(reading, fault, reading->options->max_line);

            if (status == MT940_OK)
                status = restart_parser(reading, parser);
            if (status != MT940_OK)
                return status;
            at = row_next;
            line = line_next;
            reading->row_ended = 1;
        }
        inside = !reading->row_ended && (parser->quoted || reading->sheet->cell_count > reading->row_first);
        reading->row_ended = 0;
        if (reading->sheet->row_count > (size_t)reading->options->max_rows + 1) {
            reading->sheet->row_count--;
            return complain(reading, MT940_M_CSV_TOO_MANY_ROWS, reading->options->max_rows);
        }
    }
    return reading->status;
}

static int read_rows(struct reading *reading, const char *at, const char *end, uint32_t line)
{
    struct csv_parser parser;
    int status = start_parser(&parser, reading->sheet->separator);

    if (status != MT940_OK)
        return status;
    status = read_lines(reading, &parser, at, end, line);
    if (status == MT940_OK && csv_fini(&parser, take_cell, take_row, reading) != 0) {
        drop_row(reading);
        status = complain(reading, MT940_M_CSV_QUOTES, 0);
    }
    csv_free(&parser);
    return status != MT940_OK ? status : reading->status;
}

/* Excel marks the separator in a first line "sep=;". */
static const char *skip_separator_line(const char *at, const char *end, char *separator)
{
    if (end - at < 6 || memcmp(at, "sep=", 4) != 0 || (at[5] != '\r' && at[5] != '\n'))
        return at;
    *separator = at[4];
    at = memchr(at, '\n', (size_t)(end - at));
    return at == NULL ? end : at + 1;
}

/* How many headings `known` knows when the line is cut at `separator`. */
static size_t try_separator(char separator, const char *line, const char *end,
                            size_t (*known)(void *user, const struct mt940_view *cells, size_t count), void *user)
{
    struct mt940_view cells[MOST_HEADINGS];
    size_t count = 0;

    while (count < MOST_HEADINGS) {
        const char *stop = memchr(line, separator, (size_t)(end - line));
        const char *cell_end = stop == NULL ? end : stop;
        const char *begin = line;

        while (begin < cell_end && (*begin == ' ' || *begin == '"'))
            begin++;
        cells[count].data = begin;
        cells[count].length = (size_t)(cell_end - begin);
        while (cells[count].length > 0 && memchr(" \"\r", begin[cells[count].length - 1], 3) != NULL)
            cells[count].length--;
        count++;
        if (stop == NULL)
            break;
        line = stop + 1;
    }
    return known(user, cells, count);
}

static char find_separator(const char *at, const char *end,
                           size_t (*known)(void *user, const struct mt940_view *cells, size_t count), void *user)
{
    char best = ',';
    size_t most = 0;

    while (at < end) { /* the first line that is not blank */
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline;

        for (const char *letter = at; letter < stop; letter++) {
            if (memchr(" \r", *letter, 2) != NULL)
                continue;
            for (size_t i = 0; i < sizeof separators; i++) {
                size_t found = try_separator(separators[i], at, stop, known, user);

                if (found > most) {
                    most = found;
                    best = separators[i];
                }
            }
            return best;
        }
        at = stop + (newline != NULL);
    }
    return best;
}

/* What a file is that is no text; 0 = text. */
static int32_t not_text(const unsigned char *bytes, size_t length)
{
    if (length >= 4 && memcmp(bytes, "PK\003\004", 4) == 0)
        return MT940_M_CSV_AN_EXCEL_FILE;
    if (length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0)
        return MT940_M_CSV_AN_EXCEL_FILE;
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return MT940_M_CSV_UTF_16;
    return memchr(bytes, 0, length) != NULL ? MT940_M_CSV_BINARY : 0;
}

/* Line ends of old Macintosh programs: a CR alone. */
static void end_lines(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] == '\r' && (i + 1 == length || text[i + 1] != '\n'))
            text[i] = '\n';
}

static int decode(struct sheet *sheet, const void *bytes, size_t length, int32_t charset)
{
    struct mt940_charset_evidence evidence;
    size_t needed;

    sheet->charset = charset;
    if (charset == MT940_CHARSET_DETECT) {
        memset(&evidence, 0, sizeof evidence);
        mt940_charset_observe(&evidence, bytes, length);
        sheet->charset = mt940_charset_verdict(&evidence);
    }
    needed = mt940_charset_decode(sheet->charset, bytes, length, NULL, 0, NULL);
    sheet->text = malloc(needed + 1);
    sheet->pool = malloc(needed + 1);
    if (sheet->text == NULL || sheet->pool == NULL)
        return MT940_E_MEMORY;
    sheet->text_length = mt940_charset_decode(sheet->charset, bytes, length, sheet->text, needed, NULL);
    end_lines(sheet->text, sheet->text_length);
    return MT940_OK;
}

int sheet_read(struct sheet *sheet, const void *bytes, size_t length, const struct mt940_csv_options *options,
               size_t (*known)(void *user, const struct mt940_view *cells, size_t count),
               sheet_complaint complaint, void *user)
{
    struct reading reading = {.sheet = sheet, .options = options, .complain = complaint, .user = user};
    const char *at, *begin, *end;
    int32_t what;
    int status;

    memset(sheet, 0, sizeof *sheet);
    if (length == 0)
        return complaint(user, MT940_M_EMPTY_FILE, 0, 0);
    what = not_text(bytes, length);
    if (what != 0)
        return complaint(user, MT940_M_CSV_NOT_TEXT, 0, what);
    status = decode(sheet, bytes, length, options->charset);
    if (status != MT940_OK)
        return status;
    begin = sheet->text;
    end = begin + sheet->text_length;
    if (sheet->text_length >= 3 && memcmp(begin, "\xEF\xBB\xBF", 3) == 0)
        begin += 3;
    sheet->separator = options->separator;
    at = skip_separator_line(begin, end, &sheet->separator);
    if (sheet->separator == 0)
        sheet->separator = find_separator(at, end, known, user);
    status = read_rows(&reading, at, end, at == begin ? 1 : 2);
    if (status == MT940_OK && sheet->row_count == 0)
        status = complaint(user, MT940_M_EMPTY_FILE, 0, 0);
    return status;
}

void sheet_free(struct sheet *sheet)
{
    free(sheet->cells);
    free(sheet->rows);
    free(sheet->text);
    free(sheet->pool);
    memset(sheet, 0, sizeof *sheet);
}
