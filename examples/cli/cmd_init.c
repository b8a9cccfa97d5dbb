/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_init.c: makes the store and a company in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "json.h"
#include "value.h"
#include "workspace.h"

enum { OPTION_TITLE = OPTION_OWN, OPTION_TAX_ID, OPTION_LEGISLATION, OPTION_CURRENCY };

static const struct command_option options[] = {
    {"title", OPTION_TITLE, "TITLE", TEXT_OPTION_TITLE},
    {"tax-id", OPTION_TAX_ID, "NUMBER", TEXT_OPTION_TAX_ID},
    {"legislation", OPTION_LEGISLATION, "tr|az", TEXT_OPTION_LEGISLATION},
    {"currency", OPTION_CURRENCY, "CODE", TEXT_OPTION_LOCAL_CURRENCY},
    {NULL, 0, NULL, TEXT_NONE},
};

struct wish {
    const char *title, *tax_id, *currency;
    int64_t legislation;
    int says_legislation;
};

static int read_wish(struct session *session, const struct command *command, int argc, char **argv,
                     struct wish *wish)
{
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        switch (number) {
        case OPTION_TITLE:
            wish->title = optarg;
            break;
        case OPTION_TAX_ID:
            wish->tax_id = optarg;
            break;
        case OPTION_LEGISLATION:
            wish->says_legislation = 1;
            if (value_enum(MT940_ENUM_LEGISLATION, optarg, &wish->legislation) == MT940_OK)
                break;
            output_usage(&session->out, command->name, TEXT_BAD_LEGISLATION, optarg);
            return 0;
        case OPTION_CURRENCY:
            wish->currency = optarg;
            if (strlen(optarg) == 3 && mt940_currency_digits(optarg, 3) >= 0)
                break;
            output_usage(&session->out, command->name, TEXT_BAD_CURRENCY, optarg);
            return 0;
        default:
            return 0;
        }
    }
    if (optind < argc)
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind]);
    return optind >= argc;
}

/* The stored company, its texts copied for free(). */
struct stored {
    struct mt940_company company;
    char *title, *tax_id, *currency;
};

static int take(void *user, const void *record)
{
    struct stored *stored = user;

    stored->company = *(const struct mt940_company *)record;
    stored->title = value_string(&stored->company.title);
    stored->tax_id = value_string(&stored->company.tax_id);
    stored->currency = value_string(&stored->company.local_currency);
    return 0;
}

static const char *first_of(const char *said, const char *stored, const char *otherwise)
{
    return said != NULL ? said : stored != NULL ? stored : otherwise;
}

/* Puts the company as it was, with what was said now. 0 = it failed. */
static int put_company(struct workspace *workspace, const struct wish *wish)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_company company;
    struct stored stored;
    const void *records[1] = {&company};
    int status;

    memset(&stored, 0, sizeof stored);
    memset(&company, 0, sizeof company);
    mt940_view_from_string(workspace->company, &company.code);
    workspace->store.get(workspace->store.user, MT940_KIND_COMPANY, &company, take, &stored);
    company.legislation = wish->says_legislation ? wish->legislation : stored.company.legislation;
    mt940_view_from_string(first_of(wish->title, stored.title, ""), &company.title);
    mt940_view_from_string(first_of(wish->tax_id, stored.tax_id, ""), &company.tax_id);
    mt940_view_from_string(
        first_of(wish->currency, stored.currency, company.legislation == MT940_LEGISLATION_AZ ? "AZN" : "TRY"),
        &company.local_currency);
    status = mt940_flow_put(workspace->flow, MT940_KIND_COMPANY, records, 1, NULL, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    free(stored.title);
    free(stored.tax_id);
    free(stored.currency);
    return status == MT940_OK;
}

static void tell(const struct workspace *workspace, int is_new)
{
    const struct output *out = &workspace->session->out;
    char *text;

    if (out->json) {
        struct json *json = json_new();

        json_line_begin(json);
        json_word(json, "store", workspace->session->store);
        json_word(json, "company", workspace->company);
        json_bool(json, "created", is_new);
        json_line_end(json);
        json_free(json);
        return;
    }
    text = TEXT_FORMAT(is_new ? TEXT_INIT_DONE : TEXT_INIT_KEPT, out->language, workspace->path,
                       workspace->company);
    puts(text);
    free(text);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct wish wish = {NULL, NULL, NULL, MT940_LEGISLATION_TR, 0};
    int is_new;

    if (!read_wish(session, command, argc, argv, &wish))
        return;
    /* Nobody has to think of a code for the only company. */
    if (!workspace_open(session, WORKSPACE_CREATE | WORKSPACE_NO_COMPANY, &workspace))
        return;
    is_new = !workspace.has_company;
    if ((workspace.company[0] != '\0' || workspace_use(&workspace, "1", NULL)) && put_company(&workspace, &wish))
        tell(&workspace, is_new);
    workspace_close(&workspace);
}

const struct command command_init = {
    "init", GROUP_SETUP, USES_STORE, "[--company CODE] [--title TITLE]", TEXT_INIT_SUMMARY, TEXT_INIT_HELP, options,
    run,
};
