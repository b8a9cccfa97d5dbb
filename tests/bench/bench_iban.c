/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_iban.c: how many IBANs a second are judged, and how much text is searched for them, beside a floor that is
 * measured in the same run: a plain loop over the characters that knows mod 97 and nothing else. Prints a table for
 * docs/performance.md; exit 1 when the batch call is below twice the floor. Figures are the best of many short runs,
 * as other programs only make a run slower.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "identifier/iban_batch.h"

enum { IBANS = 8192, ROUNDS = 400, TEXT_BYTES = 256 << 10, TEXT_ROUNDS = 600, OFFICIAL = 89 };

static struct mt940_view ibans[IBANS];
static char room[IBANS][MT940_IBAN_MAX + 1];
static uint8_t reasons[IBANS];
static uint8_t values[256];
static char *text;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Valid IBANs of all official countries in random order; `country` NULL, or those of one. */
static void make_ibans(const char *country)
{
    uint64_t random = 940;

    for (size_t i = 0; i < IBANS; i++) {
        struct mt940_iban_country facts = {.size = sizeof(facts)};

        mt940_iban_country_at(next_random(&random) % OFFICIAL, &facts);
        if (mt940_iban_sample(country ? country : facts.code, next_random(&random), room[i]) != MT940_OK)
            exit(2);
        ibans[i].data = room[i];
        ibans[i].length = strlen(room[i]);
    }
}

/* The floor: characters to values by table, the first four last. */
static int floor_check(const char *iban, size_t length)
{
    uint32_t rest = 0;

    for (size_t i = 4; i < length + 4; i++) {
        uint32_t value = values[(unsigned char)iban[i < length ? i : i - length]];
        rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
    }
    return rest == 1;
}

static size_t run_floor(void)
{
    size_t valid = 0;

    for (size_t i = 0; i < IBANS; i++)
        valid += (size_t)floor_check(ibans[i].data, ibans[i].length);
    return valid;
}

static size_t run_check(void)
{
    size_t valid = 0;

    for (size_t i = 0; i < IBANS; i++)
        valid += mt940_iban_check(ibans[i].data, ibans[i].length, 0) == MT940_IBAN_VALID;
    return valid;
}

static size_t run_many(void)
{
    return mt940_iban_check_many(ibans, IBANS, 0, reasons);
}

static size_t run_plain(void)
{
    struct mt940_iban_batch batch;

    mt940_iban_batch_prepare(&batch, 0);
    return mt940_iban_batch_plain(&batch, ibans, IBANS, reasons);
}

#ifdef MT940_IBAN_BATCH_X86
static size_t run_avx2(void)
{
    struct mt940_iban_batch batch;

    mt940_iban_batch_prepare(&batch, 0);
    return mt940_iban_batch_avx2(&batch, ibans, IBANS, reasons);
}
#endif

/* Millions a second in the best of the rounds. */
static double rate(size_t (*run)(void))
{
    double best = 1e9;

    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        if (run() != IBANS)
            exit(2);
        took = now() - start;
        best = took < best ? took : best;
    }
    return IBANS / best / 1e6;
}

static double row(const char *what, const char *of, size_t (*run)(void), double floor)
{
    double millions = rate(run);

    printf("| %s, %s | %.1f M/s | %.2f |\n", what, of, millions, millions / floor);
    return millions / floor;
}

static double compare(const char *country, const char *of)
{
    double floor, ratio;

    make_ibans(country);
    floor = rate(run_floor);
    printf("| per-character mod 97 only (the floor), %s | %.1f M/s | 1 |\n", of, floor);
    row("`mt940_iban_check`", of, run_check, floor);
    row("batch, plain C", of, run_plain, floor);
#ifdef MT940_IBAN_BATCH_X86
    if (mt940_iban_batch_has_avx2())
        row("batch, AVX2", of, run_avx2, floor);
#endif
    ratio = row("`mt940_iban_check_many`", of, run_many, floor);
    return ratio;
}

/* Narratives as banks write them: words, numbers, an IBAN now and then, lines of 65. */
static void make_text(size_t words_per_iban)
{
    static const char *const words[] = {"GELEN EFT ", "YAPI KREDI BANKASI ", "SORGU NO:1414049 ", "FATURA ", "VKN ",
                                        "2026000000117 ", "LTD.STI. ", "HESABINIZA ", "12500,75 TRY ", "NO'LU ",
                                        "1112223339 ", "\xc4\xb0STANBUL ", "ODEMESI ", "-FAST-", ":86:",
                                        "DK0000123456 "};
    uint64_t random = 65;
    size_t length = 0, column = 0;

    while (length < TEXT_BYTES) {
        const char *word = words[next_random(&random) % (sizeof(words) / sizeof(words[0]))];
        if (words_per_iban && next_random(&random) % words_per_iban == 0)
            word = room[next_random(&random) % IBANS];
        for (; *word && length < TEXT_BYTES; word++) {
            text[length++] = *word;
            if (++column == 65 && length + 2 < TEXT_BYTES) {
                text[length++] = '\r';
                text[length++] = '\n';
                column = 0;
            }
        }
    }
}

static void scan(const char *what, size_t words_per_iban)
{
    double best = 1e9;
    size_t found = 0;

    make_text(words_per_iban);
    for (int round = 0; round < TEXT_ROUNDS; round++) {
        double start = now(), took;
        found = mt940_iban_scan(text, TEXT_BYTES, NULL, 0);
        took = now() - start;
        best = took < best ? took : best;
    }
    printf("| scan, %s | %.0f MB/s | %zu found |\n", what, TEXT_BYTES / best / 1e6, found);
}

int main(void)
{
    double ratio;

    for (int c = 0; c < 256; c++)
        values[c] = (uint8_t)(c >= 'A' ? c - 'A' + 10 : c - '0');
    text = malloc(TEXT_BYTES);
    if (!text)
        return 2;
    puts("| what | figure | to the floor |\n|---|---|---|");
    compare("TR", "Türkiye");
    ratio = compare(NULL, "all 89 countries");
    scan("narratives without IBANs", 0);
    scan("an IBAN in 64 words", 64);
    scan("an IBAN in 8 words", 8);
    free(text);
    if (ratio >= 2)
        return 0;
    puts("The batch call is below twice the floor.");
    return 1;
}
