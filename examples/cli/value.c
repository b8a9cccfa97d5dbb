/* SPDX-License-Identifier: Apache-2.0
 *
 * value.c: what was typed. Must not know options.
 */
#include "value.h"

#include <stdlib.h>
#include <string.h>

#include <mt940connect/fold.h>
#include <mt940connect/schema.h>

#include "buffer.h"

/* The decimal sign of a number as typed; 0 = it has none, '?' = it can be read in two ways. */
static char decimal_sign(const char *text)
{
    const char *point = strrchr(text, '.'), *comma = strrchr(text, ',');
    const char *last = point > comma ? point : comma;

    if (point == NULL && comma == NULL)
        return 0;
    if (point != NULL && comma != NULL)
        return *last;
    if (strchr(text, *last) != last) /* 1.250.000 */
        return *last == '.' ? ',' : '.';
    return strlen(last + 1) == 3 ? '?' : *last;
}

static int read_decimal(const char *text, char sign, int32_t scale, int64_t *units)
{
    char plain[64];
    size_t used = 0;

    while (*text == ' ')
        text++;
    for (; *text != '\0'; text++) {
        if (*text == sign)
            plain[used++] = '.';
        else if (*text != '.' && *text != ',')
            plain[used++] = *text;
        if (used + 1 >= sizeof plain)
            return MT940_E_RANGE;
    }
    return mt940_decimal_parse(plain, used, scale, units);
}

int value_amount(const char *text, const char *currency, int64_t *units)
{
    int digits = mt940_currency_digits(currency, strlen(currency));
    char sign = decimal_sign(text);

    if (sign == '?' || digits < 0)
        return MT940_E_FORMAT;
    return read_decimal(text, sign, digits, units);
}

int value_rate(const char *text, int64_t *units)
{
    char sign = decimal_sign(text);

    return read_decimal(text, sign == '?' ? (strchr(text, '.') ? '.' : ',') : sign, 8, units);
}

int value_date(const char *text, struct mt940_date *date)
{
    size_t length = strlen(text);
    char iso[11];

    if (length == 10 && text[2] == '.' && text[5] == '.') {
        memcpy(iso, text + 6, 4);
        memcpy(iso + 5, text + 3, 2);
        memcpy(iso + 8, text, 2);
        iso[4] = iso[7] = '-';
        return mt940_date_parse(iso, 10, date);
    }
    return mt940_date_parse(text, length, date);
}

static const char *const yes_words[] = {"yes", "y", "true", "1", "on", "evet", "e"};
static const char *const no_words[] = {"no", "n", "false", "0", "off", "hayir", "hay\xC4\xB1r", "h"};

int value_flag(const char *text)
{
    for (size_t i = 0; i < sizeof yes_words / sizeof *yes_words; i++)
        if (strcmp(text, yes_words[i]) == 0)
            return 1;
    for (size_t i = 0; i < sizeof no_words / sizeof *no_words; i++)
        if (strcmp(text, no_words[i]) == 0)
            return 0;
    return -1;
}

int value_number(const char *text, int64_t least, int64_t *number)
{
    int64_t value;

    if (mt940_decimal_parse(text, strlen(text), 0, &value) != MT940_OK || value < least || value > 1000000000)
        return MT940_E_FORMAT;
    *number = value;
    return MT940_OK;
}

static size_t skeleton(const char *text, char key[128])
{
    size_t length = mt940_fold_skeleton(text, strlen(text), key, 128, NULL);

    return length < 128 ? length : 128;
}

int value_enum(int32_t enumeration, const char *text, int64_t *value)
{
    char wanted[128], name[128];
    size_t length = skeleton(text, wanted);
    int64_t candidate;

    if (mt940_enum_parse(enumeration, text, strlen(text), value) == MT940_OK)
        return MT940_OK;
    for (int32_t i = 0; mt940_enum_value(enumeration, i, &candidate) == MT940_OK; i++) {
        const char *turkish = mt940_enum_name(enumeration, candidate, "tr");

        if (length > 0 && skeleton(turkish, name) == length && memcmp(wanted, name, length) == 0) {
            *value = candidate;
            return MT940_OK;
        }
    }
    return MT940_E_NOT_FOUND;
}

char *value_string(const struct mt940_view *view)
{
    return string_copy(view->data, view->length);
}
