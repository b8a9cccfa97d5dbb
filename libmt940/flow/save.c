/* SPDX-License-Identifier: Apache-2.0
 *
 * save.c: Kaydet: takes the rows a user selected, some of them a commit, or all in one when that
 * was asked for. When another writer was faster they are read and judged anew, in smaller groups.
 */
#include "flow/save_ahead.h"
#include "flow/save_group.h"

#include "base/export.h"

/* The rows asked for: those of the request, or every open one. */
static int list_rows(struct mt940_saving *saving)
{
    const struct mt940_save_request *request = saving->request;
    const struct mt940_found *movements = &saving->frame.movements;
    void *rows = NULL;
    int status = mt940_memory_reserve(&saving->flow->memory, &rows, &saving->row_capacity,
                                      movements->count + request->row_count + 1, sizeof *saving->rows);
    saving->rows = rows;
    for (size_t i = 0; status == 0 && i < request->row_count; i++)
        saving->rows[saving->row_count++] = request->rows[i];
    for (size_t i = 0; status == 0 && (request->flags & MT940_SAVE_OPEN_ROWS) && i < movements->count; i++) {
        const struct mt940_movement *movement = mt940_found_at(movements, i);
        if (movement->state != MT940_MOVEMENT_STATE_SAVED && movement->state != MT940_MOVEMENT_STATE_INFORMATIONAL)
            saving->rows[saving->row_count++] = movement->row;
    }
    return status;
}

/*
 * After a conflict: reads again. A try counts when nobody saved a row of the statement meanwhile;
 * when somebody did there is one row less to fight for.
 */
static int look_again(struct mt940_saving *saving, uint32_t *tries)
{
    int64_t before = saving->frame.item.open_entries;
    int status = mt940_save_refresh(saving);
    *tries = status == 0 && saving->frame.item.open_entries < before ? 0 : *tries + 1;
    return status == 0 && *tries > saving->flow->retries ? MT940_E_CONFLICT : status;
}

static int save_groups(struct mt940_saving *saving)
{
    size_t size = saving->flow->rows_a_commit;
    uint32_t tries = 0;
    int status = mt940_flow_step(saving->flow, 0, saving->row_count);
    for (size_t at = 0; at < saving->row_count && status == 0;) {
        size_t count = saving->row_count - at < size ? saving->row_count - at : size;
        mt940_flow_forget_scratch(saving->flow);
        status = mt940_save_group(saving, saving->rows + at, count, false);
        if (status == MT940_E_CONFLICT) {
            /* Fewer rows meet fewer rivals; one row that meets them again and again is told. */
            size = count > 1 ? count / 2 : 1;
            status = look_again(saving, &tries);
            continue;
        }
        at += count;
        tries = 0;
        size = 2 * size < saving->flow->rows_a_commit ? 2 * size : saving->flow->rows_a_commit;
        if (status == 0)
            status = mt940_flow_step(saving->flow, at, saving->row_count);
    }
    return status;
}

static int save_all(struct mt940_saving *saving)
{
    int status = MT940_E_CONFLICT;
    if (saving->flow->has_post)
        return mt940_fail(saving->flow->error, MT940_E_UNSUPPORTED, 0,
                          "all or nothing: the posting port takes one slip at a time");
    for (uint32_t tries = 0; status == MT940_E_CONFLICT;) {
        mt940_flow_forget_scratch(saving->flow);
        status = mt940_save_group(saving, saving->rows, saving->row_count, true);
        if (status == MT940_E_CONFLICT) {
            int again = look_again(saving, &tries);
            if (again)
                return again;
        }
    }
    return status;
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

static int run(struct mt940_saving *saving)
{
    saving->own_row = mt940_memory_alloc(&saving->flow->memory, sizeof *saving->own_row);
    if (!saving->own_row)
        return MT940_E_MEMORY;
    memset(saving->own_row, 0, sizeof *saving->own_row);
    saving->row = saving->own_row;
    int status = mt940_save_refresh(saving);
    if (status == 0)
        status = list_rows(saving);
    if (status == 0)
        status = mt940_save_ahead_begin(saving, saving->row_count);
    if (status == 0)
        status = saving->request->flags & MT940_SAVE_ALL_OR_NOTHING ? save_all(saving) : save_groups(saving);
    mt940_save_ahead_free(saving);
    mt940_row_end(saving->own_row);
    mt940_row_frame_end(&saving->frame);
    mt940_memory_free(&saving->flow->memory, saving->own_row, sizeof *saving->own_row);
    return status;
}

MT940_EXPORT int mt940_flow_save(struct mt940_flow *flow, const struct mt940_save_request *request,
                                 mt940_save_sink sink, void *sink_user, struct mt940_save_summary *summary,
                                 struct mt940_error *error)
{
    struct mt940_saving saving;
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
