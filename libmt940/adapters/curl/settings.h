/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.h: the options of a connection, checked and copied.
 */
#ifndef MT940_CURL_SETTINGS_H
#define MT940_CURL_SETTINGS_H

#include "address.h"
#include "mt940connect/adapters/curl.h"

struct settings {
    struct address address;
    struct mt940_curl_options options; /* its texts are ours */
    struct mt940_secret secret;        /* get NULL = none */
    struct mt940_progress progress;    /* step NULL = none */
};

/* Checks and copies. A status with *fault (static) and *number, an errno or 0; nothing is kept then. */
int settings_read(const char *address, const struct mt940_curl_options *options, struct settings *out,
                  const char **fault, int *number);
void settings_clear(struct settings *settings);
/* Which proof the far end has to give: enum mt940_curl_proof. */
int settings_proof(const struct settings *settings);

#endif
