/* SPDX-License-Identifier: Apache-2.0
 *
 * reconcile.c: mt940_reconcile_begin() to _end() with records in and a dict out; amounts become Decimal in
 * reconcile.py.
 */
#include "reconcile.h"

#include "mt940connect/reconcile.h"
#include "records.h"

struct reconciling {
    struct mt940_reconciliation out;
    struct mt940_date start_date;
};

static int fail(int status)
{
    if (status)
        mt940py_raise(status, NULL);
    return status ? -1 : 0;
}

static int tell_movement(struct reconciling *work, PyObject *object, PyObject *keep)
{
    struct mt940_movement room;
    struct mt940_date slip_date = {0, 0, 0};
    const void *movement = NULL;
    if (mt940py_get_record(object, "movement", MT940_KIND_MOVEMENT, &room, &movement, keep) ||
        mt940py_get_date(object, "slip_date", &slip_date))
        return -1;
    return fail(mt940_reconcile_movement(&work->out, movement, &work->start_date, slip_date.year ? &slip_date : NULL));
}

static int tell_line(struct reconciling *work, PyObject *object, PyObject *keep)
{
    struct mt940_slip slip_room;
    struct mt940_slip_line line_room;
    const void *slip = NULL, *line = NULL;
    int32_t has_movement = 0;
    if (mt940py_get_record(object, "slip", MT940_KIND_SLIP, &slip_room, &slip, keep) ||
        mt940py_get_record(object, "line", MT940_KIND_SLIP_LINE, &line_room, &line, keep) ||
        mt940py_get_int32(object, "has_movement", &has_movement))
        return -1;
    return fail(mt940_reconcile_line(&work->out, slip, line, has_movement));
}

/* Tells of each element; what its texts rest on is let go when it was told. */
static int tell_all(struct reconciling *work, PyObject *sequence,
                    int (*tell)(struct reconciling *work, PyObject *object, PyObject *keep))
{
    PyObject *fast = PySequence_Fast(sequence, "a sequence is needed");
    int failed = !fast;
    for (Py_ssize_t i = 0; !failed && i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *keep = PyList_New(0);
        failed = !keep || tell(work, PySequence_Fast_GET_ITEM(fast, i), keep);
        Py_XDECREF(keep);
    }
    Py_XDECREF(fast);
    return failed ? -1 : 0;
}

static PyObject *from_parts(const struct mt940_reconciliation *out)
{
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < MT940_RECONCILE_PARTS; i++)
        if (mt940py_append(list, Py_BuildValue("(LI)", (long long)out->parts[i], (unsigned)out->counts[i])))
            Py_CLEAR(list);
    return list;
}

static PyObject *from_reconciliation(const struct mt940_reconciliation *out)
{
    PyObject *dict = PyDict_New();
    if (dict && (mt940py_put(dict, "books", PyLong_FromLongLong(out->books)) ||
                 mt940py_put(dict, "difference", PyLong_FromLongLong(out->difference)) ||
                 mt940py_put(dict, "unexplained", PyLong_FromLongLong(out->unexplained)) ||
                 mt940py_put(dict, "parts", from_parts(out))))
        Py_CLEAR(dict);
    return dict;
}

PyObject *mt940py_reconcile(PyObject *request, PyObject *movements, PyObject *lines)
{
    struct reconciling work = {.out = {.size = sizeof work.out}};
    struct mt940_reconciliation *out = &work.out;
    struct mt940_date date;
    int32_t has_books = 0;
    int64_t books = 0;
    if (mt940py_get_date(request, "date", &date) || mt940py_get_date(request, "start_date", &work.start_date) ||
        fail(mt940_reconcile_begin(out, &date)) || tell_all(&work, movements, tell_movement) ||
        tell_all(&work, lines, tell_line) || mt940py_get_int32(request, "has_bank", &out->has_bank) ||
        mt940py_get_int(request, "bank", &out->bank) || mt940py_get_date(request, "bank_date", &out->bank_date) ||
        mt940py_get_int(request, "opening", &out->opening) ||
        mt940py_get_date(request, "opening_date", &out->opening_date) ||
        mt940py_get_int32(request, "has_books", &has_books) || mt940py_get_int(request, "books", &books) ||
        fail(mt940_reconcile_end(out, has_books ? &books : NULL)))
        return NULL;
    return from_reconciliation(out);
}
