/* SPDX-License-Identifier: Apache-2.0
 *
 * ports.h: what else a host may supply: its books, its posting, a transport, a clock, a log,
 * secrets. Each is a small struct of functions; it is copied when it is handed over. `user`
 * comes first, calls arrive on the caller's thread and never re-entrantly. A negative status of
 * the library, or any number of the host's own above 0, stops the call and travels back in
 * mt940_error.detail with MT940_E_CALLBACK.
 */
#ifndef MT940CONNECT_PORTS_H
#define MT940CONNECT_PORTS_H

#include "mt940connect/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The host's books, read only. Every look-up is batched and answers through a sink, in any
 * order; keys without an answer are no error. A NULL slot (or no books at all) means the store's
 * own records are asked.
 */
struct mt940_books {
    size_t size;
    void *user;
    /* struct mt940_company of `company`. */
    int (*company)(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user);
    /* Every struct mt940_bank_account. */
    int (*bank_accounts)(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user);
    /* struct mt940_customer by code; count 0 = every one, in order of code. */
    int (*customers)(void *user, const struct mt940_view *company, const struct mt940_view *codes, size_t count,
                     mt940_record_sink sink, void *sink_user);
    /* struct mt940_customer_bank by customer; count 0 = every one. Per customer in order of slot. */
    int (*customer_banks)(void *user, const struct mt940_view *company, const struct mt940_view *customers,
                          size_t count, mt940_record_sink sink, void *sink_user);
    /* Every struct mt940_transaction_code. */
    int (*transaction_codes)(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user);
    /* Every struct mt940_bank_code. */
    int (*bank_codes)(void *user, const struct mt940_view *company, mt940_record_sink sink, void *sink_user);
    /* struct mt940_rate: the last one of `currency` on or before `date`; of each kind. */
    int (*rates)(void *user, const struct mt940_view *company, const struct mt940_view *currency,
                 const struct mt940_date *date, mt940_record_sink sink, void *sink_user);
    /* Open struct mt940_payment (|paid| < |amount|, active) by customer. */
    int (*payments)(void *user, const struct mt940_view *company, const struct mt940_view *customers, size_t count,
                    mt940_record_sink sink, void *sink_user);
    /* Active struct mt940_slip of an own account dated from..to, both included. */
    int (*slips)(void *user, const struct mt940_view *company, const struct mt940_view *bank_account,
                 const struct mt940_date *from, const struct mt940_date *to, mt940_record_sink sink, void *sink_user);
    /*
     * Every struct mt940_payment of the invoices with these numbers, whoever's, closed ones too: what a movement
     * names is evidence even when it is paid. Goes with `payments`: a host that fills that and leaves this NULL is
     * asked for every open row of the customer instead, however many there are.
     */
    int (*invoice_payments)(void *user, const struct mt940_view *company, const struct mt940_view *invoices,
                            size_t count, mt940_record_sink sink, void *sink_user);
};

/* Fills `out` with books that ask the store; `store` must outlive them. @since 0.1 */
int mt940_books_from_store(const struct mt940_store *store, struct mt940_books *out);

/* A slip as it is handed to an ERP, header and lines. */
struct mt940_posting {
    size_t size;
    const struct mt940_slip *slip;
    const struct mt940_slip_line *lines;
    size_t line_count;
};

/* Outcomes of put() and find(); see decision 18. */
enum mt940_post_outcome {
    MT940_POST_DONE = 0,     /* posted; `id` holds the ERP's number */
    MT940_POST_ALREADY = 1,  /* was posted before under this key; `id` holds its number */
    MT940_POST_REFUSED = 2,  /* the ERP does not want it; `id` holds the reason for people */
    MT940_POST_UNKNOWN = 3,  /* no answer: ask find() later */
    MT940_POST_ABSENT = 4    /* find() only: certainly not there */
};

/*
 * Posting port, optional: for an ERP that gives its slips their own numbers and cannot take part
 * in our transaction. `key` is the slip id and the same for every try. Each returns an outcome.
 */
struct mt940_post {
    size_t size;
    void *user;
    int (*put)(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity);
    int (*find)(void *user, const char *key, char *id, size_t capacity);
    int (*cancel)(void *user, const char *key, char *id, size_t capacity);
};

/* One file a transport offers. `name` is data, never a path: it may hold anything. */
struct mt940_remote_file {
    size_t size;
    struct mt940_view name;
    int64_t bytes;    /* -1 = unknown */
    int64_t modified; /* seconds since 1970, -1 = not told; UTC, but a source that tells no zone is some hours off */
};

/* Why a transport does not offer what it sees at the far end. */
enum mt940_ignored {
    MT940_IGNORED_HIDDEN = 1,     /* the name begins with a dot */
    MT940_IGNORED_TEMPORARY = 2,  /* *.tmp *.part *.filepart *.crdownload ~*: still being written */
    MT940_IGNORED_NOT_A_FILE = 3, /* a folder, a link, a pipe, a device */
    MT940_IGNORED_BAD_NAME = 4,   /* control bytes, a slash, a backslash, or not 1 to 255 bytes */
    MT940_IGNORED_UNREADABLE = 5, /* a line of a server's listing that says nothing we can read */
    MT940_IGNORED_TWICE = 6       /* the listing has this name already */
};

/*
 * The rule for names from outside, which are data and never paths: 0 = may be offered, else
 * MT940_IGNORED_BAD_NAME, _HIDDEN or _TEMPORARY. For transports; thread safe. Source: DESIGN 7,
 * R13. @since 0.1
 */
int mt940_remote_name_fault(const char *name, size_t length);

/* Told about each entry list() leaves out; the name may hold any bytes and is valid during the call. */
typedef void (*mt940_ignored_sink)(void *sink_user, const struct mt940_view *name, int32_t reason);

/* How the flow ended with a file; a transport may archive or leave it. */
enum mt940_settlement {
    MT940_SETTLED_ACCEPTED = 1,   /* its statements are in the inbox */
    MT940_SETTLED_DUPLICATE = 2,  /* they were already */
    MT940_SETTLED_INCOMPLETE = 3, /* to be tried again: leave it */
    MT940_SETTLED_REJECTED = 4    /* not a statement, or too large */
};

/* Receives one listed file; the views are valid during the call. */
typedef int (*mt940_remote_sink)(void *sink_user, const struct mt940_remote_file *file);

struct mt940_transport {
    size_t size;
    void *user;
    /* Lists the files, in a stable order. Returns 0 or a status. */
    int (*list)(void *user, mt940_remote_sink sink, void *sink_user);
    /* Opens a file by the name it was listed under. One at a time. */
    int (*open)(void *user, const struct mt940_view *name);
    /* Fills `buffer`; the count of bytes, 0 at the end, or a negative status. */
    int64_t (*read)(void *user, void *buffer, size_t capacity);
    /* Ends reading; returns a status when the bytes read are not the whole file. */
    int (*close)(void *user);
    /* Told once per file after its outcome is stored. May be NULL. */
    int (*settle)(void *user, const struct mt940_view *name, int32_t settlement);
    /* Releases `user`; may be NULL. */
    void (*destroy)(void *user);
    /* Text of the last failure for people, without secrets; may be NULL. */
    const char *(*last_error)(void *user);
};

/* Seconds since 1970-01-01 UTC; asked once per flow call. Required by the flow. */
struct mt940_clock {
    size_t size;
    void *user;
    int (*now)(void *user, int64_t *seconds);
};

/* One line for the host's log; `text` has no statement content and no secrets. Optional. */
struct mt940_log {
    size_t size;
    void *user;
    void (*write)(void *user, int32_t severity, int32_t message, const char *text);
};

/*
 * Gives the secret a setting refers to ("env:NAME" …). Writes at most `capacity` bytes and
 * returns the length, or MT940_E_NOT_FOUND. The library wipes its copy after use.
 */
struct mt940_secret {
    size_t size;
    void *user;
    int (*get)(void *user, const char *reference, char *buffer, size_t capacity);
};

/* Outcomes of an IBAN verification service (R56-R59). UNREACHABLE is never INVALID. */
enum mt940_verification {
    MT940_VERIFIED_VALID = 1,
    MT940_VERIFIED_INVALID = 2,
    MT940_VERIFIED_UNREACHABLE = 3,
    MT940_VERIFIED_NO_ACCOUNT = 4 /* no credentials; the service was not asked */
};

struct mt940_iban_service {
    size_t size;
    void *user;
    int (*verify)(void *user, const char *iban);
};

#ifdef __cplusplus
}
#endif
#endif
