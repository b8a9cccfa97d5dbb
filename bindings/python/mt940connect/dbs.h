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
/*
 * The sales of `request.sales` (objects with customer, slot, amount) one after the other on the request's banks, with its
 * consents; returns as above, a figure for each sale.
 */
PyObject *mt940py_dbs_what_if(PyObject *request, const char *language);
/* (available, utilisation or None, crossed `parts` of 10000) of a bank record. */
PyObject *mt940py_dbs_room(PyObject *record, int32_t parts);
/* [(open, rows) for each enum mt940_dbs_age] of request.rows (records) in `slot` on `today` with `option_days`. */
PyObject *mt940py_dbs_ages(PyObject *request);

#endif
