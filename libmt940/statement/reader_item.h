/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_item.h: what each item of the scanner does to the reader. Functions return 0, or a status after which reading stops.
 */
#ifndef MT940_STATEMENT_READER_ITEM_H
#define MT940_STATEMENT_READER_ITEM_H

#include "statement/reader_state.h"

/* Takes one item of the scanner; `user` is the reader. */
int mt940_reader_item(void *user, const struct mt940_item *item);

#endif
