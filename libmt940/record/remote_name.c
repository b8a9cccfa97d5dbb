/* SPDX-License-Identifier: Apache-2.0
 *
 * remote_name.c: which names of strangers a transport may offer. Must not know where they come from.
 */
#include "mt940connect/ports.h"

#include "base/export.h"
#include "base/view.h"

enum { longest_name = 255 };

/* Endings that programs use while they still write (turkish-banking §4). Lower case. */
static const struct mt940_view temporary_endings[] = {
    MT940_LITERAL(".tmp"),
    MT940_LITERAL(".part"),
    MT940_LITERAL(".filepart"),
    MT940_LITERAL(".crdownload"),
};

static bool ends_with(const char *name, size_t length, struct mt940_view ending)
{
    if (length < ending.length)
        return false;
    for (size_t i = 0; i < ending.length; i++) {
        char letter = name[length - ending.length + i];

        if (letter >= 'A' && letter <= 'Z')
            letter = (char)(letter + 32);
        if (letter != ending.data[i])
            return false;
    }
    return true;
}

MT940_EXPORT int mt940_remote_name_fault(const char *name, size_t length)
{
    if (!name || length == 0 || length > longest_name)
        return MT940_IGNORED_BAD_NAME;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)name[i];

        if (byte < 0x20 || byte == 0x7F || byte == '/' || byte == '\\')
            return MT940_IGNORED_BAD_NAME;
    }
    if (name[0] == '.')
        return MT940_IGNORED_HIDDEN;
    if (name[0] == '~')
        return MT940_IGNORED_TEMPORARY;
    for (size_t i = 0; i < sizeof temporary_endings / sizeof *temporary_endings; i++)
        if (ends_with(name, length, temporary_endings[i]))
            return MT940_IGNORED_TEMPORARY;
    return 0;
}
