/* SPDX-License-Identifier: Apache-2.0
 *
 * tax_id_scan.c: finds tax numbers in running text. A number is judged by the label in front of it, else by
 * whether it stands alone. It must not know what the text is.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/iban_scan.h"
#include "identifier/label.h"
#include "mt940connect/tax_id.h"

#define SHORTEST 9 /* a VÖEN that lost its zero */
#define LONGEST 11 /* a TCKN */

enum label_kind { LABEL_NONE = 0, LABEL_TAX, LABEL_VOEN, LABEL_PHONE };

/* VKN and TCKN are told apart by their length, as people write either label before either number. */
static const struct mt940_label labels[] = {
    {"VKN", LABEL_TAX},       {"VKNO", LABEL_TAX},          {"VNO", LABEL_TAX},        {"VERGINO", LABEL_TAX},
    {"KIMLIKNO", LABEL_TAX},  {"VERGINUMARASI", LABEL_TAX}, {"TCKN", LABEL_TAX},       {"TCKNO", LABEL_TAX},
    {"TCNO", LABEL_TAX},      {"KIMLIKNUMARASI", LABEL_TAX}, {"TCKIMLIK", LABEL_TAX},  {"YKN", LABEL_TAX},
    {"TC", LABEL_TAX},        {"TCKIMLIKNO", LABEL_TAX},    {"VERGIKIMLIKNO", LABEL_TAX}, {"TCK", LABEL_TAX},
    {"VN", LABEL_TAX},        {"TAXNO", LABEL_TAX},         {"TAXID", LABEL_TAX},
    {"VOEN", LABEL_VOEN},     {"VOENI", LABEL_VOEN},        {"VOENNO", LABEL_VOEN},    {"TEL", LABEL_PHONE},
    {"TELNO", LABEL_PHONE},   {"TELEFON", LABEL_PHONE},     {"GSM", LABEL_PHONE},      {"GSMNO", LABEL_PHONE},
    {"CEP", LABEL_PHONE},     {"FAX", LABEL_PHONE},         {"FAKS", LABEL_PHONE},
};

/* A run of digits in a text. */
struct run {
    const char *text;
    size_t length; /* of the text */
    size_t start, end;
};

/* Whether a trunk prefix (0, 90, 0090, +90) stands before the number: then it is a telephone number. */
static bool is_phone(const struct run *run)
{
    size_t floor = run->start > MT940_LABEL_REACH ? run->start - MT940_LABEL_REACH : 0;
    size_t end = run->start, start;

    while (end > floor && (run->text[end - 1] == ' ' || run->text[end - 1] == '(' || run->text[end - 1] == '-'))
        end--;
    for (start = end; start > floor && mt940_ascii_is_digit(run->text[start - 1]);)
        start--;
    if (start == end || (start > 0 && mt940_label_is_word(run->text[start - 1])))
        return false;
    while (end - start > 1 && run->text[start] == '0')
        start++;
    if (end - start == 1)
        return run->text[start] == '0';
    return end - start == 2 && memcmp(run->text + start, "90", 2) == 0;
}

/* Whether digits go on beyond one byte of punctuation or a line end, as in amounts, accounts and wrapped numbers. */
static bool stands_alone(const struct run *run)
{
    static const char joining[] = ".,/-_*\r\n";
    size_t before = run->start, after = run->end;

    if (before > 0 && mt940_label_is_word(run->text[before - 1]))
        return false;
    if (after < run->length && mt940_label_is_word(run->text[after]))
        return false;
    while (before > 0 && run->start - before < 2 && memchr(joining, run->text[before - 1], sizeof(joining) - 1))
        before--;
    while (after < run->length && after - run->end < 2 && memchr(joining, run->text[after], sizeof(joining) - 1))
        after++;
    return (before == run->start || before == 0 || !mt940_ascii_is_digit(run->text[before - 1])) &&
           (after == run->end || after == run->length || !mt940_ascii_is_digit(run->text[after]));
}

static void accept(const struct run *run, int32_t kind, int32_t labelled, int32_t reason,
                   struct mt940_tax_id_found *out)
{
    size_t count = run->end - run->start;
    size_t lost = kind == MT940_TAX_ID_VOEN && count == SHORTEST;

    memset(out, 0, sizeof(*out));
    out->offset = run->start;
    out->length = count;
    out->kind = kind;
    out->labelled = labelled;
    out->reason = reason;
    out->digits[0] = '0';
    memcpy(out->digits + lost, run->text + run->start, count);
}

/* A number of ten or eleven digits by the Turkish rules, its kind or NONE. */
static int32_t turkish_kind(const char *digits, size_t count)
{
    if (count == LONGEST)
        return mt940_tckn_check(digits, count) == MT940_TAX_ID_VALID ? MT940_TAX_ID_TCKN : MT940_TAX_ID_NONE;
    return mt940_vkn_check(digits, count) == MT940_TAX_ID_VALID ? MT940_TAX_ID_VKN : MT940_TAX_ID_NONE;
}

static bool judge_labelled(const struct run *run, int label, struct mt940_tax_id_found *out)
{
    const char *digits = run->text + run->start;
    size_t count = run->end - run->start;
    int32_t kind;
    int reason;

    if (label == LABEL_VOEN) {
        reason = mt940_voen_check(digits, count);
        if (reason != MT940_TAX_ID_VALID && reason != MT940_TAX_ID_BAD_CHECKSUM)
            return false;
        accept(run, MT940_TAX_ID_VOEN, 1, reason, out);
        return true;
    }
    kind = turkish_kind(digits, count);
    if (kind != MT940_TAX_ID_NONE)
        accept(run, kind, 1, MT940_TAX_ID_VALID, out);
    return kind != MT940_TAX_ID_NONE;
}

static bool judge_bare(const struct run *run, struct mt940_tax_id_found *out)
{
    const char *digits = run->text + run->start;
    size_t count = run->end - run->start;
    int32_t kind;

    if (count == SHORTEST || !stands_alone(run) || is_phone(run))
        return false;
    kind = turkish_kind(digits, count);
    if (kind == MT940_TAX_ID_NONE && mt940_voen_check(digits, count) == MT940_TAX_ID_VALID)
        kind = MT940_TAX_ID_VOEN;
    if (kind != MT940_TAX_ID_NONE)
        accept(run, kind, 0, MT940_TAX_ID_VALID, out);
    return kind != MT940_TAX_ID_NONE;
}

static bool judge(const struct run *run, struct mt940_tax_id_found *out)
{
    int label;

    /* Digits go on behind a letter only in references and account numbers. */
    if (run->end < run->length && mt940_ascii_is_alnum(run->text[run->end]))
        return false;
    label = mt940_label_before(run->text, run->start, labels, sizeof(labels) / sizeof(labels[0]));
    if (label == LABEL_TAX || label == LABEL_VOEN)
        return judge_labelled(run, label, out);
    return label == LABEL_NONE && judge_bare(run, out);
}

/* Where digits begin that go on at least to the one at `last`, not before `from`; behind `last` if that is none. */
static size_t digits_begin(const char *text, size_t from, size_t last)
{
    size_t at = last + 1;

    while (at > from && mt940_ascii_is_digit(text[at - 1]))
        at--;
    return at;
}

/* The next run of nine to eleven digits at or after run->end. What is too short is known by its ninth byte. */
static bool next_run(struct run *run)
{
    size_t i = run->end;

    while (run->length - i >= SHORTEST) {
        size_t start = digits_begin(run->text, i, i + SHORTEST - 1);
        if (start > i) {
            i = start;
            continue;
        }
        run->start = i;
        while (i < run->length && mt940_ascii_is_digit(run->text[i]))
            i++;
        run->end = i;
        if (run->end - run->start <= LONGEST)
            return true;
    }
    return false;
}

MT940_EXPORT size_t mt940_tax_id_scan(const char *text, size_t length, struct mt940_tax_id_found *found,
                                      size_t capacity)
{
    struct run run = {text, length, 0, 0};
    struct mt940_iban_found iban = {0, 0, ""};
    struct mt940_iban_scanner ibans;
    struct mt940_tax_id_found one;
    int more = 1;
    size_t count = 0;

    mt940_iban_scan_begin(&ibans, text, length);
    while (next_run(&run)) {
        /* A group of an IBAN is no number of its own. */
        while (more && iban.offset + iban.length <= run.start)
            more = mt940_iban_scan_next(&ibans, &iban);
        if (more && iban.offset < run.end)
            continue;
        if (!judge(&run, &one))
            continue;
        if (count < capacity)
            found[count] = one;
        count++;
    }
    return count;
}
