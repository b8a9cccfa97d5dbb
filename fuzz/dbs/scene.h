/* SPDX-License-Identifier: Apache-2.0
 *
 * scene.h: the company of model.h in a real store, in memory or on an SQLite file, with a flow over it, statements of two
 * own accounts in its inbox, and trouble between flow and store. What is in the store is compared with the model here.
 */
#ifndef FUZZ_DBS_SCENE_H
#define FUZZ_DBS_SCENE_H

#include "mt940connect/mt940connect.h"
#include "model.h"
#include "shaky_store.h"

struct scene {
    struct mt940_store store, front;
    struct shaky_store shaky;
    struct mt940_flow *flow;
    struct mt940_clock clock;
    int64_t seconds;
    int on_sqlite;
    struct model model;
    /* What happens to the next batch, once. */
    enum shaky_fate fate;
    int rival_record; /* -1 = nobody; else another writer adds to its total first */
    int64_t rival_delta;
    unsigned fail_read; /* the n-th read from now on fails, once; 0 = none */
    int has_asked;      /* a batch was tried: a read that fails behind it would hide what became of it */
    int has_rival_written;
    unsigned names;   /* adjustments so far */
    int has_trouble;  /* in this event */
};

/* Row k of model.h's slips stands in the statement of this account; a row that takes it back stands four behind it. */
#define SCENE_ACCOUNT(slip) ((slip) / 4)
#define SCENE_ROW(slip) ((slip) % 4 + 1)
extern const int64_t scene_amounts[MODEL_SLIPS];
enum { SCENE_VALUE_DATE = 20260820 };

/* Ends the program where a promise is broken; the line says which. */
#define SCENE_MUST(holds) ((holds) ? (void)0 : scene_broken(#holds, __FILE__, __LINE__))
void scene_broken(const char *promise, const char *file, int line);

/* With -DDBS_TRACE a replayed input tells its story. */
#ifdef DBS_TRACE
#include <stdio.h>
#define SCENE_SAY(...) (void)fprintf(stderr, __VA_ARGS__)
#else
#define SCENE_SAY(...) (void)0
#endif

void scene_begin(struct scene *scene, int on_sqlite);
void scene_end(struct scene *scene);
/* Closes flow and store and opens them again; a store in memory stays. */
void scene_reopen(struct scene *scene);
/* Whether a call that failed is to be made again: 1 at most once for each trouble that was armed. */
int scene_again(struct scene *scene, int status);

struct mt940_view scene_view(const char *text);
struct mt940_view scene_customer(int customer);
struct mt940_view scene_account(int account);
/* "F07", in a static buffer for each number. */
struct mt940_view scene_number(int number);
/* Id of the inbox record of an own account. */
struct mt940_view scene_item(int account);
/* Puts limit and control of the model's record into the books. */
void scene_put_record(struct scene *scene, int record);

/* The four totals and all rows. */
void scene_check(const struct scene *scene);
void scene_audit(struct scene *scene);

#endif
