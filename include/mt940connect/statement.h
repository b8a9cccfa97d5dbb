/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.h: reading customer statements, SWIFT MT940 and its relatives, as they are in the
 * wild. One state machine, two doors: the push reader (reader_*) calls a handler while bytes
 * arrive and keeps no more than one movement; the document (document_*) is that reader's events
 * collected in one block of memory. Both keep every byte: raw views are what the bank wrote.
 *
 * Data problems are findings, never a failed call: a bad record costs itself, not the file, and
 * a file never yields an empty result without a finding. Source of the fields: SWIFT Standards
 * MT, category 9; of the deviations: docs/statement.md.
 */
#ifndef MT940CONNECT_STATEMENT_H
#define MT940CONNECT_STATEMENT_H

#include "mt940connect/charset.h"
#include "mt940connect/message.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Debit/credit mark of field 61. RC takes a credit back (money out), RD a debit (money in). */
enum mt940_mark {
    MT940_MARK_NONE = 0,
    MT940_MARK_C = 1,
    MT940_MARK_D = 2,
    MT940_MARK_RC = 3,
    MT940_MARK_RD = 4,
    MT940_MARK_EC = 5, /* MT942: expected */
    MT940_MARK_ED = 6
};
/* "C" … "ED", "" for none. Static. */
const char *mt940_mark_name(int32_t mark);
/* +1 where the mark raises the account (C, RD, EC), -1 where it lowers it, 0 for none. */
int mt940_mark_sign(int32_t mark);

/* Ways a number can be read twice; the statement's balance decides (statement_end.convention). */
enum mt940_ambiguity {
    MT940_AMBIGUOUS_SEPARATOR = 1, /* "1.234": thousands or decimals; see `alternative` */
    MT940_AMBIGUOUS_SIGN = 2       /* "-5,00" with a mark: the minus counts, or repeats the mark */
};

/* An amount as read, positive, with the other reading where there are two. */
struct mt940_reading {
    struct mt940_amount amount;
    struct mt940_amount alternative; /* meaningful with MT940_AMBIGUOUS_SEPARATOR */
    uint32_t ambiguity;              /* bits of enum mt940_ambiguity */
    uint32_t reserved;
};

/* A balance: fields 60a, 62a, 64, 65. */
struct mt940_balance {
    char kind; /* 'F' final, 'M' intermediate, 'A' available, 0 = absent */
    char reserved[3];
    int32_t mark; /* C or D */
    struct mt940_date date;
    struct mt940_reading reading;
    struct mt940_view raw;
    uint64_t offset;
    uint32_t line;
    uint32_t reserved2;
};

/* Field 34F (floor limit) and 90D/90C (number and sum), where a statement has them. */
struct mt940_total {
    char tag[4]; /* "34F", "90D", "90C" */
    int32_t mark;
    int64_t count; /* 90a only, else -1 */
    struct mt940_reading reading;
    struct mt940_view raw;
};

/* A field that is not read further. */
struct mt940_raw_field {
    char tag[8];
    struct mt940_view raw;
    uint64_t offset;
    uint32_t line;
    uint32_t reserved;
};

/* What stands before the movements. Views are raw bytes, trimmed of line ends and blanks. */
struct mt940_header {
    uint32_t index; /* of the message in the stream, from 0 */
    int32_t type;   /* 940, 941, 942 or 950 */
    uint64_t offset;
    uint32_t line;
    uint32_t reserved;
    struct mt940_view reference;         /* 20 */
    struct mt940_view related_reference; /* 21 */
    struct mt940_view account;           /* 25 or 25P, first line */
    struct mt940_view account_bic;       /* 25P, second line */
    struct mt940_view number;            /* 28C before the slash */
    struct mt940_view sequence;          /* 28C after it */
    struct mt940_view creation;          /* 13D */
    struct mt940_balance opening;        /* 60F or 60M */
    const struct mt940_total *floor_limits; /* 34F, in order */
    size_t floor_limit_count;
    struct mt940_view envelope; /* blocks in front of the text, "{1:…}{2:…}{4:", see envelope.h; data NULL = none */
    uint64_t envelope_offset;
};

/* A movement: field 61 and the 86 that follows it. */
struct mt940_entry {
    uint32_t index; /* in its message, from 0 */
    uint32_t line;
    uint64_t offset;
    struct mt940_view raw; /* value of field 61 with its further lines */
    struct mt940_date value_date;
    struct mt940_date entry_date; /* year: nearest to the value date; absent if not given */
    int32_t mark;
    char funds_code; /* 0 = none; never checked against the currency */
    char type;       /* S, N or F; 0 = none */
    char code[4];    /* three characters, NUL-terminated, as written */
    char reserved[2];
    struct mt940_reading reading;
    struct mt940_view customer_reference;
    struct mt940_view bank_reference;
    struct mt940_view supplementary;
    struct mt940_view narrative; /* value of field 86 with its line ends; data NULL = no field */
    uint64_t narrative_offset;
    uint32_t narrative_line;
    uint32_t reserved2;
};

/* What the numbers of a statement turned out to mean. */
enum mt940_convention {
    MT940_READ_STANDARD = 0,      /* as SWIFT says: `amount` of every reading, minus signs ignored */
    MT940_READ_ALTERNATIVE = 1,   /* bit: take `alternative` where there is one */
    MT940_READ_SIGNED = 2         /* bit: a minus turns the movement round */
};

/* What stands after the movements, and the verdicts over the whole message. */
struct mt940_trailer {
    uint32_t entry_count;
    int32_t convention; /* bits of enum mt940_convention */
    int32_t charset;    /* enum mt940_charset of all text of the message; the option if one is set */
    int32_t balanced;   /* 1 yes, 0 no, -1 cannot be judged */
    struct mt940_balance closing;   /* 62F or 62M */
    struct mt940_balance available; /* 64 */
    const struct mt940_balance *forward; /* 65, in order */
    size_t forward_count;
    const struct mt940_total *totals; /* 34F, 90D, 90C */
    size_t total_count;
    struct mt940_view information; /* 86 of the statement itself, raw; data NULL = none */
    int32_t complete;  /* 1 when every mandatory field was there */
    int32_t has_computed;
    struct mt940_amount computed; /* signed: opening plus movements under `convention` */
    uint32_t error_count, warning_count, repair_count;
    uint32_t undecided; /* 1 when numbers have two readings and the balance fits none or both */
    struct mt940_view envelope; /* blocks behind the text, "{5:…}{S:…}"; data NULL = none */
    uint64_t envelope_offset;
};

/* Something to say about the data. `args` fill the placeholders of the message's text. */
struct mt940_finding {
    int32_t message;  /* enum mt940_message */
    int32_t severity; /* enum mt940_severity */
    uint32_t statement; /* index of the message it belongs to; the next one between messages */
    uint32_t line;      /* 1-based */
    uint32_t column;    /* 1-based, bytes */
    char tag[8];
    char subfield[20]; /* "amount", "entry_date" …, or "" */
    uint64_t offset;
    const struct mt940_message_arg *args;
    size_t arg_count;
};

/*
 * Events of the push reader. Every view is valid during the call only. Return 0 to go on; any
 * other number ends the reading, which returns MT940_E_CALLBACK with that number in detail.
 * Order of a message: begin, then entry and field in the order of the file, then end; findings
 * come as they are found. A NULL slot is not called.
 */
struct mt940_handler {
    size_t size;
    void *user;
    int (*statement_begin)(void *user, const struct mt940_header *header);
    int (*entry)(void *user, const struct mt940_entry *entry);
    int (*field)(void *user, const struct mt940_raw_field *field);
    int (*statement_end)(void *user, const struct mt940_trailer *trailer);
    int (*finding)(void *user, const struct mt940_finding *finding);
};

/* Options of reading; fill with mt940_statement_options_init() and change what you mean. */
struct mt940_statement_options {
    size_t size;
    int32_t charset; /* enum mt940_charset; DETECT by default */
    /* 1 = repairs become error findings; nothing is left out, the verdict says what was refused. */
    int32_t strict;
    /* Message numbers of repair rules that are switched off, thus errors; NULL = none. */
    const int32_t *refused_repairs;
    size_t refused_repair_count;
    uint64_t max_bytes;      /* of the whole input; default 1 GiB for documents, none for readers */
    uint32_t max_field;      /* bytes of one movement with its narrative; default 1 MiB */
    uint32_t max_entries;    /* of one message; default 10 million */
    uint32_t max_statements; /* of one document; default 1 million */
    uint32_t max_findings;   /* reported per message, the rest is counted; default 1,000 */
    uint64_t max_memory;     /* of one document; default 4 GiB */
    /* 1 = documents: findings where pages (60M, 62M) or days of an account do not follow each other; default 0. */
    int32_t chains;
    /* 1 = letters that were encoded in UTF-8 twice ("Ã‡") stay as they are; else they are mended, and a repair says so. */
    int32_t keep_mojibake;
    /* 1 = strict reading lets lines end with LF or CR alone, as the text mode of FTP and editors leave them; default 0. */
    int32_t any_line_ends;
    int32_t reserved;
};
/* Sets every field to its default, `size` included. @since 0.1 */
void mt940_statement_options_init(struct mt940_statement_options *options);

struct mt940_reader;

/*
 * Makes a push reader. `options` and `allocator` may be NULL; the handler is copied. Errors:
 * MT940_E_ARGUMENT, MT940_E_MEMORY. Release with mt940_reader_free(). @since 0.1
 */
int mt940_reader_new(const struct mt940_statement_options *options, const struct mt940_allocator *allocator,
                     const struct mt940_handler *handler, struct mt940_reader **out, struct mt940_error *error);
/*
 * Reads the next bytes of the stream; any split of the stream gives the same events. Errors:
 * MT940_E_MEMORY, MT940_E_LIMIT (detail: the number of the limit, enum mt940_limit),
 * MT940_E_CALLBACK, MT940_E_STATE. After an error the reader can only be freed.
 */
int mt940_reader_feed(struct mt940_reader *reader, const void *bytes, size_t length, struct mt940_error *error);
/* Ends the stream: the last fields are read and verdicts given. Errors as feed. */
int mt940_reader_finish(struct mt940_reader *reader, struct mt940_error *error);
/* NULL is allowed. */
void mt940_reader_free(struct mt940_reader *reader);

/* Which limit was met; mt940_error.detail of MT940_E_LIMIT. */
enum mt940_limit {
    MT940_LIMIT_BYTES = 1,
    MT940_LIMIT_FIELD = 2,
    MT940_LIMIT_ENTRIES = 3,
    MT940_LIMIT_STATEMENTS = 4,
    MT940_LIMIT_MEMORY = 5
};

/* How a document holds its input. */
enum mt940_input_mode {
    MT940_INPUT_COPY = 0,  /* the bytes are copied */
    MT940_INPUT_BORROW = 1 /* views point into the caller's bytes until `release` is called */
};

struct mt940_input {
    size_t size;
    const void *data;
    size_t length;
    int32_t mode;
    int32_t reserved;
    void *user;
    /* BORROW: called exactly once, also when parsing fails; may be NULL. */
    void (*release)(void *user);
};

struct mt940_document;

/*
 * One message of a document. Amounts in entries and balances are final: the verdict is applied,
 * `reading.amount` is negative where a minus turned the movement round, and ambiguity is 0
 * unless the balance could not decide.
 */
struct mt940_statement {
    struct mt940_header header;
    struct mt940_trailer trailer;
    const struct mt940_entry *entries;
    size_t entry_count;
    const struct mt940_raw_field *fields;
    size_t field_count;
};

/*
 * Reads a whole input. A document is immutable and may be shared between threads. Errors:
 * MT940_E_ARGUMENT, MT940_E_MEMORY, MT940_E_LIMIT. Whatever the data hold, 0 is returned.
 * `options`, `allocator`, `error` may be NULL. Release with mt940_document_free(). @since 0.1
 */
int mt940_document_parse(const struct mt940_input *input, const struct mt940_statement_options *options,
                         const struct mt940_allocator *allocator, struct mt940_document **out,
                         struct mt940_error *error);
/* NULL is allowed. */
void mt940_document_free(struct mt940_document *document);
size_t mt940_document_statement_count(const struct mt940_document *document);
/* NULL past the last. Valid until the document is freed. */
const struct mt940_statement *mt940_document_statement(const struct mt940_document *document, size_t index);
/* Findings in order of their place in the file. */
size_t mt940_document_finding_count(const struct mt940_document *document);
const struct mt940_finding *mt940_document_finding(const struct mt940_document *document, size_t index);

/*
 * Bank, branch and account out of field 25 in any of its written forms; parts that are not
 * there are empty. `iban` is the canonical IBAN when the field holds a valid one; `bank_code`
 * is the four-digit code in TR and the IBAN's bank letters or digits elsewhere. Source:
 * turkish-banking §1.2.
 */
struct mt940_account_parts {
    char iban[36];
    char bank_code[12];
    char branch_code[12];
    char number[36];
    char currency[4]; /* a trailing ISO 4217 code, if the field has one */
    int32_t looks_like_iban; /* 1 = has the form of an IBAN but fails its check */
};
int mt940_account_split(const char *text, size_t length, struct mt940_account_parts *out);

/*
 * Text of a narrative: lines joined (no separator after a line of 65 or more characters or
 * before a leading blank, else one blank), decoded, control bytes dropped. snprintf's manners,
 * without a NUL: returns the length the whole needs.
 */
size_t mt940_narrative_text(const struct mt940_view *raw, int32_t charset, char *out, size_t capacity);

/* Room for an id: "1:", 64 hex digits, and "/" with the occurrence when it is above 1, NUL. */
#define MT940_ID_CAPACITY 80

/*
 * Ids of all movements of a statement. ids[i] is written for each; `company` and `own_account`
 * (the host's code, or empty) take part, so do the account, number, opening balance and the raw
 * bytes of 61 and 86, never decoded or repaired text. Equal movements get occurrence 1, 2, …
 * The first 16 digits are the same for all movements of a statement.
 * `statements`/`count` are the pages of one statement in order. Work is n log n.
 * Errors: MT940_E_MEMORY. Source: DESIGN §3.
 */
int mt940_statement_ids(const struct mt940_statement *const *pages, size_t page_count, const char *company,
                        size_t company_length, const struct mt940_allocator *allocator,
                        char (*ids)[MT940_ID_CAPACITY]);

/*
 * Second keys: the same movement in another statement has the same key, whether it comes again in a daily and a
 * monthly statement, or first in an MT942 and then in an MT940. "2:", 64 hex digits over the own account, the day
 * (entry date, else value date), the signed amount, and the bank's reference (without one the narrative, blanks and
 * line ends left out), and "/" with the occurrence among equals. Expected movements (EC, ED) have the key of the
 * booked ones. `account` is the host's code; empty: the IBAN of field 25, else its text. What the bank changes between
 * two statements, the key cannot know: look at the id first, then at the key, and ask where narratives differ.
 * Errors and the rest as mt940_statement_ids(). Source: decision 7. @since 0.1
 */
int mt940_statement_second_keys(const struct mt940_statement *const *pages, size_t page_count, const char *account,
                                size_t account_length, const struct mt940_allocator *allocator,
                                char (*keys)[MT940_ID_CAPACITY]);

/* How a statement stands to what came before. */
enum mt940_statement_chain {
    MT940_CHAIN_FOLLOWS = 0,
    MT940_CHAIN_OTHER = 1,   /* another account, number or currency, or no balance to compare */
    MT940_CHAIN_GAP = 2,     /* a page is missing between them, or they come in another order */
    MT940_CHAIN_BALANCE = 3, /* opens with another balance than the one before closed with */
    MT940_CHAIN_EARLIER = 4, /* opens before the remembered day: sent again, or out of order */
    MT940_CHAIN_AGAIN = 5    /* ends where the remembered balance stands: sent again, perhaps in another form */
};
/*
 * Whether `page` goes on where `before` ended: same account and number, 62M and 60M with one balance, sequences that
 * are one apart. Returns enum mt940_statement_chain, or MT940_E_ARGUMENT. Pure; thread safe. @since 0.1
 */
int mt940_page_chain(const struct mt940_statement *before, const struct mt940_statement *page);
/*
 * Whether a statement goes on from the balance that was remembered of the same account, as a rule the closing balance
 * of the last statement: `opening` is that of its first page, `closing` that of its last (NULL: nothing is AGAIN).
 * Returns enum mt940_statement_chain without GAP, or MT940_E_ARGUMENT. Pure; thread safe. @since 0.1
 */
int mt940_day_chain(const struct mt940_balance *remembered, const struct mt940_balance *opening,
                    const struct mt940_balance *closing);

#ifdef __cplusplus
}
#endif
#endif
