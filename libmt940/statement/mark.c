/* SPDX-License-Identifier: Apache-2.0
 *
 * mark.c: names and directions of the debit/credit marks.
 */
#include "base/export.h"
#include "mt940connect/statement.h"

static const struct {
    char name[4];
    int sign;
} marks[] = {{"", 0}, {"C", 1}, {"D", -1}, {"RC", -1}, {"RD", 1}, {"EC", 1}, {"ED", -1}};

static int known(int32_t mark)
{
    return mark > 0 && (size_t)mark < sizeof marks / sizeof marks[0] ? mark : 0;
}

MT940_EXPORT const char *mt940_mark_name(int32_t mark)
{
    return marks[known(mark)].name;
}

MT940_EXPORT int mt940_mark_sign(int32_t mark)
{
    return marks[known(mark)].sign;
}
