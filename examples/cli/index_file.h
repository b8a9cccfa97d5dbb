/* SPDX-License-Identifier: Apache-2.0
 *
 * index_file.h: the directory of a folder's books, kept in a file and mapped while the books are
 * what it was made from.
 */
#ifndef CLI_INDEX_FILE_H
#define CLI_INDEX_FILE_H

#include <mt940connect/directory.h>

#include "output.h"

struct index_file {
    struct output *out;
    const char *path;
    char fingerprint[MT940_DIRECTORY_FINGERPRINT + 1]; /* of the books as they are */
    void *map;
    size_t length;
    struct mt940_directory *directory; /* NULL = not mapped */
};

/* What the tables of the folder that a directory is made of hold; other files may change as they like. */
void index_file_fingerprint(struct index_file *file, const char *folder, const char *company);
/* The same of the books in a store: the state they are in (mt940_flow_books_state()). */
void index_file_fingerprint_state(struct index_file *file, const char *state, const char *company);
/*
 * Maps the file if it was made from these books, and says so; 1 then. Otherwise says why it is to be made anew; 0.
 * -1 = it holds something else, which is not overwritten; reported.
 */
int index_file_map(struct index_file *file);
/* Writes the directory in the place of the file, wholly or not at all; failures are reported. */
void index_file_write(struct index_file *file, const struct mt940_directory *directory);
void index_file_close(struct index_file *file);

#endif
