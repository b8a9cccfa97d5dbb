/* SPDX-License-Identifier: Apache-2.0
 *
 * flow.c: opens and closes a flow, keeps what it has read of the books, and frames every call.
 */
#include "flow/flow.h"

#include "base/export.h"
#include "flow/ask.h"

enum { default_max_file = 64 << 20, default_rest = 24 * 60 * 60 };

/* Checks a port's struct by its size field, which stands first in each; NULL where `required` is false is fine. */
static bool usable(const void *port, size_t known, bool required)
{
    size_t size;
    if (!port)
        return !required;
    memcpy(&size, port, sizeof size);
    return mt940_check_size(port, size, known, known) == 0;
}

static int check_options(const struct mt940_flow_options *options, struct mt940_error *error)
{
    if (!options || mt940_check_size(options, options->size, sizeof *options, sizeof *options))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size and zero the rest");
    if (!options->company || !options->company[0])
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options.company is empty");
    if (!usable(options->store, sizeof *options->store, true) || !usable(options->clock, sizeof *options->clock, true))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options.store or options.clock: missing or of the wrong size");
    if (!usable(options->books, sizeof *options->books, false) || !usable(options->post, sizeof *options->post, false) ||
        !usable(options->log, sizeof *options->log, false) ||
        !usable(options->progress, sizeof *options->progress, false) ||
        !usable(options->statement, sizeof *options->statement, false) ||
        !usable(options->slip, sizeof *options->slip, false) || !usable(options->dbs, sizeof *options->dbs, false) ||
        !usable(options->lessons, sizeof *options->lessons, false))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "an optional struct of options has the wrong size");
    return 0;
}

/* The host's books; the store's own stand behind every slot it leaves empty. */
static void join_books(struct mt940_flow *flow, const struct mt940_books *host)
{
    (void)mt940_books_from_store(&flow->store, &flow->own_books);
    flow->books = host ? *host : flow->own_books;
}

static void take_ports(struct mt940_flow *flow, const struct mt940_flow_options *options)
{
    flow->store = *options->store;
    flow->clock = *options->clock;
    flow->has_post = options->post != NULL;
    if (options->post)
        flow->post = *options->post;
    if (options->log)
        flow->log = *options->log;
    if (options->progress)
        flow->progress = *options->progress;
    join_books(flow, options->books);
}

static void take_settings(struct mt940_flow *flow, const struct mt940_flow_options *options)
{
    mt940_statement_options_init(&flow->statement);
    mt940_slip_options_init(&flow->slip);
    mt940_dbs_policy_init(&flow->dbs);
    mt940_lesson_policy_init(&flow->lessons);
    if (options->statement)
        flow->statement = *options->statement;
    if (options->slip)
        flow->slip = *options->slip;
    if (options->dbs)
        flow->dbs = *options->dbs;
    if (options->lessons)
        flow->lessons = *options->lessons;
    flow->retries = options->retries ? options->retries : MT940_FLOW_RETRIES;
    flow->rows_a_commit = options->rows_a_commit ? options->rows_a_commit : MT940_FLOW_ROWS;
    flow->match_flags = options->flags;
    flow->max_file = options->max_file ? options->max_file : default_max_file;
    flow->rest_seconds = options->rest_seconds ? options->rest_seconds : default_rest;
    flow->given = options->directory;
    flow->duplicate_days = options->duplicate_days ? options->duplicate_days : MT940_FLOW_DUPLICATE_DAYS;
}

static int take_names(struct mt940_flow *flow, const struct mt940_flow_options *options)
{
    struct mt940_view company, actor;
    mt940_view_from_string(options->company, &company);
    mt940_view_from_string(options->actor, &actor);
    int status = mt940_arena_view(&flow->session, &company, &flow->company);
    return status ? status : mt940_arena_view(&flow->session, &actor, &flow->actor);
}

MT940_EXPORT int mt940_flow_open(const struct mt940_flow_options *options, struct mt940_flow **out,
                                 struct mt940_error *error)
{
    struct mt940_allocator memory;
    int status = check_options(options, error);
    if (status)
        return status;
    if (!out || mt940_memory_init(&memory, options->allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "out or options.allocator");
    struct mt940_flow *flow = mt940_memory_alloc(&memory, sizeof *flow);
    if (!flow)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(flow, 0, sizeof *flow);
    flow->memory = memory;
    mt940_arena_init(&flow->session, &memory, 0);
    mt940_arena_init(&flow->scratch, &memory, 0);
    take_ports(flow, options);
    take_settings(flow, options);
    status = take_names(flow, options);
    if (status) {
        mt940_flow_close(flow);
        return mt940_fail(error, status, 0, NULL);
    }
    *out = flow;
    return 0;
}

MT940_EXPORT void mt940_flow_refresh(struct mt940_flow *flow)
{
    if (!flow)
        return;
    mt940_match_scratch_free(flow->match_scratch);
    mt940_directory_free(flow->directory);
    mt940_slip_rules_free(flow->rules);
    flow->match_scratch = NULL;
    flow->directory = NULL;
    flow->rules = NULL;
}

MT940_EXPORT void mt940_flow_use_directory(struct mt940_flow *flow, const struct mt940_directory *directory)
{
    if (flow)
        flow->given = directory;
}

MT940_EXPORT void mt940_flow_close(struct mt940_flow *flow)
{
    if (!flow)
        return;
    struct mt940_allocator memory = flow->memory;
    mt940_flow_refresh(flow);
    mt940_arena_free(&flow->scratch);
    mt940_arena_free(&flow->session);
    mt940_memory_free(&memory, flow, sizeof *flow);
}

void mt940_flow_forget_scratch(struct mt940_flow *flow)
{
    mt940_arena_free(&flow->scratch);
    mt940_arena_init(&flow->scratch, &flow->memory, 0);
}

int mt940_flow_enter(struct mt940_flow *flow, struct mt940_error *error)
{
    mt940_flow_forget_scratch(flow);
    flow->error = error;
    int status = flow->clock.now(flow->clock.user, &flow->now);
    return status ? mt940_fail(error, MT940_E_CALLBACK, status, "the clock failed") : 0;
}

/* The store's own words on a failure are worth more than the status's sentence. */
static const char *explain(const struct mt940_flow *flow, int status)
{
    const char *text = NULL;
    bool of_store = status == MT940_E_STORE || status == MT940_E_BUSY || status == MT940_E_IO ||
                    status == MT940_E_CORRUPT || status == MT940_E_SCHEMA;
    if (of_store && flow->store.last_error)
        text = flow->store.last_error(flow->store.user);
    return text && text[0] ? text : NULL;
}

int mt940_flow_leave(struct mt940_flow *flow, int status)
{
    struct mt940_error *error = flow->error;
    flow->error = NULL;
    mt940_flow_forget_scratch(flow);
    if (status == 0)
        return 0;
    /* A positive number is a callback's own. */
    if (status > 0)
        return mt940_fail(error, MT940_E_CALLBACK, status, "a callback stopped the call");
    if (!error || error->status != status)
        return mt940_fail(error, status, 0, explain(flow, status));
    return status;
}

int mt940_flow_step(struct mt940_flow *flow, uint64_t done, uint64_t total)
{
    if (!flow->progress.step)
        return 0;
    return flow->progress.step(flow->progress.user, done, total) ? MT940_E_CANCELLED : 0;
}

/* Adds what a books call hands out to the directory. */
struct feeding {
    struct mt940_directory_builder *builder;
    int32_t kind;
    struct mt940_error *error;
};

static int feed(void *user, const void *record)
{
    struct feeding *feeding = user;
    return mt940_directory_builder_add(feeding->builder, feeding->kind, record, feeding->error);
}

static int feed_all(struct mt940_flow *flow, struct mt940_directory_builder *builder)
{
    struct feeding feeding = {builder, MT940_KIND_COMPANY, flow->error};
    const struct mt940_books *books = flow->books.company ? &flow->books : &flow->own_books;
    int status = books->company(books->user, &flow->company, feed, &feeding);
    if (status)
        return status;
    feeding.kind = MT940_KIND_BANK_ACCOUNT;
    books = flow->books.bank_accounts ? &flow->books : &flow->own_books;
    status = books->bank_accounts(books->user, &flow->company, feed, &feeding);
    if (status)
        return status;
    feeding.kind = MT940_KIND_CUSTOMER;
    books = flow->books.customers ? &flow->books : &flow->own_books;
    status = books->customers(books->user, &flow->company, NULL, 0, feed, &feeding);
    if (status)
        return status;
    feeding.kind = MT940_KIND_CUSTOMER_BANK;
    books = flow->books.customer_banks ? &flow->books : &flow->own_books;
    return books->customer_banks(books->user, &flow->company, NULL, 0, feed, &feeding);
}

static int build_directory(struct mt940_flow *flow, struct mt940_directory **out)
{
    struct mt940_directory_builder *builder = NULL;
    int status = mt940_directory_builder_new(&flow->company, &flow->memory, &builder, flow->error);
    if (status == 0)
        status = feed_all(flow, builder);
    if (status == 0)
        status = mt940_directory_build(builder, out, flow->error);
    mt940_directory_builder_free(builder);
    return status;
}

int mt940_flow_directory(struct mt940_flow *flow, const struct mt940_directory **out)
{
    int status = 0;
    if (!flow->match_scratch)
        status = mt940_match_scratch_new(&flow->memory, &flow->match_scratch);
    if (status == 0 && !flow->given && !flow->directory)
        status = build_directory(flow, &flow->directory);
    *out = flow->given ? flow->given : flow->directory;
    return status;
}

MT940_EXPORT int mt940_flow_build_directory(struct mt940_flow *flow, struct mt940_directory **out,
                                            struct mt940_error *error)
{
    if (!flow || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    int status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = mt940_flow_leave(flow, build_directory(flow, out));
    return status;
}

static int feed_rule(void *user, const void *record)
{
    struct mt940_slip_rules_builder *builder = user;
    return mt940_slip_rules_builder_add(builder, record, NULL);
}

int mt940_flow_rules(struct mt940_flow *flow, const struct mt940_slip_rules **out)
{
    struct mt940_slip_rules_builder *builder = NULL;
    int status = 0;
    if (!flow->rules) {
        const struct mt940_books *books = flow->books.transaction_codes ? &flow->books : &flow->own_books;
        status = mt940_slip_rules_builder_new(&flow->slip, &flow->memory, &builder, flow->error);
        if (status == 0)
            status = books->transaction_codes(books->user, &flow->company, feed_rule, builder);
        if (status == 0)
            status = mt940_slip_rules_build(builder, &flow->rules, flow->error);
        mt940_slip_rules_builder_free(builder);
    }
    *out = flow->rules;
    return status;
}

int mt940_flow_company(struct mt940_flow *flow, struct mt940_company *out)
{
    const struct mt940_directory *directory;
    int status = mt940_flow_directory(flow, &directory);
    if (status == 0)
        status = mt940_directory_company(directory, out);
    if (status == MT940_E_NOT_FOUND)
        status = mt940_fail_item(flow->error, MT940_E_NOT_CONFIGURED, "there is no such company in the books",
                                 flow->company.data, flow->company.length);
    return status;
}
