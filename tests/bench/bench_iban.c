/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_iban.c: how many IBANs a second are judged, and how much text is searched for them, beside floors that are
 * measured in the same run: a plain loop over the characters that knows mod 97 and nothing else, and a plain loop over
 * the bytes of the text that looks for two letters and two digits and nothing else. Figures are the best of many short
 * runs, as other programs only make a run slower.
 *
 * usage: bench_iban               a table for docs/performance.md; exit 1 when the batch call is below twice the floor
 *        bench_iban --list        what is measured, for count_iban.py
 *        bench_iban --once NAME   does one of them a fixed number of times, or only what NAME (a digit) prepares
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "identifier/iban_batch.h"

enum { IBANS = 8192, ROUNDS = 400, TEXT_BYTES = 256 << 10, OFFICIAL = 89, ONCE = 4 };

static struct mt940_view ibans[IBANS];
static char room[IBANS][MT940_IBAN_MAX + 1];
static uint8_t reasons[IBANS];
static uint8_t values[256];
static char text[TEXT_BYTES];

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

static size_t run_scan(void)
{
    mt940_iban_scan(text, TEXT_BYTES, NULL, 0);
    return TEXT_BYTES;
}

static int is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t run_text_floor(void)
{
    volatile size_t seen = 0;
    size_t count = 0;

    for (size_t i = 0; i + 3 < TEXT_BYTES; i++)
        count += is_letter(text[i]) && is_letter(text[i + 1]) && is_digit(text[i + 2]) && is_digit(text[i + 3]);
    seen = count;
    return TEXT_BYTES + (seen & 0);
}

/* The text is full of capitals, so that the search ends at the last byte. */
static size_t run_memchr(void)
{
    return memchr(text, '\0', TEXT_BYTES) ? 0 : TEXT_BYTES;
}

/* Narratives as banks write them: words, numbers, an IBAN now and then, lines of 65. */
static void make_text(size_t words_per_iban, int grouped)
{
    static const char *const words[] = {"GELEN EFT ", "YAPI KREDI BANKASI ", "SORGU NO:1414049 ", "FATURA ", "VKN ",
                                        "2026000000117 ", "LTD.STI. ", "HESABINIZA ", "12500,75 TRY ", "NO'LU ",
                                        "1112223339 ", "\xc4\xb0STANBUL ", "ODEMESI ", "-FAST-", ":86:",
                                        "DK0000123456 "};
    uint64_t random = 65;
    size_t length = 0, column = 0;
    char printed[44];

    while (length < TEXT_BYTES) {
        const char *word = words[next_random(&random) % (sizeof(words) / sizeof(words[0]))];
        if (words_per_iban && next_random(&random) % words_per_iban == 0)
            word = room[next_random(&random) % IBANS];
        if (grouped && mt940_iban_print(word, strlen(word), printed) == MT940_OK && strlen(word) > 14)
            word = printed;
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

/* Text that begins an IBAN wherever it can: Saint Lucia's, whose number may go on with any letter and digit. */
static void make_hostile_text(void)
{
    for (size_t i = 0; i < TEXT_BYTES; i++)
        text[i] = "LC55"[i % 4];
    for (size_t i = 65; i < TEXT_BYTES; i += 66)
        text[i] = '\n';
}

enum source { NO_TEXT, TURKISH, ALL_COUNTRIES, WITHOUT, FEW, MANY, GROUPED, HOSTILE };

static const struct task {
    const char *name, *what;
    enum source source;
    size_t (*run)(void);
    size_t floor; /* row of the floor */
} tasks[] = {
    {"tr-floor", "per-character mod 97 only (the floor), Türkiye", TURKISH, run_floor, 0},
    {"tr-check", "`mt940_iban_check`, Türkiye", TURKISH, run_check, 0},
    {"tr-plain", "batch, plain C, Türkiye", TURKISH, run_plain, 0},
#ifdef MT940_IBAN_BATCH_X86
    {"tr-avx2", "batch, AVX2, Türkiye", TURKISH, run_avx2, 0},
#else
    {"tr-portable", "batch, plain C again, Türkiye", TURKISH, run_plain, 0},
#endif
    {"tr-many", "`mt940_iban_check_many`, Türkiye", TURKISH, run_many, 0},
    {"all-floor", "per-character mod 97 only (the floor), all 89 countries", ALL_COUNTRIES, run_floor, 5},
    {"all-check", "`mt940_iban_check`, all 89 countries", ALL_COUNTRIES, run_check, 5},
    {"all-plain", "batch, plain C, all 89 countries", ALL_COUNTRIES, run_plain, 5},
#ifdef MT940_IBAN_BATCH_X86
    {"all-avx2", "batch, AVX2, all 89 countries", ALL_COUNTRIES, run_avx2, 5},
#else
    {"all-portable", "batch, plain C again, all 89 countries", ALL_COUNTRIES, run_plain, 5},
#endif
    {"all-many", "`mt940_iban_check_many`, all 89 countries", ALL_COUNTRIES, run_many, 5},
    {"text-floor", "plain loop for two letters, two digits (the floor of text)", WITHOUT, run_text_floor, 10},
    {"text-memchr", "`memchr` over the same text", WITHOUT, run_memchr, 10},
    {"scan-none", "scan, narratives without IBANs", WITHOUT, run_scan, 10},
    {"scan-few", "scan, an IBAN in 64 words", FEW, run_scan, 10},
    {"scan-many", "scan, an IBAN in 8 words", MANY, run_scan, 10},
    {"scan-grouped", "scan, the same in groups of four", GROUPED, run_scan, 10},
    {"scan-hostile", "scan, text that begins an IBAN everywhere", HOSTILE, run_scan, 10},
};

enum { TASKS = sizeof(tasks) / sizeof(tasks[0]), FIRST_TEXT = 10, BATCH_ROW = 9 };

static void prepare(enum source source)
{
    static const size_t words_per_iban[] = {[FEW] = 64, [MANY] = 8, [GROUPED] = 8, [HOSTILE] = 0};

    make_ibans(source == TURKISH ? "TR" : NULL);
    if (source == HOSTILE)
        make_hostile_text();
    else if (source >= WITHOUT)
        make_text(words_per_iban[source], source == GROUPED);
}

/* Units (IBANs or bytes) a second, in millions, in the best of the rounds. */
static double rate(const struct task *task)
{
    size_t expected = task->source >= WITHOUT ? TEXT_BYTES : IBANS;
    double best = 1e9;

    prepare(task->source);
    for (int round = 0; round < ROUNDS; round++) {
        double start = now(), took;
        if (task->run() != expected)
            exit(2);
        took = now() - start;
        best = took < best ? took : best;
    }
    return (double)expected / best / 1e6;
}

static int print_table(void)
{
    double rates[TASKS];

    puts("| what | figure | to the floor |\n|---|---|---|");
    for (size_t i = 0; i < TASKS; i++) {
        rates[i] = 0;
#ifdef MT940_IBAN_BATCH_X86
        if (tasks[i].run == run_avx2 && !mt940_iban_batch_has_avx2())
            continue;
#endif
        rates[i] = rate(&tasks[i]);
        printf("| %s | %.1f %s | %.2f |\n", tasks[i].what, rates[i], i < FIRST_TEXT ? "M/s" : "MB/s",
               rates[i] / rates[tasks[i].floor]);
        fflush(stdout);
    }
    if (rates[BATCH_ROW] >= 2 * rates[tasks[BATCH_ROW].floor])
        return 0;
    puts("The batch call is below twice the floor.");
    return 1;
}

static int run_once(const char *name)
{
    for (size_t i = 0; i < TASKS; i++) {
        if (strcmp(tasks[i].name, name) != 0)
            continue;
        prepare(tasks[i].source);
        for (int round = 0; round < ONCE; round++)
            tasks[i].run();
        return 0;
    }
    /* Only the preparations: what all tasks of that text or those IBANs have in common. */
    for (enum source source = TURKISH; source <= HOSTILE; source++)
        if (name[0] >= '0' && name[0] <= '9' && (enum source)(name[0] - '0') == source) {
            prepare(source);
            return 0;
        }
    return 2;
}

/* The compiler; then NAME PREPARATION UNITS UNIT for each. */
static void list(void)
{
    printf("%s%s\n", __VERSION__,
#ifdef __OPTIMIZE__
           ", optimised"
#else
           ", not optimised"
#endif
    );
    for (size_t i = 0; i < TASKS; i++)
        printf("%s %d %d %s\n", tasks[i].name, (int)tasks[i].source, ONCE * (i < FIRST_TEXT ? IBANS : TEXT_BYTES),
               i < FIRST_TEXT ? "per-IBAN" : "per-byte");
}

int main(int argc, char **argv)
{
    for (int c = 0; c < 256; c++)
        values[c] = (uint8_t)(c >= 'A' ? c - 'A' + 10 : c - '0');
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        list();
        return 0;
    }
    return argc == 3 && strcmp(argv[1], "--once") == 0 ? run_once(argv[2]) : print_table();
}
