/* SPDX-License-Identifier: Apache-2.0
 *
 * status.c: names and sentences of the status numbers, from status.def. Knows no other text.
 */
#include "base/export.h"
#include "mt940connect/base.h"

struct status_text {
    const char *name;
    const char *text;
};

static const struct status_text *find_status(int status)
{
#define MT940_STATUS(number, name, exception, text) [-(number)] = {"MT940_" #name, text},
    static const struct status_text table[] = {
#include "base/status.def"
    };
#undef MT940_STATUS
    const int count = (int)(sizeof(table) / sizeof(table[0]));

    if (status > 0 || status <= -count || !table[-status].name)
        return NULL;
    return &table[-status];
}

MT940_EXPORT const char *mt940_status_name(int status)
{
    const struct status_text *entry = find_status(status);

    return entry ? entry->name : "unknown status";
}

MT940_EXPORT const char *mt940_status_text(int status)
{
    const struct status_text *entry = find_status(status);

    return entry ? entry->text : "This number is no status of this library.";
}
