/* SPDX-License-Identifier: Apache-2.0
 *
 * json.c: JSON Lines through yajl. Must not know what the objects mean.
 */
#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <mt940connect/charset.h>
#include <yajl/yajl_gen.h>

#include "base64.h"
#include "plain.h"

static void send(struct json *json, const char *text, size_t length)
{
    if (json->keeps)
        buffer_add(&json->kept, text, length);
    else
        fwrite(text, 1, length, stdout); /* a failure is noticed once, when the program ends */
}

void json_flush(struct json *json)
{
    send(json, json->output, json->used);
    json->used = 0;
}

static void print(void *user, const char *text, size_t length)
{
    struct json *json = user;

    if (json->used + length > JSON_OUTPUT)
        json_flush(json);
    if (length > JSON_OUTPUT) {
        send(json, text, length);
        return;
    }
    if (length > 0) /* an empty text may be NULL */
        memcpy(json->output + json->used, text, length);
    json->used += length;
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
    json_flush(json);
    yajl_gen_free(json->strings);
    buffer_free(&json->scratch);
    buffer_free(&json->kept);
    free(json);
}

void json_keep(struct json *json)
{
    json->keeps = 1;
}

size_t json_kept(const struct json *json)
{
    return json->kept.length + json->used;
}

void json_write_kept(const struct json *json, size_t *from, size_t to)
{
    size_t before = json->kept.length, end = to < before ? to : before;

    if (*from < end) {
        fwrite(json->kept.data + *from, 1, end - *from, stdout);
        *from = end;
    }
    if (*from < to)
        fwrite(json->output + (*from - before), 1, to - *from, stdout);
    *from = to;
}

void json_drop_kept(struct json *json)
{
    buffer_empty(&json->kept);
    buffer_empty(&json->scratch);
    json->used = 0;
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
    json_put_literal(json, "\n");
    json->comma = 0;
    if (!json->keeps)
        json_flush(json);
}

void json_put_plain(struct json *json, const char *text, size_t length)
{
    char *out = json->output + json->used;

    if (length <= JSON_SHORT) {
        out[0] = '"';
        if (length > 0)
            memcpy(out + 1, text, length);
        out[length + 1] = '"';
        json->used += length + 2;
        return;
    }
    json->output[json->used++] = '"';
    print(json, text, length);
    json->output[json->used++] = '"';
}

/* UTF-8. */
static void put_utf8(struct json *json, const char *text, size_t length)
{
    if (!(plain_look(text, length) & PLAIN_NEEDS_ESCAPE)) {
        json_put_plain(json, text, length);
        return;
    }
    yajl_gen_reset(json->strings, NULL);
    yajl_gen_string(json->strings, (const unsigned char *)text, length);
}

void json_bool(struct json *json, const char *key, int value)
{
    json_name(json, key);
    json_put_literal(json, value ? "true" : "false");
}

void json_put_number(struct json *json, int64_t value)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do
        digits[--at] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        digits[--at] = '-';
    memcpy(json->output + json->used, digits + at, sizeof digits - at);
    json->used += sizeof digits - at;
}

/* Most texts are short and plain: they are looked at while they are copied. 0 = this one is not. */
static int put_short(struct json *json, const char *text, size_t length, int32_t charset)
{
    char *out = json->output + json->used;

    if (length > JSON_SHORT || !plain_charset(charset) || !plain_copy(text, length, out + 1))
        return 0;
    out[0] = out[length + 1] = '"';
    json->used += length + 2;
    return 1;
}

/* Writes `length` bytes of `charset`, in pieces: the decoder says how much room it needs. */
static void decoded(struct json *json, const char *text, size_t length, int32_t charset)
{
    size_t needed;

    if (put_short(json, text, length, charset))
        return;
    if (plain_in(charset, text, length)) {
        json_put_plain(json, text, length);
        return;
    }
    json->scratch.length = 0;
    buffer_reserve(&json->scratch, length * 3 + 1);
    needed = mt940_charset_decode(charset, text, length, json->scratch.data, json->scratch.capacity, NULL);
    if (needed > json->scratch.capacity) {
        buffer_reserve(&json->scratch, needed);
        needed = mt940_charset_decode(charset, text, length, json->scratch.data, json->scratch.capacity, NULL);
    }
    put_utf8(json, json->scratch.data, needed);
}

void json_put_text(struct json *json, const char *text, size_t length)
{
    decoded(json, text, length, MT940_CHARSET_UTF8);
}

void json_decoded_text(struct json *json, const char *key, const char *text, size_t length)
{
    json_name(json, key);
    put_utf8(json, text, length);
}

void json_decoded(struct json *json, const char *key, const struct mt940_view *view, int32_t charset)
{
    if (view->length == 0) {
        json_null(json, key);
        return;
    }
    json_name(json, key);
    decoded(json, view->data, view->length, charset);
}

void json_string(struct json *json, const char *text, size_t length, int32_t charset)
{
    json_name(json, NULL);
    decoded(json, text, length, charset);
}

void json_date(struct json *json, const char *key, const struct mt940_date *date)
{
    enum { length = 10 };
    char *out;

    json_name(json, key);
    out = json->output + json->used;
    if (date->year == 0 || mt940_date_format(date, out + 1) != MT940_OK) {
        json_put_literal(json, "null");
        return;
    }
    out[0] = out[length + 1] = '"';
    json->used += length + 2;
}

/* Movements of a statement have one currency. */
static int digits_of(struct json *json, const char *currency)
{
    if (json->currency[0] == '\0' || strcmp(json->currency, currency) != 0) {
        int digits = mt940_currency_digits(currency, strlen(currency));

        memcpy(json->currency, currency, sizeof json->currency);
        json->currency_digits = digits < 0 ? 0 : digits;
    }
    return json->currency_digits;
}

void json_amount(struct json *json, const char *key, const struct mt940_amount *amount, int sign)
{
    int64_t units = sign < 0 && amount->units != INT64_MIN ? -amount->units : amount->units;
    char *out;
    int length;

    json_name(json, key);
    out = json->output + json->used;
    length = mt940_decimal_format(units, amount->scale, digits_of(json, amount->currency), out + 1);
    if (length < 0) {
        json_put_literal(json, "null");
        return;
    }
    out[0] = out[length + 1] = '"';
    json->used += (size_t)length + 2;
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
    json_name(json, key);
    json_put_plain(json, json->scratch.data, json->scratch.length);
}
