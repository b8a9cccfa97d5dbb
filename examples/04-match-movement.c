/* SPDX-License-Identifier: Apache-2.0
 *
 * 04-match-movement.c: says whose money moved in every movement of a statement, and why. The customers stand in this
 * file; a program of yours takes them out of its books.
 *
 * Build:  cc 04-match-movement.c $(pkg-config --cflags --libs mt940connect) -o match-movement
 * Run:    ./match-movement <STATEMENT.sta
 */
#include <mt940connect/mt940connect.h>
#include <stdio.h>

#define COMPANY "DEMO"

static const struct card {
    const char *code, *name, *tax_id, *iban;
} cards[] = {
    {"120.001", "Yıldız Market Ltd. Şti.", "1112223339", "TR780006701000000011111111"},
    {"120.002", "Doğan Gıda A.Ş.", "2223334447", "TR590004600123888000022222"},
};

static struct mt940_view text(const char *string)
{
    struct mt940_view view;
    mt940_view_from_string(string, &view);
    return view;
}

static int add_card(struct mt940_directory_builder *builder, const struct card *card, struct mt940_error *error)
{
    struct mt940_customer customer = {.company = text(COMPANY), .code = text(card->code), .name = text(card->name),
                                      .tax_id = text(card->tax_id), .active = 1};
    struct mt940_customer_bank bank = {.company = text(COMPANY), .customer = text(card->code), .slot = 1,
                                       .iban = text(card->iban)};
    int status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, error);
    return status ? status : mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, error);
}

static int build_directory(struct mt940_directory **out, struct mt940_error *error)
{
    struct mt940_view company = text(COMPANY);
    struct mt940_directory_builder *builder = NULL;
    int status = mt940_directory_builder_new(&company, NULL, &builder, error);
    for (size_t i = 0; !status && i < sizeof(cards) / sizeof(cards[0]); i++)
        status = add_card(builder, &cards[i], error);
    if (!status)
        status = mt940_directory_build(builder, out, error);
    mt940_directory_builder_free(builder);
    return status;
}

static void print_match(const struct mt940_entry *entry, const struct mt940_match *match)
{
    printf("%s %s: %s", mt940_mark_name(entry->mark), entry->code, mt940_match_decision_name(match->decision));
    if (match->customer.length)
        printf(" %.*s", (int)match->customer.length, match->customer.data);
    printf("\n");
    for (uint32_t i = 0; match->candidate_count && i < match->candidates[0].evidence_count; i++) {
        const struct mt940_match_candidate *best = &match->candidates[0];
        struct mt940_message_arg args[4];
        char reason[200];
        size_t count = mt940_evidence_args(best, &best->evidence[i], args);
        if (mt940_message_format(best->evidence[i].message, args, count, "en", reason, sizeof(reason)) >= 0)
            printf("  because %s\n", reason);
    }
}

static void match_entry(const struct mt940_directory *directory, const struct mt940_entry *entry, int32_t charset)
{
    char narrative[1024];
    size_t length = mt940_narrative_text(&entry->narrative, charset, narrative, sizeof(narrative));
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = mt940_mark_sign(entry->mark),
                                      .narrative = {narrative, length < sizeof(narrative) ? length : sizeof(narrative)}};
    struct mt940_facts facts = {.size = sizeof(facts)};
    struct mt940_match_input input = {.size = sizeof(input), .facts = &facts, .sign = texts.sign,
                                      .amount = texts.sign * entry->reading.amount.units,
                                      .currency = text(entry->reading.amount.currency)};
    struct mt940_match match = {.size = sizeof(match)};
    if (!mt940_facts_read(&texts, &facts) && !mt940_match_movement(directory, &input, &match))
        print_match(entry, &match);
}

int main(void)
{
    static char bytes[1 << 20];
    struct mt940_input input = {.size = sizeof(input), .data = bytes, .length = fread(bytes, 1, sizeof(bytes), stdin)};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_directory *directory = NULL;
    struct mt940_document *document = NULL;
    if (input.length == sizeof(bytes)) {
        fprintf(stderr, "more than %zu bytes; a program of yours reads files of any length\n", sizeof(bytes) - 1);
        return 2;
    }
    if (build_directory(&directory, &error) || mt940_document_parse(&input, NULL, NULL, &document, &error)) {
        fprintf(stderr, "%s\n", error.text);
        mt940_directory_free(directory);
        return 2;
    }
    for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);
        for (size_t n = 0; n < statement->entry_count; n++)
            match_entry(directory, &statement->entries[n], statement->trailer.charset);
    }
    mt940_document_free(document);
    mt940_directory_free(directory);
    return 0;
}
