/* SPDX-License-Identifier: Apache-2.0
 *
 * check_batch.c: every operation and outcome, and that a batch happens wholly, once, or not at
 * all.
 */
#include "kit.h"

#include <string.h>

static struct mt940_invoice *invoice(struct mt940_kit *kit, const char *number, int64_t amount)
{
    struct mt940_invoice *made = mt940_kit_alloc(kit, sizeof(*made));

    made->company = mt940_kit_view("01");
    made->number = mt940_kit_view(number);
    made->kind = MT940_INVOICE_KIND_SALE;
    made->amount = amount;
    return made;
}

static struct mt940_payment *payment(struct mt940_kit *kit, const char *number, int64_t line)
{
    struct mt940_payment *made = mt940_kit_alloc(kit, sizeof(*made));

    made->company = mt940_kit_view("01");
    made->invoice = mt940_kit_view(number);
    made->line = line;
    return made;
}

/* Applies one change under a key of its own. */
static void one(struct mt940_kit *kit, struct mt940_change change, int32_t outcome)
{
    mt940_kit_apply_one(kit, &kit->store, &change, 1, outcome, 0);
}

static void require_amount(struct mt940_kit *kit, const struct mt940_invoice *key, int64_t amount, int64_t revision)
{
    const struct mt940_invoice *found = mt940_kit_get(kit, &kit->store, MT940_KIND_INVOICE, key);

    mt940_kit_require(kit, found != NULL, "the record is gone");
    mt940_kit_require(kit, found->amount == amount, "a value is %lld, must be %lld", (long long)found->amount,
                      (long long)amount);
    mt940_kit_require(kit, found->revision == revision, "the revision is %lld, must be %lld",
                      (long long)found->revision, (long long)revision);
}

static void put_new(struct mt940_kit *kit)
{
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 100)), MT940_APPLIED);
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 200)), MT940_CONFLICT);
    require_amount(kit, invoice(kit, "F1", 0), 100, 1);
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F2", 200)), MT940_APPLIED);
    require_amount(kit, invoice(kit, "F2", 0), 200, 1);
    require_amount(kit, invoice(kit, "F1", 0), 100, 1);
}

static void put_if(struct mt940_kit *kit)
{
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 100), 0), MT940_CONFLICT);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 100), 1), MT940_CONFLICT);
    mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, MT940_KIND_INVOICE) == 0, "PUT_IF made a record");
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 100)), MT940_APPLIED);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 200), 0), MT940_CONFLICT);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 200), 2), MT940_CONFLICT);
    require_amount(kit, invoice(kit, "F1", 0), 100, 1);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 200), 1), MT940_APPLIED);
    require_amount(kit, invoice(kit, "F1", 0), 200, 2);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 300), 1), MT940_CONFLICT);
    one(kit, mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 400), 2), MT940_APPLIED);
    require_amount(kit, invoice(kit, "F1", 0), 400, 3);
}

static void delete_if(struct mt940_kit *kit)
{
    const struct mt940_invoice *key = invoice(kit, "F1", 0);

    one(kit, mt940_kit_delete_if(MT940_KIND_INVOICE, key, 0), MT940_CONFLICT);
    one(kit, mt940_kit_delete_if(MT940_KIND_INVOICE, key, 1), MT940_CONFLICT);
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 100)), MT940_APPLIED);
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F2", 100)), MT940_APPLIED);
    one(kit, mt940_kit_delete_if(MT940_KIND_INVOICE, key, 2), MT940_CONFLICT);
    require_amount(kit, key, 100, 1);
    one(kit, mt940_kit_delete_if(MT940_KIND_INVOICE, key, 1), MT940_APPLIED);
    mt940_kit_require(kit, !mt940_kit_get(kit, &kit->store, MT940_KIND_INVOICE, key), "a removed record is still there");
    mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, MT940_KIND_INVOICE) == 1, "DELETE_IF took more than one");
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 500)), MT940_APPLIED);
    require_amount(kit, key, 500, 1);
}

static void expect(struct mt940_kit *kit)
{
    const struct mt940_invoice *key = invoice(kit, "F1", 0);

    one(kit, mt940_kit_expect(MT940_KIND_INVOICE, key, 0), MT940_APPLIED);
    one(kit, mt940_kit_expect(MT940_KIND_INVOICE, key, 1), MT940_CONFLICT);
    one(kit, mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 100)), MT940_APPLIED);
    one(kit, mt940_kit_expect(MT940_KIND_INVOICE, key, 0), MT940_CONFLICT);
    one(kit, mt940_kit_expect(MT940_KIND_INVOICE, key, 1), MT940_APPLIED);
    one(kit, mt940_kit_expect(MT940_KIND_INVOICE, key, 2), MT940_CONFLICT);
    require_amount(kit, key, 100, 1);
    /* A guard holds for the change beside it. */
    struct mt940_change guarded[2] = {mt940_kit_expect(MT940_KIND_INVOICE, key, 7),
                                      mt940_kit_put_new(MT940_KIND_PAYMENT, payment(kit, "F1", 1))};
    mt940_kit_apply_one(kit, &kit->store, guarded, 2, MT940_CONFLICT, 0);
    mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, MT940_KIND_PAYMENT) == 0,
                      "a change was made although its guard did not hold");
}

static void same_key_twice(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    char *longest = mt940_kit_alloc(kit, MT940_RESULT_CAPACITY);
    memset(longest, 'r', MT940_RESULT_CAPACITY - 1);
    const char *const results[] = {"", "saved F1", "\xC3\xB6 {\"slip\":\"1\"}\n", longest};

    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
        const char *key = mt940_kit_text(kit, "k%u", (unsigned)i);
        const char *number = mt940_kit_text(kit, "F%u", (unsigned)i);
        struct mt940_change first = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, number, 1));
        struct mt940_change other = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "other", 2));
        struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, key, results[i]), &first, 1);
        mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        batch = mt940_kit_batch(mt940_kit_action(kit, key, "another result"), &other, 1);
        mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        /* The same key in another company is another batch. */
        struct mt940_action *elsewhere = mt940_kit_action(kit, key, "elsewhere");
        elsewhere->company = mt940_kit_view("02");
        batch = mt940_kit_batch(elsewhere, NULL, 0);
        mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    }
    mt940_kit_require_equal(kit, &kit->store, model);
    mt940_kit_close(&kit->store);
    mt940_kit_open(kit, &kit->store);
    struct mt940_batch again = mt940_kit_batch(mt940_kit_action(kit, "k1", ""), NULL, 0);
    mt940_kit_apply_both(kit, &kit->store, model, &again, 1);
}

static void same_key_in_one_call(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 1));
    struct mt940_batch twice[2] = {mt940_kit_batch(mt940_kit_action(kit, "k", "first"), &change, 1),
                                   mt940_kit_batch(mt940_kit_action(kit, "k", "second"), &change, 1)};

    mt940_kit_apply_both(kit, &kit->store, model, twice, 2);
    mt940_kit_require_equal(kit, &kit->store, model);
}

/* What was not applied was not done: its key is free for the next try. */
static void failed_key_is_free(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change change = mt940_kit_expect(MT940_KIND_INVOICE, invoice(kit, "F1", 0), 1);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, "k", "r"), &change, 1);

    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    change = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 5));
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
    mt940_kit_require_equal(kit, &kit->store, model);
}

enum { PARTS = 6 };

/* One change of every sort, in order; `revision` of setting and payment is 1. */
static void all_sorts(struct mt940_kit *kit, struct mt940_change changes[PARTS])
{
    struct mt940_company *company = mt940_kit_record(kit, MT940_KIND_COMPANY, MT940_KIT_PLAIN, 1);
    struct mt940_setting *setting = mt940_kit_record(kit, MT940_KIND_SETTING, MT940_KIT_PLAIN, 1);
    struct mt940_customer_bank *bank = mt940_kit_bank(kit, 1, 1000);

    setting->value = mt940_kit_view("changed");
    changes[0] = mt940_kit_put_new(MT940_KIND_COMPANY, company);
    changes[1] = mt940_kit_put_if(MT940_KIND_SETTING, setting, 1);
    changes[2] = mt940_kit_total_add(bank, 10, mt940_kit_line(kit, "F1"));
    changes[3] = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 10));
    changes[4] = mt940_kit_delete_if(MT940_KIND_PAYMENT, payment(kit, "F0", 1), 1);
    changes[5] = mt940_kit_put_new(MT940_KIND_SLIP, mt940_kit_record(kit, MT940_KIND_SLIP, MT940_KIT_PLAIN, 1));
}

static void set_up_all_sorts(struct mt940_kit *kit, struct mt940_kit_model *model)
{
    struct mt940_setting *setting = mt940_kit_record(kit, MT940_KIND_SETTING, MT940_KIT_PLAIN, 1);
    struct mt940_change changes[3] = {mt940_kit_put_new(MT940_KIND_SETTING, setting),
                                      mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 1000)),
                                      mt940_kit_put_new(MT940_KIND_PAYMENT, payment(kit, "F0", 1))};
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, "set-up", ""), changes, 3);

    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
}

static void all_or_nothing(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change changes[PARTS];

    set_up_all_sorts(kit, model);
    for (size_t failing = 0; failing <= PARTS; failing++) {
        all_sorts(kit, changes);
        if (failing < PARTS)
            changes[failing] = mt940_kit_expect(changes[failing].kind, changes[failing].record, 99);
        struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, "k", "r"), changes, PARTS);
        mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        mt940_kit_require_equal(kit, &kit->store, model);
    }
}

/* The batches of one call: each sees what the ones before did, none suffers from their failure. */
static void each_batch_alone(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);
    struct mt940_change bad[2] = {mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F2", 2)),
                                  mt940_kit_expect(MT940_KIND_PAYMENT, payment(kit, "F2", 1), 1)};
    struct mt940_change over = mt940_kit_total_add(mt940_kit_bank(kit, 1, 0), 1001, mt940_kit_line(kit, "F1"));
    over.ceiling = MT940_CEILING_STORED_LIMIT;
    struct mt940_change steps[3] = {mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F1", 1)),
                                    mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 2), 1),
                                    mt940_kit_put_if(MT940_KIND_INVOICE, invoice(kit, "F1", 3), 2)};
    struct mt940_batch batches[] = {
        mt940_kit_batch(mt940_kit_action(kit, "a", ""), bad, 2),
        mt940_kit_batch(mt940_kit_action(kit, "b", ""), &steps[0], 1),
        mt940_kit_batch(mt940_kit_action(kit, "c", ""), &over, 1),
        mt940_kit_batch(mt940_kit_action(kit, "d", ""), &steps[1], 1),
        mt940_kit_batch(mt940_kit_action(kit, "b", ""), &steps[0], 1),
        mt940_kit_batch(mt940_kit_action(kit, "e", ""), &steps[2], 1),
        mt940_kit_batch(mt940_kit_action(kit, "f", ""), NULL, 0),
    };

    set_up_all_sorts(kit, model);
    mt940_kit_apply_both(kit, &kit->store, model, batches, sizeof(batches) / sizeof(batches[0]));
    mt940_kit_require_equal(kit, &kit->store, model);
    require_amount(kit, invoice(kit, "F1", 0), 3, 3);
}

static void thousand_batches(struct mt940_kit *kit)
{
    enum { COUNT = 1000 };
    struct mt940_batch *batches = mt940_kit_alloc(kit, COUNT * sizeof(*batches));
    struct mt940_change *changes = mt940_kit_alloc(kit, COUNT * sizeof(*changes));

    for (size_t i = 0; i < COUNT; i++) {
        const char *number = mt940_kit_text(kit, "F%04u", (unsigned)i);
        changes[i] = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, number, (int64_t)i));
        batches[i] = mt940_kit_batch(mt940_kit_action(kit, number, ""), &changes[i], 1);
    }
    struct mt940_batch_result *results = mt940_kit_apply(kit, &kit->store, batches, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        mt940_kit_require_outcome(kit, &results[i], MT940_APPLIED, 0);
    mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, MT940_KIND_INVOICE) == COUNT,
                      "of 1000 batches in one call not all are there");
    results = mt940_kit_apply(kit, &kit->store, batches, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        mt940_kit_require_outcome(kit, &results[i], MT940_ALREADY, 0);
}

enum { MANY = 23 };

/* The key of a plain record, and in all other fields what the flavour says. */
static void *record_of(struct mt940_kit *kit, int32_t kind, enum mt940_kit_flavour flavour, int64_t number)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    const char *plain = mt940_kit_record(kit, kind, MT940_KIT_PLAIN, number);
    char *record = mt940_kit_record(kit, kind, flavour, number);
    size_t end = info->field_count > info->key_count ? info->fields[info->key_count].offset : info->struct_size;

    memcpy(record, plain, end);
    return record;
}

/* New records of a kind, MANY from `first` on. */
static void put_many(struct mt940_kit *kit, struct mt940_kit_model *model, int32_t kind, int32_t first)
{
    struct mt940_change changes[MANY];

    for (int32_t i = 0; i < MANY; i++)
        changes[i] = mt940_kit_put_new(kind, record_of(kit, kind, MT940_KIT_PLAIN, first + i));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, MANY);
    mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
}

/* A store may write records of a kind together; what each of them is, and which one stopped, stays the same. */
static void many_together(struct mt940_kit *kit)
{
    struct mt940_kit_model *model = mt940_kit_model_new(kit);

    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        struct mt940_change changes[MANY];
        if (mt940_kit_is_own_kind(kind))
            continue;
        put_many(kit, model, kind, 130);
        put_many(kit, model, kind, 120); /* the eleventh is there */
        put_many(kit, model, kind, 140); /* the first is */
        put_many(kit, model, kind, 100);
        for (int32_t round = 0; round < 4; round++) {
            static const int32_t wrong[] = {0, 11, MANY - 1, MANY}; /* the last round has none */
            for (int32_t i = 0; i < MANY; i++) {
                void *record = record_of(kit, kind, (enum mt940_kit_flavour)(i % MT940_KIT_FLAVOURS), 100 + i);
                changes[i] = mt940_kit_put_if(kind, record, i == wrong[round] ? 7 : 1);
            }
            struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, MANY);
            mt940_kit_apply_both(kit, &kit->store, model, &batch, 1);
        }
        for (int32_t i = 0; i < MANY; i++)
            changes[i] = i % 3 ? mt940_kit_expect(kind, changes[i].record, 2)
                               : mt940_kit_put_if(kind, changes[i].record, 2);
        struct mt940_batch mixed = mt940_kit_batch(mt940_kit_action(kit, NULL, ""), changes, MANY);
        mt940_kit_apply_both(kit, &kit->store, model, &mixed, 1);
        mt940_kit_tidy(kit);
    }
    mt940_kit_require_equal(kit, &kit->store, model);
}

static void require_misuse(struct mt940_kit *kit, struct mt940_change *wrong, size_t count)
{
    struct mt940_change good = mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "good", 1));
    struct mt940_batch pair[2] = {mt940_kit_batch(mt940_kit_action(kit, NULL, ""), &good, 1),
                                  mt940_kit_batch(mt940_kit_action(kit, NULL, ""), wrong, count)};
    struct mt940_batch_result *results = mt940_kit_alloc(kit, 2 * sizeof(*results));

    results[0].size = results[1].size = sizeof(*results);
    int status = kit->store.apply(kit->store.user, pair, 2, results);
    mt940_kit_require(kit, status == MT940_E_ARGUMENT, "apply of a malformed batch returned %d", status);
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++)
        mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, kind) == 0,
                          "a call that returned a failure stored something (%s)", mt940_kind_info(kind)->name);
}

static void misuse(struct mt940_kit *kit)
{
    struct mt940_change unordered[2] = {mt940_kit_put_new(MT940_KIND_PAYMENT, payment(kit, "F", 1)),
                                        mt940_kit_put_new(MT940_KIND_INVOICE, invoice(kit, "F", 1))};
    struct mt940_change change = unordered[0];
    struct mt940_invoice *with_nul = invoice(kit, "F", 1);

    require_misuse(kit, unordered, 2);
    change.op = 9;
    require_misuse(kit, &change, 1);
    change = mt940_kit_put_new(99, with_nul);
    require_misuse(kit, &change, 1);
    change = mt940_kit_put_new(MT940_KIND_JOURNAL, mt940_kit_record(kit, MT940_KIND_JOURNAL, MT940_KIT_PLAIN, 1));
    require_misuse(kit, &change, 1);
    with_nul->actor = (struct mt940_view){"a\0b", 3};
    change = mt940_kit_put_new(MT940_KIND_INVOICE, with_nul);
    require_misuse(kit, &change, 1);
}

const struct mt940_kit_check mt940_kit_batch_checks[] = {
    {"put-new", "PUT_NEW inserts with revision 1 and conflicts with an existing key.", put_new},
    {"put-if", "PUT_IF replaces only the revision it names and adds one to it.", put_if},
    {"delete-if", "DELETE_IF removes only the revision it names, and that record alone.", delete_if},
    {"expect", "EXPECT changes nothing and guards the changes beside it; 0 means absent.", expect},
    {"same-key-twice", "A batch key seen before is ALREADY: the stored result, and nothing changes.", same_key_twice},
    {"same-key-in-one-call", "The same holds for two batches of one call.", same_key_in_one_call},
    {"failed-key-is-free", "A batch that was not applied may be tried again under its key.", failed_key_is_free},
    {"all-or-nothing", "Whichever change fails, none of the batch is there: no record, total, line or action.",
     all_or_nothing},
    {"each-batch-alone", "In one call later batches see the earlier and do not suffer from their failure.",
     each_batch_alone},
    {"many-together", "Many records of a kind in one batch: each gets its own values, and a guard stops them wherever it is.",
     many_together},
    {"thousand-batches", "A thousand batches in one call are all done, and once.", thousand_batches},
    {"misuse", "A malformed batch is refused as MT940_E_ARGUMENT and nothing of the call is stored.", misuse},
    {NULL, NULL, NULL},
};
