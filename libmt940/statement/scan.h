/* SPDX-License-Identifier: Apache-2.0
 *
 * scan.h: cuts a stream of bytes into items: fields, movements with their narratives, ends of
 * messages, envelopes. The form of the file is its business, the meaning of fields is not.
 */
#ifndef MT940_STATEMENT_SCAN_H
#define MT940_STATEMENT_SCAN_H

#include "statement/skim.h"
#include "statement/tag.h"

enum mt940_item_kind {
    MT940_ITEM_NONE,
    MT940_ITEM_FIELD,    /* any field but 61 */
    MT940_ITEM_ENTRY,    /* 61 with the 86 that follows */
    MT940_ITEM_END,      /* end mark of a message */
    MT940_ITEM_ENVELOPE, /* "{1:…}{2:…}{4:" */
    MT940_ITEM_OUTSIDE   /* a line outside any message */
};

/* Things the scanner forgave, as bits of mt940_item.notes; table in reader_item.c. */
enum mt940_scan_note {
    MT940_NOTE_SEPARATOR = 1,     /* a stray dash */
    MT940_NOTE_CONTROL = 2,       /* control bytes before a field */
    MT940_NOTE_LOOKALIKE = 4,     /* a text line that looks like a field */
    MT940_NOTE_SECOND_TEXT = 8,   /* a second 86 */
    MT940_NOTE_BLANKS = 16,       /* blanks before a field */
    MT940_NOTE_SPLIT = 32,        /* a line end inside a tag */
    MT940_NOTE_LOWER = 64         /* the letter of a tag in lower case */
};

struct mt940_item {
    int kind;
    struct mt940_tag tag;
    bool starts_message;
    bool unterminated; /* the stream ends inside its last line */
    uint64_t offset;   /* of the colon of the tag, or of the line */
    uint32_t line;
    uint32_t notes;
    struct mt940_view value; /* after the tag, without the last line end */
    size_t first_line;       /* of a field: how long the value's first line is, or how much of it was looked at */
    bool high;               /* a byte above 7F may be in its value; false = none is */
    struct mt940_view narrative; /* of the 86; data NULL = none */
    uint64_t narrative_offset;
    uint32_t narrative_line;
    bool narrative_high; /* or in its narrative */
    const char *stop;    /* where the next item begins: line ends stand in front */
};

/* The first line of an item's value. */
struct mt940_view mt940_item_line(const struct mt940_item *item);

/* Receives an item; its views are valid during the call. Non-zero stops the scan. */
typedef int (*mt940_item_sink)(void *user, const struct mt940_item *item);

enum mt940_scan_phase { MT940_PHASE_OUTSIDE, MT940_PHASE_HEADER, MT940_PHASE_BODY, MT940_PHASE_CLOSED };

struct mt940_scanner {
    mt940_item_sink sink;
    void *user;
    uint64_t offset; /* in the stream, of the first byte the next run is given */
    uint32_t line;   /* number of the line at `resume` */
    int phase;
    uint32_t heads; /* header fields that the open message has: a bit of each meaning */
    bool begun;    /* the byte order mark has been looked for */
    bool has_bom;
    bool at_signs;  /* a message whose lines end with "@@" begins at `resume`: its bytes must come with line ends */
    bool translated; /* they do */
    bool indented; /* a field of this message's header stood behind blanks: those of its body may, too */
    bool skipping; /* inside a line that was too long to be kept, and is known by its first bytes */
    bool high;     /* a byte above 7F was met in the open item, of a 61 whose narrative has begun in that */
    bool ahead;    /* one was met from `resume` on */
    const struct mt940_skim_way *way;
    /* The open item; positions count from the first byte the next run is given. */
    struct mt940_item item;
    size_t item_start;
    size_t value_start;
    size_t value_end; /* of a 61 whose narrative has begun */
    size_t narrative_start;
    size_t cut;      /* where the item's text ends early, 0 = at the next item */
    size_t stray;    /* the line behind the dash that set `cut`; what it is decides about the dash */
    size_t resume;   /* the line that is looked at next */
    size_t searched; /* no line end before this position */
};

void mt940_scanner_init(struct mt940_scanner *scanner, mt940_item_sink sink, void *user);

/*
 * Looks at `length` bytes, which begin where the last run left off, and hands out every item
 * whose end is certain; with `final` all of them. Sets *consumed to the bytes that are done
 * with; the rest must be given again, with more behind it. Returns what the sink returned.
 */
int mt940_scanner_run(struct mt940_scanner *scanner, const char *bytes, size_t length, bool final, size_t *consumed);

/*
 * "NONREF:86:text" on one line: the narrative begins there, for no reference holds its tag. Parts a movement without a
 * narrative so; false where there is none.
 */
bool mt940_item_part(const struct mt940_item *item, struct mt940_item *out);

/*
 * Makes line ends (CR LF) of the "@@" in bytes [from, length), for a scanner that asked for it (at_signs). Of an odd
 * one at the end nothing can be said before the next byte: returns how many bytes are done, one less then.
 */
size_t mt940_translate_at_signs(char *bytes, size_t from, size_t length, bool final);

#endif
