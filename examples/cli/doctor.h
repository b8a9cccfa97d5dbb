/* SPDX-License-Identifier: Apache-2.0
 *
 * doctor.h: one line of what is wrong, or good, and the checks that stand in files of their own.
 */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "json.h"
#include "table.h"
#include "workspace.h"

enum doctor_state { STATE_GOOD, STATE_WARNING, STATE_ERROR };

struct doctor {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
};

/* Tells a check by its name; `text` is freed, `help` says what to do. */
void doctor_tell(struct doctor *doctor, const char *check, enum doctor_state state, char *text, enum text help);

/* The file of the store, and the clock. */
void doctor_store(struct doctor *doctor);
/* Statements nobody can save, slips that wait for an ERP. Says nothing when there are none. */
void doctor_trouble(struct doctor *doctor);

#endif
