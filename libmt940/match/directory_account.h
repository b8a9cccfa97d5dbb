/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_account.h: the own accounts of a company.
 */
#ifndef MT940_MATCH_DIRECTORY_ACCOUNT_H
#define MT940_MATCH_DIRECTORY_ACCOUNT_H

#include "match/directory_arrays.h"

/* The own account that has this canonical IBAN, or NULL. */
const struct mt940_bank_account *mt940_directory_own_iban(const struct mt940_directory *directory,
                                                          const struct mt940_view *iban);
/* The own account of a bank code, branch (-1 = any) and number, or NULL. */
const struct mt940_bank_account *mt940_directory_own_number(const struct mt940_directory *directory, int32_t bank,
                                                            int32_t branch, const struct mt940_view *number);
/* Currency of an account or bank record: its own, else the company's. */
struct mt940_view mt940_directory_currency(const struct mt940_directory *directory, const struct mt940_view *currency);

#endif
