/* SPDX-License-Identifier: Apache-2.0
 *
 * collect.c: puts a statement together from a reader's events. Header texts, verdicts and findings are copied; movements
 * and fields too where the input does not stay. Amounts get their final reading here.
 */
#include "statement/collect.h"

#include "base/sort.h"
#include "base/view.h"
#include "statement/reading.h"

int mt940_collector_grow(struct mt940_collector *collector, void **array, size_t *capacity, size_t count,
                         size_t element)
{
    struct mt940_arena *arena = collector->arena;
    int status = mt940_memory_reserve(&arena->memory, array, capacity, count + 1, element);
    if (status == 0 && arena->limit && (uint64_t)*capacity * element > arena->limit)
        status = MT940_E_LIMIT;
    if (status)
        collector->status = status;
    return status != 0;
}

/* An empty field is another thing than none. */
static int keep_view(struct mt940_collector *collector, struct mt940_view *view)
{
    bool present = view->data != NULL;
    if (mt940_arena_view(collector->arena, view, view) == 0) {
        view->data = present && !view->data ? "" : view->data;
        return 0;
    }
    collector->status = collector->arena->status;
    return 1;
}

int mt940_collect_begin(struct mt940_collector *collector, const struct mt940_header *header)
{
    struct mt940_header *kept = &collector->statement.header;
    memset(&collector->statement, 0, sizeof collector->statement);
    collector->entry_count = collector->field_count = 0;
    *kept = *header;
    return keep_view(collector, &kept->reference) || keep_view(collector, &kept->related_reference) ||
           keep_view(collector, &kept->account) || keep_view(collector, &kept->account_bic) ||
           keep_view(collector, &kept->number) || keep_view(collector, &kept->sequence) ||
           keep_view(collector, &kept->creation) || keep_view(collector, &kept->opening.raw) ||
           (kept->envelope.data && keep_view(collector, &kept->envelope));
}

/* Puts a part of `from` where it stands in the copy; what is no part of it is copied by itself. */
static int move_part(struct mt940_collector *collector, struct mt940_view from, const char *copy,
                     struct mt940_view *part)
{
    if (!part->data)
        return 0;
    /* Numbers, for only pointers into one object may be compared. */
    uintptr_t place = (uintptr_t)part->data, start = (uintptr_t)from.data;
    if (!from.data || place < start || place - start > from.length || from.length - (place - start) < part->length)
        return keep_view(collector, part);
    part->data = copy + (place - start);
    return 0;
}

/* One copy for the bytes of a movement; an empty narrative is another thing than none. */
static int keep_texts(struct mt940_collector *collector, struct mt940_entry *entry)
{
    struct mt940_view raw = entry->raw;
    char *copy = mt940_arena_alloc(collector->arena, raw.length + entry->narrative.length + 1);
    if (!copy) {
        collector->status = collector->arena->status;
        return 1;
    }
    if (raw.length)
        memcpy(copy, raw.data, raw.length);
    entry->raw.data = copy;
    if (entry->narrative.length)
        memcpy(copy + raw.length, entry->narrative.data, entry->narrative.length);
    if (entry->narrative.data)
        entry->narrative.data = copy + raw.length;
    return move_part(collector, raw, copy, &entry->customer_reference) ||
           move_part(collector, raw, copy, &entry->bank_reference) ||
           move_part(collector, raw, copy, &entry->supplementary);
}

int mt940_collect_entry(struct mt940_collector *collector, const struct mt940_entry *entry)
{
    void *array = collector->entries;
    int failed =
        mt940_collector_grow(collector, &array, &collector->entry_capacity, collector->entry_count, sizeof *entry);
    collector->entries = array;
    if (failed)
        return 1;
    struct mt940_entry *kept = &collector->entries[collector->entry_count++];
    *kept = *entry;
    return collector->transient ? keep_texts(collector, kept) : 0;
}

int mt940_collect_field(struct mt940_collector *collector, const struct mt940_raw_field *field)
{
    void *array = collector->fields;
    int failed =
        mt940_collector_grow(collector, &array, &collector->field_capacity, collector->field_count, sizeof *field);
    collector->fields = array;
    if (failed)
        return 1;
    /* One that came before the header was handed out does not lie in the input. */
    collector->fields[collector->field_count] = *field;
    return keep_view(collector, &collector->fields[collector->field_count++].raw);
}

int mt940_collect_finding(struct mt940_collector *collector, const struct mt940_finding *finding)
{
    struct mt940_finding_list *findings = collector->findings;
    void *array = findings->items;
    int failed = mt940_collector_grow(collector, &array, &findings->capacity, findings->count, sizeof *finding);
    findings->items = array;
    if (failed)
        return 1;
    struct mt940_finding *kept = &findings->items[findings->count];
    *kept = *finding;
    struct mt940_message_arg *args = mt940_arena_alloc(collector->arena, (finding->arg_count + 1) * sizeof *args);
    if (!args) {
        collector->status = collector->arena->status;
        return 1;
    }
    if (finding->arg_count)
        memcpy(args, finding->args, finding->arg_count * sizeof *args);
    for (size_t i = 0; i < finding->arg_count; i++)
        if (keep_view(collector, &args[i].text))
            return 1;
    kept->args = args;
    findings->count++;
    return 0;
}

/* Puts the verdict into a reading: one amount, no ambiguity left unless the balance did not decide. */
static void settle(struct mt940_reading *reading, int32_t convention, bool decided)
{
    mt940_reading_under(reading, convention, &reading->amount);
    if (decided)
        reading->ambiguity = 0;
}

static void *copy_array(struct mt940_collector *collector, const void *array, size_t count, size_t element)
{
    void *copy = mt940_arena_alloc(collector->arena, count * element + 1);
    if (!copy)
        collector->status = collector->arena->status;
    else if (count)
        memcpy(copy, array, count * element);
    return copy;
}

static int keep_trailer(struct mt940_collector *collector, struct mt940_trailer *trailer)
{
    struct mt940_balance *forward = copy_array(collector, trailer->forward, trailer->forward_count, sizeof *forward);
    struct mt940_total *totals = copy_array(collector, trailer->totals, trailer->total_count, sizeof *totals);
    if (!forward || !totals)
        return 1;
    for (size_t i = 0; i < trailer->forward_count; i++)
        if (keep_view(collector, &forward[i].raw))
            return 1;
    for (size_t i = 0; i < trailer->total_count; i++)
        if (keep_view(collector, &totals[i].raw))
            return 1;
    trailer->forward = forward;
    trailer->totals = totals;
    return keep_view(collector, &trailer->closing.raw) || keep_view(collector, &trailer->available.raw) ||
           keep_view(collector, &trailer->information) ||
           (trailer->envelope.data && keep_view(collector, &trailer->envelope));
}

/* Without a currency in front (in 60a, or no 60a), balance and movements learn theirs from what stands behind them. */
static const char *late_currency(const struct mt940_trailer *trailer)
{
    const struct mt940_reading *readings[] = {
        &trailer->closing.reading,
        trailer->total_count ? &trailer->totals[0].reading : NULL,
        trailer->available.kind ? &trailer->available.reading : NULL,
        trailer->forward_count ? &trailer->forward[0].reading : NULL,
    };
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
        if (readings[i] && readings[i]->amount.currency[0])
            return readings[i]->amount.currency;
    return "";
}

static void name_currency(struct mt940_reading *reading, const char *currency)
{
    if (reading->amount.currency[0] || !currency[0])
        return;
    memcpy(reading->amount.currency, currency, sizeof reading->amount.currency);
    if (reading->ambiguity & MT940_AMBIGUOUS_SEPARATOR)
        memcpy(reading->alternative.currency, currency, sizeof reading->alternative.currency);
}

/* The floor limits came before the movements: the header has them too. */
static int keep_floor_limits(struct mt940_collector *collector)
{
    const struct mt940_trailer *trailer = &collector->statement.trailer;
    struct mt940_header *header = &collector->statement.header;
    struct mt940_total *limits =
        mt940_arena_alloc(collector->arena, trailer->total_count * sizeof *limits + 1);
    header->floor_limits = limits;
    header->floor_limit_count = 0;
    if (!limits)
        collector->status = collector->arena->status;
    for (size_t i = 0; limits && i < trailer->total_count; i++)
        if (strcmp(trailer->totals[i].tag, "34F") == 0)
            limits[header->floor_limit_count++] = trailer->totals[i];
    return limits == NULL;
}

int mt940_collect_end(struct mt940_collector *collector, const struct mt940_trailer *trailer)
{
    struct mt940_statement *statement = &collector->statement;
    bool decided = trailer->balanced == 1 && !trailer->undecided;
    statement->trailer = *trailer;
    if (keep_trailer(collector, &statement->trailer) || keep_floor_limits(collector))
        return 1;
    for (size_t i = 0; i < collector->entry_count; i++) {
        settle(&collector->entries[i].reading, trailer->convention, decided);
        name_currency(&collector->entries[i].reading, late_currency(trailer));
    }
    settle(&statement->header.opening.reading, trailer->convention, decided);
    if (statement->header.opening.kind)
        name_currency(&statement->header.opening.reading, late_currency(trailer));
    settle(&statement->trailer.closing.reading, trailer->convention, decided);
    statement->entries = copy_array(collector, collector->entries, collector->entry_count, sizeof *statement->entries);
    statement->fields = copy_array(collector, collector->fields, collector->field_count, sizeof *statement->fields);
    statement->entry_count = collector->entry_count;
    statement->field_count = collector->field_count;
    return !statement->entries || !statement->fields;
}

void mt940_collector_free(struct mt940_collector *collector, const struct mt940_allocator *memory)
{
    mt940_memory_free(memory, collector->entries, collector->entry_capacity * sizeof *collector->entries);
    mt940_memory_free(memory, collector->fields, collector->field_capacity * sizeof *collector->fields);
}

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_finding *findings = context;
    return findings[a].offset < findings[b].offset ? -1 : findings[a].offset > findings[b].offset;
}

int mt940_findings_sort(struct mt940_finding_list *findings, struct mt940_arena *arena)
{
    size_t count = findings->count;
    if (count < 2)
        return 0;
    uint32_t *numbers = mt940_arena_alloc(arena, 2 * count * sizeof *numbers);
    struct mt940_finding *sorted = mt940_arena_alloc(arena, count * sizeof *sorted);
    if (!numbers || !sorted || count > UINT32_MAX)
        return count > UINT32_MAX ? MT940_E_LIMIT : arena->status;
    for (size_t i = 0; i < count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + count, count, order, findings->items);
    for (size_t i = 0; i < count; i++)
        sorted[i] = findings->items[numbers[i]];
    memcpy(findings->items, sorted, count * sizeof *sorted);
    return 0;
}
