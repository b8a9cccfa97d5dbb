/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.h: what a movement says about itself, as a dict.
 */
#ifndef MT940PY_FACTS_H
#define MT940PY_FACTS_H

#include "values.h"

/*
 * `texts`: (narrative, customer reference, bank reference, supplementary); `own`: (iban, bank code, account number,
 * tax number) of the own account; "" = not there. Places are (field, start, end) in characters.
 */
PyObject *mt940py_facts(PyObject *texts, PyObject *own, int sign);
/* The same as a struct, whose views live as long as the strings of both tuples. 0, or -1 with an exception. */
int mt940py_facts_read(PyObject *texts, PyObject *own, int sign, struct mt940_facts *facts);

#endif
