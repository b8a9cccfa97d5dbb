/* SPDX-License-Identifier: Apache-2.0
 *
 * contend_postgres.c: a schema of the tests' server for the crowd.
 */
#include <stdlib.h>

#include "../crash/contend_place.h"
#include "place.h"

static struct place place;

void contend_place_make(void)
{
    place_find(&place, "crowd");
}

void contend_place_open(struct mt940_store *store)
{
    struct mt940_postgres_options options = {.size = sizeof(options), .busy_timeout_ms = 60000};

    if (place_open(&place, &options, store))
        exit(2);
}

int contend_place_remove(void)
{
    place_leave(&place);
    return 0;
}
