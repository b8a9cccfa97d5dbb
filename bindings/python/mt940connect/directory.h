/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.h: the directory of a company's cards for the flat module: built, opened from an image, asked.
 */
#ifndef MT940PY_DIRECTORY_H
#define MT940PY_DIRECTORY_H

#include "values.h"

/* A directory of `records`: a sequence of (kind, record). */
int mt940py_directory_build(const char *company, PyObject *records, struct mt940_directory **out,
                            struct mt940_error *error);
/*
 * A directory over the bytes of an image, which the caller keeps, and keeps as they are, until it is gone. They begin
 * at a multiple of 8 (mt940py_directory_aligned()).
 */
int mt940py_directory_open(const void *bytes, size_t length, int verify, struct mt940_directory **out,
                           struct mt940_error *error);
int mt940py_directory_aligned(const void *bytes, size_t length);
/* The image as bytes; `fingerprint` is the caller's. */
PyObject *mt940py_directory_image(const struct mt940_directory *directory, const void *bytes, size_t length);
/* bytes: empty for a directory that was built. */
PyObject *mt940py_directory_fingerprint(const struct mt940_directory *directory);
/* The company as a record; None when it was built without. */
PyObject *mt940py_directory_company(const struct mt940_directory *directory);
/* The own account (a record) that field 25 names, or None when none or several fit. */
PyObject *mt940py_directory_resolve(const struct mt940_directory *directory, PyObject *account, const char *currency);
/*
 * Of each IBAN of a sequence of str: None, or (customer, slot, type, active, collector, found) of the first customer and
 * how many there are.
 */
PyObject *mt940py_directory_by_ibans(const struct mt940_directory *directory, PyObject *ibans);
/* Up to 64 hits, of a name or else of a tax number. */
PyObject *mt940py_directory_by_text(const struct mt940_directory *directory, const char *text, int by_name);

#endif
