/* SPDX-License-Identifier: Apache-2.0
 *
 * records.c: records between Python and C, by their descriptors. Knows no kind by name.
 */
#include "records.h"

#include <datetime.h>
#include <string.h>

/* New reference to an attribute; None where there is no object. */
static PyObject *attribute(PyObject *object, const char *name)
{
    if (!object || object == Py_None)
        Py_RETURN_NONE;
    return PyObject_GetAttrString(object, name);
}

/* The view of a str (or bytes) that `keep` holds on to. Takes `value` over. */
static int lend(PyObject *value, struct mt940_view *out, PyObject *keep)
{
    Py_ssize_t length = 0;
    int failed = !value;
    out->data = "";
    if (value && PyBytes_Check(value)) {
        out->data = PyBytes_AS_STRING(value);
        length = PyBytes_GET_SIZE(value);
    } else if (value && value != Py_None) {
        out->data = PyUnicode_AsUTF8AndSize(value, &length);
        failed = !out->data;
    }
    out->length = failed ? 0 : (size_t)length;
    failed = failed || PyList_Append(keep, value);
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* Takes `value` over. */
static int read_int(PyObject *value, int64_t *out)
{
    long long number = 0;
    if (value && value != Py_None)
        number = PyLong_AsLongLong(value);
    int failed = !value || (number == -1 && PyErr_Occurred());
    Py_XDECREF(value);
    *out = number;
    return failed ? -1 : 0;
}

/* Takes `value` over. */
static int read_date(PyObject *value, struct mt940_date *out)
{
    int failed = !value;
    memset(out, 0, sizeof(*out));
    if (!PyDateTimeAPI)
        PyDateTime_IMPORT;
    if (value && value != Py_None && PyDateTimeAPI && PyDate_Check(value)) {
        out->year = (int16_t)PyDateTime_GET_YEAR(value);
        out->month = (uint8_t)PyDateTime_GET_MONTH(value);
        out->day = (uint8_t)PyDateTime_GET_DAY(value);
    } else if (value && value != Py_None) {
        PyErr_Format(PyExc_TypeError, "a datetime.date is needed, not %s", Py_TYPE(value)->tp_name);
        failed = 1;
    }
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

int mt940py_get_text(PyObject *object, const char *name, struct mt940_view *out, PyObject *keep)
{
    return lend(attribute(object, name), out, keep);
}

int mt940py_get_int(PyObject *object, const char *name, int64_t *out)
{
    return read_int(attribute(object, name), out);
}

int mt940py_get_int32(PyObject *object, const char *name, int32_t *out)
{
    int64_t wide;
    if (mt940py_get_int(object, name, &wide))
        return -1;
    if (wide < INT32_MIN || wide > INT32_MAX) {
        PyErr_Format(PyExc_OverflowError, "%s is too large", name);
        return -1;
    }
    *out = (int32_t)wide;
    return 0;
}

int mt940py_get_date(PyObject *object, const char *name, struct mt940_date *out)
{
    return read_date(attribute(object, name), out);
}

int mt940py_get_views(PyObject *tuple, struct mt940_view *const *views, Py_ssize_t count)
{
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) != count) {
        PyErr_Format(PyExc_TypeError, "a tuple of %zd strings is needed", count);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t length;
        views[i]->data = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(tuple, i), &length);
        if (!views[i]->data)
            return -1;
        views[i]->length = (size_t)length;
    }
    return 0;
}

int mt940py_lend_texts(PyObject *fast, struct mt940_view *views, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_ssize_t length;
        views[i].data = PyUnicode_AsUTF8AndSize(PySequence_Fast_GET_ITEM(fast, i), &length);
        if (!views[i].data)
            return -1;
        views[i].length = (size_t)length;
    }
    return 0;
}

static int read_field(PyObject *object, const struct mt940_field *field, void *place, PyObject *keep)
{
    switch (field->type) {
    case MT940_TYPE_TEXT:
    case MT940_TYPE_BLOB:
        return mt940py_get_text(object, field->name, place, keep);
    case MT940_TYPE_DATE:
        return mt940py_get_date(object, field->name, place);
    default:
        return mt940py_get_int(object, field->name, place);
    }
}

int mt940py_record(PyObject *object, int32_t kind, void *record, PyObject *keep)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    struct mt940_error error = {.size = sizeof(error)};
    memset(record, 0, info->struct_size);
    for (int32_t i = 0; i < info->field_count; i++)
        if (read_field(object, &info->fields[i], (char *)record + info->fields[i].offset, keep))
            return -1;
    int status = mt940_record_check(kind, record, 0, &error);
    if (status < 0)
        mt940py_raise(status, &error);
    return status < 0 ? -1 : 0;
}

int mt940py_get_record(PyObject *object, const char *name, int32_t kind, void *room, const void **out, PyObject *keep)
{
    PyObject *value = attribute(object, name);
    int failed = !value || (value != Py_None && mt940py_record(value, kind, room, keep));
    *out = value && value != Py_None ? room : NULL;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

int mt940py_get_records(PyObject *object, const char *name, int32_t kind, void **out, size_t *count, PyObject *keep)
{
    PyObject *value = attribute(object, name);
    PyObject *fast = value ? PySequence_Fast(value, "a sequence of records is needed") : NULL;
    size_t size = mt940_kind_info(kind)->struct_size;
    size_t length = fast ? (size_t)PySequence_Fast_GET_SIZE(fast) : 0;
    char *array = fast ? PyMem_Calloc(length + 1, size) : NULL;
    int failed = !array;
    if (fast && !array)
        PyErr_NoMemory();
    for (size_t i = 0; !failed && i < length; i++)
        failed = mt940py_record(PySequence_Fast_GET_ITEM(fast, (Py_ssize_t)i), kind, array + i * size, keep);
    Py_XDECREF(fast);
    Py_XDECREF(value);
    if (failed)
        PyMem_Free(array);
    *out = failed ? NULL : array;
    *count = failed ? 0 : length;
    return failed ? -1 : 0;
}

PyObject *mt940py_from_text(const struct mt940_view *view)
{
    return PyUnicode_DecodeUTF8(view->length ? view->data : "", (Py_ssize_t)view->length, "strict");
}

int mt940py_put(PyObject *dict, const char *name, PyObject *value)
{
    int failed = !value || PyDict_SetItemString(dict, name, value);
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

int mt940py_append(PyObject *list, PyObject *item)
{
    int failed = !item || PyList_Append(list, item);
    Py_XDECREF(item);
    return failed ? -1 : 0;
}

static PyObject *from_field(const struct mt940_field *field, const void *place)
{
    const struct mt940_view *view = place;
    int64_t number;
    switch (field->type) {
    case MT940_TYPE_TEXT:
        return mt940py_from_text(view);
    case MT940_TYPE_BLOB:
        return PyBytes_FromStringAndSize(view->data, (Py_ssize_t)view->length);
    case MT940_TYPE_DATE:
        return mt940py_from_date(place);
    default:
        memcpy(&number, place, sizeof(number));
        return field->type == MT940_TYPE_FLAG ? PyBool_FromLong(number != 0) : PyLong_FromLongLong(number);
    }
}

/* The class of a kind: "customer_bank" is CustomerBank. New reference or NULL. */
static PyObject *record_class(const char *name)
{
    char title[64];
    size_t length = 0;
    int upper = 1;
    for (; *name && length + 1 < sizeof(title); name++) {
        if (*name != '_')
            title[length++] = upper && *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;
        upper = *name == '_';
    }
    title[length] = '\0';
    PyObject *module = PyImport_ImportModule("mt940connect.records");
    PyObject *found = module ? PyObject_GetAttrString(module, title) : NULL;
    Py_XDECREF(module);
    return found;
}

PyObject *mt940py_from_record(int32_t kind, const void *record)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    PyObject *type = record_class(info->name);
    PyObject *object = type ? PyObject_CallNoArgs(type) : NULL;
    for (int32_t i = 0; object && i < info->field_count; i++) {
        PyObject *value = from_field(&info->fields[i], (const char *)record + info->fields[i].offset);
        if (!value || PyObject_SetAttrString(object, info->fields[i].name, value))
            Py_CLEAR(object);
        Py_XDECREF(value);
    }
    Py_XDECREF(type);
    return object;
}
