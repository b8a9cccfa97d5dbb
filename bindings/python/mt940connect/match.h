/* SPDX-License-Identifier: Apache-2.0
 *
 * match.h: directory and matcher for the flat module.
 */
#ifndef MT940PY_MATCH_H
#define MT940PY_MATCH_H

#include "values.h"

/* A directory of `records`: a sequence of (kind, record). */
int mt940py_directory_build(const char *company, PyObject *records, struct mt940_directory **out,
                            struct mt940_error *error);
/*
 * Matches one movement. `request` has the attributes texts (narrative, customer reference, bank reference,
 * supplementary), own (iban, bank code, account number), sign, own_account, currency, amount (minor units), flags,
 * payments, chosen_customer, chosen_slot, rule_customer, rule_code. Returns a dict with the names of struct mt940_match.
 */
PyObject *mt940py_match(const struct mt940_directory *directory, PyObject *request, const char *language);
/* The own account (a record) that field 25 names, or None when none or several fit. */
PyObject *mt940py_directory_resolve(const struct mt940_directory *directory, PyObject *account, const char *currency);

#endif
