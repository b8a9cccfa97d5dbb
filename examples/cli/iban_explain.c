/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_explain.c: says step by step what is right and wrong with an IBAN. Must not judge: every verdict is the
 * library's.
 */
#include "iban_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/bank_directory.h>

#define LABEL_WIDTH 22

static const enum text reasons[] = {
    [MT940_IBAN_VALID] = TEXT_NONE,
    [MT940_IBAN_BAD_COUNTRY] = TEXT_IBAN_BAD_COUNTRY,
    [MT940_IBAN_BAD_LENGTH] = TEXT_IBAN_BAD_LENGTH,
    [MT940_IBAN_BAD_CHARACTER] = TEXT_IBAN_BAD_CHARACTER,
    [MT940_IBAN_BAD_STRUCTURE] = TEXT_IBAN_BAD_STRUCTURE,
    [MT940_IBAN_BAD_CHECK_RANGE] = TEXT_IBAN_BAD_CHECK_RANGE,
    [MT940_IBAN_BAD_CHECKSUM] = TEXT_IBAN_BAD_CHECKSUM,
    [MT940_IBAN_BAD_NATIONAL] = TEXT_IBAN_BAD_NATIONAL,
    [MT940_IBAN_BAD_RESERVE] = TEXT_IBAN_BAD_RESERVE,
};

char *iban_reason_text(const struct output *out, const struct mt940_iban *iban)
{
    char expected[12];
    enum text text = reasons[iban->reason];

    /* Two letters are needed before a length can be told. */
    if (iban->reason == MT940_IBAN_BAD_LENGTH && iban->expected_length == 0)
        text = TEXT_IBAN_TOO_SHORT;
    snprintf(expected, sizeof expected, "%d", (int)iban->expected_length);
    return TEXT_FORMAT(text, out->language, iban->country, expected);
}

static void print_label(const struct output *out, enum text label)
{
    const char *text = text_raw(label, out->language);
    size_t width = output_width(text, strlen(text));

    printf("  %s%*s", text, (int)(width < LABEL_WIDTH ? LABEL_WIDTH - width : 1), "");
}

static void print_line(const struct output *out, enum text label, const char *value)
{
    print_label(out, label);
    printf("%s\n", value);
}

/* The input as it was given, and a mark under the place of the reason. */
static void print_input(const struct output *out, const struct iban_report *report)
{
    char *clean = output_clean(report->text, report->length);
    int32_t position = report->iban->position;

    output_paint(out, "1");
    printf("%s", clean);
    output_paint(out, "0");
    printf("\n");
    free(clean);
    if (report->iban->reason != MT940_IBAN_VALID && position >= 0 && (size_t)position <= report->length) {
        clean = output_clean(report->text, (size_t)position);
        printf("%*s^\n", (int)output_width(clean, strlen(clean)), "");
        free(clean);
    }
    if (report->place != NULL) {
        char *name = output_clean(report->place->file, strlen(report->place->file));
        printf("  %s:%lu:%lu\n", name, report->place->line, report->place->column);
        free(name);
    }
}

static void print_country(const struct output *out, const struct mt940_iban *iban)
{
    struct mt940_iban_country country = {.size = sizeof country};
    char text[160], count[24], expected[12];
    char *length;

    if (mt940_iban_country_find(iban->country, strlen(iban->country), &country) != MT940_OK)
        return;
    snprintf(text, sizeof text, "%s %s", country.code, country.name);
    print_line(out, TEXT_EXPLAIN_COUNTRY, text);
    snprintf(count, sizeof count, "%zu", strlen(iban->canonical));
    snprintf(expected, sizeof expected, "%d", (int)country.length);
    length = TEXT_FORMAT(strcmp(count, expected) == 0 ? TEXT_EXPLAIN_LENGTH_RIGHT : TEXT_EXPLAIN_LENGTH_WRONG,
                         out->language, count, expected);
    print_line(out, TEXT_EXPLAIN_LENGTH, length);
    free(length);
    print_line(out, TEXT_EXPLAIN_STRUCTURE, country.structure);
}

/* Whether all characters are there and right, so that the parts mean something. */
static int is_whole(const struct mt940_iban *iban)
{
    return iban->reason == MT940_IBAN_VALID || iban->reason >= MT940_IBAN_BAD_CHECK_RANGE;
}

static void print_check_digits(const struct output *out, const struct mt940_iban *iban)
{
    const char given[3] = {iban->canonical[2], iban->canonical[3], '\0'};
    char right[MT940_IBAN_MAX + 1], computed[3];
    char *text;

    /* Territories have none to compute. */
    if (mt940_iban_compute(iban->country, iban->canonical + 4, strlen(iban->canonical) - 4, right) != MT940_OK) {
        print_line(out, TEXT_EXPLAIN_CHECK_DIGITS, given);
        return;
    }
    memcpy(computed, right + 2, 2);
    computed[2] = '\0';
    text = TEXT_FORMAT(strcmp(given, computed) == 0 ? TEXT_EXPLAIN_CHECK_RIGHT : TEXT_EXPLAIN_CHECK_WRONG,
                       out->language, given, computed);
    print_line(out, TEXT_EXPLAIN_CHECK_DIGITS, text);
    free(text);
}

static void print_part(const struct output *out, enum text label, const struct mt940_iban *iban,
                       const struct mt940_iban_part *part, const char *behind)
{
    if (part->length == 0)
        return;
    print_label(out, label);
    printf("%.*s%s%s\n", (int)part->length, iban->canonical + part->offset, *behind ? " " : "", behind);
}

static void print_parts(const struct output *out, const struct mt940_iban *iban)
{
    static const enum text checks[] = {TEXT_EXPLAIN_NATIONAL_NONE, TEXT_EXPLAIN_NATIONAL_PASS,
                                       TEXT_EXPLAIN_NATIONAL_FAIL};
    const char *yes = text_raw(TEXT_YES, out->language), *no = text_raw(TEXT_NO, out->language);
    struct mt940_bank bank = {.size = sizeof bank};
    char name[200] = "";
    char *sepa;

    if (mt940_bank_find_iban(NULL, 0, iban->canonical, strlen(iban->canonical), &bank) == MT940_OK)
        snprintf(name, sizeof name, "%.*s%s%.*s", (int)bank.name.length, bank.name.data, bank.bic.length ? ", " : "",
                 (int)bank.bic.length, bank.bic.length ? bank.bic.data : "");
    print_line(out, TEXT_EXPLAIN_NATIONAL, text_raw(checks[iban->national_check], out->language));
    print_part(out, TEXT_EXPLAIN_BANK, iban, &iban->bank, name);
    print_part(out, TEXT_EXPLAIN_BRANCH, iban, &iban->branch, "");
    print_part(out, TEXT_EXPLAIN_ACCOUNT, iban, &iban->account, "");
    sepa = TEXT_FORMAT(TEXT_EXPLAIN_SEPA_VALUE, out->language, iban->sepa_registry ? yes : no, mt940_iban_epc_date(),
                       iban->sepa_epc ? yes : no);
    print_line(out, TEXT_EXPLAIN_SEPA, sepa);
    free(sepa);
}

static void print_verdict(const struct output *out, const struct mt940_iban *iban)
{
    char release[12];
    char *text;

    print_label(out, TEXT_COLUMN_VERDICT);
    output_paint(out, iban->reason == MT940_IBAN_VALID ? "32" : "31");
    if (iban->reason == MT940_IBAN_VALID) {
        snprintf(release, sizeof release, "%d", mt940_iban_registry_release());
        text = TEXT_FORMAT(TEXT_EXPLAIN_VALID, out->language, release, mt940_iban_registry_date());
    } else {
        text = iban_reason_text(out, iban);
        printf("%s: ", mt940_iban_reason_name(iban->reason));
    }
    printf("%s", text);
    output_paint(out, "0");
    printf("\n");
    free(text);
}

static void print_suggestions(const struct output *out, const struct iban_report *report)
{
    static const enum text mistakes[] = {
        [MT940_IBAN_MISTAKE_LOOKALIKE] = TEXT_MISTAKE_LOOKALIKE, [MT940_IBAN_MISTAKE_CHANGED] = TEXT_MISTAKE_CHANGED,
        [MT940_IBAN_MISTAKE_SWAPPED] = TEXT_MISTAKE_SWAPPED,     [MT940_IBAN_MISTAKE_MISSING] = TEXT_MISTAKE_MISSING,
        [MT940_IBAN_MISTAKE_EXTRA] = TEXT_MISTAKE_EXTRA,
    };

    for (size_t i = 0; i < report->suggestion_count; i++) {
        const struct mt940_iban_suggestion *one = &report->suggestions[i];
        char printed[44] = "";

        mt940_iban_print(one->canonical, strlen(one->canonical), printed);
        print_label(out, i == 0 ? TEXT_EXPLAIN_MEANT : TEXT_NONE);
        printf("%s (%s)\n", printed, text_raw(mistakes[one->mistake], out->language));
    }
    if (report->suggested && report->suggestion_count == 0 && report->iban->reason != MT940_IBAN_VALID)
        print_line(out, TEXT_EXPLAIN_MEANT, text_raw(TEXT_EXPLAIN_MEANT_NONE, out->language));
}

void iban_explain(const struct output *out, const struct iban_report *report)
{
    print_input(out, report);
    print_country(out, report->iban);
    if (is_whole(report->iban)) {
        print_check_digits(out, report->iban);
        print_parts(out, report->iban);
    }
    print_verdict(out, report->iban);
    print_suggestions(out, report);
}
