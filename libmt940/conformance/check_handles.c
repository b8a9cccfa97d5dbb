/* SPDX-License-Identifier: Apache-2.0
 *
 * check_handles.c: what was applied is there after closing, and for every other handle at once.
 */
#include "kit.h"

#include <string.h>

static void reopened(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    for (int round = 0; round < 3; round++) {
        for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
            if (mt940_kit_is_own_kind(kind))
                continue;
            struct mt940_change change =
                mt940_kit_put_new(kind, mt940_kit_record(kit, kind, MT940_KIT_PLAIN, round + 1));
            struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, "r"), &change, 1);
            mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        }
        mt940_kit_close(&kit->store);
        mt940_kit_open(kit, &kit->store);
        mt940_kit_require_equal(kit, &kit->store, model);
    }
}

/* The last thing done before close() counts most: nothing may wait in a buffer. */
static void last_write_kept(struct mt940_kit *kit)
{
    struct mt940_setting setting = {.name = mt940_kit_view("n"), .value = mt940_kit_view("v")};
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_SETTING, &setting);

    mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
    mt940_kit_close(&kit->store);
    mt940_kit_open(kit, &kit->store);
    setting.revision = 1;
    mt940_kit_require_same(kit, MT940_KIND_SETTING, mt940_kit_get(kit, &kit->store, MT940_KIND_SETTING, &setting),
                           &setting);
}

/* Both handles read, one writes, the other must neither read nor write what is gone. */
static void two_handles_one_record(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_setting setting = {.name = mt940_kit_view("n")};
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_SETTING, &setting);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);
    const struct mt940_store *handles[2] = {&kit->store, &kit->second};

    mt940_kit_open_second(kit);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->second, model);
    for (int round = 0; round < 6; round++) {
        /* The second writer in each round decided on the same revision. */
        for (int writer = 0; writer < 2; writer++) {
            setting.value = mt940_kit_view(mt940_kit_text(kit, "%d.%d", round, writer));
            change = mt940_kit_put_if(MT940_KIND_SETTING, &setting, round + 1);
            batch.action = mt940_kit_action(kit, NULL, "");
            mt940_kit_apply_both(kit, handles[(round + writer) % 2], model, &batch, 1);
            mt940_kit_require_equal(kit, handles[(round + writer + 1) % 2], model);
        }
    }
}

/* Two clerks invoice the same customer in turn until the limit is used up to the last kuruş. */
static void two_handles_one_total(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 1000));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);

    mt940_kit_open_second(kit);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    for (int i = 0; i < 60; i++) {
        const struct mt940_store *handle = mt940_kit_random(kit, 2) ? &kit->store : &kit->second;
        change = mt940_kit_total_add(mt940_kit_bank(kit, 1, 0), 30, mt940_kit_line(kit, "F"));
        change.ceiling = MT940_CEILING_STORED_LIMIT;
        batch.action = mt940_kit_action(kit, NULL, "");
        mt940_kit_apply_both(kit, handle, model, &batch, 1);
    }
    const struct mt940_customer_bank *bank =
        mt940_kit_get(kit, &kit->second, MT940_KIND_CUSTOMER_BANK, change.record);
    mt940_kit_require(kit, bank && bank->dbs_total == 990, "33 times 30 were accepted, but the total is %lld",
                      bank ? (long long)bank->dbs_total : 0);
    mt940_kit_require_equal(kit, &kit->store, model);
    mt940_kit_require_equal(kit, &kit->second, model);
}

/* A batch repeated through the other handle, as after a crash of the first, is known there. */
static void two_handles_one_key(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_setting setting = {.name = mt940_kit_view("n")};
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_SETTING, &setting);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, "k", "told"), &change, 1);

    mt940_kit_open_second(kit);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_apply_both(kit, &kit->second, model, &batch, 1);
    mt940_kit_close(&kit->store);
    mt940_kit_apply_both(kit, &kit->second, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->second, model);
}

const struct mt940_kit_check mt940_kit_handle_checks[] = {
    {"reopened", "Everything applied is there after close and open.", reopened},
    {"last-write-kept", "So is the one batch right before close.", last_write_kept},
    {"two-handles-one-record", "Another handle reads the new revision at once; a decision on the old one conflicts.",
     two_handles_one_record},
    {"two-handles-one-total", "Two handles add to one total: none is lost, the ceiling holds exactly.",
     two_handles_one_total},
    {"two-handles-one-key", "A batch key used through one handle is ALREADY through the other.", two_handles_one_key},
    {NULL, NULL, NULL},
};
