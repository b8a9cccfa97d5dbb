/* SPDX-License-Identifier: Apache-2.0
 *
 * disk.c: see disk.h. Every file is kept twice: as it is seen now, and as it is safe on the disk
 * since its last sync.
 */
#define _DEFAULT_SOURCE /* rand_r() */

#include "disk.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 8, SECTOR = 512, SHARED = 8 };

struct bytes {
    unsigned char *data;
    sqlite3_int64 size;
};

/* A file of the disk; without a name the place is free. */
struct file {
    char name[128];
    struct bytes now;
    struct bytes safe;
};

static struct file files[FILES];
static void *shared[SHARED]; /* the memory connections share beside the write-ahead log */
static sqlite3_vfs *real;
static enum disk_fault fault;
static long fault_at;
static long operations;

/* --- contents --- */

static void resize(struct bytes *bytes, sqlite3_int64 size)
{
    unsigned char *grown = realloc(bytes->data, (size_t)size + 1);

    if (!grown)
        abort(); /* a test without memory proves nothing */
    if (size > bytes->size)
        memset(grown + bytes->size, 0, (size_t)(size - bytes->size));
    bytes->data = grown;
    bytes->size = size;
}

static void copy(struct bytes *to, const struct bytes *from)
{
    resize(to, from->size);
    memcpy(to->data, from->data ? from->data : to->data, (size_t)from->size);
}

static void empty(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){NULL, 0};
}

static struct file *find(const char *name)
{
    for (int i = 0; i < FILES; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}

static void forget(struct file *file)
{
    empty(&file->now);
    empty(&file->safe);
    file->name[0] = '\0';
}

static void forget_shared(void)
{
    for (int i = 0; i < SHARED; i++) {
        free(shared[i]);
        shared[i] = NULL;
    }
}

/* --- faults --- */

static bool is_refused(void)
{
    operations++;
    if (fault_at == 0 || operations < fault_at)
        return false;
    return fault != DISK_FAILS_ONCE || operations == fault_at;
}

void disk_set_fault(enum disk_fault kind, long at)
{
    fault = kind;
    fault_at = at;
    operations = 0;
}

long disk_operations(void)
{
    return operations;
}

void disk_wipe(void)
{
    for (int i = 0; i < FILES; i++)
        forget(&files[i]);
    forget_shared();
    disk_set_fault(DISK_FAILS_ONCE, 0);
}

/* Every sector that was written since the last sync is the old or the new one. */
static void lose(struct file *file, unsigned *dice)
{
    sqlite3_int64 size = rand_r(dice) % 2 ? file->now.size : file->safe.size;

    resize(&file->safe, size);
    for (sqlite3_int64 at = 0; at < size && at < file->now.size; at += SECTOR) {
        sqlite3_int64 length = size - at < SECTOR ? size - at : SECTOR;
        if (length > file->now.size - at)
            length = file->now.size - at;
        if (rand_r(dice) % 2)
            memcpy(file->safe.data + at, file->now.data + at, (size_t)length);
    }
    copy(&file->now, &file->safe);
}

void disk_power_up(unsigned *dice)
{
    for (int i = 0; fault == DISK_LOSES_POWER && i < FILES; i++)
        if (files[i].name[0])
            lose(&files[i], dice);
    forget_shared();
    disk_set_fault(DISK_FAILS_ONCE, 0);
}

/* --- an open file --- */

struct handle {
    sqlite3_file base; /* first, as SQLite wants it */
    struct file *file;
};

static struct file *file_of(sqlite3_file *base)
{
    return ((struct handle *)base)->file;
}

static int file_close(sqlite3_file *base)
{
    (void)base;
    return SQLITE_OK;
}

static int file_read(sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset)
{
    struct bytes *now = &file_of(base)->now;
    sqlite3_int64 there = offset < now->size ? now->size - offset : 0;

    if (is_refused())
        return SQLITE_IOERR_READ;
    if (there > amount)
        there = amount;
    memset(buffer, 0, (size_t)amount);
    if (there)
        memcpy(buffer, now->data + offset, (size_t)there);
    return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *base, const void *buffer, int amount, sqlite3_int64 offset)
{
    struct bytes *now = &file_of(base)->now;

    if (is_refused())
        return SQLITE_IOERR_WRITE;
    if (offset + amount > now->size)
        resize(now, offset + amount);
    memcpy(now->data + offset, buffer, (size_t)amount);
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    if (is_refused())
        return SQLITE_IOERR_TRUNCATE;
    resize(&file_of(base)->now, size);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags)
{
    struct file *file = file_of(base);

    (void)flags;
    if (is_refused())
        return SQLITE_IOERR_FSYNC;
    copy(&file->safe, &file->now);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size)
{
    *size = file_of(base)->now.size;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level)
{
    (void)base;
    (void)level;
    return SQLITE_OK;
}

static int file_reserved(sqlite3_file *base, int *out)
{
    (void)base;
    *out = 0;
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int op, void *argument)
{
    (void)base;
    (void)op;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base)
{
    (void)base;
    return SECTOR;
}

/* No promise at all: the careful way. */
static int file_characteristics(sqlite3_file *base)
{
    (void)base;
    return 0;
}

static int shared_map(sqlite3_file *base, int region, int size, int extend, void volatile **out)
{
    (void)base;
    *out = NULL;
    if (region >= SHARED)
        return SQLITE_IOERR_SHMMAP;
    if (!shared[region] && extend && !(shared[region] = calloc(1, (size_t)size)))
        return SQLITE_NOMEM;
    *out = shared[region];
    return SQLITE_OK;
}

static int shared_lock(sqlite3_file *base, int offset, int count, int flags)
{
    (void)base;
    (void)offset;
    (void)count;
    (void)flags;
    return SQLITE_OK;
}

static void shared_barrier(sqlite3_file *base)
{
    (void)base;
}

static int shared_unmap(sqlite3_file *base, int is_deleted)
{
    (void)base;
    (void)is_deleted;
    forget_shared(); /* the one connection goes */
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
};

/* --- the disk --- */

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
    struct handle *handle = (struct handle *)base;

    (void)vfs;
    base->pMethods = NULL;
    handle->file = find(name ? name : "(temporary)");
    if (!handle->file) {
        if (!(flags & SQLITE_OPEN_CREATE) || !(handle->file = find("")))
            return SQLITE_CANTOPEN;
        strncpy(handle->file->name, name ? name : "(temporary)", sizeof(handle->file->name) - 1);
    }
    if (out_flags)
        *out_flags = flags;
    base->pMethods = &methods;
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int is_synced)
{
    struct file *file = find(name);

    (void)vfs;
    (void)is_synced;
    if (is_refused())
        return SQLITE_IOERR_DELETE;
    if (file)
        forget(file);
    return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    struct file *file = find(name);

    (void)vfs;
    (void)flags;
    *out = file && file->now.size > 0;
    return SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

static int disk_randomness(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    return real->xRandomness(real, size, out);
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
    (void)vfs;
    return real->xSleep(real, microseconds);
}

static int disk_time(sqlite3_vfs *vfs, double *now)
{
    (void)vfs;
    return real->xCurrentTime(real, now);
}

static int disk_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    (void)size;
    (void)out;
    return 0;
}

bool disk_install(void)
{
    static sqlite3_vfs disk = {
        .iVersion = 1,
        .szOsFile = sizeof(struct handle),
        .mxPathname = 120,
        .zName = "disk",
        .xOpen = disk_open,
        .xDelete = disk_delete,
        .xAccess = disk_access,
        .xFullPathname = disk_full_name,
        .xRandomness = disk_randomness,
        .xSleep = disk_sleep,
        .xCurrentTime = disk_time,
        .xGetLastError = disk_last_error,
    };

    real = sqlite3_vfs_find(NULL);
    return real && sqlite3_vfs_register(&disk, 1) == SQLITE_OK;
}
