/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h: the matcher for the flat module.
 */
#ifndef MT940PY_MATCH_H
#define MT940PY_MATCH_H

#include "values.h"

/*
 * Matches one movement. `request` has the attributes texts (narrative, customer reference, bank reference,
 * supplementary), own (iban, bank code, account number), sign, own_account, currency, amount (minor units), flags,
 * payments, chosen_customer, chosen_slot, rule_customer, rule_code, lessons, lesson_policy (or None), now. Returns a dict
 * with the names of struct mt940_match.
 */
PyObject *mt940py_match(const struct mt940_directory *directory, PyObject *request, const char *language);

#endif
