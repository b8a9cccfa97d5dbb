/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope.h: what the files that read envelopes share.
 *
 *   envelope.c         finds the blocks of a message
 *   envelope_block.c   what stands inside them
 */
#ifndef MT940_STATEMENT_ENVELOPE_H
#define MT940_STATEMENT_ENVELOPE_H

#include "base/view.h"
#include "mt940connect/envelope.h"

/* Bytes of what blocks 1 and 2 are made of: a terminal is BIC, letter and branch, a MIR day, terminal and numbers. */
enum {
    MT940_TERMINAL_LENGTH = 12,
    MT940_BIC_LENGTH = 8,
    MT940_SESSION_LENGTH = 4,
    MT940_SEQUENCE_LENGTH = 6,
    MT940_MIR_LENGTH = 28
};

/* What the value of a tag is (envelope.def); TEXT where nobody knows. */
enum mt940_envelope_kind { MT940_ENVELOPE_TEXT, MT940_ENVELOPE_CODE, MT940_ENVELOPE_HEX, MT940_ENVELOPE_MIR };
int mt940_envelope_kind(struct mt940_view tag);
/* Adds a flaw; `at` is a byte of the given ones. */
void mt940_envelope_add_flaw(struct mt940_envelope *envelope, char block, const char *at, bool damaged,
                             const char *rule);
/* The content of block 1, which is that of a service message where *service is set, and of block 2. */
void mt940_envelope_block1(struct mt940_envelope *envelope, struct mt940_view content, bool *service);
void mt940_envelope_block2(struct mt940_envelope *envelope, struct mt940_view content);
/* A tag of block 3, 4, 5 or S. */
void mt940_envelope_tag(struct mt940_envelope *envelope, char block, struct mt940_view tag, struct mt940_view value);
/* Sender and receiver, once both blocks are read. */
void mt940_envelope_settle(struct mt940_envelope *envelope);

#endif
