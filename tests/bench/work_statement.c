/* SPDX-License-Identifier: Apache-2.0
 *
 * work_statement.c: one piece of work for an instruction counter, named by its arguments: structure or deep, the
 * number of a mix, bytes. Only what run_all() does is counted (callgrind --toggle-collect=run_all). See check_work.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "statements.h"

int main(int count, char **arguments)
{
    static struct run run;
    if (count != 4)
        return 2;
    size_t capacity = strtoul(arguments[3], NULL, 10);
    char *bytes = malloc(capacity);
    if (!bytes)
        return 2;
    run.bytes = bytes;
    run.length = make_statements(atoi(arguments[2]), bytes, capacity);
    run.piece = 64 << 10;
    run.deep = strcmp(arguments[1], "deep") == 0;
    run_all(&run, NULL);
    printf("%zu\n", run.length);
    free(bytes);
    return 0;
}
