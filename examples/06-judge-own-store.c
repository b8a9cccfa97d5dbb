/* SPDX-License-Identifier: Apache-2.0
 *
 * 06-judge-own-store.c: the conformance kit over the store of 05-own-store.c: every check, two
 * handles. Take it for your own store: only create(), open_store() and destroy() know it.
 *
 * Build:  cc 06-judge-own-store.c 05-own-store.c 05-own-tables.c
 *            $(pkg-config --cflags --libs mt940connect-conformance) -o judge            (POSIX)
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include <mt940connect/conformance.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "05-own-store.h"

static char directory[] = "/tmp/own-store-XXXXXX";
static char path[64];

static int create(void *user)
{
    (void)user;
    return access(path, F_OK) == 0 ? remove(path) : 0;
}

static int open_store(void *user, struct mt940_store *out)
{
    (void)user;
    return own_store_open(path, out);
}

static void destroy(void *user)
{
    (void)user;
    (void)remove(path);
}

static void checked(void *user, const char *check, int32_t outcome, const char *text)
{
    (void)user;
    if (outcome != 1)
        printf("%-28s %s %s\n", check, outcome == 0 ? "FAILED" : "skipped", text);
}

int main(void)
{
    struct mt940_conformance_store_options options = {.size = sizeof(options), .create = create, .open = open_store,
                                                      .destroy = destroy, .checked = checked, .operations = 100};
    struct mt940_conformance_report report = {.size = sizeof(report)};

    if (!mkdtemp(directory))
        return 2;
    snprintf(path, sizeof(path), "%s/store", directory);
    int failed = mt940_conformance_store(&options, &report);
    printf("the kit: %d failed, %d skipped\n", (int)report.failed, (int)report.skipped);
    return rmdir(directory) || failed ? 1 : 0;
}
