/* SPDX-License-Identifier: Apache-2.0
 *
 * name_lists.c: writes the lists of the index of names, seven bits a byte, and the ways into the
 * vocabulary. What is written follows from the numbered words alone.
 */
#include <string.h>

#include "match/name_build.h"
#include "mt940connect/status.h"

static uint32_t number_size(uint32_t value)
{
    uint32_t size = 1;

    for (; value >= 0x80; value >>= 7)
        size++;
    return size;
}

static uint8_t *put_number(uint8_t *at, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)((value & 0x7F) | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

/* Bytes of the numbers of a name. */
static uint32_t name_size(const struct mt940_name_building *building, uint32_t customer)
{
    uint32_t bytes = 0;

    for (uint32_t t = building->token_at[customer]; t < building->token_at[customer + 1]; t++)
        bytes += number_size(building->tokens[t]);
    return bytes;
}

/* The length of a name is that of all its numbers: it is known when they are written. */
static void write_names(const struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    uint8_t *at = index->names;

    index->name_at[index->customers / MT940_NAME_GROUP] = index->name_bytes;
    for (uint32_t i = 0; i < index->customers; i++) {
        uint8_t *length = at++;

        if (i % MT940_NAME_GROUP == 0)
            index->name_at[i / MT940_NAME_GROUP] = (uint32_t)(length - index->names);
        for (uint32_t t = building->token_at[i]; t < building->token_at[i + 1]; t++)
            at = put_number(at, building->tokens[t]);
        *length = (uint8_t)(at - length - 1);
    }
}

int mt940_name_build_names(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    uint64_t bytes = index->customers;

    for (uint32_t i = 0; i < index->customers; i++)
        bytes += name_size(building, i);
    if (bytes > UINT32_MAX)
        return MT940_E_LIMIT;
    index->name_bytes = (uint32_t)bytes;
    index->name_at = mt940_memory_alloc(building->memory, mt940_name_groups(index->customers) * sizeof(*index->name_at));
    index->names = mt940_memory_alloc(building->memory, index->name_bytes);
    if (!index->name_at || !index->names)
        return MT940_E_MEMORY;
    write_names(building);
    return MT940_OK;
}

/* State of a list while it is written: customer + 1 put last, and where the next one goes. */
struct list_end {
    uint32_t last;
    uint32_t at;
};

/* Sizes of the lists in ends[].at; false when they pass 4 GiB. */
static bool measure_lists(const struct mt940_name_building *building, struct list_end *ends, uint64_t *bytes)
{
    *bytes = 0;
    for (uint32_t i = 0; i < building->index->customers; i++)
        for (uint32_t t = building->token_at[i]; t < building->token_at[i + 1]; t++) {
            struct list_end *end = &ends[building->tokens[t]];
            uint32_t size;

            if (building->tokens[t] < building->index->listless || end->last == i + 1)
                continue;
            size = number_size(i + 1 - end->last);
            end->last = i + 1;
            end->at += size;
            *bytes += size;
        }
    return *bytes <= UINT32_MAX;
}

static void write_lists(struct mt940_name_building *building, struct list_end *ends)
{
    struct mt940_name_index *index = building->index;
    uint32_t at = 0;

    for (uint32_t word = 0; word < index->words; word++) {
        uint32_t size = ends[word].at;

        index->list_at[word] = at;
        ends[word].at = at;
        ends[word].last = 0;
        at += size;
    }
    index->list_at[index->words] = at;
    for (uint32_t i = 0; i < index->customers; i++)
        for (uint32_t t = building->token_at[i]; t < building->token_at[i + 1]; t++) {
            struct list_end *end = &ends[building->tokens[t]];

            if (building->tokens[t] < index->listless || end->last == i + 1)
                continue;
            end->at = (uint32_t)(put_number(index->lists + end->at, i + 1 - end->last) - index->lists);
            end->last = i + 1;
        }
}

int mt940_name_build_lists(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    size_t size = index->words * sizeof(struct list_end);
    struct list_end *ends = mt940_memory_alloc(building->memory, size);
    uint64_t bytes = 0;
    int status = MT940_E_MEMORY;

    while (!building->whole && index->listless < index->words && index->counts[index->listless] > 16 * MT940_NAME_COMMON &&
           index->counts[index->listless] > index->customers / MT940_NAME_SHARE)
        index->listless++;
    index->list_at = mt940_memory_alloc(building->memory, ((size_t)index->words + 1) * sizeof(*index->list_at));
    if (ends && index->list_at) {
        memset(ends, 0, size);
        status = measure_lists(building, ends, &bytes) ? MT940_OK : MT940_E_LIMIT;
    }
    if (status == MT940_OK) {
        index->list_bytes = (uint32_t)bytes;
        index->lists = mt940_memory_alloc(building->memory, index->list_bytes);
        if (!index->lists)
            status = MT940_E_MEMORY;
        else
            write_lists(building, ends);
    }
    mt940_memory_free(building->memory, ends, size);
    return status;
}

/* Neighbours that are both common, as entries; returns how many, or only counts with entries NULL. */
static size_t list_pairs(const struct mt940_name_building *building, struct mt940_radix_entry *entries)
{
    uint32_t common = building->index->common;
    size_t count = 0;

    for (uint32_t i = 0; i < building->index->customers; i++)
        for (uint32_t t = building->token_at[i]; t + 1 < building->token_at[i + 1]; t++) {
            uint32_t first = building->tokens[t], second = building->tokens[t + 1];

            if (first >= common || second >= common)
                continue;
            if (entries) {
                entries[count].key = (uint64_t)first << 16 | second;
                entries[count].value = i;
            }
            count++;
        }
    return count;
}

/* The end of the group of one key. */
static size_t group_end(const struct mt940_radix_entry *entries, size_t count, size_t from)
{
    size_t to = from + 1;

    while (to < count && entries[to].key == entries[from].key)
        to++;
    return to;
}

/* Bytes of a group's list; a customer who has the pair twice is put once. */
static uint32_t group_bytes(const struct mt940_radix_entry *entries, size_t from, size_t to, uint8_t **out)
{
    uint32_t last = 0, bytes = 0;

    for (size_t i = from; i < to; i++) {
        if (entries[i].value + 1 == last)
            continue;
        bytes += number_size(entries[i].value + 1 - last);
        if (out)
            *out = put_number(*out, entries[i].value + 1 - last);
        last = entries[i].value + 1;
    }
    return bytes;
}

static int write_pairs(struct mt940_name_building *building, const struct mt940_radix_entry *entries, size_t count)
{
    struct mt940_name_index *index = building->index;
    size_t most = building->whole ? count : MT940_NAME_PAIR_MOST;
    uint64_t bytes = 0;
    uint32_t pair = 0;
    uint8_t *at;

    for (size_t from = 0, to; from < count; from = to) {
        to = group_end(entries, count, from);
        if (to - from > most)
            continue;
        bytes += group_bytes(entries, from, to, NULL);
        index->pairs++;
    }
    if (bytes > UINT32_MAX)
        return MT940_E_LIMIT;
    index->pair_bytes = (uint32_t)bytes;
    index->pair_second = mt940_memory_alloc(building->memory, index->pairs * sizeof(*index->pair_second));
    index->pair_at = mt940_memory_alloc(building->memory, ((size_t)index->pairs + 1) * sizeof(*index->pair_at));
    index->pair_lists = mt940_memory_alloc(building->memory, index->pair_bytes);
    if (!index->pair_second || !index->pair_at || !index->pair_lists)
        return MT940_E_MEMORY;
    at = index->pair_lists;
    for (size_t from = 0, to; from < count; from = to) {
        to = group_end(entries, count, from);
        if (to - from > most)
            continue;
        index->pair_first[entries[from].key >> 16]++;
        index->pair_second[pair] = (uint16_t)(entries[from].key & 0xFFFF);
        index->pair_at[pair++] = (uint32_t)(at - index->pair_lists);
        (void)group_bytes(entries, from, to, &at);
    }
    index->pair_at[pair] = index->pair_bytes;
    return MT940_OK;
}

/* From how many pairs begin with a word to where they begin. */
static void sum_up(uint32_t *first, uint32_t common)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i <= common; i++) {
        uint32_t count = first[i];

        first[i] = sum;
        sum += count;
    }
}

int mt940_name_build_pairs(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    struct mt940_radix_entry *entries;
    size_t count, size;
    int status;

    while (index->common < index->words && index->common < UINT16_MAX &&
           (building->whole || index->counts[index->common] > MT940_NAME_COMMON))
        index->common++;
    size = ((size_t)index->common + 1) * sizeof(*index->pair_first);
    index->pair_first = mt940_memory_alloc(building->memory, size);
    count = list_pairs(building, NULL);
    entries = mt940_memory_alloc(building->memory, 2 * count * sizeof(*entries));
    if (!entries || !index->pair_first) {
        mt940_memory_free(building->memory, entries, 2 * count * sizeof(*entries));
        return MT940_E_MEMORY;
    }
    memset(index->pair_first, 0, size);
    (void)list_pairs(building, entries);
    mt940_radix_sort(entries, entries + count, count);
    status = write_pairs(building, entries, count);
    sum_up(index->pair_first, index->common);
    mt940_memory_free(building->memory, entries, 2 * count * sizeof(*entries));
    return status;
}

static bool same_word(const void *context, uint32_t a, uint32_t b)
{
    (void)context;
    return a == b;
}

static bool same_name(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_name_index *index = context;
    uint32_t size = 0, other = 0;
    const uint8_t *left = mt940_name_at(index, a, &size), *right = mt940_name_at(index, b, &other);

    return size == other && memcmp(left, right, size) == 0;
}

/* Sorts the words by a key of their letters. */
static void sort_words(const struct mt940_name_index *index, uint64_t (*pack)(const char *, size_t),
                       struct mt940_radix_entry *entries, uint64_t *keys, uint32_t *words)
{
    for (uint32_t word = 0; word < index->words; word++) {
        struct mt940_view text = mt940_name_text(index, word);

        entries[word].key = pack(text.data, text.length);
        entries[word].value = word;
    }
    mt940_radix_sort(entries, entries + index->words, index->words);
    for (uint32_t i = 0; i < index->words; i++) {
        keys[i] = entries[i].key;
        words[i] = entries[i].value;
    }
}

/* The legal forms of the table that customers have. */
static void note_legal_forms(struct mt940_name_index *index)
{
    const char *before = "";

    for (uint32_t i = 0; i < mt940_name_form_count && index->legal_count < MT940_NAME_LEGALS; i++) {
        const struct mt940_name_form *form = &mt940_name_forms[i];
        uint32_t word;

        /* Every legal form is one of its own forms, so each comes up once. */
        if (form->kind != MT940_NAME_LEGAL || strcmp(form->words, form->canonical) != 0 ||
            strcmp(form->canonical, before) == 0)
            continue;
        before = form->canonical;
        word = mt940_name_find_word(index, form->canonical, strlen(form->canonical));
        if (word != MT940_NAME_NO_WORD)
            index->legal[index->legal_count++] = word;
    }
}

static int index_words(struct mt940_name_building *building, struct mt940_radix_entry *entries)
{
    struct mt940_name_index *index = building->index;

    for (uint32_t word = 0; word < index->words; word++) {
        struct mt940_view text = mt940_name_text(index, word);

        entries[word].key = mt940_index_hash(text.data, text.length);
        entries[word].value = word;
    }
    return mt940_index_build(&index->by_word, MT940_INDEX_NARROW, building->memory, entries, index->words, same_word, NULL);
}

/* `hashes` has room for one a word. */
static int index_names(struct mt940_name_building *building, struct mt940_radix_entry *entries, uint64_t *hashes)
{
    struct mt940_name_index *index = building->index;
    size_t count = 0;

    for (uint32_t word = 0; word < index->words; word++) {
        struct mt940_view text = mt940_name_text(index, word);

        hashes[word] = mt940_index_hash(text.data, text.length);
    }
    for (uint32_t i = 0; i < index->customers; i++) {
        uint64_t state = MT940_NAME_HASH_START;

        if (building->token_at[i] == building->token_at[i + 1])
            continue;
        for (uint32_t t = building->token_at[i]; t < building->token_at[i + 1]; t++)
            state = mt940_name_hash_more(state, hashes[building->tokens[t]]);
        entries[count].key = mt940_index_hash_finish(state);
        entries[count++].value = i;
    }
    return mt940_index_build(&index->by_name, MT940_INDEX_NARROW, building->memory, entries, count, same_name, index);
}

int mt940_name_build_words(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    struct mt940_radix_entry *entries;
    int status = MT940_E_MEMORY;

    entries = mt940_memory_alloc(building->memory, 2 * (size_t)index->words * sizeof(*entries));
    index->forward = mt940_memory_alloc(building->memory, index->words * sizeof(*index->forward));
    index->forward_word = mt940_memory_alloc(building->memory, index->words * sizeof(*index->forward_word));
    index->backward = mt940_memory_alloc(building->memory, index->words * sizeof(*index->backward));
    index->backward_word = mt940_memory_alloc(building->memory, index->words * sizeof(*index->backward_word));
    if (entries && index->forward && index->forward_word && index->backward && index->backward_word) {
        sort_words(index, mt940_name_pack, entries, index->forward, index->forward_word);
        sort_words(index, mt940_name_pack_backward, entries, index->backward, index->backward_word);
        status = index_words(building, entries);
    }
    if (status == MT940_OK)
        note_legal_forms(index);
    mt940_memory_free(building->memory, entries, 2 * (size_t)index->words * sizeof(*entries));
    return status;
}

int mt940_name_build_whole_names(struct mt940_name_building *building)
{
    size_t size = 2 * (size_t)building->index->customers * sizeof(struct mt940_radix_entry);
    size_t hashes_size = building->index->words * sizeof(uint64_t);
    struct mt940_radix_entry *entries = mt940_memory_alloc(building->memory, size);
    uint64_t *hashes = mt940_memory_alloc(building->memory, hashes_size);
    int status = entries && hashes ? index_names(building, entries, hashes) : MT940_E_MEMORY;

    mt940_memory_free(building->memory, entries, size);
    mt940_memory_free(building->memory, hashes, hashes_size);
    return status;
}
