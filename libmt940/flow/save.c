/* SPDX-License-Identifier: Apache-2.0
 *
 * save.c: Kaydet: takes the rows a user selected, one batch each, or all in one when that was
 * asked for. When another writer was faster the row is read and judged anew.
 */
#include "flow/save.h"

#include "base/export.h"

/* The running save. */
struct saving {
    struct mt940_flow *flow;
    const struct mt940_save_request *request;
    struct mt940_row_frame frame;
    struct mt940_judged_row *row; /* large: one after the other */
    int64_t *rows;
    size_t row_count, row_capacity;
    mt940_save_sink sink;
    void *sink_user;
    struct mt940_save_summary summary;
};

static int hand_out(struct saving *saving, const struct mt940_saved_row *row)
{
    struct mt940_save_result result;
    memset(&result, 0, sizeof result);
    result.size = sizeof result;
    result.row = row->row;
    result.message = row->message;
    result.saved = row->saved;
    result.args = row->args;
    result.arg_count = row->arg_count;
    result.slip = row->slip;
    result.slip_type = row->slip_type;
    result.warning = row->warning;
    result.warning_args = row->warning_args;
    result.warning_arg_count = row->warning_arg_count;
    result.closings = row->closings;
    result.closing_count = row->closing_count;
    saving->summary.rows++;
    saving->summary.saved += row->saved != 0;
    saving->summary.already += !row->saved && (row->message == MT940_M_ALREADY_SAVED || row->message == MT940_M_PAIRED);
    saving->summary.refused += !row->saved && row->message != MT940_M_ALREADY_SAVED && row->message != MT940_M_PAIRED &&
                               row->message != MT940_M_INFORMATIONAL;
    return saving->sink ? saving->sink(saving->sink_user, &result) : 0;
}

static const struct mt940_row_choice *choice_of(const struct saving *saving, int64_t row)
{
    for (size_t i = 0; i < saving->request->choice_count; i++)
        if (saving->request->choices[i].row == row)
            return &saving->request->choices[i];
    return NULL;
}

/* The movement of a row as it is now, with what the user chose in this call. */
static int read_movement(struct saving *saving, int64_t row, struct mt940_movement *out)
{
    struct mt940_flow *flow = saving->flow;
    struct mt940_movement from;
    struct mt940_found found;
    const struct mt940_row_choice *choice = choice_of(saving, row);
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.inbox_item = saving->request->inbox_item;
    from.row = row;
    int status = mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_INBOX_ITEM, 3, &from, &found);
    if (status == 0 && found.count == 0)
        status = MT940_E_NOT_FOUND;
    if (status == 0)
        *out = *(struct mt940_movement *)mt940_found_at(&found, 0);
    mt940_found_free(&found);
    /* All in one batch: an earlier row may have saved this one, or the caller named it twice. */
    const struct mt940_movement *pending =
        status == 0 && saving->frame.plan ? mt940_plan_pending(saving->frame.plan, MT940_KIND_MOVEMENT, out) : NULL;
    if (pending)
        *out = *pending;
    if (status == 0 && choice && out->state != MT940_MOVEMENT_STATE_SAVED)
        mt940_save_choose(choice, out);
    return status;
}

static void tell_unknown_row(struct mt940_saved_row *out)
{
    memset(&out->args[0], 0, sizeof out->args[0]);
    out->message = MT940_M_UNKNOWN_ROW;
    out->args[0].name = "row";
    out->args[0].type = MT940_ARG_NUMBER;
    out->args[0].number = out->row;
    out->arg_count = 1;
}

/* Why a judged row is not saved; the same words as show. */
static void tell_refusal(const struct mt940_judged_row *row, struct mt940_saved_row *out)
{
    out->message = row->message;
    out->slip = row->movement.slip;
    out->slip_type = row->proposal.slip.type;
    memcpy(out->args, row->args, sizeof out->args);
    out->arg_count = row->arg_count;
    out->warning_args = row->notice_args;
}

/* Key of the batch that saves a row: the same for every try of one attempt. */
static int row_key(struct saving *saving, const struct mt940_movement *movement, const char *verb,
                   struct mt940_view *out)
{
    struct mt940_view id;
    char text[64];
    size_t at = strlen(verb);
    int status = mt940_save_slip_id(saving->flow, movement, &id);
    if (status)
        return status;
    memcpy(text, verb, at);
    text[at++] = ':';
    memcpy(text + at, id.data, id.length);
    struct mt940_view view = mt940_view_of(text, at + id.length);
    return mt940_arena_view(&saving->flow->scratch, &view, out);
}

/* A choice is remembered also when the row cannot be saved yet. */
static int remember_choice(struct saving *saving, const struct mt940_movement *movement, int64_t row)
{
    const struct mt940_row_choice *choice = choice_of(saving, row);
    struct mt940_plan plan;
    struct mt940_batch_result result;
    struct mt940_view key;
    char text[64 + 40], number[40];
    if (!choice || !(choice->set & ~(uint32_t)MT940_CHOSE_LINK) || movement->state == MT940_MOVEMENT_STATE_SAVED)
        return 0;
    int status = row_key(saving, movement, "choose", &key);
    if (status)
        return status;
    int length = mt940_decimal_format(movement->revision, 0, 0, number);
    memcpy(text, key.data, key.length);
    text[key.length] = ':';
    memcpy(text + key.length + 1, number, (size_t)length);
    mt940_plan_begin(&plan, saving->flow, "choose", mt940_view_of(text, key.length + 1 + (size_t)length));
    mt940_plan_put_if(&plan, MT940_KIND_MOVEMENT, movement, movement->revision);
    status = mt940_plan_apply(&plan, &result);
    mt940_plan_end(&plan);
    /* ALREADY: another user chose in this very state of the row; it has moved on, and so must we. */
    return status ? status : result.outcome != MT940_APPLIED ? MT940_E_CONFLICT : 0;
}

/* Judges a row into saving->row. */
static int judge(struct saving *saving, const struct mt940_movement *movement)
{
    mt940_row_end(saving->row);
    memset(saving->row, 0, sizeof *saving->row);
    return mt940_row_judge(&saving->frame, movement, saving->row);
}

/* Plans one row, saved or linked; `*planned` tells whether there is something to apply. */
static int plan_row(struct saving *saving, struct mt940_plan *plan, const struct mt940_movement *movement,
                    struct mt940_saved_row *out, bool *planned)
{
    const struct mt940_row_choice *choice = choice_of(saving, out->row);
    char external[MT940_EXTERNAL_ID_CAPACITY] = "";
    struct mt940_view number = {NULL, 0};
    bool go = true;
    int status;
    *planned = false;
    if (choice && (choice->set & MT940_CHOSE_LINK)) {
        status = mt940_save_link(plan, &saving->frame, movement, &choice->link, out);
        *planned = status == 0 && out->saved;
        return status;
    }
    status = judge(saving, movement);
    if (status)
        return status;
    if (saving->row->message) {
        tell_refusal(saving->row, out);
        return 0;
    }
    if (saving->flow->has_post && !saving->row->is_booked)
        status = mt940_save_post(&saving->frame, saving->row, out, external, &go);
    if (status || !go)
        return status;
    mt940_view_from_string(external, &number);
    status = mt940_arena_view(&saving->flow->scratch, &number, &number);
    if (status == 0)
        status = mt940_save_plan(plan, &saving->frame, saving->row, number, out);
    *planned = status == 0;
    return status;
}

/* One try at one row. E_CONFLICT: something changed, try again. */
static int try_row(struct saving *saving, int64_t row, struct mt940_saved_row *out)
{
    struct mt940_movement movement;
    struct mt940_plan plan;
    struct mt940_batch_result result;
    struct mt940_view key;
    bool planned;
    memset(out, 0, sizeof *out);
    out->row = row;
    int status = read_movement(saving, row, &movement);
    if (status == MT940_E_NOT_FOUND) {
        tell_unknown_row(out);
        return 0;
    }
    if (status == 0)
        status = row_key(saving, &movement, "save", &key);
    if (status)
        return status;
    mt940_plan_begin(&plan, saving->flow, "save", key);
    status = plan_row(saving, &plan, &movement, out, &planned);
    if (status == 0 && planned) {
        mt940_plan_result(&plan, out->slip);
        status = mt940_plan_apply(&plan, &result);
        /* ALREADY: saved by another process a moment ago; the next look says so. */
        if (status == 0 && result.outcome != MT940_APPLIED)
            status = MT940_E_CONFLICT;
    } else if (status == 0) {
        status = remember_choice(saving, &movement, row);
    }
    mt940_plan_end(&plan);
    return status;
}

static int refresh_frame(struct saving *saving)
{
    int status = mt940_row_frame(saving->flow, &saving->request->inbox_item, &saving->frame);
    saving->frame.accepted = saving->request->accepted;
    saving->frame.accepted_count = saving->request->accepted_count;
    return status;
}

static int save_one(struct saving *saving, int64_t row)
{
    for (uint32_t tries = 0; tries <= saving->flow->retries; tries++) {
        struct mt940_saved_row out;
        int status = try_row(saving, row, &out);
        if (status == 0)
            return hand_out(saving, &out);
        if (status != MT940_E_CONFLICT)
            return status;
        /* The books may have changed as well: forget them, read and decide again. */
        mt940_flow_refresh(saving->flow);
        status = refresh_frame(saving);
        if (status)
            return status;
    }
    return MT940_E_CONFLICT;
}

/* The rows asked for: those of the request, or every open one. */
static int list_rows(struct saving *saving)
{
    const struct mt940_save_request *request = saving->request;
    struct mt940_found movements;
    void *rows = NULL;
    int status = mt940_row_movements(saving->flow, &request->inbox_item, &movements);
    if (status == 0)
        status = mt940_memory_reserve(&saving->flow->memory, &rows, &saving->row_capacity,
                                      movements.count + request->row_count + 1, sizeof *saving->rows);
    saving->rows = rows;
    for (size_t i = 0; status == 0 && i < request->row_count; i++)
        saving->rows[saving->row_count++] = request->rows[i];
    for (size_t i = 0; status == 0 && (request->flags & MT940_SAVE_OPEN_ROWS) && i < movements.count; i++) {
        const struct mt940_movement *movement = mt940_found_at(&movements, i);
        if (movement->state != MT940_MOVEMENT_STATE_SAVED && movement->state != MT940_MOVEMENT_STATE_INFORMATIONAL)
            saving->rows[saving->row_count++] = movement->row;
    }
    mt940_found_free(&movements);
    return status;
}

static int save_each(struct saving *saving)
{
    enum { rows_a_frame = 256 };
    int status = mt940_flow_step(saving->flow, 0, saving->row_count);
    for (size_t i = 0; i < saving->row_count && status == 0; i++) {
        status = save_one(saving, saving->rows[i]);
        if (status == 0)
            status = mt940_flow_step(saving->flow, i + 1, saving->row_count);
        /* Give back what the rows so far have read. */
        if (status == 0 && i % rows_a_frame == rows_a_frame - 1) {
            mt940_row_end(saving->row);
            memset(saving->row, 0, sizeof *saving->row);
            mt940_flow_forget_scratch(saving->flow);
            status = refresh_frame(saving);
        }
    }
    return status;
}

/* Plans every row into one batch; `*refused` when one of them cannot be saved. */
static int plan_all(struct saving *saving, struct mt940_plan *plan, struct mt940_saved_row *outs, bool *refused)
{
    int status = 0;
    *refused = false;
    saving->frame.plan = plan;
    for (size_t i = 0; i < saving->row_count && status == 0; i++) {
        struct mt940_movement movement;
        bool planned = false;
        memset(&outs[i], 0, sizeof outs[i]);
        outs[i].row = saving->rows[i];
        /* The outcome points into the judged row, so each row keeps its own. */
        saving->row = mt940_arena_alloc(&saving->flow->scratch, sizeof *saving->row);
        if (!saving->row)
            return saving->flow->scratch.status;
        status = read_movement(saving, saving->rows[i], &movement);
        if (status == 0)
            status = plan_row(saving, plan, &movement, &outs[i], &planned);
        else if (status == MT940_E_NOT_FOUND)
            status = (tell_unknown_row(&outs[i]), 0);
        mt940_row_end(saving->row);
        bool harmless = outs[i].message == MT940_M_ALREADY_SAVED || outs[i].message == MT940_M_INFORMATIONAL;
        *refused = *refused || (!planned && !harmless);
    }
    return status;
}

/* Tells every row; those that could have been saved are held back by the refused ones. */
static int hand_out_all(struct saving *saving, struct mt940_saved_row *outs, bool refused)
{
    int status = 0;
    for (size_t i = 0; i < saving->row_count && status == 0; i++) {
        bool saved = outs[i].saved || outs[i].message == MT940_M_PAIRED;
        if (refused && saved) {
            outs[i].saved = 0;
            outs[i].slip.length = 0;
            mt940_save_tell(&outs[i], MT940_M_NOT_SAVED_OTHERS_FAILED, NULL, NULL);
        }
        status = hand_out(saving, &outs[i]);
    }
    return status;
}

static int try_all(struct saving *saving)
{
    struct mt940_saved_row *outs = mt940_arena_alloc(&saving->flow->scratch, (saving->row_count + 1) * sizeof *outs);
    struct mt940_plan plan;
    struct mt940_batch_result result;
    char digest[65];
    bool refused;
    if (!outs)
        return saving->flow->scratch.status;
    /* What is saved is guarded by revisions; the key only has to be a new one for a new state. */
    mt940_sha256_hex(saving->rows, saving->row_count * sizeof *saving->rows, digest);
    mt940_plan_begin(&plan, saving->flow, "save-all", mt940_view_of(digest, 64));
    int status = mt940_save_all_key(saving->flow, &saving->frame.item, digest, &plan.action.key);
    if (status == 0)
        status = plan_all(saving, &plan, outs, &refused);
    if (status == 0 && !refused && plan.count) {
        status = mt940_plan_apply(&plan, &result);
        if (status == 0 && result.outcome != MT940_APPLIED)
            status = MT940_E_CONFLICT;
    }
    mt940_plan_end(&plan);
    saving->frame.plan = NULL;
    return status ? status : hand_out_all(saving, outs, refused);
}

static int save_all(struct saving *saving)
{
    if (saving->flow->has_post)
        return mt940_fail(saving->flow->error, MT940_E_UNSUPPORTED, 0,
                          "all or nothing: the posting port takes one slip at a time");
    for (uint32_t tries = 0; tries <= saving->flow->retries; tries++) {
        int status = try_all(saving);
        if (status != MT940_E_CONFLICT)
            return status;
        mt940_flow_refresh(saving->flow);
        status = refresh_frame(saving);
        if (status)
            return status;
    }
    return MT940_E_CONFLICT;
}

static int check_request(const struct mt940_save_request *request, struct mt940_error *error)
{
    if (!request || mt940_check_size(request, request->size, sizeof *request, sizeof *request))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request: set size");
    if ((request->flags & MT940_SAVE_OPEN_ROWS) && request->row_count)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request: OPEN_ROWS together with rows");
    for (size_t i = 0; i < request->choice_count; i++)
        if (mt940_check_size(&request->choices[i], request->choices[i].size, sizeof *request->choices,
                             sizeof *request->choices))
            return mt940_fail(error, MT940_E_ARGUMENT, 0, "request.choices: set size");
    return 0;
}

static int run(struct saving *saving)
{
    int status = refresh_frame(saving);
    if (status == 0)
        status = list_rows(saving);
    if (status)
        return status;
    if (saving->request->flags & MT940_SAVE_ALL_OR_NOTHING)
        return save_all(saving);
    saving->row = mt940_memory_alloc(&saving->flow->memory, sizeof *saving->row);
    if (!saving->row)
        return MT940_E_MEMORY;
    memset(saving->row, 0, sizeof *saving->row);
    status = save_each(saving);
    mt940_row_end(saving->row);
    mt940_memory_free(&saving->flow->memory, saving->row, sizeof *saving->row);
    return status;
}

MT940_EXPORT int mt940_flow_save(struct mt940_flow *flow, const struct mt940_save_request *request,
                                 mt940_save_sink sink, void *sink_user, struct mt940_save_summary *summary,
                                 struct mt940_error *error)
{
    struct saving saving;
    if (!flow)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow");
    int status = check_request(request, error);
    if (status == 0)
        status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    memset(&saving, 0, sizeof saving);
    saving.flow = flow;
    saving.request = request;
    saving.sink = sink;
    saving.sink_user = sink_user;
    saving.summary.size = sizeof saving.summary;
    status = run(&saving);
    mt940_memory_free(&flow->memory, saving.rows, saving.row_capacity * sizeof *saving.rows);
    if (summary)
        *summary = saving.summary;
    return mt940_flow_leave(flow, status);
}
