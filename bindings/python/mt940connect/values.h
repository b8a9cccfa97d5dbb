/* SPDX-License-Identifier: Apache-2.0
 *
 * values.h: small values of the library as Python objects. Every function needs the GIL and returns a new reference,
 * or NULL with an exception set.
 */
#ifndef MT940PY_VALUES_H
#define MT940PY_VALUES_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "mt940connect/mt940connect.h"

/* str of one of the library's static names, None for NULL. */
PyObject *mt940py_from_name(const char *name);
PyObject *mt940py_from_view(const struct mt940_view *view);
PyObject *mt940py_from_date(const struct mt940_date *date);
/* "12500.75", for Decimal. */
PyObject *mt940py_from_units(const struct mt940_amount *amount);
/* ("12500.75", "TRY"): at least the currency's ISO 4217 digits. */
PyObject *mt940py_from_amount(const struct mt940_amount *amount);

/*
 * Raises the exception class of a status (mt940connect.errors) with the error's place; `error` may be NULL. Keeps an
 * exception that is already set: a callback written in Python raised it.
 */
void mt940py_raise(int status, const struct mt940_error *error);

#endif
