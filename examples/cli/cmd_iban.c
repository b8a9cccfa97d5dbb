/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_iban.c: judges IBANs from the command line or from standard input, JSON Lines.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/bank_directory.h>
#include <mt940connect/iban.h>

#include "buffer.h"
#include "command.h"
#include "json.h"

enum { OPTION_ELECTRONIC = OPTION_OWN, OPTION_UNOFFICIAL };

static const struct command_option options[] = {
    {"electronic", OPTION_ELECTRONIC, NULL, TEXT_OPTION_ELECTRONIC},
    {"unofficial", OPTION_UNOFFICIAL, NULL, TEXT_OPTION_UNOFFICIAL},
    {NULL, 0, NULL, TEXT_NONE},
};

static const enum text reasons[] = {
    [MT940_IBAN_VALID] = TEXT_NONE,
    [MT940_IBAN_BAD_COUNTRY] = TEXT_IBAN_BAD_COUNTRY,
    [MT940_IBAN_BAD_LENGTH] = TEXT_IBAN_BAD_LENGTH,
    [MT940_IBAN_BAD_CHARACTER] = TEXT_IBAN_BAD_CHARACTER,
    [MT940_IBAN_BAD_STRUCTURE] = TEXT_IBAN_BAD_STRUCTURE,
    [MT940_IBAN_BAD_CHECK_RANGE] = TEXT_IBAN_BAD_CHECK_RANGE,
    [MT940_IBAN_BAD_CHECKSUM] = TEXT_IBAN_BAD_CHECKSUM,
    [MT940_IBAN_BAD_NATIONAL] = TEXT_IBAN_BAD_NATIONAL,
    [MT940_IBAN_BAD_RESERVE] = TEXT_IBAN_BAD_RESERVE,
};

struct judge {
    struct output *out;
    struct json *json;
    uint32_t flags;
};

static void write_part(struct json *json, const char *key, const struct mt940_iban *iban,
                       const struct mt940_iban_part *part)
{
    struct mt940_view view = {iban->canonical + part->offset, part->length};

    /* Of an IBAN cut short only what is there. */
    if ((size_t)part->offset + part->length > strlen(iban->canonical))
        view.length = 0;
    json_view(json, key, &view);
}

/* The built-in directory knows the banks of Türkiye and Azerbaijan; others are null, not wrong. */
static void write_bank(struct json *json, const struct mt940_iban *iban)
{
    struct mt940_bank bank = {.size = sizeof bank};

    if (iban->reason != MT940_IBAN_VALID ||
        mt940_bank_find_iban(NULL, 0, iban->canonical, strlen(iban->canonical), &bank) != MT940_OK) {
        json_null(json, "bank");
        return;
    }
    json_object_begin(json, "bank");
    json_view(json, "name", &bank.name);
    json_view(json, "bic", &bank.bic);
    json_object_end(json);
}

static void write_iban(struct json *json, const char *text, size_t length, const struct mt940_iban *iban)
{
    static const char *const checks[] = {"not-applicable", "pass", "fail"};

    json_line_begin(json);
    json_text(json, "input", text, length);
    json_bool(json, "valid", iban->reason == MT940_IBAN_VALID);
    json_word(json, "canonical", iban->canonical);
    json_word(json, "country", iban->country);
    json_word(json, "reason", iban->reason == MT940_IBAN_VALID ? NULL : mt940_iban_reason_name(iban->reason));
    if (iban->reason == MT940_IBAN_VALID || iban->position < 0)
        json_null(json, "position");
    else
        json_number(json, "position", iban->position);
    write_part(json, "bank_code", iban, &iban->bank);
    write_part(json, "branch_code", iban, &iban->branch);
    write_part(json, "account", iban, &iban->account);
    json_word(json, "national_check", checks[iban->national_check]);
    write_bank(json, iban);
    json_bool(json, "sepa", iban->sepa_registry);
    json_line_end(json);
}

static void complain(struct output *out, const struct place *place, const struct mt940_iban *iban)
{
    char expected[12];
    char *text;

    snprintf(expected, sizeof expected, "%d", (int)iban->expected_length);
    text = TEXT_FORMAT(reasons[iban->reason], out->language, iban->country, expected);
    output_diagnose(out, place, MT940_ERROR, mt940_iban_reason_name(iban->reason), text);
    free(text);
}

static void judge(const struct judge *judge, const struct place *place, const char *text, size_t length)
{
    struct mt940_iban iban = {.size = sizeof iban};
    int status = mt940_iban_parse(text, length, judge->flags, &iban);

    if (status != MT940_OK) {
        output_status(judge->out, place->file, status, NULL);
        return;
    }
    write_iban(judge->json, text, length, &iban);
    if (iban.reason > MT940_IBAN_VALID && (size_t)iban.reason < sizeof reasons / sizeof *reasons) {
        struct place found = *place;

        if (found.line > 0 && iban.position >= 0)
            found.column = (unsigned long)iban.position + 1;
        complain(judge->out, &found, &iban);
    }
}

static void judge_lines(const struct judge *state)
{
    struct place place = {"-", 0, 0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t got;

    while ((got = getline(&line, &capacity, stdin)) >= 0) {
        size_t length = (size_t)got;

        place.line++;
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r'))
            length--;
        if (length > 0)
            judge(state, &place, line, length);
    }
    free(line);
}

/*
 * People type an IBAN in groups of four without quotes. A piece too short to be an IBAN belongs
 * to the one before it, unless that is whole already.
 */
static int continues(const struct judge *state, const struct buffer *before, const char *piece)
{
    return before->length > 0 && strlen(piece) <= 4 && strcmp(piece, "-") != 0 &&
           mt940_iban_check(before->data, before->length, state->flags) != MT940_IBAN_VALID;
}

static void flush_pieces(const struct judge *state, struct buffer *pieces)
{
    struct place place = {NULL, 0, 0};
    char *name;

    if (pieces->length == 0)
        return;
    name = string_copy(pieces->data, pieces->length);
    place.file = name;
    judge(state, &place, pieces->data, pieces->length);
    free(name);
    pieces->length = 0;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct judge state = {&session->out, NULL, MT940_IBAN_PRINT};
    struct buffer pieces = {0};
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        if (number == OPTION_ELECTRONIC)
            state.flags &= ~(uint32_t)MT940_IBAN_PRINT;
        else if (number == OPTION_UNOFFICIAL)
            state.flags |= MT940_IBAN_UNOFFICIAL;
    }
    if (optind >= argc) {
        output_usage(&session->out, command->name, TEXT_NEEDS_IBAN, NULL);
        return;
    }
    state.json = json_new();
    for (int i = optind; i < argc; i++) {
        if (!continues(&state, &pieces, argv[i]))
            flush_pieces(&state, &pieces);
        if (strcmp(argv[i], "-") == 0) {
            judge_lines(&state);
            continue;
        }
        if (pieces.length > 0)
            buffer_add(&pieces, " ", 1);
        buffer_add_string(&pieces, argv[i]);
    }
    flush_pieces(&state, &pieces);
    buffer_free(&pieces);
    json_free(state.json);
}

const struct command command_iban = {
    "iban", GROUP_STATEMENTS, USES_NOTHING, "IBAN… | -", TEXT_IBAN_SUMMARY, TEXT_IBAN_HELP, options, run,
};
