/* SPDX-License-Identifier: Apache-2.0
 *
 * name_query.h: a search for a name under way: the words of the text, which words of the
 * vocabulary each may be, the customers these lead to, and their scores. Lives in memory
 * the caller gives; work is bounded by the sizes here whatever text and books hold (matching.md §3.3).
 */
#ifndef MT940_MATCH_NAME_QUERY_H
#define MT940_MATCH_NAME_QUERY_H

#include "match/name_index.h"

#define MT940_NAME_TERMS 12    /* words of one stretch that are looked at */
#define MT940_NAME_CHOICES 6   /* words of the vocabulary each may be */
#define MT940_NAME_PROBES 96
#define MT940_NAME_SLOTS 16384 /* power of two */
#define MT940_NAME_POSTINGS 4500 /* customers read from lists for one stretch */
#define MT940_NAME_DIRECT 1500  /* longest list of one word that is read */
#define MT940_NAME_SIFTED 256   /* customers whose words are looked at, about */
#define MT940_NAME_SCORED 20    /* of these, the most promising are compared in full */
#define MT940_NAME_HITS MT940_NAME_SHOWN
#define MT940_NAME_TEXT 256     /* words of a text */
#define MT940_NAME_STRETCHES 6  /* stretches of a text that are searched */

/* Likeness of two words, of 256. */
enum mt940_name_likeness {
    MT940_LIKE_SAME = 256,
    MT940_LIKE_WILD = 250,    /* but for lost letters */
    MT940_LIKE_CUT = 236,     /* beginning, at the end of a cut name */
    MT940_LIKE_ONE = 218,     /* one edit */
    MT940_LIKE_SHORT = 205,   /* abbreviation */
    MT940_LIKE_TWO = 190      /* two edits in a long word */
};

/* Parts of 256 of what a word says that are taken off where it stands on one side only. */
enum mt940_name_cost {
    MT940_NAME_EXTRA_COST = 128,     /* a word of the text between those that fit, or of a name field */
    MT940_NAME_EXTRA_EDGE_COST = 40, /* a word of a bank's text before or behind them */
    MT940_NAME_MISSING_COST = 96,    /* a word of the customer's name */
    MT940_NAME_LEGAL_COST = 3 * 8 * 256, /* two legal forms that contradict each other: three bits */
    MT940_NAME_MOVED_COST = 64       /* words not in order: a quarter of a bit */
};
/* An unknown word says no more than this: most are typing errors or other things. */
#define MT940_NAME_EXTRA_MOST (6 * 8)

struct mt940_name_choice {
    uint32_t word;
    uint32_t likeness;
    uint64_t hash; /* of the word, while whole names are put together */
};

/* A word of the text, as it is searched. */
struct mt940_name_term {
    const struct mt940_name_word *word;
    uint64_t key;
    uint32_t number; /* in the vocabulary, or MT940_NAME_NO_WORD */
    uint32_t bits;
    uint32_t choice_count;
    uint32_t alike_bits; /* what the most common of the choices says: no other one says more */
    uint32_t exhausted; /* 1 = words one or two edits away were looked for */
    struct mt940_name_choice choices[MT940_NAME_CHOICES];
    uint32_t places[32]; /* by code of a letter: where it stands in the word, the first letter lowest */
};

enum mt940_name_hit_flag {
    MT940_HIT_EXACT = 1,    /* the same canonical words in the same order */
    MT940_HIT_EXTRA = 2,    /* the text has a word more */
    MT940_HIT_MISSING = 4,  /* the customer has a word more (not behind a cut) */
    MT940_HIT_EDITED = 8,   /* a word only resembles */
    MT940_HIT_MOVED = 16,   /* not in order */
    MT940_HIT_LEGAL = 32,   /* legal forms contradict each other */
    MT940_HIT_CUT = 64,     /* the text ends before the name does */
    MT940_HIT_BOUND = 128   /* a lost letter or an abbreviation was read */
};

struct mt940_name_hit {
    uint32_t customer;
    int32_t score;  /* bits * 8 * 256 */
    int32_t whole;  /* what an exact name would have */
    uint32_t flags; /* bits of enum mt940_name_hit_flag */
    uint32_t offset, length; /* span of the words that fit, in the text */
    uint32_t words; /* that fit */
    uint32_t shared; /* customers of the same words, this one included */
};

/* A customer that lists led to, and what the words of these lists say. */
struct mt940_name_touched {
    uint32_t customer;
    uint32_t weight;
};

/* Where a customer stands among the touched ones. */
struct mt940_name_slot {
    uint16_t stamp;
    uint16_t at;
};

#define MT940_NAME_COMPARED 512 /* power of two */

/* A comparison of a term with a word, remembered: many customers have the same words. */
struct mt940_name_compared {
    uint32_t word;
    uint16_t stretch;
    uint8_t term;
    uint8_t likeness; /* 256 does not occur */
};

#define MT940_NAME_GAINS 256 /* power of two, more than twice the choices of all terms */

/* What a word of a name is worth for one of the terms that it may stand for. */
struct mt940_name_gain {
    uint32_t word;
    uint16_t stamp; /* of the table that is in use */
    uint8_t term;
    int32_t gain;
};

/* A list of customers to be read. */
struct mt940_name_probe {
    struct mt940_name_list list;
    uint32_t count; /* customers, about */
    uint32_t weight;
};

/* What is needed to find names that are only alike: a good 100 KB that a host makes once for a thread. */
struct mt940_name_search {
    uint16_t stamp;   /* of the slots that are in use */
    uint16_t stretch; /* counts the stretches that were searched */
    uint32_t term_count, probe_count, touched_count;
    uint32_t read; /* customers read from lists */
    struct mt940_name_term terms[MT940_NAME_TERMS];
    struct mt940_name_probe probes[MT940_NAME_PROBES];
    struct mt940_name_compared compared[MT940_NAME_COMPARED];
    uint16_t gain_stamp;
    struct mt940_name_gain gains[MT940_NAME_GAINS];
    struct mt940_name_touched touched[MT940_NAME_POSTINGS];
    struct mt940_name_slot slots[MT940_NAME_SLOTS];
};

/* A text and the names that were found for it. */
struct mt940_name_finding {
    struct mt940_name_search *search; /* NULL: only names that stand there word for word */
    bool cut;  /* the text may end in the middle of the name */
    bool text; /* a bank's text: other words may stand around the name */
    const struct mt940_name_word *own; /* words of the own title, which are passed over (decision 4) */
    size_t own_count;
    uint32_t hit_count;
    struct mt940_name_hit hits[MT940_NAME_HITS];
    struct mt940_name_word words[MT940_NAME_TEXT];
};

/*
 * What a word says that stands for a term. One that only resembles says what was written, not what it may be: no rare
 * word is proved by letters that fit a common one as well.
 */
static inline uint32_t mt940_name_bits_said(const struct mt940_name_index *index, const struct mt940_name_term *term,
                                            uint32_t word, uint32_t likeness)
{
    uint32_t bits = mt940_name_bits(index, word);

    return likeness == MT940_LIKE_SAME || bits < term->alike_bits ? bits : term->alike_bits;
}

/* Fills the places of a term's letters. */
void mt940_name_place(struct mt940_name_term *term);
/* Words the terms may be. With `edits` also those one or two edits away, for every term. */
void mt940_name_choose(const struct mt940_name_index *index, struct mt940_name_finding *finding, bool edits);
/* Likeness of a term and a word of the vocabulary, compared letter by letter; 0 = another word. */
uint32_t mt940_name_compare(const struct mt940_name_index *index, const struct mt940_name_term *term, uint32_t word);
/* Collects customers; returns how many were touched. */
void mt940_name_gather(const struct mt940_name_index *index, struct mt940_name_search *search);
/* Compares one customer in full; the score is negative when nothing fits. */
void mt940_name_score_one(const struct mt940_name_index *index, struct mt940_name_finding *finding, uint32_t customer,
                          struct mt940_name_hit *hit);
/* Keeps a hit among the best ones: by score, then number of the customer. */
void mt940_name_keep(struct mt940_name_finding *finding, const struct mt940_name_hit *hit);
/* Whole names that come of the choices of all terms, also with two words exchanged. */
void mt940_name_vary(const struct mt940_name_index *index, struct mt940_name_finding *finding);
/* Sifts the customers that were touched, compares the most promising in full and keeps the best hits. */
void mt940_name_sift(const struct mt940_name_index *index, struct mt940_name_finding *finding);
/*
 * Finds whose name a text is (`text` false), or whose stands in it. Hits are in finding->hits by
 * score, then number of the customer. Returns how many.
 */
size_t mt940_name_find(const struct mt940_name_index *index, const struct mt940_view *source, bool text,
                       struct mt940_name_finding *finding);

/* Whether the first hit leaves no other customer: it may be chosen by its name alone where a host wants that. */
bool mt940_name_is_certain(const struct mt940_name_index *index, const struct mt940_name_finding *finding);

#endif
