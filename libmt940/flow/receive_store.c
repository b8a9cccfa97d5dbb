/* SPDX-License-Identifier: Apache-2.0
 *
 * receive_store.c: a file into the store: its bytes, its statements, its movements, the running
 * number and the remembered balance of each account, in one batch under the file's digest.
 */
#include "base/sha256.h"
#include "flow/ask.h"
#include "flow/overlay.h"
#include "flow/receive.h"
#include "flow/setting.h"
#include "text/argument.h"

static const char key_prefix[] = "receive:";

/* One try at storing: everything is decided anew against what is in the store now. */
struct attempt {
    struct mt940_receiving *receiving;
    struct mt940_plan *plan;
    struct mt940_known_file known;
    struct mt940_setting numbering; /* next running number of the inbox */
    int64_t next_number;
    struct mt940_day_balance **balances; /* of the accounts in this file, as they will be remembered */
    size_t balance_count, balance_capacity;
    uint32_t statements, movements;
};

/* The worst error finding about a statement's messages, 0 = none. */
static int32_t worst_finding(const struct mt940_receiving *receiving, const struct mt940_whole *whole)
{
    for (size_t i = 0; i < receiving->document_findings; i++) {
        const struct mt940_finding *finding = &receiving->findings[i];
        if (finding->severity == MT940_ERROR && finding->statement >= whole->first &&
            finding->statement < whole->first + whole->page_count)
            return finding->message;
    }
    /* Errors past the limit of findings are only counted. */
    for (size_t i = 0; i < whole->page_count; i++)
        if (whole->pages[i]->trailer.error_count)
            return MT940_M_TOO_MANY_FINDINGS;
    return 0;
}

static int plan_movement(struct attempt *attempt, struct mt940_arrival *arrival, struct mt940_inbox_item *item,
                         struct mt940_movement *movement)
{
    enum mt940_known known;
    int status = mt940_known_judge(&attempt->known, item, arrival->seconds[movement->row - 1], movement, &known);
    if (status || known == MT940_KNOWN_SAME)
        return status;
    if (known == MT940_KNOWN_DIFFERS) {
        movement->state = MT940_MOVEMENT_STATE_CONFLICT;
        movement->fault = MT940_M_SAME_MOVEMENT_DIFFERS;
    }
    mt940_plan_put_new(attempt->plan, MT940_KIND_MOVEMENT, movement);
    item->entries++;
    item->open_entries++;
    return 0;
}

/* Some rows at a time: the store is asked once for them. */
static int plan_movements(struct attempt *attempt, struct mt940_arrival *arrival, struct mt940_inbox_item *item)
{
    struct mt940_flow *flow = attempt->receiving->flow;
    size_t entries = arrival->whole->entries, most = entries < MT940_KNOWN_LOOK ? entries : MT940_KNOWN_LOOK;
    struct mt940_movement *movements = mt940_arena_alloc(&flow->scratch, (most + 1) * sizeof *movements);
    int status = movements ? 0 : flow->scratch.status;
    for (size_t at = 0; at < entries && status == 0; at += most) {
        size_t count = entries - at < most ? entries - at : most;
        for (size_t i = 0; i < count && status == 0; i++)
            status = mt940_arrival_movement(flow, arrival, at + i + 1, &movements[i]);
        if (status == 0)
            status = mt940_known_look(&attempt->known, movements, arrival->seconds + at, count);
        for (size_t i = 0; i < count && status == 0; i++)
            status = plan_movement(attempt, arrival, item, &movements[i]);
    }
    return status;
}

/* The remembered balance of a statement's account, read once a file. */
static int balance_of(struct attempt *attempt, const struct mt940_inbox_item *item, struct mt940_day_balance **out)
{
    struct mt940_flow *flow = attempt->receiving->flow;
    void *array = attempt->balances;
    for (size_t i = 0; i < attempt->balance_count; i++) {
        if (mt940_view_equal(&attempt->balances[i]->bank_account, &item->bank_account) == 1) {
            *out = attempt->balances[i];
            return 0;
        }
    }
    int status = mt940_memory_reserve(&flow->memory, &array, &attempt->balance_capacity, attempt->balance_count + 1,
                                      sizeof *attempt->balances);
    attempt->balances = array;
    *out = mt940_arena_alloc(&flow->scratch, sizeof **out);
    if (status || !*out)
        return status ? status : flow->scratch.status;
    attempt->balances[attempt->balance_count++] = *out;
    return mt940_setting_read_balance(flow, item, *out);
}

/* Compares with the last balance of the account, and takes its place if it is later. */
static int chain_days(struct attempt *attempt, const struct mt940_arrival *arrival)
{
    const struct mt940_inbox_item *item = &arrival->item;
    struct mt940_day_balance *last;
    if (item->bank_account.length == 0 || !item->closing_date.year)
        return 0;
    int status = balance_of(attempt, item, &last);
    if (status)
        return status;
    struct mt940_balance opening, closing, remembered;
    mt940_chain_balance(item->opening, &item->opening_date, &item->currency, &opening);
    mt940_chain_balance(item->closing, &item->closing_date, &item->currency, &closing);
    mt940_chain_balance(last->units, &last->date, &item->currency, &remembered);
    if (last->known && mt940_day_chain(&remembered, &opening, &closing) == MT940_CHAIN_BALANCE) {
        struct mt940_message_arg args[2] = {mt940_argument_money("found", item->opening, &item->currency),
                                            mt940_argument_money("expected", last->units, &item->currency)};
        status = mt940_receive_find(attempt->receiving, MT940_M_STATEMENT_GAP, MT940_WARNING, arrival->whole, args, 2);
    }
    if (!last->known || mt940_date_compare(&item->closing_date, &last->date) >= 0) {
        last->known = last->changed = true;
        last->date = item->closing_date;
        last->units = item->closing;
    }
    return status;
}

static int report_arrival(struct attempt *attempt, const struct mt940_arrival *arrival,
                          const struct mt940_inbox_item *item)
{
    struct mt940_receiving *receiving = attempt->receiving;
    int status = 0;
    if (item->bank_account.length == 0) {
        struct mt940_message_arg arg = mt940_argument_text("account", item->account_text);
        status = mt940_receive_find(receiving, MT940_M_UNKNOWN_BANK_ACCOUNT, MT940_WARNING, arrival->whole, &arg, 1);
    }
    if (status == 0 && item->entries < (int64_t)arrival->whole->entries) {
        struct mt940_message_arg arg = mt940_argument_number("count", item->entries);
        status = mt940_receive_find(receiving, MT940_M_STATEMENT_EXTENDS, MT940_INFO, arrival->whole, &arg, 1);
    }
    if (status == 0 && arrival->whole->finding == MT940_M_PAGE_BALANCE) {
        struct mt940_message_arg args[2] = {mt940_argument_amount("found", arrival->whole->found),
                                            mt940_argument_amount("expected", arrival->whole->expected)};
        status = mt940_receive_find(receiving, MT940_M_PAGE_BALANCE, MT940_ERROR, arrival->whole, args, 2);
    }
    return status;
}

static int plan_statement(struct attempt *attempt, const struct mt940_whole *whole)
{
    struct mt940_receiving *receiving = attempt->receiving;
    struct mt940_flow *flow = receiving->flow;
    struct mt940_arrival_file file = {mt940_view_of(receiving->digest, strlen(receiving->digest)), receiving->shown_name};
    struct mt940_inbox_item stored;
    /* Records of this file point to their statement until the batch is applied. */
    struct mt940_arrival *arrival = mt940_arena_alloc(&flow->scratch, sizeof *arrival);
    if (!arrival)
        return flow->scratch.status;
    int status = mt940_arrival_item(flow, whole, &file, worst_finding(receiving, whole), arrival);
    if (status)
        return status;
    status = mt940_ask_get(flow, MT940_KIND_INBOX_ITEM, &arrival->item, &stored);
    if (status == 0 || (status == MT940_E_NOT_FOUND && mt940_known_statement(&attempt->known, &arrival->item)))
        return mt940_receive_find(receiving, MT940_M_STATEMENT_DUPLICATE, MT940_INFO, whole, NULL, 0);
    if (status != MT940_E_NOT_FOUND)
        return status;
    struct mt940_inbox_item *item = &arrival->item;
    status = plan_movements(attempt, arrival, item);
    if (status == 0 && item->entries == 0 && whole->entries > 0)
        return mt940_receive_find(receiving, MT940_M_STATEMENT_DUPLICATE, MT940_INFO, whole, NULL, 0);
    if (status == 0)
        status = report_arrival(attempt, arrival, item);
    if (status == 0)
        status = chain_days(attempt, arrival);
    if (status)
        return status;
    if (item->open_entries == 0 && item->state == MT940_INBOX_STATE_NEW)
        item->state = MT940_INBOX_STATE_SAVED;
    item->number_shown = attempt->next_number++;
    mt940_plan_put_new(attempt->plan, MT940_KIND_INBOX_ITEM, item);
    attempt->statements++;
    attempt->movements += (uint32_t)item->entries;
    return 0;
}

/* Names a plan by the files it stores: the same bytes are stored once. */
static void begin_plan(struct mt940_plan *plan, struct mt940_receiving *const *files, size_t count)
{
    char key[sizeof key_prefix + 64], digest[65];
    const char *name = files[0]->digest;
    struct mt940_sha256 hash;
    uint8_t bytes[32];
    if (count > 1) {
        mt940_sha256_init(&hash);
        for (size_t i = 0; i < count; i++)
            mt940_sha256_part(&hash, files[i]->digest, 64);
        mt940_sha256_final(&hash, bytes);
        mt940_hex(bytes, sizeof bytes, digest);
        name = digest;
    }
    memcpy(key, key_prefix, sizeof key_prefix - 1);
    memcpy(key + sizeof key_prefix - 1, name, 64);
    mt940_plan_begin(plan, files[0]->flow, "receive", mt940_view_of(key, sizeof key_prefix - 1 + 64));
}

static int begin(struct attempt *attempt)
{
    struct mt940_receiving *receiving = attempt->receiving;
    size_t movements = 0;
    receiving->finding_count = receiving->document_findings;
    for (size_t i = 0; i < receiving->whole_count; i++)
        movements += receiving->wholes[i].entries;
    int status = mt940_known_init(&attempt->known, receiving->flow, receiving->whole_count, movements);
    return status ? status : mt940_setting_read_number(receiving->flow, &attempt->numbering, &attempt->next_number);
}

static void plan_file(struct attempt *attempt)
{
    const struct mt940_receiving *receiving = attempt->receiving;
    struct mt940_file file;
    memset(&file, 0, sizeof file);
    file.company = receiving->flow->company;
    file.digest = mt940_view_of(receiving->digest, 64);
    file.name = receiving->shown_name;
    file.connection = receiving->connection;
    file.received_at = receiving->flow->now;
    file.statements = attempt->statements;
    file.complete = receiving->complete_count == receiving->whole_count;
    file.content = mt940_view_of(receiving->bytes, receiving->length);
    mt940_plan_put_new(attempt->plan, MT940_KIND_FILE, &file);
    if (attempt->statements)
        mt940_setting_plan_number(attempt->plan, &attempt->numbering, attempt->next_number);
    for (size_t i = 0; i < attempt->balance_count; i++)
        if (attempt->balances[i]->changed)
            mt940_setting_plan_balance(attempt->plan, attempt->balances[i]);
}

/* Plans everything one file brings. */
static int plan_all(struct attempt *attempt)
{
    struct mt940_receiving *receiving = attempt->receiving;
    int status = begin(attempt);
    for (size_t i = 0; status == 0 && i < receiving->whole_count; i++)
        if (receiving->wholes[i].complete)
            status = plan_statement(attempt, &receiving->wholes[i]);
    if (status == 0)
        plan_file(attempt);
    mt940_memory_free(&receiving->flow->memory, attempt->balances,
                      attempt->balance_capacity * sizeof *attempt->balances);
    return status;
}

/* The same bytes came before, perhaps under another name. */
static int answer_known(struct mt940_receiving *receiving, bool *known)
{
    struct mt940_flow *flow = receiving->flow;
    struct mt940_file key, stored;
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.digest = mt940_view_of(receiving->digest, 64);
    int status = mt940_ask_get(flow, MT940_KIND_FILE, &key, &stored);
    *known = status == 0;
    if (status)
        return status == MT940_E_NOT_FOUND ? 0 : status;
    if (!stored.complete) {
        mt940_receive_outcome(receiving, MT940_SETTLED_INCOMPLETE, MT940_M_FILE_INCOMPLETE, NULL);
        return 0;
    }
    struct mt940_message_arg arg = mt940_argument_text("name", stored.name);
    status = mt940_arena_view(&receiving->keep, &stored.name, &arg.text);
    mt940_receive_outcome(receiving, MT940_SETTLED_DUPLICATE, MT940_M_FILE_DUPLICATE, &arg);
    return status;
}

static void tell_accepted(struct mt940_receiving *receiving, const struct attempt *attempt)
{
    struct mt940_message_arg arg = mt940_argument_number("count", attempt->statements);
    receiving->result.statements = attempt->statements;
    receiving->result.movements = attempt->movements;
    if (receiving->complete_count < receiving->whole_count)
        mt940_receive_outcome(receiving, MT940_SETTLED_INCOMPLETE, MT940_M_FILE_INCOMPLETE, NULL);
    else if (attempt->statements == 0)
        mt940_receive_outcome(receiving, MT940_SETTLED_DUPLICATE, MT940_M_STATEMENT_DUPLICATE, NULL);
    else
        mt940_receive_outcome(receiving, MT940_SETTLED_ACCEPTED, MT940_M_FILE_RECEIVED, &arg);
}

/* One file into the plan, and its outcome should the plan be stored. */
static int plan_one(struct mt940_plan *plan, struct mt940_receiving *receiving)
{
    struct attempt attempt;
    bool known;
    memset(&attempt, 0, sizeof attempt);
    attempt.receiving = receiving;
    attempt.plan = plan;
    int status = answer_known(receiving, &known);
    if (status || known)
        return status;
    status = plan_all(&attempt);
    if (status == 0)
        tell_accepted(receiving, &attempt);
    return status;
}

/* Files of one commit see what those before them bring. */
static int plan_files(struct mt940_plan *plan, struct mt940_receiving *const *files, size_t count)
{
    struct mt940_overlay overlay;
    int status = 0;
    if (count == 1)
        return plan_one(plan, files[0]);
    mt940_overlay_begin(&overlay, files[0]->flow, plan);
    for (size_t i = 0; status == 0 && i < count; i++)
        status = plan_one(plan, files[i]);
    mt940_overlay_end(&overlay);
    return status;
}

/* MT940_E_CONFLICT: another process stored the same bytes, or something near. */
static int try_files(struct mt940_receiving *const *files, size_t count)
{
    struct mt940_batch_result result;
    struct mt940_plan plan;
    mt940_flow_forget_scratch(files[0]->flow);
    begin_plan(&plan, files, count);
    int status = plan_files(&plan, files, count);
    if (status == 0 && plan.count) {
        status = mt940_plan_apply(&plan, &result);
        if (status == 0 && result.outcome != MT940_APPLIED)
            status = MT940_E_CONFLICT;
    }
    mt940_plan_end(&plan);
    return status;
}

/* In one commit, or each by itself, as often as it takes. */
static int store_together(struct mt940_receiving *const *files, size_t count)
{
    int status = count > 1 ? try_files(files, count) : MT940_E_CONFLICT;
    if (status != MT940_E_CONFLICT)
        return status;
    for (size_t i = 0; i < count; i++) {
        status = MT940_E_CONFLICT;
        for (uint32_t tries = 0; tries <= files[i]->flow->retries && status == MT940_E_CONFLICT; tries++)
            status = try_files(&files[i], 1);
        if (status)
            return status;
    }
    return 0;
}

/* Each look at the store passes the movements of the plan, so a plan of several files is kept small. */
static bool is_large(const struct mt940_receiving *receiving)
{
    size_t movements = 0;
    for (size_t i = 0; i < receiving->whole_count; i++)
        movements += receiving->wholes[i].entries;
    return movements >= MT940_RECEIVE_MOVEMENTS;
}

int mt940_receive_store(struct mt940_receiving *const *files, size_t count)
{
    int status = 0;
    for (size_t i = 0, run = 0; i < count && status == 0; i += run) {
        for (run = 0; i + run < count && !is_large(files[i + run]); run++)
            ;
        run += run == 0;
        status = store_together(files + i, run);
    }
    return status;
}
