/* SPDX-License-Identifier: Apache-2.0
 *
 * Narratives: no byte of the text is lost: what lies between the sub-fields' codes and values is separators and blanks
 * alone, in order; what was joined lies behind the text and is made of values only; a buffer of the promised size
 * always does, a smaller field list changes nothing else; a free text is the statement's own text. The last byte of
 * the input chooses character set and direction, so that a corpus file stays what it looks like.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/charset.h"
#include "mt940connect/iban.h"
#include "mt940connect/narrative.h"
#include "mt940connect/statement.h"

enum { text_limit = 1 << 14, few = 2 };

static void check(int good)
{
    if (!good)
        abort();
}

static int inside(const struct mt940_view *view, const char *from, const char *to)
{
    return view->length == 0 || (view->data >= from && view->data + view->length <= to);
}

/* A gap between sub-fields: blanks, closing slashes and dividers, and the separator in front of the next code. */
static void check_gap(const struct mt940_narrative *narrative, const char *from, const char *to)
{
    for (; from < to; from++)
        check((unsigned char)*from <= ' ' || strchr("/:+=.;,", *from) || *from == narrative->separator);
}

static void check_cover(const struct mt940_narrative *narrative, const struct mt940_narrative_field *fields)
{
    const char *at = narrative->text.data, *end = at + narrative->text.length;

    for (size_t i = 0; i < narrative->field_count; i++) {
        const struct mt940_view *code = &fields[i].code, *value = &fields[i].value;

        if (fields[i].level != 0)
            continue;
        if (code->length > 0) {
            check_gap(narrative, at, code->data);
            at = code->data + code->length;
        }
        if (value->length > 0) {
            check_gap(narrative, at, value->data);
            at = value->data + value->length;
        }
        check(at <= end);
    }
    if (narrative->field_count > 0)
        check_gap(narrative, at, end);
}

static void check_values(const struct mt940_narrative *narrative, const char *buffer, size_t room)
{
    check(narrative->dialect >= 0 && narrative->dialect < MT940_NARRATIVE_DIALECT_COUNT);
    check((narrative->dialect == MT940_NARRATIVE_FREE) == (narrative->score == 0));
    check(narrative->dialect != MT940_NARRATIVE_FREE || narrative->field_count == 0);
    check(narrative->values[0].length == 0);
    for (size_t i = 0; i < MT940_NARRATIVE_VALUE_COUNT; i++) {
        const struct mt940_view *value = &narrative->values[i];

        check(inside(value, buffer, buffer + room));
        check(value->length == 0 || ((unsigned char)value->data[0] > ' ' &&
                                     (unsigned char)value->data[value->length - 1] > ' '));
        check(value->length == 0 || !memchr(value->data, '\n', value->length));
    }
    if (narrative->iban[0])
        check(mt940_iban_check(narrative->iban, strlen(narrative->iban), 0) == MT940_IBAN_VALID);
}

static void check_free(const struct mt940_narrative_input *input, const struct mt940_narrative *narrative)
{
    static char text[3 * text_limit];
    size_t length = mt940_narrative_text(&input->raw, input->charset, text, sizeof text);

    check(length == narrative->text.length && (length == 0 || memcmp(text, narrative->text.data, length) == 0));
}

/* The text in two halves, as a supplementary line and a narrative: what the first does not say, the second does. */
static void check_complete(const struct mt940_narrative_input *input)
{
    static char buffers[2][6 * text_limit];
    struct mt940_narrative half[2] = {{.size = sizeof half[0]}, {.size = sizeof half[0]}}, both;
    size_t middle = input->raw.length / 2;

    for (size_t i = 0; i < 2; i++) {
        struct mt940_narrative_input part = *input;

        part.raw.data += i * middle;
        part.raw.length = i == 0 ? middle : input->raw.length - middle;
        check(mt940_narrative_read(&part, buffers[i], mt940_narrative_room(part.raw.length), NULL, 0, &half[i]) == MT940_OK);
    }
    both = half[0];
    check(mt940_narrative_complete(&both, &half[1]) == MT940_OK);
    for (size_t i = 0; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        check(mt940_view_equal(&both.values[i], &half[half[0].values[i].length > 0 ? 0 : 1].values[i]));
    check(strcmp(both.iban, half[half[0].iban[0] ? 0 : 1].iban) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char buffer[6 * text_limit], second[6 * text_limit];
    static struct mt940_narrative_field fields[text_limit], short_list[few];
    struct mt940_narrative narrative = {.size = sizeof narrative}, again = {.size = sizeof again};
    uint8_t choice = size > 0 ? data[size - 1] : 0;
    struct mt940_narrative_input input = {sizeof input, {(const char *)data, size}, 1 + choice % 11, choice % 3 - 1};
    size_t room = mt940_narrative_room(size);

    if (size > text_limit)
        return 0;
    check(mt940_narrative_read(&input, buffer, room, fields, text_limit, &narrative) == MT940_OK);
    check(narrative.field_count <= text_limit);
    check_values(&narrative, buffer, room);
    check_cover(&narrative, fields);
    for (size_t i = 0; i < narrative.field_count; i++)
        check(inside(&fields[i].code, buffer, buffer + room) && inside(&fields[i].value, buffer, buffer + room));
    if (narrative.dialect == MT940_NARRATIVE_FREE)
        check_free(&input, &narrative);
    check(mt940_narrative_read(&input, second, room, short_list, few, &again) == MT940_OK);
    check(again.field_count == narrative.field_count && again.score == narrative.score);
    for (size_t i = 0; i < MT940_NARRATIVE_VALUE_COUNT; i++)
        check(mt940_view_equal(&again.values[i], &narrative.values[i]));
    check_complete(&input);
    /* Less room is refused or does: never a write past it. */
    if (room > 0)
        mt940_narrative_read(&input, second, choice % room, NULL, 0, &again);
    return 0;
}
