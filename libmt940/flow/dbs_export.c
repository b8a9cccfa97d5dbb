/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_export.c: the next file for a bank: rows to tell, the file, and the memory of having told
 * as one batch, guarded by the revision of every row it speaks of. What is told is decided in
 * dbs/order.c, how it is written in dbs/order_file.c.
 */
#include <string.h>

#include "base/export.h"
#include "base/sha256.h"
#include "base/sort.h"
#include "flow/plan.h"
#include "flow/setting.h"
#include "flow/wish.h"
#include "text/argument.h"

enum { rows_most = 100000, reference_most = 255 };

/* A row of the file in the making. */
struct telling {
    struct mt940_dbs_order order; /* as it will stand */
    int64_t order_revision;       /* 0 = new */
    struct mt940_payment row;     /* what guards it; revision 0 = there is none */
    struct mt940_view branch;
};

/* One attempt; lives in the scratch memory of the call. */
struct exporting {
    struct mt940_flow *flow;
    const struct mt940_dbs_export_request *request;
    const struct mt940_dbs_layout *layout;
    struct mt940_wishes wishes;
    struct mt940_notes notes;
    struct mt940_found accounts; /* own */
    struct telling *list;
    size_t count, capacity;
    struct mt940_dbs_export_row *rows; /* what stands in the file */
    struct telling **told;             /* the same, as they will be kept */
    struct mt940_setting counter;
    struct mt940_dbs_run run;
    struct mt940_dbs_export_result result;
};

static int note_row(struct exporting *exporting, int32_t message, const struct mt940_view *invoice, int64_t line,
                    const struct mt940_message_arg *more, size_t count)
{
    struct mt940_message_arg args[5] = {mt940_argument_text("invoice", *invoice), mt940_argument_number("row", line)};

    memcpy(args + 2, more, count * sizeof *more);
    return mt940_notes_say(&exporting->notes, message, 0, args, count + 2);
}

static int note_strays(struct exporting *exporting)
{
    int status = 0;

    for (size_t i = 0; i < exporting->wishes.strays.count && status == 0; i++) {
        const struct mt940_payment *row = mt940_found_at(&exporting->wishes.strays, i);
        const struct mt940_message_arg branch = mt940_argument_text("branch", row->branch);

        status = note_row(exporting, MT940_M_DBS_NO_BANK, &row->invoice, row->line, &branch, 1);
    }
    return status;
}

/* ---- Reading what is to be told ---- */

static bool is_too_early(const struct exporting *exporting, const struct mt940_wish_item *item)
{
    return item->record == MT940_DBS_ORDER_RECORD_NEW && item->wish.invoice &&
           mt940_date_compare(&item->wish.invoice->date, &exporting->request->since) < 0;
}

static int set_reference(struct exporting *exporting, struct mt940_dbs_order *order)
{
    struct mt940_arena *scratch = &exporting->flow->scratch;
    size_t length = mt940_dbs_reference(&order->invoice, order->line, NULL, 0);
    char *text = mt940_arena_alloc(scratch, length + 1);

    if (!text)
        return scratch->status;
    mt940_dbs_reference(&order->invoice, order->line, text, length + 1);
    order->reference = mt940_view_of(text, length);
    return 0;
}

/* The stored row of a cancelled order, whose absence or state the decision rested on. */
static int read_guard(struct exporting *exporting, struct telling *telling)
{
    struct mt940_payment key;
    int status;

    memset(&key, 0, sizeof key);
    key.company = exporting->flow->company;
    key.invoice = telling->order.invoice;
    key.line = telling->order.line;
    telling->row = key;
    status = mt940_ask_get(exporting->flow, MT940_KIND_PAYMENT, &key, &telling->row);
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

static int add_telling(struct exporting *exporting, const struct mt940_wish_item *item)
{
    struct mt940_flow *flow = exporting->flow;
    void *list = exporting->list;
    struct telling *telling;
    int status = mt940_memory_reserve(&flow->memory, &list, &exporting->capacity, exporting->count + 1,
                                      sizeof *exporting->list);

    exporting->list = list;
    if (status)
        return status;
    if (exporting->count >= (exporting->request->max_rows ? exporting->request->max_rows : rows_most))
        return mt940_fail(flow->error, MT940_E_LIMIT, 0, "more rows than max_rows are to be sent");
    telling = &exporting->list[exporting->count++];
    memset(telling, 0, sizeof *telling);
    telling->order = item->told;
    telling->order.company = flow->company;
    telling->order.bank = exporting->wishes.bank;
    telling->order_revision = item->order ? item->order->revision : 0;
    if (!item->row)
        return read_guard(exporting, telling);
    telling->row = *item->row;
    telling->branch = item->row->branch;
    return item->record == MT940_DBS_ORDER_RECORD_CANCEL ? 0 : set_reference(exporting, &telling->order);
}

static int read_tellings(struct exporting *exporting)
{
    struct mt940_flow *flow = exporting->flow;
    const struct mt940_books *books = flow->books.bank_accounts ? &flow->books : &flow->own_books;
    struct mt940_wish_item item;
    int status = mt940_wishes_read(&exporting->wishes, flow, &exporting->request->bank, 0);

    exporting->wishes.again = (exporting->request->flags & MT940_DBS_EXPORT_AGAIN) != 0;
    while (status == 0 && (status = mt940_wishes_next(&exporting->wishes, &item)) == 1)
        status = item.record == 0 || is_too_early(exporting, &item) ? 0 : add_telling(exporting, &item);
    if (status == 0)
        status = note_strays(exporting);
    mt940_found_init(&exporting->accounts, flow, MT940_KIND_BANK_ACCOUNT);
    if (status == 0)
        status = mt940_found_end(&exporting->accounts, books->bank_accounts(books->user, &flow->company,
                                                                            mt940_found_add, &exporting->accounts));
    return status;
}

/* ---- What can stand in the file ---- */

static int describe_row(struct exporting *exporting, const struct telling *telling, struct mt940_dbs_export_row *out)
{
    struct mt940_customer_bank key, bank;
    int status;

    memset(&key, 0, sizeof key);
    memset(&bank, 0, sizeof bank);
    memset(out, 0, sizeof *out);
    key.company = exporting->flow->company;
    key.customer = telling->order.customer;
    key.slot = telling->order.slot;
    status = mt940_ask_get(exporting->flow, MT940_KIND_CUSTOMER_BANK, &key, &bank);
    out->order = &telling->order;
    out->branch = telling->branch.length > 0 ? telling->branch : bank.branch;
    out->account = bank.account;
    out->iban = bank.iban;
    for (size_t i = 0; i < exporting->accounts.count; i++) {
        const struct mt940_bank_account *account = mt940_found_at(&exporting->accounts, i);

        if (mt940_view_equal(&account->code, &telling->order.bank_account))
            out->collection_iban = account->iban;
    }
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

static int note_too_wide(struct exporting *exporting, const struct mt940_dbs_export_row *row, size_t column)
{
    const struct mt940_dbs_column *wide = &exporting->layout->columns[column];
    size_t length = mt940_dbs_export_value(exporting->layout, row, column, NULL, 0);
    char *text = mt940_arena_alloc(&exporting->flow->scratch, length + 1);
    struct mt940_view heading;

    if (!text)
        return exporting->flow->scratch.status;
    mt940_dbs_export_value(exporting->layout, row, column, text, length + 1);
    mt940_view_from_string(wide->heading, &heading);
    const struct mt940_message_arg args[] = {mt940_argument_text("name", heading),
                                             mt940_argument_text("value", mt940_view_of(text, length)),
                                             mt940_argument_number("count", wide->width)};
    return note_row(exporting, MT940_M_DBS_TOO_WIDE, &row->order->invoice, row->order->line, args, 3);
}

/* Whether the bank knows another row under this name; a new order only. */
static int is_taken(struct exporting *exporting, const struct mt940_dbs_order *order, bool *out)
{
    struct mt940_found found;
    int status = mt940_ask_scan(exporting->flow, MT940_KIND_DBS_ORDER, MT940_DBS_ORDER_BY_REFERENCE, 3, order, &found);

    *out = false;
    for (size_t i = 0; i < found.count; i++) {
        const struct mt940_dbs_order *other = mt940_found_at(&found, i);

        *out |= other->line != order->line || !mt940_view_equal(&other->invoice, &order->invoice);
    }
    mt940_found_free(&found);
    return status;
}

static int check_row(struct exporting *exporting, const struct mt940_dbs_export_row *row, bool *fits)
{
    const struct mt940_dbs_order *order = row->order;
    const struct mt940_message_arg value = mt940_argument_text("value", order->reference);
    bool taken = false;
    size_t column;
    int status = 0;

    *fits = false;
    if (mt940_dbs_export_widest(exporting->layout, row, &column) == 0)
        return note_too_wide(exporting, row, column);
    if (order->reference.length > reference_most) {
        const struct mt940_message_arg args[] = {mt940_argument_word("name", "reference"), value,
                                                 mt940_argument_number("count", reference_most)};

        return note_row(exporting, MT940_M_DBS_TOO_WIDE, &order->invoice, order->line, args, 3);
    }
    if (order->record == MT940_DBS_ORDER_RECORD_NEW)
        status = is_taken(exporting, order, &taken);
    if (status == 0 && taken)
        return note_row(exporting, MT940_M_DBS_REFERENCE_TAKEN, &order->invoice, order->line, &value, 1);
    *fits = status == 0;
    return status;
}

static int by_reference(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_dbs_export_row *rows = context;

    return mt940_record_compare(MT940_KIND_DBS_ORDER, MT940_DBS_ORDER_BY_REFERENCE, rows[a].order, rows[b].order);
}

/* Two rows of one file under one name ("A" row 2, and "A-2"): the later one by invoice stays away. */
static int drop_twins(struct exporting *exporting, size_t *count)
{
    struct mt940_arena *scratch = &exporting->flow->scratch;
    uint32_t *order = mt940_arena_alloc(scratch, (2 * *count + 1) * sizeof *order);
    bool *twin = mt940_arena_alloc(scratch, *count + 1);
    size_t kept = 0;
    int status = 0;

    if (!order || !twin)
        return scratch->status;
    for (size_t i = 0; i < *count; i++)
        order[i] = (uint32_t)i;
    mt940_sort(order, order + *count, *count, by_reference, exporting->rows);
    for (size_t i = 1; i < *count; i++)
        twin[order[i]] = mt940_view_equal(&exporting->rows[order[i]].order->reference,
                                          &exporting->rows[order[i - 1]].order->reference) == 1;
    for (size_t i = 0; i < *count && status == 0; i++) {
        const struct mt940_dbs_order *told = exporting->rows[i].order;
        const struct mt940_message_arg value = mt940_argument_text("value", told->reference);

        if (twin[i]) {
            status = note_row(exporting, MT940_M_DBS_REFERENCE_TAKEN, &told->invoice, told->line, &value, 1);
            continue;
        }
        exporting->told[kept] = exporting->told[i];
        exporting->rows[kept++] = exporting->rows[i];
    }
    *count = kept;
    return status;
}

static int choose_rows(struct exporting *exporting)
{
    size_t kept = 0;
    int status = 0;

    exporting->rows = mt940_arena_alloc(&exporting->flow->scratch, (exporting->count + 1) * sizeof *exporting->rows);
    exporting->told = mt940_arena_alloc(&exporting->flow->scratch, (exporting->count + 1) * sizeof *exporting->told);
    if (!exporting->rows || !exporting->told)
        return exporting->flow->scratch.status;
    for (size_t i = 0; i < exporting->count && status == 0; i++) {
        bool fits = false;

        exporting->told[kept] = &exporting->list[i];
        status = describe_row(exporting, &exporting->list[i], &exporting->rows[kept]);
        if (status == 0)
            status = check_row(exporting, &exporting->rows[kept], &fits);
        kept += fits;
    }
    if (status == 0)
        status = drop_twins(exporting, &kept);
    exporting->result.left_out = (uint32_t)(exporting->count - kept);
    exporting->run.rows = (int64_t)kept;
    return status;
}

/* ---- The file and the batch ---- */

static int write_file(struct exporting *exporting)
{
    struct mt940_arena *scratch = &exporting->flow->scratch;
    size_t count = (size_t)exporting->run.rows, length = 0;
    char *text;

    for (size_t i = 0; i < count; i++) {
        struct mt940_dbs_order *order = &exporting->told[i]->order;

        order->run = exporting->run.number;
        exporting->rows[i].row = (int64_t)i + 1;
        exporting->result.added += order->record == MT940_DBS_ORDER_RECORD_NEW;
        exporting->result.updated += order->record == MT940_DBS_ORDER_RECORD_UPDATE;
        exporting->result.cancelled += order->record == MT940_DBS_ORDER_RECORD_CANCEL;
    }
    (void)mt940_dbs_export_write(exporting->layout, exporting->rows, count, NULL, 0, &length);
    text = mt940_arena_alloc(scratch, length + 1);
    if (!text)
        return scratch->status;
    exporting->run.content = mt940_view_of(text, length);
    return mt940_dbs_export_write(exporting->layout, exporting->rows, count, text, length, &length);
}

static int make_run(struct exporting *exporting)
{
    struct mt940_flow *flow = exporting->flow;
    int status = mt940_setting_read_run(flow, &exporting->request->bank, &exporting->counter, &exporting->run.number);

    exporting->run.company = flow->company;
    exporting->run.bank = exporting->request->bank;
    exporting->run.actor = flow->actor;
    exporting->run.at = flow->now;
    mt940_view_from_string(exporting->layout->name, &exporting->run.layout);
    return status ? status : write_file(exporting);
}

/* The file names its run, and with it the counter's revision: another file is another key. */
static struct mt940_view key_of(const struct exporting *exporting, char text[80])
{
    static const char prefix[] = "dbs-run:";
    struct mt940_sha256 hash;
    uint8_t digest[32];

    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, exporting->run.bank.data, exporting->run.bank.length);
    mt940_sha256_part(&hash, &exporting->run.number, sizeof exporting->run.number);
    mt940_sha256_part(&hash, exporting->run.content.data, exporting->run.content.length);
    mt940_sha256_final(&hash, digest);
    memcpy(text, prefix, sizeof prefix - 1);
    mt940_hex(digest, sizeof digest, text + sizeof prefix - 1);
    return mt940_view_of(text, sizeof prefix - 1 + 2 * sizeof digest);
}

static void plan_row(struct mt940_plan *plan, const struct telling *telling)
{
    if (telling->order_revision != 0)
        mt940_plan_put_if(plan, MT940_KIND_DBS_ORDER, &telling->order, telling->order_revision);
    else
        mt940_plan_put_new(plan, MT940_KIND_DBS_ORDER, &telling->order);
    mt940_plan_expect(plan, MT940_KIND_PAYMENT, &telling->row, telling->row.revision);
}

static int keep_run(struct exporting *exporting, bool *again)
{
    struct mt940_batch_result result;
    struct mt940_plan plan;
    char key[80];
    int status;

    mt940_plan_begin(&plan, exporting->flow, "dbs-export", key_of(exporting, key));
    mt940_plan_put_new(&plan, MT940_KIND_DBS_RUN, &exporting->run);
    for (size_t i = 0; i < (size_t)exporting->run.rows; i++)
        plan_row(&plan, exporting->told[i]);
    mt940_setting_plan_number(&plan, &exporting->counter, exporting->run.number + 1);
    status = mt940_plan_apply(&plan, &result);
    mt940_plan_end(&plan);
    *again = status == 0 && result.outcome != MT940_APPLIED;
    exporting->result.saved = status == 0 && !*again;
    return status;
}

static int attempt(struct exporting *exporting, mt940_dbs_export_sink sink, mt940_dbs_finding_sink finding,
                   void *sink_user, bool *again)
{
    int status = read_tellings(exporting);

    if (status == 0)
        status = choose_rows(exporting);
    if (status == 0 && exporting->run.rows > 0)
        status = make_run(exporting);
    if (status == 0 && exporting->run.rows > 0 && !(exporting->request->flags & MT940_DBS_EXPORT_CHECK))
        status = keep_run(exporting, again);
    if (status || *again)
        return status;
    status = mt940_notes_tell(&exporting->notes, finding, sink_user);
    exporting->result.size = sizeof exporting->result;
    exporting->result.run = &exporting->run;
    return status ? status : sink(sink_user, &exporting->result);
}

static int try_export(struct mt940_flow *flow, const struct mt940_dbs_export_request *request,
                      const struct mt940_dbs_layout *layout, mt940_dbs_export_sink sink,
                      mt940_dbs_finding_sink finding, void *sink_user, bool *again)
{
    struct exporting exporting;
    int status;

    *again = false;
    memset(&exporting, 0, sizeof exporting);
    exporting.flow = flow;
    exporting.request = request;
    exporting.layout = layout;
    mt940_notes_init(&exporting.notes, flow);
    status = attempt(&exporting, sink, finding, sink_user, again);
    mt940_memory_free(&flow->memory, exporting.list, exporting.capacity * sizeof *exporting.list);
    mt940_notes_end(&exporting.notes);
    mt940_found_free(&exporting.accounts);
    mt940_wishes_end(&exporting.wishes);
    return status;
}

static int check_request(const struct mt940_flow *flow, const struct mt940_dbs_export_request *request,
                         const struct mt940_dbs_layout **layout, struct mt940_error *error)
{
    const uint32_t flags = MT940_DBS_EXPORT_CHECK | MT940_DBS_EXPORT_AGAIN;
    char bank[5];

    if (!flow || !request || mt940_check_size(request, request->size, sizeof *request, sizeof *request) != 0 ||
        (request->flags & ~flags) != 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "request: set size and zero the rest");
    if (mt940_wish_check_bank(&request->bank, error) != 0)
        return MT940_E_ARGUMENT;
    mt940_view_copy(&request->bank, bank, sizeof bank);
    *layout = request->layout ? request->layout : mt940_dbs_layout_find(NULL, bank);
    return mt940_dbs_layout_check(*layout, error);
}

MT940_EXPORT int mt940_flow_dbs_export(struct mt940_flow *flow, const struct mt940_dbs_export_request *request,
                                       mt940_dbs_export_sink sink, mt940_dbs_finding_sink finding, void *sink_user,
                                       struct mt940_error *error)
{
    const struct mt940_dbs_layout *layout = NULL;
    bool again = true;
    int status = sink ? check_request(flow, request, &layout, error)
                      : mt940_fail(error, MT940_E_ARGUMENT, 0, "sink");

    if (status)
        return status;
    status = mt940_flow_enter(flow, error);
    for (uint32_t tries = 0; status == 0 && again && tries <= flow->retries; tries++) {
        mt940_flow_forget_scratch(flow);
        status = try_export(flow, request, layout, sink, finding, sink_user, &again);
    }
    if (status == 0 && again)
        status = MT940_E_CONFLICT;
    return mt940_flow_leave(flow, status);
}
