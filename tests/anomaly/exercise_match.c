/* SPDX-License-Identifier: Apache-2.0
 *
 * exercise_match.c: what the match room allocates: the directory, from its first record to its last index, and
 * changes that are laid over it.
 */
#include "fail_alloc.h"
#include "mt940connect/directory_overlay.h"

#include <stdint.h>
#include <stdio.h>

/* Enough to make every array of the builder grow more than once. */
#define CUSTOMERS 40

static struct mt940_view text(const char *string)
{
    struct mt940_view view;
    mt940_view_from_string(string, &view);
    return view;
}

static int add_customer(struct mt940_directory_builder *builder, int number)
{
    char code[16], iban[27];
    struct mt940_customer customer = {0};
    struct mt940_customer_bank bank = {0};
    snprintf(code, sizeof(code), "120.%03d", number);
    snprintf(iban, sizeof(iban), "TR%024d", number);
    customer.company = bank.company = text("DEMO");
    customer.code = bank.customer = text(code);
    customer.name = text("Yıldız Market Ltd. Şti.");
    customer.tax_id = text("1112223339");
    bank.slot = 1;
    bank.iban = text(iban);
    bank.branch = text("0062_00119");
    bank.account = text(iban + 10);
    int status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, NULL);
    return status ? status : mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL);
}

static int add_own(struct mt940_directory_builder *builder)
{
    struct mt940_company company = {0};
    struct mt940_bank_account account = {0};
    company.code = account.company = text("DEMO");
    company.title = text("Örnek A.Ş.");
    account.code = text("102.01");
    account.iban = text("TR140006200119000001234567");
    int status = mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL);
    return status ? status : mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &account, NULL);
}

static int directory(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint)
{
    static const char untouched;
    struct mt940_directory *const before = (struct mt940_directory *)(uintptr_t)&untouched;
    struct mt940_directory *built = before;
    struct mt940_directory_builder *builder = NULL;
    struct mt940_view company = text("DEMO");
    int status = mt940_directory_builder_new(&company, memory, &builder, NULL);
    if (status && builder)
        *complaint = "a failed builder_new wrote its result";
    if (!status)
        status = add_own(builder);
    for (int i = 0; !status && i < CUSTOMERS; i++)
        status = add_customer(builder, i);
    if (!status)
        status = mt940_directory_build(builder, &built, NULL);
    if (status && built != before)
        *complaint = "a failed build wrote its result";
    mt940_directory_builder_free(builder);
    if (!status)
        mt940_directory_free(built);
    return status;
}

/* A directory of its own, with the heap's memory: only what the overlay allocates fails. */
static struct mt940_directory *make_below(void)
{
    struct mt940_view company = text("DEMO");
    struct mt940_directory_builder *builder = NULL;
    struct mt940_directory *below = NULL;
    int status = mt940_directory_builder_new(&company, NULL, &builder, NULL);
    for (int i = 0; !status && i < CUSTOMERS; i++)
        status = add_customer(builder, i);
    if (!status)
        (void)mt940_directory_build(builder, &below, NULL);
    mt940_directory_builder_free(builder);
    return below;
}

static int change(struct mt940_directory_overlay *overlay, int number)
{
    char code[16];
    struct mt940_customer customer = {0};
    struct mt940_customer_bank bank = {0};
    snprintf(code, sizeof(code), "120.%03d", number * 13);
    customer.code = bank.customer = text(code);
    customer.name = text("Kaya Nakliyat A.Ş.");
    bank.slot = 1 + number % 3;
    bank.iban = text("TR140006200119000001234567");
    int status = mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &customer, NULL);
    if (!status)
        status = mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &bank, NULL);
    return status || number % 2 ? status
                                : mt940_directory_overlay_remove(overlay, MT940_KIND_CUSTOMER, &customer, NULL);
}

static int directory_overlay(const struct mt940_allocator *memory, const struct mt940_view *input,
                             const char **complaint)
{
    struct mt940_directory *below = make_below();
    const struct mt940_directory *before = below, *changed = before;
    struct mt940_directory_overlay *overlay = NULL;
    int status = below ? mt940_directory_overlay_new(below, NULL, memory, &overlay, NULL) : MT940_E_MEMORY;
    for (int i = 0; !status && i < 12; i++)
        status = change(overlay, i);
    if (!status)
        status = mt940_directory_overlay_read(overlay, &changed, NULL);
    if (status && changed != before)
        *complaint = "a failed read wrote its result";
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(below);
    return status;
}

const struct exercise match_exercises[] = {
    {"directory", directory},
    {"directory_overlay", directory_overlay},
    {NULL, NULL},
};
