/* SPDX-License-Identifier: Apache-2.0
 *
 * kind.h: what a file is that holds no statement, as far as its first bytes say.
 */
#ifndef MT940_STATEMENT_KIND_H
#define MT940_STATEMENT_KIND_H

#include <stddef.h>
#include <stdint.h>

enum { MT940_KIND_BYTES = 64 }; /* as many are looked at */

struct mt940_kind {
    char first[MT940_KIND_BYTES]; /* from the first that is not blank */
    size_t length;
};

/* Takes the file piece by piece; does nothing once it has enough. */
void mt940_kind_take(struct mt940_kind *kind, const char *bytes, size_t length);
/* The finding for a file without a statement: EMPTY_FILE, NOT_MT940 or one that says more. */
int32_t mt940_kind_finding(const struct mt940_kind *kind);

#endif
