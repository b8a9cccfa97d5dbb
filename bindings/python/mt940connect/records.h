/* SPDX-License-Identifier: Apache-2.0
 *
 * records.h: records (mt940connect.records) as the library's structs and back, by the descriptors of schema.h: a new
 * field needs nothing here. Views point into the Python objects; `keep` is a list that holds on to them.
 */
#ifndef MT940PY_RECORDS_H
#define MT940PY_RECORDS_H

#include "values.h"

/*
 * Attribute `name` of an object. None, or no object at all, reads as empty, 0 or absent. Each returns 0, or -1 with an
 * exception.
 */
int mt940py_get_text(PyObject *object, const char *name, struct mt940_view *out, PyObject *keep);
int mt940py_get_int(PyObject *object, const char *name, int64_t *out);
int mt940py_get_int32(PyObject *object, const char *name, int32_t *out);
int mt940py_get_date(PyObject *object, const char *name, struct mt940_date *out);

/* Views of the strings of a tuple of exactly `count`, lent by them. */
int mt940py_get_views(PyObject *tuple, struct mt940_view *const *views, Py_ssize_t count);

/* Views of `count` strings of what PySequence_Fast() gave, which keeps them. 0, or -1 with an exception. */
int mt940py_lend_texts(PyObject *fast, struct mt940_view *views, Py_ssize_t count);

/* Fills a record of `kind`. 0, or -1 with an exception. */
int mt940py_record(PyObject *object, int32_t kind, void *record, PyObject *keep);
/*
 * The record that attribute `name` holds: `room` filled, or NULL in *out where the attribute is None. 0, or -1 with an
 * exception.
 */
int mt940py_get_record(PyObject *object, const char *name, int32_t kind, void *room, const void **out, PyObject *keep);
/* The sequence that attribute `name` holds, as an array that PyMem_Free() releases. 0, or -1 with an exception. */
int mt940py_get_records(PyObject *object, const char *name, int32_t kind, void **out, size_t *count, PyObject *keep);

/* An object of the class of the kind. New reference, or NULL with an exception. */
PyObject *mt940py_from_record(int32_t kind, const void *record);
/* str of a view, decoded; "" for an empty one. New reference or NULL. */
PyObject *mt940py_from_text(const struct mt940_view *view);
/* Puts a value that is being given away under a name; 0, or -1 with an exception. */
int mt940py_put(PyObject *dict, const char *name, PyObject *value);
/* Appends a value that is being given away; 0, or -1 with an exception. */
int mt940py_append(PyObject *list, PyObject *item);

#endif
