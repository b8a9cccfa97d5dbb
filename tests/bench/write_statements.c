/* SPDX-License-Identifier: Apache-2.0
 *
 * write_statements.c: a mix of the generator on standard output. usage: write_statements MIX BYTES
 */
#include <stdio.h>
#include <stdlib.h>

#include "statements.h"

int main(int count, char **arguments)
{
    size_t capacity = count == 3 ? strtoul(arguments[2], NULL, 10) : 0;
    char *bytes = malloc(capacity + 1);

    if (!bytes || capacity == 0)
        return 2;
    size_t length = make_statements(atoi(arguments[1]), bytes, capacity);
    return fwrite(bytes, 1, length, stdout) == length ? 0 : 1;
}
