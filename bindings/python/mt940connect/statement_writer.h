/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_writer.h: documents back to bytes, for the flat module.
 */
#ifndef MT940PY_STATEMENT_WRITER_H
#define MT940PY_STATEMENT_WRITER_H

#include "values.h"

/* The document as bytes; numbers are those of enum mt940_write_form and its like. Runs without the GIL. */
PyObject *mt940py_document_write(const struct mt940_document *document, int32_t form, int32_t envelope, int32_t batch,
                                 int32_t strict, const char *sender, const char *receiver);

#endif
