/* SPDX-License-Identifier: Apache-2.0
 *
 * rates.h: the rates a document may need to change DBS totals in other currencies (§3.6).
 */
#ifndef MT940_FLOW_RATES_H
#define MT940_FLOW_RATES_H

#include "flow/ask.h"

/*
 * Reads, of the kind the host uses, the rates of the DBS-marked records among `banks` that are
 * neither in `currency` nor in the company's, and that of `currency` where the document carries
 * none (`rate` not positive). Without a date there are none. Free `out` whatever the result.
 */
int mt940_rates_read(struct mt940_flow *flow, const struct mt940_company *company, const struct mt940_view *currency,
                     int64_t rate, const struct mt940_date *date, const struct mt940_found *banks,
                     struct mt940_found *out);

#endif
