/* SPDX-License-Identifier: Apache-2.0
 *
 * 06-trial.h: puts the disk of 06-judge-own-store.c under a store, which is compiled with
 * `-include 06-trial.h`. The system's headers come first: there the names are still their own.
 */
#ifndef TRIAL_H
#define TRIAL_H

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* flock() */
#endif

#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>
#ifndef TRIAL_IS_THE_DISK
#undef _DEFAULT_SOURCE /* the store defines it, too */
#endif

int trial_flock(int file, int how);
int trial_fsync(int file);
int trial_ftruncate(int file, off_t length);
ssize_t trial_pread(int file, void *data, size_t length, off_t offset);
ssize_t trial_pwrite(int file, const void *data, size_t length, off_t offset);
void *trial_realloc(void *old, size_t size);

#ifndef TRIAL_IS_THE_DISK
#define flock(file, how) trial_flock(file, how)
#define fsync(file) trial_fsync(file)
#define ftruncate(file, length) trial_ftruncate(file, length)
#define pread(file, data, length, offset) trial_pread(file, data, length, offset)
#define pwrite(file, data, length, offset) trial_pwrite(file, data, length, offset)
#define realloc(old, size) trial_realloc(old, size)
#endif

#endif
