/* SPDX-License-Identifier: Apache-2.0
 *
 * known.c: tells movements that came before from new ones. Two equal movements of one statement
 * are two; equal movements of two statements are one, unless the balances lead from the one
 * statement to the other (chain.c): then they cannot overlap and both are real.
 */
#include "flow/known.h"

#include "base/sha256.h"
#include "flow/arrival.h"
#include "flow/ask.h"
#include "statement/id.h"

enum { digest_size = 32 };

/* An equal movement of one day in more statements than a bank makes of a day: a person decides. */
enum { most_statements = 100 };

/* A thing this file has seen: a movement by id or second key, or the count of equal movements. */
struct mt940_known_slot {
    uint8_t digest[digest_size];
    bool used;
    uint32_t statement;  /* generation of the statement that set `reached` */
    uint64_t reached;    /* last occurrence given out for this base key */
    const struct mt940_movement *movement;
    const struct mt940_inbox_item *item;
};

static uint32_t generation(const struct mt940_inbox_item *item)
{
    return (uint32_t)item->first_message + 1;
}

int mt940_known_init(struct mt940_known_file *file, struct mt940_flow *flow, size_t statements, size_t movements)
{
    /* Three entries a movement and one a statement, at a load of at most one half. */
    size_t wanted = 6 * movements + 2 * statements + 16;
    memset(file, 0, sizeof *file);
    file->flow = flow;
    int status = mt940_chain_init(&file->chain, flow, statements);
    if (status)
        return status;
    for (file->slot_count = 16; file->slot_count < wanted;)
        file->slot_count *= 2;
    file->slots = mt940_arena_alloc(&flow->scratch, file->slot_count * sizeof *file->slots);
    return file->slots ? 0 : flow->scratch.status;
}

/* The slot of a digest, or the free one where it would stand. Only `insert` takes it: see the load above. */
static struct mt940_known_slot *slot_of(struct mt940_known_file *file, const uint8_t digest[digest_size], bool insert)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof hash; i++)
        hash = hash << 8 | digest[i];
    size_t at = (size_t)hash & (file->slot_count - 1);
    while (file->slots[at].used && memcmp(file->slots[at].digest, digest, digest_size) != 0)
        at = (at + 1) & (file->slot_count - 1);
    if (insert && !file->slots[at].used) {
        memcpy(file->slots[at].digest, digest, digest_size);
        file->slots[at].used = true;
    }
    return &file->slots[at];
}

static void hash_text(struct mt940_view text, uint8_t digest[digest_size])
{
    struct mt940_sha256 hash;
    mt940_sha256_init(&hash);
    mt940_sha256_update(&hash, text.data, text.length);
    mt940_sha256_final(&hash, digest);
}

/* Whoever holds a second key: in this file, or in the store. */
struct holder {
    bool found;
    struct mt940_movement movement;
    struct mt940_inbox_item item;
};

/* A list of a day that is not over holds nothing against the final statement, whose rows are the ones that are saved. */
static bool may_hold(const struct mt940_inbox_item *holder, const struct mt940_inbox_item *item)
{
    return !mt940_arrival_is_interim(holder) || mt940_arrival_is_interim(item);
}

static int take_holder(struct mt940_flow *flow, const struct mt940_movement *movement,
                       const struct mt940_inbox_item *item, struct holder *out)
{
    struct mt940_inbox_item wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.company = flow->company;
    wanted.id = movement->inbox_item;
    int status = mt940_ask_get(flow, MT940_KIND_INBOX_ITEM, &wanted, &out->item);
    if (status)
        return status == MT940_E_NOT_FOUND ? MT940_E_CORRUPT : status;
    out->found = may_hold(&out->item, item);
    out->movement = *movement;
    return 0;
}

static int find_holder(struct mt940_known_file *file, struct mt940_view key, const struct mt940_inbox_item *item,
                       struct holder *out)
{
    struct mt940_flow *flow = file->flow;
    struct mt940_found found;
    struct mt940_movement from;
    uint8_t digest[digest_size];
    memset(out, 0, sizeof *out);
    hash_text(key, digest);
    const struct mt940_known_slot *slot = slot_of(file, digest, false);
    if (slot->used && slot->movement && may_hold(slot->item, item)) {
        out->found = true;
        out->movement = *slot->movement;
        out->item = *slot->item;
        return 0;
    }
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.second_key = key;
    int status = mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_SECOND_KEY, 2, &from, &found);
    for (size_t i = 0; status == 0 && i < found.count && !out->found; i++)
        status = take_holder(flow, mt940_found_at(&found, i), item, out);
    mt940_found_free(&found);
    return status;
}

static int remember(struct mt940_known_file *file, struct mt940_view key, const struct mt940_inbox_item *item,
                    const struct mt940_movement *movement)
{
    uint8_t digest[digest_size];
    struct mt940_movement *copy = mt940_arena_alloc(&file->flow->scratch, sizeof *copy);
    if (!copy)
        return file->flow->scratch.status;
    *copy = *movement;
    hash_text(key, digest);
    struct mt940_known_slot *slot = slot_of(file, digest, true);
    slot->movement = copy;
    slot->item = item;
    return 0;
}

static int judge_second(struct mt940_known_file *file, const struct mt940_inbox_item *item, const uint8_t second[32],
                        struct mt940_movement *movement, enum mt940_known *out)
{
    char text[MT940_ID_CAPACITY];
    struct mt940_view key;
    struct holder holder;
    struct mt940_view passed = {NULL, 0};
    size_t statements = 0;
    bool apart = false;
    int status;
    struct mt940_known_slot *count = slot_of(file, second, true);
    if (count->statement != generation(item))
        count->reached = 0;
    count->statement = generation(item);
    do {
        mt940_second_key_write(second, ++count->reached, text);
        mt940_view_from_string(text, &key);
        status = find_holder(file, key, item, &holder);
        if (status == 0 && holder.found)
            status = mt940_chain_apart(&file->chain, &holder.item, item, &apart);
        statements += mt940_view_equal(&passed, &holder.item.id) != 1;
        passed = holder.item.id;
    } while (status == 0 && holder.found && apart && statements < most_statements);
    if (status == 0)
        status = mt940_arena_view(&file->flow->scratch, &key, &movement->second_key);
    if (status)
        return status;
    if (!holder.found)
        *out = MT940_KNOWN_NEW;
    else if (apart)
        *out = MT940_KNOWN_DIFFERS;
    else
        *out = mt940_view_equal(&holder.movement.narrative, &movement->narrative) == 1 ? MT940_KNOWN_SAME
                                                                                       : MT940_KNOWN_DIFFERS;
    return 0;
}

bool mt940_known_statement(struct mt940_known_file *file, const struct mt940_inbox_item *item)
{
    uint8_t digest[digest_size];
    hash_text(item->id, digest);
    struct mt940_known_slot *slot = slot_of(file, digest, true);
    if (slot->item)
        return true;
    slot->item = item;
    mt940_chain_add(&file->chain, item);
    return false;
}

int mt940_known_judge(struct mt940_known_file *file, const struct mt940_inbox_item *item, const uint8_t second[32],
                      struct mt940_movement *movement, enum mt940_known *out)
{
    struct mt940_movement stored;
    uint8_t digest[digest_size];
    hash_text(movement->id, digest);
    const struct mt940_known_slot *slot = slot_of(file, digest, false);
    bool seen = slot->used && slot->movement;
    int status = seen ? 0 : mt940_ask_get(file->flow, MT940_KIND_MOVEMENT, movement, &stored);
    if (status != 0 && status != MT940_E_NOT_FOUND)
        return status;
    bool known = status == 0;
    /* The second key is counted also for known ones, so that equal movements keep their numbers. */
    status = judge_second(file, item, second, movement, out);
    if (known)
        *out = MT940_KNOWN_SAME;
    if (status || *out == MT940_KNOWN_SAME)
        return status;
    status = remember(file, movement->id, item, movement);
    return status ? status : remember(file, movement->second_key, item, movement);
}
