/* SPDX-License-Identifier: Apache-2.0
 *
 * codes.c: the built-in table of codes.def as records, and the one spelling of a code. Knows the
 * table, not how it is searched.
 */
#include "slip/rules.h"

#define IN MT940_SLIP_TYPE_INCOMING_TRANSFER
#define OUT MT940_SLIP_TYPE_OUTGOING_TRANSFER
#define OWN MT940_SLIP_TYPE_OWN_TRANSFER
#define BANK MT940_SLIP_TYPE_BANK_TRANSACTION
#define HOLD MT940_SLIP_TYPE_HOLD

struct code {
    const char *code;
    int32_t money_in;
    int32_t money_out;
    int32_t dbs; /* of money in */
};

#define MT940_CODE(code, money_in, money_out, name) {code, money_in, money_out, 0},
#define MT940_DBS_CODE(code, money_in, money_out, name) {code, money_in, money_out, 1},
#define MT940_REVERSAL_CODE(code)
static const struct code codes[] = {
#include "slip/codes.def"
};
#undef MT940_CODE
#undef MT940_DBS_CODE
#undef MT940_REVERSAL_CODE

#define MT940_CODE(code, money_in, money_out, name)
#define MT940_DBS_CODE(code, money_in, money_out, name)
#define MT940_REVERSAL_CODE(code) code,
static const char *const reversals[] = {
#include "slip/codes.def"
};
#undef MT940_CODE
#undef MT940_DBS_CODE
#undef MT940_REVERSAL_CODE

static void fill(struct mt940_transaction_code *out, const struct code *code, int64_t side, int32_t type, int32_t dbs)
{
    memset(out, 0, sizeof(*out));
    out->code = mt940_view_of(code->code, strlen(code->code));
    out->side = side;
    out->slip_type = type;
    out->dbs = dbs;
}

size_t mt940_slip_built_in(struct mt940_transaction_code *out, size_t capacity)
{
    const size_t count = sizeof(codes) / sizeof(codes[0]);

    for (size_t i = 0; i < count && 2 * i + 1 < capacity; i++) {
        fill(&out[2 * i], &codes[i], MT940_SIDE_CREDIT, codes[i].money_in, codes[i].dbs);
        fill(&out[2 * i + 1], &codes[i], MT940_SIDE_DEBIT, codes[i].money_out, 0);
    }
    return 2 * count;
}

bool mt940_slip_code_read(const struct mt940_view *text, struct mt940_slip_code *out)
{
    struct mt940_view trimmed = mt940_view_trim(*text);

    out->length = 0;
    if (trimmed.length == 4) {
        char type = mt940_ascii_upper(trimmed.data[0]);

        if (type == 'N' || type == 'S' || type == 'F')
            trimmed = mt940_view_slice(trimmed, 1, 3);
    }
    if (trimmed.length > sizeof(out->text))
        return false;
    for (size_t i = 0; i < trimmed.length; i++)
        out->text[out->length++] = mt940_ascii_upper(trimmed.data[i]);
    return true;
}

int mt940_slip_code_reverses(const struct mt940_slip_code *code)
{
    for (size_t i = 0; i < sizeof(reversals) / sizeof(reversals[0]); i++)
        if (mt940_view_is(mt940_view_of(code->text, code->length), reversals[i]))
            return 1;
    return 0;
}
