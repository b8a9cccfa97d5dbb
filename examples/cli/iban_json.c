/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_json.c: writes what was found out about an IBAN, and nothing of its own.
 */
#include "iban_json.h"

#include <string.h>

#include <mt940connect/bank_directory.h>

static void write_part(struct json *json, const char *key, const struct mt940_iban *iban,
                       const struct mt940_iban_part *part)
{
    struct mt940_view view = {iban->canonical + part->offset, part->length};

    /* Of an IBAN cut short only what is there. */
    if ((size_t)part->offset + part->length > strlen(iban->canonical))
        view.length = 0;
    json_view(json, key, &view);
}

/* The built-in directory knows the banks of Türkiye and Azerbaijan; others are null, not wrong. */
static void write_bank(struct json *json, const struct mt940_iban *iban)
{
    struct mt940_bank bank = {.size = sizeof bank};

    if (iban->reason != MT940_IBAN_VALID ||
        mt940_bank_find_iban(NULL, 0, iban->canonical, strlen(iban->canonical), &bank) != MT940_OK) {
        json_null(json, "bank");
        return;
    }
    json_object_begin(json, "bank");
    json_view(json, "name", &bank.name);
    json_view(json, "bic", &bank.bic);
    json_object_end(json);
}

const char *iban_json_mistake(int32_t mistake)
{
    static const char *const names[] = {"", "lookalike", "changed", "swapped", "missing", "extra"};

    return mistake > 0 && (size_t)mistake < sizeof names / sizeof *names ? names[mistake] : "";
}

static void write_suggestions(struct json *json, const struct iban_report *report)
{
    json_array_begin(json, "suggestions");
    for (size_t i = 0; i < report->suggestion_count; i++) {
        json_object_begin(json, NULL);
        json_word(json, "canonical", report->suggestions[i].canonical);
        json_word(json, "mistake", iban_json_mistake(report->suggestions[i].mistake));
        json_number(json, "position", report->suggestions[i].position);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_place(struct json *json, const struct iban_place *place, size_t length)
{
    json_text(json, "file", place->file, strlen(place->file));
    json_number(json, "line", (int64_t)place->line);
    json_number(json, "column", (int64_t)place->column);
    json_number(json, "offset", (int64_t)place->offset);
    json_number(json, "length", (int64_t)length);
}

void iban_json_write(struct json *json, const struct iban_report *report)
{
    static const char *const checks[] = {"not-applicable", "pass", "fail"};
    const struct mt940_iban *iban = report->iban;

    json_line_begin(json);
    json_text(json, "input", report->text, report->length);
    json_bool(json, "valid", iban->reason == MT940_IBAN_VALID);
    json_word(json, "canonical", iban->canonical);
    json_word(json, "country", iban->country);
    json_word(json, "reason", iban->reason == MT940_IBAN_VALID ? NULL : mt940_iban_reason_name(iban->reason));
    if (iban->reason == MT940_IBAN_VALID || iban->position < 0)
        json_null(json, "position");
    else
        json_number(json, "position", iban->position);
    write_part(json, "bank_code", iban, &iban->bank);
    write_part(json, "branch_code", iban, &iban->branch);
    write_part(json, "account", iban, &iban->account);
    json_word(json, "national_check", checks[iban->national_check]);
    write_bank(json, iban);
    json_bool(json, "sepa", iban->sepa_registry);
    if (report->suggested)
        write_suggestions(json, report);
    if (report->place != NULL)
        write_place(json, report->place, report->length);
    json_line_end(json);
}
