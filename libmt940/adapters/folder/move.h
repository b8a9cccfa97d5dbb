/* SPDX-License-Identifier: Apache-2.0
 *
 * move.h: puts a file into a sub-folder without ever replacing one.
 */
#ifndef MT940_FOLDER_MOVE_H
#define MT940_FOLDER_MOVE_H

/*
 * Moves `name` of the folder `descriptor` into its sub-folder `into`, which is made when it is
 * missing. A name already taken there gets a number before its ending: "a.sta", "a-2.sta".
 * Returns 0 or an errno.
 */
int folder_move(int descriptor, const char *name, const char *into);

#endif
