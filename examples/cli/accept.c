/* SPDX-License-Identifier: Apache-2.0
 *
 * accept.c: reads consents. Must not know what they allow.
 */
#include "accept.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

int accepted_add(struct accepted *accepted, struct output *out, const char *command, const char *text)
{
    size_t length = strcspn(text, "=");
    int32_t message = mt940_message_from_name(text, length);

    if (message <= 0) {
        output_usage(out, command, TEXT_BAD_ACCEPT, text);
        return 0;
    }
    accepted->messages = memory_resize(accepted->messages, (accepted->count + 1) * sizeof *accepted->messages);
    accepted->amounts = memory_resize((void *)accepted->amounts, (accepted->count + 1) * sizeof *accepted->amounts);
    accepted->messages[accepted->count] = message;
    accepted->amounts[accepted->count++] = text[length] == '=' ? text + length + 1 : NULL;
    return 1;
}

void accepted_free(struct accepted *accepted)
{
    free(accepted->messages);
    free((void *)accepted->amounts);
    memset(accepted, 0, sizeof *accepted);
}
