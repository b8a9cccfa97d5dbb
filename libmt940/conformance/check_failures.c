/* SPDX-License-Identifier: Apache-2.0
 *
 * check_failures.c: what is underneath the store fails, at every point there is. What the store
 * answers must be true, and the next call must work. For hosts that can let it fail (fail_at,
 * lose_answer).
 */
#include "kit.h"

#include <string.h>

enum { BATCHES = 3, MOST_OPERATIONS = 5000 };

/* --- the hooks --- */

static int64_t arm(struct mt940_kit *kit, int64_t at)
{
    int64_t count = mt940_kit_hooks(kit)->fail_at(kit->subject->user, at);

    mt940_kit_require(kit, count >= 0, "fail_at() returned %lld", (long long)count);
    return count;
}

/* Whether the sweep goes on: the failure was met, and the one behind it may be, too. */
static bool goes_on(struct mt940_kit *kit, int64_t at)
{
    int64_t count = arm(kit, 0);

    mt940_kit_require(kit, at < MOST_OPERATIONS, "there is no end to the operations of one call");
    return count >= at;
}

static void begin_sweep(struct mt940_kit *kit)
{
    if (!mt940_kit_hooks(kit)->fail_at)
        mt940_kit_skip(kit, "fail_at is not given");
    arm(kit, 0);
}

/* --- the call that is tried: one batch of four kinds, one that is refused, one behind it --- */

struct call {
    struct mt940_change changes[BATCHES][4];
    struct mt940_batch batches[BATCHES];
};

static struct mt940_change put_setting(struct mt940_kit *kit, const char *name)
{
    struct mt940_setting *setting = mt940_kit_alloc(kit, sizeof(*setting));

    setting->name = mt940_kit_view(name);
    return mt940_kit_put_new(MT940_KIND_SETTING, setting);
}

static struct mt940_change raise_total(struct mt940_kit *kit, int32_t ceiling)
{
    struct mt940_change change = mt940_kit_total_add(mt940_kit_bank(kit, 1, 0), 7, mt940_kit_line(kit, "F"));

    change.ceiling = ceiling; /* as a value: 0, which a total above it refuses */
    return change;
}

static struct call *make_call(struct mt940_kit *kit, int64_t number)
{
    struct call *call = mt940_kit_alloc(kit, sizeof(*call));
    static const size_t counts[BATCHES] = {4, 2, 1};
    struct mt940_invoice *invoice = mt940_kit_alloc(kit, sizeof(*invoice));
    struct mt940_payment *payment = mt940_kit_alloc(kit, sizeof(*payment));
    long long n = (long long)number;

    invoice->company = payment->company = mt940_kit_view("01");
    invoice->number = payment->invoice = mt940_kit_view(mt940_kit_text(kit, "F%lld", n));
    invoice->kind = MT940_INVOICE_KIND_SALE;
    payment->line = 1;
    call->changes[0][0] = put_setting(kit, "note");
    if (number > 0)
        call->changes[0][0] = mt940_kit_put_if(MT940_KIND_SETTING, call->changes[0][0].record, number);
    call->changes[0][1] = raise_total(kit, MT940_CEILING_NONE);
    call->changes[0][2] = mt940_kit_put_new(MT940_KIND_INVOICE, invoice);
    call->changes[0][3] = mt940_kit_put_new(MT940_KIND_PAYMENT, payment);
    call->changes[1][0] = put_setting(kit, "never");
    call->changes[1][1] = raise_total(kit, MT940_CEILING_VALUE);
    call->changes[2][0] = put_setting(kit, mt940_kit_text(kit, "third%lld", n));
    for (int i = 0; i < BATCHES; i++)
        call->batches[i] = mt940_kit_batch(mt940_kit_action(kit, mt940_kit_text(kit, "call%lld-%d", n, i), "told"),
                                           call->changes[i], counts[i]);
    return call;
}

static struct mt940_kit_model *set_up(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 1000));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);

    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_apply_both(kit, &kit->store, model, make_call(kit, 0)->batches, BATCHES);
    return model;
}

static void reopen(struct mt940_kit *kit)
{
    mt940_kit_close(&kit->store);
    mt940_kit_open(kit, &kit->store);
}

/* --- judging an answer --- */

/* After a negative answer: each batch is there wholly or not, and only UNKNOWN allows it to be there. */
static void resolve(struct mt940_kit *kit, struct mt940_kit_model *model, const struct call *call, int status)
{
    struct mt940_batch_result *ignored = mt940_kit_alloc(kit, sizeof(*ignored));

    mt940_kit_require(kit, status < 0 && status != MT940_E_NOT_FOUND && status != MT940_E_EXISTS,
                      "a failing apply returned %d", status);
    for (int i = 0; i < BATCHES; i++) {
        if (!mt940_kit_get(kit, &kit->store, MT940_KIND_ACTION, call->batches[i].action))
            continue;
        mt940_kit_require(kit, status == MT940_E_UNKNOWN, "apply returned %d, but batch %d is stored", status, i);
        mt940_kit_model_apply(kit, model, &call->batches[i], ignored);
    }
}

/* Applies once while something fails; then the same again, which must bring it to its end. */
static void try_call(struct mt940_kit *kit, struct mt940_kit_model *model, const struct call *call, int status,
                     const struct mt940_batch_result *results)
{
    struct mt940_batch_result *wanted = mt940_kit_alloc(kit, sizeof(*wanted));

    if (status)
        resolve(kit, model, call, status);
    for (int i = 0; status == 0 && i < BATCHES; i++) {
        mt940_kit_model_apply(kit, model, &call->batches[i], wanted);
        mt940_kit_require(kit, results[i].outcome == wanted->outcome && results[i].change == wanted->change,
                          "something failed, and the outcome of batch %d is %d instead of %d", i,
                          (int)results[i].outcome, (int)wanted->outcome);
    }
    mt940_kit_require_equal(kit, &kit->store, model);
    reopen(kit);
    mt940_kit_require_equal(kit, &kit->store, model);
    mt940_kit_apply_both(kit, &kit->store, model, call->batches, BATCHES);
    mt940_kit_require_equal(kit, &kit->store, model);
}

static int apply_raw(struct mt940_kit *kit, const struct call *call, struct mt940_batch_result *results)
{
    for (int i = 0; i < BATCHES; i++)
        results[i].size = sizeof(results[i]);
    return kit->store.apply(kit->store.user, call->batches, BATCHES, results);
}

static void failing_apply(struct mt940_kit *kit)
{
    begin_sweep(kit);
    struct mt940_kit_model *model = set_up(kit);
    bool is_more = true;

    for (int64_t at = 1; is_more; at++) {
        const struct call *call = make_call(kit, at);
        struct mt940_batch_result *results = mt940_kit_alloc(kit, BATCHES * sizeof(*results));
        arm(kit, at);
        int status = apply_raw(kit, call, results);
        is_more = goes_on(kit, at);
        mt940_kit_require(kit, at > 1 || is_more, "fail_at() counts no operation below an apply");
        mt940_kit_require(kit, is_more || status == 0, "apply returned %d though nothing failed", status);
        try_call(kit, model, call, status, results);
        mt940_kit_tidy(kit);
    }
}

/* The same with no closing between: what failed must not be left in the handle. */
static void failing_apply_one_handle(struct mt940_kit *kit)
{
    begin_sweep(kit);
    struct mt940_kit_model *model = set_up(kit);
    bool is_more = true;

    for (int64_t at = 1; is_more; at++) {
        const struct call *call = make_call(kit, at);
        struct mt940_batch_result *results = mt940_kit_alloc(kit, BATCHES * sizeof(*results));
        arm(kit, at);
        int status = apply_raw(kit, call, results);
        is_more = goes_on(kit, at);
        mt940_kit_apply(kit, &kit->store, call->batches, BATCHES);
        for (int i = 0; i < BATCHES; i++)
            mt940_kit_model_apply(kit, model, &call->batches[i], results);
        mt940_kit_require(kit, is_more || status == 0, "apply returned %d though nothing failed", status);
        mt940_kit_require_equal(kit, &kit->store, model);
        mt940_kit_tidy(kit);
    }
    reopen(kit);
    mt940_kit_require_equal(kit, &kit->store, model);
}

static int count_record(void *user, const void *record)
{
    (void)record;
    ++*(int *)user;
    return 0;
}

/* Absent is an answer, too: whoever cannot read must not give it. */
static void failing_reads(struct mt940_kit *kit)
{
    begin_sweep(kit);
    struct mt940_kit_model *model = set_up(kit);
    const struct mt940_action *action = make_call(kit, 0)->batches[0].action;
    bool is_more = true;

    for (int64_t at = 1; is_more; at++) {
        int got = 0, met = 0;
        arm(kit, at);
        int status = kit->store.get(kit->store.user, MT940_KIND_ACTION, action, count_record, &got);
        is_more = goes_on(kit, at);
        mt940_kit_require(kit, status == 0 ? got == 1 : status < 0 && status != MT940_E_NOT_FOUND,
                          "a failing get returned %d and gave %d records", status, got);
        arm(kit, at);
        status = kit->store.scan(kit->store.user, MT940_KIND_ACTION, 0, 0, NULL, 0, 0, count_record, &met);
        is_more = goes_on(kit, at) || is_more;
        mt940_kit_require(kit, status == 0 ? met == 3 : status < 0, "a failing scan returned %d after %d of 3 records",
                          status, met);
        mt940_kit_require_equal(kit, &kit->store, model);
        mt940_kit_tidy(kit);
        action = make_call(kit, 0)->batches[0].action;
    }
}

static void failing_open(struct mt940_kit *kit)
{
    begin_sweep(kit);
    struct mt940_kit_model *model = set_up(kit);
    bool is_more = true;

    for (int64_t at = 1; is_more; at++) {
        arm(kit, at);
        mt940_kit_close(&kit->store); /* what fails in closing must not cost anything either */
        int status = mt940_kit_try_open(kit, &kit->store);
        is_more = goes_on(kit, at);
        mt940_kit_require(kit, is_more || status == 0, "open returned %d though nothing failed", status);
        if (status)
            mt940_kit_open(kit, &kit->store);
        mt940_kit_require_equal(kit, &kit->store, model);
        mt940_kit_tidy(kit);
    }
}

/* The commit happened: an ordinary failure would be a lie, and UNKNOWN must be found by its key. */
static void answer_lost(struct mt940_kit *kit)
{
    if (!mt940_kit_hooks(kit)->lose_answer)
        mt940_kit_skip(kit, "lose_answer is not given");
    struct mt940_kit_model *model = set_up(kit);
    for (int64_t number = 1; number <= 4; number++) {
        const struct call *call = make_call(kit, number);
        struct mt940_batch_result *results = mt940_kit_alloc(kit, BATCHES * sizeof(*results));
        int status = mt940_kit_hooks(kit)->lose_answer(kit->subject->user);
        mt940_kit_require(kit, status == 0, "lose_answer() returned %d", status);
        status = apply_raw(kit, call, results);
        mt940_kit_require(kit, status == 0 || status == MT940_E_UNKNOWN,
                          "the answer to a commit was lost, and apply returned %d: nothing stored", status);
        bool is_there = mt940_kit_get(kit, &kit->store, MT940_KIND_ACTION, call->batches[0].action) != NULL;
        mt940_kit_require(kit, is_there, "a commit happened, and its key is not found");
        try_call(kit, model, call, status, results);
        mt940_kit_tidy(kit);
    }
}

const struct mt940_kit_check mt940_kit_failure_checks[] = {
    {"failing-apply", "Whatever fails below an apply, its answer is true and the same call then succeeds.",
     failing_apply},
    {"failing-apply-one-handle", "The handle a call failed on goes on with the truth, without being opened again.",
     failing_apply_one_handle},
    {"failing-reads", "A get or scan that fails says so: neither absent nor a part.", failing_reads},
    {"failing-open", "A closing or opening that fails costs nothing that was stored.", failing_open},
    {"answer-lost", "A commit whose answer was lost is told truly, or UNKNOWN and found by its key.", answer_lost},
    {NULL, NULL, NULL},
};
