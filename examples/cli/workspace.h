/* SPDX-License-Identifier: Apache-2.0
 *
 * workspace.h: the store a command works on, its company, and a flow over both.
 */
#ifndef CLI_WORKSPACE_H
#define CLI_WORKSPACE_H

#include <mt940connect/flow.h>

#include "command.h"

struct index_store;

struct workspace {
    struct session *session;
    struct mt940_store store;
    struct mt940_clock clock;
    struct mt940_flow *flow;
    char *path;              /* of the store, for messages */
    char *company;           /* code */
    char local_currency[4];
    int has_company;         /* its record is in the store */
    int fetch_all;           /* receive fetches also what lies unchanged */
    struct index_store *index; /* --index */
};

enum workspace_flag {
    WORKSPACE_CREATE = 1,     /* a missing store is made */
    WORKSPACE_NO_COMPANY = 2, /* work also while the store has no company, under the name --company gives */
    WORKSPACE_FETCH_ALL = 4   /* receive fetches also what lies unchanged */
};

/*
 * Opens --store and finds the company: --company, or the only one there is. 0 = it failed, and
 * what to do was said.
 */
int workspace_open(struct session *session, unsigned flags, struct workspace *out);
void workspace_close(struct workspace *workspace);

/* Takes another company, for commands that make it; opens the flow anew. 0 = it failed. */
int workspace_use(struct workspace *workspace, const char *company, const char *currency);

/* Tells the failure of a call; the store's own words go with it. */
void workspace_failed(struct workspace *workspace, int status, const struct mt940_error *error);

/* A setting of the company, for free(); NULL when it is not set. */
char *workspace_setting(struct workspace *workspace, const char *name);
/*
 * Sets `count` settings together, or none: names[i] to values[i]; NULL or "" takes it away in effect.
 * 0 = it failed, and was said.
 */
int workspace_set_all(struct workspace *workspace, const char *const *names, const char *const *values, size_t count);
int workspace_set(struct workspace *workspace, const char *name, const char *value);

#endif
