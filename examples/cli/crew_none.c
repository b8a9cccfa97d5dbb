/* SPDX-License-Identifier: Apache-2.0
 *
 * crew_none.c: stands for crew.c where there are no POSIX threads. There is never a crew, so the others are not called.
 */
#include "crew.h"

int crew_processors(void)
{
    return 1;
}

struct crew *crew_new(int threads, size_t room, void (*work)(void *job))
{
    (void)threads;
    (void)room;
    (void)work;
    return NULL;
}

size_t crew_count(const struct crew *crew)
{
    (void)crew;
    return 0;
}

void crew_put(struct crew *crew, void *job)
{
    (void)crew;
    (void)job;
}

void *crew_take(struct crew *crew, int wait)
{
    (void)crew;
    (void)wait;
    return NULL;
}

void crew_free(struct crew *crew)
{
    (void)crew;
}
