/* SPDX-License-Identifier: Apache-2.0
 *
 * fake_erp.c: an ERP that numbers its own slips, and the mistakes of such ERPs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fakes.h"

enum { SLIPS = 64 };
enum { POSTS_AGAIN = 1, CUTS_KEYS, GUESSES, FORGETS, ONE_NUMBER, CANCELS_ALL, NO_NUMBER, OVERRUNS };

const struct fake_fault erp_faults[] = {
    {POSTS_AGAIN, "a second slip for the same key", "put-again"},
    {CUTS_KEYS, "keys of 32 characters", "long-keys"},
    {GUESSES, "says it knows every key", "absent"},
    {FORGETS, "keys kept in memory only", "started-anew"},
    {ONE_NUMBER, "one number for all", "keys-make-slips"},
    {CANCELS_ALL, "cancels more than was asked", "cancelled"},
    {NO_NUMBER, "tells no number", "put-once"},
    {OVERRUNS, "writes beyond the capacity", "put-once"},
    {0, NULL, NULL},
};

static struct {
    char key[80];
    int number;
    int is_cancelled;
} slips[SLIPS];
static int slip_count;
static int last_number;

int fake_erp_create(void *user)
{
    (void)user;
    memset(slips, 0, sizeof(slips));
    slip_count = 0;
    last_number = 0;
    return 0;
}

static int find_slip(const struct fake *fake, const char *key)
{
    size_t length = fake->fault == CUTS_KEYS ? 32 : sizeof(slips[0].key);

    for (int i = 0; i < slip_count; i++)
        if (!slips[i].is_cancelled && strncmp(slips[i].key, key, length) == 0)
            return i;
    return -1;
}

static void tell(const struct fake *fake, int slip, char *id, size_t capacity)
{
    if (fake->fault == OVERRUNS)
        memset(id, '7', capacity + 4);
    snprintf(id, capacity, "BN%06d", fake->fault == ONE_NUMBER ? 1 : slips[slip].number);
    if (fake->fault == NO_NUMBER)
        id[0] = '\0';
}

static int put(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity)
{
    struct fake *fake = user;
    int at = find_slip(fake, key);

    if (!posting->slip || posting->line_count == 0 || slip_count == SLIPS)
        return MT940_POST_REFUSED;
    if (at >= 0 && fake->fault != POSTS_AGAIN) {
        tell(fake, at, id, capacity);
        return MT940_POST_ALREADY;
    }
    at = slip_count++;
    snprintf(slips[at].key, sizeof(slips[at].key), "%s", key);
    slips[at].number = ++last_number;
    tell(fake, at, id, capacity);
    return MT940_POST_DONE;
}

static int find(void *user, const char *key, char *id, size_t capacity)
{
    struct fake *fake = user;
    int at = find_slip(fake, key);

    id[0] = '\0';
    if (at >= 0)
        tell(fake, at, id, capacity);
    return at >= 0 ? MT940_POST_DONE : fake->fault == GUESSES ? MT940_POST_UNKNOWN : MT940_POST_ABSENT;
}

static int cancel(void *user, const char *key, char *id, size_t capacity)
{
    struct fake *fake = user;
    int at = find_slip(fake, key);

    id[0] = '\0';
    if (at < 0)
        return MT940_POST_ABSENT;
    tell(fake, at, id, capacity);
    for (int i = 0; i < slip_count; i++)
        if (i == at || fake->fault == CANCELS_ALL)
            slips[i].is_cancelled = 1;
    return MT940_POST_DONE;
}

int fake_erp_open(void *user, struct mt940_post *out)
{
    struct fake *fake = user;

    if (fake->fault == FORGETS)
        slip_count = 0;
    *out = (struct mt940_post){sizeof(*out), user, put, find, cancel};
    return 0;
}
