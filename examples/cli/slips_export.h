/* SPDX-License-Identifier: Apache-2.0
 *
 * slips_export.h: slips as a file for an ERP that imports them (decision 18, docs/slip.md).
 */
#ifndef CLI_SLIPS_EXPORT_H
#define CLI_SLIPS_EXPORT_H

#include <mt940connect/flow.h>

#include "csv.h"

void slips_export_heading(struct csv *csv);
/* One line of CSV per slip line. */
void slips_export_write(struct csv *csv, const struct mt940_slip_view *view, const char *local_currency);

#endif
