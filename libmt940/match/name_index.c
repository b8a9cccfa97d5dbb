/* SPDX-License-Identifier: Apache-2.0
 *
 * name_index.c: look-ups in the finished index of names. Reads only.
 */
#include "match/name_index.h"

#include <string.h>

#include "base/bytes.h"
#include "base/prefetch.h"
#include "match/name_layer.h"
#include "match/name_vocabulary.h"

/* Every byte of eight is a letter, whose code is its low five bits. */
#define LETTERS UINT64_C(0x4040404040404040)

/* The codes of eight letters side by side, the first one highest: of two, of four, of all. */
static uint64_t codes_of(uint64_t letters)
{
    uint64_t two = (letters & UINT64_C(0x001F001F001F001F)) << 5 | (letters >> 8 & UINT64_C(0x001F001F001F001F));
    uint64_t four = (two & UINT64_C(0x000003FF000003FF)) << 10 | (two >> 16 & UINT64_C(0x000003FF000003FF));

    return (four & 0xFFFFF) << 20 | four >> 32;
}

/* Whether a word is of letters only; digits and lost letters are not. */
static bool is_letters(uint64_t first, uint64_t second, size_t taken)
{
    uint64_t least = taken < 8 ? LETTERS >> 8 * (8 - taken) : LETTERS;
    uint64_t rest = taken > 8 ? LETTERS >> 8 * (16 - taken) : 0;

    return (first & LETTERS) == least && (second & LETTERS) == rest;
}

/* The key, and whether the first twelve are letters only. */
static uint64_t pack(const char *key, size_t length, bool *letters)
{
    size_t taken = length < 12 ? length : 12;
    uint64_t first = mt940_bytes_number(key, taken), packed = 0;
    uint64_t second = taken > 8 ? mt940_bytes_number(key + 8, taken - 8) : 0;

    *letters = taken > 0 && is_letters(first, second, taken);
    if (*letters)
        packed = codes_of(first) << 20 | codes_of(second) >> 20;
    for (size_t i = 0; !*letters && i < taken; i++)
        packed |= (uint64_t)mt940_name_code(key[i]) << 5 * (11 - i);
    return (uint64_t)(length < 15 ? length : 15) << 60 | packed;
}

uint64_t mt940_name_pack(const char *key, size_t length)
{
    bool letters;

    return pack(key, length, &letters);
}

uint64_t mt940_name_pack_backward(const char *key, size_t length)
{
    size_t taken = length < 12 ? length : 12;
    uint64_t packed = 0;

    for (size_t i = 0; i < taken; i++)
        packed = packed << 5 | (uint64_t)mt940_name_code(key[length - 1 - i]);
    return (uint64_t)(length < 15 ? length : 15) << 60 | packed << 5 * (12 - taken);
}

uint32_t mt940_name_letters(const char *key, size_t length)
{
    uint32_t letters = 0;

    for (size_t i = 0; i < length; i++)
        letters |= UINT32_C(1) << mt940_name_code(key[i]);
    return letters;
}

struct mt940_view mt940_name_text(const struct mt940_name_index *index, uint32_t word)
{
    uint32_t from = index->text_at[word], to = index->text_at[word + 1];

    if (from > to || to > index->text_bytes)
        from = to = 0;
    return mt940_view_of(index->texts + from, to - from);
}

/* The letters of a word, packed: when it is short and of letters only they say all. */
struct spelling {
    uint64_t key;
    bool says_all;
};

static struct spelling spelling_of(const char *key, size_t length)
{
    struct spelling spelling;

    spelling.key = pack(key, length, &spelling.says_all);
    spelling.says_all = spelling.says_all && length <= 12;
    return spelling;
}

static inline bool is_word(const struct mt940_name_index *index, uint32_t word, struct spelling spelling,
                           const char *key, size_t length)
{
    struct mt940_view text;

    if (index->keys[word] != spelling.key || spelling.says_all)
        return index->keys[word] == spelling.key;
    text = mt940_name_text(index, word);
    return text.length == length && memcmp(text.data, key, length) == 0;
}

/* A word that is looked up. */
struct wanted {
    struct mt940_index_probe probe;
    struct spelling spelling;
    uint32_t candidate;
};

static void want(const struct mt940_name_index *index, struct wanted *wanted, const char *key, size_t length,
                 uint64_t hash)
{
    mt940_index_prefetch(&index->by_word, hash);
    mt940_index_probe_begin(&index->by_word, hash, &wanted->probe);
    wanted->spelling = spelling_of(key, length);
}

static void next_candidate(struct wanted *wanted)
{
    const uint32_t *records;
    uint32_t single;

    wanted->candidate = MT940_NAME_NO_WORD;
    if (mt940_index_probe_next(&wanted->probe, &records, &single) > 0)
        wanted->candidate = records[0];
}

static uint32_t confirm(const struct mt940_name_index *index, struct wanted *wanted, const char *key, size_t length)
{
    while (wanted->candidate != MT940_NAME_NO_WORD && !is_word(index, wanted->candidate, wanted->spelling, key, length))
        next_candidate(wanted);
    return wanted->candidate;
}

uint32_t mt940_name_find_word(const struct mt940_name_index *index, const char *key, size_t length)
{
    struct wanted wanted;

    want(index, &wanted, key, length, mt940_index_hash(key, length));
    next_candidate(&wanted);
    return confirm(index, &wanted, key, length);
}

void mt940_name_hash_words(const struct mt940_name_word *words, size_t count, uint64_t *hashes)
{
    for (size_t i = 0; i < count; i++)
        hashes[i] = mt940_index_hash(words[i].key, words[i].key_length);
}

uint64_t mt940_name_hash_more(uint64_t state, uint64_t word)
{
    state = (state ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return state ^ state >> 32;
}

uint64_t mt940_name_hash_of(const struct mt940_name_index *index, const uint32_t *words, size_t count)
{
    uint64_t state = MT940_NAME_HASH_START;

    for (size_t i = 0; i < count; i++) {
        struct mt940_view text = mt940_name_text(index, words[i]);

        state = mt940_name_hash_more(state, mt940_index_hash(text.data, text.length));
    }
    return mt940_index_hash_finish(state);
}

static void find_group(const struct mt940_name_index *index, const struct mt940_name_word *words,
                       const uint64_t *hashes, size_t count, uint32_t *numbers)
{
    struct wanted wanted[8];

    for (size_t i = 0; i < count; i++)
        want(index, &wanted[i], words[i].key, words[i].key_length, hashes[i]);
    for (size_t i = 0; i < count; i++) {
        next_candidate(&wanted[i]);
        if (wanted[i].candidate != MT940_NAME_NO_WORD) {
            MT940_PREFETCH(&index->keys[wanted[i].candidate]);
            MT940_PREFETCH(&index->bits[wanted[i].candidate]);
        }
    }
    for (size_t i = 0; i < count; i++)
        numbers[i] = confirm(index, &wanted[i], words[i].key, words[i].key_length);
}

void mt940_name_find_words(const struct mt940_name_index *index, const struct mt940_name_word *words,
                           const uint64_t *hashes, size_t count, uint32_t *numbers)
{
    for (size_t from = 0; from < count; from += 8)
        find_group(index, words + from, hashes + from, count - from < 8 ? count - from : 8, numbers + from);
}

size_t mt940_name_words_of(const struct mt940_name_index *index, uint32_t customer, uint32_t words[MT940_NAME_WORDS])
{
    const uint8_t *at, *end;
    uint32_t bytes;
    size_t count = 0;

    if (index->layer)
        return mt940_name_layer_words_of(index->layer, customer, words);
    at = mt940_name_at(index, customer, &bytes);
    if (!at)
        return 0;
    end = at + bytes;
    while (at < end && count < MT940_NAME_WORDS) {
        words[count] = mt940_name_number(&at);
        count += words[count] < index->words;
    }
    return count;
}

size_t mt940_name_find_exact(const struct mt940_name_index *index, const uint32_t *words, size_t count, uint64_t hash,
                             const uint32_t **customers, uint32_t room[MT940_NAME_SHOWN])
{
    struct mt940_index_probe probe;
    uint32_t found[MT940_NAME_WORDS];
    size_t group;

    if (count == 0 || count > MT940_NAME_WORDS)
        return 0;
    if (index->layer)
        return mt940_name_layer_find_exact(index->layer, words, count, hash, customers, room);
    mt940_index_probe_begin(&index->by_name, hash, &probe);
    while ((group = mt940_index_probe_next(&probe, customers, room)) > 0)
        if (mt940_name_words_of(index, (*customers)[0], found) == count &&
            memcmp(found, words, count * sizeof(*words)) == 0)
            return group;
    return 0;
}

static bool is_name(const struct mt940_name_index *index, uint32_t customer, const struct mt940_name_word *words,
                    const struct spelling *spellings, size_t count, uint32_t numbers[MT940_NAME_WORDS])
{
    if (mt940_name_words_of(index, customer, numbers) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!is_word(index, numbers[i], spellings[i], words[i].key, words[i].key_length))
            return false;
    return true;
}

size_t mt940_name_find_whole(const struct mt940_name_index *index, const struct mt940_name_word *words, size_t count,
                             uint32_t numbers[MT940_NAME_WORDS], const uint32_t **customers,
                             uint32_t room[MT940_NAME_SHOWN])
{
    uint64_t hashes[MT940_NAME_WORDS], hash = MT940_NAME_HASH_START;
    struct spelling spellings[MT940_NAME_WORDS];
    struct mt940_index_probe probe;
    size_t group = 0;

    if (count == 0 || count > MT940_NAME_WORDS)
        return 0;
    mt940_name_hash_words(words, count, hashes);
    for (size_t i = 0; i < count; i++)
        hash = mt940_name_hash_more(hash, hashes[i]);
    hash = mt940_index_hash_finish(hash);
    if (index->layer) {
        mt940_index_prefetch(&index->layer->below->by_name, hash);
        mt940_name_find_words(index, words, hashes, count, numbers);
        return mt940_name_layer_find_exact(index->layer, numbers, count, hash, customers, room);
    }
    mt940_index_prefetch(&index->by_name, hash);
    for (size_t i = 0; i < count; i++)
        spellings[i] = spelling_of(words[i].key, words[i].key_length);
    mt940_index_probe_begin(&index->by_name, hash, &probe);
    while ((group = mt940_index_probe_next(&probe, customers, room)) > 0) {
        mt940_name_prefetch(index, (*customers)[0]);
        if (is_name(index, (*customers)[0], words, spellings, count, numbers))
            break;
    }
    return group;
}

struct mt940_name_list mt940_name_list_of(const struct mt940_name_index *index, uint32_t word)
{
    struct mt940_name_list list = {NULL, NULL, NULL, NULL};
    uint32_t from, to;

    if (index->layer)
        return mt940_name_layer_list(index->layer, word);
    from = index->list_at[word];
    to = index->list_at[word + 1];
    if (from > to || to > index->list_bytes)
        from = to = 0;
    list.from = index->lists + from;
    list.to = index->lists + to;
    return list;
}

struct mt940_name_list mt940_name_list_of_pair(const struct mt940_name_index *index, uint32_t first, uint32_t second)
{
    struct mt940_name_list list = {NULL, NULL, NULL, NULL};
    uint32_t low, high, end;

    if (index->layer)
        return mt940_name_layer_pair(index->layer, first, second);
    if (first >= index->common || second >= index->common)
        return list;
    low = index->pair_first[first];
    high = end = index->pair_first[first + 1];
    if (low > high || high > index->pairs)
        return list;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (index->pair_second[middle] < second)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < end && index->pair_second[low] == second && index->pair_at[low] <= index->pair_at[low + 1] &&
        index->pair_at[low + 1] <= index->pair_bytes) {
        list.from = index->pair_lists + index->pair_at[low];
        list.to = index->pair_lists + index->pair_at[low + 1];
    }
    return list;
}

uint32_t mt940_name_list_bytes(const struct mt940_name_index *index, const struct mt940_name_list *list)
{
    return index->layer ? mt940_name_layer_bytes(index, list) : (uint32_t)(list->to - list->from);
}

void mt940_name_cursor_begin(const struct mt940_name_index *index, const struct mt940_name_list *list,
                             struct mt940_name_cursor *out)
{
    out->at = list->from;
    out->end = list->to;
    out->last = 0;
    out->layer = index->layer;
    if (index->layer)
        mt940_name_layer_begin(out, list);
}

uint32_t mt940_name_bits_of(uint32_t customers, uint32_t count)
{
    /* 16 fractional bits; three squarings give the three binary places of the logarithm. */
    uint64_t ratio = ((uint64_t)customers << 16) / (count ? count : 1);
    uint32_t bits = 0;

    if (ratio < UINT64_C(0x10000))
        return 0;
    while (ratio >= UINT64_C(0x20000)) {
        ratio >>= 1;
        bits++;
    }
    for (int i = 0; i < 3; i++) {
        ratio = ratio * ratio >> 16;
        bits *= 2;
        if (ratio >= UINT64_C(0x20000)) {
            ratio >>= 1;
            bits++;
        }
    }
    return bits;
}

size_t mt940_name_words_of_text(const struct mt940_view *name, struct mt940_name_word words[MT940_NAME_WORDS])
{
    struct mt940_name_word all[2 * MT940_NAME_WORDS];
    struct mt940_name_reader reader;
    size_t count;

    mt940_name_reader_begin(&reader, name);
    count = mt940_name_canonical(all, mt940_name_read(&reader, all, 2 * MT940_NAME_WORDS));
    if (count > MT940_NAME_WORDS)
        count = MT940_NAME_WORDS;
    memcpy(words, all, count * sizeof(*words));
    return count;
}

void mt940_name_index_free(struct mt940_name_index *index, const struct mt940_allocator *memory)
{
    size_t words = index->words;

    mt940_memory_free(memory, index->name_at, mt940_name_groups(index->customers) * sizeof(*index->name_at));
    mt940_memory_free(memory, index->names, index->name_bytes);
    mt940_memory_free(memory, index->list_at, (words + 1) * sizeof(*index->list_at));
    mt940_memory_free(memory, index->lists, index->list_bytes);
    mt940_memory_free(memory, index->pair_first, ((size_t)index->common + 1) * sizeof(*index->pair_first));
    mt940_memory_free(memory, index->pair_second, index->pairs * sizeof(*index->pair_second));
    mt940_memory_free(memory, index->pair_at, ((size_t)index->pairs + 1) * sizeof(*index->pair_at));
    mt940_memory_free(memory, index->pair_lists, index->pair_bytes);
    mt940_index_free(&index->by_name, memory);
    mt940_name_vocabulary_free(index, memory);
    memset(index, 0, sizeof(*index));
}

size_t mt940_name_index_bytes(const struct mt940_name_index *index)
{
    size_t words = index->words;

    if (!index->name_at)
        return 0;
    return mt940_name_groups(index->customers) * 4 + index->name_bytes + (words + 1) * 4 + index->text_bytes + words * 13 +
           MT940_NAME_TRIED * 4 + (words + 1) * 4 + index->list_bytes + words * 24 + ((size_t)index->common + 1) * 4 +
           (size_t)index->pairs * 6 + 4 + index->pair_bytes + mt940_index_bytes(&index->by_word) +
           mt940_index_bytes(&index->by_name);
}
