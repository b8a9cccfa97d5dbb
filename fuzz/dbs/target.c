/* SPDX-License-Identifier: Apache-2.0
 *
 * Direct-debit limits: the bytes are a program of events (invoices, payments of the bank, marks, adjustments), of calls of
 * the store that fail or whose answers get lost, of other writers and of reopenings, on a store in memory or on an SQLite
 * file. After each event every total and row is what a small model says, and at the end the audit finds nothing.
 *
 * The first byte chooses the store (7 or 255: an SQLite file, which costs five times as much), the next four limits and
 * controls; then a byte for what happens and a few for how.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/dbs_total.h"
#include "mt940connect/invoice.h"
#include "scene.h"

struct program {
    const uint8_t *bytes;
    size_t length, at;
};

static unsigned next(struct program *program)
{
    return program->at < program->length ? program->bytes[program->at++] : 0;
}

static const int64_t amounts[] = {10000, 15000, 7555,  30000, 3333, 12010, 25000, 6000,
                                  5000,  3778,  20000, 45000, 100,  9999,  66600, 5};
static const int64_t limits[] = {0, 10000, 20000, 40000, 60000, 100000, 500000, INT64_MAX / 4};
static const int64_t consents[] = {-1, -1, 10000, INT64_MAX / 4};

/* --- what an event was answered --- */

struct answer {
    int outcome, count, saved;
    char slip[96]; /* id */
};

static int take_invoice(void *user, const struct mt940_invoice_result *result)
{
    struct answer *answer = user;

    answer->outcome = result->outcome;
    answer->saved = result->saved;
    answer->count++;
    return 0;
}

/* What the other writer did came before, if it came at all; without a batch there was no moment for it. */
static void settle_rival(struct scene *scene, int record)
{
    if (scene->has_rival_written)
        scene->model.records[record].total += scene->rival_delta;
    scene->has_rival_written = 0;
    scene->rival_record = -1;
}

/* --- invoices --- */

static struct model_wish read_wish(struct program *program, const struct model *model, int is_new)
{
    unsigned first = next(program), second = next(program), third = next(program);
    struct model_wish wish = {.number = (int)(first % MODEL_INVOICES), .customer = (int)(first >> 4 & 1),
                              .kind = (first >> 5 & 7) < 5 ? MODEL_SALE : (enum model_kind)((first >> 5 & 7) - 4),
                              .amount = amounts[second % 16], .count = (int)(second >> 4) % 3 + 1,
                              .account = (int)(second >> 7), .is_foreign = (second >> 6 & 1) && (third & 3) == 3,
                              .due = third & 4 ? 20260801 : 20260815, .consent = consents[third >> 3 & 3],
                              .dbs = (third >> 5 & 3) != 3, .returns = -1};
    int named = (int)(next(program) % MODEL_INVOICES);

    if (!is_new) {
        const struct model_invoice *invoice = &model->invoices[wish.number];

        wish.kind = invoice->kind;
        wish.customer = invoice->customer;
        wish.returns = invoice->state == MODEL_NONE ? -1 : invoice->returns;
    } else if (wish.kind == MODEL_SALE_RETURN && model->invoices[named].state != MODEL_NONE) {
        wish.returns = named;
    }
    return wish;
}

static struct mt940_invoice invoice_of(const struct model_wish *wish)
{
    struct mt940_invoice invoice = {.number = scene_number(wish->number), .customer = scene_customer(wish->customer),
                                    .kind = (int64_t)wish->kind + 1, .date = {2026, 7, 1}, .amount = wish->amount,
                                    .currency = scene_view(wish->is_foreign ? "USD" : "TRY"),
                                    .rate = wish->is_foreign ? 250000000 : 0};

    invoice.due_date = (struct mt940_date){(int16_t)(wish->due / 10000), (int8_t)(wish->due / 100 % 100),
                                           (int8_t)(wish->due % 100)};
    /* What the customer's type says anyway is left to it. */
    if (wish->dbs != (wish->customer == 0))
        invoice.payment_type = wish->dbs ? MT940_PAYMENT_TYPE_DBS : MT940_PAYMENT_TYPE_TRANSFER;
    if (wish->returns >= 0)
        invoice.returns = scene_number(wish->returns);
    return invoice;
}

static int model_event(struct model *model, int32_t verb, const struct model_wish *wish)
{
    switch (verb) {
    case MT940_INVOICE_CHANGE:
        return model_change(model, wish);
    case MT940_INVOICE_CANCEL:
        return model_cancel(model, wish->number, wish->consent);
    case MT940_INVOICE_RESTORE:
        return model_restore(model, wish->number, wish->consent);
    case MT940_INVOICE_WITHDRAW:
        return model_withdraw(model, wish->number);
    default:
        return model_add(model, wish);
    }
}

/* An increase that was guarded and went on does not stand above a blocking limit, whoever wrote meanwhile. */
static void check_ceilings(const struct scene *scene, const struct model *before, int32_t verb)
{
    for (int i = 0; verb != MT940_INVOICE_OPENING && verb != MT940_INVOICE_WITHDRAW && i < MODEL_RECORDS; i++) {
        const struct model_record *record = &scene->model.records[i];

        SCENE_MUST(record->control != MODEL_BLOCK || record->total <= before->records[i].total ||
                   record->total <= record->limit);
    }
}

static void invoice_event(struct scene *scene, int32_t verb, const struct model_wish *wish)
{
    struct mt940_invoice invoice = invoice_of(wish);
    const struct mt940_dbs_consent consent = {.message = MT940_M_OVER_LIMIT, .excess = wish->consent};
    const struct mt940_dbs_plan_line plan = {.amount = wish->amount, .paid = wish->paid,
                                             .due_date = invoice.due_date};
    struct mt940_invoice_request request = {.size = sizeof(request), .verb = verb, .invoice = &invoice,
                                            .consents = &consent, .consent_count = wish->consent >= 0};
    struct answer answer = {0};
    struct model alone = scene->model, before;
    int rival = scene->rival_record, status;
    int goes_on = model_event(&alone, verb, wish) == MODEL_PROCEED;

    if (verb == MT940_INVOICE_ADD || verb == MT940_INVOICE_CHANGE) {
        request.instalments = wish->count;
        request.interval_months = 1;
        request.bank_account = scene_account(wish->account);
    } else if (verb == MT940_INVOICE_OPENING) {
        request.plan = &plan;
        request.plan_count = 1;
        request.bank_account = scene_account(wish->account);
    } else {
        invoice.payment_type = 0;
    }
    do {
        memset(&answer, 0, sizeof(answer));
        status = mt940_flow_invoice(scene->flow, &request, take_invoice, &answer, NULL);
    } while (scene_again(scene, status));
    SCENE_MUST(scene->has_rival_written == (rival >= 0 && goes_on));
    settle_rival(scene, rival);
    before = scene->model;
    SCENE_MUST(answer.count == 1);
    SCENE_MUST(answer.outcome == model_event(&scene->model, verb, wish));
    SCENE_MUST(answer.saved == (answer.outcome == MT940_DBS_PROCEED));
    check_ceilings(scene, &before, verb);
    SCENE_SAY("invoice verb %d F%02d kind %d C%d dbs %d account %d rows %d %ld paid %ld returns %d foreign %d: %d\n",
              (int)verb, wish->number, (int)wish->kind, wish->customer, wish->dbs, wish->account, wish->count,
              (long)wish->amount, (long)wish->paid, wish->returns, wish->is_foreign, answer.outcome);
}

static void opening_invoice(struct scene *scene, struct program *program)
{
    struct model_wish wish = read_wish(program, &scene->model, 1);

    wish.is_opening = 1;
    wish.count = 1;
    wish.paid = wish.consent < 0 ? 0 : wish.consent == 10000 ? wish.amount / 3 : wish.amount;
    wish.consent = -1;
    invoice_event(scene, MT940_INVOICE_OPENING, &wish);
}

/* --- the bank --- */

static char slip_ids[MODEL_SLIPS][96], reversal_ids[MODEL_SLIPS][96];
static int reversal_saved[MODEL_SLIPS];
static int chosen[MODEL_SLIPS]; /* 0 nothing, 1 yes, 2 no: a choice is remembered with its row */

static int take_row(void *user, const struct mt940_save_result *result)
{
    struct answer *answer = user;

    answer->outcome = result->message;
    answer->saved = result->saved;
    (void)mt940_view_copy(&result->slip, answer->slip, sizeof(answer->slip));
    answer->count = (int)result->closing_count;
    return 0;
}

static struct answer save(struct scene *scene, int account, int64_t row, struct mt940_row_choice *choice)
{
    static const int32_t accepted[] = {MT940_M_POSSIBLE_DUPLICATE};
    const struct mt940_save_request request = {.size = sizeof(request), .inbox_item = scene_item(account), .rows = &row,
                                               .row_count = 1, .choices = choice, .choice_count = 1,
                                               .accepted = accepted, .accepted_count = 1};
    struct mt940_save_summary summary = {.size = sizeof(summary)};
    struct answer answer;
    int rival = scene->rival_record, status;

    do {
        memset(&answer, 0, sizeof(answer));
        status = mt940_flow_save(scene->flow, &request, take_row, &answer, &summary, NULL);
    } while (scene_again(scene, status));
    settle_rival(scene, rival);
    return answer;
}

static void collect(struct scene *scene, struct program *program)
{
    unsigned byte = next(program);
    int slip = (int)(byte % MODEL_SLIPS), customer = (int)(byte >> 3 & 1), recognised = SCENE_ROW(slip) % 2;
    int choice = (int)(byte >> 4) % 3, is_free = scene->model.slips[slip].state == MODEL_NONE ||
                                                 scene->model.slips[slip].state == MODEL_CANCELLED;
    struct mt940_row_choice row = {.size = sizeof(row), .row = SCENE_ROW(slip), .set = MT940_CHOSE_CUSTOMER,
                                   .customer = scene_customer(customer)};

    if (choice) {
        row.set |= MT940_CHOSE_DBS;
        row.dbs = choice == 1;
    }
    struct answer answer = save(scene, SCENE_ACCOUNT(slip), SCENE_ROW(slip), &row);

    SCENE_SAY("collect %d C%d %ld choice %d: message %d saved %d closings %d\n", slip, customer,
              (long)scene_amounts[slip], choice, answer.outcome, answer.saved, answer.count);
    if (!is_free) {
        SCENE_MUST(!answer.saved);
        return;
    }
    memcpy(slip_ids[slip], answer.slip, sizeof(answer.slip));
    if (choice)
        chosen[slip] = choice;
    model_collect(&scene->model, slip, customer, scene_amounts[slip], SCENE_ACCOUNT(slip), SCENE_VALUE_DATE,
                  recognised || chosen[slip] == 1, chosen[slip] != 2);
    SCENE_MUST(answer.outcome == MT940_M_SAVED || answer.outcome == MT940_M_ALREADY_SAVED);
    SCENE_MUST(!answer.saved || answer.count == scene->model.slips[slip].part_count);
}

/* The bank takes a row back (RC). Without an active slip of the row there is nothing it could undo. */
static void reverse(struct scene *scene, struct program *program)
{
    int slip = (int)(next(program) % MODEL_SLIPS), was_saved = reversal_saved[slip];
    struct mt940_row_choice row = {.size = sizeof(row), .row = SCENE_ROW(slip) + 4, .set = MT940_CHOSE_CUSTOMER,
                                   .customer = scene_customer(scene->model.slips[slip].customer)};
    struct answer answer = save(scene, SCENE_ACCOUNT(slip), row.row, &row);

    SCENE_SAY("reverse %d: message %d saved %d\n", slip, answer.outcome, answer.saved);
    reversal_saved[slip] = was_saved || answer.slip[0] != '\0';
    if (!was_saved)
        memcpy(reversal_ids[slip], answer.slip, sizeof(answer.slip));
    if (was_saved)
        SCENE_MUST(!answer.saved);
    else if (scene->model.slips[slip].state == MODEL_ACTIVE && reversal_saved[slip])
        model_undo(&scene->model, slip, MODEL_REVERSED);
    else
        SCENE_MUST(scene->model.slips[slip].state != MODEL_ACTIVE);
}

/* Whoever took the row back was wrong. */
static void cancel_reversal(struct scene *scene, int slip)
{
    struct mt940_view id = scene_view(reversal_ids[slip]);
    int rival = scene->rival_record, status;
    int32_t message = 0;

    do
        status = mt940_flow_slip_cancel(scene->flow, &id, &message, NULL);
    while (scene_again(scene, status));
    settle_rival(scene, rival);
    SCENE_SAY("cancel the reversal of %d: message %d\n", slip, message);
    SCENE_MUST(message == MT940_M_SLIP_CANCELLED);
    reversal_saved[slip] = 0;
    model_return(&scene->model, slip);
}

static void slip_event(struct scene *scene, struct program *program)
{
    unsigned byte = next(program);
    int slip = (int)(byte % MODEL_SLIPS), rival = scene->rival_record, status;
    enum model_state state = scene->model.slips[slip].state;
    struct mt940_view id = scene_view(slip_ids[slip]);
    int32_t message = 0;

    if (state == MODEL_NONE)
        return;
    if (state == MODEL_REVERSED && byte & 32) {
        cancel_reversal(scene, slip);
        return;
    }
    do
        status = byte & 8 ? mt940_flow_slip_mark(scene->flow, &id, byte >> 4 & 1, &message, NULL)
                          : mt940_flow_slip_cancel(scene->flow, &id, &message, NULL);
    while (scene_again(scene, status));
    settle_rival(scene, rival);
    SCENE_SAY("slip %d %s: message %d\n", slip, byte & 8 ? byte & 16 ? "mark on" : "mark off" : "cancel", message);
    if (state == MODEL_CANCELLED)
        SCENE_MUST(message == MT940_M_UNKNOWN_SLIP);
    else if (state == MODEL_REVERSED)
        SCENE_MUST(message == MT940_M_SLIP_REVERSED);
    else
        SCENE_MUST(message == (byte & 8 ? 0 : MT940_M_SLIP_CANCELLED));
    if (byte & 8)
        model_mark(&scene->model, slip, byte >> 4 & 1, SCENE_ACCOUNT(slip));
    else
        model_undo(&scene->model, slip, MODEL_CANCELLED);
}

/* --- totals by hand --- */

static void adjust(struct scene *scene, struct program *program)
{
    unsigned byte = next(program);
    int record = (int)(byte % MODEL_RECORDS), rival = scene->rival_record, status;
    struct mt940_view customer = scene_customer(record / 2), note = scene_view("");
    struct model_record *model = &scene->model.records[record];
    int64_t amount = amounts[byte >> 4] * (byte & 8 ? -1 : 1), total = 0;
    char text[] = {'N', (char)('a' + scene->names / 26 % 26), (char)('a' + scene->names % 26), '\0'};
    struct mt940_view name = scene_view(text);
    int32_t message = 0;

    scene->names++;
    do {
        status = byte & 4 ? mt940_flow_dbs_adjust(scene->flow, &customer, record % 2 + 1, amount, &name, &note, &total,
                                                  &message, NULL)
                          : mt940_flow_dbs_opening(scene->flow, &customer, record % 2 + 1, amount, &message, NULL);
        if (status != 0)
            settle_rival(scene, rival); /* it came before the try that will count */
    } while (scene_again(scene, status));
    if (byte & 4) {
        model->total += amount;
    } else if (!model->is_opened) {
        model->total = amount;
        model->is_opened = 1;
    }
    SCENE_SAY("%s %d %ld: message %d\n", byte & 4 ? "adjust" : "open total", record, (long)amount, message);
    settle_rival(scene, rival); /* what the opening adds was reckoned before the other writer came */
}

static void change_limit(struct scene *scene, struct program *program)
{
    unsigned byte = next(program);
    int record = (int)(byte % MODEL_RECORDS), rival = scene->rival_record;

    scene->model.records[record].limit = limits[byte >> 2 & 7];
    scene->model.records[record].control = (int)(byte >> 5) % 3;
    scene_put_record(scene, record);
    settle_rival(scene, rival);
    SCENE_SAY("limit of %d is %ld, control %d\n", record, (long)scene->model.records[record].limit,
              scene->model.records[record].control);
}

/* --- the program --- */

static void arm(struct scene *scene, struct program *program)
{
    unsigned byte = next(program);

    scene->fate = (enum shaky_fate)(byte % SHAKY_FATES);
    scene->rival_record = byte & 4 ? (int)(byte >> 3 & 3) : -1;
    scene->rival_delta = amounts[byte >> 6] * (byte & 32 ? -1 : 1);
}

/* The books change, the store is opened anew, or a read of the next event will fail. */
static void books_event(struct scene *scene, struct program *program, int *is_armed)
{
    unsigned byte = next(program);

    if (byte % 4 == 3) {
        scene->fail_read = (byte >> 2) + 1;
        *is_armed = 1;
    } else if (byte % 4 == 1) {
        scene->fail_read = 0;
        scene_reopen(scene);
    } else {
        change_limit(scene, program);
    }
}

static void step(struct scene *scene, struct program *program)
{
    static const int32_t verbs[] = {MT940_INVOICE_ADD,     MT940_INVOICE_ADD,     MT940_INVOICE_CHANGE,
                                    MT940_INVOICE_CANCEL,  MT940_INVOICE_RESTORE, MT940_INVOICE_WITHDRAW};
    unsigned op = next(program) % 16;
    int is_armed = op == 15;

    scene->has_asked = 0;
    if (op == 15)
        arm(scene, program);
    if (op < 6) {
        struct model_wish wish = read_wish(program, &scene->model, verbs[op] == MT940_INVOICE_ADD);
        invoice_event(scene, verbs[op], &wish);
    } else if (op < 9) {
        collect(scene, program);
    } else if (op == 9) {
        reverse(scene, program);
    } else if (op < 12) {
        slip_event(scene, program);
    } else if (op == 12) {
        opening_invoice(scene, program);
    } else if (op == 13) {
        adjust(scene, program);
    } else if (op == 14) {
        books_event(scene, program, &is_armed);
    }
    if (!is_armed) { /* what was armed was for this event */
        scene->fate = SHAKY_GOES;
        scene->fail_read = 0;
        scene->rival_record = -1;
        scene->has_trouble = 0;
    }
    scene_check(scene);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct program program = {data, size < 300 ? size : 300, 0};
    static struct scene scene;
    unsigned first = next(&program);
    int on_sqlite = first == 7 || first == 255;

    memset(&scene, 0, sizeof(scene));
    memset(slip_ids, 0, sizeof(slip_ids));
    memset(reversal_saved, 0, sizeof(reversal_saved));
    memset(chosen, 0, sizeof(chosen));
    for (int i = 0; i < MODEL_INVOICES; i++)
        scene.model.invoices[i].returns = -1;
    for (int i = 0; i < MODEL_RECORDS; i++) {
        unsigned byte = next(&program);
        scene.model.records[i].limit = limits[byte % 8];
        scene.model.records[i].control = (int)(byte >> 3) % 3;
    }
    scene_begin(&scene, on_sqlite);
    while (program.at < program.length)
        step(&scene, &program);
    scene.fail_read = 0; /* armed by the last bytes, for nothing */
    scene_audit(&scene);
    scene_end(&scene);
    return 0;
}
