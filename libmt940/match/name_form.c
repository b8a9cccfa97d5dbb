/* SPDX-License-Identifier: Apache-2.0
 *
 * name_form.c: brings words into canonical form by the table of forms. Knows the table, not what
 * is compared with it.
 */
#include <string.h>

#include "base/bytes.h"
#include "match/name_word.h"

/* The first eight letters, the first one lowest, 0 behind the last: all are read, whatever stands behind it. */
static inline uint64_t letters_of(const struct mt940_name_word *word)
{
    uint64_t letters = mt940_bytes_in_order(word->key), behind = word->key_length < 8 ? word->key_length : 8;

    return behind < 8 ? letters & ~(UINT64_MAX << 8 * behind) : letters;
}

/* The same as in gen_name.py. */
static inline uint32_t slot_of(uint64_t letters, size_t length)
{
    return (uint32_t)((letters + length) * UINT64_C(0x9E3779B97F4A7C15) >> MT940_NAME_FORM_SHIFT);
}

/* A word as read against one of the table, a '?' fitting any letter. */
static bool word_fits(const struct mt940_name_word *word, const char *text, size_t length)
{
    if (word->key_length != length)
        return false;
    if (!(word->flags & MT940_NAME_WILD))
        return memcmp(word->key, text, length) == 0;
    for (size_t i = 0; i < length; i++)
        if (word->key[i] != text[i] && word->key[i] != '?')
            return false;
    return true;
}

/* The words behind the first one. */
static bool rest_fits(const struct mt940_name_form *form, const struct mt940_name_word *words, size_t count)
{
    const char *at = form->words + form->first_length;

    if (form->count > count || (form->count > 1 && form->second != letters_of(&words[1]) &&
                                !(words[1].flags & MT940_NAME_WILD)))
        return false;
    for (size_t i = 1; i < form->count; i++) {
        size_t length = strcspn(++at, " ");

        if (words[i].flags & MT940_NAME_BREAK || !word_fits(&words[i], at, length))
            return false;
        at += length;
    }
    return true;
}

static bool form_fits(const struct mt940_name_form *form, const struct mt940_name_word *words, size_t count)
{
    return word_fits(&words[0], form->words, form->first_length) && rest_fits(form, words, count);
}

/* The first of the forms that begin with this word; NULL when there are none. */
static const struct mt940_name_form *first_form(const struct mt940_name_word *word)
{
    uint64_t letters = letters_of(word);
    size_t length = word->key_length;

    for (uint32_t slot = slot_of(letters, length); mt940_name_form_slots[slot] != 0;
         slot = (slot + 1) % MT940_NAME_FORM_SLOTS) {
        const struct mt940_name_form *form = &mt940_name_forms[mt940_name_form_slots[slot] - 1];

        if (form->first == letters && form->first_length == length &&
            (length <= 8 || memcmp(word->key + 8, form->words + 8, length - 8) == 0))
            return form;
    }
    return NULL;
}

/*
 * A word with lost letters: the one canonical word that fits it, through any of its forms; none
 * when two different ones do. All of its letters lost is no word.
 */
static const struct mt940_name_form *find_wild(const struct mt940_name_word *words, size_t count)
{
    const struct mt940_name_form *found = NULL;
    size_t known = 0;

    for (size_t i = 0; i < words[0].key_length; i++)
        known += words[0].key[i] != '?';
    if (known == 0)
        return NULL;
    for (uint32_t i = 0; i < mt940_name_form_count; i++) {
        const struct mt940_name_form *form = &mt940_name_forms[i];

        if (form->kind == MT940_NAME_STOP || form->kind == MT940_NAME_WEAK || !form_fits(form, words, count))
            continue;
        if (!found || form->count > found->count)
            found = form;
        else if (form->count == found->count && strcmp(form->canonical, found->canonical) != 0)
            return NULL;
    }
    return found;
}

const struct mt940_name_form *mt940_name_form_find(const struct mt940_name_word *words, size_t count)
{
    const struct mt940_name_form *form;

    if (words[0].flags & MT940_NAME_WILD)
        return find_wild(words, count);
    form = first_form(&words[0]);
    for (size_t left = form ? form->alike : 0; left > 0; left--, form++)
        if (rest_fits(form, words, count))
            return form;
    return NULL;
}

/* Puts the canonical word in place of the words of a form; the span is that of all of them. */
static void replace(struct mt940_name_word *word, const struct mt940_name_word *last,
                    const struct mt940_name_form *form)
{
    word->length = last->offset + last->length - word->offset;
    word->flags = (uint8_t)(word->flags & MT940_NAME_BREAK);
    word->key_length = form->canonical_length;
    memcpy(word->key, form->canonical, sizeof(word->key));
}

size_t mt940_name_canonical(struct mt940_name_word *words, size_t count)
{
    size_t kept = 0;

    for (size_t at = 0; at < count;) {
        const struct mt940_name_form *form = mt940_name_form_find(&words[at], count - at);
        size_t used = form ? form->count : 1;

        if (form && form->kind == MT940_NAME_LEGAL && kept == 0 && form->count == 1)
            form = NULL;
        if (kept != at)
            words[kept] = words[at];
        if (form && form->kind == MT940_NAME_WEAK)
            words[kept].weak = form->canonical;
        if (form && (form->kind == MT940_NAME_LEGAL || form->kind == MT940_NAME_WORD))
            replace(&words[kept], &words[at + used - 1], form);
        if (form)
            words[kept].kind = form->kind;
        else
            mt940_name_sound(&words[kept]);
        kept += !form || form->kind != MT940_NAME_DROP;
        at += used;
    }
    return kept;
}
