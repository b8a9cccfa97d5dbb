/* SPDX-License-Identifier: Apache-2.0
 *
 * model.c: the slow answer. Decisions 1, 2, 4, 5 and 6 written down once more from
 * docs/match.md, over every customer and record, with sets that are read member by member.
 */
#include <string.h>

#include "books.h"
#include "match/facts_iban.h"
#include "mt940connect/bank_branch.h"
#include "mt940connect/iban.h"
#include "mt940connect/status.h"

/* Longest key of a number; shortest account that is found. */
#define NUMBER_LONGEST 40
#define ACCOUNT_SHORTEST 6
/* Customers that one match looks at. */
#define LOOKED_AT 64
/* And of them shown. */
#define SHOWN 8

/* ---- identifiers ---- */

/* Separators and, unless kept, leading zeros left out, letters upper case; empty when too long. */
static size_t strip(struct mt940_view text, bool keep_zeros, char out[NUMBER_LONGEST])
{
    size_t length = 0;

    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (strchr(" -/._", c) && c != '\0')
            continue;
        if (c == '0' && length == 0 && !keep_zeros)
            continue;
        if (length == NUMBER_LONGEST)
            return 0;
        out[length++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return length;
}

static bool same_number(struct mt940_view a, struct mt940_view b, bool keep_zeros)
{
    char left[NUMBER_LONGEST], right[NUMBER_LONGEST];
    size_t length = strip(a, keep_zeros, left);

    return length > 0 && strip(b, keep_zeros, right) == length && memcmp(left, right, length) == 0;
}

/* The canonical form of a valid IBAN; false for any other text. */
static bool canonical_of(struct mt940_view text, struct mt940_iban *out)
{
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    return text.length > 0 && mt940_iban_parse(text.data, text.length, MT940_IBAN_PRINT, out) == MT940_OK &&
           out->reason == MT940_IBAN_VALID;
}

size_t books_by_iban(const struct books *books, const char *canonical, struct books_set *out, bool *collector)
{
    struct mt940_iban iban;
    size_t records = 0;

    for (size_t i = 0; i < books->bank_count; i++)
        if (canonical_of(books->banks[i].iban, &iban) && strcmp(iban.canonical, canonical) == 0) {
            out->has[books->banks[i].customer] = true;
            *collector = *collector || books->banks[i].collector;
            records++;
        }
    return records;
}

/* Bank code in a Turkish IBAN as it stands in the books, -1 for any other text. */
static int32_t bank_in_iban(struct mt940_view text)
{
    struct mt940_iban iban;
    int32_t bank = 0;

    if (canonical_of(text, &iban)) {
        text.data = iban.canonical;
        text.length = strlen(iban.canonical);
    }
    if (text.length != 26 || text.data[0] != 'T' || text.data[1] != 'R')
        return -1;
    for (size_t i = 4; i < 9; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        bank = bank * 10 + (text.data[i] - '0');
    }
    return bank;
}

size_t books_by_account(const struct books *books, int32_t bank, int32_t branch, const struct mt940_view *number,
                        struct books_set *out, bool *collector)
{
    size_t records = 0;

    for (size_t i = 0; i < books->bank_count; i++) {
        const struct books_bank *record = &books->banks[i];
        struct mt940_bank_branch parsed = {.bank = -1, .branch = -1};
        char stripped[NUMBER_LONGEST];

        if (mt940_bank_branch_parse(record->branch.data, record->branch.length, &parsed) != MT940_OK) {
            parsed.bank = bank_in_iban(record->iban);
            parsed.branch = -1;
        }
        if (parsed.bank != bank || bank < 0 || strip(record->account, false, stripped) < ACCOUNT_SHORTEST ||
            !same_number(record->account, *number, false) ||
            (branch >= 0 && parsed.branch >= 0 && parsed.branch != branch))
            continue;
        out->has[record->customer] = true;
        *collector = *collector || record->collector;
        records++;
    }
    return records;
}

void books_by_tax_id(const struct books *books, const struct mt940_view *tax_id, struct books_set *out)
{
    for (size_t i = 0; i < books->customer_count; i++)
        if (same_number(books->customers[i].tax_id, *tax_id, true))
            out->has[i] = true;
}

/* ---- sets ---- */

static size_t count_of(const struct books *books, const struct books_set *set)
{
    size_t count = 0;

    for (size_t i = 0; i < books->customer_count; i++)
        count += set->has[i];
    return count;
}

static int only_member(const struct books *books, const struct books_set *set)
{
    for (size_t i = 0; count_of(books, set) == 1 && i < books->customer_count; i++)
        if (set->has[i])
            return (int)i;
    return -1;
}

static void intersect(struct books_set *set, const struct books_set *other)
{
    for (size_t i = 0; i < BOOKS_CUSTOMERS; i++)
        set->has[i] = set->has[i] && other->has[i];
}

static void unite(struct books_set *set, const struct books_set *other)
{
    for (size_t i = 0; i < BOOKS_CUSTOMERS; i++)
        set->has[i] = set->has[i] || other->has[i];
}

/* ---- what each kind says ---- */

enum { KIND_IBAN, KIND_ACCOUNT, KIND_TAX_ID, KIND_INVOICE, KINDS };

struct kind {
    bool any;
    struct books_set all, common;
};

struct view_of_facts {
    const struct books *books;
    const struct mt940_facts *facts;
    struct kind kinds[KINDS];
    struct books_set seen; /* anybody that any identifier led to */
    size_t weak;           /* customers that bare tax numbers take places for, at most */
    bool crowd;            /* one that more customers share than are looked at */
    bool second_iban;
    bool foreign_iban;
    int transfer; /* own account of the other side: -1 none, -2 several */
    const struct books_set *named; /* customers whose name or code stands in the text */
};

/* A piece of evidence in so many records. What too many of them share is no strong evidence. */
static void say(struct view_of_facts *view, int kind, const struct books_set *set, size_t records)
{
    struct kind *to = &view->kinds[kind];

    unite(&view->seen, set);
    if (records > LOOKED_AT)
        view->crowd = true;
    if (records == 0 || records > LOOKED_AT)
        return;
    if (!to->any)
        to->common = *set;
    else
        intersect(&to->common, set);
    unite(&to->all, set);
    to->any = true;
}

static void see_own(struct view_of_facts *view, size_t own)
{
    if (view->books->knows_account && own == 0)
        return;
    view->transfer = view->transfer == -1 || view->transfer == (int)own ? (int)own : -2;
}

/* Own account with this IBAN, -1 for none. */
static int own_of(const struct books *books, const char *canonical)
{
    struct mt940_iban iban;

    for (size_t i = 0; i < books->own_count; i++)
        if (canonical_of(books->own[i].iban, &iban) && strcmp(iban.canonical, canonical) == 0)
            return (int)i;
    return -1;
}

/* False when the books do not know this IBAN at all. */
static bool say_iban(struct view_of_facts *view, const struct mt940_fact_iban *iban)
{
    struct mt940_view number = {iban->canonical, 0};
    struct books_set set = {{false}};
    bool collector = false;
    int kind = KIND_IBAN;
    size_t records = books_by_iban(view->books, iban->canonical, &set, &collector);

    if (count_of(view->books, &set) == 0 && strlen(iban->canonical) == 26) {
        kind = KIND_ACCOUNT;
        number.data = iban->canonical + 10;
        number.length = 16;
        records = books_by_account(view->books, bank_in_iban((struct mt940_view){iban->canonical, 26}), -1, &number, &set,
                                   &collector);
    }
    if (count_of(view->books, &set) == 0)
        return false;
    if (!collector)
        say(view, kind, &set, records);
    return true;
}

static void say_ibans(struct view_of_facts *view)
{
    uint32_t foreign = 0, count = 0, unknown = 0;
    int32_t chosen;

    for (uint32_t i = 0; i < view->facts->iban_count; i++) {
        int own = own_of(view->books, view->facts->ibans[i].canonical);

        if (own >= 0) {
            see_own(view, (size_t)own);
            continue;
        }
        foreign |= UINT32_C(1) << i;
        count++;
    }
    view->foreign_iban = count > 0;
    chosen = mt940_facts_choose_iban(view->facts, foreign);
    for (uint32_t i = 0; i < view->facts->iban_count; i++)
        if (foreign >> i & 1 && (chosen < 0 || chosen == (int32_t)i) && !say_iban(view, &view->facts->ibans[i]))
            unknown++;
    view->second_iban = chosen < 0 && count > 1 && unknown > 0;
}

static int own_number(const struct books *books, const struct mt940_fact_account *account)
{
    for (size_t i = 0; i < books->own_count; i++) {
        struct mt940_bank_branch code;

        if (same_number(books->own[i].account, account->number, false) &&
            mt940_bank_branch_parse(books->own[i].branch.data, books->own[i].branch.length, &code) == MT940_OK &&
            code.bank == account->bank && (account->branch < 0 || code.branch == account->branch))
            return (int)i;
    }
    return -1;
}

static void say_accounts(struct view_of_facts *view)
{
    for (uint32_t i = 0; i < view->facts->account_count; i++) {
        const struct mt940_fact_account *account = &view->facts->accounts[i];
        struct books_set set = {{false}};
        bool collector = false;
        int own = own_number(view->books, account);

        if (account->number.length == 0)
            continue;
        if (own >= 0) {
            see_own(view, (size_t)own);
            continue;
        }
        size_t records = books_by_account(view->books, account->bank, account->branch, &account->number, &set, &collector);
        if (!collector)
            say(view, KIND_ACCOUNT, &set, records);
    }
}

static void say_tax_ids(struct view_of_facts *view)
{
    for (uint32_t i = 0; i < view->facts->tax_id_count; i++) {
        struct mt940_view digits = {view->facts->tax_ids[i].digits, strlen(view->facts->tax_ids[i].digits)};
        struct books_set set = {{false}};

        books_by_tax_id(view->books, &digits, &set);
        size_t count = count_of(view->books, &set);
        struct books_set named = set;
        intersect(&named, view->named);
        if (view->facts->tax_ids[i].labelled || (count <= SHOWN && count_of(view->books, &named) > 0))
            say(view, KIND_TAX_ID, &set, count);
        else
            view->weak += count < SHOWN ? count : SHOWN;
    }
}

static bool same_letters(struct mt940_view a, struct mt940_view b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++) {
        char x = a.data[i], y = b.data[i];

        x = x >= 'a' && x <= 'z' ? (char)(x - 'a' + 'A') : x;
        y = y >= 'a' && y <= 'z' ? (char)(y - 'a' + 'A') : y;
        if (x != y)
            return false;
    }
    return true;
}

static void say_invoices(struct view_of_facts *view)
{
    const struct books *books = view->books;

    for (uint32_t i = 0; i < view->facts->invoice_count; i++)
        for (size_t p = 0; p < books->payment_count; p++) {
            struct books_set set = {{false}};

            if (books->payments[p].paid == books->payments[p].amount ||
                !same_letters(books->payments[p].invoice, view->facts->invoices[i].where.text))
                continue;
            for (size_t c = 0; c < books->customer_count; c++)
                set.has[c] = same_letters(books->customers[c].code, books->payments[p].customer);
            say(view, KIND_INVOICE, &set, count_of(view->books, &set));
        }
}

/* ---- the rules ---- */

static void keep_active(const struct books *books, struct books_set *set)
{
    for (size_t i = 0; i < books->customer_count; i++)
        set->has[i] = set->has[i] && books->customers[i].active;
}

/* One firm, two cards: the side of the ledger that money in this direction goes to (decision 6). */
static int by_direction(const struct books *books, const struct books_set *active)
{
    int32_t other = books->sign < 0 ? MT940_CUSTOMER_TYPE_BUYER : MT940_CUSTOMER_TYPE_SUPPLIER;
    struct books_set fitting = *active;

    for (size_t i = 0; i < books->customer_count; i++)
        if (books->sign == 0 || books->customers[i].type == other)
            fitting.has[i] = false;
    return only_member(books, &fitting);
}

static void answer_strong(const struct view_of_facts *view, struct books_answer *out)
{
    struct books_set active = out->agreed;

    if (count_of(view->books, &out->agreed) == 0) {
        out->decision = MT940_MATCH_CONFLICT;
        return;
    }
    keep_active(view->books, &active);
    if (count_of(view->books, &active) == 0) {
        out->decision = MT940_MATCH_SUGGEST;
        return;
    }
    out->customer = only_member(view->books, &active);
    if (out->customer < 0)
        out->customer = by_direction(view->books, &active);
    out->decision = out->customer < 0 ? MT940_MATCH_ASK : view->second_iban ? MT940_MATCH_SUGGEST : MT940_MATCH_AUTO;
}

void books_answer(const struct books *books, const struct mt940_facts *facts, const struct books_set *named,
                  struct books_answer *out)
{
    struct view_of_facts view = {.books = books, .facts = facts, .transfer = -1, .named = named};
    bool any = false;

    memset(out, 0, sizeof(*out));
    memset(out->agreed.has, true, sizeof(out->agreed.has));
    out->customer = -1;
    say_ibans(&view);
    say_accounts(&view);
    say_tax_ids(&view);
    say_invoices(&view);
    out->crowded = view.crowd || count_of(books, &view.seen) + view.weak > LOOKED_AT;
    for (int kind = 0; kind < KINDS; kind++)
        if (view.kinds[kind].any) {
            bool agree = count_of(books, &view.kinds[kind].common) > 0;

            any = true;
            intersect(&out->agreed, agree ? &view.kinds[kind].common : &view.kinds[kind].all);
        }
    for (size_t i = books->customer_count; i < BOOKS_CUSTOMERS; i++)
        out->agreed.has[i] = false;
    if (view.transfer != -1 && !view.foreign_iban)
        out->decision = any ? MT940_MATCH_CONFLICT : view.transfer == -2 ? MT940_MATCH_ASK : MT940_MATCH_TRANSFER;
    else if (any)
        answer_strong(&view, out);
    else
        out->open = true;
}
