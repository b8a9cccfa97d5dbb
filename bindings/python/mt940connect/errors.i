/* SPDX-License-Identifier: Apache-2.0
 *
 * errors.i: statuses become exceptions, outputs become results. A function with a `struct mt940_error *` raises by
 * itself; the others that return a status are named with %checked. What returns a plain number is left alone.
 */

%typemap(in, numinputs=0) struct mt940_error *error (struct mt940_error failure) {
    memset(&failure, 0, sizeof(failure));
    failure.size = sizeof(failure);
    $1 = &failure;
}
%typemap(argout) struct mt940_error *error {
    if (result < 0) {
        mt940py_raise(result, $1);
        SWIG_fail;
    }
}

%define %checked(NAME)
%typemap(out) int NAME {
    if ($1 < 0) {
        mt940py_raise($1, NULL);
        SWIG_fail;
    }
    $result = SWIG_Py_Void();
}
%enddef

/* A text the function writes into the caller's array is its result. */
%typemap(in, numinputs=0) char out[ANY] (char written[$1_dim0]) {
    written[0] = '\0';
    $1 = written;
}
%typemap(argout) char out[ANY] {
    Py_XDECREF($result);
    $result = PyUnicode_FromString($1);
}

/* So is a handle it makes. */
%define %makes(TYPE)
%typemap(in, numinputs=0) TYPE **out (TYPE *made = NULL) {
    $1 = &made;
}
%typemap(argout) TYPE **out {
    if (result >= 0) {
        Py_XDECREF($result);
        $result = SWIG_NewPointerObj(*$1, $descriptor(TYPE *), SWIG_POINTER_OWN);
    }
}
%enddef
