/* SPDX-License-Identifier: Apache-2.0
 *
 * scan_item.c: questions to an item of the scanner: its first line, and the narrative that is glued to a movement. Must
 * not know where items come from.
 */
#include "statement/cursor.h"
#include "statement/scan.h"

struct mt940_view mt940_item_line(const struct mt940_item *item)
{
    struct mt940_view value = item->value;
    size_t end = item->first_line;
    if (end < value.length && value.data[end] != '\r' && value.data[end] != '\n')
        return mt940_first_line(value);
    return mt940_view_slice(value, 0, end);
}

bool mt940_item_part(const struct mt940_item *item, struct mt940_item *out)
{
    static const char tag[] = ":86:";
    const size_t length = sizeof tag - 1;
    struct mt940_view line = mt940_item_line(item);
    const char *colon;
    for (size_t at = 0; at < line.length && (colon = memchr(line.data + at, ':', line.length - at)) != NULL; at++) {
        at = (size_t)(colon - line.data);
        if (line.length - at < length || memcmp(colon, tag, length) != 0)
            continue;
        *out = *item;
        out->value = mt940_view_slice(item->value, 0, at);
        out->first_line = at;
        out->narrative = mt940_view_slice(item->value, at + length, item->value.length);
        out->narrative_offset = item->offset + item->tag.length + at;
        out->narrative_line = item->line;
        return true;
    }
    return false;
}
