/* SPDX-License-Identifier: Apache-2.0
 *
 * directory/target.c: a mutated image of a directory. The input is a list of changes to a good
 * image, six bytes each: where (three bytes, of the length), how many bits to move the number, and
 * two bytes that are added there; then the checksums are put right. Whatever comes of it is refused
 * or answers every question, also with changes laid over it.
 */
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "dealers.h"
#include "mt940connect/status.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned char *good;
static size_t length;

static void make_good(void)
{
    struct mt940_directory *directory = dealers_build(0, 1);

    if (!directory || mt940_directory_image(directory, NULL, NULL, 0, &length) != MT940_OK)
        abort();
    good = malloc(length);
    if (!good || mt940_directory_image(directory, NULL, good, length, &length) != MT940_OK)
        abort();
    mt940_directory_free(directory);
}

static void change(unsigned char *image, const uint8_t *how)
{
    size_t at = ((size_t)how[0] << 16 | (size_t)how[1] << 8 | how[2]) % (length - 4);
    uint32_t number;

    memcpy(&number, image + at, sizeof(number));
    number += ((uint32_t)how[4] << 8 | how[5]) << how[3] % 17;
    memcpy(image + at, &number, sizeof(number));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { as_it_is, changed, comparisons };
    static struct mt940_match_scratch *scratch; /* of all inputs: what it holds is no input */
    unsigned draw = chosen_draw(data, size);
    struct mt940_directory *directory;
    unsigned char *image;

    if (!good)
        make_good();
    image = malloc(length);
    if (!image || (!scratch && mt940_match_scratch_new(NULL, &scratch) != MT940_OK))
        abort();
    memcpy(image, good, length);
    for (size_t i = 0; i + 6 <= size; i += 6)
        change(image, data + i);
    dealers_sign(image, length);
    if (mt940_directory_open(image, length, 0, NULL, &directory, NULL) == MT940_OK) {
        if (chosen(draw, as_it_is, comparisons))
            (void)dealers_ask(directory, scratch);
        if (chosen(draw, changed, comparisons))
            (void)dealers_ask_changed(directory, scratch);
        mt940_directory_free(directory);
    } else if (size < 6) {
        abort();
    }
    free(image);
    return 0;
}
