/* SPDX-License-Identifier: Apache-2.0
 *
 * both.h: what two threads gain over one that does both their works, by the clock on the wall.
 */
#ifndef MT940_BENCH_BOTH_H
#define MT940_BENCH_BOTH_H

/* The best times so far, in seconds; zeros at first. */
struct both {
    double alone; /* one work after the other */
    double pair;  /* both at once */
};

/* Does both works twice, once alone and once as a pair; exit 2 where there is no thread. */
void time_both(void *(*work)(void *user), void *one, void *other, struct both *best);

#endif
