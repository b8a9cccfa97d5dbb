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

/*
 * Reads the usual letters from `at` on and returns where it stands: one byte among ASCII, which is no UTF-8, or two that
 * are. It may stop anywhere where nothing is open, at the latest before what is none of these. Nothing is open at `at`,
 * and evidence->previous is below 80. One function per kind of processor; with the slow way through the rest, in
 * mt940_charset_observe_by(), all give the same evidence.
 */
typedef size_t mt940_usual_function(struct mt940_charset_evidence *evidence, const unsigned char *data, size_t at,
                                    size_t length);

/* Plain C for every processor. */
mt940_usual_function mt940_usual_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_USUAL_X86 1
mt940_usual_function mt940_usual_avx2;
bool mt940_usual_has_avx2(void);
mt940_usual_function mt940_usual_avx512;
bool mt940_usual_has_avx512(void);
#endif

/* The fastest of them that this processor can run. */
mt940_usual_function *mt940_usual_best(void);

/* mt940_charset_observe() with one of these ways. */
void mt940_charset_observe_by(mt940_usual_function *usual, struct mt940_charset_evidence *evidence, const void *bytes,
                              size_t length);

#endif
