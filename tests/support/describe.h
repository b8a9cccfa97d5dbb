/* SPDX-License-Identifier: Apache-2.0
 *
 * describe.h: results as one line of text, so that tests compare whole results and tables of
 * cases stay readable. For tests only.
 */
#ifndef MT940_TEST_DESCRIBE_H
#define MT940_TEST_DESCRIBE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>

#include <cmocka.h>

#include "mt940connect/facts.h"
#include "mt940connect/match.h"
#include "mt940connect/slip.h"

struct list {
    char text[2048];
    size_t length;
};

__attribute__((format(printf, 2, 3))) static inline void say(struct list *list, const char *format, ...)
{
    va_list args;
    int wrote;

    va_start(args, format);
    wrote = vsnprintf(list->text + list->length, sizeof(list->text) - list->length, format, args);
    va_end(args);
    assert_true(wrote >= 0 && list->length + (size_t)wrote < sizeof(list->text));
    list->length += (size_t)wrote;
}

static inline void say_view(struct list *list, const char *before, const struct mt940_view *text)
{
    if (text->length > 0)
        say(list, " %s%.*s", before, (int)text->length, text->data);
}

static inline void say_nothing(struct list *list)
{
    list->length = 0;
    list->text[0] = '\0';
}

static inline const char *gap(const struct list *list)
{
    return list->length > 0 ? " " : "";
}

/* ---- facts: "what=value", + labelled, * the counterparty's, s sender, r receiver ---- */

static inline void say_fact(struct list *list, const char *name, const struct mt940_fact *fact)
{
    if (fact->field != MT940_FACT_NOWHERE)
        say(list, "%s%s=%.*s", gap(list), name, (int)fact->text.length, fact->text.data);
}

static inline void say_kinds(struct list *list, uint32_t bits)
{
    static const struct {
        uint32_t bit;
        const char *name;
    } kinds[] = {
        {MT940_FACT_EFT, "eft"},
        {MT940_FACT_HAVALE, "havale"},
        {MT940_FACT_FAST, "fast"},
        {MT940_FACT_SWIFT, "swift"},
        {MT940_FACT_OWN_TRANSFER, "virman"},
        {MT940_FACT_DBS, "dbs"},
        {MT940_FACT_CHEQUE, "cheque"},
        {MT940_FACT_NOTE, "note"},
        {MT940_FACT_CARD, "card"},
        {MT940_FACT_CHARGE, "charge"},
        {MT940_FACT_TAX, "tax"},
        {MT940_FACT_INTEREST, "interest"},
        {MT940_FACT_OVERDRAFT, "kmh"},
        {MT940_FACT_EXCHANGE, "exchange"},
        {MT940_FACT_SALARY, "salary"},
        {MT940_FACT_RETURN, "return"},
        {MT940_FACT_CANCEL, "cancel"},
        {MT940_FACT_REVERSED, "reversed"},
    };
    bool first = true;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (bits & kinds[i].bit) {
            say(list, "%s%s%s", first ? gap(list) : "", first ? "kinds=" : ",", kinds[i].name);
            first = false;
            bits &= ~kinds[i].bit;
        }
    assert_int_equal(bits, 0);
}

static inline void describe_facts(const struct mt940_facts *facts, struct list *list)
{
    static const char roles[][2] = {"", "s", "r"};

    say_nothing(list);
    if (facts->own_iban_seen)
        say(list, "%sown", gap(list));
    for (uint32_t i = 0; i < facts->iban_count; i++)
        say(list, "%siban=%s%s%s", gap(list), facts->ibans[i].canonical,
            facts->counter_iban == (int32_t)i ? "*" : "", roles[facts->ibans[i].role]);
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        say(list, "%stax=%s%s%s", gap(list), facts->tax_ids[i].digits, facts->tax_ids[i].labelled ? "+" : "",
            facts->counter_tax_id == (int32_t)i ? "*" : "");
    for (uint32_t i = 0; i < facts->account_count; i++)
        say(list, "%saccount=%d/%d/%.*s", gap(list), facts->accounts[i].bank, facts->accounts[i].branch,
            (int)facts->accounts[i].number.length, facts->accounts[i].number.data);
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        say(list, "%sinvoice=%.*s%s", gap(list), (int)facts->invoices[i].where.text.length,
            facts->invoices[i].where.text.data, facts->invoices[i].labelled ? "+" : "");
    say_fact(list, "query", &facts->query_number);
    say_fact(list, "receipt", &facts->receipt);
    say_fact(list, "dealer", &facts->dealer);
    say_fact(list, "dbsref", &facts->dbs_reference);
    say_fact(list, "cheque", &facts->cheque);
    say_fact(list, "bic", &facts->bic);
    say_fact(list, "name", &facts->name);
    if (facts->rate)
        say(list, "%srate=%lld", gap(list), (long long)facts->rate);
    say_kinds(list, facts->kinds);
}

/* ---- match: decision, what was chosen, !vetoes, + IBAN to store, then the candidates ---- */

static inline void say_veto(struct list *list, uint32_t veto)
{
    const char *separator = " !";

    for (uint32_t bit = 1; bit != 0; bit <<= 1)
        if (veto & bit) {
            say(list, "%s%s", separator, mt940_veto_name(bit));
            separator = ",";
        }
}

static inline void describe_match(const struct mt940_match *match, struct list *list)
{
    say_nothing(list);
    say(list, "%s", mt940_match_decision_name(match->decision));
    if (match->customer.length)
        say(list, " %.*s/%d", (int)match->customer.length, match->customer.data, (int)match->slot);
    if (match->own_account.length)
        say(list, " %.*s", (int)match->own_account.length, match->own_account.data);
    say_veto(list, match->veto);
    if (match->new_iban.length)
        say(list, " + %.*s", (int)match->new_iban.length, match->new_iban.data);
    for (uint32_t i = 0; i < match->candidate_count; i++) {
        const struct mt940_match_candidate *candidate = &match->candidates[i];

        say(list, " | %.*s", (int)candidate->customer.length, candidate->customer.data);
        for (uint32_t k = 0; k < candidate->evidence_count; k++)
            say(list, " %s", mt940_evidence_kind_name(candidate->evidence[k].kind));
        say_veto(list, candidate->veto);
    }
}

/* ---- slip: type, who decided, !what is missing, date, then the lines ---- */

static inline void say_line(struct list *list, const struct mt940_slip_line *line)
{
    static const char *const kinds[] = {"", "bank", "customer", "ledger"};
    const struct mt940_view *name = line->kind == MT940_LINE_KIND_BANK       ? &line->bank_account
                                    : line->kind == MT940_LINE_KIND_CUSTOMER ? &line->customer
                                                                             : &line->gl_account;

    say(list, " | %s %s %.*s %lld %.*s", kinds[line->kind], line->side == MT940_ENTRY_SIDE_DEBIT ? "debit" : "credit",
        (int)name->length, name->data, (long long)line->amount, (int)line->currency.length, line->currency.data);
    if (line->rate)
        say(list, " @%lld", (long long)line->rate);
    say_view(list, "", &line->rate_kind);
    if (line->rate)
        say(list, " = %lld", (long long)line->local_amount);
    else
        assert_int_equal(line->local_amount, line->amount);
    if (line->slot)
        say(list, " slot %lld", (long long)line->slot);
    say_view(list, "", &line->branch);
    say_view(list, "", &line->account);
    say_view(list, "", &line->iban);
    if (line->kind == MT940_LINE_KIND_CUSTOMER)
        say_view(list, "gl ", &line->gl_account);
    say_view(list, "service ", &line->service);
    if (line->dbs)
        say(list, " dbs");
}

static inline void describe_slip(const struct mt940_slip_proposal *out, struct list *list)
{
    const char *decided = mt940_slip_decided_name(out->decided);
    char date[11];

    say_nothing(list);
    assert_int_equal(mt940_date_format(&out->slip.date, date), MT940_OK);
    say(list, "%d %s", (int)out->slip.type, decided ? decided : "-");
    if (out->choice == MT940_CHOICE_USER)
        say(list, " user");
    if (out->message)
        say(list, " !%s", mt940_message_name(out->message));
    if (out->is_reversal)
        say(list, " reversal");
    if (out->dbs_reason)
        say(list, " dbs-%d", (int)out->dbs_reason);
    say(list, " %s", date);
    for (uint32_t i = 0; i < out->line_count; i++) {
        assert_int_equal(out->lines[i].line, i + 1);
        say_line(list, &out->lines[i]);
    }
}

#endif
