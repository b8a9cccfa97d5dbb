/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_find.c: customers by what a movement says of them: IBAN, account, tax number, name.
 * Where a directory lies over another one, both are asked and their answers put in order.
 */
#include "base/export.h"
#include "base/prefetch.h"
#include "match/directory_find.h"
#include "match/directory_key.h"
#include "match/directory_layer.h"
#include "mt940connect/bank_branch.h"

/* What is looked for; each way in reads what it needs. */
struct wanted {
    struct mt940_view iban;
    uint64_t iban_hash;
    int32_t bank, branch; /* branch -1 = any */
    struct mt940_directory_number number;
    const struct mt940_name_word *words;
    size_t word_count;
};

/* Bytes before a bank record where most cards begin, and bytes of it among which most IBANs end. */
enum { CARD_BEFORE = 64, IBAN_BEHIND = 32 };

/* Records of one key, ascending: places of bank records in the pool, or customers. */
struct group {
    const struct mt940_directory *directory;
    const uint32_t *records;
    size_t count;
    uint32_t room[MT940_NAME_SHOWN];
    bool is_bank;
};

/* Fills records, their count and what they are. */
typedef void (*find_group)(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out);

/* For the customer of a card. */
static void fill_hit(const struct mt940_directory *source, uint32_t place,
                     const struct mt940_directory_bank_card *bank, struct mt940_directory_hit *out)
{
    struct mt940_directory_card card;

    mt940_directory_read_head(&source->pool, place, &card);
    out->customer = card.code;
    out->slot = bank ? bank->slot : 0;
    out->type = card.type;
    out->active = card.active;
    out->collector = bank && (bank->flags & MT940_BANK_COLLECTOR);
    out->reserved = 0;
}

static uint32_t card_of(const struct mt940_directory *source, uint32_t customer)
{
    return customer < source->customer_count ? source->cards[customer] : UINT32_MAX;
}

void mt940_directory_fill_hit(const struct mt940_directory *directory, uint32_t customer,
                              struct mt940_directory_hit *out)
{
    const struct mt940_directory *source = mt940_directory_source(directory, &customer);

    fill_hit(source, card_of(source, customer), NULL, out);
}

/* A bank record of a group, in `room`. */
static const struct mt940_directory_bank_card *bank_of(const struct group *group, size_t at,
                                                       struct mt940_directory_bank_card *room)
{
    (void)mt940_directory_read_bank(&group->directory->pool, group->records[at], room);
    return room;
}

/* Records of another branch do not fit where one is asked for and the record has one. */
static bool fits(const struct mt940_directory_bank_card *bank, int32_t branch)
{
    struct mt940_directory_account_key key;

    return branch < 0 || !mt940_directory_bank_key(bank, &key) || key.branch < 0 || key.branch == branch;
}

static size_t group_hits(const struct group *group, int32_t branch, struct mt940_directory_hit *hits, size_t capacity)
{
    size_t found = 0;

    for (size_t i = 0; i < group->count && (branch >= 0 || i < capacity); i++) {
        struct mt940_directory_bank_card room;
        const struct mt940_directory_bank_card *bank = group->is_bank ? bank_of(group, i, &room) : NULL;

        if (bank && !fits(bank, branch))
            continue;
        if (found < capacity)
            fill_hit(group->directory, bank ? bank->card : card_of(group->directory, group->records[i]), bank,
                     &hits[found]);
        found++;
    }
    return branch >= 0 ? found : group->count;
}

/* A record that counts in a directory that lies over its own: its customer's number among all, and his card. */
struct counted {
    uint32_t number, card;
    const struct mt940_directory_bank_card *bank; /* NULL in a group of customers */
    struct mt940_directory_bank_card room;
};

/* Number of a customer in the directory of his own, of whom the card is known: his code leads there. */
static uint32_t number_of_card(const struct mt940_directory *source, uint32_t place)
{
    struct mt940_directory_card card;
    int64_t number;

    mt940_directory_read_head(&source->pool, place, &card);
    number = mt940_directory_number_in(source, &card.code);
    return number < 0 ? MT940_LAYER_NOBODY : (uint32_t)number;
}

/* The next one of a group. */
static void next_counted(const struct mt940_directory *directory, const struct group *group, int32_t branch,
                         size_t *at, struct counted *out)
{
    for (; *at < group->count; ++*at) {
        uint32_t customer = group->records[*at];

        out->bank = group->is_bank ? bank_of(group, *at, &out->room) : NULL;
        out->card = out->bank ? out->bank->card : card_of(group->directory, customer);
        if (out->bank)
            customer = number_of_card(group->directory, out->card);
        out->number = mt940_directory_number(directory, group->directory, customer);
        if (out->number != MT940_LAYER_NOBODY && (!out->bank || fits(out->bank, branch)))
            return;
    }
    out->number = MT940_LAYER_NOBODY;
}

/* Hits of both, in order of the customers. */
static size_t merged_hits(const struct mt940_directory *directory, const struct group groups[2], int32_t branch,
                          struct mt940_directory_hit *hits, size_t capacity)
{
    struct counted next[2];
    size_t at[2] = {0, 0}, found = 0;

    for (;; found++) {
        int from;

        next_counted(directory, &groups[0], branch, &at[0], &next[0]);
        next_counted(directory, &groups[1], branch, &at[1], &next[1]);
        from = next[1].number < next[0].number;
        if (next[from].number == MT940_LAYER_NOBODY)
            return found;
        if (found < capacity)
            fill_hit(groups[from].directory, next[from].card, next[from].bank, &hits[found]);
        at[from]++;
    }
}

static size_t find_hits(const struct mt940_directory *directory, find_group find, const struct wanted *wanted,
                        struct mt940_directory_hit *hits, size_t capacity)
{
    struct group groups[2];

    if (!directory->layer) {
        groups[0].directory = directory;
        find(directory, wanted, &groups[0]);
        return group_hits(&groups[0], wanted->branch, hits, capacity);
    }
    groups[0].directory = directory->layer->below;
    groups[1].directory = directory->layer->top;
    for (int i = 0; i < 2; i++)
        find(groups[i].directory, wanted, &groups[i]);
    return merged_hits(directory, groups, wanted->branch, hits, capacity);
}

/* Asks for where the card of a bank record's customer begins: mostly a line before it. */
static void prefetch_card(const struct mt940_directory_pool *pool, uint32_t place)
{
    MT940_PREFETCH(pool->bytes + (place < CARD_BEFORE ? 0 : place - CARD_BEFORE));
}

/* Places of the bank records of an IBAN: their number, 0 = none. */
static inline size_t places_of(const struct mt940_directory *directory, const struct mt940_view *iban, uint64_t hash,
                               const uint32_t **places, uint32_t *single)
{
    struct mt940_index_probe probe;
    size_t count;

    mt940_index_probe_begin(&directory->by_iban, hash, &probe);
    while ((count = mt940_index_probe_next_wide(&probe, places, single)) > 0) {
        struct mt940_view found = mt940_directory_view(&directory->pool, (*places)[0]);

        prefetch_card(&directory->pool, (*places)[0]);
        if (found.length == iban->length && memcmp(found.data, iban->data, iban->length) == 0)
            return count;
    }
    return 0;
}

static void find_iban(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    out->is_bank = true;
    out->count = places_of(directory, &wanted->iban, wanted->iban_hash, &out->records, out->room);
}

static size_t find_in_both(const struct mt940_directory *directory, const struct mt940_view *iban, uint64_t hash,
                           struct mt940_directory_hit *hits, size_t capacity)
{
    struct wanted wanted;

    wanted.iban = *iban;
    wanted.iban_hash = hash;
    wanted.branch = -1;
    return find_hits(directory, find_iban, &wanted, hits, capacity);
}

/*
 * The short way where a directory lies over none. What steps it takes counts: while memory is waited for, a processor
 * goes on to the next IBAN if that is a few hundred instructions away.
 */
static inline size_t find_ibans(const struct mt940_directory *directory, const struct mt940_view *iban, uint64_t hash,
                                struct mt940_directory_hit *hits, size_t capacity)
{
    const struct mt940_directory_pool *pool = &directory->pool;
    const uint32_t *places;
    uint32_t single;
    size_t count;

    if (iban->length == 0)
        return 0;
    if (directory->layer)
        return find_in_both(directory, iban, hash, hits, capacity);
    count = places_of(directory, iban, hash, &places, &single);
    for (size_t i = 0; i < count && i < capacity; i++) {
        struct mt940_view found = mt940_directory_view(pool, places[i]);

        mt940_directory_read_hit(pool, places[i], (uint32_t)(found.data - pool->bytes + found.length), &hits[i]);
    }
    return count;
}

MT940_EXPORT size_t mt940_directory_by_iban(const struct mt940_directory *directory, const struct mt940_view *iban,
                                            struct mt940_directory_hit *hits, size_t capacity)
{
    if (!directory || !iban)
        return 0;
    return find_ibans(directory, iban, mt940_index_hash(iban->data, iban->length), hits, capacity);
}

/* IBANs by which one step is ahead of the next: enough for memory to answer meanwhile. */
#define AHEAD 8

/* Where the slot of a hash leads is asked for. */
static void approach(const struct mt940_directory *directory, uint64_t hash)
{
    const struct mt940_directory_pool *pool = &directory->pool;
    struct mt940_index_probe probe;
    const uint32_t *records;
    uint32_t single;

    mt940_index_probe_begin(&directory->by_iban, hash, &probe);
    if (mt940_index_probe_next_wide(&probe, &records, &single) == 0)
        return;
    prefetch_card(pool, records[0]);
    MT940_PREFETCH(pool->bytes + records[0]);
    if (pool->length - records[0] > IBAN_BEHIND)
        MT940_PREFETCH(pool->bytes + records[0] + IBAN_BEHIND);
}

MT940_EXPORT void mt940_directory_by_ibans(const struct mt940_directory *directory, const struct mt940_view *ibans,
                                           size_t count, struct mt940_directory_hit *hits, size_t *counts)
{
    const struct mt940_directory *most;
    uint64_t hashes[2 * AHEAD];

    if (!directory || !ibans || !hits || !counts)
        return;
    most = directory->layer ? directory->layer->below : directory;
    for (size_t i = 0; i < count + 2 * AHEAD; i++) {
        uint64_t *hash = &hashes[i % (2 * AHEAD)];

        if (i >= 2 * AHEAD)
            counts[i - 2 * AHEAD] = find_ibans(directory, &ibans[i - 2 * AHEAD], *hash, &hits[i - 2 * AHEAD], 1);
        if (i < count) {
            *hash = mt940_index_hash(ibans[i].data, ibans[i].length);
            mt940_index_prefetch(&most->by_iban, *hash);
        }
        if (i >= AHEAD && i - AHEAD < count)
            approach(most, hashes[(i - AHEAD) % (2 * AHEAD)]);
    }
}

static void find_account(const struct mt940_directory *directory, const struct wanted *wanted, struct group *out)
{
    struct mt940_directory_account_key key;
    struct mt940_index_probe probe;

    out->is_bank = true;
    mt940_index_probe_begin(&directory->by_account, mt940_directory_account_hash(wanted->bank, &wanted->number), &probe);
    while ((out->count = mt940_index_probe_next_wide(&probe, &out->records, out->room)) > 0) {
        struct mt940_directory_bank_card card;

        (void)mt940_directory_read_bank(&directory->pool, out->records[0], &card);
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
    uint32_t numbers[MT940_NAME_WORDS];

    out->is_bank = false;
    out->count = mt940_name_find_whole(&directory->names, wanted->words, wanted->word_count, numbers, &out->records,
                                       out->room);
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
