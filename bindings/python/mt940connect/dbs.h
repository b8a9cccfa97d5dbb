/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs.h: decisions about direct-debit limits for the flat module.
 */
#ifndef MT940PY_DBS_H
#define MT940PY_DBS_H

#include "values.h"

/*
 * Decides about the effects of one document together. `request` has the attributes local_currency, banks (records),
 * effects (objects with customer, slot, delta, event), consents (objects with message, customer, slot, excess).
 * Returns (outcome, [figure, …]): each figure a dict with the names of struct mt940_dbs_figure, `text` in `language`.
 */
PyObject *mt940py_dbs_decide(PyObject *request, const char *language);

#endif
