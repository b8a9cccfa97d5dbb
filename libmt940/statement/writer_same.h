/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_same.h: whether a statement that was read back says what was meant. Of the files that write, only
 * writer_check.c needs it.
 */
#ifndef MT940_STATEMENT_WRITER_SAME_H
#define MT940_STATEMENT_WRITER_SAME_H

#include "base/memory.h"
#include "mt940connect/statement.h"

/* The first difference; `tag` and `rule` are static texts. */
struct mt940_difference {
    const char *tag;
    const char *rule; /* NULL = none was found */
    uint64_t element; /* number of the movement */
    int status;       /* MT940_E_MEMORY when nothing could be compared any more */
};

/* Room for decoded texts, kept from one to the next. */
struct mt940_same_room {
    struct mt940_allocator memory;
    void *block;
    size_t capacity;
};

/*
 * Compares what a writer has to keep: type, header, movements, fields, balances, sums and texts; numbers by value,
 * texts as they are decoded and split. Not the places, raw bytes and verdicts, which a statement of the host lacks.
 */
void mt940_statement_compare(const struct mt940_statement *meant, const struct mt940_statement *read,
                             struct mt940_same_room *room, struct mt940_difference *out);
void mt940_same_room_free(struct mt940_same_room *room);

#endif
