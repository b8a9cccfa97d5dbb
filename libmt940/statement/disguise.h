/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise.h: what replaces texts, below the stream of anonymise.c.
 *
 *   anonymise.c           the stream
 *   disguise_field.c      which part of a field is text
 *   disguise_envelope.c   blocks around a message
 *   disguise_narrative.c  a narrative, which must be split as before
 *   disguise_guard.c      replaces again what a reader would read otherwise
 *   disguise_line.c       what stands in front of a line and stays
 *   disguise_text.c       a text: its lines joined, its IBANs, dates and words found
 *   disguise_word.c       one word, number or IBAN: another one of the same form
 */
#ifndef MT940_STATEMENT_DISGUISE_H
#define MT940_STATEMENT_DISGUISE_H

#include "base/memory.h"
#include "base/view.h"
#include "statement/scan.h"

/* Room for a text while it is looked at; grows with the longest one and is used again. */
struct mt940_disguise {
    struct mt940_allocator memory;
    uint64_t seed;
    uint32_t draws; /* how often a text was replaced before: words are others each time */
    bool careful;   /* no word becomes anything that a reader looks at, though it may look like no word then */
    bool apart;     /* words end where lines and sub-fields do */
    bool in_field;  /* the text is part of a field that has a form */
    bool in_account; /* it looks like an IBAN and is none */
    int status; /* the first failure, MT940_E_MEMORY */
    char *text;       /* the content of the lines, without structure; '\n' where something was left out */
    uint32_t *places; /* where each byte of it stands */
    size_t length, text_capacity, place_capacity;
    void *found; /* IBANs, tax numbers or BICs of the text */
    size_t found_capacity;
    void *before; /* a narrative as it was, and room to read it in */
    size_t before_capacity;
};

/* What a reader makes of a text before and after: the same; the same but for remarks; something else. */
enum mt940_likeness { MT940_DISGUISE_SAME, MT940_DISGUISE_ALIKE, MT940_DISGUISE_DIFFERS };
typedef int mt940_disguise_compare(void *user, struct mt940_view before, struct mt940_view after);

/*
 * Replaces the words of `raw` behind its first `kept` bytes in place, until `compare` says that a reader finds the same.
 * Draws others a few times, then without what a reader looks at; what is like it at least is taken in the end, or the
 * first. The text as it was stands in disguise->before meanwhile, with `room` bytes behind it for `compare`.
 */
void mt940_disguise_guarded(struct mt940_disguise *disguise, char *raw, size_t length, size_t kept, size_t room,
                            mt940_disguise_compare *compare, void *user);

/* Replaces the words of a field in place: a reader finds the same in it as before. `raw` is the item's value. */
void mt940_disguise_field(struct mt940_disguise *disguise, const struct mt940_item *item, char *raw);
/* Replaces the words of a narrative, so that a reader splits it as before. */
void mt940_disguise_narrative(struct mt940_disguise *disguise, char *raw, size_t length);

/* Replaces the words of lines outside any message, so that none is a field afterwards that was none. */
void mt940_disguise_lines(struct mt940_disguise *disguise, char *raw, size_t length);
/* Replaces the words of `raw` in place; the lines may begin with what looks like a field, and keep that. */
void mt940_disguise_text(struct mt940_disguise *disguise, char *raw, size_t length);
/* Replaces terminals, session and sequence numbers, references and checksums of block headers and trailers. */
void mt940_disguise_envelope(struct mt940_disguise *disguise, char *blocks, size_t length);
void mt940_disguise_free(struct mt940_disguise *disguise);

/* Where a word stands: beside a number or in front of a sign; behind letters that stay and are no word. */
enum mt940_word_place { MT940_WORD_ALONE, MT940_WORD_BESIDE, MT940_WORD_REST };

/*
 * One word: a run of letters, digits and bytes above 7F. Replaces it in place, by the same one every time; words of the
 * vocabulary stay, those that are names, too, only beside something.
 */
void mt940_disguise_word(const struct mt940_disguise *disguise, char *word, size_t length, int place);
/*
 * Letters of a set of one byte stay, so a word of nothing else changes by their order alone. Turning moves the first
 * behind the last; letters that are turned must stand side by side, for they are told by what stands beside them.
 */
bool mt940_disguise_is_single(struct mt940_view word);
void mt940_disguise_turn(char *word, size_t length);
/* A valid IBAN in electronic form; a BIC with its country; a tax number of this kind (enum mt940_tax_id_kind). */
void mt940_disguise_iban(const struct mt940_disguise *disguise, char *iban, size_t length);
void mt940_disguise_bic(const struct mt940_disguise *disguise, char *bic, size_t length);
void mt940_disguise_tax_id(const struct mt940_disguise *disguise, char *digits, size_t length, int32_t kind);

static inline bool mt940_is_word_byte(char c)
{
    return mt940_ascii_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* ":NS:" in front of a line; where one line begins so, a reader takes all for numbered ones. */
bool mt940_begins_with_ns(struct mt940_view line);
bool mt940_has_ns(struct mt940_view text);
/*
 * Bytes in front of a line that stay: what looks like a field, an envelope, the number of a ":NS:" line, and of every
 * line where they are `numbered`.
 */
size_t mt940_structure_length(struct mt940_view line, bool numbered);
/* Whether lines that look like fields do so as before: that hangs on what stands behind the tag. */
bool mt940_same_lines(struct mt940_view before, struct mt940_view after);

/* Whether banks use the word in everybody's statements; a letter above 7F stands for any that has marks (Ç, Ä, Ł). */
bool mt940_is_vocabulary(struct mt940_view word);
/* Whether it is one that people are called by, too, or a currency seldom seen. */
bool mt940_is_name_too(struct mt940_view word);

#endif
