/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_iban.c: judges IBANs from the command line or from standard input, or finds them in files. JSON Lines, or
 * explained for people.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "command.h"
#include "iban_explain.h"
#include "iban_json.h"
#include "iban_search.h"
#include "input.h"
#include "lines.h"

enum { OPTION_ELECTRONIC = OPTION_OWN, OPTION_UNOFFICIAL, OPTION_TERRITORIES, OPTION_SUGGEST, OPTION_EXPLAIN,
       OPTION_SCAN };

/* Suggestions shown for one IBAN; the likeliest come first. */
enum { SUGGESTIONS = 8 };

/* Lines between two reports of progress. */
enum { PROGRESS_STEP = 1 << 17 };

static const struct command_option options[] = {
    {"electronic", OPTION_ELECTRONIC, NULL, TEXT_OPTION_ELECTRONIC},
    {"unofficial", OPTION_UNOFFICIAL, NULL, TEXT_OPTION_UNOFFICIAL},
    {"territories", OPTION_TERRITORIES, NULL, TEXT_OPTION_TERRITORIES},
    {"suggest", OPTION_SUGGEST, NULL, TEXT_OPTION_SUGGEST},
    {"explain", OPTION_EXPLAIN, NULL, TEXT_OPTION_EXPLAIN},
    {"scan", OPTION_SCAN, "FILE", TEXT_OPTION_SCAN},
    {NULL, 0, NULL, TEXT_NONE},
};

struct judge {
    struct output *out;
    struct json *json;
    uint32_t flags;
    int suggest;
    int explain;
    size_t explained;
};

static void complain(struct output *out, const struct place *place, const struct mt940_iban *iban)
{
    char *text = iban_reason_text(out, iban);

    output_diagnose(out, place, MT940_ERROR, mt940_iban_reason_name(iban->reason), text);
    free(text);
}

static void tell(struct judge *judge, struct iban_report *report)
{
    struct mt940_iban_suggestion suggestions[SUGGESTIONS];

    report->suggested = judge->suggest;
    report->suggestions = suggestions;
    if (judge->suggest && report->iban->reason != MT940_IBAN_VALID)
        report->suggestion_count = mt940_iban_suggest(report->text, report->length, judge->flags, suggestions,
                                                      SUGGESTIONS);
    if (!judge->explain) {
        iban_json_write(judge->json, report);
        return;
    }
    if (judge->explained++ > 0)
        printf("\n");
    iban_explain(judge->out, report);
}

static void judge_text(struct judge *judge, const struct place *place, const char *text, size_t length)
{
    struct mt940_iban iban = {.size = sizeof iban};
    struct iban_report report = {.text = text, .length = length, .iban = &iban};
    int status = mt940_iban_parse(text, length, judge->flags, &iban);

    if (status != MT940_OK) {
        output_status(judge->out, place->file, status, NULL);
        return;
    }
    tell(judge, &report);
    if (iban.reason != MT940_IBAN_VALID && judge->explain) {
        judge->out->errors++; /* the verdict was told already */
    } else if (iban.reason != MT940_IBAN_VALID) {
        struct place found = *place;

        if (found.line > 0 && iban.position >= 0)
            found.column += (unsigned long)iban.position;
        complain(judge->out, &found, &iban);
    }
}

static void show_progress(const struct judge *judge, unsigned long lines)
{
    char count[24], refused[24];
    char *text;

    if (!judge->out->progress || judge->out->terminal)
        return;
    snprintf(count, sizeof count, "%lu", lines);
    snprintf(refused, sizeof refused, "%lu", judge->out->errors);
    text = TEXT_FORMAT(TEXT_IBAN_PROGRESS, judge->out->language, count, refused);
    output_progress(judge->out, text);
    free(text);
}

/* Spreadsheets leave tabs and blanks around a cell, and empty rows. */
static size_t trim(struct mt940_view *line)
{
    size_t start = 0;

    while (line->length > 0 && strchr(" \t", line->data[line->length - 1]) != NULL && line->data[line->length - 1])
        line->length--;
    while (start < line->length && (line->data[start] == ' ' || line->data[start] == '\t'))
        start++;
    line->data += start;
    line->length -= start;
    return start;
}

static void judge_lines(struct judge *judge)
{
    struct lines *lines = lines_new(STDIN_FILENO);
    struct place place = {"-", 0, 0};
    struct mt940_view line;

    while (lines_next(lines, &line)) {
        place.line = lines_number(lines);
        place.column = trim(&line) + 1;
        if (line.length > 0)
            judge_text(judge, &place, line.data, line.length);
        if (place.line % PROGRESS_STEP == 0)
            show_progress(judge, place.line);
    }
    if (lines_failure(lines) != 0)
        input_report(judge->out, "-", lines_failure(lines));
    lines_free(lines);
}

static void judge_found(void *user, const struct iban_place *place, const char *text, size_t length)
{
    struct judge *judge = user;
    struct mt940_iban_found found;
    struct mt940_iban iban = {.size = sizeof iban};
    struct iban_report report = {.text = text, .length = length, .iban = &iban, .place = place};

    /* A line end inside it is the text's, not the IBAN's: what is judged is its electronic form. */
    if (mt940_iban_scan(text, length, &found, 1) == 1 &&
        mt940_iban_parse(found.canonical, strlen(found.canonical), 0, &iban) == MT940_OK)
        tell(judge, &report);
}

/*
 * People type an IBAN in groups of four without quotes. A piece too short to be an IBAN belongs
 * to the one before it, unless that is whole already.
 */
static int continues(const struct judge *judge, const struct buffer *before, const char *piece)
{
    return before->length > 0 && strlen(piece) <= 4 && strcmp(piece, "-") != 0 &&
           mt940_iban_check(before->data, before->length, judge->flags) != MT940_IBAN_VALID;
}

static void flush_pieces(struct judge *judge, struct buffer *pieces)
{
    struct place place = {NULL, 0, 0};
    char *name;

    if (pieces->length == 0)
        return;
    name = string_copy(pieces->data, pieces->length);
    place.file = name;
    judge_text(judge, &place, pieces->data, pieces->length);
    free(name);
    pieces->length = 0;
}

static void judge_operands(struct judge *judge, int count, char **operands)
{
    struct buffer pieces = {0};

    for (int i = 0; i < count; i++) {
        if (!continues(judge, &pieces, operands[i]))
            flush_pieces(judge, &pieces);
        if (strcmp(operands[i], "-") == 0) {
            judge_lines(judge);
            continue;
        }
        if (pieces.length > 0)
            buffer_add(&pieces, " ", 1);
        buffer_add_string(&pieces, operands[i]);
    }
    flush_pieces(judge, &pieces);
    buffer_free(&pieces);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct judge judge = {.out = &session->out, .flags = MT940_IBAN_PRINT};
    char **files = memory_zeroed((size_t)argc + 1, sizeof *files);
    size_t file_count = 0;
    int number;

    while ((number = options_next(session, command, argc, argv)) >= 0) {
        if (number == OPTION_ELECTRONIC)
            judge.flags &= ~(uint32_t)MT940_IBAN_PRINT;
        else if (number == OPTION_UNOFFICIAL)
            judge.flags |= MT940_IBAN_UNOFFICIAL;
        else if (number == OPTION_TERRITORIES)
            judge.flags |= MT940_IBAN_TERRITORIES;
        else if (number == OPTION_SUGGEST)
            judge.suggest = 1;
        else if (number == OPTION_EXPLAIN)
            judge.explain = 1;
        else if (number == OPTION_SCAN)
            files[file_count++] = optarg;
    }
    judge.explain &= !session->out.json;
    if (number == OPTIONS_END && optind >= argc && file_count == 0)
        output_usage(&session->out, command->name, TEXT_NEEDS_IBAN, NULL);
    else if (number == OPTIONS_END) {
        judge.json = json_new();
        for (size_t i = 0; i < file_count; i++)
            iban_search(judge.out, files[i], judge_found, &judge);
        judge_operands(&judge, argc - optind, argv + optind);
        json_free(judge.json);
    }
    free(files);
}

const struct command command_iban = {
    "iban", GROUP_STATEMENTS, USES_NOTHING, "IBAN… | - | --scan FILE", TEXT_IBAN_SUMMARY, TEXT_IBAN_HELP, options, run,
};
