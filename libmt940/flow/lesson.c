/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson.c: lists and forgets what a person's choices taught. Teaches nothing (row_lesson.c).
 */
#include "flow/ask.h"
#include "flow/plan.h"

#include "base/export.h"
#include "base/sha256.h"

enum { lessons_a_batch = 500 };

static int check_filter(const struct mt940_lesson_filter *filter, struct mt940_error *error)
{
    if (filter && mt940_check_size(filter, filter->size, sizeof *filter, sizeof *filter))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "filter: set size");
    return 0;
}

static bool begins_with(const struct mt940_view *text, const struct mt940_view *beginning)
{
    return text->length >= beginning->length &&
           (beginning->length == 0 || memcmp(text->data, beginning->data, beginning->length) == 0);
}

static bool fits(const struct mt940_lesson_filter *filter, const struct mt940_lesson *lesson)
{
    return !filter ||
           ((filter->bank_account.length == 0 || mt940_view_equal(&filter->bank_account, &lesson->bank_account) == 1) &&
            (filter->customer.length == 0 || mt940_view_equal(&filter->customer, &lesson->customer) == 1) &&
            begins_with(&lesson->value, &filter->value));
}

struct listing {
    const struct mt940_lesson_filter *filter;
    mt940_record_sink sink;
    void *sink_user;
};

static int pass(void *user, const void *record)
{
    const struct listing *listing = user;
    return fits(listing->filter, record) ? listing->sink(listing->sink_user, record) : 0;
}

/* Walks the order that the filter makes shortest. */
static int walk(struct mt940_flow *flow, struct listing *listing)
{
    const struct mt940_lesson_filter *filter = listing->filter;
    struct mt940_lesson from;
    int32_t index = 0, prefix = 1;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (filter && filter->bank_account.length) {
        from.bank_account = filter->bank_account;
        prefix = 2;
    } else if (filter && filter->customer.length) {
        from.customer = filter->customer;
        index = MT940_LESSON_BY_CUSTOMER;
        prefix = 2;
    }
    return flow->store.scan(flow->store.user, MT940_KIND_LESSON, index, prefix, &from, 0, 0, pass, listing);
}

MT940_EXPORT int mt940_flow_lessons(struct mt940_flow *flow, const struct mt940_lesson_filter *filter,
                                    mt940_record_sink sink, void *sink_user, struct mt940_error *error)
{
    struct listing listing = {filter, sink, sink_user};
    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    int status = check_filter(filter, error);
    if (status == 0)
        status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    status = walk(flow, &listing);
    return mt940_flow_leave(flow, status);
}

/* A lesson that was learned anew begins at revision 1 again, so the time is part of the name of what is done. */
static int name_batch(struct mt940_flow *flow, const struct mt940_found *found, size_t from, size_t to,
                      struct mt940_view *out)
{
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char text[16 + 2 * sizeof digest] = "lesson-forget:";
    size_t length = strlen(text);
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, (const char *)&flow->now, sizeof flow->now);
    for (size_t i = from; i < to; i++) {
        const struct mt940_lesson *lesson = mt940_found_at(found, i);
        const struct mt940_view *texts[] = {&lesson->bank_account, &lesson->value, &lesson->customer, &lesson->movement};
        const int64_t numbers[] = {lesson->side, lesson->basis, lesson->revision};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            mt940_sha256_part(&hash, texts[k]->data, texts[k]->length);
        mt940_sha256_part(&hash, (const char *)numbers, sizeof numbers);
    }
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof digest, text + length);
    struct mt940_view view = mt940_view_of(text, length + 2 * sizeof digest);
    return mt940_arena_view(&flow->scratch, &view, out);
}

static int forget_batch(struct mt940_flow *flow, const struct mt940_found *found, size_t from, size_t to)
{
    struct mt940_batch_result result;
    struct mt940_plan plan;
    struct mt940_view key;
    int status = name_batch(flow, found, from, to, &key);
    if (status)
        return status;
    mt940_plan_begin(&plan, flow, "lesson-forget", key);
    for (size_t i = from; i < to; i++) {
        const struct mt940_lesson *lesson = mt940_found_at(found, i);
        mt940_plan_delete_if(&plan, MT940_KIND_LESSON, lesson, lesson->revision);
    }
    status = mt940_plan_apply(&plan, &result);
    mt940_plan_end(&plan);
    return status ? status : result.outcome == MT940_CONFLICT ? MT940_E_CONFLICT : 0;
}

/* What was forgotten before a conflict stays forgotten; the rest is read anew. */
static int forget_found(struct mt940_flow *flow, const struct mt940_lesson_filter *filter, size_t *forgotten)
{
    struct mt940_found found;
    struct listing listing = {filter, mt940_found_add, &found};
    mt940_found_init(&found, flow, MT940_KIND_LESSON);
    int status = mt940_found_end(&found, walk(flow, &listing));
    for (size_t at = 0; status == 0 && at < found.count; at += lessons_a_batch) {
        size_t to = found.count - at > lessons_a_batch ? at + lessons_a_batch : found.count;
        status = forget_batch(flow, &found, at, to);
        if (status == 0 && forgotten)
            *forgotten += to - at;
    }
    mt940_found_free(&found);
    return status;
}

MT940_EXPORT int mt940_flow_lessons_forget(struct mt940_flow *flow, const struct mt940_lesson_filter *filter,
                                           size_t *forgotten, struct mt940_error *error)
{
    if (!flow || !filter)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or filter");
    int status = check_filter(filter, error);
    if (status == 0 && !filter->bank_account.length && !filter->customer.length && !filter->value.length)
        status = mt940_fail(error, MT940_E_ARGUMENT, 0, "a filter that restricts nothing would forget everything");
    if (status == 0)
        status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    if (forgotten)
        *forgotten = 0;
    status = MT940_E_CONFLICT;
    for (uint32_t tries = 0; tries <= flow->retries && status == MT940_E_CONFLICT; tries++)
        status = forget_found(flow, filter, forgotten);
    return mt940_flow_leave(flow, status);
}
