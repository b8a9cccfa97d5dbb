/* SPDX-License-Identifier: Apache-2.0
 *
 * match_json.c: why a customer was chosen, or none. Must not know where the movement stands.
 */
#include "match_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "message_json.h"

static char *sentence(const struct output *out, const struct mt940_match_candidate *candidate,
                      const struct mt940_evidence *evidence)
{
    struct mt940_message_arg args[4];
    size_t count = mt940_evidence_args(candidate, evidence, args);

    return output_message_text(out, evidence->message, args, count);
}

static void write_slot(struct json *json, const char *key, int64_t slot)
{
    if (slot == 0)
        json_null(json, key);
    else
        json_number(json, key, slot);
}

static void write_vetoes(struct json *json, uint32_t veto)
{
    json_array_begin(json, "veto");
    for (uint32_t bit = 1; bit != 0 && bit <= veto; bit <<= 1)
        if ((veto & bit) && mt940_veto_name(bit) != NULL)
            json_word(json, NULL, mt940_veto_name(bit));
    json_array_end(json);
}

/* Where it stands: the bytes of which text. */
static void write_place(struct json *json, const struct mt940_evidence *evidence)
{
    static const char *const fields[] = {NULL, "narrative", "customer_reference", "bank_reference", "supplementary"};

    if (evidence->field <= MT940_FACT_NOWHERE || evidence->field >= MT940_FACT_FIELD_COUNT) {
        json_null(json, "place");
        return;
    }
    json_object_begin(json, "place");
    json_word(json, "field", fields[evidence->field]);
    json_number(json, "offset", evidence->offset);
    json_number(json, "length", evidence->length);
    json_object_end(json);
}

static void write_candidate(struct json *json, const struct output *out,
                            const struct mt940_match_candidate *candidate)
{
    json_object_begin(json, NULL);
    json_view(json, "customer", &candidate->customer);
    json_view(json, "name", &candidate->name);
    write_slot(json, "slot", candidate->slot);
    json_number(json, "score", candidate->score);
    write_vetoes(json, candidate->veto);
    json_array_begin(json, "evidence");
    for (uint32_t i = 0; i < candidate->evidence_count; i++) {
        const struct mt940_evidence *evidence = &candidate->evidence[i];
        char *text = sentence(out, candidate, evidence);

        json_object_begin(json, NULL);
        json_word(json, "kind", mt940_evidence_kind_name(evidence->kind));
        json_number(json, "weight", evidence->weight);
        json_text(json, "text", text, strlen(text));
        write_place(json, evidence);
        json_object_end(json);
        free(text);
    }
    json_array_end(json);
    json_object_end(json);
}

static void write_remarks(struct json *json, const struct output *out, const struct mt940_match *match)
{
    struct mt940_message_arg args[2];
    int32_t message;

    json_array_begin(json, "remarks");
    for (uint32_t i = 0; (message = mt940_match_remark(match, i, args)) != 0; i++)
        message_json(json, out, NULL, message, args, 2);
    json_array_end(json);
}

void match_json_members(struct json *json, const struct output *out, const struct mt940_match *match)
{
    json_word(json, "decision", mt940_match_decision_name(match->decision));
    json_view(json, "customer", &match->customer);
    write_slot(json, "slot", match->slot);
    json_view(json, "own_account", &match->own_account);
    json_view(json, "new_iban", &match->new_iban);
    write_vetoes(json, match->veto);
    write_remarks(json, out, match);
    json_array_begin(json, "candidates");
    for (uint32_t i = 0; i < match->candidate_count; i++)
        write_candidate(json, out, &match->candidates[i]);
    json_array_end(json);
}

static void note_message(struct table *table, const struct output *out, int32_t message,
                         const struct mt940_message_arg *args, size_t count)
{
    char *text = output_message_text(out, message, args, count);

    table_note(table, text);
    free(text);
}

static void note_candidate(struct table *table, const struct output *out,
                           const struct mt940_match_candidate *candidate, int named)
{
    for (uint32_t i = 0; i < candidate->evidence_count; i++) {
        char *text = sentence(out, candidate, &candidate->evidence[i]);
        struct buffer line = {0};
        char *joined;

        if (named) {
            buffer_add(&line, candidate->customer.data, candidate->customer.length);
            buffer_add_string(&line, "? ");
        }
        buffer_add_string(&line, text);
        joined = buffer_string(&line);
        table_note(table, joined);
        free(joined);
        free(text);
    }
    for (uint32_t bit = 1; bit != 0 && bit <= candidate->veto; bit <<= 1) {
        struct mt940_message_arg arg = {.name = "customer", .type = MT940_ARG_TEXT, .text = candidate->customer};

        if ((candidate->veto & bit) && mt940_veto_message(bit) == MT940_M_VETO_INACTIVE)
            note_message(table, out, MT940_M_VETO_INACTIVE, &arg, 1);
    }
}

void match_notes(struct table *table, const struct output *out, const struct mt940_match *match)
{
    int several = match->candidate_count > 1 || match->decision != MT940_MATCH_AUTO;
    struct mt940_message_arg args[2];
    int32_t message;

    for (uint32_t i = 0; i < match->candidate_count; i++)
        note_candidate(table, out, &match->candidates[i], several);
    for (uint32_t i = 0; (message = mt940_match_remark(match, i, args)) != 0; i++)
        note_message(table, out, message, args, 2);
}
