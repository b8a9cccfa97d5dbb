/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_finish.c: brings the records into the order of their keys, refuses doubles, writes
 * the texts anew in that order and builds the indexes. The result depends on the records alone.
 */
#include "base/failure.h"
#include "base/sort.h"
#include "match/directory_finish.h"
#include "match/directory_key.h"

static int compare_customers(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_directory *directory = context;

    return mt940_directory_compare_codes(mt940_directory_code(directory, a), mt940_directory_code(directory, b));
}

static struct mt940_directory_bank_card bank_at(const struct mt940_directory *directory, uint32_t place)
{
    struct mt940_directory_bank_card bank;

    (void)mt940_directory_read_bank(&directory->pool, place, &bank);
    return bank;
}

static int compare_banks(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_directory *directory = context;
    int32_t left, right;

    if (directory->banks[a].customer != directory->banks[b].customer)
        return directory->banks[a].customer < directory->banks[b].customer ? -1 : 1;
    left = bank_at(directory, directory->banks[a].record).slot;
    right = bank_at(directory, directory->banks[b].record).slot;
    return left < right ? -1 : left > right;
}

static int compare_accounts(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_directory *directory = context;

    return mt940_directory_compare_codes(directory->accounts[a].code, directory->accounts[b].code);
}

/* Sorts an array of elements of `size` bytes: their numbers first, then a new array in that order. */
static int sort_array(const struct mt940_directory *directory, void **array, size_t *capacity, size_t count,
                      size_t extra, size_t size, mt940_sort_compare compare)
{
    const struct mt940_allocator *memory = &directory->memory;
    uint32_t *order = mt940_memory_alloc(memory, 2 * count * sizeof(*order));
    unsigned char *sorted = mt940_memory_alloc(memory, (count + extra) * size);
    bool sorted_already = true;

    if (!order || !sorted) {
        mt940_memory_free(memory, order, 2 * count * sizeof(*order));
        mt940_memory_free(memory, sorted, (count + extra) * size);
        return MT940_E_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        sorted_already = sorted_already && (i == 0 || compare(directory, (uint32_t)i - 1, (uint32_t)i) <= 0);
    }
    /* Books come in order of code more often than not. */
    if (!sorted_already)
        mt940_sort(order, order + count, count, compare, directory);
    for (size_t i = 0; i < count; i++)
        memcpy(sorted + i * size, (const unsigned char *)*array + order[i] * size, size);
    memset(sorted + count * size, 0, extra * size);
    mt940_memory_free(memory, order, 2 * count * sizeof(*order));
    mt940_memory_free(memory, *array, *capacity * size);
    *array = sorted;
    *capacity = count + extra;
    return MT940_OK;
}

static int sort_customers(struct mt940_directory *directory, struct mt940_error *error)
{
    int status = sort_array(directory, (void **)&directory->cards, &directory->customer_capacity,
                            directory->customer_count, 1, sizeof(*directory->cards), compare_customers);

    if (status != MT940_OK)
        return mt940_fail(error, status, 0, NULL);
    for (size_t i = 1; i < directory->customer_count; i++)
        if (compare_customers(directory, (uint32_t)i - 1, (uint32_t)i) == 0) {
            struct mt940_view code = mt940_directory_code(directory, (uint32_t)i);

            return mt940_fail_item(error, MT940_E_EXISTS, "two customers of one code", code.data, code.length);
        }
    return MT940_OK;
}

/* Adds an entry; `*count` counts them. */
static void enter(struct mt940_radix_entry *entries, size_t *count, uint64_t hash, size_t record)
{
    entries[*count].key = hash;
    entries[(*count)++].value = (uint32_t)record;
}

static bool same_code(const void *context, uint32_t a, uint32_t b)
{
    return compare_customers(context, a, b) == 0;
}

/* The first of the indexes: bank records name their customers by these codes. */
static int index_codes(struct mt940_directory *directory, struct mt940_error *error)
{
    size_t room = directory->customer_count, count = 0;
    struct mt940_radix_entry *entries = mt940_memory_alloc(&directory->memory, 2 * room * sizeof(*entries));
    int status = entries ? MT940_OK : MT940_E_MEMORY;

    for (size_t i = 0; entries && i < room; i++) {
        struct mt940_view code = mt940_directory_code(directory, (uint32_t)i);

        enter(entries, &count, mt940_index_hash(code.data, code.length), i);
    }
    if (entries)
        status = mt940_index_build(&directory->by_code, MT940_INDEX_NARROW, &directory->memory, entries, count, same_code, directory);
    mt940_memory_free(&directory->memory, entries, 2 * room * sizeof(*entries));
    return status == MT940_OK ? MT940_OK : mt940_fail(error, status, 0, NULL);
}

static int sort_accounts(struct mt940_directory *directory, struct mt940_error *error)
{
    int status = sort_array(directory, (void **)&directory->accounts, &directory->account_capacity,
                            directory->account_count, 0, sizeof(*directory->accounts), compare_accounts);

    if (status != MT940_OK)
        return mt940_fail(error, status, 0, NULL);
    for (size_t i = 1; i < directory->account_count; i++)
        if (compare_accounts(directory, (uint32_t)i - 1, (uint32_t)i) == 0)
            return mt940_fail_item(error, MT940_E_EXISTS, "two own bank accounts of one code",
                                   directory->accounts[i].code.data, directory->accounts[i].code.length);
    return MT940_OK;
}

/* The number of a customer; mostly it is `next` or the one behind, as books come in order of code more often than not. */
static int64_t find_customer(const struct mt940_directory *directory, const struct mt940_view *code, int64_t next)
{
    for (int64_t end = next + 2; next < end && next < (int64_t)directory->customer_count; next++) {
        struct mt940_view found = mt940_directory_code(directory, (uint32_t)next);

        if (mt940_view_equal(&found, code))
            return next;
    }
    return mt940_directory_number_in(directory, code);
}

/* Turns the codes of bank records into numbers of customers; those without one are left out. */
static void resolve_banks(struct mt940_directory *directory)
{
    mt940_directory_text last_code = 0;
    int64_t last = -1;
    size_t kept = 0;

    for (size_t i = 0; i < directory->bank_count; i++) {
        struct mt940_directory_bank_entry *bank = &directory->banks[i];

        if (bank->customer != last_code) {
            struct mt940_view code = mt940_directory_view(&directory->pool, bank->customer);

            last_code = bank->customer;
            last = find_customer(directory, &code, last + 1);
        }
        if (last < 0)
            continue;
        directory->banks[kept] = *bank;
        directory->banks[kept++].customer = (uint32_t)last;
    }
    directory->orphans = directory->bank_count - kept;
    directory->bank_count = kept;
}

static int sort_banks(struct mt940_directory *directory, struct mt940_error *error)
{
    int status;

    resolve_banks(directory);
    status = sort_array(directory, (void **)&directory->banks, &directory->bank_capacity, directory->bank_count, 0,
                        sizeof(*directory->banks), compare_banks);
    if (status != MT940_OK)
        return mt940_fail(error, status, 0, NULL);
    for (size_t i = 1; i < directory->bank_count; i++)
        if (compare_banks(directory, (uint32_t)i - 1, (uint32_t)i) == 0) {
            uint32_t customer = directory->banks[i].customer;
            struct mt940_view code = mt940_directory_code(directory, (uint32_t)customer);

            return mt940_fail_item(error, MT940_E_EXISTS, "two bank records of one number", code.data, code.length);
        }
    return MT940_OK;
}

/* Moves a customer, and his bank records from *bank on, to the other pool. */
static int move_customer(struct mt940_directory *directory, struct mt940_directory_pool *to, uint32_t customer,
                         size_t *bank)
{
    const struct mt940_allocator *memory = &directory->memory;
    uint32_t *record = &directory->cards[customer], end;
    struct mt940_directory_card card;
    struct mt940_directory_bank_card bank_card;
    int status;

    end = mt940_directory_read_card(&directory->pool, *record, &card);
    status = mt940_directory_move_card(to, memory, &directory->pool, record, end);
    for (; status == MT940_OK && *bank < directory->bank_count && directory->banks[*bank].customer == customer; ++*bank) {
        uint32_t *moved = &directory->banks[*bank].record;

        end = mt940_directory_read_bank(&directory->pool, *moved, &bank_card);
        status = mt940_directory_move_bank(to, memory, &directory->pool, moved, end, *record);
    }
    return status;
}

/* Writes the texts anew in the order of the records; codes of bank records are no longer needed. */
static int rewrite_pool(struct mt940_directory *directory)
{
    struct mt940_directory_pool pool = {NULL, 0, 0};
    size_t bank = 0;
    int status = MT940_OK;

    for (size_t i = 0; status == MT940_OK && i < directory->customer_count; i++)
        status = move_customer(directory, &pool, (uint32_t)i, &bank);
    directory->cards[directory->customer_count] = (uint32_t)pool.length;
    mt940_directory_pool_free(status == MT940_OK ? &directory->pool : &pool, &directory->memory);
    if (status != MT940_OK)
        return status;
    directory->pool = pool;
    if (pool.bytes) {
        char *trimmed = mt940_memory_resize(&directory->memory, pool.bytes, pool.capacity, pool.length);

        if (trimmed) {
            directory->pool.bytes = trimmed;
            directory->pool.capacity = pool.length;
        }
    }
    return MT940_OK;
}

static bool same_iban(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_directory *directory = context;
    const struct mt940_directory_bank_card left = bank_at(directory, a), right = bank_at(directory, b);

    return mt940_view_equal(&left.iban, &right.iban);
}

static bool same_account(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_directory *directory = context;
    const struct mt940_directory_bank_card first = bank_at(directory, a), second = bank_at(directory, b);
    struct mt940_directory_account_key left, right;

    mt940_directory_bank_key(&first, &left);
    mt940_directory_bank_key(&second, &right);
    return left.bank == right.bank && left.number.length == right.number.length &&
           memcmp(left.number.text, right.number.text, left.number.length) == 0;
}

static void tax_key(const struct mt940_directory *directory, uint32_t customer, struct mt940_directory_number *out)
{
    struct mt940_directory_card card;

    (void)mt940_directory_read_card(&directory->pool, directory->cards[customer], &card);
    mt940_directory_normalise(&card.tax_id, true, out);
}

static bool same_tax_id(const void *context, uint32_t a, uint32_t b)
{
    struct mt940_directory_number left, right;

    tax_key(context, a, &left);
    tax_key(context, b, &right);
    return left.length == right.length && memcmp(left.text, right.text, left.length) == 0;
}

static struct mt940_view name_of(const void *context, uint32_t customer)
{
    const struct mt940_directory *directory = context;

    struct mt940_directory_card card;

    (void)mt940_directory_read_card(&directory->pool, directory->cards[customer], &card);
    return card.name;
}

static int index_ibans(struct mt940_directory *directory, struct mt940_radix_entry *entries)
{
    size_t count = 0;

    for (size_t i = 0; i < directory->bank_count; i++) {
        uint32_t place = directory->banks[i].record;
        const struct mt940_directory_bank_card bank = bank_at(directory, place);

        if (bank.flags & MT940_BANK_VALID_IBAN)
            enter(entries, &count, mt940_index_hash(bank.iban.data, bank.iban.length), place);
    }
    return mt940_index_build(&directory->by_iban, MT940_INDEX_WIDE, &directory->memory, entries, count, same_iban, directory);
}

static int index_accounts(struct mt940_directory *directory, struct mt940_radix_entry *entries)
{
    size_t count = 0;

    for (size_t i = 0; i < directory->bank_count; i++) {
        uint32_t place = directory->banks[i].record;
        const struct mt940_directory_bank_card bank = bank_at(directory, place);
        struct mt940_directory_account_key key;

        if (mt940_directory_bank_key(&bank, &key))
            enter(entries, &count, mt940_directory_account_hash(key.bank, &key.number), place);
    }
    return mt940_index_build(&directory->by_account, MT940_INDEX_WIDE, &directory->memory, entries, count, same_account, directory);
}

static int index_tax_ids(struct mt940_directory *directory, struct mt940_radix_entry *entries)
{
    size_t count = 0;

    for (size_t i = 0; i < directory->customer_count; i++) {
        struct mt940_directory_number key;

        tax_key(directory, (uint32_t)i, &key);
        if (key.length > 0)
            enter(entries, &count, mt940_index_hash(key.text, key.length), i);
    }
    return mt940_index_build(&directory->by_tax_id, MT940_INDEX_NARROW, &directory->memory, entries, count, same_tax_id, directory);
}

/* Their places stand in the indexes now. */
static void free_banks(struct mt940_directory *directory)
{
    mt940_memory_free(&directory->memory, directory->banks, directory->bank_capacity * sizeof(*directory->banks));
    directory->banks = NULL;
    directory->bank_capacity = 0;
}

static int build_indexes(struct mt940_directory *directory)
{
    size_t room = directory->bank_count > directory->customer_count ? directory->bank_count : directory->customer_count;
    struct mt940_radix_entry *entries;
    int status;

    if (room > SIZE_MAX / 2 / sizeof(*entries))
        return MT940_E_MEMORY;
    entries = mt940_memory_alloc(&directory->memory, 2 * room * sizeof(*entries));
    if (!entries)
        return MT940_E_MEMORY;
    status = index_ibans(directory, entries);
    if (status == MT940_OK)
        status = index_accounts(directory, entries);
    if (status == MT940_OK)
        status = index_tax_ids(directory, entries);
    mt940_memory_free(&directory->memory, entries, 2 * room * sizeof(*entries));
    if (status == MT940_OK)
        free_banks(directory);
    if (status == MT940_OK)
        status = mt940_name_index_build(&directory->names, &directory->memory, (uint32_t)directory->customer_count,
                                        directory->whole_names, name_of, directory);
    return status;
}

int mt940_directory_finish(struct mt940_directory *directory, struct mt940_error *error)
{
    int status = sort_customers(directory, error);

    if (status == MT940_OK)
        status = index_codes(directory, error);
    if (status == MT940_OK)
        status = sort_accounts(directory, error);
    if (status == MT940_OK)
        status = sort_banks(directory, error);
    if (status != MT940_OK)
        return status;
    status = rewrite_pool(directory);
    if (status == MT940_OK)
        status = build_indexes(directory);
    return status == MT940_OK ? MT940_OK : mt940_fail(error, status, 0, NULL);
}
