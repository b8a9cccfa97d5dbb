/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.c: mt940_facts_read() with Python strings in and a dict out. Names in the dict are those of the C struct.
 */
#include "facts.h"

#include <string.h>

#include "records.h"

static Py_ssize_t characters(const char *text, size_t bytes)
{
    Py_ssize_t count = 0;
    for (size_t i = 0; i < bytes; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* (text, field, start, end), or None when it was not found. */
static PyObject *from_fact(const struct mt940_facts *facts, const struct mt940_fact *fact)
{
    if (fact->field == MT940_FACT_NOWHERE)
        Py_RETURN_NONE;
    const char *text = facts->text[fact->field].data;
    Py_ssize_t start = characters(text, fact->offset);
    Py_ssize_t end = start + characters(text + fact->offset, fact->text.length);
    return Py_BuildValue("(s#inn)", fact->text.data, (Py_ssize_t)fact->text.length, (int)fact->field, start, end);
}

typedef PyObject *(*element)(const struct mt940_facts *facts, size_t index);

static PyObject *iban_element(const struct mt940_facts *facts, size_t i)
{
    return Py_BuildValue("(siN)", facts->ibans[i].canonical, (int)facts->ibans[i].role,
                         from_fact(facts, &facts->ibans[i].where));
}

static PyObject *tax_id_element(const struct mt940_facts *facts, size_t i)
{
    return Py_BuildValue("(siiN)", facts->tax_ids[i].digits, (int)facts->tax_ids[i].kind,
                         (int)facts->tax_ids[i].labelled, from_fact(facts, &facts->tax_ids[i].where));
}

static PyObject *account_element(const struct mt940_facts *facts, size_t i)
{
    const struct mt940_fact_account *account = &facts->accounts[i];
    return Py_BuildValue("(iis#N)", (int)account->bank, (int)account->branch, account->number.data,
                         (Py_ssize_t)account->number.length, from_fact(facts, &account->where));
}

static PyObject *invoice_element(const struct mt940_facts *facts, size_t i)
{
    return Py_BuildValue("(Ni)", from_fact(facts, &facts->invoices[i].where), (int)facts->invoices[i].labelled);
}

static PyObject *list_of(const struct mt940_facts *facts, size_t count, element make)
{
    PyObject *list = PyList_New((Py_ssize_t)count);
    for (size_t i = 0; list && i < count; i++) {
        PyObject *item = make(facts, i);
        if (!item)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    return list;
}

static int put_lists(PyObject *dict, const struct mt940_facts *facts)
{
    if (mt940py_put(dict, "ibans", list_of(facts, facts->iban_count, iban_element)) ||
        mt940py_put(dict, "tax_ids", list_of(facts, facts->tax_id_count, tax_id_element)) ||
        mt940py_put(dict, "accounts", list_of(facts, facts->account_count, account_element)) ||
        mt940py_put(dict, "invoices", list_of(facts, facts->invoice_count, invoice_element)))
        return -1;
    return 0;
}

static int put_single(PyObject *dict, const struct mt940_facts *facts)
{
    const struct {
        const char *name;
        const struct mt940_fact *fact;
    } singles[] = {
        {"query_number", &facts->query_number}, {"receipt", &facts->receipt}, {"dealer", &facts->dealer},
        {"dbs_reference", &facts->dbs_reference}, {"cheque", &facts->cheque}, {"bic", &facts->bic},
        {"name", &facts->name},
    };
    for (size_t i = 0; i < sizeof(singles) / sizeof(singles[0]); i++)
        if (mt940py_put(dict, singles[i].name, from_fact(facts, singles[i].fact)))
            return -1;
    return 0;
}

static int put_numbers(PyObject *dict, const struct mt940_facts *facts)
{
    if (mt940py_put(dict, "kinds", PyLong_FromUnsignedLong(facts->kinds)) ||
        mt940py_put(dict, "own_iban_seen", PyBool_FromLong(facts->own_iban_seen)) ||
        mt940py_put(dict, "counter_iban", PyLong_FromLong(facts->counter_iban)) ||
        mt940py_put(dict, "counter_tax_id", PyLong_FromLong(facts->counter_tax_id)) ||
        mt940py_put(dict, "rate", PyLong_FromLongLong(facts->rate)))
        return -1;
    return 0;
}

int mt940py_facts_read(PyObject *texts, PyObject *own, int sign, struct mt940_facts *facts)
{
    struct mt940_facts_input input = {.size = sizeof(input), .sign = sign};
    struct mt940_view *text_views[] = {&input.narrative, &input.customer_reference, &input.bank_reference,
                                       &input.supplementary};
    struct mt940_view *own_views[] = {&input.own_iban, &input.own_bank, &input.own_account, &input.own_tax_id};
    if (mt940py_get_views(texts, text_views, 4) || mt940py_get_views(own, own_views, 4))
        return -1;
    memset(facts, 0, sizeof(*facts));
    facts->size = sizeof(*facts);
    int status = mt940_facts_read(&input, facts);
    if (status < 0)
        mt940py_raise(status, NULL);
    return status < 0 ? -1 : 0;
}

PyObject *mt940py_facts(PyObject *texts, PyObject *own, int sign)
{
    struct mt940_facts facts;
    if (mt940py_facts_read(texts, own, sign, &facts))
        return NULL;
    PyObject *dict = PyDict_New();
    if (dict && (put_lists(dict, &facts) || put_single(dict, &facts) || put_numbers(dict, &facts)))
        Py_CLEAR(dict);
    return dict;
}
