/* SPDX-License-Identifier: Apache-2.0
 *
 * put.c: books into the store: new records, changed ones, equal ones left alone. What the flow
 * itself keeps in such a record (totals, paid parts, edited fields) is never overwritten
 * (decision 30).
 */
#include "flow/ask.h"
#include "flow/plan.h"
#include "flow/put_details.h"
#include "flow/setting.h"

#include "base/export.h"
#include "base/sha256.h"

enum { records_a_batch = 500 };

static bool may_be_put(int32_t kind)
{
    static const int32_t kinds[] = {
        MT940_KIND_COMPANY,       MT940_KIND_SETTING,          MT940_KIND_BANK_ACCOUNT, MT940_KIND_CUSTOMER,
        MT940_KIND_CUSTOMER_BANK, MT940_KIND_TRANSACTION_CODE, MT940_KIND_BANK_CODE,    MT940_KIND_RATE,
        MT940_KIND_INVOICE,       MT940_KIND_PAYMENT};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

/* Takes over from the stored record what belongs to the flow. */
static void keep_own_fields(int32_t kind, void *record, const void *stored)
{
    if (kind == MT940_KIND_CUSTOMER_BANK) {
        struct mt940_customer_bank *bank = record;
        const struct mt940_customer_bank *old = stored;
        bank->dbs_total = old->dbs_total;
        bank->dbs_sequence = old->dbs_sequence;
        if (old->detail_edited) {
            bank->correspondent_account = old->correspondent_account;
            bank->voen = old->voen;
            bank->detail_edited = 1;
        }
    }
    if (kind == MT940_KIND_PAYMENT) {
        struct mt940_payment *payment = record;
        const struct mt940_payment *old = stored;
        payment->paid = old->paid;
        payment->opening_paid = old->opening_paid;
        payment->dbs_amount = old->dbs_amount;
        payment->slot = old->slot;
        payment->state = old->state;
        mt940_plan_derive(payment);
    }
    if (kind == MT940_KIND_INVOICE)
        ((struct mt940_invoice *)record)->state = ((const struct mt940_invoice *)stored)->state;
}

/* Equal but for revisions. */
static bool same_content(const struct mt940_kind_info *info, const void *a, const void *b)
{
    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        const char *left = (const char *)a + field->offset, *right = (const char *)b + field->offset;
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB) {
            struct mt940_view first, second;
            memcpy(&first, left, sizeof first);
            memcpy(&second, right, sizeof second);
            if (mt940_view_equal(&first, &second) != 1)
                return false;
        } else if (field->type == MT940_TYPE_DATE) {
            struct mt940_date first, second;
            memcpy(&first, left, sizeof first);
            memcpy(&second, right, sizeof second);
            if (mt940_date_compare(&first, &second) != 0)
                return false;
        } else if (memcmp(left, right, sizeof(int64_t)) != 0) {
            return false;
        }
    }
    return true;
}

/* The running batch of a put. */
struct putting {
    struct mt940_flow *flow;
    const struct mt940_kind_info *info;
    struct mt940_plan plan;
    struct mt940_put_details details; /* of bank records */
    struct mt940_sha256 key; /* over what is changed and from which revision */
    size_t changed;
};

static void hash_change(struct putting *putting, const void *record, int64_t revision)
{
    mt940_sha256_number(&putting->key, revision);
    for (int32_t i = 0; i < putting->info->field_count; i++) {
        const struct mt940_field *field = &putting->info->fields[i];
        const char *at = (const char *)record + field->offset;
        struct mt940_view view = {at, field->type == MT940_TYPE_DATE ? sizeof(struct mt940_date) : sizeof(int64_t)};
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            memcpy(&view, at, sizeof view);
        mt940_sha256_part(&putting->key, view.data, view.length);
    }
}

static int plan_record(struct putting *putting, const void *given)
{
    struct mt940_flow *flow = putting->flow;
    void *record = mt940_arena_alloc(&flow->scratch, putting->info->struct_size);
    void *stored = mt940_arena_alloc(&flow->scratch, putting->info->struct_size);
    int64_t revision;
    if (!record || !stored)
        return flow->scratch.status;
    memcpy(record, given, putting->info->struct_size);
    int status = mt940_ask_get(flow, putting->info->kind, record, stored);
    bool is_new = status == MT940_E_NOT_FOUND;
    if (putting->info->kind == MT940_KIND_CUSTOMER_BANK && (status == 0 || is_new)) {
        int settled = mt940_put_details_settle(&putting->details, is_new ? NULL : stored, record);
        status = settled ? settled : status;
    }
    if (status == MT940_E_NOT_FOUND) {
        hash_change(putting, record, 0);
        mt940_plan_put_new(&putting->plan, putting->info->kind, record);
        putting->changed++;
        return 0;
    }
    if (status)
        return status;
    keep_own_fields(putting->info->kind, record, stored);
    if (same_content(putting->info, record, stored))
        return 0;
    memcpy(&revision, stored, sizeof revision); /* every record begins with it */
    hash_change(putting, record, revision);
    mt940_plan_put_if(&putting->plan, putting->info->kind, record, revision);
    putting->changed++;
    return 0;
}

static int apply(struct putting *putting)
{
    static const char prefix[] = "put:";
    struct mt940_batch_result result;
    uint8_t digest[32];
    char key[sizeof prefix + 64];
    if (putting->changed == 0)
        return 0;
    mt940_sha256_final(&putting->key, digest);
    memcpy(key, prefix, sizeof prefix - 1);
    mt940_hex(digest, sizeof digest, key + sizeof prefix - 1);
    putting->plan.action.key = mt940_view_of(key, sizeof prefix - 1 + 64);
    int status = 0;
    if (mt940_setting_is_of_directory(putting->info->kind))
        status = mt940_setting_plan_books(putting->flow, &putting->plan, &putting->plan.action.key);
    if (status == 0)
        status = mt940_plan_apply(&putting->plan, &result);
    return status ? status : result.outcome == MT940_APPLIED ? 0 : MT940_E_CONFLICT;
}

static int try_batch(struct mt940_flow *flow, int32_t kind, const void *const *records, size_t count, uint32_t tries,
                     size_t *changed)
{
    struct putting putting;
    int status = 0;
    memset(&putting, 0, sizeof putting);
    putting.flow = flow;
    putting.info = mt940_kind_info(kind);
    mt940_flow_forget_scratch(flow);
    mt940_sha256_init(&putting.key);
    mt940_sha256_part(&putting.key, putting.info->name, strlen(putting.info->name));
    mt940_sha256_number(&putting.key, tries);
    mt940_plan_begin(&putting.plan, flow, "put", mt940_view_of("put", 3));
    if (kind == MT940_KIND_CUSTOMER_BANK)
        status = mt940_put_details_begin(&putting.details, flow);
    for (size_t i = 0; i < count && status == 0; i++)
        status = plan_record(&putting, records[i]);
    if (status == 0)
        status = apply(&putting);
    mt940_put_details_end(&putting.details);
    mt940_plan_end(&putting.plan);
    *changed = putting.changed;
    return status;
}

/* A key met before (ALREADY) is of a record that was deleted since, or of a rival: read again, under a new name. */
static int put_batch(struct mt940_flow *flow, int32_t kind, const void *const *records, size_t count, size_t *changed)
{
    int status = MT940_E_CONFLICT;
    for (uint32_t tries = 0; tries <= flow->retries && status == MT940_E_CONFLICT; tries++)
        status = try_batch(flow, kind, records, count, tries, changed);
    return status;
}

static int check_records(int32_t kind, const void *const *records, size_t count, struct mt940_error *error)
{
    if (!may_be_put(kind) || (!records && count))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "kind or records");
    for (size_t i = 0; i < count; i++) {
        int status = mt940_record_check(kind, records[i], 0, error);
        if (status && error && error->size >= sizeof *error)
            error->offset = i;
        if (status)
            return status;
    }
    return 0;
}

MT940_EXPORT int mt940_flow_put(struct mt940_flow *flow, int32_t kind, const void *const *records, size_t count,
                                size_t *changed, struct mt940_error *error)
{
    size_t all = 0;
    if (!flow)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow");
    int status = check_records(kind, records, count, error);
    if (status == 0)
        status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    for (size_t i = 0; i < count && status == 0; i += records_a_batch) {
        size_t written = 0;
        size_t step = count - i < records_a_batch ? count - i : records_a_batch;
        status = put_batch(flow, kind, records + i, step, &written);
        all += status == 0 ? written : 0;
        if (status == 0)
            status = mt940_flow_step(flow, i + step, count);
    }
    mt940_flow_refresh(flow);
    if (changed)
        *changed = all;
    return mt940_flow_leave(flow, status);
}

MT940_EXPORT int mt940_flow_books_state(struct mt940_flow *flow, char state[MT940_BOOKS_STATE + 1],
                                        struct mt940_error *error)
{
    struct mt940_setting stored;
    if (!flow || !state)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    int status = mt940_flow_enter(flow, error);
    if (status)
        return status;
    status = mt940_setting_read_books(flow, &stored);
    if (status == 0 && stored.value.length != 0 && stored.value.length != MT940_BOOKS_STATE)
        status = mt940_fail(flow->error, MT940_E_CORRUPT, 0, "state of the books");
    if (status == 0)
        (void)mt940_view_copy(&stored.value, state, MT940_BOOKS_STATE + 1);
    return mt940_flow_leave(flow, status);
}
