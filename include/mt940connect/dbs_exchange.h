/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_exchange.h: DBS rows to and from a bank as pure functions: what a bank is to be told of a
 * payment row, the file that tells it, and the file in which it answers. Nothing here reads or
 * writes a store or a disk: bytes come from the host and go to it; dbs_order.h keeps the memory.
 * Banks hand their layouts to customers only, so a layout is data: two are built in, and a host
 * describes its bank's in a struct or in a file. Conventions as in dbs.h. @since 0.1
 * Source: R117, turkish-banking §3.3 and §3.4, decisions 25, 27, 31; docs/dbs_exchange.md.
 */
#ifndef MT940CONNECT_DBS_EXCHANGE_H
#define MT940CONNECT_DBS_EXCHANGE_H

#include "mt940connect/message.h"
#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What a bank is to be told ------------------------------------------------------------ */

/* A payment row as it is now, and what the bank was told of it. */
struct mt940_dbs_wish {
    size_t size;
    /* NULL = there is no such row any more. */
    const struct mt940_payment *row;
    const struct mt940_invoice *invoice; /* of the row; NULL with it */
    /* Sum of the active closings of the row by DBS-marked slip lines: what the bank itself collected. */
    int64_t collected;
    const struct mt940_dbs_order *order; /* NULL = the bank was never told */
    int32_t again; /* 1 = what the bank rejected is sent again though nothing changed */
    int32_t reserved;
};

/*
 * Decides what to tell: *record is enum mt940_dbs_order_record, or 0 for nothing; then `out` is
 * the order as it will stand (company, bank, reference and run are the caller's to set, the rest
 * is filled; a cancelled one keeps what it was told before).
 *   wanted       an active DBS row of a sale with something to collect
 *   NEW          wanted, and the bank does not hold it: never told, rejected and changed since, or cancelled
 *   UPDATE       wanted and held, but amount, due date, currency, customer, bank record or own account are not as told
 *   CANCEL       held, and no longer wanted: cancelled, withdrawn, paid some other way, or moved
 * The amount is what is open plus what the bank collected since it was told: its own collections
 * change nothing, a payment by transfer or a return does. What the bank has paid, offset or
 * discounted is told nothing more. MT940_E_RANGE when a sum does not fit.
 */
int mt940_dbs_order_decide(const struct mt940_dbs_wish *wish, struct mt940_dbs_order *out, int32_t *record);

/*
 * Name of a row at the bank: the invoice number, from row 2 on with "-LINE" behind it. Writes at
 * most `capacity` bytes with a NUL and returns the length it needs without.
 */
size_t mt940_dbs_reference(const struct mt940_view *invoice, int64_t line, char *out, size_t capacity);

/* Four digits of the bank a branch code names ("0062"); MT940_E_FORMAT when it names none. */
int mt940_dbs_bank_of(const struct mt940_view *branch, char out[5]);

/* ---- Layouts ------------------------------------------------------------------------------ */

/* What a column can hold. */
enum mt940_dbs_field {
    MT940_DBS_FIELD_RUN = 1,        /* number of the run */
    MT940_DBS_FIELD_ROW = 2,        /* line of the run, from 1 */
    MT940_DBS_FIELD_RECORD = 3,     /* new, update, cancel, in the layout's words */
    MT940_DBS_FIELD_BANK = 4,       /* four-digit bank code */
    MT940_DBS_FIELD_CUSTOMER = 5,   /* customer code: the dealer (bayi) */
    MT940_DBS_FIELD_REFERENCE = 6,  /* name of the row at the bank */
    MT940_DBS_FIELD_INVOICE = 7,    /* invoice number */
    MT940_DBS_FIELD_LINE = 8,       /* payment row of the invoice */
    MT940_DBS_FIELD_INVOICE_DATE = 9,
    MT940_DBS_FIELD_DUE_DATE = 10,
    MT940_DBS_FIELD_AMOUNT = 11,    /* to collect in all */
    MT940_DBS_FIELD_CURRENCY = 12,
    MT940_DBS_FIELD_BRANCH = 13,    /* of the dealer's account */
    MT940_DBS_FIELD_ACCOUNT = 14,   /* its number */
    MT940_DBS_FIELD_IBAN = 15,      /* its IBAN */
    MT940_DBS_FIELD_COLLECTION_ACCOUNT = 16, /* own bank account code */
    MT940_DBS_FIELD_COLLECTION_IBAN = 17,
    MT940_DBS_FIELD_STATE = 18,     /* of an answer: the bank's word or number */
    MT940_DBS_FIELD_CODE = 19,      /* its reason code */
    MT940_DBS_FIELD_TEXT = 20,      /* its words */
    MT940_DBS_FIELD_PAID = 21,      /* what it has collected of the row in all */
    MT940_DBS_FIELDS = 22
};

/* "due_date" …, NULL for no field. Static. And back: 0 when there is none. */
const char *mt940_dbs_field_name(int32_t field);
int32_t mt940_dbs_field_from_name(const char *name, size_t length);

/* A column. An answer's column may have several headings: one entry each. */
struct mt940_dbs_column {
    int32_t field;       /* enum mt940_dbs_field */
    int32_t width;       /* most characters the bank takes; 0 = any */
    const char *heading; /* compared without case, accents, blanks and signs */
};

/* A word of the bank: for a state (answers) or a record (files to it). */
struct mt940_dbs_word {
    int32_t value; /* enum mt940_dbs_order_state, or enum mt940_dbs_order_record */
    int32_t reserved;
    const char *word; /* compared as headings are; the first of a record is the one written */
};

/* What a reason code means. */
struct mt940_dbs_reason {
    const char *code;
    const char *english;
    const char *turkish;
};

enum mt940_dbs_date_form {
    MT940_DBS_DATE_ISO = 0,    /* 2026-07-15 */
    MT940_DBS_DATE_DOTTED = 1, /* 15.07.2026 */
    MT940_DBS_DATE_PLAIN = 2   /* 20260715 */
};

struct mt940_dbs_layout {
    size_t size;
    const char *name;
    const char *bank;     /* code of the bank it is meant for, "" = any */
    char separator;       /* of files to the bank; in answers it is found out */
    char decimal_sign;    /* '.' or ',' */
    char reserved[2];
    int32_t date_form;    /* enum mt940_dbs_date_form */
    const struct mt940_dbs_column *columns; /* of files to the bank, in order */
    size_t column_count;
    const struct mt940_dbs_column *answers; /* of its answers, in any order */
    size_t answer_count;
    const struct mt940_dbs_word *records;
    size_t record_count;
    const struct mt940_dbs_word *states;
    size_t state_count;
    const struct mt940_dbs_reason *reasons;
    size_t reason_count;
};

/*
 * A built-in layout by name ("standard", "vakifbank"); NULL or "" gives that of the bank with
 * this code, else the standard one. NULL when there is no such name. Static.
 */
const struct mt940_dbs_layout *mt940_dbs_layout_find(const char *name, const char *bank);
/* The built-in layouts one after the other from 0; NULL past the last. */
const struct mt940_dbs_layout *mt940_dbs_layout_at(size_t position);
/*
 * Checks a layout a host made: fields and values that exist, words that are not empty, a
 * reference or an invoice among columns and answers, a state among the answers. 0, or
 * MT940_E_ARGUMENT with the item in the error's text.
 */
int mt940_dbs_layout_check(const struct mt940_dbs_layout *layout, struct mt940_error *error);
/* Meaning of a reason code in `language` ("tr", else English); NULL when the layout names none. Static. */
const char *mt940_dbs_layout_reason(const struct mt940_dbs_layout *layout, const struct mt940_view *code,
                                    const char *language);

/* ---- The file to a bank ------------------------------------------------------------------- */

/* One line of it. */
struct mt940_dbs_export_row {
    const struct mt940_dbs_order *order;
    int64_t row;                         /* in the run, from 1 */
    struct mt940_view branch;            /* of the dealer's bank record */
    struct mt940_view account;
    struct mt940_view iban;
    struct mt940_view collection_iban;   /* of the own bank account */
};

/* The first column whose value is wider than the bank takes, as an index; MT940_E_NOT_FOUND when all fit. */
int mt940_dbs_export_widest(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *row,
                            size_t *column);
/* The value of a column as text: as it would stand in the file, unquoted. Manners of mt940_dbs_reference(). */
size_t mt940_dbs_export_value(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *row,
                              size_t column, char *out, size_t capacity);
/*
 * Writes heading and rows: UTF-8 without a mark, CR LF, quotes where RFC 4180 asks for them. At
 * most `capacity` bytes are written, no NUL; *length is what the whole needs, so that a first
 * call with capacity 0 measures. MT940_E_LIMIT when it did not fit, MT940_E_ARGUMENT.
 */
int mt940_dbs_export_write(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *rows,
                           size_t count, char *out, size_t capacity, size_t *length);

/* ---- The bank's answer -------------------------------------------------------------------- */

/* One line of it. Valid during the call of the sink; absent values are empty, 0 or absent. */
struct mt940_dbs_answer {
    size_t size;
    uint32_t line; /* of the file, from 1 */
    int32_t state; /* enum mt940_dbs_order_state */
    int64_t run;
    struct mt940_view bank;
    struct mt940_view reference; /* or else invoice and row */
    struct mt940_view invoice;
    int64_t row;                 /* payment row, 1 when the file does not say */
    struct mt940_view customer;
    struct mt940_view code;
    struct mt940_view text;
    struct mt940_amount paid;    /* currency "" ; scale -1 = not said */
};

/* Something wrong with a line, or to know about it. */
struct mt940_dbs_finding {
    int32_t message;  /* enum mt940_message */
    int32_t severity; /* enum mt940_severity */
    uint32_t line;    /* from 1; 0 = the file as a whole */
    uint32_t column;  /* from 1; 0 = the whole line */
    const struct mt940_message_arg *args;
    size_t arg_count;
};

/* Either slot may be NULL. Return 0 to go on; any other number ends the reading and travels back. */
struct mt940_dbs_answer_sink {
    size_t size;
    void *user;
    int (*answer)(void *user, const struct mt940_dbs_answer *answer);
    int (*finding)(void *user, const struct mt940_dbs_finding *finding);
};

struct mt940_dbs_answer_options {
    size_t size;
    const struct mt940_dbs_layout *layout;     /* NULL = the standard one */
    const struct mt940_allocator *allocator;   /* NULL = heap */
    int32_t charset;       /* enum mt940_charset; DETECT by default */
    uint32_t max_line;     /* bytes of a line; 0 = 64 KiB */
    uint64_t max_bytes;    /* of the file; 0 = 64 MiB */
    uint32_t max_rows;     /* 0 = 1,000,000 */
    uint32_t max_findings; /* then TOO_MANY_FINDINGS and silence; 0 = 1,000 */
};

/*
 * Reads an answer: a table with a heading, separated by comma, semicolon, tab or '|', in any of
 * the library's character sets. A bad line is a finding and costs itself only. Findings:
 * EMPTY_FILE, CSV_NOT_TEXT, CSV_COLUMN_MISSING, CSV_COLUMN_TWICE, CSV_COLUMN_UNKNOWN,
 * CSV_QUOTES, CSV_FIELDS_MORE, CSV_FIELDS_FEWER, CSV_LINE_TOO_LONG, CSV_TOO_MANY_ROWS, CSV_EMPTY, CSV_VALUE,
 * CSV_AMBIGUOUS, DBS_STATE_UNKNOWN. Errors: MT940_E_ARGUMENT, MT940_E_LIMIT (larger than
 * max_bytes; nothing is read), MT940_E_MEMORY, and what the sink returned.
 */
int mt940_dbs_answer_read(const void *bytes, size_t length, const struct mt940_dbs_answer_options *options,
                          const struct mt940_dbs_answer_sink *sink, struct mt940_error *error);

/*
 * Reads a layout a user keeps as a table: `list,name,text,width,turkish`, a row for each line of a built-in layout
 * (docs/dbs_exchange.md). Of the options `layout` is not used, and the defaults are smaller: lines of 4 KiB, 1 MiB,
 * 10,000 rows. Each mistake is a finding; with one there is no layout and MT940_E_FORMAT is returned.
 * Findings: EMPTY_FILE, CSV_COLUMN_MISSING, CSV_QUOTES, CSV_LINE_TOO_LONG, CSV_CHOICE, CSV_EMPTY, CSV_VALUE. Other errors:
 * those of mt940_dbs_layout_check() for what is missing, MT940_E_LIMIT, MT940_E_MEMORY, and what the sink returned.
 * `*out` holds its own texts; release it with mt940_dbs_layout_free().
 */
int mt940_dbs_layout_read(const void *bytes, size_t length, const struct mt940_dbs_answer_options *options,
                          const struct mt940_dbs_answer_sink *sink, struct mt940_dbs_layout **out,
                          struct mt940_error *error);
/* Of a layout that was read, not of a built-in one. NULL is allowed. */
void mt940_dbs_layout_free(struct mt940_dbs_layout *layout);

/*
 * What an answer makes of an order. `out` is the order after it (`at` its answered_at). Returns
 * 1 when something changed, 0 when the bank said the same before or the answer does not follow
 * (then *message is DBS_ANSWER_LATE or DBS_ANSWER_OTHER_RUN), negative on error: MT940_E_RANGE
 * when the amount paid has more decimals than the currency. *message may also be DBS_REJECTED or
 * DBS_PAID_MORE, to be said with a change; 0 = nothing to say.
 */
int mt940_dbs_order_answer(const struct mt940_dbs_order *order, const struct mt940_dbs_answer *answer, int64_t at,
                           struct mt940_dbs_order *out, int32_t *message);

#ifdef __cplusplus
}
#endif
#endif
