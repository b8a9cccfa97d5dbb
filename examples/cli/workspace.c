/* SPDX-License-Identifier: Apache-2.0
 *
 * workspace.c: opens what every command on a store needs. Must not know what the command does.
 */
#include "workspace.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buffer.h"
#include "index_store.h"
#include "store.h"

static int now(void *user, int64_t *seconds)
{
    time_t value = time(NULL);

    (void)user;
    if (value == (time_t)-1)
        return MT940_E_IO;
    *seconds = (int64_t)value;
    return MT940_OK;
}

static void say(struct session *session, const char *file, const char *code, enum text text, const char *word)
{
    char *sentence = TEXT_FORMAT(text, session->out.language, word);

    output_failure(&session->out, file, code, sentence);
    free(sentence);
}

void workspace_failed(struct workspace *workspace, int status, const struct mt940_error *error)
{
    struct mt940_error told = {.size = sizeof told};
    const char *words = "";
    struct mt940_view view;

    if (error != NULL)
        told = *error;
    if (workspace->store.last_error != NULL && told.text[0] == '\0')
        words = workspace->store.last_error(workspace->store.user);
    if (words != NULL && words[0] != '\0') {
        mt940_view_from_string(words, &view);
        mt940_view_copy(&view, told.text, sizeof told.text);
    }
    told.status = status;
    output_status(&workspace->session->out, workspace->path, status, &told);
}

/* Companies of the store; the first is kept. */
struct companies {
    size_t count;
    char *first;
    struct buffer all;
    char currency[4];
};

static int take_company(void *user, const void *record)
{
    const struct mt940_company *company = record;
    struct companies *companies = user;

    if (companies->count++ == 0)
        companies->first = string_copy(company->code.data, company->code.length);
    if (companies->all.length > 0)
        buffer_add_string(&companies->all, ", ");
    buffer_add(&companies->all, company->code.data, company->code.length);
    mt940_view_copy(&company->local_currency, companies->currency, sizeof companies->currency);
    return 0;
}

static int list_companies(struct workspace *workspace, const char *wanted, struct companies *companies)
{
    struct mt940_company key;
    int status;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(wanted, &key.code);
    if (wanted[0] != '\0')
        status = workspace->store.get(workspace->store.user, MT940_KIND_COMPANY, &key, take_company, companies);
    else
        status = workspace->store.scan(workspace->store.user, MT940_KIND_COMPANY, 0, 0, &key, 0, 0, take_company,
                                       companies);
    return status == MT940_E_NOT_FOUND ? MT940_OK : status;
}

/* Decides the company; 0 = said why not. */
static int find_company(struct workspace *workspace, unsigned flags)
{
    struct session *session = workspace->session;
    struct companies companies = {0};
    int status = list_companies(workspace, session->company, &companies);
    int good = 0;

    if (status != MT940_OK) {
        workspace_failed(workspace, status, NULL);
    } else if (companies.count == 1) {
        workspace->company = string_copy(companies.first, strlen(companies.first));
        memcpy(workspace->local_currency, companies.currency, 4);
        workspace->has_company = good = 1;
    } else if (companies.count > 1) {
        char *all = buffer_string(&companies.all);

        say(session, workspace->path, "NOT_CONFIGURED", TEXT_WHICH_COMPANY, all);
        free(all);
    } else if (flags & WORKSPACE_NO_COMPANY) {
        workspace->company = string_copy(session->company, strlen(session->company));
        good = 1;
    } else if (session->company[0] != '\0') {
        say(session, workspace->path, "NOT_CONFIGURED", TEXT_UNKNOWN_COMPANY, session->company);
    } else {
        say(session, workspace->path, "NOT_CONFIGURED", TEXT_NO_COMPANY, "");
    }
    buffer_free(&companies.all);
    free(companies.first);
    return good;
}

static int show_progress(void *user, uint64_t done, uint64_t total)
{
    output_progress_bar(user, done, total);
    return 0;
}

static int open_flow(struct workspace *workspace)
{
    struct mt940_flow_options options = {.size = sizeof options};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_progress progress = {sizeof progress, &workspace->session->out, show_progress};
    int status;

    options.company = workspace->company;
    options.actor = workspace->session->actor;
    options.store = &workspace->store;
    options.clock = &workspace->clock;
    options.progress = &progress;
    options.rest_seconds = workspace->fetch_all ? -1 : 0;
    status = mt940_flow_open(&options, &workspace->flow, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    return status == MT940_OK;
}

int workspace_open(struct session *session, unsigned flags, struct workspace *out)
{
    *out = (struct workspace){.session = session, .local_currency = "TRY"};
    out->fetch_all = (flags & WORKSPACE_FETCH_ALL) != 0;
    out->index = memory_zeroed(1, sizeof *out->index);
    out->clock.size = sizeof out->clock;
    out->clock.now = now;
    if (store_open(session, (flags & WORKSPACE_CREATE) != 0, &out->store, &out->path) && find_company(out, flags) &&
        (out->company[0] == '\0' || open_flow(out)) &&
        ((flags & WORKSPACE_CREATE) != 0 || index_store_open(out->index, out)))
        return 1;
    workspace_close(out);
    return 0;
}

int workspace_use(struct workspace *workspace, const char *company, const char *currency)
{
    char *copy = string_copy(company, strlen(company));

    mt940_flow_close(workspace->flow);
    workspace->flow = NULL;
    free(workspace->company);
    workspace->company = copy;
    if (currency != NULL && strlen(currency) == 3)
        memcpy(workspace->local_currency, currency, 4);
    return open_flow(workspace);
}

void workspace_close(struct workspace *workspace)
{
    mt940_flow_close(workspace->flow);
    if (workspace->index != NULL)
        index_store_close(workspace->index);
    free(workspace->index);
    if (workspace->store.close != NULL)
        workspace->store.close(workspace->store.user);
    free(workspace->path);
    free(workspace->company);
    *workspace = (struct workspace){.session = workspace->session};
}

static int take_setting(void *user, const void *record)
{
    const struct mt940_setting *setting = record;

    *(char **)user = string_copy(setting->value.data, setting->value.length);
    return 0;
}

char *workspace_setting(struct workspace *workspace, const char *name)
{
    struct mt940_setting key;
    char *value = NULL;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(workspace->company, &key.company);
    mt940_view_from_string(name, &key.name);
    workspace->store.get(workspace->store.user, MT940_KIND_SETTING, &key, take_setting, &value);
    if (value != NULL && value[0] == '\0') {
        free(value);
        value = NULL;
    }
    return value;
}

int workspace_set_all(struct workspace *workspace, const char *const *names, const char *const *values, size_t count)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_setting *settings = memory_zeroed(count, sizeof *settings);
    const void **records = memory_zeroed(count, sizeof *records);
    int status;

    for (size_t i = 0; i < count; i++) {
        mt940_view_from_string(workspace->company, &settings[i].company);
        mt940_view_from_string(names[i], &settings[i].name);
        mt940_view_from_string(values[i] == NULL ? "" : values[i], &settings[i].value);
        records[i] = &settings[i];
    }
    status = mt940_flow_put(workspace->flow, MT940_KIND_SETTING, records, count, NULL, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    free(records);
    free(settings);
    return status == MT940_OK;
}

int workspace_set(struct workspace *workspace, const char *name, const char *value)
{
    return workspace_set_all(workspace, &name, &value, 1);
}
