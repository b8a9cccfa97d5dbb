/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h: the working set of one match: the customers some evidence leads to, and the pieces of
 * evidence with the set of customers each fits. Fixed in size, on the stack of the call.
 */
#ifndef MT940_MATCH_MATCH_H
#define MT940_MATCH_MATCH_H

#include "match/name_query.h"
#include "mt940connect/directory.h"
#include "mt940connect/facts.h"
#include "mt940connect/match.h"
#include "mt940connect/open_items.h"

/* Sets are bits of a uint64_t. Evidence that fits more customers than this can decide nothing. */
#define MT940_MATCH_WORKING 64
/* All that may be strong finds room: 2 named, 8 IBANs, 4 accounts, 8 tax numbers, 8 lessons, 8 invoices with amounts. */
#define MT940_MATCH_ITEMS 48

/* A customer with what speaks for it. */
struct mt940_match_working {
    struct mt940_directory_hit hit; /* slot: the bank record that fits best so far */
    int32_t score;
    uint32_t veto; /* what names say against it */
    uint32_t item_count;
    uint8_t items[MT940_MATCH_EVIDENCE];
    int64_t slots[MT940_MATCH_EVIDENCE]; /* bank record of each */
};

struct mt940_match_item {
    struct mt940_evidence evidence;
    uint64_t customers;
    bool certain; /* a name that leaves no other customer */
};

struct mt940_match_state {
    const struct mt940_directory *directory;
    const struct mt940_match_input *input;
    const struct mt940_facts *facts;
    struct mt940_match *out;
    struct mt940_match_working working[MT940_MATCH_WORKING];
    uint32_t working_count;
    uint32_t left_out; /* customers there was no room for */
    bool crowded;      /* one of them strong evidence led to: not everything was weighed */
    uint64_t rejected; /* those of the working set that a person refused: not proposed */
    struct mt940_match_item items[MT940_MATCH_ITEMS];
    uint32_t item_count;
    uint32_t lesson_count; /* of them, lessons */
    const struct mt940_bank_account *transfer; /* the own account of the other side */
    bool transfer_undecided;                   /* several */
    bool foreign_iban;
};

/* Weights in hundredths of a decibel, matching.md §3.1. */
enum mt940_weight {
    MT940_WEIGHT_IBAN = 7500,
    MT940_WEIGHT_BANK_ACCOUNT = 5500,
    MT940_WEIGHT_TAX_ID = 6000,
    MT940_WEIGHT_BARE_TAX_ID = 3800,
    MT940_WEIGHT_CUSTOMER_CODE = 5000,
    MT940_WEIGHT_SHORT_CODE = 3000,
    MT940_WEIGHT_INVOICE = 6500,
    MT940_WEIGHT_BARE_INVOICE = 1500,
    MT940_WEIGHT_NAME_MOST = 7000,
    MT940_WEIGHT_FUZZY_NAME_MOST = 4500,
    MT940_WEIGHT_NAME_I = -300,
    MT940_WEIGHT_NAME_LETTER = -600,
    MT940_WEIGHT_NAME_CONTRADICTS = 2500, /* a weaker name contradicts no identifier */
    MT940_WEIGHT_AMOUNT = 2000,
    MT940_WEIGHT_AMOUNT_ALL = 1500,
    MT940_WEIGHT_AMOUNT_SET = 1200,
    MT940_WEIGHT_AMOUNT_OLDEST = 800,
    MT940_WEIGHT_AMOUNT_SEVERAL = 800, /* less where there is more than one way */
    MT940_WEIGHT_DIRECTION = 300,
    MT940_WEIGHT_RULE = 9000,
    MT940_WEIGHT_USER = 10000,
    MT940_WEIGHT_MARGIN = 1000 /* less between two candidates is no difference */
};

/* 100 * 10 * log10(count), by table. */
int32_t mt940_match_log(uint32_t count);

/* Begins a piece of evidence; NULL when there is no room. */
struct mt940_match_item *mt940_match_add_item(struct mt940_match_state *state, int32_t kind, int32_t weight,
                                              int32_t message, bool strong);
/* What a host makes once for a thread. */
struct mt940_match_scratch {
    struct mt940_allocator memory;
    struct mt940_name_search names;
    int64_t open_room[MT940_OPEN_ITEMS_ROOM(MT940_MATCH_OPEN_ROWS) / sizeof(int64_t)];
};

/* Whether names and codes may add one more piece, and this one is not said yet. */
bool mt940_match_has_room(const struct mt940_match_state *state);
bool mt940_match_may_add(const struct mt940_match_state *state, int32_t kind, struct mt940_view value);
/* Where it stands, and what it is. */
void mt940_match_place(struct mt940_match_item *item, const struct mt940_fact *where, struct mt940_view value);
/* Adds customers to the newest piece: `count` of the `total` there are. What fits more is no longer strong. */
void mt940_match_add_hits(struct mt940_match_state *state, struct mt940_match_item *item,
                          const struct mt940_directory_hit *hits, size_t count, size_t total);
/* Takes from the weight of every piece what it says less for fitting several; once, when all are collected. */
void mt940_match_share(struct mt940_match_state *state);
/* Adds the weights up for every customer. */
void mt940_match_score(struct mt940_match_state *state);
/* The bank record of a customer of the working set that the slip should name (R31, R50). */
int64_t mt940_match_slot(const struct mt940_match_state *state, uint32_t number);
/* Fills the candidates of the result by score, then code. */
void mt940_match_fill(struct mt940_match_state *state, uint64_t veto_inactive, uint64_t veto_contradiction);

/* The collectors of evidence. */
void mt940_match_collect_chosen(struct mt940_match_state *state);
void mt940_match_collect_ibans(struct mt940_match_state *state);
void mt940_match_collect_accounts(struct mt940_match_state *state);
void mt940_match_collect_tax_ids(struct mt940_match_state *state);
void mt940_match_collect_codes(struct mt940_match_state *state);
void mt940_match_collect_invoices(struct mt940_match_state *state);
void mt940_match_collect_names(struct mt940_match_state *state);
void mt940_match_collect_open(struct mt940_match_state *state);
void mt940_match_collect_lessons(struct mt940_match_state *state);
/* The customers of the working set that a person refused for this key. */
uint64_t mt940_match_rejected(const struct mt940_match_state *state);

#endif
