/* SPDX-License-Identifier: Apache-2.0
 *
 * writer.h: what the files that write statements share: the bytes on their way out, and the first thing that was
 * refused. Which field stands where is writer.c's business, how one looks writer_field.c's and writer_entry.c's, how
 * long texts are cut writer_text.c's, and whether a reader would say the same writer_check.c's.
 */
#ifndef MT940_STATEMENT_WRITER_H
#define MT940_STATEMENT_WRITER_H

#include "base/view.h"
#include "statement/form.h"
#include "mt940connect/statement_writer.h"

/* No field of the standard is longer than half of the buffer, so it can be taken back. */
enum { MT940_WRITE_BUFFER = 1024, MT940_LINE_MAX = 65 };
/* Where a writer stands. */
enum { MT940_WRITE_BETWEEN, MT940_WRITE_INSIDE };

struct mt940_write {
    struct mt940_output output;
    struct mt940_write_options options;
    struct mt940_error *error;
    int status;       /* first failure; nothing is written from then on */
    int state;        /* MT940_WRITE_BETWEEN messages, or inside one */
    int32_t type;     /* of the message */
    int32_t charset;  /* of its texts, where it is known: enum mt940_charset */
    bool enveloped;
    bool kept;        /* in the blocks that it was read in */
    bool any;         /* a message was written before */
    bool unclosed;    /* nothing was written in it that no movement may follow */
    bool hidden;      /* only an envelope shows the type */
    bool closed;      /* what the standard has behind the movements was written */
    bool substance;   /* enough was written for a reader to speak of a message */
    bool as_read;     /* fields go out as they were read, where they were */
    bool in_text;     /* what was written last goes on in a line that looks like a field of two digits */
    uint64_t element; /* number of the movement, for errors */
    const char *tag;  /* of the field that is being written */
    char currency[4]; /* of the opening balance */
    uint64_t written; /* bytes put so far, those in the buffer too */
    size_t mark;      /* where the field begins in the buffer */
    size_t length;
    char buffer[MT940_WRITE_BUFFER];
};

/* Begins a field: a refused one is taken back to here. */
void mt940_put_tag(struct mt940_write *write, const char *tag);
void mt940_put(struct mt940_write *write, const char *bytes, size_t length);
void mt940_put_view(struct mt940_write *write, struct mt940_view view);
void mt940_put_text(struct mt940_write *write, const char *text);
void mt940_put_char(struct mt940_write *write, char c);
void mt940_put_break(struct mt940_write *write);
/* Hands everything over that is still in the buffer; the status. */
int mt940_put_end(struct mt940_write *write);

/* Ends the writing: the field of write->tag breaks `rule`, a static text. */
void mt940_refuse(struct mt940_write *write, const char *rule);
/* The same where the rule does not hold and the caller wants the standard and nothing else. */
void mt940_demand(struct mt940_write *write, bool holds, const char *rule);

/* 1!n6!n and the like: `count` digits, or as many as there are. */
void mt940_put_digits(struct mt940_write *write, int64_t number, size_t count);
void mt940_put_date(struct mt940_write *write, const struct mt940_date *date);
/* 15d, with a decimal comma; an undecided reading so that both are read again. */
void mt940_put_amount(struct mt940_write *write, const struct mt940_reading *reading);
/* The mark with the sign of the amount in it. */
int32_t mt940_mark_of(int32_t mark, const struct mt940_reading *reading);
/* "16x" and its like: one line, no line end, when strict `max` characters of set x. */
void mt940_put_line(struct mt940_write *write, struct mt940_view text, size_t max, const char *rule);

/* Whole fields, ":20:" to line end; see writer_field.c. */
void mt940_put_reference(struct mt940_write *write, const char *tag, struct mt940_view text);
void mt940_put_account(struct mt940_write *write, const struct mt940_header *header);
void mt940_put_number(struct mt940_write *write, const struct mt940_header *header);
void mt940_put_creation(struct mt940_write *write, struct mt940_view text);
void mt940_put_balance(struct mt940_write *write, const char *tag, const struct mt940_balance *balance);
void mt940_put_total(struct mt940_write *write, const struct mt940_total *total);
void mt940_put_entry(struct mt940_write *write, const struct mt940_entry *entry);
/* The bytes that a field was read from, between its tag and a line end; false where it is to be made of its values. */
bool mt940_put_as_read(struct mt940_write *write, const char *tag, struct mt940_view raw);
/* Field 86: wraps lines that are longer than 65 bytes so that the text stays the same. */
void mt940_put_narrative(struct mt940_write *write, struct mt940_view raw);
/* Refuses a further line of a text that no reader would take for one. */
void mt940_refuse_field(struct mt940_write *write, struct mt940_view line);
/* A field as it was read. */
void mt940_put_raw(struct mt940_write *write, const struct mt940_raw_field *field);
/* Parts of a message, and a whole one; the status. See writer.c and writer_whole.c. */
int mt940_write_header(struct mt940_write *write, const struct mt940_header *header);
int mt940_write_entry(struct mt940_write *write, const struct mt940_entry *entry);
/* The balances and sums behind the movements. */
void mt940_write_closing(struct mt940_write *write, const struct mt940_trailer *trailer);
/* What follows them, to the end of the message. */
int mt940_write_trailer(struct mt940_write *write, const struct mt940_trailer *trailer);
int mt940_write_statement(struct mt940_write *write, const struct mt940_statement *statement);
/* Statements that are read again as what they are, once this is known; the status. See writer_check.h. */
int mt940_write_checked(struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                        struct mt940_error *error);
/* Makes `write` ready; MT940_E_ARGUMENT. `options` may be NULL. */
int mt940_write_begin(struct mt940_write *write, const struct mt940_write_options *options,
                      const struct mt940_output *output, struct mt940_error *error);
/* "{1:…}{2:…}{4:" and its line end. */
void mt940_put_envelope(struct mt940_write *write);
/* Whether the blocks in front of a text can go out again, and those behind it. */
bool mt940_keeps_head(const struct mt940_write *write, struct mt940_view head);
bool mt940_keeps_behind(const struct mt940_write *write, struct mt940_view behind);

/* The input of a document. */
struct mt940_view mt940_document_bytes(const struct mt940_document *document);

#endif
