/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope_block.c: what stands inside the blocks of a FIN message. Blocks 1 and 2 have their places; of one that is too
 * short what is there is read. Must not know where blocks begin and end.
 */
#include "statement/day.h"
#include "statement/envelope.h"
#include "statement/form.h"

static const struct known_tag {
    char block;
    char tag[4];
    const char *form;
    int kind;
    uint32_t mark;
} known_tags[] = {
#define MT940_ENVELOPE_TAG(block, tag, form, kind, mark) {block, tag, form, MT940_ENVELOPE_##kind, mark},
#include "statement/envelope.def"
#undef MT940_ENVELOPE_TAG
};

void mt940_envelope_add_flaw(struct mt940_envelope *envelope, char block, const char *at, bool damaged,
                             const char *rule)
{
    envelope->flaw_total++;
    if (envelope->flaw_count == MT940_ENVELOPE_FLAWS)
        return;
    struct mt940_envelope_flaw *flaw = &envelope->flaws[envelope->flaw_count++];
    flaw->rule = rule;
    flaw->at = at;
    flaw->damaged = damaged;
    flaw->block = block;
}

static char letter_at(struct mt940_view content, size_t at)
{
    return at < content.length ? content.data[at] : '\0';
}

/* A block without blanks around it; in the wrong length or in lower case it is damaged, in another form only odd. */
static void judge(struct mt940_envelope *envelope, char block, struct mt940_view content, const char *form,
                  bool right_length)
{
    bool lower = false;
    if (mt940_form_holds(form, content))
        return;
    for (size_t i = 0; i < content.length; i++)
        lower = lower || mt940_ascii_is_lower(content.data[i]);
    if (!right_length)
        mt940_envelope_add_flaw(envelope, block, content.data, true, block == '1' ? "the length of block 1"
                                                                                  : "the length of block 2");
    else if (lower)
        mt940_envelope_add_flaw(envelope, block, content.data, true, "capitals in blocks 1 and 2");
    else
        mt940_envelope_add_flaw(envelope, block, content.data, false, form);
}

void mt940_envelope_block1(struct mt940_envelope *envelope, struct mt940_view content, bool *service)
{
    enum { whole = 25 };
    static const char form[] = "1!a2!n4!c2!a2!c1!c3!c10!n";
    *service = content.length >= 3 && memcmp(content.data + 1, "21", 2) == 0;
    judge(envelope, '1', content, form, content.length == whole);
    if (*service)
        return;
    envelope->application = mt940_ascii_upper(letter_at(content, 0));
    memcpy(envelope->service, content.length >= 3 ? content.data + 1 : "\0\0", 2);
    envelope->terminal = mt940_view_slice(content, 3, MT940_TERMINAL_LENGTH);
    envelope->session = mt940_view_slice(content, 3 + MT940_TERMINAL_LENGTH, MT940_SESSION_LENGTH);
    envelope->sequence = mt940_view_slice(content, 3 + MT940_TERMINAL_LENGTH + MT940_SESSION_LENGTH, MT940_SEQUENCE_LENGTH);
}

/* "0915" as minutes, or -1. */
static int32_t read_time(struct mt940_view digits)
{
    if (!mt940_form_holds("4!n", digits))
        return -1;
    int32_t hour = (digits.data[0] - '0') * 10 + digits.data[1] - '0';
    int32_t minute = (digits.data[2] - '0') * 10 + digits.data[3] - '0';
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static struct mt940_date read_date(struct mt940_view digits)
{
    struct mt940_date date = {0, 0, 0};
    struct mt940_cursor cursor = {digits, 0};
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    if (!mt940_form_holds("6!n", digits) || !mt940_day_read(&cursor, "", &date, &issues) || issues.count > 0)
        memset(&date, 0, sizeof date);
    return date;
}

static void read_input(struct mt940_envelope *envelope, struct mt940_view content)
{
    enum { terminal = 4, priority = terminal + MT940_TERMINAL_LENGTH, delivery, obsolescence, whole = 21 };
    static const char form[] = "I3!n4!c2!a2!c1!c3!c1!a[1!n][3!n]";
    bool right = content.length == delivery || content.length == obsolescence || content.length == whole;
    envelope->peer = mt940_view_slice(content, terminal, MT940_TERMINAL_LENGTH);
    envelope->priority = letter_at(content, priority);
    envelope->delivery = letter_at(content, delivery);
    envelope->obsolescence = mt940_view_slice(content, obsolescence, 3);
    judge(envelope, '2', content, form, right);
}

static void read_output(struct mt940_envelope *envelope, struct mt940_view content)
{
    enum { time = 4, mir = time + 4, peer = mir + 6, session = peer + MT940_TERMINAL_LENGTH,
           sequence = session + MT940_SESSION_LENGTH, output_date = mir + MT940_MIR_LENGTH, output_time = output_date + 6,
           priority = output_time + 4, whole };
    static const char form[] = "O3!n4!n6!n4!c2!a2!c1!c3!c10!n6!n4!n1!a";
    envelope->input_time = read_time(mt940_view_slice(content, time, 4));
    envelope->input_date = read_date(mt940_view_slice(content, mir, 6));
    envelope->mir = mt940_view_slice(content, mir, MT940_MIR_LENGTH);
    envelope->peer = mt940_view_slice(content, peer, MT940_TERMINAL_LENGTH);
    envelope->peer_session = mt940_view_slice(content, session, MT940_SESSION_LENGTH);
    envelope->peer_sequence = mt940_view_slice(content, sequence, MT940_SEQUENCE_LENGTH);
    envelope->output_date = read_date(mt940_view_slice(content, output_date, 6));
    envelope->output_time = read_time(mt940_view_slice(content, output_time, 4));
    envelope->priority = letter_at(content, priority);
    judge(envelope, '2', content, form, content.length == whole);
    bool days = envelope->input_date.day && envelope->output_date.day;
    if (content.length == whole && (!days || envelope->input_time < 0 || envelope->output_time < 0))
        mt940_envelope_add_flaw(envelope, '2', content.data, false, "dates and times of block 2");
}

void mt940_envelope_block2(struct mt940_envelope *envelope, struct mt940_view content)
{
    char direction = mt940_ascii_upper(letter_at(content, 0));
    if (mt940_form_holds("3!n", mt940_view_slice(content, 1, 3)))
        envelope->type = (content.data[1] - '0') * 100 + (content.data[2] - '0') * 10 + (content.data[3] - '0');
    if (direction != 'I' && direction != 'O') {
        mt940_envelope_add_flaw(envelope, '2', content.data, true, "I or O in block 2");
        return;
    }
    envelope->direction = direction;
    if (direction == 'I')
        read_input(envelope, content);
    else
        read_output(envelope, content);
}

static const struct known_tag *find_known(char block, struct mt940_view tag)
{
    for (size_t i = 0; i < sizeof known_tags / sizeof known_tags[0]; i++)
        if (known_tags[i].block == block && mt940_view_is(tag, known_tags[i].tag))
            return &known_tags[i];
    return NULL;
}

int mt940_envelope_kind(struct mt940_view tag)
{
    for (size_t i = 0; i < sizeof known_tags / sizeof known_tags[0]; i++)
        if (mt940_view_is(tag, known_tags[i].tag))
            return known_tags[i].kind;
    return MT940_ENVELOPE_TEXT;
}

/* {451:0} of a service message: the network took the message, or did not. */
static void read_answer(struct mt940_envelope *envelope, struct mt940_view tag, struct mt940_view value)
{
    if (!mt940_view_is(tag, "451"))
        return;
    if (mt940_view_is(value, "0"))
        envelope->answer = MT940_ANSWER_ACCEPTED;
    else if (mt940_view_is(value, "1"))
        envelope->answer = MT940_ANSWER_REFUSED;
}

void mt940_envelope_tag(struct mt940_envelope *envelope, char block, struct mt940_view tag, struct mt940_view value)
{
    const struct known_tag *known = find_known(block, tag);
    envelope->field_total++;
    if (envelope->field_count < MT940_ENVELOPE_FIELDS) {
        struct mt940_envelope_field *field = &envelope->fields[envelope->field_count++];
        field->block = block;
        field->tag = tag;
        field->value = value;
    }
    if (block == '4')
        read_answer(envelope, tag, value);
    if (known)
        envelope->marks |= known->mark;
    if (known && !mt940_form_holds(known->form, value))
        mt940_envelope_add_flaw(envelope, block, value.data, false, known->form[0] ? known->form : "a trailer without value");
    else if (!known && block != 'S')
        mt940_envelope_add_flaw(envelope, block, tag.data, false, "a tag that the block does not have");
}

/* The BIC in a logical terminal: eight characters, its own letter, a branch that is X's where there is none. */
static void take_bic(struct mt940_view terminal, char out[12])
{
    size_t length = 0;
    memset(out, 0, 12);
    if (terminal.length < MT940_BIC_LENGTH)
        return;
    for (size_t i = 0; i < terminal.length; i++)
        if (!mt940_ascii_is_alnum(terminal.data[i]))
            return;
    for (size_t i = 0; i < MT940_BIC_LENGTH; i++)
        out[length++] = mt940_ascii_upper(terminal.data[i]);
    struct mt940_view branch = mt940_view_slice(terminal, MT940_BIC_LENGTH + 1, 3);
    if (branch.length < 3 || mt940_view_is_nocase(branch, mt940_view_of("XXX", 3)))
        return;
    for (size_t i = 0; i < branch.length; i++)
        out[length++] = mt940_ascii_upper(branch.data[i]);
}

void mt940_envelope_settle(struct mt940_envelope *envelope)
{
    bool output = envelope->direction == 'O';
    take_bic(output ? envelope->peer : envelope->terminal, envelope->sender);
    take_bic(output ? envelope->terminal : envelope->peer, envelope->receiver);
    if (envelope->direction == 0)
        memset(envelope->sender, 0, sizeof envelope->sender);
}
