/* SPDX-License-Identifier: Apache-2.0
 *
 * conformance.h: judges what a host wrote, by the contracts of store.h and ports.h: a store, books,
 * a transport, a posting port. It needs no test framework and prints nothing; link your test
 * program with libmt940connect-conformance (it takes memory from the C heap). docs/store.md and
 * docs/conformance.md show complete examples.
 *
 * All four work alike. `create` makes an empty place, `open` gives the port to it, `destroy`
 * removes it: around every check. `checked` is told after each: `outcome` 1 passed, 0 failed,
 * -1 skipped; `text` says what was not as it must be ("" when passed). `only` runs one check
 * alone (NULL = all). What returns int in an options struct returns 0, or any failure of yours.
 * The functions return 0 when no check failed, 1 when some did (the report says which),
 * MT940_E_ARGUMENT for unusable options or an unknown `only`, MT940_E_MEMORY.
 */
#ifndef MT940CONNECT_CONFORMANCE_H
#define MT940CONNECT_CONFORMANCE_H

#include "mt940connect/ports.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the kit gets at a store. */
struct mt940_conformance_store_options {
    size_t size;
    void *user;
    int (*create)(void *user);
    /*
     * Opens a handle, and again after the kit has closed it: what was applied must still be
     * there. Unless `single_handle` is set, also a second handle beside the first.
     */
    int (*open)(void *user, struct mt940_store *out);
    void (*destroy)(void *user); /* every handle is closed by then; may be NULL */
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text); /* may be NULL */
    uint64_t seed;         /* of everything random; 0 = 1. The same seed repeats a run exactly */
    int32_t operations;    /* random batches in each of the random checks; 0 = 1000 */
    int32_t single_handle; /* 1 = the store cannot have two handles at once; their checks are skipped */
    const char *only;
    /*
     * Hooks; each may be NULL, then the checks that need it are skipped. fail_at: the `k`-th
     * operation from now on that can fail underneath the store (a statement, a read, a write, a
     * sync, an allocation) fails, once; 0 = none. Returns how many there were since the last call,
     * or something negative.
     */
    int64_t (*fail_at)(void *user, int64_t k);
    int (*lose_answer)(void *user); /* the next commit happens, but the store does not hear of it */
    /* Of work() only: invoices 1 to `number` of this worker are answered. Non-0 ends the work and travels back. */
    int (*answered)(void *user, int32_t worker, int64_t number);
};

/* The caller sets `size`. */
struct mt940_conformance_report {
    size_t size;
    int32_t passed;
    int32_t failed;
    int32_t skipped;
    int32_t reserved;
    char check[40];  /* the first check that failed, or "" */
    char text[200];  /* what it found */
};

/* Runs the checks of a store. @since 0.1 */
int mt940_conformance_store(const struct mt940_conformance_store_options *options,
                            struct mt940_conformance_report *report);

/*
 * Name of the `position`-th check of a store from 0 and, in `doc` (may be NULL), one sentence on
 * it; NULL past the last. Static. @since 0.1
 */
const char *mt940_conformance_store_check(int32_t position, const char **doc);

/*
 * What one process of a crowd does; `create` was called before, by you, and only `open` is used.
 * Worker `worker` (0 to 99, each alive only once at a time) writes invoices that all reserve
 * against one limit, up to its `count`-th (0 = until it is killed). Started again it goes on where
 * it stood. It believes what the store answers: 0 when done; 1 when an answer was not true (the
 * report says which); the store's own negative status, or what `answered` returned, when that
 * ended the work: start it again.
 * Call it in as many processes, or on as many machines, as you like; end them as hard as you like.
 * MT940_E_ARGUMENT as above. @since 0.1
 */
int mt940_conformance_store_work(const struct mt940_conformance_store_options *options, int32_t worker,
                                 int64_t count, struct mt940_conformance_report *report);

/*
 * Afterwards, with no worker alive, or between their lives: whether all that stands there can
 * have come from such work. The total is the sum of its journal, whose sequence has no gap and
 * which never rose above the limit; every batch is there wholly; and worker i has at least the
 * first answered[i] of its invoices (`answered` may be NULL with `workers` 0). 0, 1 with the
 * report, MT940_E_ARGUMENT, MT940_E_MEMORY. @since 0.1
 */
int mt940_conformance_store_audit(const struct mt940_conformance_store_options *options, const int64_t *answered,
                                  int32_t workers, struct mt940_conformance_report *report);

/* How the kit gets at a transport. */
struct mt940_conformance_transport_options {
    size_t size;
    void *user;
    int (*create)(void *user);
    /* Lets a complete file appear at the far end, or replaces it; whatever way users do that. */
    int (*put)(void *user, const char *name, const void *bytes, size_t length);
    int (*open)(void *user, struct mt940_transport *out); /* closed by its destroy() */
    void (*destroy)(void *user);                          /* may be NULL */
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text); /* may be NULL */
    const char *only;
};

/* Runs the checks of a transport. @since 0.1 */
int mt940_conformance_transport(const struct mt940_conformance_transport_options *options,
                                struct mt940_conformance_report *report);

/* How the kit gets at a posting port. */
struct mt940_conformance_post_options {
    size_t size;
    void *user;
    int (*create)(void *user);
    int (*open)(void *user, struct mt940_post *out); /* again in a check: the ERP was started anew */
    void (*destroy)(void *user);                     /* may be NULL */
    /*
     * Fills `out` with a slip the ERP will take, another for every `number`; it lives until the
     * next call. May be NULL: then it is an incoming transfer of customer C1.
     */
    int (*posting)(void *user, uint32_t number, struct mt940_posting *out);
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text); /* may be NULL */
    const char *only;
};

/* Runs the checks of a posting port. @since 0.1 */
int mt940_conformance_post(const struct mt940_conformance_post_options *options,
                           struct mt940_conformance_report *report);

/* How the kit gets at books. It only reads; it judges them against themselves. */
struct mt940_conformance_books_options {
    size_t size;
    void *user;
    int (*open)(void *user, struct mt940_books *out);
    void (*close)(void *user);    /* may be NULL */
    struct mt940_view company;    /* one that is there, with customers */
    struct mt940_date from;       /* days between which slips, and on which rates, are asked for */
    struct mt940_date to;
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text); /* may be NULL */
    const char *only;
};

/* Runs the checks of books. @since 0.1 */
int mt940_conformance_books(const struct mt940_conformance_books_options *options,
                            struct mt940_conformance_report *report);

#ifdef __cplusplus
}
#endif
#endif
