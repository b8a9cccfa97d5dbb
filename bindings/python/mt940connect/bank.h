/* SPDX-License-Identifier: Apache-2.0
 *
 * bank.h: banks by IBAN or BIC.
 */
#ifndef MT940PY_BANK_H
#define MT940PY_BANK_H

#include "values.h"

/* (country, code, name, bic) of the bank of an IBAN in electronic form, or of a BIC; None for one not known. */
PyObject *mt940py_bank_of_iban(const char *text, size_t length);
PyObject *mt940py_bank_of_bic(const char *text, size_t length);

#endif
