/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.h: the safe profile of a libcurl handle (docs/transport.md has the table).
 */
#ifndef MT940_CURL_PROFILE_H
#define MT940_CURL_PROFILE_H

#include <curl/curl.h>

#include "settings.h"

/*
 * Sets what every transfer of a connection is bound to. `seen` receives what libcurl made of the
 * host key (enum curl_khmatch). CURLE_OK, or why an option could not be set: libcurl lacks it, and
 * the connection must not be made.
 */
CURLcode profile_set(CURL *easy, const struct settings *settings, int *seen);
/* 1 when the libcurl that is loaded offers the protocol. */
int profile_is_offered(int protocol);

#endif
