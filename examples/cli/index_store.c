/* SPDX-License-Identifier: Apache-2.0
 *
 * index_store.c: from --index to the directory a flow uses. Must not know how a file is replaced.
 */
#include "index_store.h"

#include <string.h>

/* Builds the directory; written is only what was not changed meanwhile. */
static int build_and_write(struct index_store *index, struct workspace *workspace, const char *before,
                           struct mt940_error *error)
{
    char behind[MT940_BOOKS_STATE + 1];
    int status = mt940_flow_build_directory(workspace->flow, &index->built, error);

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
