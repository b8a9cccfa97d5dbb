/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h: whose money moved, and why we say so. Identifiers decide by rule; weights rank the
 * rest. A pure function of the directory, the facts of the movement and what is open; it
 * allocates nothing and the same input gives the same output everywhere.
 * Source: decisions 1-6, matching.md §3, R30-R37; docs/match.md.
 */
#ifndef MT940CONNECT_MATCH_H
#define MT940CONNECT_MATCH_H

#include "mt940connect/directory.h"
#include "mt940connect/facts.h"
#include "mt940connect/lesson.h"
#include "mt940connect/message.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_match_decision {
    MT940_MATCH_NONE = 0,     /* nothing found: the user selects (R34) */
    MT940_MATCH_AUTO = 1,     /* one customer, chosen */
    MT940_MATCH_SUGGEST = 2,  /* likely, but a person confirms */
    MT940_MATCH_ASK = 3,      /* several fit equally (R33) */
    MT940_MATCH_CONFLICT = 4, /* strong evidence for two parties */
    MT940_MATCH_TRANSFER = 5  /* between own accounts (R37) */
};
/* "none", "auto" … as in the match JSON; NULL for no decision. Static. */
const char *mt940_match_decision_name(int32_t decision);

/* Kinds of evidence; the numbers up to 10 are those of matching.md §3.1. */
enum mt940_evidence_kind {
    MT940_EVIDENCE_IBAN = 1,
    MT940_EVIDENCE_BANK_ACCOUNT = 2,
    MT940_EVIDENCE_TAX_ID = 3,
    MT940_EVIDENCE_CUSTOMER_CODE = 4,
    MT940_EVIDENCE_INVOICE = 5,
    MT940_EVIDENCE_MEMORY = 6,
    MT940_EVIDENCE_NAME = 7,
    MT940_EVIDENCE_FUZZY_NAME = 8,
    MT940_EVIDENCE_AMOUNT = 9,
    MT940_EVIDENCE_DIRECTION = 10,
    MT940_EVIDENCE_USER = 11,
    MT940_EVIDENCE_RULE = 12
};
/* "iban", "tax_id" …; NULL for no kind. Static. */
const char *mt940_evidence_kind_name(int32_t kind);

/* Reasons against an automatic choice; bits. */
enum mt940_veto {
    MT940_VETO_INACTIVE = 0x1,     /* the card is not active */
    MT940_VETO_COLLECTOR = 0x2,    /* the IBAN is a collector's: no evidence */
    MT940_VETO_CONTRADICTION = 0x4, /* strong evidence for another party */
    MT940_VETO_SECOND_IBAN = 0x8,  /* another foreign IBAN stands beside it, its part unknown */
    MT940_VETO_WEAK = 0x10,        /* no strong evidence (decision 5) */
    MT940_VETO_LEGAL_FORM = 0x20,  /* A.Ş. against LTD. */
    MT940_VETO_COVERAGE = 0x40,    /* the names are alike, but a word is missing, too many or spelt otherwise */
    MT940_VETO_REJECTED = 0x80     /* a person refused a customer for this payer: left out (lesson.h) */
};
/* Name of one bit ("inactive"), NULL for none. Static. */
const char *mt940_veto_name(uint32_t bit);
/* Message number of its sentence (VETO_INACTIVE takes {customer}), 0 for none. */
int32_t mt940_veto_message(uint32_t bit);

enum mt940_match_flag {
    MT940_MATCH_NAME_AUTO = 1 /* a unique exact name alone may be AUTO (decision 5); off by default */
};

/* Weight in hundredths of a decibel: 100 * 10 * log10 of the odds. 7500 = +75 dB. */
struct mt940_evidence {
    int32_t kind;   /* enum mt940_evidence_kind */
    int32_t weight;
    int32_t strong; /* 1 = may decide alone (decision 5) */
    int32_t message; /* enum mt940_message, for mt940_evidence_args() */
    int32_t field;   /* enum mt940_fact_field; 0 = not from the text */
    uint32_t offset; /* span in that field's text */
    uint32_t length;
    uint32_t shared; /* how many customers the same evidence fits */
    uint32_t count;  /* MEMORY: choices of a person; AMOUNT: open items that fit; else 0 */
    uint32_t solutions; /* AMOUNT of open items: in how many ways it fits (open_items.h); else 0 */
    int64_t slot;    /* bank record it stands on, 0 = none */
    struct mt940_view value; /* the IBAN, number, name … ; lives as long as facts and directory */
};

#define MT940_MATCH_CANDIDATES 8
#define MT940_MATCH_EVIDENCE 8
#define MT940_MATCH_OPEN_ROWS 512

struct mt940_match_candidate {
    struct mt940_view customer; /* code */
    struct mt940_view name;
    int64_t slot;  /* bank record that fits best, 0 = none known */
    int32_t score; /* sum of the weights */
    uint32_t veto; /* bits of enum mt940_veto */
    uint32_t evidence_count;
    uint32_t reserved;
    struct mt940_evidence evidence[MT940_MATCH_EVIDENCE];
};

/*
 * Memory for comparing names that are only alike, and amounts with what is open: about 320 KB,
 * made once, for one thread at a time and any directory. With it a match allocates nothing.
 * `allocator` NULL = the C heap.
 * Errors: MT940_E_ARGUMENT, MT940_E_MEMORY. @since 0.1
 */
struct mt940_match_scratch;
int mt940_match_scratch_new(const struct mt940_allocator *allocator, struct mt940_match_scratch **out);
void mt940_match_scratch_free(struct mt940_match_scratch *scratch); /* NULL is allowed */

/* Open payment rows (struct mt940_payment) that invoice numbers are compared with. */
struct mt940_match_input {
    size_t size;
    const struct mt940_facts *facts;
    struct mt940_view own_account; /* own account code of the statement; empty = not known */
    struct mt940_view currency;    /* of the movement */
    int64_t amount;                /* signed, minor units */
    int32_t sign;                  /* +1 money in, -1 money out */
    uint32_t flags;                /* bits of enum mt940_match_flag */
    const struct mt940_payment *payments;
    size_t payment_count;
    struct mt940_view chosen_customer; /* a user's earlier choice: it stays (R36) */
    int64_t chosen_slot;
    struct mt940_view rule_customer; /* customer the host's rule names */
    struct mt940_view rule_code;     /* transaction code of that rule, for the reason */
    /* NULL: only names that stand in the text word for word are found. Its contents are not input. */
    struct mt940_match_scratch *scratch;
    /*
     * What was learned (lesson.h): the keys of this movement and lessons with those values; others
     * are passed over. NULL = no memory. `now` is what lessons have faded until.
     */
    const struct mt940_lesson_keys *lesson_keys;
    const struct mt940_lesson *lessons;
    size_t lesson_count;
    const struct mt940_lesson_policy *lesson_policy; /* NULL = defaults */
    int64_t now;                                     /* seconds since 1970-01-01 UTC */
    /*
     * What is open with the candidates of a first match of this movement, the rows of one customer
     * side by side: amounts rank those candidates. Needs `scratch`. A customer with more than
     * MT940_MATCH_OPEN_ROWS rows is passed over.
     */
    const struct mt940_payment *open_rows;
    size_t open_count;
};

struct mt940_match {
    size_t size;
    int32_t decision;              /* enum mt940_match_decision */
    int32_t choice;                /* enum mt940_choice: who chose `customer` */
    struct mt940_view customer;    /* AUTO only; else empty */
    int64_t slot;                  /* its bank record, 0 = none known */
    struct mt940_view own_account; /* TRANSFER: code of the other own account */
    struct mt940_view own_iban;    /* TRANSFER: its IBAN as found */
    /* A valid foreign IBAN that no card holds and that may be offered for storing (decision 2). */
    struct mt940_view new_iban;
    uint32_t veto;            /* what held an automatic choice back; bits */
    uint32_t candidate_count; /* filled, at most MT940_MATCH_CANDIDATES */
    uint32_t candidate_total; /* found */
    uint32_t reserved;
    struct mt940_match_candidate candidates[MT940_MATCH_CANDIDATES]; /* by score, then code */
};

/*
 * Matches one movement. The caller sets out->size. Views in `out` point into the directory, the
 * facts and the input. Errors: MT940_E_ARGUMENT. Thread safe, no allocation. @since 0.1
 */
int mt940_match_movement(const struct mt940_directory *directory, const struct mt940_match_input *input,
                         struct mt940_match *out);

/*
 * Arguments of the sentence of one piece of evidence, for mt940_message_format(evidence->message,
 * …); returns how many were written. Views live as long as the candidate.
 */
size_t mt940_evidence_args(const struct mt940_match_candidate *candidate, const struct mt940_evidence *evidence,
                           struct mt940_message_arg args[4]);

/*
 * What is to be said of the match as a whole, one sentence after the other: what holds an automatic choice back, whose
 * own account stands on the other side, which IBAN is in no books. `number` counts from 0. Returns the message number
 * for mt940_message_format() and fills its arguments; 0 = there are no more. What is said of one candidate is in its
 * veto. Views live as long as the match's. Thread safe. @since 0.1
 */
int32_t mt940_match_remark(const struct mt940_match *match, uint32_t number, struct mt940_message_arg args[2]);

#ifdef __cplusplus
}
#endif
#endif
