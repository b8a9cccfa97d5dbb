/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_scan.h: IBANs of a text one by one, for what looks for other things beside them.
 */
#ifndef MT940_IDENTIFIER_IBAN_SCAN_H
#define MT940_IDENTIFIER_IBAN_SCAN_H

#include "identifier/iban_batch.h"
#include "identifier/iban_pass.h"

/* Where a search stands. */
struct mt940_iban_scanner {
    const char *text;
    size_t length;
    size_t base;     /* of the block that `starts` tells of */
    size_t next;     /* of the block behind it */
    uint64_t starts; /* a bit for each byte of the block that is still to be tried */
    struct mt940_iban_batch batch;
    mt940_iban_batch_function *judge;
    mt940_iban_classify_function *classify;
    mt940_iban_pass_function *pass; /* NULL = there are line ends in the text */
};

/* The text is borrowed. */
void mt940_iban_scan_begin(struct mt940_iban_scanner *scanner, const char *text, size_t length);
/* The next IBAN, as mt940_iban_scan finds it: 1, or 0 when there are no more. */
int mt940_iban_scan_next(struct mt940_iban_scanner *scanner, struct mt940_iban_found *found);

#endif
