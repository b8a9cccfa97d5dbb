/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_answer.c: a bank's answer into the orders: each line finds its order, the pure room says
 * what becomes of it, and all changes of the file are one batch under the file's own key.
 */
#include <string.h>

#include "base/export.h"
#include "base/sha256.h"
#include "flow/ask.h"
#include "flow/note.h"
#include "flow/plan.h"
#include "flow/wish.h"
#include "mt940connect/schema.h"
#include "text/argument.h"

/* What a line changed. */
struct changed {
    struct mt940_dbs_order before, after; /* texts in the scratch memory */
    uint32_t line;
    int32_t message;
};

/* One attempt. */
struct answering {
    struct mt940_flow *flow;
    const struct mt940_dbs_answer_request *request;
    struct mt940_dbs_answer_options options;
    struct mt940_plan plan;
    struct mt940_notes notes;
    struct changed *list;
    size_t count, capacity;
    struct mt940_dbs_answer_summary summary;
};

/* ---- Finding the order ---- */

/* As the plan will leave it, where an earlier line of the file changed it. */
static void take_pending(struct answering *answering, struct mt940_dbs_order *order)
{
    const struct mt940_dbs_order *pending = mt940_plan_pending(&answering->plan, MT940_KIND_DBS_ORDER, order);

    if (pending)
        *order = *pending;
}

static int find_by_reference(struct answering *answering, const struct mt940_dbs_order *key,
                             struct mt940_dbs_order *out)
{
    struct mt940_found found;
    int status = mt940_ask_scan(answering->flow, MT940_KIND_DBS_ORDER, MT940_DBS_ORDER_BY_REFERENCE, 3, key, &found);

    if (status == 0 && found.count > 0)
        *out = *(const struct mt940_dbs_order *)mt940_found_at(&found, 0);
    else if (status == 0)
        status = MT940_E_NOT_FOUND;
    mt940_found_free(&found);
    return status;
}

static int find_order(struct answering *answering, const struct mt940_dbs_answer *answer, struct mt940_dbs_order *out)
{
    struct mt940_dbs_order key;
    int status;

    memset(&key, 0, sizeof key);
    key.company = answering->flow->company;
    key.bank = answering->request->bank;
    key.reference = answer->reference;
    key.invoice = answer->invoice;
    key.line = answer->row;
    status = key.reference.length > 0 ? find_by_reference(answering, &key, out)
                                      : mt940_ask_get(answering->flow, MT940_KIND_DBS_ORDER, &key, out);
    if (status == 0)
        take_pending(answering, out);
    return status;
}

/* ---- One line ---- */

static struct mt940_view name_of(const struct mt940_dbs_answer *answer)
{
    return answer->reference.length > 0 ? answer->reference : answer->invoice;
}

static struct mt940_view state_name(int64_t state)
{
    struct mt940_view view;

    mt940_view_from_string(mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, state, "en"), &view);
    return view;
}

static int note_refused(struct answering *answering, const struct mt940_dbs_answer *answer,
                        const struct mt940_dbs_order *order, int32_t message)
{
    const struct mt940_message_arg late[] = {mt940_argument_text("value", name_of(answer)),
                                             mt940_argument_text("was", state_name(order->state)),
                                             mt940_argument_text("state", state_name(answer->state))};
    const struct mt940_message_arg other[] = {mt940_argument_text("value", name_of(answer)),
                                              mt940_argument_number("row", order->run),
                                              mt940_argument_number("count", answer->run)};

    return message == MT940_M_DBS_ANSWER_LATE ? mt940_notes_say(&answering->notes, message, answer->line, late, 3)
                                              : mt940_notes_say(&answering->notes, message, answer->line, other, 3);
}

static int note_amount(struct answering *answering, const struct mt940_dbs_answer *answer)
{
    char text[40];
    int length = mt940_decimal_format(answer->paid.units, answer->paid.scale, answer->paid.scale, text);
    const struct mt940_message_arg args[] = {
        mt940_argument_word("name", "paid"),
        mt940_argument_text("value", mt940_view_of(text, (size_t)length)),
        mt940_argument_message("expected", MT940_M_CSV_AN_EXACT_AMOUNT)};

    return mt940_notes_say(&answering->notes, MT940_M_CSV_VALUE, answer->line, args, 3);
}

static int keep_change(struct answering *answering, uint32_t line, int32_t message,
                       const struct mt940_dbs_order *before, const struct mt940_dbs_order *after)
{
    void *list = answering->list;
    struct changed *changed;
    int status = mt940_memory_reserve(&answering->flow->memory, &list, &answering->capacity, answering->count + 1,
                                      sizeof *answering->list);

    answering->list = list;
    if (status)
        return status;
    changed = &answering->list[answering->count];
    changed->line = line;
    changed->message = message;
    changed->before = *before;
    status = mt940_ask_copy(answering->flow, MT940_KIND_DBS_ORDER, after, &changed->after);
    answering->count += status == 0;
    if (status == 0)
        mt940_plan_put_if(&answering->plan, MT940_KIND_DBS_ORDER, &changed->after, before->revision);
    return status ? status : answering->plan.status;
}

static int judge(struct answering *answering, const struct mt940_dbs_answer *answer)
{
    struct mt940_dbs_order before, after;
    const struct mt940_message_arg unknown[] = {mt940_argument_text("value", name_of(answer)),
                                                mt940_argument_text("bank", answering->request->bank)};
    int32_t message = 0;
    int status = find_order(answering, answer, &before), changes;

    if (status == MT940_E_NOT_FOUND)
        return mt940_notes_say(&answering->notes, MT940_M_DBS_ORDER_UNKNOWN, answer->line, unknown, 2);
    if (status)
        return status;
    changes = mt940_dbs_order_answer(&before, answer, answering->flow->now, &after, &message);
    if (changes == MT940_E_RANGE)
        return note_amount(answering, answer);
    if (changes < 0)
        return changes;
    answering->summary.lines++;
    if (changes == 1)
        return keep_change(answering, answer->line, message, &before, &after);
    answering->summary.same += message == 0;
    return message ? note_refused(answering, answer, &before, message) : 0;
}

static int take_answer(void *user, const struct mt940_dbs_answer *answer)
{
    struct answering *answering = user;
    const struct mt940_message_arg args[] = {mt940_argument_text("value", answer->bank),
                                             mt940_argument_text("bank", answering->request->bank)};

    if (answer->bank.length > 0 && !mt940_view_equal(&answer->bank, &answering->request->bank))
        return mt940_notes_say(&answering->notes, MT940_M_DBS_OTHER_BANK, answer->line, args, 2);
    return judge(answering, answer);
}

static int take_finding(void *user, const struct mt940_dbs_finding *finding)
{
    return mt940_notes_add(&((struct answering *)user)->notes, finding);
}

/* ---- The file ---- */

static void hash_string(struct mt940_sha256 *hash, const char *text)
{
    mt940_sha256_part(hash, text, strlen(text));
}

/* The bytes and how they are read: with a word added to the layout, the same file is read anew. */
static struct mt940_view key_of(const struct answering *answering, char text[80])
{
    static const char prefix[] = "dbs-answer:";
    const struct mt940_dbs_layout *layout = answering->options.layout;
    struct mt940_sha256 hash;
    uint8_t digest[32];

    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, answering->request->bank.data, answering->request->bank.length);
    for (size_t i = 0; i < layout->answer_count; i++) {
        mt940_sha256_part(&hash, &layout->answers[i].field, sizeof layout->answers[i].field);
        hash_string(&hash, layout->answers[i].heading);
    }
    for (size_t i = 0; i < layout->state_count; i++) {
        mt940_sha256_part(&hash, &layout->states[i].value, sizeof layout->states[i].value);
        hash_string(&hash, layout->states[i].word);
    }
    mt940_sha256_part(&hash, answering->request->bytes, answering->request->length);
    mt940_sha256_final(&hash, digest);
    memcpy(text, prefix, sizeof prefix - 1);
    mt940_hex(digest, sizeof digest, text + sizeof prefix - 1);
    return mt940_view_of(text, sizeof prefix - 1 + 2 * sizeof digest);
}

static int read_file(struct answering *answering)
{
    const struct mt940_dbs_answer_sink sink = {sizeof sink, answering, take_answer, take_finding};

    return mt940_dbs_answer_read(answering->request->bytes, answering->request->length, &answering->options, &sink,
                                 answering->flow->error);
}

static int keep(struct answering *answering, bool *again)
{
    struct mt940_batch_result result;
    int status;

    if (answering->count == 0 || answering->request->check)
        return 0;
    status = mt940_plan_apply(&answering->plan, &result);
    if (status)
        return status;
    *again = result.outcome != MT940_APPLIED && result.outcome != MT940_ALREADY;
    if (result.outcome == MT940_ALREADY) {
        answering->summary.already = 1;
        answering->count = 0;
    }
    return 0;
}

static int tell_change(const struct changed *changed, mt940_dbs_answer_result_sink sink, void *sink_user)
{
    const struct mt940_dbs_order *order = &changed->after;
    const struct mt940_message_arg args[] = {
        mt940_argument_text("value", order->reference),
        mt940_argument_text("reason", order->text.length > 0 ? order->text : order->code),
        mt940_argument_money("paid", order->paid, &order->currency),
        mt940_argument_money("amount", order->amount, &order->currency)};
    const struct mt940_dbs_answer_result result = {.size = sizeof result, .line = changed->line,
                                                   .message = changed->message, .before = &changed->before,
                                                   .after = order, .args = args, .arg_count = 4};

    return sink(sink_user, &result);
}

static int tell(struct answering *answering, mt940_dbs_answer_result_sink sink, mt940_dbs_finding_sink finding,
                void *sink_user)
{
    int status = answering->summary.already ? 0 : mt940_notes_tell(&answering->notes, finding, sink_user);

    for (size_t i = 0; sink && i < answering->count && status == 0; i++)
        status = tell_change(&answering->list[i], sink, sink_user);
    answering->summary.size = sizeof answering->summary;
    answering->summary.changed = (uint32_t)answering->count;
    answering->summary.errors = answering->summary.already ? 0 : answering->notes.errors;
    return status;
}

static int attempt(struct answering *answering, mt940_dbs_answer_result_sink sink, mt940_dbs_finding_sink finding,
                   void *sink_user, bool *again)
{
    char key[80];
    int status;

    *again = false;
    mt940_notes_init(&answering->notes, answering->flow);
    mt940_plan_begin(&answering->plan, answering->flow, "dbs-answer", key_of(answering, key));
    status = read_file(answering);
    if (status == 0)
        status = keep(answering, again);
    if (status == 0 && !*again)
        status = tell(answering, sink, finding, sink_user);
    mt940_plan_end(&answering->plan);
    mt940_notes_end(&answering->notes);
    mt940_memory_free(&answering->flow->memory, answering->list, answering->capacity * sizeof *answering->list);
    return status;
}

static int check_request(const struct mt940_flow *flow, const struct mt940_dbs_answer_request *request,
                         struct mt940_dbs_answer_options *options, struct mt940_error *error)
{
    char bank[5];

    if (!flow || !request || mt940_check_size(request, request->size, sizeof *request, sizeof *request) != 0 ||
        (request->length > 0 && !request->bytes))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request: set size and zero the rest");
    if (request->options &&
        mt940_check_size(request->options, request->options->size, sizeof *options, sizeof *options) != 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size and zero the rest");
    if (mt940_wish_check_bank(&request->bank, error) != 0)
        return MT940_E_ARGUMENT;
    memset(options, 0, sizeof *options);
    if (request->options)
        *options = *request->options;
    options->size = sizeof *options;
    mt940_view_copy(&request->bank, bank, sizeof bank);
    options->layout = options->layout ? options->layout : mt940_dbs_layout_find(NULL, bank);
    options->allocator = options->allocator ? options->allocator : &flow->memory;
    return mt940_dbs_layout_check(options->layout, error);
}

MT940_EXPORT int mt940_flow_dbs_answer(struct mt940_flow *flow, const struct mt940_dbs_answer_request *request,
                                       mt940_dbs_answer_result_sink sink, mt940_dbs_finding_sink finding,
                                       void *sink_user, struct mt940_dbs_answer_summary *summary,
                                       struct mt940_error *error)
{
    struct mt940_dbs_answer_options options;
    struct answering answering;
    bool again = true;
    int status = check_request(flow, request, &options, error);

    if (status)
        return status;
    status = mt940_flow_enter(flow, error);
    for (uint32_t tries = 0; status == 0 && again && tries <= flow->retries; tries++) {
        mt940_flow_forget_scratch(flow);
        memset(&answering, 0, sizeof answering);
        answering.flow = flow;
        answering.request = request;
        answering.options = options;
        status = attempt(&answering, sink, finding, sink_user, &again);
    }
    if (status == 0 && again)
        status = MT940_E_CONFLICT;
    if (status == 0 && summary)
        *summary = answering.summary;
    return mt940_flow_leave(flow, status);
}
