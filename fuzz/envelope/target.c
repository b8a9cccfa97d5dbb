/* SPDX-License-Identifier: Apache-2.0
 *
 * Envelopes: every view and every flaw lies inside the bytes; what is read moves on, so that a batch comes to its end;
 * the bytes of one message by themselves give the same again; blocks behind a text may be handed over apart.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/envelope.h"

static void check(int good)
{
    if (!good)
        abort();
}

static void inside(const struct mt940_view *view, const struct mt940_view *bytes)
{
    if (view->length == 0)
        return;
    check(view->data >= bytes->data && view->length <= bytes->length &&
          (size_t)(view->data - bytes->data) <= bytes->length - view->length);
}

static void check_spans(const struct mt940_envelope *envelope, const struct mt940_view *bytes)
{
    const struct mt940_view *const views[] = {&envelope->terminal,     &envelope->session, &envelope->sequence,
                                              &envelope->peer,         &envelope->mir,     &envelope->peer_session,
                                              &envelope->peer_sequence, &envelope->text,    &envelope->obsolescence};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        inside(views[i], bytes);
    check(envelope->field_count <= envelope->field_total && envelope->flaw_count <= envelope->flaw_total);
    for (size_t i = 0; i < envelope->field_count; i++) {
        inside(&envelope->fields[i].tag, bytes);
        inside(&envelope->fields[i].value, bytes);
        check(strchr("345S", envelope->fields[i].block) != NULL);
    }
    for (size_t i = 0; i < envelope->flaw_count; i++) {
        check(envelope->flaws[i].at >= bytes->data && envelope->flaws[i].at <= bytes->data + bytes->length);
        check(envelope->flaws[i].rule[0] != '\0');
    }
    check(strlen(envelope->sender) <= 11 && strlen(envelope->receiver) <= 11);
    check(envelope->input_time < 24 * 60 && envelope->output_time < 24 * 60 && envelope->type < 1000);
}

static void check_same(const struct mt940_envelope *a, const struct mt940_envelope *b)
{
    check(a->blocks == b->blocks && a->marks == b->marks && a->type == b->type && a->answer == b->answer);
    check(a->field_total == b->field_total && a->flaw_total == b->flaw_total && a->length == b->length);
    check(strcmp(a->sender, b->sender) == 0 && strcmp(a->receiver, b->receiver) == 0);
}

/* The same blocks with the text taken out: what is not of the text stays. */
static void check_apart(const struct mt940_envelope *whole, const struct mt940_view *message)
{
    struct mt940_envelope apart = {.size = sizeof apart};
    if (whole->text.length == 0 || whole->answer || !(whole->blocks & MT940_BLOCK_4))
        return;
    size_t head = (size_t)(whole->text.data - message->data), end = head + whole->text.length + 2;
    if (end > whole->length)
        return;
    struct mt940_view front = {message->data, head}, behind = {message->data + end, whole->length - end};
    check(mt940_envelope_read(&front, &behind, &apart) == MT940_OK);
    check(apart.blocks == whole->blocks && apart.field_total == whole->field_total && apart.marks == whole->marks);
    check(strcmp(apart.sender, whole->sender) == 0 && apart.type == whole->type);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_envelope envelope = {.size = sizeof envelope}, again = {.size = sizeof again};
    struct mt940_view rest = {(const char *)data, size};
    if (size > 1 << 14)
        return 0;
    while (mt940_envelope_read(&rest, NULL, &envelope) == MT940_OK) {
        check_spans(&envelope, &rest);
        check(envelope.length > 0 && envelope.length <= rest.length);
        struct mt940_view one = {rest.data, envelope.length};
        check(mt940_envelope_read(&one, NULL, &again) == MT940_OK);
        check_same(&envelope, &again);
        check_apart(&envelope, &one);
        rest.data += envelope.length;
        rest.length -= envelope.length;
    }
    return 0;
}
