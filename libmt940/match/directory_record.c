/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_record.c: how customers and bank records stand in the pool of a directory: a few
 * bytes, then their texts one behind the other. Knows bytes; what is found by what it does not.
 *
 *   customer: type and activity (1), payment type (1), code, name, tax number, default account
 *   bank record: IBAN, which is compared first of all, flags (1), how far its customer's card stands before it, slot,
 *                length of its customer's code, all as numbers, type and activity of its customer (1), currency (3, if
 *                flagged), branch, account
 *
 * What a bank record says of its customer spares whoever asks for an IBAN the card, which is one more wait for memory.
 * While building, no bank record knows its customer, and zeros stand there.
 */
#include "match/directory_record.h"
#include "mt940connect/status.h"

#define ACTIVE 0x80
#define TYPE 0x7F
#define CURRENCY 3

static char *put_number(char *at, size_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (char)(unsigned char)((value & 0x7F) | 0x80);
    *at++ = (char)value;
    return at;
}

static char *put_text(char *at, const struct mt940_view *text)
{
    at = put_number(at, text->length);
    if (text->length > 0)
        memcpy(at, text->data, text->length);
    return at + text->length;
}

/* Most bytes that a length takes; most and least of what stands between the IBAN of a bank record and its currency. */
#define LENGTH_ROOM 5
#define MIDDLE_MOST (2 + 3 * LENGTH_ROOM)
#define MIDDLE_LEAST 5

/* Room at the end of the pool; it is as long as it becomes by finish(). */
static int begin(struct mt940_directory_pool *pool, const struct mt940_allocator *memory, size_t length, char **out)
{
    size_t from = pool->length ? pool->length : 1;

    if (length > UINT32_MAX - 16 || from > UINT32_MAX - 16 - length)
        return MT940_E_LIMIT;
    if (mt940_memory_reserve(memory, (void **)&pool->bytes, &pool->capacity, from + length, 1) != MT940_OK)
        return MT940_E_MEMORY;
    pool->bytes[0] = '\0';
    *out = pool->bytes + from;
    return MT940_OK;
}

/* The same for a record of `head` bytes and texts. */
static int begin_texts(struct mt940_directory_pool *pool, const struct mt940_allocator *memory, size_t head,
                       const struct mt940_view *const *texts, size_t count, char **out)
{
    size_t length = head;

    for (size_t i = 0; i < count; i++) {
        if (texts[i]->length > UINT32_MAX - 32 || length > UINT32_MAX - 32)
            return MT940_E_LIMIT;
        length += texts[i]->length + LENGTH_ROOM;
    }
    return begin(pool, memory, length, out);
}

static void finish(struct mt940_directory_pool *pool, const char *start, const char *end, uint32_t *record)
{
    *record = (uint32_t)(start - pool->bytes);
    pool->length = (size_t)(end - pool->bytes);
}

int mt940_directory_store(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                          const struct mt940_view *text, mt940_directory_text *out)
{
    char *at;
    int status = begin_texts(pool, memory, 0, &text, 1, &at);

    if (status == MT940_OK)
        finish(pool, at, put_text(at, text), out);
    return status;
}

void mt940_directory_pool_free(struct mt940_directory_pool *pool, const struct mt940_allocator *memory)
{
    mt940_memory_free(memory, pool->bytes, pool->capacity);
    memset(pool, 0, sizeof(*pool));
}

int mt940_directory_store_card(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                               const struct mt940_directory_card *card, uint32_t *record)
{
    const struct mt940_view *const texts[] = {&card->code, &card->name, &card->tax_id, &card->default_bank_account};
    char *start, *at;
    int status = begin_texts(pool, memory, 2, texts, sizeof(texts) / sizeof(texts[0]), &start);

    if (status != MT940_OK)
        return status;
    at = start;
    *at++ = (char)(unsigned char)((card->type & 0x7F) | (card->active ? ACTIVE : 0));
    *at++ = (char)(unsigned char)(card->payment_type & 0xFF);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        at = put_text(at, texts[i]);
    finish(pool, start, at, record);
    return MT940_OK;
}

int mt940_directory_store_bank(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                               const struct mt940_directory_bank_card *bank, uint32_t *record)
{
    const struct mt940_view *const texts[] = {&bank->iban, &bank->branch, &bank->account};
    uint32_t flags = bank->flags & 0x0F;
    char *start, *at;
    int status = begin_texts(pool, memory, 4 + LENGTH_ROOM + CURRENCY, texts, sizeof(texts) / sizeof(texts[0]), &start);

    if (status != MT940_OK)
        return status;
    if (bank->currency.length > 0)
        flags |= MT940_BANK_CURRENCY;
    at = put_text(start, &bank->iban);
    *at++ = (char)(unsigned char)flags;
    at = put_number(at, 0);
    at = put_number(at, (size_t)bank->slot);
    at = put_number(at, 0);
    *at++ = 0;
    for (size_t i = 0; bank->currency.length > 0 && i < CURRENCY; i++)
        *at++ = i < bank->currency.length ? bank->currency.data[i] : '\0';
    at = put_text(at, &bank->branch);
    at = put_text(at, &bank->account);
    finish(pool, start, at, record);
    return MT940_OK;
}

int mt940_directory_move_card(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                              const struct mt940_directory_pool *from, uint32_t *record, uint32_t end)
{
    size_t length = end - *record;
    char *start;
    int status = begin(pool, memory, length, &start);

    if (status != MT940_OK)
        return status;
    memcpy(start, from->bytes + *record, length);
    finish(pool, start, start + length, record);
    return MT940_OK;
}

/* Reads a text and moves behind it. */
static inline struct mt940_view next_text(const struct mt940_directory_pool *pool, uint32_t *at)
{
    struct mt940_view text = mt940_directory_view(pool, *at);

    *at = (uint32_t)(text.data ? (size_t)(text.data - pool->bytes) + text.length : pool->length);
    return text;
}

void mt940_directory_read_head(const struct mt940_directory_pool *pool, uint32_t record,
                               struct mt940_directory_card *out)
{
    static const unsigned char none[2] = {0, 0};
    bool there = record < pool->length && pool->length - record > 2;
    const unsigned char *head = there ? (const unsigned char *)pool->bytes + record : none;

    out->type = head[0] & TYPE;
    out->active = (head[0] & ACTIVE) != 0;
    out->payment_type = head[1];
    out->code = there ? mt940_directory_view(pool, record + 2) : mt940_view_of(NULL, 0);
}

uint32_t mt940_directory_read_card(const struct mt940_directory_pool *pool, uint32_t record,
                                   struct mt940_directory_card *out)
{
    uint32_t at = record < pool->length && pool->length - record > 2 ? record + 2 : (uint32_t)pool->length;

    mt940_directory_read_head(pool, record, out);
    out->code = next_text(pool, &at);
    out->name = next_text(pool, &at);
    out->tax_id = next_text(pool, &at);
    out->default_bank_account = next_text(pool, &at);
    return at;
}

/* Reads a number of at most five bytes and moves behind it; 0 at the end of the pool. */
static inline uint32_t next_number(const struct mt940_directory_pool *pool, uint32_t *at)
{
    uint32_t byte, value;

    if (*at >= pool->length)
        return 0;
    byte = (unsigned char)pool->bytes[(*at)++];
    value = byte & 0x7F;
    for (uint32_t shift = 7; byte & 0x80 && shift < 35 && *at < pool->length; shift += 7) {
        byte = (unsigned char)pool->bytes[(*at)++];
        value |= (byte & 0x7F) << shift;
    }
    return value;
}

/* What stands behind the IBAN of a bank record. */
struct middle {
    uint32_t card, flags, code_length;
    int32_t slot;
    unsigned char head; /* as the card begins: type and activity */
};

/* Reads it from *at on and moves behind it; false where a damaged image has none, which then is of nobody. */
static inline bool next_middle(const struct mt940_directory_pool *pool, uint32_t record, uint32_t *at,
                               struct middle *out)
{
    uint32_t before;

    memset(out, 0, sizeof(*out));
    out->card = UINT32_MAX;
    if (*at > pool->length || pool->length - *at < MIDDLE_LEAST)
        return false;
    out->flags = (unsigned char)pool->bytes[(*at)++];
    before = next_number(pool, at);
    out->slot = (int32_t)(next_number(pool, at) & INT32_MAX);
    out->code_length = next_number(pool, at);
    if (*at >= pool->length)
        return false;
    out->head = (unsigned char)pool->bytes[(*at)++];
    if (before <= record)
        out->card = record - before;
    return true;
}

/* The code of the customer, where the card has it: behind two bytes and its length. Empty where it would not be there. */
static inline struct mt940_view code_of(const struct mt940_directory_pool *pool, const struct middle *middle)
{
    uint32_t head = 3;

    for (uint32_t rest = middle->code_length; rest >= 0x80; rest >>= 7)
        head++;
    if (middle->card >= pool->length || pool->length - middle->card < head ||
        pool->length - middle->card - head < middle->code_length)
        return mt940_view_of(NULL, 0);
    return mt940_view_of(pool->bytes + middle->card + head, middle->code_length);
}

void mt940_directory_read_hit(const struct mt940_directory_pool *pool, uint32_t record, uint32_t behind,
                              struct mt940_directory_hit *out)
{
    struct middle middle;

    (void)next_middle(pool, record, &behind, &middle);
    out->customer = code_of(pool, &middle);
    out->slot = middle.slot;
    out->type = middle.head & TYPE;
    out->active = (middle.head & ACTIVE) != 0;
    out->collector = (middle.flags & MT940_BANK_COLLECTOR) != 0;
    out->reserved = 0;
}

int mt940_directory_move_bank(struct mt940_directory_pool *pool, const struct mt940_allocator *memory,
                              const struct mt940_directory_pool *from, uint32_t *record, uint32_t end, uint32_t card)
{
    const struct mt940_view iban = mt940_directory_view(from, *record);
    size_t head = (size_t)(iban.data + iban.length - (from->bytes + *record));
    uint32_t behind = *record + (uint32_t)head;
    struct middle middle;
    char *start, *at;
    int status;

    (void)next_middle(from, *record, &behind, &middle);
    status = begin(pool, memory, head + MIDDLE_MOST + (end - behind), &start);
    if (status != MT940_OK)
        return status;
    memcpy(start, from->bytes + *record, head);
    at = start + head;
    *at++ = (char)(unsigned char)middle.flags;
    at = put_number(at, (size_t)(start - pool->bytes) - card);
    at = put_number(at, (size_t)middle.slot);
    at = put_number(at, mt940_directory_view(pool, card + 2).length);
    *at++ = pool->bytes[card];
    memcpy(at, from->bytes + behind, end - behind);
    finish(pool, start, at + (end - behind), record);
    return MT940_OK;
}

uint32_t mt940_directory_read_bank(const struct mt940_directory_pool *pool, uint32_t record,
                                   struct mt940_directory_bank_card *out)
{
    uint32_t at = record;
    struct middle middle;
    bool there;

    out->currency = out->branch = out->account = mt940_view_of(NULL, 0);
    out->iban = next_text(pool, &at);
    there = next_middle(pool, record, &at, &middle);
    out->card = middle.card;
    out->flags = middle.flags;
    out->slot = middle.slot;
    if (!there)
        return (uint32_t)pool->length;
    if (out->flags & MT940_BANK_CURRENCY && pool->length - at >= CURRENCY) {
        out->currency.data = pool->bytes + at;
        while (out->currency.length < CURRENCY && out->currency.data[out->currency.length] != '\0')
            out->currency.length++;
        at += CURRENCY;
    }
    out->branch = next_text(pool, &at);
    out->account = next_text(pool, &at);
    return at;
}
