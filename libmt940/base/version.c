/* SPDX-License-Identifier: Apache-2.0
 *
 * version.c: the library's own version and the order of dotted versions. Dotted parts are
 * compared as digit strings, so no length of input can overflow.
 */
#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "mt940connect/base.h"

#define TEXT_OF(number) #number
#define DOTTED(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

MT940_EXPORT const char *mt940_version(void)
{
    return DOTTED(MT940_VERSION_MAJOR, MT940_VERSION_MINOR, MT940_VERSION_PATCH);
}

static bool is_dotted(const char *version)
{
    for (; *version; version++)
        if (!mt940_ascii_is_digit(*version) && *version != '.')
            return false;
    return true;
}

/* Takes the next part off *version, leading zeros dropped; an absent part is empty, which is 0. */
static struct mt940_view next_part(const char **version)
{
    const char *at = *version;
    const char *start;
    struct mt940_view part;

    while (*at == '0')
        at++;
    start = at;
    while (mt940_ascii_is_digit(*at))
        at++;
    part = mt940_view_of(start, (size_t)(at - start));
    *version = *at == '.' ? at + 1 : at;
    return part;
}

static int compare_part(struct mt940_view a, struct mt940_view b)
{
    if (a.length != b.length)
        return a.length < b.length ? -1 : 1;
    return memcmp(a.data, b.data, a.length);
}

MT940_EXPORT int mt940_version_at_least(const char *version, const char *wanted)
{
    if (!version || !wanted || !is_dotted(version) || !is_dotted(wanted))
        return MT940_E_ARGUMENT;
    while (*version || *wanted) {
        struct mt940_view have = next_part(&version);
        struct mt940_view need = next_part(&wanted);
        int order = compare_part(have, need);

        if (order)
            return order > 0;
    }
    return 1;
}
