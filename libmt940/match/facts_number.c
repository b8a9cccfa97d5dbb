/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_number.c: how far a number goes that hyphens and slashes hold together, and what the words behind it call it
 * (facts_words.def, turkish-banking §1.5). Must not know what is done with it.
 */
#include "match/facts_number.h"

enum { longest = 32 };

/* Whether a part of a number, [from, end), is the day of a date or begins an amount: "4711/15.07.2026", "4711-150,00". */
static bool is_day_or_amount(const struct mt940_view *text, size_t from, size_t end)
{
    enum { longest_group = 3 };
    size_t digits = 0;

    while (end + 1 + digits < text->length && mt940_ascii_is_digit(text->data[end + 1 + digits]))
        digits++;
    if (digits == 0)
        return false;
    return text->data[end] == '.' ? end - from <= longest_group : text->data[end] == ',' && digits <= 2;
}

/* Where letters end that stand at `at` between two signs like `sign`, before a digit; 0 = none do. */
static size_t letters_end(const struct mt940_view *text, size_t at, char sign)
{
    enum { most_letters = 4 };
    size_t end = at;

    while (end < text->length && end - at <= most_letters && mt940_ascii_is_letter(text->data[end]))
        end++;
    bool between = end > at && end - at <= most_letters && end + 1 < text->length && text->data[end] == sign &&
                   mt940_ascii_is_digit(text->data[end + 1]);
    return between ? end : 0;
}

struct mt940_view mt940_facts_number_text(const struct mt940_facts_reading *reading, uint32_t at, uint32_t parts)
{
    const struct mt940_view *text = &reading->text;
    size_t start = reading->window[at].offset, end = start + reading->window[at].length;
    bool dots = parts & MT940_NUMBER_DOTS;

    while (end + 1 < text->length && end - start <= longest) {
        char c = text->data[end];

        if (c != '-' && c != '/' && !(dots && c == '.'))
            break;
        size_t part = end + 1, to = part;
        size_t letters = parts & MT940_NUMBER_LETTERS ? letters_end(text, part, c) : 0;
        if (letters == 0 && !mt940_ascii_is_digit(text->data[part]))
            break;
        while (to < text->length && mt940_ascii_is_alnum(text->data[to]) && to - start <= longest)
            to++;
        if (!dots && is_day_or_amount(text, part, to))
            break;
        end = to;
    }
    return mt940_view_slice(*text, start, end - start);
}

bool mt940_facts_behind_colon(const struct mt940_facts_reading *reading, uint32_t at)
{
    const struct mt940_word *words = reading->window;
    bool colon = false;

    for (size_t i = at > 0 ? words[at - 1].offset + words[at - 1].length : words[at].offset; i < words[at].offset; i++) {
        if (reading->text.data[i] == ':')
            colon = true;
        else if (!mt940_ascii_is_blank(reading->text.data[i]))
            return false;
    }
    return colon;
}

bool mt940_facts_holds_number(struct mt940_view text)
{
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '1' && text.data[i] <= '9')
            return true;
    return false;
}

/* "1414049 SORGU NO" names the number before it only where none stands behind the words, or outside of the window. */
static bool label_has_own_value(const struct mt940_facts_reading *reading, uint32_t behind, uint32_t meaning)
{
    return meaning == MT940_NUMBER_QUERY &&
           (behind == MT940_FACTS_WINDOW ||
            (behind < reading->count && mt940_facts_is_digits(&reading->window[behind], 4, 12)));
}

uint32_t mt940_facts_named_behind(const struct mt940_facts_reading *reading, uint32_t at)
{
    struct mt940_phrase_found found;

    if (at + 1 >= reading->count)
        return 0;
    mt940_phrase_find(reading->window + at + 1, reading->count - at - 1, MT940_PHRASE_AFTER, &found);
    return found.words > 0 && !label_has_own_value(reading, at + 1 + found.words, found.meaning) ? found.meaning : 0;
}
