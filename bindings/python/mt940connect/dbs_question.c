/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs_question.c: what a credit manager asks, with records in and plain numbers out; dbs.py gives them names.
 */
#include "dbs.h"

#include "records.h"

static PyObject *refused(int status)
{
    mt940py_raise(status, NULL);
    return NULL;
}

PyObject *mt940py_dbs_room(PyObject *object, int32_t parts)
{
    struct mt940_customer_bank record;
    PyObject *keep = PyList_New(0), *result = NULL;
    int64_t available = 0;
    int32_t utilisation = 0;
    if (keep && !mt940py_record(object, MT940_KIND_CUSTOMER_BANK, &record, keep)) {
        int status = mt940_dbs_available(&record, &available);
        int known = mt940_dbs_utilisation(&record, &utilisation);
        if (status < 0)
            refused(status);
        else
            result = Py_BuildValue("(LNN)", (long long)available,
                                   known == 0 ? PyLong_FromLong(utilisation) : (Py_INCREF(Py_None), Py_None),
                                   PyBool_FromLong(mt940_dbs_crossed(&record, parts)));
    }
    Py_XDECREF(keep);
    return result;
}

static PyObject *from_ages(const struct mt940_dbs_ageing *ageing)
{
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < MT940_DBS_AGES; i++)
        if (mt940py_append(list, Py_BuildValue("(LL)", (long long)ageing->open[i], (long long)ageing->rows[i])))
            Py_CLEAR(list);
    return list;
}

PyObject *mt940py_dbs_ages(PyObject *request)
{
    struct mt940_dbs_ageing ageing = {.size = sizeof(ageing)};
    struct mt940_date today;
    int64_t slot;
    int32_t option_days;
    void *rows = NULL;
    size_t count = 0;
    PyObject *keep = PyList_New(0), *result = NULL;
    if (keep && !mt940py_get_date(request, "today", &today) && !mt940py_get_int(request, "slot", &slot) &&
        !mt940py_get_int32(request, "option_days", &option_days) &&
        !mt940py_get_records(request, "rows", MT940_KIND_PAYMENT, &rows, &count, keep)) {
        int status = mt940_dbs_age_rows(rows, count, slot, &today, option_days, &ageing);
        result = status < 0 ? refused(status) : from_ages(&ageing);
    }
    PyMem_Free(rows);
    Py_XDECREF(keep);
    return result;
}
