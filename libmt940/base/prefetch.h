/* SPDX-License-Identifier: Apache-2.0
 *
 * prefetch.h: asks the processor for memory that will be read soon. Never needed for a result.
 */
#ifndef MT940_BASE_PREFETCH_H
#define MT940_BASE_PREFETCH_H

#if defined(__GNUC__)
#define MT940_PREFETCH(address) __builtin_prefetch(address)
#else
#define MT940_PREFETCH(address) ((void)(address))
#endif

#endif
