/* SPDX-License-Identifier: Apache-2.0
 *
 * flow/flow.h: the inside of a flow: the ports it was given, what it has read of the books, and
 * the memory of the call that is running.
 */
#ifndef MT940_FLOW_FLOW_H
#define MT940_FLOW_FLOW_H

#include "base/failure.h"
#include "base/memory.h"
#include "base/view.h"
#include "mt940connect/flow.h"

enum { MT940_FLOW_RETRIES = 16, MT940_FLOW_DUPLICATE_DAYS = 5, MT940_FLOW_PAIR_DAYS = 5, MT940_FLOW_ROWS = 20 };

struct mt940_flow {
    struct mt940_allocator memory;
    struct mt940_arena session; /* company, actor: as long as the flow */
    struct mt940_arena scratch; /* as long as a call, or as a part of it */
    struct mt940_view company;
    struct mt940_view actor;
    struct mt940_store store;
    struct mt940_books books; /* the host's, with the store's in the slots it left empty */
    struct mt940_books own_books;
    struct mt940_post post;
    bool has_post;
    struct mt940_clock clock;
    struct mt940_log log;
    struct mt940_progress progress;
    struct mt940_statement_options statement;
    struct mt940_slip_options slip;
    struct mt940_dbs_policy dbs;
    struct mt940_lesson_policy lessons;
    uint32_t retries;
    uint32_t rows_a_commit;
    uint32_t match_flags;
    uint64_t max_file;
    int32_t duplicate_days;
    int64_t rest_seconds; /* negative = never */
    const struct mt940_directory *given; /* the host's, may be older than the books; NULL = none */
    /* Read of the books when first needed; mt940_flow_refresh() drops them. */
    struct mt940_directory *directory;
    struct mt940_match_scratch *match_scratch; /* with the directory */
    struct mt940_slip_rules *rules;
    /* Of the running call. */
    int64_t now;
    struct mt940_error *error;
};

/* Begins a public call: empties the scratch memory, asks the clock. 0 or a status. */
int mt940_flow_enter(struct mt940_flow *flow, struct mt940_error *error);
/* Ends it: fills the error if `status` is a failure that nobody described yet, frees the scratch. */
int mt940_flow_leave(struct mt940_flow *flow, int status);
/* Frees the scratch memory between independent parts of a long call. */
void mt940_flow_forget_scratch(struct mt940_flow *flow);
/* Reports progress; MT940_E_CANCELLED when the host asks to stop. */
int mt940_flow_step(struct mt940_flow *flow, uint64_t done, uint64_t total);
/* The directory and the rules, built on first use. */
int mt940_flow_directory(struct mt940_flow *flow, const struct mt940_directory **out);
int mt940_flow_rules(struct mt940_flow *flow, const struct mt940_slip_rules **out);
/* The company's record. MT940_E_NOT_FOUND when there is none: NOT_CONFIGURED for people. */
int mt940_flow_company(struct mt940_flow *flow, struct mt940_company *out);

#endif
