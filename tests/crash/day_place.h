/* SPDX-License-Identifier: Apache-2.0
 *
 * day_place.h: the store that a day happens in; one file for each kind of store.
 */
#ifndef MT940_TESTS_CRASH_DAY_PLACE_H
#define MT940_TESTS_CRASH_DAY_PLACE_H

#include "day.h"

/* The directories that days may use, and how many; made by day_place_begin(). */
struct day_places {
    char directories[2][40];
    int count;
};

/* Once a program. false when there is no place for a day. */
bool day_place_begin(struct day_places *places);
void day_place_end(struct day_places *places);

/* Makes the place of `day` empty: 0 or 1. */
int day_place_make(const struct day *day);
void day_place_remove(const struct day *day);
/* Opens a handle with patience for a crowd. 0 or a status. */
int day_place_open(const struct day *day, struct mt940_store *store);

/* Begins to look past the store: all questions until day_place_look_away() see one state. */
bool day_place_look(const struct day *day);
/* The first number of the answer, 0 when there is no row, -1 when it failed. `text` (or NULL) stands for $1. */
int64_t day_place_ask(const char *sql, const char *text);
void day_place_look_away(void);

/* Stops the server at once, as a power cut does, and starts it again; false where there is none. */
bool day_place_cut(void);

#endif
