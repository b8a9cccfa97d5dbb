/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_search.c: reads a file piece by piece and lets the library find IBANs in each. What begins near the end of a
 * piece is left to the next one, so that nothing is cut and nothing found twice.
 */
#define _POSIX_C_SOURCE 200809L
#include "iban_search.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buffer.h"
#include "input.h"

/* No IBAN in a text is longer: 34 characters, a blank behind each, a line end. */
#define REACH 128
#define PIECE (1 << 16)
/* The shortest IBAN has 15 characters. */
#define MOST (PIECE / 15 + 1)

struct search {
    struct iban_place place; /* of the first byte of the piece */
    int after_cr;
    size_t length;
    char piece[PIECE];
    struct mt940_iban_found found[MOST];
};

/* Moves the place behind `count` bytes. CR, LF and CRLF end lines. */
static void advance(struct search *search, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char c = text[i];
        int ends = c == '\r' || (c == '\n' && !search->after_cr);

        search->place.line += (unsigned long)ends;
        search->place.column = ends || (c == '\n' && search->after_cr) ? 1 : search->place.column + 1;
        search->after_cr = c == '\r';
    }
    search->place.offset += count;
}

/* 0, or the error number; *ended at the end of the file. */
static int fill(struct search *search, int descriptor, int *ended)
{
    while (search->length < PIECE && !*ended) {
        ssize_t got = read(descriptor, search->piece + search->length, PIECE - search->length);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        search->length += (size_t)got;
        *ended = got == 0;
    }
    return 0;
}

/* Tells what begins before `limit`, and gives where the next piece begins. */
static size_t report(struct search *search, size_t limit, iban_found_function *found, void *user)
{
    size_t count = mt940_iban_scan(search->piece, search->length, search->found, MOST);
    size_t done = 0, next = limit;

    for (size_t i = 0; i < count && search->found[i].offset < limit; i++) {
        const struct mt940_iban_found *one = &search->found[i];

        advance(search, search->piece + done, one->offset - done);
        found(user, &search->place, search->piece + one->offset, one->length);
        done = one->offset;
        next = one->offset + one->length > limit ? one->offset + one->length : limit;
    }
    advance(search, search->piece + done, next - done);
    return next;
}

void iban_search(struct output *out, const char *path, iban_found_function *found, void *user)
{
    int descriptor = input_descriptor(out, path), ended = 0, failure = 0;
    struct search *search;

    if (descriptor < 0)
        return;
    search = memory_zeroed(1, sizeof *search);
    search->place = (struct iban_place){path, 1, 1, 0};
    do {
        size_t next;

        failure = fill(search, descriptor, &ended);
        next = report(search, ended || failure ? search->length : search->length - REACH, found, user);
        search->length -= next;
        memmove(search->piece, search->piece + next, search->length);
    } while (!ended && failure == 0);
    if (failure != 0)
        input_report(out, path, failure);
    free(search);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
}
