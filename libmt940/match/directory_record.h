/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_record.h: a customer and a bank record as they stand in the pool, where all texts of a directory are.
 */
#ifndef MT940_MATCH_DIRECTORY_RECORD_H
#define MT940_MATCH_DIRECTORY_RECORD_H

#include "base/memory.h"
#include "base/view.h"
#include "mt940connect/directory.h"

/*
 * A text of the pool: where its length (seven bits a byte, low ones first) and bytes stand; 0 = none.
 * A mapped image may be damaged: what does not lie in the pool reads as empty.
 */
typedef uint32_t mt940_directory_text;

struct mt940_directory_pool {
    char *bytes;
    size_t length;
    size_t capacity;
};

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

enum mt940_directory_bank_flag {
    MT940_BANK_EBANKING = 1,
    MT940_BANK_COLLECTOR = 2,
    MT940_BANK_DBS = 4,
    MT940_BANK_VALID_IBAN = 8, /* only these are found by their IBAN */
    MT940_BANK_CURRENCY = 16   /* in the pool: a currency stands in the record */
};

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
/* Code, type, payment type and whether it is active: what stands first; the rest of `out` is not touched. */
void mt940_directory_read_head(const struct mt940_directory_pool *pool, uint32_t record,
                               struct mt940_directory_card *out);
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

#endif
