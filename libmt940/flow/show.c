/* SPDX-License-Identifier: Apache-2.0
 *
 * show.c: lists the inbox and the movements of a statement with their proposals. Changes nothing.
 */
#include "flow/row_judge.h"
#include "flow/row_match.h"

#include "base/export.h"

MT940_EXPORT int mt940_flow_inbox(struct mt940_flow *flow, int64_t after_number, size_t limit, mt940_record_sink sink,
                                  void *sink_user, struct mt940_error *error)
{
    struct mt940_inbox_item from;
    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.number_shown = after_number;
    /* Strictly after (company, number, any id): numbers are not shared. */
    from.number_shown += after_number > 0;
    status = flow->store.scan(flow->store.user, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_NUMBER, 1, &from, 1, limit,
                              sink, sink_user);
    return mt940_flow_leave(flow, status);
}

/* Statements whose id begins with the text; ids are the key, so they stand together. */
static int find_by_id(struct mt940_flow *flow, struct mt940_view text, struct mt940_inbox_item *out)
{
    enum { shortest = 4 };
    struct mt940_inbox_item from;
    struct mt940_found found;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.id = text;
    if (text.length < shortest)
        return MT940_E_NOT_FOUND;
    int status = mt940_ask_get(flow, MT940_KIND_INBOX_ITEM, &from, out);
    if (status != MT940_E_NOT_FOUND)
        return status;
    mt940_found_init(&found, flow, MT940_KIND_INBOX_ITEM);
    status = mt940_found_end(&found, flow->store.scan(flow->store.user, MT940_KIND_INBOX_ITEM, 0, 1, &from, 1, 2,
                                                      mt940_found_add, &found));
    size_t hits = 0;
    for (size_t i = 0; status == 0 && i < found.count; i++) {
        const struct mt940_inbox_item *item = mt940_found_at(&found, i);
        if (mt940_view_equal(&text, &(struct mt940_view){item->id.data, text.length < item->id.length ? text.length : 0}) == 1)
            *out = hits++ ? *out : *item;
    }
    mt940_found_free(&found);
    return status ? status : hits == 1 ? 0 : hits ? MT940_E_EXISTS : MT940_E_NOT_FOUND;
}

static int find_by_number(struct mt940_flow *flow, struct mt940_view text, struct mt940_inbox_item *out)
{
    struct mt940_inbox_item from;
    struct mt940_found found;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (mt940_decimal_parse(text.data, text.length, 0, &from.number_shown))
        return MT940_E_NOT_FOUND;
    int status = mt940_ask_scan(flow, MT940_KIND_INBOX_ITEM, MT940_INBOX_ITEM_BY_NUMBER, 2, &from, &found);
    if (status == 0 && found.count == 0)
        status = MT940_E_NOT_FOUND;
    if (status == 0)
        *out = *(struct mt940_inbox_item *)mt940_found_at(&found, 0);
    mt940_found_free(&found);
    return status;
}

MT940_EXPORT int mt940_flow_find(struct mt940_flow *flow, const char *text, size_t length, mt940_record_sink sink,
                                 void *sink_user, struct mt940_error *error)
{
    struct mt940_inbox_item item;
    struct mt940_view wanted = mt940_view_trim(mt940_view_of(text, length));
    if (!flow || !sink || (!text && length))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, text or sink");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    status = find_by_number(flow, wanted, &item);
    if (status == MT940_E_NOT_FOUND)
        status = find_by_id(flow, wanted, &item);
    if (status == 0)
        status = sink(sink_user, &item);
    else if (status == MT940_E_NOT_FOUND)
        status = mt940_fail_item(flow->error, status, "no such statement in the inbox", wanted.data, wanted.length);
    return mt940_flow_leave(flow, status);
}

static int hand_out(const struct mt940_judged_row *row, mt940_row_sink sink, void *sink_user)
{
    struct mt940_row shown;
    memset(&shown, 0, sizeof shown);
    shown.size = sizeof shown;
    shown.movement = &row->movement;
    shown.facts = &row->facts;
    shown.match = &row->match;
    shown.proposal = &row->proposal;
    shown.closings = row->closings;
    shown.closing_count = row->plan.count;
    shown.closing_plan = &row->plan;
    shown.message = row->message;
    shown.warning = row->warning;
    shown.args = row->message ? row->args : row->notice_args;
    shown.arg_count = row->message ? row->arg_count : row->notice.message ? MT940_DBS_NOTICE_ARGS : 0;
    memcpy(shown.duplicates, row->duplicates, sizeof shown.duplicates);
    shown.duplicate_count = row->duplicate_count;
    return sink(sink_user, &shown);
}

/* Rows in hand, zeroed or ended. */
struct showing {
    struct mt940_row_frame frame;
    struct mt940_judged_row *rows;
    struct mt940_judged_row *list[MT940_ROW_AHEAD];
    mt940_row_sink sink;
    void *sink_user;
};

/* Some rows of the statement: recognised together, judged and told one after the other. */
static int show_some(struct showing *showing, size_t first, size_t count)
{
    struct mt940_row_frame *frame = &showing->frame;
    int status = 0;
    memset(showing->rows, 0, count * sizeof *showing->rows);
    for (size_t i = 0; i < count && status == 0; i++)
        status = mt940_row_read_facts(frame, mt940_found_at(&frame->movements, first + i), &showing->rows[i]);
    if (status == 0)
        status = mt940_row_recognise_all(frame, showing->list, count);
    for (size_t i = 0; i < count && status == 0; i++) {
        status = mt940_row_judge(frame, mt940_found_at(&frame->movements, first + i), &showing->rows[i]);
        if (status == 0)
            status = hand_out(&showing->rows[i], showing->sink, showing->sink_user);
    }
    for (size_t i = 0; i < count; i++)
        mt940_row_end(&showing->rows[i]);
    mt940_row_ahead_end(&frame->ahead);
    mt940_flow_forget_scratch(frame->flow);
    return status;
}

static int show_rows(struct mt940_flow *flow, const struct mt940_view *inbox_item, struct showing *showing)
{
    int status = mt940_row_frame_begin(flow, inbox_item, &showing->frame);
    size_t count = showing->frame.movements.count;
    size_t at_once = count < MT940_ROW_AHEAD ? count : MT940_ROW_AHEAD;
    if (status == 0 && count) {
        showing->rows = mt940_memory_alloc(&flow->memory, at_once * sizeof *showing->rows);
        status = showing->rows ? 0 : MT940_E_MEMORY;
    }
    for (size_t i = 0; i < at_once && status == 0; i++)
        showing->list[i] = &showing->rows[i];
    for (size_t i = 0; i < count && status == 0; i += at_once)
        status = show_some(showing, i, count - i < at_once ? count - i : at_once);
    mt940_memory_free(&flow->memory, showing->rows, at_once * sizeof *showing->rows);
    mt940_row_frame_end(&showing->frame);
    return status;
}

MT940_EXPORT int mt940_flow_show(struct mt940_flow *flow, const struct mt940_view *inbox_item, mt940_row_sink sink,
                                 void *sink_user, struct mt940_error *error)
{
    if (!flow || !inbox_item || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, inbox_item or sink");
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    struct showing showing = {.sink = sink, .sink_user = sink_user};
    return mt940_flow_leave(flow, show_rows(flow, inbox_item, &showing));
}
