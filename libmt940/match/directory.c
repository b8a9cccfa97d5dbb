/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.c: the records of a finished directory by their keys. Reads only; whatever it gives
 * out points into the directory.
 */
#include "match/directory_layer.h"

#include "base/export.h"
#include "base/failure.h"

static uint64_t bytes_of(const struct mt940_directory *directory)
{
    return sizeof(*directory) + directory->arena.used + directory->account_capacity * sizeof(*directory->accounts) +
           directory->customer_capacity * sizeof(*directory->cards) +
           directory->bank_capacity * sizeof(*directory->banks) + directory->pool.capacity +
           mt940_index_bytes(&directory->by_code) + mt940_index_bytes(&directory->by_iban) +
           mt940_index_bytes(&directory->by_account) + mt940_index_bytes(&directory->by_tax_id) +
           mt940_name_index_bytes(&directory->names);
}

static size_t count_banks(const struct mt940_directory *directory, uint32_t customer)
{
    uint32_t end, at = mt940_directory_banks_of(directory, customer, &end);
    struct mt940_directory_bank_card bank;
    size_t count = 0;

    for (; at < end; count++)
        at = mt940_directory_read_bank(&directory->pool, at, &bank);
    return count;
}

/* Bank records of the customers below that still count, and of the top. */
static uint64_t banks_of_both(const struct mt940_directory_layer *layer)
{
    uint64_t banks = layer->below->bank_count + layer->top->bank_count;

    for (uint32_t i = 0; i < layer->order.hidden_count; i++) {
        uint64_t hidden = count_banks(layer->below, layer->order.hidden[i]);

        banks -= hidden < banks ? hidden : banks;
    }
    return banks;
}

MT940_EXPORT int mt940_directory_get_info(const struct mt940_directory *directory, struct mt940_directory_info *out)
{
    if (!directory || !out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    out->customers = directory->customer_count;
    out->customer_banks = directory->layer ? banks_of_both(directory->layer) : directory->bank_count;
    out->bank_accounts = directory->account_count;
    out->orphans = directory->orphans;
    out->bytes = bytes_of(directory);
    if (directory->layer)
        out->bytes += sizeof(*directory->layer) + bytes_of(directory->layer->top);
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
    uint32_t at;

    if (!directory || !code || !out)
        return MT940_E_ARGUMENT;
    number = mt940_directory_customer_number(directory, code);
    if (number < 0)
        return MT940_E_NOT_FOUND;
    at = (uint32_t)number;
    directory = mt940_directory_source(directory, &at);
    (void)mt940_directory_card_at(directory, at, &card);
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

static void fill_bank(const struct mt940_directory *directory, uint32_t customer,
                      const struct mt940_directory_bank_card *bank, struct mt940_customer_bank *out)
{
    memset(out, 0, sizeof(*out));
    out->company = directory->company_code;
    out->customer = mt940_directory_code(directory, customer);
    out->slot = bank->slot;
    out->branch = bank->branch;
    out->account = bank->account;
    out->iban = bank->iban;
    out->currency = bank->currency;
    out->ebanking = (bank->flags & MT940_BANK_EBANKING) != 0;
    out->collector = (bank->flags & MT940_BANK_COLLECTOR) != 0;
    out->dbs = (bank->flags & MT940_BANK_DBS) != 0;
}

MT940_EXPORT size_t mt940_directory_customer_banks(const struct mt940_directory *directory,
                                                   const struct mt940_view *customer, struct mt940_customer_bank *out,
                                                   size_t capacity)
{
    int64_t number = directory && customer ? mt940_directory_customer_number(directory, customer) : -1;
    struct mt940_directory_bank_card bank;
    uint32_t number_there, at, end;
    size_t count = 0;

    if (number < 0)
        return 0;
    number_there = (uint32_t)number;
    directory = mt940_directory_source(directory, &number_there);
    at = mt940_directory_banks_of(directory, number_there, &end);
    for (; at < end; count++) {
        at = mt940_directory_read_bank(&directory->pool, at, &bank);
        if (count < capacity)
            fill_bank(directory, number_there, &bank, &out[count]);
    }
    return count;
}

MT940_EXPORT int mt940_directory_customer_bank(const struct mt940_directory *directory,
                                               const struct mt940_view *customer, int64_t slot,
                                               struct mt940_customer_bank *out)
{
    struct mt940_directory_bank_card bank;
    uint32_t number_there, at, end;
    int64_t number;

    if (!directory || !customer || !out)
        return MT940_E_ARGUMENT;
    number = mt940_directory_customer_number(directory, customer);
    if (number < 0)
        return MT940_E_NOT_FOUND;
    number_there = (uint32_t)number;
    directory = mt940_directory_source(directory, &number_there);
    at = mt940_directory_banks_of(directory, number_there, &end);
    while (at < end) {
        at = mt940_directory_read_bank(&directory->pool, at, &bank);
        if (bank.slot == slot) {
            fill_bank(directory, number_there, &bank, out);
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

MT940_EXPORT void mt940_directory_free(struct mt940_directory *directory)
{
    if (!directory)
        return;
    if (directory->layer)
        mt940_directory_layer_free(directory);
    else
        mt940_directory_arrays_free(directory);
}
