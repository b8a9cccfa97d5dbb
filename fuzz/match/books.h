/* SPDX-License-Identifier: Apache-2.0
 *
 * books.h: small books and a movement, read from an input of the fuzzer, and the slow answer to
 * whose money it is: by looking at every customer, without directory, index or weights.
 */
#ifndef FUZZ_MATCH_BOOKS_H
#define FUZZ_MATCH_BOOKS_H

#include <stdbool.h>
#include <stdint.h>

#include "mt940connect/match.h"
#include "mt940connect/record.h"

/* More customers than the matcher's working set holds. */
#define BOOKS_CUSTOMERS 96
#define BOOKS_BANKS 192
#define BOOKS_PAYMENTS 24
#define BOOKS_OWN 4
#define BOOKS_CODE 8

struct books_bank {
    size_t customer;
    int64_t slot;
    struct mt940_view iban, branch, account;
    bool collector;
};

struct books {
    size_t customer_count, bank_count, payment_count, own_count;
    char codes[BOOKS_CUSTOMERS][BOOKS_CODE];
    struct mt940_customer customers[BOOKS_CUSTOMERS];
    struct books_bank banks[BOOKS_BANKS];
    struct mt940_payment payments[BOOKS_PAYMENTS];
    struct mt940_bank_account own[BOOKS_OWN];
    struct mt940_view text;
    int32_t sign;
    uint32_t flags;
    bool knows_account; /* the movement says that it is of the first own account */
};

/*
 * Lines of fields between '|', the last byte says sign and flags, and what is no such line begins the narrative:
 *   c|NAME|TAX NUMBER|digit of the type, x = inactive      r|how often the customer before stands there once more
 *   b|IBAN|BRANCH|ACCOUNT|c = collector                    p|INVOICE|AMOUNT|PAID
 *   o|IBAN|BRANCH|ACCOUNT
 */
void books_read(const uint8_t *data, size_t size, struct books *out);
struct mt940_directory *books_directory(const struct books *books);

/* Customers by number. */
struct books_set {
    bool has[BOOKS_CUSTOMERS];
};

/* Whose record has it; how many records do. */
size_t books_by_iban(const struct books *books, const char *canonical, struct books_set *out, bool *collector);
size_t books_by_account(const struct books *books, int32_t bank, int32_t branch, const struct mt940_view *number,
                        struct books_set *out, bool *collector);
void books_by_tax_id(const struct books *books, const struct mt940_view *tax_id, struct books_set *out);

/* What the rules for identifiers say; `open` where they leave it to names, codes and amounts. */
struct books_answer {
    bool open;
    bool crowded; /* more customers than a match looks at: it may ask where this answers */
    int32_t decision; /* enum mt940_match_decision */
    int customer;     /* of AUTO */
    struct books_set agreed;
};

/* `named`: customers whose name or code is known to stand in the text, which makes a number without a label strong. */
void books_answer(const struct books *books, const struct mt940_facts *facts, const struct books_set *named,
                  struct books_answer *out);

#endif
