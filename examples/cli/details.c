/* SPDX-License-Identifier: Apache-2.0
 *
 * details.c: asks the library what the Azerbaijani fields of each bank record become. Must not
 * know CSV.
 */
#include "details.h"

#include <stdlib.h>
#include <string.h>

#include <mt940connect/customer_bank.h>

#include "buffer.h"

/* What the decision rests on; clones out of the store. */
struct basis {
    struct mt940_company *company;
    void **clones; /* of the bank codes */
    struct mt940_bank_code *codes;
    size_t count;
};

static int take_company(void *user, const void *record)
{
    void *copy;

    if (mt940_record_clone(MT940_KIND_COMPANY, record, NULL, &copy) != MT940_OK)
        memory_out();
    ((struct basis *)user)->company = copy;
    return 0;
}

static int take_code(void *user, const void *record)
{
    struct basis *basis = user;

    basis->clones = memory_resize(basis->clones, (basis->count + 1) * sizeof *basis->clones);
    basis->codes = memory_resize(basis->codes, (basis->count + 1) * sizeof *basis->codes);
    if (mt940_record_clone(MT940_KIND_BANK_CODE, record, NULL, &basis->clones[basis->count]) != MT940_OK)
        memory_out();
    basis->codes[basis->count] = *(const struct mt940_bank_code *)basis->clones[basis->count];
    basis->count++;
    return 0;
}

static int read_basis(struct workspace *workspace, struct basis *basis)
{
    const struct mt940_store *store = &workspace->store;
    struct mt940_company company;
    struct mt940_bank_code code;
    int status;

    memset(basis, 0, sizeof *basis);
    memset(&company, 0, sizeof company);
    memset(&code, 0, sizeof code);
    mt940_view_from_string(workspace->company, &company.code);
    code.company = company.code;
    status = store->get(store->user, MT940_KIND_COMPANY, &company, take_company, basis);
    if (status == MT940_OK || status == MT940_E_NOT_FOUND)
        status = store->scan(store->user, MT940_KIND_BANK_CODE, 0, 1, &code, 0, 0, take_code, basis);
    return status;
}

static void free_basis(struct basis *basis)
{
    for (size_t i = 0; i < basis->count; i++)
        mt940_record_free(MT940_KIND_BANK_CODE, basis->clones[i], NULL);
    free(basis->clones);
    free(basis->codes);
    mt940_record_free(MT940_KIND_COMPANY, basis->company, NULL);
}

static int take_bank(void *user, const void *record)
{
    if (mt940_record_clone(MT940_KIND_CUSTOMER_BANK, record, NULL, user) != MT940_OK)
        memory_out();
    return 0;
}

/* A file without these two columns says nothing about them: what is stored stays, for the same bank. */
static void keep_stored(struct mt940_customer_bank *record, const struct mt940_customer_bank *before)
{
    if (record->correspondent_account.length + record->voen.length > 0 ||
        !mt940_view_equal(&record->iban, &before->iban) || !mt940_view_equal(&record->branch, &before->branch) ||
        !mt940_view_equal(&record->bic, &before->bic))
        return;
    record->correspondent_account = before->correspondent_account;
    record->voen = before->voen;
    record->detail_edited = before->detail_edited;
}

/* Settles one record; the clone in `slot` is replaced, for its texts come from several places. */
static int settle(struct workspace *workspace, const struct basis *basis, void **slot)
{
    struct mt940_customer_bank record = *(struct mt940_customer_bank *)*slot;
    void *before = NULL, *settled = NULL;
    int status = workspace->store.get(workspace->store.user, MT940_KIND_CUSTOMER_BANK, &record, take_bank, &before);

    if (status == MT940_E_NOT_FOUND)
        status = MT940_OK;
    if (status == MT940_OK) {
        if (before != NULL)
            keep_stored(&record, before);
        status = mt940_customer_bank_settle_details(basis->company, before, &record, basis->codes, basis->count);
    }
    if (status == MT940_OK && mt940_record_clone(MT940_KIND_CUSTOMER_BANK, &record, NULL, &settled) != MT940_OK)
        memory_out();
    if (settled != NULL) {
        mt940_record_free(MT940_KIND_CUSTOMER_BANK, *slot, NULL);
        *slot = settled;
    }
    mt940_record_free(MT940_KIND_CUSTOMER_BANK, before, NULL);
    return status;
}

int details_settle(struct workspace *workspace, struct books *books)
{
    struct books_table *table = &books->tables[MT940_KIND_CUSTOMER_BANK];
    struct basis basis;
    int status = MT940_OK;

    if (table->count == 0)
        return 1;
    status = read_basis(workspace, &basis);
    for (size_t i = 0; status == MT940_OK && basis.company != NULL && i < table->count; i++)
        status = settle(workspace, &basis, &table->records[i]);
    free_basis(&basis);
    if (status != MT940_OK)
        workspace_failed(workspace, status, NULL);
    return status == MT940_OK;
}
