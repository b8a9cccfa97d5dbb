/* SPDX-License-Identifier: Apache-2.0
 *
 * connection.h: where statements come from (Bağlantı Türü), as a setting of the company.
 */
#ifndef CLI_CONNECTION_H
#define CLI_CONNECTION_H

#include <mt940connect/ports.h>

#include "workspace.h"

/* Names of the settings. */
#define CONNECTION_SETTING "connection"
#define CONNECTION_ARCHIVE "connection.archive"

/* "folder:PATH", "klasör:PATH": the path within `text`; NULL = another type, or none. */
const char *connection_folder(const char *text);
/* 1 when it is the address of a server: ftp, ftpes, ftps, sftp. */
int connection_is_server(const char *text);

/*
 * Opens the connection of the company; every failure is told with what to mend (R11, R13). The
 * transport is to be destroyed by the caller. `*name`: the setting, for free(). 0 = failed.
 */
int connection_open(struct workspace *workspace, struct mt940_transport *out, char **name);

/* Tells why the connection `name` failed in use; `words` are the transport's. */
void connection_failed(struct output *out, const char *name, int status, const char *words);
/* Tells why a folder cannot be used, by errno. */
void connection_folder_failed(struct output *out, const char *path, int number, const char *words);

#endif
