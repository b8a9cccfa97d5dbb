/* SPDX-License-Identifier: Apache-2.0
 *
 * setting.c: small memories of the flow as guarded records, so that two processes that receive
 * at once neither share a number nor lose a balance.
 */
#include "flow/setting.h"

#include "base/sha256.h"
#include "flow/ask.h"

static const char number_name[] = "inbox.next-number";
static const char run_prefix[] = "dbs-run.next-number.";
static const char books_name[] = "books.state";
static const char balance_prefix[] = "closing-balance.";

/* Reads a setting; an absent one has revision 0 and an empty value. */
static int read_setting(struct mt940_flow *flow, struct mt940_view name, struct mt940_setting *out)
{
    struct mt940_setting key;
    memset(&key, 0, sizeof key);
    key.company = flow->company;
    key.name = name;
    *out = key;
    int status = mt940_ask_get(flow, MT940_KIND_SETTING, &key, out);
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

static void plan_setting(struct mt940_plan *plan, const struct mt940_setting *stored, struct mt940_view value)
{
    struct mt940_setting changed = *stored;
    changed.value = value;
    /* One that an earlier file of the commit makes is replaced in the plan. */
    if (stored->revision || mt940_plan_pending(plan, MT940_KIND_SETTING, stored))
        mt940_plan_put_if(plan, MT940_KIND_SETTING, &changed, stored->revision);
    else
        mt940_plan_put_new(plan, MT940_KIND_SETTING, &changed);
}

static int read_number(struct mt940_flow *flow, struct mt940_view name, struct mt940_setting *stored, int64_t *next)
{
    int status = read_setting(flow, name, stored);
    *next = 1;
    if (status == 0 && stored->value.length)
        status = mt940_decimal_parse(stored->value.data, stored->value.length, 0, next) ? MT940_E_CORRUPT : 0;
    return status;
}

int mt940_setting_read_number(struct mt940_flow *flow, struct mt940_setting *stored, int64_t *next)
{
    return read_number(flow, mt940_view_of(number_name, sizeof number_name - 1), stored, next);
}

int mt940_setting_read_run(struct mt940_flow *flow, const struct mt940_view *bank, struct mt940_setting *stored,
                           int64_t *next)
{
    size_t prefix = sizeof run_prefix - 1;
    char *name = mt940_arena_alloc(&flow->scratch, prefix + bank->length + 1);
    if (!name)
        return flow->scratch.status;
    memcpy(name, run_prefix, prefix);
    memcpy(name + prefix, bank->data, bank->length);
    return read_number(flow, mt940_view_of(name, prefix + bank->length), stored, next);
}

void mt940_setting_plan_number(struct mt940_plan *plan, const struct mt940_setting *stored, int64_t next)
{
    char text[40];
    int length = mt940_decimal_format(next, 0, 0, text);
    plan_setting(plan, stored, mt940_view_of(text, (size_t)length));
}

int mt940_setting_read_balance(struct mt940_flow *flow, const struct mt940_inbox_item *item,
                               struct mt940_day_balance *out)
{
    enum { date_length = 10 };
    size_t length = sizeof balance_prefix - 1 + item->bank_account.length;
    char *name = mt940_arena_alloc(&flow->scratch, length + 1);
    memset(out, 0, sizeof *out);
    out->bank_account = item->bank_account;
    if (!name)
        return flow->scratch.status;
    memcpy(name, balance_prefix, sizeof balance_prefix - 1);
    if (item->bank_account.length)
        memcpy(name + sizeof balance_prefix - 1, item->bank_account.data, item->bank_account.length);
    int status = read_setting(flow, mt940_view_of(name, length), &out->stored);
    const struct mt940_view *value = &out->stored.value;
    if (status || value->length <= date_length)
        return status;
    if (mt940_date_parse(value->data, date_length, &out->date) ||
        mt940_decimal_parse(value->data + date_length + 1, value->length - date_length - 1, 0, &out->units))
        return MT940_E_CORRUPT;
    out->known = true;
    return 0;
}

void mt940_setting_plan_balance(struct mt940_plan *plan, const struct mt940_day_balance *balance)
{
    char text[64], number[40];
    int length = mt940_decimal_format(balance->units, 0, 0, number);
    if (mt940_date_format(&balance->date, text))
        return; /* never: only dated balances are remembered */
    size_t at = strlen(text);
    text[at++] = ' ';
    memcpy(text + at, number, (size_t)length);
    plan_setting(plan, &balance->stored, mt940_view_of(text, at + (size_t)length));
}

bool mt940_setting_is_of_directory(int32_t kind)
{
    return kind == MT940_KIND_COMPANY || kind == MT940_KIND_BANK_ACCOUNT || kind == MT940_KIND_CUSTOMER ||
           kind == MT940_KIND_CUSTOMER_BANK;
}

int mt940_setting_read_books(struct mt940_flow *flow, struct mt940_setting *stored)
{
    return read_setting(flow, mt940_view_of(books_name, sizeof books_name - 1), stored);
}

/* A chain: keys of batches name what they write, so the same state means the same changes in the same order. */
int mt940_setting_plan_books(struct mt940_flow *flow, struct mt940_plan *plan, const struct mt940_view *key)
{
    struct mt940_setting stored;
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char text[2 * sizeof digest + 1]; /* with the NUL that mt940_hex() writes */
    int status = mt940_setting_read_books(flow, &stored);
    if (status)
        return status;
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, stored.value.data, stored.value.length);
    mt940_sha256_part(&hash, key->data, key->length);
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof digest, text);
    plan_setting(plan, &stored, mt940_view_of(text, sizeof text - 1));
    return 0;
}
