/* SPDX-License-Identifier: Apache-2.0
 *
 * check_total.c: a change of a DBS total is its journal line; ceilings hold at that instant.
 */
#include "kit.h"

#include <string.h>

/* A store and model with the bank record 1, limit 1000. */
static struct mt940_kit_model *set_up(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 1000));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);

    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    return model;
}

static void add(struct mt940_kit *kit, struct mt940_kit_model *model, int64_t delta, int32_t ceiling, int64_t value)
{
    struct mt940_change change = mt940_kit_total_add(mt940_kit_bank(kit, 1, 0), delta, mt940_kit_line(kit, "F1"));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);

    change.ceiling = ceiling;
    change.ceiling_value = value;
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->store, model);
}

static void require_total(struct mt940_kit *kit, int64_t total, int64_t sequence)
{
    const struct mt940_customer_bank *bank =
        mt940_kit_get(kit, &kit->store, MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 0));

    mt940_kit_require(kit, bank && bank->dbs_total == total, "the total is %lld, must be %lld",
                      bank ? (long long)bank->dbs_total : 0, (long long)total);
    mt940_kit_require(kit, bank->dbs_sequence == sequence, "dbs_sequence is %lld, must be %lld",
                      (long long)bank->dbs_sequence, (long long)sequence);
    mt940_kit_require(kit, bank->revision == 1, "TOTAL_ADD changed the revision");
}

static void total_and_line(struct mt940_kit *kit)
{
    static const int64_t deltas[] = {100, -30, 0, 7, -500, 1000000};
    struct mt940_kit_model *model = set_up(kit);
    int64_t total = 0;
    struct mt940_journal *key = mt940_kit_line(kit, "");

    key->company = mt940_kit_view("01");
    key->customer = mt940_kit_view("C1");
    key->slot = 1;
    for (size_t i = 0; i < sizeof(deltas) / sizeof(deltas[0]); i++) {
        add(kit, model, deltas[i], MT940_CEILING_NONE, 0);
        total += deltas[i];
        require_total(kit, total, (int64_t)i + 1);
        key->sequence = (int64_t)i + 1;
        const struct mt940_journal *line = mt940_kit_get(kit, &kit->store, MT940_KIND_JOURNAL, key);
        mt940_kit_require(kit, line && line->delta == deltas[i] && line->total == total,
                          "the total changed without the journal line %u", (unsigned)i + 1);
    }
}

static void ceiling_none(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);

    add(kit, model, 5000, MT940_CEILING_NONE, 1);
    require_total(kit, 5000, 1);
}

static void ceiling_stored(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);

    add(kit, model, 1001, MT940_CEILING_STORED_LIMIT, 999999);
    require_total(kit, 0, 0);
    add(kit, model, 1000, MT940_CEILING_STORED_LIMIT, 0);
    add(kit, model, 1, MT940_CEILING_STORED_LIMIT, 0);
    require_total(kit, 1000, 1);
    /* The limit counts as it stands at that instant. */
    struct mt940_change raise = mt940_kit_put_if(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 1001), 1);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &raise, 1);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    add(kit, model, 2, MT940_CEILING_STORED_LIMIT, 0);
    add(kit, model, 1, MT940_CEILING_STORED_LIMIT, 0);
}

static void ceiling_value(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);

    add(kit, model, 2000, MT940_CEILING_VALUE, 2000);
    add(kit, model, 1, MT940_CEILING_VALUE, 2000);
    add(kit, model, 1, MT940_CEILING_VALUE, 0);
    add(kit, model, 1, MT940_CEILING_VALUE, -1);
    require_total(kit, 2000, 1);
}

/* What lowers a total is a fact, never a request, even far above any ceiling (decision 26). */
static void reduction_never_refused(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);

    add(kit, model, 5000, MT940_CEILING_NONE, 0);
    add(kit, model, -1, MT940_CEILING_STORED_LIMIT, 0);
    add(kit, model, 0, MT940_CEILING_STORED_LIMIT, 0);
    add(kit, model, -1, MT940_CEILING_VALUE, 10);
    add(kit, model, -10000, MT940_CEILING_VALUE, -20000);
    require_total(kit, -5002, 5);
}

static void totals_do_not_overflow(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);

    add(kit, model, INT64_MAX, MT940_CEILING_NONE, 0);
    add(kit, model, 1, MT940_CEILING_NONE, 0);
    add(kit, model, INT64_MAX, MT940_CEILING_VALUE, INT64_MAX);
    add(kit, model, -INT64_MAX, MT940_CEILING_NONE, 0);
    add(kit, model, INT64_MIN, MT940_CEILING_NONE, 0);
    add(kit, model, -1, MT940_CEILING_NONE, 0);
    add(kit, model, INT64_MAX, MT940_CEILING_VALUE, INT64_MIN);
    require_total(kit, INT64_MIN, 3);
}

static void counters_are_the_stores(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_customer_bank *bank = mt940_kit_bank(kit, 1, 1000);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, bank);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &change, 1);

    bank->dbs_total = 77;
    bank->dbs_sequence = 7;
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    require_total(kit, 0, 0);
    add(kit, model, 10, MT940_CEILING_NONE, 0);
    change = mt940_kit_put_if(MT940_KIND_CUSTOMER_BANK, bank, 1);
    batch.action = mt940_kit_action(kit, NULL, "");
    bank->iban = mt940_kit_view("TR");
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    const struct mt940_customer_bank *found = mt940_kit_get(kit, &kit->store, MT940_KIND_CUSTOMER_BANK, bank);
    mt940_kit_require(kit, found && found->dbs_total == 10 && found->dbs_sequence == 1,
                      "PUT_IF overwrote the total or the sequence");
    mt940_kit_require_equal(kit, &kit->store, model);
}

/* Removing such a record would forget its total and begin the sequence of its lines again. */
static void journal_keeps_its_record(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = set_up(kit);
    struct mt940_change changes[2] = {mt940_kit_delete_if(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 0), 1),
                                      mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 2, 0))};
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, 2);

    add(kit, model, 10, MT940_CEILING_NONE, 0);
    add(kit, model, -10, MT940_CEILING_NONE, 0);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->store, model);
    /* Without a journal it goes. */
    batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &changes[1], 1);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    changes[0] = mt940_kit_delete_if(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 2, 0), 1);
    batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &changes[0], 1);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->store, model);
}

static void total_of_nobody(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    add(kit, model, 1, MT940_CEILING_NONE, 0);
    add(kit, model, -1, MT940_CEILING_STORED_LIMIT, 0);
}

/* A record made and its total set in one batch, as an opening import does (decision 30). */
static void total_of_a_new_record(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_customer_bank *bank = mt940_kit_bank(kit, 1, 100);
    struct mt940_change changes[2] = {mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, bank),
                                      mt940_kit_total_add(bank, 60, mt940_kit_line(kit, "opening"))};
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, 2);

    changes[1].ceiling = MT940_CEILING_STORED_LIMIT;
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    require_total(kit, 60, 1);
    mt940_kit_require_equal(kit, &kit->store, model);
}

const struct mt940_kit_check mt940_kit_total_checks[] = {
    {"total-and-line", "Every change of a total has its journal line: sequence, delta, total after.", total_and_line},
    {"ceiling-none", "Without a ceiling a total may rise above the limit.", ceiling_none},
    {"ceiling-stored", "The stored limit is compared as it stands at that instant.", ceiling_stored},
    {"ceiling-value", "A given ceiling is compared with the total after.", ceiling_value},
    {"reduction-never-refused", "A change that does not raise the total is never refused.", reduction_never_refused},
    {"totals-do-not-overflow", "A total that would not fit into 64 bits is refused.", totals_do_not_overflow},
    {"counters-are-the-stores", "PUT_NEW stores counters as 0, PUT_IF leaves them alone.", counters_are_the_stores},
    {"journal-keeps-its-record", "A bank record with journal lines cannot be removed.", journal_keeps_its_record},
    {"total-of-nobody", "TOTAL_ADD on a missing record is a conflict and leaves no line.", total_of_nobody},
    {"total-of-a-new-record", "A record may be made and its total raised in one batch.", total_of_a_new_record},
    {NULL, NULL, NULL},
};
