/* SPDX-License-Identifier: Apache-2.0
 *
 * reconcile.h: the arithmetic of a reconciliation for the flat module.
 */
#ifndef MT940PY_RECONCILE_H
#define MT940PY_RECONCILE_H

#include "values.h"

/*
 * `request` has the attributes date, start_date, has_bank, bank, bank_date, opening, opening_date, has_books, books;
 * `movements` is a sequence of objects with movement and slip_date, `lines` one of objects with slip, line and
 * has_movement. Returns a dict with the names of struct mt940_reconciliation, or raises.
 */
PyObject *mt940py_reconcile(PyObject *request, PyObject *movements, PyObject *lines);

#endif
