/* SPDX-License-Identifier: Apache-2.0
 *
 * index_store.c: from --index to the directory a flow uses. Must not know how a file is replaced.
 */
#include "index_store.h"

#include <string.h>

#include <mt940connect/ports.h>

struct feeding {
    struct mt940_directory_builder *builder;
    int32_t kind;
    struct mt940_error *error;
};

static int feed(void *user, const void *record)
{
    struct feeding *feeding = user;

    return mt940_directory_builder_add(feeding->builder, feeding->kind, record, feeding->error);
}

static int feed_all(const struct mt940_books *books, const struct mt940_view *company, struct feeding *feeding)
{
    int status;

    feeding->kind = MT940_KIND_COMPANY;
    status = books->company(books->user, company, feed, feeding);
    feeding->kind = MT940_KIND_BANK_ACCOUNT;
    if (status == MT940_OK)
        status = books->bank_accounts(books->user, company, feed, feeding);
    feeding->kind = MT940_KIND_CUSTOMER;
    if (status == MT940_OK)
        status = books->customers(books->user, company, NULL, 0, feed, feeding);
    feeding->kind = MT940_KIND_CUSTOMER_BANK;
    if (status == MT940_OK)
        status = books->customer_banks(books->user, company, NULL, 0, feed, feeding);
    return status;
}

static int build(struct index_store *index, struct workspace *workspace, struct mt940_error *error)
{
    struct feeding feeding = {NULL, 0, error};
    struct mt940_view company;
    struct mt940_books books;
    int status;

    mt940_view_from_string(workspace->company, &company);
    status = mt940_books_from_store(&workspace->store, &books);
    if (status == MT940_OK)
        status = mt940_directory_builder_new(&company, NULL, &feeding.builder, error);
    if (status == MT940_OK)
        status = feed_all(&books, &company, &feeding);
    if (status == MT940_OK)
        status = mt940_directory_build(feeding.builder, &index->built, error);
    mt940_directory_builder_free(feeding.builder);
    return status;
}

/* Builds the directory; written is only what was not changed meanwhile. */
static int build_and_write(struct index_store *index, struct workspace *workspace, const char *before,
                           struct mt940_error *error)
{
    char behind[MT940_BOOKS_STATE + 1];
    int status = build(index, workspace, error);

    if (status == MT940_OK)
        status = mt940_flow_books_state(workspace->flow, behind, error);
    if (status == MT940_OK && strcmp(before, behind) == 0)
        index_file_write(&index->file, index->built);
    return status;
}

int index_store_open(struct index_store *index, struct workspace *workspace)
{
    struct mt940_error error = {.size = sizeof error};
    char state[MT940_BOOKS_STATE + 1];
    int mapped, status;

    index->file.out = &workspace->session->out;
    index->file.path = workspace->session->index;
    if (index->file.path == NULL || workspace->flow == NULL)
        return 1;
    status = mt940_flow_books_state(workspace->flow, state, &error);
    if (status == MT940_OK) {
        index_file_fingerprint_state(&index->file, state, workspace->company);
        mapped = index_file_map(&index->file);
        if (mapped < 0)
            return 0;
        if (!mapped)
            status = build_and_write(index, workspace, state, &error);
    }
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else
        mt940_flow_use_directory(workspace->flow, index->built != NULL ? index->built : index->file.directory);
    return status == MT940_OK;
}

void index_store_close(struct index_store *index)
{
    mt940_directory_free(index->built);
    index->built = NULL;
    index_file_close(&index->file);
}
