/* SPDX-License-Identifier: Apache-2.0
 *
 * layout_read.c: a bank's layout out of a table a user keeps (docs/dbs_exchange.md): the lists of layout_*.def, read at
 * run time. It comes from outside: everything is bounded, each mistake is a finding that says what to write, and a
 * layout with one is not given out. Must not know orders.
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

enum { line_most = 4096, rows_most = 10000, findings_most = 1000, choices_most = 1024 };

static const uint64_t bytes_most = (uint64_t)1 << 20;

/* Columns of the table. */
enum { LIST, NAME, TEXT, WIDTH, TURKISH, CELLS };
static const char *const headings[CELLS] = {"list", "name", "text", "width", "turkish"};

/* Its lists. */
enum { SETTING, COLUMN, ANSWER, RECORD, STATE, REASON, LISTS };
static const char *const lists[LISTS] = {"layout", "column", "answer", "record", "state", "reason"};
static const char *const settings[] = {"name", "bank", "separator", "decimal", "dates"};
static const char *const separators[] = {"comma", "semicolon", "tab", "bar"};
static const char *const signs[] = {"point", "comma"};
static const char *const dates[] = {"iso", "dotted", "plain"};

/* What is given out, with what it points to. */
struct held {
    struct mt940_dbs_layout layout; /* first: what the caller has */
    struct mt940_arena arena;
};

struct reading {
    const struct mt940_dbs_answer_options *options;
    struct mt940_dbs_findings findings;
    struct mt940_csv csv;
    struct held *held;
    struct mt940_dbs_column *columns, *answers;
    struct mt940_dbs_word *records, *states;
    struct mt940_dbs_reason *reasons;
    char choices[choices_most];
};

/* ---- Findings ---- */

static void refuse(struct reading *reading, size_t cell, int32_t message, struct mt940_message_arg third, size_t count)
{
    const struct mt940_message_arg args[3] = {mt940_argument_word("name", headings[cell]),
                                              mt940_dbs_shown("value", reading->csv.cells[cell]), third};

    mt940_dbs_tell(&reading->findings, message, reading->csv.line, (uint32_t)cell + 1, args, count);
}

static void add_choice(struct reading *reading, const char *word)
{
    size_t used = strlen(reading->choices), length = strlen(word), gap = used > 0 ? 2 : 0;

    if (used + gap + length >= sizeof reading->choices)
        return;
    memcpy(reading->choices + used, ", ", gap);
    memcpy(reading->choices + used + gap, word, length + 1);
}

static void refuse_choice(struct reading *reading, size_t cell)
{
    const struct mt940_message_arg list = mt940_argument_word("list", reading->choices);

    refuse(reading, cell, MT940_M_CSV_CHOICE, list, 3);
    reading->choices[0] = '\0';
}

/* ---- Words ---- */

/* The position of the cell's word among `words`, -1 with a finding when it is none of them. */
static int32_t choose(struct reading *reading, size_t cell, const char *const *words, size_t count)
{
    struct mt940_dbs_word_key key;

    mt940_dbs_word_key(&reading->csv.cells[cell], &key);
    for (size_t i = 0; i < count; i++)
        if (mt940_dbs_word_is(&key, words[i]))
            return (int32_t)i;
    for (size_t i = 0; i < count; i++)
        add_choice(reading, words[i]);
    refuse_choice(reading, cell);
    return -1;
}

/* A field by its name in the cell; 0 with a finding. */
static int32_t choose_field(struct reading *reading)
{
    struct mt940_dbs_word_key key;

    mt940_dbs_word_key(&reading->csv.cells[NAME], &key);
    for (int32_t field = 1; field < MT940_DBS_FIELDS; field++)
        if (mt940_dbs_word_is(&key, mt940_dbs_field_name(field)))
            return field;
    for (int32_t field = 1; field < MT940_DBS_FIELDS; field++)
        add_choice(reading, mt940_dbs_field_name(field));
    refuse_choice(reading, NAME);
    return 0;
}

/* A value of an enumeration by its name; false with a finding. */
static bool choose_value(struct reading *reading, int32_t enumeration, int32_t *out)
{
    struct mt940_dbs_word_key key;
    int64_t value;

    mt940_dbs_word_key(&reading->csv.cells[NAME], &key);
    for (int32_t i = 0; mt940_enum_value(enumeration, i, &value) == 0; i++)
        if (mt940_dbs_word_is(&key, mt940_enum_name(enumeration, value, "en"))) {
            *out = (int32_t)value;
            return true;
        }
    for (int32_t i = 0; mt940_enum_value(enumeration, i, &value) == 0; i++)
        add_choice(reading, mt940_enum_name(enumeration, value, "en"));
    refuse_choice(reading, NAME);
    return false;
}

/* A copy of a cell that must not be empty; NULL with a finding, or without memory. */
static const char *take(struct reading *reading, size_t cell)
{
    const struct mt940_view *value = &reading->csv.cells[cell];
    const char *copy;

    if (value->length == 0) {
        refuse(reading, cell, MT940_M_CSV_EMPTY, (struct mt940_message_arg){0}, 1);
        return NULL;
    }
    copy = mt940_arena_copy(&reading->held->arena, value->data, value->length);
    reading->findings.status = copy ? reading->findings.status : reading->held->arena.status;
    return copy;
}

/* ---- Lists ---- */

static void take_setting(struct reading *reading)
{
    struct mt940_dbs_layout *layout = &reading->held->layout;
    int32_t choice;

    switch (choose(reading, NAME, settings, sizeof settings / sizeof *settings)) {
    case 0:
        layout->name = take(reading, TEXT);
        break;
    case 1:
        layout->bank = take(reading, TEXT);
        break;
    case 2:
        choice = choose(reading, TEXT, separators, sizeof separators / sizeof *separators);
        layout->separator = choice >= 0 ? ",;\t|"[choice] : ',';
        break;
    case 3:
        choice = choose(reading, TEXT, signs, sizeof signs / sizeof *signs);
        layout->decimal_sign = choice == 1 ? ',' : '.';
        break;
    case 4:
        layout->date_form = choose(reading, TEXT, dates, sizeof dates / sizeof *dates);
        break;
    default:
        break;
    }
}

static void take_column(struct reading *reading, struct mt940_dbs_column *columns, size_t *count)
{
    struct mt940_dbs_column column = {.field = choose_field(reading), .heading = take(reading, TEXT)};
    const struct mt940_message_arg expected = mt940_argument_message("expected", MT940_M_CSV_A_NUMBER);
    const struct mt940_view *width = &reading->csv.cells[WIDTH];
    int64_t number = 0;

    if (width->length > 0 && (mt940_decimal_parse(width->data, width->length, 0, &number) != 0 || number < 0 ||
                              number > line_most))
        refuse(reading, WIDTH, MT940_M_CSV_VALUE, expected, 3);
    column.width = (int32_t)number;
    if (column.field != 0 && column.heading)
        columns[(*count)++] = column;
}

static void take_word(struct reading *reading, int32_t enumeration, struct mt940_dbs_word *words, size_t *count)
{
    struct mt940_dbs_word word = {.word = take(reading, TEXT)};

    if (choose_value(reading, enumeration, &word.value) && word.word)
        words[(*count)++] = word;
}

static void take_reason(struct reading *reading)
{
    struct mt940_dbs_layout *layout = &reading->held->layout;
    struct mt940_dbs_reason reason = {.code = take(reading, NAME), .english = take(reading, TEXT)};

    reason.turkish = reading->csv.cells[TURKISH].length > 0 ? take(reading, TURKISH) : reason.english;
    if (reason.code && reason.english && reason.turkish)
        reading->reasons[layout->reason_count++] = reason;
}

static void take_row(struct reading *reading)
{
    struct mt940_dbs_layout *layout = &reading->held->layout;

    for (size_t i = reading->csv.count; i < CELLS; i++)
        reading->csv.cells[i] = mt940_view_of(NULL, 0);
    if (reading->csv.cells[LIST].length > 0 && reading->csv.cells[LIST].data[0] == '#')
        return;
    switch (choose(reading, LIST, lists, LISTS)) {
    case SETTING:
        take_setting(reading);
        break;
    case COLUMN:
        take_column(reading, reading->columns, &layout->column_count);
        break;
    case ANSWER:
        take_column(reading, reading->answers, &layout->answer_count);
        break;
    case RECORD:
        take_word(reading, MT940_ENUM_DBS_ORDER_RECORD, reading->records, &layout->record_count);
        break;
    case STATE:
        take_word(reading, MT940_ENUM_DBS_ORDER_STATE, reading->states, &layout->state_count);
        break;
    case REASON:
        take_reason(reading);
        break;
    default:
        break;
    }
}

/* ---- The table ---- */

/* The heading names the columns, so that people know what to write; their order is fixed. */
static bool has_heading(struct reading *reading)
{
    enum mt940_csv_row row = mt940_csv_next(&reading->csv);

    for (size_t i = 0; i < CELLS - 2; i++) {
        struct mt940_message_arg name = mt940_argument_word("name", headings[i]);
        struct mt940_dbs_word_key key = {"", 0};

        if (row == MT940_CSV_ROW && i < reading->csv.count)
            mt940_dbs_word_key(&reading->csv.cells[i], &key);
        if (!mt940_dbs_word_is(&key, headings[i])) {
            mt940_dbs_tell(&reading->findings, MT940_M_CSV_COLUMN_MISSING, 1, (uint32_t)i + 1, &name, 1);
            return false;
        }
    }
    return true;
}

static void take_rows(struct reading *reading)
{
    enum mt940_csv_row row;

    while (reading->findings.status == 0 && (row = mt940_csv_next(&reading->csv)) != MT940_CSV_END) {
        if (row == MT940_CSV_ROW)
            take_row(reading);
        else
            mt940_dbs_tell_unread(&reading->findings, row, reading->csv.line, reading->options->max_line);
    }
}

/* Lists that hold whatever the table brings: it has no more rows than line ends and one. */
static int make_lists(struct reading *reading, const char *text, size_t length)
{
    struct mt940_arena *arena = &reading->held->arena;
    size_t rows = 1;

    for (size_t i = 0; i < length; i++)
        rows += text[i] == '\n' || text[i] == '\r';
    if (rows > reading->options->max_rows)
        return MT940_E_LIMIT;
    reading->columns = mt940_arena_alloc(arena, rows * sizeof *reading->columns);
    reading->answers = mt940_arena_alloc(arena, rows * sizeof *reading->answers);
    reading->records = mt940_arena_alloc(arena, rows * sizeof *reading->records);
    reading->states = mt940_arena_alloc(arena, rows * sizeof *reading->states);
    reading->reasons = mt940_arena_alloc(arena, rows * sizeof *reading->reasons);
    reading->held->layout = (struct mt940_dbs_layout){
        .size = sizeof reading->held->layout, .name = "own", .bank = "", .separator = ',', .decimal_sign = '.',
        .columns = reading->columns, .answers = reading->answers, .records = reading->records,
        .states = reading->states, .reasons = reading->reasons};
    return arena->status;
}

static int read_text(struct reading *reading, const void *bytes, size_t length, struct mt940_error *error)
{
    struct mt940_arena *arena = &reading->held->arena;
    size_t needed = mt940_charset_decode(reading->options->charset, bytes, length, NULL, 0, NULL);
    char *text = mt940_arena_alloc(arena, needed);
    int status = text ? 0 : arena->status;

    if (status)
        return status;
    mt940_charset_decode(reading->options->charset, bytes, length, text, needed, NULL);
    status = make_lists(reading, text, needed);
    if (status == MT940_E_LIMIT)
        return mt940_fail(error, status, 0, "the layout has more rows than max_rows");
    if (status)
        return status;
    mt940_csv_begin(&reading->csv, text, needed, reading->options->max_line);
    if (needed == 0)
        mt940_dbs_tell(&reading->findings, MT940_M_EMPTY_FILE, 0, 0, NULL, 0);
    else if (has_heading(reading))
        take_rows(reading);
    if (reading->findings.status != 0 || reading->findings.is_bad)
        return reading->findings.status ? reading->findings.status : MT940_E_FORMAT;
    return mt940_dbs_layout_check(&reading->held->layout, error);
}

static int take_options(const struct mt940_dbs_answer_options *given, struct mt940_dbs_answer_options *out,
                        struct mt940_error *error)
{
    memset(out, 0, sizeof *out);
    if (given && mt940_check_size(given, given->size, sizeof *given, sizeof *given) != 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size and zero the rest");
    if (given)
        *out = *given;
    out->max_line = out->max_line ? out->max_line : line_most;
    out->max_rows = out->max_rows ? out->max_rows : rows_most;
    out->max_findings = out->max_findings ? out->max_findings : findings_most;
    out->max_bytes = out->max_bytes ? out->max_bytes : bytes_most;
    return 0;
}

MT940_EXPORT int mt940_dbs_layout_read(const void *bytes, size_t length,
                                       const struct mt940_dbs_answer_options *options,
                                       const struct mt940_dbs_answer_sink *sink, struct mt940_dbs_layout **out,
                                       struct mt940_error *error)
{
    struct mt940_dbs_answer_options filled;
    struct reading reading = {.options = &filled, .findings = {.sink = sink}};
    struct mt940_allocator memory;
    struct mt940_arena arena;
    int status = take_options(options, &filled, error);

    if (status)
        return status;
    reading.findings.most = filled.max_findings;
    if (!out || (!bytes && length > 0) ||
        (sink && mt940_check_size(sink, sink->size, sizeof *sink, sizeof *sink) != 0))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "bytes, sink or out");
    if (length > filled.max_bytes)
        return mt940_fail(error, MT940_E_LIMIT, 0, "the layout is larger than max_bytes");
    status = mt940_memory_init(&memory, filled.allocator);
    if (status)
        return status;
    mt940_arena_init(&arena, &memory, 0);
    reading.held = mt940_arena_alloc(&arena, sizeof *reading.held);
    if (!reading.held)
        return arena.status;
    reading.held->arena = arena;
    status = read_text(&reading, bytes, length, error);
    if (status)
        mt940_dbs_layout_free(&reading.held->layout);
    else
        *out = &reading.held->layout;
    return status;
}

MT940_EXPORT void mt940_dbs_layout_free(struct mt940_dbs_layout *layout)
{
    struct mt940_arena arena;

    if (!layout)
        return;
    arena = ((struct held *)(void *)layout)->arena; /* the block itself lies in it */
    mt940_arena_free(&arena);
}
