/* SPDX-License-Identifier: Apache-2.0
 *
 * contend_sqlite.c: a new SQLite file for the crowd.
 */
#define _DEFAULT_SOURCE

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "contend_place.h"
#include "mt940connect/adapters/sqlite.h"

static char directory[] = "/tmp/mt940connect-contend-XXXXXX";
static char path[64];

void contend_place_make(void)
{
    if (!mkdtemp(directory))
        exit(2);
    snprintf(path, sizeof(path), "%s/c.db", directory);
}

void contend_place_open(struct mt940_store *store)
{
    struct mt940_sqlite_options options = {.size = sizeof(options), .busy_timeout_ms = 60000};
    struct mt940_error error = {.size = sizeof(error)};

    if (mt940_sqlite_store_open(path, &options, store, &error)) {
        printf("# %s\n", error.text);
        exit(2);
    }
}

int contend_place_remove(void)
{
    return remove(path) || rmdir(directory);
}
