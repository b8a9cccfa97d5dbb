/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.h: short ways with the evidence about a character set, for those who know that a text is ASCII, or begin
 * anew every few lines. They leave the evidence as mt940_charset_observe() and zeroing would.
 */
#ifndef MT940_TEXT_EVIDENCE_H
#define MT940_TEXT_EVIDENCE_H

#include "base/view.h"
#include "mt940connect/charset.h"

/* Adds text without a byte above 7F. */
void mt940_charset_observe_ascii(struct mt940_charset_evidence *evidence, struct mt940_view text);
/* Zeroes evidence. */
void mt940_charset_forget(struct mt940_charset_evidence *evidence);

#endif
