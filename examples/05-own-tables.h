/* SPDX-License-Identifier: Apache-2.0
 *
 * 05-own-tables.h: records of any kind in memory and as bytes, for 05-own-store.c.
 */
#ifndef OWN_TABLES_H
#define OWN_TABLES_H

#include <mt940connect/schema.h>
#include <stdbool.h>

/* The records of one kind. orders[i] has all of them, sorted by index i of the kind. */
struct own_table {
    const struct mt940_kind_info *info;
    void ***orders;
    size_t count;
    size_t capacity;
};

/* `table` is zeroed. False = no memory. */
bool own_table_init(struct own_table *table, int32_t kind);
/* Frees the records too. */
void own_table_clear(struct own_table *table);
/*
 * Place in orders[index] of the first record that is not before `from` (with `is_behind`: that is
 * behind it), compared by `prefix` fields of the index; -1 = by all of them and the key.
 */
size_t own_table_place(const struct own_table *table, int32_t index, int32_t prefix, const void *from,
                       bool is_behind);
/* NULL when there is none. */
void *own_table_find(const struct own_table *table, const void *key);
/* Room for one record more. False = no memory. */
bool own_table_reserve(struct own_table *table);
/* These two cannot fail: a call can always be undone. */
void own_table_link(struct own_table *table, void *record);
void own_table_unlink(struct own_table *table, const void *record);

/* Bytes that grow when written and shrink when read. */
struct own_bytes {
    bool is_reading;
    char *at; /* reading: the next byte; writing: the first */
    size_t length;
    size_t capacity;
};

/* Writes or reads. False = no memory, or nothing left to read. */
bool own_bytes_move(struct own_bytes *bytes, void *value, size_t length);
/* The same with a whole record; texts of one that was read point into the bytes. */
bool own_record_move(struct own_bytes *bytes, const struct mt940_kind_info *info, char *record);

#endif
