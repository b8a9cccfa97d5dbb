/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.h: what the files that read narratives share: the text being read, and how its sub-fields are found,
 * reported and given a meaning.
 *
 *   narrative.c         lines to text                   narrative_slash.c   /EREF/…
 *   narrative_coded.c   whether there are ?20… ~20…     narrative_word.c    EREF+… NAAM: …
 *   narrative_pieces.c  reads these, and :NS:01…        narrative_value.c   the uniform shape
 */
#ifndef MT940_STATEMENT_NARRATIVE_H
#define MT940_STATEMENT_NARRATIVE_H

#include "base/view.h"
#include "mt940connect/narrative.h"

/* Meanings that depend on the form of the value or on what stands elsewhere; they never leave the room. */
enum {
    mt940_meaning_bank = MT940_NARRATIVE_VALUE_COUNT, /* BIC or bank code */
    mt940_meaning_other_name,                         /* NAME unless the text has one */
    mt940_meaning_party,                              /* account/BIC/name/city, or a name */
    mt940_meaning_remittance                          /* USTD//text, STRD/CUR/reference, or text */
};

enum mt940_party { mt940_party_anybody, mt940_party_sender, mt940_party_receiver, mt940_party_ultimate,
                   mt940_party_the_same };

/* Where breaks between lines go. A break is one '\n' until the reading is done. */
enum mt940_join {
    mt940_join_free,      /* as mt940_narrative_text() */
    mt940_join_slash,     /* the first line may be full at 60, for banks that count ":86:" */
    mt940_join_coded,     /* the same, and inside numbers and SEPA words no break at all */
    mt940_join_lines      /* every line end is a break */
};

/*
 * Where in a text those sub-fields begin that share a letter of UTF-8 with the one before, which has it whole. Banks
 * that cut letters count bytes: the pieces go on without a blank. More than there is room for are not listed.
 */
struct mt940_seams {
    size_t values[16];
    size_t count;
};

/* How lines become one text. */
struct mt940_joining {
    int32_t charset;
    enum mt940_join join;
    char mark;   /* for a break: a blank or '\n' */
    bool has_ns; /* result: a line begins with ":NS:", the tag of Swiss banks */
    bool has_breaks; /* result: there are some */
    struct mt940_seams *seams; /* result, added to what is there; may be NULL */
};

/* Length of the text of `raw` joined so, as snprintf counts. */
size_t mt940_narrative_join(const struct mt940_view *raw, struct mt940_joining *how, char *out, size_t capacity);

/* Where the numbered sub-fields of a text begin, as far as they were listed when it was told to be such a text. */
enum { MT940_PIECES = 32 };

struct mt940_pieces {
    size_t starts[MT940_PIECES + 1]; /* of their separators; behind the last of all the text's length */
    unsigned char codes[MT940_PIECES + 1]; /* the two digits behind each of them */
    size_t listed;                   /* of those; 0 = nobody looked */
    bool repeated;                   /* separators are written twice */
};

struct mt940_narrative_reading {
    const struct mt940_narrative_input *input;
    struct mt940_narrative *out;
    struct mt940_narrative_field *fields;
    size_t capacity;       /* of fields */
    char *room;            /* behind the text: what is joined out of sub-fields */
    size_t room_length;
    size_t room_used;
    bool has_breaks;       /* in the text itself */
    bool room_breaks;      /* others, between what is joined */
    int32_t party;         /* slash words: whose the next NAME is */
    struct mt940_view lead; /* text that belongs to no sub-field */
    struct mt940_view other_name;
    struct mt940_view own_party; /* who stands on the own side; of a returned payment that is the counterparty */
    int32_t own_meaning;
    struct mt940_pieces pieces;
    struct mt940_seams seams;
};

/* Adds a sub-field to the list; the value has no blanks at its ends. */
static inline void mt940_narrative_add(struct mt940_narrative_reading *reading, struct mt940_view code,
                                       struct mt940_view value, int32_t meaning, int32_t level)
{
    struct mt940_narrative *out = reading->out;

    if (out->field_count < reading->capacity) {
        struct mt940_narrative_field *field = &reading->fields[out->field_count];
        field->code = code;
        field->value = value;
        field->meaning = meaning < MT940_NARRATIVE_VALUE_COUNT ? meaning : MT940_NARRATIVE_NOTHING;
        field->level = level;
    }
    out->field_count++;
}

/* Takes a value, not an empty one, that may say that there is none, or whose form must be looked at. */
void mt940_narrative_judge(struct mt940_narrative_reading *reading, int32_t meaning, struct mt940_view value);

/* Gives the uniform shape a value without blanks at its ends; the first one stays. */
static inline void mt940_narrative_take(struct mt940_narrative_reading *reading, int32_t meaning,
                                        struct mt940_view value)
{
    bool has_form = meaning >= MT940_NARRATIVE_VALUE_COUNT || meaning == MT940_NARRATIVE_ACCOUNT;

    if (value.length == 0)
        return;
    /* What banks write where there is nothing begins with N. */
    if (has_form || mt940_ascii_upper(value.data[0]) == 'N')
        mt940_narrative_judge(reading, meaning, value);
    else if (meaning != MT940_NARRATIVE_NOTHING && reading->out->values[meaning].length == 0)
        reading->out->values[meaning] = value;
}

/* The same for what belongs to a party: only the counterparty's counts. */
void mt940_narrative_take_of(struct mt940_narrative_reading *reading, int32_t party, int32_t meaning,
                             struct mt940_view value);
/* Bytes of a valid IBAN that a text begins with, also one in groups or cut by a break; 0 = it begins with none. */
size_t mt940_narrative_iban_length(struct mt940_view text);
/* What follows from the whole: free text as purpose, an IBAN alone, a return reason inside the purpose. */
void mt940_narrative_settle(struct mt940_narrative_reading *reading);

/* Numbered sub-fields. The separator of `text`, or 0; *score and *pieces when there is one. */
char mt940_coded_detect(struct mt940_view text, int32_t *score, struct mt940_pieces *pieces);
/* Whether the raw bytes may be such a text, to choose the join. */
bool mt940_coded_possible(struct mt940_view raw);
int mt940_coded_read(struct mt940_narrative_reading *reading);
/* "gvc", or what the code in front and the sub-fields make of it. */
int32_t mt940_coded_dialect(struct mt940_view text, char separator, const struct mt940_pieces *pieces);

/* Slash words: 0 or a score; of the text joined as free text, for the other join depends on it. */
int32_t mt940_slash_detect(struct mt940_view text);
void mt940_slash_read(struct mt940_narrative_reading *reading);

/* Words with a plus or a colon: the dialect whose words stand in the text, or FREE. */
int32_t mt940_word_detect(struct mt940_view text, int32_t *score);
/* Reads `text` by the words of a dialect; false if it has none of them. */
bool mt940_word_read(struct mt940_narrative_reading *reading, struct mt940_view text, int32_t dialect, int32_t level);
/* Whether a SEPA word with its plus lies across the seam between two pieces. */
bool mt940_word_across(struct mt940_view before, struct mt940_view after);
/* Whether a text begins with a SEPA word and its plus. */
bool mt940_word_in_front(struct mt940_view text);
/* Whether a SEPA word ends just before `at`, where a plus stands. */
bool mt940_word_before(struct mt940_view text, size_t at);

#endif
