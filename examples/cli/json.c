/* SPDX-License-Identifier: Apache-2.0
 *
 * json.c: JSON Lines through yajl. Must not know what the objects mean.
 */
#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/charset.h>
#include <yajl/yajl_gen.h>

#include "base64.h"
#include "buffer.h"

#define OUTPUT_SIZE 262144

/*
 * What is not plain goes through yajl: strings with something to escape. The rest of JSON is commas, and those are
 * counted here (docs/decisions/0025-json-strings.md).
 */
struct json {
    yajl_gen strings;
    struct buffer scratch;
    int comma; /* one stands before the next value */
    size_t used;
    char output[OUTPUT_SIZE];
};

static void flush(struct json *json)
{
    /* A failed write is noticed once, when the program ends. */
    fwrite(json->output, 1, json->used, stdout);
    json->used = 0;
}

static void print(void *user, const char *text, size_t length)
{
    struct json *json = user;

    if (length > OUTPUT_SIZE - json->used)
        flush(json);
    if (length > OUTPUT_SIZE) {
        fwrite(text, 1, length, stdout);
        return;
    }
    if (length > 0) /* an empty text may be NULL */
        memcpy(json->output + json->used, text, length);
    json->used += length;
}

static void print_char(struct json *json, char c)
{
    if (json->used == OUTPUT_SIZE)
        flush(json);
    json->output[json->used++] = c;
}

struct json *json_new(void)
{
    struct json *json = memory_zeroed(1, sizeof *json);

    json->strings = yajl_gen_alloc(NULL);
    if (json->strings == NULL || !yajl_gen_config(json->strings, yajl_gen_print_callback, print, json))
        memory_out();
    return json;
}

void json_free(struct json *json)
{
    if (json == NULL)
        return;
    flush(json);
    yajl_gen_free(json->strings);
    buffer_free(&json->scratch);
    free(json);
}

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/* What a text has that cannot stand between quotation marks as it is; bits. */
enum { NEEDS_ESCAPE = 1, BEYOND_ASCII = 2 };

/* Of eight bytes, whether one is a control byte, a quotation mark or a backslash. */
static uint64_t escapes(uint64_t word)
{
    uint64_t quote = word ^ ONES * '"', slash = word ^ ONES * '\\';

    return (((word - ONES * 0x20) & ~word) | ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash)) & HIGHS;
}

/* The bytes of a text of one to seven in a word; some stand in it twice. */
static uint64_t short_word(const char *text, size_t length)
{
    uint32_t first, last;

    if (length < sizeof first)
        return (ONES & ~UINT64_C(0xFFFFFF)) * ' ' | (unsigned char)text[0] | (uint32_t)(unsigned char)text[length / 2] << 8 |
               (uint32_t)(unsigned char)text[length - 1] << 16;
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + length - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

static int look(const char *text, size_t length)
{
    uint64_t word, high = 0, found = 0;
    size_t at = 0;

    for (; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        found |= escapes(word);
        high |= word;
    }
    if (at < length) {
        /* The last eight again, where there are so many. */
        if (at > 0)
            memcpy(&word, text + length - sizeof word, sizeof word);
        else
            word = short_word(text, length);
        found |= escapes(word);
        high |= word;
    }
    return (found ? NEEDS_ESCAPE : 0) | (high & HIGHS ? BEYOND_ASCII : 0);
}

static void print_plain(struct json *json, const char *text, size_t length)
{
    if (length + 2 > OUTPUT_SIZE - json->used) {
        print_char(json, '"');
        print(json, text, length);
        print_char(json, '"');
        return;
    }
    json->output[json->used] = '"';
    if (length > 0)
        memcpy(json->output + json->used + 1, text, length);
    json->output[json->used + length + 1] = '"';
    json->used += length + 2;
}

/* UTF-8. */
static void print_string(struct json *json, const char *text, size_t length)
{
    if (!(look(text, length) & NEEDS_ESCAPE)) {
        print_plain(json, text, length);
        return;
    }
    yajl_gen_reset(json->strings, NULL);
    yajl_gen_string(json->strings, (const unsigned char *)text, length);
}

/* What stands in front of a value: a comma, the name of the member. Names need no escape. */
static void name(struct json *json, const char *key)
{
    if (json->comma)
        print_char(json, ',');
    json->comma = 1;
    if (key == NULL)
        return;
    print_plain(json, key, strlen(key));
    print_char(json, ':');
}

void json_line_begin(struct json *json)
{
    json->comma = 0;
    json_object_begin(json, NULL);
    json_number(json, "v", 1);
}

void json_line_end(struct json *json)
{
    json_object_end(json);
    print_char(json, '\n');
    json->comma = 0;
    flush(json);
}

static void open_with(struct json *json, const char *key, char bracket)
{
    name(json, key);
    print_char(json, bracket);
    json->comma = 0;
}

static void close_with(struct json *json, char bracket)
{
    print_char(json, bracket);
    json->comma = 1;
}

void json_object_begin(struct json *json, const char *key)
{
    open_with(json, key, '{');
}

void json_object_end(struct json *json)
{
    close_with(json, '}');
}

void json_array_begin(struct json *json, const char *key)
{
    open_with(json, key, '[');
}

void json_array_end(struct json *json)
{
    close_with(json, ']');
}

void json_null(struct json *json, const char *key)
{
    name(json, key);
    print(json, "null", 4);
}

void json_bool(struct json *json, const char *key, int value)
{
    name(json, key);
    print(json, value ? "true" : "false", value ? 4 : 5);
}

void json_number(struct json *json, const char *key, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    name(json, key);
    print(json, digits + at, sizeof digits - at);
}

/* Writes `length` bytes of `charset`, in pieces: the decoder says how much room it needs. */
static void decoded(struct json *json, const char *text, size_t length, int32_t charset)
{
    size_t needed;

    /* Printing ASCII is the same in all sets but one. */
    if (charset != MT940_CHARSET_DIN_66003 && look(text, length) == 0) {
        print_plain(json, text, length);
        return;
    }
    json->scratch.length = 0;
    buffer_reserve(&json->scratch, length * 3 + 1);
    needed = mt940_charset_decode(charset, text, length, json->scratch.data, json->scratch.capacity, NULL);
    if (needed > json->scratch.capacity) {
        buffer_reserve(&json->scratch, needed);
        needed = mt940_charset_decode(charset, text, length, json->scratch.data, json->scratch.capacity, NULL);
    }
    print_string(json, json->scratch.data, needed);
}

void json_text(struct json *json, const char *key, const char *text, size_t length)
{
    name(json, key);
    decoded(json, text, length, MT940_CHARSET_UTF8);
}

void json_word(struct json *json, const char *key, const char *word)
{
    if (word == NULL || word[0] == '\0')
        json_null(json, key);
    else
        json_text(json, key, word, strlen(word));
}

void json_view(struct json *json, const char *key, const struct mt940_view *view)
{
    if (view->length == 0)
        json_null(json, key);
    else
        json_text(json, key, view->data, view->length);
}

void json_decoded(struct json *json, const char *key, const struct mt940_view *view, int32_t charset)
{
    if (view->length == 0) {
        json_null(json, key);
        return;
    }
    name(json, key);
    decoded(json, view->data, view->length, charset);
}

void json_string(struct json *json, const char *text, size_t length, int32_t charset)
{
    name(json, NULL);
    decoded(json, text, length, charset);
}

void json_date(struct json *json, const char *key, const struct mt940_date *date)
{
    char text[11];

    json_word(json, key, date->year != 0 && mt940_date_format(date, text) == MT940_OK ? text : NULL);
}

void json_amount(struct json *json, const char *key, const struct mt940_amount *amount, int sign)
{
    int digits = mt940_currency_digits(amount->currency, strlen(amount->currency));
    int64_t units = sign < 0 && amount->units != INT64_MIN ? -amount->units : amount->units;
    char text[40];

    json_word(json, key, mt940_decimal_format(units, amount->scale, digits < 0 ? 0 : digits, text) < 0 ? NULL : text);
}

void json_money(struct json *json, const char *key, int64_t units, const struct mt940_view *currency)
{
    int digits = mt940_currency_digits(currency->data, currency->length);
    struct mt940_amount amount = {.units = units, .scale = digits < 0 ? 2 : digits};

    mt940_view_copy(currency, amount.currency, sizeof amount.currency);
    json_amount(json, key, &amount, 1);
}

void json_base64(struct json *json, const char *key, const void *bytes, size_t length)
{
    json->scratch.length = 0;
    base64_encode(bytes, length, &json->scratch);
    name(json, key);
    print_plain(json, json->scratch.data, json->scratch.length);
}
