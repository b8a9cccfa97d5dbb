/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_writer.h: statements back to bytes. Canonical: the form the standard asks for, from the values that were
 * read or that the host filled in; exact: the bytes of the bank. Bytes go to a callback, those of the canonical form in
 * pieces of at most 1,024. Whole statements are first written into a reader: what it would not read as it was meant is
 * refused before a byte goes out. docs/statement_writer.md explains the choices.
 */
#ifndef MT940CONNECT_STATEMENT_WRITER_H
#define MT940CONNECT_STATEMENT_WRITER_H

#include "mt940connect/statement.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where bytes go. `write` returns 0, or a number that ends the writing: MT940_E_CALLBACK with it in detail. */
struct mt940_output {
    size_t size;
    void *user;
    int (*write)(void *user, const void *bytes, size_t length);
};

enum mt940_write_form {
    MT940_WRITE_CANONICAL = 0,
    MT940_WRITE_EXACT = 1, /* of documents only: the bytes that were read */
    /*
     * As canonical, but 61, 86, balances and sums are the bytes that were read (raw) where there are any. Strict writing
     * takes it for canonical. Whole statements need not ask for it: see mt940_statement_write().
     */
    MT940_WRITE_AS_READ = 2
};

enum mt940_write_envelope {
    MT940_ENVELOPE_AUTO = 0, /* blocks 1 to 3 where a bare message would lose its type: MT941, MT950 */
    MT940_ENVELOPE_NONE = 1,
    MT940_ENVELOPE_FIN = 2,
    /* The blocks that it was read with (header.envelope, trailer.envelope) where they are sound and name its type; else AUTO. */
    MT940_ENVELOPE_KEEP = 3
};

/* How several messages make one file. */
enum mt940_write_batch {
    MT940_BATCH_NONE = 0,   /* one behind the other */
    MT940_BATCH_RJE = 1,    /* "$" between them; wants envelopes */
    MT940_BATCH_DOS_PCC = 2 /* each between 01 and 03, padded with blanks to blocks of 512 bytes; wants envelopes */
};

/* Options of writing; fill with mt940_write_options_init() and change what you mean. */
struct mt940_write_options {
    size_t size;
    int32_t form;     /* enum mt940_write_form */
    int32_t envelope; /* enum mt940_write_envelope */
    int32_t batch;    /* enum mt940_write_batch */
    /* 1 = a field that breaks the standard is refused; 0 = what was read is written even where it does not fit. */
    int32_t strict;
    /* BICs (8 or 11) or logical terminals (12) of the envelope; empty = X's. */
    struct mt940_view sender;
    struct mt940_view receiver;
    /* Of reading again what was written; NULL = the C library's heap. A writer in parts takes its own. */
    const struct mt940_allocator *allocator;
};
/* Sets every field to its default, `size` included. @since 0.1 */
void mt940_write_options_init(struct mt940_write_options *options);

struct mt940_writer;

/*
 * Makes a writer: one allocation, none later but those of mt940_writer_statement(). `options` and `allocator` may be NULL; `output` is copied. Errors:
 * MT940_E_ARGUMENT, MT940_E_MEMORY. Release with mt940_writer_free(). @since 0.1
 */
int mt940_writer_new(const struct mt940_write_options *options, const struct mt940_output *output,
                     const struct mt940_allocator *allocator, struct mt940_writer **out, struct mt940_error *error);
/*
 * A message in parts, for statements that are never whole in memory: the header, the movements and fields in their
 * order, the trailer; then the next message. A reader's events can be handed on as they come.
 *
 * The form is canonical: lines end with CR LF, fields stand in the order of their message type, amounts have the
 * decimals of ISO 4217, lines of field 86 are wrapped at 65 where they are longer and the text allows it. Reading what
 * was written gives the same values (docs/statement_writer.md lists what does not come back: line numbers, offsets,
 * what was repaired). Raw views are written as they are, in the statement's own character set.
 *
 * What no statement can hold is always refused: line ends in a reference, text that would be read as a field, a
 * movement without value date, mark or amount, a year outside 1980 to 2079. With `strict` every field is held against
 * the standard, and the message against what its type demands. Errors: MT940_E_ARGUMENT; MT940_E_STATE for a wrong
 * order; MT940_E_FORMAT, where error->tag names the field, error->text the rule and error->offset the movement (from
 * 0); MT940_E_CALLBACK. After an error the writer can only be freed; what went out ends before the refused field (in
 * strict writing always, else where the field has at most 512 bytes). A message in parts is not read again: these
 * functions hold it to the rules only. Source: SWIFT Standards MT, category 9.
 * @since 0.1
 */
int mt940_writer_header(struct mt940_writer *writer, const struct mt940_header *header, struct mt940_error *error);
int mt940_writer_entry(struct mt940_writer *writer, const struct mt940_entry *entry, struct mt940_error *error);
/* A field the standard does not know, as it was read; refused when strict. */
int mt940_writer_field(struct mt940_writer *writer, const struct mt940_raw_field *field, struct mt940_error *error);
int mt940_writer_trailer(struct mt940_writer *writer, const struct mt940_trailer *trailer, struct mt940_error *error);
/*
 * A whole message, read again before it is written. Errors as above, and MT940_E_MEMORY; what is refused with
 * MT940_E_FORMAT or MT940_E_MEMORY leaves the writer as it was, and nothing of it went out. @since 0.1
 */
int mt940_writer_statement(struct mt940_writer *writer, const struct mt940_statement *statement,
                           struct mt940_error *error);
/* Hands over the last bytes; MT940_E_STATE inside a message. */
int mt940_writer_finish(struct mt940_writer *writer, struct mt940_error *error);
/* NULL is allowed. */
void mt940_writer_free(struct mt940_writer *writer);

/*
 * Writes one message in one call. It is first written into a reader (in memory of options.allocator, about that of the
 * statement), and what came out of it is compared, value by value. Where a value would be read otherwise, the form is
 * MT940_WRITE_AS_READ, unless options.strict. Errors as above, and MT940_E_MEMORY. MT940_E_FORMAT
 * too where no rule is broken but a reader would find another value: error->text says which ("read again, the amount
 * would be another"). Nothing goes out unless all can. Thread safe. @since 0.1
 */
int mt940_statement_write(const struct mt940_statement *statement, const struct mt940_write_options *options,
                          const struct mt940_output *output, struct mt940_error *error);
/*
 * Writes every message of a document; MT940_WRITE_EXACT gives the input back byte for byte, whatever it holds. Errors as
 * above; error->line is the message's number (from 1). What is refused in canonical form can be written exactly.
 * @since 0.1
 */
int mt940_document_write(const struct mt940_document *document, const struct mt940_write_options *options,
                         const struct mt940_output *output, struct mt940_error *error);
/*
 * The bytes a message was read from, with what stood before it since the end of the one before; the last one has
 * what follows it too, so that all of them together are the input. Points into the document's input.
 * MT940_E_ARGUMENT, MT940_E_NOT_FOUND past the last message. Thread safe. @since 0.1
 */
int mt940_document_source(const struct mt940_document *document, size_t index, struct mt940_view *out);

#ifdef __cplusplus
}
#endif
#endif
