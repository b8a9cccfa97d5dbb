/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.c: look-ups in a finished directory. Reads only; whatever it gives out points into
 * the directory.
 */
#include "match/directory.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/prefetch.h"
#include "mt940connect/bank_branch.h"

int64_t mt940_directory_customer_number(const struct mt940_directory *directory, const struct mt940_view *code)
{
    struct mt940_index_probe probe;
    const uint32_t *records;
    uint32_t single;

    mt940_index_probe_begin(&directory->by_code, mt940_index_hash(code->data, code->length), &probe);
    while (mt940_index_probe_next(&probe, &records, &single) > 0) {
        struct mt940_view found = mt940_directory_code(directory, records[0]);

        if (mt940_view_equal(&found, code))
            return records[0];
    }
    return -1;
}

MT940_EXPORT int mt940_directory_get_info(const struct mt940_directory *directory, struct mt940_directory_info *out)
{
    if (!directory || !out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    out->customers = directory->customer_count;
    out->customer_banks = directory->bank_count;
    out->bank_accounts = directory->account_count;
    out->orphans = directory->orphans;
    out->bytes = sizeof(*directory) + directory->arena.used +
                 directory->account_capacity * sizeof(*directory->accounts) +
                 directory->customer_capacity * sizeof(*directory->customers) +
                 directory->bank_capacity * sizeof(*directory->banks) + directory->pool.capacity +
                 mt940_index_bytes(&directory->by_code) + mt940_index_bytes(&directory->by_iban) +
                 mt940_index_bytes(&directory->by_account) + mt940_index_bytes(&directory->by_tax_id) +
                 mt940_name_index_bytes(&directory->names);
    return MT940_OK;
}

MT940_EXPORT int mt940_directory_company(const struct mt940_directory *directory, struct mt940_company *out)
{
    if (!directory || !out)
        return MT940_E_ARGUMENT;
    if (!directory->has_company)
        return MT940_E_NOT_FOUND;
    *out = directory->company;
    return MT940_OK;
}

MT940_EXPORT int mt940_directory_customer(const struct mt940_directory *directory, const struct mt940_view *code,
                                          struct mt940_customer *out)
{
    struct mt940_directory_card card;
    int64_t number;

    if (!directory || !code || !out)
        return MT940_E_ARGUMENT;
    number = mt940_directory_customer_number(directory, code);
    if (number < 0)
        return MT940_E_NOT_FOUND;
    (void)mt940_directory_card_at(directory, (uint32_t)number, &card);
    memset(out, 0, sizeof(*out));
    out->company = directory->company_code;
    out->code = card.code;
    out->type = card.type;
    out->name = card.name;
    out->tax_id = card.tax_id;
    out->payment_type = card.payment_type;
    out->default_bank_account = card.default_bank_account;
    out->active = card.active;
    return MT940_OK;
}

static void fill_bank(const struct mt940_directory *directory, uint32_t number, struct mt940_customer_bank *out)
{
    struct mt940_directory_bank_card bank;

    (void)mt940_directory_read_bank(&directory->pool, directory->banks[number].record, &bank);
    memset(out, 0, sizeof(*out));
    out->company = directory->company_code;
    out->customer = mt940_directory_code(directory, directory->banks[number].customer);
    out->slot = bank.slot;
    out->branch = bank.branch;
    out->account = bank.account;
    out->iban = bank.iban;
    out->currency = bank.currency;
    out->ebanking = (bank.flags & MT940_BANK_EBANKING) != 0;
    out->collector = (bank.flags & MT940_BANK_COLLECTOR) != 0;
    out->dbs = (bank.flags & MT940_BANK_DBS) != 0;
}

MT940_EXPORT size_t mt940_directory_customer_banks(const struct mt940_directory *directory,
                                                   const struct mt940_view *customer, struct mt940_customer_bank *out,
                                                   size_t capacity)
{
    int64_t number = directory && customer ? mt940_directory_customer_number(directory, customer) : -1;
    uint32_t first, end;

    if (number < 0)
        return 0;
    first = mt940_directory_banks_of(directory, (uint32_t)number, &end);
    for (uint32_t i = first; i < end && i - first < capacity; i++)
        fill_bank(directory, i, &out[i - first]);
    return end - first;
}

MT940_EXPORT int mt940_directory_customer_bank(const struct mt940_directory *directory,
                                               const struct mt940_view *customer, int64_t slot,
                                               struct mt940_customer_bank *out)
{
    uint32_t end;
    int64_t number;

    if (!directory || !customer || !out)
        return MT940_E_ARGUMENT;
    number = mt940_directory_customer_number(directory, customer);
    if (number < 0)
        return MT940_E_NOT_FOUND;
    for (uint32_t i = mt940_directory_banks_of(directory, (uint32_t)number, &end); i < end; i++) {
        struct mt940_directory_bank_card bank;

        (void)mt940_directory_read_bank(&directory->pool, directory->banks[i].record, &bank);
        if (bank.slot == slot) {
            fill_bank(directory, i, out);
            return MT940_OK;
        }
    }
    return MT940_E_NOT_FOUND;
}

MT940_EXPORT const struct mt940_bank_account *mt940_directory_bank_account_at(const struct mt940_directory *directory,
                                                                              size_t index)
{
    return directory && index < directory->account_count ? &directory->accounts[index] : NULL;
}

MT940_EXPORT const struct mt940_bank_account *mt940_directory_bank_account(const struct mt940_directory *directory,
                                                                           const struct mt940_view *code)
{
    for (size_t i = 0; directory && code && i < directory->account_count; i++)
        if (mt940_view_equal(&directory->accounts[i].code, code))
            return &directory->accounts[i];
    return NULL;
}

void mt940_directory_fill_hit(const struct mt940_directory *directory, uint32_t customer,
                              const struct mt940_directory_bank_card *bank, struct mt940_directory_hit *out)
{
    struct mt940_directory_card card;

    (void)mt940_directory_card_at(directory, customer, &card);
    out->customer = card.code;
    out->slot = bank ? bank->slot : 0;
    out->type = card.type;
    out->active = card.active;
    out->collector = bank && (bank->flags & MT940_BANK_COLLECTOR);
    out->reserved = 0;
}

/* Fills hits from bank records, those of `branch` only when one is asked for and the record has one. */
static size_t bank_hits(const struct mt940_directory *directory, const uint32_t *records, size_t count, int32_t branch,
                        struct mt940_directory_hit *hits, size_t capacity)
{
    size_t found = 0;

    for (size_t i = 0; i < count && (branch >= 0 || i < capacity); i++) {
        struct mt940_directory_bank_card bank;
        struct mt940_directory_account_key key;

        (void)mt940_directory_read_bank(&directory->pool, directory->banks[records[i]].record, &bank);
        if (branch >= 0 && mt940_directory_bank_key(&bank, &key) && key.branch >= 0 && key.branch != branch)
            continue;
        if (found < capacity)
            mt940_directory_fill_hit(directory, directory->banks[records[i]].customer, &bank, &hits[found]);
        found++;
    }
    return branch >= 0 ? found : count;
}

MT940_EXPORT size_t mt940_directory_by_iban(const struct mt940_directory *directory, const struct mt940_view *iban,
                                            struct mt940_directory_hit *hits, size_t capacity)
{
    struct mt940_index_probe probe;
    const uint32_t *records;
    uint32_t single;
    size_t count;

    if (!directory || !iban || iban->length == 0)
        return 0;
    mt940_index_probe_begin(&directory->by_iban, mt940_index_hash(iban->data, iban->length), &probe);
    while ((count = mt940_index_probe_next(&probe, &records, &single)) > 0) {
        const struct mt940_directory_bank_entry *entry = &directory->banks[records[0]];
        struct mt940_directory_bank_card bank;

        if (entry->customer < directory->customer_count)
            MT940_PREFETCH(&directory->customers[entry->customer]);
        (void)mt940_directory_read_bank(&directory->pool, entry->record, &bank);
        if (mt940_view_equal(&bank.iban, iban))
            return bank_hits(directory, records, count, -1, hits, capacity);
    }
    return 0;
}

/* IBANs under way at once: enough for memory to answer while others are asked for. */
#define BATCH 16

/* Brings what the IBANs lead to closer, one step of all of them after the other. */
static void approach(const struct mt940_directory *directory, const struct mt940_view *ibans, size_t count)
{
    struct mt940_index_probe probes[BATCH];
    const struct mt940_directory_bank_entry *banks[BATCH];

    for (size_t i = 0; i < count; i++) {
        uint64_t hash = mt940_index_hash(ibans[i].data, ibans[i].length);

        mt940_index_prefetch(&directory->by_iban, hash);
        mt940_index_probe_begin(&directory->by_iban, hash, &probes[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t *records;
        uint32_t single;

        banks[i] = NULL;
        if (mt940_index_probe_next(&probes[i], &records, &single) == 0)
            continue;
        banks[i] = &directory->banks[records[0]];
        MT940_PREFETCH(banks[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (banks[i] && banks[i]->customer < directory->customer_count && banks[i]->record < directory->pool.length) {
            MT940_PREFETCH(directory->pool.bytes + banks[i]->record);
            MT940_PREFETCH(&directory->customers[banks[i]->customer]);
        } else {
            banks[i] = NULL;
        }
    for (size_t i = 0; i < count; i++)
        if (banks[i] && directory->customers[banks[i]->customer].record < directory->pool.length)
            MT940_PREFETCH(directory->pool.bytes + directory->customers[banks[i]->customer].record);
}

MT940_EXPORT void mt940_directory_by_ibans(const struct mt940_directory *directory, const struct mt940_view *ibans,
                                           size_t count, struct mt940_directory_hit *hits, size_t *counts)
{
    if (!directory || !ibans || !hits || !counts)
        return;
    for (size_t from = 0; from < count; from += BATCH) {
        size_t group = count - from < BATCH ? count - from : BATCH;

        approach(directory, &ibans[from], group);
        for (size_t i = from; i < from + group; i++)
            counts[i] = mt940_directory_by_iban(directory, &ibans[i], &hits[i], 1);
    }
}

MT940_EXPORT size_t mt940_directory_by_account(const struct mt940_directory *directory, int32_t bank, int32_t branch,
                                               const struct mt940_view *number, struct mt940_directory_hit *hits,
                                               size_t capacity)
{
    struct mt940_directory_account_key key;
    struct mt940_directory_number wanted;
    struct mt940_index_probe probe;
    const uint32_t *records;
    uint32_t single;
    size_t count;

    if (!directory || !number || bank < 0)
        return 0;
    mt940_directory_normalise(number, false, &wanted);
    if (wanted.length == 0)
        return 0;
    mt940_index_probe_begin(&directory->by_account, mt940_directory_account_hash(bank, &wanted), &probe);
    while ((count = mt940_index_probe_next(&probe, &records, &single)) > 0) {
        struct mt940_directory_bank_card card;

        (void)mt940_directory_read_bank(&directory->pool, directory->banks[records[0]].record, &card);
        mt940_directory_bank_key(&card, &key);
        if (key.bank == bank && key.number.length == wanted.length &&
            memcmp(key.number.text, wanted.text, wanted.length) == 0)
            return bank_hits(directory, records, count, branch, hits, capacity);
    }
    return 0;
}

static size_t customer_hits(const struct mt940_directory *directory, const uint32_t *records, size_t count,
                            struct mt940_directory_hit *hits, size_t capacity)
{
    for (size_t i = 0; i < count && i < capacity; i++)
        mt940_directory_fill_hit(directory, records[i], NULL, &hits[i]);
    return count;
}

MT940_EXPORT size_t mt940_directory_by_tax_id(const struct mt940_directory *directory, const struct mt940_view *tax_id,
                                              struct mt940_directory_hit *hits, size_t capacity)
{
    struct mt940_directory_number wanted, found;
    struct mt940_index_probe probe;
    const uint32_t *records;
    uint32_t single;
    size_t count;

    if (!directory || !tax_id)
        return 0;
    mt940_directory_normalise(tax_id, true, &wanted);
    if (wanted.length == 0)
        return 0;
    mt940_index_probe_begin(&directory->by_tax_id, mt940_index_hash(wanted.text, wanted.length), &probe);
    while ((count = mt940_index_probe_next(&probe, &records, &single)) > 0) {
        struct mt940_directory_card card;

        (void)mt940_directory_card_at(directory, records[0], &card);
        mt940_directory_normalise(&card.tax_id, true, &found);
        if (found.length == wanted.length && memcmp(found.text, wanted.text, wanted.length) == 0)
            return customer_hits(directory, records, count, hits, capacity);
    }
    return 0;
}

MT940_EXPORT size_t mt940_directory_by_name(const struct mt940_directory *directory, const struct mt940_view *name,
                                            struct mt940_directory_hit *hits, size_t capacity)
{
    struct mt940_name_word words[MT940_NAME_WORDS];
    uint32_t numbers[MT940_NAME_WORDS], single;
    const uint32_t *customers;
    size_t count;

    if (!directory || !name)
        return 0;
    count = mt940_name_words_of_text(name, words);
    for (size_t i = 0; i < count; i++)
        numbers[i] = mt940_name_find_word(&directory->names, words[i].key, words[i].key_length);
    count = mt940_name_find_exact(&directory->names, numbers, count, &customers, &single);
    return customer_hits(directory, customers, count, hits, capacity);
}
