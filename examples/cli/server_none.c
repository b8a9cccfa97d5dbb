/* SPDX-License-Identifier: Apache-2.0
 *
 * server_none.c: stands for server_curl.c where the adapter for libcurl was not built.
 */
#include "server.h"

#include <stdlib.h>

int server_is_built(void)
{
    return 0;
}

int server_open(struct output *out, const char *address, const struct server *server,
                struct mt940_transport *transport)
{
    char *word = output_harmless(address, ":"); /* what follows may hold a password */

    (void)server;
    (void)transport;
    server_failed(out, word, MT940_E_UNSUPPORTED, text_raw(TEXT_CONNECTION_NOT_HERE, out->language));
    free(word);
    return 0;
}

char *server_proof(const struct output *out, const struct mt940_transport *transport, int *good)
{
    (void)out;
    (void)transport;
    (void)good;
    return NULL;
}
