/* SPDX-License-Identifier: Apache-2.0
 *
 * slip_id.c: names of slips that two saves of one row make alike.
 */
#include "flow/slip_id.h"

#include "base/sha256.h"

enum { statement_digits = 4, row_digits = 3, movement_digits = 8 };

/* The last digits of a number with the base 32, ascending as the number does; no letters that look like a digit. */
static void write_number(uint64_t number, char *out, size_t count)
{
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    while (count) {
        out[--count] = digits[number % 32];
        number /= 32;
    }
}

static void write_digits(struct mt940_sha256 *hash, char *out, size_t count)
{
    uint8_t digest[32];
    uint64_t number = 0;
    mt940_sha256_final(hash, digest);
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | digest[i];
    write_number(number, out, count);
}

/*
 * "S" and digits of the movement's statement, row, and of its id and attempt: two saves of one row meet in one key. So
 * slips that are saved and read together lie together in a store: else a commit of twenty rows touches twenty pages of
 * every table (docs/decisions/0026). Sixteen characters, for what an ERP has room for.
 */
int mt940_slip_id(struct mt940_flow *flow, const struct mt940_movement *movement, struct mt940_view *out)
{
    struct mt940_sha256 hash;
    uint8_t attempt[8];
    char text[1 + statement_digits + row_digits + movement_digits];
    for (size_t i = 0; i < sizeof attempt; i++)
        attempt[i] = (uint8_t)((uint64_t)movement->attempt >> (56 - 8 * i));
    text[0] = 'S';
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, movement->inbox_item.data, movement->inbox_item.length);
    write_digits(&hash, text + 1, statement_digits);
    write_number((uint64_t)movement->row, text + 1 + statement_digits, row_digits);
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, movement->company.data, movement->company.length);
    mt940_sha256_part(&hash, movement->id.data, movement->id.length);
    mt940_sha256_part(&hash, attempt, sizeof attempt);
    write_digits(&hash, text + 1 + statement_digits + row_digits, movement_digits);
    struct mt940_view view = mt940_view_of(text, sizeof text);
    return mt940_arena_view(&flow->scratch, &view, out);
}
