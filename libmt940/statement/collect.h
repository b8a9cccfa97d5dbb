/* SPDX-License-Identifier: Apache-2.0
 *
 * collect.h: one statement put together from a reader's events, with what was found in it. What becomes of it then is
 * the owner's business: document.c keeps all of them, stream.c one after another.
 */
#ifndef MT940_STATEMENT_COLLECT_H
#define MT940_STATEMENT_COLLECT_H

#include <stdbool.h>

#include "base/memory.h"
#include "mt940connect/statement.h"

struct mt940_finding_list {
    struct mt940_finding *items;
    size_t count, capacity;
};

struct mt940_collector {
    struct mt940_arena *arena; /* what is kept lies here; the owner may change it between messages */
    struct mt940_finding_list *findings;
    bool transient; /* views of movements and fields end with the call: their bytes are copied, too */
    struct mt940_statement statement; /* whole behind mt940_collect_end() */
    struct mt940_entry *entries;
    size_t entry_count, entry_capacity;
    struct mt940_raw_field *fields;
    size_t field_count, field_capacity;
    int status; /* why one of the functions below returned 1: MT940_E_MEMORY or MT940_E_LIMIT */
};

/* As events of a handler: 0, or 1 with the collector's status. Amounts get their final reading at the end. */
int mt940_collect_begin(struct mt940_collector *collector, const struct mt940_header *header);
int mt940_collect_entry(struct mt940_collector *collector, const struct mt940_entry *entry);
int mt940_collect_field(struct mt940_collector *collector, const struct mt940_raw_field *field);
int mt940_collect_end(struct mt940_collector *collector, const struct mt940_trailer *trailer);
int mt940_collect_finding(struct mt940_collector *collector, const struct mt940_finding *finding);
/* Gives back the room that statements share; what was collected stays. */
void mt940_collector_free(struct mt940_collector *collector, const struct mt940_allocator *memory);

/* One more element of an array that grows within the arena's limit; 0, or 1 with the collector's status. */
int mt940_collector_grow(struct mt940_collector *collector, void **array, size_t *capacity, size_t count,
                         size_t element);

/* Findings come in order of detection; the verdicts on a message belong to earlier places. Stable. 0 or a status. */
int mt940_findings_sort(struct mt940_finding_list *findings, struct mt940_arena *arena);

#endif
