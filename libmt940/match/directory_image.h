/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_image.h: how the directory stands in a file: a head with all counts, the texts of
 * company and own accounts, then its arrays one behind the other. Where each lies follows from the
 * counts, so no offset is stored. Numbers are the machine's; `order` tells whether they are ours.
 */
#ifndef MT940_MATCH_DIRECTORY_IMAGE_H
#define MT940_MATCH_DIRECTORY_IMAGE_H

#include "match/directory_arrays.h"

#define MT940_IMAGE_MAGIC "MT940DIR"
#define MT940_IMAGE_ORDER 0x01020304u
/* Raised whenever head, arrays, hashes or what the words of a name are change. */
#define MT940_IMAGE_VERSION 5
/* Behind every array: zeros, so that a number that is cut off ends, up to a multiple of this. */
#define MT940_IMAGE_GAP 16

enum {
    MT940_IMAGE_INDEXES = 6,
    MT940_IMAGE_PIECES = 2 + 18 + 2 * MT940_IMAGE_INDEXES
};

struct mt940_image_index {
    uint32_t slot_count, run_count, bits, most;
};

/* No gaps between the members: the bytes are written as they are. */
struct mt940_image_head {
    char magic[8];
    uint32_t order, version;
    uint64_t length;   /* of the whole image */
    uint64_t head_sum; /* mt940_index_hash() of the head, this one 0, and of the own texts */
    uint64_t sum;      /* of all bytes behind the own texts */
    uint64_t orphans;
    unsigned char fingerprint[MT940_DIRECTORY_FINGERPRINT];
    char fold[16]; /* mt940_fold_table_version() */
    uint32_t forms; /* mt940_name_forms_version */
    uint32_t own_bytes;
    uint32_t customers, banks, pool_bytes;
    uint32_t words, common, listless, pairs;
    uint32_t name_bytes, text_bytes, list_bytes, pair_bytes;
    uint32_t legal_count;
    uint32_t legal[MT940_NAME_LEGALS];
    struct mt940_image_index indexes[MT940_IMAGE_INDEXES];
};

/* An array: where the directory's pointer to it is kept, and its bytes. */
struct mt940_image_piece {
    void *pointer;
    uint64_t size;
};
/* The arrays in order, their sizes by the counts that the directory holds. */
void mt940_image_pieces(struct mt940_directory *directory, struct mt940_image_piece pieces[MT940_IMAGE_PIECES]);
struct mt940_index *mt940_image_index_at(struct mt940_directory *directory, size_t at);
/* Where an array of this size ends, its gap with it: at least eight zeros. */
static inline uint64_t mt940_image_end(uint64_t offset, uint64_t size)
{
    return (offset + size + 8 + MT940_IMAGE_GAP - 1) / MT940_IMAGE_GAP * MT940_IMAGE_GAP;
}
/* The checksum of the head, its own member left out, and of the texts behind it. */
uint64_t mt940_image_head_sum(const struct mt940_image_head *head, const void *own);

#endif
