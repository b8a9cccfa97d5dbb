/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_reading.h: one text of a movement being read, which the files that collect facts hand to each other.
 */
#ifndef MT940_MATCH_FACTS_READING_H
#define MT940_MATCH_FACTS_READING_H

#include "match/phrase.h"
#include "mt940connect/facts.h"
#include "mt940connect/iban.h"

/* Words looked at together: the longest phrase with its value, and a list going on behind it. */
#define MT940_FACTS_WINDOW 8

/* IBANs of one text; those beyond are left out. */
#define MT940_FACTS_SPANS 16

/* Where an IBAN stands; `index` in facts->ibans, -1 for the own one and for what found no room. */
struct mt940_facts_span {
    uint32_t offset;
    uint32_t end;
    int32_t index;
};

/* A number that may be an invoice's, if "NOLU FATURA" follows. */
struct mt940_facts_listed {
    struct mt940_view number;
    bool whole;  /* by its form a number, not only beside one that is like it */
    bool dashed; /* " - " stands before it, as between a number and another matter */
};

struct mt940_facts_reading {
    const struct mt940_facts_input *input;
    struct mt940_facts *facts;
    int32_t field;
    struct mt940_view text; /* at most UINT32_MAX bytes */
    struct mt940_words words;
    struct mt940_word window[MT940_FACTS_WINDOW];
    uint32_t count; /* words in the window; the first is the current one */
    uint32_t kind_skip; /* words a phrase of a kind still covers */
    struct mt940_facts_listed list[MT940_FACT_INVOICES];
    uint32_t list_count;
    uint32_t list_end; /* where the last of the list ends */
    bool list_joined; /* VE stands behind it */
    bool list_labelled; /* FATURA NO stands before it: what goes on it is an invoice */
    uint32_t plate; /* words of a number plate that were read */
    uint32_t named_end; /* where the number ends that words before it named, and no invoice */
    struct mt940_facts_span spans[MT940_FACTS_SPANS];
    uint32_t span_count;
    uint32_t span_at; /* first span that ends behind the current word */
};

/* A piece of the text being read. */
static inline struct mt940_fact mt940_facts_piece(const struct mt940_facts_reading *reading, size_t offset,
                                                  size_t length)
{
    struct mt940_fact fact = {{reading->text.data + offset, length}, reading->field, (uint32_t)offset};

    return fact;
}

/* Keeps the first piece of that kind. */
static inline void mt940_facts_take(const struct mt940_facts_reading *reading, struct mt940_fact *fact, size_t offset,
                                    size_t length)
{
    if (fact->field == MT940_FACT_NOWHERE)
        *fact = mt940_facts_piece(reading, offset, length);
}

static inline bool mt940_facts_is_digits(const struct mt940_word *word, uint32_t shortest, uint32_t most)
{
    return word->all_digits && word->length >= shortest && word->length <= most;
}

#endif
