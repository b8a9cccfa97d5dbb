/* SPDX-License-Identifier: Apache-2.0
 *
 * store_world.h: the same stories (script.h) as world.h runs, through the flow and a store: what
 * the pure room says must also be what is stored.
 */
#ifndef TEST_DBS_STORE_WORLD_H
#define TEST_DBS_STORE_WORLD_H

#include "mt940connect/dbs_total.h"
#include "mt940connect/invoice.h"
#include "script.h"
#include "shaky_store.h"

enum { PLAN_LINES = 128, STORED_MOST = 4096 };

struct store_world {
    struct mt940_store store;
    struct mt940_flow *flow;
    struct mt940_dbs_policy policy;
    struct mt940_view local;
    struct mt940_dbs_plan_line plan[PLAN_LINES];
    size_t plan_count;
    struct mt940_rate rates[16];
    size_t rate_count;
    int64_t clock;
    struct store_trouble *trouble; /* NULL = none */
    struct shaky_store shaky;
    struct mt940_store front;      /* what the flow sees */
};

/*
 * Calls of the store that fail, answers that get lost, other writers in between, and now and then
 * the store is opened anew. Whoever is told of a failure tries again; all else must come out as
 * if nothing had happened.
 */
struct store_trouble {
    uint64_t dice;                           /* not 0 */
    void (*open)(struct mt940_store *store); /* opens it again once it was closed; NULL = it stays open */
    int is_quiet;                            /* for the time being */
    int64_t taken;                           /* by the other writer, from the total of: */
    struct mt940_customer_bank victim;
    char customer[64];
    unsigned adjustments;
};
/* Before a verb, and whether it is to be tried again; a failure is then quiet. */
void store_trouble_begin(struct store_world *world);
int store_trouble_again(struct store_world *world, int status);
/* No trouble until the next verb. */
void store_trouble_rest(struct store_world *world);

/* Runs the story at `path` on this store, which is closed at the end; audits after each line. */
void store_world_run(const char *path, const struct mt940_store *store, struct store_trouble *trouble);

/* Records of a kind, copied; free with store_world_free(). */
struct stored {
    int32_t kind;
    size_t count;
    void *records[STORED_MOST];
};
void store_world_scan(struct store_world *world, int32_t kind, int32_t index, int32_t prefix, const void *from,
                      struct stored *out);
void store_world_free(struct stored *stored);
/* One record, copied into `out`'s first place; its count says whether it is there. */
void store_world_get(struct store_world *world, int32_t kind, const void *key, struct stored *out);
void store_world_put(struct store_world *world, int32_t kind, const void *record);
/* Opens the flow anew, with the policy as it is now. */
void store_world_open(struct store_world *world);
/* Puts the trouble, if any, between store and flow. */
void store_trouble_connect(struct store_world *world);

int64_t store_world_money(const struct script_line *line, const char *text, struct mt940_view currency);
struct mt940_date store_world_date(const struct script_line *line, const char *text);
int64_t store_world_enum(const struct script_line *line, int32_t enumeration, const char *text);
const char *store_world_text(int64_t units, struct mt940_view currency, char buffer[40]);
struct mt940_view store_world_view(const char *text);

#define STORE_VERB(name) void name(void *world, const struct script_line *line, struct script_answer *answer)
STORE_VERB(stored_collect);
STORE_VERB(stored_undo);
STORE_VERB(stored_mark);
STORE_VERB(stored_total);
STORE_VERB(stored_limit);
STORE_VERB(stored_row);
STORE_VERB(stored_flag);
STORE_VERB(stored_risk);

#endif
