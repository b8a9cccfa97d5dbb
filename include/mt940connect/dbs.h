/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs.h: direct-debit risk (DBS, Doğrudan Borçlandırma Sistemi) as pure functions: what is DBS,
 * which bank record a payment row burdens, what an event does to a total, whether that is
 * allowed. What an incoming payment closes is in closing.h, the bank records of a card in
 * customer_bank.h. Nothing here reads or writes a store: the functions get records and give
 * decisions and plans; the flow (flow.h) applies them.
 *
 * Conventions
 *   - Arrays are the caller's, with a capacity; MT940_E_LIMIT when one is too small. What an
 *     array holds after a failure is not defined; counts and other outputs are untouched.
 *   - Views in results point into the arguments and live as long as those.
 *   - Bank records are given in order of customer and slot, payment rows in order of due date,
 *     invoice and line: the orders in which a store scans them. MT940_E_ARGUMENT otherwise.
 *   - No allocation, no state: everything is thread safe. Time is linear in the input, with a
 *     logarithm where a list is looked up.
 *   - A NULL policy means the defaults. Amounts are minor units of the record's currency.
 * Source of the rules: docs/dbs.md, which names requirement and decision of each. @since 0.1
 */
#ifndef MT940CONNECT_DBS_H
#define MT940CONNECT_DBS_H

#include "mt940connect/message.h"
#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Policy: what the sources leave open (R91, R85, R101, decision 24) ------------------- */

struct mt940_dbs_policy {
    size_t size;
    /* What a DBS invoice of each kind does to the total: 1 adds, -1 takes off, 0 nothing. */
    int32_t sale;            /* 1 */
    int32_t sale_return;     /* -1 */
    int32_t purchase;        /* 0 */
    int32_t purchase_return; /* 0 */
    /* 1 = of several records with the branch, one in the invoice's currency goes first (R85). */
    int32_t prefer_currency; /* 0 */
    /* 1 = what is left after the named invoices goes on in order of due date (R101). */
    int32_t rest_goes_on; /* 0 */
    /* 1 = ordinary lines close ordinary rows in order of due date too (decision 24). */
    int32_t ordinary_fifo; /* 0 */
    /* 1 = DBS rows whose kind leaves the total alone may lack bank data (R81 asks for it always). */
    int32_t bank_data_optional; /* 0 */
};

/* Sets the defaults named above, and `size`. */
void mt940_dbs_policy_init(struct mt940_dbs_policy *policy);

/* ---- What is DBS (R74, R78-R80, decision 21) --------------------------------------------- */

/*
 * Payment type of a row: the plan line's if it states one (not NONE), else the invoice's, else
 * the customer's. Arguments and result are enum mt940_payment_type.
 */
int64_t mt940_payment_type_of_row(int64_t plan_type, int64_t invoice_type, int64_t customer_type);
/* Riski Etkileyecek of a row: 0 exactly if its type is DBS, else 1. */
int64_t mt940_payment_affects_risk(const struct mt940_payment *row);
/* Riski Etkileyecek of an invoice: 0 exactly if it has rows and all of them are DBS, else 1. */
int64_t mt940_invoice_affects_risk(const struct mt940_payment *rows, size_t count);

/* Unpaid amounts of one currency, each row in exactly one of them (R73, R77). */
struct mt940_risk {
    size_t size;
    int64_t dbs;      /* open DBS rows less open DBS credits */
    int64_t ordinary; /* open-account risk (açık hesap riski): the other rows */
};

/* Sums the active rows in `currency`. MT940_E_RANGE when a sum does not fit. */
int mt940_risk_sum(const struct mt940_payment *rows, size_t count, const struct mt940_view *currency,
                   struct mt940_risk *out);

/* ---- Money in another currency ------------------------------------------------------------ */

/* Converts `units` of `from` into minor units of `to`, exactly, halves away from zero. */
struct mt940_dbs_conversion {
    size_t size;
    int64_t units;
    struct mt940_view from;  /* ISO 4217 */
    struct mt940_view to;    /* ISO 4217 */
    struct mt940_view local; /* the company's currency, whose rate is 1 */
    int64_t from_rate;       /* one unit of `from` in `local`, 10^-8; 0 = none */
    int64_t to_rate;         /* the same of `to` */
};

/*
 * The same currency needs no rate. MT940_E_NOT_FOUND when a rate is missing (not positive),
 * MT940_E_FORMAT for a currency that is not in ISO 4217, MT940_E_RANGE when it does not fit.
 */
int mt940_dbs_convert(const struct mt940_dbs_conversion *conversion, int64_t *out);

/* ---- Notices: what is to be said, refused or asked --------------------------------------- */

enum mt940_dbs_outcome {
    MT940_DBS_PROCEED = 0,
    MT940_DBS_WARN = 1, /* goes on only with consent */
    MT940_DBS_BLOCK = 2
};

/* One thing to say about a document; the fields its message does not name are 0. */
struct mt940_dbs_notice {
    int32_t message; /* enum mt940_message */
    int32_t outcome; /* enum mt940_dbs_outcome: PROCEED = a report, WARN = asks, BLOCK = stops */
    int64_t row;     /* payment row, from 1; 0 = the document */
    int64_t slot;    /* bank record, 0 = none */
    struct mt940_view customer;
    struct mt940_view invoice;
    struct mt940_view branch;
    struct mt940_view expected; /* the bank account's branch */
    struct mt940_view currency; /* of the amounts */
    struct mt940_date date;
    int64_t limit;
    int64_t before;
    int64_t amount;
    int64_t after;
    int64_t excess;
    int64_t sum;
    int64_t paid;
};

/* Arguments a notice gives to mt940_message_format(). */
#define MT940_DBS_NOTICE_ARGS 15
void mt940_dbs_notice_args(const struct mt940_dbs_notice *notice, struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS]);

/* A warning a person accepted (decision 29). It covers that warning, not a worse one. */
struct mt940_dbs_consent {
    int32_t message; /* MT940_M_OVER_LIMIT or MT940_M_BRANCH_MISMATCH */
    int32_t reserved;
    struct mt940_view customer; /* empty = the document's */
    int64_t slot;               /* 0 = each record of the document */
    int64_t excess;             /* OVER_LIMIT: the largest excess accepted */
};

/* 1 when one of the consents covers the notice, else 0. */
int mt940_dbs_consented(const struct mt940_dbs_notice *notice, const struct mt940_dbs_consent *consents, size_t count);
/* Strictest outcome of the notices, the consents taken into account: enum mt940_dbs_outcome. */
int mt940_dbs_verdict(const struct mt940_dbs_notice *notices, size_t count, const struct mt940_dbs_consent *consents,
                      size_t consent_count);

/* ---- Payment rows of an invoice (R78-R90, R97) ------------------------------------------- */

/* A line of the payment plan (ödeme planı), or a payment row as a user keyed it. */
struct mt940_dbs_plan_line {
    int32_t type; /* enum mt940_payment_type; NONE = not stated */
    int32_t reserved;
    struct mt940_view bank_account; /* own bank account code; empty = not stated */
    struct mt940_view branch;       /* CH Banka Şubesi; empty = from the bank account */
    struct mt940_date due_date;     /* absent = the invoice's */
    int64_t amount;                 /* positive; used when `share` is 0 */
    int64_t share;                  /* weight in what the fixed amounts leave, for example 30 and 70 */
    int64_t paid;                   /* opening import only: the part paid before, positive */
};

struct mt940_dbs_document {
    size_t size;
    const struct mt940_company *company;
    const struct mt940_customer *customer;
    const struct mt940_invoice *invoice;      /* amount positive for every kind */
    const struct mt940_customer_bank *banks;  /* of this customer */
    size_t bank_count;
    const struct mt940_bank_account *accounts; /* own bank accounts, any order */
    size_t account_count;
    const struct mt940_rate *rates; /* for records in a third currency; the first of a currency counts */
    size_t rate_count;
    /* Either a plan, or instalments, or neither: one row. */
    const struct mt940_dbs_plan_line *plan;
    size_t plan_count;
    int32_t instalments;     /* 0 or 1 = none; due first at the invoice's due date */
    int32_t interval_months; /* between instalments; the day is kept, or the month's last */
    int32_t interval_days;   /* added to that */
    int32_t reserved;
    struct mt940_view bank_account; /* chosen on the invoice; empty = the customer's default (R107) */
    struct mt940_view branch;       /* CH Banka Şubesi entered for all rows; empty = from the bank account */
};

/* Notices a document can bring: at most two for each row and one for itself. */
#define MT940_DBS_ROW_NOTICES 2

/*
 * Makes the payment rows: type, due date, amount (a customer's credit is negative: sale return
 * and purchase), bank account, branch, the first DBS-marked record of that branch, and what the
 * row adds to its total. Instalments and shares add up exactly, the last takes the remainder.
 *
 * Notices: MISSING_BANK_ACCOUNT, MISSING_CUSTOMER_BANK, NEEDS_RATE, PLAN_SUM (they stop) and
 * BRANCH_MISMATCH (asks: then the record of the entered branch is burdened). Rows are made
 * whatever the notices say. MT940_E_ARGUMENT for a negative amount or a count below 0.
 */
int mt940_dbs_rows(const struct mt940_dbs_policy *policy, const struct mt940_dbs_document *document,
                   struct mt940_payment *rows, size_t row_capacity, size_t *row_count,
                   struct mt940_dbs_notice *notices, size_t notice_capacity, size_t *notice_count);

/*
 * Carries paid parts over a change: each old row with a paid part must still be there (same
 * line, customer, currency, side, type and record) with no smaller amount; its `paid` is set on
 * the new row. Otherwise one notice INVOICE_PAID (stops) with the sum paid, and nothing is set.
 * With `new_rows` NULL it answers for a cancellation. Writes 0 or 1 to *notice_count.
 */
int mt940_dbs_rows_carry(const struct mt940_payment *old_rows, size_t old_count, struct mt940_payment *new_rows,
                         size_t new_count, struct mt940_dbs_notice *notice, size_t *notice_count);

/*
 * Takes a row out of DBS (decision 27): its type becomes `type` (not DBS) and dbs_amount keeps
 * the part that was paid; *delta is what leaves the total (negative or 0). Rows that are not
 * DBS, or not active, stay as they are with delta 0.
 */
int mt940_dbs_row_withdraw(struct mt940_payment *row, int64_t type, int64_t *delta);

/* The open part of what a row added to its total: dbs_amount less the share that was paid. */
int mt940_dbs_row_open(const struct mt940_payment *row, int64_t *open);

/*
 * The first DBS-marked record of a branch (R83-R85): its index in *index, or MT940_E_NOT_FOUND.
 * A currency (may be NULL) is looked at only with policy->prefer_currency; records without one
 * are in `local`.
 */
int mt940_dbs_find_branch(const struct mt940_dbs_policy *policy, const struct mt940_customer_bank *banks, size_t count,
                          const struct mt940_view *branch, const struct mt940_view *currency,
                          const struct mt940_view *local, size_t *index);

/* ---- Effects of events on totals (turkish-banking §3.6, decisions 24-28) ----------------- */

/* A change of one total. */
struct mt940_dbs_effect {
    struct mt940_view customer;
    int64_t slot;
    int64_t delta;
    int32_t event; /* enum mt940_dbs_event */
    int32_t reserved;
};

/*
 * Adds one effect to a list kept in order of customer and slot, one entry each; the entry keeps
 * the event it had first. MT940_E_LIMIT, MT940_E_RANGE; the list is as before then.
 */
int mt940_dbs_effect_add(struct mt940_dbs_effect *effects, size_t capacity, size_t *count,
                         const struct mt940_dbs_effect *effect);

/*
 * Adds the effects of an invoice event. Which rows count follows from the event:
 *   INVOICE, SALE_RETURN, INVOICE_RESTORE, OPENING   what `new_rows` add
 *   INVOICE_CANCEL                                   what `old_rows` had added is taken off
 *   INVOICE_CHANGE                                   both: old off, new on, net
 *   WITHDRAWN                                        the open part of `old_rows` is taken off
 * (for a sales return the rows' own sign makes that the mirror). Rows of state cancelled count
 * in `new_rows` of INVOICE_RESTORE only. Records whose net is 0 are kept in the list.
 * MT940_E_ARGUMENT for another event.
 */
int mt940_dbs_effects_of_invoice(int32_t event, const struct mt940_payment *old_rows, size_t old_count,
                                 const struct mt940_payment *new_rows, size_t new_count,
                                 struct mt940_dbs_effect *effects, size_t capacity, size_t *count);

/*
 * Adds the effect of a slip line's dbs_amount on its dbs_slot: COLLECTION and MARK_ON take it
 * off, COLLECTION_UNDONE and MARK_OFF give it back. A line without dbs_slot has none.
 */
int mt940_dbs_effects_of_line(int32_t event, const struct mt940_slip_line *line, struct mt940_dbs_effect *effects,
                              size_t capacity, size_t *count);

/* 1 when the limit is checked for this event if it raises a total (decisions 25-27), else 0. */
int mt940_dbs_event_is_checked(int32_t event);

/* ---- Decision (R70-R72, R92-R97, decisions 25, 26, 29) ----------------------------------- */

struct mt940_dbs_check {
    size_t size;
    struct mt940_view local_currency; /* of records that name none */
    const struct mt940_customer_bank *banks;
    size_t bank_count;
    const struct mt940_dbs_effect *effects; /* as mt940_dbs_effect_add() keeps them */
    size_t effect_count;
    const struct mt940_dbs_consent *consents;
    size_t consent_count;
};

/* The figures of one total, and what they mean. */
struct mt940_dbs_figure {
    struct mt940_view customer;
    int64_t slot;
    struct mt940_view branch;
    struct mt940_view currency;
    int64_t limit;
    int64_t before;
    int64_t delta;
    int64_t after;
    int64_t excess;  /* after - limit if that is positive, else 0 */
    int32_t control; /* enum mt940_dbs_control */
    int32_t outcome; /* enum mt940_dbs_outcome, the consents taken into account */
    int32_t message; /* 0, OVER_LIMIT, LIMIT_BLOCKED, TOTAL_NEGATIVE or NOT_A_DBS_SLOT */
    int32_t event;   /* enum mt940_dbs_event */
    int32_t consented; /* 1 when a consent turned WARN into PROCEED */
    int32_t reserved;
};

/*
 * Decides about all effects of a document together: one figure for each effect, in order, and
 * the strictest outcome. The limit is exceeded when the total after is greater than it; it is
 * checked for a checked event with a positive delta only. PROCEED control: nothing is said. A
 * fact from the bank that ends above the limit goes on and carries OVER_LIMIT as a report. An
 * effect on a record that is not there stops with NOT_A_DBS_SLOT, one that raises the total of
 * an unmarked record too.
 */
int mt940_dbs_decide(const struct mt940_dbs_check *check, struct mt940_dbs_figure *figures, size_t capacity,
                     size_t *count, int32_t *outcome);

/* The notice of a figure; returns 1, or 0 when there is nothing to say. */
int mt940_dbs_figure_notice(const struct mt940_dbs_figure *figure, struct mt940_dbs_notice *out);

/* ---- What a credit manager asks ---------------------------------------------------------- */

/* How much may still be sold: limit less total, below 0 when over. MT940_E_RANGE. */
int mt940_dbs_available(const struct mt940_customer_bank *record, int64_t *out);
/*
 * Total as parts of 10000 of the limit, rounded down, INT32_MAX at most; a negative total gives
 * 0. MT940_E_NOT_FOUND when the limit is 0: there is no utilisation to speak of.
 */
int mt940_dbs_utilisation(const struct mt940_customer_bank *record, int32_t *out);

/* Open DBS amounts of a record by age, in its currency. */
enum mt940_dbs_age {
    MT940_DBS_AGE_NOT_DUE = 0,
    MT940_DBS_AGE_OPTION = 1, /* overdue within the option period (opsiyon süresi) */
    MT940_DBS_AGE_30 = 2,     /* 1 to 30 days after it */
    MT940_DBS_AGE_60 = 3,
    MT940_DBS_AGE_90 = 4,
    MT940_DBS_AGE_OLDER = 5,
    MT940_DBS_AGES = 6
};

struct mt940_dbs_ageing {
    size_t size;
    int64_t open[MT940_DBS_AGES];
    int64_t rows[MT940_DBS_AGES];
};

/* Ages the open DBS rows of `slot` (0 = every one, of one currency) on a day. */
int mt940_dbs_age_rows(const struct mt940_payment *rows, size_t count, int64_t slot, const struct mt940_date *today,
                       int32_t option_days, struct mt940_dbs_ageing *out);

/*
 * 1 when a record is at least `parts` of 10000 full ("who crossed 80 %"), compared exactly; a
 * limit of 0 is crossed by any positive total. Else 0.
 */
int mt940_dbs_crossed(const struct mt940_customer_bank *record, int32_t parts);

/* Figures of several records in one currency: of a customer over all banks, of a bank, of all. */
struct mt940_dbs_sum {
    size_t size;
    int64_t records;
    int64_t limit;
    int64_t total;
    int64_t sellable; /* what may still be sold: sum of what is available where something is */
    int64_t excess;   /* above the limits, where above: no room elsewhere makes up for it */
    int64_t over;     /* records above their limit */
    int32_t utilisation; /* total as parts of 10000 of the limit; -1 when the limit is 0 */
    int32_t reserved;
    struct mt940_dbs_ageing ageing;
};

/*
 * Adds a record and its ageing (NULL = none) to a sum, zeroed at first but for size (ageing.size
 * too). The caller keeps currencies apart. MT940_E_RANGE when a sum does not fit; the sum is as
 * before then.
 */
int mt940_dbs_sum_add(struct mt940_dbs_sum *sum, const struct mt940_customer_bank *record,
                      const struct mt940_dbs_ageing *ageing);

/* A sale in a "what if": so much more on a record, in its currency. */
struct mt940_dbs_sale {
    struct mt940_view customer;
    int64_t slot;
    int64_t amount;
};

/*
 * What if these were sold one after the other? Each is decided on the total the ones before
 * leave, refused ones included, so that figures[i].after is the total after each; *outcome is the
 * strictest. `figures` has room for `count`, `totals` for check->bank_count: the totals in the
 * end. check->effects is not looked at. Errors as mt940_dbs_decide().
 */
int mt940_dbs_what_if(const struct mt940_dbs_check *check, const struct mt940_dbs_sale *sales, size_t count,
                      struct mt940_dbs_figure *figures, int64_t *totals, int32_t *outcome);

/* ---- Audit (R69, R113, decision 28) ------------------------------------------------------ */

/*
 * Rebuilds a total twice: from its journal, and from rows, lines and named adjustments. Zero it,
 * set size, customer and slot, add everything of that record, then finish.
 */
struct mt940_dbs_audit {
    size_t size;
    struct mt940_view customer;
    int64_t slot;
    int64_t rows;        /* what active rows added */
    int64_t lines;       /* what marked lines took off */
    int64_t adjustments; /* manual and opening, by journal */
    int64_t journal;     /* sum of the journal */
    int64_t sequence;    /* its last number */
    int32_t faults;      /* enum mt940_dbs_fault, or-ed */
    int32_t reserved;
};

enum mt940_dbs_fault {
    MT940_DBS_FAULT_SEQUENCE = 1, /* a journal line is missing or out of order */
    MT940_DBS_FAULT_RUNNING = 2,  /* a line's total is not the one before plus its delta */
    MT940_DBS_FAULT_JOURNAL = 4,  /* the journal's sum is not the stored total */
    MT940_DBS_FAULT_DOCUMENTS = 8 /* rows - lines + adjustments is not the stored total */
};

/* Rows and lines of other records are skipped. MT940_E_RANGE when a sum does not fit. */
int mt940_dbs_audit_row(struct mt940_dbs_audit *audit, const struct mt940_payment *row);
/* `slip_state` is that of the line's slip: cancelled slips take nothing off. */
int mt940_dbs_audit_line(struct mt940_dbs_audit *audit, const struct mt940_slip_line *line, int64_t slip_state);
/* Journal lines in order of sequence. `is_document` is 1 for an OPENING of an invoice, whose rows count themselves. */
int mt940_dbs_audit_journal(struct mt940_dbs_audit *audit, const struct mt940_journal *line, int is_document);
/* Compares with the stored record; returns 0 when all agree, else the faults (positive). */
int mt940_dbs_audit_finish(struct mt940_dbs_audit *audit, const struct mt940_customer_bank *record);

#ifdef __cplusplus
}
#endif
#endif
