/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_value.h: a statement message out of the JSON object that parse writes (docs/json/parse.schema.json).
 */
#ifndef CLI_STATEMENT_VALUE_H
#define CLI_STATEMENT_VALUE_H

#include <jansson.h>

#include <mt940connect/statement.h>

/* How the message is to be read, and the message; zero it and fill in the first members. */
struct statement_value {
    int32_t charset; /* enum mt940_charset of the texts to come; DETECT = the object's own */
    uint32_t flags;  /* enum mt940_encode_flag */
    struct mt940_statement statement;
    struct mt940_entry *entries;
    struct mt940_balance *forward;
    struct mt940_total *totals; /* the floor limits first */
    char *texts;                /* all of them, encoded */
    size_t texts_used;
    /* What is wrong, where statement_value_read() says 0. */
    char member[80];    /* "entries.3.amount" */
    char character[8];  /* the one that the set lacks, UTF-8; "" = the value is missing or has another form */
};

/*
 * Reads an object of a line of `length` bytes, which bounds all texts in it. Views point into the value. Returns 1, or
 * 0 with member and character.
 */
int statement_value_read(struct statement_value *value, json_t *object, size_t length);
void statement_value_free(struct statement_value *value);

#endif
