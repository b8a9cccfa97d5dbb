/* SPDX-License-Identifier: Apache-2.0
 *
 * store.c: from "sqlite:PATH" or "postgresql://…" to an open store. Must not know what is kept in it.
 */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include <mt940connect/adapters/sqlite.h>
#ifdef CLI_WITH_POSTGRES
#include <mt940connect/adapters/postgres.h>
#endif

#include "buffer.h"

static void say(struct session *session, const char *file, const char *code, enum text text, const char *word)
{
    char *sentence = TEXT_FORMAT(text, session->out.language, word);

    output_failure(&session->out, file, code, sentence);
    free(sentence);
}

/* A word that begins so names a server. */
static int is_server(const char *store)
{
    return strncmp(store, "postgresql://", 13) == 0 || strncmp(store, "postgres://", 11) == 0;
}

/* "sqlite:PATH" or a plain path gives PATH, anything else NULL. */
static const char *sqlite_path(const char *store)
{
    if (strncmp(store, "sqlite:", 7) == 0)
        return store[7] == '\0' ? NULL : store + 7;
    return store[0] == '\0' || strstr(store, "://") != NULL ? NULL : store;
}

/* Command lines can be read by every process of the machine. */
static int has_password(const char *store)
{
    const char *user = strstr(store, "://") + 3;
    size_t authority = strcspn(user, "/?"), at = authority;

    while (at > 0 && user[at - 1] != '@')
        at--;
    return (at > 0 && memchr(user, ':', at) != NULL) || strstr(store, "password=") != NULL;
}

#ifdef CLI_WITH_POSTGRES
static int open_server(struct session *session, int create, struct mt940_store *out, struct mt940_error *error)
{
    struct mt940_postgres_options options = {.size = sizeof options, .must_exist = !create};

    return mt940_postgres_store_open(session->store, &options, out, error);
}
#endif

/* Whether this build has such a store. */
static int is_known(const char *store)
{
#ifdef CLI_WITH_POSTGRES
    if (is_server(store))
        return 1;
#endif
    return sqlite_path(store) != NULL;
}

/* 0 = the word cannot be used, and why was said. */
static int is_usable(struct session *session)
{
    char *word;

    if (is_server(session->store) && has_password(session->store)) {
        say(session, NULL, "E_ARGUMENT", TEXT_STORE_PASSWORD, "");
        return 0;
    }
    if (is_known(session->store))
        return 1;
    word = output_harmless(session->store, ":");
    say(session, NULL, "E_UNSUPPORTED", TEXT_BAD_STORE, word);
    free(word);
    return 0;
}

static int open_any(struct session *session, int create, struct mt940_store *out, struct mt940_error *error)
{
    struct mt940_sqlite_options options = {.size = sizeof options, .must_exist = !create};

#ifdef CLI_WITH_POSTGRES
    if (is_server(session->store))
        return open_server(session, create, out, error);
#endif
    return mt940_sqlite_store_open(sqlite_path(session->store), &options, out, error);
}

int store_open(struct session *session, int create, struct mt940_store *out, char **name)
{
    struct mt940_error error = {.size = sizeof error};
    const char *shown;
    int status;

    if (!is_usable(session))
        return 0;
    shown = is_server(session->store) ? session->store : sqlite_path(session->store);
    *name = string_copy(shown, strcspn(shown, is_server(session->store) ? "?" : ""));
    status = open_any(session, create, out, &error);
    if (status == MT940_E_NOT_FOUND && !create && !(is_server(session->store) && strstr(error.text, "database \"")))
        say(session, *name, "NOT_CONFIGURED", TEXT_NO_STORE, *name);
    else if (status != MT940_OK)
        output_status(&session->out, *name, status, &error);
    return status == MT940_OK;
}
