/* SPDX-License-Identifier: Apache-2.0
 *
 * lesson.h: lessons for the flat module: what is remembered of a movement, what a choice changes, what it is worth.
 */
#ifndef MT940PY_LESSON_H
#define MT940PY_LESSON_H

#include "values.h"

/* The defaults for None; else the attributes confirmations, rejections, half_life. 0, or -1 with an exception. */
int mt940py_lesson_policy_read(PyObject *object, struct mt940_lesson_policy *policy);

/* [(basis, value), …] of a movement; texts, own and sign as in facts.h. */
PyObject *mt940py_lesson_keys(const struct mt940_directory *directory, PyObject *texts, PyObject *own, int sign);
/* The lesson (a record) after an event, as a new one. */
PyObject *mt940py_lesson_teach(PyObject *policy, int event, long long now, PyObject *lesson);
/* (weight, decides, refused, strength). */
PyObject *mt940py_lesson_weigh(PyObject *policy, PyObject *lesson, long long now);

#endif
