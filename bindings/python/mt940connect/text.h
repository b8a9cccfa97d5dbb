/* SPDX-License-Identifier: Apache-2.0
 *
 * text.h: raw bytes of a statement as str, and identifiers found in a str.
 */
#ifndef MT940PY_TEXT_H
#define MT940PY_TEXT_H

#include "values.h"

/* Bytes of a field in a character set (enum mt940_charset) as str. */
PyObject *mt940py_decode(int32_t charset, const void *bytes, size_t length);
/* The narrative's lines joined and decoded. */
PyObject *mt940py_narrative_text(int32_t charset, const void *bytes, size_t length);
/* [(start, end, canonical), …] of the IBANs in a text, in characters. */
PyObject *mt940py_iban_scan(const char *text, size_t length);
/* [(canonical, mistake, position), …] that a refused IBAN may have been meant to be. */
PyObject *mt940py_iban_suggest(const char *text, size_t length, uint32_t flags);
/* The reasons (enum mt940_iban_reason) of a sequence of str, one byte each. */
PyObject *mt940py_iban_check_many(PyObject *texts, uint32_t flags);
/* [(start, end, kind, labelled, digits), …] of the tax numbers in a text, in characters. */
PyObject *mt940py_tax_id_scan(const char *text, size_t length);

#endif
