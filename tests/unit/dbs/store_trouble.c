/* SPDX-License-Identifier: Apache-2.0
 *
 * store_trouble.c: what goes wrong under a story, thrown with dice so that a run can be repeated.
 * Another writer rewrites bank records, which makes every decision on them be made again, and
 * takes from a total for as long as one batch is applied, which no guard may mind. Must not know
 * what a story is about.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"
#include "store_world.h"

static uint64_t throw(struct store_trouble *trouble, uint64_t sides)
{
    trouble->dice ^= trouble->dice << 13;
    trouble->dice ^= trouble->dice >> 7;
    trouble->dice ^= trouble->dice << 17;
    return (trouble->dice >> 16) % sides;
}

static enum shaky_fate fate(void *user)
{
    struct store_trouble *trouble = ((struct store_world *)user)->trouble;

    trouble->is_quiet |= 2; /* what is read behind this tells what was done; who tries again would be told otherwise */
    if ((trouble->is_quiet & 1) || throw(trouble, 4) != 0)
        return SHAKY_GOES;
    return (enum shaky_fate)throw(trouble, SHAKY_FATES);
}

static int read_fails(void *user)
{
    struct store_trouble *trouble = ((struct store_world *)user)->trouble;

    return trouble->is_quiet == 0 && throw(trouble, 64) == 0 ? MT940_E_IO : 0;
}

static void write_one(struct store_world *world, const struct mt940_change *change)
{
    struct mt940_action action = {.company = {"1", 1}, .verb = {"rival", 5}, .actor = {"rival", 5}};
    struct mt940_batch batch = {sizeof(batch), &action, change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};
    char key[32];

    action.key = (struct mt940_view){key, (size_t)snprintf(key, sizeof(key), "rival-%u", ++world->trouble->adjustments)};
    assert_int_equal(world->store.apply(world->store.user, &batch, 1, &result), 0);
    assert_int_equal(result.outcome, MT940_APPLIED);
}

static void add(struct store_world *world, int64_t delta)
{
    char name[32];
    struct mt940_journal line = {.event = MT940_DBS_EVENT_ADJUSTMENT, .currency = {"TRY", 3}, .actor = {"rival", 5}};
    const struct mt940_change change = {.size = sizeof(change), .op = MT940_TOTAL_ADD,
                                        .kind = MT940_KIND_CUSTOMER_BANK, .record = &world->trouble->victim,
                                        .delta = delta, .journal = &line};

    line.document = (struct mt940_view){name, (size_t)snprintf(name, sizeof(name), "rival %u", world->trouble->adjustments)};
    write_one(world, &change);
}

static void before(void *user)
{
    static struct stored banks;
    struct store_world *world = user;
    struct store_trouble *trouble = world->trouble;
    const struct mt940_customer_bank from = {.company = {"1", 1}};

    trouble->taken = 0;
    if ((trouble->is_quiet & 1) || throw(trouble, 4) != 0)
        return;
    store_world_scan(world, MT940_KIND_CUSTOMER_BANK, 0, 1, &from, &banks);
    if (banks.count > 0) {
        const struct mt940_customer_bank *bank = banks.records[throw(trouble, banks.count)];
        const struct mt940_change rewrite = {.size = sizeof(rewrite), .op = MT940_PUT_IF, .record = bank,
                                             .kind = MT940_KIND_CUSTOMER_BANK, .revision = bank->revision};

        if (throw(trouble, 2) == 0) {
            write_one(world, &rewrite);
        } else {
            trouble->victim = (struct mt940_customer_bank){.company = {"1", 1}, .slot = bank->slot};
            snprintf(trouble->customer, sizeof(trouble->customer), "%.*s", (int)bank->customer.length,
                     bank->customer.data);
            trouble->victim.customer = store_world_view(trouble->customer);
            trouble->taken = 1 + (int64_t)throw(trouble, 100000);
            add(world, -trouble->taken);
        }
    }
    store_world_free(&banks);
}

static void after(void *user)
{
    struct store_world *world = user;

    if (world->trouble->taken != 0)
        add(world, world->trouble->taken);
}

void store_trouble_connect(struct store_world *world)
{
    world->front = world->store;
    if (!world->trouble)
        return;
    world->shaky = (struct shaky_store){.behind = &world->store, .fate = fate, .before = before, .after = after,
                                        .read_fails = read_fails, .user = world};
    shaky_store_front(&world->shaky, &world->front);
}

void store_trouble_begin(struct store_world *world)
{
    struct store_trouble *trouble = world->trouble;

    if (!trouble)
        return;
    trouble->is_quiet = 0;
    if (!trouble->open || throw(trouble, 16) != 0)
        return;
    mt940_flow_close(world->flow);
    world->flow = NULL;
    world->store.close(world->store.user);
    trouble->open(&world->store);
    store_world_open(world);
}

int store_trouble_again(struct store_world *world, int status)
{
    struct store_trouble *trouble = world->trouble;
    int is_ours = status == MT940_E_IO || status == MT940_E_UNKNOWN || status == MT940_E_STORE ||
                  status == MT940_E_CONFLICT;

    if (!trouble || !is_ours || (trouble->is_quiet & 1))
        return 0;
    trouble->is_quiet = throw(trouble, 3) == 0; /* it ends at last */
    return 1;
}

void store_trouble_rest(struct store_world *world)
{
    if (world->trouble)
        world->trouble->is_quiet = 1;
}
