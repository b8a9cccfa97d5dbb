/* SPDX-License-Identifier: Apache-2.0
 *
 * crew.h: threads that do jobs at the same time; what they did is given back in the order it was asked for. Everything but
 * the work itself happens on the thread of the caller.
 */
#ifndef CLI_CREW_H
#define CLI_CREW_H

#include <stddef.h>

/* Threads of a crew at most, and where nobody says how many. */
enum { CREW_MOST = 64, CREW_USUAL = 8 };

struct crew;

/* How many threads have a processor each, at most CREW_USUAL; 1 where there are no threads. */
int crew_processors(void);
/*
 * A crew of `threads` with the caller's own, for `room` jobs at a time; `work` is called on any of them. NULL where no
 * thread could be started: then the caller works alone.
 */
struct crew *crew_new(int threads, size_t room, void (*work)(void *job));
/* Jobs that were put and not given back. */
size_t crew_count(const struct crew *crew);
/* Puts a job behind the others; there is room for it. */
void crew_put(struct crew *crew, void *job);
/*
 * Gives back the oldest job when it is done, else NULL. With `wait` a job comes unless there is none: until it is done the
 * caller works, too, and sleeps only when others have taken every job.
 */
void *crew_take(struct crew *crew, int wait);
/* No job may be left. NULL is allowed. */
void crew_free(struct crew *crew);

#endif
