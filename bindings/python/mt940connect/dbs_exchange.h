/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_exchange.h: DBS rows to and from a bank for the flat module. Layouts are capsules; orders, rows and answers are
 * Python objects whose attributes are read by name.
 */
#ifndef MT940PY_DBS_EXCHANGE_H
#define MT940PY_DBS_EXCHANGE_H

#include "values.h"

/* The built-in layout of a name, else of a bank, as a capsule. */
PyObject *mt940py_layout_find(const char *name, const char *bank);
/* (layout or None, [(severity, code, line, column, text), …]) of a table a user keeps. */
PyObject *mt940py_layout_read(const void *bytes, size_t length, const char *language);
/* Name of a layout. */
PyObject *mt940py_layout_name(PyObject *layout);

/* (record, order or None) of request.row, invoice, collected, order, again: what the bank is to be told. */
PyObject *mt940py_order_decide(PyObject *request);
/* The file of a list of objects with order, row, branch, account, iban, collection_iban, as bytes. */
PyObject *mt940py_orders_write(PyObject *layout, PyObject *rows);
/* ([answer, …], [(severity, code, line, column, text), …]) of a bank's file; each answer a dict. */
PyObject *mt940py_answers_read(PyObject *layout, const void *bytes, size_t length, const char *language);
/* (changed, order or None, message or None): what an answer (its attributes by name) makes of an order. */
PyObject *mt940py_order_answer(PyObject *order, PyObject *answer, int64_t at);

#endif
