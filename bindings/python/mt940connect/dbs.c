/* SPDX-License-Identifier: Apache-2.0
 *
 * dbs.c: mt940_dbs_decide() with records in and dicts out; what the figures mean is told by dbs.py.
 */
#include "dbs.h"

#include "records.h"

/* An array out of a Python sequence: what the element reader of each makes of an object. */
typedef int (*reader)(PyObject *object, void *element, PyObject *keep);

static int read_effect(PyObject *object, void *element, PyObject *keep)
{
    struct mt940_dbs_effect *effect = element;
    return mt940py_get_text(object, "customer", &effect->customer, keep) ||
           mt940py_get_int(object, "slot", &effect->slot) || mt940py_get_int(object, "delta", &effect->delta) ||
           mt940py_get_int32(object, "event", &effect->event);
}

static int read_consent(PyObject *object, void *element, PyObject *keep)
{
    struct mt940_dbs_consent *consent = element;
    return mt940py_get_int32(object, "message", &consent->message) ||
           mt940py_get_text(object, "customer", &consent->customer, keep) ||
           mt940py_get_int(object, "slot", &consent->slot) || mt940py_get_int(object, "excess", &consent->excess);
}

static int read_sale(PyObject *object, void *element, PyObject *keep)
{
    struct mt940_dbs_sale *sale = element;
    return mt940py_get_text(object, "customer", &sale->customer, keep) ||
           mt940py_get_int(object, "slot", &sale->slot) || mt940py_get_int(object, "amount", &sale->amount);
}

static int read_array(PyObject *request, const char *name, size_t size, reader read, void **out, size_t *count,
                      PyObject *keep)
{
    PyObject *value = PyObject_GetAttrString(request, name);
    PyObject *fast = value ? PySequence_Fast(value, "a sequence is needed") : NULL;
    size_t length = fast ? (size_t)PySequence_Fast_GET_SIZE(fast) : 0;
    char *array = fast ? PyMem_Calloc(length + 1, size) : NULL;
    int failed = !array;
    if (fast && !array)
        PyErr_NoMemory();
    for (size_t i = 0; !failed && i < length; i++)
        failed = read(PySequence_Fast_GET_ITEM(fast, (Py_ssize_t)i), array + i * size, keep);
    Py_XDECREF(fast);
    Py_XDECREF(value);
    *out = array;
    *count = failed ? 0 : length;
    return failed ? -1 : 0;
}

static PyObject *notice_text(const struct mt940_dbs_figure *figure, const char *language)
{
    struct mt940_dbs_notice notice;
    struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];
    char text[512];
    if (!mt940_dbs_figure_notice(figure, &notice))
        Py_RETURN_NONE;
    mt940_dbs_notice_args(&notice, args);
    int length = mt940_message_format(notice.message, args, MT940_DBS_NOTICE_ARGS, language, text, sizeof(text));
    if (length < 0 || length >= (int)sizeof(text))
        return mt940py_from_name(mt940_message_name(notice.message));
    return PyUnicode_FromStringAndSize(text, length);
}

static PyObject *from_figure(const struct mt940_dbs_figure *figure, const char *language)
{
    PyObject *dict = PyDict_New();
    int failed = !dict || mt940py_put(dict, "customer", mt940py_from_text(&figure->customer)) ||
                 mt940py_put(dict, "slot", PyLong_FromLongLong(figure->slot)) ||
                 mt940py_put(dict, "branch", mt940py_from_text(&figure->branch)) ||
                 mt940py_put(dict, "currency", mt940py_from_text(&figure->currency)) ||
                 mt940py_put(dict, "limit", PyLong_FromLongLong(figure->limit)) ||
                 mt940py_put(dict, "before", PyLong_FromLongLong(figure->before)) ||
                 mt940py_put(dict, "delta", PyLong_FromLongLong(figure->delta)) ||
                 mt940py_put(dict, "after", PyLong_FromLongLong(figure->after)) ||
                 mt940py_put(dict, "excess", PyLong_FromLongLong(figure->excess)) ||
                 mt940py_put(dict, "control", PyLong_FromLong(figure->control)) ||
                 mt940py_put(dict, "outcome", PyLong_FromLong(figure->outcome)) ||
                 mt940py_put(dict, "event", PyLong_FromLong(figure->event)) ||
                 mt940py_put(dict, "consented", PyBool_FromLong(figure->consented)) ||
                 mt940py_put(dict, "message", mt940py_from_name(mt940_message_name(figure->message))) ||
                 mt940py_put(dict, "text", notice_text(figure, language));
    if (failed)
        Py_CLEAR(dict);
    return dict;
}

/* (outcome, [figure, …]), or the exception of a status. */
static PyObject *answer(int status, int32_t outcome, const struct mt940_dbs_figure *figures, size_t count,
                        const char *language)
{
    PyObject *list = NULL;
    if (status < 0)
        mt940py_raise(status, NULL);
    else
        list = PyList_New(0);
    for (size_t i = 0; list && i < count; i++)
        if (mt940py_append(list, from_figure(&figures[i], language)))
            Py_CLEAR(list);
    return list ? Py_BuildValue("(iN)", (int)outcome, list) : NULL;
}

static PyObject *decide(const struct mt940_dbs_check *check, const char *language)
{
    struct mt940_dbs_figure *figures = PyMem_Calloc(check->effect_count + 1, sizeof(*figures));
    size_t count = 0;
    int32_t outcome = 0;
    int status = figures ? mt940_dbs_decide(check, figures, check->effect_count + 1, &count, &outcome) : MT940_E_MEMORY;
    PyObject *result = answer(status, outcome, figures, count, language);
    PyMem_Free(figures);
    return result;
}

static PyObject *what_if(const struct mt940_dbs_check *check, const struct mt940_dbs_sale *sales, size_t count,
                         const char *language)
{
    struct mt940_dbs_figure *figures = PyMem_Calloc(count + 1, sizeof(*figures));
    int64_t *totals = PyMem_Calloc(check->bank_count + 1, sizeof(*totals));
    int32_t outcome = 0;
    int status = figures && totals ? mt940_dbs_what_if(check, sales, count, figures, totals, &outcome) : MT940_E_MEMORY;
    PyObject *result = answer(status, outcome, figures, count, language);
    PyMem_Free(totals);
    PyMem_Free(figures);
    return result;
}

PyObject *mt940py_dbs_decide(PyObject *request, const char *language)
{
    struct mt940_dbs_check check = {.size = sizeof(check)};
    void *banks = NULL, *effects = NULL, *consents = NULL;
    PyObject *result = NULL;
    PyObject *keep = PyList_New(0);
    if (keep && !mt940py_get_text(request, "local_currency", &check.local_currency, keep) &&
        !mt940py_get_records(request, "banks", MT940_KIND_CUSTOMER_BANK, &banks, &check.bank_count, keep) &&
        !read_array(request, "effects", sizeof(*check.effects), read_effect, &effects, &check.effect_count, keep) &&
        !read_array(request, "consents", sizeof(*check.consents), read_consent, &consents, &check.consent_count,
                    keep)) {
        check.banks = banks;
        check.effects = effects;
        check.consents = consents;
        result = decide(&check, language);
    }
    PyMem_Free(consents);
    PyMem_Free(effects);
    PyMem_Free(banks);
    Py_XDECREF(keep);
    return result;
}

PyObject *mt940py_dbs_what_if(PyObject *request, const char *language)
{
    struct mt940_dbs_check check = {.size = sizeof(check)};
    void *banks = NULL, *sales = NULL, *consents = NULL;
    size_t count = 0;
    PyObject *result = NULL;
    PyObject *keep = PyList_New(0);
    if (keep && !mt940py_get_text(request, "local_currency", &check.local_currency, keep) &&
        !mt940py_get_records(request, "banks", MT940_KIND_CUSTOMER_BANK, &banks, &check.bank_count, keep) &&
        !read_array(request, "sales", sizeof(struct mt940_dbs_sale), read_sale, &sales, &count, keep) &&
        !read_array(request, "consents", sizeof(*check.consents), read_consent, &consents, &check.consent_count,
                    keep)) {
        check.banks = banks;
        check.consents = consents;
        result = what_if(&check, sales, count, language);
    }
    PyMem_Free(consents);
    PyMem_Free(sales);
    PyMem_Free(banks);
    Py_XDECREF(keep);
    return result;
}
