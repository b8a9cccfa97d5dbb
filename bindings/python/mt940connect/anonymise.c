/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymise.c: a block of statements made anonymous, written straight into the bytes object that is returned.
 */
#include "anonymise.h"

PyObject *mt940py_anonymise(const void *bytes, size_t length, const struct mt940_anonymise_options *options)
{
    struct mt940_error error = {.size = sizeof(error)};
    PyObject *result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)length);
    int status;
    if (!result)
        return NULL;
    char *out = PyBytes_AS_STRING(result);
    /* Nobody else has seen the result yet, and the buffer of `bytes` is locked. */
    Py_BEGIN_ALLOW_THREADS
    status = mt940_anonymise(bytes, length, options, NULL, out, &error);
    Py_END_ALLOW_THREADS
    if (status < 0) {
        mt940py_raise(status, &error);
        Py_CLEAR(result);
    }
    return result;
}
