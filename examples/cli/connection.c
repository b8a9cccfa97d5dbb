/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.c: opens what the setting names. Must not know statements.
 */
#include "connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/adapters/folder.h>
#include <mt940connect/fold.h>

#include "buffer.h"
#include "server.h"
#include "value.h"

/* Plain name of the type before the colon: "KLASÖR" and "folder" give KLASOR and FOLDER. */
static const char *cut_type(const char *text, char type[16])
{
    const char *colon = strchr(text, ':');
    size_t length;

    type[0] = '\0';
    if (colon == NULL || colon - text > 32)
        return NULL;
    length = mt940_fold_skeleton(text, (size_t)(colon - text), type, 15, NULL);
    type[length < 15 ? length : 15] = '\0';
    return colon + 1;
}

const char *connection_folder(const char *text)
{
    char type[16];
    const char *path = cut_type(text, type);

    return path != NULL && (strcmp(type, "FOLDER") == 0 || strcmp(type, "KLASOR") == 0) ? path : NULL;
}

int connection_is_server(const char *text)
{
    static const char *const types[] = {"FTP", "FTPES", "FTPS", "SFTP"};
    char type[16];

    cut_type(text, type);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i]) == 0)
            return 1;
    return 0;
}

void connection_failed(struct output *out, const char *name, int status, const char *words)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view view;

    if (connection_is_server(name)) {
        server_failed(out, name, status, words);
        return;
    }
    mt940_view_from_string(words, &view);
    mt940_view_copy(&view, error.text, sizeof error.text);
    output_status(out, name, status, &error);
}

static const struct {
    int number;
    const char *code;
    enum text text;
} reasons[] = {
    {ENOENT, "FOLDER_NOT_FOUND", TEXT_FOLDER_NOT_FOUND},
    {ENOTDIR, "FOLDER_IS_FILE", TEXT_FOLDER_IS_FILE},
    {EACCES, "FOLDER_NO_PERMISSION", TEXT_FOLDER_NO_PERMISSION},
};

void connection_folder_failed(struct output *out, const char *path, int number, const char *words)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == number) {
            output_failure(out, path, reasons[i].code, text_raw(reasons[i].text, out->language));
            return;
        }
    }
    output_failure(out, path, "E_IO", words);
}

/* Tells which files stay where they are, and why: a person looks for them. */
static void note_ignored(void *user, const struct mt940_view *name, int32_t reason)
{
    static const enum text texts[] = {[MT940_IGNORED_TEMPORARY] = TEXT_IGNORED_TEMPORARY,
                                      [MT940_IGNORED_NOT_A_FILE] = TEXT_IGNORED_NOT_A_FILE,
                                      [MT940_IGNORED_BAD_NAME] = TEXT_IGNORED_BAD_NAME};
    struct output *out = user;
    char *file;
    struct place place = {NULL, 0, 0};

    if (reason == MT940_IGNORED_HIDDEN || reason < 0 || (size_t)reason >= sizeof texts / sizeof *texts)
        return; /* hidden files are hidden from people too */
    file = value_string(name);
    place.file = file;
    output_diagnose(out, &place, MT940_INFO, "FILE_IGNORED", text_raw(texts[reason], out->language));
    free(file);
}

static int open_folder(struct workspace *workspace, const char *path, struct mt940_transport *out)
{
    struct output *output = &workspace->session->out;
    char *archive = workspace_setting(workspace, CONNECTION_ARCHIVE);
    struct mt940_error error = {.size = sizeof error};
    struct mt940_folder_options options;
    int status;

    mt940_folder_options_init(&options);
    options.archive = archive != NULL && strcmp(archive, "yes") == 0;
    options.user = output;
    options.ignored = note_ignored;
    free(archive);
    status = mt940_folder_transport_open(path, &options, out, &error);
    if (status == MT940_E_IO)
        connection_folder_failed(output, path, error.detail, error.text);
    else if (status != MT940_OK)
        output_status(output, path, status, &error);
    return status == MT940_OK;
}

static int open_server(struct workspace *workspace, const char *address, struct mt940_transport *out)
{
    struct server server;
    int opened;

    server_load(workspace, &server);
    opened = server_open(&workspace->session->out, address, &server, out);
    server_free(&server);
    return opened;
}

int connection_open(struct workspace *workspace, struct mt940_transport *out, char **name)
{
    struct output *output = &workspace->session->out;
    const char *path;
    int opened = 0;

    *name = workspace_setting(workspace, CONNECTION_SETTING);
    if (*name == NULL) {
        output_failure(output, workspace->path, "NOT_CONFIGURED", text_raw(TEXT_NO_CONNECTION, output->language));
        return 0;
    }
    path = connection_folder(*name);
    if (path != NULL)
        opened = open_folder(workspace, path, out);
    else if (connection_is_server(*name))
        opened = open_server(workspace, *name, out);
    else
        output_failure(output, *name, "E_UNSUPPORTED", text_raw(TEXT_CONNECTION_NOT_HERE, output->language));
    if (!opened) {
        free(*name);
        *name = NULL;
    }
    return opened;
}
