/* SPDX-License-Identifier: Apache-2.0
 *
 * tag.h: which fields there are, and whether a line begins one.
 */
#ifndef MT940_STATEMENT_TAG_H
#define MT940_STATEMENT_TAG_H

#include "base/view.h"

enum mt940_tag_meaning {
    MT940_TAG_UNKNOWN,
    MT940_TAG_REFERENCE,
    MT940_TAG_RELATED_REFERENCE,
    MT940_TAG_ACCOUNT,
    MT940_TAG_NUMBER,
    MT940_TAG_CREATION,
    MT940_TAG_FLOOR_LIMIT,
    MT940_TAG_OPENING_BALANCE,
    MT940_TAG_ENTRY,
    MT940_TAG_NARRATIVE,
    MT940_TAG_TOTAL,
    MT940_TAG_CLOSING_BALANCE,
    MT940_TAG_AVAILABLE_BALANCE,
    MT940_TAG_FORWARD_BALANCE
};

enum mt940_tag_role {
    MT940_TAG_ROLE_NONE, /* not a field of ours; kept if it cannot be text */
    MT940_TAG_ROLE_START,
    MT940_TAG_ROLE_HEADER,
    MT940_TAG_ROLE_OPENING,
    MT940_TAG_ROLE_ENTRY,
    MT940_TAG_ROLE_NARRATIVE,
    MT940_TAG_ROLE_CLOSING,
    MT940_TAG_ROLE_AFTER
};

/* A tag at the beginning of a line. */
struct mt940_tag {
    char text[4]; /* without colons, NUL-terminated */
    int meaning;
    int role;
    size_t length; /* bytes of ":NNa:" */
    bool lettered; /* has a letter after the digits */
};

/* Reads ":NNa:" at the beginning of `line`; false when there is none. An unknown tag has role NONE. */
bool mt940_tag_read(struct mt940_view line, struct mt940_tag *out);

/*
 * Whether `value` (what follows the tag on its line) can begin that field at all. A narrative
 * line such as ":61: Rechnung" or ":20:44 Uhr" fails it.
 */
bool mt940_tag_plausible(const struct mt940_tag *tag, struct mt940_view value);

#endif
