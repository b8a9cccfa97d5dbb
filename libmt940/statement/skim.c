/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.c: the plain way of passing over lines, eight bytes at a time, and the choice among the ways. Must not know
 * fields or phases.
 */
#include "statement/skim.h"

#include "base/bytes.h"

static inline size_t find(const char *bytes, size_t from, size_t length, uint64_t *high)
{
    uint64_t seen = 0;
    size_t at = from;
    for (; length - at >= 8; at += 8) {
        uint64_t word = mt940_bytes_at(bytes + at);
        uint64_t ends = mt940_bytes_equal(word, '\n') | mt940_bytes_equal(word, '\r');
        seen |= word;
        if (ends) {
            at += mt940_bytes_first(ends);
            break;
        }
    }
    for (; at < length && bytes[at] != '\n' && bytes[at] != '\r'; at++)
        seen |= (unsigned char)bytes[at];
    *high |= seen & MT940_BYTES_HIGH;
    return at;
}

void mt940_skim_plain(const char *bytes, size_t from, size_t length, struct mt940_skim *out)
{
    mt940_skim_lines(find, bytes, from, length, out);
}

size_t mt940_find_line_end(const char *bytes, size_t from, size_t length)
{
    uint64_t high = 0;
    return from < length ? find(bytes, from, length, &high) : length;
}

mt940_skim_function *mt940_skim_best(void)
{
#ifdef MT940_SKIM_X86
    if (__builtin_cpu_supports("avx2"))
        return mt940_skim_avx2;
#endif
    return mt940_skim_plain;
}
