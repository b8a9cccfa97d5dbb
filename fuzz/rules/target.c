/* SPDX-License-Identifier: Apache-2.0
 *
 * Code rules: lines of "bank,code,side,priority,slip type,text" up to an empty line, then the
 * narrative of a movement. A text "@account@currency@from@to@text" is one with conditions. Whatever they are, the table
 * is the same in whatever order the rules came, a rule that is found fits the question, and no rule in front of it in
 * the table does. The last three bytes choose code, bank, side, own account, currency and amount of the movement.
 */
#include <stdlib.h>
#include <string.h>

#include "base/view.h"
#include "mt940connect/fold.h"
#include "mt940connect/slip.h"

enum { RULES = 64, COLUMNS = 6 };

static void check(int good)
{
    if (!good)
        abort();
}

/* Up to the next `stop` or line feed; moves on behind it. */
static struct mt940_view next_cell(const char **at, const char *end, char stop)
{
    struct mt940_view cell = {*at, 0};

    while (*at < end && **at != stop && **at != '\n')
        (*at)++;
    cell.length = (size_t)(*at - cell.data);
    *at += *at < end && **at == stop && stop != '\n';
    return cell;
}

static int64_t number_of(struct mt940_view cell, int64_t limit)
{
    int64_t number = 0;

    return mt940_decimal_parse(cell.data, cell.length, 0, &number) == 0 && number >= 0 && number <= limit ? number : 0;
}

/* "@account@currency@from@to@text" */
static void read_conditions(struct mt940_transaction_code *rule, struct mt940_view text)
{
    const char *at = text.data + 1, *end = text.data + text.length;

    rule->text = text;
    if (text.length == 0 || text.data[0] != '@')
        return;
    rule->bank_account = next_cell(&at, end, '@');
    rule->currency = next_cell(&at, end, '@');
    rule->amount_from = number_of(next_cell(&at, end, '@'), 1000000);
    rule->amount_to = number_of(next_cell(&at, end, '@'), 1000000);
    rule->text = mt940_view_of(at, (size_t)(end - at));
}

static size_t read_rules(const char **at, const char *end, struct mt940_transaction_code rules[RULES])
{
    size_t count = 0;

    while (*at < end && **at != '\n' && count < RULES) {
        struct mt940_transaction_code *rule = &rules[count++];
        struct mt940_view cells[COLUMNS];

        for (int i = 0; i < COLUMNS; i++)
            cells[i] = next_cell(at, end, i + 1 < COLUMNS ? ',' : '\n');
        *at += *at < end;
        memset(rule, 0, sizeof *rule);
        mt940_view_from_string("1", &rule->company);
        rule->bank = cells[0];
        rule->code = cells[1];
        rule->side = number_of(cells[2], 2);
        rule->priority = number_of(cells[3], 1000000);
        rule->slip_type = number_of(cells[4], 19);
        read_conditions(rule, cells[5]);
    }
    return count;
}

/* NULL when a rule, or the table, was refused; `*status` says what for. */
static struct mt940_slip_rules *build(const struct mt940_transaction_code *rules, size_t count, int backwards,
                                      int32_t only_rule)
{
    struct mt940_slip_options options;
    struct mt940_slip_rules_builder *builder = NULL;
    struct mt940_slip_rules *table = NULL;

    mt940_slip_options_init(&options);
    options.only_rule = only_rule;
    check(mt940_slip_rules_builder_new(&options, NULL, &builder, NULL) == 0);
    for (size_t i = 0; i < count; i++)
        (void)mt940_slip_rules_builder_add(builder, &rules[backwards ? count - 1 - i : i], NULL);
    (void)mt940_slip_rules_build(builder, &table, NULL);
    mt940_slip_rules_builder_free(builder);
    return table;
}

static int same(const struct mt940_transaction_code *a, const struct mt940_transaction_code *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return mt940_view_equal(&a->bank, &b->bank) == 1 && mt940_view_equal(&a->code, &b->code) == 1 &&
           mt940_view_equal(&a->text, &b->text) == 1 && a->side == b->side && a->priority == b->priority;
}

/*
 * The last piece where it stands last, then the one before it in front of that: the other way round than the library.
 * `unknown` where a text is longer than is looked at here.
 */
static int text_occurs(const struct mt940_transaction_code *rule, const struct mt940_slip_query *query, int unknown)
{
    char text[1024], narrative[8192];
    size_t whole = mt940_fold_skeleton(query->narrative.data, query->narrative.length, narrative, sizeof narrative, NULL);
    size_t end = rule->text.length;

    if (end == 0)
        return 1;
    if (whole > sizeof narrative)
        return unknown;
    while (1) {
        size_t start = end, part, at;

        while (start > 0 && rule->text.data[start - 1] != '*')
            start--;
        part = mt940_fold_skeleton(rule->text.data + start, end - start, text, sizeof text, NULL);
        if (part > sizeof text)
            return unknown;
        if (part > whole)
            return 0;
        for (at = whole - part; memcmp(narrative + at, text, part) != 0; at--)
            if (at == 0)
                return 0;
        if (start == 0)
            return 1;
        whole = at;
        end = start - 1;
    }
}

static int has_condition(const struct mt940_transaction_code *rule)
{
    return rule->text.length + rule->bank_account.length + rule->currency.length > 0 || rule->amount_from > 0 ||
           rule->amount_to > 0;
}

static int is_currency(struct mt940_view a, struct mt940_view b)
{
    char one[8] = "", other[8] = "";

    if (a.length != b.length || a.length >= sizeof one)
        return 0;
    for (size_t i = 0; i < a.length; i++) {
        one[i] = (char)(a.data[i] >= 'a' && a.data[i] <= 'z' ? a.data[i] - 'a' + 'A' : a.data[i]);
        other[i] = (char)(b.data[i] >= 'a' && b.data[i] <= 'z' ? b.data[i] - 'a' + 'A' : b.data[i]);
    }
    return memcmp(one, other, sizeof one) == 0;
}

/* Account, currency and amount; without a currency of its own a rule's amounts are the company's. */
static int figures_fit(const struct mt940_transaction_code *rule, const struct mt940_slip_query *query)
{
    int limited = rule->amount_from > 0 || rule->amount_to > 0;

    if (rule->bank_account.length > 0 && mt940_view_equal(&rule->bank_account, &query->bank_account) != 1)
        return 0;
    if (rule->currency.length > 0 && !is_currency(rule->currency, query->currency))
        return 0;
    if (limited && rule->currency.length == 0 && !is_currency(query->local_currency, query->currency))
        return 0;
    return query->amount >= rule->amount_from && (rule->amount_to == 0 || query->amount <= rule->amount_to);
}

/* No rule for every bank and code stands in front of the one that was found and has what it asks for. */
static void judge_order(const struct mt940_slip_rules *table, const struct mt940_slip_match *match,
                        const struct mt940_slip_query *query)
{
    int64_t side = query->sign < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT;

    if (query->narrative.length > 4096) /* the rest is not looked at */
        return;
    for (size_t i = 0; i < mt940_slip_rules_count(table); i++) {
        const struct mt940_transaction_code *rule = mt940_slip_rules_at(table, i);

        if (rule == match->rule)
            return;
        if (has_condition(rule) && rule->bank.length == 0 && rule->code.length == 0 &&
            (rule->side == MT940_SIDE_BOTH || rule->side == side))
            check(!text_occurs(rule, query, 0) || !figures_fit(rule, query));
    }
    check(match->rule == NULL);
}

static void judge(const struct mt940_slip_match *match, const struct mt940_slip_query *query)
{
    int64_t side = query->sign < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT;

    check((match->rule == NULL) == (match->decided == MT940_SLIP_BY_NOBODY));
    if (match->rule == NULL)
        return;
    check(match->rule->side == MT940_SIDE_BOTH || match->rule->side == side);
    if (match->decided == MT940_SLIP_BY_TEXT)
        check(has_condition(match->rule) && text_occurs(match->rule, query, 1) && figures_fit(match->rule, query));
    if (match->decided == MT940_SLIP_BY_CODE)
        check(!has_condition(match->rule));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const codes[] = {"TRF", "NTRF", "dbs", "DDB", "CHG", "103", "", "XYZ"};
    static const char *const banks[] = {"", "0062", "62", "0111"};
    static const char *const accounts[] = {"", "B1", "B2", "B1"};
    struct mt940_transaction_code rules[RULES];
    struct mt940_slip_query query = {.size = sizeof query};
    const char *at = (const char *)data, *end;

    if (size < 3 || size > 8192)
        return 0;
    end = at + size - 3;
    mt940_view_from_string(codes[end[0] & 7], &query.code);
    mt940_view_from_string(banks[end[1] & 3], &query.bank);
    query.sign = end[2] & 1 ? -1 : 1;
    mt940_view_from_string(accounts[end[2] >> 2 & 3], &query.bank_account);
    mt940_view_from_string(end[2] & 16 ? "USD" : "TRY", &query.currency);
    mt940_view_from_string("TRY", &query.local_currency);
    query.amount = 10 * (end[1] >> 2 & 63);
    size_t count = read_rules(&at, end, rules);
    at += at < end;
    query.narrative = mt940_view_of(at, (size_t)(end - at));
    struct mt940_slip_rules *table = build(rules, count, 0, end[2] & 2), *mirror = build(rules, count, 1, end[2] & 2);
    /* A rule that is there twice is refused in both orders. */
    check((table == NULL) == (mirror == NULL));
    if (table != NULL) {
        struct mt940_slip_match match = {.size = sizeof match}, other = {.size = sizeof other};

        check(mt940_slip_rules_count(table) == mt940_slip_rules_count(mirror));
        check(mt940_slip_rules_find(table, &query, &match) == 0 && mt940_slip_rules_find(mirror, &query, &other) == 0);
        check(match.decided == other.decided && match.slip_type == other.slip_type && same(match.rule, other.rule));
        judge(&match, &query);
        judge_order(table, &match, &query);
    }
    mt940_slip_rules_free(table);
    mt940_slip_rules_free(mirror);
    return 0;
}
