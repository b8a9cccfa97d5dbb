/* SPDX-License-Identifier: Apache-2.0
 *
 * slip_id.h: how slips are called.
 */
#ifndef MT940_FLOW_SLIP_ID_H
#define MT940_FLOW_SLIP_ID_H

#include "flow/flow.h"

enum { MT940_SLIP_ID_CAPACITY = 17 }; /* with the NUL */

/* Id of the slip a movement becomes, the same for every try; in the scratch memory. */
int mt940_slip_id(struct mt940_flow *flow, const struct mt940_movement *movement, struct mt940_view *out);

#endif
