/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_input.c: reads invoices off the command line. Must not know what is decided on them.
 */
#include "invoice_input.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "value.h"

const struct command_option invoice_options[] = {
    {"customer", INVOICE_CUSTOMER, "CODE", TEXT_OPTION_INVOICE_CUSTOMER},
    {"amount", INVOICE_AMOUNT, "AMOUNT", TEXT_OPTION_AMOUNT},
    {"kind", INVOICE_KIND, "KIND", TEXT_OPTION_KIND},
    {"date", INVOICE_DATE, "DATE", TEXT_OPTION_INVOICE_DATE},
    {"due", INVOICE_DUE, "DATE", TEXT_OPTION_DUE},
    {"currency", INVOICE_CURRENCY, "CODE", TEXT_OPTION_INVOICE_CURRENCY},
    {"rate", INVOICE_RATE, "RATE", TEXT_OPTION_RATE},
    {"type", INVOICE_TYPE, "TYPE", TEXT_OPTION_PAYMENT_TYPE},
    {"account", INVOICE_ACCOUNT, "CODE", TEXT_OPTION_OWN_ACCOUNT},
    {"branch", INVOICE_BRANCH, "XXXX_YYYYY", TEXT_OPTION_BRANCH},
    {"instalments", INVOICE_INSTALMENTS, "N", TEXT_OPTION_INSTALMENTS},
    {"every", INVOICE_EVERY, "MONTHS", TEXT_OPTION_EVERY},
    {"row", INVOICE_ROW, "AMOUNT[:DUE[:TYPE[:ACCOUNT[:BRANCH]]]]", TEXT_OPTION_PLAN_ROW},
    {"returns", INVOICE_RETURNS, "NUMBER", TEXT_OPTION_RETURNS},
    {"accept", INVOICE_ACCEPT, "CODE[=AMOUNT]", TEXT_OPTION_INVOICE_ACCEPT},
    {"check", INVOICE_CHECK, NULL, TEXT_OPTION_INVOICE_CHECK},
    {NULL, 0, NULL, TEXT_NONE},
};

int invoice_input_option(struct invoice_input *input, struct session *session, const struct command *command,
                         int number)
{
    const char **const texts[] = {&input->customer, &input->amount,  &input->kind,   &input->date,
                                  &input->due,      &input->currency, &input->rate,   &input->type,
                                  &input->account,  &input->branch,   &input->instalments, &input->every};

    if (number >= INVOICE_CUSTOMER && number <= INVOICE_EVERY) {
        *texts[number - INVOICE_CUSTOMER] = optarg;
    } else if (number == INVOICE_ROW) {
        input->rows = memory_resize((void *)input->rows, (input->row_count + 1) * sizeof *input->rows);
        input->rows[input->row_count++] = optarg;
    } else if (number == INVOICE_RETURNS) {
        input->returns = optarg;
    } else if (number == INVOICE_ACCEPT) {
        return accepted_add(&input->accepted, &session->out, command->name, optarg);
    } else if (number == INVOICE_CHECK) {
        input->check = 1;
    }
    return 1;
}

void invoice_input_free(struct invoice_input *input)
{
    free((void *)input->rows);
    accepted_free(&input->accepted);
    memset(input, 0, sizeof *input);
}

static int mistake(struct workspace *workspace, enum text text, const char *word)
{
    output_usage(&workspace->session->out, "invoice", text, word);
    return 0;
}

static const char *keep(struct invoice_draft *draft, const char *text, size_t length)
{
    draft->texts = memory_resize(draft->texts, (draft->text_count + 1) * sizeof *draft->texts);
    draft->texts[draft->text_count] = string_copy(text, length);
    return draft->texts[draft->text_count++];
}

/* Today by the clock of the flow: for an invoice whose date was not said. */
static void today(struct workspace *workspace, struct mt940_date *date)
{
    int64_t seconds;

    if (workspace->clock.now(workspace->clock.user, &seconds) == MT940_OK)
        mt940_date_from_days((int32_t)(seconds / 86400), date);
}

static void currency_of(const struct invoice_draft *draft, const struct workspace *workspace, char currency[4])
{
    memcpy(currency, workspace->local_currency, 4);
    if (draft->invoice.currency.length == 3)
        mt940_view_copy(&draft->invoice.currency, currency, 4);
}

static int fill_invoice(struct invoice_draft *draft, const struct invoice_input *input, struct workspace *workspace)
{
    struct mt940_invoice *invoice = &draft->invoice;
    char currency[4];

    if (input->customer != NULL)
        mt940_view_from_string(input->customer, &invoice->customer);
    if (input->currency != NULL)
        mt940_view_from_string(input->currency, &invoice->currency);
    if (input->returns != NULL)
        mt940_view_from_string(input->returns, &invoice->returns);
    currency_of(draft, workspace, currency);
    if (mt940_currency_digits(currency, strlen(currency)) < 0 ||
        (input->currency != NULL && strlen(input->currency) != 3))
        return mistake(workspace, TEXT_BAD_CURRENCY, input->currency == NULL ? currency : input->currency);
    mt940_view_from_string(keep(draft, currency, 3), &invoice->currency);
    if (input->amount != NULL && value_amount(input->amount, currency, &invoice->amount) != MT940_OK)
        return mistake(workspace, TEXT_BAD_AMOUNT, input->amount);
    if (input->rate != NULL && value_rate(input->rate, &invoice->rate) != MT940_OK)
        return mistake(workspace, TEXT_BAD_AMOUNT, input->rate);
    if (input->kind != NULL && value_enum(MT940_ENUM_INVOICE_KIND, input->kind, &invoice->kind) != MT940_OK)
        return mistake(workspace, TEXT_BAD_INVOICE_KIND, input->kind);
    if (input->type != NULL && value_enum(MT940_ENUM_PAYMENT_TYPE, input->type, &invoice->payment_type) != MT940_OK)
        return mistake(workspace, TEXT_BAD_PAYMENT_TYPE, input->type);
    if (invoice->date.year == 0)
        today(workspace, &invoice->date);
    if (input->date != NULL && value_date(input->date, &invoice->date) != MT940_OK)
        return mistake(workspace, TEXT_BAD_DATE, input->date);
    if (invoice->due_date.year == 0)
        invoice->due_date = invoice->date;
    if (input->due != NULL && value_date(input->due, &invoice->due_date) != MT940_OK)
        return mistake(workspace, TEXT_BAD_DATE, input->due);
    return 1;
}

/* Cuts "AMOUNT:DUE:TYPE:ACCOUNT:BRANCH" into its parts, "" where there is none. */
static int cut_row(struct invoice_draft *draft, const char *text, const char *parts[5])
{
    size_t count = 0;

    while (count < 5) {
        size_t length = strcspn(text, ":");

        parts[count++] = keep(draft, text, length);
        if (text[length] == '\0')
            break;
        text += length + 1;
        if (count == 5)
            return 0;
    }
    while (count < 5)
        parts[count++] = "";
    return 1;
}

static int fill_row(struct invoice_draft *draft, const char *text, struct workspace *workspace,
                    struct mt940_dbs_plan_line *line)
{
    const char *parts[5];
    char currency[4];
    int64_t type = 0;

    memset(line, 0, sizeof *line);
    currency_of(draft, workspace, currency);
    if (!cut_row(draft, text, parts) || value_amount(parts[0], currency, &line->amount) != MT940_OK)
        return mistake(workspace, TEXT_BAD_PLAN_ROW, text);
    if (parts[1][0] != '\0' && value_date(parts[1], &line->due_date) != MT940_OK)
        return mistake(workspace, TEXT_BAD_DATE, parts[1]);
    if (parts[2][0] != '\0' && value_enum(MT940_ENUM_PAYMENT_TYPE, parts[2], &type) != MT940_OK)
        return mistake(workspace, TEXT_BAD_PAYMENT_TYPE, parts[2]);
    line->type = (int32_t)type;
    mt940_view_from_string(parts[3], &line->bank_account);
    mt940_view_from_string(parts[4], &line->branch);
    return 1;
}

static int fill_plan(struct invoice_draft *draft, const struct invoice_input *input, struct workspace *workspace)
{
    int64_t instalments = 0, months = 1;

    if (input->row_count > 0) {
        free(draft->plan);
        draft->plan = memory_zeroed(input->row_count, sizeof *draft->plan);
        draft->request.plan_count = input->row_count;
        for (size_t i = 0; i < input->row_count; i++)
            if (!fill_row(draft, input->rows[i], workspace, &draft->plan[i]))
                return 0;
    }
    if (input->instalments != NULL && value_number(input->instalments, 1, &instalments) != MT940_OK)
        return mistake(workspace, TEXT_BAD_NUMBER, input->instalments);
    if (input->every != NULL && value_number(input->every, 1, &months) != MT940_OK)
        return mistake(workspace, TEXT_BAD_NUMBER, input->every);
    if (instalments > 0) {
        draft->request.plan_count = 0;
        draft->request.instalments = (int32_t)(instalments < MT940_INVOICE_ROWS ? instalments : MT940_INVOICE_ROWS);
        draft->request.interval_months = (int32_t)(months < 1200 ? months : 1200);
    }
    mt940_view_from_string(input->account, &draft->request.bank_account);
    mt940_view_from_string(input->branch, &draft->request.branch);
    return 1;
}

/* The excess is in the bank record's currency; the invoice's digits stand for it. */
static int fill_consents(struct invoice_draft *draft, const struct invoice_input *input, struct workspace *workspace)
{
    char currency[4];

    currency_of(draft, workspace, currency);
    draft->consents = memory_zeroed(input->accepted.count, sizeof *draft->consents);
    for (size_t i = 0; i < input->accepted.count; i++) {
        struct mt940_dbs_consent *consent = &draft->consents[i];
        const char *amount = input->accepted.amounts[i];

        consent->message = input->accepted.messages[i];
        if (amount == NULL && consent->message == MT940_M_OVER_LIMIT)
            return mistake(workspace, TEXT_ACCEPT_NEEDS_AMOUNT, output_message_code(consent->message));
        if (amount != NULL && value_amount(amount, currency, &consent->excess) != MT940_OK)
            return mistake(workspace, TEXT_BAD_AMOUNT, amount);
    }
    draft->request.consents = draft->consents;
    draft->request.consent_count = input->accepted.count;
    return 1;
}

int invoice_draft_fill(struct invoice_draft *draft, const struct invoice_input *input, struct workspace *workspace)
{
    if (!fill_invoice(draft, input, workspace) || !fill_plan(draft, input, workspace) ||
        !fill_consents(draft, input, workspace))
        return 0;
    draft->request.size = sizeof draft->request;
    draft->request.flags = input->check ? MT940_INVOICE_CHECK : 0;
    draft->request.invoice = &draft->invoice;
    draft->request.plan = draft->request.plan_count > 0 ? draft->plan : NULL;
    return 1;
}

void invoice_draft_free(struct invoice_draft *draft)
{
    for (size_t i = 0; i < draft->text_count; i++)
        free(draft->texts[i]);
    free(draft->texts);
    free(draft->plan);
    free(draft->consents);
    memset(draft, 0, sizeof *draft);
}
