/* SPDX-License-Identifier: Apache-2.0
 *
 * bank_branch_scan.c: finds bank-branch codes in running text. Two numbers with a mark between them are mostly dates and
 * amounts, so only the written form 0062_00119 counts by itself, and others behind a label. It must not know any bank.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/label.h"
#include "mt940connect/bank_branch.h"

#define BANK_DIGITS 4
#define BRANCH_DIGITS 5

static const struct mt940_label labels[] = {
    {"SUBE", 1},          {"SUBENO", 1},      {"SUBEKODU", 1},     {"SUBEKOD", 1}, {"BANKASUBE", 1},
    {"BANKASUBEKODU", 1}, {"BANKASUBENO", 1}, {"BANKASUBEKOD", 1}, {"BRANCH", 1},  {"BRANCHCODE", 1}, {"BRANCHNO", 1},
};

static bool is_joining(char c)
{
    return c == '_' || c == '-' || c == '/' || c == '.';
}

/* Where a code may stand: [start, end) with the mark at `middle`. */
struct place {
    const char *text;
    size_t length;
    size_t start, middle, end;
};

/* Whether a word goes on before or behind it. */
static bool is_part_of_word(const struct place *place)
{
    const char *text = place->text;

    return (place->start > 0 && (mt940_label_is_word(text[place->start - 1]) || text[place->start - 1] == '_')) ||
           (place->end < place->length && (mt940_label_is_word(text[place->end]) || text[place->end] == '_'));
}

/* Whether, behind one mark, another number stands before or behind it, as in dates and amounts. */
static bool is_part_of_list(const struct place *place)
{
    const char *text = place->text;
    size_t start = place->start, end = place->end;

    return (start > 1 && is_joining(text[start - 1]) && mt940_ascii_is_digit(text[start - 2])) ||
           (end + 1 < place->length && is_joining(text[end]) && mt940_ascii_is_digit(text[end + 1]));
}

/* The digits on both sides of the mark; false when there are none, or too many. */
static bool read_digits(struct place *place)
{
    const char *text = place->text;
    size_t start = place->middle, end = place->middle + 1;

    while (start > 0 && place->middle - start <= BANK_DIGITS && mt940_ascii_is_digit(text[start - 1]))
        start--;
    while (end < place->length && end - place->middle <= BRANCH_DIGITS + 1 && mt940_ascii_is_digit(text[end]))
        end++;
    place->start = start;
    place->end = end;
    return start < place->middle && place->middle - start <= BANK_DIGITS && end - place->middle > 1 &&
           end - place->middle <= BRANCH_DIGITS + 1;
}

static bool is_customary(const struct place *place)
{
    return place->text[place->middle] == '_' && place->middle - place->start == BANK_DIGITS &&
           place->end - place->middle == BRANCH_DIGITS + 1;
}

static bool judge(struct place *place, struct mt940_bank_branch_found *out)
{
    int labelled;

    if (!read_digits(place) || is_part_of_word(place))
        return false;
    labelled = mt940_label_before(place->text, place->start, labels, sizeof(labels) / sizeof(labels[0]));
    if (!is_customary(place) && (!labelled || is_part_of_list(place)))
        return false;
    memset(out, 0, sizeof(*out));
    out->offset = place->start;
    out->length = place->end - place->start;
    out->labelled = labelled;
    return mt940_bank_branch_parse(place->text + place->start, out->length, &out->code) == MT940_OK;
}

MT940_EXPORT size_t mt940_bank_branch_scan(const char *text, size_t length, struct mt940_bank_branch_found *found,
                                           size_t capacity)
{
    struct mt940_bank_branch_found one;
    struct place place = {text, length, 0, 0, 0};
    size_t count = 0;

    for (; place.middle < length; place.middle++) {
        if (!is_joining(text[place.middle]) || !judge(&place, &one))
            continue;
        if (count < capacity)
            found[count] = one;
        count++;
    }
    return count;
}
