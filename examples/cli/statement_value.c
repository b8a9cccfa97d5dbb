/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_value.c: JSON to a statement. Every member is asked for by the name and the form that parse gives it; what
 * is absent or null stays empty. Must not know how a statement is written.
 */
#include "statement_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/charset.h>

#include "buffer.h"

/* Where a value stands, for messages. */
static int refuse(struct statement_value *value, const char *member, size_t entry)
{
    if (value->member[0] != '\0')
        return 0;
    if (entry == (size_t)-1)
        (void)snprintf(value->member, sizeof value->member, "%s", member);
    else
        (void)snprintf(value->member, sizeof value->member, "entries.%zu.%s", entry, member);
    return 0;
}

/* Being read: the object, and the movement it belongs to. */
struct place {
    struct statement_value *value;
    json_t *object;
    size_t entry; /* (size_t)-1 = none */
    int details;  /* the object is the details of the movement */
};

static int refuse_at(const struct place *place, const char *member)
{
    char path[40];

    (void)snprintf(path, sizeof path, "%s%s", place->details ? "details." : "", member);
    return refuse(place->value, path, place->entry);
}

/* A string member: 1 with the text, or NULL where it is absent or null; 0 for anything else. */
static int string_of(const struct place *place, const char *member, const char **text, size_t *length)
{
    json_t *found = json_object_get(place->object, member);

    *text = NULL;
    *length = 0;
    if (found == NULL || json_is_null(found))
        return 1;
    if (!json_is_string(found))
        return refuse_at(place, member);
    *text = json_string_value(found);
    *length = json_string_length(found);
    return 1;
}

/* Encodes behind the texts that are there; all of them are shorter than the line. */
static int encode(const struct place *place, const char *member, const char *text, size_t length)
{
    struct statement_value *value = place->value;
    size_t written, misfit = 0, size = 1;

    if (mt940_charset_encode(value->charset, text, length, value->flags, value->texts + value->texts_used, &written,
                             &misfit) == MT940_OK) {
        value->texts_used += written;
        return 1;
    }
    while (size < 4 && misfit + size < length && ((unsigned char)text[misfit + size] & 0xC0) == 0x80)
        size++;
    memcpy(value->character, text + misfit, size);
    value->character[size] = '\0';
    return refuse_at(place, member);
}

static int read_text(const struct place *place, const char *member, struct mt940_view *out)
{
    const char *text;
    size_t length, start = place->value->texts_used;

    if (!string_of(place, member, &text, &length))
        return 0;
    if (text == NULL)
        return 1;
    if (!encode(place, member, text, length))
        return 0;
    out->data = place->value->texts + start;
    out->length = place->value->texts_used - start;
    return 1;
}

static int read_date(const struct place *place, const char *member, struct mt940_date *out)
{
    const char *text;
    size_t length;

    if (!string_of(place, member, &text, &length))
        return 0;
    return text == NULL || mt940_date_parse(text, length, out) == MT940_OK ? 1 : refuse_at(place, member);
}

static int read_mark(const struct place *place, int32_t *out)
{
    const char *text;
    size_t length;

    if (!string_of(place, "mark", &text, &length))
        return 0;
    if (text == NULL)
        return 1;
    for (int32_t mark = MT940_MARK_C; mark <= MT940_MARK_ED; mark++) {
        if (strcmp(text, mt940_mark_name(mark)) == 0) {
            *out = mark;
            return 1;
        }
    }
    return refuse_at(place, "mark");
}

/* A decimal string with as many digits behind its point as it has. */
static int read_amount(const struct place *place, struct mt940_amount *out)
{
    const char *text, *point;
    size_t length;

    if (!string_of(place, "amount", &text, &length))
        return 0;
    if (text == NULL)
        return refuse_at(place, "amount");
    point = memchr(text, '.', length);
    out->scale = point == NULL ? 0 : (int32_t)(text + length - point - 1);
    if (out->scale > 18 || mt940_decimal_parse(text, length, out->scale, &out->units) != MT940_OK)
        return refuse_at(place, "amount");
    return 1;
}

static int read_money(const struct place *place, struct mt940_amount *out)
{
    const char *text;
    size_t length;

    if (!string_of(place, "currency", &text, &length))
        return 0;
    if (length > 3)
        return refuse_at(place, "currency");
    if (text != NULL)
        memcpy(out->currency, text, length + 1);
    return read_amount(place, out);
}

static int read_balance_in(const struct place *place, char kind, struct mt940_balance *out)
{
    out->kind = kind;
    return read_mark(place, &out->mark) && read_date(place, "date", &out->date) &&
           read_money(place, &out->reading.amount);
}

/* The object that is a member; NULL where it is absent or null, *good 0 where it is something else. */
static json_t *object_of(const struct place *place, const char *member, int *good)
{
    json_t *found = json_object_get(place->object, member);

    *good = 1;
    if (found == NULL || json_is_null(found))
        return NULL;
    if (!json_is_object(found))
        *good = refuse_at(place, member);
    return *good ? found : NULL;
}

/* `kind` 0: the object says "final" or "intermediate" itself. */
static int read_balance(struct statement_value *value, json_t *object, const char *member, char kind,
                        struct mt940_balance *out)
{
    struct place place = {value, object, (size_t)-1, 0};
    int good;
    const char *text;
    size_t length;

    place.object = object_of(&place, member, &good);
    if (place.object == NULL)
        return good;
    if (kind == 0) {
        if (!string_of(&place, "kind", &text, &length))
            return 0;
        kind = text != NULL && strcmp(text, "intermediate") == 0 ? 'M' : 'F';
    }
    return read_balance_in(&place, kind, out) ? 1 : refuse(value, member, (size_t)-1);
}

static int read_array(struct statement_value *value, json_t *object, const char *member, size_t *count, json_t **out)
{
    json_t *found = json_object_get(object, member);

    *count = 0;
    *out = found;
    if (found == NULL || json_is_null(found))
        return 1;
    if (!json_is_array(found))
        return refuse(value, member, (size_t)-1);
    *count = json_array_size(found);
    return 1;
}

static int read_forward(struct statement_value *value, json_t *object)
{
    struct mt940_trailer *trailer = &value->statement.trailer;
    json_t *array;
    size_t count;

    if (!read_array(value, object, "forward", &count, &array))
        return 0;
    value->forward = memory_zeroed(count, sizeof *value->forward);
    for (size_t i = 0; i < count; i++) {
        struct place place = {value, json_array_get(array, i), (size_t)-1, 0};

        if (!json_is_object(place.object) || !read_balance_in(&place, 'A', &value->forward[i]))
            return refuse(value, "forward", (size_t)-1);
    }
    trailer->forward = value->forward;
    trailer->forward_count = count;
    return 1;
}

static int read_sum(struct statement_value *value, json_t *totals, const char *member, const char *tag)
{
    struct mt940_trailer *trailer = &value->statement.trailer;
    struct mt940_total *total = &value->totals[trailer->total_count];
    struct place place = {value, totals, (size_t)-1, 0};
    int good;

    place.object = object_of(&place, member, &good);
    if (place.object == NULL)
        return good;
    memcpy(total->tag, tag, 4);
    total->count = (int64_t)json_integer_value(json_object_get(place.object, "count"));
    trailer->total_count++;
    return read_money(&place, &total->reading.amount);
}

/* The floor limits stand in the header, and with the sums in the trailer. */
static int read_totals(struct statement_value *value, json_t *object)
{
    struct mt940_statement *statement = &value->statement;
    struct place place = {value, object, (size_t)-1, 0};
    json_t *array, *sums;
    size_t count;
    int good;

    if (!read_array(value, object, "floor_limits", &count, &array))
        return 0;
    value->totals = memory_zeroed(count + 2, sizeof *value->totals);
    for (size_t i = 0; i < count; i++) {
        struct mt940_total *total = &value->totals[i];

        place.object = json_array_get(array, i);
        memcpy(total->tag, "34F", 4);
        total->count = -1;
        if (!json_is_object(place.object) || !read_mark(&place, &total->mark) ||
            !read_money(&place, &total->reading.amount))
            return refuse(value, "floor_limits", (size_t)-1);
    }
    statement->header.floor_limits = statement->trailer.totals = value->totals;
    statement->header.floor_limit_count = statement->trailer.total_count = count;
    place.object = object;
    sums = object_of(&place, "totals", &good);
    if (sums == NULL)
        return good;
    return read_sum(value, sums, "debit", "90D") && read_sum(value, sums, "credit", "90C") ? 1
                                                                                     : refuse(value, "totals", (size_t)-1);
}

static int read_letter(const struct place *place, const char *member, char *out)
{
    const char *text;
    size_t length;

    if (!string_of(place, member, &text, &length))
        return 0;
    if (length > 1)
        return refuse_at(place, member);
    *out = text == NULL ? '\0' : text[0];
    return 1;
}

static int read_code(const struct place *place, struct mt940_entry *entry)
{
    const char *text;
    size_t length;

    if (!read_letter(place, "type", &entry->type) || !string_of(place, "code", &text, &length))
        return 0;
    if (length > 3)
        return refuse_at(place, "code");
    if (text != NULL)
        memcpy(entry->code, text, length + 1);
    return 1;
}

/* The lines as they were, where the text alone does not tell the sub-fields. */
static int read_lines(const struct place *place, json_t *lines, struct mt940_view *out)
{
    struct statement_value *value = place->value;
    size_t start = value->texts_used;

    for (size_t i = 0; i < json_array_size(lines); i++) {
        json_t *line = json_array_get(lines, i);

        if (!json_is_string(line))
            return refuse_at(place, "lines");
        if (i > 0) {
            memcpy(value->texts + value->texts_used, "\r\n", 2);
            value->texts_used += 2;
        }
        if (!encode(place, "lines", json_string_value(line), json_string_length(line)))
            return 0;
    }
    out->data = value->texts + start;
    out->length = value->texts_used - start;
    return 1;
}

static int read_details(const struct place *place, struct mt940_view *out)
{
    int good;
    struct place details = {place->value, object_of(place, "details", &good), place->entry, 1};
    json_t *lines;

    if (details.object == NULL)
        return good;
    lines = json_object_get(details.object, "lines");
    return json_is_array(lines) ? read_lines(&details, lines, out) : read_text(&details, "text", out);
}

static int read_entry(const struct place *place, const char *currency, struct mt940_entry *entry)
{
    memcpy(entry->reading.amount.currency, currency, sizeof entry->reading.amount.currency);
    return json_is_object(place->object) && read_date(place, "value_date", &entry->value_date) &&
           read_date(place, "entry_date", &entry->entry_date) && read_mark(place, &entry->mark) &&
           read_letter(place, "funds_code", &entry->funds_code) && read_amount(place, &entry->reading.amount) &&
           read_code(place, entry) && read_text(place, "customer_reference", &entry->customer_reference) &&
           read_text(place, "bank_reference", &entry->bank_reference) &&
           read_text(place, "supplementary", &entry->supplementary) && read_details(place, &entry->narrative);
}

static int read_entries(struct statement_value *value, json_t *object)
{
    struct mt940_statement *statement = &value->statement;
    const char *opening = statement->header.opening.reading.amount.currency;
    const char *closing = statement->trailer.closing.reading.amount.currency;
    json_t *array;
    size_t count;

    if (!read_array(value, object, "entries", &count, &array))
        return 0;
    value->entries = memory_zeroed(count, sizeof *value->entries);
    for (size_t i = 0; i < count; i++) {
        struct place place = {value, json_array_get(array, i), i, 0};

        if (!read_entry(&place, opening[0] != '\0' ? opening : closing, &value->entries[i]))
            return refuse_at(&place, "");
        value->entries[i].index = (uint32_t)i;
    }
    statement->entries = value->entries;
    statement->entry_count = count;
    statement->trailer.entry_count = (uint32_t)count;
    return 1;
}

static int read_header(struct statement_value *value, json_t *object)
{
    struct mt940_header *header = &value->statement.header;
    struct place place = {value, object, (size_t)-1, 0}, account = place;
    const char *text;
    size_t length;
    int good;

    if (!string_of(&place, "type", &text, &length))
        return 0;
    header->type = text == NULL ? 0 : (int32_t)strtol(text, NULL, 10);
    account.object = object_of(&place, "account", &good);
    if (!good || (account.object != NULL && !read_text(&account, "text", &header->account)))
        return 0;
    return read_text(&place, "reference", &header->reference) &&
           read_text(&place, "related_reference", &header->related_reference) &&
           read_text(&place, "number", &header->number) && read_text(&place, "sequence", &header->sequence) &&
           read_balance(value, object, "opening", 0, &header->opening);
}

/* The blocks as they stood; what they mean is read from them. */
static int read_envelope(struct statement_value *value, json_t *object)
{
    struct place place = {value, object, (size_t)-1, 0}, envelope = place;
    int good;

    envelope.object = object_of(&place, "envelope", &good);
    if (!good || envelope.object == NULL)
        return good;
    return read_text(&envelope, "head", &value->statement.header.envelope) &&
           read_text(&envelope, "behind", &value->statement.trailer.envelope);
}

static int choose_charset(struct statement_value *value, json_t *object)
{
    struct place place = {value, object, (size_t)-1, 0};
    const char *text;
    size_t length;

    if (value->charset != MT940_CHARSET_DETECT)
        return 1;
    if (!string_of(&place, "charset", &text, &length))
        return 0;
    value->charset = text == NULL ? MT940_CHARSET_UTF8 : mt940_charset_from_name(text, length);
    return value->charset > 0 ? 1 : refuse(value, "charset", (size_t)-1);
}

int statement_value_read(struct statement_value *value, json_t *object, size_t length)
{
    struct mt940_trailer *trailer = &value->statement.trailer;
    struct place place = {value, object, (size_t)-1, 0};

    if (!json_is_object(object) || !choose_charset(value, object))
        return refuse(value, "", (size_t)-1);
    value->texts = memory_zeroed(length + 1, 1);
    trailer->charset = value->charset;
    trailer->complete = 1;
    return read_header(value, object) && read_envelope(value, object) &&
           read_balance(value, object, "closing", 0, &trailer->closing) &&
           read_balance(value, object, "available", 'A', &trailer->available) && read_forward(value, object) &&
           read_totals(value, object) && read_text(&place, "information", &trailer->information) &&
           read_entries(value, object);
}

void statement_value_free(struct statement_value *value)
{
    free(value->entries);
    free(value->forward);
    free(value->totals);
    free(value->texts);
}
