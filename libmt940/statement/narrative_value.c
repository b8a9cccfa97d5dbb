/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_value.c: the uniform shape: what a sub-field's meaning and form make of its value. Must not know where in
 * which dialect it stood.
 */
#include "statement/narrative.h"

#include "mt940connect/bic.h"
#include "mt940connect/iban.h"

static const char return_codes[][4] = {
#define MT940_RETURN_CODE(code) code,
#include "statement/narrative_reasons.def"
};

static const char reasons[][5] = {
#define MT940_REASON(code) code,
#include "statement/narrative_reasons.def"
};

/* What banks write where there is nothing; mt940_narrative_take() too knows that all of them begin with N. */
static const struct mt940_view placeholders[] = {
    MT940_LITERAL("NOTPROVIDED"), MT940_LITERAL("NICHTANGEGEBEN"), MT940_LITERAL("NONREF"),
};

/* The same but for blanks, which a wrapped line may have put anywhere but in front. */
static bool is_same(struct mt940_view value, struct mt940_view word)
{
    size_t matched = 0;

    for (size_t i = 0; i < value.length; i++) {
        if ((unsigned char)value.data[i] <= ' ')
            continue;
        if (matched == word.length || mt940_ascii_upper(value.data[i]) != word.data[matched++])
            return false;
    }
    return matched == word.length;
}

static bool is_placeholder(struct mt940_view value)
{
    if (mt940_ascii_upper(value.data[0]) != 'N')
        return false;
    for (size_t i = 0; i < sizeof placeholders / sizeof placeholders[0]; i++)
        if (is_same(value, placeholders[i]))
            return true;
    return false;
}

static void put(struct mt940_narrative_reading *reading, int32_t meaning, struct mt940_view value)
{
    if (meaning != MT940_NARRATIVE_NOTHING && reading->out->values[meaning].length == 0 && value.length > 0)
        reading->out->values[meaning] = value;
}

/* Two letters and two digits, blanks aside: without them a text is no IBAN, and nearly none that is none has them. */
static bool begins_iban(struct mt940_view value)
{
    size_t have = 0;

    if (value.length >= 4 && mt940_ascii_is_upper(value.data[0]) && mt940_ascii_is_upper(value.data[1]) &&
        mt940_ascii_is_digit(value.data[2]) && mt940_ascii_is_digit(value.data[3]))
        return true;
    for (size_t i = 0; i < value.length && have < 4; i++) {
        if (value.data[i] == ' ' || value.data[i] == '\n')
            continue;
        if (have < 2 ? !mt940_ascii_is_upper(value.data[i]) : !mt940_ascii_is_digit(value.data[i]))
            return false;
        have++;
    }
    return have == 4;
}

enum { longest_value = 64 };

/* Writes the canonical form of a valid IBAN. Most are in it, and those are judged faster. */
static bool read_iban(struct mt940_view value, char out[MT940_IBAN_MAX + 2])
{
    uint8_t reason;

    if (!begins_iban(value))
        return false;
    if (mt940_iban_check_many(&value, 1, 0, &reason) == 1) {
        memset(out, 0, MT940_IBAN_MAX + 2);
        memcpy(out, value.data, value.length);
        return true;
    }
    struct mt940_iban iban = {.size = sizeof iban};
    char blank[longest_value];
    if (value.length > sizeof blank)
        return false;
    /* A break is a blank by then, but for a value that was joined just now. */
    for (size_t i = 0; i < value.length; i++)
        blank[i] = value.data[i] == '\n' ? ' ' : value.data[i];
    if (!memchr(blank, ' ', value.length) ||
        mt940_iban_parse(blank, value.length, MT940_IBAN_SPACES, &iban) != MT940_OK || iban.reason != MT940_IBAN_VALID)
        return false;
    memcpy(out, iban.canonical, MT940_IBAN_MAX + 2);
    return true;
}

size_t mt940_narrative_iban_length(struct mt940_view text)
{
    struct mt940_iban_found found;
    struct mt940_view front = mt940_view_slice(text, 0, longest_value);
    size_t blanks = 0;

    while (blanks < front.length && (unsigned char)front.data[blanks] <= ' ')
        blanks++;
    if (mt940_iban_scan(front.data, front.length, &found, 1) == 0 || found.offset != blanks)
        return 0;
    return found.offset + found.length;
}

/* Keeps the canonical form where there is one; of a Polish account number (NRB) that is the number behind "PL". */
static bool take_iban(struct mt940_narrative *out, struct mt940_view value)
{
    char polish[28] = "PL";

    if (out->iban[0])
        return false;
    if (out->dialect == MT940_NARRATIVE_POLISH || out->dialect == MT940_NARRATIVE_POLISH_WORDS)
        if (value.length == 26) {
            memcpy(polish + 2, value.data, 26);
            value = mt940_view_of(polish, sizeof polish);
        }
    return value.length <= longest_value && read_iban(value, out->iban);
}

/* Text may stand where some banks have an account: a third of one at least is digits or covered up. */
static bool looks_like_account(struct mt940_view text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.length; i++)
        digits += mt940_ascii_is_digit(text.data[i]) || text.data[i] == '*';
    return digits >= 4 && digits * 3 >= text.length;
}

/* A valid IBAN takes the place of an account that is none. */
static void take_account(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    size_t end = 0;

    if (take_iban(reading->out, value)) {
        reading->out->values[MT940_NARRATIVE_ACCOUNT] = value;
        return;
    }
    while (end < value.length && (unsigned char)value.data[end] > ' ' && value.data[end] != ',')
        end++;
    if (end < value.length && take_iban(reading->out, mt940_view_slice(value, 0, end)))
        reading->out->values[MT940_NARRATIVE_ACCOUNT] = mt940_view_slice(value, 0, end);
    else if (looks_like_account(value))
        put(reading, MT940_NARRATIVE_ACCOUNT, value);
}

static void take_bank(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    enum { longest_code = 12 };
    bool is_bic = mt940_bic_check(value.data, value.length, 0) == MT940_BIC_VALID;

    if (is_bic)
        put(reading, MT940_NARRATIVE_BIC, value);
    else if (value.length <= longest_code && !memchr(value.data, ' ', value.length))
        put(reading, MT940_NARRATIVE_BANK_CODE, value);
}

/* The part of `value` from *at to the next slash. */
static struct mt940_view part(struct mt940_view value, size_t *at)
{
    size_t start = *at;

    while (*at < value.length && value.data[*at] != '/')
        ++*at;
    struct mt940_view piece = mt940_view_trim(mt940_view_slice(value, start, *at - start));
    *at += *at < value.length;
    return piece;
}

/* A name with whatever slashes; Swedish banks put "?" and the account, or the address, behind it. */
static void take_party_name(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    const char *mark = memchr(value.data, '?', value.length);
    size_t length = mark ? (size_t)(mark - value.data) : value.length;
    struct mt940_view rest = mt940_view_trim(mt940_view_slice(value, length + 1, value.length));

    put(reading, MT940_NARRATIVE_NAME, mt940_view_trim(mt940_view_slice(value, 0, length)));
    if (rest.length > 0 && take_iban(reading->out, rest))
        reading->out->values[MT940_NARRATIVE_ACCOUNT] = rest;
}

/* "/account" as SWIFT writes it (field 50K), the slash left out. */
static struct mt940_view without_slash(struct mt940_view value)
{
    size_t at = 1;

    if (value.length == 0 || value.data[0] != '/')
        return value;
    return looks_like_account(part(value, &at)) ? mt940_view_slice(value, 1, value.length) : value;
}

/* "IBAN name" where a line's end stood between: takes the IBAN and leaves the name. */
static struct mt940_view behind_iban(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    size_t end = 0;

    while (end < value.length && (unsigned char)value.data[end] > ' ' && value.data[end] != '/')
        end++;
    struct mt940_view first = mt940_view_slice(value, 0, end);
    if (end == value.length || value.data[end] == '/' || !take_iban(reading->out, first))
        return value;
    reading->out->values[MT940_NARRATIVE_ACCOUNT] = first;
    return mt940_view_trim(mt940_view_slice(value, first.length, value.length));
}

/* "account/BIC/name/city" (ING), "account, name, text" on lines of their own (Macedonia), or a name. */
static void take_party(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    value = behind_iban(reading, without_slash(value));
    size_t at = 0;
    struct mt940_view first = part(value, &at), second;

    if (first.length > 0 && (!looks_like_account(first) || memchr(first.data, ' ', first.length))) {
        take_party_name(reading, value);
        return;
    }
    if (first.length > 0)
        take_account(reading, first);
    second = part(value, &at);
    if (mt940_bic_check(second.data, second.length, 0) == MT940_BIC_VALID) {
        take_bank(reading, second);
        second = part(value, &at);
    } else if (second.length == 0) {
        second = part(value, &at);
    }
    put(reading, MT940_NARRATIVE_NAME, second);
    if (at > 1 && at < value.length && value.data[at - 2] == '\n')
        reading->lead = mt940_view_slice(value, at, value.length);
}

/* "USTD//text", "STRD/CUR/reference" (ING), or plain text. */
static void take_remittance(struct mt940_narrative_reading *reading, struct mt940_view value)
{
    size_t at = 0;
    struct mt940_view kind = part(value, &at);

    if (mt940_view_is(kind, "USTD")) {
        part(value, &at);
        value = mt940_view_slice(value, at, value.length);
    } else if (mt940_view_is(kind, "STRD")) {
        part(value, &at);
        value = mt940_view_slice(value, at, value.length);
        put(reading, MT940_NARRATIVE_CREDITOR_REFERENCE, mt940_view_trim(value));
    }
    put(reading, MT940_NARRATIVE_PURPOSE, mt940_view_trim(value));
}

void mt940_narrative_judge(struct mt940_narrative_reading *reading, int32_t meaning, struct mt940_view value)
{
    if (is_placeholder(value))
        return;
    if (meaning < MT940_NARRATIVE_VALUE_COUNT && meaning != MT940_NARRATIVE_ACCOUNT) {
        put(reading, meaning, value);
        return;
    }
    switch (meaning) {
    case MT940_NARRATIVE_ACCOUNT:
        take_account(reading, value);
        break;
    case mt940_meaning_bank:
        take_bank(reading, value);
        break;
    case mt940_meaning_other_name:
        if (reading->other_name.length == 0)
            reading->other_name = value;
        break;
    case mt940_meaning_party:
        take_party(reading, value);
        break;
    case mt940_meaning_remittance:
        take_remittance(reading, value);
        break;
    default:
        break;
    }
}

void mt940_narrative_take_of(struct mt940_narrative_reading *reading, int32_t party, int32_t meaning,
                             struct mt940_view value)
{
    int32_t sign = reading->input->sign;

    if (party == mt940_party_ultimate)
        mt940_narrative_take(reading, MT940_NARRATIVE_ULTIMATE_NAME, value);
    else if ((party != mt940_party_sender || sign >= 0) && (party != mt940_party_receiver || sign <= 0))
        mt940_narrative_take(reading, meaning, value);
    else if (reading->own_party.length == 0) {
        reading->own_party = value;
        reading->own_meaning = meaning;
    }
}

static bool is_returned(struct mt940_view code)
{
    for (size_t i = 0; i < sizeof return_codes / sizeof return_codes[0]; i++)
        if (code.length == sizeof return_codes[i] - 1 && memcmp(code.data, return_codes[i], code.length) == 0)
            return true;
    return false;
}

/* The first whole word of the purpose that is a reason. */
static void find_reason(struct mt940_narrative_reading *reading)
{
    struct mt940_view text = reading->out->values[MT940_NARRATIVE_PURPOSE];

    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        while (at < text.length && mt940_ascii_is_alnum(text.data[at]))
            at++;
        for (size_t i = 0; at - start == 4 && i < sizeof reasons / sizeof reasons[0]; i++)
            if (memcmp(text.data + start, reasons[i], 4) == 0)
                put(reading, MT940_NARRATIVE_RETURN_REASON, mt940_view_slice(text, start, 4));
        at += at == start || at < text.length;
    }
}

void mt940_narrative_settle(struct mt940_narrative_reading *reading)
{
    struct mt940_narrative *out = reading->out;

    put(reading, MT940_NARRATIVE_NAME, reading->other_name);
    if (out->values[MT940_NARRATIVE_RETURN_REASON].length > 0 && out->values[MT940_NARRATIVE_NAME].length == 0)
        mt940_narrative_take(reading, reading->own_meaning, reading->own_party);
    put(reading, MT940_NARRATIVE_PURPOSE, mt940_view_trim(reading->lead));
    if (out->dialect == MT940_NARRATIVE_FREE && take_iban(out, mt940_view_trim(out->text)))
        out->values[MT940_NARRATIVE_ACCOUNT] = mt940_view_trim(out->text);
    if (is_returned(out->values[MT940_NARRATIVE_TRANSACTION_CODE]))
        find_reason(reading);
}
