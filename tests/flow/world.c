/* SPDX-License-Identifier: Apache-2.0
 *
 * world.c: the company "1" of the fragments, its own accounts, three customers and a supplier.
 */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct mt940_view view(const char *text)
{
    struct mt940_view out;
    mt940_view_from_string(text, &out);
    return out;
}

static int now(void *user, int64_t *seconds)
{
    *seconds = ++*(int64_t *)user;
    return 0;
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    struct world *world = user;
    int status = 0;
    for (size_t i = 0; i < world->file_count && status == 0; i++) {
        struct mt940_remote_file file = {sizeof file, view(world->files[i].name), (int64_t)world->files[i].length,
                                         world->files[i].modified};
        status = sink(sink_user, &file);
    }
    return status;
}

static struct world_file *find(struct world *world, const struct mt940_view *name)
{
    for (size_t i = 0; i < world->file_count; i++) {
        struct mt940_view candidate = view(world->files[i].name);
        if (mt940_view_equal(&candidate, name))
            return &world->files[i];
    }
    return NULL;
}

static int open_file(void *user, const struct mt940_view *name)
{
    struct world *world = user;
    struct world_file *file = find(world, name);
    world->open_file = (size_t)(file - world->files);
    world->read_at = 0;
    if (file)
        file->opened++;
    return file ? 0 : MT940_E_NOT_FOUND;
}

/* In small pieces, as a network does. */
static int64_t read_file(void *user, void *buffer, size_t capacity)
{
    struct world *world = user;
    const struct world_file *file = &world->files[world->open_file];
    size_t step = file->length - world->read_at;
    step = step > 100 ? 100 : step;
    step = step > capacity ? capacity : step;
    memcpy(buffer, file->bytes + world->read_at, step);
    world->read_at += step;
    return (int64_t)step;
}

static int close_file(void *user)
{
    (void)user;
    return 0;
}

static int settle(void *user, const struct mt940_view *name, int32_t settlement)
{
    find(user, name)->settlement = settlement;
    return 0;
}

static void put(struct world *world, int32_t kind, const void *record)
{
    struct mt940_error error = {.size = sizeof error};
    if (mt940_flow_put(world->flow, kind, &record, 1, NULL, &error))
        fail_msg("put: %s", error.text);
}

static void put_customer(struct world *world, const char *code, const char *name, int64_t type, const char *iban)
{
    struct mt940_customer customer = {.company = view("1"), .code = view(code), .name = view(name), .type = type,
                                      .active = 1};
    struct mt940_customer_bank bank = {.company = view("1"), .customer = view(code), .slot = 1, .iban = view(iban),
                                       .currency = view("TRY")};
    put(world, MT940_KIND_CUSTOMER, &customer);
    put(world, MT940_KIND_CUSTOMER_BANK, &bank);
}

static void put_account(struct world *world, const char *code, const char *iban, const char *branch,
                        const char *number, const char *currency)
{
    struct mt940_bank_account account = {.company = view("1"), .code = view(code), .iban = view(iban),
                                         .branch = view(branch), .account = view(number), .currency = view(currency)};
    put(world, MT940_KIND_BANK_ACCOUNT, &account);
}

static void put_books(struct world *world)
{
    struct mt940_company company = {.code = view("1"), .title = view("Örnek Gıda San. ve Tic. A.Ş."),
                                    .tax_id = view("9998887774"), .local_currency = view("TRY")};
    put(world, MT940_KIND_COMPANY, &company);
    put_account(world, "102.01", "TR140006200119000001234567", "0062_00119", "1234567", "TRY");
    put_account(world, "102.02", "TR550011100000000012345678", "0111_01024", "12345678", "TRY");
    put_account(world, "102.03", "TR980005900000000777000111", "0059_00372", "777000111", "TRY");
    put_customer(world, "120.A", "Yıldız Market Ltd. Şti.", MT940_CUSTOMER_TYPE_BUYER, "TR780006701000000011111111");
    put_customer(world, "120.B", "Doğan Gıda A.Ş.", MT940_CUSTOMER_TYPE_BUYER, "TR590004600123888000022222");
    put_customer(world, "120.C", "İsmail Çağrı Öztürk", MT940_CUSTOMER_TYPE_BUYER, "TR670001000999000000333333");
    put_customer(world, "320.D", "Tedarikçi A.Ş.", MT940_CUSTOMER_TYPE_SUPPLIER, "TR660013400000444400000001");
}

void world_reopen(struct world *world, const struct mt940_post *post, const struct mt940_store *store)
{
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "test",
                                         .store = store ? store : &world->store, .clock = &world->clock, .post = post};
    mt940_flow_close(world->flow);
    world->flow = NULL;
    assert_int_equal(mt940_flow_open(&options, &world->flow, NULL), 0);
}

void world_open(struct world *world)
{
    static int64_t seconds;
    memset(world, 0, sizeof *world);
    world->clock.size = sizeof world->clock;
    world->clock.user = &seconds;
    world->clock.now = now;
    world->transport = (struct mt940_transport){sizeof world->transport, world, list, open_file, read_file, close_file,
                                                settle, NULL, NULL};
    assert_int_equal(mt940_memory_store_open(NULL, &world->store, NULL), 0);
    world_reopen(world, NULL, NULL);
    put_books(world);
}

void world_close(struct world *world)
{
    mt940_flow_close(world->flow);
    world->store.close(world->store.user);
}

void world_offer(struct world *world, const char *name, const char *bytes)
{
    struct world_file *file = &world->files[world->file_count++];
    assert_true(world->file_count <= WORLD_FILES);
    file->name = name;
    file->bytes = bytes;
    file->length = strlen(bytes);
    file->modified = -1;
}

void world_offer_fragment(struct world *world, const char *name)
{
    static char texts[WORLD_FILES][1024];
    char path[80];
    size_t at = world->file_count;
    (void)snprintf(path, sizeof path, "tests/cases/fragments/%s.sta", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(texts[at], 1, sizeof texts[at], file);
    fclose(file);
    world_offer(world, name, "");
    world->files[at].bytes = texts[at];
    world->files[at].length = length;
}

void world_receive(struct world *world)
{
    struct mt940_error error = {.size = sizeof error};
    world->received.size = sizeof world->received;
    if (mt940_flow_receive(world->flow, &world->transport, "test", NULL, NULL, &world->received, &error))
        fail_msg("receive: %s", error.text);
}

static int take_id(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    (void)mt940_view_copy(&item->id, user, 32);
    return 0;
}

struct mt940_view world_item(struct world *world, int64_t number, char id[32])
{
    char text[40];
    (void)mt940_decimal_format(number, 0, 0, text);
    assert_int_equal(mt940_flow_find(world->flow, text, strlen(text), take_id, id, NULL), 0);
    return view(id);
}

static int take_row(void *user, const struct mt940_row *row)
{
    struct world *world = user;
    world->messages[world->message_count++] = row->message;
    return 0;
}

void world_show(struct world *world, int64_t number)
{
    struct mt940_error error = {.size = sizeof error};
    char id[32];
    struct mt940_view item = world_item(world, number, id);
    world->message_count = 0;
    if (mt940_flow_show(world->flow, &item, take_row, world, &error))
        fail_msg("show: %s", error.text);
}

static int take_result(void *user, const struct mt940_save_result *result)
{
    struct world *world = user;
    (void)mt940_view_copy(&result->slip, world->slips[world->message_count], 32);
    world->messages[world->message_count++] = result->message;
    return 0;
}

int world_save(struct world *world, int64_t number, const int64_t *rows, const struct mt940_row_choice *choice,
               uint32_t flags, int32_t accepted)
{
    char id[32];
    struct mt940_save_request request = {.size = sizeof request, .inbox_item = world_item(world, number, id),
                                         .rows = rows, .choices = choice, .choice_count = choice != NULL,
                                         .accepted = &accepted, .accepted_count = accepted != 0, .flags = flags};
    while (rows && rows[request.row_count])
        request.row_count++;
    if (!rows)
        request.flags |= MT940_SAVE_OPEN_ROWS;
    world->message_count = 0;
    world->saved.size = sizeof world->saved;
    return mt940_flow_save(world->flow, &request, take_result, world, &world->saved, NULL);
}

static int count_record(void *user, const void *record)
{
    (void)record;
    ++*(size_t *)user;
    return 0;
}

size_t world_count(struct world *world, int32_t kind)
{
    size_t count = 0;
    void *from = calloc(1, mt940_kind_info(kind)->struct_size);
    assert_int_equal(world->store.scan(world->store.user, kind, 0, 0, from, 0, 0, count_record, &count), 0);
    free(from);
    return count;
}
