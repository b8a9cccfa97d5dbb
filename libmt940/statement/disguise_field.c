/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_field.c: which part of a field is text, and replaces that. Dates, marks, amounts and codes stay, and a reader
 * finds the same in the field as before: letters that were drawn may happen to be a mark or a currency, then others are
 * drawn. Must not know how words are replaced.
 */
#include "statement/disguise.h"

#include "statement/cursor.h"
#include "statement/field.h"
#include "statement/reading.h"

#include "mt940connect/iban.h"

static bool is_number_byte(char c)
{
    return mt940_ascii_is_digit(c) || c == ',' || c == '.' || c == '\'' || c == '-' || c == '+' || c == '/';
}

/* Bytes of a blank at `at`, of this character set or another, or of a line end; 0 = none. */
static size_t blank_at(struct mt940_view value, size_t at)
{
    char c = value.data[at];
    return mt940_ascii_is_blank(c) || c == '\r' || c == '\n' ? 1 : mt940_gap_at(value, at);
}

/* Bytes in front of `value` that are numbers, with at most `runs` short runs of letters between (mark, currency). */
static size_t numbers_length(struct mt940_view value, size_t runs)
{
    enum { mark_and_currency = 4 };
    size_t at = 0;

    for (;;) {
        size_t letters = 0, start = at;
        /* Blanks may stand anywhere but behind the last number. */
        for (size_t blank = 0; at < value.length; at += blank ? blank : 1) {
            blank = blank_at(value, at);
            if (!is_number_byte(value.data[at]) && !(blank && (runs > 0 || at == start)))
                break;
            start += blank;
        }
        while (at + letters < value.length && mt940_ascii_is_letter(value.data[at + letters]))
            letters++;
        if (letters == 0 || letters > mark_and_currency || runs == 0)
            break;
        at += letters;
        runs--;
    }
    return at;
}

static size_t none_length(struct mt940_view reference)
{
    static const char none[] = "NONREF";
    size_t length = sizeof none - 1;

    return reference.length >= length && memcmp(reference.data, none, length) == 0 ? length : 0;
}

/* Type, code and "NONREF" at the beginning of what stands behind an amount that cannot be read. */
static size_t code_length(struct mt940_view rest)
{
    enum { type_and_code = 4 };

    for (size_t i = 0; i < type_and_code; i++)
        if (i == rest.length || !mt940_ascii_is_alnum(rest.data[i]))
            return 0;
    struct mt940_view reference = mt940_view_slice(rest, type_and_code, rest.length);
    size_t none = none_length(reference);
    bool ends = none > 0 || mt940_view_is(mt940_view_slice(reference, 0, 2), "//");
    return ends && memchr("NSF", rest.data[0], 3) ? type_and_code + none : 0;
}

/* What a reader of 61 did not take as date, mark, amount and code. */
static size_t entry_length(struct mt940_view value)
{
    struct mt940_entry entry;
    struct mt940_issues issues;
    enum { date_mark_amount_code = 3 };
    size_t numbers = numbers_length(value, date_mark_amount_code - 1);

    memset(&entry, 0, sizeof entry);
    mt940_issues_init(&issues);
    if (!mt940_tag61_read(value, "", &entry, &issues))
        return numbers + code_length(mt940_view_slice(value, numbers, value.length));
    /* That there is no reference tells a reader where the code ends. */
    if (entry.customer_reference.length)
        return (size_t)(entry.customer_reference.data - value.data) + none_length(entry.customer_reference);
    if (entry.bank_reference.length)
        return (size_t)(entry.bank_reference.data - value.data);
    return entry.supplementary.length ? (size_t)(entry.supplementary.data - value.data) : value.length;
}

/* "0062-00123/1234567": the code of the bank says which bank it is, and nothing else. Five digits have a zero in front. */
static size_t bank_length(struct mt940_view value)
{
    enum { bank_digits = 4 };
    size_t at = value.length > 3 && memcmp(value.data, "TR/", 3) == 0 ? 3 : 0, digits = 0;

    while (at + digits < value.length && mt940_ascii_is_digit(value.data[at + digits]))
        digits++;
    bool zero = digits == bank_digits + 1 && value.data[at] == '0';
    at += digits;
    return (digits == bank_digits || zero) && at < value.length && memchr("-_/. ", value.data[at], 5) ? at + 1 : 0;
}

/* A balance or a sum, as a reader reads it. */
static bool read_sum(const struct mt940_item *item, struct mt940_view value, struct mt940_balance *out,
                     struct mt940_issues *issues)
{
    struct mt940_total total;

    memset(out, 0, sizeof *out);
    mt940_issues_init(issues);
    if (item->tag.meaning != MT940_TAG_TOTAL && item->tag.meaning != MT940_TAG_FLOOR_LIMIT)
        return mt940_tag60_read(value, 'F', "", out, issues);
    memset(&total, 0, sizeof total);
    bool read = item->tag.meaning == MT940_TAG_TOTAL ? mt940_tag90_read(value, &total, issues)
                                                     : mt940_tag34_read(value, "", &total, issues);
    out->mark = total.mark;
    out->reading = total.reading;
    return read;
}

static bool same_sum(const struct mt940_balance *a, const struct mt940_balance *b)
{
    const struct mt940_reading *x = &a->reading, *y = &b->reading;

    return a->mark == b->mark && mt940_date_compare(&a->date, &b->date) == 0 && x->ambiguity == y->ambiguity &&
           x->amount.units == y->amount.units && x->amount.scale == y->amount.scale &&
           strcmp(x->amount.currency, y->amount.currency) == 0;
}

/* Bytes in front of a balance or a sum that say to a reader what the whole says; at least its numbers. */
static size_t sum_length(const struct mt940_item *item, size_t runs)
{
    enum { farthest = 256 };
    struct mt940_view value = item->value;
    struct mt940_balance whole, part;
    struct mt940_issues issues;
    size_t at = numbers_length(value, runs), end = value.length < farthest ? value.length : farthest;

    /* Whether it is a field at all may hang on its first letter. */
    if (!read_sum(item, value, &whole, &issues)) {
        while (at < value.length && (unsigned char)value.data[at] <= ' ')
            at++;
        return at + (at < value.length && mt940_ascii_is_letter(value.data[at]));
    }
    while (at < end && !(read_sum(item, mt940_view_slice(value, 0, at), &part, &issues) && same_sum(&whole, &part)))
        at++;
    while (at < value.length && is_number_byte(value.data[at]))
        at++;
    return at;
}

/* Runs of letters in a field with a sum: mark and currency, or the currency alone; 0 = a field without a sum. */
static size_t runs_of_sum(const struct mt940_item *item)
{
    switch (item->tag.meaning) {
    case MT940_TAG_OPENING_BALANCE:
    case MT940_TAG_CLOSING_BALANCE:
    case MT940_TAG_AVAILABLE_BALANCE:
    case MT940_TAG_FORWARD_BALANCE:
        return 2;
    case MT940_TAG_TOTAL:
    case MT940_TAG_FLOOR_LIMIT:
        return 1;
    default:
        return 0;
    }
}

/* How much of the value stays as it is. */
static size_t kept_length(const struct mt940_item *item)
{
    size_t runs = runs_of_sum(item);
    if (runs)
        return sum_length(item, runs);
    switch (item->tag.meaning) {
    case MT940_TAG_ENTRY:
        return entry_length(item->value);
    case MT940_TAG_NUMBER:
    case MT940_TAG_CREATION:
        return numbers_length(item->value, 0);
    case MT940_TAG_ACCOUNT:
        return bank_length(item->value);
    default:
        return 0;
    }
}

/* What a reader says of a field. */
struct reading {
    bool read; /* of field 25: whether a mistyped IBAN stands there */
    struct mt940_balance sum;
    struct mt940_entry entry;
    struct mt940_issues issues;
};

static void read_field(const struct mt940_item *item, struct mt940_view value, struct reading *out)
{
    struct mt940_account_parts parts;
    struct mt940_view number, sequence;

    memset(out, 0, sizeof *out);
    mt940_issues_init(&out->issues);
    if (item->kind == MT940_ITEM_ENTRY) {
        out->read = mt940_tag61_read(value, "", &out->entry, &out->issues);
        out->sum.mark = out->entry.mark;
        out->sum.date = out->entry.value_date;
        out->sum.reading = out->entry.reading;
    } else if (item->tag.meaning == MT940_TAG_ACCOUNT) {
        struct mt940_view line = mt940_view_trim(mt940_first_line(value));
        out->read = mt940_account_split(line.data, line.length, &parts) == 0 && parts.looks_like_iban;
    } else if (item->tag.meaning == MT940_TAG_NUMBER) {
        out->read = mt940_tag28_read(value, &number, &sequence, &out->issues);
    } else if (runs_of_sum(item)) {
        out->read = read_sum(item, value, &out->sum, &out->issues);
    }
}

static bool same_entry(const struct mt940_entry *a, const struct mt940_entry *b)
{
    return mt940_date_compare(&a->entry_date, &b->entry_date) == 0 && a->funds_code == b->funds_code &&
           a->type == b->type && strcmp(a->code, b->code) == 0 &&
           a->customer_reference.length == b->customer_reference.length &&
           a->bank_reference.length == b->bank_reference.length && a->supplementary.length == b->supplementary.length;
}

static bool same_issues(const struct mt940_issues *a, const struct mt940_issues *b)
{
    bool same = a->count == b->count;

    for (size_t i = 0; same && i < a->count; i++)
        same = a->list[i].message == b->list[i].message && a->list[i].position == b->list[i].position &&
               strcmp(a->list[i].subfield, b->list[i].subfield) == 0;
    return same;
}

/* A field and what a reader said of it as it was. */
struct original {
    const struct mt940_item *item;
    struct reading reading;
};

/* Of a field that cannot be read, how far a reader gets may hang on letters that are a name: then that may differ. */
static int compare(void *user, struct mt940_view before, struct mt940_view after)
{
    const struct original *original = user;
    const struct reading *old = &original->reading;
    struct reading new;

    read_field(original->item, after, &new);
    if (old->read != new.read || !same_sum(&old->sum, &new.sum) || !mt940_same_lines(before, after))
        return MT940_DISGUISE_DIFFERS;
    return same_entry(&old->entry, &new.entry) && same_issues(&old->issues, &new.issues) ? MT940_DISGUISE_SAME
                                                                                       : MT940_DISGUISE_ALIKE;
}

/* Bytes at `at` that are the letters and digits of `iban`, with whatever a reader forgives between; 0 = others. */
static size_t iban_length(struct mt940_view text, size_t at, const char *iban)
{
    size_t end = at;

    for (; end < text.length && *iban; end++) {
        if (end > at && !mt940_ascii_is_alnum(text.data[end]))
            continue;
        if (mt940_ascii_upper(text.data[end]) != *iban++)
            return 0;
    }
    return *iban ? 0 : end - at;
}

/* Puts another IBAN over the one at `raw`, in its case, and what stands between stays. */
static void disguise_iban(const struct mt940_disguise *disguise, char *raw, const char *iban)
{
    char other[MT940_IBAN_MAX + 1];

    memcpy(other, iban, strlen(iban) + 1);
    mt940_disguise_iban(disguise, other, strlen(other));
    for (const char *c = other; *c; raw++)
        if (mt940_ascii_is_alnum(*raw)) {
            *raw = mt940_ascii_is_lower(*raw) && mt940_ascii_is_upper(*c) ? (char)(*c - 'A' + 'a') : *c;
            c++;
        }
}

/* Field 25 with an IBAN, which may have more blanks than one in a text; false = it has none. */
static bool disguise_account(struct mt940_disguise *disguise, const struct mt940_item *item, char *raw)
{
    struct mt940_account_parts parts;
    struct mt940_view line = mt940_view_trim(mt940_first_line(item->value));
    size_t at = 0, length = 0;

    if (item->tag.meaning != MT940_TAG_ACCOUNT || mt940_account_split(line.data, line.length, &parts) || !parts.iban[0])
        return false;
    while (at < line.length && (length = iban_length(line, at, parts.iban)) == 0)
        at++;
    if (length == 0)
        return false;
    at += (size_t)(line.data - item->value.data);
    disguise_iban(disguise, raw + at, parts.iban);
    mt940_disguise_text(disguise, raw, at);
    mt940_disguise_text(disguise, raw + at + length, item->value.length - at - length);
    return true;
}

void mt940_disguise_field(struct mt940_disguise *disguise, const struct mt940_item *item, char *raw)
{
    struct original original = {.item = item};
    size_t length = item->value.length, kept;

    if (disguise_account(disguise, item, raw))
        return;
    kept = kept_length(item);
    if (length <= kept)
        return;
    read_field(item, item->value, &original.reading);
    disguise->in_field = true;
    /* A mistyped IBAN is told by its country. */
    disguise->in_account = item->tag.meaning == MT940_TAG_ACCOUNT && original.reading.read;
    mt940_disguise_guarded(disguise, raw, length, kept, 0, compare, &original);
    disguise->in_field = disguise->in_account = false;
}
