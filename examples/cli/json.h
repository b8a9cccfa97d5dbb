/* SPDX-License-Identifier: Apache-2.0
 *
 * json.h: writes JSON Lines to stdout, or keeps them until it is their turn. Strings with something to escape are
 * yajl's work, the rest is copied (docs/decisions/0025-json-strings.md).
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <string.h>

#include <mt940connect/base.h>

#include "buffer.h"

/*
 * Bytes that are kept before they are written; the room that is left behind a name for a short value and brackets; and how
 * many bytes a short text has.
 */
enum { JSON_OUTPUT = 262144, JSON_ROOM = 256, JSON_SHORT = 128 };

struct yajl_gen_t;

/* Seen from outside only so that names and brackets are put without a call. */
struct json {
    struct yajl_gen_t *strings;
    struct buffer scratch;
    struct buffer kept; /* what was written before `output` and must not go out yet */
    int keeps;
    int comma; /* one stands before the next value */
    size_t used;
    char currency[4]; /* the last one, and its digits */
    int currency_digits;
    char output[JSON_OUTPUT + JSON_ROOM];
};

struct json *json_new(void);
void json_free(struct json *json);
void json_flush(struct json *json);

/* From here on what is written stays until it is asked for. */
void json_keep(struct json *json);
/* Bytes that were kept so far. */
size_t json_kept(const struct json *json);
/* Writes the kept bytes from `*from` up to `to` to stdout; then *from is `to`. */
void json_write_kept(const struct json *json, size_t *from, size_t to);
/* Forgets what was kept. */
void json_drop_kept(struct json *json);

/* One line: an object that begins with "v":1, and its end. */
void json_line_begin(struct json *json);
void json_line_end(struct json *json);

/* The value behind a name. */
void json_put_text(struct json *json, const char *text, size_t length);
void json_put_plain(struct json *json, const char *text, size_t length);
void json_put_number(struct json *json, int64_t value);

/* Of a literal, whose length is known where this is called. */
static inline void json_put_literal(struct json *json, const char *literal)
{
    memcpy(json->output + json->used, literal, strlen(literal));
    json->used += strlen(literal);
}

/*
 * What stands in front of a value: a comma where one belongs, and in an object the name of the member; in an array `key`
 * is NULL. Names need no escape, and have at most 64 bytes. Most are literals: they are copied in a few instructions.
 */
static inline void json_name(struct json *json, const char *key)
{
    if (json->used > JSON_OUTPUT)
        json_flush(json);
    json->output[json->used] = ',';
    json->used += (size_t)json->comma;
    json->comma = 1;
    if (key == NULL)
        return;
    json->output[json->used++] = '"';
    json_put_literal(json, key);
    json_put_literal(json, "\":");
}

static inline void json_open(struct json *json, const char *key, char bracket)
{
    json_name(json, key);
    json->output[json->used++] = bracket;
    json->comma = 0;
}

static inline void json_close(struct json *json, char bracket)
{
    json->output[json->used++] = bracket;
    json->comma = 1;
}

static inline void json_object_begin(struct json *json, const char *key)
{
    json_open(json, key, '{');
}

static inline void json_object_end(struct json *json)
{
    json_close(json, '}');
}

static inline void json_array_begin(struct json *json, const char *key)
{
    json_open(json, key, '[');
}

static inline void json_array_end(struct json *json)
{
    json_close(json, ']');
}

static inline void json_null(struct json *json, const char *key)
{
    json_name(json, key);
    json_put_literal(json, "null");
}

static inline void json_number(struct json *json, const char *key, int64_t value)
{
    json_name(json, key);
    json_put_number(json, value);
}

/* Text; bytes that are no UTF-8 become U+FFFD. */
static inline void json_text(struct json *json, const char *key, const char *text, size_t length)
{
    json_name(json, key);
    json_put_text(json, text, length);
}

/* Text of which is known that it is UTF-8 with nothing to escape (plain.h). */
static inline void json_plain(struct json *json, const char *key, const char *text, size_t length)
{
    json_name(json, key);
    json_put_plain(json, text, length);
}

/* NUL-terminated; NULL and "" are null. */
static inline void json_word(struct json *json, const char *key, const char *word)
{
    if (word == NULL || word[0] == '\0')
        json_null(json, key);
    else
        json_text(json, key, word, strlen(word));
}

/* The same for words that the command or the library made of printing ASCII: names, numbers, IBANs. */
static inline void json_known(struct json *json, const char *key, const char *word)
{
    if (word == NULL || word[0] == '\0')
        json_null(json, key);
    else
        json_plain(json, key, word, strlen(word));
}

/* One character; NUL is null. */
static inline void json_letter(struct json *json, const char *key, char letter)
{
    char word[2] = {letter, '\0'};

    if (letter >= 'A' && letter <= 'Z')
        json_plain(json, key, word, 1);
    else
        json_word(json, key, word);
}

/* Empty views are null. */
static inline void json_view(struct json *json, const char *key, const struct mt940_view *view)
{
    if (view->length == 0)
        json_null(json, key);
    else
        json_text(json, key, view->data, view->length);
}

void json_bool(struct json *json, const char *key, int value);
/* UTF-8 as the library decoded it: only what must be is escaped. */
void json_decoded_text(struct json *json, const char *key, const char *text, size_t length);
/* Bytes of a bank file as text of `charset`; empty is null. */
void json_decoded(struct json *json, const char *key, const struct mt940_view *view, int32_t charset);
/* The same in an array, and "" stays "". */
void json_string(struct json *json, const char *text, size_t length, int32_t charset);
/* "YYYY-MM-DD", absent is null. */
void json_date(struct json *json, const char *key, const struct mt940_date *date);
/* A decimal string with at least the currency's digits; `sign` -1 turns it round. */
void json_amount(struct json *json, const char *key, const struct mt940_amount *amount, int sign);
/* Minor units of a currency. */
void json_money(struct json *json, const char *key, int64_t units, const struct mt940_view *currency);
void json_base64(struct json *json, const char *key, const void *bytes, size_t length);

#endif
