/* SPDX-License-Identifier: Apache-2.0
 *
 * form.c: holds bytes against a form of the standard, from left to right and without going back further than the
 * beginning of a group. Knows no fields.
 */
#include "statement/form.h"

/* A place in the form and one in the bytes. */
struct walk {
    const char *form;
    struct mt940_view text;
    size_t at;
};

bool mt940_is_x(char c)
{
    return mt940_ascii_is_alnum(c) || (c != '\0' && strchr("/-?:().,'+ ", c) != NULL);
}

static bool in_set(char set, char c)
{
    switch (set) {
    case 'n':
        return mt940_ascii_is_digit(c);
    case 'a':
        return mt940_ascii_is_upper(c);
    case 'h':
        return mt940_ascii_is_digit(c) || (c >= 'A' && c <= 'F');
    case 'c':
        return mt940_ascii_is_upper(c) || mt940_ascii_is_digit(c);
    default:
        return mt940_is_x(c);
    }
}

/* 15d: digits, one comma, digits perhaps; one digit at least before it. */
static size_t amount_length(struct mt940_view text, size_t most)
{
    size_t whole = 0, length;
    while (whole < text.length && mt940_ascii_is_digit(text.data[whole]))
        whole++;
    if (whole == 0 || whole == text.length || text.data[whole] != ',')
        return 0;
    for (length = whole + 1; length < text.length && mt940_ascii_is_digit(text.data[length]);)
        length++;
    return length <= most ? length : 0;
}

/* `parted`: two slashes end it. */
static size_t run_length(char set, struct mt940_view text, size_t most, bool parted)
{
    size_t length = 0;
    while (length < text.length && length < most && in_set(set, text.data[length])) {
        if (parted && text.data[length] == '/' && length + 1 < text.length && text.data[length + 1] == '/')
            break;
        length++;
    }
    return length;
}

/* "16x", "6!n": a count, perhaps exact, and a set. */
static bool take_run(struct walk *walk)
{
    size_t most = 0, length;
    for (; mt940_ascii_is_digit(*walk->form); walk->form++)
        most = most * 10 + (size_t)(*walk->form - '0');
    bool exact = *walk->form == '!';
    walk->form += exact;
    char set = *walk->form++;
    bool parted = strncmp(walk->form, "[//", 3) == 0;
    struct mt940_view rest = mt940_view_slice(walk->text, walk->at, walk->text.length);
    length = set == 'd' ? amount_length(rest, most) : run_length(set, rest, most, parted);
    walk->at += length;
    return exact ? length == most : length > 0;
}

static bool take_one(struct walk *walk)
{
    if (mt940_ascii_is_digit(*walk->form))
        return take_run(walk);
    char wanted = *walk->form++;
    if (wanted == '$' && walk->at < walk->text.length && walk->text.data[walk->at] == '\r')
        walk->at++;
    if (walk->at == walk->text.length || walk->text.data[walk->at] != (wanted == '$' ? '\n' : wanted))
        return false;
    walk->at++;
    return true;
}

/* A group is there as a whole or not at all; the form stands behind its bracket then. */
static void take_group(struct walk *walk)
{
    size_t start = walk->at;
    bool good = true;
    for (walk->form++; *walk->form != ']';)
        good = good && take_one(walk) ? true : (walk->form += strcspn(walk->form, "]"), false);
    walk->form++;
    if (!good)
        walk->at = start;
}

/* "6*65x": so many lines, none of which is empty or begins like a field or an end mark. */
static bool lines_hold(struct mt940_view text)
{
    enum { lines_most = 6, line_most = 65 };
    size_t lines = 1, length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\r' && i + 1 < text.length && text.data[i + 1] == '\n')
            continue;
        if (c == '\n') {
            if (length == 0)
                return false;
            lines++;
            length = 0;
        } else if (++length > line_most || !mt940_is_x(c) || (length == 1 && lines > 1 && (c == ':' || c == '-'))) {
            return false;
        }
    }
    return text.length > 0 && lines <= lines_most;
}

bool mt940_slashes_hold(struct mt940_view text)
{
    bool holds = text.length == 0 || (text.data[0] != '/' && text.data[text.length - 1] != '/');
    for (size_t i = 1; i < text.length; i++)
        holds = holds && (text.data[i] != '/' || text.data[i - 1] != '/');
    return holds;
}

bool mt940_form_holds(const char *form, struct mt940_view value)
{
    struct walk walk = {form, value, 0};
    if (strchr(form, '*'))
        return lines_hold(value);
    while (*walk.form) {
        if (*walk.form == '[')
            take_group(&walk);
        else if (!take_one(&walk))
            return false;
    }
    return walk.at == value.length;
}
