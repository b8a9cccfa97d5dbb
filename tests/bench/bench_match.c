/* SPDX-License-Identifier: Apache-2.0
 *
 * bench_match.c: how well and how fast the matcher finds payers among customers that match_generator.c makes. Prints
 * the tables of docs/performance.md: names alone by class of noise, all evidence, unknown payers, times, memory.
 *
 *   bench_match [CUSTOMERS [MOVEMENTS [SEED [dump FILE]]]]
 *
 * Seeds 1 to 9 were used for tuning; reported is 1001. Times are of the processor, not of the clock: other programs
 * make them worse all the same. "dump" writes names and questions for bench_match.py, which asks rapidfuzz the same.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "directory_figures.h"
#include "match_generator.h"
#include "mt940connect/iban.h"

#include "match/directory_arrays.h"

enum { LOOKUPS = 200000, EXACT = 20000, ACCESSES = 32 << 20 };

static struct match_generator generator;
static struct mt940_directory *directory;
static struct mt940_match_scratch *scratch;
static uint32_t customers = 100000, movements = 500;
static uint64_t seed = 1001;
static double *times;
static size_t time_count;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static struct mt940_view view_of(const char *text)
{
    return mt940_view_of(text, strlen(text));
}

static void must(int status, const char *what)
{
    if (status != MT940_OK) {
        fprintf(stderr, "bench_match: %s: %d\n", what, status);
        exit(2);
    }
}

/* ---- the directory ---- */

static void add_customer(struct mt940_directory_builder *builder, uint32_t number)
{
    struct match_customer made;
    struct mt940_customer card = {.active = 1};
    struct mt940_customer_bank bank = {.slot = 1};

    match_generate_customer(&generator, number, &made);
    card.code = view_of(made.code);
    card.name = view_of(made.name);
    card.tax_id = view_of(made.tax_id);
    must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL), "customer");
    if (!made.iban[0])
        return;
    bank.customer = card.code;
    bank.iban = view_of(made.iban);
    bank.collector = made.collector;
    must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL), "bank record");
}

static void make_directory(void)
{
    struct mt940_directory_info info = {.size = sizeof(info)};
    struct mt940_directory_builder *builder;
    struct mt940_view company = view_of("001");
    double start;

    must(mt940_directory_builder_new(&company, NULL, &builder, NULL), "builder");
    for (uint32_t i = 0; i < customers; i++)
        add_customer(builder, i);
    start = now();
    must(mt940_directory_build(builder, &directory, NULL), "build");
    printf("build %.3f s", now() - start);
    mt940_directory_builder_free(builder);
    must(mt940_directory_get_info(directory, &info), "info");
    printf(", %.1f bytes a customer, of which %.1f the index of names; %u words, %u pairs\n",
           (double)info.bytes / customers, (double)mt940_name_index_bytes(&directory->names) / customers,
           directory->names.words, directory->names.pairs);
    must(mt940_match_scratch_new(NULL, &scratch), "scratch");
}

/* ---- counting ---- */

struct counts {
    uint32_t asked, first, five, chosen, wrong;
    double time;
};

static void add_counts(struct counts *sum, const struct counts *counts)
{
    sum->asked += counts->asked;
    sum->first += counts->first;
    sum->five += counts->five;
    sum->chosen += counts->chosen;
    sum->wrong += counts->wrong;
    sum->time += counts->time;
}

/* Wilson's interval of 95 %. */
static void wilson(uint32_t part, uint32_t whole, double *low, double *high)
{
    double z = 1.96, n = whole ? whole : 1, p = part / n;
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));

    *low = middle - half < 0 ? 0 : middle - half;
    *high = middle + half > 1 ? 1 : middle + half;
}

static void print_part(uint32_t part, uint32_t whole)
{
    double low, high;

    wilson(part, whole, &low, &high);
    printf(" | %.4f [%.4f, %.4f]", whole ? (double)part / whole : 0, low, high);
}

static void print_counts(const char *name, const struct counts *counts, bool known)
{
    printf("| %s", name);
    if (known) {
        print_part(counts->first, counts->asked);
        print_part(counts->five, counts->asked);
    } else {
        printf(" | |");
    }
    print_part(counts->chosen, counts->asked);
    if (known)
        print_part(counts->chosen - counts->wrong, counts->chosen);
    else
        printf(" | %u wrong", counts->wrong);
    printf(" | %.1f |\n", counts->time / counts->asked * 1e6);
}

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void print_times(const char *what)
{
    double sum = 0;

    qsort(times, time_count, sizeof(*times), compare_times);
    for (size_t i = 0; i < time_count; i++)
        sum += times[i];
    printf("%s: mean %.2f, half %.2f, p99 %.1f, p99.9 %.1f us\n", what, sum / (double)time_count * 1e6,
           times[time_count / 2] * 1e6, times[time_count * 99 / 100] * 1e6, times[time_count * 999 / 1000] * 1e6);
    time_count = 0;
}

/* ---- names alone ---- */

/* The number in the customer's code is the generator's; codes are in that order. */
static bool same_words(uint32_t a, uint32_t b)
{
    uint32_t left[MT940_NAME_WORDS], right[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of(&directory->names, a, left);

    return count == mt940_name_words_of(&directory->names, b, right) &&
           memcmp(left, right, count * sizeof(*left)) == 0;
}

static bool is_text(int32_t noise)
{
    return noise == MATCH_TEXT || noise == MATCH_TEXT_TYPO;
}

static void ask_name(int32_t noise, uint32_t number, struct counts *counts)
{
    static struct mt940_name_finding finding;
    struct match_movement movement;
    struct mt940_view text;
    double start;

    match_generate_movement(&generator, seed, noise, number, &movement);
    text = view_of(movement.name);
    finding.search = &scratch->names;
    start = now();
    (void)mt940_name_find(&directory->names, &text, is_text(noise), &finding);
    times[time_count] = now() - start;
    counts->time += times[time_count++];
    counts->asked++;
    for (uint32_t i = 0; movement.truth >= 0 && i < finding.hit_count && i < 5; i++)
        if (same_words(finding.hits[i].customer, (uint32_t)movement.truth)) {
            counts->first += i == 0;
            counts->five++;
            break;
        }
    if (!mt940_name_is_certain(&directory->names, &finding))
        return;
    counts->chosen++;
    if ((int64_t)finding.hits[0].customer != movement.truth) {
        counts->wrong++;
        if (getenv("SHOW_WRONG"))
            printf("wrong: %s: %s -> %u, not %d (flags %x, %d bits)\n", match_class_names[noise], movement.name,
                   finding.hits[0].customer, (int)movement.truth, finding.hits[0].flags, finding.hits[0].score / 2048);
    }
}

static void ask_names(void)
{
    struct counts all = {0};

    printf("\n| name alone | first | among five | chosen | of them right | us |\n|---|---|---|---|---|---|\n");
    for (int32_t noise = 0; noise < MATCH_CLASSES; noise++) {
        struct counts counts = {0};

        for (uint32_t i = 0; i < movements; i++)
            ask_name(noise, i, &counts);
        print_counts(match_class_names[noise], &counts, noise != MATCH_UNKNOWN);
        if (noise != MATCH_UNKNOWN)
            add_counts(&all, &counts);
    }
    print_counts("**all that are known**", &all, true);
    print_times("names, all twelve classes");
}

/* ---- all evidence ---- */

/* What the books would answer to the invoice numbers of a text. */
static size_t find_payments(const struct mt940_facts *facts, struct match_customer *made,
                            struct mt940_payment payments[MT940_FACT_INVOICES])
{
    size_t count = 0;

    for (uint32_t i = 0; i < facts->invoice_count; i++) {
        struct mt940_view number = facts->invoices[i].where.text;
        uint32_t at = 0;

        if (number.length != 16 || memcmp(number.data, "ABC2026", 7) != 0)
            continue;
        for (size_t k = 7; k < 16; k++)
            at = at * 10 + (uint32_t)(number.data[k] - '0');
        if (at >= customers)
            continue;
        match_generate_customer(&generator, at, &made[count]);
        memset(&payments[count], 0, sizeof(payments[count]));
        payments[count].customer = view_of(made[count].code);
        payments[count].invoice = view_of(made[count].invoice);
        payments[count].currency = view_of("TRY");
        payments[count].amount = made[count].open;
        payments[count].state = MT940_DOCUMENT_STATE_ACTIVE;
        count++;
    }
    return count;
}

static void ask_movement(int32_t noise, uint32_t number, uint32_t flags, struct counts *counts)
{
    static struct mt940_match match;
    static struct mt940_facts facts;
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = 1};
    struct mt940_match_input input = {.size = sizeof(input), .sign = 1, .facts = &facts, .scratch = scratch};
    struct match_customer made[MT940_FACT_INVOICES], truth;
    struct mt940_payment payments[MT940_FACT_INVOICES];
    struct match_movement movement;
    double start;

    match_generate_movement(&generator, seed, noise, number, &movement);
    texts.narrative = view_of(movement.text);
    facts.size = sizeof(facts);
    match.size = sizeof(match);
    start = now();
    must(mt940_facts_read(&texts, &facts), "facts");
    input.payments = payments;
    input.payment_count = find_payments(&facts, made, payments);
    input.amount = movement.amount;
    input.flags = flags;
    input.currency = view_of("TRY");
    must(mt940_match_movement(directory, &input, &match), "match");
    times[time_count] = now() - start;
    counts->time += times[time_count++];
    counts->asked++;
    if (movement.truth >= 0)
        match_generate_customer(&generator, (uint32_t)movement.truth, &truth);
    for (uint32_t i = 0; movement.truth >= 0 && i < match.candidate_count && i < 5; i++)
        if (mt940_view_is(match.candidates[i].customer, truth.code)) {
            counts->first += i == 0;
            counts->five++;
        }
    if (match.decision != MT940_MATCH_AUTO)
        return;
    counts->chosen++;
    if (movement.truth >= 0 && mt940_view_is(match.customer, truth.code))
        return;
    counts->wrong++;
    if (getenv("SHOW_WRONG"))
        printf("wrong: %s: %s -> %.*s\n", match_class_names[noise], movement.text, (int)match.customer.length,
               match.customer.data);
}

static void ask_movements(const char *title, uint32_t flags)
{
    struct counts all = {0};

    printf("\n| %s | first | among five | AUTO | of them right | us |\n|---|---|---|---|---|---|\n", title);
    for (int32_t noise = 0; noise < MATCH_CLASSES; noise++) {
        struct counts counts = {0};

        for (uint32_t i = 0; i < movements; i++)
            ask_movement(noise, i, flags, &counts);
        print_counts(match_class_names[noise], &counts, noise != MATCH_UNKNOWN);
        if (noise != MATCH_UNKNOWN)
            add_counts(&all, &counts);
    }
    print_counts("**all that are known**", &all, true);
    print_times("movements, facts and match");
}

/* ---- single figures ---- */

/* The floor: one access to memory that no cache holds, where the next one depends on it. */
static void measure_memory(void)
{
    uint32_t *next = malloc((size_t)ACCESSES * sizeof(*next)), at = 0;
    struct match_random random = match_random_of(1, 2, 3);
    double start;

    if (!next)
        exit(2);
    for (uint32_t i = 0; i < ACCESSES; i++)
        next[i] = i;
    for (uint32_t i = ACCESSES - 1; i > 0; i--) { /* one cycle through all (Sattolo) */
        uint32_t other = match_random_below(&random, i), swap = next[i];

        next[i] = next[other];
        next[other] = swap;
    }
    start = now();
    for (uint32_t i = 0; i < LOOKUPS; i++)
        at = next[at];
    printf("\nfloor: %.0f ns an access to 128 MiB in random order (%u)\n", (now() - start) / LOOKUPS * 1e9, at & 1);
    free(next);
}

static void measure_lookups(void)
{
    struct mt940_directory_hit hit;
    char (*ibans)[36] = malloc((size_t)EXACT * sizeof(*ibans));
    size_t count = 0, found = 0;
    double start;

    if (!ibans)
        exit(2);
    for (uint32_t i = 0; count < EXACT && i < customers; i++) {
        struct match_customer made;

        match_generate_customer(&generator, (uint32_t)((uint64_t)i * 7919 % customers), &made);
        if (made.iban[0])
            memcpy(ibans[count++], made.iban, sizeof(*ibans));
    }
    start = now();
    for (size_t i = 0; i < LOOKUPS; i++) {
        struct mt940_view iban = mt940_view_of(ibans[i % count], 26);

        found += mt940_directory_by_iban(directory, &iban, &hit, 1) > 0;
    }
    printf("IBAN: %.0f ns a look-up (%zu of %d found)\n", (now() - start) / LOOKUPS * 1e9, found, LOOKUPS);
    free(ibans);
}

static void measure_exact(void)
{
    static struct mt940_name_finding finding;
    char (*names)[MATCH_NAME_MAX] = malloc((size_t)EXACT * sizeof(*names));
    size_t found = 0;
    double start;

    if (!names)
        exit(2);
    for (uint32_t i = 0; i < EXACT; i++)
        match_generate_name(generator.seed, (uint64_t)i * 7919 % customers, names[i]);
    finding.search = &scratch->names;
    start = now();
    for (uint32_t i = 0; i < EXACT; i++) {
        struct mt940_view name = view_of(names[i]);

        found += mt940_name_find(&directory->names, &name, false, &finding) > 0;
    }
    printf("exact name: %.2f us (%zu of %d found)\n", (now() - start) / EXACT * 1e6, found, EXACT);
    free(names);
}

static int dump(const char *path)
{
    FILE *file = fopen(path, "w");
    struct match_movement movement;
    char name[MATCH_NAME_MAX];

    if (!file)
        return 2;
    fprintf(file, "%u\n", customers);
    for (uint32_t i = 0; i < customers; i++) {
        match_generate_name(generator.seed, i, name);
        fprintf(file, "%s\n", name);
    }
    for (int32_t noise = 0; noise < MATCH_CLASSES; noise++)
        for (uint32_t i = 0; i < movements; i++) {
            match_generate_movement(&generator, seed, noise, i, &movement);
            fprintf(file, "%s\t%d\t%s\n", match_class_names[noise], (int)movement.truth, movement.name);
        }
    return fclose(file) ? 2 : 0;
}

int main(int argc, char **argv)
{
    if (argc > 1)
        customers = (uint32_t)strtoul(argv[1], NULL, 10);
    if (argc > 2)
        movements = (uint32_t)strtoul(argv[2], NULL, 10);
    if (argc > 3)
        seed = strtoul(argv[3], NULL, 10);
    times = malloc((size_t)MATCH_CLASSES * movements * sizeof(*times));
    if (!times || customers == 0 || movements == 0 || !match_generator_init(&generator, seed, customers))
        return 2;
    if (argc > 5)
        return dump(argv[5]);
    printf("%u customers, %u movements a class, seed %llu\n", customers, movements, (unsigned long long)seed);
    make_directory();
    measure_memory();
    measure_lookups();
    directory_figures_batch(directory, &generator, customers);
    measure_exact();
    directory_figures_image(directory, &generator, customers);
    ask_names();
    ask_movements("all evidence", 0);
    ask_movements("all evidence, names may decide", MT940_MATCH_NAME_AUTO);
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
    match_generator_free(&generator);
    free(times);
    return 0;
}
