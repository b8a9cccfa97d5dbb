/* SPDX-License-Identifier: Apache-2.0
 *
 * text.c: raw bytes as str, and what is found in a str, with places counted in characters as Python does.
 */
#include "text.h"

#include "records.h"

/* Room for results: asked once with what usually does, and again with what it said it needs. */
#define USUAL 512

typedef size_t (*writer)(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity);

static size_t write_decoded(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity)
{
    return mt940_charset_decode(charset, bytes, length, out, capacity, NULL);
}

static size_t write_narrative(int32_t charset, const void *bytes, size_t length, char *out, size_t capacity)
{
    struct mt940_view raw = {bytes, length};
    return mt940_narrative_text(&raw, charset, out, capacity);
}

static PyObject *written(writer write, int32_t charset, const void *bytes, size_t length)
{
    char usual[USUAL];
    size_t needed = write(charset, bytes, length, usual, sizeof(usual));
    if (needed <= sizeof(usual))
        return PyUnicode_DecodeUTF8(usual, (Py_ssize_t)needed, "strict");
    char *larger = PyMem_Malloc(needed);
    if (!larger)
        return PyErr_NoMemory();
    write(charset, bytes, length, larger, needed);
    PyObject *text = PyUnicode_DecodeUTF8(larger, (Py_ssize_t)needed, "strict");
    PyMem_Free(larger);
    return text;
}

PyObject *mt940py_decode(int32_t charset, const void *bytes, size_t length)
{
    return written(write_decoded, charset, bytes, length);
}

PyObject *mt940py_narrative_text(int32_t charset, const void *bytes, size_t length)
{
    return written(write_narrative, charset, bytes, length);
}

/* Turns byte offsets, asked for in rising order, into character offsets. */
struct place {
    const char *text;
    size_t byte;
    Py_ssize_t character;
};

static Py_ssize_t characters_before(struct place *place, size_t byte)
{
    for (; place->byte < byte; place->byte++)
        place->character += ((unsigned char)place->text[place->byte] & 0xC0) != 0x80;
    return place->character;
}

PyObject *mt940py_iban_scan(const char *text, size_t length)
{
    size_t count = mt940_iban_scan(text, length, NULL, 0);
    struct mt940_iban_found *found = PyMem_Calloc(count + 1, sizeof(*found));
    PyObject *list = found ? PyList_New(0) : PyErr_NoMemory();
    struct place place = {text, 0, 0};
    if (list)
        mt940_iban_scan(text, length, found, count);
    for (size_t i = 0; list && i < count; i++) {
        Py_ssize_t start = characters_before(&place, found[i].offset);
        Py_ssize_t end = characters_before(&place, found[i].offset + found[i].length);
        if (mt940py_append(list, Py_BuildValue("(nns)", start, end, found[i].canonical)))
            Py_CLEAR(list);
    }
    PyMem_Free(found);
    return list;
}

PyObject *mt940py_iban_suggest(const char *text, size_t length, uint32_t flags)
{
    struct mt940_iban_suggestion found[64];
    size_t count = mt940_iban_suggest(text, length, flags, found, sizeof(found) / sizeof(found[0]));
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++)
        if (mt940py_append(list, Py_BuildValue("(sii)", found[i].canonical, (int)found[i].mistake, (int)found[i].position)))
            Py_CLEAR(list);
    return list;
}

PyObject *mt940py_iban_check_many(PyObject *texts, uint32_t flags)
{
    PyObject *sequence = PySequence_Fast(texts, "a sequence of str is needed"), *reasons = NULL;
    Py_ssize_t count = sequence ? PySequence_Fast_GET_SIZE(sequence) : 0;
    struct mt940_view *views = sequence ? PyMem_Calloc((size_t)count + 1, sizeof(*views)) : NULL;
    if (sequence && !views)
        PyErr_NoMemory();
    if (views && !mt940py_lend_texts(sequence, views, count))
        reasons = PyBytes_FromStringAndSize(NULL, count);
    if (reasons)
        mt940_iban_check_many(views, (size_t)count, flags, (uint8_t *)PyBytes_AS_STRING(reasons));
    PyMem_Free(views);
    Py_XDECREF(sequence);
    return reasons;
}

PyObject *mt940py_tax_id_scan(const char *text, size_t length)
{
    size_t count = mt940_tax_id_scan(text, length, NULL, 0);
    struct mt940_tax_id_found *found = PyMem_Calloc(count + 1, sizeof(*found));
    PyObject *list = found ? PyList_New(0) : PyErr_NoMemory();
    struct place place = {text, 0, 0};
    if (list)
        mt940_tax_id_scan(text, length, found, count);
    for (size_t i = 0; list && i < count; i++) {
        Py_ssize_t start = characters_before(&place, found[i].offset);
        Py_ssize_t end = characters_before(&place, found[i].offset + found[i].length);
        if (mt940py_append(list, Py_BuildValue("(nniis)", start, end, (int)found[i].kind, (int)found[i].labelled,
                                       found[i].digits)))
            Py_CLEAR(list);
    }
    PyMem_Free(found);
    return list;
}
