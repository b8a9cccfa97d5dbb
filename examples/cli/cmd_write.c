/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_write.c: the JSON of parse back to statements on standard output. A message that is refused is left out, and said;
 * the others are written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/charset.h>
#include <mt940connect/statement_writer.h>

#include "base64.h"
#include "buffer.h"
#include "command.h"
#include "input.h"
#include "statement_value.h"

enum { OPTION_EXACT = OPTION_OWN, OPTION_STRICT_FORM, OPTION_TO_CHARSET, OPTION_TRANSLITERATE, OPTION_ENVELOPE,
       OPTION_BATCH, OPTION_LINE_ENDS, OPTION_SENDER, OPTION_RECEIVER };

static const struct command_option options[] = {
    {"exact", OPTION_EXACT, NULL, TEXT_OPTION_EXACT},
    {"strict", OPTION_STRICT_FORM, NULL, TEXT_OPTION_STRICT_FORM},
    {"charset", OPTION_TO_CHARSET, "C", TEXT_OPTION_TO_CHARSET},
    {"transliterate", OPTION_TRANSLITERATE, NULL, TEXT_OPTION_TRANSLITERATE},
    {"envelope", OPTION_ENVELOPE, "auto|none|fin|keep", TEXT_OPTION_ENVELOPE},
    {"batch", OPTION_BATCH, "none|rje|dos-pcc", TEXT_OPTION_BATCH},
    {"line-ends", OPTION_LINE_ENDS, "crlf|lf", TEXT_OPTION_LINE_ENDS},
    {"sender", OPTION_SENDER, "BIC", TEXT_OPTION_SENDER},
    {"receiver", OPTION_RECEIVER, "BIC", TEXT_OPTION_RECEIVER},
    {NULL, 0, NULL, TEXT_NONE},
};

struct writing {
    struct session *session;
    struct mt940_write_options options;
    struct mt940_writer *writer; /* of all messages: it knows what stands in front of each */
    int32_t charset;
    uint32_t flags;
    int exact, line_feeds;
    const char *file;
    unsigned long line;
};

/* Line feeds alone, where they are asked for. */
static int print(void *user, const void *bytes, size_t length)
{
    const struct writing *writing = user;
    const char *data = bytes;

    if (!writing->line_feeds || writing->exact)
        return fwrite(data, 1, length, stdout) == length ? 0 : 1;
    for (size_t i = 0; i < length; i++)
        if (data[i] != '\r' && putc(data[i], stdout) == EOF)
            return 1;
    return 0;
}

static void complain(struct writing *writing, const char *code, char *text)
{
    struct place place = {writing->file, writing->line, 0};

    output_diagnose(&writing->session->out, &place, MT940_ERROR, code, text);
    free(text);
}

static void complain_of_value(struct writing *writing, const struct statement_value *value)
{
    const char *language = writing->session->out.language;

    if (value->character[0] != '\0')
        complain(writing, "NOT_IN_CHARSET", TEXT_FORMAT(TEXT_NOT_IN_CHARSET, language, value->member, value->character,
                                                        mt940_charset_name(value->charset)));
    else
        complain(writing, "BAD_VALUE", TEXT_FORMAT(TEXT_BAD_JSON_VALUE, language, value->member));
}

/* That the output fails is told at its end. */
static void complain_of_writer(struct writing *writing, int status, const struct mt940_error *error)
{
    if (status != MT940_OK && status != MT940_E_CALLBACK && status != MT940_E_STATE)
        output_status(&writing->session->out, writing->file, status, error);
}

static void complain_of_field(struct writing *writing, const struct mt940_error *error)
{
    const char *language = writing->session->out.language;
    char movement[24];

    (void)snprintf(movement, sizeof movement, "%llu", (unsigned long long)error->offset + 1);
    if (error->tag[0] == '\0')
        complain(writing, "REFUSED_MESSAGE", TEXT_FORMAT(TEXT_REFUSED_MESSAGE, language, error->text));
    else
        complain(writing, "REFUSED_FIELD", TEXT_FORMAT(TEXT_REFUSED_FIELD, language, error->tag, movement, error->text));
}

/* What is refused is refused before a byte is written; the next message takes its place. */
static void write_message(struct writing *writing, const struct mt940_statement *statement)
{
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_writer_statement(writing->writer, statement, &error);

    if (status == MT940_E_FORMAT)
        complain_of_field(writing, &error);
    else
        complain_of_writer(writing, status, &error);
}

static void write_exact(struct writing *writing, json_t *object)
{
    json_t *raw = json_object_get(object, "raw");
    struct buffer bytes = {0};

    if (json_is_string(raw) && base64_decode(json_string_value(raw), json_string_length(raw), &bytes))
        (void)print(writing, bytes.data, bytes.length);
    else
        complain(writing, "BAD_VALUE", TEXT_FORMAT(TEXT_NEEDS_RAW, writing->session->out.language, "raw"));
    buffer_free(&bytes);
}

static void write_object(struct writing *writing, json_t *object, size_t length)
{
    struct statement_value value = {.charset = writing->charset, .flags = writing->flags};

    if (writing->exact) {
        write_exact(writing, object);
        return;
    }
    if (statement_value_read(&value, object, length))
        write_message(writing, &value.statement);
    else
        complain_of_value(writing, &value);
    statement_value_free(&value);
}

static void write_line(struct writing *writing, const char *line, size_t length)
{
    json_error_t error;
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);

    if (object == NULL)
        complain(writing, "NOT_JSON", TEXT_FORMAT(TEXT_NOT_JSON, writing->session->out.language, error.text));
    else
        write_object(writing, object, length);
    json_decref(object);
}

static void write_file(struct writing *writing, const char *path)
{
    struct input_file file;

    if (!input_open(&writing->session->out, path, &file))
        return;
    writing->file = file.name;
    writing->line = 0;
    for (size_t at = 0; at < file.length;) {
        const char *line = file.bytes + at, *end = memchr(line, '\n', file.length - at);
        size_t length = end != NULL ? (size_t)(end - line) : file.length - at;

        writing->line++;
        if (length > 0)
            write_line(writing, line, length);
        at += length + 1;
    }
    input_close(&file);
}

/* Number of the word among words separated by '|', -1 = it is none. */
static int32_t number_of(const char *words, const char *word)
{
    size_t length = strlen(word);

    for (int32_t number = 0;; number++) {
        size_t size = strcspn(words, "|");

        if (size == length && memcmp(words, word, size) == 0)
            return number;
        if (words[size] == '\0')
            return -1;
        words += size + 1;
    }
}

static int take_word(struct writing *writing, const struct command *command, const char *words, int32_t *out)
{
    *out = number_of(words, optarg);
    if (*out < 0)
        output_usage(&writing->session->out, command->name, TEXT_BAD_WORD, optarg);
    return *out >= 0;
}

/* 0 = a mistake was told. */
static int take_option(struct writing *writing, const struct command *command, int number)
{
    int32_t chosen = 0;

    switch (number) {
    case OPTION_EXACT:
        writing->exact = 1;
        return 1;
    case OPTION_STRICT_FORM:
        writing->options.strict = 1;
        return 1;
    case OPTION_TO_CHARSET:
        writing->charset = mt940_charset_from_name(optarg, strlen(optarg));
        if (writing->charset <= 0)
            output_usage(&writing->session->out, command->name, TEXT_BAD_CHARSET, optarg);
        return writing->charset > 0;
    case OPTION_TRANSLITERATE:
        writing->flags |= MT940_ENCODE_TRANSLITERATE;
        return 1;
    case OPTION_ENVELOPE:
        return take_word(writing, command, "auto|none|fin|keep", &writing->options.envelope);
    case OPTION_BATCH:
        return take_word(writing, command, "none|rje|dos-pcc", &writing->options.batch);
    case OPTION_LINE_ENDS:
        if (!take_word(writing, command, "crlf|lf", &chosen))
            return 0;
        writing->line_feeds = chosen;
        return 1;
    case OPTION_SENDER:
        mt940_view_from_string(optarg, &writing->options.sender);
        return 1;
    case OPTION_RECEIVER:
        mt940_view_from_string(optarg, &writing->options.receiver);
        return 1;
    default:
        return 0;
    }
}

static void write_files(struct writing *writing, int argc, char **argv)
{
    struct mt940_output output = {sizeof output, writing, print};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_writer_new(&writing->options, &output, NULL, &writing->writer, &error);
    if (status == MT940_OK && optind >= argc)
        write_file(writing, "-");
    for (int i = optind; status == MT940_OK && i < argc; i++)
        write_file(writing, argv[i]);
    writing->file = NULL;
    if (status == MT940_OK)
        status = mt940_writer_finish(writing->writer, &error);
    complain_of_writer(writing, status, &error);
    mt940_writer_free(writing->writer);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct writing writing = {.session = session};
    int number;

    mt940_write_options_init(&writing.options);
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END)
        if (number == OPTIONS_STOP || !take_option(&writing, command, number))
            return;
    write_files(&writing, argc, argv);
}

const struct command command_write = {
    "write", GROUP_STATEMENTS, USES_NOTHING, "[--exact] [--strict] [--charset C] [FILE|-]…",
    TEXT_WRITE_SUMMARY, TEXT_WRITE_HELP, options, run,
};
