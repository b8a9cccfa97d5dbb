/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_id.h: ids and second keys of the movements of one statement as a list, for whoever has its pages.
 */
#ifndef MT940PY_STATEMENT_ID_H
#define MT940PY_STATEMENT_ID_H

#include "values.h"

/* One of the library's two ways to name movements: mt940_statement_ids(), mt940_statement_second_keys(). */
typedef int mt940py_name_movements(const struct mt940_statement *const *pages, size_t page_count, const char *owner,
                                   size_t owner_length, const struct mt940_allocator *allocator,
                                   char (*names)[MT940_ID_CAPACITY]);

/* List of str, one for each movement of the pages; NULL with an exception. */
PyObject *mt940py_names(const struct mt940_statement *const *pages, size_t count, const char *owner,
                        mt940py_name_movements *name);

#endif
