/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch_frame.h: the order of the checks, for all processors. A file that includes it has defined before:
 *
 *   BATCH_TARGET    attribute of its functions
 *   BATCH_LONGEST   longest text its functions take
 *   struct batch_characters, and of it
 *   batch_load(text, length, &characters)     fills .digits and .letters: a bit for each character
 *   batch_sum(&characters, length)            the BBAN as a number, times 10^6, up to a multiple of 97
 *   batch_holds(&characters, sum)             true when a struct mt940_national_sum proves the national rules
 *
 * It must not know how they do it.
 */
#ifndef MT940_IDENTIFIER_IBAN_BATCH_FRAME_H
#define MT940_IDENTIFIER_IBAN_BATCH_FRAME_H

/* The row of no country when the text does not begin with two capitals. */
BATCH_TARGET static inline const struct mt940_registry_brief *batch_brief(const char *text)
{
    uint8_t first = (uint8_t)(text[0] - 'A'), second = (uint8_t)(text[1] - 'A');

    return &mt940_registry_briefs[first > 25 || second > 25 ? 0 : mt940_registry_index[first * 26 + second]];
}

BATCH_TARGET static inline uint8_t batch_judge(const struct mt940_iban_batch *batch, const struct mt940_view *view)
{
    const char *text = view->data;
    const struct mt940_registry_brief *brief;
    struct batch_characters characters;
    uint32_t check;

    if (!text || view->length <= MT940_BBAN_OFFSET || view->length > BATCH_LONGEST)
        return BATCH_LONGEST < MT940_IBAN_MAX ? mt940_iban_batch_one(batch, view) : mt940_iban_batch_ask(batch, view);
    brief = batch_brief(text);
    if (brief->length != view->length || !(brief->kind & batch->kinds))
        return mt940_iban_batch_ask(batch, view);
    batch_load(text, view->length, &characters);
    check = (uint32_t)(text[2] - '0') * 10 + (uint32_t)(text[3] - '0');
    if ((brief->digits & ~characters.digits) | (brief->letters & ~characters.letters) |
        (brief->either & ~(characters.digits | characters.letters)) | (check - 2 > 96))
        return mt940_iban_batch_ask(batch, view);
    if ((batch_sum(&characters, view->length) + brief->head + check) % 97 != 1)
        return MT940_IBAN_BAD_CHECKSUM;
    if (brief->reserve && batch->reserve && text[brief->reserve] != '0')
        return MT940_IBAN_BAD_RESERVE;
    if (!(brief->rules & batch->rules))
        return MT940_IBAN_VALID;
    if (brief->fixed && !(brief->fixed_without_letters && characters.letters >> MT940_BBAN_OFFSET))
        return brief->fixed == check ? MT940_IBAN_VALID : MT940_IBAN_BAD_NATIONAL;
    if (brief->sum && batch_holds(&characters, &mt940_national_sums[brief->sum]))
        return MT940_IBAN_VALID;
    return mt940_iban_batch_refused(batch, brief, text) ? MT940_IBAN_BAD_NATIONAL : MT940_IBAN_VALID;
}

BATCH_TARGET static inline size_t batch_judge_all(const struct mt940_iban_batch *batch, const struct mt940_view *texts,
                                                  size_t count, uint8_t *reasons)
{
    size_t valid = 0;

    for (size_t i = 0; i < count; i++) {
        reasons[i] = batch_judge(batch, &texts[i]);
        valid += reasons[i] == MT940_IBAN_VALID;
    }
    return valid;
}

#endif
