/* SPDX-License-Identifier: Apache-2.0
 *
 * kit.c: runs checks one after the other, each on a fresh subject. Must not know what is judged
 * or what any check looks for.
 */
#include "kit.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SKIPPED = -1, FAILED = 0, PASSED = 1 };

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

/* --- the run --- */

_Noreturn void mt940_kit_skip(struct mt940_kit *kit, const char *text)
{
    snprintf(kit->text, sizeof(kit->text), "%s", text);
    end_check(kit, SKIPPED);
}

/* No local of this function changes after setjmp, so none is lost at the jump back. */
static void run_body(struct mt940_kit *kit, const struct mt940_kit_check *check)
{
    if (setjmp(kit->out))
        return;
    kit->subject->begin(kit);
    check->run(kit);
    kit->outcome = PASSED;
}

static void run_check(struct mt940_kit *kit, const struct mt940_kit_check *check)
{
    const struct mt940_kit_subject *subject = kit->subject;
    int status = subject->create ? subject->create(subject->user) : 0;

    kit->text[0] = '\0';
    kit->outcome = FAILED;
    kit->keys = 0;
    kit->dice = subject->seed ? subject->seed : 1;
    if (status == 0)
        run_body(kit, check);
    else
        snprintf(kit->text, sizeof(kit->text), "create() returned %d", status);
    subject->end(kit);
    free_blocks(&kit->blocks);
    free_blocks(&kit->kept);
    if (subject->destroy)
        subject->destroy(subject->user);
    if (subject->checked)
        subject->checked(subject->user, check->name, kit->outcome, kit->text);
}

const struct mt940_kit_check *mt940_kit_check_at(const struct mt940_kit_check *const *groups, int32_t position)
{
    for (; position >= 0 && *groups; groups++)
        for (const struct mt940_kit_check *check = *groups; check->name; check++)
            if (position-- == 0)
                return check;
    return NULL;
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

bool mt940_kit_is_usable(const void *options, size_t size, size_t known)
{
    if (!options || size < known || size > 4096)
        return false;
    for (size_t i = known; i < size; i++)
        if (((const unsigned char *)options)[i] != 0)
            return false;
    return true;
}

int mt940_kit_run(const struct mt940_kit_subject *subject, const struct mt940_kit_check *const *groups,
                  struct mt940_conformance_report *report)
{
    if (!report || report->size < sizeof(*report))
        return MT940_E_ARGUMENT;
    struct mt940_kit *kit = calloc(1, sizeof(*kit));
    if (!kit)
        return MT940_E_MEMORY;
    memset(&report->passed, 0, sizeof(*report) - offsetof(struct mt940_conformance_report, passed));
    kit->subject = subject;
    kit->pool = (struct mt940_allocator){sizeof(kit->pool), kit, pool_resize};
    kit->keep = (struct mt940_allocator){sizeof(kit->keep), kit, keep_resize};
    const struct mt940_kit_check *check;
    for (int32_t i = 0; (check = mt940_kit_check_at(groups, i)) != NULL; i++) {
        if (subject->only && strcmp(subject->only, check->name) != 0)
            continue;
        run_check(kit, check);
        count(kit, check, report);
    }
    free(kit);
    if (report->passed + report->failed + report->skipped == 0)
        return MT940_E_ARGUMENT;
    return report->failed ? 1 : 0;
}
