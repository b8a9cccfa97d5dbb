/* SPDX-License-Identifier: Apache-2.0
 *
 * save_post.h: slips that an ERP numbers itself.
 */
#ifndef MT940_FLOW_SAVE_POST_H
#define MT940_FLOW_SAVE_POST_H

#include "flow/saving.h"

/* Hands the reserved rows to the ERP, and stores its answers in one commit. */
int mt940_save_post(struct mt940_saving *saving, struct mt940_saved_row *outs, size_t count);

#endif
