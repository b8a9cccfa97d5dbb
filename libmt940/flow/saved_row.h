/* SPDX-License-Identifier: Apache-2.0
 *
 * saved_row.h: what becomes of a row.
 */
#ifndef MT940_FLOW_SAVED_ROW_H
#define MT940_FLOW_SAVED_ROW_H

#include "flow/flow.h"

/* What becomes of a row; texts in the scratch memory of the call. */
struct mt940_saved_row {
    int64_t row;
    int32_t message;
    int32_t saved;
    bool planned;      /* there is something to store: its slip, or what was chosen */
    bool is_with_erp;  /* reserved: the ERP has it, or is to get it */
    bool was_with_erp; /* by an earlier call: the ERP is asked before it is told */
    struct mt940_message_arg args[2];
    size_t arg_count;
    struct mt940_view slip;
    int64_t slip_type;
    int32_t warning;
    const struct mt940_message_arg *warning_args;
    size_t warning_arg_count;
    const struct mt940_closing *closings;
    size_t closing_count;
};

/* Fills the outcome with a message and up to one text argument. */
void mt940_save_tell(struct mt940_saved_row *out, int32_t message, const char *name, const struct mt940_view *text);

#endif
