/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_arrays.h: how a directory holds its records: arrays in order of their keys, texts in one pool, an index for
 * each way in. Everything follows from the records alone, not from the order in which they came.
 */
#ifndef MT940_MATCH_DIRECTORY_ARRAYS_H
#define MT940_MATCH_DIRECTORY_ARRAYS_H

#include "match/directory_record.h"
#include "match/index.h"
#include "match/name_index.h"

/* While building: a bank record in the pool, and the text of its customer's code, then the customer's number. */
struct mt940_directory_bank_entry {
    uint32_t customer;
    uint32_t record;
};

struct mt940_directory_layer;

struct mt940_directory {
    struct mt940_allocator memory;
    /* NULL, or this lies over another one (directory_layer.h), which then has the arrays. */
    struct mt940_directory_layer *layer;
    struct mt940_arena arena; /* company and own accounts */
    struct mt940_view company_code;
    struct mt940_company company;
    bool has_company;
    struct mt940_bank_account *accounts;
    size_t account_count, account_capacity;
    struct mt940_directory_pool pool;
    /* Where the card of a customer begins in the pool, his bank records behind it: customer_count + 1, the last ends all. */
    uint32_t *cards;
    size_t customer_count, customer_capacity;
    struct mt940_directory_bank_entry *banks; /* NULL once it is built */
    size_t bank_count, bank_capacity;
    uint64_t orphans;
    struct mt940_index by_code;    /* customers */
    struct mt940_index by_iban;    /* places of bank records in the pool; wide */
    struct mt940_index by_account; /* the same */
    struct mt940_index by_tax_id;  /* customers */
    struct mt940_name_index names;
    bool whole_names; /* while building: of every word and pair a list */
    bool mapped; /* the arrays lie in an image that the caller keeps */
    unsigned char fingerprint[MT940_DIRECTORY_FINGERPRINT]; /* of that image */
};

/* The card of a customer, empty where a damaged image has none; it returns where the card ends. */
static inline uint32_t mt940_directory_card_at(const struct mt940_directory *directory, uint32_t customer,
                                               struct mt940_directory_card *out)
{
    uint32_t record = customer < directory->customer_count ? directory->cards[customer] : UINT32_MAX;

    return mt940_directory_read_card(&directory->pool, record, out);
}
/* Bank records of a customer: from here to below `*end`; mt940_directory_read_bank() leads from one to the next. */
static inline uint32_t mt940_directory_banks_of(const struct mt940_directory *directory, uint32_t customer,
                                                uint32_t *end)
{
    struct mt940_directory_card card;

    *end = directory->cards[customer + 1];
    if (*end > directory->pool.length)
        *end = 0;
    return mt940_directory_card_at(directory, customer, &card);
}

/* The code of a customer alone. */
struct mt940_view mt940_directory_code(const struct mt940_directory *directory, uint32_t customer);
/* Number of the customer with this code in these arrays, or -1. */
int64_t mt940_directory_number_in(const struct mt940_directory *directory, const struct mt940_view *code);
/* Frees a directory that lies over none. */
void mt940_directory_arrays_free(struct mt940_directory *directory);

#endif
