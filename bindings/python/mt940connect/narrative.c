/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative.c: mt940_narrative_read() with room of its own and Python objects out.
 */
#include "narrative.h"

#include <string.h>

#include "records.h"

/* Sub-fields read the first time; what has more is read again. */
#define USUAL_FIELDS 64

static PyObject *list_of(const struct mt940_narrative_field *fields, size_t count)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *field = Py_BuildValue("(NNNi)", mt940py_from_text(&fields[i].code),
                                        mt940py_from_text(&fields[i].value),
                                        mt940py_from_name(mt940_narrative_value_name(fields[i].meaning)),
                                        (int)fields[i].level);
        if (mt940py_append(list, field))
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *values_of(const struct mt940_narrative *narrative)
{
    PyObject *dict = PyDict_New();
    for (int32_t value = 1; dict && value < MT940_NARRATIVE_VALUE_COUNT; value++)
        if (narrative->values[value].length &&
            mt940py_put(dict, mt940_narrative_value_name(value), mt940py_from_text(&narrative->values[value])))
            Py_CLEAR(dict);
    return dict;
}

static PyObject *from_narrative(const struct mt940_narrative *narrative, const struct mt940_narrative_field *fields)
{
    return Py_BuildValue("(sNsNN)", mt940_narrative_dialect_name(narrative->dialect),
                         mt940py_from_text(&narrative->text), narrative->iban,
                         list_of(fields, narrative->field_count), values_of(narrative));
}

/* A reading with the memory it lies in. */
struct reading {
    struct mt940_narrative narrative;
    struct mt940_narrative_field *fields;
    char *buffer;
};

/* Returns 0 or a status; release_reading() is owed either way. */
static int read_narrative(const struct mt940_view *raw, int32_t charset, int sign, struct reading *out)
{
    struct mt940_narrative_input input = {.size = sizeof(input), .raw = *raw, .charset = charset, .sign = sign};
    size_t room = mt940_narrative_room(raw->length);
    size_t capacity = 0;
    memset(out, 0, sizeof(*out));
    out->narrative.size = sizeof(out->narrative);
    out->narrative.field_count = USUAL_FIELDS;
    out->buffer = PyMem_Malloc(room + 1);
    int status = out->buffer ? MT940_OK : MT940_E_MEMORY;
    while (!status && out->narrative.field_count > capacity) {
        capacity = out->narrative.field_count;
        PyMem_Free(out->fields);
        out->fields = PyMem_Calloc(capacity, sizeof(*out->fields));
        status = out->fields ? mt940_narrative_read(&input, out->buffer, room, out->fields, capacity, &out->narrative)
                             : MT940_E_MEMORY;
    }
    return status;
}

static void release_reading(struct reading *reading)
{
    PyMem_Free(reading->fields);
    PyMem_Free(reading->buffer);
}

PyObject *mt940py_narrative(int32_t charset, int sign, const void *bytes, size_t length)
{
    struct mt940_view raw = {bytes, length};
    struct reading reading;
    PyObject *result = NULL;
    int status = read_narrative(&raw, charset, sign, &reading);
    if (status)
        mt940py_raise(status, NULL);
    else
        result = from_narrative(&reading.narrative, reading.fields);
    release_reading(&reading);
    return result;
}

PyObject *mt940py_entry_narrative(const struct mt940_statement *statement, size_t index, int32_t charset)
{
    const struct mt940_entry *entry = &statement->entries[index];
    struct reading reading, supplementary;
    PyObject *result = NULL;
    if (index >= statement->entry_count)
        Py_RETURN_NONE;
    int sign = mt940_mark_sign(entry->mark);
    int status = read_narrative(&entry->narrative, charset, sign, &reading);
    int other = read_narrative(&entry->supplementary, charset, sign, &supplementary);
    if (!status)
        status = other ? other : mt940_narrative_complete(&reading.narrative, &supplementary.narrative);
    if (status)
        mt940py_raise(status, NULL);
    else
        result = from_narrative(&reading.narrative, reading.fields);
    release_reading(&supplementary);
    release_reading(&reading);
    return result;
}
