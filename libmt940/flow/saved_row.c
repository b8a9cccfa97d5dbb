/* SPDX-License-Identifier: Apache-2.0
 *
 * saved_row.c: how the outcome of a row is told.
 */
#include "flow/saved_row.h"

#include "text/argument.h"

void mt940_save_tell(struct mt940_saved_row *out, int32_t message, const char *name, const struct mt940_view *text)
{
    out->message = message;
    out->arg_count = 0;
    if (!text)
        return;
    out->args[0] = mt940_argument_text(name, *text);
    out->arg_count = 1;
}
