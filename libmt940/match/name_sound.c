/* SPDX-License-Identifier: Apache-2.0
 *
 * name_sound.c: brings surnames of Azerbaijan to one spelling by the table of sounds. Knows the table and one word.
 */
#include <string.h>

#include "match/name_word.h"

/* Shorter words, or with less before the ending, are no such surnames. */
#define SHORTEST 5
#define STEM 2

struct sound {
    const char *written, *canonical;
};

#define MT940_ENDING(written, canonical) {written, canonical},
#define MT940_SOUND(written, canonical)
static const struct sound endings[] = {
#include "match/name_sounds.def"
};
#undef MT940_ENDING
#undef MT940_SOUND
#define MT940_ENDING(written, canonical)
#define MT940_SOUND(written, canonical) {written, canonical},
static const struct sound sounds[] = {
#include "match/name_sounds.def"
};

/* What one word becomes; longer ones are cut as others are. */
struct spelling {
    char key[MT940_NAME_KEY];
    size_t length;
};

static void put(struct spelling *spelling, char c)
{
    if (spelling->length < MT940_NAME_KEY && (spelling->length == 0 || spelling->key[spelling->length - 1] != c))
        spelling->key[spelling->length++] = c;
}

static void put_text(struct spelling *spelling, const char *text)
{
    for (; *text; text++)
        put(spelling, *text);
}

/* The sound that begins here and ends before `to`; NULL where the letter stays. */
static const struct sound *sound_at(const struct mt940_name_word *word, size_t at, size_t to)
{
    for (size_t i = 0; i < sizeof(sounds) / sizeof(sounds[0]); i++) {
        size_t length = strlen(sounds[i].written);

        if (length <= to - at && memcmp(word->key + at, sounds[i].written, length) == 0)
            return &sounds[i];
    }
    return NULL;
}

static const struct sound *ending_of(const struct mt940_name_word *word)
{
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t length = strlen(endings[i].written);

        if (memcmp(word->key + word->key_length - length, endings[i].written, length) == 0)
            return &endings[i];
    }
    return NULL;
}

void mt940_name_sound(struct mt940_name_word *word)
{
    struct spelling spelling = {.length = 0};
    const struct sound *ending;
    char last = word->key_length < SHORTEST ? '\0' : word->key[word->key_length - 1];
    size_t at = 0, to;

    if ((last != 'V' && last != 'A' && last != 'E' && last != 'H') || word->flags & MT940_NAME_SOUNDED)
        return;
    ending = ending_of(word);
    if (!ending)
        return;
    to = word->key_length - strlen(ending->written);
    if (to < STEM)
        return;
    while (at < to) {
        const struct sound *sound = sound_at(word, at, to);
        char letter[2] = {word->key[at], '\0'};

        put_text(&spelling, sound ? sound->canonical : letter);
        at += sound ? strlen(sound->written) : 1;
    }
    put_text(&spelling, ending->canonical);
    memcpy(word->key, spelling.key, spelling.length);
    word->key_length = (uint8_t)spelling.length;
    word->flags |= MT940_NAME_SOUNDED;
}
