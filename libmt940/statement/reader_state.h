/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_state.h: the inside of the push reader: the message that is being read, and what is known of it.
 */
#ifndef MT940_STATEMENT_READER_STATE_H
#define MT940_STATEMENT_READER_STATE_H

#include "base/memory.h"
#include "statement/issue.h"
#include "statement/kind.h"
#include "statement/regular.h"
#include "statement/scan.h"
#include "statement/verdict.h"
#include "text/evidence.h"

enum { MT940_RULE_CAPACITY = 64 };

enum { MT940_MISFIT_CAPACITY = 8, MT940_FORWARD_CAPACITY = 16, MT940_TOTAL_CAPACITY = 8, MT940_EARLY_CAPACITY = 8 };

/* A text of the message that outlives its bytes: a place in reader->kept. */
struct mt940_kept {
    size_t offset;
    size_t length;
    bool present;
};

/* Blocks of an envelope that were kept, with the line ends between them. */
struct mt940_blocks {
    struct mt940_kept text;
    uint64_t offset; /* of the first */
    uint32_t line, last_line;
};

/* Where a finding stands. */
struct mt940_place {
    uint64_t offset;
    uint32_t line;
    uint32_t column;
    const char *tag;
    const char *subfield;
};

/* A field with bytes that are no text, should the message turn out to be in that character set. */
struct mt940_misfit {
    struct mt940_place place;
    char tag[4];
    int32_t charset;
    size_t count;
};

/* An account and whether it is an IBAN that fails its check: files name the same one again and again. */
struct mt940_known_account {
    char text[40];
    size_t length; /* 0 = none yet */
    bool is_wrong;
};

/* Movements of one side, for 90D and 90C. */
struct mt940_side {
    uint64_t count;
    int64_t units;
};

struct mt940_tally {
    struct mt940_side sides[2][2]; /* [expected][credit] */
    uint64_t count;
    int32_t scale;
    bool unsure; /* numbers of two readings or of several scales */
};

/*
 * Movements of one scale whose numbers have one reading, by their marks: nobody guesses which mark comes next. They are
 * added to sums and tally together, when somebody asks for these.
 */
struct mt940_plain {
    struct mt940_side sides[MT940_MARK_ED + 1];
    int32_t scale;
    uint32_t marks; /* a bit for each that has some */
};

/* The message being read. Views of header and trailer are filled in when they are handed out. */
struct mt940_assembly {
    bool open;  /* a field of it has come */
    bool begun; /* statement_begin was called */
    bool interim; /* it has a field of MT942 */
    bool closing_seen;         /* field 62a has begun */
    bool behind_closing;       /* a movement stood behind the closing balance, and that was said */
    bool closing_unterminated; /* the stream ended inside the closing balance, or right behind it */
    struct mt940_unit unit; /* of the first balance or limit */
    struct mt940_days days; /* of the last movement */
    uint32_t findings;
    struct mt940_header header;
    struct mt940_trailer trailer;
    struct mt940_kept reference, related, account, account_bic, number, sequence, creation, information;
    struct mt940_kept opening_raw, closing_raw, available_raw;
    struct mt940_sums sums;
    struct mt940_tally tally;
    struct mt940_plain plain; /* not in these yet */
    int32_t rule_type;
    size_t rule; /* strict: the last rule that applied, and how often each did */
    unsigned char rule_counts[MT940_RULE_CAPACITY];
    size_t early_count; /* unknown fields before the header is handed out */
    bool other;              /* perhaps none of ours */
    bool ended;              /* its end mark has come; blocks may follow */
    bool quiet;              /* findings are not told: it is not known yet whether this is a statement */
    bool other_crowded;      /* it has more fields than any statement's header has */
    const char *other_types; /* what it looks like, should it be none; NULL = a statement */
    struct mt940_place ambiguous; /* the first number with two readings, of separators rather than of a sign */
    struct mt940_reading ambiguous_reading;
    struct mt940_place closing;
    struct mt940_place bare_text; /* strict: a block 4 whose text does not begin behind CR LF */
    bool line_ends_told;
    struct mt940_place mojibake; /* the first letter that was encoded twice */
    char mojibake_tag[4];
    uint64_t mojibake_count, mojibake_leads;
    uint64_t misfit_letters; /* letters that may be no text, as they were last counted */
    uint64_t misfit_signs; /* of bytes that may be no text: what their counts were when they were looked for */
    size_t misfit_count;
    /* Behind the rest: as many as the trailer counts are written, and a new message need not clear them. */
    struct mt940_balance forward[MT940_FORWARD_CAPACITY];
    struct mt940_kept forward_raw[MT940_FORWARD_CAPACITY];
    struct mt940_total totals[MT940_TOTAL_CAPACITY];
    struct mt940_kept total_raw[MT940_TOTAL_CAPACITY];
    struct mt940_place total_places[MT940_TOTAL_CAPACITY];
    struct mt940_misfit misfits[MT940_MISFIT_CAPACITY];
    struct mt940_raw_field early[MT940_EARLY_CAPACITY];
    struct mt940_kept early_raw[MT940_EARLY_CAPACITY];
    bool early_untold[MT940_EARLY_CAPACITY]; /* written with the field */
    struct mt940_blocks head, behind; /* blocks in front of the text, and behind it */
};

/* Messages of other types between the statements. */
struct mt940_other {
    int32_t type; /* that block 2 of the open message says; 0 = one of ours, or none */
    bool in_text; /* behind its "{4:" */
    struct mt940_place place; /* of its envelope */
    struct mt940_place sign;  /* of the field that says it is none of ours */
    uint32_t count; /* of those that were left out */
};

struct mt940_reader {
    struct mt940_allocator memory;
    struct mt940_statement_options options;
    struct mt940_handler handler;
    struct mt940_scanner scanner;
    struct mt940_unit last_unit; /* of the message before */
    struct mt940_known_account last_account;
    struct mt940_charset_evidence evidence;
    struct mt940_letters letters; /* those of the evidence that are not counted yet */
    bool evidence_used;
    mt940_usual_function *usual; /* of reading evidence */
    struct mt940_assembly message;
    struct mt940_other other;
    bool translation_told;
    bool held;   /* one '@' more than in carry; with the next byte it may be a line end */
    char *carry; /* bytes of the open item, from earlier feeds */
    size_t carry_length, carry_capacity;
    char *kept; /* texts of the message */
    size_t kept_length, kept_capacity;
    uint64_t bytes;
    uint32_t statements; /* messages handed out so far */
    int32_t type_hint;   /* from an envelope or a header line, 0 = none */
    uint32_t outside_lines;
    struct mt940_place outside; /* the first line outside */
    struct mt940_kind kind;
    bool finished;
    int status;     /* first failure; the reader is dead then */
    int32_t detail;
};

/* Makes `message` an empty one. */
void mt940_assembly_reset(struct mt940_assembly *message);
/* 90D or 90C among the totals so far. */
bool mt940_assembly_has_sums(const struct mt940_assembly *message);
/* The type of the message as far as it is known. */
int32_t mt940_reader_type(const struct mt940_reader *reader);

/* Puts `text` where it outlives its bytes. */
int mt940_reader_keep(struct mt940_reader *reader, struct mt940_view text, struct mt940_kept *out);
struct mt940_view mt940_reader_kept(const struct mt940_reader *reader, const struct mt940_kept *kept);
/* Records the failure of a callback or of memory, and returns its status: reading stops. */
int mt940_reader_fail(struct mt940_reader *reader, int status, int32_t detail);

#endif
