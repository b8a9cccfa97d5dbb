/* SPDX-License-Identifier: Apache-2.0
 *
 * message.h: every text the library has for people, in English and Turkish, by number. The list
 * is libmt940/text/message.def; enum mt940_message in message_codes.h is made from it.
 */
#ifndef MT940CONNECT_MESSAGE_H
#define MT940CONNECT_MESSAGE_H

#include "mt940connect/base.h"
#include "mt940connect/message_codes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How grave a message is. */
enum mt940_severity {
    MT940_INFO = 0,
    MT940_REPAIR = 1,  /* a named leniency was used */
    MT940_WARNING = 2,
    MT940_ERROR = 3
};

/* Types of argument a text may hold. */
enum mt940_arg_type {
    MT940_ARG_TEXT = 1,
    MT940_ARG_NUMBER = 2,
    MT940_ARG_AMOUNT = 3, /* printed as the language does: 1.234,56 TRY or 1,234.56 TRY */
    MT940_ARG_DATE = 4,   /* 15.07.2026 or 2026-07-15 */
    MT940_ARG_MESSAGE = 5 /* the text of message `number`, itself without arguments */
};

/* A named value for a placeholder "{name}". */
struct mt940_message_arg {
    const char *name;
    int32_t type; /* enum mt940_arg_type */
    int32_t reserved;
    struct mt940_view text;
    int64_t number;
    struct mt940_amount amount;
    struct mt940_date date;
};

/* "BALANCE_MISMATCH"; NULL for a number that is no message. Static. Thread safe. @since 0.1 */
const char *mt940_message_name(int32_t message);
/* enum mt940_severity of a message, or MT940_E_NOT_FOUND. */
int mt940_message_severity(int32_t message);
/* The number of a name, or 0. */
int32_t mt940_message_from_name(const char *name, size_t length);
/*
 * Writes the text in `language` ("tr", otherwise English) with its placeholders filled (one
 * without an argument is printed as "?"), UTF-8, NUL-terminated, with snprintf's manners:
 * returns the length it needs without the NUL, or MT940_E_NOT_FOUND.
 */
int mt940_message_format(int32_t message, const struct mt940_message_arg *args, size_t count, const char *language,
                         char *buffer, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
