/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.c: the directory of a company's cards: built from records or over the bytes of an image, and asked. Knows
 * no movement; what keeps the bytes of an image is told by directory.py.
 */
#include "directory.h"

#include <string.h>

#include "records.h"

/* Larger than any record a directory is made of. */
union any_record {
    struct mt940_company company;
    struct mt940_bank_account bank_account;
    struct mt940_customer customer;
    struct mt940_customer_bank customer_bank;
};

static int add_record(struct mt940_directory_builder *builder, PyObject *item, struct mt940_error *error)
{
    union any_record record;
    int kind;
    PyObject *object;
    PyObject *keep = PyList_New(0);
    int status = MT940_E_ARGUMENT;
    if (keep && PyArg_ParseTuple(item, "iO", &kind, &object) && !mt940py_record(object, kind, &record, keep))
        status = mt940_directory_builder_add(builder, kind, &record, error);
    Py_XDECREF(keep);
    return status;
}

int mt940py_directory_build(const char *company, PyObject *records, struct mt940_directory **out,
                            struct mt940_error *error)
{
    struct mt940_view code = {company, strlen(company)};
    struct mt940_directory_builder *builder = NULL;
    PyObject *fast = PySequence_Fast(records, "a sequence of (kind, record) is needed");
    int status = fast ? mt940_directory_builder_new(&code, NULL, &builder, error) : MT940_E_ARGUMENT;
    for (Py_ssize_t i = 0; !status && i < PySequence_Fast_GET_SIZE(fast); i++)
        status = add_record(builder, PySequence_Fast_GET_ITEM(fast, i), error);
    if (!status)
        status = mt940_directory_build(builder, out, error);
    mt940_directory_builder_free(builder);
    Py_XDECREF(fast);
    return status;
}

int mt940py_directory_open(const void *bytes, size_t length, int verify, struct mt940_directory **out,
                           struct mt940_error *error)
{
    return mt940_directory_open(bytes, length, verify, NULL, out, error);
}

int mt940py_directory_aligned(const void *bytes, size_t length)
{
    (void)length;
    return (uintptr_t)bytes % sizeof(uint64_t) == 0;
}

PyObject *mt940py_directory_image(const struct mt940_directory *directory, const void *bytes, size_t length)
{
    struct mt940_view fingerprint = {bytes, length};
    size_t size = 0;
    PyObject *image = NULL;
    int status = mt940_directory_image(directory, &fingerprint, NULL, 0, &size);
    if (!status) {
        image = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
        if (!image)
            return NULL;
        status = mt940_directory_image(directory, &fingerprint, PyBytes_AS_STRING(image), size, &size);
    }
    if (status) {
        mt940py_raise(status, NULL);
        Py_CLEAR(image);
    }
    return image;
}

PyObject *mt940py_directory_fingerprint(const struct mt940_directory *directory)
{
    struct mt940_view fingerprint = {NULL, 0};
    int status = mt940_directory_fingerprint(directory, &fingerprint);
    if (status < 0) {
        mt940py_raise(status, NULL);
        return NULL;
    }
    return PyBytes_FromStringAndSize(fingerprint.data, (Py_ssize_t)fingerprint.length);
}

PyObject *mt940py_directory_company(const struct mt940_directory *directory)
{
    struct mt940_company company;
    if (mt940_directory_company(directory, &company))
        Py_RETURN_NONE;
    return mt940py_from_record(MT940_KIND_COMPANY, &company);
}

PyObject *mt940py_directory_resolve(const struct mt940_directory *directory, PyObject *account, const char *currency)
{
    struct mt940_directory_account wanted = {.size = sizeof(wanted)};
    struct mt940_view *views[] = {&wanted.iban, &wanted.bank, &wanted.branch, &wanted.number};
    const struct mt940_bank_account *found = NULL;
    if (mt940py_get_views(account, views, 4))
        return NULL;
    mt940_view_from_string(currency, &wanted.currency);
    if (mt940_directory_resolve(directory, &wanted, &found) != 1)
        Py_RETURN_NONE;
    return mt940py_from_record(MT940_KIND_BANK_ACCOUNT, found);
}

/* None where nobody has it. */
static PyObject *from_hit(const struct mt940_directory_hit *hit, size_t found)
{
    if (!found)
        Py_RETURN_NONE;
    return Py_BuildValue("(NLiNNn)", mt940py_from_text(&hit->customer), (long long)hit->slot, (int)hit->type,
                         PyBool_FromLong(hit->active), PyBool_FromLong(hit->collector), (Py_ssize_t)found);
}

PyObject *mt940py_directory_by_ibans(const struct mt940_directory *directory, PyObject *ibans)
{
    PyObject *fast = PySequence_Fast(ibans, "a sequence of str is needed"), *list = NULL;
    Py_ssize_t count = fast ? PySequence_Fast_GET_SIZE(fast) : 0;
    struct mt940_view *views = PyMem_Calloc((size_t)count + 1, sizeof(*views));
    struct mt940_directory_hit *hits = PyMem_Calloc((size_t)count + 1, sizeof(*hits));
    size_t *counts = PyMem_Calloc((size_t)count + 1, sizeof(*counts));
    if (fast && !(views && hits && counts))
        PyErr_NoMemory();
    else if (fast && !mt940py_lend_texts(fast, views, count)) {
        mt940_directory_by_ibans(directory, views, (size_t)count, hits, counts);
        list = PyList_New(0);
    }
    for (Py_ssize_t i = 0; list && i < count; i++)
        if (mt940py_append(list, from_hit(&hits[i], counts[i])))
            Py_CLEAR(list);
    PyMem_Free(counts);
    PyMem_Free(hits);
    PyMem_Free(views);
    Py_XDECREF(fast);
    return list;
}

/* Hits that are handed out of one question. */
#define MOST_HITS 64

PyObject *mt940py_directory_by_text(const struct mt940_directory *directory, const char *text, int by_name)
{
    struct mt940_directory_hit hits[MOST_HITS];
    struct mt940_view view;
    mt940_view_from_string(text, &view);
    size_t found = by_name ? mt940_directory_by_name(directory, &view, hits, MOST_HITS)
                           : mt940_directory_by_tax_id(directory, &view, hits, MOST_HITS);
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < found && i < MOST_HITS; i++)
        if (mt940py_append(list, from_hit(&hits[i], found)))
            Py_CLEAR(list);
    return list;
}
