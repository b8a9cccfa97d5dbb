/* SPDX-License-Identifier: Apache-2.0
 *
 * document.c: documents over Python buffers: zero copy, ids, findings as sentences.
 */
#include "document.h"

#include <string.h>

#include "statement_id.h"
#include "text.h"

/* Called by the library when it needs the bytes no more, with or without the GIL. */
static void release(void *user)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyBuffer_Release(user);
    PyMem_RawFree(user);
    PyGILState_Release(state);
}

int mt940py_document_parse(Py_buffer *owned, const struct mt940_statement_options *options, const int32_t *refused,
                           size_t refused_count, struct mt940_document **out, struct mt940_error *error)
{
    struct mt940_input input = {.size = sizeof(input), .data = owned->buf, .length = (size_t)owned->len,
                                .mode = MT940_INPUT_BORROW, .user = owned, .release = release};
    struct mt940_statement_options own = *options;
    own.refused_repairs = refused_count ? refused : NULL;
    own.refused_repair_count = refused_count;
    return mt940_document_parse(&input, &own, NULL, out, error);
}

int32_t *mt940py_int32_list(PyObject *sequence, size_t *count)
{
    PyObject *fast = PySequence_Fast(sequence, "a sequence of numbers is needed");
    if (!fast)
        return NULL;
    Py_ssize_t length = PySequence_Fast_GET_SIZE(fast);
    int32_t *numbers = PyMem_Malloc(((size_t)length + 1) * sizeof(*numbers));
    for (Py_ssize_t i = 0; numbers && i < length; i++)
        numbers[i] = (int32_t)PyLong_AsLong(PySequence_Fast_GET_ITEM(fast, i));
    Py_DECREF(fast);
    *count = (size_t)length;
    if (!numbers)
        PyErr_NoMemory();
    if (!PyErr_Occurred())
        return numbers;
    PyMem_Free(numbers);
    return NULL;
}

/* The pages; NULL when one of them is not there. */
static const struct mt940_statement **collect_pages(const struct mt940_document *document, size_t first, size_t count)
{
    const struct mt940_statement **pages = NULL;
    if (first <= mt940_document_statement_count(document) && count <= mt940_document_statement_count(document) - first)
        pages = PyMem_Calloc(count + 1, sizeof(*pages));
    for (size_t i = 0; pages && i < count; i++)
        pages[i] = mt940_document_statement(document, first + i);
    return pages;
}

static PyObject *names_of(const struct mt940_document *document, size_t first, size_t count, const char *owner,
                          mt940py_name_movements *name)
{
    const struct mt940_statement **pages = collect_pages(document, first, count);
    PyObject *list = NULL;
    if (!pages)
        PyErr_SetString(PyExc_IndexError, "no such statements");
    else
        list = mt940py_names(pages, count, owner, name);
    PyMem_Free(pages);
    return list;
}

PyObject *mt940py_statement_ids(const struct mt940_document *document, size_t first, size_t count,
                                const char *company)
{
    return names_of(document, first, count, company, mt940_statement_ids);
}

PyObject *mt940py_statement_second_keys(const struct mt940_document *document, size_t first, size_t count,
                                        const char *account)
{
    return names_of(document, first, count, account, mt940_statement_second_keys);
}

PyObject *mt940py_account_split(const void *bytes, size_t length)
{
    struct mt940_account_parts parts;
    int status = mt940_account_split(bytes, length, &parts);
    if (status < 0) {
        mt940py_raise(status, NULL);
        return NULL;
    }
    return Py_BuildValue("(sssssi)", parts.iban, parts.bank_code, parts.branch_code, parts.number, parts.currency,
                         (int)parts.looks_like_iban);
}

static PyObject *letter(char c)
{
    return PyUnicode_FromStringAndSize(&c, c ? 1 : 0);
}

static PyObject *decoded(int32_t charset, const struct mt940_view *raw)
{
    return mt940py_decode(charset, raw->length ? raw->data : "", raw->length);
}

static PyObject *narrative(int32_t charset, const struct mt940_view *raw)
{
    if (!raw->data)
        Py_RETURN_NONE;
    return mt940py_narrative_text(charset, raw->data, raw->length);
}

/* Puts a value that is being given away into a tuple; 0, or -1 when there is none. */
static int set(PyObject *tuple, Py_ssize_t *at, PyObject *value)
{
    if (!value)
        return -1;
    PyTuple_SET_ITEM(tuple, (*at)++, value);
    return 0;
}

static int set_numbers(PyObject *tuple, Py_ssize_t *at, const struct mt940_entry *entry)
{
    return set(tuple, at, PyLong_FromUnsignedLong(entry->index)) ||
           set(tuple, at, PyLong_FromUnsignedLong(entry->line)) ||
           set(tuple, at, PyLong_FromUnsignedLongLong(entry->offset)) ||
           set(tuple, at, mt940py_from_date(&entry->value_date)) ||
           set(tuple, at, mt940py_from_date(&entry->entry_date)) ||
           set(tuple, at, PyLong_FromLong(entry->mark)) ||
           set(tuple, at, mt940py_from_units(&entry->reading.amount)) ||
           set(tuple, at, PyUnicode_FromString(entry->reading.amount.currency));
}

static int set_texts(PyObject *tuple, Py_ssize_t *at, const struct mt940_entry *entry, int32_t charset)
{
    return set(tuple, at, letter(entry->funds_code)) || set(tuple, at, letter(entry->type)) ||
           set(tuple, at, PyUnicode_FromString(entry->code)) ||
           set(tuple, at, decoded(charset, &entry->customer_reference)) ||
           set(tuple, at, decoded(charset, &entry->bank_reference)) ||
           set(tuple, at, decoded(charset, &entry->supplementary)) ||
           set(tuple, at, narrative(charset, &entry->narrative)) ||
           set(tuple, at, mt940py_from_view(&entry->raw)) || set(tuple, at, mt940py_from_view(&entry->narrative));
}

PyObject *mt940py_entry(const struct mt940_statement *statement, size_t index, int32_t charset)
{
    Py_ssize_t at = 0;
    if (index >= statement->entry_count)
        Py_RETURN_NONE;
    PyObject *tuple = PyTuple_New(17);
    if (tuple && (set_numbers(tuple, &at, &statement->entries[index]) ||
                  set_texts(tuple, &at, &statement->entries[index], charset)))
        Py_CLEAR(tuple);
    return tuple;
}

PyObject *mt940py_finding_text(const struct mt940_finding *finding, const char *language)
{
    int length = mt940_message_format(finding->message, finding->args, finding->arg_count, language, NULL, 0);
    if (length < 0) {
        mt940py_raise(length, NULL);
        return NULL;
    }
    char *text = PyMem_Malloc((size_t)length + 1);
    if (!text)
        return PyErr_NoMemory();
    mt940_message_format(finding->message, finding->args, finding->arg_count, language, text, (size_t)length + 1);
    PyObject *result = PyUnicode_FromStringAndSize(text, length);
    PyMem_Free(text);
    return result;
}
