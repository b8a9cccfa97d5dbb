/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_narrative.c: a narrative before and after its words were replaced, as a reader splits it. Letters that were
 * drawn may happen to be a code, or to hide one: then others are drawn. Must not know how words are replaced.
 */
#include "statement/disguise.h"

#include "mt940connect/charset.h"
#include "mt940connect/narrative.h"

enum { fields_most = 64, draws_most = 16 };

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

static bool same_split(const struct split *a, const struct split *b)
{
    bool same = a->narrative.dialect == b->narrative.dialect && a->narrative.separator == b->narrative.separator &&
                a->narrative.field_count == b->narrative.field_count;

    for (size_t i = 0; same && i < a->narrative.field_count && i < fields_most; i++)
        same = same_code(&a->fields[i], &b->fields[i]);
    return same;
}

/* Both are split alike, read in this set. `buffer` has room for two. */
static bool same_in(struct mt940_view before, struct mt940_view after, int32_t charset, char *buffer)
{
    struct split old, new;

    split(before, charset, buffer, &old);
    split(after, charset, buffer + mt940_narrative_room(before.length), &new);
    return same_split(&old, &new);
}

/*
 * A reader finds the same in both. Which set the statement is in is not known yet, for other texts of it count as well:
 * if this one is not ASCII they are compared in UTF-8, where letters may be cut, and in a set of one byte a letter.
 */
static bool same_text(struct mt940_view before, struct mt940_view after, char *buffer)
{
    struct mt940_charset_evidence evidence;

    memset(&evidence, 0, sizeof evidence);
    mt940_charset_observe(&evidence, before.data, before.length);
    int32_t verdict = mt940_charset_verdict(&evidence);
    if (!mt940_same_lines(before, after) || !same_in(before, after, verdict, buffer))
        return false;
    return verdict == MT940_CHARSET_ASCII ||
           same_in(before, after, verdict == MT940_CHARSET_UTF8 ? MT940_CHARSET_WINDOWS_1254 : MT940_CHARSET_UTF8, buffer);
}

void mt940_disguise_narrative(struct mt940_disguise *disguise, char *raw, size_t length)
{
    size_t room = mt940_narrative_room(length);
    char *before = length ? mt940_disguise_keep(disguise, raw, length, room) : NULL;

    if (!before)
        return;
    for (uint32_t draw = 0; mt940_disguise_draw(disguise, draw, draws_most); draw++) {
        memcpy(raw, before, length);
        mt940_disguise_text(disguise, raw, length);
        if (same_text(mt940_view_of(before, length), mt940_view_of(raw, length), before + length))
            break;
    }
    disguise->draws = 0;
}
