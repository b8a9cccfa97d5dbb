/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_stream.h: statements out of a stream of any length, each handed out when it is whole: what the document
 * (statement.h) would say of it, in the memory of one statement. Between the push reader, which keeps a movement, and
 * the document, which keeps all. docs/statement_stream.md.
 */
#ifndef MT940CONNECT_STATEMENT_STREAM_H
#define MT940CONNECT_STATEMENT_STREAM_H

#include "mt940connect/statement.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A message of the stream. */
struct mt940_page {
    const struct mt940_statement *statement; /* amounts final; NULL: findings of a stream without any message */
    const struct mt940_finding *findings;    /* in order of their place; the last page has what follows it, too */
    size_t finding_count;
    /* Bytes [begin, end) of the stream: those of all pages together are the stream (mt940_document_source()). */
    uint64_t begin, end;
};

/* Where statements go; the stream copies it. */
struct mt940_stream_handler {
    size_t size;
    void *user;
    /*
     * Whole statements in the order of the stream: one message, or the pages (62M, 60M) of one, as
     * mt940_statement_ids() wants them. Everything is valid during the call only, unless mt940_stream_keep() is called
     * in it. Return 0 to go on; any other number ends the reading with MT940_E_CALLBACK and that number in detail.
     */
    int (*statement)(void *user, const struct mt940_page *pages, size_t page_count);
};

struct mt940_stream;

/*
 * Makes a stream. `options` and `allocator` may be NULL. With options.chains up to 16 messages wait for the next page
 * of one that promises it and does not get it at once; else one message waits for the next. options.max_memory bounds
 * each of them. Errors: MT940_E_ARGUMENT, MT940_E_MEMORY. Release with mt940_stream_free(). @since 0.1
 */
int mt940_stream_new(const struct mt940_statement_options *options, const struct mt940_allocator *allocator,
                     const struct mt940_stream_handler *handler, struct mt940_stream **out, struct mt940_error *error);
/*
 * Reads the next bytes; any split of the stream gives the same statements. Errors: MT940_E_MEMORY, MT940_E_LIMIT
 * (detail: enum mt940_limit), MT940_E_CALLBACK, MT940_E_STATE. After an error the stream can only be freed; what was
 * handed out stays right. @since 0.1
 */
int mt940_stream_feed(struct mt940_stream *stream, const void *bytes, size_t length, struct mt940_error *error);
/* Ends the stream and hands out the rest. Errors as feed. @since 0.1 */
int mt940_stream_finish(struct mt940_stream *stream, struct mt940_error *error);
/* Pages that outlive their call, with all they point to. */
struct mt940_pages;

/*
 * Called in handler.statement: the pages of this call, the array itself too, stay where they are until
 * mt940_pages_free(), also behind mt940_stream_free(). Nothing writes to them any more, so another thread may read them
 * while the stream goes on; calls for the stream itself stay on its own thread. Memory is the caller's to bound: the
 * stream does not count what was kept. Errors: MT940_E_STATE outside of such a call, or when its pages are kept already;
 * MT940_E_MEMORY, MT940_E_ARGUMENT. After an error the pages are valid during the call, and the stream may go on.
 * @since 0.1
 */
int mt940_stream_keep(struct mt940_stream *stream, struct mt940_pages **out, struct mt940_error *error);
/*
 * Gives kept pages back to the stream's allocator. On any thread from which that allocator may be called while the stream
 * calls it too; the C library's heap allows it. NULL is allowed. @since 0.1
 */
void mt940_pages_free(struct mt940_pages *pages);

/* NULL is allowed. Kept pages stay. @since 0.1 */
void mt940_stream_free(struct mt940_stream *stream);

#ifdef __cplusplus
}
#endif
#endif
