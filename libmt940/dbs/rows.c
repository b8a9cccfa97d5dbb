/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c: the payment rows of an invoice (ödeme hareketleri): type, date, amount, bank data and
 * what each adds to its total (R78-R90, R97). Must not know totals and limits.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "dbs/branch.h"
#include "dbs/money.h"
#include "dbs/policy.h"
#include "dbs/split.h"
#include "mt940connect/bank_branch.h"

/* What the rows are made with; the two look-ups remember their last answer, for rows are alike. */
struct builder {
    struct mt940_dbs_policy policy;
    const struct mt940_dbs_document *document;
    struct mt940_dbs_notice *notices;
    size_t notice_capacity;
    size_t notice_count;
    struct mt940_view account_code;
    const struct mt940_bank_account *account;
    struct mt940_view branch;
    const struct mt940_customer_bank *bank;
};

static const struct mt940_dbs_plan_line blank_line;

static const struct mt940_view *either(const struct mt940_view *first, const struct mt940_view *second)
{
    return first->length > 0 ? first : second;
}

static int notify(struct builder *builder, int32_t message, const struct mt940_payment *row,
                  const struct mt940_view *branch, struct mt940_dbs_notice **out)
{
    struct mt940_dbs_notice *notice = &builder->notices[builder->notice_count];

    if (builder->notice_count == builder->notice_capacity)
        return MT940_E_LIMIT;
    builder->notice_count++;
    memset(notice, 0, sizeof(*notice));
    notice->message = message;
    notice->outcome = message == MT940_M_BRANCH_MISMATCH ? MT940_DBS_WARN : MT940_DBS_BLOCK;
    notice->customer = builder->document->customer->code;
    notice->invoice = builder->document->invoice->number;
    notice->currency = builder->document->invoice->currency;
    notice->row = row ? row->line : 0;
    notice->slot = row ? row->slot : 0;
    if (branch)
        notice->branch = *branch;
    *out = notice;
    return 0;
}

static const struct mt940_bank_account *find_account(struct builder *builder, const struct mt940_view *code)
{
    const struct mt940_dbs_document *document = builder->document;

    if (code->length == 0 || mt940_view_equal(code, &builder->account_code))
        return code->length == 0 ? NULL : builder->account;
    builder->account_code = *code;
    builder->account = NULL;
    for (size_t i = 0; i < document->account_count && !builder->account; i++)
        if (mt940_view_equal(&document->accounts[i].code, code))
            builder->account = &document->accounts[i];
    return builder->account;
}

static const struct mt940_customer_bank *find_bank(struct builder *builder, const struct mt940_view *branch)
{
    const struct mt940_dbs_document *document = builder->document;
    size_t index;

    if (branch->length == 0 || mt940_view_equal(branch, &builder->branch))
        return branch->length == 0 ? NULL : builder->bank;
    builder->branch = *branch;
    builder->bank = NULL;
    if (mt940_dbs_find_branch(&builder->policy, document->banks, document->bank_count, branch,
                              &document->invoice->currency, &document->company->local_currency, &index) == 0)
        builder->bank = &document->banks[index];
    return builder->bank;
}

static int64_t find_rate(const struct mt940_dbs_document *document, const struct mt940_view *currency)
{
    if (mt940_view_equal(currency, &document->invoice->currency) && document->invoice->rate > 0)
        return document->invoice->rate;
    for (size_t i = 0; i < document->rate_count; i++)
        if (mt940_view_equal(&document->rates[i].currency, currency))
            return document->rates[i].rate;
    return 0;
}

/* What the row adds to its record's total, in the record's currency; a missing rate is a notice. */
static int set_dbs_amount(struct builder *builder, const struct mt940_customer_bank *bank, struct mt940_payment *row)
{
    const struct mt940_dbs_document *document = builder->document;
    const struct mt940_view *local = &document->company->local_currency;
    const struct mt940_view *from = &document->invoice->currency, *to = either(&bank->currency, local);
    int32_t factor = mt940_dbs_policy_factor(&builder->policy, document->invoice->kind);
    int64_t open = row->amount - row->opening_paid, converted;
    struct mt940_dbs_conversion conversion = {
        .size = sizeof(conversion), .units = open < 0 ? -open : open, .from = *from, .to = *to, .local = *local,
        .from_rate = find_rate(document, from), .to_rate = find_rate(document, to)};
    struct mt940_dbs_notice *notice;
    int status;

    if (factor == 0)
        return 0;
    status = mt940_dbs_convert(&conversion, &converted);
    if (status != MT940_E_NOT_FOUND && status != MT940_E_FORMAT) {
        row->dbs_amount = status == 0 ? factor * converted : 0;
        return status;
    }
    status = notify(builder, MT940_M_NEEDS_RATE, row, &bank->branch, &notice);
    if (status == 0) {
        bool has_own = conversion.from_rate > 0 || mt940_view_equal(from, local);

        notice->currency = has_own ? *to : *from;
        notice->date = document->invoice->date;
    }
    return status;
}

/* A branch the user entered that is not the bank account's: asks, and the entered one counts (R88, Q5). */
static int check_branch(struct builder *builder, const struct mt940_payment *row, const struct mt940_view *entered,
                        const struct mt940_view *expected)
{
    struct mt940_dbs_notice *notice;
    int status;

    if (entered->length == 0 || expected->length == 0 ||
        mt940_bank_branch_equal(entered->data, entered->length, expected->data, expected->length) == 1)
        return 0;
    status = notify(builder, MT940_M_BRANCH_MISMATCH, row, entered, &notice);
    if (status == 0)
        notice->expected = *expected;
    return status;
}

static int set_bank_data(struct builder *builder, const struct mt940_dbs_plan_line *line, struct mt940_payment *row)
{
    const struct mt940_dbs_document *document = builder->document;
    const struct mt940_bank_account *account = find_account(builder, &row->bank_account);
    const struct mt940_view none = {NULL, 0}, *expected = account ? &account->branch : &none;
    const struct mt940_view *entered = either(&line->branch, &document->branch);
    const struct mt940_view *branch = either(entered, expected);
    const struct mt940_customer_bank *bank = find_bank(builder, branch);
    bool needed = !builder->policy.bank_data_optional ||
                  mt940_dbs_policy_factor(&builder->policy, document->invoice->kind) != 0;
    struct mt940_dbs_notice *notice;
    int status = 0;

    row->branch = bank ? bank->branch : *entered;
    row->slot = bank ? bank->slot : 0;
    if (!account && needed)
        status = notify(builder, MT940_M_MISSING_BANK_ACCOUNT, row, NULL, &notice);
    if (status == 0 && !bank && needed && (account || entered->length > 0))
        status = notify(builder, MT940_M_MISSING_CUSTOMER_BANK, row, branch, &notice);
    if (status == 0)
        status = check_branch(builder, row, entered, expected);
    return status == 0 && bank ? set_dbs_amount(builder, bank, row) : status;
}

/* Credits of the customer's account are negative: what is returned to us, and what we buy. */
static int64_t side_of(int64_t invoice_kind)
{
    return invoice_kind == MT940_INVOICE_KIND_SALE_RETURN || invoice_kind == MT940_INVOICE_KIND_PURCHASE ? -1 : 1;
}

static int make_row(struct builder *builder, size_t index, int64_t amount, struct mt940_payment *row)
{
    const struct mt940_dbs_document *document = builder->document;
    const struct mt940_invoice *invoice = document->invoice;
    const struct mt940_dbs_plan_line *line = document->plan_count > 0 ? &document->plan[index] : &blank_line;
    int64_t side = side_of(invoice->kind);

    if (line->paid < 0 || line->paid > amount)
        return MT940_E_ARGUMENT;
    memset(row, 0, sizeof(*row));
    row->company = invoice->company;
    row->invoice = invoice->number;
    row->line = (int64_t)index + 1;
    row->customer = document->customer->code;
    row->due_date = line->due_date.year ? line->due_date : mt940_dbs_due_date(document, index);
    row->amount = side * amount;
    row->opening_paid = row->paid = side * line->paid;
    row->currency = invoice->currency;
    row->type = mt940_payment_type_of_row(line->type, invoice->payment_type, document->customer->payment_type);
    row->bank_account = *either(&line->bank_account, &document->bank_account);
    if (row->type != MT940_PAYMENT_TYPE_DBS)
        return 0;
    row->bank_account = *either(&row->bank_account, &document->customer->default_bank_account);
    return set_bank_data(builder, line, row);
}

static int check_document(const struct mt940_dbs_document *document)
{
    const size_t known = sizeof(*document);

    if (!document || mt940_check_size(document, document->size, known, known) != 0 || !document->company ||
        !document->customer || !document->invoice || document->invoice->amount < 0 || document->instalments < 0 ||
        (document->plan_count > 0 && (!document->plan || document->instalments > 0)) ||
        (document->account_count > 0 && !document->accounts) || (document->rate_count > 0 && !document->rates))
        return MT940_E_ARGUMENT;
    return mt940_dbs_banks_check(document->banks, document->bank_count);
}

/* The rows must add up to the invoice. */
static int check_sum(struct builder *builder, int64_t sum)
{
    struct mt940_dbs_notice *notice;
    int status;

    if (sum == builder->document->invoice->amount)
        return 0;
    status = notify(builder, MT940_M_PLAN_SUM, NULL, NULL, &notice);
    if (status == 0) {
        notice->sum = sum;
        notice->amount = builder->document->invoice->amount;
    }
    return status;
}

MT940_EXPORT int mt940_dbs_rows(const struct mt940_dbs_policy *policy, const struct mt940_dbs_document *document,
                                struct mt940_payment *rows, size_t row_capacity, size_t *row_count,
                                struct mt940_dbs_notice *notices, size_t notice_capacity, size_t *notice_count)
{
    struct builder builder = {.document = document, .notices = notices, .notice_capacity = notice_capacity};
    struct mt940_dbs_split split;
    int64_t sum = 0;
    size_t count;
    int status = mt940_dbs_policy_resolve(policy, &builder.policy);

    if (status == 0)
        status = check_document(document);
    if (status == 0)
        status = mt940_dbs_split_init(&split, document);
    if (status != 0 || !rows || !row_count || !notices || !notice_count)
        return status != 0 ? status : MT940_E_ARGUMENT;
    count = mt940_dbs_split_count(document);
    if (count > row_capacity)
        return MT940_E_LIMIT;
    for (size_t i = 0; i < count && status == 0; i++) {
        int64_t amount = mt940_dbs_split_next(&split);

        if (!mt940_money_add(sum, amount, &sum))
            return MT940_E_RANGE;
        status = make_row(&builder, i, amount, &rows[i]);
    }
    if (status == 0)
        status = check_sum(&builder, sum);
    if (status != 0)
        return status;
    *row_count = count;
    *notice_count = builder.notice_count;
    return 0;
}
