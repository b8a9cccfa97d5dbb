/* SPDX-License-Identifier: Apache-2.0
 *
 * view.c: the exported helpers on views. Knows bytes, not characters.
 */
#include "base/view.h"

#include "base/export.h"

struct mt940_view mt940_view_strip(struct mt940_view view)
{
    while (view.length && (unsigned char)view.data[0] <= ' ')
        view.data++, view.length--;
    while (view.length && (unsigned char)view.data[view.length - 1] <= ' ')
        view.length--;
    return view;
}

MT940_EXPORT size_t mt940_view_copy(const struct mt940_view *view, char *buffer, size_t capacity)
{
    size_t length = view ? view->length : 0;

    if (capacity > 0 && buffer) {
        size_t take = length < capacity - 1 ? length : capacity - 1;

        if (take > 0)
            memcpy(buffer, view->data, take);
        buffer[take] = '\0';
    }
    return length;
}

MT940_EXPORT void mt940_view_from_string(const char *string, struct mt940_view *out)
{
    out->data = string;
    out->length = string ? strlen(string) : 0;
}

MT940_EXPORT int mt940_view_equal(const struct mt940_view *a, const struct mt940_view *b)
{
    if (a->length != b->length)
        return 0;
    return a->length == 0 || memcmp(a->data, b->data, a->length) == 0;
}
