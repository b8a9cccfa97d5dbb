/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_envelope.c: the block headers in front of a message, as a bank hands it to SWIFT (an input message), and whether
 * those that it was read with can go out again. Must not know what the message holds but its type. Source: SWIFT User Handbook, FIN system messages, blocks 1 and 2.
 */
#include "mt940connect/envelope.h"
#include "statement/writer.h"

enum { bic_short = 8, bic_long = 11, terminal_length = 12 };

/* A logical terminal of twelve characters out of a BIC; `code` is the terminal's letter where none is given. */
static void put_terminal(struct mt940_write *write, struct mt940_view name, char code)
{
    static const char nobody[] = "XXXXXXXXXXXX";
    for (size_t i = 0; i < name.length; i++)
        if (!mt940_ascii_is_upper(name.data[i]) && !mt940_ascii_is_digit(name.data[i])) {
            mt940_refuse(write, "sender and receiver are BICs: upper-case letters and digits");
            return;
        }
    switch (name.length) {
    case 0:
        mt940_demand(write, false, "the envelope needs a sender and a receiver");
        mt940_put(write, nobody, terminal_length);
        return;
    case terminal_length:
        mt940_put_view(write, name);
        return;
    case bic_short:
    case bic_long:
        mt940_put(write, name.data, bic_short);
        mt940_put_char(write, code);
        mt940_put(write, name.length == bic_long ? name.data + bic_short : nobody, 3);
        return;
    default:
        mt940_refuse(write, "sender and receiver have 8, 11 or 12 characters");
    }
}

void mt940_put_envelope(struct mt940_write *write)
{
    mt940_put_text(write, "{1:F01");
    put_terminal(write, write->options.sender, 'A');
    mt940_put_text(write, "0000000000}{2:I");
    mt940_put_digits(write, write->type, 3);
    put_terminal(write, write->options.receiver, 'X');
    mt940_put_text(write, "N}{4:");
    mt940_put_break(write);
}

/* Lines that begin with a brace, as a reader knows blocks; no other control bytes, and not more than it keeps. */
static bool are_blocks(struct mt940_view blocks)
{
    enum { longest = 4096 };
    bool begins = true;
    for (size_t i = 0; i < blocks.length; i++) {
        bool line_end = blocks.data[i] == '\r' || blocks.data[i] == '\n';
        if (!line_end && ((unsigned char)blocks.data[i] < ' ' || (begins && blocks.data[i] != '{')))
            return false;
        begins = line_end;
    }
    return blocks.length > 0 && blocks.length <= longest && !begins;
}

static bool is_sound(const struct mt940_write *write, const struct mt940_envelope *envelope)
{
    for (size_t i = 0; i < envelope->flaw_count; i++)
        if (envelope->flaws[i].damaged || write->options.strict)
            return false;
    return envelope->flaw_total == envelope->flaw_count;
}

bool mt940_keeps_head(const struct mt940_write *write, struct mt940_view head)
{
    struct mt940_envelope envelope;
    envelope.size = sizeof envelope;
    /* Behind a dash, what does not begin as blocks do is a line of text. */
    if (write->options.envelope != MT940_ENVELOPE_KEEP || !are_blocks(head) || head.length < 4 ||
        !mt940_ascii_is_alnum(head.data[3]) ||
        memcmp(head.data + head.length - 3, "{4:", 3) != 0 || mt940_envelope_read(&head, NULL, &envelope) != MT940_OK)
        return false;
    return envelope.type == write->type && envelope.length == head.length && is_sound(write, &envelope);
}

bool mt940_keeps_behind(const struct mt940_write *write, struct mt940_view behind)
{
    static const struct mt940_view head = MT940_LITERAL("{1:F01XXXXXXXXAXXX0000000000}{2:I940XXXXXXXXXXXXN}{4:");
    struct mt940_envelope envelope;
    envelope.size = sizeof envelope;
    if (!are_blocks(behind) || behind.length < 3 || (behind.data[1] != '5' && behind.data[1] != 'S'))
        return false;
    for (size_t i = 0; i + 3 <= behind.length; i++)
        if (memcmp(behind.data + i, "{1:", 3) == 0)
            return false;
    return mt940_envelope_read(&head, &behind, &envelope) == MT940_OK && is_sound(write, &envelope);
}
