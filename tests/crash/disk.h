/* SPDX-License-Identifier: Apache-2.0
 *
 * disk.h: a disk in memory under SQLite (a VFS) that can refuse an operation and lose power. What
 * was written but not synced may then be there, partly there, or gone, sector by sector.
 * For one process, one connection at a time, files of a few MiB.
 */
#ifndef MT940_TESTS_CRASH_DISK_H
#define MT940_TESTS_CRASH_DISK_H

#include <stdbool.h>

/* Puts the disk in the place of the real one for every connection opened from now on. */
bool disk_install(void);
/* An empty disk that works. */
void disk_wipe(void);

enum disk_fault {
    DISK_FAILS_ONCE,    /* operation number `at` is refused, later ones work */
    DISK_FAILS_FOR_GOOD,
    DISK_LOSES_POWER    /* as for good; disk_power_up() decides what is left */
};
/* Counts reads, writes, truncations and syncs from 1; `at` 0 = no fault. */
void disk_set_fault(enum disk_fault fault, long at);
/* Operations since then. */
long disk_operations(void);
/* Works again, without a fault; after a loss of power unsynced sectors are there by chance. */
void disk_power_up(unsigned *dice);

#endif
