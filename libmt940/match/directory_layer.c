/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_layer.c: lays a small directory over another one. Must not know what is changed, nor
 * why.
 */
#include "match/directory_layer.h"

#include "base/sort.h"
#include "match/directory_key.h"
#include "mt940connect/status.h"

const struct mt940_directory *mt940_directory_source(const struct mt940_directory *directory, uint32_t *customer)
{
    const struct mt940_directory_layer *layer = directory->layer;

    if (!layer)
        return directory;
    return mt940_layer_locate(&layer->order, *customer, customer) ? layer->top : layer->below;
}

uint32_t mt940_directory_number(const struct mt940_directory *directory, const struct mt940_directory *source,
                                uint32_t customer)
{
    const struct mt940_directory_layer *layer = directory->layer;

    if (!layer)
        return customer;
    if (source == layer->below)
        return mt940_layer_of_below(&layer->order, customer);
    return customer < layer->order.top_count ? layer->order.tops[customer] : MT940_LAYER_NOBODY;
}

int64_t mt940_directory_customer_number(const struct mt940_directory *directory, const struct mt940_view *code)
{
    const struct mt940_directory *source = directory->layer ? directory->layer->top : directory;
    int64_t number = mt940_directory_number_in(source, code);
    uint32_t among_all;

    if (!directory->layer)
        return number;
    if (number < 0) {
        source = directory->layer->below;
        number = mt940_directory_number_in(source, code);
    }
    among_all = number < 0 ? MT940_LAYER_NOBODY : mt940_directory_number(directory, source, (uint32_t)number);
    return among_all == MT940_LAYER_NOBODY ? -1 : (int64_t)among_all;
}

/* How many customers come before a code. */
static uint32_t place_of(const struct mt940_directory *below, struct mt940_view code)
{
    uint32_t low = 0, high = (uint32_t)below->customer_count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (mt940_directory_compare_codes(mt940_directory_code(below, middle), code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct mt940_view mt940_directory_company_code(const struct mt940_directory *directory)
{
    return directory->company_code;
}

bool mt940_directory_is_laid(const struct mt940_directory *directory)
{
    return directory->layer != NULL;
}

static int compare_numbers(const void *context, uint32_t a, uint32_t b)
{
    (void)context;
    return a < b ? -1 : a > b;
}

/* Customers below of these codes; of a damaged image one may come twice. */
static void take_hidden(struct mt940_directory_layer *layer, const struct mt940_view *codes, size_t count)
{
    struct mt940_layer_order *order = &layer->order;
    uint32_t found = 0, kept = 0;

    for (size_t i = 0; i < count; i++) {
        int64_t number = mt940_directory_customer_number(layer->below, &codes[i]);

        if (number >= 0 && number < order->below)
            order->hidden[found++] = (uint32_t)number;
    }
    mt940_sort(order->hidden, order->hidden + count, found, compare_numbers, NULL);
    for (uint32_t i = 0; i < found; i++)
        if (kept == 0 || order->hidden[kept - 1] != order->hidden[i])
            order->hidden[kept++] = order->hidden[i];
    order->hidden_count = kept;
}

static int order_customers(struct mt940_directory_layer *layer, const struct mt940_allocator *memory,
                           const struct mt940_view *codes, size_t count)
{
    struct mt940_layer_order *order = &layer->order;

    layer->hidden_room = 2 * count;
    order->below = (uint32_t)layer->below->customer_count;
    order->top_count = (uint32_t)layer->top->customer_count;
    order->hidden = mt940_memory_alloc(memory, layer->hidden_room * sizeof(*order->hidden));
    order->places = mt940_memory_alloc(memory, order->top_count * sizeof(*order->places));
    order->tops = mt940_memory_alloc(memory, order->top_count * sizeof(*order->tops));
    if (!order->hidden || !order->places || !order->tops)
        return MT940_E_MEMORY;
    take_hidden(layer, codes, count);
    for (uint32_t i = 0; i < order->top_count; i++) {
        order->places[i] = place_of(layer->below, mt940_directory_code(layer->top, i));
        /* Codes of a damaged image may be in no order. */
        if (i > 0 && order->places[i] < order->places[i - 1])
            order->places[i] = order->places[i - 1];
    }
    mt940_layer_number(order);
    return (uint64_t)order->below + order->top_count < MT940_INDEX_MOST ? MT940_OK : MT940_E_LIMIT;
}

static int build(struct mt940_directory *directory, const struct mt940_view *codes, size_t count)
{
    struct mt940_directory_layer *layer = directory->layer;
    int status = order_customers(layer, &directory->memory, codes, count);

    if (status != MT940_OK)
        return status;
    layer->names.below = &layer->below->names;
    layer->names.top = &layer->top->names;
    layer->names.order = &layer->order;
    directory->customer_count = mt940_layer_customers(&layer->order);
    directory->orphans = layer->below->orphans + layer->top->orphans;
    return mt940_name_layer_build(&layer->names, &directory->memory, &directory->names);
}

void mt940_directory_layer_free(struct mt940_directory *directory)
{
    struct mt940_directory_layer *layer = directory->layer;
    struct mt940_allocator memory = directory->memory;

    mt940_name_layer_free(&layer->names, &memory, &directory->names);
    mt940_memory_free(&memory, layer->order.hidden, layer->hidden_room * sizeof(*layer->order.hidden));
    mt940_memory_free(&memory, layer->order.places, layer->order.top_count * sizeof(*layer->order.places));
    mt940_memory_free(&memory, layer->order.tops, layer->order.top_count * sizeof(*layer->order.tops));
    mt940_directory_arrays_free(layer->top);
    mt940_memory_free(&memory, layer, sizeof(*layer));
    mt940_memory_free(&memory, directory, sizeof(*directory));
}

int mt940_directory_lay(const struct mt940_directory *below, struct mt940_directory *top,
                        const struct mt940_view *codes, size_t count, const struct mt940_allocator *memory,
                        struct mt940_directory **out)
{
    struct mt940_directory *directory = mt940_memory_alloc(memory, sizeof(*directory));
    struct mt940_directory_layer *layer = mt940_memory_alloc(memory, sizeof(*layer));
    int status;

    if (!directory || !layer) {
        mt940_memory_free(memory, directory, sizeof(*directory));
        mt940_memory_free(memory, layer, sizeof(*layer));
        mt940_directory_arrays_free(top);
        return MT940_E_MEMORY;
    }
    memset(directory, 0, sizeof(*directory));
    memset(layer, 0, sizeof(*layer));
    directory->memory = *memory;
    directory->layer = layer;
    directory->company_code = below->company_code;
    directory->company = below->company;
    directory->has_company = below->has_company;
    directory->accounts = below->accounts;
    directory->account_count = below->account_count;
    layer->below = below;
    layer->top = top;
    status = build(directory, codes, count);
    if (status == MT940_OK)
        *out = directory;
    else
        mt940_directory_layer_free(directory);
    return status;
}
