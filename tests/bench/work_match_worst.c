/* SPDX-License-Identifier: Apache-2.0
 *
 * work_match_worst.c: books and texts made to be slow, for an instruction counter (check_work.py): each in a size and in
 * the tenfold one. What is counted is the answer to a question, or the building, by what there is of customers, open
 * rows or bytes: where the work does not grow with them the tenfold size costs a tenth of each.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/callgrind.h>

#include "match/match.h"

/* 8,000 customers of one word are more than any list or pair is read for. */
enum { CUSTOMERS = 800, ROWS = 51, BYTES = 8000, TENFOLD = 10 };

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

static void report(const char *name, size_t size, const char *unit)
{
    CALLGRIND_DUMP_STATS;
    printf("%s\t%zu\t%s\n", name, size, unit);
}

/* What is the same of all customers. */
enum crowd { SAME_NAME, SAME_BANK, BOILERPLATE, CROWDS };

static void name_of(int crowd, size_t number, char out[64])
{
    static const char *const trades[] = {"SANAYI", "TICARET", "INSAAT", "PAZARLAMA", "OTOMOTIV", "TURIZM", "TEKSTIL"};

    if (crowd == SAME_NAME)
        (void)snprintf(out, 64, "AHMET YILMAZ");
    else if (crowd == SAME_BANK)
        (void)snprintf(out, 64, "FIRMA%zu LTD STI", number);
    else
        (void)snprintf(out, 64, "%s %s %s LTD STI", trades[number % 7], trades[number / 7 % 7], trades[number / 49 % 7]);
}

/* Every account of one bank and branch: only the last digits differ. */
static void iban_of(size_t number, char out[32])
{
    unsigned check = 0;

    (void)snprintf(out, 32, "TR00000620011900000%07zu", number);
    for (size_t i = 4; i < 26; i++)
        check = (check * 10 + (unsigned)(out[i] - '0')) % 97;
    check = (check * 1000000 + 292700) % 97; /* TR00 */
    (void)snprintf(out, 5, "TR%02u", 98 - check);
    out[4] = '0';
}

static struct mt940_directory *build(int crowd, size_t customers, const char *what)
{
    struct mt940_view company = view_of("001");
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;

    must(mt940_directory_builder_new(&company, NULL, &builder, NULL) == MT940_OK);
    for (size_t i = 0; i < customers; i++) {
        char code[16], name[64], iban[32];
        struct mt940_customer card = {.active = 1};
        struct mt940_customer_bank bank = {.slot = 1};

        (void)snprintf(code, sizeof(code), "C%07zu", i);
        name_of(crowd, i, name);
        iban_of(i, iban);
        card.code = bank.customer = view_of(code);
        card.name = view_of(name);
        bank.iban = view_of(iban);
        must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL) == MT940_OK);
        if (crowd == SAME_BANK)
            must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL) == MT940_OK);
    }
    CALLGRIND_ZERO_STATS;
    must(mt940_directory_build(builder, &directory, NULL) == MT940_OK);
    report(what, customers, "customer");
    mt940_directory_builder_free(builder);
    return directory;
}

static void ask(const struct mt940_directory *directory, struct mt940_view text, const struct mt940_payment *rows,
                size_t row_count)
{
    static struct mt940_facts facts;
    static struct mt940_match match;
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = 1, .narrative = text};
    struct mt940_match_input input = {.size = sizeof(input), .sign = 1, .facts = &facts, .scratch = scratch,
                                      .amount = 1000, .open_rows = rows, .open_count = row_count};

    facts.size = sizeof(facts);
    match.size = sizeof(match);
    must(mt940_facts_read(&texts, &facts) == MT940_OK);
    must(mt940_match_movement(directory, &input, &match) == MT940_OK);
}

/* `worst` names the question whose work is held to the baseline. */
static void ask_crowd(int crowd, size_t customers, const char *built, const char *asked, const char *worst)
{
    static const char *const questions[CROWDS] = {
        "GELEN EFT AHMET YILMAZ AHMED YILMAS", "GELEN EFT TR12000062001190000000000123 FIRMA12 LTD STI",
        "GELEN EFT SANAYI TICARET INSAAT PAZARLAMA LTD STI TURIZN OTOMOTVI"};
    struct mt940_directory *directory = build(crowd, customers, built);

    CALLGRIND_ZERO_STATS;
    ask(directory, view_of(questions[crowd]), NULL, 0);
    report(asked, customers, "customer");
    if (worst) {
        ask(directory, view_of(questions[crowd]), NULL, 0);
        report(worst, 1, "question");
    }
    mt940_directory_free(directory);
}

/* Open rows of one amount with a namesake; the books are small. */
static void ask_rows(size_t count)
{
    struct mt940_directory *directory = build(SAME_NAME, 10, "few, built");
    struct mt940_payment *rows = calloc(count, sizeof(*rows));

    must(rows != NULL);
    for (size_t i = 0; i < count; i++) {
        rows[i].customer = view_of("C0000003");
        rows[i].invoice = view_of("F1");
        rows[i].amount = 1000;
        rows[i].due_date.year = 2026;
        rows[i].due_date.month = rows[i].due_date.day = 1;
    }
    CALLGRIND_ZERO_STATS;
    ask(directory, view_of("AHMET YILMAZ"), rows, count);
    report("equal amounts open", count, "row");
    free(rows);
    mt940_directory_free(directory);
}

static void ask_text(const struct mt940_directory *directory, const char *name, const char *part, size_t bytes)
{
    size_t length = strlen(part);
    char *text = malloc(bytes);

    must(text != NULL);
    for (size_t i = 0; i < bytes; i++)
        text[i] = part[i % length];
    CALLGRIND_ZERO_STATS;
    ask(directory, mt940_view_of(text, bytes), NULL, 0);
    report(name, bytes, "byte");
    free(text);
}

static void ask_texts(size_t bytes)
{
    static const struct {
        const char *name, *part;
    } texts[] = {
        {"one letter", "A"},           {"one letter apart", "A "},      {"lost letters", "?? "},
        {"boilerplate", "SAN. TIC. LTD. STI. VE PAZARLAMA A.S. "},      {"words of banks", "GELEN EFT HESABINA "},
        {"names", "AHMET YILMAS "},    {"no UTF-8", "\xC5 \xFF"},       {"digits", "1234567890 "},
        {"IBANs", "TR12000062001190000000000123 "},                     {"invoices", "FATURA NO 12345 "},
    };
    struct mt940_directory *directory = build(SAME_NAME, 10, "some, built");

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        ask_text(directory, texts[i].name, texts[i].part, bytes);
    mt940_directory_free(directory);
}

int main(void)
{
    must(mt940_match_scratch_new(NULL, &scratch) == MT940_OK);
    for (size_t times = 1; times <= TENFOLD; times += TENFOLD - 1) {
        ask_rows(ROWS * times);
        ask_texts(BYTES * times);
        ask_crowd(SAME_NAME, CUSTOMERS * times, "one name, built", "one name", times > 1 ? "one name, a question" : NULL);
        ask_crowd(SAME_BANK, CUSTOMERS * times, "one bank, built", "one bank", times > 1 ? "one bank, a question" : NULL);
        ask_crowd(BOILERPLATE, CUSTOMERS * times, "trades only, built", "trades only",
                  times > 1 ? "trades only, a question" : NULL);
    }
    mt940_match_scratch_free(scratch);
    return 0;
}
