/* SPDX-License-Identifier: Apache-2.0
 *
 * port.c: the tables of a folder as a books port. Records stand sorted by key, so every look-up
 * is a binary search. Must not know CSV.
 */
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "read.h"

struct mt940_csv_books {
    struct books books;
};

MT940_EXPORT int mt940_csv_books_open(const char *path, const struct mt940_csv_options *options,
                                      const struct mt940_csv_sink *sink, struct mt940_csv_books **out,
                                      struct mt940_error *error)
{
    struct mt940_csv_books *books;
    int status;

    if (out == NULL)
        return books_refuse(error, MT940_E_ARGUMENT, 0, "no place for the books", NULL);
    books = malloc(sizeof *books);
    if (books == NULL)
        return books_refuse(error, MT940_E_MEMORY, 0, "", NULL);
    status = books_begin(&books->books, options, sink);
    if (status != MT940_OK) {
        free(books);
        return books_refuse(error, status, 0, "options or sink", NULL);
    }
    books->books.sink.record = NULL;
    status = books_read_folder(&books->books, path, error);
    if (status != 0) {
        mt940_csv_books_close(books);
        return status;
    }
    /* The caller's sink and views may be gone by the time the port is asked. */
    memset(&books->books.sink, 0, sizeof books->books.sink);
    *out = books;
    return MT940_OK;
}

MT940_EXPORT void mt940_csv_books_close(struct mt940_csv_books *books)
{
    if (books == NULL)
        return;
    books_end(&books->books);
    free(books);
}

MT940_EXPORT void mt940_csv_books_company(const struct mt940_csv_books *books, struct mt940_view *out)
{
    *out = books->books.company;
}

/* Index of the first record not below `key` in its first `fields` key fields. */
static size_t lower_bound(const struct table *table, const struct mt940_view *first, const struct mt940_view *second)
{
    size_t low = 0, high = table->sorted_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const unsigned char *record = table->sorted[middle].record;
        const struct mt940_view *views[2] = {first, second};
        int order = 0;

        for (int32_t i = 0; i < 2 && order == 0 && views[i] != NULL; i++) {
            struct mt940_view view;
            size_t shorter;

            memcpy(&view, record + table->info->fields[i].offset, sizeof view);
            shorter = view.length < views[i]->length ? view.length : views[i]->length;
            order = shorter == 0 ? 0 : memcmp(view.data, views[i]->data, shorter);
            if (order == 0)
                order = (view.length > views[i]->length) - (view.length < views[i]->length);
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int has_key(const struct table *table, size_t index, int32_t field, const struct mt940_view *wanted)
{
    struct mt940_view view;

    memcpy(&view, (const unsigned char *)table->sorted[index].record + table->info->fields[field].offset,
           sizeof view);
    return mt940_view_equal(&view, wanted);
}

/* Hands over the records whose first key field is `company` and, if given, whose second is `code`. */
static int send(const struct table *table, const struct mt940_view *company, const struct mt940_view *code,
                mt940_record_sink sink, void *sink_user)
{
    int status = 0;

    if (table->info == NULL)
        return 0;
    for (size_t i = lower_bound(table, company, code); status == 0 && i < table->sorted_count; i++) {
        if (!has_key(table, i, 0, company) || (code != NULL && !has_key(table, i, 1, code)))
            break;
        status = sink(sink_user, table->sorted[i].record);
    }
    return status;
}

static int send_each(const struct table *table, const struct mt940_view *company, const struct mt940_view *codes,
                     size_t count, mt940_record_sink sink, void *sink_user)
{
    int status = 0;

    if (count == 0)
        return send(table, company, NULL, sink, sink_user);
    for (size_t i = 0; status == 0 && i < count; i++)
        status = send(table, company, &codes[i], sink, sink_user);
    return status;
}

static const struct table *table_at(void *user, int32_t kind)
{
    return &((const struct mt940_csv_books *)user)->books.tables[kind];
}

static int company(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    return send(table_at(user, MT940_KIND_COMPANY), code, NULL, sink, sink_user);
}

static int bank_accounts(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    return send(table_at(user, MT940_KIND_BANK_ACCOUNT), code, NULL, sink, sink_user);
}

static int customers(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                     mt940_record_sink sink, void *sink_user)
{
    return send_each(table_at(user, MT940_KIND_CUSTOMER), code, codes, count, sink, sink_user);
}

static int customer_banks(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                          mt940_record_sink sink, void *sink_user)
{
    return send_each(table_at(user, MT940_KIND_CUSTOMER_BANK), code, codes, count, sink, sink_user);
}

static int transaction_codes(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    return send(table_at(user, MT940_KIND_TRANSACTION_CODE), code, NULL, sink, sink_user);
}

static int bank_codes(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    return send(table_at(user, MT940_KIND_BANK_CODE), code, NULL, sink, sink_user);
}

/* The last rate of each kind on or before the date; rates stand in order of their date. */
static int rates(void *user, const struct mt940_view *code, const struct mt940_view *currency,
                 const struct mt940_date *date, mt940_record_sink sink, void *sink_user)
{
    const struct table *table = table_at(user, MT940_KIND_RATE);
    const struct mt940_rate *latest[16];
    size_t count = 0;
    int status = 0;

    if (table->info == NULL)
        return 0;
    for (size_t i = lower_bound(table, code, NULL); i < table->sorted_count && has_key(table, i, 0, code); i++) {
        const struct mt940_rate *rate = table->sorted[i].record;
        size_t k = 0;

        if (mt940_date_compare(&rate->date, date) > 0)
            break;
        if (!mt940_view_equal(&rate->currency, currency))
            continue;
        while (k < count && !mt940_view_equal(&latest[k]->kind, &rate->kind))
            k++;
        if (k == sizeof latest / sizeof *latest)
            continue; /* more kinds of rate than any ERP has */
        latest[k] = rate;
        count += k == count;
    }
    for (size_t k = 0; status == 0 && k < count; k++)
        status = sink(sink_user, latest[k]);
    return status;
}

static int is_open(const struct mt940_payment *payment)
{
    /* Below zero, where every number has its opposite. */
    int64_t amount = payment->amount > 0 ? -payment->amount : payment->amount;
    int64_t paid = payment->paid > 0 ? -payment->paid : payment->paid;

    return payment->state == MT940_DOCUMENT_STATE_ACTIVE && amount < paid;
}

static int is_wanted(const struct mt940_view *customer, const struct mt940_view *codes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (mt940_view_equal(customer, &codes[i]))
            return 1;
    return count == 0;
}

static int payments(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                    mt940_record_sink sink, void *sink_user)
{
    const struct table *table = table_at(user, MT940_KIND_PAYMENT);
    int status = 0;

    if (table->info == NULL)
        return 0;
    for (size_t i = lower_bound(table, code, NULL); status == 0 && i < table->sorted_count; i++) {
        const struct mt940_payment *payment = table->sorted[i].record;

        if (!has_key(table, i, 0, code))
            break;
        if (is_open(payment) && is_wanted(&payment->customer, codes, count))
            status = sink(sink_user, payment);
    }
    return status;
}

static int invoice_payments(void *user, const struct mt940_view *code, const struct mt940_view *invoices, size_t count,
                            mt940_record_sink sink, void *sink_user)
{
    return count == 0 ? 0 : send_each(table_at(user, MT940_KIND_PAYMENT), code, invoices, count, sink, sink_user);
}

MT940_EXPORT int mt940_csv_books_port(const struct mt940_csv_books *books, struct mt940_books *out)
{
    static const struct mt940_books functions = {
        .size = sizeof functions, .company = company, .bank_accounts = bank_accounts, .customers = customers,
        .customer_banks = customer_banks, .transaction_codes = transaction_codes, .bank_codes = bank_codes,
        .rates = rates, .payments = payments, .invoice_payments = invoice_payments,
    };

    if (books == NULL || out == NULL)
        return MT940_E_ARGUMENT;
    *out = functions;
    out->user = (void *)(uintptr_t)books; /* read only; the port's type has no const */
    return MT940_OK;
}
