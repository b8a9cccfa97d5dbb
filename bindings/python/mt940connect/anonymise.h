/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymise.h: statements to show to others, for the flat module.
 */
#ifndef MT940PY_ANONYMISE_H
#define MT940PY_ANONYMISE_H

#include "values.h"

/* The bytes of a statement made anonymous, as bytes of the same length. Runs without the GIL. */
PyObject *mt940py_anonymise(const void *bytes, size_t length, const struct mt940_anonymise_options *options);

#endif
