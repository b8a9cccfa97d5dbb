/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_stream.h: statements out of a stream, for the flat module. Statements wait here until Python takes them, so
 * that the library never calls into Python.
 */
#ifndef MT940PY_STATEMENT_STREAM_H
#define MT940PY_STATEMENT_STREAM_H

#include "values.h"
#include "mt940connect/statement_stream.h"

struct mt940py_stream;
/* One statement with its pages, which live as long as this does. */
struct mt940py_pages;

/* `refused` as for mt940py_document_parse(); it is copied. */
int mt940py_stream_new(const struct mt940_statement_options *options, const int32_t *refused, size_t refused_count,
                       struct mt940py_stream **out, struct mt940_error *error);
/* Both run without the GIL; one thread at a time. */
int mt940py_stream_feed(struct mt940py_stream *stream, const void *bytes, size_t length, struct mt940_error *error);
int mt940py_stream_finish(struct mt940py_stream *stream, struct mt940_error *error);
/* The oldest that waits, which is the caller's now; NULL when none does. */
struct mt940py_pages *mt940py_stream_take(struct mt940py_stream *stream);
/* Not while another thread feeds. */
void mt940py_stream_free(struct mt940py_stream *stream);

size_t mt940py_pages_count(const struct mt940py_pages *pages);
/* NULL past the last; the findings of a stream without any message have one page without a statement. */
const struct mt940_statement *mt940py_pages_statement(const struct mt940py_pages *pages, size_t page);
const struct mt940_finding *mt940py_pages_finding(const struct mt940py_pages *pages, size_t page, size_t index);
/* Lists as of mt940py_statement_ids(). */
PyObject *mt940py_pages_ids(const struct mt940py_pages *pages, const char *company);
PyObject *mt940py_pages_second_keys(const struct mt940py_pages *pages, const char *account);
void mt940py_pages_free(struct mt940py_pages *pages);

#endif
