/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_narrative.c: a narrative before and after its words were replaced, as a reader splits it. Letters that were
 * drawn may happen to be a code, or to hide one: then others are drawn. Must not know how words are replaced.
 */
#include "statement/disguise.h"

#include "mt940connect/charset.h"
#include "mt940connect/narrative.h"

enum { fields_most = 64, sets_most = 2 };

/* A narrative that was split. */
struct split {
    struct mt940_narrative narrative;
    struct mt940_narrative_field fields[fields_most];
};

static void split(struct mt940_view raw, int32_t charset, char *buffer, struct split *out)
{
    struct mt940_narrative_input input = {sizeof input, raw, charset, 0};

    out->narrative.size = sizeof out->narrative;
    (void)mt940_narrative_read(&input, buffer, mt940_narrative_room(raw.length), out->fields, fields_most,
                               &out->narrative);
}

/* A code nobody knows may be a name between slashes. */
static bool same_code(const struct mt940_narrative_field *a, const struct mt940_narrative_field *b)
{
    if (a->meaning != b->meaning || a->code.length != b->code.length)
        return false;
    return mt940_view_equal(&a->code, &b->code) == 1 ||
           (a->meaning == MT940_NARRATIVE_NOTHING && a->code.length > 1);
}

static int compare_splits(const struct split *a, const struct split *b)
{
    if (a->narrative.dialect != b->narrative.dialect || a->narrative.separator != b->narrative.separator ||
        a->narrative.field_count != b->narrative.field_count)
        return MT940_DISGUISE_DIFFERS;
    for (size_t i = 0; i < a->narrative.field_count && i < fields_most; i++)
        if (!same_code(&a->fields[i], &b->fields[i]))
            return MT940_DISGUISE_ALIKE;
    return MT940_DISGUISE_SAME;
}

/* A narrative as it was, and how it is split in each set that it may be in. */
struct original {
    const struct mt940_disguise *disguise;
    struct split splits[sets_most];
    int32_t charsets[sets_most];
    size_t count;
};

/* Behind the text as it was there is room for a reading of it in each set, and for one of another text. */
static char *room_of(const struct original *original, size_t length, size_t number)
{
    return (char *)original->disguise->before + length + number * mt940_narrative_room(length);
}

static int compare(void *user, struct mt940_view before, struct mt940_view after)
{
    struct original *original = user;
    struct split new;
    int likeness = mt940_same_lines(before, after) ? MT940_DISGUISE_SAME : MT940_DISGUISE_DIFFERS;

    for (size_t i = 0; i < original->count && likeness != MT940_DISGUISE_DIFFERS; i++) {
        /* What it was is read once, when it is first asked for. */
        if (original->splits[i].narrative.size == 0)
            split(before, original->charsets[i], room_of(original, before.length, i), &original->splits[i]);
        split(after, original->charsets[i], room_of(original, before.length, sets_most), &new);
        int other = compare_splits(&original->splits[i], &new);
        likeness = other > likeness ? other : likeness;
    }
    return likeness;
}

/*
 * Which set the statement is in is not known yet, for other texts of it count as well: if this one is not ASCII both are
 * compared in UTF-8, where letters may be cut, and in a set of one byte a letter.
 */
static void choose_sets(struct original *original, struct mt940_view raw)
{
    struct mt940_charset_evidence evidence;

    memset(&evidence, 0, sizeof evidence);
    mt940_charset_observe(&evidence, raw.data, raw.length);
    int32_t verdict = mt940_charset_verdict(&evidence);
    original->charsets[original->count++] = verdict;
    if (verdict != MT940_CHARSET_ASCII)
        original->charsets[original->count++] =
            verdict == MT940_CHARSET_UTF8 ? MT940_CHARSET_WINDOWS_1254 : MT940_CHARSET_UTF8;
}

void mt940_disguise_narrative(struct mt940_disguise *disguise, char *raw, size_t length)
{
    struct original original;
    size_t room = mt940_narrative_room(length);

    if (length == 0)
        return;
    original.disguise = disguise;
    original.count = 0;
    for (size_t i = 0; i < sets_most; i++)
        original.splits[i].narrative.size = 0;
    choose_sets(&original, mt940_view_of(raw, length));
    room = room > SIZE_MAX / (sets_most + 1) ? SIZE_MAX : room * (sets_most + 1);
    mt940_disguise_guarded(disguise, raw, length, 0, room, compare, &original);
}
