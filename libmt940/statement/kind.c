/* SPDX-License-Identifier: Apache-2.0
 *
 * kind.c: names what people put into the folder instead of statements, so that they know what to ask the bank for. The
 * marks are those of the formats' own definitions. Must not know how a statement is read.
 */
#include "statement/kind.h"

#include <stdbool.h>
#include <string.h>

#include "base/view.h"
#include "mt940connect/message_codes.h"

struct mark {
    char bytes[18]; /* in upper case where they are letters */
    size_t length;
    int32_t message;
};

#define MARK(bytes, message) {bytes, sizeof bytes - 1, MT940_M_##message}
static const struct mark marks[] = {
    MARK("\xFF\xFE", NOT_MT940_UTF_16),
    MARK("\xFE\xFF", NOT_MT940_UTF_16),
    MARK("%PDF", NOT_MT940_PDF),
    MARK("PK\003\004", NOT_MT940_PACKED),
    MARK("\x1F\x8B", NOT_MT940_PACKED),
    MARK("RAR!", NOT_MT940_PACKED),
    MARK("7Z\xBC\xAF", NOT_MT940_PACKED),
    MARK("BZH9", NOT_MT940_PACKED),
    MARK("\xFD" "7ZXZ", NOT_MT940_PACKED),
    MARK("\x28\xB5\x2F\xFD", NOT_MT940_PACKED), /* Zstandard */
    MARK("-----BEGIN", NOT_MT940_ENCRYPTED),
    /* ":20:" and "{1:" in EBCDIC */
    MARK("\x5A\xF2\xF0\x5A", NOT_MT940_ENCODED), /* the colon is 7A, a small z in ASCII */
    MARK("\xC0\xF1\x5A", NOT_MT940_ENCODED),
    MARK("\x48\xF1\x5A", NOT_MT940_ENCODED), /* Turkish EBCDIC has another brace */
    MARK("\xD0\xCF\x11\xE0", NOT_MT940_EXCEL),
    MARK("<!DOCTYPE", NOT_MT940_WEB_PAGE),
    MARK("<HTML", NOT_MT940_WEB_PAGE),
    MARK("<?XML", NOT_MT940_XML),
    MARK("<DOCUMENT", NOT_MT940_XML),
    MARK("{\\RTF", NOT_MT940_EXCEL),
    MARK("FROM: ", NOT_MT940_EMAIL),
    MARK("RECEIVED: ", NOT_MT940_EMAIL),
    MARK("RETURN-PATH:", NOT_MT940_EMAIL),
    MARK("DELIVERED-TO:", NOT_MT940_EMAIL),
    MARK("MIME-VERSION:", NOT_MT940_EMAIL),
    MARK("X-MOZILLA-STATUS:", NOT_MT940_EMAIL),
    MARK("{1:", NOT_MT940_OTHER_MESSAGE),
};
#undef MARK

void mt940_kind_take(struct mt940_kind *kind, const char *bytes, size_t length)
{
    size_t skip = 0;
    while (kind->length == 0 && skip < length && (unsigned char)bytes[skip] <= ' ' && bytes[skip] != '\x1F')
        skip++;
    size_t room = sizeof kind->first - kind->length;
    length = length - skip < room ? length - skip : room;
    if (length > 0)
        memcpy(kind->first + kind->length, bytes + skip, length);
    kind->length += length;
}

static bool begins_with(const char *text, size_t length, const struct mark *mark)
{
    if (length < mark->length)
        return false;
    for (size_t i = 0; i < mark->length; i++)
        if (mt940_ascii_upper(text[i]) != mark->bytes[i])
            return false;
    return true;
}

/* Every second byte of plain text in UTF-16 without its mark is zero. */
static bool is_wide(const char *text, size_t length)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < length; i++)
        zeros[i % 2] += text[i] == '\0';
    return length >= 8 && (zeros[0] == 0) != (zeros[1] == 0) && zeros[0] + zeros[1] >= length / 2 - 1;
}

/* ":20", "{1:" and what may stand before them, in base64: nothing but its characters follows. */
static bool is_base64(const char *text, size_t length)
{
    static const char *const heads[] = {"OjIw", "OjI1", "ezE6", "DQo6", "DQp7", "77u/", "Cjoy"};
    bool known = false;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0] && length >= 4; i++)
        known = known || memcmp(text, heads[i], 4) == 0;
    for (size_t i = 0; i < length && known; i++)
        known = mt940_ascii_is_alnum(text[i]) || memchr("+/=\r\n", text[i], 5);
    return known;
}

int32_t mt940_kind_finding(const struct mt940_kind *kind)
{
    static const char utf8_mark[] = "\xEF\xBB\xBF";
    const char *text = kind->first;
    size_t length = kind->length;
    if (length == 0)
        return MT940_M_EMPTY_FILE;
    if (length >= 3 && memcmp(text, utf8_mark, 3) == 0) {
        text += 3;
        length -= 3;
    }
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (begins_with(text, length, &marks[i]))
            return marks[i].message;
    if (is_base64(text, length))
        return MT940_M_NOT_MT940_ENCODED;
    return is_wide(text, length) ? MT940_M_NOT_MT940_UTF_16 : MT940_M_NOT_MT940;
}
