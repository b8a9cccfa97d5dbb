/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_lay.h: what an overlay needs of directories, without how they hold their records.
 */
#ifndef MT940_MATCH_DIRECTORY_LAY_H
#define MT940_MATCH_DIRECTORY_LAY_H

#include <stdbool.h>

#include "base/memory.h"
#include "mt940connect/directory.h"

/* The company, though it may have no record; and whether the directory lies over another one. */
struct mt940_view mt940_directory_company_code(const struct mt940_directory *directory);
bool mt940_directory_is_laid(const struct mt940_directory *directory);
/* The directory that is built will lie over another one. */
void mt940_directory_builder_whole_names(struct mt940_directory_builder *builder);
/*
 * Lays `top` over `below`, where customers of these codes no longer count: those of the top must be among them. Takes
 * `top`, also after a failure; `below` stays the caller's and must outlive *out, which is freed with
 * mt940_directory_free(). Errors: MT940_E_MEMORY, MT940_E_LIMIT.
 */
int mt940_directory_lay(const struct mt940_directory *below, struct mt940_directory *top,
                        const struct mt940_view *codes, size_t count, const struct mt940_allocator *memory,
                        struct mt940_directory **out);

#endif
