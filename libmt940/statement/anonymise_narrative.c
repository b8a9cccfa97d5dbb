/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymise_narrative.c: a narrative before and after its words were replaced, as a reader splits it. Letters that were
 * drawn may happen to be a code, or to hide one: then others are drawn. Must not know how words are replaced.
 */
#include "statement/anonymise.h"

#include "mt940connect/charset.h"
#include "mt940connect/narrative.h"

/* Most narratives stay what they are at the first draw; one that never does keeps that. */
enum { draws_most = 16, fields_most = 64 };

/* A narrative that was split. */
struct split {
    struct mt940_narrative narrative;
    struct mt940_narrative_field fields[fields_most];
};

static void split(struct mt940_view raw, char *buffer, struct split *out)
{
    struct mt940_charset_evidence evidence;
    struct mt940_narrative_input input = {sizeof input, raw, 0, 0};

    memset(&evidence, 0, sizeof evidence);
    mt940_charset_observe(&evidence, raw.data, raw.length);
    input.charset = mt940_charset_verdict(&evidence);
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

/* Room for the bytes as they were, and for two readings. */
static char *keep(struct mt940_disguise *disguise, const char *raw, size_t length)
{
    size_t room = mt940_narrative_room(length);
    int status = room > (SIZE_MAX - length) / 2 ? MT940_E_MEMORY : 0;

    if (status == 0)
        status = mt940_memory_reserve(&disguise->memory, &disguise->before, &disguise->before_capacity,
                                      length + 2 * room, 1);
    if (status) {
        disguise->status = status;
        return NULL;
    }
    memcpy(disguise->before, raw, length);
    return disguise->before;
}

void mt940_disguise_narrative(struct mt940_disguise *disguise, char *raw, size_t length)
{
    struct split old, new;
    char *before = length && !disguise->status ? keep(disguise, raw, length) : NULL;

    if (!before)
        return;
    char *first = before + length, *second = first + mt940_narrative_room(length);
    split(mt940_view_of(before, length), first, &old);
    for (uint32_t draw = 0; draw <= draws_most && disguise->status == 0; draw++) {
        disguise->draws = draw < draws_most ? draw : 0;
        memcpy(raw, before, length);
        mt940_disguise_text(disguise, raw, length);
        split(mt940_view_of(raw, length), second, &new);
        if (same_split(&old, &new))
            break;
    }
    disguise->draws = 0;
}
