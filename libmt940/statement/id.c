/* SPDX-License-Identifier: Apache-2.0
 *
 * id.c: ids of movements: SHA-256 over raw parts, never over decoded or repaired text, so that a
 * better reader gives the same ids. Two equal movements of a statement are two movements: the
 * second gets occurrence 2 (requirements C04). A new rule would be a new prefix.
 *
 * The first bytes of a digest are those of what the movement shares with its neighbours, the others of all: ids that are
 * stored and looked for together lie together in a store (docs/decisions/0026).
 */
#include "base/export.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "base/sort.h"
#include "statement/cursor.h"
#include "statement/id.h"

static const char first_prefix[] = "1:", second_prefix[] = "2:";

enum { digest_size = 32, place_size = 8 };

/* Makes the digests of all movements of the pages; `key` is what they share. */
typedef void (*digest_maker)(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view key,
                             uint8_t (*digests)[32]);

static void put_length(uint64_t length, uint8_t out[8])
{
    for (size_t i = 0; i < 8; i++)
        out[i] = (uint8_t)(length >> (56 - 8 * i));
}

/* The same for a text of any length. */
static void long_part_without_line_ends(struct mt940_sha256 *hash, struct mt940_view raw)
{
    uint8_t length[8];
    uint64_t count = 0;
    for (size_t i = 0; i < raw.length; i++)
        count += raw.data[i] != '\r' && raw.data[i] != '\n';
    put_length(count, length);
    mt940_sha256_update(hash, length, sizeof length);
    for (struct mt940_cursor cursor = {raw, 0}; !mt940_cursor_end(&cursor); cursor.at++) {
        struct mt940_view line = mt940_cursor_line(&cursor);
        mt940_sha256_update(hash, line.data, line.length);
    }
}

static uint8_t *put_line(const char *at, const char *end, uint8_t *out)
{
    size_t length = (size_t)(end - at);
    memcpy(out, at, length);
    return out + length;
}

/* Takes out what CR stand in the middle of lines, and returns where the bytes end then; mostly there is none. */
static uint8_t *drop_returns(uint8_t *bytes, uint8_t *end)
{
    uint8_t *at = memchr(bytes, '\r', (size_t)(end - bytes)), *out = at;
    if (!at)
        return end;
    for (; at < end; at++)
        if (*at != '\r')
            *out++ = *at;
    return out;
}

/* Feeds a raw text without its line ends, so that CRLF and LF copies of a file agree; the length comes first. */
static void part_without_line_ends(struct mt940_sha256 *hash, struct mt940_view raw)
{
    enum { prefix = 8, most = 1024 };
    uint8_t part[prefix + most], *out = part + prefix;
    const char *at = raw.length ? raw.data : "", *end = at + raw.length, *next;
    if (raw.length > most) {
        long_part_without_line_ends(hash, raw);
        return;
    }
    for (; at < end && (next = memchr(at, '\n', (size_t)(end - at))) != NULL; at = next + 1)
        out = put_line(at, next - (next > at && next[-1] == '\r'), out);
    if (at < end)
        out = put_line(at, end, out);
    out = drop_returns(part + prefix, out);
    put_length((uint64_t)(out - part - prefix), part);
    mt940_sha256_update(hash, part, (size_t)(out - part));
}

static void begin(struct mt940_sha256 *hash, const struct mt940_statement *first, struct mt940_view company)
{
    mt940_sha256_init(hash);
    mt940_sha256_part(hash, company.data, company.length);
    mt940_sha256_part(hash, first->header.account.data, first->header.account.length);
    mt940_sha256_part(hash, first->header.number.data, first->header.number.length);
    part_without_line_ends(hash, first->header.opening.raw);
}

/* The first bytes of the digest of what neighbours share; `shared` goes on unchanged. */
static void put_place(const struct mt940_sha256 *shared, uint8_t place[place_size])
{
    struct mt940_sha256 copy = *shared;
    uint8_t whole[digest_size];
    mt940_sha256_final(&copy, whole);
    memcpy(place, whole, place_size);
}

/* The place, and of the digest of all as much as there is room for. */
static void end(struct mt940_sha256 *hash, const uint8_t place[place_size], uint8_t digest[digest_size])
{
    uint8_t whole[digest_size];
    mt940_sha256_final(hash, whole);
    memcpy(digest, place, place_size);
    memcpy(digest + place_size, whole, digest_size - place_size);
}

/* Neighbours share their place, so what differs stands behind it; any order will do that brings equals together. */
static int order(const void *context, uint32_t a, uint32_t b)
{
    const uint8_t *one = (const uint8_t *)context + (size_t)digest_size * a;
    const uint8_t *other = (const uint8_t *)context + (size_t)digest_size * b;
    uint64_t first, second;
    memcpy(&first, one + place_size, sizeof first);
    memcpy(&second, other + place_size, sizeof second);
    if (first != second)
        return first < second ? -1 : 1;
    return memcmp(one, other, digest_size);
}

static void write_id(const char *prefix, const uint8_t digest[32], uint64_t occurrence, char out[MT940_ID_CAPACITY])
{
    char digits[24];
    size_t at = strlen(prefix), count = 0;
    memcpy(out, prefix, at);
    mt940_hex(digest, 32, out + at);
    at += 64;
    if (occurrence > 1 || prefix == second_prefix) {
        out[at++] = '/';
        for (uint64_t rest = occurrence; rest && count < 10; rest /= 10)
            digits[count++] = (char)('0' + rest % 10);
        while (count)
            out[at++] = digits[--count];
    }
    out[at] = '\0';
}

void mt940_second_key_write(const uint8_t digest[32], uint64_t occurrence, char out[MT940_ID_CAPACITY])
{
    write_id(second_prefix, digest, occurrence, out);
}

static void hash_entries(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view company,
                         uint8_t (*digests)[32])
{
    struct mt940_sha256 base;
    uint8_t place[place_size];
    begin(&base, pages[0], company);
    put_place(&base, place);
    for (size_t page = 0; page < page_count; page++) {
        for (size_t i = 0; i < pages[page]->entry_count; i++) {
            const struct mt940_entry *entry = &pages[page]->entries[i];
            struct mt940_sha256 hash = base;
            part_without_line_ends(&hash, entry->raw);
            part_without_line_ends(&hash, entry->narrative);
            end(&hash, place, *digests++);
        }
    }
}

/* Equal movements stand together once sorted, in the order of the statement: 1, 2, 3 … */
static void number_equals(const char *prefix, uint8_t (*digests)[32], uint32_t *numbers, size_t count,
                          char (*ids)[MT940_ID_CAPACITY])
{
    uint64_t occurrence = 1;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, digests);
    for (size_t i = 0; i < count; i++) {
        bool again = i > 0 && order(digests, numbers[i], numbers[i - 1]) == 0;
        occurrence = again ? occurrence + 1 : 1;
        write_id(prefix, digests[numbers[i]], occurrence, ids[numbers[i]]);
    }
}

static int make(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view key,
                const struct mt940_allocator *allocator, const char *prefix, digest_maker digest,
                char (*ids)[MT940_ID_CAPACITY])
{
    struct mt940_allocator memory;
    size_t count = 0;
    if (!pages || page_count == 0 || !ids || (key.length && !key.data) || mt940_memory_init(&memory, allocator))
        return MT940_E_ARGUMENT;
    for (size_t page = 0; page < page_count; page++)
        count += pages[page]->entry_count;
    if (count == 0)
        return 0;
    /* One block: the digests, then the numbers to sort and room for sorting them. */
    size_t each = sizeof(uint8_t[32]) + 2 * sizeof(uint32_t), size = count * each;
    if (count > UINT32_MAX || size / count != each)
        return MT940_E_LIMIT;
    uint8_t (*digests)[32] = mt940_memory_alloc(&memory, size);
    if (!digests)
        return MT940_E_MEMORY;
    digest(pages, page_count, key, digests);
    number_equals(prefix, digests, (uint32_t *)(void *)(digests + count), count, ids);
    mt940_memory_free(&memory, digests, size);
    return 0;
}

MT940_EXPORT int mt940_statement_ids(const struct mt940_statement *const *pages, size_t page_count,
                                     const char *company, size_t company_length,
                                     const struct mt940_allocator *allocator, char (*ids)[MT940_ID_CAPACITY])
{
    return make(pages, page_count, mt940_view_of(company, company_length), allocator, first_prefix, hash_entries, ids);
}

static void part_number(struct mt940_sha256 *hash, int64_t number)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    mt940_sha256_part(hash, bytes, sizeof bytes);
}

/* Interim and final statements wrap texts at other places: blanks and line ends take no part. */
static void add_words(struct mt940_sha256 *hash, struct mt940_view text)
{
    size_t start = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && (unsigned char)text.data[i] > ' ')
            continue;
        if (i > start)
            mt940_sha256_update(hash, text.data + start, i - start);
        start = i + 1;
    }
}

/* A day of an account, which its movements share. */
struct day {
    struct mt940_sha256 hash;
    int32_t number;
    uint8_t place[place_size];
};

static void take_day(const struct mt940_entry *entry, struct mt940_view account, struct day *day)
{
    const struct mt940_date *booked = entry->entry_date.year ? &entry->entry_date : &entry->value_date;
    int32_t number = booked->year * 10000 + booked->month * 100 + booked->day;
    if (number == day->number)
        return;
    day->number = number;
    mt940_sha256_init(&day->hash);
    mt940_sha256_part(&day->hash, account.data, account.length);
    part_number(&day->hash, number);
    put_place(&day->hash, day->place);
}

/* "NONREF" behind the slashes is no reference of the bank either. */
static struct mt940_view reference_or_narrative(const struct mt940_entry *entry)
{
    struct mt940_view reference = mt940_view_trim(entry->bank_reference);
    bool none = reference.length == 0 || mt940_view_is(reference, "NONREF");
    return none ? entry->narrative : reference;
}

/* Account, day, signed amount, and the bank's reference or, without one, the narrative: decision 7. */
static void hash_movements(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view account,
                           uint8_t (*digests)[32])
{
    struct day day = {.number = -1};
    for (size_t page = 0; page < page_count; page++) {
        for (size_t i = 0; i < pages[page]->entry_count; i++) {
            const struct mt940_entry *entry = &pages[page]->entries[i];
            const struct mt940_amount *amount = &entry->reading.amount;
            take_day(entry, account, &day);
            struct mt940_sha256 hash = day.hash;
            part_number(&hash, amount->units * mt940_mark_sign(entry->mark));
            part_number(&hash, amount->scale);
            mt940_sha256_part(&hash, amount->currency, strlen(amount->currency));
            add_words(&hash, reference_or_narrative(entry));
            end(&hash, day.place, *digests++);
        }
    }
}

/* The host's code of the account, else the IBAN of field 25, else its text; `parts` keeps the IBAN. */
static struct mt940_view own_account(const struct mt940_statement *first, struct mt940_view account,
                                     struct mt940_account_parts *parts)
{
    const struct mt940_view *text = &first->header.account;
    if (account.length)
        return account;
    if (mt940_account_split(text->data, text->length, parts) == 0 && parts->iban[0])
        return mt940_view_of(parts->iban, strlen(parts->iban));
    return *text;
}

void mt940_second_digests(const struct mt940_statement *const *pages, size_t page_count, struct mt940_view account,
                          uint8_t (*digests)[32])
{
    struct mt940_account_parts parts;
    hash_movements(pages, page_count, own_account(pages[0], account, &parts), digests);
}

MT940_EXPORT int mt940_statement_second_keys(const struct mt940_statement *const *pages, size_t page_count,
                                             const char *account, size_t account_length,
                                             const struct mt940_allocator *allocator,
                                             char (*keys)[MT940_ID_CAPACITY])
{
    return make(pages, page_count, mt940_view_of(account, account_length), allocator, second_prefix,
                mt940_second_digests, keys);
}
