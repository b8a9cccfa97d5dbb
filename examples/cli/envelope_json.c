/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope_json.c: the order and names of the members are a contract (docs/json). "head" and "behind" are the blocks as
 * they stood, from which write makes them again; the rest is what they mean.
 */
#include "envelope_json.h"

#include <stdio.h>

#include <mt940connect/envelope.h>

/* A broken block may have anything there. */
static void write_letter(struct json *json, const char *key, char letter)
{
    json_letter(json, key, letter < ' ' || letter > '~' ? '\0' : letter);
}

/* "2026-07-15T09:15", local to where it was stamped; null where either is missing. */
static void write_time(struct json *json, const char *key, const struct mt940_date *date, int32_t minutes)
{
    char text[32];

    if (date->day == 0 || minutes < 0) {
        json_null(json, key);
        return;
    }
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", date->year, date->month, date->day,
                   (int)(minutes / 60), (int)(minutes % 60));
    json_word(json, key, text);
}

static void write_fields(struct json *json, const struct mt940_envelope *envelope, int32_t charset)
{
    json_array_begin(json, "fields");
    for (size_t i = 0; i < envelope->field_count; i++) {
        const struct mt940_envelope_field *field = &envelope->fields[i];

        json_object_begin(json, NULL);
        write_letter(json, "block", field->block);
        json_decoded(json, "tag", &field->tag, charset);
        json_decoded(json, "value", &field->value, charset);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_headers(struct json *json, const struct mt940_envelope *envelope, int32_t charset)
{
    char type[12];

    (void)snprintf(type, sizeof type, "%03d", (int)envelope->type);
    write_letter(json, "application", envelope->application);
    json_word(json, "service", envelope->service[0] >= '0' && envelope->service[0] <= '9' ? envelope->service : NULL);
    json_word(json, "direction", envelope->direction == 'I' ? "input" : envelope->direction == 'O' ? "output" : NULL);
    json_word(json, "type", envelope->type ? type : NULL);
    json_word(json, "sender", envelope->sender);
    json_word(json, "receiver", envelope->receiver);
    json_decoded(json, "session", &envelope->session, charset);
    json_decoded(json, "sequence", &envelope->sequence, charset);
    json_decoded(json, "mir", &envelope->mir, charset);
    write_time(json, "input", &envelope->input_date, envelope->input_time);
    write_time(json, "output", &envelope->output_date, envelope->output_time);
    write_letter(json, "priority", envelope->priority);
    write_letter(json, "delivery", envelope->delivery);
    json_decoded(json, "obsolescence", &envelope->obsolescence, charset);
}

void envelope_json_write(struct json *json, const struct mt940_statement *statement)
{
    struct mt940_envelope envelope = {.size = sizeof envelope};
    int32_t charset = statement->trailer.charset;

    if (statement->header.envelope.data == NULL || mt940_statement_envelope(statement, &envelope) != MT940_OK) {
        json_null(json, "envelope");
        return;
    }
    json_object_begin(json, "envelope");
    write_headers(json, &envelope, charset);
    write_fields(json, &envelope, charset);
    json_bool(json, "possible_duplicate", (envelope.marks & (MT940_ENVELOPE_PDE | MT940_ENVELOPE_PDM)) != 0);
    json_bool(json, "training", (envelope.marks & MT940_ENVELOPE_TRAINING) != 0);
    json_word(json, "answer", envelope.answer == MT940_ANSWER_ACCEPTED  ? "accepted"
                              : envelope.answer == MT940_ANSWER_REFUSED ? "refused"
                                                                        : NULL);
    json_decoded(json, "head", &statement->header.envelope, charset);
    json_decoded(json, "behind", &statement->trailer.envelope, charset);
    json_object_end(json);
}
