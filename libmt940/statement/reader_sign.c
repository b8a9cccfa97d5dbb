/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_sign.c: fields that statements do not have and other messages do (other.def).
 */
#include "statement/reader_sign.h"

#include <string.h>

#include "statement/report.h"

enum { other_anywhere, other_behind_account };

static const struct sign {
    char tag[4];
    int where;
    const char *types;
} signs[] = {
#define ANY other_anywhere
#define WITH other_behind_account
#define MT940_OTHER(tag, where, types) {tag, where, types},
#include "statement/other.def"
#undef MT940_OTHER
#undef WITH
#undef ANY
};

/* What a message with this field looks like, or NULL. */
static const struct sign *find_sign(const struct mt940_assembly *message, const struct mt940_item *item)
{
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strcmp(signs[i].tag, item->tag.text) == 0 && (signs[i].where == other_anywhere || message->account.present))
            return &signs[i];
    return NULL;
}

/* Behind its header nothing makes another message of a statement. */
void mt940_other_notice(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    if (message->begun || message->other_types || message->opening_raw.present || message->trailer.total_count ||
        (reader->type_hint && !reader->other.type))
        return;
    const struct sign *sign = find_sign(message, item);
    if (!sign)
        return;
    message->other = true;
    message->other_types = sign->types;
    mt940_place_in(item, 0, "", &reader->other.sign);
    reader->other.sign.tag = sign->tag;
}
