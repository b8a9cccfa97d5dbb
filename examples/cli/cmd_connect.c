/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_connect.c: sets or shows where statements come from (Bağlantı Türü).
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/adapters/folder.h>

#include "buffer.h"
#include "connection.h"
#include "json.h"

enum { OPTION_ARCHIVE = OPTION_OWN, OPTION_NO_ARCHIVE };

static const struct command_option options[] = {
    {"archive", OPTION_ARCHIVE, NULL, TEXT_OPTION_ARCHIVE},
    {"no-archive", OPTION_NO_ARCHIVE, NULL, TEXT_OPTION_NO_ARCHIVE},
    {NULL, 0, NULL, TEXT_NONE},
};

/* The folder must be there now: a setting that cannot work is better refused than found out at night. */
static int try_folder(struct output *out, const char *path)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_transport transport;
    int status = mt940_folder_transport_open(path, NULL, &transport, &error);

    if (status == MT940_OK) {
        transport.destroy(transport.user);
        return 1;
    }
    if (status == MT940_E_IO)
        connection_folder_failed(out, path, error.detail, error.text);
    else
        output_status(out, path, status, &error);
    return 0;
}

/* "folder:" and the path from the root: the next call may come from another directory. */
static char *whole_setting(const char *path)
{
    char *real = realpath(path, NULL);
    struct buffer setting = {0};

    buffer_add_string(&setting, "folder:");
    buffer_add_string(&setting, real == NULL ? path : real);
    free(real);
    return buffer_string(&setting);
}

static int set_connection(struct workspace *workspace, const char *text)
{
    struct output *out = &workspace->session->out;
    const char *path = connection_folder(text);
    char *setting;
    int done;

    if (path == NULL) {
        char *word = output_harmless(text, ":"); /* what follows may hold a password */

        output_usage(out, "connect", connection_is_remote(text) ? TEXT_CONNECTION_REMOTE : TEXT_BAD_CONNECTION, word);
        free(word);
        return 0;
    }
    if (path[0] == '\0') {
        output_usage(out, "connect", TEXT_CONNECTION_EMPTY, text);
        return 0;
    }
    if (!try_folder(out, path))
        return 0;
    setting = whole_setting(path);
    done = workspace_set(workspace, CONNECTION_SETTING, setting);
    free(setting);
    return done;
}

static void show(struct workspace *workspace)
{
    struct output *out = &workspace->session->out;
    char *connection = workspace_setting(workspace, CONNECTION_SETTING);
    char *archive = workspace_setting(workspace, CONNECTION_ARCHIVE);
    int archives = archive != NULL && strcmp(archive, "yes") == 0;

    if (out->json) {
        struct json *json = json_new();

        json_line_begin(json);
        json_word(json, "connection", connection);
        json_bool(json, "archive", archives);
        json_line_end(json);
        json_free(json);
    } else if (connection == NULL) {
        puts(text_raw(TEXT_NO_CONNECTION, out->language));
    } else {
        char *clean = output_clean(connection, strlen(connection));

        printf("%s%s\n", clean, archives ? text_raw(TEXT_ARCHIVE_ON, out->language) : "");
        free(clean);
    }
    free(archive);
    free(connection);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    const char *archive = NULL;
    int number, good = 1;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        archive = number == OPTION_ARCHIVE ? "yes" : "no";
    }
    if (argc - optind > 1) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind + 1]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    if (optind < argc)
        good = set_connection(&workspace, argv[optind]);
    if (good && archive != NULL)
        good = workspace_set(&workspace, CONNECTION_ARCHIVE, archive);
    if (good)
        show(&workspace);
    workspace_close(&workspace);
}

const struct command command_connect = {
    "connect", GROUP_SETUP, USES_STORE, "[folder:PATH] [--archive]", TEXT_CONNECT_SUMMARY, TEXT_CONNECT_HELP,
    options, run,
};
