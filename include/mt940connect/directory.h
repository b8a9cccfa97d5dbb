/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.h: an immutable index over a company's own accounts, customers and their bank
 * records, for the matcher (match.h). Built once from records of the books, then shared freely
 * between threads. The same records give the same directory in any order of adding.
 * Source: matching.md §3.3, decisions 1-6, R38, R118; docs/match.md.
 */
#ifndef MT940CONNECT_DIRECTORY_H
#define MT940CONNECT_DIRECTORY_H

#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_directory;
struct mt940_directory_builder;

/*
 * Starts a directory of one company. `allocator` NULL = the C heap. Errors: MT940_E_ARGUMENT,
 * MT940_E_MEMORY. Release with mt940_directory_builder_free(). @since 0.1
 */
int mt940_directory_builder_new(const struct mt940_view *company, const struct mt940_allocator *allocator,
                                struct mt940_directory_builder **out, struct mt940_error *error);
/*
 * Copies what the index needs of a record: kind is MT940_KIND_COMPANY, _BANK_ACCOUNT, _CUSTOMER
 * or _CUSTOMER_BANK (enum mt940_kind), `record` its struct. Errors: MT940_E_ARGUMENT (another
 * kind, or another company; an empty company means this one), MT940_E_MEMORY, MT940_E_LIMIT
 * (more than 2^31 records, or 4 GiB of text).
 */
int mt940_directory_builder_add(struct mt940_directory_builder *builder, int32_t kind, const void *record,
                                struct mt940_error *error);
/*
 * Makes the directory; the builder is empty afterwards and can only be freed. Errors:
 * MT940_E_EXISTS (two records of one key; the text names it), MT940_E_MEMORY. Bank records
 * without their customer are left out and counted. Release with mt940_directory_free().
 */
int mt940_directory_build(struct mt940_directory_builder *builder, struct mt940_directory **out,
                          struct mt940_error *error);
/* NULL is allowed for both. */
void mt940_directory_builder_free(struct mt940_directory_builder *builder);
void mt940_directory_free(struct mt940_directory *directory);

/*
 * The directory as bytes that are kept in a file and read again without building anything, best
 * mapped: the same bytes for the same records and fingerprint, whatever order they were added in.
 * `fingerprint` is the caller's, at most MT940_DIRECTORY_FINGERPRINT bytes, of what the directory
 * was made from. Writes to `out` when `capacity` is enough; `*length` is what it takes either way.
 * Errors: MT940_E_ARGUMENT, MT940_E_LIMIT (more than `capacity`), MT940_E_MEMORY. @since 0.1
 */
#define MT940_DIRECTORY_FINGERPRINT 32
int mt940_directory_image(const struct mt940_directory *directory, const struct mt940_view *fingerprint, void *out,
                          size_t capacity, size_t *length);
/*
 * A directory out of such bytes, which begin at a multiple of 8 and stay as they are until it is
 * freed. Checked are the head, the sizes and the runs of records of one key; any place that
 * the rest names is compared with what there is before it is used, so that damaged or hostile
 * bytes give wrong customers at worst. `verify` not 0 compares the checksum of all bytes too,
 * which reads them all. Errors: MT940_E_ARGUMENT; MT940_E_SCHEMA (another version of the image,
 * of the tables of words or of the byte order: build it anew); MT940_E_CORRUPT; MT940_E_MEMORY.
 */
int mt940_directory_open(const void *image, size_t length, int verify, const struct mt940_allocator *allocator,
                         struct mt940_directory **out, struct mt940_error *error);
/* Of the image it was opened from, MT940_DIRECTORY_FINGERPRINT bytes, zeros at the end; empty when it was built. */
int mt940_directory_fingerprint(const struct mt940_directory *directory, struct mt940_view *out);

/* Sizes, for people and for measurements. The caller sets `size`. */
struct mt940_directory_info {
    size_t size;
    uint64_t customers;
    uint64_t customer_banks;
    uint64_t bank_accounts;
    uint64_t orphans; /* bank records without a customer */
    uint64_t bytes;   /* memory held */
};
int mt940_directory_get_info(const struct mt940_directory *directory, struct mt940_directory_info *out);

/*
 * Records as the directory holds them; views point into it and live as long. Fields it does not
 * keep are empty: revisions, and of a bank record bic, bank_name, ebanking, the DBS figures and
 * the Azerbaijani fields. Each returns 0 or MT940_E_NOT_FOUND; thread safe.
 */
int mt940_directory_company(const struct mt940_directory *directory, struct mt940_company *out);
int mt940_directory_customer(const struct mt940_directory *directory, const struct mt940_view *code,
                             struct mt940_customer *out);
int mt940_directory_customer_bank(const struct mt940_directory *directory, const struct mt940_view *customer,
                                  int64_t slot, struct mt940_customer_bank *out);
/* The bank records of a customer in order of slot; writes up to `capacity`, returns how many there are. */
size_t mt940_directory_customer_banks(const struct mt940_directory *directory, const struct mt940_view *customer,
                                      struct mt940_customer_bank *out, size_t capacity);
/* Own accounts in order of code; NULL past the last, or when there is none of that code. */
const struct mt940_bank_account *mt940_directory_bank_account_at(const struct mt940_directory *directory,
                                                                 size_t index);
const struct mt940_bank_account *mt940_directory_bank_account(const struct mt940_directory *directory,
                                                              const struct mt940_view *code);

/* Parts of field 25, as mt940_account_split() gives them; empty = not there. */
struct mt940_directory_account {
    size_t size;
    struct mt940_view iban;     /* canonical */
    struct mt940_view bank;     /* bank code */
    struct mt940_view branch;   /* branch code */
    struct mt940_view number;   /* account number */
    struct mt940_view currency; /* of the statement's balances; empty fits every account */
};
/*
 * The own account of a statement (R38): by IBAN, else by bank, branch and number without their
 * leading zeros; the currency must fit. Returns how many fit; `*out` is set when exactly one does.
 */
int mt940_directory_resolve(const struct mt940_directory *directory, const struct mt940_directory_account *account,
                            const struct mt940_bank_account **out);

/* A customer that an identifier leads to. */
struct mt940_directory_hit {
    struct mt940_view customer; /* code */
    int64_t slot;               /* bank record; 0 = the card itself */
    int32_t type;               /* enum mt940_customer_type */
    int32_t active;
    int32_t collector; /* of the bank record */
    int32_t reserved;
};
/*
 * Customers by canonical IBAN, by tax number, and by bank code, branch (-1 = any) and account
 * number (leading zeros ignored). In order of code and slot; write up to `capacity`, return how
 * many there are. Thread safe, constant time besides the hits.
 */
size_t mt940_directory_by_iban(const struct mt940_directory *directory, const struct mt940_view *iban,
                               struct mt940_directory_hit *hits, size_t capacity);
/*
 * Many IBANs at once, several times as fast as one by one where the books are large: of each the first hit, and in
 * `counts` how many there are; a hit whose count is 0 is left as it was. @since 0.1
 */
void mt940_directory_by_ibans(const struct mt940_directory *directory, const struct mt940_view *ibans, size_t count,
                              struct mt940_directory_hit *hits, size_t *counts);
size_t mt940_directory_by_tax_id(const struct mt940_directory *directory, const struct mt940_view *tax_id,
                                 struct mt940_directory_hit *hits, size_t capacity);
size_t mt940_directory_by_account(const struct mt940_directory *directory, int32_t bank, int32_t branch,
                                  const struct mt940_view *number, struct mt940_directory_hit *hits, size_t capacity);

/*
 * Customers of this name: letters, marks, punctuation and the usual abbreviations of trades and
 * legal forms aside, word for word (docs/match.md). Otherwise as above.
 */
size_t mt940_directory_by_name(const struct mt940_directory *directory, const struct mt940_view *name,
                               struct mt940_directory_hit *hits, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
