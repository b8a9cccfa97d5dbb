/* SPDX-License-Identifier: Apache-2.0
 *
 * commands.c: the list of commands and how a mistyped name is understood. Must not know what
 * the commands do.
 */
#include <string.h>

#include "command.h"

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
    NULL,
};

const struct command *command_find(const char *name)
{
    for (const struct command *const *at = commands; *at != NULL; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

#define LONGEST_NAME 24

/* Edit distance with swapped neighbours counted once; `a` and `b` are at most LONGEST_NAME long. */
static size_t distance(const char *a, const char *b)
{
    size_t row[3][LONGEST_NAME + 1];
    size_t length = strlen(b), before = 0, above = 1, here = 2;

    for (size_t j = 0; j <= length; j++)
        row[above][j] = row[before][j] = j;
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        row[here][0] = i;
        for (size_t j = 1; j <= length; j++) {
            size_t best = row[above][j - 1] + (a[i - 1] != b[j - 1]);

            if (row[above][j] + 1 < best)
                best = row[above][j] + 1;
            if (row[here][j - 1] + 1 < best)
                best = row[here][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && row[before][j - 2] + 1 < best)
                best = row[before][j - 2] + 1;
            row[here][j] = best;
        }
        before = above;
        above = here;
        here = 3 - before - above;
    }
    return row[above][length];
}

const struct command *command_suggest(const char *name)
{
    const struct command *nearest = NULL;
    size_t least = 3; /* more than two slips is another word */

    if (strlen(name) > LONGEST_NAME)
        return NULL;
    for (const struct command *const *at = commands; *at != NULL; at++) {
        size_t slips = distance(name, (*at)->name);

        if (slips < least && slips < strlen((*at)->name)) {
            least = slips;
            nearest = *at;
        }
    }
    return nearest;
}
