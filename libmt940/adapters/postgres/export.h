/* SPDX-License-Identifier: Apache-2.0
 *
 * export.h: marks what a program may link against; the names stand in symbols.txt.
 */
#ifndef MT940_ADAPTERS_POSTGRES_EXPORT_H
#define MT940_ADAPTERS_POSTGRES_EXPORT_H

#if defined(__GNUC__) && !defined(_WIN32) && !defined(__CYGWIN__)
#define MT940_EXPORT __attribute__((visibility("default")))
#else
#define MT940_EXPORT
#endif

#endif
