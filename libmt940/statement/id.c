/* SPDX-License-Identifier: Apache-2.0
 *
 * id.c: ids of movements: SHA-256 over raw parts, never over decoded or repaired text, so that a
 * better reader gives the same ids. Two equal movements of a statement are two movements: the
 * second gets occurrence 2 (requirements C04). A new rule would be a new prefix.
 */
#include "base/export.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/sort.h"
#include "statement/cursor.h"

#include "mt940connect/statement.h"

static const char prefix[] = "1:";

struct keyed {
    uint8_t digest[32];
};

/* Feeds a raw text without its line ends, so that CRLF and LF copies of a file agree. */
static void part_without_line_ends(struct mt940_sha256 *hash, struct mt940_view raw)
{
    uint8_t length[8];
    uint64_t count = 0;
    for (size_t i = 0; i < raw.length; i++)
        count += raw.data[i] != '\r' && raw.data[i] != '\n';
    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (uint8_t)(count >> (56 - 8 * i));
    mt940_sha256_update(hash, length, sizeof length);
    for (struct mt940_cursor cursor = {raw, 0}; !mt940_cursor_end(&cursor); cursor.at++) {
        struct mt940_view line = mt940_cursor_line(&cursor);
        mt940_sha256_update(hash, line.data, line.length);
    }
}

static void begin(struct mt940_sha256 *hash, const struct mt940_statement *first, struct mt940_view company)
{
    mt940_sha256_init(hash);
    mt940_sha256_part(hash, company.data, company.length);
    mt940_sha256_part(hash, first->header.account.data, first->header.account.length);
    mt940_sha256_part(hash, first->header.number.data, first->header.number.length);
    part_without_line_ends(hash, first->header.opening.raw);
}

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct keyed *keys = context;
    return memcmp(keys[a].digest, keys[b].digest, sizeof keys[a].digest);
}

static void write_id(const struct keyed *key, uint64_t occurrence, char out[MT940_ID_CAPACITY])
{
    char digits[24];
    size_t at = sizeof prefix - 1, count = 0;
    memcpy(out, prefix, at);
    mt940_hex(key->digest, sizeof key->digest, out + at);
    at += 2 * sizeof key->digest;
    if (occurrence > 1) {
        out[at++] = '/';
        for (uint64_t rest = occurrence; rest && count < 10; rest /= 10)
            digits[count++] = (char)('0' + rest % 10);
        while (count)
            out[at++] = digits[--count];
    }
    out[at] = '\0';
}

static void hash_entries(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view company,
                         struct keyed *keys)
{
    struct mt940_sha256 base;
    size_t at = 0;
    begin(&base, pages[0], company);
    for (size_t page = 0; page < page_count; page++) {
        for (size_t i = 0; i < pages[page]->entry_count; i++) {
            const struct mt940_entry *entry = &pages[page]->entries[i];
            struct mt940_sha256 hash = base;
            part_without_line_ends(&hash, entry->raw);
            part_without_line_ends(&hash, entry->narrative);
            mt940_sha256_final(&hash, keys[at++].digest);
        }
    }
}

/* Equal movements stand together once sorted, in the order of the statement: 1, 2, 3 … */
static void number_equals(const struct keyed *keys, uint32_t *numbers, size_t count, char (*ids)[MT940_ID_CAPACITY])
{
    uint64_t occurrence = 1;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, keys);
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && order(keys, numbers[i], numbers[i - 1]) == 0;
        occurrence = again ? occurrence + 1 : 1;
        write_id(&keys[numbers[i]], occurrence, ids[numbers[i]]);
    }
}

MT940_EXPORT int mt940_statement_ids(const struct mt940_statement *const *pages, size_t page_count,
                                     const char *company, size_t company_length,
                                     const struct mt940_allocator *allocator, char (*ids)[MT940_ID_CAPACITY])
{
    struct mt940_allocator memory;
    size_t count = 0;
    if (!pages || page_count == 0 || !ids || mt940_memory_init(&memory, allocator))
        return MT940_E_ARGUMENT;
    for (size_t page = 0; page < page_count; page++)
        count += pages[page]->entry_count;
    if (count == 0)
        return 0;
    /* One block: the digests, then the numbers to sort and room for sorting them. */
    size_t size = count * (sizeof(struct keyed) + 2 * sizeof(uint32_t));
    if (count > UINT32_MAX || size / count != sizeof(struct keyed) + 2 * sizeof(uint32_t))
        return MT940_E_LIMIT;
    struct keyed *keys = mt940_memory_alloc(&memory, size);
    if (!keys)
        return MT940_E_MEMORY;
    hash_entries(pages, page_count, mt940_view_of(company, company_length), keys);
    number_equals(keys, (uint32_t *)(void *)(keys + count), count, ids);
    mt940_memory_free(&memory, keys, size);
    return 0;
}
