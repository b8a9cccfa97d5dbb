/* SPDX-License-Identifier: Apache-2.0
 *
 * same.c: compares two documents value by value. Places in the file, raw bytes and repairs take no part: they are what
 * a writer may change. A minus that turns a movement round and the opposite mark say the same. Shares nothing with the
 * writer's own comparison (writer_same.c), so that neither hides a fault of the other.
 */
#include "same.h"

#include <stdlib.h>
#include <string.h>

#include "mt940connect/narrative.h"

static void demand(int holds)
{
    if (!holds)
        abort();
}

int bytes_write(void *user, const void *data, size_t length)
{
    struct bytes *bytes = user;

    if (bytes->length + length > bytes->capacity) {
        bytes->capacity = 2 * (bytes->length + length);
        bytes->data = realloc(bytes->data, bytes->capacity);
        demand(bytes->data != NULL);
    }
    if (length > 0)
        memcpy(bytes->data + bytes->length, data, length);
    bytes->length += length;
    return 0;
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    memset(bytes, 0, sizeof *bytes);
}

struct mt940_document *document_of(const void *data, size_t length, int strict)
{
    struct mt940_input input = {sizeof input, data, length, MT940_INPUT_BORROW, 0, NULL, NULL};
    struct mt940_statement_options options;
    struct mt940_document *document = NULL;

    mt940_statement_options_init(&options);
    options.strict = strict;
    demand(mt940_document_parse(&input, &options, NULL, &document, NULL) == 0);
    return document;
}

static int same_view(const struct mt940_view *a, const struct mt940_view *b)
{
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static struct mt940_view trimmed(const char *text, size_t length)
{
    struct mt940_view view = {text, length};

    while (view.length > 0 && (unsigned char)view.data[0] <= ' ')
        view.data++, view.length--;
    while (view.length > 0 && (unsigned char)view.data[view.length - 1] <= ' ')
        view.length--;
    return view;
}

/* Texts as they are joined, both in the character set of the first; blanks around a text are none of it. */
static int same_text(const struct mt940_view *a, const struct mt940_view *b, int32_t charset)
{
    size_t length = mt940_narrative_text(a, charset, NULL, 0), other = mt940_narrative_text(b, charset, NULL, 0);
    char *texts = malloc(length + other + 1);
    struct mt940_view before, after;
    int same;

    demand(texts != NULL);
    mt940_narrative_text(a, charset, texts, length);
    mt940_narrative_text(b, charset, texts + length, other);
    before = trimmed(texts, length);
    after = trimmed(texts + length, other);
    same = same_view(&before, &after);
    free(texts);
    return same;
}

/* Amounts by value; the sign of `a` beside a mark counts as the other mark. */
static int same_amount(const struct mt940_amount *a, const struct mt940_amount *b, int sign_a, int sign_b)
{
    int64_t x = a->units * sign_a, y = b->units * sign_b;
    int32_t scale_x = a->scale, scale_y = b->scale;

    for (; scale_x > 0 && x % 10 == 0; scale_x--)
        x /= 10;
    for (; scale_y > 0 && y % 10 == 0; scale_y--)
        y /= 10;
    return (x == 0 || scale_x == scale_y) && x == y && strcmp(a->currency, b->currency) == 0;
}

static int same_reading(const struct mt940_reading *a, const struct mt940_reading *b, int32_t mark_a, int32_t mark_b)
{
    int sign_a = mark_a ? mt940_mark_sign(mark_a) : 1, sign_b = mark_b ? mt940_mark_sign(mark_b) : 1;

    return a->ambiguity == b->ambiguity && same_amount(&a->amount, &b->amount, sign_a, sign_b) &&
           (!(a->ambiguity & MT940_AMBIGUOUS_SEPARATOR) || same_amount(&a->alternative, &b->alternative, 1, 1));
}

static int same_balance(const struct mt940_balance *a, const struct mt940_balance *b)
{
    return a->kind == b->kind &&
           (a->kind == 0 || (mt940_date_compare(&a->date, &b->date) == 0 &&
                             same_reading(&a->reading, &b->reading, a->mark, b->mark)));
}

static int same_total(const struct mt940_total *a, const struct mt940_total *b)
{
    return strcmp(a->tag, b->tag) == 0 && a->count == b->count && same_reading(&a->reading, &b->reading, a->mark, b->mark);
}

/* Totals in the order of the standard. */
static int same_totals(const struct mt940_trailer *a, const struct mt940_trailer *b, const char *tag)
{
    size_t i = 0, j = 0;

    for (;; i++, j++) {
        while (i < a->total_count && strcmp(a->totals[i].tag, tag) != 0)
            i++;
        while (j < b->total_count && strcmp(b->totals[j].tag, tag) != 0)
            j++;
        if (i == a->total_count || j == b->total_count)
            return i == a->total_count && j == b->total_count;
        if (!same_total(&a->totals[i], &b->totals[j]))
            return 0;
    }
}

struct parts {
    struct mt940_narrative narrative;
    struct mt940_narrative_field *fields;
    char *buffer;
};

static void read_parts(const struct mt940_view *raw, int32_t charset, int sign, struct parts *out)
{
    struct mt940_narrative_input input = {sizeof input, *raw, charset, sign};
    size_t room = mt940_narrative_room(raw->length);

    out->buffer = malloc(room + 1);
    out->fields = malloc((raw->length + 1) * sizeof *out->fields);
    demand(out->buffer != NULL && out->fields != NULL);
    out->narrative.size = sizeof out->narrative;
    demand(mt940_narrative_read(&input, out->buffer, room, out->fields, raw->length, &out->narrative) == 0);
}

static int same_parts(const struct mt940_view *a, const struct mt940_view *b, int32_t charset, int sign)
{
    struct parts x, y;
    int same;

    read_parts(a, charset, sign, &x);
    read_parts(b, charset, sign, &y);
    same = x.narrative.dialect == y.narrative.dialect && x.narrative.field_count == y.narrative.field_count;
    for (size_t i = 0; same && i < x.narrative.field_count; i++)
        same = same_view(&x.fields[i].code, &y.fields[i].code) && same_view(&x.fields[i].value, &y.fields[i].value);
    for (size_t i = 0; same && i < MT940_NARRATIVE_VALUE_COUNT; i++)
        same = same_view(&x.narrative.values[i], &y.narrative.values[i]);
    free(x.buffer);
    free(x.fields);
    free(y.buffer);
    free(y.fields);
    return same;
}

static const char *header_difference(const struct mt940_header *a, const struct mt940_header *b)
{
    if (a->type != b->type)
        return "type";
    if (!same_view(&a->reference, &b->reference) || !same_view(&a->related_reference, &b->related_reference))
        return "reference";
    if (!same_view(&a->account, &b->account) || !same_text(&a->account_bic, &b->account_bic, MT940_CHARSET_ASCII))
        return "account";
    if (!same_view(&a->number, &b->number) || !same_view(&a->sequence, &b->sequence))
        return "number";
    if (!same_view(&a->creation, &b->creation))
        return "creation";
    return same_balance(&a->opening, &b->opening) ? NULL : "opening balance";
}

static const char *trailer_difference(const struct mt940_trailer *a, const struct mt940_trailer *b)
{
    if (!same_balance(&a->closing, &b->closing) || !same_balance(&a->available, &b->available))
        return "closing balance";
    if (a->forward_count != b->forward_count)
        return "forward balances";
    for (size_t i = 0; i < a->forward_count; i++)
        if (!same_balance(&a->forward[i], &b->forward[i]))
            return "forward balance";
    if (!same_totals(a, b, "34F") || !same_totals(a, b, "90D") || !same_totals(a, b, "90C"))
        return "totals";
    if (!same_text(&a->information, &b->information, a->charset))
        return "information";
    /* A closing balance that was cut is a whole one once it is written. */
    if (!a->complete)
        return NULL;
    return a->balanced == b->balanced && a->undecided == b->undecided ? NULL : "verdict";
}

/* The same mark, or the opposite one where the sign of the amount went into it. */
static int same_mark(const struct mt940_entry *a, const struct mt940_entry *b)
{
    int turned = (a->reading.amount.units < 0) != (b->reading.amount.units < 0);

    return a->reading.amount.units == 0 || (a->mark == b->mark) == !turned;
}

static const char *entry_difference(const struct mt940_entry *a, const struct mt940_entry *b, int32_t charset)
{
    if (mt940_date_compare(&a->value_date, &b->value_date) || mt940_date_compare(&a->entry_date, &b->entry_date))
        return "dates of a movement";
    if (!same_reading(&a->reading, &b->reading, a->mark, b->mark))
        return "amount of a movement";
    if (!same_mark(a, b))
        return "mark of a movement";
    if (a->funds_code != b->funds_code || a->type != b->type || strcmp(a->code, b->code) != 0)
        return "code of a movement";
    if (!same_view(&a->customer_reference, &b->customer_reference) ||
        !same_view(&a->bank_reference, &b->bank_reference))
        return "reference of a movement";
    if (!same_text(&a->supplementary, &b->supplementary, charset))
        return "supplementary details";
    if (!same_text(&a->narrative, &b->narrative, charset))
        return "narrative";
    return same_parts(&a->narrative, &b->narrative, charset, mt940_mark_sign(a->mark)) ? NULL : "sub-fields";
}

static const char *statement_difference(const struct mt940_statement *a, const struct mt940_statement *b)
{
    const char *difference = header_difference(&a->header, &b->header);

    if (a->entry_count != b->entry_count)
        return "number of movements";
    if (a->field_count != b->field_count)
        return "number of fields";
    for (size_t i = 0; difference == NULL && i < a->entry_count; i++)
        difference = entry_difference(&a->entries[i], &b->entries[i], a->trailer.charset);
    for (size_t i = 0; difference == NULL && i < a->field_count; i++)
        if (strcmp(a->fields[i].tag, b->fields[i].tag) != 0 ||
            !same_text(&a->fields[i].raw, &b->fields[i].raw, a->trailer.charset))
            difference = "field";
    return difference ? difference : trailer_difference(&a->trailer, &b->trailer);
}

const char *document_difference(const struct mt940_document *a, const struct mt940_document *b)
{
    size_t count = mt940_document_statement_count(a);
    const char *difference = mt940_document_statement_count(b) == count ? NULL : "number of statements";

    for (size_t i = 0; difference == NULL && i < count; i++)
        difference = statement_difference(mt940_document_statement(a, i), mt940_document_statement(b, i));
    return difference;
}
