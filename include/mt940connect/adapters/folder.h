/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/folder.h: a folder as a transport (Bağlantı Türü: Klasör). The files of one folder,
 * not of the folders in it, are offered in order of their names. Nothing is ever deleted, and
 * nothing is changed at all unless `archive` is on: a read-only share works. Link with
 * libmt940connect-folder. POSIX systems only. Source: R13-R15, R20, decision 34, docs/folder.md.
 */
#ifndef MT940CONNECT_ADAPTERS_FOLDER_H
#define MT940CONNECT_ADAPTERS_FOLDER_H

#include "mt940connect/ports.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fill with mt940_folder_options_init() and change what you mean. */
struct mt940_folder_options {
    size_t size;
    uint64_t max_bytes; /* of one file; larger ones are listed but not opened; default 256 MiB */
    uint32_t max_files; /* in one listing; default 100,000 */
    /*
     * 1 = a file that was taken, or had been before, moves to the sub-folder "archive", one that
     * is no statement to "error"; both are made when needed. A name already there gets a number.
     * 0 (default) = every file stays where it is.
     */
    int32_t archive;
    void *user;
    mt940_ignored_sink ignored; /* may be NULL */
};
/* Sets every field to its default, `size` included. @since 0.1 */
void mt940_folder_options_init(struct mt940_folder_options *options);

/*
 * Opens the folder `path` (UTF-8 or whatever the file system holds, NUL-terminated) and fills
 * `out`; it lives until out->destroy(out->user). `options` may be NULL. One thread at a time.
 *
 * Errors: MT940_E_NOT_CONFIGURED (path NULL or empty), MT940_E_ARGUMENT, MT940_E_MEMORY, and
 * MT940_E_IO with errno in detail and a text of its own for: no such folder (ENOENT), a file
 * instead of a folder (ENOTDIR), no permission (EACCES). The text names the path.
 *
 * What the functions of the transport return:
 *   list    0; MT940_E_IO; MT940_E_LIMIT (more than max_files); the sink's own return
 *   open    0; MT940_E_NOT_FOUND (gone, or not a plain file); MT940_E_LIMIT (larger than
 *           max_bytes); MT940_E_ARGUMENT (a name no list offers); MT940_E_STATE (one is open);
 *           MT940_E_IO
 *   read    bytes; MT940_E_IO; MT940_E_LIMIT (it grew past max_bytes); MT940_E_STATE
 *   close   0; MT940_E_BUSY (it changed while it was read, or was not read to its end)
 *   settle  0, also when the file is gone or another one has its name now (that one stays);
 *           MT940_E_IO (it could not be moved; it stays)
 * @since 0.1
 */
int mt940_folder_transport_open(const char *path, const struct mt940_folder_options *options,
                                struct mt940_transport *out, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
