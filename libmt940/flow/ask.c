/* SPDX-License-Identifier: Apache-2.0
 *
 * ask.c: the ports answer through sinks with records that live as long as the call of the sink;
 * here they are copied to where the flow can look at them in peace.
 */
#include "flow/ask.h"

#include "base/sort.h"

void mt940_found_init(struct mt940_found *found, struct mt940_flow *flow, int32_t kind)
{
    memset(found, 0, sizeof *found);
    found->flow = flow;
    found->kind = kind;
    found->record_size = mt940_kind_info(kind)->struct_size;
}

static bool is_text(const struct mt940_field *field)
{
    return field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB;
}

/* What the texts of a record need, with a NUL behind each. */
static size_t text_room(const struct mt940_kind_info *info, const void *record)
{
    size_t room = 0;
    for (int32_t i = 0; i < info->field_count; i++) {
        struct mt940_view view;
        if (!is_text(&info->fields[i]))
            continue;
        memcpy(&view, (const char *)record + info->fields[i].offset, sizeof view);
        room += view.length < SIZE_MAX - 1 - room ? view.length + 1 : SIZE_MAX - room;
    }
    return room;
}

/* One piece of memory for all texts: a record has some fifteen, most of them empty. */
int mt940_ask_copy(struct mt940_flow *flow, int32_t kind, const void *record, void *out)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    char *texts = mt940_arena_alloc(&flow->scratch, text_room(info, record));
    if (!texts)
        return flow->scratch.status;
    memcpy(out, record, info->struct_size);
    for (int32_t i = 0; i < info->field_count; i++) {
        struct mt940_view view;
        if (!is_text(&info->fields[i]))
            continue;
        memcpy(&view, (const char *)record + info->fields[i].offset, sizeof view);
        if (view.length)
            memcpy(texts, view.data, view.length);
        view.data = view.length ? texts : NULL;
        texts += view.length + 1;
        memcpy((char *)out + info->fields[i].offset, &view, sizeof view);
    }
    return 0;
}

int mt940_found_add(void *user, const void *record)
{
    struct mt940_found *found = user;
    void *array = found->records;
    int status = mt940_memory_reserve(&found->flow->memory, &array, &found->capacity, found->count + 1,
                                      found->record_size);
    found->records = array;
    if (status == 0)
        status = mt940_ask_copy(found->flow, found->kind, record, found->records + found->count * found->record_size);
    found->count += status == 0;
    found->status = status;
    return status;
}

int mt940_found_take(struct mt940_found *found, const void *record)
{
    void *array = found->records;
    int status = mt940_memory_reserve(&found->flow->memory, &array, &found->capacity, found->count + 1,
                                      found->record_size);
    found->records = array;
    if (status == 0)
        memcpy(found->records + found->count++ * found->record_size, record, found->record_size);
    return status;
}

int mt940_found_end(const struct mt940_found *found, int status)
{
    return found->status ? found->status : status;
}

void *mt940_found_at(const struct mt940_found *found, size_t index)
{
    return found->records + index * found->record_size;
}

struct sorting {
    const struct mt940_found *found;
    int32_t index;
};

static int order(const void *context, uint32_t a, uint32_t b)
{
    const struct sorting *sorting = context;
    return mt940_record_compare(sorting->found->kind, sorting->index, mt940_found_at(sorting->found, a),
                                mt940_found_at(sorting->found, b));
}

int mt940_found_sort(struct mt940_found *found, int32_t index)
{
    struct mt940_arena *scratch = &found->flow->scratch;
    struct sorting sorting = {found, index};
    bool sorted = true;
    for (size_t i = 1; i < found->count && sorted; i++)
        sorted = order(&sorting, (uint32_t)i - 1, (uint32_t)i) <= 0;
    if (sorted)
        return 0;
    uint32_t *numbers = mt940_arena_alloc(scratch, 2 * found->count * sizeof *numbers);
    char *records = mt940_arena_alloc(scratch, found->count * found->record_size);
    if (!numbers || !records)
        return scratch->status;
    for (size_t i = 0; i < found->count; i++)
        numbers[i] = (uint32_t)i;
    mt940_sort(numbers, numbers + found->count, found->count, order, &sorting);
    for (size_t i = 0; i < found->count; i++)
        memcpy(records + i * found->record_size, mt940_found_at(found, numbers[i]), found->record_size);
    memcpy(found->records, records, found->count * found->record_size);
    return 0;
}

void mt940_found_free(struct mt940_found *found)
{
    if (found->flow)
        mt940_memory_free(&found->flow->memory, found->records, found->capacity * found->record_size);
    found->records = NULL;
    found->count = found->capacity = 0;
}

struct getting {
    struct mt940_flow *flow;
    int32_t kind;
    void *out;
};

static int take_one(void *user, const void *record)
{
    struct getting *getting = user;
    return mt940_ask_copy(getting->flow, getting->kind, record, getting->out);
}

int mt940_ask_get(struct mt940_flow *flow, int32_t kind, const void *key, void *out)
{
    struct getting getting = {flow, kind, out};
    return flow->store.get(flow->store.user, kind, key, take_one, &getting);
}

int mt940_ask_scan(struct mt940_flow *flow, int32_t kind, int32_t index, int32_t prefix, const void *from,
                   struct mt940_found *found)
{
    mt940_found_init(found, flow, kind);
    int status = flow->store.scan(flow->store.user, kind, index, prefix, from, 0, 0, mt940_found_add, found);
    return mt940_found_end(found, status);
}

int mt940_ask_fetch(struct mt940_flow *flow, const struct mt940_lookup *lookups, size_t count)
{
    const struct mt940_store *store = &flow->store;
    int status = 0;
    if (store->fetch)
        return count ? store->fetch(store->user, lookups, count) : 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = store->scan(store->user, lookups[i].kind, lookups[i].index, lookups[i].prefix, lookups[i].from, 0, 0,
                             lookups[i].sink, lookups[i].sink_user);
    return status;
}

int mt940_ask_company(struct mt940_flow *flow, struct mt940_company *out)
{
    const struct mt940_books *books = flow->books.company ? &flow->books : &flow->own_books;
    struct mt940_found found;

    mt940_found_init(&found, flow, MT940_KIND_COMPANY);
    int status = mt940_found_end(&found, books->company(books->user, &flow->company, mt940_found_add, &found));
    if (status == 0 && found.count == 0)
        status = mt940_fail_item(flow->error, MT940_E_NOT_CONFIGURED, "there is no such company in the books",
                                 flow->company.data, flow->company.length);
    if (status == 0)
        *out = *(const struct mt940_company *)mt940_found_at(&found, 0);
    mt940_found_free(&found);
    return status;
}
