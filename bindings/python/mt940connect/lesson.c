/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson.c: lessons between Python and C. Keeps none: where they are stored is the script's business.
 */
#include "lesson.h"

#include "facts.h"
#include "records.h"

int mt940py_lesson_policy_read(PyObject *object, struct mt940_lesson_policy *policy)
{
    policy->size = sizeof(*policy);
    mt940_lesson_policy_init(policy);
    if (object == Py_None)
        return 0;
    if (mt940py_get_int32(object, "confirmations", &policy->confirmations) ||
        mt940py_get_int32(object, "rejections", &policy->rejections) ||
        mt940py_get_int32(object, "half_life", &policy->half_life))
        return -1;
    return 0;
}

PyObject *mt940py_lesson_keys(const struct mt940_directory *directory, PyObject *texts, PyObject *own, int sign)
{
    struct mt940_facts facts;
    struct mt940_lesson_keys keys = {.size = sizeof(keys)};
    if (mt940py_facts_read(texts, own, sign, &facts))
        return NULL;
    int status = mt940_lesson_keys_read(directory, &facts, &keys);
    if (status < 0) {
        mt940py_raise(status, NULL);
        return NULL;
    }
    PyObject *list = PyList_New(0);
    for (uint32_t i = 0; list && i < keys.count; i++)
        if (mt940py_append(list, Py_BuildValue("(is#)", (int)keys.key[i].basis, keys.key[i].value,
                                               (Py_ssize_t)keys.key[i].length)))
            Py_CLEAR(list);
    return list;
}

PyObject *mt940py_lesson_teach(PyObject *policy, int event, long long now, PyObject *lesson)
{
    struct mt940_lesson_policy used;
    struct mt940_lesson record;
    PyObject *result = NULL;
    PyObject *keep = PyList_New(0);
    if (keep && !mt940py_lesson_policy_read(policy, &used) && !mt940py_record(lesson, MT940_KIND_LESSON, &record, keep)) {
        int status = mt940_lesson_teach(&used, event, now, &record);
        if (status < 0)
            mt940py_raise(status, NULL);
        else
            result = mt940py_from_record(MT940_KIND_LESSON, &record);
    }
    Py_XDECREF(keep);
    return result;
}

PyObject *mt940py_lesson_weigh(PyObject *policy, PyObject *lesson, long long now)
{
    struct mt940_lesson_policy used;
    struct mt940_lesson record;
    struct mt940_lesson_worth worth = {.size = sizeof(worth)};
    PyObject *result = NULL;
    PyObject *keep = PyList_New(0);
    if (keep && !mt940py_lesson_policy_read(policy, &used) && !mt940py_record(lesson, MT940_KIND_LESSON, &record, keep)) {
        int status = mt940_lesson_weigh(&used, &record, now, &worth);
        if (status < 0)
            mt940py_raise(status, NULL);
        else
            result = Py_BuildValue("(iNNi)", (int)worth.weight, PyBool_FromLong(worth.decides),
                                   PyBool_FromLong(worth.refused), (int)worth.strength);
    }
    Py_XDECREF(keep);
    return result;
}
