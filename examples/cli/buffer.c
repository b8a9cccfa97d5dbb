/* SPDX-License-Identifier: Apache-2.0
 *
 * buffer.c: memory of the command. Must not know what is kept in it.
 */
#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void memory_out(void)
{
    fputs("mt940connect: error: E_MEMORY: out of memory\n", stderr);
    /* Not exit(), which only one thread may call. */
    fflush(stdout);
    _Exit(2);
}

void *memory_resize(void *old, size_t size)
{
    void *block = realloc(old, size == 0 ? 1 : size);

    if (block == NULL)
        memory_out();
    return block;
}

void *memory_zeroed(size_t count, size_t size)
{
    void *block = calloc(count == 0 ? 1 : count, size);

    if (block == NULL)
        memory_out();
    return block;
}

char *string_copy(const char *data, size_t length)
{
    char *copy = memory_resize(NULL, length + 1);

    if (length > 0)
        memcpy(copy, data, length);
    copy[length] = '\0';
    return copy;
}

char *buffer_reserve(struct buffer *buffer, size_t more)
{
    size_t capacity = buffer->capacity == 0 ? 256 : buffer->capacity;

    if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4)
        memory_out();
    while (capacity - buffer->length < more)
        capacity *= 2;
    if (capacity != buffer->capacity) {
        buffer->data = memory_resize(buffer->data, capacity);
        buffer->capacity = capacity;
    }
    return buffer->data + buffer->length;
}

void buffer_add(struct buffer *buffer, const void *data, size_t length)
{
    if (length == 0)
        return;
    memcpy(buffer_reserve(buffer, length), data, length);
    buffer->length += length;
}

void buffer_add_string(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, string, strlen(string));
}

void buffer_drop(struct buffer *buffer, size_t length)
{
    buffer->length -= length;
    if (length > 0 && buffer->length > 0)
        memmove(buffer->data, buffer->data + length, buffer->length);
}

void buffer_empty(struct buffer *buffer)
{
    if (buffer->capacity > BUFFER_KEPT)
        buffer_free(buffer);
    buffer->length = 0;
}

char *buffer_string(struct buffer *buffer)
{
    char *data;

    *buffer_reserve(buffer, 1) = '\0';
    data = buffer->data;
    *buffer = (struct buffer){0};
    return data;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){0};
}
