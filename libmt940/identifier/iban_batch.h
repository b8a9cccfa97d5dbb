/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch.h: judging many IBANs at once; one function per kind of processor.
 */
#ifndef MT940_IDENTIFIER_IBAN_BATCH_H
#define MT940_IDENTIFIER_IBAN_BATCH_H

#include "identifier/iban.h"

/* The flags of a call, turned into what the tables of registry_tables.c are asked. */
struct mt940_iban_batch {
    uint32_t flags;
    uint8_t kinds;   /* of struct mt940_registry_brief that are allowed */
    uint8_t rules;   /* that judge */
    uint8_t reserve; /* 1 = the Turkish reserve digit judges */
};

void mt940_iban_batch_prepare(struct mt940_iban_batch *batch, uint32_t flags);

/* Writes a reason per text and returns how many are valid. */
typedef size_t mt940_iban_batch_function(const struct mt940_iban_batch *batch, const struct mt940_view *texts,
                                         size_t count, uint8_t *reasons);

/* Plain C for every processor. */
mt940_iban_batch_function mt940_iban_batch_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_IBAN_BATCH_X86 1
/* AVX2, and AVX-512 with VBMI, BITALG, VPOPCNTDQ and VNNI (Ice Lake, Zen 4 and later). */
mt940_iban_batch_function mt940_iban_batch_avx2;
mt940_iban_batch_function mt940_iban_batch_avx512;
int mt940_iban_batch_has_avx2(void);
int mt940_iban_batch_has_avx512(void);
#endif

/* The fastest that this processor has. It is asked each time: nothing is kept between calls. */
mt940_iban_batch_function *mt940_iban_batch_way(void);

/* The verdict on one text, in plain C. */
uint8_t mt940_iban_batch_one(const struct mt940_iban_batch *batch, const struct mt940_view *text);
/* The verdict of mt940_iban_check, for what is rare. */
uint8_t mt940_iban_batch_ask(const struct mt940_iban_batch *batch, const struct mt940_view *text);
/* Whether the national rules of a row refuse a text of right structure. */
int mt940_iban_batch_refused(const struct mt940_iban_batch *batch, const struct mt940_registry_brief *brief,
                             const char *text);

#endif
