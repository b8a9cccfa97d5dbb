/* SPDX-License-Identifier: Apache-2.0
 *
 * 05-own-store.c: a store of one's own, complete: all records in one append-only file. It knows no
 * kind of record by name but the three the contract names (action, customer bank, journal); the
 * rest, in 05-own-tables.c, follows from schema.h. docs/store.md walks through both, and
 * 06-judge-own-store.c judges them.
 *
 * The file is a header and frames. A frame is what one call of apply() changed: its length, a
 * checksum, and every record put or removed. So a call is on the disk wholly or not at all. The
 * records themselves are kept in memory: it is a store for thousands of them, not for millions.
 *
 * Build:  cc -c 05-own-store.c 05-own-tables.c $(pkg-config --cflags mt940connect)   (POSIX)
 */
#define _DEFAULT_SOURCE /* flock() */

#include "05-own-store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "05-own-tables.h"

/* One record put in (added), taken out (removed), or replaced (both). */
struct step {
    struct own_table *table;
    void *removed;
    void *added;
    size_t written; /* bytes in `frame` before it */
};

struct own_store {
    int file;
    size_t end;           /* what stands before it in the file is in the tables */
    struct own_table *tables; /* kind - 1 */
    void *scratch;        /* as large as the largest record */
    struct step *steps;   /* of this call, to undo it */
    size_t step_count;
    size_t step_capacity;
    struct own_bytes frame;   /* the same as it will be in the file, behind room for a head */
    struct mt940_error error;
};

/* How the file begins. Numbers are as this machine writes them. */
struct header {
    char magic[8];
    int64_t schema;
};

/* Before the bytes of a frame. FNV-1a finds what was not written to its end; it is no protection against forgers. */
struct head {
    size_t length;
    uint64_t checksum;
};

static int fail(struct own_store *store, int status, const char *text)
{
    snprintf(store->error.text, sizeof(store->error.text), "%s", text);
    return status;
}

/* --- 1. steps: what a call has done so far. Undoing takes no memory and cannot fail --- */

static bool has_room(struct own_store *store, struct own_table *table)
{
    if (!own_table_reserve(table))
        return false;
    if (store->step_count == store->step_capacity) {
        size_t capacity = store->step_capacity * 2 + 32;
        struct step *grown = realloc(store->steps, capacity * sizeof(*grown));
        if (!grown)
            return false;
        store->steps = grown;
        store->step_capacity = capacity;
    }
    return true;
}

/* Puts a copy of `record` in the place of `old`; either may be NULL. */
static int replace(struct own_store *store, struct own_table *table, void *old, const void *record)
{
    struct step step = {table, old, NULL, store->frame.length};
    int64_t verb = record ? table->info->kind : -table->info->kind;

    if (!has_room(store, table) || (record && mt940_record_clone(table->info->kind, record, NULL, &step.added)))
        return fail(store, MT940_E_MEMORY, "out of memory");
    if (old)
        own_table_unlink(table, old);
    if (record)
        own_table_link(table, step.added);
    store->steps[store->step_count++] = step;
    bool is_good = own_bytes_move(&store->frame, &verb, sizeof(verb)) &&
                   own_record_move(&store->frame, table->info, record ? step.added : old);
    return is_good ? MT940_OK : fail(store, MT940_E_MEMORY, "out of memory");
}

static void undo(struct own_store *store, size_t mark)
{
    while (store->step_count > mark) {
        struct step *step = &store->steps[--store->step_count];
        if (step->added)
            own_table_unlink(step->table, step->added);
        mt940_record_free(step->table->info->kind, step->added, NULL);
        if (step->removed)
            own_table_link(step->table, step->removed);
        store->frame.length = step->written;
    }
}

/* The end of a call: all of it happened, or (`status` is not 0) nothing. */
static int finish(struct own_store *store, int status)
{
    if (status)
        undo(store, 0);
    for (; store->step_count > 0; store->step_count--) {
        struct step *step = &store->steps[store->step_count - 1];
        mt940_record_free(step->table->info->kind, step->removed, NULL);
    }
    store->frame.length = sizeof(struct head);
    return status;
}

/* Does again what is written down in a frame. */
static int redo(struct own_store *store, struct own_bytes frame)
{
    int64_t verb;

    while (frame.length > 0) {
        if (!own_bytes_move(&frame, &verb, sizeof(verb)) || verb == 0 || verb > mt940_kind_count() || -verb > mt940_kind_count())
            return fail(store, MT940_E_CORRUPT, "a frame without a record");
        struct own_table *table = &store->tables[(verb > 0 ? verb : -verb) - 1];
        if (!own_record_move(&frame, table->info, store->scratch))
            return fail(store, MT940_E_CORRUPT, "a frame ends within a record");
        int status = replace(store, table, own_table_find(table, store->scratch), verb > 0 ? store->scratch : NULL);
        if (status)
            return status;
    }
    return MT940_OK;
}

/* --- 2. the file --- */

/* Waits up to 30 s for other processes: one of them may be stopped. */
static int lock(struct own_store *store, int how)
{
    const struct timespec pause = {0, 1000000};

    for (int waited = 0; flock(store->file, how | LOCK_NB) != 0; waited++) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail(store, MT940_E_IO, "the file cannot be locked");
        if (waited == 30000)
            return fail(store, MT940_E_BUSY, "another process keeps the file locked");
        nanosleep(&pause, NULL);
    }
    return MT940_OK;
}

static struct head head_of(const char *data, size_t length)
{
    struct head head = {length, 0xCBF29CE484222325u};

    for (size_t i = 0; i < length; i++)
        head.checksum = (head.checksum ^ (unsigned char)data[i]) * 0x100000001B3u;
    return head;
}

/* Writes this call behind all others. Nobody reads meanwhile, so nobody saw what a failure cuts off. */
static int commit(struct own_store *store)
{
    const struct own_bytes *frame = &store->frame;
    struct head head = head_of(frame->at + sizeof(head), frame->length - sizeof(head));
    ssize_t put = 1;

    if (head.length == 0)
        return MT940_OK;
    memcpy(frame->at, &head, sizeof(head));
    for (size_t done = 0; put > 0 && done < frame->length; done += put > 0 ? (size_t)put : 0)
        put = pwrite(store->file, frame->at + done, frame->length - done, (off_t)(store->end + done));
    if (put > 0 && fsync(store->file) == 0) {
        store->end += frame->length;
        return MT940_OK;
    }
    if (ftruncate(store->file, (off_t)store->end) == 0 && fsync(store->file) == 0)
        return fail(store, MT940_E_IO, "the file cannot be written; nothing was stored");
    return fail(store, MT940_E_UNKNOWN, "the file can be neither written nor cut back; look up by key");
}

/*
 * Length of the whole frame at `data`; 0 = a torn end, for its writer died in it and told nobody
 * of it; -1 = damage, for something stands behind it, so it was whole once.
 */
static int64_t frame_length(const char *data, size_t left)
{
    struct head head;

    if (left < sizeof(head))
        return 0;
    memcpy(&head, data, sizeof(head));
    left -= sizeof(head);
    if (head.length == 0 || head.length > left)
        return head.length ? 0 : -1;
    if (head_of(data + sizeof(head), head.length).checksum == head.checksum)
        return (int64_t)(sizeof(head) + head.length);
    return head.length == left ? 0 : -1;
}

/* Takes in what others, or an earlier life, wrote. Only a writer, alone at the file, cuts a torn end off. */
static int catch_up(struct own_store *store, bool is_writer)
{
    struct stat about;
    size_t start = store->end;

    if (fstat(store->file, &about) != 0)
        return fail(store, MT940_E_IO, "the file cannot be looked at");
    size_t left = (size_t)about.st_size - start;
    if ((size_t)about.st_size <= start)
        return left == 0 ? MT940_OK : fail(store, MT940_E_CORRUPT, "the file became shorter");
    char *data = malloc(left);
    int status = data && pread(store->file, data, left, (off_t)start) == (ssize_t)left ? MT940_OK : MT940_E_IO;
    for (int64_t length = 1; status == MT940_OK && left > 0 && length > 0;) {
        char *at = data + (store->end - start);
        length = frame_length(at, left);
        if (length > 0)
            status = finish(store, redo(store, (struct own_bytes){true, at + sizeof(struct head),
                                                              (size_t)length - sizeof(struct head), 0}));
        if (length < 0)
            status = MT940_E_CORRUPT;
        store->end += status == MT940_OK ? (size_t)length : 0;
        left -= status == MT940_OK ? (size_t)length : 0;
    }
    free(data);
    /* A writer may have died before its sync: what it wrote must be on the disk before anybody is told of it. */
    if (status == MT940_OK && store->end > start && fsync(store->file) != 0)
        status = MT940_E_IO;
    if (status == MT940_OK && left > 0 && is_writer && ftruncate(store->file, (off_t)store->end) != 0)
        status = MT940_E_IO;
    return status ? fail(store, status, "the file cannot be read, or is damaged") : MT940_OK;
}

/* --- 3. the changes: 0, an outcome, or a negative status --- */

static int64_t revision_of(const void *record)
{
    return record ? *(const int64_t *)record : 0;
}

/* Counters are the store's: those of `old` stay, those of a new record begin at 0. */
static int put(struct own_store *store, struct own_table *table, void *old, const void *given)
{
    int64_t revision = revision_of(old) + 1;
    const int64_t zero = 0;

    memcpy(store->scratch, given, table->info->struct_size);
    memcpy(store->scratch, &revision, sizeof(revision));
    for (int32_t i = 0; i < table->info->field_count; i++) {
        size_t offset = table->info->fields[i].offset;
        if (table->info->fields[i].is_counter)
            memcpy((char *)store->scratch + offset, old ? (char *)old + offset : (const void *)&zero, sizeof(zero));
    }
    return replace(store, table, old, store->scratch);
}

static int refuse(struct mt940_batch_result *result, int64_t total, int64_t ceiling)
{
    result->total = total;
    result->ceiling = ceiling;
    return MT940_REFUSED;
}

static int total_add(struct own_store *store, const struct mt940_change *change, void *old,
                     struct mt940_batch_result *result)
{
    if (!old)
        return MT940_CONFLICT;
    struct mt940_customer_bank bank = *(const struct mt940_customer_bank *)old;
    int64_t ceiling = change->ceiling == MT940_CEILING_STORED_LIMIT ? bank.dbs_limit : change->ceiling_value;
    if (change->ceiling == MT940_CEILING_NONE || change->delta <= 0)
        ceiling = INT64_MAX; /* what lowers a total is never refused */
    if (change->delta < 0 && bank.dbs_total < INT64_MIN - change->delta)
        return refuse(result, bank.dbs_total, INT64_MIN);
    if (change->delta > 0 && (bank.dbs_total > INT64_MAX - change->delta || bank.dbs_total + change->delta > ceiling))
        return refuse(result, bank.dbs_total, ceiling);
    bank.dbs_total += change->delta;
    bank.dbs_sequence++;
    struct mt940_journal line = *change->journal;
    line.revision = 1;
    line.company = bank.company;
    line.customer = bank.customer;
    line.slot = bank.slot;
    line.sequence = bank.dbs_sequence;
    line.delta = change->delta;
    line.total = bank.dbs_total;
    int status = replace(store, &store->tables[MT940_KIND_JOURNAL - 1], NULL, &line);
    return status ? status : replace(store, &store->tables[MT940_KIND_CUSTOMER_BANK - 1], old, &bank);
}

static int apply_change(struct own_store *store, const struct mt940_change *change, struct mt940_batch_result *result)
{
    struct own_table *table = &store->tables[change->kind - 1];
    void *old = own_table_find(table, change->record);
    const struct mt940_customer_bank *bank = change->kind == MT940_KIND_CUSTOMER_BANK ? old : NULL;

    if (change->op == MT940_TOTAL_ADD)
        return total_add(store, change, old, result);
    if (revision_of(old) != (change->op == MT940_PUT_NEW ? 0 : change->revision))
        return MT940_CONFLICT;
    if (change->op == MT940_EXPECT)
        return MT940_OK;
    if (change->op != MT940_PUT_NEW && !old)
        return MT940_CONFLICT; /* revision 0 was given, and there is none */
    if (change->op != MT940_DELETE_IF)
        return put(store, table, old, change->record);
    return bank && bank->dbs_sequence ? refuse(result, bank->dbs_total, 0) : replace(store, table, old, NULL);
}

static int apply_batch(struct own_store *store, const struct mt940_batch *batch, struct mt940_batch_result *result)
{
    struct own_table *actions = &store->tables[MT940_KIND_ACTION - 1];
    const struct mt940_action *known = own_table_find(actions, batch->action);
    size_t mark = store->step_count;

    if (known) {
        result->outcome = MT940_ALREADY;
        result->result_length = mt940_view_copy(&known->result, result->result, sizeof(result->result));
        return MT940_OK;
    }
    int answer = put(store, actions, NULL, batch->action); /* the key first: it is part of the batch */
    for (size_t i = 0; answer == MT940_OK && i < batch->change_count; i++) {
        answer = apply_change(store, &batch->changes[i], result);
        result->change = answer > 0 ? i : 0;
    }
    if (answer != MT940_OK)
        undo(store, mark);
    result->outcome = answer ? answer : MT940_APPLIED;
    return answer < 0 ? answer : MT940_OK;
}

/* --- 4. the port --- */

static int own_apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    struct own_store *store = user;
    int status = mt940_batch_check(batches, count, results, &store->error);

    if (status || (status = lock(store, LOCK_EX)) != MT940_OK)
        return status;
    status = catch_up(store, true);
    for (size_t i = 0; status == MT940_OK && i < count; i++)
        status = apply_batch(store, &batches[i], &results[i]);
    status = finish(store, status ? status : commit(store));
    (void)flock(store->file, LOCK_UN);
    return status;
}

static int look(struct own_store *store)
{
    int status = lock(store, LOCK_SH);

    if (status == MT940_OK) {
        status = catch_up(store, false);
        (void)flock(store->file, LOCK_UN);
    }
    return status;
}

static int own_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct own_store *store = user;

    if (!mt940_kind_info(kind) || !key || !sink)
        return MT940_E_ARGUMENT;
    int status = look(store);
    const void *record = status ? NULL : own_table_find(&store->tables[kind - 1], key);
    return record ? sink(sink_user, record) : status ? status : MT940_E_NOT_FOUND;
}

static int own_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                    size_t limit, mt940_record_sink sink, void *sink_user)
{
    struct own_store *store = user;
    const struct mt940_kind_info *info = mt940_kind_info(kind);

    if (!info || index < 0 || index >= info->index_count || prefix < 0 ||
        prefix > info->indexes[index].field_count || (!from && (prefix || after)) || !sink)
        return MT940_E_ARGUMENT;
    int status = look(store);
    if (status)
        return status;
    const struct own_table *table = &store->tables[kind - 1];
    size_t place = own_table_place(table, index, after ? -1 : prefix, from, after);
    for (size_t seen = 0; place < table->count && (limit == 0 || seen < limit); seen++, place++) {
        const void *record = table->orders[index][place];
        if (mt940_record_compare_prefix(kind, index, prefix, record, from) != 0)
            break;
        if ((status = sink(sink_user, record)) != 0)
            return status;
    }
    return MT940_OK;
}

static void own_close(void *user)
{
    struct own_store *store = user;

    for (int32_t kind = 1; store->tables && kind <= mt940_kind_count(); kind++)
        if (store->tables[kind - 1].info)
            own_table_clear(&store->tables[kind - 1]);
    free(store->tables);
    free(store->scratch);
    free(store->steps);
    free(store->frame.at);
    if (store->file >= 0)
        close(store->file);
    free(store);
}

static const char *own_last_error(void *user)
{
    return ((struct own_store *)user)->error.text;
}

/* --- 5. opening --- */

static int prepare(struct own_store *store)
{
    size_t largest = 0;
    struct head room = {0, 0};

    store->tables = calloc((size_t)mt940_kind_count(), sizeof(*store->tables));
    for (int32_t kind = 1; kind <= mt940_kind_count(); kind++) {
        if (!store->tables || !own_table_init(&store->tables[kind - 1], kind))
            return MT940_E_MEMORY;
        size_t size = store->tables[kind - 1].info->struct_size;
        largest = size > largest ? size : largest;
    }
    store->scratch = calloc(1, largest);
    return store->scratch && own_bytes_move(&store->frame, &room, sizeof(room)) ? MT940_OK : MT940_E_MEMORY;
}

/* A new file is on the disk when its directory is, too. */
static bool sync_directory(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    int directory = name ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool is_good = directory >= 0 && fsync(directory) == 0;

    if (directory >= 0)
        close(directory);
    free(name);
    return is_good;
}

/* Under the lock: makes the header, also when the maker died in it, or looks whether it is ours. */
static int check_header(struct own_store *store, const char *path)
{
    struct header wanted = {"MT940OWN", MT940_SCHEMA_VERSION}, found = wanted;
    ssize_t got = pread(store->file, &found, sizeof(found), 0);

    if (got < 0)
        return MT940_E_IO;
    if (memcmp(found.magic, wanted.magic, sizeof(found.magic)) != 0)
        return MT940_E_CORRUPT;
    if (found.schema != wanted.schema)
        return MT940_E_SCHEMA;
    if (got < (ssize_t)sizeof(wanted) &&
        (pwrite(store->file, &wanted, sizeof(wanted), 0) != (ssize_t)sizeof(wanted) || fsync(store->file) != 0 ||
         !sync_directory(path)))
        return MT940_E_IO;
    store->end = sizeof(wanted);
    return MT940_OK;
}

int own_store_open(const char *path, struct mt940_store *out)
{
    struct own_store *store = calloc(1, sizeof(*store));

    if (!store)
        return MT940_E_MEMORY;
    store->error.size = sizeof(store->error);
    store->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    int status = store->file < 0 ? MT940_E_IO : prepare(store);
    if (status == MT940_OK && (status = lock(store, LOCK_EX)) == MT940_OK) {
        status = check_header(store, path);
        status = status ? status : catch_up(store, true);
        (void)flock(store->file, LOCK_UN);
    }
    if (status) {
        own_close(store);
        return status;
    }
    *out = (struct mt940_store){sizeof(*out), store, own_get, own_scan, own_apply, own_close, own_last_error, NULL};
    return MT940_OK;
}
