/* SPDX-License-Identifier: Apache-2.0
 *
 * export.h: marks the definitions a program may link against. Everything else is hidden; the
 * list of names is libmt940/symbols.txt, from which Windows gets its .def, so nothing is needed
 * there.
 */
#ifndef MT940_BASE_EXPORT_H
#define MT940_BASE_EXPORT_H

#if defined(__GNUC__) && !defined(_WIN32) && !defined(__CYGWIN__)
#define MT940_EXPORT __attribute__((visibility("default")))
#else
#define MT940_EXPORT
#endif

#endif
