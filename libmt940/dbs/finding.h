/* SPDX-License-Identifier: Apache-2.0
 *
 * finding.h: what is said about the lines of a file from outside, up to a limit.
 */
#ifndef MT940_DBS_FINDING_H
#define MT940_DBS_FINDING_H

#include <stdbool.h>

#include "mt940connect/dbs_exchange.h"
#include "text/argument.h"
#include "text/csv.h"

struct mt940_dbs_findings {
    const struct mt940_dbs_answer_sink *sink; /* may be NULL */
    uint32_t most, told;
    bool is_bad; /* something was an error since the caller last cleared this */
    int status;  /* of the sink */
};

void mt940_dbs_tell(struct mt940_dbs_findings *findings, int32_t message, uint32_t line, uint32_t column,
                    const struct mt940_message_arg *args, size_t count);
/* A line that is no row of a table, where a line may have `most` bytes. */
void mt940_dbs_tell_unread(struct mt940_dbs_findings *findings, enum mt940_csv_row row, uint32_t line, uint32_t most);
/* A finding is read by people: a value of any length is shown by its beginning. */
struct mt940_message_arg mt940_dbs_shown(const char *name, struct mt940_view text);

#endif
