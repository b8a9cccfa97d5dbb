/* SPDX-License-Identifier: Apache-2.0
 *
 * order_scene.h: a company with a customer at three banks, a store that can be disturbed between reading and writing,
 * and calls that export and answer with the figures a test looks at.
 */
#ifndef TEST_DBS_ORDER_SCENE_H
#define TEST_DBS_ORDER_SCENE_H

#include "mt940connect/dbs_order.h"
#include "mt940connect/invoice.h"

/* A store in front of another one: `before` runs once, just before a batch is applied. */
struct rival {
    struct mt940_store store;
    struct mt940_flow *other;
    void (*before)(struct rival *rival);
    int times;
    int lose_answer;
    int calls; /* of apply */
    int reads; /* records that get and scan handed over */
    mt940_record_sink sink; /* of the running read */
    void *sink_user;
};

struct scene {
    struct rival rival;
    struct mt940_store front;
    struct mt940_flow *flow;
};

/* Accounts A (bank 0062), B (0111) and M, whose branch is a word; customer C has a DBS record at each. */
void begin(struct scene *scene);
void end(struct scene *scene);
struct mt940_view text(const char *string);
void put(struct mt940_flow *flow, int32_t kind, const void *record);
/* An invoice event that must be saved; ADD is dated 2026-07-01, due 2026-07-15. */
void event(struct mt940_flow *flow, int32_t verb, const char *number, int64_t amount, const char *account,
           int32_t instalments);
void add(struct scene *scene, const char *number, int64_t amount);

/* What an export told; `tell` and `find` are its sinks. */
struct told {
    int calls;
    int32_t saved;
    int64_t rows, number;
    uint32_t added, updated, cancelled, left_out;
    char file[4096];
    size_t length;
    int findings;
    int32_t finding;
};

int tell(void *user, const struct mt940_dbs_export_result *result);
int find(void *user, const struct mt940_dbs_finding *finding);
struct told export(struct scene *scene, const char *bank, uint32_t flags);

/* What an answer did. */
struct heard {
    struct mt940_dbs_answer_summary summary;
    int results, findings;
    int32_t finding, message;
    uint32_t line;
    int64_t state;
};

struct heard answer(struct scene *scene, const char *file, int32_t check);

/* The last of the orders. */
struct seen {
    int rows;
    int32_t pending;
    int64_t open, state;
};

struct seen orders(struct scene *scene, const char *bank, int32_t all);

#endif
