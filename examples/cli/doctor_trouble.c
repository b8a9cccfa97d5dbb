/* SPDX-License-Identifier: Apache-2.0
 *
 * doctor_trouble.c: what goes wrong while all is set up: who may read the store, a clock that went
 * back, accounts nobody defined, slips an ERP never answered for.
 */
#define _POSIX_C_SOURCE 200809L
#include "doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buffer.h"

static char *raw(const struct doctor *doctor, enum text text)
{
    const char *words = text_raw(text, doctor->workspace->session->out.language);

    return string_copy(words, strlen(words));
}

void doctor_store(struct doctor *doctor)
{
    struct stat file;

    if (stat(doctor->workspace->path, &file) != 0)
        return; /* a server: its own settings count */
    /* The adapter reads the setting back on every connection, and does not open without it. */
    doctor_tell(doctor, "durable", STATE_GOOD, raw(doctor, TEXT_DOCTOR_DURABLE), TEXT_NONE);
    if ((file.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        doctor_tell(doctor, "permissions", STATE_WARNING, raw(doctor, TEXT_DOCTOR_READABLE),
                    TEXT_DOCTOR_MEND_READABLE);
}

struct trouble {
    int64_t latest; /* arrival of a statement, or a slip's */
    size_t unknown, posting;
    struct buffer accounts;
};

static int look_at_item(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    struct trouble *trouble = user;

    if (item->received_at > trouble->latest)
        trouble->latest = item->received_at;
    if (item->bank_account.length > 0 || item->open_entries == 0)
        return 0;
    /* Ten names are enough to begin with. */
    if (++trouble->unknown <= 10) {
        if (trouble->accounts.length > 0)
            buffer_add_string(&trouble->accounts, ", ");
        buffer_add(&trouble->accounts, item->account_text.data, item->account_text.length);
    }
    return 0;
}

static int look_at_slip(void *user, const void *record)
{
    const struct mt940_slip *slip = record;
    struct trouble *trouble = user;

    if (slip->saved_at > trouble->latest)
        trouble->latest = slip->saved_at;
    trouble->posting += slip->state == MT940_DOCUMENT_STATE_POSTING;
    return 0;
}

static int read_trouble(struct doctor *doctor, struct trouble *trouble)
{
    struct workspace *workspace = doctor->workspace;
    const struct mt940_store *store = &workspace->store;
    struct mt940_error error = {.size = sizeof error};
    struct mt940_slip from;
    int status = mt940_flow_inbox(workspace->flow, 0, 0, look_at_item, trouble, &error);

    memset(&from, 0, sizeof from);
    mt940_view_from_string(workspace->company, &from.company);
    if (status == MT940_OK)
        status = store->scan(store->user, MT940_KIND_SLIP, 0, 1, &from, 0, 0, look_at_slip, trouble);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    return status;
}

void doctor_trouble(struct doctor *doctor)
{
    enum { slack_seconds = 300 };
    const char *language = doctor->workspace->session->out.language;
    struct trouble trouble = {.latest = 0};
    char number[24];
    int64_t now;
    char *names;
    int status = read_trouble(doctor, &trouble);

    names = buffer_string(&trouble.accounts);
    snprintf(number, sizeof number, "%zu", trouble.unknown);
    if (trouble.unknown > 0)
        doctor_tell(doctor, "unknown_accounts", STATE_WARNING,
                    TEXT_FORMAT(TEXT_DOCTOR_UNKNOWN_ACCOUNTS, language, number, names), TEXT_DOCTOR_MEND_UNKNOWN);
    free(names);
    snprintf(number, sizeof number, "%zu", trouble.posting);
    if (trouble.posting > 0)
        doctor_tell(doctor, "posting", STATE_WARNING, TEXT_FORMAT(TEXT_DOCTOR_POSTING, language, number),
                    TEXT_DOCTOR_MEND_POSTING);
    if (status == MT940_OK && doctor->workspace->clock.now(doctor->workspace->clock.user, &now) == 0 &&
        now + slack_seconds < trouble.latest)
        doctor_tell(doctor, "clock", STATE_WARNING, raw(doctor, TEXT_DOCTOR_CLOCK), TEXT_DOCTOR_MEND_CLOCK);
}
