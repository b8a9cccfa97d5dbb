/* SPDX-License-Identifier: Apache-2.0
 *
 * strict.c: what strict reading demands beyond the absence of repairs: the fields of the message type in their order and
 * number, each in its form, and the rules across fields (C23, C24, C27). The table is rules.def; what is refused is
 * named by its rule. Nothing is left out because of it. Source: SWIFT Standards MT, category 9.
 */
#include "statement/strict.h"

#include <limits.h>

#include "statement/cursor.h"
#include "statement/form.h"
#include "statement/report.h"
#include "text/argument.h"

struct rule {
    int32_t type;
    char tag[4];
    unsigned char least, most;
    const char *form;
};

static const struct rule rules[] = {
#define MT940_RULE(type, tag, least, most, form) {type, tag, least, most, form},
#include "statement/rules.def"
#undef MT940_RULE
};

static const size_t rule_count = sizeof rules / sizeof rules[0];
_Static_assert(sizeof rules / sizeof rules[0] <= (size_t)MT940_RULE_CAPACITY, "room for a count of each rule");

static int refuse(struct mt940_reader *reader, const struct mt940_place *place, const char *rule)
{
    const struct mt940_message_arg arg = mt940_argument_word("rule", rule);
    return mt940_report(reader, MT940_M_NOT_STANDARD, place, &arg, 1);
}

static int refuse_item(struct mt940_reader *reader, const struct mt940_item *item, const char *rule)
{
    struct mt940_place place;
    mt940_place_in(item, 0, "", &place);
    return refuse(reader, &place, rule);
}

/* The rule of a tag, or rule_count. */
static size_t find_rule(int32_t type, const char *tag)
{
    size_t i = 0;
    while (i < rule_count && (rules[i].type != type || strcmp(rules[i].tag, tag) != 0))
        i++;
    return i;
}

/* T26 is of 20 and 21 alone: 61 ends its first reference at two slashes, and says nothing of the second. */
static bool slashes_hold(const struct mt940_item *item)
{
    bool reference = item->tag.meaning == MT940_TAG_REFERENCE || item->tag.meaning == MT940_TAG_RELATED_REFERENCE;
    return !reference || mt940_slashes_hold(item->value);
}

/* The code in front of the amount of a balance or a sum, behind a mark or a count of movements. */
static struct mt940_view currency_in(struct mt940_view value)
{
    enum { letters = 3 };
    size_t at = 0, count = 0;
    for (; at < value.length && count < letters; at++)
        count = mt940_ascii_is_letter(value.data[at]) ? count + 1 : 0;
    return mt940_view_slice(value, at - count, count);
}

/* C03: no more decimals than the currency has, also none that are zero. The amount has the first comma of its field. */
static bool decimals_hold(const struct mt940_assembly *message, const struct mt940_item *item)
{
    struct mt940_view line = mt940_first_line(item->value);
    struct mt940_view currency = mt940_view_of(message->unit.currency, strlen(message->unit.currency));
    size_t at = 0, digits = 0;
    switch (item->tag.meaning) {
    case MT940_TAG_OPENING_BALANCE:
    case MT940_TAG_CLOSING_BALANCE:
    case MT940_TAG_AVAILABLE_BALANCE:
    case MT940_TAG_FORWARD_BALANCE:
    case MT940_TAG_FLOOR_LIMIT:
    case MT940_TAG_TOTAL:
        currency = currency_in(line);
        break;
    case MT940_TAG_ENTRY:
        break;
    default:
        return true;
    }
    while (at < line.length && line.data[at] != ',')
        at++;
    while (at + 1 + digits < line.length && mt940_ascii_is_digit(line.data[at + 1 + digits]))
        digits++;
    int allowed = mt940_currency_digits(currency.data, currency.length);
    return allowed < 0 || digits <= (size_t)allowed;
}

static int check_narrative(struct mt940_reader *reader, const struct mt940_item *item, int32_t type)
{
    if (!item->narrative.data)
        return 0;
    if (type == 950)
        return refuse_item(reader, item, "an MT950 has no field 86");
    return mt940_form_holds("6*65x", item->narrative) ? 0 : refuse_item(reader, item, "6*65x of field 86");
}

/* C24: a narrative follows a movement, or ends the message. */
static bool is_early_narrative(const struct mt940_assembly *message, const struct mt940_item *item, int32_t type)
{
    return item->tag.meaning == MT940_TAG_NARRATIVE && !message->closing_raw.present && type != 942;
}

/*
 * A bare message shows its type late, by its first field of MT942 or by a balance behind it: what came before counts by
 * that type's rules. False where the type has no such field.
 */
static bool settle_type(struct mt940_assembly *message, int32_t type)
{
    bool known = true;
    if (message->rule_type == type)
        return true;
    for (size_t i = 0; i < rule_count; i++) {
        if (rules[i].type != message->rule_type || message->rule_counts[i] == 0)
            continue;
        size_t same = find_rule(type, rules[i].tag);
        if (same < rule_count) {
            message->rule_counts[same] = message->rule_counts[i];
            message->rule = same;
        }
        known = known && same < rule_count;
        message->rule_counts[i] = 0;
    }
    message->rule_type = type;
    return known;
}

/* The rule that the line ends of [at, stop) break, or NULL. Empty lines inside a narrative are against its own form. */
static const char *broken_line_end(const char *at, const char *stop)
{
    const char *start = at;
    for (; at < stop; at++) {
        bool pair = *at == '\r' && stop - at > 1 && at[1] == '\n';
        if ((*at == '\r' && !pair) || *at == '\n')
            return "CrLf: lines end with CR LF";
        at += pair;
    }
    bool empty = stop - start >= 4 && memcmp(stop - 4, "\r\n\r\n", 4) == 0;
    return empty ? "CrLf: no line is empty" : NULL;
}

void mt940_strict_envelope(struct mt940_reader *reader, const struct mt940_item *item)
{
    static const char text[] = "{4:";
    const size_t length = sizeof text - 1;
    const char *end = item->value.data + item->value.length;
    bool begins = item->value.length >= length && memcmp(end - length, text, length) == 0;
    if (begins && (item->stop == end || broken_line_end(end, item->stop)))
        mt940_place_in(item, item->value.length - length, "", &reader->message.bare_text);
    reader->message.bare_text.tag = "";
}

/* SWIFT's lines end with CR LF, and so does the last one of a field. Told once of a message. */
static int check_line_ends(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    if (message->line_ends_told || reader->options.any_line_ends)
        return 0;
    const char *rule = broken_line_end(item->value.data, item->stop);
    message->line_ends_told = rule || message->bare_text.line;
    if (message->bare_text.line)
        return refuse(reader, &message->bare_text, "CrLf: the text begins behind CR LF");
    return rule ? refuse_item(reader, item, rule) : 0;
}

int mt940_strict_item(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    int32_t type = mt940_reader_type(reader);
    size_t at = find_rule(type, item->tag.text);
    int status = check_line_ends(reader, item);
    if (status)
        return status;
    if (!settle_type(message, type))
        status = refuse_item(reader, item, "a field before it belongs to another message type");
    if (status || at == rule_count)
        return status ? status : refuse_item(reader, item, "the message type has no such field");
    if (is_early_narrative(message, item, type))
        return refuse_item(reader, item, "C24: field 86 follows field 61");
    if (at < message->rule)
        status = refuse_item(reader, item, "the order of the fields");
    if (status == 0 && rules[at].most && message->rule_counts[at] == rules[at].most)
        status = refuse_item(reader, item, "the number of this field");
    message->rule = at > message->rule ? at : message->rule;
    message->rule_counts[at] += message->rule_counts[at] < UCHAR_MAX;
    if (status == 0 && !mt940_form_holds(rules[at].form, item->value))
        status = refuse_item(reader, item, rules[at].form);
    if (status == 0 && !decimals_hold(message, item))
        status = refuse_item(reader, item, "C03: the decimals of the currency");
    if (status == 0 && !slashes_hold(item))
        status = refuse_item(reader, item, "T26: slashes in a reference");
    return status ? status : check_narrative(reader, item, type);
}

static int refuse_message(struct mt940_reader *reader, const char *tag, const char *rule)
{
    const struct mt940_assembly *message = &reader->message;
    struct mt940_place place = {message->header.offset, message->header.line, 1, tag, ""};
    return refuse(reader, &place, rule);
}

bool mt940_limits_hold(const struct mt940_total *totals, size_t count)
{
    int32_t marks[2] = {MT940_MARK_NONE, MT940_MARK_NONE};
    size_t limits = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(totals[i].tag, "34F") == 0 && limits++ < 2)
            marks[limits - 1] = totals[i].mark;
    return limits < 2 ? marks[0] == MT940_MARK_NONE : marks[0] == MT940_MARK_D && marks[1] == MT940_MARK_C;
}

bool mt940_currencies_match(const char *first, const struct mt940_reading *reading)
{
    enum { letters = 2 };
    return strncmp(first, reading->amount.currency, letters) == 0;
}

static bool other_currency(const struct mt940_assembly *message, const struct mt940_reading *reading)
{
    return !mt940_currencies_match(message->unit.currency, reading);
}

static bool currencies_hold(const struct mt940_assembly *message)
{
    const struct mt940_trailer *trailer = &message->trailer;
    bool differ = (trailer->closing.kind && other_currency(message, &trailer->closing.reading)) ||
                  (trailer->available.kind && other_currency(message, &trailer->available.reading));
    for (size_t i = 0; i < trailer->forward_count; i++)
        differ = differ || other_currency(message, &message->forward[i].reading);
    for (size_t i = 0; i < trailer->total_count; i++)
        differ = differ || other_currency(message, &message->totals[i].reading);
    return !differ;
}

/* Fields of which one form must be there: 25 or 25P, 60F or 60M, 62F or 62M are told as INCOMPLETE. */
int mt940_strict_message(struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    int status = 0;
    for (size_t i = 0; i < rule_count && status == 0; i++)
        if (rules[i].type == message->header.type && message->rule_counts[i] < rules[i].least)
            status = refuse_message(reader, rules[i].tag, "the field is missing");
    if (status == 0 && !mt940_limits_hold(message->totals, message->trailer.total_count))
        status = refuse_message(reader, "34F", "C23: one floor limit, or one for D and one for C");
    if (status == 0 && !currencies_hold(message))
        status = refuse_message(reader, "", "C27: one currency");
    return status;
}
