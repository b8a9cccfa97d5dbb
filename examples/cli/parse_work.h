/* SPDX-License-Identifier: Apache-2.0
 *
 * parse_work.h: the ids of a statement's movements and the lines of its pages, which any thread may make; and what is said
 * about them, which is the main thread's.
 */
#ifndef CLI_PARSE_WORK_H
#define CLI_PARSE_WORK_H

#include <mt940connect/statement_stream.h>

#include "command.h"
#include "json.h"
#include "read.h"

/* What one call of the command asks for, the same for all its threads. */
struct parse_call {
    struct output *out;
    struct read_options read;
    const char *company; /* of the ids */
    int raw, facts;
};

/* What one thread needs for a statement: where the lines go, room for the pages and the ids of their movements. */
struct parse_work {
    struct json *json;
    const struct mt940_statement **pages;
    char (*ids)[MT940_ID_CAPACITY];
    size_t page_capacity, id_capacity;
};

/* The bytes from which pages were read, NULL = not asked for, and where in the file they begin. */
struct parse_bytes {
    const char *data;
    uint64_t begin;
};

void parse_work_free(struct parse_work *work);

/* Ids of pages, which make one statement: movements that are equal are counted over all of them. 0, or why there are none. */
int parse_ids(struct parse_work *work, const struct parse_call *call, const struct mt940_page *pages, size_t count);
/* The line of a page, when it is one of a message. `used` ids belong to pages before it; returns how many now. */
size_t parse_page(struct parse_work *work, const struct parse_call *call, const char *file,
                  const struct mt940_page *page, const struct parse_bytes *bytes, size_t used);

/* Main thread: says that there are no ids, unless `status` is 0; says what was found in a page. */
void parse_say_ids(const struct parse_call *call, const char *file, int status);
void parse_say_page(const struct parse_call *call, const char *file, const struct mt940_page *page);

#endif
