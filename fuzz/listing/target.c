/* SPDX-License-Identifier: Apache-2.0
 *
 * Listings of servers: whatever comes, only names by the rule are offered, each once, in order, and
 * found again; every line is offered, told, or nothing; other line ends change nothing. The last
 * byte chooses the form.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../libmt940/adapters/curl/listing.h"

static void check(int good)
{
    if (!good)
        abort();
}

struct told {
    size_t count;
    size_t bytes;
};

static void count_ignored(void *user, const struct mt940_view *name, int32_t reason)
{
    struct told *told = user;

    check(reason >= MT940_IGNORED_HIDDEN && reason <= MT940_IGNORED_TWICE);
    told->count++;
    told->bytes += name->length;
    for (size_t i = 0; i < name->length; i++) /* every byte of it may be read */
        told->bytes += name->data[i] == '\0';
}

static size_t count_lines(const char *text, size_t length)
{
    size_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n' || i + 1 == length;
    return lines;
}

static void check_listing(const struct listing *listing, const char *text, size_t length)
{
    for (size_t i = 0; i < listing->count; i++) {
        const struct listed *file = &listing->files[i];

        check(mt940_remote_name_fault(file->name.data, file->name.length) == 0);
        check(file->name.data >= text && file->name.data + file->name.length <= text + length);
        check(file->bytes >= -1 && file->modified >= -1);
        check(listing_find(listing, &file->name) == file);
        if (i > 0) {
            const struct mt940_view *before = &listing->files[i - 1].name;
            size_t shorter = before->length < file->name.length ? before->length : file->name.length;
            int order = memcmp(before->data, file->name.data, shorter);

            check(order < 0 || (order == 0 && before->length < file->name.length));
        }
    }
}

static char *copy(const char *text, size_t length)
{
    char *block = malloc(length == 0 ? 1 : length);

    if (block == NULL)
        exit(1);
    if (length > 0)
        memcpy(block, text, length);
    return block;
}

/* The same text with the line ends of the network. */
static char *with_returns(const char *text, size_t length, size_t *out)
{
    char *block = malloc(2 * length + 1);

    if (block == NULL)
        exit(1);
    *out = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n')
            block[(*out)++] = '\r';
        block[(*out)++] = text[i];
    }
    return block;
}

static void compare(const struct listing *a, const struct listing *b)
{
    check(a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        check(mt940_view_equal(&a->files[i].name, &b->files[i].name));
        check(a->files[i].bytes == b->files[i].bytes && a->files[i].modified == b->files[i].modified);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct told told = {0, 0}, again = {0, 0};
    struct listing_limits limits = {SIZE_MAX, &told, count_ignored, 1795305600};
    struct listing listing = {NULL, NULL, 0, 0}, other = {NULL, NULL, 0, 0};
    enum line_form form;
    char *text;
    size_t length;

    if (size == 0)
        return 0;
    form = (enum line_form)(data[size - 1] % 3);
    length = size - 1;
    text = copy((const char *)data, length);
    check(listing_read(&listing, form, text, length, &limits) == MT940_OK);
    check_listing(&listing, text, length);
    check(listing.count + told.count <= count_lines(text, length));
    check(listing.count == 0 || listing_is_form(form, text, length));
    if (memchr(text, '\r', length) == NULL) {
        size_t longer;
        char *returns = with_returns(text, length, &longer);

        limits.user = &again;
        check(listing_read(&other, form, returns, longer, &limits) == MT940_OK);
        compare(&listing, &other);
        check(told.count == again.count);
        listing_clear(&other);
    }
    if (listing.count > 0) {
        limits.max_files = listing.count - 1;
        check(listing_read(&other, form, copy(text, length), length, &limits) == MT940_E_LIMIT || told.count > 0);
        listing_clear(&other);
    }
    listing_clear(&listing);
    return 0;
}
