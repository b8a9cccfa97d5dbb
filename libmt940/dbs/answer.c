/* SPDX-License-Identifier: Apache-2.0
 *
 * answer.c: reads the file in which a bank answers (turkish-banking §3.3). It comes from outside:
 * everything is bounded, and a bad line is a finding that costs itself. Must not know orders.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "base/memory.h"
#include "dbs/finding.h"
#include "dbs/layout.h"
#include "mt940connect/charset.h"
#include "mt940connect/schema.h"
#include "text/csv.h"

enum { line_most = 65536, rows_most = 1000000, findings_most = 1000, list_most = 1024 };

static const uint64_t bytes_most = (uint64_t)64 << 20;

/* One reading. */
struct reading {
    struct mt940_dbs_answer_options options; /* defaults filled in */
    struct mt940_dbs_findings findings;
    struct mt940_csv csv;
    int32_t fields[MT940_CSV_CELLS]; /* of each column, 0 = left out */
    struct mt940_view headings[MT940_CSV_CELLS]; /* copies of their beginnings */
    char heading_text[MT940_CSV_CELLS][MT940_DBS_WORD];
    size_t columns;
    uint32_t rows;
    struct mt940_dbs_word_key *keys; /* of the layout's states: folding each for each line would take most of the time */
    char states[list_most]; /* the layout's words, for findings; made when first needed */
};

/* ---- The heading ---- */

/* A bank may send our own file back with its columns behind, so those of the file are known too. */
static int32_t field_of(const struct reading *reading, const struct mt940_view *heading)
{
    const struct mt940_dbs_layout *layout = reading->options.layout;
    struct mt940_dbs_word_key key;

    mt940_dbs_word_key(heading, &key);
    for (size_t i = 0; i < layout->answer_count; i++)
        if (mt940_dbs_word_is(&key, layout->answers[i].heading))
            return layout->answers[i].field;
    for (size_t i = 0; i < layout->column_count; i++)
        if (mt940_dbs_word_is(&key, layout->columns[i].heading))
            return layout->columns[i].field;
    return 0;
}

static bool has_field(const struct reading *reading, int32_t field)
{
    for (size_t i = 0; i < reading->columns; i++)
        if (reading->fields[i] == field)
            return true;
    return false;
}

static void keep_heading(struct reading *reading, size_t column, struct mt940_view cell)
{
    struct mt940_message_arg shown = mt940_dbs_shown("name", cell);

    if (shown.text.length > 0)
        memcpy(reading->heading_text[column], shown.text.data, shown.text.length);
    reading->headings[column] = mt940_view_of(reading->heading_text[column], shown.text.length);
}

static void take_heading(struct reading *reading, size_t column)
{
    struct mt940_view cell = reading->csv.cells[column];
    int32_t field = field_of(reading, &cell);
    struct mt940_message_arg arg;

    keep_heading(reading, column, cell);
    arg = mt940_dbs_shown("name", cell);
    if (field != 0 && has_field(reading, field))
        mt940_dbs_tell(&reading->findings, MT940_M_CSV_COLUMN_TWICE, reading->csv.line, (uint32_t)column + 1, &arg, 1);
    else if (field == 0 && cell.length > 0)
        mt940_dbs_tell(&reading->findings, MT940_M_CSV_COLUMN_UNKNOWN, reading->csv.line, (uint32_t)column + 1, &arg, 1);
    reading->fields[column] = field;
    reading->columns = column + 1;
}

static void miss_column(struct reading *reading, int32_t field)
{
    const struct mt940_dbs_layout *layout = reading->options.layout;
    struct mt940_message_arg arg = mt940_argument_word("name", "");

    for (size_t i = layout->answer_count; i-- > 0;)
        if (layout->answers[i].field == field)
            arg = mt940_argument_word("name", layout->answers[i].heading);
    mt940_dbs_tell(&reading->findings, MT940_M_CSV_COLUMN_MISSING, reading->csv.line, 0, &arg, 1);
}

/* false = the file cannot be read as a table. */
static bool read_heading(struct reading *reading)
{
    enum mt940_csv_row row = mt940_csv_next(&reading->csv);

    if (row == MT940_CSV_END)
        mt940_dbs_tell(&reading->findings, MT940_M_EMPTY_FILE, 0, 0, NULL, 0);
    else if (row != MT940_CSV_ROW)
        mt940_dbs_tell_unread(&reading->findings, row, reading->csv.line, reading->options.max_line);
    if (row != MT940_CSV_ROW)
        return false;
    for (size_t i = 0; i < reading->csv.count && reading->findings.status == 0; i++)
        take_heading(reading, i);
    if (!has_field(reading, MT940_DBS_FIELD_STATE))
        miss_column(reading, MT940_DBS_FIELD_STATE);
    if (!has_field(reading, MT940_DBS_FIELD_REFERENCE) && !has_field(reading, MT940_DBS_FIELD_INVOICE))
        miss_column(reading, MT940_DBS_FIELD_REFERENCE);
    return !reading->findings.is_bad;
}

/* ---- Values ---- */

static void refuse(struct reading *reading, size_t column, int32_t message, int32_t expected)
{
    struct mt940_message_arg args[3] = {mt940_argument_text("name", reading->headings[column]),
                                        mt940_dbs_shown("value", reading->csv.cells[column]),
                                        mt940_argument_message("expected", expected)};

    mt940_dbs_tell(&reading->findings, message, reading->csv.line, (uint32_t)column + 1, args, expected ? 3 : 2);
}

/* Value of a state's word, or -1. */
static int32_t find_state(const struct reading *reading, const struct mt940_view *word)
{
    const struct mt940_dbs_layout *layout = reading->options.layout;
    struct mt940_dbs_word_key key;

    mt940_dbs_word_key(word, &key);
    for (size_t i = 0; key.length > 0 && i < layout->state_count; i++)
        if (key.length == reading->keys[i].length && memcmp(key.text, reading->keys[i].text, key.length) == 0)
            return layout->states[i].value;
    return -1;
}

/* The layout's words for states, once each, for people: "accepted, kabul, …". */
static struct mt940_view state_list(struct reading *reading)
{
    const struct mt940_dbs_layout *layout = reading->options.layout;
    size_t used = 0;

    for (size_t i = 0; i < layout->state_count; i++) {
        size_t length = strlen(layout->states[i].word);

        if (length + 2 > list_most - used)
            break;
        if (used > 0) {
            memcpy(reading->states + used, ", ", 2);
            used += 2;
        }
        memcpy(reading->states + used, layout->states[i].word, length);
        used += length;
    }
    return mt940_view_of(reading->states, used);
}

static void take_state(struct reading *reading, size_t column, struct mt940_dbs_answer *answer)
{
    const struct mt940_view *cell = &reading->csv.cells[column];
    struct mt940_message_arg args[2];

    if (cell->length == 0) {
        refuse(reading, column, MT940_M_CSV_EMPTY, 0);
        return;
    }
    answer->state = find_state(reading, cell);
    if (answer->state >= 0)
        return;
    args[0] = mt940_dbs_shown("value", *cell);
    args[1] = mt940_argument_text("list", state_list(reading));
    mt940_dbs_tell(&reading->findings, MT940_M_DBS_STATE_UNKNOWN, reading->csv.line, (uint32_t)column + 1, args, 2);
}

static void take_number(struct reading *reading, size_t column, int64_t *out)
{
    const struct mt940_view *cell = &reading->csv.cells[column];
    int64_t number;

    if (cell->length == 0)
        return;
    if (mt940_decimal_parse(cell->data, cell->length, 0, &number) != 0 || number < 1)
        refuse(reading, column, MT940_M_CSV_VALUE, MT940_M_CSV_A_NUMBER);
    else
        *out = number;
}

/* What an amount is made of: digits, the last sign, and whether another sign stands before it. */
struct amount_form {
    char digits[24];
    size_t count;
    size_t decimals; /* digits behind the last sign */
    size_t signs;    /* of the last kind */
    size_t first;    /* digits before the first sign */
    bool has_groups; /* of the other kind */
    char last;
};

static bool read_amount_form(struct mt940_view text, struct amount_form *out)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (mt940_ascii_is_digit(c) && out->count + 1 < sizeof out->digits) {
            out->digits[out->count++] = c;
            out->decimals++;
        } else if ((c == '.' || c == ',') && out->count > 0 && !(out->last && out->decimals != 3) &&
                   !(out->last && out->last != c && out->has_groups)) {
            out->first = out->last ? out->first : out->count;
            if (out->last && out->last != c) {
                out->has_groups = true;
                out->signs = 0;
            }
            out->last = c;
            out->signs++;
            out->decimals = 0;
        } else {
            return false;
        }
    }
    return out->count > 0 && (out->last == 0 || out->decimals > 0);
}

/* "12500.75", "12.500,75", "12500"; one sign with three digits behind it can be read in two ways. */
static void take_paid(struct reading *reading, size_t column, struct mt940_amount *out)
{
    const struct mt940_view *cell = &reading->csv.cells[column];
    struct amount_form form;
    int64_t units;

    if (cell->length == 0)
        return;
    if (!read_amount_form(*cell, &form)) {
        refuse(reading, column, MT940_M_CSV_VALUE, MT940_M_CSV_AN_AMOUNT);
        return;
    }
    if (form.last && !form.has_groups && form.signs == 1 && form.decimals == 3) {
        refuse(reading, column, MT940_M_CSV_AMBIGUOUS, 0);
        return;
    }
    bool is_grouped = form.signs > 1; /* 1.250.000: no decimals */
    bool is_wrong = ((is_grouped || form.has_groups) && form.first > 3) || (is_grouped && form.has_groups) ||
                    (is_grouped && form.decimals != 3);
    if (is_wrong || mt940_decimal_parse(form.digits, form.count, 0, &units) != 0) {
        refuse(reading, column, MT940_M_CSV_VALUE, MT940_M_CSV_AN_AMOUNT);
        return;
    }
    out->units = units;
    out->scale = form.last && !is_grouped ? (int32_t)form.decimals : 0;
}

/* A text that goes into a record: bounded, without control bytes. */
static struct mt940_view take_text(struct reading *reading, size_t column)
{
    enum { text_most = 255 };
    struct mt940_view cell = reading->csv.cells[column];
    char *text = (char *)(uintptr_t)cell.data; /* within the reading's own copy */

    if (cell.length > text_most)
        for (cell.length = text_most; cell.length > 0 && ((unsigned char)text[cell.length] & 0xC0) == 0x80;)
            cell.length--;
    for (size_t i = 0; i < cell.length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
            text[i] = ' ';
    return cell;
}

static void take_cell(struct reading *reading, size_t column, struct mt940_dbs_answer *answer)
{
    switch (reading->fields[column]) {
    case MT940_DBS_FIELD_STATE:
        take_state(reading, column, answer);
        break;
    case MT940_DBS_FIELD_RUN:
        take_number(reading, column, &answer->run);
        break;
    case MT940_DBS_FIELD_LINE:
        take_number(reading, column, &answer->row);
        break;
    case MT940_DBS_FIELD_PAID:
        take_paid(reading, column, &answer->paid);
        break;
    case MT940_DBS_FIELD_BANK:
        answer->bank = take_text(reading, column);
        break;
    case MT940_DBS_FIELD_CUSTOMER:
        answer->customer = take_text(reading, column);
        break;
    case MT940_DBS_FIELD_REFERENCE:
        answer->reference = take_text(reading, column);
        break;
    case MT940_DBS_FIELD_INVOICE:
        answer->invoice = take_text(reading, column);
        break;
    case MT940_DBS_FIELD_CODE:
        answer->code = take_text(reading, column);
        break;
    case MT940_DBS_FIELD_TEXT:
        answer->text = take_text(reading, column);
        break;
    default:
        break;
    }
}

static void require_name(struct reading *reading, const struct mt940_dbs_answer *answer)
{
    if (answer->reference.length > 0 || answer->invoice.length > 0)
        return;
    for (size_t i = 0; i < reading->columns; i++)
        if (reading->fields[i] == MT940_DBS_FIELD_REFERENCE || reading->fields[i] == MT940_DBS_FIELD_INVOICE) {
            refuse(reading, i, MT940_M_CSV_EMPTY, 0);
            return;
        }
}

static void count_cells(struct reading *reading)
{
    struct mt940_message_arg args[2] = {mt940_argument_number("count", (int64_t)reading->csv.count),
                                        mt940_argument_number("expected", (int64_t)reading->columns)};

    if (reading->csv.count > reading->columns)
        mt940_dbs_tell(&reading->findings, MT940_M_CSV_FIELDS_MORE, reading->csv.line, 0, args, 2);
    else if (reading->csv.count < reading->columns)
        mt940_dbs_tell(&reading->findings, MT940_M_CSV_FIELDS_FEWER, reading->csv.line, 0, args, 2);
    for (size_t i = reading->csv.count; i < reading->columns; i++)
        reading->csv.cells[i] = mt940_view_of(NULL, 0);
}

static void give(struct mt940_dbs_findings *findings, const struct mt940_dbs_answer *answer)
{
    const struct mt940_dbs_answer_sink *sink = findings->sink;

    if (!findings->is_bad && findings->status == 0 && sink && sink->answer)
        findings->status = sink->answer(sink->user, answer);
}

static void read_row(struct reading *reading)
{
    struct mt940_dbs_answer answer = {.size = sizeof answer, .line = reading->csv.line, .row = 1,
                                      .paid = {.scale = -1}};

    reading->findings.is_bad = false;
    count_cells(reading);
    const bool is_long = reading->csv.count > reading->columns;
    for (size_t i = 0; i < reading->columns && !(is_long && reading->findings.is_bad); i++)
        take_cell(reading, i, &answer);
    if (!reading->findings.is_bad)
        require_name(reading, &answer);
    give(&reading->findings, &answer);
}

static void read_rows(struct reading *reading)
{
    enum mt940_csv_row row;

    while (reading->findings.status == 0 && (row = mt940_csv_next(&reading->csv)) != MT940_CSV_END) {
        struct mt940_message_arg rows = mt940_argument_number("count", reading->options.max_rows);

        if (reading->rows++ == reading->options.max_rows) {
            mt940_dbs_tell(&reading->findings, MT940_M_CSV_TOO_MANY_ROWS, reading->csv.line, 0, &rows, 1);
            return;
        }
        if (row == MT940_CSV_ROW)
            read_row(reading);
        else
            mt940_dbs_tell_unread(&reading->findings, row, reading->csv.line, reading->options.max_line);
    }
    if (reading->rows == 0 && reading->findings.status == 0)
        mt940_dbs_tell(&reading->findings, MT940_M_CSV_NO_ROWS, 0, 0, NULL, 0);
}

/* ---- The file ---- */

/* What is no text: a workbook, a compressed file, UTF-16. 0 when it may be one. */
static int32_t kind_of_bytes(const unsigned char *bytes, size_t length)
{
    if (length >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0))
        return MT940_M_CSV_AN_EXCEL_FILE;
    if (length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        return MT940_M_CSV_UTF_16;
    return length > 0 && memchr(bytes, 0, length) ? MT940_M_CSV_BINARY : 0;
}

static void make_keys(struct reading *reading)
{
    const struct mt940_dbs_layout *layout = reading->options.layout;

    for (size_t i = 0; i < layout->state_count; i++) {
        struct mt940_view word = mt940_view_of(layout->states[i].word, strlen(layout->states[i].word));

        mt940_dbs_word_key(&word, &reading->keys[i]);
    }
}

static int read_text(struct reading *reading, const void *bytes, size_t length)
{
    struct mt940_allocator memory;
    size_t needed = mt940_charset_decode(reading->options.charset, bytes, length, NULL, 0, NULL);
    size_t keys_size = reading->options.layout->state_count * sizeof *reading->keys;
    int status = mt940_memory_init(&memory, reading->options.allocator);
    char *text = status == 0 ? mt940_memory_alloc(&memory, needed) : NULL;

    if (status)
        return status;
    reading->keys = mt940_memory_alloc(&memory, keys_size);
    reading->findings.status = text && reading->keys ? 0 : MT940_E_MEMORY;
    if (reading->findings.status == 0) {
        mt940_charset_decode(reading->options.charset, bytes, length, text, needed, NULL);
        mt940_csv_begin(&reading->csv, text, needed, reading->options.max_line);
        make_keys(reading);
        if (read_heading(reading))
            read_rows(reading);
    }
    mt940_memory_free(&memory, reading->keys, keys_size);
    mt940_memory_free(&memory, text, needed);
    return reading->findings.status;
}

static int take_options(const struct mt940_dbs_answer_options *given, struct mt940_dbs_answer_options *out,
                        struct mt940_error *error)
{
    memset(out, 0, sizeof *out);
    if (given && mt940_check_size(given, given->size, sizeof *given, sizeof *given) != 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size and zero the rest");
    if (given)
        *out = *given;
    out->layout = out->layout ? out->layout : mt940_dbs_layout_find(NULL, NULL);
    out->max_line = out->max_line ? out->max_line : line_most;
    out->max_rows = out->max_rows ? out->max_rows : rows_most;
    out->max_findings = out->max_findings ? out->max_findings : findings_most;
    out->max_bytes = out->max_bytes ? out->max_bytes : bytes_most;
    return mt940_dbs_layout_check(out->layout, error);
}

MT940_EXPORT int mt940_dbs_answer_read(const void *bytes, size_t length,
                                       const struct mt940_dbs_answer_options *options,
                                       const struct mt940_dbs_answer_sink *sink, struct mt940_error *error)
{
    struct reading reading = {.findings = {.sink = sink}};
    int status = take_options(options, &reading.options, error);

    if (status)
        return status;
    if ((!bytes && length > 0) || (sink && mt940_check_size(sink, sink->size, sizeof *sink, sizeof *sink) != 0))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "bytes or sink");
    if (length > reading.options.max_bytes)
        return mt940_fail(error, MT940_E_LIMIT, 0, "the answer is larger than max_bytes");
    reading.findings.most = reading.options.max_findings;

    const struct mt940_message_arg what = mt940_argument_message("what", kind_of_bytes(bytes, length));
    if (what.number == 0)
        return read_text(&reading, bytes, length);
    mt940_dbs_tell(&reading.findings, MT940_M_CSV_NOT_TEXT, 0, 0, &what, 1);
    return reading.findings.status;
}
