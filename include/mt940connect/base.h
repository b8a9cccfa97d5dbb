/* SPDX-License-Identifier: Apache-2.0
 *
 * base.h: the few types every other header speaks in: bytes, dates, money, errors, memory.
 *
 * Conventions of the whole API
 *   - A function that can fail returns int: 0 is success, a negative number is one of
 *     enum mt940_status (status.h), positive numbers are results the function documents.
 *   - Outputs are written on success only; a struct mt940_error is written on failure only.
 *   - Text is UTF-8 unless a name says "raw"; views are not NUL-terminated.
 *   - Nothing here reads the environment, the locale or a clock, prints, or keeps global state.
 *     A handle serves one thread at a time; what is documented as immutable may be shared.
 */
#ifndef MT940CONNECT_BASE_H
#define MT940CONNECT_BASE_H

#include <stddef.h>
#include <stdint.h>

#include "mt940connect/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Version of these headers. @since 0.1 */
#define MT940_VERSION_MAJOR 0
#define MT940_VERSION_MINOR 1
#define MT940_VERSION_PATCH 0

/* Version of the linked library, "MAJOR.MINOR.PATCH"; static text. Thread safe. @since 0.1 */
const char *mt940_version(void);

/*
 * Compares two dotted versions part by part as numbers ("2.4" < "2.35"; a missing part is 0).
 * Returns 1 when `version` is at least `wanted`, 0 when not, MT940_E_ARGUMENT when either holds
 * anything but digits and dots. Source: R9 of the LogoConnect guide. @since 0.1
 */
int mt940_version_at_least(const char *version, const char *wanted);

/* Bytes somebody else owns. `data` may be NULL when `length` is 0. */
struct mt940_view {
    const char *data;
    size_t length;
};

/*
 * A calendar date, proleptic Gregorian; year 0 means "absent". Bank files know no time zone.
 */
struct mt940_date {
    int16_t year;
    uint8_t month; /* 1..12 */
    uint8_t day;   /* 1..31 */
};

/*
 * Exact money: `units` counts 10^-scale of `currency` (ISO 4217 letters, NUL-terminated, or ""
 * when unknown). 12,50 TRY is {1250, 2, "TRY"}.
 */
struct mt940_amount {
    int64_t units;
    int32_t scale; /* 0..18 */
    char currency[4];
};

/*
 * What went wrong, for a programmer's log. The caller owns it, sets `size` to
 * sizeof(struct mt940_error) and may pass NULL wherever one is asked for. Never holds statement
 * content or secrets. `status` is what the function returned; `detail` is the number of a
 * callback, of the operating system or of a third-party library, as the function documents.
 */
struct mt940_error {
    size_t size;
    int32_t status;
    int32_t detail;
    uint64_t offset; /* byte offset in the input, or of the failing element */
    uint32_t line;   /* 1-based, 0 = not known */
    uint32_t column; /* 1-based, in bytes, 0 = not known */
    char tag[8];     /* SWIFT tag without colons ("61"), or "" */
    char text[120];  /* English, bounded, NUL-terminated; names the item to mend */
};

/*
 * Memory of the host. `resize(user, old, old_size, new_size)` allocates (old NULL), resizes, or
 * frees (new_size 0, returns NULL); NULL for a wanted size means "no memory" and leaves `old`
 * valid. Memory must be aligned for any type. Wherever a `const struct mt940_allocator *` is
 * taken NULL means the C library's heap; the struct is copied, `user` must outlive the handle.
 */
struct mt940_allocator {
    size_t size;
    void *user;
    void *(*resize)(void *user, void *old, size_t old_size, size_t new_size);
};

/*
 * Progress of a long call: `done` of `total` (0 = unknown). Non-zero stops the call, which then
 * returns MT940_E_CANCELLED with everything finished so far kept and consistent.
 */
struct mt940_progress {
    size_t size;
    void *user;
    int (*step)(void *user, uint64_t done, uint64_t total);
};

/* Static English name of a status ("MT940_E_LIMIT"), "unknown status" for other numbers. */
const char *mt940_status_name(int status);
/* One static English sentence on what the status means and what to do. */
const char *mt940_status_text(int status);

/*
 * Writes "YYYY-MM-DD" and a NUL to `out`; an absent date gives "". Returns 0, or
 * MT940_E_ARGUMENT when `date` is no valid date. @since 0.1
 */
int mt940_date_format(const struct mt940_date *date, char out[11]);

/* Reads "YYYY-MM-DD". MT940_E_FORMAT when the text is not precisely that, or no such day. */
int mt940_date_parse(const char *text, size_t length, struct mt940_date *out);

/* Days since 1970-01-01 of a valid date; and back. Differences of these count days. */
int32_t mt940_date_to_days(const struct mt940_date *date);
int mt940_date_from_days(int32_t days, struct mt940_date *out);
/* 1 when the date exists in the calendar (absent dates do not), else 0. */
int mt940_date_is_valid(const struct mt940_date *date);
/* Negative, 0 or positive as `a` is before, equal to or after `b`; an absent date is first. */
int mt940_date_compare(const struct mt940_date *a, const struct mt940_date *b);

/*
 * Minor-unit digits of an ISO 4217 currency (TRY 2, JPY 0, KWD 3), or -1 when the code is not in
 * the table. Source: ISO 4217 list one, see libmt940/base/currency.def.
 */
int mt940_currency_digits(const char *code, size_t length);

/*
 * Writes units * 10^-scale as a decimal with '.', sign first, no grouping ("-1787.29"), at least
 * `digits` decimals, NUL-terminated. Returns the length without the NUL (at most 39), or
 * MT940_E_ARGUMENT for a scale outside 0..18 or digits outside 0..18. `out` holds 40 bytes.
 */
int mt940_decimal_format(int64_t units, int32_t scale, int32_t digits, char out[40]);

/*
 * Reads an optional sign, digits, and at most one '.' with decimals, into units of 10^-scale.
 * MT940_E_FORMAT for anything else, MT940_E_RANGE when more decimals than `scale` are not zero
 * or the number does not fit.
 */
int mt940_decimal_parse(const char *text, size_t length, int32_t scale, int64_t *units);

/*
 * Copies a view with snprintf's manners: at most capacity-1 bytes and a NUL, returns the view's
 * length; a result >= capacity means the text was cut. capacity 0 writes nothing.
 */
size_t mt940_view_copy(const struct mt940_view *view, char *buffer, size_t capacity);
/* A view of a NUL-terminated string (NULL gives an empty view). */
void mt940_view_from_string(const char *string, struct mt940_view *out);
/* 1 when both hold the same bytes, else 0. */
int mt940_view_equal(const struct mt940_view *a, const struct mt940_view *b);

/*
 * SHA-256 (FIPS 180-4) of `length` bytes as 64 lower-case hex digits and a NUL: the key of a
 * received file. Never fails. @since 0.1
 */
void mt940_sha256_hex(const void *data, size_t length, char out[65]);

#ifdef __cplusplus
}
#endif
#endif
