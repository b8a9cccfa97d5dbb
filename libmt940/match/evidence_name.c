/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_name.c: names and sentences of decisions, evidence and vetoes, for JSON and people.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/match.h"
#include "text/argument.h"

MT940_EXPORT const char *mt940_match_decision_name(int32_t decision)
{
    static const char *const names[] = {"none", "auto", "suggest", "ask", "conflict", "transfer"};

    return decision >= 0 && decision < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[decision] : NULL;
}

MT940_EXPORT const char *mt940_evidence_kind_name(int32_t kind)
{
    static const char *const names[] = {NULL,      "iban",   "bank-account", "tax-id",     "customer-code",
                                        "invoice", "memory", "name",         "fuzzy-name", "amount",
                                        "direction", "user", "rule"};

    return kind >= 0 && kind < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[kind] : NULL;
}

static const struct {
    uint32_t bit;
    const char *name;
    int32_t message;
} vetoes[] = {
    {MT940_VETO_INACTIVE, "inactive", MT940_M_VETO_INACTIVE},
    {MT940_VETO_COLLECTOR, "collector", MT940_M_VETO_COLLECTOR},
    {MT940_VETO_CONTRADICTION, "contradiction", MT940_M_VETO_CONTRADICTION},
    {MT940_VETO_SECOND_IBAN, "second-iban", MT940_M_VETO_SECOND_IBAN},
    {MT940_VETO_WEAK, "weak", MT940_M_VETO_WEAK},
    {MT940_VETO_LEGAL_FORM, "legal-form", MT940_M_VETO_LEGAL_FORM},
    {MT940_VETO_COVERAGE, "coverage", MT940_M_VETO_COVERAGE},
    {MT940_VETO_REJECTED, "rejected", MT940_M_VETO_REJECTED},
};

MT940_EXPORT const char *mt940_veto_name(uint32_t bit)
{
    for (size_t i = 0; i < sizeof(vetoes) / sizeof(vetoes[0]); i++)
        if (vetoes[i].bit == bit)
            return vetoes[i].name;
    return NULL;
}

MT940_EXPORT int32_t mt940_veto_message(uint32_t bit)
{
    for (size_t i = 0; i < sizeof(vetoes) / sizeof(vetoes[0]); i++)
        if (vetoes[i].bit == bit)
            return vetoes[i].message;
    return 0;
}

/* What the value of each kind is called in its sentence. */
static const char *value_name(int32_t kind)
{
    static const char *const names[] = {NULL,      "iban", "account", "tax_id", "customer", "invoice", "value",
                                        "name",    "name", "invoice", NULL,     NULL,       "code"};

    return kind >= 0 && kind < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[kind] : NULL;
}

MT940_EXPORT size_t mt940_evidence_args(const struct mt940_match_candidate *candidate,
                                        const struct mt940_evidence *evidence, struct mt940_message_arg args[4])
{
    const char *name = value_name(evidence->kind);
    size_t count = 0;

    args[count++] = mt940_argument_text("customer", candidate->customer);
    if (name && evidence->kind != MT940_EVIDENCE_CUSTOMER_CODE)
        args[count++] = mt940_argument_text(name, evidence->value);
    if (evidence->slot > 0)
        args[count++] = mt940_argument_number("slot", evidence->slot);
    if (evidence->count > 0)
        args[count++] = mt940_argument_number("count", evidence->count);
    return count;
}

/* An inactive card is told of each candidate. */
static int32_t message_of_bit(const struct mt940_match *match, uint32_t bit)
{
    return bit == MT940_VETO_INACTIVE ? 0 : mt940_veto_message(match->veto & bit);
}

MT940_EXPORT int32_t mt940_match_remark(const struct mt940_match *match, uint32_t number,
                                        struct mt940_message_arg args[2])
{
    args[0] = mt940_argument_text("iban", match->own_iban);
    args[1] = mt940_argument_text("account", match->own_account);
    for (uint32_t bit = 1; bit != 0 && bit <= match->veto; bit <<= 1)
        if (message_of_bit(match, bit) != 0 && number-- == 0)
            return message_of_bit(match, bit);
    if (match->decision == MT940_MATCH_TRANSFER && number-- == 0)
        return match->own_iban.length > 0 ? MT940_M_EVIDENCE_OWN_ACCOUNT : MT940_M_EVIDENCE_OWN_NUMBER;
    args[0].text = match->new_iban;
    return match->new_iban.length > 0 && number == 0 ? MT940_M_IBAN_NOT_IN_BOOKS : 0;
}
