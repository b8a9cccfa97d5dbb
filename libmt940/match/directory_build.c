/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_build.c: takes records in, one by one, and hands the finished directory over. What
 * order and indexes it gets is directory_finish.c's work.
 */
#include "base/export.h"
#include "base/failure.h"
#include "match/directory_finish.h"
#include "match/directory_lay.h"
#include "mt940connect/iban.h"

struct mt940_directory_builder {
    struct mt940_allocator memory;
    struct mt940_directory *directory; /* NULL once it was handed over */
    mt940_directory_text last_customer; /* of the bank record before: most come in groups */
};

MT940_EXPORT int mt940_directory_builder_new(const struct mt940_view *company, const struct mt940_allocator *allocator,
                                             struct mt940_directory_builder **out, struct mt940_error *error)
{
    struct mt940_directory_builder *builder;
    struct mt940_allocator memory;

    if (!company || !out || mt940_memory_init(&memory, allocator) != MT940_OK)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    builder = mt940_memory_alloc(&memory, sizeof(*builder));
    if (!builder)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(builder, 0, sizeof(*builder));
    builder->memory = memory;
    builder->directory = mt940_memory_alloc(&memory, sizeof(*builder->directory));
    if (!builder->directory) {
        mt940_memory_free(&memory, builder, sizeof(*builder));
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    }
    memset(builder->directory, 0, sizeof(*builder->directory));
    builder->directory->memory = memory;
    mt940_arena_init(&builder->directory->arena, &memory, 0);
    if (mt940_arena_view(&builder->directory->arena, company, &builder->directory->company_code) != MT940_OK) {
        mt940_directory_builder_free(builder);
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    }
    *out = builder;
    return MT940_OK;
}

/* An empty company means the one this directory is made for; any other may not be mixed in (R115). */
static bool is_own(const struct mt940_directory_builder *builder, const struct mt940_view *company)
{
    return company->length == 0 || mt940_view_equal(company, &builder->directory->company_code);
}

static int add_company(struct mt940_directory_builder *builder, const struct mt940_company *record)
{
    struct mt940_directory *directory = builder->directory;
    struct mt940_company copy = *record;

    if (!is_own(builder, &record->code))
        return MT940_E_ARGUMENT;
    if (mt940_arena_view(&directory->arena, &record->title, &copy.title) ||
        mt940_arena_view(&directory->arena, &record->tax_id, &copy.tax_id) ||
        mt940_arena_view(&directory->arena, &record->local_currency, &copy.local_currency))
        return directory->arena.status;
    copy.revision = 0;
    copy.code = directory->company_code;
    directory->company = copy;
    directory->has_company = true;
    return MT940_OK;
}

/* Canonical when it is valid in any written form, then in `parsed` and true; otherwise as entered. */
static bool canonical_iban(const struct mt940_view *iban, struct mt940_iban *parsed, struct mt940_view *out)
{
    memset(parsed, 0, sizeof(*parsed));
    parsed->size = sizeof(*parsed);
    *out = *iban;
    if (iban->length == 0 || mt940_iban_parse(iban->data, iban->length, MT940_IBAN_PRINT, parsed) != MT940_OK ||
        parsed->reason != MT940_IBAN_VALID)
        return false;
    *out = mt940_view_of(parsed->canonical, strlen(parsed->canonical));
    return true;
}

static int add_account(struct mt940_directory_builder *builder, const struct mt940_bank_account *record)
{
    struct mt940_directory *directory = builder->directory;
    struct mt940_bank_account copy = *record;
    struct mt940_iban parsed;
    struct mt940_view iban;

    if (!is_own(builder, &record->company))
        return MT940_E_ARGUMENT;
    if (mt940_memory_reserve(&builder->memory, (void **)&directory->accounts, &directory->account_capacity,
                             directory->account_count + 1, sizeof(copy)) != MT940_OK)
        return MT940_E_MEMORY;
    canonical_iban(&record->iban, &parsed, &iban);
    if (mt940_arena_view(&directory->arena, &record->code, &copy.code) ||
        mt940_arena_view(&directory->arena, &iban, &copy.iban) ||
        mt940_arena_view(&directory->arena, &record->branch, &copy.branch) ||
        mt940_arena_view(&directory->arena, &record->account, &copy.account) ||
        mt940_arena_view(&directory->arena, &record->currency, &copy.currency))
        return directory->arena.status;
    copy.revision = 0;
    copy.company = directory->company_code;
    directory->accounts[directory->account_count++] = copy;
    return MT940_OK;
}

static int store(struct mt940_directory_builder *builder, const struct mt940_view *text, mt940_directory_text *out)
{
    return mt940_directory_store(&builder->directory->pool, &builder->memory, text, out);
}

static int add_customer(struct mt940_directory_builder *builder, const struct mt940_customer *record)
{
    struct mt940_directory *directory = builder->directory;
    uint32_t entry;
    const struct mt940_directory_card card = {record->code, record->name, record->tax_id, record->default_bank_account,
                                              record->type, record->payment_type, record->active};
    int status;

    if (!is_own(builder, &record->company) || record->code.length == 0)
        return MT940_E_ARGUMENT;
    /* One more is kept: the last entry ends the bank records of the one before. */
    if (directory->customer_count >= MT940_INDEX_MOST - 1)
        return MT940_E_LIMIT;
    if (mt940_memory_reserve(&builder->memory, (void **)&directory->cards, &directory->customer_capacity,
                             directory->customer_count + 1, sizeof(entry)) != MT940_OK)
        return MT940_E_MEMORY;
    status = mt940_directory_store_card(&directory->pool, &builder->memory, &card, &entry);
    if (status != MT940_OK)
        return status;
    directory->cards[directory->customer_count++] = entry;
    return MT940_OK;
}

static int store_customer_code(struct mt940_directory_builder *builder, const struct mt940_view *code,
                               mt940_directory_text *out)
{
    struct mt940_view last = mt940_directory_view(&builder->directory->pool, builder->last_customer);
    int status = MT940_OK;

    if (last.length == 0 || !mt940_view_equal(&last, code))
        status = store(builder, code, &builder->last_customer);
    *out = builder->last_customer;
    return status;
}

static int add_bank(struct mt940_directory_builder *builder, const struct mt940_customer_bank *record)
{
    struct mt940_directory *directory = builder->directory;
    struct mt940_directory_bank_entry entry = {0};
    struct mt940_directory_bank_card card = {0};
    struct mt940_iban parsed;
    int status;

    if (!is_own(builder, &record->company) || record->customer.length == 0 || record->slot < 1 ||
        record->slot > INT32_MAX)
        return MT940_E_ARGUMENT;
    if (directory->bank_count >= MT940_INDEX_MOST - 1)
        return MT940_E_LIMIT;
    if (mt940_memory_reserve(&builder->memory, (void **)&directory->banks, &directory->bank_capacity,
                             directory->bank_count + 1, sizeof(entry)) != MT940_OK)
        return MT940_E_MEMORY;
    if (canonical_iban(&record->iban, &parsed, &card.iban))
        card.flags = MT940_BANK_VALID_IBAN;
    card.slot = (int32_t)record->slot;
    card.currency = record->currency;
    card.branch = record->branch;
    card.account = record->account;
    card.flags |= (record->ebanking ? MT940_BANK_EBANKING : 0u) | (record->collector ? MT940_BANK_COLLECTOR : 0u) |
                  (record->dbs ? MT940_BANK_DBS : 0u);
    if ((status = store_customer_code(builder, &record->customer, &entry.customer)) != MT940_OK ||
        (status = mt940_directory_store_bank(&directory->pool, &builder->memory, &card, &entry.record)) != MT940_OK)
        return status;
    directory->banks[directory->bank_count++] = entry;
    return MT940_OK;
}

MT940_EXPORT int mt940_directory_builder_add(struct mt940_directory_builder *builder, int32_t kind, const void *record,
                                             struct mt940_error *error)
{
    int status = MT940_E_ARGUMENT;

    if (!builder || !record)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    if (!builder->directory)
        return mt940_fail(error, MT940_E_STATE, 0, NULL);
    if (kind == MT940_KIND_COMPANY)
        status = add_company(builder, record);
    else if (kind == MT940_KIND_BANK_ACCOUNT)
        status = add_account(builder, record);
    else if (kind == MT940_KIND_CUSTOMER)
        status = add_customer(builder, record);
    else if (kind == MT940_KIND_CUSTOMER_BANK)
        status = add_bank(builder, record);
    return status == MT940_OK ? MT940_OK : mt940_fail(error, status, kind, NULL);
}

void mt940_directory_builder_whole_names(struct mt940_directory_builder *builder)
{
    builder->directory->whole_names = true;
}

MT940_EXPORT int mt940_directory_build(struct mt940_directory_builder *builder, struct mt940_directory **out,
                                       struct mt940_error *error)
{
    struct mt940_directory *directory;
    int status;

    if (!builder || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    directory = builder->directory;
    if (!directory)
        return mt940_fail(error, MT940_E_STATE, 0, NULL);
    builder->directory = NULL;
    status = mt940_directory_finish(directory, error);
    if (status != MT940_OK) {
        mt940_directory_free(directory);
        return status;
    }
    *out = directory;
    return MT940_OK;
}

MT940_EXPORT void mt940_directory_builder_free(struct mt940_directory_builder *builder)
{
    struct mt940_allocator memory;

    if (!builder)
        return;
    memory = builder->memory;
    mt940_directory_free(builder->directory);
    mt940_memory_free(&memory, builder, sizeof(*builder));
}
