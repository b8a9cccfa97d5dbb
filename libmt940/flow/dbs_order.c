/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_order.c: what stands with each bank, and the files that were made for it. Reads only.
 */
#include <string.h>

#include "base/export.h"
#include "flow/wish.h"

enum { bank_codes = 10000 };

/* Bank codes that occur, as bits. */
struct banks {
    struct mt940_flow *flow;
    uint8_t seen[bank_codes / 8];
};

static void mark_bank(struct banks *banks, const char code[4])
{
    size_t number = 0;

    for (size_t i = 0; i < 4; i++)
        number = number * 10 + (size_t)(code[i] - '0');
    banks->seen[number / 8] |= (uint8_t)(1u << number % 8);
}

static int take_row(void *user, const void *record)
{
    const struct mt940_payment *row = record;
    char bank[5];

    if (row->type == MT940_PAYMENT_TYPE_DBS && row->state == MT940_DOCUMENT_STATE_ACTIVE && row->amount > 0 &&
        mt940_dbs_bank_of(&row->branch, bank) == 0)
        mark_bank(user, bank);
    return 0;
}

/* A bank met among the orders, and a text behind its code and before the next one's. */
struct told_bank {
    struct banks *banks;
    char behind[5];
    bool is_new;
};

static int take_order(void *user, const void *record)
{
    const struct mt940_dbs_order *order = record;
    struct told_bank *told = user;

    if (mt940_wish_check_bank(&order->bank, NULL) != 0)
        return 0;
    mark_bank(told->banks, order->bank.data);
    memcpy(told->behind, order->bank.data, 4);
    told->behind[4] = '0';
    told->is_new = true;
    return 0;
}

/* Each bank that was told something, whatever became of it: one look a bank, however many orders it has. */
static int find_told_banks(struct banks *banks)
{
    const struct mt940_store *store = &banks->flow->store;
    struct mt940_dbs_order from;
    struct told_bank told = {banks, "", false};
    int status;

    memset(&from, 0, sizeof from);
    from.company = banks->flow->company;
    do {
        told.is_new = false;
        status = store->scan(store->user, MT940_KIND_DBS_ORDER, 0, 1, &from, from.bank.length > 0, 1, take_order, &told);
        from.bank = mt940_view_of(told.behind, told.is_new ? sizeof told.behind : 0);
    } while (status == 0 && told.is_new);
    return status;
}

static int find_banks(struct banks *banks, int32_t all)
{
    const struct mt940_store *store = &banks->flow->store;
    struct mt940_payment row;
    int status;

    memset(&row, 0, sizeof row);
    row.company = banks->flow->company;
    row.type = MT940_PAYMENT_TYPE_DBS;
    status = all ? store->scan(store->user, MT940_KIND_PAYMENT, 0, 1, &row, 0, 0, take_row, banks)
                 : store->scan(store->user, MT940_KIND_PAYMENT, MT940_PAYMENT_BY_SETTLED, 3, &row, 0, 0, take_row, banks);
    return status ? status : find_told_banks(banks);
}

/* Nothing is left to do for it: its money came, or it is done with; unless the bank says that none came. */
static bool is_done(const struct mt940_wish_item *item, int64_t open)
{
    if (item->record != 0 || open != 0)
        return false;
    return !item->order || !item->order->held ||
           (item->order->state != MT940_DBS_ORDER_STATE_UNPAID && item->order->state != MT940_DBS_ORDER_STATE_REJECTED &&
            item->order->state != MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED);
}

static int tell_bank(struct mt940_flow *flow, const struct mt940_view *bank, int32_t all, mt940_dbs_order_sink sink,
                     void *sink_user)
{
    struct mt940_wishes wishes;
    struct mt940_wish_item item;
    int status = mt940_wishes_read(&wishes, flow, bank, all);

    while (status == 0 && (status = mt940_wishes_next(&wishes, &item)) == 1) {
        struct mt940_dbs_order_view view = {.size = sizeof view, .bank = *bank, .row = item.row,
                                            .invoice = item.wish.invoice, .order = item.order,
                                            .pending = item.record};

        view.open = item.row ? item.row->amount - item.row->paid : 0;
        status = all || !is_done(&item, view.open) ? sink(sink_user, &view) : 0;
    }
    mt940_wishes_end(&wishes);
    return status;
}

static int tell_banks(struct mt940_flow *flow, int32_t all, mt940_dbs_order_sink sink, void *sink_user)
{
    struct banks *banks = mt940_arena_alloc(&flow->scratch, sizeof *banks);
    int status = banks ? 0 : flow->scratch.status;

    if (status == 0) {
        banks->flow = flow;
        status = find_banks(banks, all);
    }
    for (size_t number = 0; number < bank_codes && status == 0; number++) {
        const char code[4] = {(char)('0' + number / 1000), (char)('0' + number / 100 % 10),
                              (char)('0' + number / 10 % 10), (char)('0' + number % 10)};
        const struct mt940_view bank = {code, sizeof code};

        if (banks->seen[number / 8] & 1u << number % 8)
            status = tell_bank(flow, &bank, all, sink, sink_user);
    }
    return status;
}

MT940_EXPORT int mt940_flow_dbs_orders(struct mt940_flow *flow, const struct mt940_view *bank, int32_t all,
                                       mt940_dbs_order_sink sink, void *sink_user, struct mt940_error *error)
{
    int status;

    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    status = bank ? mt940_wish_check_bank(bank, error) : 0;
    if (status == 0)
        status = mt940_flow_enter(flow, error);
    else
        return status;
    if (status == 0)
        status = bank ? tell_bank(flow, bank, all, sink, sink_user) : tell_banks(flow, all, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

/* ---- Runs ---- */

MT940_EXPORT int mt940_flow_dbs_run(struct mt940_flow *flow, const struct mt940_view *bank, int64_t number,
                                    mt940_record_sink sink, void *sink_user, struct mt940_error *error)
{
    struct mt940_dbs_run key;
    int status;

    if (!flow || !bank || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow, bank or sink");
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.bank = *bank;
    key.number = number;
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = flow->store.get(flow->store.user, MT940_KIND_DBS_RUN, &key, sink, sink_user);
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_dbs_runs(struct mt940_flow *flow, const struct mt940_view *bank, mt940_record_sink sink,
                                     void *sink_user, struct mt940_error *error)
{
    struct mt940_dbs_run from;
    int status;

    if (!flow || !sink)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or sink");
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    if (bank)
        from.bank = *bank;
    status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = flow->store.scan(flow->store.user, MT940_KIND_DBS_RUN, 0, bank ? 2 : 1, &from, 0, 0, sink, sink_user);
    return mt940_flow_leave(flow, status);
}
