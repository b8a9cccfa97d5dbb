/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_envelope.c: the block headers in front of a message, as a bank hands it to SWIFT (an input message). Must not
 * know what the message holds but its type. Source: SWIFT User Handbook, FIN system messages, blocks 1 and 2.
 */
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
