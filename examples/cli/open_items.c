/* SPDX-License-Identifier: Apache-2.0
 *
 * open_items.c: a sorted list of what is open, so that a movement is compared with the few rows
 * it names instead of all of them. Must not know how a match is decided.
 */
#include "open_items.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

static char upper(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 32) : letter;
}

static int compare_numbers(const struct mt940_view *a, const struct mt940_view *b)
{
    for (size_t i = 0; i < a->length && i < b->length; i++) {
        int order = (unsigned char)upper(a->data[i]) - (unsigned char)upper(b->data[i]);

        if (order != 0)
            return order;
    }
    return (a->length > b->length) - (a->length < b->length);
}

static int compare_invoices(const void *a, const void *b)
{
    const struct mt940_payment *first = a, *second = b;

    return compare_numbers(&first->invoice, &second->invoice);
}

static int compare(const void *a, const void *b)
{
    const struct mt940_payment *first = a, *second = b;
    int order = compare_invoices(a, b);

    return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

/* In the order of the store's index, whatever the company. */
static int compare_customers(const void *a, const void *b)
{
    struct mt940_payment left = *(const struct mt940_payment *)a, right = *(const struct mt940_payment *)b;

    left.company.length = right.company.length = 0;
    return mt940_record_compare(MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, &left, &right);
}

static int has_rows(const struct open_items *items, const struct mt940_payment *whole)
{
    return items->count > 0 && bsearch(whole, items->all, items->count, sizeof *whole, compare_invoices) != NULL;
}

/* An invoice without payment rows is one row, as when it is imported. */
static void add_whole_invoices(struct open_items *items, const struct books_table *invoices)
{
    size_t added = items->count;

    for (size_t i = 0; i < invoices->count; i++) {
        const struct mt940_invoice *invoice = invoices->records[i];
        int is_return = invoice->kind == MT940_INVOICE_KIND_SALE_RETURN ||
                        invoice->kind == MT940_INVOICE_KIND_PURCHASE_RETURN;
        struct mt940_payment whole = {.company = invoice->company, .invoice = invoice->number, .line = 1,
                                      .customer = invoice->customer, .due_date = invoice->due_date,
                                      .currency = invoice->currency, .type = invoice->payment_type,
                                      .amount = is_return ? -invoice->amount : invoice->amount,
                                      .state = MT940_DOCUMENT_STATE_ACTIVE};

        if (invoice->amount != 0 && !has_rows(items, &whole))
            items->all[added++] = whole;
    }
    items->count = added;
}

static void leave_out_settled(struct open_items *items)
{
    size_t kept = 0;

    for (size_t i = 0; i < items->count; i++)
        if (items->all[i].amount != items->all[i].paid && items->all[i].amount != -items->all[i].paid)
            items->all[kept++] = items->all[i];
    items->count = kept;
}

void open_items_read(struct open_items *items, const struct books_table *payments, const struct books_table *invoices)
{
    memset(items, 0, sizeof *items);
    items->all = memory_zeroed(payments->count + invoices->count, sizeof *items->all);
    for (size_t i = 0; i < payments->count; i++)
        items->all[items->count++] = *(const struct mt940_payment *)payments->records[i];
    if (items->count > 1)
        qsort(items->all, items->count, sizeof *items->all, compare);
    add_whole_invoices(items, invoices);
    leave_out_settled(items);
    if (items->count > 1)
        qsort(items->all, items->count, sizeof *items->all, compare);
    items->by_customer = memory_zeroed(items->count, sizeof *items->by_customer);
    if (items->count > 0)
        memcpy(items->by_customer, items->all, items->count * sizeof *items->all);
    if (items->count > 1)
        qsort(items->by_customer, items->count, sizeof *items->all, compare_customers);
}

static void add_named(struct open_items *items, const struct mt940_view *number)
{
    size_t low = 0, high = items->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_numbers(&items->all[middle].invoice, number) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; i < items->named_count; i++)
        if (compare_numbers(&items->named[i].invoice, number) == 0)
            return; /* named twice */
    for (; low < items->count && compare_numbers(&items->all[low].invoice, number) == 0; low++) {
        if (items->named_count == items->capacity) {
            items->capacity = items->capacity == 0 ? 16 : items->capacity * 2;
            items->named = memory_resize(items->named, items->capacity * sizeof *items->named);
        }
        items->named[items->named_count++] = items->all[low];
    }
}

static int is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

void open_items_find(struct open_items *items, const struct mt940_facts *facts)
{
    const struct mt940_view *text = &facts->text[MT940_FACT_NARRATIVE];

    items->named_count = 0;
    if (items->count == 0)
        return;
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        add_named(items, &facts->invoices[i].where.text);
    /* Numbers without a word beside them may be invoices too; the match weighs them. */
    for (size_t at = 0, end; at < text->length; at = end + 1) {
        struct mt940_view number = {text->data + at, 0};

        for (end = at; end < text->length && is_digit(text->data[end]); end++)
            number.length++;
        if (number.length > 0 && items->named_count < 64)
            add_named(items, &number);
    }
}

static void add_open(struct open_items *items, const struct mt940_payment *payment)
{
    if (items->open_count == items->open_capacity) {
        items->open_capacity = items->open_capacity == 0 ? 16 : items->open_capacity * 2;
        items->open = memory_resize(items->open, items->open_capacity * sizeof *items->open);
    }
    items->open[items->open_count++] = *payment;
}

void open_items_of(struct open_items *items, const struct mt940_match *match)
{
    items->open_count = 0;
    for (uint32_t i = 0; i < match->candidate_count; i++) {
        struct mt940_payment first;
        size_t low = 0, high = items->count;

        memset(&first, 0, sizeof first);
        first.customer = match->candidates[i].customer;
        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (compare_customers(&items->by_customer[middle], &first) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < items->count && mt940_view_equal(&items->by_customer[low].customer, &first.customer) == 1; low++)
            add_open(items, &items->by_customer[low]);
    }
}

void open_items_free(struct open_items *items)
{
    free(items->by_customer);
    free(items->open);
    free(items->all);
    free(items->named);
    memset(items, 0, sizeof *items);
}
