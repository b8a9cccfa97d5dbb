/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_connect.c: sets or shows where statements come from (Bağlantı Türü).
 */
#define _XOPEN_SOURCE 700
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <mt940connect/adapters/folder.h>

#include "buffer.h"
#include "connection.h"
#include "json.h"
#include "server.h"

enum { OPTION_ARCHIVE = OPTION_OWN, OPTION_NO_ARCHIVE, OPTION_SERVER };

static const struct command_option options[] = {
    {"archive", OPTION_ARCHIVE, NULL, TEXT_OPTION_ARCHIVE},
    {"no-archive", OPTION_NO_ARCHIVE, NULL, TEXT_OPTION_NO_ARCHIVE},
    {"password", OPTION_SERVER + SERVER_PASSWORD, "env:NAME", TEXT_OPTION_PASSWORD},
    {"key", OPTION_SERVER + SERVER_KEY, "FILE", TEXT_OPTION_KEY},
    {"passphrase", OPTION_SERVER + SERVER_PASSPHRASE, "env:NAME", TEXT_OPTION_PASSPHRASE},
    {"known-hosts", OPTION_SERVER + SERVER_KNOWN_HOSTS, "FILE", TEXT_OPTION_KNOWN_HOSTS},
    {"fingerprint", OPTION_SERVER + SERVER_FINGERPRINT, "SHA256:…", TEXT_OPTION_FINGERPRINT},
    {"certificates", OPTION_SERVER + SERVER_CERTIFICATES, "FILE", TEXT_OPTION_CERTIFICATES},
    {"cleartext", OPTION_SERVER + SERVER_CLEARTEXT, NULL, TEXT_OPTION_CLEARTEXT},
    {NULL, 0, NULL, TEXT_NONE},
};

/* What was asked for. */
struct wish {
    const char *connection; /* NULL = none */
    const char *archive;    /* "yes", "no"; NULL = not said */
    const char *option;     /* the first option that is for servers; NULL = none */
    struct server server;
};

/* The folder must be there now, for the reason of try_server(). */
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

static int set_folder(struct workspace *workspace, const char *path, const struct wish *wish)
{
    struct output *out = &workspace->session->out;
    char *setting;
    int done;

    if (path[0] == '\0' || wish->option != NULL) {
        if (path[0] == '\0')
            output_usage(out, "connect", TEXT_CONNECTION_EMPTY, wish->connection);
        else
            output_usage(out, "connect", TEXT_ONLY_FOR_SERVERS, wish->option);
        return 0;
    }
    if (!try_folder(out, path))
        return 0;
    setting = whole_setting(path);
    done = workspace_set(workspace, CONNECTION_SETTING, setting);
    free(setting);
    return done;
}

/* SFTP has to know the host key; who uses ssh has a file of those. */
static void add_known_hosts(const char *address, struct server *server)
{
    const char *home = getenv("HOME");
    struct buffer path = {0};
    char *text;

    if (server->values[SERVER_KNOWN_HOSTS] != NULL || server->values[SERVER_FINGERPRINT] != NULL || home == NULL ||
        strncmp(address, "sftp:", 5) != 0)
        return;
    buffer_add_string(&path, home);
    buffer_add_string(&path, "/.ssh/known_hosts");
    text = buffer_string(&path);
    if (access(text, R_OK) == 0)
        (void)server_set(server, SERVER_KNOWN_HOSTS, text);
    free(text);
}

static int count_file(void *user, const struct mt940_remote_file *file)
{
    (void)file;
    ++*(size_t *)user;
    return 0;
}

/* A connection that cannot work is better refused than found out at night. */
static int try_server(struct output *out, const char *address, const struct server *server)
{
    struct mt940_transport transport;
    size_t files = 0;
    int status;

    if (!server_open(out, address, server, &transport))
        return 0;
    status = transport.list(transport.user, count_file, &files);
    if (status != MT940_OK)
        server_failed(out, address, status, transport.last_error(transport.user));
    transport.destroy(transport.user);
    return status == MT940_OK;
}

static int set_server(struct workspace *workspace, struct wish *wish)
{
    struct output *out = &workspace->session->out;
    const char *names[SERVER_OPTIONS + 1], *values[SERVER_OPTIONS + 1];

    if (wish->archive != NULL && strcmp(wish->archive, "yes") == 0) {
        output_usage(out, "connect", TEXT_ONLY_FOR_FOLDERS, "");
        return 0;
    }
    add_known_hosts(wish->connection, &wish->server);
    if (!try_server(out, wish->connection, &wish->server))
        return 0;
    for (int i = 0; i < SERVER_OPTIONS; i++) {
        names[i] = server_setting(i);
        values[i] = wish->server.values[i];
    }
    names[SERVER_OPTIONS] = CONNECTION_SETTING;
    values[SERVER_OPTIONS] = wish->connection;
    return workspace_set_all(workspace, names, values, SERVER_OPTIONS + 1);
}

static int set_connection(struct workspace *workspace, struct wish *wish)
{
    struct output *out = &workspace->session->out;
    const char *path = wish->connection == NULL ? NULL : connection_folder(wish->connection);
    char *word;

    if (wish->connection == NULL) {
        if (wish->option != NULL)
            output_usage(out, "connect", TEXT_ONLY_FOR_SERVERS, wish->option);
        return wish->option == NULL;
    }
    if (path != NULL)
        return set_folder(workspace, path, wish);
    if (connection_is_server(wish->connection))
        return set_server(workspace, wish);
    word = output_harmless(wish->connection, ":"); /* what follows may hold a password */
    output_usage(out, "connect", TEXT_BAD_CONNECTION, word);
    free(word);
    return 0;
}

static void show_json(const char *connection, int archives, const struct server *server)
{
    struct json *json = json_new();

    json_line_begin(json);
    json_word(json, "connection", connection);
    json_bool(json, "archive", archives);
    for (int i = 0; i < SERVER_OPTIONS; i++) {
        const char *name = strchr(server_setting(i), '.') + 1;

        if (i == SERVER_CLEARTEXT)
            json_bool(json, name, server->values[i] != NULL);
        else
            json_word(json, name, server->values[i]);
    }
    json_line_end(json);
    json_free(json);
}

static void print_clean(const char *text, const char *after)
{
    char *clean = output_clean(text, strlen(text));

    printf("%s%s\n", clean, after);
    free(clean);
}

static void show(struct workspace *workspace)
{
    struct output *out = &workspace->session->out;
    char *connection = workspace_setting(workspace, CONNECTION_SETTING);
    char *archive = workspace_setting(workspace, CONNECTION_ARCHIVE);
    int is_server = connection != NULL && connection_is_server(connection);
    int archives = !is_server && archive != NULL && strcmp(archive, "yes") == 0;
    struct server server = {{NULL}};

    if (is_server)
        server_load(workspace, &server);
    if (out->json)
        show_json(connection, archives, &server);
    else if (connection == NULL)
        puts(text_raw(TEXT_NO_CONNECTION, out->language));
    else
        print_clean(connection, archives ? text_raw(TEXT_ARCHIVE_ON, out->language) : "");
    for (int i = 0; !out->json && i < SERVER_OPTIONS; i++) {
        if (server.values[i] == NULL)
            continue;
        printf("  %s ", strchr(server_setting(i), '.') + 1);
        print_clean(server.values[i], "");
    }
    server_free(&server);
    free(archive);
    free(connection);
}

/* Reads the options; 0 = one is wrong, and was told. */
static int read_options(struct session *session, const struct command *command, int argc, char **argv,
                        struct wish *wish)
{
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        enum text wrong = TEXT_NONE;

        if (number == OPTIONS_STOP)
            return 0;
        if (number < OPTION_SERVER) {
            wish->archive = number == OPTION_ARCHIVE ? "yes" : "no";
            continue;
        }
        wrong = server_set(&wish->server, number - OPTION_SERVER, optarg == NULL ? "yes" : optarg);
        if (wrong != TEXT_NONE) {
            output_usage(&session->out, command->name, wrong, "");
            return 0;
        }
        for (size_t i = 0; options[i].name != NULL && wish->option == NULL; i++)
            if (options[i].number == number)
                wish->option = options[i].name;
    }
    if (argc - optind > 1) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind + 1]);
        return 0;
    }
    wish->connection = argv[optind]; /* NULL behind the last */
    return 1;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct wish wish = {NULL, NULL, NULL, {{NULL}}};

    if (read_options(session, command, argc, argv, &wish) && workspace_open(session, 0, &workspace)) {
        int good = set_connection(&workspace, &wish);

        if (good && wish.archive != NULL)
            good = workspace_set(&workspace, CONNECTION_ARCHIVE, wish.archive);
        if (good)
            show(&workspace);
        workspace_close(&workspace);
    }
    server_free(&wish.server);
}

const struct command command_connect = {
    "connect", GROUP_SETUP, USES_STORE, "[folder:PATH|sftp://LOGIN@HOST/PATH/] [OPTIONS]", TEXT_CONNECT_SUMMARY,
    TEXT_CONNECT_HELP, options, run,
};
