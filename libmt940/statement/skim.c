/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.c: the plain way of passing over lines, eight bytes at a time, and the choice among the ways. Must not know
 * fields or phases.
 */
#include "statement/skim.h"

#include <string.h>

static const uint64_t ones = UINT64_MAX / 255;

/* Not zero if one of eight bytes is LF or CR, and only then. */
static inline uint64_t line_ends(uint64_t word)
{
    uint64_t lf = word ^ ones * '\n', cr = word ^ ones * '\r';
    return ((lf - ones) & ~lf) | ((cr - ones) & ~cr);
}

static inline size_t find(const char *bytes, size_t from, size_t length, uint64_t *high)
{
    uint64_t word, seen = 0;
    size_t at = from;
    for (; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, bytes + at, sizeof word);
        seen |= word;
        if (line_ends(word) & ones * 0x80)
            break;
    }
    for (; at < length && bytes[at] != '\n' && bytes[at] != '\r'; at++)
        seen |= (unsigned char)bytes[at];
    *high |= seen & ones * 0x80;
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
