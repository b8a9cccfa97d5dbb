/* SPDX-License-Identifier: Apache-2.0
 *
 * index_store.h: the directory of the books in a store, kept in a file: a command starts at once, however many
 * customers there are.
 */
#ifndef CLI_INDEX_STORE_H
#define CLI_INDEX_STORE_H

#include "index_file.h"
#include "workspace.h"

struct index_store {
    struct index_file file;
    struct mt940_directory *built; /* NULL = mapped, or there is none */
};

/*
 * Gives the flow of the workspace the directory that --index names: mapped, or built of the store's books and written.
 * Nothing where the option was not given. 0 = it failed, and was said.
 */
int index_store_open(struct index_store *index, struct workspace *workspace);
/* After the flow was closed. */
void index_store_close(struct index_store *index);

#endif
