/* SPDX-License-Identifier: Apache-2.0
 *
 * store.c: the kit for stores: its checks and how they get at the store.
 */
#include <string.h>

#include "export.h"
#include "kit.h"

static const struct mt940_kit_check *const groups[] = {
    mt940_kit_record_checks, mt940_kit_batch_checks,  mt940_kit_total_checks,   mt940_kit_scan_checks,
    mt940_kit_fetch_checks,  mt940_kit_handle_checks, mt940_kit_failure_checks, mt940_kit_random_checks, NULL,
};

const struct mt940_conformance_store_options *mt940_kit_hooks(const struct mt940_kit *kit)
{
    return kit->subject->options;
}

int mt940_kit_try_open(struct mt940_kit *kit, struct mt940_store *handle)
{
    memset(handle, 0, sizeof(*handle));
    handle->size = sizeof(*handle);
    int status = mt940_kit_hooks(kit)->open(kit->subject->user, handle);
    if (status)
        memset(handle, 0, sizeof(*handle));
    return status;
}

void mt940_kit_open(struct mt940_kit *kit, struct mt940_store *handle)
{
    int status = mt940_kit_try_open(kit, handle);

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
    if (mt940_kit_hooks(kit)->single_handle)
        mt940_kit_skip(kit, "the store has one handle only");
    mt940_kit_open(kit, &kit->second);
}

int32_t mt940_kit_operations(const struct mt940_kit *kit)
{
    return mt940_kit_hooks(kit)->operations > 0 ? mt940_kit_hooks(kit)->operations : 1000;
}

void mt940_kit_store_begin(struct mt940_kit *kit)
{
    mt940_kit_open(kit, &kit->store);
}

void mt940_kit_store_end(struct mt940_kit *kit)
{
    mt940_kit_close(&kit->second);
    mt940_kit_close(&kit->store);
}

MT940_EXPORT const char *mt940_conformance_store_check(int32_t position, const char **doc)
{
    const struct mt940_kit_check *check = mt940_kit_check_at(groups, position);

    if (check && doc)
        *doc = check->doc;
    return check ? check->name : NULL;
}

MT940_EXPORT int mt940_conformance_store(const struct mt940_conformance_store_options *options,
                                         struct mt940_conformance_report *report)
{
    if (!options || !mt940_kit_is_usable(options, options->size, sizeof(*options)) || !options->create ||
        !options->open)
        return MT940_E_ARGUMENT;
    struct mt940_kit_subject subject = {.options = options,
                                        .user = options->user,
                                        .create = options->create,
                                        .destroy = options->destroy,
                                        .checked = options->checked,
                                        .only = options->only,
                                        .seed = options->seed,
                                        .begin = mt940_kit_store_begin,
                                        .end = mt940_kit_store_end};
    return mt940_kit_run(&subject, groups, report);
}
