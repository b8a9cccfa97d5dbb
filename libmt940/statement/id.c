/* SPDX-License-Identifier: Apache-2.0
 *
 * id.c: ids of movements: SHA-256 over raw parts, never over decoded or repaired text, so that a
 * better reader gives the same ids. Two equal movements of a statement are two movements: the
 * second gets occurrence 2 (requirements C04). A new rule would be a new prefix.
 */
#include "base/export.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "statement/cursor.h"

#include "mt940connect/statement.h"

static const char prefix[] = "1:";

struct keyed {
    uint8_t digest[32];
    size_t position;
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

static int order(const struct keyed *a, const struct keyed *b)
{
    int difference = memcmp(a->digest, b->digest, sizeof a->digest);
    return difference ? difference : a->position < b->position ? -1 : 1;
}

/* Merge sort: the input is a stranger's, so no worst case. Returns the array that holds the result. */
static struct keyed *sort(struct keyed *from, struct keyed *to, size_t count)
{
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            size_t left = start, right = middle;
            for (size_t i = start; i < end; i++)
                to[i] = left < middle && (right == end || order(&from[left], &from[right]) < 0) ? from[left++]
                                                                                                : from[right++];
        }
        struct keyed *swap = from;
        from = to;
        to = swap;
    }
    return from;
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
            mt940_sha256_final(&hash, keys[at].digest);
            keys[at].position = at;
            at++;
        }
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
    if (count > SIZE_MAX / 2 / sizeof(struct keyed))
        return MT940_E_LIMIT;
    struct keyed *keys = mt940_memory_alloc(&memory, 2 * count * sizeof *keys);
    if (!keys)
        return MT940_E_MEMORY;
    hash_entries(pages, page_count, mt940_view_of(company, company_length), keys);
    const struct keyed *sorted = sort(keys, keys + count, count);
    uint64_t occurrence = 1;
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && memcmp(sorted[i].digest, sorted[i - 1].digest, sizeof sorted[i].digest) == 0;
        occurrence = again ? occurrence + 1 : 1;
        write_id(&sorted[i], occurrence, ids[sorted[i].position]);
    }
    mt940_memory_free(&memory, keys, 2 * count * sizeof *keys);
    return 0;
}
