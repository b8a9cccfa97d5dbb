/* SPDX-License-Identifier: Apache-2.0
 *
 * put_details.c: Muhbir Hesap and VÖEN of a bank record that comes out of a table: copied from the
 * bank where the company's law asks for them. Must not know where the table came from.
 */
#include "flow/put_details.h"

#include "mt940connect/customer_bank.h"

int mt940_put_details_begin(struct mt940_put_details *details, struct mt940_flow *flow)
{
    const struct mt940_books *books = flow->books.company ? &flow->books : &flow->own_books;
    mt940_found_init(&details->companies, flow, MT940_KIND_COMPANY);
    mt940_found_init(&details->banks, flow, MT940_KIND_BANK_CODE);
    int status = mt940_found_end(&details->companies, books->company(books->user, &flow->company, mt940_found_add,
                                                                     &details->companies));
    books = flow->books.bank_codes ? &flow->books : &flow->own_books;
    if (status == 0 && details->companies.count)
        status = mt940_found_end(&details->banks,
                                 books->bank_codes(books->user, &flow->company, mt940_found_add, &details->banks));
    return status;
}

void mt940_put_details_end(struct mt940_put_details *details)
{
    mt940_found_free(&details->companies);
    mt940_found_free(&details->banks);
}

/* A table without these two columns says nothing about them: what is stored stays, for the same bank. */
static void keep_stored(struct mt940_customer_bank *record, const struct mt940_customer_bank *before)
{
    if (record->correspondent_account.length + record->voen.length > 0 ||
        mt940_view_equal(&record->iban, &before->iban) != 1 || mt940_view_equal(&record->branch, &before->branch) != 1 ||
        mt940_view_equal(&record->bic, &before->bic) != 1)
        return;
    record->correspondent_account = before->correspondent_account;
    record->voen = before->voen;
    record->detail_edited = before->detail_edited;
}

int mt940_put_details_settle(const struct mt940_put_details *details, const struct mt940_customer_bank *before,
                             struct mt940_customer_bank *record)
{
    if (details->companies.count == 0)
        return 0;
    if (before)
        keep_stored(record, before);
    return mt940_customer_bank_settle_details(mt940_found_at(&details->companies, 0), before, record,
                                              (const struct mt940_bank_code *)details->banks.records,
                                              details->banks.count);
}
