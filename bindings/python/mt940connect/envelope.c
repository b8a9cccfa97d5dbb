/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope.c: envelopes as dicts. Blocks are ASCII; other bytes come as their Latin-1 letters, so that none is lost.
 */
#include "envelope.h"

/* Where the bytes of the blocks stand in the file. */
struct origin {
    const struct mt940_view *head, *behind;
    uint64_t head_offset, behind_offset;
};

static PyObject *text_of(const struct mt940_view *view)
{
    return PyUnicode_DecodeLatin1(view->length ? view->data : "", (Py_ssize_t)view->length, NULL);
}

static PyObject *letter(char c)
{
    return PyUnicode_DecodeLatin1(&c, c ? 1 : 0, NULL);
}

/* Puts a value that is being given away into a dict; 0, or -1. */
static int set(PyObject *dict, const char *name, PyObject *value)
{
    int failed = value ? PyDict_SetItemString(dict, name, value) : -1;
    Py_XDECREF(value);
    return failed;
}

static PyObject *fields_of(const struct mt940_envelope *envelope)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < envelope->field_count; i++) {
        const struct mt940_envelope_field *field = &envelope->fields[i];
        PyObject *row = Py_BuildValue("(NNN)", letter(field->block), text_of(&field->tag), text_of(&field->value));
        if (!row || PyList_Append(list, row))
            Py_CLEAR(list);
        Py_XDECREF(row);
    }
    return list;
}

static int is_in(const struct mt940_view *view, const char *at)
{
    return view && view->data && (uintptr_t)at >= (uintptr_t)view->data &&
           (uintptr_t)at <= (uintptr_t)(view->data + view->length);
}

static unsigned long long offset_of(const struct origin *origin, const char *at)
{
    if (is_in(origin->head, at))
        return origin->head_offset + (uint64_t)(at - origin->head->data);
    return is_in(origin->behind, at) ? origin->behind_offset + (uint64_t)(at - origin->behind->data) : 0;
}

static PyObject *flaws_of(const struct mt940_envelope *envelope, const struct origin *origin)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < envelope->flaw_count; i++) {
        const struct mt940_envelope_flaw *flaw = &envelope->flaws[i];
        PyObject *row = Py_BuildValue("(sNKO)", flaw->rule, letter(flaw->block), offset_of(origin, flaw->at),
                                      flaw->damaged ? Py_True : Py_False);
        if (!row || PyList_Append(list, row))
            Py_CLEAR(list);
        Py_XDECREF(row);
    }
    return list;
}

static int set_headers(PyObject *dict, const struct mt940_envelope *envelope)
{
    return set(dict, "application", letter(envelope->application)) ||
           set(dict, "service", PyUnicode_DecodeLatin1(envelope->service, envelope->service[0] ? 2 : 0, NULL)) ||
           set(dict, "direction", letter(envelope->direction)) || set(dict, "type", PyLong_FromLong(envelope->type)) ||
           set(dict, "sender", PyUnicode_FromString(envelope->sender)) ||
           set(dict, "receiver", PyUnicode_FromString(envelope->receiver)) ||
           set(dict, "session", text_of(&envelope->session)) || set(dict, "sequence", text_of(&envelope->sequence)) ||
           set(dict, "mir", text_of(&envelope->mir)) ||
           set(dict, "input_date", mt940py_from_date(&envelope->input_date)) ||
           set(dict, "input_time", PyLong_FromLong(envelope->input_time)) ||
           set(dict, "output_date", mt940py_from_date(&envelope->output_date)) ||
           set(dict, "output_time", PyLong_FromLong(envelope->output_time)) ||
           set(dict, "priority", letter(envelope->priority)) || set(dict, "delivery", letter(envelope->delivery)) ||
           set(dict, "obsolescence", text_of(&envelope->obsolescence));
}

static PyObject *dict_of(const struct mt940_envelope *envelope, const struct origin *origin)
{
    PyObject *dict = PyDict_New();
    if (dict && (set_headers(dict, envelope) || set(dict, "fields", fields_of(envelope)) ||
                 set(dict, "flaws", flaws_of(envelope, origin)) ||
                 set(dict, "marks", PyLong_FromUnsignedLong(envelope->marks)) ||
                 set(dict, "answer", PyLong_FromLong(envelope->answer)) ||
                 set(dict, "length", PyLong_FromSize_t(envelope->length))))
        Py_CLEAR(dict);
    return dict;
}

PyObject *mt940py_envelope(const void *bytes, size_t length)
{
    struct mt940_envelope envelope = {.size = sizeof(envelope)};
    struct mt940_view message = {bytes, length};
    struct origin origin = {&message, NULL, 0, 0};
    if (mt940_envelope_read(&message, NULL, &envelope) < 0)
        Py_RETURN_NONE;
    return dict_of(&envelope, &origin);
}

PyObject *mt940py_statement_envelope(const struct mt940_statement *statement)
{
    struct mt940_envelope envelope = {.size = sizeof(envelope)};
    struct origin origin = {&statement->header.envelope, &statement->trailer.envelope,
                            statement->header.envelope_offset, statement->trailer.envelope_offset};
    if (!statement->header.envelope.data || mt940_statement_envelope(statement, &envelope) < 0)
        Py_RETURN_NONE;
    return dict_of(&envelope, &origin);
}
