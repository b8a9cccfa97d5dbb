/* SPDX-License-Identifier: Apache-2.0
 *
 * name/target.c: names of customers, one a line, then the text that is looked for. Oracle: brute
 * force over all customers. Who has the canonical words of the text is found by
 * mt940_directory_by_name(), and nobody else; a hit has the score that a comparison of that
 * customer alone gives; hits are in order, within the text, and the same a second time.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "match/directory_arrays.h"
#include "match/match.h"

#define CUSTOMERS 64
/* Parts of 256 of a name that end a search. */
#define GOOD_ENOUGH 205
/* Three bits: what a name must be ahead of the next one to leave no other (name_find.c). */
#define LOST_MOST (3 * 8 * 256)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

struct lines {
    struct mt940_view line[CUSTOMERS];
    size_t count;
    struct mt940_view text; /* the last one */
};

static void read_lines(const uint8_t *data, size_t size, struct lines *out)
{
    size_t start = 0;

    out->count = 0;
    for (size_t i = 0; i < size && out->count < CUSTOMERS; i++)
        if (data[i] == '\n') {
            out->line[out->count++] = mt940_view_of((const char *)data + start, i - start);
            start = i + 1;
        }
    out->text = mt940_view_of((const char *)data + start, size - start);
}

static struct mt940_directory *build(const struct lines *lines)
{
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;
    struct mt940_view company = {"001", 3};
    char codes[CUSTOMERS][2];

    demand(mt940_directory_builder_new(&company, NULL, &builder, NULL) == MT940_OK);
    for (size_t i = 0; i < lines->count; i++) {
        struct mt940_customer card = {.name = lines->line[i], .active = 1};

        codes[i][0] = (char)('A' + i / 10);
        codes[i][1] = (char)('0' + i % 10);
        card.code = mt940_view_of(codes[i], 2);
        demand(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL) == MT940_OK);
    }
    demand(mt940_directory_build(builder, &directory, NULL) == MT940_OK);
    mt940_directory_builder_free(builder);
    return directory;
}

/* Whether two names have the same canonical words, by comparing them. */
static bool same_words(const struct mt940_view *a, const struct mt940_view *b)
{
    struct mt940_name_word left[MT940_NAME_WORDS], right[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of_text(a, left);

    if (count == 0 || mt940_name_words_of_text(b, right) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (left[i].key_length != right[i].key_length || memcmp(left[i].key, right[i].key, left[i].key_length) != 0)
            return false;
    return true;
}

static void check_exact(const struct mt940_directory *directory, const struct lines *lines)
{
    struct mt940_directory_hit hits[CUSTOMERS];
    size_t expected = 0, found = mt940_directory_by_name(directory, &lines->text, hits, CUSTOMERS);

    for (size_t i = 0; i < lines->count; i++)
        expected += same_words(&lines->line[i], &lines->text);
    demand(found == expected);
}

static void check_hits(const struct mt940_directory *directory, const struct lines *lines,
                       const struct mt940_name_finding *finding)
{
    for (uint32_t i = 0; i < finding->hit_count; i++) {
        const struct mt940_name_hit *hit = &finding->hits[i];

        demand(hit->customer < lines->count && hit->score >= 0 && hit->shared > 0);
        demand((uint64_t)hit->offset + hit->length <= lines->text.length);
        demand(directory->names.customers == lines->count);
        for (uint32_t k = 0; k < i; k++)
            demand(finding->text || finding->hits[k].customer != hit->customer);
    }
}

/*
 * What the index may not lose: among so few customers no list is too long, so whoever fits better than the first hit by
 * three bits was compared. Only where most of the first one's name is there (name_find.c), others need not have been looked at. A
 * word with letters lost and another edit besides leads to nobody by itself, nor does an edit in a word of the table;
 * a word too long for a key is not split, though it is compared with two words that were glued; and a letter alone, an
 * initial, leads to nobody, though two of them may be one glued word.
 */
static void check_nobody_lost(const struct mt940_directory *directory, const struct lines *lines,
                              struct mt940_name_finding *finding)
{
    int64_t found = finding->hit_count > 0 ? finding->hits[0].score : 0;

    for (uint32_t i = 0; i < finding->search->term_count; i++)
        if (finding->search->terms[i].word->flags & MT940_NAME_WILD ||
            finding->search->terms[i].word->kind != MT940_NAME_PLAIN ||
            finding->search->terms[i].word->key_length == MT940_NAME_KEY || finding->search->terms[i].bits == 0)
            return;
    if (found * 256 >= (int64_t)GOOD_ENOUGH * (finding->hit_count > 0 ? finding->hits[0].whole : INT64_MAX / 256))
        return;
    for (uint32_t i = 0; i < lines->count; i++) {
        struct mt940_name_hit alone;

        mt940_name_score_one(&directory->names, finding, i, &alone);
        demand(alone.score <= found + LOST_MOST);
    }
}

/* The second look knows more words that a word may be, so it may say less for whom the first one kept. */
static bool looked_twice(const struct mt940_name_finding *finding)
{
    for (uint32_t i = 0; i < finding->search->term_count; i++)
        if (finding->search->terms[i].exhausted)
            return true;
    return false;
}

static void check_search(const struct mt940_directory *directory, const struct lines *lines,
                         struct mt940_match_scratch *scratch, bool in_text)
{
    static struct mt940_name_finding finding, again;
    struct mt940_name_hit alone;

    finding.search = again.search = &scratch->names;
    (void)mt940_name_find(&directory->names, &lines->text, in_text, &finding);
    check_hits(directory, lines, &finding);
    /* A name field is one stretch, whose terms are still there: compare with everybody. */
    if (!in_text && finding.hit_count > 0 && !(finding.hits[0].flags & MT940_HIT_EXACT)) {
        for (uint32_t i = 1; i < finding.hit_count; i++)
            demand(finding.hits[i - 1].score >= finding.hits[i].score);
        mt940_name_score_one(&directory->names, &finding, finding.hits[0].customer, &alone);
        demand(looked_twice(&finding) || alone.score >= finding.hits[0].score);
    }
    if (!in_text && (finding.hit_count == 0 || !(finding.hits[0].flags & MT940_HIT_EXACT)))
        check_nobody_lost(directory, lines, &finding);
    (void)mt940_name_find(&directory->names, &lines->text, in_text, &again);
    demand(finding.hit_count == again.hit_count &&
           memcmp(finding.hits, again.hits, finding.hit_count * sizeof(finding.hits[0])) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { field, text, comparisons };
    static struct mt940_match_scratch *scratch; /* of all inputs: what it holds is no input */
    unsigned draw = chosen_draw(data, size);
    struct mt940_directory *directory;
    struct lines lines;

    read_lines(data, size, &lines);
    directory = build(&lines);
    demand(scratch || mt940_match_scratch_new(NULL, &scratch) == MT940_OK);
    scratch->names.term_count = 0; /* a text without words leaves it as it was */
    check_exact(directory, &lines);
    if (chosen(draw, field, comparisons))
        check_search(directory, &lines, scratch, false);
    if (chosen(draw, text, comparisons))
        check_search(directory, &lines, scratch, true);
    mt940_directory_free(directory);
    return 0;
}
