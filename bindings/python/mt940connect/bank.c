/* SPDX-License-Identifier: Apache-2.0
 *
 * bank.c: the bank directory for the flat module.
 */
#include "bank.h"

#include "records.h"

typedef int (*finder)(const struct mt940_bank_code *own, size_t own_count, const char *text, size_t length,
                      struct mt940_bank *out);

static PyObject *found(finder find, const char *text, size_t length)
{
    struct mt940_bank bank = {.size = sizeof(bank)};
    int status = find(NULL, 0, text, length, &bank);
    if (status == MT940_E_NOT_FOUND)
        Py_RETURN_NONE;
    if (status < 0) {
        mt940py_raise(status, NULL);
        return NULL;
    }
    return Py_BuildValue("(NNNN)", mt940py_from_text(&bank.country), mt940py_from_text(&bank.code),
                         mt940py_from_text(&bank.name), mt940py_from_text(&bank.bic));
}

PyObject *mt940py_bank_of_iban(const char *text, size_t length)
{
    return found(mt940_bank_find_iban, text, length);
}

PyObject *mt940py_bank_of_bic(const char *text, size_t length)
{
    return found(mt940_bank_find_bic, text, length);
}
