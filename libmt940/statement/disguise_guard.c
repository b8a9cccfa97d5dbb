/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_guard.c: replaces a text, looks at it as a reader does, and replaces it again where that reads something else.
 * Each text is replaced a bounded number of times, so the work stays linear. Must not know what is read.
 */
#include "base/failure.h"
#include "statement/disguise.h"

enum { draws_most = 8, careful_attempt = draws_most, apart_attempt, attempts_most };

/* A text as it was, and where it is replaced. */
struct guarded {
    struct mt940_disguise *disguise;
    struct mt940_view before;
    char *raw;
    size_t kept;
    mt940_disguise_compare *compare;
    void *user;
};

static int attempt(const struct guarded *guarded, uint32_t number)
{
    struct mt940_disguise *disguise = guarded->disguise;
    size_t length = guarded->before.length;

    disguise->careful = number >= careful_attempt;
    disguise->apart = number == apart_attempt;
    disguise->draws = disguise->careful ? 0 : number;
    memcpy(guarded->raw, guarded->before.data, length);
    mt940_disguise_text(disguise, guarded->raw + guarded->kept, length - guarded->kept);
    disguise->careful = disguise->apart = false;
    disguise->draws = 0;
    return guarded->compare(guarded->user, guarded->before, mt940_view_of(guarded->raw, length));
}

void mt940_disguise_guarded(struct mt940_disguise *disguise, char *raw, size_t length, size_t kept, size_t room,
                            mt940_disguise_compare *compare, void *user)
{
    int status = room > SIZE_MAX - length ? MT940_E_MEMORY : disguise->status;
    uint32_t best = 0;
    int closest = MT940_DISGUISE_DIFFERS;

    if (status == 0)
        status = mt940_memory_reserve(&disguise->memory, &disguise->before, &disguise->before_capacity,
                                      length + room, 1);
    disguise->status = status;
    if (status)
        return;
    memcpy(disguise->before, raw, length);
    struct guarded guarded = {disguise, {disguise->before, length}, raw, kept, compare, user};
    for (uint32_t number = 0; number < attempts_most && disguise->status == 0; number++) {
        int likeness = attempt(&guarded, number);
        if (likeness == MT940_DISGUISE_SAME)
            return;
        if (likeness < closest) {
            closest = likeness;
            best = number;
        }
    }
    (void)attempt(&guarded, best);
}
