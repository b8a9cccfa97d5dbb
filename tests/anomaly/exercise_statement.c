/* SPDX-License-Identifier: Apache-2.0
 *
 * exercise_statement.c: everything of the statement room that allocates: document, push reader, anonymiser, ids, writing.
 */
#include "fail_alloc.h"
#include "mt940connect/anonymise.h"
#include "mt940connect/statement_writer.h"

#include <stdint.h>
#include <stdlib.h>

static void released(void *user)
{
    ++*(int *)user;
}

static int parse_document(const struct mt940_allocator *memory, const struct mt940_view *input, int32_t mode,
                          struct mt940_document **document, const char **complaint)
{
    static const char untouched;
    struct mt940_document *const before = (struct mt940_document *)(uintptr_t)&untouched;
    struct mt940_error error = {.size = sizeof(error)};
    int releases = 0;
    struct mt940_input whole = {.size = sizeof(whole), .data = input->data, .length = input->length, .mode = mode,
                                .user = &releases, .release = released};
    *document = before;
    int status = mt940_document_parse(&whole, NULL, memory, document, &error);
    if (status && *document != before)
        *complaint = "a failed parse wrote its result";
    if (status && error.status != status)
        *complaint = "the error does not carry the status";
    if (!status && error.status)
        *complaint = "a good parse wrote an error";
    if (status && mode == MT940_INPUT_BORROW && releases != 1)
        *complaint = "a failed parse did not release its input once";
    if (status)
        return status;
    mt940_document_free(*document);
    if (mode == MT940_INPUT_BORROW && releases != 1)
        *complaint = "the input was not released once";
    return MT940_OK;
}

static int copied(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    struct mt940_document *document;
    return parse_document(memory, input, MT940_INPUT_COPY, &document, complaint);
}

static int borrowed(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    struct mt940_document *document;
    return parse_document(memory, input, MT940_INPUT_BORROW, &document, complaint);
}

/* Fed in pieces of seven bytes: no piece holds a whole line. */
static int pushed(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    struct mt940_handler handler = {.size = sizeof(handler)};
    struct mt940_reader *reader = NULL;
    int status = mt940_reader_new(NULL, memory, &handler, &reader, NULL);
    if (status && reader)
        *complaint = "a failed reader_new wrote its result";
    for (size_t at = 0; !status && at < input->length; at += 7) {
        size_t left = input->length - at;
        status = mt940_reader_feed(reader, input->data + at, left < 7 ? left : 7, NULL);
    }
    if (!status)
        status = mt940_reader_finish(reader, NULL);
    mt940_reader_free(reader);
    return status;
}

static int anonymised(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    char *out = malloc(input->length + 1);
    (void)complaint;
    if (!out)
        abort();
    int status = mt940_anonymise(input->data, input->length, NULL, memory, out, NULL);
    free(out);
    return status;
}

/* The document comes from the heap; only the ids are made with the failing memory. */
static int ids(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    struct mt940_input whole = {.size = sizeof(whole), .data = input->data, .length = input->length};
    struct mt940_document *document = NULL;
    int status = mt940_document_parse(&whole, NULL, NULL, &document, NULL);
    if (status)
        return status;
    const struct mt940_statement *page = mt940_document_statement(document, 0);
    char(*out)[MT940_ID_CAPACITY] = calloc(page->entry_count + 1, sizeof(*out));
    if (!out)
        abort();
    status = mt940_statement_ids(&page, 1, "DEMO", 4, memory, out);
    if (status && page->entry_count && out[0][0])
        *complaint = "failed ids were written";
    free(out);
    mt940_document_free(document);
    return status;
}

static int count_bytes(void *user, const void *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)user += length;
    return 0;
}

/* The document comes from the heap; what is read again does not. A movement that could not be read is refused. */
static int written(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    struct mt940_input whole = {.size = sizeof(whole), .data = input->data, .length = input->length};
    struct mt940_document *document = NULL;
    struct mt940_write_options options;
    size_t length = 0;
    struct mt940_output output = {sizeof(output), &length, count_bytes};
    int status = mt940_document_parse(&whole, NULL, NULL, &document, NULL);
    if (status)
        return status;
    mt940_write_options_init(&options);
    options.allocator = memory;
    status = mt940_document_write(document, &options, &output, NULL);
    if (status && length)
        *complaint = "a failed writing handed something over";
    mt940_document_free(document);
    return status == MT940_E_FORMAT ? MT940_OK : status;
}

const struct exercise statement_exercises[] = {
    {"document, copied", copied},
    {"document, borrowed", borrowed},
    {"reader, seven bytes at a time", pushed},
    {"anonymised", anonymised},
    {"ids", ids},
    {"written", written},
    {NULL, NULL},
};
