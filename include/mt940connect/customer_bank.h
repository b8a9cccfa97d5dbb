/* SPDX-License-Identifier: Apache-2.0
 *
 * customer_bank.h: the bank records of a customer's card (Banka Hesap Bilgileri): checks, and the
 * fields that Azerbaijani legislation adds. Pure functions, conventions as in dbs.h. @since 0.1
 * Source: R47-R55, R60-R63, R67, R68, decision 3; docs/customer_bank.md.
 */
#ifndef MT940CONNECT_CUSTOMER_BANK_H
#define MT940CONNECT_CUSTOMER_BANK_H

#include "mt940connect/dbs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Bank records of a card (R47-R55, R60-R63, R67, R68) --------------------------------- */

/*
 * Checks a bank record as it is entered: LIMIT_NEGATIVE stops; IBAN_OTHER_BANK (IBAN and Şube No
 * of different banks) is a report. Writes up to MT940_CUSTOMER_BANK_NOTICES.
 */
#define MT940_CUSTOMER_BANK_NOTICES 4
int mt940_customer_bank_check(const struct mt940_customer_bank *record,
                              struct mt940_dbs_notice notices[MT940_CUSTOMER_BANK_NOTICES], size_t *count);

/* Whether it may be deleted: SLOT_HAS_TOTAL stops. Writes 0 or 1 notices. */
int mt940_customer_bank_check_delete(const struct mt940_customer_bank *record, const struct mt940_view *local_currency,
                                     struct mt940_dbs_notice *notice, size_t *count);

/* 1 when Muhbir Hesap and VÖEN are offered: under Azerbaijani legislation only (R60). */
int mt940_customer_bank_has_details(const struct mt940_company *company);

/*
 * The bank of a record in the host's list: by the bank code of Şube No, else by the letters or
 * digits in the IBAN, else by BIC (decision 3). Index, or MT940_E_NOT_FOUND.
 */
int mt940_customer_bank_find_bank(const struct mt940_customer_bank *record, const struct mt940_bank_code *codes,
                                  size_t count, size_t *index);

/*
 * Settles Muhbir Hesap and VÖEN of a record that is being saved. `before` is the stored record,
 * NULL for a new one; `record` holds what the user entered and is completed in place:
 *   another legislation: the stored values stay, entered ones are left out;
 *   new record or changed bank: copied from the bank, unless the user entered others;
 *   same bank: what stands in `record` stays; a difference from `before` marks it as edited.
 */
int mt940_customer_bank_settle_details(const struct mt940_company *company, const struct mt940_customer_bank *before,
                                       struct mt940_customer_bank *record, const struct mt940_bank_code *codes,
                                       size_t count);

#ifdef __cplusplus
}
#endif
#endif
