/* SPDX-License-Identifier: Apache-2.0
 *
 * find.h: the statement of the inbox that a person means.
 */
#ifndef CLI_FIND_H
#define CLI_FIND_H

#include "workspace.h"

struct found_item {
    char *id;
    char *account; /* own account code, or field 25 */
    char *number;  /* of the statement */
    int64_t number_shown;
    int64_t entries;
    int32_t finding;
    int32_t state;
};

/* Looks up by number, id or the beginning of an id. 0 = there is none, and that was said. */
int find_item(struct workspace *workspace, const char *text, struct found_item *out);
void find_free(struct found_item *item);

#endif
