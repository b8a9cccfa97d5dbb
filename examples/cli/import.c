/* SPDX-License-Identifier: Apache-2.0
 *
 * import.c: books into the store through the flow, which knows what must stay. Must not know
 * CSV.
 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

#include <mt940connect/dbs_total.h>
#include <mt940connect/invoice.h>

#include "buffer.h"
#include "value.h"

/* In an order in which no record names a later one. */
static const int32_t order[] = {MT940_KIND_COMPANY,          MT940_KIND_BANK_CODE,     MT940_KIND_BANK_ACCOUNT,
                                MT940_KIND_CUSTOMER,         MT940_KIND_CUSTOMER_BANK, MT940_KIND_TRANSACTION_CODE,
                                MT940_KIND_RATE};

static int put_table(struct workspace *workspace, const struct books *books, int32_t kind,
                     struct import_counts *counts)
{
    const struct books_table *table = &books->tables[kind];
    struct mt940_error error = {.size = sizeof error};
    int status;

    if (table->count == 0)
        return 1;
    status = mt940_flow_put(workspace->flow, kind, (const void *const *)table->records, table->count,
                            &counts->written[kind], &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    return status == MT940_OK;
}

static int compare_payments(const void *a, const void *b)
{
    return mt940_record_compare(MT940_KIND_PAYMENT, 0, *(void *const *)a, *(void *const *)b);
}

/* Index of the first row not before the invoice's line 0, in rows sorted by invoice and line. */
static size_t first_row(const struct books_table *payments, const struct mt940_invoice *invoice)
{
    struct mt940_payment key;
    size_t low = 0, high = payments->count;

    memset(&key, 0, sizeof key);
    key.company = invoice->company;
    key.invoice = invoice->number;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (mt940_record_compare(MT940_KIND_PAYMENT, 0, payments->records[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The rows of an invoice as a plan; `payments` is sorted. */
static size_t plan_of(const struct books_table *payments, const struct mt940_invoice *invoice,
                      struct mt940_dbs_plan_line **plan)
{
    size_t count = 0;

    *plan = NULL;
    for (size_t i = first_row(payments, invoice); i < payments->count; i++) {
        const struct mt940_payment *row = payments->records[i];
        struct mt940_dbs_plan_line *line;

        if (!mt940_view_equal(&row->invoice, &invoice->number))
            break;
        *plan = memory_resize(*plan, (count + 1) * sizeof **plan);
        line = &(*plan)[count++];
        memset(line, 0, sizeof *line);
        line->type = (int32_t)row->type;
        line->bank_account = row->bank_account;
        line->branch = row->branch;
        line->due_date = row->due_date;
        line->amount = row->amount < 0 ? -row->amount : row->amount;
        line->paid = row->paid < 0 ? -row->paid : row->paid;
    }
    return count;
}

/* Invoices on their way into the store. */
struct opening {
    struct workspace *workspace;
    struct import_counts *counts;
};

static int take_result(void *user, const struct mt940_invoice_result *result)
{
    struct opening *opening = user;
    struct output *out = &opening->workspace->session->out;
    char *name = value_string(&result->invoice->number);
    struct place place = {name, 0, 0};

    for (size_t i = 0; i < result->notice_count; i++) {
        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];

        /* An invoice that is there already is no news at the second import. */
        if (result->notices[i].message == MT940_M_INVOICE_EXISTS)
            continue;
        mt940_dbs_notice_args(&result->notices[i], args);
        output_message(out, &place, result->notices[i].message, args, MT940_DBS_NOTICE_ARGS);
    }
    if (result->saved) {
        opening->counts->written[MT940_KIND_INVOICE]++;
        opening->counts->written[MT940_KIND_PAYMENT] += result->row_count;
    }
    free(name);
    return 0;
}

static int open_invoices(struct workspace *workspace, const struct books *books, struct import_counts *counts)
{
    const struct books_table *invoices = &books->tables[MT940_KIND_INVOICE];
    const struct books_table *payments = &books->tables[MT940_KIND_PAYMENT];
    struct mt940_invoice_request *requests = memory_zeroed(invoices->count, sizeof *requests);
    struct mt940_dbs_plan_line **plans = memory_zeroed(invoices->count, sizeof *plans);
    struct opening opening = {workspace, counts};
    struct mt940_error error = {.size = sizeof error};
    int status;

    if (payments->count > 1)
        qsort(payments->records, payments->count, sizeof *payments->records, compare_payments);
    for (size_t i = 0; i < invoices->count; i++) {
        requests[i].size = sizeof requests[i];
        requests[i].verb = MT940_INVOICE_OPENING;
        requests[i].invoice = invoices->records[i];
        requests[i].plan_count = plan_of(payments, requests[i].invoice, &plans[i]);
        requests[i].plan = plans[i];
    }
    status = mt940_flow_openings(workspace->flow, requests, invoices->count, take_result, &opening, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    for (size_t i = 0; i < invoices->count; i++)
        free(plans[i]);
    free(plans);
    free(requests);
    return status == MT940_OK;
}

/* Totals that the file states; what its invoices do not explain is journalled as opening. */
static int open_totals(struct workspace *workspace, const struct books *books)
{
    const struct books_table *banks = &books->tables[MT940_KIND_CUSTOMER_BANK];
    struct mt940_error error = {.size = sizeof error};

    for (size_t i = 0; i < banks->count; i++) {
        const struct mt940_customer_bank *record = banks->records[i];
        int32_t message = 0;
        int status;

        if (!record->dbs || record->dbs_total == 0)
            continue;
        status = mt940_flow_dbs_opening(workspace->flow, &record->customer, record->slot, record->dbs_total, &message,
                                        &error);
        if (status != MT940_OK) {
            workspace_failed(workspace, status, &error);
            return 0;
        }
    }
    return 1;
}

int import_books(struct workspace *workspace, struct books *books, int opening, struct import_counts *counts)
{
    memset(counts, 0, sizeof *counts);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (!put_table(workspace, books, order[i], counts))
            return 0;
    }
    mt940_flow_refresh(workspace->flow);
    return !opening || (open_invoices(workspace, books, counts) && open_totals(workspace, books));
}
