/* SPDX-License-Identifier: Apache-2.0
 *
 * currency.c: reads a currency the way banks write it. Must not know which field it stands in.
 */
#include "statement/currency.h"

#include <string.h>

enum { code_length = 3, letters_most = 5 };

struct name {
    char name[5], code[4];
};

static const struct name names[] = {
#define MT940_CURRENCY_NAME(name, code) {name, code},
#include "statement/currency_names.def"
#undef MT940_CURRENCY_NAME
};

/* In a floor limit (34F) the mark stands behind the currency: it is none of its letters. */
static bool ends_at(const struct mt940_cursor *cursor, size_t length)
{
    char mark = mt940_ascii_upper(mt940_cursor_peek(cursor, length));
    size_t behind = length + (mark == 'C' || mark == 'D');
    return !mt940_ascii_is_letter(mt940_cursor_peek(cursor, behind));
}

/* The name that stands at the cursor, in the letters of `text`, or NULL. */
static const struct name *find_name(const struct mt940_cursor *cursor, const char *text)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t length = strlen(names[i].name);
        if (memcmp(names[i].name, text, length) == 0 && ends_at(cursor, length))
            return &names[i];
    }
    return NULL;
}

bool mt940_currency_read(struct mt940_cursor *cursor, char out[4], struct mt940_issues *issues)
{
    char text[letters_most + 1] = "";
    size_t length = 0;
    bool is_lower = false;
    for (char c; length < letters_most && mt940_ascii_is_letter(c = mt940_cursor_peek(cursor, length)); length++)
        text[length] = mt940_ascii_upper(c);
    const struct name *name = find_name(cursor, text);
    memset(out, 0, code_length + 1);
    if (name) {
        mt940_issue_add(issues, MT940_M_REPAIR_CURRENCY_NAME, cursor->at, "currency");
        memcpy(out, name->code, code_length);
        length = strlen(name->name);
    } else if (length >= code_length && ends_at(cursor, code_length)) {
        if (mt940_currency_digits(text, code_length) < 0)
            mt940_issue_add(issues, MT940_M_CURRENCY_UNKNOWN, cursor->at, "currency");
        memcpy(out, text, code_length);
        length = code_length;
    }
    for (size_t i = 0; i < length; i++)
        is_lower = is_lower || mt940_ascii_is_lower(mt940_cursor_peek(cursor, i));
    if (is_lower && out[0])
        mt940_issue_add(issues, MT940_M_REPAIR_LOWER_CASE, cursor->at, "currency");
    cursor->at += length;
    return out[0] != '\0';
}
