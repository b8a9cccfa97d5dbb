/* SPDX-License-Identifier: Apache-2.0
 *
 * server.c: what belongs to a server, between the command line and the settings. Must not know how
 * a server is reached.
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "server.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

enum form { FORM_SECRET, FORM_PATH, FORM_WORD };

static const struct {
    const char *setting;
    enum form form;
} options[SERVER_OPTIONS] = {
    [SERVER_PASSWORD] = {"connection.password", FORM_SECRET},
    [SERVER_KEY] = {"connection.key", FORM_PATH},
    [SERVER_PASSPHRASE] = {"connection.passphrase", FORM_SECRET},
    [SERVER_KNOWN_HOSTS] = {"connection.known_hosts", FORM_PATH},
    [SERVER_FINGERPRINT] = {"connection.fingerprint", FORM_WORD},
    [SERVER_CERTIFICATES] = {"connection.certificates", FORM_PATH},
    [SERVER_CLEARTEXT] = {"connection.cleartext", FORM_WORD},
};

const char *server_setting(enum server_option option)
{
    return options[option].setting;
}

/* `prefix` and the path from the root: the next call may come from another directory. */
static char *whole_path(const char *prefix, const char *path)
{
    char *real = realpath(path, NULL);
    struct buffer text = {0};

    buffer_add_string(&text, prefix);
    buffer_add_string(&text, real == NULL ? path : real);
    free(real);
    return buffer_string(&text);
}

enum text server_set(struct server *server, enum server_option option, const char *value)
{
    char *text = NULL;

    if (options[option].form == FORM_PATH)
        text = whole_path("", value);
    else if (options[option].form == FORM_SECRET && strncmp(value, "file:", 5) == 0)
        text = whole_path("file:", value + 5);
    else if (options[option].form == FORM_WORD || strncmp(value, "env:", 4) == 0 || strcmp(value, "netrc") == 0)
        text = string_copy(value, strlen(value));
    if (text == NULL)
        return TEXT_SECRET_IS_NAMED;
    free(server->values[option]);
    server->values[option] = text;
    return TEXT_NONE;
}

void server_load(struct workspace *workspace, struct server *out)
{
    for (int i = 0; i < SERVER_OPTIONS; i++)
        out->values[i] = workspace_setting(workspace, options[i].setting);
}

void server_free(struct server *server)
{
    for (int i = 0; i < SERVER_OPTIONS; i++) {
        free(server->values[i]);
        server->values[i] = NULL;
    }
}

void server_failed(struct output *out, const char *address, int status, const char *words)
{
    static const struct {
        int status;
        enum text text;
    } texts[] = {
        {MT940_E_AUTHENTICATION, TEXT_SERVER_LOGIN},   {MT940_E_UNREACHABLE, TEXT_SERVER_SILENT},
        {MT940_E_UNVERIFIED, TEXT_SERVER_UNVERIFIED},  {MT940_E_UNSUPPORTED, TEXT_SERVER_UNSUPPORTED},
        {MT940_E_NOT_CONFIGURED, TEXT_SERVER_SETTING}, {MT940_E_NOT_FOUND, TEXT_SERVER_NO_FOLDER},
        {MT940_E_LIMIT, TEXT_SERVER_TOO_MUCH},         {MT940_E_ARGUMENT, TEXT_SERVER_BAD_ADDRESS},
    };
    enum text text = TEXT_SERVER_FAILED;
    struct buffer sentence = {0};
    char *joined;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].status == status)
            text = texts[i].text;
    buffer_add_string(&sentence, text_raw(text, out->language));
    if (words != NULL && words[0] != '\0') {
        buffer_add_string(&sentence, ": ");
        buffer_add_string(&sentence, words);
    }
    joined = buffer_string(&sentence);
    output_failure(out, address, mt940_status_name(status) + strlen("MT940_"), joined);
    free(joined);
}
