/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement writer: exact writing gives the bytes back; what canonical writing wrote is read as the same values, and
 * written again it is the same bytes; a statement without error or warning is never refused; what strict writing wrote,
 * a strict reader finds nothing in; message by message, and in parts, comes out what the document gives; where an
 * allocation fails nothing is written, and that is told. The last byte of the input chooses envelope, batch and
 * allocation.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "failing_heap.h"
#include "same.h"

enum { input_limit = 1 << 16 };

static void check(const char *difference)
{
    if (difference == NULL)
        return;
    fprintf(stderr, "%s\n", difference);
    abort();
}

/* Nothing was wrong with it; what had to be mended was. */
static int is_clean(const struct mt940_document *document)
{
    for (size_t i = 0; i < mt940_document_finding_count(document); i++)
        if (mt940_document_finding(document, i)->severity != MT940_REPAIR)
            return 0;
    return 1;
}

/* 0, or a refusal: with its rule, and before a byte was handed over. `again`: the document is one that was written. */
static int write_as(const struct mt940_document *document, const struct mt940_write_options *options, int again,
                    struct bytes *out)
{
    struct mt940_output output = {sizeof output, out, bytes_write};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_document_write(document, options, &output, &error);

    if (status != 0 && (status != MT940_E_FORMAT || error.text[0] == '\0' || out->length > 0))
        check("a refusal without a rule");
    if (status != 0 && !options->strict && (is_clean(document) || again)) {
        fprintf(stderr, "%s: %s\n", error.tag, error.text);
        check(again ? "what was written is refused" : "a statement without fault is refused");
    }
    return status;
}

static void check_exact(const struct mt940_document *document, const uint8_t *data, size_t size)
{
    struct mt940_write_options options;
    struct mt940_view part;
    struct bytes whole = {0};
    size_t at = 0;

    mt940_write_options_init(&options);
    options.form = MT940_WRITE_EXACT;
    if (write_as(document, &options, 0, &whole) != 0 || whole.length != size || (size && memcmp(whole.data, data, size)))
        check("exact writing");
    for (size_t i = 0; mt940_document_source(document, i, &part) == 0; i++)
        at += part.data == (const char *)data + at ? part.length : size + 1;
    if (at != size && mt940_document_statement_count(document) > 0)
        check("sources do not make the input");
    bytes_free(&whole);
}

/* Numbers that do not add up are what they were; a form that had to be repaired is not. */
static void check_finding(int32_t message)
{
    if (message != MT940_M_BALANCE_MISMATCH && message != MT940_M_TOTAL_MISMATCH && message != MT940_M_NOT_MT940 &&
        message != MT940_M_EMPTY_FILE)
        check(mt940_message_name(message));
}

static void check_again(const struct mt940_document *document, const struct mt940_write_options *options)
{
    struct bytes first = {0}, second = {0};
    struct mt940_document *again;

    if (write_as(document, options, 0, &first) == 0) {
        again = document_of(first.data, first.length, options->strict);
        check(document_difference(document, again));
        check(write_as(again, options, 1, &second) ? "what was written is refused" : NULL);
        /* Where there was a fault, lines may fall otherwise: the set is told by what is left. */
        if (is_clean(document) &&
            (first.length != second.length || (first.length && memcmp(first.data, second.data, first.length))))
            check("the second writing differs");
        for (size_t i = 0; options->strict && i < mt940_document_finding_count(again); i++)
            if (mt940_document_finding(again, i)->severity == MT940_ERROR)
                check_finding(mt940_document_finding(again, i)->message);
        mt940_document_free(again);
    }
    bytes_free(&first);
    bytes_free(&second);
}

/* Writes while an allocation fails, and again while none does. */
static void check_failing(const struct mt940_document *document, const struct mt940_write_options *options,
                          uint8_t choice)
{
    struct failing_heap heap = {.fail_at = 1 + choice / 2 % 32, .for_good = choice / 64 % 2};
    struct mt940_allocator allocator = {sizeof allocator, &heap, failing_heap_resize};
    struct mt940_write_options chosen = *options;
    struct bytes failed = {0}, good = {0}, usual = {0};
    struct mt940_output output = {sizeof output, &failed, bytes_write};
    int status;

    chosen.allocator = &allocator;
    status = mt940_document_write(document, &chosen, &output, NULL);
    check(failing_heap_verdict(&heap, status));
    check(status != 0 && failed.length > 0 ? "written in part" : NULL);
    heap.fail_at = 0;
    check(write_as(document, options, 0, &usual) == write_as(document, &chosen, 0, &good) ? NULL : "another status");
    check(failing_heap_verdict(&heap, heap.refused ? MT940_E_MEMORY : 0));
    check(good.length == usual.length && (good.length == 0 || memcmp(good.data, usual.data, good.length) == 0)
              ? NULL
              : "other bytes behind a failed allocation");
    bytes_free(&failed);
    bytes_free(&good);
    bytes_free(&usual);
}

static int are_same(const struct bytes *a, const struct bytes *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

/* Message by message: the bytes of the document, and a refusal where the document is refused. */
static void check_messages(const struct mt940_document *document, const struct mt940_write_options *options)
{
    struct bytes whole = {0}, single = {0};
    struct mt940_output output = {sizeof output, &single, bytes_write};
    int expected = write_as(document, options, 0, &whole), status = 0;
    struct mt940_writer *writer;

    check(mt940_writer_new(options, &output, NULL, &writer, NULL) ? "writer" : NULL);
    for (size_t i = 0; status == 0 && i < mt940_document_statement_count(document); i++)
        status = mt940_writer_statement(writer, mt940_document_statement(document, i), NULL);
    check(status != expected ? "another status message by message" : NULL);
    if (status == 0) {
        check(mt940_writer_finish(writer, NULL) ? "finish" : NULL);
        check(are_same(&whole, &single) ? NULL : "other bytes message by message");
    }
    mt940_writer_free(writer);
    bytes_free(&whole);
    bytes_free(&single);
}

/* Hands a statement over in parts; 0, or what it was refused with. */
static int write_parts(struct mt940_writer *writer, const struct mt940_statement *statement)
{
    int status = mt940_writer_header(writer, &statement->header, NULL);
    size_t field = 0;

    for (size_t i = 0; i <= statement->entry_count && status == 0; i++) {
        uint64_t until = i < statement->entry_count ? statement->entries[i].offset : UINT64_MAX;

        for (; field < statement->field_count && statement->fields[field].offset < until && status == 0; field++)
            status = mt940_writer_field(writer, &statement->fields[field], NULL);
        if (i < statement->entry_count && status == 0)
            status = mt940_writer_entry(writer, &statement->entries[i], NULL);
    }
    return status ? status : mt940_writer_trailer(writer, &statement->trailer, NULL);
}

/*
 * A field behind the closing balance has no place in parts, nor has a sum or balance too many; and characters of what set
 * the text is comes too late.
 */
static int comes_in_parts(const struct mt940_statement *statement)
{
    const struct mt940_balance *closing = &statement->trailer.closing;

    for (size_t i = 0; i < statement->field_count; i++)
        if ((closing->kind && statement->fields[i].offset > closing->offset) ||
            strstr("34F 65 90C 90D", statement->fields[i].tag) != NULL)
            return 0;
    return statement->trailer.charset == MT940_CHARSET_ASCII;
}

static int write_in_parts(const struct mt940_statement *statement, const struct mt940_write_options *options,
                          struct bytes *out)
{
    struct mt940_output output = {sizeof output, out, bytes_write};
    struct mt940_writer *writer;
    int status;

    check(mt940_writer_new(options, &output, NULL, &writer, NULL) ? "writer" : NULL);
    status = write_parts(writer, statement);
    if (status == 0)
        status = mt940_writer_finish(writer, NULL);
    mt940_writer_free(writer);
    return status;
}

/*
 * In parts: what can be written whole can be written so, with the same bytes; as it was read, where the whole one was
 * written so because its values would have been read otherwise.
 */
static void check_parts(const struct mt940_document *document, const struct mt940_write_options *chosen)
{
    struct mt940_write_options options = *chosen;

    options.envelope = options.batch == MT940_BATCH_NONE ? MT940_ENVELOPE_NONE : MT940_ENVELOPE_FIN;
    for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);
        struct bytes whole = {0}, parts = {0}, raw = {0};
        struct mt940_output output = {sizeof output, &whole, bytes_write};
        int expected = mt940_statement_write(statement, &options, &output, NULL);
        int status = write_in_parts(statement, &options, &parts);

        if (expected == 0 && comes_in_parts(statement) && (status != 0 || !are_same(&whole, &parts))) {
            options.form = MT940_WRITE_AS_READ;
            check(write_in_parts(statement, &options, &raw) != 0 ? "refused in parts" : NULL);
            check(are_same(&whole, &raw) ? NULL : "other bytes in parts");
            options.form = MT940_WRITE_CANONICAL;
        }
        bytes_free(&whole);
        bytes_free(&parts);
        bytes_free(&raw);
    }
}

static struct mt940_write_options options_of(uint8_t choice)
{
    struct mt940_write_options options;

    mt940_write_options_init(&options);
    options.batch = choice % 8 == 7 ? MT940_BATCH_RJE : choice % 8 == 6 ? MT940_BATCH_DOS_PCC : MT940_BATCH_NONE;
    options.envelope = choice % 8 == 5 ? MT940_ENVELOPE_FIN : choice % 8 == 4 ? MT940_ENVELOPE_KEEP : MT940_ENVELOPE_AUTO;
    return options;
}

static void check_strict(const struct mt940_document *document, uint8_t choice)
{
    struct mt940_write_options options = options_of(choice);

    options.strict = 1;
    mt940_view_from_string("BANKTRIS", &options.sender);
    mt940_view_from_string("FIRMTRISXXX", &options.receiver);
    check_again(document, &options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { again, failing, strict, messages, parts, comparisons };
    uint8_t choice = size ? data[size - 1] : 0;
    struct mt940_write_options options = options_of(choice);
    unsigned draw = chosen_draw(data, size);
    struct mt940_document *document;

    if (size > input_limit)
        return 0;
    document = document_of(data, size, 0);
    check_exact(document, data, size);
    if (chosen(draw, again, comparisons))
        check_again(document, &options);
    if (chosen(draw, failing, comparisons))
        check_failing(document, &options, choice);
    if (chosen(draw, strict, comparisons))
        check_strict(document, choice);
    if (chosen(draw, messages, comparisons))
        check_messages(document, &options);
    if (chosen(draw, parts, comparisons))
        check_parts(document, &options);
    mt940_document_free(document);
    return 0;
}
