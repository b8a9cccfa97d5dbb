/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch_plain.c: judges many IBANs in plain C, by the same frame as the ways for special processors.
 */
#include <stdbool.h>

#include "identifier/character.h"
#include "identifier/iban_batch.h"
#include "identifier/iban_powers.h"

#define BATCH_TARGET
#define BATCH_LONGEST MT940_IBAN_MAX

struct batch_characters {
    uint64_t digits, letters;
    const char *text;
};

static inline void batch_load(const char *text, size_t length, struct batch_characters *out)
{
    uint64_t digits = 0, letters = 0;

    for (size_t i = length; i-- > 0;) {
        uint32_t width = mt940_character_width(text[i]);
        digits = digits << 1 | (width & 1);
        letters = letters << 1 | width >> 1;
    }
    out->digits = digits;
    out->letters = letters;
    out->text = text;
}

/* From the right, so that the power of a character is known without waiting for the sum of the others. */
static inline uint32_t batch_sum(const struct batch_characters *characters, size_t length)
{
    uint32_t sum = 0, exponent = 6;

    for (size_t i = length; i-- > MT940_BBAN_OFFSET;) {
        sum += mt940_character_value(characters->text[i]) * mt940_iban_powers[exponent];
        exponent += mt940_character_width(characters->text[i]);
    }
    return sum;
}

/* Asking the rules themselves costs no more here. */
static inline bool batch_holds(const struct batch_characters *characters, const struct mt940_national_sum *sum)
{
    (void)characters;
    (void)sum;
    return false;
}

#include "identifier/iban_batch_frame.h"

uint8_t mt940_iban_batch_one(const struct mt940_iban_batch *batch, const struct mt940_view *text)
{
    return batch_judge(batch, text);
}

size_t mt940_iban_batch_plain(const struct mt940_iban_batch *batch, const struct mt940_view *texts, size_t count,
                              uint8_t *reasons)
{
    return batch_judge_all(batch, texts, count, reasons);
}
