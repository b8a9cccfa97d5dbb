/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement reader: any split of the bytes gives the same events; the document holds what the events said, and a stream
 * of statements says what the document says; strict reads no more than lenient; texts and ids come out of whatever was
 * read; where an allocation fails that is told, nothing stays behind, and the next reading is as good as any. The last
 * bytes of the input choose the split and the allocation, so that a corpus file stays a readable statement.
 */
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "events.h"
#include "failing_heap.h"
#include "mt940connect/envelope.h"
#include "streamed.h"

enum { cut_bytes = 4, id_limit = 1000 };

static void check(int good)
{
    if (!good)
        abort();
}

/* What the reader says when it gets the bytes in one piece, which every other reading is held against. */
struct whole {
    struct events counts;
    char digest[DIGEST_TEXT];
};

static struct cuts chosen_cuts(const uint8_t *data, size_t size)
{
    return (struct cuts){data + (size > cut_bytes ? size - cut_bytes : 0), size > cut_bytes ? cut_bytes : size};
}

static void compare_split(const uint8_t *data, size_t size, const struct cuts *cuts, const struct whole *whole)
{
    char cut[DIGEST_TEXT];
    check(events_read(data, size, cuts, NULL, NULL, cut, NULL) == 0 && strcmp(whole->digest, cut) == 0);
}

/* A stream of statements says what the document says; its pieces are as long as the last byte says. */
static void compare_stream(const uint8_t *data, size_t size)
{
    struct streamed out;
    size_t piece = size > 0 && data[size - 1] > 0 ? data[size - 1] : 4096;
    check(streamed_difference(data, size, piece, piece & 1, NULL, &out) == NULL && out.status == 0);
}

/* Which allocation fails hangs on the last byte. */
static struct failing_heap heap_of(const uint8_t *data, size_t size)
{
    uint8_t choice = size ? data[size - 1] : 0;
    return (struct failing_heap){.fail_at = 1 + choice % 32, .for_good = choice / 32 % 2};
}

/* An allocation fails in a push reader; then another one reads, with memory again. */
static void compare_failing_reader(const uint8_t *data, size_t size, const struct whole *whole)
{
    struct cuts cuts = chosen_cuts(data, size);
    const struct cuts *cut = size ? &cuts : NULL;
    struct failing_heap heap = heap_of(data, size), good = {0};
    struct mt940_allocator failing = {sizeof failing, &heap, failing_heap_resize};
    struct mt940_allocator sound = {sizeof sound, &good, failing_heap_resize};
    char troubled[DIGEST_TEXT];

    check(failing_heap_verdict(&heap, events_read(data, size, cut, NULL, &failing, troubled, NULL)) == NULL);
    check(events_read(data, size, cut, NULL, &sound, troubled, NULL) == 0 && strcmp(whole->digest, troubled) == 0);
    check(failing_heap_verdict(&good, 0) == NULL);
}

static void fail_document(const uint8_t *data, size_t size)
{
    struct failing_heap heap = heap_of(data, size);
    struct mt940_allocator failing = {sizeof failing, &heap, failing_heap_resize};
    struct mt940_input input = {sizeof input, data, size, size ? data[size - 1] / 64 % 2 : 0, 0, NULL, NULL};
    struct mt940_document *document = NULL;
    int status = mt940_document_parse(&input, NULL, &failing, &document, NULL);

    check((status != 0) == (document == NULL));
    mt940_document_free(document);
    check(failing_heap_verdict(&heap, status) == NULL);
}

static void read_texts(const struct mt940_statement *statement)
{
    char text[256];
    for (size_t i = 0; i < statement->entry_count; i++) {
        const struct mt940_entry *entry = &statement->entries[i];
        size_t needed = mt940_narrative_text(&entry->narrative, statement->trailer.charset, NULL, 0);
        size_t again = mt940_narrative_text(&entry->narrative, statement->trailer.charset, text, sizeof text);
        check(needed == again);
    }
    struct mt940_account_parts parts;
    check(mt940_account_split(statement->header.account.data, statement->header.account.length, &parts) == 0);
}

/* The blocks around a message are those of the input, byte for byte, but for the line ends between them. */
static void check_blocks(const struct mt940_view *blocks, uint64_t offset, const uint8_t *data, size_t size)
{
    if (blocks->data == NULL)
        return;
    check(offset <= size && blocks->length <= size - offset);
    for (size_t i = 0; i < blocks->length; i++)
        check(blocks->data[i] == '\r' || blocks->data[i] == '\n' || blocks->data[i] == (char)data[offset + i]);
}

typedef int keys_function(const struct mt940_statement *const *pages, size_t page_count, const char *own,
                          size_t own_length, const struct mt940_allocator *allocator, char (*keys)[MT940_ID_CAPACITY]);

/* Ids and second keys: one for every movement, no two next to each other alike. */
static void make_keys(const struct mt940_statement *statement, keys_function *make, char version)
{
    static char keys[id_limit][MT940_ID_CAPACITY];
    if (statement->entry_count > id_limit)
        return;
    check(make(&statement, 1, "c", 1, NULL, keys) == 0);
    for (size_t i = 0; i < statement->entry_count; i++) {
        check(keys[i][0] == version && keys[i][1] == ':' && memchr(keys[i], '\0', MT940_ID_CAPACITY) != NULL);
        check(i == 0 || strcmp(keys[i - 1], keys[i]) != 0);
    }
}

/* A statement that was read before goes on from nothing, from itself, or from the one before; whatever is said. */
static void ask_chains(const struct mt940_statement *before, const struct mt940_statement *statement)
{
    int page = mt940_page_chain(before, statement);
    int day = mt940_day_chain(&before->trailer.closing, &statement->header.opening, &statement->trailer.closing);
    check(page >= MT940_CHAIN_FOLLOWS && page <= MT940_CHAIN_BALANCE);
    check(day >= MT940_CHAIN_FOLLOWS && day <= MT940_CHAIN_AGAIN && day != MT940_CHAIN_GAP);
}

/* The blocks of a message, where there are any, can be read from its views alone. */
static void read_envelope(const struct mt940_statement *statement)
{
    struct mt940_envelope envelope = {.size = sizeof envelope};
    int status = mt940_statement_envelope(statement, &envelope);
    check(status == MT940_OK || status == MT940_E_NOT_FOUND);
    for (size_t i = 0; status == MT940_OK && i < envelope.field_count; i++) {
        char tag[16];
        if (envelope.fields[i].tag.length >= sizeof tag)
            continue;
        memcpy(tag, envelope.fields[i].tag.data, envelope.fields[i].tag.length);
        tag[envelope.fields[i].tag.length] = '\0';
        check(mt940_envelope_find(&envelope, envelope.fields[i].block, tag) != NULL);
    }
}

/* Returns how many findings say that something was not as it should be. */
static size_t read_document(const uint8_t *data, size_t size, int32_t strict, const struct events *counts)
{
    struct mt940_input input = {sizeof input, data, size, MT940_INPUT_BORROW, 0, NULL, NULL};
    struct mt940_statement_options options;
    struct mt940_document *document;
    size_t entries = 0, refused = 0;
    mt940_statement_options_init(&options);
    options.strict = strict;
    check(mt940_document_parse(&input, &options, NULL, &document, NULL) == 0);
    for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);
        entries += statement->entry_count;
        read_texts(statement);
        check_blocks(&statement->header.envelope, statement->header.envelope_offset, data, size);
        check_blocks(&statement->trailer.envelope, statement->trailer.envelope_offset, data, size);
        make_keys(statement, mt940_statement_ids, '1');
        make_keys(statement, mt940_statement_second_keys, '2');
        ask_chains(mt940_document_statement(document, i > 0 ? i - 1 : 0), statement);
        read_envelope(statement);
    }
    check(mt940_document_statement_count(document) == counts->statements && entries == counts->entries);
    /* Never an empty result without a word. */
    check(mt940_document_statement_count(document) > 0 || mt940_document_finding_count(document) > 0);
    for (size_t i = 0; i < mt940_document_finding_count(document); i++) {
        int32_t severity = mt940_document_finding(document, i)->severity;
        check(!strict || severity != MT940_REPAIR);
        refused += severity == MT940_ERROR || severity == MT940_REPAIR;
    }
    mt940_document_free(document);
    return refused;
}

/* What strict reading accepts, lenient reading did not have to mend. */
static void compare_strict(const uint8_t *data, size_t size, const struct events *counts)
{
    size_t lenient = read_document(data, size, 0, counts);
    check(read_document(data, size, 1, counts) >= lenient);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { split, bytes, stream, failing_reader, failing_document, strict, comparisons };
    static const uint8_t ones[] = {1};
    const struct cuts single = {ones, 1}, cuts = chosen_cuts(data, size);
    unsigned draw = chosen_draw(data, size);
    struct whole whole;

    if (size > 1 << 16)
        return 0;
    check(events_read(data, size, NULL, NULL, NULL, whole.digest, &whole.counts) == 0);
    if (size > 0 && chosen(draw, split, comparisons))
        compare_split(data, size, &cuts, &whole);
    if (chosen(draw, bytes, comparisons))
        compare_split(data, size, &single, &whole);
    if (chosen(draw, stream, comparisons))
        compare_stream(data, size);
    if (chosen(draw, failing_reader, comparisons))
        compare_failing_reader(data, size, &whole);
    if (chosen(draw, failing_document, comparisons))
        fail_document(data, size);
    if (chosen(draw, strict, comparisons))
        compare_strict(data, size, &whole.counts);
    return 0;
}
