/* SPDX-License-Identifier: Apache-2.0
 *
 * world_setup.c: the verbs that furnish the small company, and those that look at it.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/schema.h"
#include "world.h"

WORLD_VERB(verb_company)
{
    struct world *w = world;

    (void)answer;
    w->company.local_currency = world_view(script_option(line, "currency", "TRY"));
    w->company.legislation = world_enum(line, MT940_ENUM_LEGISLATION, script_option(line, "legislation", "tr"));
}

WORLD_VERB(verb_policy)
{
    struct world *w = world;
    const struct {
        const char *key;
        int32_t *value;
    } keys[] = {{"sale", &w->policy.sale}, {"sale-return", &w->policy.sale_return},
                {"purchase", &w->policy.purchase}, {"purchase-return", &w->policy.purchase_return},
                {"prefer-currency", &w->policy.prefer_currency}, {"rest-goes-on", &w->policy.rest_goes_on},
                {"ordinary-fifo", &w->policy.ordinary_fifo}, {"bank-data-optional", &w->policy.bank_data_optional}};

    (void)answer;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (script_option(line, keys[i].key, NULL))
            *keys[i].value = atoi(script_option(line, keys[i].key, NULL));
}

WORLD_VERB(verb_customer)
{
    struct world *w = world;
    struct mt940_customer *customer = &w->customers[w->customer_count++];

    (void)answer;
    customer->code = world_view(script_arg(line, 0));
    customer->payment_type = world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    customer->default_bank_account = world_view(script_option(line, "account", ""));
}

static int by_key(const void *a, const void *b)
{
    return mt940_record_compare(MT940_KIND_CUSTOMER_BANK, 0, a, b);
}

WORLD_VERB(verb_bank)
{
    struct world *w = world;
    struct mt940_customer_bank *bank = world_bank(w, world_view(script_arg(line, 0)), atoi(script_arg(line, 1)));

    (void)answer;
    if (!bank)
        bank = &w->banks[w->bank_count++];
    bank->customer = world_view(script_arg(line, 0));
    bank->slot = atoi(script_arg(line, 1));
    bank->branch = world_view(script_arg(line, 2));
    bank->currency = world_view(script_option(line, "currency", ""));
    bank->dbs = strcmp(script_option(line, "dbs", "yes"), "yes") == 0;
    bank->dbs_limit = world_money(line, script_option(line, "limit", "0"), world_currency(w, bank->currency));
    bank->dbs_control = world_enum(line, MT940_ENUM_DBS_CONTROL, script_option(line, "control", "block"));
    qsort(w->banks, w->bank_count, sizeof(*w->banks), by_key);
}

WORLD_VERB(verb_account)
{
    struct world *w = world;
    struct mt940_bank_account *account = &w->accounts[w->account_count++];

    (void)answer;
    account->code = world_view(script_arg(line, 0));
    account->branch = world_view(script_option(line, "branch", ""));
}

WORLD_VERB(verb_rate)
{
    struct world *w = world;
    struct mt940_rate *rate = &w->rates[w->rate_count++];

    (void)answer;
    rate->currency = world_view(script_arg(line, 0));
    if (mt940_decimal_parse(script_arg(line, 1), strlen(script_arg(line, 1)), 8, &rate->rate) != 0)
        script_fail(line, "that is no rate");
}

WORLD_VERB(verb_plan)
{
    struct world *w = world;
    struct mt940_dbs_plan_line *plan = &w->plan[w->plan_count++];
    struct mt940_view currency = world_currency(w, world_view(script_option(line, "currency", "")));

    (void)answer;
    memset(plan, 0, sizeof(*plan));
    plan->type = (int32_t)world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    plan->bank_account = world_view(script_option(line, "account", ""));
    plan->branch = world_view(script_option(line, "branch", ""));
    plan->due_date = world_date(line, script_option(line, "due", NULL));
    plan->amount = world_money(line, script_option(line, "amount", "0"), currency);
    plan->share = atoi(script_option(line, "share", "0"));
    plan->paid = world_money(line, script_option(line, "paid", "0"), currency);
}

WORLD_VERB(verb_total)
{
    struct world *w = world;
    const struct mt940_customer_bank *bank = world_bank(w, world_view(script_arg(line, 0)), atoi(script_arg(line, 1)));
    char text[40];

    if (!bank)
        script_fail(line, "there is no such record");
    script_say(answer, "%s", world_text(bank->dbs_total, world_currency(w, bank->currency), text));
}

WORLD_VERB(verb_limit)
{
    struct world *w = world;
    const struct mt940_customer_bank *bank = world_bank(w, world_view(script_arg(line, 0)), atoi(script_arg(line, 1)));
    int64_t available = 0;
    int32_t parts = 0;
    char text[40];

    if (!bank || mt940_dbs_available(bank, &available) != 0)
        script_fail(line, "there is no such record");
    script_say(answer, "available=%s", world_text(available, world_currency(w, bank->currency), text));
    if (mt940_dbs_utilisation(bank, &parts) == 0)
        script_say(answer, "utilisation=%d.%02d%%", (int)(parts / 100), (int)(parts % 100));
}

WORLD_VERB(verb_row)
{
    struct world *w = world;
    const struct mt940_payment *row = world_row(w, world_view(script_arg(line, 0)), atoi(script_arg(line, 1)));
    char amount[40], open[40], date[11] = "";

    if (!row) {
        script_say(answer, "none");
        return;
    }
    mt940_date_format(&row->due_date, date);
    script_say(answer, "amount=%s open=%s due=%s type=%s slot=%d branch=%.*s account=%.*s state=%s affects=%d",
               world_text(row->amount, row->currency, amount),
               world_text(row->amount - row->paid, row->currency, open), date,
               mt940_enum_name(MT940_ENUM_PAYMENT_TYPE, row->type, "en"), (int)row->slot, (int)row->branch.length,
               row->branch.data, (int)row->bank_account.length, row->bank_account.data,
               mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, row->state, "en"), (int)mt940_payment_affects_risk(row));
}

WORLD_VERB(verb_flag)
{
    const struct mt940_invoice *invoice = world_invoice(world, line, world_view(script_arg(line, 0)));

    script_say(answer, "%d", (int)invoice->affects_risk);
}

WORLD_VERB(verb_risk)
{
    struct world *w = world;
    struct mt940_view currency = world_currency(w, world_view(script_option(line, "currency", "")));
    struct mt940_payment *rows = malloc(MANY * sizeof(*rows));
    struct mt940_risk risk = {.size = sizeof(risk)};
    char dbs[40], ordinary[40];

    if (!rows || mt940_risk_sum(rows, world_open_rows(w, world_view(script_arg(line, 0)), rows), &currency, &risk) != 0)
        script_fail(line, "the risk cannot be summed");
    script_say(answer, "dbs=%s ordinary=%s", world_text(risk.dbs, currency, dbs),
               world_text(risk.ordinary, currency, ordinary));
    free(rows);
}
