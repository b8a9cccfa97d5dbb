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

/* By what a thing is found. */
enum { by_id = 1, by_second_key, by_equals, by_statement };

/* Digests are not made again of texts that hold one: occurrence and kind stand beside them. */
struct key {
    uint8_t digest[digest_size];
    uint64_t occurrence;
    uint64_t kind;
};

/* A thing this file has seen: a movement by id or second key, or the count of equal movements. */
struct mt940_known_slot {
    struct key key;
    bool used;
    uint32_t statement;  /* generation of the statement that set `reached` */
    uint64_t reached;    /* last occurrence given out for this base key */
    bool absent;         /* the store does not hold this id, or the first of these equals */
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

/*
 * The slot of a key, or the free one where it would stand. Only `insert` takes it: see the load above. The last bytes
 * choose: the first ones of a second key are the same all day (statement/id.c).
 */
static struct mt940_known_slot *slot_of(struct mt940_known_file *file, const struct key *key, bool insert)
{
    uint64_t hash = key->kind + 4 * key->occurrence;
    for (size_t i = 0; i < sizeof hash; i++)
        hash = (hash << 8 | hash >> 56) ^ key->digest[digest_size - 1 - i];
    size_t at = (size_t)hash & (file->slot_count - 1);
    while (file->slots[at].used && memcmp(&file->slots[at].key, key, sizeof *key) != 0)
        at = (at + 1) & (file->slot_count - 1);
    if (insert && !file->slots[at].used) {
        file->slots[at].key = *key;
        file->slots[at].used = true;
    }
    return &file->slots[at];
}

static unsigned digit(char c)
{
    return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Of an id as arrival.c makes it: two characters, the digest in hex, "/" and the occurrence. */
static struct key key_of_id(const struct mt940_view *id)
{
    struct key key = {{0}, 0, by_id};
    const char *at = id->data + 2;
    for (size_t i = 0; i < digest_size; i++, at += 2)
        key.digest[i] = (uint8_t)(digit(at[0]) << 4 | digit(at[1]));
    while (++at < id->data + id->length)
        key.occurrence = key.occurrence * 10 + digit(*at);
    return key;
}

static struct key key_of_second(const uint8_t second[digest_size], uint64_t kind, uint64_t occurrence)
{
    struct key key = {{0}, occurrence, kind};
    memcpy(key.digest, second, digest_size);
    return key;
}

static struct key key_of_statement(const struct mt940_view *id)
{
    struct mt940_sha256 hash;
    struct key key = {{0}, 0, by_statement};
    mt940_sha256_init(&hash);
    mt940_sha256_update(&hash, id->data, id->length);
    mt940_sha256_final(&hash, key.digest);
    return key;
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

static int find_holder(struct mt940_known_file *file, const struct key *key, struct mt940_view text,
                       const struct mt940_inbox_item *item, struct holder *out)
{
    struct mt940_flow *flow = file->flow;
    struct mt940_found found;
    struct mt940_movement from;
    memset(out, 0, sizeof *out);
    const struct mt940_known_slot *slot = slot_of(file, key, false);
    if (slot->used && slot->movement && may_hold(slot->item, item)) {
        out->found = true;
        out->movement = *slot->movement;
        out->item = *slot->item;
        return 0;
    }
    const struct key equals = key_of_second(key->digest, by_equals, 0);
    if (key->occurrence == 1 && slot_of(file, &equals, false)->absent)
        return 0;
    memset(&from, 0, sizeof from);
    from.company = flow->company;
    from.second_key = text;
    int status = mt940_ask_scan(flow, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_SECOND_KEY, 2, &from, &found);
    for (size_t i = 0; status == 0 && i < found.count && !out->found; i++)
        status = take_holder(flow, mt940_found_at(&found, i), item, out);
    mt940_found_free(&found);
    return status;
}

static void remember(struct mt940_known_file *file, const struct key *key, const struct mt940_inbox_item *item,
                     const struct mt940_movement *movement)
{
    struct mt940_known_slot *slot = slot_of(file, key, true);
    slot->movement = movement;
    slot->item = item;
}

static int judge_second(struct mt940_known_file *file, const struct mt940_inbox_item *item, const uint8_t second[32],
                        struct mt940_movement *movement, struct key *key, enum mt940_known *out)
{
    char text[MT940_ID_CAPACITY];
    struct mt940_view view;
    struct holder holder;
    struct mt940_view passed = {NULL, 0};
    size_t statements = 0;
    bool apart = false;
    int status;
    *key = key_of_second(second, by_equals, 0);
    struct mt940_known_slot *count = slot_of(file, key, true);
    if (count->statement != generation(item))
        count->reached = 0;
    count->statement = generation(item);
    do {
        mt940_second_key_write(second, ++count->reached, text);
        mt940_view_from_string(text, &view);
        *key = key_of_second(second, by_second_key, count->reached);
        status = find_holder(file, key, view, item, &holder);
        if (status == 0 && holder.found)
            status = mt940_chain_apart(&file->chain, &holder.item, item, &apart);
        statements += mt940_view_equal(&passed, &holder.item.id) != 1;
        passed = holder.item.id;
    } while (status == 0 && holder.found && apart && statements < most_statements);
    if (status == 0)
        status = mt940_arena_view(&file->flow->scratch, &view, &movement->second_key);
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
    const struct key key = key_of_statement(&item->id);
    struct mt940_known_slot *slot = slot_of(file, &key, true);
    if (slot->item)
        return true;
    slot->item = item;
    mt940_chain_add(&file->chain, item);
    return false;
}

/* --- most are new: asked about together --- */

/* A look at the store for an id or a second key. */
struct mt940_glance {
    struct mt940_movement from;
    char key[MT940_ID_CAPACITY];
    bool found;
};

static int take_any(void *user, const void *record)
{
    ((struct mt940_glance *)user)->found = record != NULL;
    return 0;
}

static void begin_glance(struct mt940_glance *glance, const struct mt940_movement *movement, const uint8_t second[32],
                         struct mt940_lookup *lookups)
{
    struct mt940_movement *from = &glance->from;
    memset(glance, 0, 2 * sizeof *glance);
    from->company = movement->company;
    from->id = movement->id;
    mt940_second_key_write(second, 1, glance->key);
    mt940_view_from_string(glance->key, &from->second_key);
    for (int i = 0; i < 2; i++)
        lookups[i] = (struct mt940_lookup){MT940_KIND_MOVEMENT, i ? MT940_MOVEMENT_BY_SECOND_KEY : 0, 2, 0, from,
                                           take_any, &glance[i]};
}

int mt940_known_look(struct mt940_known_file *file, const struct mt940_movement *movements, uint8_t (*seconds)[32],
                     size_t count)
{
    struct mt940_arena *scratch = &file->flow->scratch;
    if (!file->glances)
        file->glances = mt940_arena_alloc(scratch, 2 * MT940_KNOWN_LOOK * sizeof *file->glances);
    if (!file->lookups)
        file->lookups = mt940_arena_alloc(scratch, 2 * MT940_KNOWN_LOOK * sizeof *file->lookups);
    if (!file->glances || !file->lookups)
        return scratch->status;
    for (size_t i = 0; i < count; i++)
        begin_glance(&file->glances[2 * i], &movements[i], seconds[i], &file->lookups[2 * i]);
    int status = mt940_ask_fetch(file->flow, file->lookups, 2 * count);
    for (size_t i = 0; i < count && status == 0; i++) {
        const struct key id = key_of_id(&movements[i].id), equals = key_of_second(seconds[i], by_equals, 0);
        if (!file->glances[2 * i].found)
            slot_of(file, &id, true)->absent = true;
        slot_of(file, &equals, true)->absent = !file->glances[2 * i + 1].found;
    }
    return status;
}

int mt940_known_judge(struct mt940_known_file *file, const struct mt940_inbox_item *item, const uint8_t second[32],
                      struct mt940_movement *movement, enum mt940_known *out)
{
    struct mt940_movement stored;
    const struct key id = key_of_id(&movement->id);
    struct key key;
    const struct mt940_known_slot *slot = slot_of(file, &id, false);
    bool seen = slot->used && slot->movement;
    int status = seen                         ? 0
                 : slot->used && slot->absent ? MT940_E_NOT_FOUND
                                              : mt940_ask_get(file->flow, MT940_KIND_MOVEMENT, movement, &stored);
    if (status != 0 && status != MT940_E_NOT_FOUND)
        return status;
    bool known = status == 0;
    /* The second key is counted also for known ones, so that equal movements keep their numbers. */
    status = judge_second(file, item, second, movement, &key, out);
    if (known)
        *out = MT940_KNOWN_SAME;
    if (status || *out == MT940_KNOWN_SAME)
        return status;
    struct mt940_movement *copy = mt940_arena_alloc(&file->flow->scratch, sizeof *copy);
    if (!copy)
        return file->flow->scratch.status;
    *copy = *movement;
    remember(file, &id, item, copy);
    remember(file, &key, item, copy);
    return 0;
}
