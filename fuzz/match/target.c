/* SPDX-License-Identifier: Apache-2.0
 *
 * match/target.c: small books and a movement (books.h). Oracle: model.c, which looks at every
 * customer. Identifiers lead to the same customers and the rules decide the same way; who is AUTO
 * is who the model says; the same books in a mapped image and a second run give the same bytes.
 */
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "books.h"
#include "mt940connect/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* Number in the books of a customer of the directory. */
static size_t number_of(const struct books *books, struct mt940_view code)
{
    size_t number = 0;

    demand(code.length == 4);
    number = (size_t)(code.data[2] - '0') * 10 + (size_t)(code.data[3] - '0');
    demand(number < books->customer_count);
    return number;
}

/* Hits lead to the customers of the set, to all of them and to nobody else. */
static void compare(const struct books *books, const struct mt940_directory_hit *hits, size_t count,
                    const struct books_set *expected)
{
    struct books_set found = {{false}};

    demand(count <= BOOKS_BANKS);
    for (size_t i = 0; i < count; i++)
        found.has[number_of(books, hits[i].customer)] = true;
    demand(memcmp(&found, expected, sizeof(found)) == 0);
}

static void check_ibans(const struct books *books, const struct mt940_directory *directory,
                        const struct mt940_facts *facts)
{
    struct mt940_directory_hit hits[BOOKS_BANKS], first[MT940_FACT_IBANS];
    struct mt940_view ibans[MT940_FACT_IBANS];
    size_t counts[MT940_FACT_IBANS];

    for (uint32_t i = 0; i < facts->iban_count; i++) {
        ibans[i].data = facts->ibans[i].canonical;
        ibans[i].length = strlen(ibans[i].data);
    }
    mt940_directory_by_ibans(directory, ibans, facts->iban_count, first, counts);
    for (uint32_t i = 0; i < facts->iban_count; i++) {
        struct books_set expected = {{false}};
        bool collector = false;
        size_t count = mt940_directory_by_iban(directory, &ibans[i], hits, BOOKS_BANKS);

        books_by_iban(books, ibans[i].data, &expected, &collector);
        compare(books, hits, count, &expected);
        demand(counts[i] == count && (count == 0 || memcmp(&first[i], &hits[0], sizeof(hits[0])) == 0));
    }
}

static void check_numbers(const struct books *books, const struct mt940_directory *directory,
                          const struct mt940_facts *facts)
{
    struct mt940_directory_hit hits[BOOKS_BANKS];

    for (uint32_t i = 0; i < facts->tax_id_count; i++) {
        struct mt940_view digits = {facts->tax_ids[i].digits, strlen(facts->tax_ids[i].digits)};
        struct books_set expected = {{false}};

        books_by_tax_id(books, &digits, &expected);
        compare(books, hits, mt940_directory_by_tax_id(directory, &digits, hits, BOOKS_BANKS), &expected);
    }
    for (uint32_t i = 0; i < facts->account_count; i++) {
        const struct mt940_fact_account *account = &facts->accounts[i];
        struct books_set expected = {{false}};
        bool collector = false;

        books_by_account(books, account->bank, account->branch, &account->number, &expected, &collector);
        compare(books, hits,
                mt940_directory_by_account(directory, account->bank, account->branch, &account->number, hits,
                                           BOOKS_BANKS), &expected);
    }
}

/* A name that leaves nobody else may contradict identifiers: it stands among the candidates then, if all are shown. */
static bool is_contradicted_by_name(const struct books *books, const struct mt940_match *match,
                                    const struct books_answer *answer)
{
    for (uint32_t i = 0; i < match->candidate_count; i++)
        for (uint32_t k = 0; k < match->candidates[i].evidence_count; k++) {
            int32_t kind = match->candidates[i].evidence[k].kind;

            if ((kind == MT940_EVIDENCE_NAME || kind == MT940_EVIDENCE_FUZZY_NAME) &&
                !answer->agreed.has[number_of(books, match->candidates[i].customer)])
                return true;
        }
    return match->candidate_total > match->candidate_count;
}

/* Customers whose name or code the matcher found; what names say is the business of fuzz/name. */
static struct books_set named_customers(const struct books *books, const struct mt940_match *match)
{
    struct books_set named = {{false}};

    for (uint32_t i = 0; i < match->candidate_count; i++)
        for (uint32_t k = 0; k < match->candidates[i].evidence_count; k++) {
            int32_t kind = match->candidates[i].evidence[k].kind;

            if ((kind == MT940_EVIDENCE_NAME || kind == MT940_EVIDENCE_FUZZY_NAME ||
                 kind == MT940_EVIDENCE_CUSTOMER_CODE) && !(match->candidates[i].veto & MT940_VETO_LEGAL_FORM))
                named.has[number_of(books, match->candidates[i].customer)] = true;
        }
    return named;
}

/* A number without a label that may be strong for somebody who is not among the candidates shown. */
static bool is_in_doubt(const struct mt940_facts *facts, const struct mt940_match *match)
{
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        if (!facts->tax_ids[i].labelled)
            return match->candidate_total > match->candidate_count;
    return false;
}

static void check_decision(const struct books *books, const struct mt940_facts *facts, const struct mt940_match *match)
{
    struct books_set named = named_customers(books, match);
    struct books_answer answer;

    if (is_in_doubt(facts, match))
        return;
    books_answer(books, facts, &named, &answer);
    if (match->decision == MT940_MATCH_AUTO) {
        size_t customer = number_of(books, match->customer);

        demand(books->customers[customer].active);
        demand(answer.open ? (books->flags & MT940_MATCH_NAME_AUTO) != 0
                           : answer.decision == MT940_MATCH_AUTO && answer.customer == (int)customer);
        return;
    }
    if (answer.open) {
        demand(match->decision == MT940_MATCH_NONE || match->decision == MT940_MATCH_SUGGEST ||
               match->decision == MT940_MATCH_ASK);
        demand((match->decision == MT940_MATCH_NONE) == (match->candidate_total == 0));
        return;
    }
    if (match->decision == answer.decision || answer.crowded)
        return;
    demand(match->decision == MT940_MATCH_CONFLICT && is_contradicted_by_name(books, match, &answer));
}

static void ask(const struct books *books, const struct mt940_directory *directory, const struct mt940_facts *facts,
                struct mt940_match_scratch *scratch, struct mt940_match *out)
{
    struct mt940_match_input input = {.size = sizeof(input), .facts = facts, .sign = books->sign,
                                      .amount = books->sign * 12345, .flags = books->flags,
                                      .payments = books->payments, .payment_count = books->payment_count,
                                      .scratch = scratch};

    if (books->knows_account && books->own_count > 0)
        input.own_account = books->own[0].code;
    out->size = sizeof(*out);
    demand(mt940_match_movement(directory, &input, out) == MT940_OK);
}

/* The same answers from an image of the directory. Texts lie elsewhere there: they are compared by what they say. */
static void check_image(const struct books *books, const struct mt940_directory *directory,
                        const struct mt940_facts *facts, struct mt940_match_scratch *scratch,
                        const struct mt940_match *expected)
{
    static struct mt940_match match;
    struct mt940_directory *opened;
    size_t length;
    void *image;

    demand(mt940_directory_image(directory, NULL, NULL, 0, &length) == MT940_OK);
    image = malloc(length);
    demand(image && mt940_directory_image(directory, NULL, image, length, &length) == MT940_OK);
    demand(mt940_directory_open(image, length, 0, NULL, &opened, NULL) == MT940_OK);
    ask(books, opened, facts, scratch, &match);
    demand(match.decision == expected->decision && match.veto == expected->veto && match.slot == expected->slot &&
           match.candidate_count == expected->candidate_count);
    for (uint32_t i = 0; i < match.candidate_count; i++)
        demand(match.candidates[i].score == expected->candidates[i].score &&
               number_of(books, match.candidates[i].customer) == number_of(books, expected->candidates[i].customer));
    mt940_directory_free(opened);
    free(image);
}

/* The same question a second time has the same answer, byte for byte. */
static void check_again(const struct books *books, const struct mt940_directory *directory,
                        const struct mt940_facts *facts, struct mt940_match_scratch *scratch,
                        const struct mt940_match *expected)
{
    static struct mt940_match again;

    ask(books, directory, facts, scratch, &again);
    demand(memcmp(expected, &again, sizeof(again)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { identifiers, decision, second, image, comparisons };
    static struct books books;
    static struct mt940_facts facts;
    static struct mt940_match match;
    struct mt940_facts_input texts = {.size = sizeof(texts)};
    static struct mt940_match_scratch *scratch; /* of all inputs: what it holds is no input */
    unsigned draw = chosen_draw(data, size);
    struct mt940_directory *directory;

    books_read(data, size, &books);
    directory = books_directory(&books);
    demand(scratch || mt940_match_scratch_new(NULL, &scratch) == MT940_OK);
    texts.sign = books.sign;
    texts.narrative = books.text;
    facts.size = sizeof(facts);
    demand(mt940_facts_read(&texts, &facts) == MT940_OK);
    if (chosen(draw, identifiers, comparisons)) {
        check_ibans(&books, directory, &facts);
        check_numbers(&books, directory, &facts);
    }
    ask(&books, directory, &facts, scratch, &match);
    if (chosen(draw, decision, comparisons))
        check_decision(&books, &facts, &match);
    if (chosen(draw, second, comparisons))
        check_again(&books, directory, &facts, scratch, &match);
    if (chosen(draw, image, comparisons))
        check_image(&books, directory, &facts, scratch, &match);
    mt940_directory_free(directory);
    return 0;
}
