/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_call.h: one call of `dbs`: what was typed, and the verbs that stand in files of their own.
 */
#ifndef CLI_DBS_CALL_H
#define CLI_DBS_CALL_H

#include <mt940connect/dbs_order.h>
#include <mt940connect/dbs_total.h>

#include "json.h"
#include "table.h"
#include "workspace.h"

/* What was typed; NULL = not said. */
struct dbs_input {
    const char *name, *note;
    const char *bank, *output, *layout, *since, *run;
    const char *by, *over, *option_days, *today;
    int again, check, all, ages;
};

struct dbs {
    struct workspace *workspace;
    struct json *json;
    const struct dbs_input *input;
    char **operands; /* behind the verb */
    int operand_count;
};

/* "status [CUSTOMER]": how full the limits are, how old the open rows, sums by customer or bank. */
void dbs_status(struct dbs *dbs);
/* "check CUSTOMER RECORD AMOUNT …": what sales would do, one after the other. */
void dbs_check(struct dbs *dbs);
/* "orders", "export", "runs", "result FILE". */
void dbs_orders(struct dbs *dbs);
void dbs_export(struct dbs *dbs);
void dbs_runs(struct dbs *dbs);
void dbs_result(struct dbs *dbs);

/* A bank record as it is named on the command line. */
struct dbs_record {
    struct mt940_view customer;
    int64_t slot;
    char currency[4];
};

/* Reads CUSTOMER and RECORD and finds the record's currency; 0 = there is none, which was said. */
int dbs_find_record(struct dbs *dbs, char **operands, struct dbs_record *record);
/* An amount in the record's currency; 0 = it is none, which was said. */
int dbs_read_amount(struct dbs *dbs, const struct dbs_record *record, const char *text, int64_t *amount);

/* A built-in layout, or one out of a file; then `own` is for mt940_dbs_layout_free(). */
struct dbs_layout {
    const struct mt940_dbs_layout *used;
    struct mt940_dbs_layout *own;
};

/* --bank; 0 = none or no four digits, which was said. And --layout (a name or a file), else the bank's own. */
int dbs_read_bank(struct dbs *dbs, struct mt940_view *bank);
int dbs_read_layout(struct dbs *dbs, struct dbs_layout *layout);
/* What the bank said last, in the user's language; "" without an order. */
const char *dbs_state_name(const struct output *out, const struct mt940_dbs_order *order);
/* The bank's words, else what its code means; for free(). */
char *dbs_reason_of(const struct output *out, const struct mt940_dbs_layout *layout,
                    const struct mt940_dbs_order *order);
/* A sink that prints findings; `dbs` is its user. */
int dbs_take_finding(void *dbs, const struct mt940_dbs_finding *finding);

#endif
