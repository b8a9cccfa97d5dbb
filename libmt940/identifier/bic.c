/* SPDX-License-Identifier: Apache-2.0
 *
 * bic.c: judges the form of a BIC, ISO 9362:2022: four characters of the party, two letters of its country, two of its
 * location, and three of a branch or none. It must not know which BICs are in use.
 */
#include <string.h>

#include "base/bytes.h"
#include "base/export.h"
#include "base/view.h"
#include "identifier/directory.h"
#include "mt940connect/bic.h"

#define BIC_SHORT 8
#define BIC_LONG 11
#define COUNTRY_OFFSET 4
#define BIC_ALL_FLAGS (MT940_BIC_LOWER_CASE | MT940_BIC_SPACES)

MT940_EXPORT const char *mt940_bic_reason_name(int32_t reason)
{
    static const char *const names[] = {"VALID", "BAD_LENGTH", "BAD_CHARACTER", "BAD_COUNTRY"};

    return reason >= 0 && (size_t)reason < sizeof(names) / sizeof(names[0]) ? names[reason] : NULL;
}

struct reading {
    char canonical[BIC_LONG + 1];
    size_t at[BIC_LONG + 1];
    size_t count; /* one more than BIC_LONG says "too long" */
};

/* 0, or BAD_CHARACTER with the offset of the illegal byte in at[count]. */
static int read_text(const char *text, size_t length, uint32_t flags, struct reading *out)
{
    out->count = 0;
    for (size_t i = 0; i < length && out->count <= BIC_LONG; i++) {
        char c = flags & MT940_BIC_LOWER_CASE ? mt940_ascii_upper(text[i]) : text[i];
        if (c == ' ' && (flags & MT940_BIC_SPACES))
            continue;
        out->at[out->count] = i;
        if (!mt940_ascii_is_digit(c) && !mt940_ascii_is_upper(c))
            return MT940_BIC_BAD_CHARACTER;
        out->canonical[out->count++] = c;
    }
    return MT940_BIC_VALID;
}

/* The reason and the character it stands at, -1 = the whole. */
static int judge(const struct reading *reading, int *place)
{
    *place = -1;
    if (reading->count != BIC_SHORT && reading->count != BIC_LONG)
        return MT940_BIC_BAD_LENGTH;
    *place = COUNTRY_OFFSET;
    if (!mt940_directory_is_country(reading->canonical[COUNTRY_OFFSET], reading->canonical[COUNTRY_OFFSET + 1]))
        return MT940_BIC_BAD_COUNTRY;
    *place = -1;
    return MT940_BIC_VALID;
}

static int32_t use_of(char last_of_location)
{
    return last_of_location >= '0' && last_of_location <= '2' ? last_of_location - '0' + MT940_BIC_TEST
                                                              : MT940_BIC_ORDINARY;
}

static void take_apart(const struct reading *reading, struct mt940_bic *out)
{
    const char *text = reading->canonical;

    memcpy(out->canonical, text, reading->count);
    memcpy(out->party, text, 4);
    memcpy(out->country, text + COUNTRY_OFFSET, 2);
    memcpy(out->location, text + 6, 2);
    memcpy(out->branch, reading->count == BIC_LONG ? text + BIC_SHORT : "XXX", 3);
    out->use = use_of(text[7]);
    out->head_office = memcmp(out->branch, "XXX", 3) == 0;
}

MT940_EXPORT int mt940_bic_parse(const char *text, size_t length, uint32_t flags, struct mt940_bic *out)
{
    struct reading reading;
    int place, reason;

    if ((!text && length) || (flags & ~(uint32_t)BIC_ALL_FLAGS) || !out || out->size < sizeof(*out))
        return MT940_E_ARGUMENT;
    reason = read_text(text, length, flags, &reading);
    place = reason ? (int)reading.count : -1;
    if (!reason)
        reason = judge(&reading, &place);
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    out->reason = reason;
    out->position = place >= 0 && reading.at[place] <= INT32_MAX ? (int32_t)reading.at[place] : -1;
    if (!reason)
        take_apart(&reading, out);
    return MT940_OK;
}

/* Of eight bytes those that are digits or capitals. */
static uint64_t digits_and_capitals(uint64_t bytes)
{
    return mt940_bytes_within(bytes, '0', '9') | mt940_bytes_within(bytes, 'A', 'Z');
}

/* The electronic form, without a word where it is wrong. The first eight bytes and the last are all. */
static bool is_electronic(const char *text, size_t length)
{
    if (length != BIC_SHORT && length != BIC_LONG)
        return false;
    uint64_t first = mt940_bytes_at(text), last = mt940_bytes_at(text + length - sizeof first);
    return (digits_and_capitals(first) & digits_and_capitals(last)) == MT940_BYTES_HIGH &&
           mt940_directory_is_country(text[COUNTRY_OFFSET], text[COUNTRY_OFFSET + 1]);
}

MT940_EXPORT int mt940_bic_check(const char *text, size_t length, uint32_t flags)
{
    struct mt940_bic bic;
    int status;

    if (text && flags == 0 && is_electronic(text, length))
        return MT940_BIC_VALID;
    bic.size = sizeof(bic);
    status = mt940_bic_parse(text, length, flags, &bic);
    return status ? status : bic.reason;
}

MT940_EXPORT int mt940_bic_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
    struct mt940_bic left, right;

    left.size = right.size = sizeof(left);
    if (mt940_bic_parse(a, a_length, BIC_ALL_FLAGS, &left) || mt940_bic_parse(b, b_length, BIC_ALL_FLAGS, &right))
        return 0;
    return !left.reason && !right.reason && memcmp(left.canonical, right.canonical, BIC_SHORT) == 0 &&
           memcmp(left.branch, right.branch, 3) == 0;
}
