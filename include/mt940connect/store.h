/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h: the store port. The library keeps everything it must remember in a store that the
 * host supplies: SQLite, PostgreSQL, memory, or the ERP's own tables. Four functions are all a
 * store has; the conformance kit (conformance.h) says whether they are right.
 *
 * Rules for implementers
 *   - `user` comes first. Calls arrive on the caller's thread, never re-entrantly, never after
 *     close(). Views handed in are valid during the call; views handed to a sink too.
 *   - Negative returns are enum mt940_status. MT940_E_STORE, E_BUSY, E_IO, E_CORRUPT, E_MEMORY,
 *     E_ARGUMENT, E_LIMIT, E_UNSUPPORTED (read-only store): nothing was stored. MT940_E_UNKNOWN: perhaps
 *     it was; the caller looks up by key. A sink's non-zero return stops the call and travels
 *     back unchanged.
 *   - docs/store.md says the same at length; begin apply() with mt940_batch_check().
 */
#ifndef MT940CONNECT_STORE_H
#define MT940CONNECT_STORE_H

#include "mt940connect/schema.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Receives one record (the struct of its kind). Return 0 to go on. */
typedef int (*mt940_record_sink)(void *sink_user, const void *record);

/*
 * What a change does. Records of the kinds journal and action are written by the store itself
 * only: of the operations just EXPECT may name them.
 */
enum mt940_change_op {
    /* Inserts `record` with revision 1; CONFLICT when the key exists. Counters are stored as 0. */
    MT940_PUT_NEW = 1,
    /* Replaces the record of that key if its revision is `revision`; the revision becomes one more, counters stay. */
    MT940_PUT_IF = 2,
    /*
     * Removes it if its revision is `revision`. REFUSED for a customer_bank that has journal
     * lines: its total would be forgotten and the lines' sequence begin again.
     */
    MT940_DELETE_IF = 3,
    /* Changes nothing: the decision rested on this revision (0 = on there being no such record). */
    MT940_EXPECT = 4,
    /*
     * Adds `delta` to customer_bank.dbs_total of the record's key, and 1 to dbs_sequence, and
     * inserts the journal line (sequence, delta, total after) with the fields given, all in one
     * statement of the store. The revision stays. CONFLICT when there is no such record. REFUSED
     * when delta > 0 and the total after would exceed the ceiling; without a ceiling or with a
     * negative delta only when it would not fit into 64 bits (ceiling INT64_MAX or INT64_MIN).
     */
    MT940_TOTAL_ADD = 5
};

/* What a TOTAL_ADD is held against. */
enum mt940_ceiling {
    MT940_CEILING_NONE = 0,
    MT940_CEILING_STORED_LIMIT = 1, /* customer_bank.dbs_limit at that instant */
    MT940_CEILING_VALUE = 2         /* `ceiling_value` */
};

struct mt940_change {
    size_t size;        /* exactly sizeof(struct mt940_change): changes stand in arrays */
    int32_t op;         /* enum mt940_change_op */
    int32_t kind;       /* enum mt940_kind; customer_bank for TOTAL_ADD */
    const void *record; /* the struct of the kind; for DELETE_IF, EXPECT and TOTAL_ADD its key fields */
    int64_t revision;   /* PUT_IF, DELETE_IF, EXPECT */
    /* TOTAL_ADD only */
    int64_t delta;
    int32_t ceiling; /* enum mt940_ceiling */
    int32_t reserved;
    int64_t ceiling_value;
    const struct mt940_journal *journal; /* currency, event, document, actor, note, at are used */
};

/* Room for the stored result of an action that was ALREADY there, its NUL included. */
#define MT940_RESULT_CAPACITY 1024

/*
 * A list of changes that happens wholly or not at all, once. `action` is stored as the record of
 * kind action in the same transaction; its key is the batch's key; its result is shorter than
 * MT940_RESULT_CAPACITY. The changes ascend strictly in the order of mt940_change_compare(), so
 * that two writers lock in the same order.
 */
struct mt940_batch {
    size_t size; /* exactly sizeof(struct mt940_batch) */
    const struct mt940_action *action;
    const struct mt940_change *changes;
    size_t change_count;
};

enum mt940_outcome {
    MT940_APPLIED = 1,
    MT940_ALREADY = 2,  /* the key was there; `result` is the stored one */
    MT940_REFUSED = 3,  /* a ceiling, or a total with a journal; `change` says which */
    MT940_CONFLICT = 4  /* a revision or key was not as expected; `change` says which */
};

/* The caller sets `size`, the store the rest. */
struct mt940_batch_result {
    size_t size;     /* exactly sizeof(struct mt940_batch_result) */
    int32_t outcome; /* enum mt940_outcome */
    int32_t reserved;
    size_t change;                      /* REFUSED, CONFLICT: index of that change; else 0 */
    int64_t total;                      /* REFUSED: the total that was compared, before the delta */
    int64_t ceiling;                    /* REFUSED: the ceiling; 0 for a DELETE_IF */
    size_t result_length;               /* ALREADY: bytes of `result` without its NUL; else 0 */
    char result[MT940_RESULT_CAPACITY]; /* NUL-terminated */
};

/*
 * Order of two changes: by kind, key, and what is done with the key (EXPECT, then PUT_NEW, PUT_IF
 * and DELETE_IF, then TOTAL_ADD). Both must have passed as single changes. @since 0.1
 */
int mt940_change_compare(const struct mt940_change *a, const struct mt940_change *b);

/*
 * Looks at the form of batches before a store touches anything: sizes, operations, kinds, order,
 * and every field (mt940_record_check()); then clears the results. Returns 0 or MT940_E_ARGUMENT:
 * `offset` of the error is the index of the batch, `line` the number of the change from 1 (0 =
 * the action). Thread safe. @since 0.1
 */
int mt940_batch_check(const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results,
                      struct mt940_error *error);

/* One of several looks at a store: as scan() without `after` and limit, with a sink of its own. */
struct mt940_lookup {
    int32_t kind;
    int32_t index;
    int32_t prefix;
    int32_t reserved; /* 0 */
    const void *from;
    mt940_record_sink sink;
    void *sink_user;
};

/*
 * A store, as four functions and the text of what went wrong. The struct is copied wherever it is
 * handed over; `user` must outlive every copy until close().
 */
struct mt940_store {
    size_t size;
    void *user;

    /*
     * Calls `sink` with the record whose key fields equal those of `key`. Returns 0,
     * MT940_E_NOT_FOUND, or a failure.
     */
    int (*get)(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user);

    /*
     * Calls `sink` for up to `limit` records (0 = all), ascending in the order of
     * mt940_record_compare(kind, index): those whose first `prefix` fields of index `index` equal
     * the ones of `from`, and, when `after` is 1, which also come strictly after `from`. With
     * prefix 0 and after 0 `from` may be NULL. No record is no failure. MT940_E_ARGUMENT for an
     * unknown kind or index, and for a prefix longer than the index.
     */
    int (*scan)(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                size_t limit, mt940_record_sink sink, void *sink_user);

    /*
     * Applies `count` batches in order. Each is all or nothing under its own key; the store may
     * commit several together. `results[i]` is set for every batch when the return is 0. A batch
     * whose outcome is not APPLIED changes nothing, and the later ones are still tried.
     */
    int (*apply)(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results);

    /* Releases `user`. Called once, or never if the host keeps the store itself. May be NULL. */
    void (*close)(void *user);

    /* Text of the last failure for people, "" when none; no secrets, no statement content. May be NULL. */
    const char *(*last_error)(void *user);

    /*
     * Several looks in one call, answered one after the other in their order, as scan() would; the first that fails
     * ends it. For stores to which one call is cheaper than many: a server is asked once. For few records each, which
     * may be held in memory. May be NULL: then scan() is called for each.
     */
    int (*fetch)(void *user, const struct mt940_lookup *lookups, size_t count);
};

#ifdef __cplusplus
}
#endif
#endif
