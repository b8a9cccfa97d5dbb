/* SPDX-License-Identifier: Apache-2.0
 *
 * ask.h: reading records through the ports into the scratch memory of the call.
 */
#ifndef MT940_FLOW_ASK_H
#define MT940_FLOW_ASK_H

#include "flow/flow.h"

/* Records of one kind, copied with their texts; an array of the kind's struct. */
struct mt940_found {
    struct mt940_flow *flow;
    int32_t kind;
    size_t record_size;
    char *records;
    size_t count, capacity;
    int status;
};

void mt940_found_init(struct mt940_found *found, struct mt940_flow *flow, int32_t kind);
/* A sink that collects; `found` is its user. */
int mt940_found_add(void *found, const void *record);
/* Adds a record whose texts live as long as the scratch memory already. */
int mt940_found_take(struct mt940_found *found, const void *record);
/* What a port call that filled `found` has to answer for: its own failure, or memory. */
int mt940_found_end(const struct mt940_found *found, int status);
/* The record at `index`. */
void *mt940_found_at(const struct mt940_found *found, size_t index);
/* Puts the records in the order of an index of their kind (0 = key). */
int mt940_found_sort(struct mt940_found *found, int32_t index);
/* Gives the array back before the scratch memory goes (the texts stay with that). */
void mt940_found_free(struct mt940_found *found);

/* Copies a record with its texts into `out` (the kind's struct), texts in the scratch memory. */
int mt940_ask_copy(struct mt940_flow *flow, int32_t kind, const void *record, void *out);
/* Reads one record of the store by its key fields. MT940_E_NOT_FOUND leaves `out` untouched. */
int mt940_ask_get(struct mt940_flow *flow, int32_t kind, const void *key, void *out);
/*
 * Reads the company's own record from the books without making a directory of them; its texts lie in
 * the scratch memory. MT940_E_NOT_CONFIGURED when the books have no such company.
 */
int mt940_ask_company(struct mt940_flow *flow, struct mt940_company *out);
/* Several looks at the store in one call, where it has one for that. */
int mt940_ask_fetch(struct mt940_flow *flow, const struct mt940_lookup *lookups, size_t count);
/* Collects all records of the store whose first `prefix` fields of `index` equal those of `from`. */
int mt940_ask_scan(struct mt940_flow *flow, int32_t kind, int32_t index, int32_t prefix, const void *from,
                   struct mt940_found *found);

#endif
