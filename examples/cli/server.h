/* SPDX-License-Identifier: Apache-2.0
 *
 * server.h: connections to banks' servers (FTP, FTPS, SFTP) and what belongs to one besides its
 * address. Secrets are references everywhere here; the transport alone asks for them.
 */
#ifndef CLI_SERVER_H
#define CLI_SERVER_H

#include <mt940connect/ports.h>

#include "workspace.h"

/* What belongs to a server; each is an option of connect and a setting of the company. */
enum server_option {
    SERVER_PASSWORD,
    SERVER_KEY,
    SERVER_PASSPHRASE,
    SERVER_KNOWN_HOSTS,
    SERVER_FINGERPRINT,
    SERVER_CERTIFICATES,
    SERVER_CLEARTEXT,
    SERVER_OPTIONS
};

struct server {
    char *values[SERVER_OPTIONS]; /* NULL = not set; ours to free */
};

/* Name of the setting: "connection.password" … Static. */
const char *server_setting(enum server_option option);
/*
 * Takes what was typed: paths are made whole, a secret that is no reference is refused (TEXT_NONE =
 * good, else what to say; the word must not be repeated).
 */
enum text server_set(struct server *server, enum server_option option, const char *value);
/* What the settings say. */
void server_load(struct workspace *workspace, struct server *out);
void server_free(struct server *server);

/* 1 when this build has the adapter for servers. */
int server_is_built(void);
/* Opens a connection; 0 = it failed, and was said. Nothing is sent yet. */
int server_open(struct output *out, const char *address, const struct server *server,
                struct mt940_transport *transport);
/* How the server has proven who it is, for people and for free(); NULL = it is no server. *good 0 = not at all. */
char *server_proof(const struct output *out, const struct mt940_transport *transport, int *good);
/* Tells why a server cannot be used; `words` are the transport's, may be NULL. */
void server_failed(struct output *out, const char *address, int status, const char *words);

#endif
