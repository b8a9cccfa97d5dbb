/* SPDX-License-Identifier: Apache-2.0
 *
 * sink.h: where a function with snprintf's manners writes: it counts everything and keeps what
 * fits, whole characters only.
 */
#ifndef MT940_TEXT_SINK_H
#define MT940_TEXT_SINK_H

#include <string.h>

#include "text/utf8.h"

struct mt940_sink {
    char *out;
    size_t capacity; /* drops to what is written at the first character that does not fit */
    size_t length;   /* of the whole text */
};

/* How many bytes more can be kept. */
static inline size_t mt940_sink_room(const struct mt940_sink *sink)
{
    return sink->length < sink->capacity ? sink->capacity - sink->length : 0;
}

/* One character, or bytes that may only be kept together. */
static inline void mt940_sink_put(struct mt940_sink *sink, const char *bytes, size_t count)
{
    if (count > 0 && sink->length < sink->capacity && count <= sink->capacity - sink->length)
        memcpy(sink->out + sink->length, bytes, count);
    else if (sink->capacity > sink->length)
        sink->capacity = sink->length;
    sink->length += count;
}

/* Takes back what was put last, of `capacity` from the beginning: where that did not fit, something shorter may. */
static inline void mt940_sink_take_back(struct mt940_sink *sink, size_t count, size_t capacity)
{
    sink->length -= count;
    if (sink->capacity >= sink->length)
        sink->capacity = capacity;
}

static inline void mt940_sink_put_byte(struct mt940_sink *sink, char byte)
{
    if (sink->length < sink->capacity)
        sink->out[sink->length] = byte;
    sink->length++;
}

static inline void mt940_sink_put_point(struct mt940_sink *sink, uint32_t point)
{
    char bytes[4];

    mt940_sink_put(sink, bytes, mt940_utf8_write(point, bytes));
}

/* How much of the text stands in `out`. */
static inline size_t mt940_sink_written(const struct mt940_sink *sink)
{
    return sink->length < sink->capacity ? sink->length : sink->capacity;
}

#endif
