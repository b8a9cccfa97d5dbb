/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.h: what a narrative (field 86, or the supplementary line of field 61) is made of. One detector tells the
 * dialect, the text is split into its sub-fields, and whatever the dialect calls name, account, mandate or return
 * reason is offered in one shape. Nothing is allocated; time is linear. Dialects and codes are tables:
 * libmt940/statement/narrative_*.def; docs/narrative.md explains them.
 */
#ifndef MT940CONNECT_NARRATIVE_H
#define MT940CONNECT_NARRATIVE_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_narrative_dialect {
    MT940_NARRATIVE_FREE = 0,          /* nothing to split; facts.h reads such texts */
    MT940_NARRATIVE_GVC = 1,           /* 166?00SEPA-GUTSCHRIFT?20EREF+…?32NAME, any separator */
    MT940_NARRATIVE_POLISH = 2,        /* 020~00PRZELEW~20…~32…~38PL…; 020<00…<27… */
    MT940_NARRATIVE_TRIODOS = 3,       /* 000>100000000000>20RABONL2U>21NL12RABO… */
    MT940_NARRATIVE_SLASH = 4,         /* /EREF/…/ORDP//NAME/…/REMI/…, SWIFT and Dutch banks */
    MT940_NARRATIVE_SEPA = 5,          /* EREF+… SVWZ+…, EREF: … IBAN: … without numbered sub-fields */
    MT940_NARRATIVE_DUTCH = 6,         /* IBAN: … NAAM: … OMSCHRIJVING: … */
    MT940_NARRATIVE_POLISH_WORDS = 7,  /* Z RACH.: …; OD: …; TYT.: … */
    MT940_NARRATIVE_CZECH = 8,         /* VS:… KS:… SS:… */
    MT940_NARRATIVE_NS = 9,            /* :NS:01…, one numbered sub-field on each line */
    MT940_NARRATIVE_DIALECT_COUNT = 10 /* not a dialect: how many there are */
};

/* "free", "gvc" …; NULL for no such number. Static. Thread safe. @since 0.1 */
const char *mt940_narrative_dialect_name(int32_t dialect);

/* What a sub-field means; the index into mt940_narrative.values. */
enum mt940_narrative_value {
    MT940_NARRATIVE_NOTHING = 0,            /* no meaning of its own here */
    MT940_NARRATIVE_TRANSACTION_CODE = 1,   /* GVC "166", /TRCD/ */
    MT940_NARRATIVE_BOOKING_TEXT = 2,       /* kind of business in the bank's words */
    MT940_NARRATIVE_NAME = 3,               /* counterparty */
    MT940_NARRATIVE_ULTIMATE_NAME = 4,      /* on whose behalf the counterparty acts */
    MT940_NARRATIVE_ACCOUNT = 5,            /* counterparty's IBAN or account as written */
    MT940_NARRATIVE_BIC = 6,                /* of the counterparty's bank */
    MT940_NARRATIVE_BANK_CODE = 7,          /* national code of that bank, or what is no BIC */
    MT940_NARRATIVE_END_TO_END = 8,         /* end-to-end reference; never "NOTPROVIDED" */
    MT940_NARRATIVE_CUSTOMER_REFERENCE = 9, /* of the order or the batch */
    MT940_NARRATIVE_MANDATE = 10,
    MT940_NARRATIVE_CREDITOR_ID = 11,
    MT940_NARRATIVE_PURPOSE = 12,            /* remittance text, joined */
    MT940_NARRATIVE_PURPOSE_CODE = 13,       /* ISO 20022: "SALA" */
    MT940_NARRATIVE_CREDITOR_REFERENCE = 14, /* structured remittance: RF…, acceptgiro, variable symbol (VS) */
    MT940_NARRATIVE_RETURN_REASON = 15,      /* ISO 20022: "AM04" */
    MT940_NARRATIVE_ORIGINAL_AMOUNT = 16,
    MT940_NARRATIVE_CHARGES = 17,
    MT940_NARRATIVE_VALUE_COUNT = 18 /* not a value: the size of arrays */
};

/* "name", "end_to_end" …; NULL for no such number, and for 0. Static. Thread safe. @since 0.1 */
const char *mt940_narrative_value_name(int32_t value);

/*
 * A sub-field. `code` is as the text has it, without separators; empty = text before the first sub-field, or behind
 * one that ended. The views point into the caller's buffer.
 */
struct mt940_narrative_field {
    struct mt940_view code;
    struct mt940_view value; /* without blanks at its ends */
    int32_t meaning;         /* enum mt940_narrative_value */
    int32_t level;           /* 0 = of the text; 1 = found in the sub-fields 20 to 29 and 60 to 63 joined */
};

/* The text. Set size; raw are the bank's bytes with their line ends. */
struct mt940_narrative_input {
    size_t size;
    struct mt940_view raw;
    int32_t charset; /* enum mt940_charset */
    int32_t sign;    /* +1 money in, -1 money out, 0 not known: whether sender or receiver is the counterparty */
};

/* The result; set size. All views point into the caller's buffer and live as long as it. */
struct mt940_narrative {
    size_t size;
    int32_t dialect; /* enum mt940_narrative_dialect */
    int32_t score;   /* 0 to 100: how much of what looks like structure fits the dialect */
    char separator;  /* of numbered sub-fields ('?'), else 0 */
    char iban[36];   /* canonical, where the account is a valid IBAN; else "" */
    char reserved[3];
    struct mt940_view text; /* decoded and joined as the dialect wants; fields lie in it in order */
    size_t field_count;     /* all of them; more than the array holds means that some were left out */
    struct mt940_view values[MT940_NARRATIVE_VALUE_COUNT]; /* empty = not there; [0] is always empty */
};

/* Bytes of buffer that do for any text of `raw_length` bytes. Thread safe. @since 0.1 */
size_t mt940_narrative_room(size_t raw_length);

/*
 * Reads a narrative. `buffer` takes the decoded text and what had to be joined; fewer bytes than
 * mt940_narrative_room() do where they suffice, else MT940_E_LIMIT. `fields` may be NULL with capacity 0.
 * Whatever the text holds, 0 is returned: in doubt it is free text with no sub-fields. Errors: MT940_E_ARGUMENT,
 * MT940_E_LIMIT. Thread safe. Source: mt940-in-the-wild (b) 20 to 23; docs/narrative.md. @since 0.1
 */
int mt940_narrative_read(const struct mt940_narrative_input *input, char *buffer, size_t capacity,
                         struct mt940_narrative_field *fields, size_t field_capacity, struct mt940_narrative *out);

/*
 * Fills what `narrative` does not say from `other`, as a rule the supplementary line's reading. Buffers of both must
 * stay. MT940_E_ARGUMENT for wrong sizes. @since 0.1
 */
int mt940_narrative_complete(struct mt940_narrative *narrative, const struct mt940_narrative *other);

#ifdef __cplusplus
}
#endif
#endif
