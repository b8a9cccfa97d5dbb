/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_frame.h: the order of the windows of a text, for all processors. A file that includes it has defined before:
 *
 *   USUAL_TARGET                       attribute of its functions
 *   struct window                      up to 64 bytes; its `count` says how many
 *   look(data, at, length, &window)    loads the next ones
 *   high_bits(&window)                 a bit for each byte above 7F, the first lowest
 *   find_bits(&window, high, &found)   what else evidence_window.h asks of them; where none is above 7F nobody does
 *
 * It must not know how that is done.
 */
#ifndef MT940_TEXT_EVIDENCE_FRAME_H
#define MT940_TEXT_EVIDENCE_FRAME_H

#include "text/evidence_window.h"

USUAL_TARGET static inline size_t usual_letters(struct mt940_charset_evidence *evidence, const unsigned char *data,
                                                size_t at, size_t length)
{
    struct mt940_usual_window found;
    struct window window;
    while (at < length) {
        look(data, at, length, &window);
        uint64_t high = high_bits(&window);
        size_t count = window.count;
        if (high) {
            find_bits(&window, high, &found);
            count = mt940_usual_count(evidence, data + at, &found, mt940_usual_is_letter(evidence->previous));
        }
        if (count == 0)
            break;
        at += count;
        evidence->previous = data[at - 1];
    }
    return at;
}

#endif
