/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h: the sentences of the command itself, English and Turkish, from text.def. What the
 * library has to say (findings, refusals) comes from mt940connect/message.h instead.
 */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stddef.h>

enum text {
    TEXT_NONE = 0,
#define CLI_TEXT(name, english, turkish) TEXT_##name,
#include "text.def"
#undef CLI_TEXT
    TEXT_COUNT
};

/* The sentence as it stands in the list, "" for TEXT_NONE. Static. */
const char *text_raw(enum text text, const char *language);

/*
 * Fills {0} … {9} with `args`; returns a block for free(). Ends the program when memory is out:
 * a command line tool has nobody to hand that error to.
 */
char *text_format(enum text text, const char *language, const char *const *args, size_t count);

/* The same with the arguments in place: TEXT_FORMAT(TEXT_X, "tr", "a", "b"). At least one. */
#define TEXT_FORMAT(text, language, ...)                                                                              \
    text_format((text), (language), (const char *const[]){__VA_ARGS__},                                               \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
