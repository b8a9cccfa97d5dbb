/* SPDX-License-Identifier: Apache-2.0
 *
 * find.c: which rule holds for a movement (turkish-banking §2.5, decision 10). Must not know what
 * becomes of it.
 */
#include "base/export.h"
#include "base/failure.h"
#include "mt940connect/fold.h"
#include "slip/rules.h"

/* Folded narratives of ordinary letters are not longer than the text; the rest is not searched. */
#define FOLD_ROOM (2 * MT940_SLIP_NARRATIVE_MAX)

struct question {
    struct mt940_view bank;
    struct mt940_slip_code code;
    bool is_three_digits; /* the code */
    int64_t side; /* of the money */
    struct mt940_view narrative; /* folded */
    struct mt940_view bank_account, currency, local_currency;
    int64_t amount;
};

/* "0062" and "62" are one bank; letters are compared without regard to case. */
static bool same_bank(struct mt940_view a, struct mt940_view b)
{
    while (a.length > 0 && a.data[0] == '0')
        a = mt940_view_slice(a, 1, a.length - 1);
    while (b.length > 0 && b.data[0] == '0')
        b = mt940_view_slice(b, 1, b.length - 1);
    return mt940_view_is_nocase(a, b);
}

static bool is_three_digits(const struct mt940_slip_code *code)
{
    return code->length == 3 && mt940_ascii_is_digit(code->text[0]) && mt940_ascii_is_digit(code->text[1]) &&
           mt940_ascii_is_digit(code->text[2]);
}

/* Most rules are of another code, which its length or first letter tells. */
static bool code_fits(const struct mt940_slip_rule *rule, const struct question *question)
{
    const struct mt940_view *code = &rule->record.code;

    if (code->length == 0)
        return true;
    if (code->length != question->code.length)
        return false;
    if (question->is_three_digits && rule->built_in && mt940_view_is(*code, "nnn"))
        return true;
    if ((code->data[0] ^ question->code.text[0]) & ~0x20)
        return false;
    return mt940_view_is_nocase(*code, mt940_view_of(question->code.text, question->code.length));
}

/* Amounts are of the rule's currency, or of the company's where it names none. */
static bool amount_fits(const struct mt940_transaction_code *record, const struct question *question)
{
    const struct mt940_view *wanted = record->currency.length > 0 ? &record->currency : &question->local_currency;
    bool limited = record->amount_from > 0 || record->amount_to > 0;

    if ((limited || record->currency.length > 0) && !mt940_view_is_nocase(*wanted, question->currency))
        return false;
    return question->amount >= record->amount_from && (record->amount_to == 0 || question->amount <= record->amount_to);
}

static bool fits(const struct mt940_slip_rule *rule, const struct question *question)
{
    if (rule->record.side != MT940_SIDE_BOTH && rule->record.side != question->side)
        return false;
    if (!code_fits(rule, question))
        return false;
    if (rule->record.bank_account.length > 0 && !mt940_view_equal(&rule->record.bank_account, &question->bank_account))
        return false;
    if (!rule->is_default && !amount_fits(&rule->record, question))
        return false;
    return rule->record.bank.length == 0 || same_bank(rule->record.bank, question->bank);
}

/* Moves `text` behind the first place where `part` stands; false when there is none. */
static bool pass(struct mt940_view *text, struct mt940_view part)
{
    while (text->length >= part.length) {
        const char *first = memchr(text->data, part.data[0], text->length - part.length + 1);
        bool found = first && memcmp(first, part.data, part.length) == 0;

        if (!first)
            return false;
        *text = mt940_view_slice(*text, (size_t)(first - text->data) + (found ? part.length : 1), text->length);
        if (found)
            return true;
    }
    return false;
}

/* All pieces, one behind the other; each where it stands first, which leaves most for the rest. */
static bool contains(struct mt940_view text, struct mt940_view key)
{
    while (key.length > 0) {
        const char *star = memchr(key.data, MT940_SLIP_STAR, key.length);
        size_t length = star ? (size_t)(star - key.data) : key.length;

        if (!pass(&text, mt940_view_slice(key, 0, length)))
            return false;
        key = mt940_view_slice(key, length + (star != NULL), key.length);
    }
    return true;
}

/* The rules stand in order of look-up, so the first that fits is the one. */
static const struct mt940_slip_rule *find_condition(const struct mt940_slip_rules *rules, const struct question *question)
{
    for (size_t i = 0; i < rules->condition_count; i++)
        if (fits(&rules->rules[i], question) && contains(question->narrative, rules->rules[i].key))
            return &rules->rules[i];
    return NULL;
}

static const struct mt940_slip_rule *find_default(const struct mt940_slip_rules *rules,
                                                  const struct question *question)
{
    for (size_t i = rules->condition_count; i < rules->count; i++)
        if (fits(&rules->rules[i], question))
            return &rules->rules[i];
    return NULL;
}

/* The one rule of this code, whatever its text; rules for every code are not of this code. */
static const struct mt940_slip_rule *find_only(const struct mt940_slip_rules *rules, const struct question *question)
{
    const struct mt940_slip_rule *only = NULL;

    for (size_t i = 0; i < rules->condition_count; i++) {
        if (rules->rules[i].record.code.length == 0 || !fits(&rules->rules[i], question))
            continue;
        if (only)
            return NULL;
        only = &rules->rules[i];
    }
    return only;
}

/* A rule for both sides that says "incoming" means "outgoing" for money that leaves (R42). */
static int32_t turned(const struct mt940_slip_rule *rule, int64_t side)
{
    int64_t type = rule->record.slip_type;

    if (rule->record.side == MT940_SIDE_BOTH &&
        ((type == MT940_SLIP_TYPE_INCOMING_TRANSFER && side == MT940_SIDE_DEBIT) ||
         (type == MT940_SLIP_TYPE_OUTGOING_TRANSFER && side == MT940_SIDE_CREDIT)))
        type = mt940_slip_type_opposite(type);
    return (int32_t)type;
}

static void answer(const struct mt940_slip_rule *rule, int32_t decided, int64_t side, struct mt940_slip_match *out)
{
    out->decided = rule->built_in ? MT940_SLIP_BY_BUILT_IN : decided;
    out->slip_type = turned(rule, side);
    out->rule = &rule->record;
}

MT940_EXPORT int mt940_slip_rules_find(const struct mt940_slip_rules *rules, const struct mt940_slip_query *query,
                                       struct mt940_slip_match *out)
{
    char folded[FOLD_ROOM];
    struct question question;
    const struct mt940_slip_rule *rule;
    struct mt940_view text;
    size_t length = 0;

    if (!rules || !query || !out || out->size < sizeof(*out) ||
        mt940_check_size(query, query->size, sizeof(*query), sizeof(*query)) != MT940_OK)
        return MT940_E_ARGUMENT;
    out->decided = MT940_SLIP_BY_NOBODY;
    out->slip_type = MT940_SLIP_TYPE_UNDEFINED;
    out->rule = NULL;
    question.bank = mt940_view_trim(query->bank);
    question.bank_account = query->bank_account;
    question.local_currency = query->local_currency;
    question.currency = query->currency.length > 0 ? query->currency : query->local_currency;
    question.amount = query->amount;
    question.side = query->sign < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT;
    if (!mt940_slip_code_read(&query->code, &question.code))
        question.code.length = 0;
    question.is_three_digits = is_three_digits(&question.code);
    text = mt940_view_slice(query->narrative, 0, MT940_SLIP_NARRATIVE_MAX);
    if (rules->condition_count > 0 && text.length > 0)
        length = mt940_fold_skeleton(text.data, text.length, folded, sizeof(folded), NULL);
    question.narrative = mt940_view_of(folded, length < sizeof(folded) ? length : sizeof(folded));
    if ((rule = find_condition(rules, &question)) != NULL)
        answer(rule, MT940_SLIP_BY_TEXT, question.side, out);
    else if ((rule = find_default(rules, &question)) != NULL)
        answer(rule, MT940_SLIP_BY_CODE, question.side, out);
    else if (rules->options.only_rule && (rule = find_only(rules, &question)) != NULL)
        answer(rule, MT940_SLIP_BY_ONLY_RULE, question.side, out);
    return MT940_OK;
}
