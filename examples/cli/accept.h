/* SPDX-License-Identifier: Apache-2.0
 *
 * accept.h: consents given on the command line: --accept CODE, --accept CODE=AMOUNT.
 */
#ifndef CLI_ACCEPT_H
#define CLI_ACCEPT_H

#include "output.h"

struct accepted {
    int32_t *messages;
    const char **amounts; /* as typed, NULL = none */
    size_t count;
};

/* Adds one; 0 = there is no such code, which was reported for `command`. */
int accepted_add(struct accepted *accepted, struct output *out, const char *command, const char *text);
void accepted_free(struct accepted *accepted);

#endif
