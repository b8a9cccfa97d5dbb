/* SPDX-License-Identifier: Apache-2.0
 *
 * books.c: the books port answered by a store: for hosts that keep their books in it, and behind
 * every look-up a host leaves out. Records pass straight from the store's sink to the caller's.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/ports.h"

/* Passes on what a condition lets through. */
struct filter {
    mt940_record_sink sink;
    void *sink_user;
    const struct mt940_date *from, *to; /* slips */
    const struct mt940_view *currency;  /* rates */
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

static int customers(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                     mt940_record_sink sink, void *sink_user)
{
    const struct mt940_store *store = user;
    struct mt940_customer key;
    int status = 0;
    memset(&key, 0, sizeof key);
    key.company = *code;
    if (count == 0)
        return scan_all(store, MT940_KIND_CUSTOMER, 1, &key, sink, sink_user);
    for (size_t i = 0; i < count && status == 0; i++) {
        key.code = codes[i];
        status = store->get(store->user, MT940_KIND_CUSTOMER, &key, sink, sink_user);
        status = status == MT940_E_NOT_FOUND ? 0 : status;
    }
    return status;
}

static int customer_banks(void *user, const struct mt940_view *code, const struct mt940_view *codes, size_t count,
                          mt940_record_sink sink, void *sink_user)
{
    struct mt940_customer_bank key;
    int status = 0;
    memset(&key, 0, sizeof key);
    key.company = *code;
    if (count == 0)
        return scan_all(user, MT940_KIND_CUSTOMER_BANK, 1, &key, sink, sink_user);
    for (size_t i = 0; i < count && status == 0; i++) {
        key.customer = codes[i];
        status = scan_all(user, MT940_KIND_CUSTOMER_BANK, 2, &key, sink, sink_user);
    }
    return status;
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

static int pass_rate(void *user, const void *record)
{
    const struct filter *filter = user;
    const struct mt940_rate *rate = record;
    return mt940_view_equal(&rate->currency, filter->currency) ? filter->sink(filter->sink_user, rate) : 0;
}

/*
 * Rates are keyed by day, so the day asked for is one look-up; a weekend is bridged by going
 * back day by day for at most a fortnight, the longest a market stays closed.
 */
static int rates(void *user, const struct mt940_view *code, const struct mt940_view *currency,
                 const struct mt940_date *date, mt940_record_sink sink, void *sink_user)
{
    enum { longest_closure = 14 };
    struct filter filter = {sink, sink_user, NULL, NULL, currency};
    const struct mt940_store *store = user;
    int32_t day = mt940_date_to_days(date);
    for (int32_t back = 0; back <= longest_closure; back++) {
        struct mt940_rate key;
        memset(&key, 0, sizeof key);
        key.company = *code;
        if (mt940_date_from_days(day - back, &key.date))
            return 0;
        key.currency = *currency;
        int status = store->scan(store->user, MT940_KIND_RATE, 0, 3, &key, 0, 1, pass_rate, &filter);
        if (status)
            return status;
        /* One kind found means that the market was open: then every kind of that day counts. */
        struct filter count = filter;
        (void)count;
        status = store->scan(store->user, MT940_KIND_RATE, 0, 3, &key, 0, 0, pass_rate, &filter);
        if (status)
            return status;
    }
    return 0;
}
