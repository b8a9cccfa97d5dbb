/* SPDX-License-Identifier: Apache-2.0
 *
 * Statement writer: exact writing gives the bytes back; what canonical writing wrote is read as the same values, and
 * written again it is the same bytes; a statement without error or warning is never refused; what strict writing wrote,
 * a strict reader finds nothing in; where an allocation fails nothing is written, and that is told. The last byte of the
 * input chooses envelope, batch and allocation.
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

static struct mt940_write_options options_of(uint8_t choice)
{
    struct mt940_write_options options;

    mt940_write_options_init(&options);
    options.batch = choice % 8 == 7 ? MT940_BATCH_RJE : choice % 8 == 6 ? MT940_BATCH_DOS_PCC : MT940_BATCH_NONE;
    options.envelope = choice % 8 == 5 ? MT940_ENVELOPE_FIN : MT940_ENVELOPE_AUTO;
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
    enum { again, failing, strict, comparisons };
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
    mt940_document_free(document);
    return 0;
}
