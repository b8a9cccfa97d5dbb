/* SPDX-License-Identifier: Apache-2.0
 *
 * shaky_store.h: a store in front of another one whose calls go wrong as its owner says, and in
 * front of which other writers get in between: what a network, a full disk or a busy office does.
 */
#ifndef MT940_TESTS_SHAKY_STORE_H
#define MT940_TESTS_SHAKY_STORE_H

#include "mt940connect/store.h"

/* What becomes of a call of apply(). */
enum shaky_fate {
    SHAKY_GOES,
    SHAKY_FAILS,      /* E_IO, nothing stored */
    SHAKY_LOST,       /* E_UNKNOWN, nothing stored */
    SHAKY_UNANSWERED, /* E_UNKNOWN, but all of it is stored */
    SHAKY_FATES
};

struct shaky_store {
    struct mt940_store *behind;    /* borrowed; read at every call, so it may be opened anew */
    enum shaky_fate (*fate)(void *user);
    /* Another writer's moment, before and behind what is stored; on `behind`. */
    void (*before)(void *user);
    void (*after)(void *user);
    int (*read_fails)(void *user); /* 0 or the status of a get or scan */
    void *user;
    int is_asking;                 /* an answer got lost: the look-up that follows is spared */
};

/* All four functions may be NULL. `out` lives as long as `shaky`; closing it closes nothing. */
void shaky_store_front(struct shaky_store *shaky, struct mt940_store *out);

#endif
