/* SPDX-License-Identifier: Apache-2.0
 *
 * slip.c: slip rules and proposals, records in and records out; what they mean is told by slip.py.
 */
#include "slip.h"

#include <limits.h>
#include <string.h>

#include "records.h"

static int read_options(PyObject *object, struct mt940_slip_options *options, PyObject *keep)
{
    mt940_slip_options_init(options);
    return mt940py_get_int32(object, "defaults", &options->defaults) ||
           mt940py_get_int32(object, "fallback", &options->fallback) ||
           mt940py_get_int32(object, "only_rule", &options->only_rule) ||
           mt940py_get_int32(object, "dating", &options->dating) ||
           mt940py_get_int32(object, "dbs_by_text", &options->dbs_by_text) ||
           mt940py_get_int32(object, "description_length", &options->description_length) ||
           mt940py_get_text(object, "rate_kind", &options->rate_kind, keep);
}

static int add_code(struct mt940_slip_rules_builder *builder, PyObject *object, struct mt940_error *error)
{
    struct mt940_transaction_code code;
    PyObject *keep = PyList_New(0);
    int status = MT940_E_ARGUMENT;
    if (keep && !mt940py_record(object, MT940_KIND_TRANSACTION_CODE, &code, keep))
        status = mt940_slip_rules_builder_add(builder, &code, error);
    Py_XDECREF(keep);
    return status;
}

int mt940py_slip_rules_build(PyObject *codes, PyObject *options, struct mt940_slip_rules **out,
                             struct mt940_error *error)
{
    struct mt940_slip_options settings;
    struct mt940_slip_rules_builder *builder = NULL;
    PyObject *keep = PyList_New(0);
    PyObject *fast = keep ? PySequence_Fast(codes, "a sequence of transaction codes is needed") : NULL;
    int status = MT940_E_ARGUMENT;
    if (fast && !read_options(options, &settings, keep))
        status = mt940_slip_rules_builder_new(&settings, NULL, &builder, error);
    for (Py_ssize_t i = 0; !status && i < PySequence_Fast_GET_SIZE(fast); i++)
        status = add_code(builder, PySequence_Fast_GET_ITEM(fast, i), error);
    if (!status)
        status = mt940_slip_rules_build(builder, out, error);
    mt940_slip_rules_builder_free(builder);
    Py_XDECREF(fast);
    Py_XDECREF(keep);
    return status;
}

PyObject *mt940py_slip_rules_find(const struct mt940_slip_rules *rules, PyObject *told, long long amount)
{
    struct mt940_slip_query query = {.size = sizeof(query), .sign = amount < 0 ? -1 : 1};
    struct mt940_slip_match match = {.size = sizeof(match)};
    struct mt940_view *views[] = {&query.bank, &query.code, &query.narrative, &query.bank_account, &query.currency,
                                  &query.local_currency};
    if (mt940py_get_views(told, views, 6))
        return NULL;
    query.amount = amount < 0 && amount != LLONG_MIN ? -amount : amount;
    int status = mt940_slip_rules_find(rules, &query, &match);
    if (status < 0) {
        mt940py_raise(status, NULL);
        return NULL;
    }
    if (!match.rule)
        Py_RETURN_NONE;
    return Py_BuildValue("(NNi)", mt940py_from_record(MT940_KIND_TRANSACTION_CODE, match.rule),
                         mt940py_from_name(mt940_slip_decided_name(match.decided)), (int)match.slip_type);
}

/* Records the input points to, and the arrays to be given back. */
struct request {
    struct mt940_slip_input input;
    struct mt940_movement movement, other;
    struct mt940_company company;
    struct mt940_bank_account account;
    struct mt940_slip original;
    void *banks, *own_accounts, *rates;
    PyObject *keep;
};

static int read_records(PyObject *object, struct request *request)
{
    struct mt940_slip_input *input = &request->input;
    const void *movement, *other, *company, *account, *original;
    if (mt940py_get_record(object, "movement", MT940_KIND_MOVEMENT, &request->movement, &movement, request->keep) ||
        mt940py_get_record(object, "other", MT940_KIND_MOVEMENT, &request->other, &other, request->keep) ||
        mt940py_get_record(object, "company", MT940_KIND_COMPANY, &request->company, &company, request->keep) ||
        mt940py_get_record(object, "account", MT940_KIND_BANK_ACCOUNT, &request->account, &account, request->keep) ||
        mt940py_get_record(object, "original", MT940_KIND_SLIP, &request->original, &original, request->keep))
        return -1;
    input->movement = movement;
    input->other = other;
    input->company = company;
    input->account = account;
    input->original = original;
    return 0;
}

static int read_lists(PyObject *object, struct request *request)
{
    struct mt940_slip_input *input = &request->input;
    if (mt940py_get_records(object, "banks", MT940_KIND_CUSTOMER_BANK, &request->banks, &input->bank_count,
                            request->keep) ||
        mt940py_get_records(object, "own_accounts", MT940_KIND_BANK_ACCOUNT, &request->own_accounts,
                            &input->own_account_count, request->keep) ||
        mt940py_get_records(object, "rates", MT940_KIND_RATE, &request->rates, &input->rate_count, request->keep))
        return -1;
    input->banks = request->banks;
    input->own_accounts = request->own_accounts;
    input->rates = request->rates;
    return 0;
}

static int read_values(PyObject *object, struct request *request)
{
    struct mt940_slip_input *input = &request->input;
    PyObject *keep = request->keep;
    int32_t flags = 0;
    if (mt940py_get_int32(object, "flags", &flags) ||
        mt940py_get_date(object, "closing_date", &input->closing_date) ||
        mt940py_get_text(object, "customer", &input->customer, keep) ||
        mt940py_get_int(object, "slot", &input->slot) ||
        mt940py_get_text(object, "counter_iban", &input->counter_iban, keep) ||
        mt940py_get_text(object, "counter_number", &input->counter_number, keep) ||
        mt940py_get_text(object, "receipt", &input->receipt, keep) ||
        mt940py_get_text(object, "transfer_account", &input->transfer_account, keep) ||
        mt940py_get_text(object, "original_customer", &input->original_customer, keep) ||
        mt940py_get_int(object, "original_slot", &input->original_slot) ||
        mt940py_get_int(object, "stated_rate", &input->stated_rate))
        return -1;
    input->flags = (uint32_t)flags;
    return 0;
}

static PyObject *message_text(const struct mt940_slip_proposal *proposal, const char *language)
{
    char text[512];
    if (!proposal->message)
        Py_RETURN_NONE;
    int length = mt940_message_format(proposal->message, proposal->args, proposal->arg_count, language, text,
                                      sizeof(text));
    if (length < 0 || length >= (int)sizeof(text))
        return mt940py_from_name(mt940_message_name(proposal->message));
    return PyUnicode_FromStringAndSize(text, length);
}

static PyObject *lines_of(const struct mt940_slip_proposal *proposal)
{
    PyObject *list = PyList_New(0);
    for (uint32_t i = 0; list && i < proposal->line_count; i++)
        if (mt940py_append(list, mt940py_from_record(MT940_KIND_SLIP_LINE, &proposal->lines[i])))
            Py_CLEAR(list);
    return list;
}

static PyObject *rule_of(const struct mt940_slip_proposal *proposal)
{
    if (!proposal->rule)
        Py_RETURN_NONE;
    return mt940py_from_record(MT940_KIND_TRANSACTION_CODE, proposal->rule);
}

static PyObject *from_proposal(const struct mt940_slip_proposal *proposal, const char *language)
{
    PyObject *dict = PyDict_New();
    int failed = !dict || mt940py_put(dict, "slip", mt940py_from_record(MT940_KIND_SLIP, &proposal->slip)) ||
                 mt940py_put(dict, "lines", lines_of(proposal)) || mt940py_put(dict, "rule", rule_of(proposal)) ||
                 mt940py_put(dict, "message", mt940py_from_name(mt940_message_name(proposal->message))) ||
                 mt940py_put(dict, "text", message_text(proposal, language)) ||
                 mt940py_put(dict, "warning", mt940py_from_name(mt940_message_name(proposal->warning))) ||
                 mt940py_put(dict, "decided", mt940py_from_name(mt940_slip_decided_name(proposal->decided))) ||
                 mt940py_put(dict, "choice", PyLong_FromLong(proposal->choice)) ||
                 mt940py_put(dict, "is_reversal", PyBool_FromLong(proposal->is_reversal)) ||
                 mt940py_put(dict, "dbs", PyBool_FromLong(proposal->dbs)) ||
                 mt940py_put(dict, "dbs_reason", PyLong_FromLong(proposal->dbs_reason));
    if (failed)
        Py_CLEAR(dict);
    return dict;
}

PyObject *mt940py_slip_propose(const struct mt940_slip_rules *rules, PyObject *object, const char *language)
{
    struct mt940_slip_proposal proposal;
    struct request request;
    PyObject *result = NULL;
    memset(&request, 0, sizeof(request));
    memset(&proposal, 0, sizeof(proposal));
    request.input.size = sizeof(request.input);
    proposal.size = sizeof(proposal);
    request.keep = PyList_New(0);
    if (request.keep && !read_records(object, &request) && !read_lists(object, &request) &&
        !read_values(object, &request)) {
        int status = mt940_slip_propose(rules, &request.input, &proposal);
        if (status < 0)
            mt940py_raise(status, NULL);
        else
            result = from_proposal(&proposal, language);
    }
    PyMem_Free(request.rates);
    PyMem_Free(request.own_accounts);
    PyMem_Free(request.banks);
    Py_XDECREF(request.keep);
    return result;
}
