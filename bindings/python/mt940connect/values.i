/* SPDX-License-Identifier: Apache-2.0
 *
 * values.i: how the library's small values look in Python: raw views are bytes, dates are datetime.date, amounts are
 * (decimal text, currency). Never a float, never a decoded guess.
 */
%{
#include "values.h"
%}

/*
 * SWIG reads a member whose struct it does not know by value, one it knows by its address; an absent view (no field at
 * all) is None.
 */
%define %value(TYPE, FUNCTION)
%typemap(out) TYPE {
    $result = FUNCTION(&$1);
}
%typemap(out) TYPE *, const TYPE * {
    $result = FUNCTION($1);
}
%enddef
%value(struct mt940_view, mt940py_from_view)
%value(struct mt940_date, mt940py_from_date)
%value(struct mt940_amount, mt940py_from_amount)

/* One-character marks that are 0 when absent. */
%typemap(out) char {
    $result = $1 ? PyUnicode_FromStringAndSize(&$1, 1) : PyUnicode_FromString("");
}

/* Text in: str as UTF-8, lent for the call. */
%typemap(in) (const char *text, size_t length) (Py_ssize_t size) {
    $1 = (char *)PyUnicode_AsUTF8AndSize($input, &size);
    if (!$1)
        SWIG_fail;
    $2 = (size_t)size;
}
%apply (const char *text, size_t length) {
    (const char *canonical, size_t length), (const char *name, size_t length), (const char *bban, size_t length),
    (const char *code, size_t length)
};
