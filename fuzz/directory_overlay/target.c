/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_overlay/target.c: books that change. The input: how many customers there are and may
 * be, a seed for what they are called, then two bytes a change: whom, and what. Oracle: a directory
 * that is built anew after some changes answers every question as the overlay does, with the same
 * evidence, weights and vetoes.
 */
#include <stdlib.h>

#include "changing_books.h"
#include "mt940connect/status.h"

#define CODES 48
#define CHANGES 96 /* of one input */
#define TOGETHER 12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds)
        abort();
}

static void compare(struct changing_books *books, struct mt940_directory_overlay *overlay, size_t turn)
{
    struct mt940_directory *anew = changing_books_build(books, turn);
    const struct mt940_directory *changed;

    demand(anew && mt940_directory_overlay_read(overlay, &changed, NULL) == MT940_OK);
    demand(changing_books_compare(books, anew, changed, 12) == NULL);
    mt940_directory_free(anew);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_directory_overlay *overlay;
    struct changing_books *books;
    struct mt940_directory *below;
    size_t changes = 0;

    if (size < 4)
        return 0;
    books = changing_books_new((uint64_t)data[2] << 8 | data[3], 1 + data[0] % CODES, data[1] % CODES);
    demand(books != NULL);
    below = changing_books_build(books, data[3]);
    demand(below && mt940_directory_overlay_new(below, NULL, NULL, &overlay, NULL) == MT940_OK);
    for (size_t at = 4; at + 1 < size && changes < CHANGES; at += 2) {
        demand(changing_books_change(books, data[at], data[at + 1], overlay) == MT940_OK);
        if (++changes % TOGETHER == 0)
            compare(books, overlay, changes);
    }
    compare(books, overlay, changes);
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(below);
    changing_books_free(books);
    return 0;
}
