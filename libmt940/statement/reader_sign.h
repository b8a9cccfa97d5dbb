/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_sign.h: fields that tell a message of another type.
 */
#ifndef MT940_STATEMENT_READER_SIGN_H
#define MT940_STATEMENT_READER_SIGN_H

#include "statement/reader_state.h"

/* Notices a field that statements do not have and other messages do. */
void mt940_other_notice(struct mt940_reader *reader, const struct mt940_item *item);

#endif
