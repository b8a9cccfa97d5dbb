/* SPDX-License-Identifier: Apache-2.0
 *
 * conformance.h: judges a store that somebody else wrote, by the contract of store.h. It needs no
 * test framework and prints nothing; link with libmt940connect-conformance (a test program, not a
 * product: it takes memory from the C heap). docs/store.md shows a complete example.
 */
#ifndef MT940CONNECT_CONFORMANCE_H
#define MT940CONNECT_CONFORMANCE_H

#include "mt940connect/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the kit gets at the store it judges. `user` comes first in every call. */
struct mt940_conformance_store_options {
    size_t size;
    void *user;
    /* Makes an empty store. Called before every check. 0, or any failure of yours. */
    int (*create)(void *user);
    /*
     * Opens a handle to the store that create() made, and again after the kit has closed it:
     * what was applied must still be there. Unless `single_handle` is set, also a second handle
     * beside the first. 0, or any failure of yours.
     */
    int (*open)(void *user, struct mt940_store *out);
    /* Removes the store; every handle is closed by then. Called after every check. May be NULL. */
    void (*destroy)(void *user);
    /*
     * Told after each check: `outcome` 1 passed, 0 failed, -1 skipped; `text` says what was not
     * as it must be ("" when passed). May be NULL.
     */
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text);
    uint64_t seed;         /* of everything random; 0 = 1. The same seed repeats a run exactly */
    int32_t operations;    /* random batches in each of the random checks; 0 = 1000 */
    int32_t single_handle; /* 1 = the store cannot have two handles at once; their checks are skipped */
    const char *only;      /* name of one check to run, NULL = all */
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

/*
 * Runs the checks, each on a store of its own. Returns 0 when none failed, 1 when some did (the
 * report says which), MT940_E_ARGUMENT for unusable options or an unknown `only`, MT940_E_MEMORY.
 * @since 0.1
 */
int mt940_conformance_store(const struct mt940_conformance_store_options *options,
                            struct mt940_conformance_report *report);

/* Name of the `position`-th check from 0 and, in `doc`, one sentence on it; NULL past the last. Static. @since 0.1 */
const char *mt940_conformance_store_check(int32_t position, const char **doc);

#ifdef __cplusplus
}
#endif
#endif
