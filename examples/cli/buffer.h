/* SPDX-License-Identifier: Apache-2.0
 *
 * buffer.h: growing bytes. The command ends with a message when memory is out; every function
 * here therefore succeeds.
 */
#ifndef CLI_BUFFER_H
#define CLI_BUFFER_H

#include <stddef.h>

struct buffer {
    char *data;
    size_t length;
    size_t capacity;
};

/* What an emptied buffer keeps for the next contents. */
enum { BUFFER_KEPT = 524288 };

/* Says so and ends the program with 2, from any thread. */
_Noreturn void memory_out(void);
/* realloc() that does not fail; size 0 is allowed. */
void *memory_resize(void *old, size_t size);
/* Room for `count` items of `size` bytes, zeroed. */
void *memory_zeroed(size_t count, size_t size);
char *string_copy(const char *data, size_t length);

/* Makes room for `more` bytes behind the contents and returns where they go. */
char *buffer_reserve(struct buffer *buffer, size_t more);
void buffer_add(struct buffer *buffer, const void *data, size_t length);
void buffer_add_string(struct buffer *buffer, const char *string);
/* Takes bytes away from the front. */
void buffer_drop(struct buffer *buffer, size_t length);
/* Takes all bytes away; a block of more than BUFFER_KEPT is given back. */
void buffer_empty(struct buffer *buffer);
/* Ends with a NUL and hands the block over; the buffer is empty after it. */
char *buffer_string(struct buffer *buffer);
void buffer_free(struct buffer *buffer);

#endif
