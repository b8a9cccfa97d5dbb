/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_id.c: what movements are called, page after page. Must not know whose the pages are.
 */
#include "statement_id.h"

#include <string.h>

static PyObject *list_of_ids(char (*ids)[MT940_ID_CAPACITY], size_t count)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *id = PyUnicode_FromString(ids[i]);
        if (!id)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, id);
    }
    return list;
}

PyObject *mt940py_names(const struct mt940_statement *const *pages, size_t count, const char *owner,
                        mt940py_name_movements *name)
{
    size_t entries = 0;
    for (size_t i = 0; i < count; i++)
        entries += pages[i]->entry_count;
    char(*ids)[MT940_ID_CAPACITY] = PyMem_Calloc(entries + 1, sizeof(*ids));
    if (!ids)
        return PyErr_NoMemory();
    int status = name(pages, count, owner, strlen(owner), NULL, ids);
    PyObject *list = NULL;
    if (status < 0)
        mt940py_raise(status, NULL);
    else
        list = list_of_ids(ids, entries);
    PyMem_Free(ids);
    return list;
}
