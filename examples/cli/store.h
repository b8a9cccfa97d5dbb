/* SPDX-License-Identifier: Apache-2.0
 *
 * store.h: the store that --store names.
 */
#ifndef CLI_STORE_H
#define CLI_STORE_H

#include <mt940connect/store.h>

#include "command.h"

/*
 * Opens it; with `create` a missing one is made. *name, for free(), is what to call it in messages
 * and holds no secret. 0 = it failed, and what to do was said.
 */
int store_open(struct session *session, int create, struct mt940_store *out, char **name);

#endif
