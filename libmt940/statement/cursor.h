/* SPDX-License-Identifier: Apache-2.0
 *
 * cursor.h: a place in the value of a field. Functions advance it on success only.
 */
#ifndef MT940_STATEMENT_CURSOR_H
#define MT940_STATEMENT_CURSOR_H

#include "base/view.h"
#include "statement/issue.h"
#include "statement/skim.h"

struct mt940_cursor {
    struct mt940_view text;
    size_t at;
};

static inline bool mt940_cursor_end(const struct mt940_cursor *cursor)
{
    return cursor->at >= cursor->text.length;
}

/* The byte here or `ahead` of here, NUL past the end. */
static inline char mt940_cursor_peek(const struct mt940_cursor *cursor, size_t ahead)
{
    return ahead < cursor->text.length - cursor->at ? cursor->text.data[cursor->at + ahead] : '\0';
}

/* How many digits stand here. */
static inline size_t mt940_cursor_digits(const struct mt940_cursor *cursor)
{
    size_t count = 0;
    while (mt940_ascii_is_digit(mt940_cursor_peek(cursor, count)))
        count++;
    return count;
}

static inline bool mt940_cursor_skip_blanks(struct mt940_cursor *cursor)
{
    size_t start = cursor->at;
    while (mt940_ascii_is_blank(mt940_cursor_peek(cursor, 0)))
        cursor->at++;
    return cursor->at > start;
}

/* The same where no blank belongs: it is named. */
static inline void mt940_cursor_forgive_blanks(struct mt940_cursor *cursor, const char *subfield,
                                               struct mt940_issues *issues)
{
    if (mt940_cursor_skip_blanks(cursor))
        mt940_issue_add(issues, MT940_M_REPAIR_BLANKS, cursor->at, subfield);
}

/* Line ends and the blanks around them. */
static inline bool mt940_cursor_skip_break(struct mt940_cursor *cursor)
{
    size_t start = cursor->at;
    bool seen = false;
    for (char c = mt940_cursor_peek(cursor, 0); c == '\r' || c == '\n' || mt940_ascii_is_blank(c);
         c = mt940_cursor_peek(cursor, 0)) {
        seen = seen || c == '\r' || c == '\n';
        cursor->at++;
    }
    if (!seen)
        cursor->at = start;
    return seen;
}

/* The rest of this line, without its end; the cursor then stands at the line end. */
static inline struct mt940_view mt940_cursor_line(struct mt940_cursor *cursor)
{
    size_t start = cursor->at;
    cursor->at = mt940_find_line_end(cursor->text.data, start, cursor->text.length);
    return mt940_view_slice(cursor->text, start, cursor->at - start);
}

/* The first line of a field's value, and whether more lines follow. */
static inline struct mt940_view mt940_first_line(struct mt940_view value)
{
    struct mt940_cursor cursor = {value, 0};
    return mt940_cursor_line(&cursor);
}

#endif
