/* SPDX-License-Identifier: Apache-2.0
 *
 * scene.c: sets the company up and compares it with the model. The inbox is received once and copied into every new
 * store; an SQLite file is a copy of one made once. Must not know what the events of a program are.
 */
#define _POSIX_C_SOURCE 200809L
#include "scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mt940connect/adapters/memory.h"
#ifdef WITH_SQLITE
#include "mt940connect/adapters/sqlite.h"
#endif
#include "mt940connect/dbs_total.h"
#include "mt940connect/schema.h"

const int64_t scene_amounts[MODEL_SLIPS] = {10000, 15000, 7555, 30000, 3333, 12010, 25000, 6000};

static const char *const ibans[] = {"TR140006200119000001234567", "TR550011100000000012345678"};
static const char *const branches[] = {"0062_00119", "0111_01024"};

void scene_broken(const char *promise, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken: %s\n", file, line, promise);
    abort();
}

/* --- names --- */

struct mt940_view scene_view(const char *text)
{
    struct mt940_view view;

    mt940_view_from_string(text, &view);
    return view;
}

struct mt940_view scene_customer(int customer)
{
    return scene_view(customer == 0 ? "C0" : "C1");
}

struct mt940_view scene_account(int account)
{
    return scene_view(account == 0 ? "A0" : "A1");
}

struct mt940_view scene_number(int number)
{
    static char texts[MODEL_INVOICES][8];

    snprintf(texts[number], sizeof(texts[number]), "F%02d", number % 100);
    return scene_view(texts[number]);
}

/* --- trouble --- */

static enum shaky_fate next_fate(void *user)
{
    struct scene *scene = user;
    enum shaky_fate fate = scene->fate;

    scene->fate = SHAKY_GOES;
    scene->has_asked = 1;
    scene->has_trouble |= fate != SHAKY_GOES;
    return fate;
}

static int next_read_fails(void *user)
{
    struct scene *scene = user;

    if (scene->fail_read == 0 || scene->has_asked || --scene->fail_read > 0)
        return 0;
    scene->has_trouble = 1;
    SCENE_SAY("a read fails\n");
    return MT940_E_IO;
}

static void write_rival(void *user)
{
    struct scene *scene = user;
    int record = scene->rival_record;
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = scene_customer(record < 0 ? 0 : record / 2),
                                             .slot = record % 2 + 1};
    char name[32];
    struct mt940_action action = {.company = {"1", 1}, .verb = {"rival", 5}};
    struct mt940_journal line = {.event = MT940_DBS_EVENT_ADJUSTMENT, .currency = {"TRY", 3}};
    const struct mt940_change change = {.size = sizeof(change), .op = MT940_TOTAL_ADD, .record = &bank,
                                        .kind = MT940_KIND_CUSTOMER_BANK, .delta = scene->rival_delta,
                                        .journal = &line};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};

    if (record < 0)
        return;
    snprintf(name, sizeof(name), "rival %u", ++scene->names);
    action.key = line.document = scene_view(name);
    scene->rival_record = -1;
    scene->has_rival_written = 1;
    SCENE_MUST(scene->store.apply(scene->store.user, &batch, 1, &result) == 0);
    SCENE_MUST(result.outcome == MT940_APPLIED);
}

int scene_again(struct scene *scene, int status)
{
    int again = status != 0 && scene->has_trouble;

    SCENE_MUST(status == 0 || status == MT940_E_IO || status == MT940_E_STORE);
    SCENE_MUST(status == 0 || scene->has_trouble);
    scene->has_trouble = 0;
    scene->has_asked = 0;
    return again;
}

/* --- the books --- */

static void put(struct scene *scene, int32_t kind, const void *record)
{
    int status;

    do
        status = mt940_flow_put(scene->flow, kind, &record, 1, NULL, NULL);
    while (scene_again(scene, status));
}

void scene_put_record(struct scene *scene, int record)
{
    const struct mt940_customer_bank bank = {
        .company = {"1", 1}, .customer = scene_customer(record / 2), .slot = record % 2 + 1, .dbs = 1,
        .branch = scene_view(branches[record % 2]), .dbs_limit = scene->model.records[record].limit,
        .dbs_control = scene->model.records[record].control};

    put(scene, MT940_KIND_CUSTOMER_BANK, &bank);
}

static void put_books(struct scene *scene)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};

    put(scene, MT940_KIND_COMPANY, &company);
    for (int i = 0; i < 2; i++) {
        const struct mt940_bank_account account = {.company = {"1", 1}, .code = scene_account(i),
                                                   .iban = scene_view(ibans[i]), .currency = {"TRY", 3},
                                                   .branch = scene_view(branches[i])};
        const struct mt940_customer customer = {
            .company = {"1", 1}, .code = scene_customer(i), .active = 1, .default_bank_account = scene_account(i),
            .payment_type = i == 0 ? MT940_PAYMENT_TYPE_DBS : MT940_PAYMENT_TYPE_CASH};

        put(scene, MT940_KIND_BANK_ACCOUNT, &account);
        put(scene, MT940_KIND_CUSTOMER, &customer);
    }
    for (int i = 0; i < MODEL_RECORDS; i++)
        scene_put_record(scene, i);
}

/* --- the inbox --- */

struct offer {
    char text[2][2048];
    int open;
    size_t at;
};

static void write_statement(char *out, size_t capacity, int account)
{
    size_t length = (size_t)snprintf(out, capacity, ":20:%d\n:25:%s\n:28C:1/1\n:60F:C260819TRY0,00\n", account + 1,
                                     ibans[account]);

    for (int reversed = 0; reversed < 2; reversed++)
        for (int row = 0; row < 4; row++)
            length += (size_t)snprintf(out + length, capacity - length,
                                       ":61:2608200820%s%d,%02dN%sNONREF//R%d%d\n:86:TAHSILAT SORGU NO %d%d40%d%d\n",
                                       reversed ? "RC" : "C", (int)(scene_amounts[4 * account + row] / 100),
                                       (int)(scene_amounts[4 * account + row] % 100), row % 2 ? "TRF" : "DDB", row,
                                       reversed, 7 + account, row + 1, row, account);
    snprintf(out + length, capacity - length, ":62F:C260820TRY0,00\n");
}

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    struct offer *offer = user;
    int status = 0;

    for (int i = 0; i < 2 && status == 0; i++) {
        const struct mt940_remote_file file = {sizeof(file), scene_view(i == 0 ? "0" : "1"),
                                               (int64_t)strlen(offer->text[i]), -1};
        status = sink(sink_user, &file);
    }
    return status;
}

static int open_file(void *user, const struct mt940_view *name)
{
    ((struct offer *)user)->open = name->data[0] - '0';
    ((struct offer *)user)->at = 0;
    return 0;
}

static int64_t read_file(void *user, void *buffer, size_t capacity)
{
    struct offer *offer = user;
    size_t left = strlen(offer->text[offer->open]) - offer->at, step = left < capacity ? left : capacity;

    memcpy(buffer, offer->text[offer->open] + offer->at, step);
    offer->at += step;
    return (int64_t)step;
}

static int close_file(void *user)
{
    return user ? 0 : 1;
}

/* --- what every store begins with --- */

enum { COPIES = 64 };

static struct mt940_change copies[COPIES];
static size_t copy_count;
static char item_ids[2][64];

static int now(void *user, int64_t *seconds)
{
    *seconds = ++*(int64_t *)user;
    return 0;
}

static void open_flow(struct scene *scene)
{
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "fuzz",
                                               .store = &scene->front, .clock = &scene->clock};

    SCENE_MUST(mt940_flow_open(&options, &scene->flow, NULL) == 0);
}

static int copy_record(void *user, const void *record)
{
    struct mt940_change *change = &copies[copy_count++];
    void *copy = NULL;

    SCENE_MUST(copy_count < COPIES && mt940_record_clone(*(int32_t *)user, record, NULL, &copy) == 0);
    *change = (struct mt940_change){.size = sizeof(*change), .op = MT940_PUT_NEW, .kind = *(int32_t *)user,
                                    .record = copy};
    if (change->kind == MT940_KIND_INBOX_ITEM) {
        const struct mt940_inbox_item *item = copy;

        (void)mt940_view_copy(&item->id, item_ids[mt940_view_equal(&item->account_text,
                                                                   &(struct mt940_view){ibans[1], 26})], 64);
    }
    return 0;
}

struct mt940_view scene_item(int account)
{
    return scene_view(item_ids[account]);
}

static void receive_once(struct scene *scene)
{
    static const int32_t kinds[] = {
        MT940_KIND_COMPANY, MT940_KIND_BANK_ACCOUNT, MT940_KIND_CUSTOMER, MT940_KIND_CUSTOMER_BANK, MT940_KIND_FILE,
        MT940_KIND_INBOX_ITEM, MT940_KIND_MOVEMENT};
    static struct offer offer;
    const struct mt940_transport transport = {.size = sizeof(transport), .user = &offer, .list = list,
                                              .open = open_file, .read = read_file, .close = close_file};
    struct mt940_receive_summary summary = {.size = sizeof(summary)};

    put_books(scene);
    for (int i = 0; i < 2; i++)
        write_statement(offer.text[i], sizeof(offer.text[i]), i);
    SCENE_MUST(mt940_flow_receive(scene->flow, &transport, "fuzz", NULL, NULL, &summary, NULL) == 0);
    SCENE_MUST(summary.statements == 2 && summary.movements == 16);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        int32_t kind = kinds[i];
        SCENE_MUST(scene->store.scan(scene->store.user, kind, 0, 0, NULL, 0, 0, copy_record, &kind) == 0);
    }
}

static void fill(const struct mt940_store *store)
{
    const struct mt940_action action = {.company = {"1", 1}, .key = {"fill", 4}};
    struct mt940_batch batch = {sizeof(batch), &action, copies, copy_count};
    struct mt940_batch_result result = {.size = sizeof(result)};

    SCENE_MUST(store->apply(store->user, &batch, 1, &result) == 0 && result.outcome == MT940_APPLIED);
}

/* --- stores --- */

#ifdef WITH_SQLITE
static char directory[256];
static char *model_file;
static size_t model_size;

static const char *path_of(const char *name, char path[512])
{
    snprintf(path, 512, "%s/%s", directory, name);
    return path;
}

static void remove_files(void)
{
    static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm"};
    char path[512];

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        (void)remove(path_of(names[i], path));
}

static void remove_directory(void)
{
    remove_files();
    (void)rmdir(directory);
}

static void open_sqlite(struct mt940_store *store)
{
    char path[512];

    SCENE_MUST(mt940_sqlite_store_open(path_of("s.db", path), NULL, store, NULL) == 0);
}

/* One file is made, filled and kept as bytes; every new store is a copy. */
static void make_model_file(void)
{
    struct mt940_store store;
    char path[512];

    snprintf(directory, sizeof(directory), "%s/mt940connect-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    SCENE_MUST(mkdtemp(directory) != NULL);
    atexit(remove_directory);
    open_sqlite(&store);
    fill(&store);
    store.close(store.user);
    FILE *file = fopen(path_of("s.db", path), "rb");
    SCENE_MUST(file && fseek(file, 0, SEEK_END) == 0);
    model_size = (size_t)ftell(file);
    model_file = malloc(model_size);
    rewind(file);
    SCENE_MUST(model_file && fread(model_file, 1, model_size, file) == model_size && fclose(file) == 0);
}

static void new_sqlite(struct mt940_store *store)
{
    char path[512];

    if (!model_file)
        make_model_file();
    remove_files();
    FILE *file = fopen(path_of("s.db", path), "wb");
    SCENE_MUST(file && fwrite(model_file, 1, model_size, file) == model_size && fclose(file) == 0);
    open_sqlite(store);
}
#endif

static void open_new_store(struct scene *scene)
{
#ifdef WITH_SQLITE
    if (scene->on_sqlite) {
        new_sqlite(&scene->store);
        return;
    }
#endif
    scene->on_sqlite = 0;
    SCENE_MUST(mt940_memory_store_open(NULL, &scene->store, NULL) == 0);
    if (copy_count)
        fill(&scene->store);
}

static void begin(struct scene *scene, int on_sqlite)
{
    scene->on_sqlite = on_sqlite;
    scene->rival_record = -1;
    scene->seconds = 1787000000;
    scene->clock = (struct mt940_clock){sizeof(scene->clock), &scene->seconds, now};
    scene->shaky = (struct shaky_store){.behind = &scene->store, .fate = next_fate, .before = write_rival,
                                        .read_fails = next_read_fails, .user = scene};
    shaky_store_front(&scene->shaky, &scene->front);
    open_new_store(scene);
    open_flow(scene);
}

void scene_begin(struct scene *scene, int on_sqlite)
{
    if (copy_count == 0) {
        struct scene first;

        memset(&first, 0, sizeof(first));
        begin(&first, 0);
        receive_once(&first);
        scene_end(&first);
    }
    begin(scene, on_sqlite);
    for (int i = 0; i < MODEL_RECORDS; i++)
        scene_put_record(scene, i);
}

void scene_end(struct scene *scene)
{
    mt940_flow_close(scene->flow);
    scene->store.close(scene->store.user);
}

void scene_reopen(struct scene *scene)
{
    mt940_flow_close(scene->flow);
    scene->flow = NULL;
#ifdef WITH_SQLITE
    if (scene->on_sqlite) {
        scene->store.close(scene->store.user);
        open_sqlite(&scene->store);
    }
#endif
    open_flow(scene);
}
