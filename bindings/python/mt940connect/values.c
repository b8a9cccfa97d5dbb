/* SPDX-License-Identifier: Apache-2.0
 *
 * values.c: small values of the library as Python objects, and statuses as exceptions. Knows no statement, match or
 * slip.
 */
#include "values.h"

#include <datetime.h>

PyObject *mt940py_from_name(const char *name)
{
    if (!name)
        Py_RETURN_NONE;
    return PyUnicode_FromString(name);
}

PyObject *mt940py_from_view(const struct mt940_view *view)
{
    if (!view->data)
        Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(view->data, (Py_ssize_t)view->length);
}

PyObject *mt940py_from_date(const struct mt940_date *date)
{
    if (date->year == 0)
        Py_RETURN_NONE;
    /* The pointer behind this macro belongs to each source file that includes datetime.h. */
    if (!PyDateTimeAPI)
        PyDateTime_IMPORT;
    if (!PyDateTimeAPI)
        return NULL;
    return PyDate_FromDate(date->year, date->month, date->day);
}

PyObject *mt940py_from_units(const struct mt940_amount *amount)
{
    char text[40];
    int digits = mt940_currency_digits(amount->currency, 3);
    int length = mt940_decimal_format(amount->units, amount->scale, digits < 0 ? 0 : digits, text);
    if (length < 0) {
        mt940py_raise(length, NULL);
        return NULL;
    }
    return PyUnicode_FromStringAndSize(text, length);
}

PyObject *mt940py_from_amount(const struct mt940_amount *amount)
{
    PyObject *units = mt940py_from_units(amount);
    return units ? Py_BuildValue("(Ns)", units, amount->currency) : NULL;
}

/* The class of a status; the table is generated with the classes themselves. New reference or NULL. */
static PyObject *exception_class(int status)
{
    PyObject *module = PyImport_ImportModule("mt940connect.errors");
    PyObject *table = module ? PyObject_GetAttrString(module, "BY_STATUS") : NULL;
    PyObject *key = table ? PyLong_FromLong(status) : NULL;
    PyObject *found = key ? PyObject_GetItem(table, key) : NULL;
    Py_XDECREF(key);
    Py_XDECREF(table);
    Py_XDECREF(module);
    return found;
}

static PyObject *exception_instance(PyObject *type, int status, const struct mt940_error *error)
{
    if (!error || error->status != status)
        return PyObject_CallFunction(type, "s", mt940_status_text(status));
    return PyObject_CallFunction(type, "siKIIs", error->text[0] ? error->text : mt940_status_text(status),
                                 (int)error->detail, (unsigned long long)error->offset, (unsigned int)error->line,
                                 (unsigned int)error->column, error->tag);
}

void mt940py_raise(int status, const struct mt940_error *error)
{
    if (PyErr_Occurred())
        return;
    PyObject *type = exception_class(status);
    if (!type)
        return;
    PyObject *instance = exception_instance(type, status, error);
    if (instance) {
        PyErr_SetObject(type, instance);
        Py_DECREF(instance);
    }
    Py_DECREF(type);
}
