/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_same.c: holds a statement that was read back against the one that was meant, value by value. Must not know how
 * either came about. Blanks around a text are not told apart, for no reader gives them back; a minus that turns a
 * movement round and the opposite mark say the same.
 */
#include "statement/writer_same.h"

#include "base/view.h"
#include "mt940connect/narrative.h"

struct comparison {
    struct mt940_same_room *room;
    struct mt940_difference *out;
    int32_t charset;
};

static void differ(struct comparison *comparison, const char *tag, const char *rule)
{
    if (comparison->out->rule || comparison->out->status)
        return;
    comparison->out->tag = tag;
    comparison->out->rule = rule;
}

static void expect(struct comparison *comparison, bool same, const char *tag, const char *rule)
{
    if (!same)
        differ(comparison, tag, rule);
}

/* The block with at least this room, or NULL. */
static char *take_room(struct comparison *comparison, size_t size)
{
    struct mt940_same_room *room = comparison->room;
    if (mt940_memory_reserve(&room->memory, &room->block, &room->capacity, size, 1) == 0)
        return room->block;
    comparison->out->status = MT940_E_MEMORY;
    return NULL;
}

void mt940_same_room_free(struct mt940_same_room *room)
{
    mt940_memory_free(&room->memory, room->block, room->capacity);
    room->block = NULL;
    room->capacity = 0;
}

static bool same_bytes(struct mt940_view a, struct mt940_view b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static bool same_view(const struct mt940_view *a, const struct mt940_view *b)
{
    return same_bytes(mt940_view_trim(*a), mt940_view_trim(*b));
}

/* Both decoded in one character set, with their lines joined. */
static bool same_text(struct comparison *comparison, const struct mt940_view *a, const struct mt940_view *b)
{
    if (same_view(a, b))
        return true;
    size_t length = mt940_narrative_text(a, comparison->charset, NULL, 0);
    size_t other = mt940_narrative_text(b, comparison->charset, NULL, 0);
    char *text = take_room(comparison, length + other);
    if (!text)
        return false;
    (void)mt940_narrative_text(a, comparison->charset, text, length);
    (void)mt940_narrative_text(b, comparison->charset, text + length, other);
    struct mt940_view before = mt940_view_of(text, length), after = mt940_view_of(text + length, other);
    return same_view(&before, &after);
}

static struct mt940_narrative read_narrative(const struct mt940_narrative_input *input, char *buffer,
                                             struct mt940_narrative_field *fields, size_t count)
{
    struct mt940_narrative out = {.size = sizeof out};
    (void)mt940_narrative_read(input, buffer, mt940_narrative_room(input->raw.length), fields, count, &out);
    return out;
}

static bool same_parts(const struct mt940_narrative *a, const struct mt940_narrative_field *x,
                       const struct mt940_narrative *b, const struct mt940_narrative_field *y)
{
    bool same = a->dialect == b->dialect && a->field_count == b->field_count;
    for (size_t i = 0; same && i < a->field_count; i++)
        same = same_bytes(x[i].code, y[i].code) && same_bytes(x[i].value, y[i].value);
    for (size_t i = 0; same && i < MT940_NARRATIVE_VALUE_COUNT; i++)
        same = same_bytes(a->values[i], b->values[i]);
    return same;
}

/* Dialect, sub-fields and what they mean. */
static bool same_narrative(struct comparison *comparison, const struct mt940_view *a, const struct mt940_view *b,
                           int32_t mark)
{
    struct mt940_narrative_input before = {sizeof before, *a, comparison->charset, mt940_mark_sign(mark)};
    struct mt940_narrative_input after = {sizeof after, *b, comparison->charset, before.sign};
    if (same_bytes(*a, *b))
        return true;
    size_t room_a = mt940_narrative_room(a->length), room_b = mt940_narrative_room(b->length);
    char *buffer = take_room(comparison, room_a + room_b);
    if (!buffer)
        return false;
    struct mt940_narrative x = read_narrative(&before, buffer, NULL, 0), y = read_narrative(&after, buffer, NULL, 0);
    if (x.field_count != y.field_count)
        return false;
    /* Fields stand in front of the texts: they have to be aligned. */
    size_t size = x.field_count * sizeof(struct mt940_narrative_field);
    char *block = take_room(comparison, 2 * size + room_a + room_b);
    if (!block)
        return false;
    struct mt940_narrative_field *first = (void *)block, *second = (void *)(block + size);
    x = read_narrative(&before, block + 2 * size, first, x.field_count);
    y = read_narrative(&after, block + 2 * size + room_a, second, y.field_count);
    return same_parts(&x, first, &y, second);
}

static bool same_amount(const struct mt940_amount *meant, const struct mt940_amount *read, bool turned)
{
    int64_t x = meant->units, y = read->units;
    int32_t scale_x = meant->scale, scale_y = read->scale;
    if (x == INT64_MIN || y == INT64_MIN)
        return false;
    for (; scale_x > 0 && x % 10 == 0; scale_x--)
        x /= 10;
    for (; scale_y > 0 && y % 10 == 0; scale_y--)
        y /= 10;
    return x == (turned ? -y : y) && (x == 0 || scale_x == scale_y);
}

static bool same_reading(const struct mt940_reading *meant, int32_t mark_meant, const struct mt940_reading *read,
                         int32_t mark_read)
{
    bool turned = mark_meant != mark_read;
    bool opposite = mt940_mark_sign(mark_meant) == -mt940_mark_sign(mark_read);
    if (turned && !opposite)
        return false;
    return meant->ambiguity == read->ambiguity && same_amount(&meant->amount, &read->amount, turned) &&
           (!(meant->ambiguity & MT940_AMBIGUOUS_SEPARATOR) ||
            same_amount(&meant->alternative, &read->alternative, false));
}

static bool same_currency(const struct mt940_reading *meant, const struct mt940_reading *read)
{
    return strcmp(meant->amount.currency, read->amount.currency) == 0;
}

static void compare_balance(struct comparison *comparison, const char *tag, const struct mt940_balance *meant,
                            const struct mt940_balance *read)
{
    expect(comparison, (meant->kind != 0) == (read->kind != 0), tag,
           "read again, the balance would be missing, or there would be one");
    if (!meant->kind || !read->kind)
        return;
    expect(comparison, meant->kind == read->kind || read->kind == 'A', tag,
           "read again, the balance would be of another kind");
    expect(comparison, mt940_date_compare(&meant->date, &read->date) == 0, tag, "read again, the date would be another");
    expect(comparison, same_currency(&meant->reading, &read->reading), tag, "read again, the currency would be another");
    expect(comparison, same_reading(&meant->reading, meant->mark, &read->reading, read->mark), tag,
           "read again, the amount would be another");
}

static const struct mt940_total *next_total(const struct mt940_total *totals, size_t count, const char *tag, size_t *at)
{
    while (*at < count && strcmp(totals[*at].tag, tag) != 0)
        ++*at;
    return *at < count ? &totals[(*at)++] : NULL;
}

/* Sums of one tag, in their order. */
static void compare_totals(struct comparison *comparison, const struct mt940_trailer *meant,
                           const struct mt940_trailer *read, const char *tag)
{
    const struct mt940_total *x, *y;
    size_t i = 0, k = 0;
    do {
        x = next_total(meant->totals, meant->total_count, tag, &i);
        y = next_total(read->totals, read->total_count, tag, &k);
        bool same = x && y ? x->count == y->count && same_currency(&x->reading, &y->reading) &&
                                 same_reading(&x->reading, x->mark, &y->reading, y->mark)
                           : x == y;
        expect(comparison, same, tag, "read again, the sums would be others");
    } while (x && y);
}

static void compare_limits(struct comparison *comparison, const struct mt940_header *meant,
                           const struct mt940_header *read)
{
    bool same = meant->floor_limit_count == read->floor_limit_count;
    for (size_t i = 0; same && i < meant->floor_limit_count; i++)
        same = same_currency(&meant->floor_limits[i].reading, &read->floor_limits[i].reading) &&
               same_reading(&meant->floor_limits[i].reading, meant->floor_limits[i].mark,
                            &read->floor_limits[i].reading, read->floor_limits[i].mark);
    expect(comparison, same, "34F", "read again, the floor limits would be others");
}

static void compare_header(struct comparison *comparison, const struct mt940_header *meant,
                           const struct mt940_header *read)
{
    static const char another[] = "read again, the text would be another";
    expect(comparison, meant->type == read->type, "", "read again, the message would be of another type");
    expect(comparison, same_view(&meant->reference, &read->reference), "20", another);
    expect(comparison, same_view(&meant->related_reference, &read->related_reference), "21", another);
    expect(comparison, same_view(&meant->account, &read->account), "25", another);
    expect(comparison, same_text(comparison, &meant->account_bic, &read->account_bic), "25P", another);
    expect(comparison, same_view(&meant->number, &read->number), "28C", another);
    expect(comparison, same_view(&meant->sequence, &read->sequence), "28C", another);
    expect(comparison, same_view(&meant->creation, &read->creation), "13D", another);
    compare_limits(comparison, meant, read);
    compare_balance(comparison, "60F", &meant->opening, &read->opening);
}

static void compare_entry(struct comparison *comparison, const struct mt940_entry *meant,
                          const struct mt940_entry *read)
{
    static const char another[] = "read again, the text would be another";
    expect(comparison, mt940_date_compare(&meant->value_date, &read->value_date) == 0, "61",
           "read again, the value date would be another");
    expect(comparison, mt940_date_compare(&meant->entry_date, &read->entry_date) == 0, "61",
           "read again, the entry date would be another");
    expect(comparison, same_reading(&meant->reading, meant->mark, &read->reading, read->mark), "61",
           "read again, the amount would be another");
    /* One that the host gave none has that of its statement; one that was read without it has none. */
    bool any = !meant->reading.amount.currency[0] && !meant->raw.data;
    expect(comparison, any || same_currency(&meant->reading, &read->reading), "61",
           "read again, the currency would be another");
    expect(comparison, meant->funds_code == read->funds_code && meant->type == read->type &&
                           strcmp(meant->code, read->code) == 0,
           "61", "read again, the code would be another");
    expect(comparison, same_view(&meant->customer_reference, &read->customer_reference), "61",
           "read again, the reference for the account owner would be another");
    expect(comparison, same_view(&meant->bank_reference, &read->bank_reference), "61",
           "read again, the bank's reference would be another");
    expect(comparison, same_text(comparison, &meant->supplementary, &read->supplementary), "61",
           "read again, the supplementary details would be others");
    expect(comparison, (meant->narrative.data != NULL) == (read->narrative.data != NULL), "86",
           "read again, the narrative would be missing, or there would be one");
    expect(comparison, same_text(comparison, &meant->narrative, &read->narrative), "86", another);
    expect(comparison, same_narrative(comparison, &meant->narrative, &read->narrative, meant->mark), "86",
           "read again, the narrative would have other sub-fields");
}

static void compare_trailer(struct comparison *comparison, const struct mt940_trailer *meant,
                            const struct mt940_trailer *read)
{
    compare_balance(comparison, "62F", &meant->closing, &read->closing);
    compare_balance(comparison, "64", &meant->available, &read->available);
    expect(comparison, meant->forward_count == read->forward_count, "65", "read again, there would be more, or fewer");
    for (size_t i = 0; i < meant->forward_count && i < read->forward_count; i++)
        compare_balance(comparison, "65", &meant->forward[i], &read->forward[i]);
    compare_totals(comparison, meant, read, "90D");
    compare_totals(comparison, meant, read, "90C");
    expect(comparison, (meant->information.data != NULL) == (read->information.data != NULL) &&
                           same_text(comparison, &meant->information, &read->information),
           "86", "read again, the text at the end would be another");
}

static void compare_fields(struct comparison *comparison, const struct mt940_statement *meant,
                           const struct mt940_statement *read)
{
    bool same = meant->field_count == read->field_count;
    for (size_t i = 0; same && i < meant->field_count; i++)
        same = strcmp(meant->fields[i].tag, read->fields[i].tag) == 0 &&
               same_text(comparison, &meant->fields[i].raw, &read->fields[i].raw);
    expect(comparison, same, "", "read again, the fields that nobody knows would be others");
}

void mt940_statement_compare(const struct mt940_statement *meant, const struct mt940_statement *read,
                             struct mt940_same_room *room, struct mt940_difference *out)
{
    struct comparison comparison = {room, out, meant->trailer.charset};
    memset(out, 0, sizeof *out);
    compare_header(&comparison, &meant->header, &read->header);
    for (size_t i = 0; i < meant->entry_count && i < read->entry_count && !out->rule && !out->status; i++) {
        out->element = i;
        compare_entry(&comparison, &meant->entries[i], &read->entries[i]);
    }
    if (out->rule || out->status)
        return;
    out->element = meant->entry_count;
    expect(&comparison, meant->entry_count == read->entry_count, "61",
           "read again, there would be more movements, or fewer");
    compare_trailer(&comparison, &meant->trailer, &read->trailer);
    compare_fields(&comparison, meant, read);
}
