/* SPDX-License-Identifier: Apache-2.0
 *
 * buffers.i: bytes of Python objects, without a copy. SWIG's own pybuffer.i releases the buffer before the call, so
 * another thread could move it while the C code reads; here it stays locked until the call, or the document, is done.
 */

/* For the time of the call. */
%typemap(in) (const void *bytes, size_t length) (Py_buffer buffer = {0}) {
    if (PyObject_GetBuffer($input, &buffer, PyBUF_SIMPLE) < 0)
        SWIG_fail;
    $1 = buffer.buf;
    $2 = (size_t)buffer.len;
}
%typemap(freearg) (const void *bytes, size_t length) {
    if (buffer$argnum.obj)
        PyBuffer_Release(&buffer$argnum);
}

/* For as long as the callee wants: it takes the block over, and calls mt940py_release() when done. */
%typemap(in) Py_buffer *owned {
    $1 = PyMem_RawMalloc(sizeof(Py_buffer));
    if (!$1) {
        PyErr_NoMemory();
        SWIG_fail;
    }
    if (PyObject_GetBuffer($input, $1, PyBUF_SIMPLE) < 0) {
        PyMem_RawFree($1);
        SWIG_fail;
    }
}
