/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_receive.c: Gönder/Al: runs the connection and fills the inbox.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "connection.h"
#include "message_json.h"
#include "value.h"

enum { OPTION_AGAIN = OPTION_OWN, OPTION_PROGRESS };

static const struct command_option options[] = {
    {"again", OPTION_AGAIN, NULL, TEXT_OPTION_FETCH_AGAIN},
    {"progress", OPTION_PROGRESS, NULL, TEXT_OPTION_PROGRESS},
    {NULL, 0, NULL, TEXT_NONE},
};

struct receive {
    struct output *out;
    struct json *json;
};

static const char *outcome_name(int32_t settlement)
{
    switch (settlement) {
    case MT940_SETTLED_ACCEPTED:
        return "accepted";
    case MT940_SETTLED_DUPLICATE:
        return "duplicate";
    case MT940_SETTLED_INCOMPLETE:
        return "incomplete";
    case MT940_SETTLED_REJECTED:
        return "rejected";
    default:
        return "failed";
    }
}

static void write_line(const struct receive *receive, const struct mt940_received *received)
{
    struct json *json = receive->json;

    json_line_begin(json);
    json_text(json, "file", received->name.data, received->name.length);
    json_word(json, "outcome", outcome_name(received->settlement));
    message_json(json, receive->out, "message", received->message, received->args, received->arg_count);
    json_number(json, "statements", received->statements);
    json_number(json, "movements", received->movements);
    json_array_begin(json, "findings");
    for (size_t i = 0; i < received->finding_count; i++)
        message_json_finding(json, receive->out, &received->findings[i]);
    json_array_end(json);
    json_line_end(json);
}

/* The name under which a file that is known came first. */
static int is_same_name(const struct mt940_received *received)
{
    for (size_t i = 0; i < received->arg_count; i++)
        if (strcmp(received->args[i].name, "name") == 0)
            return mt940_view_equal(&received->args[i].text, &received->name);
    return 0;
}

/* A known file in a folder that keeps its files is no news; under another name it is. */
static int is_news(const struct receive *receive, const struct mt940_received *received)
{
    if (received->message == MT940_M_FILE_UNCHANGED)
        return 0;
    if (received->message == MT940_M_FILE_DUPLICATE)
        return !receive->out->json && !is_same_name(received);
    return !receive->out->json || mt940_message_severity(received->message) >= MT940_WARNING;
}

/* What the file's own message says already: its end is to come, or it is no statement. */
static int is_said(const struct mt940_received *received, const struct mt940_finding *finding)
{
    int no_end = finding->message == MT940_M_INCOMPLETE && finding->arg_count > 0 &&
                 finding->args[0].number == MT940_M_PART_CLOSING;

    if (received->settlement == MT940_SETTLED_INCOMPLETE)
        return no_end || finding->message == MT940_M_ENTRY_CUT;
    return received->settlement == MT940_SETTLED_REJECTED && received->arg_count > 0 &&
           received->args[0].type == MT940_ARG_MESSAGE && received->args[0].number == finding->message;
}

static void print_findings(const struct receive *receive, const struct mt940_received *received, const char *name,
                           struct place *place)
{
    for (size_t i = 0; i < received->finding_count; i++) {
        const struct mt940_finding *finding = &received->findings[i];

        if (is_said(received, finding)) {
            place->line = finding->line;
            place->column = finding->column;
        } else if (finding->severity >= MT940_WARNING) {
            output_finding(receive->out, name, finding);
        }
    }
}

static int take(void *user, const struct mt940_received *received)
{
    struct receive *receive = user;
    struct output *out = receive->out;
    char *name = value_string(&received->name);
    struct place place = {name, 0, 0};

    print_findings(receive, received, name, &place);
    if (out->json)
        write_line(receive, received);
    if (is_news(receive, received))
        output_message(out, &place, received->message, received->args, received->arg_count);
    free(name);
    return 0;
}

/* JSON has standard output for itself; a person who watches is told beside it. */
static void tell(const struct output *out, const struct mt940_receive_summary *summary)
{
    FILE *file = out->json ? stderr : stdout;
    const uint32_t numbers[] = {summary->files,      summary->accepted, summary->duplicate, summary->incomplete,
                                summary->rejected + summary->failed,    summary->statements, summary->movements};
    char texts[7][12];
    const char *args[7];
    char *text;

    for (size_t i = 0; i < 7; i++) {
        snprintf(texts[i], sizeof texts[i], "%lu", (unsigned long)numbers[i]);
        args[i] = texts[i];
    }
    text = text_format(TEXT_RECEIVE_SUMMARY_LINE, out->language, args, 7);
    fprintf(file, "%s\n", text);
    free(text);
    if (summary->statements > 0 && !out->json)
        puts(text_raw(TEXT_RECEIVE_NEXT, out->language));
}

/* Whether a failure speaks with the transport's words: the flow hands on what list() said. */
static int is_of_transport(const struct mt940_transport *transport, const struct mt940_error *error)
{
    const char *words = transport->last_error(transport->user);

    return error->text[0] != '\0' && strncmp(words, error->text, strlen(error->text)) == 0;
}

static void receive_all(struct workspace *workspace)
{
    struct receive receive = {.out = &workspace->session->out};
    struct mt940_receive_summary summary = {.size = sizeof summary};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_transport transport;
    char *name = NULL;
    int status;

    if (!connection_open(workspace, &transport, &name))
        return;
    receive.json = json_new();
    status = mt940_flow_receive(workspace->flow, &transport, name, take, &receive, &summary, &error);
    output_progress_clear(receive.out);
    if (status != MT940_OK && is_of_transport(&transport, &error))
        connection_failed(receive.out, name, status, transport.last_error(transport.user));
    else if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else if (!receive.out->json || receive.out->progress || receive.out->progress_lines)
        tell(receive.out, &summary);
    transport.destroy(transport.user);
    json_free(receive.json);
    free(name);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    unsigned flags = 0;
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        if (number == OPTION_AGAIN)
            flags |= WORKSPACE_FETCH_ALL;
        else
            session->out.progress_lines = !session->out.progress;
    }
    if (optind < argc) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind]);
        return;
    }
    if (!workspace_open(session, flags, &workspace))
        return;
    receive_all(&workspace);
    workspace_close(&workspace);
}

const struct command command_receive = {
    "receive", GROUP_DAILY, USES_STORE, "[--again] [--progress]", TEXT_RECEIVE_SUMMARY, TEXT_RECEIVE_HELP, options, run,
};
