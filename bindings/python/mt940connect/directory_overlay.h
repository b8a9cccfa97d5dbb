/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_overlay.h: changes laid over a directory, for the flat module.
 */
#ifndef MT940PY_DIRECTORY_OVERLAY_H
#define MT940PY_DIRECTORY_OVERLAY_H

#include "values.h"
#include "mt940connect/directory_overlay.h"

/* The caller keeps `directory` and does not free it before the overlay. `most` 0 = the default. */
int mt940py_overlay_new(const struct mt940_directory *directory, uint32_t most, struct mt940_directory_overlay **out,
                        struct mt940_error *error);
/* Puts a record of `kind`, or takes the one with its key out. */
int mt940py_overlay_put(struct mt940_directory_overlay *overlay, int kind, PyObject *record, struct mt940_error *error);
int mt940py_overlay_remove(struct mt940_directory_overlay *overlay, int kind, PyObject *record,
                           struct mt940_error *error);
size_t mt940py_overlay_count(const struct mt940_directory_overlay *overlay);
/* The directory as changed, which is the overlay's: nobody may use it after the next change. */
int mt940py_overlay_read(struct mt940_directory_overlay *overlay, const struct mt940_directory **lent,
                         struct mt940_error *error);

#endif
