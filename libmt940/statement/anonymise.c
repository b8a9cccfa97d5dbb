/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymise.c: the stream. The reader's own scanner cuts it into fields, so that what is structure to the reader is
 * structure here; of each field the part stays that a reader reads, the rest is text. Bytes are replaced where they
 * stand, so lengths cannot change. What words become is disguise_text.c's business.
 */
#include "statement/disguise.h"

#include "base/export.h"
#include "base/failure.h"
#include "statement/cursor.h"
#include "statement/field.h"
#include "statement/reading.h"
#include "statement/scan.h"

#include "mt940connect/anonymise.h"

enum { step_size = 65536, default_max_field = 1 << 20 };

struct mt940_anonymiser {
    struct mt940_allocator memory;
    struct mt940_output output;
    struct mt940_scanner scanner;
    struct mt940_disguise disguise;
    uint32_t max_field;
    char *carry; /* bytes that were not handed on yet */
    size_t length, capacity;
    size_t done; /* of them, those that were looked at */
    char *shadow; /* the carry as it came, once lines end with "@@" */
    size_t shadow_capacity;
    bool held; /* a '@' that may be half of a line end */
    bool begun; /* something was looked at */
    bool finished;
    int status;
};

MT940_EXPORT void mt940_anonymise_options_init(struct mt940_anonymise_options *options)
{
    if (!options)
        return;
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->max_field = default_max_field;
}

/* Replaces the words of `text`, which lies in the carry. */
static void replace(struct mt940_anonymiser *anonymiser, struct mt940_view text)
{
    if (text.length)
        mt940_disguise_lines(&anonymiser->disguise, anonymiser->carry + (text.data - anonymiser->carry), text.length);
}

/* Looks at everything up to `value` as text, and goes on behind it. */
static void pass(struct mt940_anonymiser *anonymiser, struct mt940_view value)
{
    static const size_t mark = 3;
    size_t start = (size_t)(value.data - anonymiser->carry);

    /* A byte order mark is no letter. */
    if (anonymiser->scanner.has_bom && !anonymiser->begun)
        anonymiser->done = mark;
    anonymiser->begun = true;
    if (start > anonymiser->done)
        replace(anonymiser, mt940_view_of(anonymiser->carry + anonymiser->done, start - anonymiser->done));
    if (start + value.length > anonymiser->done)
        anonymiser->done = start + value.length;
}

static int take(void *user, const struct mt940_item *item)
{
    struct mt940_anonymiser *anonymiser = user;
    struct mt940_item parted;

    if (item->value.data == NULL)
        return 0;
    if (item->kind == MT940_ITEM_ENTRY && !item->narrative.data && mt940_item_part(item, &parted))
        item = &parted;
    pass(anonymiser, item->value);
    if (item->kind == MT940_ITEM_ENVELOPE) {
        mt940_disguise_envelope(&anonymiser->disguise, anonymiser->carry + (item->value.data - anonymiser->carry),
                                item->value.length);
        return anonymiser->disguise.status;
    }
    if (item->kind == MT940_ITEM_FIELD || item->kind == MT940_ITEM_ENTRY)
        mt940_disguise_field(&anonymiser->disguise, item, anonymiser->carry + (item->value.data - anonymiser->carry));
    else
        replace(anonymiser, item->value);
    if (item->narrative.data != NULL) {
        pass(anonymiser, item->narrative);
        mt940_disguise_narrative(&anonymiser->disguise,
                                 anonymiser->carry + (item->narrative.data - anonymiser->carry), item->narrative.length);
    }
    return anonymiser->disguise.status;
}

MT940_EXPORT int mt940_anonymiser_new(const struct mt940_anonymise_options *options, const struct mt940_output *output,
                                      const struct mt940_allocator *allocator, struct mt940_anonymiser **out,
                                      struct mt940_error *error)
{
    struct mt940_anonymise_options chosen;
    struct mt940_allocator memory;

    mt940_anonymise_options_init(&chosen);
    if (!out || !output || mt940_check_size(output, output->size, sizeof *output, sizeof *output) || !output->write ||
        mt940_memory_init(&memory, allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "output, out or allocator");
    if (options) {
        if (mt940_check_size(options, options->size, sizeof chosen, sizeof chosen) || options->max_field == 0)
            return mt940_fail(error, MT940_E_ARGUMENT, 0, "options: set size with mt940_anonymise_options_init()");
        chosen = *options;
    }
    struct mt940_anonymiser *anonymiser = mt940_memory_alloc(&memory, sizeof *anonymiser);
    if (!anonymiser)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(anonymiser, 0, sizeof *anonymiser);
    anonymiser->memory = anonymiser->disguise.memory = memory;
    anonymiser->disguise.seed = chosen.seed;
    anonymiser->max_field = chosen.max_field;
    anonymiser->output = *output;
    mt940_scanner_init(&anonymiser->scanner, take, anonymiser);
    *out = anonymiser;
    return 0;
}

MT940_EXPORT void mt940_anonymiser_free(struct mt940_anonymiser *anonymiser)
{
    if (!anonymiser)
        return;
    struct mt940_allocator memory = anonymiser->memory;
    mt940_disguise_free(&anonymiser->disguise);
    mt940_memory_free(&memory, anonymiser->carry, anonymiser->capacity);
    mt940_memory_free(&memory, anonymiser->shadow, anonymiser->shadow_capacity);
    mt940_memory_free(&memory, anonymiser, sizeof *anonymiser);
}

/* Hands on the first `length` bytes of the carry; what was made a line end for the scanner is "@@" again. */
static int hand_on(struct mt940_anonymiser *anonymiser, size_t length, struct mt940_error *error)
{
    for (size_t i = 0; anonymiser->scanner.translated && i < length; i++)
        if (anonymiser->shadow[i] == '@')
            anonymiser->carry[i] = '@';
    int answer = length ? anonymiser->output.write(anonymiser->output.user, anonymiser->carry, length) : 0;

    if (answer)
        return mt940_fail(error, MT940_E_CALLBACK, answer, "the output callback stopped the anonymising");
    anonymiser->length -= length;
    anonymiser->done -= length;
    if (length)
        memmove(anonymiser->carry, anonymiser->carry + length, anonymiser->length);
    if (length && anonymiser->scanner.translated)
        memmove(anonymiser->shadow, anonymiser->shadow + length, anonymiser->length);
    return 0;
}

/* Makes room for bytes behind the carry; its shadow keeps what was there before "@@" became line ends. */
static int reserve(struct mt940_anonymiser *anonymiser, size_t wanted)
{
    void *carry = anonymiser->carry, *shadow = anonymiser->shadow;
    int status = mt940_memory_reserve(&anonymiser->memory, &carry, &anonymiser->capacity, wanted, 1);

    anonymiser->carry = carry;
    if (status == 0 && anonymiser->scanner.translated)
        status = mt940_memory_reserve(&anonymiser->memory, &shadow, &anonymiser->shadow_capacity, wanted, 1);
    anonymiser->shadow = shadow;
    return status;
}

/* The bytes from `from` on, as the scanner wants them. An odd '@' at the end waits for what follows. */
static void translate(struct mt940_anonymiser *anonymiser, size_t from, bool final)
{
    memcpy(anonymiser->shadow + from, anonymiser->carry + from, anonymiser->length - from);
    size_t done = mt940_translate_at_signs(anonymiser->carry, from, anonymiser->length, final);
    anonymiser->held = done < anonymiser->length;
    anonymiser->length = done;
}

/* A message whose lines end with "@@" begins where the scanner stopped. */
static int begin_translation(struct mt940_anonymiser *anonymiser, bool final)
{
    anonymiser->scanner.at_signs = false;
    anonymiser->scanner.translated = true;
    int status = reserve(anonymiser, anonymiser->length + 1);
    if (status)
        return status;
    memcpy(anonymiser->shadow, anonymiser->carry, anonymiser->length);
    translate(anonymiser, anonymiser->scanner.resume, final);
    return 0;
}

/* Runs over the carry once, and hands on what is done with. */
static int run_once(struct mt940_anonymiser *anonymiser, bool final, struct mt940_error *error)
{
    size_t consumed = 0;

    (void)mt940_scanner_run(&anonymiser->scanner, anonymiser->carry, anonymiser->length, final, &consumed);
    if (final && !anonymiser->scanner.at_signs)
        consumed = anonymiser->length;
    if (consumed > anonymiser->done)
        pass(anonymiser, mt940_view_of(anonymiser->carry + consumed, 0));
    anonymiser->done = consumed > anonymiser->done ? consumed : anonymiser->done;
    if (anonymiser->disguise.status)
        return mt940_fail(error, anonymiser->disguise.status, 0, NULL);
    return hand_on(anonymiser, consumed, error);
}

static int run(struct mt940_anonymiser *anonymiser, bool final, struct mt940_error *error)
{
    int status = run_once(anonymiser, final, error);

    if (status == 0 && anonymiser->scanner.at_signs) {
        status = begin_translation(anonymiser, final);
        status = status ? mt940_fail(error, status, 0, NULL) : run_once(anonymiser, final, error);
    }
    if (status == 0 && anonymiser->length > (size_t)anonymiser->max_field + step_size)
        return mt940_fail(error, MT940_E_LIMIT, MT940_LIMIT_FIELD, "a field has more bytes than options.max_field");
    return status;
}

static int append(struct mt940_anonymiser *anonymiser, const char *bytes, size_t length, bool final,
                  struct mt940_error *error)
{
    size_t from = anonymiser->length;
    int status = reserve(anonymiser, from + length + 1);

    if (status)
        return mt940_fail(error, status, 0, NULL);
    if (anonymiser->held)
        anonymiser->carry[anonymiser->length++] = '@';
    anonymiser->held = false;
    if (length)
        memcpy(anonymiser->carry + anonymiser->length, bytes, length);
    anonymiser->length += length;
    if (anonymiser->scanner.translated)
        translate(anonymiser, from, final);
    return 0;
}

MT940_EXPORT int mt940_anonymiser_feed(struct mt940_anonymiser *anonymiser, const void *bytes, size_t length,
                                       struct mt940_error *error)
{
    const char *data = bytes;

    if (!anonymiser || (!bytes && length))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "anonymiser or bytes");
    if (anonymiser->status || anonymiser->finished)
        return mt940_fail(error, MT940_E_STATE, 0, "the anonymiser has finished or failed");
    for (size_t used = 0; used < length && anonymiser->status == 0;) {
        size_t step = length - used < step_size ? length - used : step_size;
        anonymiser->status = append(anonymiser, data + used, step, false, error);
        if (anonymiser->status == 0)
            anonymiser->status = run(anonymiser, false, error);
        used += step;
    }
    return anonymiser->status;
}

MT940_EXPORT int mt940_anonymiser_finish(struct mt940_anonymiser *anonymiser, struct mt940_error *error)
{
    if (!anonymiser)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "anonymiser");
    if (anonymiser->status || anonymiser->finished)
        return mt940_fail(error, MT940_E_STATE, 0, "the anonymiser has finished or failed");
    anonymiser->finished = true;
    if (anonymiser->held)
        anonymiser->status = append(anonymiser, NULL, 0, true, error);
    if (anonymiser->status == 0 && anonymiser->length)
        anonymiser->status = run(anonymiser, true, error);
    return anonymiser->status;
}

/* A block is written where the caller wants it. */
struct block {
    char *out;
    size_t length;
};

static int write_block(void *user, const void *bytes, size_t length)
{
    struct block *block = user;

    memcpy(block->out + block->length, bytes, length);
    block->length += length;
    return 0;
}

MT940_EXPORT int mt940_anonymise(const void *bytes, size_t length, const struct mt940_anonymise_options *options,
                                 const struct mt940_allocator *allocator, char *out, struct mt940_error *error)
{
    struct block block = {out, 0};
    struct mt940_output output = {sizeof output, &block, write_block};
    struct mt940_anonymiser *anonymiser;

    if ((!bytes || !out) && length)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "bytes or out");
    int status = mt940_anonymiser_new(options, &output, allocator, &anonymiser, error);
    if (status)
        return status;
    status = mt940_anonymiser_feed(anonymiser, bytes, length, error);
    if (status == 0)
        status = mt940_anonymiser_finish(anonymiser, error);
    mt940_anonymiser_free(anonymiser);
    return status;
}
