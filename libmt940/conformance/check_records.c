/* SPDX-License-Identifier: Apache-2.0
 *
 * check_records.c: what is put in comes out again, to the byte, for every kind.
 */
#include "kit.h"

#include <string.h>

static void set_revision(void *record, int64_t revision)
{
    memcpy(record, &revision, sizeof(revision));
}

/* A counter comes back as 0 from PUT_NEW, whatever the caller left there. */
static void clear_counters(int32_t kind, void *record)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    for (int32_t i = 0; i < info->field_count; i++)
        if (info->fields[i].is_counter)
            memset((char *)record + info->fields[i].offset, 0, sizeof(int64_t));
}

static void round_trip(struct mt940_kit *kit)
{
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        if (mt940_kit_is_own_kind(kind))
            continue;
        for (int flavour = 0; flavour < MT940_KIT_FLAVOURS; flavour++) {
            void *record = mt940_kit_record(kit, kind, (enum mt940_kit_flavour)flavour, flavour);
            set_revision(record, 77);
            struct mt940_change change = mt940_kit_put_new(kind, record);
            mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
            set_revision(record, 1);
            clear_counters(kind, record);
            mt940_kit_require_same(kit, kind, mt940_kit_get(kit, &kit->store, kind, record), record);
            set_revision(record, 1);
            change = mt940_kit_put_if(kind, record, 1);
            mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
            set_revision(record, 2);
            mt940_kit_require_same(kit, kind, mt940_kit_get(kit, &kit->store, kind, record), record);
        }
    }
}

/* The two kinds that stores write themselves carry the caller's texts too. */
static void round_trip_own_kinds(struct mt940_kit *kit)
{
    struct mt940_action *action = mt940_kit_record(kit, MT940_KIND_ACTION, MT940_KIT_HIGHEST, 1);
    struct mt940_journal *line = mt940_kit_record(kit, MT940_KIND_JOURNAL, MT940_KIT_HIGHEST, 1);
    struct mt940_customer_bank *bank = mt940_kit_bank(kit, INT64_MAX, 0);
    struct mt940_change changes[2] = {mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, bank),
                                      mt940_kit_total_add(bank, INT64_MAX, line)};
    action->result.length = 255;
    struct mt940_batch batch = mt940_kit_batch(action, changes, 2);

    bank->customer = line->customer;
    mt940_kit_require_outcome(kit, mt940_kit_apply(kit, &kit->store, &batch, 1), MT940_APPLIED, 0);
    set_revision(action, 1);
    mt940_kit_require_same(kit, MT940_KIND_ACTION, mt940_kit_get(kit, &kit->store, MT940_KIND_ACTION, action), action);
    set_revision(line, 1);
    line->company = bank->company;
    line->slot = INT64_MAX;
    line->sequence = 1;
    line->delta = line->total = INT64_MAX;
    mt940_kit_require_same(kit, MT940_KIND_JOURNAL, mt940_kit_get(kit, &kit->store, MT940_KIND_JOURNAL, line), line);
}

/* Keys that databases like to take for the same, or drivers to trim. */
static void keys_are_bytes(struct mt940_kit *kit)
{
    static const char *const names[] = {"",  "a",        "A",        "a ",  " a",         "aa", "I",
                                        "i", "\xC4\xB0", "\xC4\xB1", "i\xCC\x87", "\t", "a\t", "\xC3\xA4"};
    const size_t count = sizeof(names) / sizeof(names[0]);
    struct mt940_setting *settings = mt940_kit_alloc(kit, count * sizeof(*settings));

    for (size_t i = 0; i < count; i++) {
        settings[i].name = mt940_kit_view(names[i]);
        settings[i].value = mt940_kit_view(names[count - 1 - i]);
        struct mt940_change change = mt940_kit_put_new(MT940_KIND_SETTING, &settings[i]);
        mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
        settings[i].revision = 1;
    }
    for (size_t i = 0; i < count; i++)
        mt940_kit_require_same(kit, MT940_KIND_SETTING,
                               mt940_kit_get(kit, &kit->store, MT940_KIND_SETTING, &settings[i]), &settings[i]);
    mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, MT940_KIND_SETTING) == count,
                      "keys that differ in case, blanks or Turkish letters became one");
}

static void absent_records(struct mt940_kit *kit)
{
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        const void *record = mt940_kit_record(kit, kind, MT940_KIT_PLAIN, 1);
        mt940_kit_require(kit, !mt940_kit_get(kit, &kit->store, kind, record), "a new store has a %s",
                          mt940_kind_info(kind)->name);
        mt940_kit_require(kit, mt940_kit_count(kit, &kit->store, kind) == 0, "a new store lists a %s",
                          mt940_kind_info(kind)->name);
    }
}

struct stopping_sink {
    int calls;
    int stop_at;
};

static int stop(void *user, const void *record)
{
    struct stopping_sink *sink = user;

    (void)record;
    return ++sink->calls == sink->stop_at ? 4711 : 0;
}

static void sink_return(struct mt940_kit *kit)
{
    struct mt940_kit_walk all = {.kind = MT940_KIND_SETTING};
    struct stopping_sink sink = {0, 1};
    struct mt940_setting setting = {.name = mt940_kit_view("0")};

    for (char name = '0'; name < '5'; name++) {
        setting.name.data = &name;
        struct mt940_change change = mt940_kit_put_new(MT940_KIND_SETTING, &setting);
        mt940_kit_apply_one(kit, &kit->store, &change, 1, MT940_APPLIED, 0);
    }
    setting.name.data = "3";
    int status = kit->store.get(kit->store.user, MT940_KIND_SETTING, &setting, stop, &sink);
    mt940_kit_require(kit, status == 4711, "get returned %d when its sink returned 4711", status);
    sink = (struct stopping_sink){0, 2};
    status = kit->store.scan(kit->store.user, MT940_KIND_SETTING, 0, 0, NULL, 0, 0, stop, &sink);
    mt940_kit_require(kit, status == 4711, "scan returned %d when its sink returned 4711", status);
    mt940_kit_require(kit, sink.calls == 2, "scan went on after its sink had stopped it");
    mt940_kit_require(kit, mt940_kit_scan(kit, &kit->store, &all).count == 5, "a stopped scan spoils the next one");
    sink = (struct stopping_sink){0, 9};
    status = kit->store.get(kit->store.user, MT940_KIND_SETTING, &setting, stop, &sink);
    mt940_kit_require(kit, status == 0 && sink.calls == 1, "get called its sink %d times", sink.calls);
}

const struct mt940_kit_check mt940_kit_record_checks[] = {
    {"absent-records", "A new store has no record of any kind; get answers NOT_FOUND.", absent_records},
    {"round-trip", "Every kind comes back to the byte: empty, usual, largest and smallest values.", round_trip},
    {"round-trip-own-kinds", "The journal line and the action keep the caller's fields to the byte.",
     round_trip_own_kinds},
    {"keys-are-bytes", "Keys that differ in case, blanks or Turkish letters are different keys.", keys_are_bytes},
    {"sink-return", "A sink's non-zero return stops get and scan and comes back unchanged.", sink_return},
    {NULL, NULL, NULL},
};
