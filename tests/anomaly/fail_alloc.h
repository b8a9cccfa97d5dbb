/* SPDX-License-Identifier: Apache-2.0
 *
 * fail_alloc.h: an allocator that refuses its k-th call, and what one exercise of the library has to provide so that
 * the driver can refuse every call of it in turn.
 */
#ifndef MT940_TESTS_FAIL_ALLOC_H
#define MT940_TESTS_FAIL_ALLOC_H

#include "mt940connect/base.h"

/* One exercise: does something that allocates. */
struct exercise {
    const char *name;
    /*
     * Works on `input` with `memory` and releases all it got. Returns the status of the library; anything else that
     * is wrong (an output touched by a failure, an error not filled) goes to `*complaint` as a static text.
     */
    int (*run)(const struct mt940_allocator *memory, const struct mt940_view *input, const char **complaint);
};

/* Ended by a row of NULLs; one array a room. The first runs over every file, the others once. */
extern const struct exercise statement_exercises[];
extern const struct exercise record_exercises[];
extern const struct exercise match_exercises[];
extern const struct exercise slip_exercises[];

#endif
