/* SPDX-License-Identifier: Apache-2.0
 *
 * misfit.c: bytes that are no text in the set they are read in, found by the tables that decode them. Must not know what
 * the text is.
 */
#include "text/misfit.h"

#include "base/bytes.h"
#include "text/cut_letter.h"
#include "text/decode.h"

static size_t next_high(struct mt940_view text, size_t at)
{
    return at + mt940_bytes_ascii_run((const unsigned char *)text.data + at, text.length - at);
}

/* Bytes up to the next character of UTF-8; *misfits how many of them are none. Past a cut letter, its gap with it. */
static size_t step_utf8(const unsigned char *bytes, size_t left, size_t *misfits)
{
    struct mt940_cut_letter letter;
    uint32_t point;
    size_t taken = mt940_utf8_read(bytes, left, &point);

    *misfits = 0;
    if (point != MT940_UTF8_INVALID)
        return taken;
    if (mt940_cut_letter_read(bytes, left, &letter))
        return letter.front + letter.gap + letter.rest;
    *misfits = taken;
    return taken;
}

size_t mt940_misfit_count(struct mt940_view text, int32_t charset, size_t *first)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    struct mt940_decoder decoder;
    size_t count = 0, step, misfits;

    mt940_decoder_init(&decoder, charset);
    for (size_t at = next_high(text, 0); at < text.length; at = next_high(text, at + step)) {
        step = 1;
        misfits = !decoder.letters || decoder.letters[bytes[at] - 0x80].length == 0;
        if (mt940_is_utf8(charset))
            step = step_utf8(bytes + at, text.length - at, &misfits);
        if (count == 0 && misfits > 0)
            *first = at;
        count += misfits;
    }
    return count;
}

size_t mt940_misfit_parted(struct mt940_view text, uint64_t *errors)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    struct mt940_cut_letter letter;
    size_t count = 0, step;

    *errors = 0;
    for (size_t at = next_high(text, 0); at < text.length; at = next_high(text, at + step)) {
        step = 1;
        if (!mt940_cut_letter_read(bytes + at, text.length - at, &letter))
            continue;
        step = letter.front + letter.gap + letter.rest;
        *errors += letter.numbered ? 1 + letter.rest : 0;
        count += letter.numbered;
    }
    return count;
}
