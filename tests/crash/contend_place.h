/* SPDX-License-Identifier: Apache-2.0
 *
 * contend_place.h: the store that a crowd meets at; one file for each kind of store.
 */
#ifndef MT940_TESTS_CRASH_CONTEND_PLACE_H
#define MT940_TESTS_CRASH_CONTEND_PLACE_H

#include "mt940connect/store.h"

/* Makes an empty place; ends the program where that fails. */
void contend_place_make(void);
/* Opens a handle with patience for a crowd; ends the process where that fails. */
void contend_place_open(struct mt940_store *store);
/* Removes it. 0 or a failure. */
int contend_place_remove(void);

#endif
