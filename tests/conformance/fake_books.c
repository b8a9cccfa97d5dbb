/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_books.c: books out of a memory store with two companies in it, and the mistakes of books.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakes.h"
#include "mt940connect/adapters/memory.h"

enum { ONE_COMPANY = 1, ALL_BANKS, PAID_TOO, NEXT_RATE, DEAF, LATER_SLIPS, BACKWARDS, LATIN_1, ONE_INVOICE };

const struct fake_fault books_faults[] = {
    {ONE_COMPANY, "companies mixed", "companies-apart"},
    {ALL_BANKS, "bank records of everybody", "by-customer"},
    {PAID_TOO, "paid payments too", "payments-are-open"},
    {NEXT_RATE, "a rate of the next day", "rates-are-the-last"},
    {DEAF, "sink not heard", "sinks-stop"},
    {LATER_SLIPS, "slips of other days", "slips-are-of-the-days"},
    {BACKWARDS, "no order", "orders"},
    {LATIN_1, "texts in another character set", "records-are-whole"},
    {ONE_INVOICE, "the first invoice only", "by-invoice"},
    {0, NULL, NULL},
};

static struct mt940_store store;
static struct mt940_books honest;
static unsigned keys;

#define TEXT(text) {(text), sizeof(text) - 1}

static void add(int32_t kind, const void *record)
{
    char key[16];
    struct mt940_action action = {.key = {key, 0}};
    struct mt940_change change = {.size = sizeof(change), .op = MT940_PUT_NEW, .kind = kind, .record = record};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};

    action.key.length = (size_t)snprintf(key, sizeof(key), "%u", ++keys);
    if (store.apply(store.user, &batch, 1, &result) || result.outcome != MT940_APPLIED)
        abort(); /* a test without its data proves nothing */
}

static void fill_company(const char *company)
{
    const struct mt940_view code = {company, 2};
    static const struct mt940_view customers[] = {TEXT("120.01"), TEXT("120.02"), TEXT("320.01")};

    add(MT940_KIND_COMPANY, &(struct mt940_company){.code = code, .local_currency = TEXT("TRY")});
    add(MT940_KIND_BANK_ACCOUNT, &(struct mt940_bank_account){.company = code, .code = TEXT("102.01")});
    for (int i = 0; i < 3; i++) {
        add(MT940_KIND_CUSTOMER,
            &(struct mt940_customer){.company = code, .code = customers[i], .name = TEXT("\xC3\x96rnek"), .active = 1});
        for (int slot = 1; slot <= 2; slot++)
            add(MT940_KIND_CUSTOMER_BANK,
                &(struct mt940_customer_bank){.company = code, .customer = customers[i], .slot = slot});
        for (int line = 1; line <= 3; line++)
            add(MT940_KIND_PAYMENT,
                &(struct mt940_payment){.company = code, .invoice = customers[i], .line = line, .amount = 100,
                                        .customer = customers[i], .paid = line == 3 ? 100 : line * 10});
    }
    for (uint8_t day = 10; day < 20; day++) {
        add(MT940_KIND_RATE, &(struct mt940_rate){.company = code, .date = {2026, 7, day}, .currency = TEXT("USD"),
                                                  .kind = TEXT("buying"), .rate = 4000000000 + day});
        char id[8];
        struct mt940_slip slip = {.company = code, .id = {id, 0}, .bank_account = TEXT("102.01"), .date = {2026, 7, day}};
        slip.id.length = (size_t)snprintf(id, sizeof(id), "s%u", (unsigned)day);
        add(MT940_KIND_SLIP, &slip);
    }
}

/* --- faults --- */

struct relay {
    mt940_record_sink sink;
    void *sink_user;
    int fault;
};

static int pass(void *user, const void *record)
{
    struct relay *relay = user;
    int answer = relay->sink(relay->sink_user, record);

    return relay->fault == DEAF ? 0 : answer;
}

static int pass_latin(void *user, const void *record)
{
    struct relay *relay = user;
    struct mt940_customer customer = *(const struct mt940_customer *)record;

    customer.name = (struct mt940_view)TEXT("\xD6rnek");
    return relay->sink(relay->sink_user, &customer);
}

static int all_customers(void *user, const struct mt940_view *company, const struct mt940_view *codes, size_t count,
                         mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;
    struct relay relay = {sink, sink_user, fake->fault};

    if (fake->fault == BACKWARDS && count == 0) {
        static const struct mt940_view backwards[] = {TEXT("320.01"), TEXT("120.02"), TEXT("120.01")};
        codes = backwards;
        count = 3;
    }
    return honest.customers(honest.user, company, codes, count, fake->fault == LATIN_1 ? pass_latin : pass, &relay);
}

static int some_banks(void *user, const struct mt940_view *company, const struct mt940_view *codes, size_t count,
                      mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;
    struct relay relay = {sink, sink_user, fake->fault};

    return honest.customer_banks(honest.user, company, codes, fake->fault == ALL_BANKS ? 0 : count, pass, &relay);
}

static int some_accounts(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;
    static const struct mt940_view first = TEXT("01");
    struct relay relay = {sink, sink_user, fake->fault};

    return honest.bank_accounts(honest.user, fake->fault == ONE_COMPANY ? &first : company, pass, &relay);
}

static int some_payments(void *user, const struct mt940_view *company, const struct mt940_view *codes, size_t count,
                         mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;
    struct mt940_payment paid = {.company = *company, .invoice = TEXT("old"), .line = 1, .amount = 5, .paid = 5};
    int status = honest.payments(honest.user, company, codes, count, sink, sink_user);

    if (status || fake->fault != PAID_TOO || count == 0)
        return status;
    paid.customer = codes[0];
    return sink(sink_user, &paid);
}

static int some_invoices(void *user, const struct mt940_view *company, const struct mt940_view *numbers, size_t count,
                         mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;

    return honest.invoice_payments(honest.user, company, numbers, fake->fault == ONE_INVOICE && count ? 1 : count, sink,
                                   sink_user);
}

static int some_rates(void *user, const struct mt940_view *company, const struct mt940_view *currency,
                      const struct mt940_date *date, mt940_record_sink sink, void *sink_user)
{
    struct fake *fake = user;
    struct mt940_date day = *date;

    day.day = (uint8_t)(day.day + (fake->fault == NEXT_RATE));
    return honest.rates(honest.user, company, currency, &day, sink, sink_user);
}

static int some_slips(void *user, const struct mt940_view *company, const struct mt940_view *account,
                      const struct mt940_date *from, const struct mt940_date *to, mt940_record_sink sink,
                      void *sink_user)
{
    struct fake *fake = user;
    struct mt940_date last = *to;

    last.day = (uint8_t)(last.day + (fake->fault == LATER_SLIPS));
    return honest.slips(honest.user, company, account, from, &last, sink, sink_user);
}

static int the_company(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user)
{
    (void)user;
    return honest.company(honest.user, company, sink, sink_user);
}

int fake_books_open(void *user, struct mt940_books *out)
{
    int status = mt940_memory_store_open(NULL, &store, NULL);

    if (status)
        return status;
    fill_company("01");
    fill_company("02");
    status = mt940_books_from_store(&store, &honest);
    *out = (struct mt940_books){.size = sizeof(*out), .user = user, .company = the_company,
                                .bank_accounts = some_accounts, .customers = all_customers,
                                .customer_banks = some_banks, .rates = some_rates, .payments = some_payments,
                                .slips = some_slips, .invoice_payments = some_invoices};
    return status;
}

void fake_books_close(void *user)
{
    (void)user;
    store.close(store.user);
}
