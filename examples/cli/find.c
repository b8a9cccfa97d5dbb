/* SPDX-License-Identifier: Apache-2.0
 *
 * find.c: asks the inbox. Must not know what the statement is wanted for.
 */
#include "find.h"

#include <stdlib.h>
#include <string.h>

#include "value.h"

static int take(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    struct found_item *out = user;

    find_free(out);
    out->id = value_string(&item->id);
    out->account = value_string(item->bank_account.length > 0 ? &item->bank_account : &item->account_text);
    out->number = value_string(&item->number);
    out->number_shown = item->number_shown;
    out->entries = item->entries;
    out->finding = (int32_t)item->finding;
    out->state = (int32_t)item->state;
    return 0;
}

int find_item(struct workspace *workspace, const char *text, struct found_item *out)
{
    struct output *output = &workspace->session->out;
    struct mt940_error error = {.size = sizeof error};
    int status;

    memset(out, 0, sizeof *out);
    status = mt940_flow_find(workspace->flow, text, strlen(text), take, out, &error);
    if (status == MT940_E_NOT_FOUND || status == MT940_E_EXISTS || status == MT940_E_ARGUMENT) {
        int several = status == MT940_E_EXISTS;
        char *sentence = TEXT_FORMAT(several ? TEXT_ITEM_SEVERAL : TEXT_ITEM_UNKNOWN, output->language, text);
        struct place place = {text, 0, 0};

        output_diagnose(output, &place, MT940_ERROR, several ? "AMBIGUOUS_ID" : "UNKNOWN_STATEMENT", sentence);
        free(sentence);
    } else if (status != MT940_OK) {
        workspace_failed(workspace, status, &error);
    }
    if (status != MT940_OK)
        find_free(out);
    return status == MT940_OK;
}

void find_free(struct found_item *item)
{
    free(item->id);
    free(item->account);
    free(item->number);
    memset(item, 0, sizeof *item);
}
