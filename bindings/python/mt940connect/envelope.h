/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope.h: the blocks of FIN messages for the flat module.
 */
#ifndef MT940PY_ENVELOPE_H
#define MT940PY_ENVELOPE_H

#include "values.h"

/*
 * The blocks of the message at the beginning of the bytes, as a dict by the names of the Python class; "length" is how
 * many bytes they are. None where no block begins.
 */
PyObject *mt940py_envelope(const void *bytes, size_t length);
/* The same of a statement; None of a bare message. */
PyObject *mt940py_statement_envelope(const struct mt940_statement *statement);

#endif
