/* SPDX-License-Identifier: Apache-2.0
 *
 * match_generator.h: customers and movements that nobody owns, for judging the matcher: companies and persons with the
 * collisions Turkish names have, twelve ways in which a name arrives, and layers of IBAN, tax number, invoice and amount
 * (matching.md §4.2). Written before and without the matcher; frozen by the hash in tests/unit/test_match_generator.c. Everything is
 * a function of seed and number: nothing is stored but a filter of names.
 */
#ifndef MATCH_GENERATOR_H
#define MATCH_GENERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum match_class {
    MATCH_CLEAN,
    MATCH_ASCII,
    MATCH_ABBREVIATED,
    MATCH_CUT,             /* to 27, 32 or 35 characters */
    MATCH_ABBREVIATED_CUT,
    MATCH_TYPO,            /* one or two edits, abbreviated, ASCII */
    MATCH_DROPPED,         /* a word left out, or two exchanged */
    MATCH_TEXT,            /* in a bank's sentence, wrapped at 65 characters */
    MATCH_TEXT_TYPO,       /* the same, abbreviated, with an edit */
    MATCH_LOSSY,           /* '?' for every letter that is not ASCII */
    MATCH_MOJIBAKE,        /* ISO 8859-9 read as 8859-1 */
    MATCH_UNKNOWN,         /* a payer who is no customer */
    MATCH_CLASSES
};
extern const char *const match_class_names[MATCH_CLASSES];

enum { MATCH_NAME_MAX = 400, MATCH_TEXT_MAX = 900 };

struct match_generator {
    uint64_t seed;
    uint32_t customers;
    uint64_t *known; /* hashes of all names, sorted */
};

struct match_customer {
    char code[16];
    char name[MATCH_NAME_MAX];
    char tax_id[12];    /* VKN; empty for one of ten */
    char iban[36];      /* empty for one of ten */
    bool collector;     /* the IBAN is a payment service's, shared by many */
    char invoice[20];   /* of an open item */
    int64_t open;       /* its amount, minor units of TRY */
};

struct match_movement {
    char name[MATCH_NAME_MAX]; /* the payer's field, for text classes the whole narrative */
    char text[MATCH_TEXT_MAX]; /* narrative with all layers */
    int64_t amount;
    int64_t truth; /* number of the customer; -1 = none */
};

/* `customers` NULL-safe to free after a failure; false without memory. */
bool match_generator_init(struct match_generator *generator, uint64_t seed, uint32_t customers);
void match_generator_free(struct match_generator *generator);
void match_generate_customer(const struct match_generator *generator, uint32_t number, struct match_customer *out);
/* The same for every machine. `seed` chooses the movements, the generator's seed the customers. */
void match_generate_movement(const struct match_generator *generator, uint64_t seed, int32_t noise, uint32_t number,
                             struct match_movement *out);

/* Shared by the two files. */
struct match_random {
    uint64_t state;
};
uint64_t match_random_next(struct match_random *random);
/* 0 … below - 1. */
uint32_t match_random_below(struct match_random *random, uint32_t below);
/* True in `percent` of a hundred. */
bool match_random_chance(struct match_random *random, uint32_t percent);
struct match_random match_random_of(uint64_t a, uint64_t b, uint64_t c);
uint64_t match_hash(const char *text);
/* Hash of a name, the legal form written out: who is called the same but for "LTD. ŞTİ." is the same. */
uint64_t match_name_hash(const char *name);
void match_generate_name(uint64_t seed, uint64_t number, char out[MATCH_NAME_MAX]);
/* Appends as much as fits into `size` bytes with the NUL. */
void match_append(char *out, size_t size, const char *text, size_t length);
/* The `at`-th piece of a list; its length. */
size_t match_piece(const char *list, char separator, uint32_t at, const char **out);
uint32_t match_pieces(const char *list, char separator);

#endif
