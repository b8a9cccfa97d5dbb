/* SPDX-License-Identifier: Apache-2.0
 *
 * account.c: bank, branch and account out of field 25: an IBAN, "BBBB-SSSSS/HHHH" with or
 * without "TR/" and with other signs between, or anything else, which is then a number as it stands. Source: turkish-banking
 * §1.2; R5.
 */
#include "base/export.h"
#include "base/view.h"

#include "mt940connect/iban.h"
#include "mt940connect/statement.h"

enum { turkish_bank_digits = 4 };

static void copy(char *out, size_t capacity, struct mt940_view text)
{
    (void)mt940_view_copy(&text, out, capacity);
}

static size_t digits_at(struct mt940_view text, size_t from)
{
    size_t count = 0;
    while (from + count < text.length && mt940_ascii_is_digit(text.data[from + count]))
        count++;
    return count;
}

/* The bank part as books write it: four digits in TR (the IBAN has five), else as it stands. */
static void copy_bank(struct mt940_account_parts *out, const struct mt940_iban *iban)
{
    struct mt940_view bank = mt940_view_of(iban->canonical + iban->bank.offset, iban->bank.length);
    if (strcmp(iban->country, "TR") == 0 && bank.length == turkish_bank_digits + 1 && bank.data[0] == '0')
        bank = mt940_view_slice(bank, 1, turkish_bank_digits);
    copy(out->bank_code, sizeof out->bank_code, bank);
    if (iban->branch.length)
        copy(out->branch_code, sizeof out->branch_code,
             mt940_view_of(iban->canonical + iban->branch.offset, iban->branch.length));
}

/* A trailing currency code, after a slash or a blank or glued to digits ("1567.50.961EUR"). */
static struct mt940_view split_currency(struct mt940_view text, struct mt940_account_parts *out)
{
    if (text.length < 4)
        return text;
    struct mt940_view last = mt940_view_slice(text, text.length - 3, 3);
    char before = text.data[text.length - 4];
    if (mt940_ascii_is_letter(before) || mt940_currency_digits(last.data, last.length) < 0)
        return text;
    copy(out->currency, sizeof out->currency, last);
    text.length -= 3;
    while (text.length && (mt940_ascii_is_blank(text.data[text.length - 1]) || text.data[text.length - 1] == '/' ||
                           text.data[text.length - 1] == '-'))
        text.length--;
    return text;
}

static bool read_iban(struct mt940_view text, struct mt940_account_parts *out)
{
    struct mt940_iban iban;
    memset(&iban, 0, sizeof iban);
    iban.size = sizeof iban;
    if (mt940_iban_parse(text.data, text.length, MT940_IBAN_PRINT, &iban))
        return false;
    if (iban.reason == MT940_IBAN_VALID) {
        copy(out->iban, sizeof out->iban, mt940_view_of(iban.canonical, strlen(iban.canonical)));
        copy_bank(out, &iban);
        out->looks_like_iban = 0;
        return true;
    }
    bool form = text.length > 4 && mt940_ascii_is_letter(text.data[0]) && mt940_ascii_is_letter(text.data[1]) &&
                digits_at(text, 2) >= 2;
    out->looks_like_iban = form && iban.reason != MT940_IBAN_BAD_COUNTRY;
    return false;
}

/* "INGBNL2A/NL91ABNA…": the BIC of the bank in front of an IBAN. */
static bool read_iban_behind(struct mt940_view text, struct mt940_account_parts *out)
{
    size_t slash = 0;
    while (slash < text.length && text.data[slash] != '/')
        slash++;
    return slash + 1 < text.length && read_iban(mt940_view_slice(text, slash + 1, text.length), out);
}

static bool is_separator(struct mt940_view text, size_t at, const char *separators)
{
    return at < text.length && memchr(separators, text.data[at], strlen(separators)) != NULL;
}

/*
 * "BBBB-SSSSS/HHHHHHH", the separator between bank and branch as in bank-branch codes. Some put other signs between the
 * three; then branch and account must be as long as they mostly are, for other countries have numbers in groups, too.
 */
static bool read_bank_branch(struct mt940_view text, struct mt940_account_parts *out)
{
    enum { branch_usual = 3, number_usual = 5, branch_most = 5 };
    /* Some write five digits, as in an IBAN. */
    if (digits_at(text, 0) == turkish_bank_digits + 1 && text.data[0] == '0')
        text = mt940_view_slice(text, 1, text.length);
    size_t bank = digits_at(text, 0);
    if (bank != turkish_bank_digits || !is_separator(text, bank, "-_/. "))
        return false;
    size_t branch = digits_at(text, bank + 1);
    size_t behind = bank + 1 + branch;
    if (branch == 0 || branch > branch_most || !is_separator(text, behind, "/-_. "))
        return false;
    size_t number = digits_at(text, behind + 1);
    bool usual = is_separator(text, bank, "-_") && text.data[behind] == '/';
    if (!usual && (text.data[0] != '0' || branch < branch_usual || number < number_usual || behind + 1 + number != text.length))
        return false;
    copy(out->bank_code, sizeof out->bank_code, mt940_view_slice(text, 0, bank));
    copy(out->branch_code, sizeof out->branch_code, mt940_view_slice(text, bank + 1, branch));
    copy(out->number, sizeof out->number, mt940_view_trim(mt940_view_slice(text, behind + 1, text.length)));
    return true;
}

/* "TR14… TGBATRISXXX": the BIC of field 25P on the line of the account. */
static bool read_iban_before_bic(struct mt940_view text, struct mt940_account_parts *out)
{
    size_t end = text.length;
    while (end > 0 && mt940_ascii_is_alnum(text.data[end - 1]))
        end--;
    size_t length = text.length - end;
    bool bic = (length == 8 || length == 11) && end > 0 && mt940_ascii_is_blank(text.data[end - 1]);
    for (size_t i = 0; bic && i < 6; i++)
        bic = mt940_ascii_is_letter(text.data[end + i]);
    return bic && read_iban(mt940_view_trim(mt940_view_slice(text, 0, end)), out);
}

/* "bank/account", the standard's usual form: SWIFT says 35x, banks put their code in front. */
static void read_plain(struct mt940_view text, struct mt940_account_parts *out)
{
    size_t slash = 0;
    while (slash < text.length && text.data[slash] != '/')
        slash++;
    bool code = slash > 0 && slash + 1 < text.length && slash < sizeof out->bank_code;
    for (size_t i = 0; code && i < slash; i++)
        code = mt940_ascii_is_alnum(text.data[i]);
    if (code)
        copy(out->bank_code, sizeof out->bank_code, mt940_view_slice(text, 0, slash));
    copy(out->number, sizeof out->number,
         mt940_view_trim(code ? mt940_view_slice(text, slash + 1, text.length) : text));
}

enum { plain_most = 64 };

/* The text with blanks for those that do not break (A0, in UTF-8 C2 A0), in `room`; itself where it has none. */
static struct mt940_view with_plain_blanks(struct mt940_view text, char room[plain_most])
{
    size_t to = 0;
    if (text.length > plain_most || text.length == 0 || !memchr(text.data, '\xA0', text.length))
        return text;
    for (size_t i = 0; i < text.length; i++) {
        bool pair = text.data[i] == '\xC2' && i + 1 < text.length && text.data[i + 1] == '\xA0';
        room[to++] = pair || text.data[i] == '\xA0' ? ' ' : text.data[i];
        i += pair;
    }
    return mt940_view_of(room, to);
}

MT940_EXPORT int mt940_account_split(const char *data, size_t length, struct mt940_account_parts *out)
{
    char room[plain_most];
    if ((!data && length) || !out)
        return MT940_E_ARGUMENT;
    struct mt940_view text = mt940_view_trim(with_plain_blanks(mt940_view_of(data, length), room));
    memset(out, 0, sizeof *out);
    /* "/PL61…" and "//AT20151/…" of Polish and Austrian banks. */
    while (text.length > 1 && text.data[0] == '/')
        text = mt940_view_slice(text, 1, text.length);
    if (text.length > 3 && memcmp(text.data, "TR/", 3) == 0)
        text = mt940_view_trim(mt940_view_slice(text, 3, text.length));
    struct mt940_view whole = text;
    text = split_currency(text, out);
    /* IBANs of the Seychelles end in their currency. */
    if (text.length < whole.length && read_iban(whole, out)) {
        memset(out->currency, 0, sizeof out->currency);
        return 0;
    }
    out->looks_like_iban = 0;
    if (!read_iban(text, out) && !read_iban_behind(text, out) && !read_iban_before_bic(text, out) &&
        !read_bank_branch(text, out))
        read_plain(text.length ? text : whole, out);
    return 0;
}
