/* SPDX-License-Identifier: Apache-2.0
 *
 * bank_branch.c: the bank-branch code XXXX_YYYYY (R49). Banks write it with other separators and more or fewer
 * zeros; what has another form is no error but a text. It must not know any bank.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/bank_branch.h"

#define BANK_MAX 9999
#define BRANCH_MAX 99999

/* Reads digits from *i; -1 when there are none or the number is above `max`. */
static int32_t read_number(struct mt940_view text, size_t *i, int32_t max)
{
    int32_t value = 0;
    size_t start = *i;

    for (; *i < text.length && mt940_ascii_is_digit(text.data[*i]); ++*i) {
        value = value * 10 + (text.data[*i] - '0');
        if (value > max)
            return -1;
    }
    return *i == start ? -1 : value;
}

static void skip_blanks(struct mt940_view text, size_t *i)
{
    while (*i < text.length && mt940_ascii_is_blank(text.data[*i]))
        ++*i;
}

static bool is_separator(char c)
{
    return c == '_' || c == '-' || c == '/' || c == '.';
}

MT940_EXPORT int mt940_bank_branch_parse(const char *text, size_t length, struct mt940_bank_branch *out)
{
    struct mt940_view rest = mt940_view_trim(mt940_view_of(text, text ? length : 0));
    size_t i = 0, start;
    int32_t bank, branch;

    bank = read_number(rest, &i, BANK_MAX);
    if (bank < 0)
        return MT940_E_FORMAT;
    start = i;
    skip_blanks(rest, &i);
    if (i < rest.length && is_separator(rest.data[i]))
        i++;
    skip_blanks(rest, &i);
    branch = i > start ? read_number(rest, &i, BRANCH_MAX) : -1;
    if (branch < 0 || i != rest.length)
        return MT940_E_FORMAT;
    out->bank = bank;
    out->branch = branch;
    return MT940_OK;
}

static void write_number(char *out, int32_t value, int digits)
{
    while (digits-- > 0) {
        out[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

MT940_EXPORT int mt940_bank_branch_format(const struct mt940_bank_branch *code, char out[11])
{
    if (code->bank < 0 || code->bank > BANK_MAX || code->branch < 0 || code->branch > BRANCH_MAX)
        return MT940_E_RANGE;
    write_number(out, code->bank, 4);
    out[4] = '_';
    write_number(out + 5, code->branch, 5);
    out[10] = '\0';
    return MT940_OK;
}

MT940_EXPORT int mt940_bank_branch_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
    struct mt940_bank_branch left, right;
    struct mt940_view left_text = mt940_view_trim(mt940_view_of(a, a ? a_length : 0));
    struct mt940_view right_text = mt940_view_trim(mt940_view_of(b, b ? b_length : 0));
    int left_status = mt940_bank_branch_parse(a, a_length, &left);
    int right_status = mt940_bank_branch_parse(b, b_length, &right);

    if (left_status == MT940_OK && right_status == MT940_OK)
        return left.bank == right.bank && left.branch == right.branch;
    /* No text names no branch. */
    return left_text.length > 0 && mt940_view_equal(&left_text, &right_text);
}
