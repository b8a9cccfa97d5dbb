/* SPDX-License-Identifier: Apache-2.0
 *
 * fold_chain.c: the definition of the keys in ICU calls (docs/fold.md). Slow on purpose: every
 * step is one call, so that it can be read beside the definition.
 */
#include "fold_chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "text/fold_tables.h"

struct text {
    UChar *units;
    int32_t length;
};

static void demand(UErrorCode status, const char *what)
{
    if (U_FAILURE(status)) {
        fprintf(stderr, "%s: %s\n", what, u_errorName(status));
        exit(99);
    }
}

static struct text allocate(size_t units)
{
    struct text text = {malloc((units + 1) * sizeof(UChar)), (int32_t)units};

    if (!text.units)
        demand(U_MEMORY_ALLOCATION_ERROR, "malloc");
    return text;
}

static struct text from_utf8(const char *bytes, size_t length)
{
    UErrorCode status = U_ZERO_ERROR;
    struct text text = allocate(length);

    u_strFromUTF8WithSub(text.units, text.length + 1, &text.length, length ? bytes : "", (int32_t)length, 0xFFFD, NULL,
                         &status);
    demand(status, "u_strFromUTF8WithSub");
    return text;
}

static struct text normalize(struct text in, const UNormalizer2 *form)
{
    UErrorCode status = U_ZERO_ERROR;
    struct text out = allocate((size_t)in.length * 18);

    out.length = unorm2_normalize(form, in.units, in.length, out.units, out.length + 1, &status);
    demand(status, "unorm2_normalize");
    free(in.units);
    return out;
}

static const UNormalizer2 *nfc(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);

    demand(status, "unorm2_getNFCInstance");
    return form;
}

static const UNormalizer2 *nfkd(void)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFKDInstance(&status);

    demand(status, "unorm2_getNFKDInstance");
    return form;
}

static struct text fold_case(struct text in)
{
    UErrorCode status = U_ZERO_ERROR;
    struct text out = allocate((size_t)in.length * 3);

    out.length = u_strFoldCase(out.units, out.length + 1, in.units, in.length, U_FOLD_CASE_EXCLUDE_SPECIAL_I, &status);
    demand(status, "u_strFoldCase");
    free(in.units);
    return out;
}

/* A wrong lower() turns U+0130 into i and U+0307; the dot says nothing more. */
static void drop_dots(struct text *text)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < text->length; i++)
        if (text->units[i] != 0x307 || kept == 0 || text->units[kept - 1] != 'i')
            text->units[kept++] = text->units[i];
    text->length = kept;
}

/* Before blanks are squeezed. */
static struct text exact_of(struct text text)
{
    text = fold_case(normalize(text, nfc()));
    drop_dots(&text);
    return normalize(text, nfc());
}

static bool is_blank(UChar32 c)
{
    return u_isUWhiteSpace(c);
}

static void squeeze(struct text *text)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < text->length; i++) {
        if (!is_blank(text->units[i]))
            text->units[kept++] = text->units[i];
        else if (kept > 0 && text->units[kept - 1] != ' ')
            text->units[kept++] = ' ';
    }
    if (kept > 0 && text->units[kept - 1] == ' ')
        kept--;
    text->length = kept;
}

/* Latin-ASCII of one code point in upper case; a code point it leaves alone is a blank. */
static void put_ascii(UTransliterator *latin, UChar32 c, char *out, size_t *length)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[32];
    int32_t count = 0, limit;

    U16_APPEND_UNSAFE(units, count, u_toupper(c));
    limit = count;
    utrans_transUChars(latin, units, &count, 32, 0, &limit, &status);
    demand(status, "utrans_transUChars");
    for (int32_t i = 0; i < count; i++) {
        int byte = units[i] < 0x80 ? units[i] : ' ';

        if (byte >= 'a' && byte <= 'z')
            byte += 'A' - 'a';
        if (byte == '\'')
            continue;
        out[(*length)++] = (char)((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ? byte : ' ');
    }
}

static UTransliterator *open_latin(void)
{
    static UTransliterator *latin;
    static const UChar id[] = u"Latin-ASCII";
    UErrorCode status = U_ZERO_ERROR;

    if (!latin)
        latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    demand(status, "utrans_openU");
    return latin;
}

static void put_skeleton(UChar32 c, char *out, size_t *length)
{
    if (u_charType(c) == U_NON_SPACING_MARK || u_charType(c) == U_FORMAT_CHAR)
        return;
    /* The two letters that have no decomposition and that Latin-ASCII misses or takes late. */
    if (c == 0x131)
        c = 'i';
    if (c == 0x259)
        c = 'e';
    put_ascii(open_latin(), c, out, length);
}

size_t fold_chain_exact(const char *bytes, size_t length, char **key)
{
    UErrorCode status = U_ZERO_ERROR;
    struct text text = exact_of(from_utf8(bytes, length));
    int32_t count;

    squeeze(&text);
    *key = malloc((size_t)text.length * 3 + 1);
    if (!*key)
        demand(U_MEMORY_ALLOCATION_ERROR, "malloc");
    u_strToUTF8(*key, text.length * 3 + 1, &count, text.units, text.length, &status);
    demand(status, "u_strToUTF8");
    free(text.units);
    return (size_t)count;
}

size_t fold_chain_skeleton(const char *bytes, size_t length, char **key)
{
    struct text text = normalize(exact_of(from_utf8(bytes, length)), nfkd());
    size_t raw = 0, kept = 0;
    char *out = malloc((size_t)text.length * 8 + 32);

    if (!out)
        demand(U_MEMORY_ALLOCATION_ERROR, "malloc");
    for (int32_t i = 0; i < text.length;) {
        UChar32 c;

        U16_NEXT(text.units, i, text.length, c);
        put_skeleton(c, out, &raw);
    }
    for (size_t i = 0; i < raw; i++)
        if (out[i] != ' ' || (kept > 0 && out[kept - 1] != ' '))
            out[kept++] = out[i];
    if (kept > 0 && out[kept - 1] == ' ')
        kept--;
    free(text.units);
    *key = out;
    return kept;
}

static struct text from_point(uint32_t point)
{
    struct text text = allocate(2);

    text.length = 0;
    U16_APPEND_UNSAFE(text.units, text.length, (UChar32)point);
    return text;
}

size_t fold_chain_skeleton_of(uint32_t point, char out[32])
{
    struct text text = normalize(exact_of(from_point(point)), nfkd());
    size_t length = 0;

    for (int32_t i = 0; i < text.length && length < 24;) {
        UChar32 c;

        U16_NEXT(text.units, i, text.length, c);
        put_skeleton(c, out, &length);
    }
    free(text.units);
    return length;
}

size_t fold_chain_exact_of(uint32_t point, uint32_t out[8])
{
    struct text text = exact_of(from_point(point));
    size_t count = 0;

    for (int32_t i = 0; i < text.length && count < 8;) {
        UChar32 c;

        U16_NEXT(text.units, i, text.length, c);
        out[count++] = is_blank(c) ? ' ' : (uint32_t)c;
    }
    free(text.units);
    return count;
}

bool fold_chain_is_jamo(uint32_t point)
{
    return point >= 0x1100 && point <= 0x11FF;
}

uint32_t fold_chain_class_of(uint32_t point)
{
    int class = u_getCombiningClass((UChar32)point);

    if (fold_chain_is_jamo(point))
        return MT940_FOLD_LACKING;
    if (class)
        return (uint32_t)class;
    if (!unorm2_hasBoundaryBefore(nfc(), (UChar32)point))
        return MT940_FOLD_JOINS;
    return u_getIntPropertyValue((UChar32)point, UCHAR_NFC_QUICK_CHECK) == UNORM_YES ? 0 : MT940_FOLD_UNSTABLE;
}

bool fold_chain_is_of_word(uint32_t point)
{
    return (U_GET_GC_MASK((UChar32)point) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0;
}

int fold_chain_pair_of(uint32_t point, uint32_t pair[2])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[32];
    int32_t length = unorm2_getRawDecomposition(nfc(), (UChar32)point, units, 32, &status);
    int32_t at = 0, count = 0;

    while (at < length && count < 2) {
        UChar32 c;

        U16_NEXT(units, at, length, c);
        pair[count++] = (uint32_t)c;
    }
    return length < 0 ? 0 : count;
}

bool fold_chain_composes(uint32_t point, uint32_t pair[2])
{
    if (U_IS_SURROGATE(point) || fold_chain_pair_of(point, pair) != 2)
        return false;
    if (pair[0] >= MT940_FOLD_END || pair[1] >= MT940_FOLD_END || fold_chain_is_jamo(pair[0]))
        return false;
    return unorm2_composePair(nfc(), (UChar32)pair[0], (UChar32)pair[1]) == (UChar32)point;
}
