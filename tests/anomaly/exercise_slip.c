/* SPDX-License-Identifier: Apache-2.0
 *
 * exercise_slip.c: what the slip room allocates: the table of transaction codes.
 */
#include "fail_alloc.h"
#include "mt940connect/slip.h"

#include <stdint.h>
#include <stdio.h>

#define CODES 40

static int add_codes(struct mt940_slip_rules_builder *builder)
{
    int status = MT940_OK;
    for (int i = 0; !status && i < CODES; i++) {
        char name[8];
        struct mt940_transaction_code code = {0};
        snprintf(name, sizeof(name), "X%02d", i);
        mt940_view_from_string("DEMO", &code.company);
        mt940_view_from_string(name, &code.code);
        mt940_view_from_string("GELEN HAVALE", &code.text);
        code.slip_type = MT940_SLIP_TYPE_INCOMING_TRANSFER;
        status = mt940_slip_rules_builder_add(builder, &code, NULL);
    }
    return status;
}

static int rules(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    static const char untouched;
    struct mt940_slip_rules *const before = (struct mt940_slip_rules *)(uintptr_t)&untouched;
    struct mt940_slip_rules *built = before;
    struct mt940_slip_rules_builder *builder = NULL;
    int status = mt940_slip_rules_builder_new(NULL, memory, &builder, NULL);
    if (status && builder)
        *complaint = "a failed builder_new wrote its result";
    if (!status)
        status = add_codes(builder);
    if (!status)
        status = mt940_slip_rules_build(builder, &built, NULL);
    if (status && built != before)
        *complaint = "a failed build wrote its result";
    mt940_slip_rules_builder_free(builder);
    if (!status)
        mt940_slip_rules_free(built);
    return status;
}

const struct exercise slip_exercises[] = {
    {"slip rules", rules},
    {NULL, NULL},
};
