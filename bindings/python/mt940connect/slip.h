/* SPDX-License-Identifier: Apache-2.0
 *
 * slip.h: slip rules and proposals for the flat module.
 */
#ifndef MT940PY_SLIP_H
#define MT940PY_SLIP_H

#include "values.h"

/* Rules out of transaction codes (records); `options` has the attributes of struct mt940_slip_options. */
int mt940py_slip_rules_build(PyObject *codes, PyObject *options, struct mt940_slip_rules **out,
                             struct mt940_error *error);
/*
 * (rule, decided, slip type) of the rule that holds for a movement, None when none does; `told` is (bank code,
 * transaction code, narrative).
 */
PyObject *mt940py_slip_rules_find(const struct mt940_slip_rules *rules, PyObject *told, long long amount);
/*
 * Proposes the slip of `request`, which has the attributes of struct mt940_slip_input, records and sequences of them
 * as Python objects. Returns a dict with the names of struct mt940_slip_proposal, `text` in `language`.
 */
PyObject *mt940py_slip_propose(const struct mt940_slip_rules *rules, PyObject *request, const char *language);

#endif
