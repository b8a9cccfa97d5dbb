/* SPDX-License-Identifier: Apache-2.0
 *
 * books.c: the books port answered by a store: for hosts that keep their books in it, and behind
 * every look-up a host leaves out. Records pass straight from the store's sink to the caller's.
 */
#include "flow/books.h"

#include "base/export.h"
#include "base/view.h"

/* Passes on what a condition lets through, and counts it. */
struct filter {
    mt940_record_sink sink;
    void *sink_user;
    const struct mt940_date *from, *to; /* slips */
    size_t passed;
};

static int scan_all(const struct mt940_store *store, int32_t kind, int32_t prefix, const void *from,
                    mt940_record_sink sink, void *sink_user)
{
    return store->scan(store->user, kind, 0, prefix, from, 0, 0, sink, sink_user);
}

static int company(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    const struct mt940_store *store = user;
    struct mt940_company key;
    memset(&key, 0, sizeof key);
    key.code = *code;
    int status = store->get(store->user, MT940_KIND_COMPANY, &key, sink, sink_user);
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

static int bank_accounts(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    struct mt940_bank_account key;
    memset(&key, 0, sizeof key);
    key.company = *code;
    return scan_all(user, MT940_KIND_BANK_ACCOUNT, 1, &key, sink, sink_user);
}

/* Records that stand under a code in an order of their kind. */
union key {
    struct mt940_customer customer;
    struct mt940_customer_bank bank;
    struct mt940_payment payment;
};

static void fill_key(const struct mt940_books_look *look, const struct mt940_view *company,
                     const struct mt940_view *code, union key *out)
{
    memset(out, 0, sizeof *out);
    if (look->kind == MT940_KIND_CUSTOMER) {
        out->customer.company = *company;
        out->customer.code = *code;
    } else if (look->kind == MT940_KIND_CUSTOMER_BANK) {
        out->bank.company = *company;
        out->bank.customer = *code;
    } else {
        out->payment.company = *company;
        out->payment.customer = out->payment.invoice = *code;
    }
}

/* Looks that are handed over together, once there are enough of them. */
enum { at_once = 96 };
struct together {
    const struct mt940_store *store;
    union key keys[at_once];
    struct mt940_lookup lookups[at_once];
    size_t count;
};

static int hand_over(struct together *together)
{
    const struct mt940_store *store = together->store;
    size_t count = together->count;
    int status = 0;
    together->count = 0;
    if (store->fetch && count > 1)
        return store->fetch(store->user, together->lookups, count);
    for (size_t i = 0; i < count && status == 0; i++) {
        const struct mt940_lookup *look = &together->lookups[i];
        status = store->scan(store->user, look->kind, look->index, 2, look->from, 0, 0, look->sink, look->sink_user);
    }
    return status;
}

int mt940_books_look_up(const struct mt940_store *store, const struct mt940_view *company,
                        const struct mt940_books_look *looks, size_t count)
{
    struct together together;
    int status = 0;
    together.store = store;
    together.count = 0;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < looks[i].count && status == 0; j++) {
            union key *key = &together.keys[together.count];
            fill_key(&looks[i], company, &looks[i].codes[j], key);
            together.lookups[together.count++] =
                (struct mt940_lookup){looks[i].kind, looks[i].index, 2, 0, key, looks[i].sink, looks[i].sink_user};
            if (together.count == at_once)
                status = hand_over(&together);
        }
    }
    return status ? status : hand_over(&together);
}

int mt940_books_is_open(const struct mt940_payment *row)
{
    return row->state == MT940_DOCUMENT_STATE_ACTIVE && row->paid != row->amount;
}

static int customers(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                     mt940_record_sink sink, void *sink_user)
{
    struct mt940_customer key;
    memset(&key, 0, sizeof key);
    key.company = *code;
    if (count == 0)
        return scan_all(user, MT940_KIND_CUSTOMER, 1, &key, sink, sink_user);
    struct mt940_books_look look = {MT940_KIND_CUSTOMER, 0, codes, count, sink, sink_user};
    return mt940_books_look_up(user, code, &look, 1);
}

static int customer_banks(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                          mt940_record_sink sink, void *sink_user)
{
    struct mt940_customer_bank key;
    memset(&key, 0, sizeof key);
    key.company = *code;
    if (count == 0)
        return scan_all(user, MT940_KIND_CUSTOMER_BANK, 1, &key, sink, sink_user);
    struct mt940_books_look look = {MT940_KIND_CUSTOMER_BANK, 0, codes, count, sink, sink_user};
    return mt940_books_look_up(user, code, &look, 1);
}

static int transaction_codes(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    struct mt940_transaction_code key;
    memset(&key, 0, sizeof key);
    key.company = *code;
    return scan_all(user, MT940_KIND_TRANSACTION_CODE, 1, &key, sink, sink_user);
}

static int bank_codes(void *user, const struct mt940_view *code, mt940_record_sink sink, void *sink_user)
{
    struct mt940_bank_code key;
    memset(&key, 0, sizeof key);
    key.company = *code;
    return scan_all(user, MT940_KIND_BANK_CODE, 1, &key, sink, sink_user);
}

/* The newest rate of each kind; days come newest first. */
enum { rate_kinds = 16, rate_kind_length = 32 };

struct newest {
    mt940_record_sink sink;
    void *sink_user;
    char kinds[rate_kinds][rate_kind_length + 1];
    size_t count;
};

static int pass_rate(void *user, const void *record)
{
    struct newest *newest = user;
    const struct mt940_rate *rate = record;
    for (size_t i = 0; i < newest->count; i++)
        if (mt940_view_is(rate->kind, newest->kinds[i]))
            return 0;
    if (newest->count < rate_kinds && rate->kind.length <= rate_kind_length)
        (void)mt940_view_copy(&rate->kind, newest->kinds[newest->count++], rate_kind_length + 1);
    return newest->sink(newest->sink_user, rate);
}

/*
 * Rates are keyed by day, so the day asked for is one look-up; weekends and holidays are bridged
 * by going back day by day, for at most a fortnight, and for each kind by itself: banks' buying
 * rates and the state's are not published on the same days. Kinds past the sixteenth, or of names
 * longer than 32 bytes, come with every day they have; whoever takes the first of a kind is right.
 */
static int rates(void *user, const struct mt940_view *code, const struct mt940_view *currency,
                 const struct mt940_date *date, mt940_record_sink sink, void *sink_user)
{
    enum { longest_closure = 14 };
    struct newest newest = {.sink = sink, .sink_user = sink_user};
    int32_t day = mt940_date_to_days(date);
    int status = 0;
    for (int32_t back = 0; back <= longest_closure && status == 0; back++) {
        struct mt940_rate key;
        memset(&key, 0, sizeof key);
        key.company = *code;
        key.currency = *currency;
        if (mt940_date_from_days(day - back, &key.date))
            return 0;
        status = scan_all(user, MT940_KIND_RATE, 3, &key, pass_rate, &newest);
    }
    return status;
}

static int pass_open_payment(void *user, const void *record)
{
    struct filter *filter = user;
    return mt940_books_is_open(record) ? filter->sink(filter->sink_user, record) : 0;
}

static int payments(void *user, const struct mt940_view *code, const struct mt940_view *customers_asked, size_t count,
                    mt940_record_sink sink, void *sink_user)
{
    struct filter filter = {sink, sink_user, NULL, NULL, 0};
    struct mt940_books_look look = {MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, customers_asked, count,
                                    pass_open_payment, &filter};
    return mt940_books_look_up(user, code, &look, 1);
}

static int invoice_payments(void *user, const struct mt940_view *code, const struct mt940_view *invoices, size_t count,
                            mt940_record_sink sink, void *sink_user)
{
    struct mt940_books_look look = {MT940_KIND_PAYMENT, 0, invoices, count, sink, sink_user};
    return mt940_books_look_up(user, code, &look, 1);
}

/* The index is by date: the first slip past the window ends the scan. */
enum { past_window = 0x4D543934 };

static int pass_slip(void *user, const void *record)
{
    struct filter *filter = user;
    const struct mt940_slip *slip = record;
    if (mt940_date_compare(&slip->date, filter->to) > 0)
        return past_window;
    filter->passed++;
    return slip->state == MT940_DOCUMENT_STATE_ACTIVE ? filter->sink(filter->sink_user, slip) : 0;
}

static int slips(void *user, const struct mt940_view *code, const struct mt940_view *bank_account,
                 const struct mt940_date *from, const struct mt940_date *to, mt940_record_sink sink, void *sink_user)
{
    const struct mt940_store *store = user;
    struct filter filter = {sink, sink_user, from, to, 0};
    struct mt940_slip key;
    memset(&key, 0, sizeof key);
    int status = 0;
    key.company = *code;
    key.bank_account = *bank_account;
    key.date = *from;
    /* Those made from movements, then those that a person keyed. */
    for (key.of_movement = 1; key.of_movement >= 0 && (status == 0 || status == past_window); key.of_movement--)
        status = store->scan(store->user, MT940_KIND_SLIP, MT940_SLIP_BY_ORIGIN, 3, &key, 1, 0, pass_slip, &filter);
    return status == past_window ? 0 : status;
}

MT940_EXPORT int mt940_books_from_store(const struct mt940_store *store, struct mt940_books *out)
{
    struct mt940_books books = {sizeof books,      NULL,       company, bank_accounts, customers, customer_banks,
                                transaction_codes, bank_codes, rates,   payments,      slips,     invoice_payments};
    if (!store || !out)
        return MT940_E_ARGUMENT;
    /* The port's user is the store itself; it is only read. */
    books.user = (void *)(uintptr_t)store;
    *out = books;
    return 0;
}
