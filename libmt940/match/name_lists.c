/* SPDX-License-Identifier: Apache-2.0
 *
 * name_lists.c: writes the names and the customers of words, seven bits a byte, and the ways into the
 * vocabulary. What is written follows from the numbered words alone.
 */
#include "match/name_lists.h"

#include <string.h>

#include "mt940connect/status.h"

/* Bytes of the numbers of a name. */
static uint32_t name_size(const struct mt940_name_building *building, uint32_t customer)
{
    uint32_t bytes = 0;

    for (uint32_t t = building->token_at[customer]; t < building->token_at[customer + 1]; t++)
        bytes += mt940_name_number_size(building->tokens[t]);
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
            at = mt940_name_put_number(at, building->tokens[t]);
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
            size = mt940_name_number_size(i + 1 - end->last);
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
            end->at = (uint32_t)(mt940_name_put_number(index->lists + end->at, i + 1 - end->last) - index->lists);
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
