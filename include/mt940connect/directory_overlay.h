/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_overlay.h: customers and bank records that were added, changed or deleted after a
 * directory was built, or mapped from a file, laid over it. What comes of it is a directory like
 * any other: every function of directory.h and match.h takes it, and answers as one would that was
 * built anew from the changed books (docs/match.md says what stays as it was).
 */
#ifndef MT940CONNECT_DIRECTORY_OVERLAY_H
#define MT940CONNECT_DIRECTORY_OVERLAY_H

#include "mt940connect/directory.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_directory_overlay;

/* Customers whose card or bank records were changed; an overlay is small, or the directory is built anew. */
#define MT940_DIRECTORY_OVERLAY_MOST 4000

struct mt940_directory_overlay_options {
    size_t size;
    uint32_t most; /* changed customers; 0 = MT940_DIRECTORY_OVERLAY_MOST, which is also the most there may be */
};

/*
 * An overlay of nothing yet. `below` was built or opened, is no overlay's, and outlives it; it is only read and may
 * have several overlays. `options` NULL = defaults, `allocator` NULL = the C heap. Errors: MT940_E_ARGUMENT,
 * MT940_E_MEMORY. Release with mt940_directory_overlay_free(). One thread at a time. @since 0.1
 */
int mt940_directory_overlay_new(const struct mt940_directory *below,
                                const struct mt940_directory_overlay_options *options,
                                const struct mt940_allocator *allocator, struct mt940_directory_overlay **out,
                                struct mt940_error *error);
/* NULL is allowed. Frees the directory it gave, too; the one below is still read, so that is freed after it. */
void mt940_directory_overlay_free(struct mt940_directory_overlay *overlay);

/*
 * Puts a record as it stands in the books now, in the place of the one with its key or as a new one: kind is
 * MT940_KIND_CUSTOMER or _CUSTOMER_BANK, and `record` is copied. A closed card is one whose `active` is 0. A bank
 * record may come before its customer, and is found with that. Errors: MT940_E_ARGUMENT (another kind or company);
 * MT940_E_LIMIT (more than options.most customers, or MT940_DIRECTORY_OVERLAY_MOST bank records
 * of one: build the directory anew); MT940_E_MEMORY. @since 0.1
 */
int mt940_directory_overlay_put(struct mt940_directory_overlay *overlay, int32_t kind, const void *record,
                                struct mt940_error *error);
/*
 * Takes a record out that is no longer in the books; only its key is read. Bank records of a customer that was taken
 * out lead to nobody, and are there again when the customer is. Errors as above. A record that is not there is no
 * error.
 */
int mt940_directory_overlay_remove(struct mt940_directory_overlay *overlay, int32_t kind, const void *key,
                                   struct mt940_error *error);
/* Customers that were changed so far. */
size_t mt940_directory_overlay_count(const struct mt940_directory_overlay *overlay);

/*
 * The directory as changed; the one below where nothing was. It, and every view out of it, is valid until the next
 * put, remove or free of the overlay; until then any number of threads may read it. Costs nothing when nothing was
 * changed since the last call, else what the changed customers and the words of all names cost, not what the
 * customers cost. It has no image of its own (mt940_directory_image() refuses it). Errors: MT940_E_MEMORY,
 * MT940_E_LIMIT; the overlay stays as it is.
 */
int mt940_directory_overlay_read(struct mt940_directory_overlay *overlay, const struct mt940_directory **out,
                                 struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
