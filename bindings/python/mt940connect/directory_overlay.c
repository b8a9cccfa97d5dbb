/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_overlay.c: records of Python put over a directory. Who may change an overlay, and when, is told by
 * directory_overlay.py.
 */
#include "directory_overlay.h"

#include "records.h"

typedef int (*change)(struct mt940_directory_overlay *overlay, int32_t kind, const void *record,
                      struct mt940_error *error);

int mt940py_overlay_new(const struct mt940_directory *directory, uint32_t most, struct mt940_directory_overlay **out,
                        struct mt940_error *error)
{
    struct mt940_directory_overlay_options options = {.size = sizeof(options), .most = most};
    return mt940_directory_overlay_new(directory, &options, NULL, out, error);
}

static int apply(change call, struct mt940_directory_overlay *overlay, int kind, PyObject *object,
                 struct mt940_error *error)
{
    union {
        struct mt940_customer customer;
        struct mt940_customer_bank customer_bank;
    } record;
    PyObject *keep = PyList_New(0);
    int status = MT940_E_ARGUMENT;
    if (keep && !mt940py_record(object, kind, &record, keep))
        status = call(overlay, kind, &record, error);
    Py_XDECREF(keep);
    return status;
}

int mt940py_overlay_put(struct mt940_directory_overlay *overlay, int kind, PyObject *record, struct mt940_error *error)
{
    return apply(mt940_directory_overlay_put, overlay, kind, record, error);
}

int mt940py_overlay_remove(struct mt940_directory_overlay *overlay, int kind, PyObject *record,
                           struct mt940_error *error)
{
    return apply(mt940_directory_overlay_remove, overlay, kind, record, error);
}

size_t mt940py_overlay_count(const struct mt940_directory_overlay *overlay)
{
    return mt940_directory_overlay_count(overlay);
}

int mt940py_overlay_read(struct mt940_directory_overlay *overlay, const struct mt940_directory **lent,
                         struct mt940_error *error)
{
    return mt940_directory_overlay_read(overlay, lent, error);
}
