/* SPDX-License-Identifier: Apache-2.0
 *
 * rules.c: takes transaction codes in and makes the table out of them: one spelling, folded
 * texts, the order of look-up, no doubles. How it is searched stands in find.c.
 */
#include "slip/rules.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/sort.h"
#include "mt940connect/fold.h"

/* Rules are element numbers of 32 bits when they are sorted. */
#define RULES_MOST ((size_t)1 << 24)

struct mt940_slip_rules_builder {
    struct mt940_slip_rules *rules; /* NULL once it was handed over */
    struct mt940_allocator memory;
    struct mt940_slip_rule *added;
    size_t count;
    size_t capacity;
};

MT940_EXPORT void mt940_slip_options_init(struct mt940_slip_options *options)
{
    memset(options, 0, sizeof(*options));
    options->size = sizeof(*options);
    options->dbs_by_text = 1;
    options->description_length = 50;
}

static bool options_are_valid(const struct mt940_slip_options *options)
{
    return mt940_check_size(options, options->size, sizeof(*options), sizeof(*options)) == MT940_OK &&
           options->defaults >= MT940_SLIP_DEFAULTS_WHEN_EMPTY && options->defaults <= MT940_SLIP_DEFAULTS_NEVER &&
           options->dating >= MT940_SLIP_DATED_ENTRY && options->dating <= MT940_SLIP_DATED_VALUE &&
           options->description_length >= 0;
}

MT940_EXPORT int mt940_slip_rules_builder_new(const struct mt940_slip_options *options,
                                              const struct mt940_allocator *allocator,
                                              struct mt940_slip_rules_builder **out, struct mt940_error *error)
{
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_options defaults;
    struct mt940_allocator memory;

    mt940_slip_options_init(&defaults);
    if (!options)
        options = &defaults;
    if (!out || !options_are_valid(options) || mt940_memory_init(&memory, allocator) != MT940_OK)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    builder = mt940_memory_alloc(&memory, sizeof(*builder));
    if (!builder)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(builder, 0, sizeof(*builder));
    builder->memory = memory;
    builder->rules = mt940_memory_alloc(&memory, sizeof(*builder->rules));
    if (builder->rules) {
        memset(builder->rules, 0, sizeof(*builder->rules));
        builder->rules->memory = memory;
        builder->rules->options = *options;
        mt940_arena_init(&builder->rules->arena, &memory, 0);
        mt940_arena_view(&builder->rules->arena, &options->rate_kind, &builder->rules->options.rate_kind);
    }
    if (!builder->rules || builder->rules->arena.status != MT940_OK) {
        mt940_slip_rules_builder_free(builder);
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    }
    *out = builder;
    return MT940_OK;
}

static int copy_texts(struct mt940_arena *arena, struct mt940_transaction_code *record)
{
    struct mt940_view *texts[] = {&record->company,    &record->bank,    &record->text,        &record->customer,
                                  &record->counter_account, &record->gl_account, &record->service,
                                  &record->description, &record->host_fields, &record->bank_account,
                                  &record->currency};

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct mt940_view text = *texts[i];

        if (mt940_arena_view(arena, &text, texts[i]) != MT940_OK)
            return arena->status;
    }
    return MT940_OK;
}

/*
 * The skeletons of the pieces between stars, with one star between them, which no skeleton holds.
 * A text of which nothing is left would stand in every narrative.
 */
static int fold_text(struct mt940_arena *arena, const struct mt940_view *text, struct mt940_view *key)
{
    char folded[MT940_SLIP_TEXT_MAX];
    struct mt940_view view;
    size_t length = 0, at = 0;

    while (at < text->length) {
        const char *star = memchr(text->data + at, MT940_SLIP_STAR, text->length - at);
        size_t end = star ? (size_t)(star - text->data) : text->length, begin = length + (length > 0), piece;

        if (begin > sizeof(folded))
            return MT940_E_LIMIT;
        piece = mt940_fold_skeleton(text->data + at, end - at, folded + begin, sizeof(folded) - begin, NULL);
        if (piece > sizeof(folded) - begin)
            return MT940_E_LIMIT;
        if (piece > 0 && length > 0)
            folded[length] = MT940_SLIP_STAR;
        length = piece > 0 ? begin + piece : length;
        at = end + 1;
    }
    if (length == 0)
        return text->length == 0 ? MT940_OK : MT940_E_ARGUMENT;
    view = mt940_view_of(folded, length);
    return mt940_arena_view(arena, &view, key);
}

static bool has_condition(const struct mt940_slip_rule *rule)
{
    const struct mt940_transaction_code *record = &rule->record;

    return rule->key.length > 0 || record->bank_account.length > 0 || record->currency.length > 0 ||
           record->amount_from > 0 || record->amount_to > 0;
}

/* Limits are without a sign, and something lies between them. */
static bool amounts_hold(const struct mt940_transaction_code *record)
{
    return record->amount_from >= 0 && record->amount_to >= 0 &&
           (record->amount_to == 0 || record->amount_from <= record->amount_to);
}

static int add(struct mt940_slip_rules_builder *builder, const struct mt940_transaction_code *record, int32_t built_in)
{
    struct mt940_arena *arena = &builder->rules->arena;
    struct mt940_slip_rule rule = {.record = *record, .built_in = built_in};
    struct mt940_slip_code code;
    struct mt940_view view;
    int status;

    if (record->side < MT940_SIDE_BOTH || record->side > MT940_SIDE_DEBIT ||
        !mt940_slip_code_read(&record->code, &code) || !amounts_hold(record))
        return MT940_E_ARGUMENT;
    if (builder->count >= RULES_MOST)
        return MT940_E_LIMIT;
    status = fold_text(arena, &record->text, &rule.key);
    if (status != MT940_OK)
        return status;
    rule.is_default = !has_condition(&rule);
    view = built_in ? record->code : mt940_view_of(code.text, code.length);
    if (copy_texts(arena, &rule.record) != MT940_OK ||
        mt940_arena_view(arena, &view, &rule.record.code) != MT940_OK ||
        mt940_memory_reserve(&builder->memory, (void **)&builder->added, &builder->capacity, builder->count + 1,
                             sizeof(rule)) != MT940_OK)
        return MT940_E_MEMORY;
    builder->added[builder->count++] = rule;
    return MT940_OK;
}

/* Says what to mend. */
static int refuse(const struct mt940_transaction_code *record, int status, struct mt940_error *error)
{
    struct mt940_slip_code code;

    if (status == MT940_E_LIMIT && record->text.length > 0)
        return mt940_fail_item(error, status, "the text of a rule is too long: shorten it to 256 letters", record->text.data,
                               record->text.length);
    if (status == MT940_E_ARGUMENT && !mt940_slip_code_read(&record->code, &code))
        return mt940_fail_item(error, status, "a transaction code has at most 16 characters", record->code.data,
                               record->code.length);
    if (status == MT940_E_ARGUMENT && !amounts_hold(record))
        return mt940_fail_item(error, status, "the amounts of a rule go from a smaller to a larger one, neither below 0",
                               record->code.data, record->code.length);
    if (status == MT940_E_ARGUMENT && record->side >= MT940_SIDE_BOTH && record->side <= MT940_SIDE_DEBIT)
        return mt940_fail_item(error, status, "the text of a rule needs a letter or a digit besides *",
                               record->text.data, record->text.length);
    return mt940_fail_item(error, status, "this transaction code cannot be taken", record->code.data,
                           record->code.length);
}

MT940_EXPORT int mt940_slip_rules_builder_add(struct mt940_slip_rules_builder *builder,
                                              const struct mt940_transaction_code *code, struct mt940_error *error)
{
    int status;

    if (!builder || !code)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    if (!builder->rules)
        return mt940_fail(error, MT940_E_STATE, 0, NULL);
    status = add(builder, code, 0);
    return status == MT940_OK ? MT940_OK : refuse(code, status, error);
}

static int compare_views(const struct mt940_view *a, const struct mt940_view *b)
{
    size_t common = a->length < b->length ? a->length : b->length;
    int order = common ? memcmp(a->data, b->data, common) : 0;

    if (order != 0)
        return order;
    return a->length < b->length ? -1 : a->length > b->length;
}

/* Something named goes before "every": -1, 0 or 1. */
static int named_first(bool a, bool b)
{
    return (int)b - (int)a;
}

/*
 * Order of look-up: conditions before defaults; the host's before the built-in; the bank's own before
 * those of every bank; among conditions by priority, then (and among defaults at once) the named code
 * and side before every code and both sides. The rest makes the order total.
 */
static int compare_rules(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_slip_rule *left = &((const struct mt940_slip_rule *)context)[a];
    const struct mt940_slip_rule *right = &((const struct mt940_slip_rule *)context)[b];
    const struct mt940_transaction_code *l = &left->record, *r = &right->record;
    int order = named_first(!left->is_default, !right->is_default);

    if (order == 0)
        order = left->built_in - right->built_in;
    if (order == 0)
        order = named_first(l->bank.length > 0, r->bank.length > 0);
    if (order == 0 && !left->is_default && l->priority != r->priority)
        order = l->priority < r->priority ? -1 : 1;
    if (order == 0)
        order = named_first(l->code.length > 0, r->code.length > 0);
    if (order == 0)
        order = named_first(l->side != MT940_SIDE_BOTH, r->side != MT940_SIDE_BOTH);
    if (order == 0)
        order = compare_views(&l->bank, &r->bank);
    if (order == 0)
        order = compare_views(&l->code, &r->code);
    if (order == 0 && l->side != r->side)
        order = l->side < r->side ? -1 : 1;
    if (order == 0 && l->priority != r->priority)
        order = l->priority < r->priority ? -1 : 1;
    return order ? order : compare_views(&left->key, &right->key);
}

/* Two rules of one key: bank, code, side and priority. */
static bool same_key(const struct mt940_slip_rule *a, const struct mt940_slip_rule *b)
{
    return a->built_in == b->built_in && a->record.side == b->record.side && a->record.priority == b->record.priority &&
           mt940_view_equal(&a->record.bank, &b->record.bank) && mt940_view_equal(&a->record.code, &b->record.code);
}

/* By key alone, so that doubles are neighbours. */
static int compare_keys(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_slip_rule *left = &((const struct mt940_slip_rule *)context)[a];
    const struct mt940_slip_rule *right = &((const struct mt940_slip_rule *)context)[b];
    int order = left->built_in - right->built_in;

    if (order == 0)
        order = compare_views(&left->record.bank, &right->record.bank);
    if (order == 0)
        order = compare_views(&left->record.code, &right->record.code);
    if (order == 0 && left->record.side != right->record.side)
        order = left->record.side < right->record.side ? -1 : 1;
    if (order == 0 && left->record.priority != right->record.priority)
        order = left->record.priority < right->record.priority ? -1 : 1;
    return order;
}

static int find_double(const struct mt940_slip_rules_builder *builder, uint32_t *order, struct mt940_error *error)
{
    mt940_sort(order, order + builder->count, builder->count, compare_keys, builder->added);
    for (size_t i = 1; i < builder->count; i++)
        if (same_key(&builder->added[order[i - 1]], &builder->added[order[i]])) {
            const struct mt940_view *code = &builder->added[order[i]].record.code;

            return mt940_fail_item(error, MT940_E_EXISTS, "two rules of one bank, code, side and priority", code->data,
                                   code->length);
        }
    return MT940_OK;
}

static int add_built_in(struct mt940_slip_rules_builder *builder)
{
    int32_t when = builder->rules->options.defaults;
    size_t count = mt940_slip_built_in(NULL, 0);
    struct mt940_transaction_code *records;
    int status = MT940_OK;

    if (when == MT940_SLIP_DEFAULTS_NEVER || (when == MT940_SLIP_DEFAULTS_WHEN_EMPTY && builder->count > 0))
        return MT940_OK;
    records = mt940_memory_alloc(&builder->memory, count * sizeof(*records));
    if (!records)
        return MT940_E_MEMORY;
    mt940_slip_built_in(records, count);
    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = add(builder, &records[i], 1);
    mt940_memory_free(&builder->memory, records, count * sizeof(*records));
    return status;
}

/* Sorts what was added into the arena of the table. */
static int arrange(struct mt940_slip_rules_builder *builder, struct mt940_error *error)
{
    struct mt940_slip_rules *rules = builder->rules;
    uint32_t *order = mt940_memory_alloc(&builder->memory, 2 * builder->count * sizeof(*order));
    struct mt940_slip_rule *sorted = mt940_arena_alloc(&rules->arena, builder->count * sizeof(*sorted));
    int status = order && sorted ? MT940_OK : mt940_fail(error, MT940_E_MEMORY, 0, NULL);

    for (size_t i = 0; status == MT940_OK && i < builder->count; i++)
        order[i] = (uint32_t)i;
    if (status == MT940_OK)
        status = find_double(builder, order, error);
    if (status == MT940_OK) {
        mt940_sort(order, order + builder->count, builder->count, compare_rules, builder->added);
        for (size_t i = 0; i < builder->count; i++) {
            sorted[i] = builder->added[order[i]];
            rules->condition_count += !sorted[i].is_default;
        }
        rules->rules = sorted;
        rules->count = builder->count;
    }
    mt940_memory_free(&builder->memory, order, 2 * builder->count * sizeof(*order));
    return status;
}

MT940_EXPORT int mt940_slip_rules_build(struct mt940_slip_rules_builder *builder, struct mt940_slip_rules **out,
                                        struct mt940_error *error)
{
    struct mt940_slip_rules *rules;
    int status;

    if (!builder || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    rules = builder->rules;
    if (!rules)
        return mt940_fail(error, MT940_E_STATE, 0, NULL);
    status = add_built_in(builder);
    status = status == MT940_OK ? arrange(builder, error) : mt940_fail(error, status, 0, NULL);
    builder->rules = NULL;
    if (status == MT940_OK)
        *out = rules;
    else
        mt940_slip_rules_free(rules);
    return status;
}

MT940_EXPORT void mt940_slip_rules_builder_free(struct mt940_slip_rules_builder *builder)
{
    struct mt940_allocator memory;

    if (!builder)
        return;
    memory = builder->memory;
    mt940_slip_rules_free(builder->rules);
    mt940_memory_free(&memory, builder->added, builder->capacity * sizeof(*builder->added));
    mt940_memory_free(&memory, builder, sizeof(*builder));
}

MT940_EXPORT void mt940_slip_rules_free(struct mt940_slip_rules *rules)
{
    struct mt940_allocator memory;

    if (!rules)
        return;
    memory = rules->memory;
    mt940_arena_free(&rules->arena);
    mt940_memory_free(&memory, rules, sizeof(*rules));
}

MT940_EXPORT size_t mt940_slip_rules_count(const struct mt940_slip_rules *rules)
{
    return rules ? rules->count : 0;
}

MT940_EXPORT const struct mt940_transaction_code *mt940_slip_rules_at(const struct mt940_slip_rules *rules,
                                                                      size_t index)
{
    return rules && index < rules->count ? &rules->rules[index].record : NULL;
}
