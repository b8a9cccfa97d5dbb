/* SPDX-License-Identifier: Apache-2.0
 *
 * message.c: texts for people, out of message.def, with their placeholders filled. Knows two
 * languages and how each writes amounts and dates; knows no locale and no terminal.
 */
#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "mt940connect/message.h"
#include "text/sink.h"

struct message {
    int32_t number;
    int32_t severity;
    const char *name;
    const char *english;
    const char *turkish;
};

/* Sorted by number: message.def is, and tests/unit/test_message.c looks every number up. */
#define MT940_MESSAGE(number, name, severity, english, turkish) \
    {number, MT940_##severity, #name, english, turkish},
static const struct message messages[] = {
#include "text/message.def"
};
#undef MT940_MESSAGE

static const size_t message_count = sizeof(messages) / sizeof(messages[0]);

/* How a language writes what is not words. */
struct style {
    bool turkish;
    char decimal;
    char group;
};

static const struct style english_style = {false, '.', ','};
static const struct style turkish_style = {true, ',', '.'};

static const struct message *find_message(int64_t number)
{
    size_t low = 0, high = message_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (messages[middle].number == number)
            return &messages[middle];
        if (messages[middle].number > number)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

MT940_EXPORT const char *mt940_message_name(int32_t message)
{
    const struct message *entry = find_message(message);

    return entry ? entry->name : NULL;
}

MT940_EXPORT int mt940_message_severity(int32_t message)
{
    const struct message *entry = find_message(message);

    return entry ? entry->severity : MT940_E_NOT_FOUND;
}

MT940_EXPORT int32_t mt940_message_from_name(const char *name, size_t length)
{
    for (size_t i = 0; i < message_count; i++)
        if (mt940_view_is(mt940_view_of(name, length), messages[i].name))
            return messages[i].number;
    return 0;
}

/* Control characters and those that turn the writing direction: they would act on a terminal. */
static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static void put_ascii(struct mt940_sink *sink, const char *text)
{
    for (; *text; text++)
        mt940_sink_put_byte(sink, *text);
}

static void put_text(struct mt940_sink *sink, struct mt940_view text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t at = 0;

    while (at < text.length) {
        uint32_t point;

        at += mt940_utf8_read(bytes + at, text.length - at, &point);
        if (point == MT940_UTF8_INVALID)
            point = MT940_UTF8_REPLACEMENT;
        mt940_sink_put_point(sink, is_control(point) ? '?' : point);
    }
}

static void put_number(struct mt940_sink *sink, int64_t number)
{
    char digits[40];

    (void)mt940_decimal_format(number, 0, 0, digits);
    put_ascii(sink, digits);
}

static void put_amount(struct mt940_sink *sink, const struct mt940_amount *amount, const struct style *style)
{
    size_t code_length = 0;
    int digits, length, whole;
    char text[40];

    while (code_length < 3 && amount->currency[code_length])
        code_length++;
    digits = mt940_currency_digits(amount->currency, code_length);
    length = mt940_decimal_format(amount->units, amount->scale, digits > 0 ? digits : 0, text);
    if (length < 0) {
        mt940_sink_put_byte(sink, '?');
        return;
    }
    for (whole = 0; whole < length && text[whole] != '.';)
        whole++;
    for (int i = 0; i < length; i++) {
        mt940_sink_put_byte(sink, text[i] == '.' ? style->decimal : text[i]);
        if (text[i] != '-' && i + 1 < whole && (whole - i - 1) % 3 == 0)
            mt940_sink_put_byte(sink, style->group);
    }
    if (code_length > 0) {
        mt940_sink_put_byte(sink, ' ');
        put_text(sink, mt940_view_of(amount->currency, code_length));
    }
}

static void put_date(struct mt940_sink *sink, const struct mt940_date *date, const struct style *style)
{
    char iso[11];

    if (mt940_date_format(date, iso) || !iso[0]) {
        mt940_sink_put_byte(sink, '?');
        return;
    }
    if (!style->turkish) {
        put_ascii(sink, iso);
        return;
    }
    mt940_sink_put(sink, iso + 8, 2);
    mt940_sink_put_byte(sink, '.');
    mt940_sink_put(sink, iso + 5, 2);
    mt940_sink_put_byte(sink, '.');
    mt940_sink_put(sink, iso, 4);
}

/* A text of the list without arguments of its own. */
static void put_message(struct mt940_sink *sink, int64_t number, const struct style *style)
{
    const struct message *entry = find_message(number);
    const char *text = entry ? (style->turkish ? entry->turkish : entry->english) : "?";

    put_text(sink, mt940_view_of(text, strlen(text)));
}

static void put_argument(struct mt940_sink *sink, const struct mt940_message_arg *arg, const struct style *style)
{
    switch (arg ? arg->type : 0) {
    case MT940_ARG_TEXT:
        put_text(sink, arg->text);
        break;
    case MT940_ARG_NUMBER:
        put_number(sink, arg->number);
        break;
    case MT940_ARG_AMOUNT:
        put_amount(sink, &arg->amount, style);
        break;
    case MT940_ARG_DATE:
        put_date(sink, &arg->date, style);
        break;
    case MT940_ARG_MESSAGE:
        put_message(sink, arg->number, style);
        break;
    default:
        mt940_sink_put_byte(sink, '?');
    }
}

static const struct mt940_message_arg *find_argument(const struct mt940_message_arg *args, size_t count,
                                                     struct mt940_view name)
{
    for (size_t i = 0; args && i < count; i++)
        if (args[i].name && mt940_view_is(name, args[i].name))
            return &args[i];
    return NULL;
}

static void put_template(struct mt940_sink *sink, const char *text, const struct mt940_message_arg *args, size_t count,
                         const struct style *style)
{
    const char *open, *close;

    while ((open = strchr(text, '{')) && (close = strchr(open, '}'))) {
        put_text(sink, mt940_view_of(text, (size_t)(open - text)));
        open++;
        put_argument(sink, find_argument(args, count, mt940_view_of(open, (size_t)(close - open))), style);
        text = close + 1;
    }
    put_text(sink, mt940_view_of(text, strlen(text)));
}

/* "tr", also "tr_TR" and "tr-TR" as hosts get them from their systems. */
static bool is_turkish(const char *language)
{
    return language && language[0] == 't' && language[1] == 'r' &&
           (!language[2] || language[2] == '_' || language[2] == '-');
}

MT940_EXPORT int mt940_message_format(int32_t message, const struct mt940_message_arg *args, size_t count,
                                      const char *language, char *buffer, size_t capacity)
{
    const struct message *entry = find_message(message);
    const struct style *style = is_turkish(language) ? &turkish_style : &english_style;
    struct mt940_sink sink = {buffer, capacity ? capacity - 1 : 0, 0};

    if (!entry)
        return MT940_E_NOT_FOUND;
    put_template(&sink, style->turkish ? entry->turkish : entry->english, args, count, style);
    if (capacity > 0)
        buffer[mt940_sink_written(&sink)] = '\0';
    return sink.length > INT_MAX ? INT_MAX : (int)sink.length;
}
