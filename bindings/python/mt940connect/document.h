/* SPDX-License-Identifier: Apache-2.0
 *
 * document.h: what the flat module does with documents beyond the library's own functions.
 */
#ifndef MT940PY_DOCUMENT_H
#define MT940PY_DOCUMENT_H

#include "values.h"

/*
 * Reads a buffer without copying it. Takes `owned` over: it stays locked until the document is freed. Runs without
 * the GIL. `refused`: numbers of repairs that become errors.
 */
int mt940py_document_parse(Py_buffer *owned, const struct mt940_statement_options *options, const int32_t *refused,
                           size_t refused_count, struct mt940_document **out, struct mt940_error *error);
/* List of int as an array that PyMem_Free() releases; NULL with an exception. */
int32_t *mt940py_int32_list(PyObject *sequence, size_t *count);
/* List of the ids of the movements of `count` statements from `first` on: the pages of one statement. */
PyObject *mt940py_statement_ids(const struct mt940_document *document, size_t first, size_t count,
                                const char *company);
/* The same of second keys; an empty `account` is that of field 25. */
PyObject *mt940py_statement_second_keys(const struct mt940_document *document, size_t first, size_t count,
                                        const char *account);
/* (iban, bank_code, branch_code, number, currency, looks_like_iban) of field 25. */
PyObject *mt940py_account_split(const void *bytes, size_t length);
/*
 * A movement in one go, as reading its members one by one costs ten times as much: (index, line, offset, value date,
 * entry date, mark, amount, currency, funds code, type, code, customer reference, bank reference, supplementary, text,
 * raw, raw narrative), texts decoded from `charset`. None past the last.
 */
PyObject *mt940py_entry(const struct mt940_statement *statement, size_t index, int32_t charset);
/* The sentence of a finding, in "en" or "tr". */
PyObject *mt940py_finding_text(const struct mt940_finding *finding, const char *language);

#endif
