/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/memory.h: a store that forgets everything at close(): for tests, trials, fuzzing and
 * as the shortest complete example of a store (libmt940/adapters/memory/). Link with
 * libmt940connect-memory.
 */
#ifndef MT940CONNECT_ADAPTERS_MEMORY_H
#define MT940CONNECT_ADAPTERS_MEMORY_H

#include "mt940connect/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Makes an empty store. Its memory comes from `allocator` (NULL = the C library's heap; the
 * struct is copied). `out` is filled, its `size` too; the store lives until out->close(out->user).
 * One thread at a time. Returns 0, MT940_E_ARGUMENT or MT940_E_MEMORY. @since 0.1
 */
int mt940_memory_store_open(const struct mt940_allocator *allocator, struct mt940_store *out,
                            struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
