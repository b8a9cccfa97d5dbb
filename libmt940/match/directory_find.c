/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_find.c: customers by what a movement says of them: IBAN, account, tax number, name.
 * Where a directory lies over another one, both are asked and their answers put in order.
 */
#include "base/export.h"
#include "base/prefetch.h"
#include "match/directory_layer.h"
#include "mt940connect/bank_branch.h"

/* What is looked for; each way in reads what it needs. */
struct wanted {
    struct mt940_view iban;
    int32_t bank, branch; /* branch -1 = any */
    struct mt940_directory_number number;
    const struct mt940_name_word *words;
    size_t word_count;
};

/* So many bytes before a bank record most cards begin: they are asked for together. */
#define CARD_AHEAD 64

/* Records of one key, ascending: bank records, or customers. */
struct group {
    const struct mt940_directory *directory;
    const uint32_t *records;
    size_t count;
    uint32_t room[MT940_NAME_SHOWN];
    bool is_bank;
    bool first_is_read; /* while it was looked for */
    struct mt940_directory_bank_card first;
};

/* Fills records, their count and what they are. */
typedef void (*find_group)(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out);

static void fill_hit(const struct mt940_directory *source, uint32_t customer,
                     const struct mt940_directory_bank_card *bank, struct mt940_directory_hit *out)
{
    struct mt940_directory_card card;

    mt940_directory_read_head(&source->pool, customer < source->customer_count ? source->customers[customer].record
                                                                               : UINT32_MAX, &card);
    out->customer = card.code;
    out->slot = bank ? bank->slot : 0;
    out->type = card.type;
    out->active = card.active;
    out->collector = bank && (bank->flags & MT940_BANK_COLLECTOR);
    out->reserved = 0;
}

void mt940_directory_fill_hit(const struct mt940_directory *directory, uint32_t customer,
                              struct mt940_directory_hit *out)
{
    const struct mt940_directory *source = mt940_directory_source(directory, &customer);

    fill_hit(source, customer, NULL, out);
}

static uint32_t customer_of(const struct group *group, size_t at)
{
    return group->is_bank ? group->directory->banks[group->records[at]].customer : group->records[at];
}

/* Records of another branch do not fit where one is asked for and the record has one. */
static bool fits(const struct group *group, size_t at, int32_t branch, struct mt940_directory_bank_card *bank)
{
    struct mt940_directory_account_key key;

    if (!group->is_bank)
        return true;
    if (at == 0 && group->first_is_read)
        *bank = group->first;
    else
        (void)mt940_directory_read_bank(&group->directory->pool, group->directory->banks[group->records[at]].record,
                                        bank);
    return branch < 0 || !mt940_directory_bank_key(bank, &key) || key.branch < 0 || key.branch == branch;
}

static size_t group_hits(const struct group *group, int32_t branch, struct mt940_directory_hit *hits, size_t capacity)
{
    size_t found = 0;

    for (size_t i = 0; i < group->count && (branch >= 0 || i < capacity); i++) {
        struct mt940_directory_bank_card bank;

        if (!fits(group, i, branch, &bank))
            continue;
        if (found < capacity)
            fill_hit(group->directory, customer_of(group, i), group->is_bank ? &bank : NULL, &hits[found]);
        found++;
    }
    return branch >= 0 ? found : group->count;
}

/* The next record of a group that counts in a directory that lies over its own: its number among all. */
static uint32_t next_number(const struct mt940_directory *directory, const struct group *group, int32_t branch,
                            size_t *at, struct mt940_directory_bank_card *bank)
{
    for (; *at < group->count; ++*at) {
        uint32_t number = mt940_directory_number(directory, group->directory, customer_of(group, *at));

        if (number != MT940_LAYER_NOBODY && fits(group, *at, branch, bank))
            return number;
    }
    return MT940_LAYER_NOBODY;
}

/* Hits of both, in order of the customers. */
static size_t merged_hits(const struct mt940_directory *directory, const struct group groups[2], int32_t branch,
                          struct mt940_directory_hit *hits, size_t capacity)
{
    struct mt940_directory_bank_card banks[2];
    size_t at[2] = {0, 0}, found = 0;

    for (;; found++) {
        uint32_t below = next_number(directory, &groups[0], branch, &at[0], &banks[0]);
        uint32_t top = next_number(directory, &groups[1], branch, &at[1], &banks[1]);
        int from = top < below;

        if (below == MT940_LAYER_NOBODY && top == MT940_LAYER_NOBODY)
            return found;
        if (found < capacity)
            fill_hit(groups[from].directory, customer_of(&groups[from], at[from]),
                     groups[from].is_bank ? &banks[from] : NULL, &hits[found]);
        at[from]++;
    }
}

static size_t find_hits(const struct mt940_directory *directory, find_group find, const struct wanted *wanted,
                        struct mt940_directory_hit *hits, size_t capacity)
{
    struct group groups[2];

    if (!directory->layer) {
        groups[0].directory = directory;
        groups[0].first_is_read = false;
        find(directory, wanted, &groups[0]);
        return group_hits(&groups[0], wanted->branch, hits, capacity);
    }
    groups[0].directory = directory->layer->below;
    groups[1].directory = directory->layer->top;
    for (int i = 0; i < 2; i++) {
        groups[i].first_is_read = false;
        find(groups[i].directory, wanted, &groups[i]);
    }
    return merged_hits(directory, groups, wanted->branch, hits, capacity);
}

static void find_iban(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    const struct mt940_view *iban = &wanted->iban;
    struct mt940_index_probe probe;

    out->is_bank = true;
    mt940_index_probe_begin(&directory->by_iban, mt940_index_hash(iban->data, iban->length), &probe);
    while ((out->count = mt940_index_probe_next(&probe, &out->records, out->room)) > 0) {
        const struct mt940_directory_bank_entry *entry = &directory->banks[out->records[0]];

        if (entry->customer < directory->customer_count)
            MT940_PREFETCH(&directory->customers[entry->customer]);
        /* The customer's card stands before its bank records. */
        if (entry->record >= CARD_AHEAD && entry->record < directory->pool.length)
            MT940_PREFETCH(directory->pool.bytes + entry->record - CARD_AHEAD);
        (void)mt940_directory_read_bank(&directory->pool, entry->record, &out->first);
        out->first_is_read = true;
        if (mt940_view_equal(&out->first.iban, iban))
            return;
    }
}

MT940_EXPORT size_t mt940_directory_by_iban(const struct mt940_directory *directory, const struct mt940_view *iban,
                                            struct mt940_directory_hit *hits, size_t capacity)
{
    struct wanted wanted;

    if (!directory || !iban || iban->length == 0)
        return 0;
    wanted.iban = *iban;
    wanted.branch = -1;
    return find_hits(directory, find_iban, &wanted, hits, capacity);
}

/* IBANs under way at once: enough for memory to answer while others are asked for. */
#define BATCH 16

/* Brings what the IBANs lead to closer, one step of all of them after the other. */
static void approach(const struct mt940_directory *directory, const struct mt940_view *ibans, size_t count)
{
    struct mt940_index_probe probes[BATCH];
    const struct mt940_directory_bank_entry *banks[BATCH];

    for (size_t i = 0; i < count; i++) {
        uint64_t hash = mt940_index_hash(ibans[i].data, ibans[i].length);

        mt940_index_prefetch(&directory->by_iban, hash);
        mt940_index_probe_begin(&directory->by_iban, hash, &probes[i]);
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t *records;
        uint32_t single;

        banks[i] = NULL;
        if (mt940_index_probe_next(&probes[i], &records, &single) == 0)
            continue;
        banks[i] = &directory->banks[records[0]];
        MT940_PREFETCH(banks[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (banks[i] && banks[i]->customer < directory->customer_count && banks[i]->record < directory->pool.length) {
            MT940_PREFETCH(directory->pool.bytes + banks[i]->record);
            MT940_PREFETCH(&directory->customers[banks[i]->customer]);
        } else {
            banks[i] = NULL;
        }
    for (size_t i = 0; i < count; i++)
        if (banks[i] && directory->customers[banks[i]->customer].record < directory->pool.length)
            MT940_PREFETCH(directory->pool.bytes + directory->customers[banks[i]->customer].record);
}

MT940_EXPORT void mt940_directory_by_ibans(const struct mt940_directory *directory, const struct mt940_view *ibans,
                                           size_t count, struct mt940_directory_hit *hits, size_t *counts)
{
    if (!directory || !ibans || !hits || !counts)
        return;
    for (size_t from = 0; from < count; from += BATCH) {
        size_t group = count - from < BATCH ? count - from : BATCH;

        approach(directory->layer ? directory->layer->below : directory, &ibans[from], group);
        for (size_t i = from; i < from + group; i++)
            counts[i] = mt940_directory_by_iban(directory, &ibans[i], &hits[i], 1);
    }
}

static void find_account(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    struct mt940_directory_account_key key;
    struct mt940_index_probe probe;

    out->is_bank = true;
    mt940_index_probe_begin(&directory->by_account, mt940_directory_account_hash(wanted->bank, &wanted->number), &probe);
    while ((out->count = mt940_index_probe_next(&probe, &out->records, out->room)) > 0) {
        struct mt940_directory_bank_card card;

        (void)mt940_directory_read_bank(&directory->pool, directory->banks[out->records[0]].record, &card);
        mt940_directory_bank_key(&card, &key);
        if (key.bank == wanted->bank && key.number.length == wanted->number.length &&
            memcmp(key.number.text, wanted->number.text, wanted->number.length) == 0)
            return;
    }
}

MT940_EXPORT size_t mt940_directory_by_account(const struct mt940_directory *directory, int32_t bank, int32_t branch,
                                               const struct mt940_view *number, struct mt940_directory_hit *hits,
                                               size_t capacity)
{
    struct wanted wanted;

    if (!directory || !number || bank < 0)
        return 0;
    wanted.bank = bank;
    wanted.branch = branch;
    mt940_directory_normalise(number, false, &wanted.number);
    return wanted.number.length ? find_hits(directory, find_account, &wanted, hits, capacity) : 0;
}

static void find_tax_id(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    struct mt940_directory_number found;
    struct mt940_index_probe probe;

    out->is_bank = false;
    mt940_index_probe_begin(&directory->by_tax_id, mt940_index_hash(wanted->number.text, wanted->number.length), &probe);
    while ((out->count = mt940_index_probe_next(&probe, &out->records, out->room)) > 0) {
        struct mt940_directory_card card;

        (void)mt940_directory_card_at(directory, out->records[0], &card);
        mt940_directory_normalise(&card.tax_id, true, &found);
        if (found.length == wanted->number.length && memcmp(found.text, wanted->number.text, found.length) == 0)
            return;
    }
}

MT940_EXPORT size_t mt940_directory_by_tax_id(const struct mt940_directory *directory, const struct mt940_view *tax_id,
                                              struct mt940_directory_hit *hits, size_t capacity)
{
    struct wanted wanted;

    if (!directory || !tax_id)
        return 0;
    wanted.branch = -1;
    mt940_directory_normalise(tax_id, true, &wanted.number);
    return wanted.number.length ? find_hits(directory, find_tax_id, &wanted, hits, capacity) : 0;
}

static void find_name(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    const struct mt940_name_index *names = &directory->names;
    uint64_t hashes[MT940_NAME_WORDS], state = MT940_NAME_HASH_START;
    uint32_t numbers[MT940_NAME_WORDS];

    out->is_bank = false;
    mt940_name_hash_words(wanted->words, wanted->word_count, hashes);
    for (size_t i = 0; i < wanted->word_count; i++)
        state = mt940_name_hash_more(state, hashes[i]);
    state = mt940_index_hash_finish(state);
    mt940_name_find_words(names, wanted->words, hashes, wanted->word_count, &state, numbers);
    out->count = mt940_name_find_exact(names, numbers, wanted->word_count, state, &out->records, out->room);
}

MT940_EXPORT size_t mt940_directory_by_name(const struct mt940_directory *directory, const struct mt940_view *name,
                                            struct mt940_directory_hit *hits, size_t capacity)
{
    struct mt940_name_word words[MT940_NAME_WORDS];
    struct wanted wanted;

    if (!directory || !name)
        return 0;
    wanted.branch = -1;
    wanted.words = words;
    wanted.word_count = mt940_name_words_of_text(name, words);
    return find_hits(directory, find_name, &wanted, hits, capacity);
}
