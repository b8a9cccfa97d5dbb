/* SPDX-License-Identifier: Apache-2.0
 *
 * work_statement.c: one piece of work for an instruction counter, named by its arguments: WAY MIX BYTES. Only what
 * work() does is counted (callgrind --toggle-collect=work). See check_work.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/statement.h"
#include "statement/reader.h"
#include "statements.h"

static int on_entry(void *user, const struct mt940_entry *entry)
{
    *(int64_t *)user += entry->reading.amount.units;
    return 0;
}

int work(struct mt940_reader *reader, const char *bytes, size_t length);

int work(struct mt940_reader *reader, const char *bytes, size_t length)
{
    enum { piece = 64 << 10 };
    for (size_t at = 0; at < length; at += piece) {
        int status = mt940_reader_feed(reader, bytes + at, length - at < piece ? length - at : piece, NULL);
        if (status)
            return status;
    }
    return mt940_reader_finish(reader, NULL);
}

int main(int count, char **arguments)
{
    int64_t units = 0;
    struct mt940_handler handler = {.size = sizeof handler, .user = &units, .entry = on_entry};
    struct mt940_reader *reader;
    if (count != 4)
        return 2;
    size_t capacity = strtoul(arguments[3], NULL, 10);
    char *bytes = malloc(capacity);
    if (!bytes || mt940_reader_new(NULL, NULL, &handler, &reader, NULL) != 0)
        return 2;
    if (strcmp(arguments[1], "plain") == 0)
        reader->scanner.skim = mt940_skim_plain;
    size_t length = make_statements(atoi(arguments[2]), bytes, capacity);
    int status = work(reader, bytes, length);
    printf("%zu %lld\n", length, (long long)units);
    mt940_reader_free(reader);
    free(bytes);
    return status != 0;
}
