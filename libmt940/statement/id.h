/* SPDX-License-Identifier: Apache-2.0
 *
 * id.h: second keys in two steps, for the flow: it counts equal movements over several statements, and gives out the
 * occurrence itself.
 */
#ifndef MT940_STATEMENT_ID_H
#define MT940_STATEMENT_ID_H

#include "mt940connect/statement.h"

/* The second key of every movement of the pages, without its occurrence; an empty `account` as in statement.h. */
void mt940_second_digests(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view account,
                          uint8_t (*digests)[32]);
/* The text of a second key. */
void mt940_second_key_write(const uint8_t digest[32], uint64_t occurrence, char out[MT940_ID_CAPACITY]);

#endif
