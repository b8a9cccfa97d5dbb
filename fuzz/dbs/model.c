/* SPDX-License-Identifier: Apache-2.0
 *
 * model.c: what the limits must be, said once more and simply. Must not include the library.
 */
#include "model.h"

#include <string.h>

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* a * b / c, halves away from zero. */
static int64_t share(int64_t a, int64_t b, int64_t c)
{
    int64_t product = a * b, sign = (product < 0) != (c < 0) ? -1 : 1;
    int64_t top = product < 0 ? -product : product, bottom = c < 0 ? -c : c;

    return sign * ((2 * top + bottom) / (2 * bottom));
}

static int64_t open_of(const struct model_row *row)
{
    return row->amount - row->paid;
}

/* --- deciding --- */

struct effects {
    int64_t delta[MODEL_RECORDS];
};

static void effect(struct effects *effects, const struct model_row *row, int64_t delta)
{
    if (row->record >= 0)
        effects->delta[row->record] += delta;
}

/* Decides, and adds to the totals what is decided to go on. */
static int decide(struct model *model, const struct effects *effects, int guarded, int64_t consent)
{
    int answer = MODEL_PROCEED;

    for (int i = 0; guarded && i < MODEL_RECORDS; i++) {
        const struct model_record *record = &model->records[i];
        int64_t excess = record->total + effects->delta[i] - record->limit;

        if (effects->delta[i] <= 0 || excess <= 0 || record->control == MODEL_PROCEED)
            continue;
        if (record->control == MODEL_BLOCK)
            answer = MODEL_BLOCK;
        else if (consent < excess && answer == MODEL_PROCEED)
            answer = MODEL_WARN;
    }
    for (int i = 0; answer == MODEL_PROCEED && i < MODEL_RECORDS; i++)
        model->records[i].total += effects->delta[i];
    return answer;
}

/* --- rows --- */

/* A month on: the days used are in every month, and no year ends. */
static int month_later(int due, int months)
{
    return due + 100 * months;
}

static void make_rows(struct model_invoice *invoice, const struct model_wish *wish)
{
    static const int sides[] = {1, -1, -1, 1}, factors[] = {1, -1, 0, 0};
    int64_t part = wish->amount / wish->count;

    invoice->count = wish->count;
    for (int i = 0; i < wish->count; i++) {
        struct model_row *row = &invoice->rows[i];
        int64_t amount = i + 1 < wish->count ? part : wish->amount - part * (wish->count - 1);
        int64_t rest = amount - wish->paid;

        memset(row, 0, sizeof(*row));
        row->amount = sides[invoice->kind] * amount;
        row->paid = row->opening = sides[invoice->kind] * wish->paid;
        row->due = month_later(wish->due, i);
        row->dbs = wish->dbs;
        row->is_foreign = wish->is_foreign;
        row->record = wish->dbs ? 2 * invoice->customer + wish->account : -1;
        if (row->dbs)
            row->added = factors[invoice->kind] * (wish->is_foreign ? share(rest, 5, 2) : rest);
    }
}

/* --- what payments and returns close, and taking it back --- */

/* A row that left DBS takes along what it had kept in the total when its payment goes back (decision 27). */
static void give_back_part(struct model_row *row, int64_t part, int64_t lowered, int64_t amount,
                           struct effects *effects)
{
    int64_t kept = lowered > 0 ? share(lowered, part, amount) : 0;

    if (row->dbs || row->added <= 0)
        return;
    if (row->paid - row->opening == part)
        kept = row->added;
    kept = least(kept, row->added);
    effect(effects, row, -kept);
    row->added -= kept;
}

static void close_by_return(struct model *model, int number)
{
    struct model_invoice *invoice = &model->invoices[number];
    struct model_invoice *named = invoice->returns >= 0 ? &model->invoices[invoice->returns] : NULL;

    invoice->part_count = 0;
    if (!named || named->state != MODEL_ACTIVE || named->customer != invoice->customer)
        return;
    for (int i = 0; i < invoice->count; i++) {
        struct model_row *credit = &invoice->rows[i];

        for (int j = 0; j < named->count; j++) {
            struct model_row *row = &named->rows[j];
            int64_t part = least(-open_of(credit), open_of(row));

            if (part <= 0 || row->dbs != credit->dbs || row->is_foreign != credit->is_foreign ||
                (credit->dbs && row->record != credit->record))
                continue;
            row->paid += part;
            credit->paid -= part;
            invoice->parts[invoice->part_count++] = (struct model_part){invoice->returns, j, i, part};
        }
    }
}

static void reopen_return(struct model *model, int number, struct effects *effects)
{
    struct model_invoice *invoice = &model->invoices[number];

    for (int i = 0; i < invoice->part_count; i++) {
        const struct model_part *part = &invoice->parts[i];
        struct model_row *row = &model->invoices[part->invoice].rows[part->row], *credit = &invoice->rows[part->own];

        give_back_part(row, part->amount, -credit->added, -credit->amount, effects);
        row->paid -= part->amount;
        credit->paid += part->amount;
    }
    invoice->part_count = 0;
}

/* --- invoices --- */

static int finish(struct model *model, const struct model *before, int number, int answer)
{
    if (answer != MODEL_PROCEED)
        *model = *before;
    else if (model->invoices[number].kind == MODEL_SALE_RETURN && model->invoices[number].state == MODEL_ACTIVE)
        close_by_return(model, number);
    return answer;
}

int model_add(struct model *model, const struct model_wish *wish)
{
    struct model_invoice *invoice = &model->invoices[wish->number];
    struct effects effects = {{0}};
    struct model before = *model;

    if (invoice->state != MODEL_NONE)
        return MODEL_BLOCK;
    memset(invoice, 0, sizeof(*invoice));
    invoice->state = MODEL_ACTIVE;
    invoice->kind = wish->kind;
    invoice->customer = wish->customer;
    invoice->returns = wish->returns;
    make_rows(invoice, wish);
    for (int i = 0; i < invoice->count; i++)
        effect(&effects, &invoice->rows[i], invoice->rows[i].added);
    int answer = decide(model, &effects, !wish->is_opening, wish->consent);
    if (wish->is_opening)
        return answer; /* a return of before the books began closes nothing */
    return finish(model, &before, wish->number, answer);
}

/* Whether a paid part can stand in what the row is to become, and carries it over. */
static int carry(const struct model_row *old, struct model_row *row)
{
    int64_t is = row->amount < 0 ? -row->amount : row->amount, paid = old->paid < 0 ? -old->paid : old->paid;

    if (row->is_foreign != old->is_foreign || row->dbs != old->dbs || (old->dbs && row->record != old->record) ||
        is < paid)
        return 0;
    row->paid = old->paid;
    row->opening = old->opening;
    if (!old->dbs) {
        row->record = old->record;
        row->added = old->added;
    } else if (old->opening && row->amount) {
        row->added = share(row->added, row->amount - row->opening, row->amount);
    }
    return 1;
}

int model_change(struct model *model, const struct model_wish *wish)
{
    struct model_invoice *invoice = &model->invoices[wish->number];
    struct model_invoice old;
    struct effects effects = {{0}};
    struct model before = *model;
    int is_bound = 0;

    if (invoice->state != MODEL_ACTIVE)
        return MODEL_BLOCK;
    reopen_return(model, wish->number, &effects);
    old = *invoice;
    make_rows(invoice, wish);
    for (int i = 0; i < old.count; i++) {
        effect(&effects, &old.rows[i], -old.rows[i].added);
        if (old.rows[i].paid != 0 && (i >= invoice->count || !carry(&old.rows[i], &invoice->rows[i])))
            is_bound = 1;
    }
    for (int i = 0; i < invoice->count; i++)
        effect(&effects, &invoice->rows[i], invoice->rows[i].added);
    int answer = is_bound ? MODEL_BLOCK : decide(model, &effects, 1, wish->consent);
    return finish(model, &before, wish->number, answer);
}

int model_cancel(struct model *model, int number, int64_t consent)
{
    struct model_invoice *invoice = &model->invoices[number];
    struct effects effects = {{0}};
    struct model before = *model;
    int is_paid = 0;

    if (invoice->state != MODEL_ACTIVE)
        return MODEL_BLOCK;
    reopen_return(model, number, &effects);
    for (int i = 0; i < invoice->count; i++) {
        is_paid |= invoice->rows[i].paid != 0;
        effect(&effects, &invoice->rows[i], -invoice->rows[i].added);
    }
    int answer = is_paid ? MODEL_BLOCK : decide(model, &effects, 1, consent);
    invoice->state = MODEL_CANCELLED;
    return finish(model, &before, number, answer);
}

int model_restore(struct model *model, int number, int64_t consent)
{
    struct model_invoice *invoice = &model->invoices[number];
    struct effects effects = {{0}};
    struct model before = *model;

    if (invoice->state != MODEL_CANCELLED)
        return MODEL_BLOCK;
    for (int i = 0; i < invoice->count; i++)
        effect(&effects, &invoice->rows[i], invoice->rows[i].added);
    int answer = decide(model, &effects, 1, consent);
    invoice->state = MODEL_ACTIVE;
    return finish(model, &before, number, answer);
}

int model_withdraw(struct model *model, int number)
{
    struct model_invoice *invoice = &model->invoices[number];
    struct effects effects = {{0}};
    struct model before = *model;

    if (invoice->state != MODEL_ACTIVE)
        return MODEL_BLOCK;
    reopen_return(model, number, &effects);
    for (int i = 0; i < invoice->count; i++) {
        struct model_row *row = &invoice->rows[i];
        int64_t whole = row->amount - row->opening;
        int64_t part = row->dbs && whole ? share(row->added, open_of(row), whole) : 0;

        effect(&effects, row, -part);
        row->added -= part;
        row->dbs = 0;
    }
    return finish(model, &before, number, decide(model, &effects, 0, -1));
}

/* --- the bank --- */

static int may_be_collected(const struct model_invoice *invoice, const struct model_row *row, int customer, int record)
{
    return invoice->state == MODEL_ACTIVE && invoice->customer == customer && row->dbs && row->record == record &&
           row->added != 0 && row->amount > 0 && open_of(row) > 0 && !row->is_foreign;
}

/* The rows a line may close, in order of due date, invoice and line; their count. */
static int eligible(const struct model *model, int customer, int record, struct model_part *list)
{
    int count = 0;

    for (int i = 0; i < MODEL_INVOICES; i++)
        for (int j = 0; j < model->invoices[i].count; j++) {
            const struct model_row *row = &model->invoices[i].rows[j];
            int at = count;

            if (!may_be_collected(&model->invoices[i], row, customer, record))
                continue;
            for (; at > 0 && model->invoices[list[at - 1].invoice].rows[list[at - 1].row].due > row->due; at--)
                list[at] = list[at - 1];
            list[at] = (struct model_part){i, j, 0, open_of(row)};
            count++;
        }
    return count;
}

/* Due, of exactly this amount, and the only such row of the first day there is one: its place, or -1. */
static int exact(const struct model *model, const struct model_part *list, int count, int64_t amount, int value)
{
    int first = -1;

    for (int i = 0; i < count; i++) {
        int due = model->invoices[list[i].invoice].rows[list[i].row].due;

        if (list[i].amount != amount || due > value)
            continue;
        if (first >= 0)
            return due == model->invoices[list[first].invoice].rows[list[first].row].due ? -1 : first;
        first = i;
    }
    return first;
}

void model_collect(struct model *model, int slip, int customer, int64_t amount, int account, int value, int is_dbs,
                   int marked)
{
    struct model_slip *out = &model->slips[slip];
    struct model_part list[MODEL_INVOICES * MODEL_ROWS];
    int record = 2 * customer + account, count = is_dbs ? eligible(model, customer, record, list) : 0;
    int only = exact(model, list, count, amount, value);
    int64_t rest = amount;

    memset(out, 0, sizeof(*out));
    out->state = MODEL_ACTIVE;
    out->customer = customer;
    out->amount = amount;
    out->dbs = is_dbs && marked;
    out->record = out->dbs ? record : -1;
    out->lowered = out->dbs ? amount : 0;
    for (int i = 0; i < count; i++) {
        struct model_part part = list[i];

        part.amount = least(part.amount, rest);
        if (part.amount == 0 || (only >= 0 && i != only))
            continue;
        model->invoices[part.invoice].rows[part.row].paid += part.amount;
        out->parts[out->part_count++] = part;
        rest -= part.amount;
    }
    if (out->dbs)
        model->records[record].total -= amount;
}

void model_undo(struct model *model, int slip, enum model_state state)
{
    struct model_slip *out = &model->slips[slip];
    struct effects effects = {{0}};

    if (out->state != MODEL_ACTIVE)
        return;
    out->state = state;
    if (out->record >= 0)
        effects.delta[out->record] += out->lowered;
    for (int i = 0; i < out->part_count; i++) {
        struct model_row *row = &model->invoices[out->parts[i].invoice].rows[out->parts[i].row];

        if (out->parts[i].is_undone)
            continue;
        out->parts[i].is_undone = 1;
        give_back_part(row, out->parts[i].amount, out->lowered, out->amount, &effects);
        row->paid -= out->parts[i].amount;
    }
    decide(model, &effects, 0, -1);
}

void model_return(struct model *model, int slip)
{
    struct model_slip *out = &model->slips[slip];

    out->state = MODEL_ACTIVE;
    if (out->record >= 0)
        model->records[out->record].total -= out->lowered;
    for (int i = 0; i < out->part_count; i++) {
        struct model_part *part = &out->parts[i];
        struct model_invoice *invoice = &model->invoices[part->invoice];
        struct model_row *row = &invoice->rows[part->row];

        if (invoice->state != MODEL_ACTIVE || part->row >= invoice->count || row->is_foreign ||
            open_of(row) < part->amount)
            continue;
        part->is_undone = 0;
        row->paid += part->amount;
        if (!row->dbs && out->lowered > 0 && row->record >= 0) {
            int64_t back = share(out->lowered, part->amount, out->amount);

            row->added += back;
            model->records[row->record].total += back;
        }
    }
}

void model_mark(struct model *model, int slip, int on, int account)
{
    struct model_slip *out = &model->slips[slip];

    if (out->state != MODEL_ACTIVE || out->dbs == on)
        return;
    out->dbs = on;
    if (on) {
        out->record = 2 * out->customer + account;
        out->lowered = out->amount;
        model->records[out->record].total -= out->amount;
    } else {
        model->records[out->record].total += out->lowered;
        out->record = -1;
        out->lowered = 0;
    }
}
