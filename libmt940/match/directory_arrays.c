/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_arrays.c: the records of one set of arrays by their numbers and codes, and their end. Must not know what lies
 * over them.
 */
#include "match/directory_arrays.h"

struct mt940_view mt940_directory_code(const struct mt940_directory *directory, uint32_t customer)
{
    if (customer >= directory->customer_count || directory->cards[customer] >= directory->pool.length)
        return mt940_view_of(NULL, 0);
    return mt940_directory_view(&directory->pool, directory->cards[customer] + 2);
}

int64_t mt940_directory_number_in(const struct mt940_directory *directory, const struct mt940_view *code)
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

void mt940_directory_arrays_free(struct mt940_directory *directory)
{
    struct mt940_allocator memory = directory->memory;

    mt940_memory_free(&memory, directory->accounts, directory->account_capacity * sizeof(*directory->accounts));
    if (directory->mapped) {
        mt940_arena_free(&directory->arena);
        mt940_memory_free(&memory, directory, sizeof(*directory));
        return;
    }
    mt940_memory_free(&memory, directory->cards, directory->customer_capacity * sizeof(*directory->cards));
    mt940_memory_free(&memory, directory->banks, directory->bank_capacity * sizeof(*directory->banks));
    mt940_directory_pool_free(&directory->pool, &memory);
    mt940_index_free(&directory->by_code, &memory);
    mt940_index_free(&directory->by_iban, &memory);
    mt940_index_free(&directory->by_account, &memory);
    mt940_index_free(&directory->by_tax_id, &memory);
    mt940_name_index_free(&directory->names, &memory);
    mt940_arena_free(&directory->arena);
    mt940_memory_free(&memory, directory, sizeof(*directory));
}
