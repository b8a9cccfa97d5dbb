/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_exchange.c: what banks are told and what they answer, between Python objects and the pure functions of the library.
 */
#include "dbs_exchange.h"

#include <string.h>

#include "records.h"

/* ---- Layouts ---- */

static const char capsule_name[] = "mt940connect.layout";

/* NULL with an exception when it is something else. */
static const struct mt940_dbs_layout *layout_of(PyObject *layout)
{
    return PyCapsule_GetPointer(layout, capsule_name);
}

static void free_layout(PyObject *layout)
{
    mt940_dbs_layout_free(PyCapsule_GetPointer(layout, capsule_name));
}

PyObject *mt940py_layout_find(const char *name, const char *bank)
{
    const struct mt940_dbs_layout *found = mt940_dbs_layout_find(name, bank);
    if (!found) {
        mt940py_raise(MT940_E_NOT_FOUND, NULL);
        return NULL;
    }
    return PyCapsule_New((void *)(uintptr_t)found, capsule_name, NULL);
}

PyObject *mt940py_layout_name(PyObject *layout)
{
    const struct mt940_dbs_layout *known = layout_of(layout);
    return known ? mt940py_from_name(known->name) : NULL;
}

/* ---- Findings ---- */

struct collecting {
    PyObject *answers, *findings;
    const char *language;
};

static int take_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct collecting *collecting = user;
    char text[2048];
    int length = mt940_message_format(finding->message, finding->args, finding->arg_count, collecting->language, text,
                                      sizeof(text));
    PyObject *words = length >= 0 && length < (int)sizeof(text)
                          ? PyUnicode_FromStringAndSize(text, length)
                          : mt940py_from_name(mt940_message_name(finding->message));
    return mt940py_append(collecting->findings,
                          words ? Py_BuildValue("(isIIN)", (int)finding->severity, mt940_message_name(finding->message),
                                                (unsigned)finding->line, (unsigned)finding->column, words)
                                : NULL)
               ? 1
               : 0;
}

PyObject *mt940py_layout_read(const void *bytes, size_t length, const char *language)
{
    struct collecting collecting = {NULL, PyList_New(0), language};
    const struct mt940_dbs_answer_sink sink = {.size = sizeof(sink), .user = &collecting, .finding = take_finding};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_dbs_layout *layout = NULL;
    PyObject *capsule = NULL;
    int status = collecting.findings ? mt940_dbs_layout_read(bytes, length, NULL, &sink, &layout, &error)
                                     : MT940_E_MEMORY;
    if (status == MT940_OK)
        capsule = PyCapsule_New(layout, capsule_name, free_layout);
    else if (status == MT940_E_FORMAT && !PyErr_Occurred())
        capsule = (Py_INCREF(Py_None), Py_None);
    else
        mt940py_raise(status, &error);
    if (!capsule && layout)
        mt940_dbs_layout_free(layout);
    if (capsule)
        return Py_BuildValue("(NN)", capsule, collecting.findings);
    Py_XDECREF(collecting.findings);
    return NULL;
}

/* ---- What a bank is told ---- */

PyObject *mt940py_order_decide(PyObject *request)
{
    struct mt940_dbs_wish wish = {.size = sizeof(wish)};
    struct mt940_payment row;
    struct mt940_invoice invoice;
    struct mt940_dbs_order order, out;
    const void *at[3] = {NULL, NULL, NULL};
    int32_t record = 0;
    PyObject *keep = PyList_New(0), *result = NULL;
    memset(&out, 0, sizeof(out));
    if (keep && !mt940py_get_record(request, "row", MT940_KIND_PAYMENT, &row, &at[0], keep) &&
        !mt940py_get_record(request, "invoice", MT940_KIND_INVOICE, &invoice, &at[1], keep) &&
        !mt940py_get_record(request, "order", MT940_KIND_DBS_ORDER, &order, &at[2], keep) &&
        !mt940py_get_int(request, "collected", &wish.collected) && !mt940py_get_int32(request, "again", &wish.again)) {
        wish.row = at[0];
        wish.invoice = at[1];
        wish.order = at[2];
        int status = mt940_dbs_order_decide(&wish, &out, &record);
        if (status < 0)
            mt940py_raise(status, NULL);
        else
            result = Py_BuildValue("(iN)", (int)record,
                                   record ? mt940py_from_record(MT940_KIND_DBS_ORDER, &out) : (Py_INCREF(Py_None), Py_None));
    }
    Py_XDECREF(keep);
    return result;
}

static int read_row(PyObject *object, struct mt940_dbs_export_row *row, struct mt940_dbs_order *order, PyObject *keep)
{
    const void *at = NULL;
    if (mt940py_get_record(object, "order", MT940_KIND_DBS_ORDER, order, &at, keep) ||
        mt940py_get_int(object, "row", &row->row) || mt940py_get_text(object, "branch", &row->branch, keep) ||
        mt940py_get_text(object, "account", &row->account, keep) || mt940py_get_text(object, "iban", &row->iban, keep) ||
        mt940py_get_text(object, "collection_iban", &row->collection_iban, keep))
        return -1;
    if (!at)
        PyErr_SetString(PyExc_TypeError, "a row needs its order");
    row->order = at;
    return at ? 0 : -1;
}

static PyObject *write_file(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *rows, size_t count)
{
    size_t length = 0;
    int status = mt940_dbs_export_write(layout, rows, count, NULL, 0, &length);
    PyObject *bytes = status == MT940_OK || status == MT940_E_LIMIT ? PyBytes_FromStringAndSize(NULL, (Py_ssize_t)length)
                                                                    : NULL;
    if (bytes)
        status = mt940_dbs_export_write(layout, rows, count, PyBytes_AS_STRING(bytes), length, &length);
    if (status < 0) {
        mt940py_raise(status, NULL);
        Py_CLEAR(bytes);
    }
    return bytes;
}

PyObject *mt940py_orders_write(PyObject *layout, PyObject *rows)
{
    const struct mt940_dbs_layout *known = layout_of(layout);
    PyObject *fast = PySequence_Fast(rows, "a sequence of rows is needed"), *keep = PyList_New(0), *result = NULL;
    size_t count = fast ? (size_t)PySequence_Fast_GET_SIZE(fast) : 0;
    struct mt940_dbs_export_row *list = PyMem_Calloc(count + 1, sizeof(*list));
    struct mt940_dbs_order *orders = PyMem_Calloc(count + 1, sizeof(*orders));
    int failed = !known || !fast || !keep || !list || !orders;
    if (known && fast && keep && failed)
        PyErr_NoMemory();
    for (size_t i = 0; !failed && i < count; i++)
        failed = read_row(PySequence_Fast_GET_ITEM(fast, (Py_ssize_t)i), &list[i], &orders[i], keep);
    if (!failed)
        result = write_file(known, list, count);
    PyMem_Free(orders);
    PyMem_Free(list);
    Py_XDECREF(keep);
    Py_XDECREF(fast);
    return result;
}

/* ---- What it answers ---- */

static int take_answer(void *user, const struct mt940_dbs_answer *answer)
{
    struct collecting *collecting = user;
    PyObject *dict = PyDict_New();
    int failed = !dict || mt940py_put(dict, "line", PyLong_FromUnsignedLong(answer->line)) ||
                 mt940py_put(dict, "state", PyLong_FromLong(answer->state)) ||
                 mt940py_put(dict, "run", PyLong_FromLongLong(answer->run)) ||
                 mt940py_put(dict, "bank", mt940py_from_text(&answer->bank)) ||
                 mt940py_put(dict, "reference", mt940py_from_text(&answer->reference)) ||
                 mt940py_put(dict, "invoice", mt940py_from_text(&answer->invoice)) ||
                 mt940py_put(dict, "row", PyLong_FromLongLong(answer->row)) ||
                 mt940py_put(dict, "customer", mt940py_from_text(&answer->customer)) ||
                 mt940py_put(dict, "code", mt940py_from_text(&answer->code)) ||
                 mt940py_put(dict, "text", mt940py_from_text(&answer->text)) ||
                 mt940py_put(dict, "paid", answer->paid.scale < 0 ? (Py_INCREF(Py_None), Py_None)
                                                                  : mt940py_from_units(&answer->paid));
    if (failed)
        Py_CLEAR(dict);
    return mt940py_append(collecting->answers, dict) ? 1 : 0;
}

PyObject *mt940py_answers_read(PyObject *layout, const void *bytes, size_t length, const char *language)
{
    struct collecting collecting = {PyList_New(0), PyList_New(0), language};
    const struct mt940_dbs_answer_sink sink = {.size = sizeof(sink), .user = &collecting, .answer = take_answer,
                                               .finding = take_finding};
    const struct mt940_dbs_answer_options options = {.size = sizeof(options), .layout = layout_of(layout)};
    struct mt940_error error = {.size = sizeof(error)};
    PyObject *result = NULL;
    int status = MT940_E_MEMORY;
    if (options.layout && collecting.answers && collecting.findings)
        status = mt940_dbs_answer_read(bytes, length, &options, &sink, &error);
    if (status == MT940_OK && !PyErr_Occurred())
        result = Py_BuildValue("(OO)", collecting.answers, collecting.findings);
    else
        mt940py_raise(status, &error);
    Py_XDECREF(collecting.answers);
    Py_XDECREF(collecting.findings);
    return result;
}

static int read_answer(PyObject *object, struct mt940_dbs_answer *answer, PyObject *keep)
{
    int64_t scale;
    answer->size = sizeof(*answer);
    if (mt940py_get_int32(object, "state", &answer->state) || mt940py_get_int(object, "run", &answer->run) ||
        mt940py_get_int(object, "row", &answer->row) || mt940py_get_text(object, "bank", &answer->bank, keep) ||
        mt940py_get_text(object, "code", &answer->code, keep) || mt940py_get_text(object, "text", &answer->text, keep) ||
        mt940py_get_int(object, "paid_units", &answer->paid.units) || mt940py_get_int(object, "paid_scale", &scale))
        return -1;
    answer->paid.scale = (int32_t)scale;
    return 0;
}

PyObject *mt940py_order_answer(PyObject *order, PyObject *answer, int64_t at)
{
    struct mt940_dbs_order before, after;
    struct mt940_dbs_answer said;
    int32_t message = 0;
    PyObject *keep = PyList_New(0), *result = NULL;
    memset(&said, 0, sizeof(said));
    if (keep && !mt940py_record(order, MT940_KIND_DBS_ORDER, &before, keep) && !read_answer(answer, &said, keep)) {
        int changed = mt940_dbs_order_answer(&before, &said, at, &after, &message);
        if (changed < 0)
            mt940py_raise(changed, NULL);
        else
            result = Py_BuildValue("(NNN)", PyBool_FromLong(changed),
                                   changed ? mt940py_from_record(MT940_KIND_DBS_ORDER, &after)
                                           : (Py_INCREF(Py_None), Py_None),
                                   mt940py_from_name(message ? mt940_message_name(message) : NULL));
    }
    Py_XDECREF(keep);
    return result;
}
