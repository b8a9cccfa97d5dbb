/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_search.h: the IBANs of a file, in memory that does not grow with it.
 */
#ifndef CLI_IBAN_SEARCH_H
#define CLI_IBAN_SEARCH_H

#include "iban_json.h"

/* One that was found; `text` is as it stands in the file, and lives for the call. */
typedef void iban_found_function(void *user, const struct iban_place *place, const char *text, size_t length);

/* Calls `found` for each, in order. A file that cannot be read is reported in `out` (exit 2). */
void iban_search(struct output *out, const char *path, iban_found_function *found, void *user);

#endif
