/* SPDX-License-Identifier: Apache-2.0
 *
 * tag28.c: statement number and sequence, 5n[/5n], in whatever form it comes: day of year,
 * YYDDD, running numbers of any length, a third part. Texts are kept; nobody counts with them
 * but the page chain.
 */
#include "statement/cursor.h"
#include "statement/field.h"

enum { digits_max = 5 };

static bool is_number(struct mt940_view text)
{
    return text.length <= digits_max && mt940_view_is_digits(text);
}

bool mt940_tag28_read(struct mt940_view value, struct mt940_view *number, struct mt940_view *sequence,
                      struct mt940_issues *issues)
{
    struct mt940_view first = mt940_first_line(value), line = mt940_view_trim(first);
    size_t slash = 0;
    while (slash < line.length && line.data[slash] != '/')
        slash++;
    *number = mt940_view_trim(mt940_view_slice(line, 0, slash));
    *sequence = slash < line.length ? mt940_view_trim(mt940_view_slice(line, slash + 1, line.length)) : mt940_view_of(NULL, 0);
    if (number->length == 0 || !is_number(*number) || !is_number(*sequence))
        mt940_issue_add(issues, MT940_M_REPAIR_NUMBER_FORM, 0, "number");
    if (number->length + sequence->length + (slash < line.length) < line.length)
        mt940_issue_add(issues, MT940_M_REPAIR_BLANKS, 0, "number");
    if (first.length < value.length)
        mt940_issue_extra(issues, value, first.length);
    return true;
}
