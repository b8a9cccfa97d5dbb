/* SPDX-License-Identifier: Apache-2.0
 *
 * match.c: the matcher over a directory. Results are dicts; their meaning is told by match.py.
 */
#include "match.h"

#include "facts.h"
#include "lesson.h"
#include "records.h"

static PyObject *veto_names(uint32_t veto)
{
    PyObject *list = PyList_New(0);
    for (uint32_t bit = 1; list && bit && bit <= veto; bit <<= 1) {
        const char *name = veto & bit ? mt940_veto_name(bit) : NULL;
        if (name && mt940py_append(list, mt940py_from_name(name)))
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *remarks(const struct mt940_match *match, const char *language)
{
    PyObject *list = PyList_New(0);
    struct mt940_message_arg args[2];
    char text[512];
    int32_t message;

    for (uint32_t i = 0; list && (message = mt940_match_remark(match, i, args)) != 0; i++) {
        int length = mt940_message_format(message, args, 2, language, text, sizeof(text));
        const char *name = mt940_message_name(message);
        if (mt940py_append(list, Py_BuildValue("(iNN)", (int)mt940_message_severity(message), mt940py_from_name(name),
                                               mt940py_from_name(length < 0 ? name : text))))
            Py_CLEAR(list);
    }
    return list;
}

static PyObject *sentence(const struct mt940_match_candidate *candidate, const struct mt940_evidence *evidence,
                          const char *language)
{
    struct mt940_message_arg args[4];
    char text[512];
    size_t count = mt940_evidence_args(candidate, evidence, args);
    int length = mt940_message_format(evidence->message, args, count, language, text, sizeof(text));
    if (length < 0 || length >= (int)sizeof(text))
        return mt940py_from_name(mt940_message_name(evidence->message));
    return PyUnicode_FromStringAndSize(text, length);
}

static PyObject *from_evidence(const struct mt940_match_candidate *candidate, const struct mt940_evidence *evidence,
                               const char *language)
{
    return Py_BuildValue("(NiONNiIILIII)", mt940py_from_name(mt940_evidence_kind_name(evidence->kind)), (int)evidence->weight,
                         evidence->strong ? Py_True : Py_False, sentence(candidate, evidence, language),
                         mt940py_from_text(&evidence->value), (int)evidence->field, (unsigned int)evidence->offset,
                         (unsigned int)evidence->length, (long long)evidence->slot, (unsigned int)evidence->shared,
                         (unsigned int)evidence->count, (unsigned int)evidence->solutions);
}

static PyObject *from_candidate(const struct mt940_match_candidate *candidate, const char *language)
{
    PyObject *evidence = PyList_New(0);
    for (uint32_t i = 0; evidence && i < candidate->evidence_count; i++)
        if (mt940py_append(evidence, from_evidence(candidate, &candidate->evidence[i], language)))
            Py_CLEAR(evidence);
    if (!evidence)
        return NULL;
    return Py_BuildValue("(NNLiNN)", mt940py_from_text(&candidate->customer), mt940py_from_text(&candidate->name),
                         (long long)candidate->slot, (int)candidate->score, veto_names(candidate->veto), evidence);
}

static PyObject *from_match(const struct mt940_match *match, const char *language)
{
    PyObject *candidates = PyList_New(0);
    for (uint32_t i = 0; candidates && i < match->candidate_count; i++)
        if (mt940py_append(candidates, from_candidate(&match->candidates[i], language)))
            Py_CLEAR(candidates);
    PyObject *dict = candidates ? PyDict_New() : NULL;
    if (!dict) {
        Py_XDECREF(candidates);
        return NULL;
    }
    int failed = mt940py_put(dict, "candidates", candidates) ||
                 mt940py_put(dict, "decision", mt940py_from_name(mt940_match_decision_name(match->decision))) ||
                 mt940py_put(dict, "choice", PyLong_FromLong(match->choice)) ||
                 mt940py_put(dict, "customer", mt940py_from_text(&match->customer)) ||
                 mt940py_put(dict, "slot", PyLong_FromLongLong(match->slot)) ||
                 mt940py_put(dict, "own_account", mt940py_from_text(&match->own_account)) ||
                 mt940py_put(dict, "own_iban", mt940py_from_text(&match->own_iban)) ||
                 mt940py_put(dict, "new_iban", mt940py_from_text(&match->new_iban)) ||
                 mt940py_put(dict, "veto", veto_names(match->veto)) ||
                 mt940py_put(dict, "remarks", remarks(match, language)) ||
                 mt940py_put(dict, "found", PyLong_FromUnsignedLong(match->candidate_total));
    if (failed)
        Py_CLEAR(dict);
    return dict;
}

static int read_request(PyObject *request, struct mt940_match_input *input, PyObject *keep)
{
    int32_t flags = 0;
    if (mt940py_get_text(request, "own_account", &input->own_account, keep) ||
        mt940py_get_text(request, "currency", &input->currency, keep) ||
        mt940py_get_int(request, "amount", &input->amount) || mt940py_get_int32(request, "sign", &input->sign) ||
        mt940py_get_int32(request, "flags", &flags) ||
        mt940py_get_text(request, "chosen_customer", &input->chosen_customer, keep) ||
        mt940py_get_int(request, "chosen_slot", &input->chosen_slot) ||
        mt940py_get_text(request, "rule_customer", &input->rule_customer, keep) ||
        mt940py_get_text(request, "rule_code", &input->rule_code, keep))
        return -1;
    input->flags = (uint32_t)flags;
    return 0;
}

/* What a request lends to the input besides its texts; released together. */
struct lent {
    void *payments, *open_rows;
    void *lessons;
    struct mt940_lesson_policy policy;
    struct mt940_lesson_keys keys;
    PyObject *keep;
};

/* Lessons, and what of the movement they are compared with. */
static int read_lessons(PyObject *request, const struct mt940_directory *directory, struct mt940_match_input *input,
                        struct lent *lent)
{
    if (mt940py_get_records(request, "lessons", MT940_KIND_LESSON, &lent->lessons, &input->lesson_count, lent->keep))
        return -1;
    PyObject *policy = PyObject_GetAttrString(request, "lesson_policy");
    int failed = !policy || mt940py_lesson_policy_read(policy, &lent->policy) ||
                 mt940py_get_int(request, "now", &input->now);
    Py_XDECREF(policy);
    if (failed)
        return -1;
    lent->keys.size = sizeof(lent->keys);
    int status = mt940_lesson_keys_read(directory, input->facts, &lent->keys);
    if (status < 0) {
        mt940py_raise(status, NULL);
        return -1;
    }
    input->lessons = lent->lessons;
    input->lesson_policy = &lent->policy;
    input->lesson_keys = &lent->keys;
    return 0;
}

static PyObject *match_facts(const struct mt940_directory *directory, PyObject *request,
                             const struct mt940_facts *facts, const char *language)
{
    struct mt940_match_input input = {.size = sizeof(input), .facts = facts};
    struct mt940_match match = {.size = sizeof(match)};
    struct lent lent = {.keep = PyList_New(0)};
    PyObject *result = NULL;
    if (lent.keep && !read_request(request, &input, lent.keep) && !read_lessons(request, directory, &input, &lent) &&
        !mt940py_get_records(request, "payments", MT940_KIND_PAYMENT, &lent.payments, &input.payment_count, lent.keep) &&
        !mt940py_get_records(request, "open_rows", MT940_KIND_PAYMENT, &lent.open_rows, &input.open_count, lent.keep)) {
        input.payments = lent.payments;
        input.open_rows = lent.open_rows;
        /* A directory may be asked from several threads, so each call has its own. */
        int status = mt940_match_scratch_new(NULL, &input.scratch);
        if (status == 0)
            status = mt940_match_movement(directory, &input, &match);
        if (status < 0)
            mt940py_raise(status, NULL);
        else
            result = from_match(&match, language);
    }
    mt940_match_scratch_free(input.scratch);
    PyMem_Free(lent.lessons);
    PyMem_Free(lent.payments);
    PyMem_Free(lent.open_rows);
    Py_XDECREF(lent.keep);
    return result;
}

PyObject *mt940py_match(const struct mt940_directory *directory, PyObject *request, const char *language)
{
    struct mt940_facts facts;
    int32_t sign;
    PyObject *texts = PyObject_GetAttrString(request, "texts");
    PyObject *own = texts ? PyObject_GetAttrString(request, "own") : NULL;
    PyObject *result = NULL;
    if (own && !mt940py_get_int32(request, "sign", &sign) && !mt940py_facts_read(texts, own, sign, &facts))
        result = match_facts(directory, request, &facts, language);
    Py_XDECREF(own);
    Py_XDECREF(texts);
    return result;
}
