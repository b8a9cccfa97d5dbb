/* SPDX-License-Identifier: Apache-2.0
 *
 * phrase.c: looks words up in facts_words.def. Knows the table, not what follows from it.
 */
#include "match/phrase.h"

#include "mt940connect/facts.h"

struct phrase {
    const char *text;
    int32_t type;
    uint32_t meaning;
};

#define MT940_PHRASE(text, type, meaning) {text, MT940_PHRASE_##type, meaning},
static const struct phrase phrases[] = {
#include "match/facts_words.def"
};
#undef MT940_PHRASE

/* Compares one word of a phrase with a key; moves *text behind it. */
static bool word_fits(const char **text, const struct mt940_word *word)
{
    const char *at = *text;
    uint32_t i = 0;

    while (*at && *at != ' ' && *at != '*') {
        if (i == word->key_length || *at != word->key[i])
            return false;
        at++;
        i++;
    }
    if (*at == '*')
        at++;
    else if (i != word->key_length)
        return false;
    if (*at == ' ')
        at++;
    *text = at;
    return true;
}

/* Number of words of the phrase when it stands here, else 0. */
static uint32_t phrase_fits(const struct phrase *phrase, const struct mt940_word *words, size_t count)
{
    const char *text = phrase->text;
    uint32_t used = 0;

    while (*text) {
        if (used == count || !word_fits(&text, &words[used]))
            return 0;
        used++;
    }
    return used;
}

/* The chain of the phrases that may begin with a word; as in gen_phrase.py. */
static size_t chain_of(const struct mt940_word *word)
{
    unsigned first = (unsigned char)word->key[0], second = word->key_length > 1 ? (unsigned char)word->key[1] : 0;

    return (first * 37 + second) % MT940_PHRASE_CHAINS;
}

void mt940_phrase_find(const struct mt940_word *words, size_t count, int32_t types, struct mt940_phrase_found *out)
{
    out->words = 0;
    if (count == 0 || words[0].key_length == 0)
        return;
    for (size_t i = mt940_phrase_first[chain_of(words)]; i > 0; i = mt940_phrase_next[i - 1]) {
        const struct phrase *phrase = &phrases[i - 1];
        uint32_t used;

        if (!(phrase->type & types))
            continue;
        used = phrase_fits(phrase, words, count);
        if (used > out->words) {
            out->words = used;
            out->type = phrase->type;
            out->meaning = phrase->meaning;
        }
    }
}
