/* SPDX-License-Identifier: Apache-2.0
 *
 * prefetch.h: asks the processor for memory that will be read soon. Never needed for a result.
 */
#ifndef MT940_BASE_PREFETCH_H
#define MT940_BASE_PREFETCH_H

#if defined(__GNUC__)
/* Without the empty statement, which counts as an effect, gcc drops calls of functions that do nothing else. */
#define MT940_PREFETCH(address) (__extension__({ __builtin_prefetch(address); __asm__ volatile(""); }))
#else
#define MT940_PREFETCH(address) ((void)(address))
#endif

#endif
