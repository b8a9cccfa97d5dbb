/* SPDX-License-Identifier: Apache-2.0
 *
 * world.h: a small company in arrays, on which a story (script.h) runs the pure room and nothing
 * else: what the flow does with a store, without one.
 */
#ifndef TEST_DBS_WORLD_H
#define TEST_DBS_WORLD_H

#include "mt940connect/closing.h"
#include "mt940connect/customer_bank.h"
#include "script.h"

enum { FEW = 64, MANY = 4096, LINE_ROWS = 128 };

struct world {
    struct mt940_company company;
    struct mt940_dbs_policy policy;
    struct mt940_customer customers[FEW];
    size_t customer_count;
    struct mt940_customer_bank banks[FEW]; /* in order of customer and slot */
    size_t bank_count;
    struct mt940_bank_account accounts[FEW];
    size_t account_count;
    struct mt940_rate rates[FEW];
    size_t rate_count;
    struct mt940_dbs_plan_line plan[LINE_ROWS]; /* for the next invoice */
    size_t plan_count;
    struct mt940_invoice invoices[MANY];
    size_t invoice_count;
    struct mt940_payment rows[MANY];
    size_t row_count;
    struct mt940_slip_line lines[MANY];
    int64_t slip_states[MANY];
    size_t line_count;
    struct mt940_closing closings[MANY];
    size_t closing_count;
    struct mt940_journal journal[MANY];
    size_t journal_count;
};

/* Runs the story at `path` in a new world and checks the invariants after each line. */
void world_run(const char *path);

/* ---- world.c: looking things up, and the invariants ---- */

int64_t world_money(const struct script_line *line, const char *text, struct mt940_view currency);
/* Decimal with two or more digits of `currency`, in a static buffer of the call. */
const char *world_text(int64_t units, struct mt940_view currency, char buffer[40]);
struct mt940_view world_view(const char *text);
struct mt940_date world_date(const struct script_line *line, const char *text);
int64_t world_enum(const struct script_line *line, int32_t enumeration, const char *text);
struct mt940_view world_currency(const struct world *world, struct mt940_view given);
struct mt940_customer *world_customer(struct world *world, const struct script_line *line, struct mt940_view code);
struct mt940_customer_bank *world_bank(struct world *world, struct mt940_view customer, int64_t slot);
/* The records of one customer: first and count. */
size_t world_banks_of(const struct world *world, struct mt940_view customer, const struct mt940_customer_bank **first);
struct mt940_invoice *world_invoice(struct world *world, const struct script_line *line, struct mt940_view number);
struct mt940_payment *world_row(struct world *world, struct mt940_view invoice, int64_t line);
/* Copies the rows of an invoice. */
size_t world_rows_of(const struct world *world, struct mt940_view invoice, struct mt940_payment rows[LINE_ROWS]);
/* Copies a customer's rows in order of due date, invoice, line. */
size_t world_open_rows(const struct world *world, struct mt940_view customer, struct mt940_payment rows[MANY]);
/* Changes totals and writes the journal. */
void world_apply(struct world *world, const struct mt940_dbs_effect *effects, size_t count, struct mt940_view document);
/* Applies closings to rows and keeps them. */
void world_close(struct world *world, const struct mt940_closing *closings, size_t count);
/* What closed a row: a slip line, or the row of a return. */
struct world_payer {
    struct mt940_view document;
    int64_t lowered, amount;
};
/* Undoes what it closed; adds what leaves a total besides. */
void world_reopen(struct world *world, const struct world_payer *payer, struct mt940_dbs_effect effects[FEW],
                  size_t *count);
void world_check(void *world, const struct script_line *line);

/* ---- world_setup.c, world_invoice.c, world_slip.c: the verbs ---- */

#define WORLD_VERB(name) void name(void *world, const struct script_line *line, struct script_answer *answer)
WORLD_VERB(verb_company);
WORLD_VERB(verb_policy);
WORLD_VERB(verb_customer);
WORLD_VERB(verb_bank);
WORLD_VERB(verb_account);
WORLD_VERB(verb_rate);
WORLD_VERB(verb_plan);
WORLD_VERB(verb_invoice);
WORLD_VERB(verb_opening);
WORLD_VERB(verb_change);
WORLD_VERB(verb_cancel);
WORLD_VERB(verb_restore);
WORLD_VERB(verb_withdraw);
WORLD_VERB(verb_collect);
WORLD_VERB(verb_undo);
WORLD_VERB(verb_mark);
WORLD_VERB(verb_adjust);
WORLD_VERB(verb_total);
WORLD_VERB(verb_row);
WORLD_VERB(verb_flag);
WORLD_VERB(verb_risk);
WORLD_VERB(verb_limit);

/* Says outcome, messages and the largest excess. */
void world_say(struct script_answer *answer, int32_t outcome, const struct mt940_dbs_notice *notices, size_t count);
/* Reads accept=CODE:EXCESS,… into consents. */
size_t world_consents(const struct script_line *line, struct mt940_view currency,
                      struct mt940_dbs_consent consents[FEW]);

#endif
