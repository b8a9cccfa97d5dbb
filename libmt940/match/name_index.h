/* SPDX-License-Identifier: Apache-2.0
 *
 * name_index.h: the names of all customers as lists of words, and the ways from a word to them:
 * a vocabulary in order of its letters from both ends, the customers of a word, the customers of
 * two common words side by side (matching.md §3.3). Plain arrays: the same for the same customers
 * everywhere, fit to be written to a file and mapped. What was mapped may be
 * damaged: no number of it is used as a place before it was compared with what there is.
 */
#ifndef MT940_MATCH_NAME_INDEX_H
#define MT940_MATCH_NAME_INDEX_H

#include "base/memory.h"
#include "base/view.h"
#include "match/index.h"
#include "match/name_word.h"

/* Words of a customer's name that count; no name of a firm is longer. */
#define MT940_NAME_WORDS 16
/* Words of more customers than this are looked for in pairs. */
#define MT940_NAME_COMMON 400
/* Words of a larger part of all customers lead to none of them: they have no list. */
#define MT940_NAME_SHARE 16
/* A pair of words that more customers have leads to none of them. */
#define MT940_NAME_PAIR_MOST 2000

/*
 * Fewer customers are too small a sample of all who may pay: a word that the table of words does not hold is then as rare
 * as if there were so many.
 */
#define MT940_NAME_FEWEST 1024

/* The most common words are tried as what a word may be, whatever they begin with. */
#define MT940_NAME_TRIED 1024

/* Legal forms that the table knows. */
#define MT940_NAME_LEGALS 16

#define MT940_NAME_NO_WORD UINT32_MAX

struct mt940_name_layer;

struct mt940_name_index {
    /* NULL, or the names lie over others (directory_layer.h): there are no names, lists and pairs here then. */
    const struct mt940_name_layer *layer;
    uint32_t customers;
    uint32_t words;  /* by how many customers have them, most first; then by their letters */
    uint32_t common; /* words with pairs: those below this number; at most 65,535 */
    uint32_t listless; /* words below this number have no list of customers */
    uint32_t pairs;
    uint32_t *name_at;  /* by group of customers: where their names begin in `names` */
    uint8_t *names;     /* for each: its bytes, then numbers of words, seven bits a byte, low ones first */
    uint32_t *text_at;  /* words + 1 */
    char *texts;
    uint64_t *keys;     /* by number of the word: mt940_name_pack() */
    uint32_t *counts;   /* customers of a word */
    uint32_t *letters;  /* of the first MT940_NAME_TRIED words: mt940_name_letters() */
    uint8_t *bits;      /* what a word says: 8 * log2 of customers, MT940_NAME_FEWEST at least / customers with it */
    uint32_t *list_at;  /* words + 1 */
    uint8_t *lists;     /* customers of a word: differences, as above */
    uint64_t *forward;  /* keys in order: by length, then from the first letter */
    uint32_t *forward_word;
    uint64_t *backward; /* the same of the words read backwards */
    uint32_t *backward_word;
    uint32_t *pair_first; /* common + 1: pairs by first word */
    uint16_t *pair_second;
    uint32_t *pair_at;    /* pairs + 1 */
    uint8_t *pair_lists;
    uint32_t legal[MT940_NAME_LEGALS]; /* words that are legal forms */
    uint32_t legal_count;
    uint32_t name_bytes, text_bytes, list_bytes, pair_bytes;
    struct mt940_index by_word; /* words by their text */
    struct mt940_index by_name; /* customers by all words: mt940_name_hash_of() */
};

/* Reads a number of seven bits a byte and moves behind it: five bytes at most, as an image may be damaged. */
static inline uint32_t mt940_name_number(const uint8_t **at)
{
    uint32_t value = *(*at)++, shift = 7;

    if (value < 0x80)
        return value;
    value &= 0x7F;
    for (;; shift += 7) {
        uint32_t byte = *(*at)++;

        value |= (byte & 0x7F) << shift;
        if (byte < 0x80 || shift == 28)
            return value;
    }
}

/*
 * Names of so many customers are found by one place, from which their lengths lead on: the places of all are few enough
 * to stay near the processor, and a group is a line or two of memory.
 */
#define MT940_NAME_GROUP 8
/* Bytes of a name on average, about. */
#define MT940_NAME_BYTES 8
static inline size_t mt940_name_groups(uint32_t customers)
{
    return (size_t)customers / MT940_NAME_GROUP + 1;
}

/* Asks for the name of a customer that will be read soon. */
static inline void mt940_name_prefetch(const struct mt940_name_index *index, uint32_t customer)
{
    const uint8_t *group = index->names + index->name_at[customer / MT940_NAME_GROUP];

    MT940_PREFETCH(group);
    MT940_PREFETCH(group + customer % MT940_NAME_GROUP * MT940_NAME_BYTES);
}

/* Where the numbers of a customer's name begin, and their bytes; NULL where a damaged image has none. */
static inline const uint8_t *mt940_name_at(const struct mt940_name_index *index, uint32_t customer, uint32_t *bytes)
{
    uint32_t at = index->name_at[customer / MT940_NAME_GROUP];

    for (uint32_t left = customer % MT940_NAME_GROUP;; left--) {
        if (at >= index->name_bytes || index->names[at] >= index->name_bytes - at)
            return NULL;
        *bytes = index->names[at++];
        if (left == 0)
            return index->names + at;
        at += *bytes;
    }
}

/* Letters are 1 to 26; ten digits share five values. 0 and 31 are of no letter but '?' of the books. */
static inline uint32_t mt940_name_code(char c)
{
    return mt940_ascii_is_digit(c) ? 27 + (uint32_t)(c - '0') % 5 : (uint32_t)(c - 'A' + 1) & 0x1F;
}

/* The length (at most 15) in the highest four bits, then the first twelve letters, five bits each. */
uint64_t mt940_name_pack(const char *key, size_t length);
uint64_t mt940_name_pack_backward(const char *key, size_t length);

/* Which letters a word has: bits by mt940_name_code(). */
uint32_t mt940_name_letters(const char *key, size_t length);

struct mt940_view mt940_name_text(const struct mt940_name_index *index, uint32_t word);
/* Number of a word, MT940_NAME_NO_WORD for one that no customer has. */
uint32_t mt940_name_find_word(const struct mt940_name_index *index, const char *key, size_t length);
/* Hash of a name: begin with START, add the hashes of its words, finish. It does not depend on their numbers. */
#define MT940_NAME_HASH_START MT940_INDEX_HASH_START
uint64_t mt940_name_hash_more(uint64_t state, uint64_t word);
/* Of the words with these numbers, of which there are `count`. */
uint64_t mt940_name_hash_of(const struct mt940_name_index *index, const uint32_t *words, size_t count);
void mt940_name_hash_words(const struct mt940_name_word *words, size_t count, uint64_t *hashes);
/* The numbers of several words: memory is asked for ahead, so they cost little more than one. */
void mt940_name_find_words(const struct mt940_name_index *index, const struct mt940_name_word *words,
                           const uint64_t *hashes, size_t count, uint32_t *numbers);
/* The words of a customer's name. */
size_t mt940_name_words_of(const struct mt940_name_index *index, uint32_t customer, uint32_t words[MT940_NAME_WORDS]);
/* Customers that are shown of those whose name is the same. */
#define MT940_NAME_SHOWN 8
/*
 * How many customers have exactly these words, whose hash this is, as their name; the first MT940_NAME_SHOWN, or all,
 * are at *customers.
 */
size_t mt940_name_find_exact(const struct mt940_name_index *index, const uint32_t *words, size_t count, uint64_t hash,
                             const uint32_t **customers, uint32_t room[MT940_NAME_SHOWN]);

/*
 * The same for words as they were read; their numbers are in `numbers` where a customer has them. Words of a name are
 * compared with those of the customers who may have it: none is looked up.
 */
size_t mt940_name_find_whole(const struct mt940_name_index *index, const struct mt940_name_word *words, size_t count,
                             uint32_t numbers[MT940_NAME_WORDS], const uint32_t **customers,
                             uint32_t room[MT940_NAME_SHOWN]);

/* A list of customers; where names lie over others, theirs and that of those. */
struct mt940_name_list {
    const uint8_t *from, *to;
    const uint8_t *top_from, *top_to;
};
/* Customers of a word, and of two common words side by side; empty where there is no list. */
struct mt940_name_list mt940_name_list_of(const struct mt940_name_index *index, uint32_t word);
struct mt940_name_list mt940_name_list_of_pair(const struct mt940_name_index *index, uint32_t first, uint32_t second);
/* Bytes of a list of a pair: about as many as its customers. */
uint32_t mt940_name_list_bytes(const struct mt940_name_index *index, const struct mt940_name_list *list);

/* A list that is read. */
struct mt940_name_cursor {
    const uint8_t *at, *end;
    uint32_t last; /* customer + 1 */
    const struct mt940_name_layer *layer;
    /* With a layer: where the list of the top is read, and what comes next of both; MT940_NAME_NO_WORD = nothing. */
    const uint8_t *top_at, *top_end;
    uint32_t top_last, next, top_next;
};
void mt940_name_cursor_begin(const struct mt940_name_index *index, const struct mt940_name_list *list,
                             struct mt940_name_cursor *out);
bool mt940_name_layer_next(struct mt940_name_cursor *cursor, uint32_t *customer);
/* The next customer, in ascending order; of a damaged list it may be anything. False at the end. */
static inline bool mt940_name_cursor_next(struct mt940_name_cursor *cursor, uint32_t *customer)
{
    if (cursor->layer)
        return mt940_name_layer_next(cursor, customer);
    if (cursor->at >= cursor->end)
        return false;
    cursor->last += mt940_name_number(&cursor->at);
    *customer = cursor->last - 1;
    return true;
}
/* 8 * log2 of customers / count. */
uint32_t mt940_name_bits_of(uint32_t customers, uint32_t count);
/* What tells one of all customers from the others. */
static inline uint32_t mt940_name_bits_of_one(const struct mt940_name_index *index)
{
    return mt940_name_bits_of(index->customers < MT940_NAME_FEWEST ? MT940_NAME_FEWEST : index->customers, 1);
}
/* What a word says; of no word, what a new one would say. */
static inline uint32_t mt940_name_bits(const struct mt940_name_index *index, uint32_t word)
{
    return word == MT940_NAME_NO_WORD ? mt940_name_bits_of_one(index) + 8 : index->bits[word];
}

/* Canonical words of a customer's name, at most MT940_NAME_WORDS. */
size_t mt940_name_words_of_text(const struct mt940_view *name, struct mt940_name_word words[MT940_NAME_WORDS]);

/* Whether a word is a legal form. */
static inline bool mt940_name_is_legal(const struct mt940_name_index *index, uint32_t word)
{
    for (uint32_t i = 0; i < index->legal_count; i++)
        if (index->legal[i] == word)
            return true;
    return false;
}

/* Where the names come from. */
typedef struct mt940_view (*mt940_name_source)(const void *context, uint32_t customer);

/*
 * `whole`: with lists of every word and every pair, however many customers have them. Errors: MT940_E_MEMORY,
 * MT940_E_LIMIT (4 GiB of a kind). After a failure it is empty.
 */
int mt940_name_index_build(struct mt940_name_index *index, const struct mt940_allocator *memory, uint32_t customers,
                           bool whole, mt940_name_source source, const void *context);
void mt940_name_index_free(struct mt940_name_index *index, const struct mt940_allocator *memory);
size_t mt940_name_index_bytes(const struct mt940_name_index *index);

#endif
