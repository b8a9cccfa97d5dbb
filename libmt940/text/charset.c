/* SPDX-License-Identifier: Apache-2.0
 *
 * charset.c: character sets by name, and text of any of them as UTF-8. Knows bytes and tables; knows no fields
 * and no banks. Which set a text is written in is told by evidence.c.
 */
#include "mt940connect/charset.h"

#include <stdbool.h>
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "text/decode.h"

struct charset_alias {
    const char *name; /* lower case, without '-', '_' and blanks */
    int32_t charset;
};

static const char *const charset_names[] = {
    [MT940_CHARSET_ASCII] = "ascii",
    [MT940_CHARSET_UTF8] = "utf-8",
    [MT940_CHARSET_WINDOWS_1254] = "windows-1254",
    [MT940_CHARSET_CP857] = "cp857",
    [MT940_CHARSET_WINDOWS_1252] = "windows-1252",
    [MT940_CHARSET_CP850] = "cp850",
    [MT940_CHARSET_CP852] = "cp852",
    [MT940_CHARSET_ISO_8859_2] = "iso-8859-2",
    [MT940_CHARSET_DIN_66003] = "din-66003",
    [MT940_CHARSET_WINDOWS_1250] = "windows-1250",
    [MT940_CHARSET_UTF8_TWICE] = "utf-8-twice",
};

/* ISO-8859-9 and -1 are read as the Windows sets: they differ only where ISO has control bytes. */
static const struct charset_alias charset_aliases[] = {
    {"ascii", MT940_CHARSET_ASCII},
    {"usascii", MT940_CHARSET_ASCII},
    {"iso646us", MT940_CHARSET_ASCII},
    {"utf8", MT940_CHARSET_UTF8},
    {"windows1254", MT940_CHARSET_WINDOWS_1254},
    {"cp1254", MT940_CHARSET_WINDOWS_1254},
    {"1254", MT940_CHARSET_WINDOWS_1254},
    {"iso88599", MT940_CHARSET_WINDOWS_1254},
    {"88599", MT940_CHARSET_WINDOWS_1254},
    {"latin5", MT940_CHARSET_WINDOWS_1254},
    {"l5", MT940_CHARSET_WINDOWS_1254},
    {"turkish", MT940_CHARSET_WINDOWS_1254},
    {"cp857", MT940_CHARSET_CP857},
    {"ibm857", MT940_CHARSET_CP857},
    {"dos857", MT940_CHARSET_CP857},
    {"857", MT940_CHARSET_CP857},
    {"windows1252", MT940_CHARSET_WINDOWS_1252},
    {"cp1252", MT940_CHARSET_WINDOWS_1252},
    {"1252", MT940_CHARSET_WINDOWS_1252},
    {"iso88591", MT940_CHARSET_WINDOWS_1252},
    {"88591", MT940_CHARSET_WINDOWS_1252},
    {"latin1", MT940_CHARSET_WINDOWS_1252},
    {"l1", MT940_CHARSET_WINDOWS_1252},
    {"cp850", MT940_CHARSET_CP850},
    {"ibm850", MT940_CHARSET_CP850},
    {"dos850", MT940_CHARSET_CP850},
    {"850", MT940_CHARSET_CP850},
    {"cp852", MT940_CHARSET_CP852},
    {"ibm852", MT940_CHARSET_CP852},
    {"dos852", MT940_CHARSET_CP852},
    {"852", MT940_CHARSET_CP852},
    {"iso88592", MT940_CHARSET_ISO_8859_2},
    {"88592", MT940_CHARSET_ISO_8859_2},
    {"latin2", MT940_CHARSET_ISO_8859_2},
    {"l2", MT940_CHARSET_ISO_8859_2},
    {"din66003", MT940_CHARSET_DIN_66003},
    {"iso646de", MT940_CHARSET_DIN_66003},
    {"windows1250", MT940_CHARSET_WINDOWS_1250},
    {"cp1250", MT940_CHARSET_WINDOWS_1250},
    {"1250", MT940_CHARSET_WINDOWS_1250},
    {"utf8twice", MT940_CHARSET_UTF8_TWICE},
};

MT940_EXPORT const char *mt940_charset_name(int32_t charset)
{
    const int32_t count = (int32_t)(sizeof(charset_names) / sizeof(charset_names[0]));

    return charset > 0 && charset < count ? charset_names[charset] : NULL;
}

static bool is_alias(struct mt940_view name, const char *alias)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = mt940_ascii_upper(name.data[i]);

        if (c == '-' || c == '_' || mt940_ascii_is_blank(c))
            continue;
        if (!*alias || c != mt940_ascii_upper(*alias))
            return false;
        alias++;
    }
    return !*alias;
}

MT940_EXPORT int32_t mt940_charset_from_name(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof(charset_aliases) / sizeof(charset_aliases[0]); i++)
        if (is_alias(mt940_view_of(name, length), charset_aliases[i].name))
            return charset_aliases[i].charset;
    return 0;
}

MT940_EXPORT size_t mt940_charset_decode(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity,
                                         size_t *replaced)
{
    const unsigned char *data = bytes;
    struct mt940_sink sink = {out, capacity, 0};
    struct mt940_decoder decoder;
    size_t at;

    if (charset == MT940_CHARSET_DETECT) {
        struct mt940_charset_evidence evidence = {0};

        mt940_charset_observe(&evidence, bytes, length);
        charset = mt940_charset_verdict(&evidence);
    }
    mt940_decoder_init(&decoder, charset);
    at = mt940_decode_mark(&decoder, data, length);
    while (at < length) {
        at += mt940_decode_line(&decoder, data + at, length - at, &sink);
        for (; at < length && mt940_is_control(data[at]); at++)
            mt940_sink_put_byte(&sink, (char)data[at]);
    }
    if (replaced)
        *replaced = decoder.replaced;
    return sink.length;
}
