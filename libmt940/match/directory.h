/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.h: how the directory holds its records: arrays in order of their keys, texts in one
 * pool, an index for each way in. Everything follows from the records alone, not from the order
 * in which they came.
 */
#ifndef MT940_MATCH_DIRECTORY_H
#define MT940_MATCH_DIRECTORY_H

#include "base/memory.h"
#include "base/view.h"
#include "match/index.h"
#include "match/name_index.h"
#include "mt940connect/directory.h"

/*
 * A text of the pool: where its length (seven bits a byte, low ones first) and bytes stand; 0 = none.
 * A mapped image may be damaged: what does not lie in the pool reads as empty.
 */
typedef uint32_t mt940_directory_text;

enum mt940_directory_bank_flag {
    MT940_BANK_EBANKING = 1,
    MT940_BANK_COLLECTOR = 2,
    MT940_BANK_DBS = 4,
    MT940_BANK_VALID_IBAN = 8, /* only these are found by their IBAN */
    MT940_BANK_CURRENCY = 16   /* in the pool: a currency stands in the record */
};

/* While building: a bank record in the pool, and the text of its customer's code, then the customer's number. */
struct mt940_directory_bank_entry {
    uint32_t customer;
    uint32_t record;
};

struct mt940_directory_pool {
    char *bytes;
    size_t length;
    size_t capacity;
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

/* Longest keys; records with longer ones are not found by them. */
#define MT940_DIRECTORY_NUMBER 40

static inline struct mt940_view mt940_directory_view(const struct mt940_directory_pool *pool,
                                                     mt940_directory_text text)
{
    const unsigned char *bytes = (const unsigned char *)pool->bytes;
    size_t at = text, length;
    unsigned shift = 7;

    if (text == 0 || at >= pool->length)
        return mt940_view_of(NULL, 0);
    length = bytes[at] & 0x7F;
    for (; bytes[at] & 0x80 && shift < 32 && at + 1 < pool->length; shift += 7)
        length |= (size_t)(bytes[++at] & 0x7F) << shift;
    if (length >= pool->length - at)
        return mt940_view_of(NULL, 0);
    return mt940_view_of(pool->bytes + at + 1, length);
}

/* A customer, and a bank record, as they stand in the pool. */
struct mt940_directory_card {
    struct mt940_view code, name, tax_id, default_bank_account;
    int32_t type, payment_type, active;
};
struct mt940_directory_bank_card {
    uint32_t card; /* where its customer's begins */
    int32_t slot;
    uint32_t flags; /* bits of enum mt940_directory_bank_flag */
    struct mt940_view currency, branch, account, iban;
};
/* The hit that a bank record leads to; `behind` its IBAN, which was read. Of a damaged image all may be empty. */
void mt940_directory_read_hit(const struct mt940_directory_pool *pool, uint32_t record, uint32_t behind,
                              struct mt940_directory_hit *out);
/* They return where the record ends. */
uint32_t mt940_directory_read_card(const struct mt940_directory_pool *pool, uint32_t record,
                                   struct mt940_directory_card *out);
uint32_t mt940_directory_read_bank(const struct mt940_directory_pool *pool, uint32_t record,
                                   struct mt940_directory_bank_card *out);
/*
 * The directory whose arrays hold a customer, which becomes its number there; and the other way round. Where a
 * directory lies over another one, a card, a bank record and a code are asked of the source.
 */
const struct mt940_directory *mt940_directory_source(const struct mt940_directory *directory, uint32_t *customer);
uint32_t mt940_directory_number(const struct mt940_directory *directory, const struct mt940_directory *source,
                                uint32_t customer);
/* Code, type, payment type and whether it is active: what stands first; the rest of `out` is not touched. */
void mt940_directory_read_head(const struct mt940_directory_pool *pool, uint32_t record,
                               struct mt940_directory_card *out);
/* The code alone. */
struct mt940_view mt940_directory_code(const struct mt940_directory *directory, uint32_t customer);
/* Append a record to the pool. 0, E_MEMORY or E_LIMIT (4 GiB). */
int mt940_directory_store_card(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                               const struct mt940_directory_card *card, uint32_t *record);
int mt940_directory_store_bank(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                               const struct mt940_directory_bank_card *bank, uint32_t *record);
/* Appends a record of another pool, from *record to `end`, and says where it stands now; a bank record behind `card`. */
int mt940_directory_move_card(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                              const struct mt940_directory_pool *from, uint32_t *record, uint32_t end);
int mt940_directory_move_bank(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                              const struct mt940_directory_pool *from, uint32_t *record, uint32_t end, uint32_t card);
/* Appends a text to the pool, also an empty one. 0, E_MEMORY or E_LIMIT (4 GiB). */
int mt940_directory_store(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                          const struct mt940_view *text, mt940_directory_text *out);
void mt940_directory_pool_free(struct mt940_directory_pool *pool, const struct mt940_allocator *memory);

/* A number with its separators and leading zeros left out, letters upper case; empty when it is too long. */
struct mt940_directory_number {
    char text[MT940_DIRECTORY_NUMBER];
    size_t length;
};
void mt940_directory_normalise(const struct mt940_view *number, bool keep_zeros, struct mt940_directory_number *out);

/* The parts an account of a bank record is found by; false when it cannot be (no bank, number too short). */
struct mt940_directory_account_key {
    int32_t bank;
    int32_t branch; /* -1 = not known */
    struct mt940_directory_number number;
};
bool mt940_directory_bank_key(const struct mt940_directory_bank_card *bank, struct mt940_directory_account_key *out);
uint64_t mt940_directory_account_hash(int32_t bank, const struct mt940_directory_number *number);

/* Bank code in a Turkish IBAN, -1 for any other text. */
int32_t mt940_directory_bank_of_iban(const struct mt940_view *iban);
/* The own account that has this canonical IBAN, or NULL. */
const struct mt940_bank_account *mt940_directory_own_iban(const struct mt940_directory *directory,
                                                          const struct mt940_view *iban);
/* The own account of a bank code, branch (-1 = any) and number, or NULL. */
const struct mt940_bank_account *mt940_directory_own_number(const struct mt940_directory *directory, int32_t bank,
                                                            int32_t branch, const struct mt940_view *number);
/* Currency of an account or bank record: its own, else the company's. */
struct mt940_view mt940_directory_currency(const struct mt940_directory *directory, const struct mt940_view *currency);

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

/* Number of the customer with this code, or -1; and in a directory that lies over none. */
int64_t mt940_directory_number_in(const struct mt940_directory *directory, const struct mt940_view *code);
int64_t mt940_directory_customer_number(const struct mt940_directory *directory, const struct mt940_view *code);
/* Fills a hit for a customer, of no bank record. */
void mt940_directory_fill_hit(const struct mt940_directory *directory, uint32_t customer,
                              struct mt940_directory_hit *out);
/* Sorts what was added, finds doubles, builds the indexes. After a failure it can only be freed. */
int mt940_directory_finish(struct mt940_directory *directory, struct mt940_error *error);

#endif
