/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson_key.c: what of a movement is remembered: an IBAN, a name, or the shape of a text. Knows
 * nothing of lessons already learned.
 */
#include "mt940connect/lesson.h"

#include "base/export.h"
#include "base/sha256.h"
#include "match/directory_account.h"
#include "match/facts_iban.h"
#include "match/name_query.h"
#include "mt940connect/fold.h"

/* Texts are looked at so far; their skeletons are at most four times as long. */
#define TEXT_MOST 1024
/* A longer shape is cut here and told apart by a digest. */
#define SHAPE_CUT 200
#define DIGEST_BYTES 8
/* A word of fewer letters says nothing of anybody. */
#define WORD_SHORTEST 3

static void add_key(struct mt940_lesson_keys *keys, int32_t basis, struct mt940_view value)
{
    struct mt940_lesson_key *key = &keys->key[keys->count++];

    key->basis = basis;
    key->length = (uint32_t)value.length;
    memcpy(key->value, value.data, value.length);
    key->value[value.length] = 0;
}

/* Own accounts and collectors say nothing about who pays. */
static bool is_foreign(const struct mt940_directory *directory, const struct mt940_view *iban)
{
    return mt940_directory_own_iban(directory, iban) == NULL;
}

static bool is_collector(const struct mt940_directory *directory, const struct mt940_view *iban)
{
    struct mt940_directory_hit hits[8];
    size_t count = mt940_directory_by_iban(directory, iban, hits, 8);

    for (size_t i = 0; i < count && i < 8; i++)
        if (hits[i].collector)
            return true;
    return count > 8; /* nobody shares an account with so many */
}

/* Adds the counterparty's IBAN; false when foreign ones leave it open, or the other side is an own account. */
static bool read_iban(const struct mt940_directory *directory, const struct mt940_facts *facts,
                      struct mt940_lesson_keys *keys)
{
    uint32_t foreign = 0;
    struct mt940_view iban;
    int32_t chosen;

    for (uint32_t i = 0; i < facts->iban_count; i++) {
        iban = mt940_view_of(facts->ibans[i].canonical, strlen(facts->ibans[i].canonical));
        if (is_foreign(directory, &iban))
            foreign |= UINT32_C(1) << i;
    }
    if (foreign == 0)
        return facts->iban_count == 0;
    chosen = mt940_facts_choose_iban(facts, foreign);
    if (chosen < 0)
        return false;
    iban = mt940_view_of(facts->ibans[chosen].canonical, strlen(facts->ibans[chosen].canonical));
    if (facts->ibans[chosen].where.field != MT940_FACT_CUSTOMER_REFERENCE && !is_collector(directory, &iban))
        add_key(keys, MT940_LESSON_BASIS_IBAN, iban);
    return true;
}

/* The skeleton of a text; empty when there is more than room for. */
static struct mt940_view skeleton(struct mt940_view text, char *out, size_t capacity)
{
    size_t length = mt940_fold_skeleton(text.data, text.length, out, capacity, NULL);

    return mt940_view_of(out, length <= capacity ? length : 0);
}

static void read_name(const struct mt940_directory *directory, const struct mt940_facts *facts,
                      struct mt940_lesson_keys *keys)
{
    char name[MT940_LESSON_VALUE - 1], own[MT940_LESSON_VALUE - 1];
    struct mt940_view value, title;

    if (facts->name.field == MT940_FACT_NOWHERE)
        return;
    value = skeleton(facts->name.text, name, sizeof(name));
    title = skeleton(directory->company.title, own, sizeof(own));
    if (value.length >= WORD_SHORTEST && !mt940_view_equal(&value, &title))
        add_key(keys, MT940_LESSON_BASIS_NAME, value);
}

/* Whether a text has a word that is not a bank's own. */
static bool is_telling(struct mt940_view text)
{
    struct mt940_name_word words[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of_text(&text, words);

    for (size_t i = 0; i < count; i++)
        if (words[i].kind == MT940_NAME_PLAIN && !(words[i].flags & MT940_NAME_DIGITS) &&
            words[i].key_length >= WORD_SHORTEST)
            return true;
    return false;
}

static bool has_digit(struct mt940_view word)
{
    for (size_t i = 0; i < word.length; i++)
        if (mt940_ascii_is_digit(word.data[i]))
            return true;
    return false;
}

/* Leaves out words with digits, in place: dates, times and numbers differ every time. */
static size_t drop_numbers(char *text, size_t length)
{
    size_t out = 0, at = 0;

    while (at < length) {
        size_t start = at;

        while (at < length && text[at] != ' ')
            at++;
        if (at > start && !has_digit(mt940_view_of(text + start, at - start))) {
            if (out > 0)
                text[out++] = ' ';
            memmove(text + out, text + start, at - start);
            out += at - start;
        }
        at++;
    }
    return out;
}

/* A long shape keeps its beginning, for people, and a digest of all of it. */
static size_t shorten(char *text, size_t length)
{
    uint8_t digest[32];
    struct mt940_sha256 hash;

    if (length < MT940_LESSON_VALUE)
        return length;
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, text, length);
    mt940_sha256_final(&hash, digest);
    text[SHAPE_CUT] = ' ';
    mt940_hex(digest, DIGEST_BYTES, text + SHAPE_CUT + 1);
    return SHAPE_CUT + 1 + 2 * DIGEST_BYTES;
}

static void read_shape(const struct mt940_facts *facts, struct mt940_lesson_keys *keys)
{
    struct mt940_view text = facts->text[MT940_FACT_NARRATIVE];
    char shape[4 * TEXT_MOST];
    size_t length;

    if (text.length > TEXT_MOST)
        text.length = TEXT_MOST;
    if (text.length == 0 || !is_telling(text))
        return;
    length = drop_numbers(shape, skeleton(text, shape, sizeof(shape)).length);
    length = shorten(shape, length);
    if (length >= WORD_SHORTEST)
        add_key(keys, MT940_LESSON_BASIS_TEXT, mt940_view_of(shape, length));
}

MT940_EXPORT int mt940_lesson_keys_read(const struct mt940_directory *directory, const struct mt940_facts *facts,
                                        struct mt940_lesson_keys *out)
{
    if (!directory || !facts || facts->size < sizeof(*facts) || !out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    if (!read_iban(directory, facts, out))
        return MT940_OK;
    read_name(directory, facts, out);
    if (out->count == 0)
        read_shape(facts, out);
    return MT940_OK;
}
