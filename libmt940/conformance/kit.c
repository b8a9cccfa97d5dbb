/* SPDX-License-Identifier: Apache-2.0
 *
 * kit.c: runs the checks one after the other, each on a fresh store. Must not know what any
 * check looks for.
 */
#include "kit.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"

enum { SKIPPED = -1, FAILED = 0, PASSED = 1 };

static const struct mt940_kit_check *const groups[] = {
    mt940_kit_record_checks, mt940_kit_batch_checks,  mt940_kit_total_checks,
    mt940_kit_scan_checks,   mt940_kit_handle_checks, mt940_kit_random_checks,
};

/* --- ends --- */

static _Noreturn void end_check(struct mt940_kit *kit, int32_t outcome)
{
    kit->outcome = outcome;
    longjmp(kit->out, 1);
}

void mt940_kit_fail(struct mt940_kit *kit, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(kit->text, sizeof(kit->text), format, arguments);
    va_end(arguments);
    end_check(kit, FAILED);
}

void mt940_kit_require(struct mt940_kit *kit, bool holds, const char *format, ...)
{
    va_list arguments;

    if (holds)
        return;
    va_start(arguments, format);
    vsnprintf(kit->text, sizeof(kit->text), format, arguments);
    va_end(arguments);
    end_check(kit, FAILED);
}

/* --- memory of a check: lists of blocks, freed together --- */

struct mt940_kit_block {
    struct mt940_kit_block *next;
    max_align_t data[];
};

static void *take(struct mt940_kit_block **list, size_t size)
{
    struct mt940_kit_block *block = size < SIZE_MAX / 2 ? calloc(1, sizeof(*block) + size) : NULL;

    if (!block)
        return NULL;
    block->next = *list;
    *list = block;
    return block->data;
}

static void free_blocks(struct mt940_kit_block **list)
{
    while (*list) {
        struct mt940_kit_block *next = (*list)->next;
        free(*list);
        *list = next;
    }
}

void *mt940_kit_try_alloc(struct mt940_kit *kit, size_t size)
{
    return take(&kit->blocks, size);
}

void *mt940_kit_alloc(struct mt940_kit *kit, size_t size)
{
    void *memory = take(&kit->blocks, size);

    mt940_kit_require(kit, memory != NULL, "the kit itself is out of memory");
    return memory;
}

void *mt940_kit_keep(struct mt940_kit *kit, size_t size)
{
    void *memory = take(&kit->kept, size);

    mt940_kit_require(kit, memory != NULL, "the kit itself is out of memory");
    return memory;
}

void mt940_kit_tidy(struct mt940_kit *kit)
{
    free_blocks(&kit->blocks);
}

const char *mt940_kit_text(struct mt940_kit *kit, const char *format, ...)
{
    enum { SIZE = 48 };
    char *text = mt940_kit_alloc(kit, SIZE);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, SIZE, format, arguments);
    va_end(arguments);
    return text;
}

/* The allocators handed to mt940_record_clone(); nothing is freed one by one. */
static void *pool_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    return new_size ? take(&((struct mt940_kit *)user)->blocks, new_size) : NULL;
}

static void *keep_resize(void *user, void *old, size_t old_size, size_t new_size)
{
    return new_size ? take(&((struct mt940_kit *)user)->kept, new_size) : NULL;
}

/* --- chance: splitmix64, the same everywhere --- */

uint64_t mt940_kit_random(struct mt940_kit *kit, uint64_t bound)
{
    uint64_t bits = kit->dice += 0x9E3779B97F4A7C15u;

    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return (bits ^ (bits >> 31)) % bound;
}

/* --- handles --- */

void mt940_kit_open(struct mt940_kit *kit, struct mt940_store *handle)
{
    memset(handle, 0, sizeof(*handle));
    handle->size = sizeof(*handle);
    int status = kit->options->open(kit->options->user, handle);
    if (status)
        memset(handle, 0, sizeof(*handle));
    mt940_kit_require(kit, status == 0, "open() returned %d", status);
    bool usable = handle->size >= sizeof(*handle) && handle->get && handle->scan && handle->apply;
    mt940_kit_require(kit, usable, "the store lacks a function, or its size is wrong");
}

void mt940_kit_close(struct mt940_store *handle)
{
    if (handle->close)
        handle->close(handle->user);
    memset(handle, 0, sizeof(*handle));
}

void mt940_kit_open_second(struct mt940_kit *kit)
{
    if (kit->options->single_handle) {
        snprintf(kit->text, sizeof(kit->text), "the store has one handle only");
        end_check(kit, SKIPPED);
    }
    mt940_kit_open(kit, &kit->second);
}

/* --- the run --- */

/* No local of this function changes after setjmp, so none is lost at the jump back. */
static void run_body(struct mt940_kit *kit, const struct mt940_kit_check *check)
{
    if (setjmp(kit->out))
        return;
    mt940_kit_open(kit, &kit->store);
    check->run(kit);
    kit->outcome = PASSED;
}

static void run_check(struct mt940_kit *kit, const struct mt940_kit_check *check)
{
    const struct mt940_conformance_store_options *options = kit->options;
    int status = options->create(options->user);

    kit->text[0] = '\0';
    kit->outcome = FAILED;
    kit->keys = 0;
    kit->dice = options->seed ? options->seed : 1;
    if (status == 0)
        run_body(kit, check);
    else
        snprintf(kit->text, sizeof(kit->text), "create() returned %d", status);
    mt940_kit_close(&kit->second);
    mt940_kit_close(&kit->store);
    free_blocks(&kit->blocks);
    free_blocks(&kit->kept);
    if (options->destroy)
        options->destroy(options->user);
    if (options->checked)
        options->checked(options->user, check->name, kit->outcome, kit->text);
}

static const struct mt940_kit_check *check_at(int32_t position)
{
    for (size_t group = 0; position >= 0 && group < sizeof(groups) / sizeof(groups[0]); group++)
        for (const struct mt940_kit_check *check = groups[group]; check->name; check++)
            if (position-- == 0)
                return check;
    return NULL;
}

MT940_EXPORT const char *mt940_conformance_store_check(int32_t position, const char **doc)
{
    const struct mt940_kit_check *check = check_at(position);

    if (check && doc)
        *doc = check->doc;
    return check ? check->name : NULL;
}

static void count(const struct mt940_kit *kit, const struct mt940_kit_check *check,
                  struct mt940_conformance_report *report)
{
    report->passed += kit->outcome == PASSED;
    report->skipped += kit->outcome == SKIPPED;
    if (kit->outcome == FAILED && report->failed++ == 0) {
        snprintf(report->check, sizeof(report->check), "%s", check->name);
        snprintf(report->text, sizeof(report->text), "%s", kit->text);
    }
}

/* A newer caller's struct is longer; what this version does not know must not be asked for. */
static bool options_are_usable(const struct mt940_conformance_store_options *options)
{
    if (!options || options->size < sizeof(*options) || !options->create || !options->open)
        return false;
    for (size_t i = sizeof(*options); i < options->size; i++)
        if (((const unsigned char *)options)[i] != 0)
            return false;
    return true;
}

MT940_EXPORT int mt940_conformance_store(const struct mt940_conformance_store_options *options,
                                         struct mt940_conformance_report *report)
{
    if (!options_are_usable(options) || !report || report->size < sizeof(*report))
        return MT940_E_ARGUMENT;
    struct mt940_kit *kit = calloc(1, sizeof(*kit));
    if (!kit)
        return MT940_E_MEMORY;
    memset(&report->passed, 0, sizeof(*report) - offsetof(struct mt940_conformance_report, passed));
    kit->options = options;
    kit->pool = (struct mt940_allocator){sizeof(kit->pool), kit, pool_resize};
    kit->keep = (struct mt940_allocator){sizeof(kit->keep), kit, keep_resize};
    const struct mt940_kit_check *check;
    for (int32_t i = 0; (check = check_at(i)) != NULL; i++) {
        if (options->only && strcmp(options->only, check->name) != 0)
            continue;
        run_check(kit, check);
        count(kit, check, report);
    }
    free(kit);
    if (report->passed + report->failed + report->skipped == 0)
        return MT940_E_ARGUMENT;
    return report->failed ? 1 : 0;
}
