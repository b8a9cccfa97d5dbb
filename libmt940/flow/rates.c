/* SPDX-License-Identifier: Apache-2.0
 *
 * rates.c: asks the books for the few rates a DBS document needs. Must not convert anything.
 */
#include "flow/rates.h"

/* Passes on rates of the kind the host uses; the first kind by name where it names none. */
static int take_rate(void *user, const void *record)
{
    struct mt940_found *found = user;
    const struct mt940_view *kind = &found->flow->slip.rate_kind;
    const struct mt940_rate *rate = record;

    if (kind->length > 0 && !mt940_view_equal(kind, &rate->kind))
        return 0;
    return mt940_found_add(found, record);
}

static bool is_known(const struct mt940_found *found, const struct mt940_view *currency)
{
    for (size_t i = 0; i < found->count; i++)
        if (mt940_view_equal(&((const struct mt940_rate *)mt940_found_at(found, i))->currency, currency))
            return true;
    return false;
}

static int read_rate(struct mt940_found *found, const struct mt940_company *company, const struct mt940_view *currency,
                     const struct mt940_date *date)
{
    struct mt940_flow *flow = found->flow;
    const struct mt940_books *books = flow->books.rates ? &flow->books : &flow->own_books;

    if (currency->length == 0 || mt940_view_equal(currency, &company->local_currency) || is_known(found, currency))
        return 0;
    return mt940_found_end(found, books->rates(books->user, &flow->company, currency, date, take_rate, found));
}

int mt940_rates_read(struct mt940_flow *flow, const struct mt940_company *company, const struct mt940_view *currency,
                     int64_t rate, const struct mt940_date *date, const struct mt940_found *banks,
                     struct mt940_found *out)
{
    int status = 0;

    mt940_found_init(out, flow, MT940_KIND_RATE);
    if (!mt940_date_is_valid(date))
        return 0;
    if (rate <= 0)
        status = read_rate(out, company, currency, date);
    for (size_t i = 0; i < banks->count && status == 0; i++) {
        const struct mt940_customer_bank *bank = mt940_found_at(banks, i);

        if (bank->dbs && !mt940_view_equal(&bank->currency, currency))
            status = read_rate(out, company, &bank->currency, date);
    }
    return status;
}
