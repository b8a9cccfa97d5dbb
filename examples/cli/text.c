/* SPDX-License-Identifier: Apache-2.0
 *
 * text.c: picks and fills the command's own sentences. Must not know who prints them.
 */
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"

static const struct {
    const char *english;
    const char *turkish;
} sentences[TEXT_COUNT] = {
    {"", ""},
#define CLI_TEXT(name, english, turkish) {english, turkish},
#include "text.def"
#undef CLI_TEXT
};

const char *text_raw(enum text text, const char *language)
{
    if ((int)text < 0 || text >= TEXT_COUNT)
        return "";
    return strcmp(language, "tr") == 0 ? sentences[text].turkish : sentences[text].english;
}

char *text_format(enum text text, const char *language, const char *const *args, size_t count)
{
    const char *at = text_raw(text, language);
    struct buffer out = {0};

    while (*at != '\0') {
        size_t plain = strcspn(at, "{");

        buffer_add(&out, at, plain);
        at += plain;
        if (*at == '\0')
            break;
        if (at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            size_t index = (size_t)(at[1] - '0');

            if (index < count && args[index] != NULL)
                buffer_add_string(&out, args[index]);
            at += 3;
        } else {
            buffer_add(&out, at++, 1);
        }
    }
    return buffer_string(&out);
}
