/* SPDX-License-Identifier: Apache-2.0
 *
 * schema.h: what the records of record.h look like, as data, for whoever stores, imports or
 * prints them without writing the same code once a kind. Source: libmt940/record/store.def.
 */
#ifndef MT940CONNECT_SCHEMA_H
#define MT940CONNECT_SCHEMA_H

#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the record layout. A store refuses a newer one and migrates an older one. */
#define MT940_SCHEMA_VERSION 6

/* Types of field; the C type stands behind each. */
enum mt940_field_type {
    MT940_TYPE_TEXT = 1,  /* struct mt940_view, UTF-8, no NUL inside */
    MT940_TYPE_BLOB = 2,  /* struct mt940_view, any bytes */
    MT940_TYPE_INT = 3,   /* int64_t */
    MT940_TYPE_MONEY = 4, /* int64_t, minor units of the record's currency */
    MT940_TYPE_RATE = 5,  /* int64_t, 10^-8 */
    MT940_TYPE_FLAG = 6,  /* int64_t, 0 or 1 */
    MT940_TYPE_DATE = 7,  /* struct mt940_date; an absent date sorts first */
    MT940_TYPE_ENUM = 8   /* int64_t, a value of `enumeration` */
};

struct mt940_field {
    const char *name;
    int32_t type;        /* enum mt940_field_type */
    int32_t enumeration; /* enum mt940_enumeration, 0 = none */
    int32_t is_key;      /* 1 = part of the key */
    int32_t is_counter;  /* 1 = only TOTAL_ADD changes it; INT or MONEY */
    size_t offset;       /* of the field in its struct */
    const char *doc;
};

struct mt940_index {
    const char *name;
    const int32_t *fields; /* indexes into `fields` of the kind, in order; not NULL */
    int32_t field_count;
};

struct mt940_kind_info {
    int32_t kind;
    const char *name;  /* "customer_bank" */
    const char *table; /* "customer_banks" */
    size_t struct_size;
    const struct mt940_field *fields; /* key fields first, in order; `revision` is not among them */
    int32_t field_count;
    int32_t key_count;
    const struct mt940_index *indexes; /* [0] is the key */
    int32_t index_count;               /* at least 1 */
};

/* Static description of a kind, NULL for a number that is none. Thread safe. @since 0.1 */
const struct mt940_kind_info *mt940_kind_info(int32_t kind);
/* The kind of a table or record name ("customers", "customer"), 0 when there is none. */
int32_t mt940_kind_from_name(const char *name, size_t length);
/* Largest kind number; kinds are 1..mt940_kind_count() without gaps. */
int32_t mt940_kind_count(void);

/*
 * Order of two records of one kind by index `index` (0 = key): negative, 0, positive. The fields
 * of the index decide, then the key, so 0 means the same key. TEXT and BLOB compare as bytes,
 * numbers and dates by value. This is the order of a store's scan(). 0 for an unknown kind or
 * index. Thread safe. @since 0.1
 */
int mt940_record_compare(int32_t kind, int32_t index, const void *a, const void *b);
/* The same by the first `prefix` fields of the index only; with prefix 0 all records are equal. */
int mt940_record_compare_prefix(int32_t kind, int32_t index, int32_t prefix, const void *a, const void *b);

/* Room for the fields of an order: those of an index and of the key. */
#define MT940_ORDER_MAX 16
/*
 * The fields that decide the order of index `index` behind its first `prefix` ones: the rest of the
 * index, then the key's fields that are not in it. Writes their numbers to `fields` (the caller's,
 * MT940_ORDER_MAX long) and returns how many; 0 also for an index or prefix that is not there. What
 * a store writes behind ORDER BY. Thread safe. Source: the rule of mt940_record_compare(). @since 0.1
 */
int32_t mt940_index_order(const struct mt940_kind_info *info, int32_t index, int32_t prefix, int32_t *fields);

/*
 * Checks what every store may rely on: TEXT is UTF-8 without NUL, a FLAG is 0 or 1, an ENUM is a
 * value of its enumeration, a date is absent or exists. `key_only` 1 looks at the key fields
 * alone. Returns 0, or MT940_E_ARGUMENT with the field's name in the error's text.
 * Thread safe. @since 0.1
 */
int mt940_record_check(int32_t kind, const void *record, int32_t key_only, struct mt940_error *error);

/*
 * Copies a record and every byte its views point to into one block from `allocator` (NULL =
 * heap). Release with mt940_record_free(). MT940_E_ARGUMENT, MT940_E_MEMORY. @since 0.1
 */
int mt940_record_clone(int32_t kind, const void *record, const struct mt940_allocator *allocator, void **out);
/*
 * NULL is allowed. `kind` and `allocator` as given to the clone, whose views must still have
 * their lengths: the size of the block is worked out from them.
 */
void mt940_record_free(int32_t kind, void *record, const struct mt940_allocator *allocator);

/*
 * Name of a value in files and JSON (language "en"; also for an unknown language or NULL) or for
 * Turkish users ("tr"). Static; NULL when the enumeration has no such value. @since 0.1
 */
const char *mt940_enum_name(int32_t enumeration, int64_t value, const char *language);
/*
 * Value of a name: the English one, ASCII case ignored, the Turkish one exactly as
 * mt940_enum_name() gives it, or the value's own number in digits. MT940_E_NOT_FOUND when there
 * is none. @since 0.1
 */
int mt940_enum_parse(int32_t enumeration, const char *text, size_t length, int64_t *value);
/* The `position`-th value of an enumeration, from 0; MT940_E_NOT_FOUND past the last. */
int mt940_enum_value(int32_t enumeration, int32_t position, int64_t *value);

#ifdef __cplusplus
}
#endif
#endif
