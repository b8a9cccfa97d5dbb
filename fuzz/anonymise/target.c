/* SPDX-License-Identifier: Apache-2.0
 *
 * Anonymising: as many bytes as before, whatever the pieces they come in; a reader finds the same in the new file; no
 * word stays that could tell somebody. The last byte of the input is the seed and the length of the pieces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../chosen.h"
#include "anonymous.h"
#include "mt940connect/anonymise.h"
#include "same.h"

enum { input_limit = 1 << 16 };

static void check(const char *difference)
{
    if (difference == NULL)
        return;
    fprintf(stderr, "%s\n", difference);
    abort();
}

static void compare_pieces(const uint8_t *data, size_t size, const struct mt940_anonymise_options *options,
                           const char *whole)
{
    struct bytes pieces = {0};
    struct mt940_output output = {sizeof output, &pieces, bytes_write};
    struct mt940_anonymiser *anonymiser;
    size_t step = 1 + (size_t)options->seed % 7;

    check(mt940_anonymiser_new(options, &output, NULL, &anonymiser, NULL) ? "new" : NULL);
    for (size_t at = 0; at < size; at += step)
        check(mt940_anonymiser_feed(anonymiser, data + at, size - at < step ? size - at : step, NULL) ? "feed" : NULL);
    check(mt940_anonymiser_finish(anonymiser, NULL) ? "finish" : NULL);
    mt940_anonymiser_free(anonymiser);
    check(pieces.length == size && (size == 0 || memcmp(pieces.data, whole, size) == 0) ? NULL : "pieces");
    bytes_free(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { pieces, reading, comparisons };
    struct mt940_anonymise_options options;
    unsigned draw = chosen_draw(data, size);
    char *whole;

    if (size == 0 || size > input_limit)
        return 0;
    mt940_anonymise_options_init(&options);
    options.seed = data[size - 1];
    whole = malloc(size);
    check(whole == NULL || mt940_anonymise(data, size, &options, NULL, whole, NULL) ? "anonymise" : NULL);
    if (chosen(draw, pieces, comparisons))
        compare_pieces(data, size, &options, whole);
    if (chosen(draw, reading, comparisons))
        check(anonymous_difference((const char *)data, whole, size));
    free(whole);
    return 0;
}
