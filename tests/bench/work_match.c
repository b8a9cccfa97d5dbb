/* SPDX-License-Identifier: Apache-2.0
 *
 * work_match.c: pieces of work for an instruction counter (check_work.py): a directory of customers that nobody owns is
 * built, and asked for names word for word, for names only alike, for payers it does not know, and for IBANs. A line
 * for each says its name and how many were asked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/callgrind.h>

#include "match/match.h"
#include "match_generator.h"

#include "match/directory_arrays.h"

enum { CUSTOMERS = 20000, QUESTIONS = 200, SEED = 42 };

static struct match_generator generator;
static struct mt940_directory *directory;
static struct mt940_match_scratch *scratch;

static struct mt940_view view_of(const char *text)
{
    return mt940_view_of(text, strlen(text));
}

static void must(bool holds)
{
    if (!holds)
        exit(2);
}

static void report(const char *name, size_t asked)
{
    CALLGRIND_DUMP_STATS;
    printf("%s\t%zu\tquestion\n", name, asked);
}

static void build(void)
{
    struct mt940_directory_builder *builder;
    struct mt940_view company = view_of("001");

    must(mt940_directory_builder_new(&company, NULL, &builder, NULL) == MT940_OK);
    for (uint32_t i = 0; i < CUSTOMERS; i++) {
        struct match_customer made;
        struct mt940_customer card = {.active = 1};
        struct mt940_customer_bank bank = {.slot = 1};

        match_generate_customer(&generator, i, &made);
        card.code = bank.customer = view_of(made.code);
        card.name = view_of(made.name);
        card.tax_id = view_of(made.tax_id);
        bank.iban = view_of(made.iban);
        must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL) == MT940_OK);
        must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL) == MT940_OK);
    }
    CALLGRIND_ZERO_STATS;
    must(mt940_directory_build(builder, &directory, NULL) == MT940_OK);
    report("customer indexed", CUSTOMERS);
    mt940_directory_builder_free(builder);
}

static void ask_names(const char *name, int32_t noise)
{
    static struct match_movement movements[QUESTIONS];
    static struct mt940_name_finding finding;

    finding.search = &scratch->names;
    for (uint32_t i = 0; i < QUESTIONS; i++)
        match_generate_movement(&generator, SEED, noise, i, &movements[i]);
    CALLGRIND_ZERO_STATS;
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        struct mt940_view text = view_of(movements[i].name);

        (void)mt940_name_find(&directory->names, &text, false, &finding);
    }
    report(name, QUESTIONS);
}

static void ask_ibans(void)
{
    static struct match_customer made[QUESTIONS];
    struct mt940_directory_hit hit;

    for (uint32_t i = 0; i < QUESTIONS; i++)
        match_generate_customer(&generator, i * 97, &made[i]);
    CALLGRIND_ZERO_STATS;
    for (uint32_t i = 0; i < QUESTIONS; i++) {
        struct mt940_view iban = view_of(made[i].iban);

        (void)mt940_directory_by_iban(directory, &iban, &hit, 1);
    }
    report("IBAN", QUESTIONS);
}

static void open_image(void)
{
    struct mt940_directory *opened;
    size_t length = 0;
    void *image;

    must(mt940_directory_image(directory, NULL, NULL, 0, &length) == MT940_OK && (image = malloc(length)) != NULL);
    must(mt940_directory_image(directory, NULL, image, length, &length) == MT940_OK);
    CALLGRIND_ZERO_STATS;
    must(mt940_directory_open(image, length, 0, NULL, &opened, NULL) == MT940_OK);
    report("image opened", 1);
    mt940_directory_free(opened);
    free(image);
}

int main(void)
{
    must(match_generator_init(&generator, SEED, CUSTOMERS) && mt940_match_scratch_new(NULL, &scratch) == MT940_OK);
    build();
    ask_names("exact name", MATCH_CLEAN);
    ask_names("name alike", MATCH_TYPO);
    ask_names("name cut", MATCH_CUT);
    ask_names("unknown payer", MATCH_UNKNOWN);
    ask_ibans();
    open_image();
    mt940_match_scratch_free(scratch);
    mt940_directory_free(directory);
    match_generator_free(&generator);
    return 0;
}
