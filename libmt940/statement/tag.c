/* SPDX-License-Identifier: Apache-2.0
 *
 * tag.c: the table of fields and the form of a tag. Knows nothing of what fields hold beyond
 * their first character, and nothing of the order in which they come.
 */
#include "statement/tag.h"

/* Whole tags, so that one is copied at once. */
static const struct mt940_tag known_tags[] = {
#define MT940_TAG(text, meaning, role) \
    {text, MT940_TAG_##meaning, MT940_TAG_ROLE_##role, sizeof(text) - 1 + 2, sizeof(text) > 3},
#include "statement/tags.def"
#undef MT940_TAG
};

bool mt940_tag_read(struct mt940_view line, struct mt940_tag *out)
{
    if (line.length < 4 || line.data[0] != ':' || !mt940_ascii_is_digit(line.data[1]) ||
        !mt940_ascii_is_digit(line.data[2]))
        return false;
    if (line.data[3] != ':') {
        if (line.length < 5 || line.data[4] != ':' || !mt940_ascii_is_letter(line.data[3]))
            return false;
    }
    const char text[4] = {line.data[1], line.data[2], line.data[3] == ':' ? '\0' : mt940_ascii_upper(line.data[3])};
    for (size_t i = 0; i < sizeof known_tags / sizeof known_tags[0]; i++) {
        if (memcmp(known_tags[i].text, text, sizeof text) == 0) {
            *out = known_tags[i];
            return true;
        }
    }
    *out = (struct mt940_tag){{text[0], text[1], text[2], '\0'}, MT940_TAG_UNKNOWN, MT940_TAG_ROLE_NONE,
                              text[2] ? 5 : 4, text[2] != '\0'};
    return true;
}

/* A mark and a digit, or a digit alone; "C", "D" and "RC" begin words too. */
static bool begins_balance(struct mt940_view value)
{
    size_t at = value.length > 1 && mt940_ascii_upper(value.data[0]) == 'R';
    char mark = value.length > at ? mt940_ascii_upper(value.data[at]) : '\0';
    at += mark == 'C' || mark == 'D';
    while (at < value.length && mt940_ascii_is_blank(value.data[at]))
        at++;
    return at < value.length && mt940_ascii_is_digit(value.data[at]);
}

/* Currency, a mark perhaps, and an amount that may begin with its comma. */
static bool begins_limit(struct mt940_view value)
{
    size_t at = 0;
    while (at < value.length && mt940_ascii_is_letter(value.data[at]))
        at++;
    bool letters = at == 3 || at == 4;
    while (at < value.length && mt940_ascii_is_blank(value.data[at]))
        at++;
    return letters && at < value.length && (mt940_ascii_is_digit(value.data[at]) || value.data[at] == ',');
}

static bool begins_day(struct mt940_view value)
{
    enum { day_and_time = 10 };
    for (size_t i = 0; i < day_and_time; i++)
        if (i >= value.length || !mt940_ascii_is_digit(value.data[i]))
            return false;
    return true;
}

/* Two digits, and more than a word behind them: "12 ADET" is a text. */
static bool begins_entry(struct mt940_view value)
{
    enum { shortest = 6 };
    size_t at = 2;

    if (value.length < shortest || !mt940_ascii_is_digit(value.data[0]) || !mt940_ascii_is_digit(value.data[1]))
        return false;
    while (at < value.length && mt940_ascii_is_blank(value.data[at]))
        at++;
    return at == 2 || (at < value.length && !mt940_ascii_is_letter(value.data[at]));
}

bool mt940_tag_plausible(const struct mt940_tag *tag, struct mt940_view value)
{
    value = mt940_view_trim(value);
    switch (tag->meaning) {
    case MT940_TAG_ENTRY:
        return begins_entry(value);
    case MT940_TAG_OPENING_BALANCE:
    case MT940_TAG_CLOSING_BALANCE:
    case MT940_TAG_AVAILABLE_BALANCE:
    case MT940_TAG_FORWARD_BALANCE:
        return begins_balance(value);
    case MT940_TAG_TOTAL:
        return value.length > 0 && (mt940_ascii_is_digit(value.data[0]) || mt940_ascii_is_upper(value.data[0]));
    case MT940_TAG_FLOOR_LIMIT:
        return begins_limit(value);
    case MT940_TAG_CREATION:
        return begins_day(value);
    default:
        return true;
    }
}
