/* SPDX-License-Identifier: Apache-2.0
 *
 * failure.c: fills the caller's struct mt940_error and checks sizes of callers' structs. Must
 * not be given statement content or secrets: what stands here ends in log files.
 */
#include "base/failure.h"

#include <stdbool.h>
#include <string.h>

/* A size above this is a struct that was never initialised, not a newer version of it. */
#define STRUCT_SIZE_LIMIT 4096

/* Writes at the end of error->text, cut before a character that does not fit whole. */
static void append(struct mt940_error *error, const char *bytes, size_t length)
{
    size_t used = strlen(error->text);
    size_t room = sizeof(error->text) - 1 - used;
    size_t take = length < room ? length : room;

    if (take < length)
        while (take > 0 && ((unsigned char)bytes[take] & 0xC0) == 0x80)
            take--;
    for (size_t i = 0; i < take; i++)
        error->text[used + i] = (unsigned char)bytes[i] < ' ' || bytes[i] == 0x7F ? '?' : bytes[i];
    error->text[used + take] = '\0';
}

/* A struct of a newer caller is longer; what this version does not know stays as it is. */
static bool begin(struct mt940_error *error, int status, int32_t detail)
{
    if (!error || error->size < sizeof(*error))
        return false;
    error->status = status;
    error->detail = detail;
    error->offset = 0;
    error->line = 0;
    error->column = 0;
    memset(error->tag, 0, sizeof(error->tag));
    error->text[0] = '\0';
    return true;
}

int mt940_fail(struct mt940_error *error, int status, int32_t detail, const char *text)
{
    if (begin(error, status, detail)) {
        const char *sentence = text ? text : mt940_status_text(status);

        append(error, sentence, strlen(sentence));
    }
    return status;
}

int mt940_fail_item(struct mt940_error *error, int status, const char *text, const char *item, size_t item_length)
{
    if (begin(error, status, 0)) {
        append(error, text, strlen(text));
        append(error, ": ", 2);
        if (item)
            append(error, item, item_length);
    }
    return status;
}

int mt940_check_size(const void *options, size_t size, size_t known_minimum, size_t known)
{
    const unsigned char *bytes = options;

    if (!options || size < known_minimum || size > STRUCT_SIZE_LIMIT)
        return MT940_E_ARGUMENT;
    for (size_t i = known; i < size; i++)
        if (bytes[i] != 0)
            return MT940_E_ARGUMENT;
    return MT940_OK;
}
