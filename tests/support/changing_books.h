/* SPDX-License-Identifier: Apache-2.0
 *
 * changing_books.h: small books that change: a directory of them built anew, an overlay that is
 * told every change, and every question there is, whose answers of both are compared.
 */
#ifndef CHANGING_BOOKS_H
#define CHANGING_BOOKS_H

#include <stdbool.h>

#include "mt940connect/directory_overlay.h"
#include "mt940connect/match.h"

enum { BOOKS_MOST = 4096, BOOKS_BANKS = 3 };

struct book_bank {
    bool exists, collector;
    char iban[32], branch[16], account[24], currency[4];
};

struct book_customer {
    bool exists, active;
    int64_t type;
    char name[96], tax_id[16];
    struct book_bank banks[BOOKS_BANKS]; /* slots 1, 2, 3; they outlive the card */
};

struct changing_books {
    uint64_t state; /* of the random numbers */
    size_t codes;   /* that customers may have */
    struct book_customer customers[BOOKS_MOST];
    struct mt940_match_scratch *scratch;
    struct mt940_facts facts;
    struct mt940_match left, right;
};

/* Books in which about `customers` of `codes` codes (at most BOOKS_MOST) have a card. NULL = no memory. */
struct changing_books *changing_books_new(uint64_t seed, size_t codes, size_t customers);
void changing_books_free(struct changing_books *books);
/* A number below `limit`. */
size_t changing_books_random(struct changing_books *books, size_t limit);
/* The directory of the books as they are, its records added in another order for every `turn`. NULL = failed. */
struct mt940_directory *changing_books_build(struct changing_books *books, size_t turn);
/* Changes one thing and tells the overlay: `what` chooses it. A status. */
int changing_books_change(struct changing_books *books, size_t code, unsigned what,
                          struct mt940_directory_overlay *overlay);
/*
 * Asks both for `questions` customers, by all that is known of them, also of those that are gone, and by movements
 * that name them well or badly. NULL = the same answers, else what differs (static).
 */
const char *changing_books_compare(struct changing_books *books, const struct mt940_directory *a,
                                   const struct mt940_directory *b, size_t questions);

#endif
