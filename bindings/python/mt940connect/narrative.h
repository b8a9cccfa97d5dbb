/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.h: the sub-fields of a narrative for the flat module.
 */
#ifndef MT940PY_NARRATIVE_H
#define MT940PY_NARRATIVE_H

#include "values.h"

/*
 * Reads a narrative as the bank wrote it: (dialect, text, iban, fields, values), fields being (code, value, meaning or
 * None, level) in order, values a dict by meaning. `sign`: +1 money in, -1 out, 0 not known.
 */
PyObject *mt940py_narrative(int32_t charset, int sign, const void *bytes, size_t length);
/* The same of a movement, completed by its supplementary line; None past the last. */
PyObject *mt940py_entry_narrative(const struct mt940_statement *statement, size_t index, int32_t charset);

#endif
