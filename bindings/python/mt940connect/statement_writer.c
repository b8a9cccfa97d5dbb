/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_writer.c: collects what the library writes of a document, and makes one bytes object of it.
 */
#include "statement_writer.h"

#include <string.h>

struct written {
    char *data;
    size_t length, capacity;
};

/* Called without the GIL, so the memory is not Python's objects'. */
static int append(void *user, const void *bytes, size_t length)
{
    struct written *written = user;
    if (length > written->capacity - written->length) {
        size_t capacity = (written->capacity + length) * 2;
        char *data = PyMem_RawRealloc(written->data, capacity);
        if (!data)
            return MT940_E_MEMORY;
        written->data = data;
        written->capacity = capacity;
    }
    memcpy(written->data + written->length, bytes, length);
    written->length += length;
    return 0;
}

static struct mt940_view view_of(const char *text)
{
    struct mt940_view view = {text, strlen(text)};
    return view;
}

PyObject *mt940py_document_write(const struct mt940_document *document, int32_t form, int32_t envelope, int32_t batch,
                                 int32_t strict, const char *sender, const char *receiver)
{
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_write_options options;
    struct written written = {NULL, 0, 0};
    struct mt940_output output = {sizeof(output), &written, append};
    PyObject *result = NULL;
    int status;
    mt940_write_options_init(&options);
    options.form = form;
    options.envelope = envelope;
    options.batch = batch;
    options.strict = strict;
    options.sender = view_of(sender);
    options.receiver = view_of(receiver);
    Py_BEGIN_ALLOW_THREADS
    status = mt940_document_write(document, &options, &output, &error);
    Py_END_ALLOW_THREADS
    if (status == MT940_E_CALLBACK)
        PyErr_NoMemory();
    else if (status < 0)
        mt940py_raise(status, &error);
    else
        result = PyBytes_FromStringAndSize(written.data, (Py_ssize_t)written.length);
    PyMem_RawFree(written.data);
    return result;
}
