/* SPDX-License-Identifier: Apache-2.0
 *
 * issue.h: what the readers of single fields have to say; the reader makes findings of it.
 */
#ifndef MT940_STATEMENT_ISSUE_H
#define MT940_STATEMENT_ISSUE_H

#include "base/view.h"
#include "mt940connect/message_codes.h"

struct mt940_issue {
    int32_t message;      /* enum mt940_message */
    size_t position;      /* in the value of the field */
    const char *subfield; /* static: "amount", "entry_date" … */
};

enum { MT940_ISSUE_CAPACITY = 12 };

/* Issues of one field, in the order in which they were met; what does not fit is not a new kind. */
struct mt940_issues {
    size_t count;
    struct mt940_issue list[MT940_ISSUE_CAPACITY];
};

static inline void mt940_issues_init(struct mt940_issues *issues)
{
    issues->count = 0;
}

static inline void mt940_issue_add(struct mt940_issues *issues, int32_t message, size_t position, const char *subfield)
{
    for (size_t i = 0; i < issues->count; i++)
        if (issues->list[i].message == message && issues->list[i].subfield == subfield)
            return;
    if (issues->count < MT940_ISSUE_CAPACITY)
        issues->list[issues->count++] = (struct mt940_issue){message, position, subfield};
}

/* What stands behind the end of a field's content is said to be too much, unless it is blank. */
static inline void mt940_issue_extra(struct mt940_issues *issues, struct mt940_view value, size_t end)
{
    if (mt940_view_trim(mt940_view_slice(value, end, value.length)).length)
        mt940_issue_add(issues, MT940_M_EXTRA_TEXT, end, "");
}

#endif
