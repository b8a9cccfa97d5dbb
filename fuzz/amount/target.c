/* SPDX-License-Identifier: Apache-2.0
 *
 * amount/target.c: any text as an amount of a statement. The last byte chooses the currency, and with it the decimals.
 * Oracle: the digits as one number of 128 bits. What was read is that number with its decimals behind the last
 * separator, or with none where separators group; the standard's form is read so and in no other way, as long as it
 * fits eighteen digits.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "statement/reading.h"

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

enum { longest = 30, most_digits = 18 };

static void demand(int holds)
{
    if (!holds)
        abort();
}

/* What an independent reader sees in the text. */
struct digits {
    wide value;
    size_t count, significant, behind; /* digits; without zeros in front; behind the last separator */
    int commas, standard;              /* standard: digits, one comma, digits, and nothing else */
};

static struct digits look(struct mt940_view text)
{
    struct digits out = {0};

    out.standard = text.length > 0 && mt940_ascii_is_digit(text.data[0]);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (mt940_ascii_is_digit(c)) {
            out.value = out.value * 10 + (wide)(c - '0');
            out.count++;
            out.significant += out.significant > 0 || c != '0';
            out.behind++;
        } else if (c == ',' || c == '.' || c == '\'') {
            out.behind = 0;
            out.commas += c == ',';
            out.standard = out.standard && c == ',';
        } else {
            out.standard = 0;
        }
    }
    out.standard = out.standard && out.commas == 1;
    return out;
}

static wide power(int64_t exponent)
{
    wide result = 1;

    while (exponent-- > 0)
        result *= 10;
    return result;
}

/* Whether `amount` is the digits with `decimals` of them behind the point. */
static int is_reading(const struct mt940_amount *amount, const struct digits *digits, size_t decimals)
{
    return amount->units >= 0 && digits->value * power(amount->scale) == (wide)amount->units * power((int64_t)decimals);
}

static void check(struct mt940_view text, const char *currency)
{
    struct mt940_cursor cursor = {text, 0};
    struct mt940_issues issues;
    struct mt940_reading reading;

    mt940_issues_init(&issues);
    memset(&reading, 0, sizeof reading);
    int read = mt940_reading_read(&cursor, currency, "amount", &reading, &issues);
    struct digits whole = look(text), part = look(mt940_view_slice(text, 0, cursor.at));
    if (!read) {
        demand(issues.count > 0 && cursor.at == 0);
        /* With the decimals of the currency it must have fitted. */
        int64_t missing = mt940_reading_digits(currency) - (int64_t)whole.behind;
        demand(!whole.standard || whole.significant > most_digits || whole.behind > most_digits ||
               whole.value * power(missing) > INT64_MAX);
        return;
    }
    size_t behind = part.commas > 0 || memchr(text.data, '.', cursor.at) ? part.behind : 0;
    demand(cursor.at <= text.length && part.count > 0 && part.significant <= most_digits);
    demand(is_reading(&reading.amount, &part, behind) || is_reading(&reading.amount, &part, 0));
    if (part.standard)
        demand(is_reading(&reading.amount, &part, part.behind));
    if (reading.ambiguity & MT940_AMBIGUOUS_SEPARATOR)
        demand(is_reading(&reading.alternative, &part, behind) || is_reading(&reading.alternative, &part, 0));
}
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#ifdef __SIZEOF_INT128__
    static const char *const currencies[] = {"TRY", "JPY", "BHD", ""};

    if (size > 0 && size <= longest)
        check(mt940_view_of((const char *)data, size - 1), currencies[data[size - 1] % 4]);
#else
    (void)data;
    (void)size;
#endif
    return 0;
}
