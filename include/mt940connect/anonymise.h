/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymise.h: statements that can be shown to others. Names, accounts, references and numbers are replaced byte for
 * byte by others of the same form; structure, dates, amounts, balances and the words of banks stay, so that a reader
 * finds in the new file what it found in the old one. docs/anonymise.md says what is replaced and what is promised.
 */
#ifndef MT940CONNECT_ANONYMISE_H
#define MT940CONNECT_ANONYMISE_H

#include "mt940connect/statement_writer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Options; fill with mt940_anonymise_options_init() and change what you mean. */
struct mt940_anonymise_options {
    size_t size;
    /* One seed gives a word the same replacement in every file. Who knows it can try names: treat it as a secret. */
    uint64_t seed;
    uint32_t max_field; /* bytes of one movement with its narrative; default 1 MiB */
    uint32_t reserved;
};
/* Sets every field to its default, `size` included; the seed is 0. @since 0.1 */
void mt940_anonymise_options_init(struct mt940_anonymise_options *options);

struct mt940_anonymiser;

/*
 * Makes an anonymiser that takes a stream in any pieces and hands on as many bytes as it got. It keeps one movement and
 * nothing else. `options` and `allocator` may be NULL; `output` is copied. Errors: MT940_E_ARGUMENT, MT940_E_MEMORY.
 * Release with mt940_anonymiser_free(). @since 0.1
 */
int mt940_anonymiser_new(const struct mt940_anonymise_options *options, const struct mt940_output *output,
                         const struct mt940_allocator *allocator, struct mt940_anonymiser **out,
                         struct mt940_error *error);
/*
 * Takes the next bytes of the stream. Errors: MT940_E_MEMORY, MT940_E_LIMIT (detail: MT940_LIMIT_FIELD),
 * MT940_E_CALLBACK (detail: what `write` returned), MT940_E_STATE. After an error it can only be freed. @since 0.1
 */
int mt940_anonymiser_feed(struct mt940_anonymiser *anonymiser, const void *bytes, size_t length,
                          struct mt940_error *error);
/* Ends the stream; everything has been handed on then. Errors as feed. @since 0.1 */
int mt940_anonymiser_finish(struct mt940_anonymiser *anonymiser, struct mt940_error *error);
/* NULL is allowed. */
void mt940_anonymiser_free(struct mt940_anonymiser *anonymiser);

/*
 * The same for a block in memory: writes `length` bytes to `out`, which may be `bytes` itself. After an error `out`
 * holds nothing of use. Errors as above. Thread safe. @since 0.1
 */
int mt940_anonymise(const void *bytes, size_t length, const struct mt940_anonymise_options *options,
                    const struct mt940_allocator *allocator, char *out, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
