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
    uint64_t digits = 0, known = 0;

    for (size_t i = length; i-- > 0;) {
        uint32_t value = mt940_character_value(text[i]);
        digits = digits << 1 | (value < 10);
        known = known << 1 | (value < MT940_CHARACTER_OTHER);
    }
    out->digits = digits;
    out->letters = known & ~digits;
    out->text = text;
}

/* From the right, so that the power of a character is known without waiting for the sum of the others. */
static inline uint32_t batch_sum(const struct batch_characters *characters, size_t length)
{
    uint32_t sum = 0, exponent = 6;

    for (size_t i = length; i-- > MT940_BBAN_OFFSET;) {
        uint32_t value = mt940_character_value(characters->text[i]);
        sum += value * mt940_iban_powers[exponent];
        exponent += 1 + (value > 9);
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
