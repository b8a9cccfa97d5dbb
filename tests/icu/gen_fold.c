/* SPDX-License-Identifier: Apache-2.0
 *
 * gen_fold.c: makes libmt940/text/fold_tables.c from the installed ICU, through fold_chain.c.
 *
 * usage: gen_fold > libmt940/text/fold_tables.c
 * The result is committed, with the Unicode version it was made from, so that keys do not change
 * with the ICU of a machine; test_fold_drift.c compares it with the ICU that is installed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "fold_chain.h"
#include "text/fold_tables.h"

#define BLOCK MT940_FOLD_BLOCK
#define BLOCKS (MT940_FOLD_END / BLOCK)

static uint32_t sequences[MT940_FOLD_SEQUENCES][MT940_FOLD_SEQUENCE];
static size_t sequence_count;

/* The distance to what the code point folds to, or to the place of a longer result. */
static uint32_t exact_of(uint32_t point)
{
    uint32_t folded[8];
    size_t count = fold_chain_is_jamo(point) ? 1 : fold_chain_exact_of(point, folded);

    if (fold_chain_is_jamo(point))
        folded[0] = point;
    if (count == 1)
        return (folded[0] - point) & 0xFFFF;
    if (count > MT940_FOLD_SEQUENCE || sequence_count == MT940_FOLD_SEQUENCES)
        exit(98);
    memcpy(sequences[sequence_count], folded, count * sizeof(folded[0]));
    return (MT940_FOLD_PRIVATE + (uint32_t)sequence_count++ - point) & 0xFFFF;
}

static uint32_t pack(uint32_t point, const char *text, size_t length)
{
    uint32_t entry = (uint32_t)length << MT940_FOLD_LENGTH_SHIFT;

    if (length > 3)
        exit(97);
    for (size_t i = 0; i < length; i++)
        entry |= (uint32_t)(unsigned char)text[i] << (8 * i);
    return entry | (fold_chain_is_of_word(point) ? MT940_FOLD_WORD : 0);
}

static uint32_t skeleton_of(uint32_t point)
{
    char text[32];

    return pack(point, text, fold_chain_skeleton_of(point, text));
}

/* Two steps: blocks that are alike are written once. */
static void write_trie(const char *name, const char *type, size_t per_line, uint32_t (*value)(uint32_t point))
{
    static uint32_t blocks[BLOCKS][BLOCK];
    size_t index[BLOCKS], count = 0;

    for (uint32_t b = 0; b < BLOCKS; b++) {
        size_t same = 0;

        for (uint32_t i = 0; i < BLOCK; i++)
            blocks[count][i] = value(b * BLOCK + i);
        while (memcmp(blocks[same], blocks[count], sizeof(blocks[0])))
            same++;
        index[b] = same;
        count += same == count;
    }
    printf("\nconst uint8_t mt940_fold_%s_index[%d] = {", name, BLOCKS);
    for (size_t b = 0; b < BLOCKS; b++)
        printf("%s%zu,", b % 24 ? " " : "\n    ", index[b]);
    printf("\n};\n\nconst %s mt940_fold_%s_blocks[][%d] = {\n", type, name, BLOCK);
    for (size_t b = 0; b < count; b++) {
        printf("    {");
        for (size_t i = 0; i < BLOCK; i++)
            printf("%s0x%X,", i % per_line ? " " : "\n        ", (unsigned)blocks[b][i]);
        printf("\n    },\n");
    }
    printf("};\n");
}

/* The keys of single ASCII bytes as UTF-8, for the fast path; a skeleton of 0 is none. */
static void write_ascii(void)
{
    printf("\nconst char mt940_fold_ascii_exact[128][2] = {");
    for (uint32_t byte = 0; byte < 128; byte++) {
        uint32_t folded[8];

        if (fold_chain_exact_of(byte, folded) != 1 || folded[0] >= 0x800)
            exit(95);
        if (folded[0] < 0x80)
            printf("%s{%u, 0},", byte % 10 ? " " : "\n    ", (unsigned)folded[0]);
        else
            printf("%s{'\\x%X', '\\x%X'},", byte % 10 ? " " : "\n    ", 0xC0 | (unsigned)folded[0] >> 6,
                   0x80 | ((unsigned)folded[0] & 0x3F));
    }
    printf("\n};\n\nconst char mt940_fold_ascii_skeleton[128] = {");
    for (uint32_t byte = 0; byte < 128; byte++)
        printf("%s%u,", byte % 24 ? " " : "\n    ", (unsigned)(skeleton_of(byte) & 0xFF));
    printf("\n};\n");
}

/* The letter of a point of two bytes, 0 where there are more or none. */
static unsigned letter_of(uint32_t point)
{
    uint32_t entry = skeleton_of(point);

    return (entry >> MT940_FOLD_LENGTH_SHIFT & 3) == 1 && (entry & 0xFF) != ' ' ? entry & 0xFF : 0;
}

/* What a byte of a word is, behind another one: 0 = one that begins a character, else the place of a lead byte. */
static unsigned plain_of(unsigned byte, unsigned behind)
{
    unsigned key = byte < 0x80 ? skeleton_of(byte) & 0xFF : 0;

    if (behind > 0)
        return byte >= 0x80 && byte < 0xC0 ? letter_of((MT940_FOLD_LEAD + behind - 1 - 0xC0) << 6 | (byte & 0x3F)) : 0;
    if (byte >= MT940_FOLD_LEAD && byte < MT940_FOLD_LEAD + MT940_FOLD_PLACES - 1)
        return MT940_FOLD_LEADS;
    return key > ' ' ? key : 0;
}

/* Plain letters by bytes: those of ASCII, and U+00C0 to U+017F, where all Turkish ones stand. */
static void write_plain(void)
{
    printf("\nconst uint8_t mt940_fold_plain[256][MT940_FOLD_PLACES] = {");
    for (unsigned byte = 0; byte < 256; byte++) {
        printf("%s{", byte % 8 ? " " : "\n    ");
        for (unsigned behind = 0; behind < MT940_FOLD_PLACES; behind++)
            printf("%s%u", behind ? ", " : "", plain_of(byte, behind));
        printf("},");
    }
    printf("\n};\n");
}

static void write_sequences(void)
{
    printf("\nconst uint16_t mt940_fold_sequences[MT940_FOLD_SEQUENCES][MT940_FOLD_SEQUENCE] = {\n");
    for (size_t i = 0; i < sequence_count; i++) {
        printf("    {");
        for (size_t k = 0; k < MT940_FOLD_SEQUENCE; k++)
            printf("%s0x%X", k ? ", " : "", (unsigned)sequences[i][k]);
        printf("},\n");
    }
    printf("};\n");
}

static void write_pair(size_t place, uint32_t first, uint32_t second, uint32_t composed)
{
    printf("%s{0x%X, 0x%X, 0x%X},", place % 4 ? " " : "\n    ", (unsigned)first, (unsigned)second, (unsigned)composed);
}

/* Every canonical mapping of the table's code points; mt940_fold_decompose follows the first half. */
static void write_decompositions(void)
{
    uint32_t pair[2], deeper[2];
    size_t count = 0;

    printf("\nconst struct mt940_fold_pair mt940_fold_decompositions[] = {");
    for (uint32_t point = 0; point < MT940_FOLD_END; point++) {
        int parts = fold_chain_pair_of(point, pair);

        if (parts == 0 || fold_chain_is_jamo(point))
            continue;
        if (parts == 2 && fold_chain_pair_of(pair[1], deeper))
            exit(96);
        write_pair(count++, pair[0], parts == 2 ? pair[1] : 0, point);
    }
    printf("\n};\nconst size_t mt940_fold_decomposition_count = %zu;\n", count);
}

static int by_pair(const void *a, const void *b)
{
    const struct mt940_fold_pair *x = a, *y = b;

    return x->first != y->first ? x->first - y->first : x->second - y->second;
}

static void write_compositions(void)
{
    static struct mt940_fold_pair found[2048];
    uint32_t pair[2];
    size_t count = 0;

    for (uint32_t point = 0; point < 0xFFFF; point++) {
        if (!fold_chain_composes(point, pair))
            continue;
        found[count++] = (struct mt940_fold_pair){(uint16_t)pair[0], (uint16_t)pair[1], (uint16_t)point};
    }
    qsort(found, count, sizeof(found[0]), by_pair);
    printf("\nconst struct mt940_fold_pair mt940_fold_compositions[] = {");
    for (size_t i = 0; i < count; i++)
        write_pair(i, found[i].first, found[i].second, found[i].composed);
    printf("\n};\nconst size_t mt940_fold_composition_count = %zu;\n", count);
}

/* Beyond the table only what Latin-ASCII knows and a decomposition does not show. */
static bool needs_letter(uint32_t point, char *text, size_t *length)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[40];
    uint32_t folded[8];

    if (!u_isdefined((UChar32)point) || U_IS_SURROGATE(point))
        return false;
    if (fold_chain_exact_of(point, folded) != 1 || folded[0] != point)
        return false;
    if (unorm2_getDecomposition(unorm2_getNFKDInstance(&status), (UChar32)point, units, 40, &status) >= 0)
        return false;
    *length = fold_chain_skeleton_of(point, text);
    for (size_t i = 0; i < *length; i++)
        if (text[i] != ' ')
            return true;
    /* A blank is what the run time takes without being told; nothing at all is said here. */
    return *length == 0 && u_charType((UChar32)point) != U_NON_SPACING_MARK &&
           u_charType((UChar32)point) != U_FORMAT_CHAR;
}

static void write_letters(void)
{
    size_t count = 0;

    printf("\nconst struct mt940_fold_letter mt940_fold_letters[] = {\n");
    for (uint32_t point = MT940_FOLD_END; point < 0x110000; point++) {
        char text[32];
        size_t length;

        if (!needs_letter(point, text, &length))
            continue;
        printf("    {0x%X, 0x%X}, /* %.*s */\n", (unsigned)point, (unsigned)pack(point, text, length), (int)length,
               text);
        count++;
    }
    printf("};\nconst size_t mt940_fold_letter_count = %zu;\n", count);
}

int main(void)
{
    printf("/* SPDX-License-Identifier: Apache-2.0\n *\n"
           " * fold_tables.c: what code points below U+%X fold to, and how they compose.\n"
           " * Made by tests/icu/gen_fold.c from ICU %s (Unicode %s); do not change by hand.\n */\n"
           "#include \"text/fold_tables.h\"\n\nconst char mt940_fold_unicode[] = \"%s\";\n",
           MT940_FOLD_END, U_ICU_VERSION, U_UNICODE_VERSION, U_UNICODE_VERSION);
    write_trie("class", "uint8_t", 16, fold_chain_class_of);
    write_trie("exact", "uint16_t", 12, exact_of);
    write_sequences();
    write_ascii();
    write_trie("skeleton", "uint32_t", 8, skeleton_of);
    write_plain();
    write_decompositions();
    write_compositions();
    write_letters();
    return ferror(stdout) != 0;
}
