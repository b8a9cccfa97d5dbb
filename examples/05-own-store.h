/* SPDX-License-Identifier: Apache-2.0
 *
 * 05-own-store.h: how to get at the store of 05-own-store.c.
 */
#ifndef OWN_STORE_H
#define OWN_STORE_H

#include <mt940connect/store.h>

/*
 * Opens the store in the file `path`, or makes it. Any number of handles and processes may have it
 * open. MT940_E_IO, _BUSY, _MEMORY, _CORRUPT (damaged, or not such a file), _SCHEMA (of another one).
 */
int own_store_open(const char *path, struct mt940_store *out);

#endif
