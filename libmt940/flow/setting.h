/* SPDX-License-Identifier: Apache-2.0
 *
 * setting.h: what the flow itself remembers as settings: the running number of the inbox and of
 * the files to each bank, the last closing balance of each own account, and the state of the books.
 */
#ifndef MT940_FLOW_SETTING_H
#define MT940_FLOW_SETTING_H

#include "flow/plan.h"

/* Next running number; `stored` keeps what it was read from, for the guard. Starts at 1. */
int mt940_setting_read_number(struct mt940_flow *flow, struct mt940_setting *stored, int64_t *next);
void mt940_setting_plan_number(struct mt940_plan *plan, const struct mt940_setting *stored, int64_t next);

/* Next number of a file to a bank (dbs_order.h); then as above. */
int mt940_setting_read_run(struct mt940_flow *flow, const struct mt940_view *bank, struct mt940_setting *stored,
                           int64_t *next);

/* The last closing balance of an own account. */
struct mt940_day_balance {
    struct mt940_view bank_account;
    bool known;
    bool changed; /* since it was read */
    struct mt940_date date;
    int64_t units;
    struct mt940_setting stored;
};
int mt940_setting_read_balance(struct mt940_flow *flow, const struct mt940_inbox_item *item,
                               struct mt940_day_balance *out);
void mt940_setting_plan_balance(struct mt940_plan *plan, const struct mt940_day_balance *balance);

/* Whether records of this kind are what a directory is made of (directory.h). */
bool mt940_setting_is_of_directory(int32_t kind);
/* The state of the books of the store: as 64 hex digits, empty before the first change; lives in the scratch memory. */
int mt940_setting_read_books(struct mt940_flow *flow, struct mt940_setting *stored);
/* The state behind a change of the books, whose batch has this key. */
int mt940_setting_plan_books(struct mt940_flow *flow, struct mt940_plan *plan, const struct mt940_view *key);

#endif
