/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_frame.h: the order of the windows of a text, for all processors. A file that includes it has defined before:
 *
 *   USUAL_TARGET                       attribute of its functions
 *   struct window                      up to 64 bytes; its `count` says how many
 *   begin(&window)                     before the first window: no sign was seen
 *   look(data, at, length, &window)    loads the next ones
 *   high_bits(&window)                 a bit for each byte above 7F, the first lowest
 *   find_bits(&window, high, &bits)    what else evidence_window.h asks of them; where none is above 7F nobody does
 *   put_found(&window, bytes, found, list)  puts the bytes of the window with a bit in `found` at `list`, together with
 *                                      others behind them MT940_LETTERS_ATONCE at most
 *   signs_seen(&window)                signs of all that were put, and perhaps more
 *
 * It must not know how that is done.
 */
#ifndef MT940_TEXT_EVIDENCE_FRAME_H
#define MT940_TEXT_EVIDENCE_FRAME_H

#include "text/evidence_window.h"

USUAL_TARGET static inline size_t usual_letters(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                                                const unsigned char *data, size_t at, size_t length)
{
    struct mt940_usual_counts counts = {0, 0};
    struct mt940_usual_window bits;
    struct window window;
    unsigned before = evidence->previous;
    begin(&window);
    while (at < length) {
        look(data, at, length, &window);
        uint64_t high = high_bits(&window), found;
        size_t count = window.count;
        if (high) {
            find_bits(&window, high, &bits);
            count = mt940_usual_count(&counts, data + at, &bits, mt940_usual_is_letter(before), &found);
            mt940_letters_make_room(letters, evidence);
            put_found(&window, data + at, found, letters->list + letters->count);
            letters->count += (size_t)__builtin_popcountll(found);
        }
        if (count == 0)
            break;
        at += count;
        before = data[at - 1];
    }
    letters->signs |= signs_seen(&window);
    evidence->high += counts.high;
    evidence->utf8_sequences += counts.utf8_sequences;
    evidence->utf8_errors += counts.high - 2 * counts.utf8_sequences;
    evidence->previous = before;
    return at;
}

#endif
