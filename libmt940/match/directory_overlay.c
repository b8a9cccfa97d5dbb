/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_overlay.c: keeps the records of customers that were changed, and makes a directory of
 * them when one is asked for. Must not know how customers are found.
 */
#include "mt940connect/directory_overlay.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "match/directory_key.h"
#include "match/directory_lay.h"
#include "mt940connect/schema.h"

/* A customer with all it has in the books now. */
struct changed {
    char *code;
    size_t code_length;
    struct mt940_customer *card; /* NULL = there is none */
    struct mt940_customer_bank **banks; /* in order of slot */
    size_t bank_count, bank_capacity;
};

struct mt940_directory_overlay {
    struct mt940_allocator memory;
    const struct mt940_directory *below;
    struct mt940_directory *directory; /* NULL = to be made */
    struct changed *changed;           /* in order of code */
    size_t count, capacity;
    uint32_t most;
};

MT940_EXPORT int mt940_directory_overlay_new(const struct mt940_directory *below,
                                             const struct mt940_directory_overlay_options *options,
                                             const struct mt940_allocator *allocator,
                                             struct mt940_directory_overlay **out, struct mt940_error *error)
{
    struct mt940_directory_overlay *overlay;
    struct mt940_allocator memory;
    uint32_t most = options && options->most ? options->most : MT940_DIRECTORY_OVERLAY_MOST;

    if (!below || mt940_directory_is_laid(below) || !out || most > MT940_DIRECTORY_OVERLAY_MOST ||
        (options && mt940_check_size(options, options->size, sizeof(*options), sizeof(*options)) != MT940_OK) ||
        mt940_memory_init(&memory, allocator) != MT940_OK)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    overlay = mt940_memory_alloc(&memory, sizeof(*overlay));
    if (!overlay)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(overlay, 0, sizeof(*overlay));
    overlay->memory = memory;
    overlay->below = below;
    overlay->most = most;
    *out = overlay;
    return MT940_OK;
}

static void free_changed(struct changed *changed, const struct mt940_allocator *memory)
{
    for (size_t i = 0; i < changed->bank_count; i++)
        mt940_record_free(MT940_KIND_CUSTOMER_BANK, changed->banks[i], memory);
    mt940_memory_free(memory, changed->banks, changed->bank_capacity * sizeof(struct mt940_customer_bank *));
    mt940_record_free(MT940_KIND_CUSTOMER, changed->card, memory);
    mt940_memory_free(memory, changed->code, changed->code_length);
}

MT940_EXPORT void mt940_directory_overlay_free(struct mt940_directory_overlay *overlay)
{
    struct mt940_allocator memory;

    if (!overlay)
        return;
    memory = overlay->memory;
    mt940_directory_free(overlay->directory);
    for (size_t i = 0; i < overlay->count; i++)
        free_changed(&overlay->changed[i], &memory);
    mt940_memory_free(&memory, overlay->changed, overlay->capacity * sizeof(*overlay->changed));
    mt940_memory_free(&memory, overlay, sizeof(*overlay));
}

MT940_EXPORT size_t mt940_directory_overlay_count(const struct mt940_directory_overlay *overlay)
{
    return overlay ? overlay->count : 0;
}

/* Where a code stands, or would stand. */
static size_t place_of(const struct mt940_directory_overlay *overlay, struct mt940_view code, bool *found)
{
    size_t low = 0, high = overlay->count;

    *found = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct changed *changed = &overlay->changed[middle];
        int order = mt940_directory_compare_codes(mt940_view_of(changed->code, changed->code_length), code);

        *found = *found || order == 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where a bank record of this number stands, or would stand. */
static size_t place_of_bank(const struct changed *changed, int64_t slot, bool *found)
{
    size_t at = 0;

    while (at < changed->bank_count && changed->banks[at]->slot < slot)
        at++;
    *found = at < changed->bank_count && changed->banks[at]->slot == slot;
    return at;
}

static int put_card(struct changed *changed, const struct mt940_customer *record, const struct mt940_allocator *memory)
{
    void *copy;
    int status = mt940_record_clone(MT940_KIND_CUSTOMER, record, memory, &copy);

    if (status != MT940_OK)
        return status;
    mt940_record_free(MT940_KIND_CUSTOMER, changed->card, memory);
    changed->card = copy;
    return MT940_OK;
}

/* No customer of honest books has as many: out of a damaged image they would take time without end. */
static const char too_many_banks[] = "a customer has more bank records than the overlay takes: build the directory anew";

static int put_bank(struct changed *changed, const struct mt940_customer_bank *record,
                    const struct mt940_allocator *memory)
{
    bool found;
    size_t at = place_of_bank(changed, record->slot, &found);
    void *copy, *banks = changed->banks;
    int status;

    if (!found && changed->bank_count == MT940_DIRECTORY_OVERLAY_MOST)
        return MT940_E_LIMIT;
    status = mt940_memory_reserve(memory, &banks, &changed->bank_capacity, changed->bank_count + 1,
                                  sizeof(struct mt940_customer_bank *));
    changed->banks = banks;
    if (status == MT940_OK)
        status = mt940_record_clone(MT940_KIND_CUSTOMER_BANK, record, memory, &copy);
    if (status != MT940_OK)
        return status;
    if (found) {
        mt940_record_free(MT940_KIND_CUSTOMER_BANK, changed->banks[at], memory);
    } else {
        memmove(&changed->banks[at + 1], &changed->banks[at],
                (changed->bank_count - at) * sizeof(struct mt940_customer_bank *));
        changed->bank_count++;
    }
    changed->banks[at] = copy;
    return MT940_OK;
}

/* What the directory below knows of a customer: what it does not keep finds nobody, here neither. */
static int copy_below(const struct mt940_directory *below, struct changed *changed, const struct mt940_allocator *memory)
{
    struct mt940_view code = mt940_view_of(changed->code, changed->code_length);
    struct mt940_customer_bank *banks;
    struct mt940_customer card;
    size_t count;
    int status;

    if (mt940_directory_customer(below, &code, &card) != MT940_OK)
        return MT940_OK;
    count = mt940_directory_customer_banks(below, &code, NULL, 0);
    if (count > MT940_DIRECTORY_OVERLAY_MOST)
        return MT940_E_LIMIT;
    status = put_card(changed, &card, memory);
    banks = mt940_memory_alloc(memory, count * sizeof(*banks));
    if (!banks)
        return MT940_E_MEMORY;
    (void)mt940_directory_customer_banks(below, &code, banks, count);
    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = put_bank(changed, &banks[i], memory);
    mt940_memory_free(memory, banks, count * sizeof(*banks));
    return status;
}

/* Finds a changed customer, or begins one with what is known below. */
static int touch(struct mt940_directory_overlay *overlay, const struct mt940_view *code, struct changed **out,
                 struct mt940_error *error)
{
    struct changed fresh = {.code = NULL};
    void *array = overlay->changed;
    bool found;
    size_t at = place_of(overlay, *code, &found);
    int status;

    if (found) {
        *out = &overlay->changed[at];
        return MT940_OK;
    }
    if (overlay->count == overlay->most)
        return mt940_fail(error, MT940_E_LIMIT, (int32_t)overlay->most,
                          "more customers were changed than the overlay takes: build the directory anew");
    status = mt940_memory_reserve(&overlay->memory, &array, &overlay->capacity, overlay->count + 1, sizeof(fresh));
    overlay->changed = array;
    if (status == MT940_OK)
        fresh.code = mt940_memory_alloc(&overlay->memory, code->length);
    if (!fresh.code)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memcpy(fresh.code, code->data, code->length);
    fresh.code_length = code->length;
    status = copy_below(overlay->below, &fresh, &overlay->memory);
    if (status != MT940_OK) {
        free_changed(&fresh, &overlay->memory);
        return mt940_fail(error, status, 0, status == MT940_E_LIMIT ? too_many_banks : NULL);
    }
    memmove(&overlay->changed[at + 1], &overlay->changed[at], (overlay->count - at) * sizeof(fresh));
    overlay->changed[at] = fresh;
    overlay->count++;
    *out = &overlay->changed[at];
    return MT940_OK;
}

/* The code of the customer that a record is of; the rules of mt940_directory_builder_add(). */
static bool customer_of(const struct mt940_directory_overlay *overlay, int32_t kind, const void *record,
                        struct mt940_view *out)
{
    const struct mt940_customer *card = record;
    const struct mt940_customer_bank *bank = record;
    const struct mt940_view own = mt940_directory_company_code(overlay->below), *company;

    if (kind != MT940_KIND_CUSTOMER && kind != MT940_KIND_CUSTOMER_BANK)
        return false;
    company = kind == MT940_KIND_CUSTOMER ? &card->company : &bank->company;
    *out = kind == MT940_KIND_CUSTOMER ? card->code : bank->customer;
    if (kind == MT940_KIND_CUSTOMER_BANK && (bank->slot < 1 || bank->slot > INT32_MAX))
        return false;
    return out->length > 0 && (company->length == 0 || mt940_view_equal(company, &own));
}

static void outdate(struct mt940_directory_overlay *overlay)
{
    mt940_directory_free(overlay->directory);
    overlay->directory = NULL;
}

MT940_EXPORT int mt940_directory_overlay_put(struct mt940_directory_overlay *overlay, int32_t kind, const void *record,
                                             struct mt940_error *error)
{
    struct changed *changed;
    struct mt940_view code;
    int status;

    if (!overlay || !record || !customer_of(overlay, kind, record, &code))
        return mt940_fail(error, MT940_E_ARGUMENT, kind, NULL);
    status = touch(overlay, &code, &changed, error);
    if (status != MT940_OK)
        return status;
    status = kind == MT940_KIND_CUSTOMER ? put_card(changed, record, &overlay->memory)
                                         : put_bank(changed, record, &overlay->memory);
    if (status != MT940_OK)
        return mt940_fail(error, status, 0, status == MT940_E_LIMIT ? too_many_banks : NULL);
    outdate(overlay);
    return MT940_OK;
}

static void remove_bank(struct changed *changed, int64_t slot, const struct mt940_allocator *memory)
{
    bool found;
    size_t at = place_of_bank(changed, slot, &found);

    if (!found)
        return;
    mt940_record_free(MT940_KIND_CUSTOMER_BANK, changed->banks[at], memory);
    memmove(&changed->banks[at], &changed->banks[at + 1],
            (changed->bank_count - at - 1) * sizeof(struct mt940_customer_bank *));
    changed->bank_count--;
}

MT940_EXPORT int mt940_directory_overlay_remove(struct mt940_directory_overlay *overlay, int32_t kind, const void *key,
                                                struct mt940_error *error)
{
    struct changed *changed;
    struct mt940_view code;
    int status;

    if (!overlay || !key || !customer_of(overlay, kind, key, &code))
        return mt940_fail(error, MT940_E_ARGUMENT, kind, NULL);
    status = touch(overlay, &code, &changed, error);
    if (status != MT940_OK)
        return status;
    if (kind == MT940_KIND_CUSTOMER_BANK) {
        remove_bank(changed, ((const struct mt940_customer_bank *)key)->slot, &overlay->memory);
    } else {
        mt940_record_free(MT940_KIND_CUSTOMER, changed->card, &overlay->memory);
        changed->card = NULL;
    }
    outdate(overlay);
    return MT940_OK;
}

static int add_changed(struct mt940_directory_builder *builder, const struct changed *changed,
                       struct mt940_error *error)
{
    int status = MT940_OK;

    if (changed->card)
        status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, changed->card, error);
    for (size_t i = 0; status == MT940_OK && i < changed->bank_count; i++)
        status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, changed->banks[i], error);
    return status;
}

static int build_top(const struct mt940_directory_overlay *overlay, struct mt940_directory **out,
                     struct mt940_error *error)
{
    const struct mt940_view company = mt940_directory_company_code(overlay->below);
    struct mt940_directory_builder *builder;
    int status = mt940_directory_builder_new(&company, &overlay->memory, &builder, error);

    if (status != MT940_OK)
        return status;
    mt940_directory_builder_whole_names(builder);
    for (size_t i = 0; status == MT940_OK && i < overlay->count; i++)
        status = add_changed(builder, &overlay->changed[i], error);
    if (status == MT940_OK)
        status = mt940_directory_build(builder, out, error);
    mt940_directory_builder_free(builder);
    return status;
}

/* Every changed customer is hidden below. */
static int lay_over(struct mt940_directory_overlay *overlay, struct mt940_error *error)
{
    const struct mt940_allocator *memory = &overlay->memory;
    struct mt940_view *codes = mt940_memory_alloc(memory, overlay->count * sizeof(*codes));
    struct mt940_directory *top;
    int status;

    if (!codes)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    for (size_t i = 0; i < overlay->count; i++)
        codes[i] = mt940_view_of(overlay->changed[i].code, overlay->changed[i].code_length);
    status = build_top(overlay, &top, error);
    if (status == MT940_OK) {
        status = mt940_directory_lay(overlay->below, top, codes, overlay->count, memory, &overlay->directory);
        if (status != MT940_OK)
            (void)mt940_fail(error, status, 0, NULL);
    }
    mt940_memory_free(memory, codes, overlay->count * sizeof(*codes));
    return status;
}

MT940_EXPORT int mt940_directory_overlay_read(struct mt940_directory_overlay *overlay,
                                              const struct mt940_directory **out, struct mt940_error *error)
{
    int status = MT940_OK;

    if (!overlay || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    if (overlay->count > 0 && !overlay->directory)
        status = lay_over(overlay, error);
    if (status == MT940_OK)
        *out = overlay->directory ? overlay->directory : overlay->below;
    return status;
}
