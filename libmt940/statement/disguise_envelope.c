/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_envelope.c: the blocks around a message. Blocks 1 and 2 have their places, the others tags; dates, times,
 * types and codes stay, for a reader takes them. Checksums (CHK, MAC) are replaced, too: they are untrue of the new text
 * in any case, and the true ones would let anybody try names until one fits. Lengths and sets of characters stay.
 */
#include "statement/disguise.h"
#include "statement/envelope.h"
#include "statement/form.h"

enum { day_length = 6 };

/* Bytes of the blocks, from front to back. */
struct place {
    struct mt940_disguise *disguise;
    char *bytes;
    size_t at, length;
    size_t kept; /* nothing in front of it is replaced */
};

static size_t at_most(const struct place *place, size_t wanted)
{
    size_t left = place->length - place->at;
    return wanted < left ? wanted : left;
}

static void pass(struct place *place, size_t wanted)
{
    place->at += at_most(place, wanted);
}

static void replace(struct place *place, size_t wanted)
{
    size_t length = at_most(place, wanted), kept = place->at < place->kept ? place->kept - place->at : 0;
    if (kept < length)
        mt940_disguise_text(place->disguise, place->bytes + place->at + kept, length - kept);
    place->at += length;
}

/* The BIC of a logical terminal stands in its first eight characters, its branch in the last three. */
static void replace_terminal(struct place *place)
{
    size_t length = at_most(place, MT940_TERMINAL_LENGTH);
    if (mt940_form_holds("4!c2!a2!c1!c3!c", mt940_view_of(place->bytes + place->at, length))) {
        mt940_disguise_bic(place->disguise, place->bytes + place->at, MT940_BIC_LENGTH);
        place->at += length;
    } else {
        replace(place, MT940_TERMINAL_LENGTH);
    }
}

/* Terminal, session and sequence; a message input reference has the day in front of them. */
static void replace_message_name(struct place *place)
{
    replace_terminal(place);
    replace(place, MT940_SESSION_LENGTH);
    replace(place, MT940_SEQUENCE_LENGTH);
}

/* Hexadecimal digits stay such: letters of a word become others, these come back into A to F. */
static void replace_hex(struct place *place, size_t length)
{
    char *bytes = place->bytes + place->at;
    replace(place, length);
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] > 'F' && mt940_ascii_is_upper(bytes[i]))
            bytes[i] = (char)('A' + (bytes[i] - 'A') % 6);
        if (bytes[i] > 'f' && mt940_ascii_is_lower(bytes[i]))
            bytes[i] = (char)('a' + (bytes[i] - 'a') % 6);
    }
}

static bool is_hex(struct mt940_view value)
{
    for (size_t i = 0; i < value.length; i++) {
        char c = mt940_ascii_upper(value.data[i]);
        if (!mt940_ascii_is_digit(c) && c != '-' && !(c >= 'A' && c <= 'F'))
            return false;
    }
    return true;
}

static void replace_value(struct place *place, struct mt940_view tag, size_t length)
{
    int kind = mt940_envelope_kind(tag);
    struct mt940_view value = mt940_view_of(place->bytes + place->at, length);
    if (kind == MT940_ENVELOPE_CODE) {
        pass(place, length);
    } else if (kind == MT940_ENVELOPE_HEX && is_hex(value)) {
        replace_hex(place, length);
    } else if (kind == MT940_ENVELOPE_MIR && length >= MT940_MIR_LENGTH) {
        struct place part = {place->disguise, place->bytes, place->at, place->at + length, place->kept};
        pass(&part, length - MT940_MIR_LENGTH + day_length);
        replace_message_name(&part);
        pass(place, length);
    } else {
        replace(place, length);
    }
}

/* Bytes up to the next brace. */
static size_t content_length(const struct place *place)
{
    size_t length = 0;
    while (place->at + length < place->length && place->bytes[place->at + length] != '{' &&
           place->bytes[place->at + length] != '}')
        length++;
    return length;
}

/* The content of a plain block without blanks around it, as a reader takes it. */
static struct place content_of(const struct place *place)
{
    struct mt940_view content = mt940_view_of(place->bytes + place->at, content_length(place));
    struct mt940_view trimmed = mt940_view_trim(content);
    struct place part = {place->disguise, place->bytes, place->at, place->at, place->kept};
    part.at += trimmed.length ? (size_t)(trimmed.data - content.data) : content.length;
    part.length = part.at + trimmed.length;
    return part;
}

/* Blocks 1 and 2 behind their colon. */
static void replace_header(struct place *place, char block)
{
    enum { application_and_service = 3, direction_and_type = 4, time_and_day = 10, day_time_and_priority = 11,
           priority_and_monitoring = 5 };
    struct place part = content_of(place);
    char *first = part.bytes + part.at, direction = part.at < part.length ? mt940_ascii_upper(*first) : '\0';
    bool output = direction == 'O', odd = block == '2' && direction != 'O' && direction != 'I';
    struct mt940_view content = mt940_view_of(first, part.length - part.at);
    /* What has not the form of a header may be a name. */
    if (odd || !mt940_form_holds(block == '1' ? "2!n" : "3!n", mt940_view_slice(content, 1, block == '1' ? 2 : 3))) {
        pass(&part, block == '2' && !odd);
        replace(&part, part.length);
        if (odd && content.length && (mt940_ascii_upper(*first) == 'O' || mt940_ascii_upper(*first) == 'I'))
            *first = mt940_ascii_is_lower(*first) ? 'a' : 'A';
        place->at += content_length(place);
        return;
    }
    pass(&part, block == '1' ? application_and_service : direction_and_type);
    if (block == '2' && output)
        pass(&part, time_and_day);
    if (block == '2' && !output)
        replace_terminal(&part);
    else
        replace_message_name(&part);
    if (block == '2')
        pass(&part, output ? day_time_and_priority : priority_and_monitoring);
    replace(&part, part.length);
    place->at += content_length(place);
}

/* "{108:", "{1:": the length of a tag with brace and colon, or 0. */
static size_t tag_length(const struct place *place)
{
    enum { longest = 3 };
    size_t length = 1;
    while (length <= longest && place->at + length < place->length &&
           mt940_ascii_is_alnum(place->bytes[place->at + length]))
        length++;
    return length > 1 && place->at + length < place->length && place->bytes[place->at + length] == ':' ? length + 1 : 0;
}

void mt940_disguise_envelope(struct mt940_disguise *disguise, char *blocks, size_t length)
{
    enum { direction_and_type = 4 };
    struct place place = {disguise, blocks, 0, length, 0};
    while (place.at < place.length) {
        size_t tag = place.bytes[place.at] == '{' ? tag_length(&place) : 0;
        char name = tag ? place.bytes[place.at + 1] : '\0';
        struct mt940_view word = mt940_view_of(place.bytes + place.at + 1, tag ? tag - 2 : 0);
        if (tag == 0) {
            place.at += place.bytes[place.at] == '{' || place.bytes[place.at] == '}';
            replace(&place, content_length(&place));
            continue;
        }
        place.at += tag;
        /* A reader takes the type from its place, whatever braces stand there. */
        if (word.length == 1 && name == '2')
            place.kept = place.at + direction_and_type;
        if (word.length == 1 && (name == '1' || name == '2'))
            replace_header(&place, name);
        else if (word.length > 1)
            replace_value(&place, word, content_length(&place));
    }
}
