/* SPDX-License-Identifier: Apache-2.0
 *
 * check.c: everything the store says about totals, rows and slips against the model, and the audit, which rebuilds
 * each total from its journal and from its documents.
 */
#include <string.h>

#include "mt940connect/dbs_total.h"
#include "mt940connect/schema.h"
#include "scene.h"

struct seen {
    const struct scene *scene;
    int count;
};

static int see_record(void *user, const void *record)
{
    struct seen *seen = user;
    const struct mt940_customer_bank *bank = record;
    int index = 2 * (bank->customer.data[1] - '0') + (int)bank->slot - 1;

    SCENE_MUST(index == seen->count && index < MODEL_RECORDS);
    SCENE_SAY("  total %d: %ld, model %ld\n", index, (long)bank->dbs_total,
              (long)seen->scene->model.records[index].total);
    SCENE_MUST(bank->dbs_total == seen->scene->model.records[index].total);
    SCENE_MUST(bank->dbs_limit == seen->scene->model.records[index].limit);
    seen->count++;
    return 0;
}

static void check_totals(const struct scene *scene)
{
    struct seen seen = {scene, 0};

    SCENE_MUST(scene->store.scan(scene->store.user, MT940_KIND_CUSTOMER_BANK, 0, 0, NULL, 0, 0, see_record, &seen) == 0);
    SCENE_MUST(seen.count == MODEL_RECORDS);
}

static int64_t magnitude(int64_t value)
{
    return value < 0 ? -value : value;
}

static int see_row(void *user, const void *record)
{
    struct seen *seen = user;
    const struct mt940_payment *row = record;
    int number = 10 * (row->invoice.data[1] - '0') + row->invoice.data[2] - '0';
    const struct model_invoice *invoice = &seen->scene->model.invoices[number];
    const struct model_row *wanted = &invoice->rows[row->line - 1];

    SCENE_MUST(row->line >= 1 && row->line <= invoice->count);
    SCENE_SAY("row F%02d/%d amount %ld paid %ld, model %ld; dbs %ld, model %ld\n", number, (int)row->line,
              (long)row->amount, (long)row->paid, (long)wanted->paid, (long)row->dbs_amount, (long)wanted->added);
    SCENE_MUST(row->amount == wanted->amount);
    SCENE_MUST(row->paid == wanted->paid);
    SCENE_MUST(row->opening_paid == wanted->opening);
    SCENE_MUST(magnitude(row->paid) <= magnitude(row->amount));
    SCENE_MUST(magnitude(row->opening_paid) <= magnitude(row->paid));
    SCENE_MUST(row->dbs_amount == wanted->added);
    SCENE_MUST((row->type == MT940_PAYMENT_TYPE_DBS) == wanted->dbs);
    SCENE_MUST(row->slot == (wanted->record < 0 ? 0 : wanted->record % 2 + 1));
    SCENE_MUST((row->state == MT940_DOCUMENT_STATE_ACTIVE) == (invoice->state == MODEL_ACTIVE));
    seen->count++;
    return 0;
}

static void check_rows(const struct scene *scene)
{
    struct seen seen = {scene, 0};
    int wanted = 0;

    for (int i = 0; i < MODEL_INVOICES; i++)
        wanted += scene->model.invoices[i].count;
    SCENE_MUST(scene->store.scan(scene->store.user, MT940_KIND_PAYMENT, 0, 0, NULL, 0, 0, see_row, &seen) == 0);
    SCENE_MUST(seen.count == wanted);
}

static int see_audit(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    SCENE_MUST(audit->faults == 0);
    SCENE_MUST(audit->journal == record->dbs_total);
    ++*(int *)user;
    return 0;
}

void scene_check(const struct scene *scene)
{
    check_totals(scene);
    check_rows(scene);
}

void scene_audit(struct scene *scene)
{
    size_t faulty = 1;
    int audited = 0;

    SCENE_MUST(mt940_flow_dbs_audit(scene->flow, see_audit, &audited, &faulty, NULL) == 0);
    SCENE_MUST(faulty == 0 && audited == MODEL_RECORDS);
}
