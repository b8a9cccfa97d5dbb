/* SPDX-License-Identifier: Apache-2.0
 *
 * kit.h: what the checks of the kit are written with. A check is straight-line code: the first
 * requirement that does not hold ends it (longjmp), its memory and handles are cleared behind it.
 */
#ifndef MT940_CONFORMANCE_KIT_H
#define MT940_CONFORMANCE_KIT_H

#include <setjmp.h>
#include <stdbool.h>

#include "mt940connect/conformance.h"

#if defined(__GNUC__)
#define MT940_KIT_FORMAT(at) __attribute__((format(printf, at, (at) + 1)))
#else
#define MT940_KIT_FORMAT(at)
#endif

struct mt940_kit_block;
struct mt940_kit;

/* What is judged, of whatever port: how it comes and goes. */
struct mt940_kit_subject {
    const void *options; /* the public ones */
    void *user;
    int (*create)(void *user);   /* may be NULL */
    void (*destroy)(void *user); /* may be NULL */
    void (*checked)(void *user, const char *check, int32_t outcome, const char *text); /* may be NULL */
    const char *only;
    uint64_t seed;
    void (*begin)(struct mt940_kit *kit); /* opens what the checks work with */
    void (*end)(struct mt940_kit *kit);   /* closes what is open, also after a check that ended early */
};

struct mt940_kit {
    const struct mt940_kit_subject *subject;
    struct mt940_store store;         /* the handle a check works with */
    struct mt940_store second;        /* see mt940_kit_open_second() */
    struct mt940_transport transport; /* the same of the other ports */
    struct mt940_transport beside;    /* a second one, for the checks that open it */
    struct mt940_post post;
    struct mt940_books books;
    struct mt940_allocator pool;    /* draws from `blocks` */
    struct mt940_allocator keep;    /* draws from `kept` */
    struct mt940_kit_block *blocks; /* freed by mt940_kit_tidy() */
    struct mt940_kit_block *kept;   /* freed when the check ends */
    uint64_t dice;
    uint32_t keys; /* numbers the keys of batches */
    int32_t outcome;
    char text[200];
    jmp_buf out;
};

/* --- kit.c: the run, ends, memory, chance --- */

struct mt940_kit_check {
    const char *name;
    const char *doc;
    void (*run)(struct mt940_kit *kit);
};
/* Lists of checks, each ending with a row without a name; the list of lists ends with NULL. */
const struct mt940_kit_check *mt940_kit_check_at(const struct mt940_kit_check *const *groups, int32_t position);
/* 0, 1 when a check failed, or a status. */
int mt940_kit_run(const struct mt940_kit_subject *subject, const struct mt940_kit_check *const *groups,
                  struct mt940_conformance_report *report);
/* Whether a caller's options have the size and ask for nothing this version does not know. */
bool mt940_kit_is_usable(const void *options, size_t size, size_t known);

_Noreturn void mt940_kit_fail(struct mt940_kit *kit, const char *format, ...) MT940_KIT_FORMAT(2);
_Noreturn void mt940_kit_skip(struct mt940_kit *kit, const char *text);
void mt940_kit_require(struct mt940_kit *kit, bool holds, const char *format, ...) MT940_KIT_FORMAT(3);
/* Zeroed; given back when the check ends, or at mt940_kit_tidy(). Never NULL. */
void *mt940_kit_alloc(struct mt940_kit *kit, size_t size);
/* Gives back all but what the model and mt940_kit_keep() hold; for checks of many steps. */
void mt940_kit_tidy(struct mt940_kit *kit);
/* As mt940_kit_alloc(), but always until the end of the check. */
void *mt940_kit_keep(struct mt940_kit *kit, size_t size);
/* The same for a sink, which must not jump out of a store; NULL = none left. */
void *mt940_kit_try_alloc(struct mt940_kit *kit, size_t size);
/* A formatted text, as mt940_kit_alloc() gives it. */
const char *mt940_kit_text(struct mt940_kit *kit, const char *format, ...) MT940_KIT_FORMAT(2);
/* A number from 0 to bound-1. */
uint64_t mt940_kit_random(struct mt940_kit *kit, uint64_t bound);

/* --- store.c: handles of the store --- */

/* What a subject that is a store begins and ends with. */
void mt940_kit_store_begin(struct mt940_kit *kit);
void mt940_kit_store_end(struct mt940_kit *kit);
void mt940_kit_open(struct mt940_kit *kit, struct mt940_store *handle);
/* The same, but a failure is returned. */
int mt940_kit_try_open(struct mt940_kit *kit, struct mt940_store *handle);
void mt940_kit_close(struct mt940_store *handle);
/* The host's options, for the hooks that may be in them. */
const struct mt940_conformance_store_options *mt940_kit_hooks(const struct mt940_kit *kit);
/* Opens kit->second; a store with single_handle ends the check as skipped. */
void mt940_kit_open_second(struct mt940_kit *kit);
/* How many random batches are wanted. */
int32_t mt940_kit_operations(const struct mt940_kit *kit);

/* --- probe.c: asking a store --- */

struct mt940_kit_list {
    const void **records;
    size_t count;
    size_t capacity;
    bool is_kept; /* beyond mt940_kit_tidy() */
};

/* A copy of the record, NULL when the store has none. */
const void *mt940_kit_get(struct mt940_kit *kit, const struct mt940_store *store, int32_t kind, const void *key);
/* What to walk; scan()'s own parameters. */
struct mt940_kit_walk {
    int32_t kind;
    int32_t index;
    int32_t prefix;
    int32_t after;
    const void *from;
    size_t limit;
};
/* Copies of the records a walk meets. */
struct mt940_kit_list mt940_kit_scan(struct mt940_kit *kit, const struct mt940_store *store,
                                     const struct mt940_kit_walk *walk);
void mt940_kit_list_add(struct mt940_kit *kit, struct mt940_kit_list *list, const void *record);
/* The same for a sink: false when there is no memory. */
bool mt940_kit_list_try_add(struct mt940_kit *kit, struct mt940_kit_list *list, const void *record);
/* Number of records of a kind. */
size_t mt940_kit_count(struct mt940_kit *kit, const struct mt940_store *store, int32_t kind);
/* The name of the first field that differs ("revision" too), NULL when all are equal. */
const char *mt940_kit_difference(int32_t kind, const void *a, const void *b);
void mt940_kit_require_same(struct mt940_kit *kit, int32_t kind, const void *found, const void *wanted);

/* --- hand.c: changing a store --- */

struct mt940_change mt940_kit_put_new(int32_t kind, const void *record);
struct mt940_change mt940_kit_put_if(int32_t kind, const void *record, int64_t revision);
struct mt940_change mt940_kit_delete_if(int32_t kind, const void *record, int64_t revision);
struct mt940_change mt940_kit_expect(int32_t kind, const void *record, int64_t revision);
/* Without a ceiling; the caller sets one. */
struct mt940_change mt940_kit_total_add(const struct mt940_customer_bank *bank, int64_t delta,
                                        const struct mt940_journal *line);
/* An action with that key (NULL = one of its own) and result. */
struct mt940_action *mt940_kit_action(struct mt940_kit *kit, const char *key, const char *result);
struct mt940_batch mt940_kit_batch(const struct mt940_action *action, const struct mt940_change *changes,
                                   size_t count);
/* Applies; the store must return 0 and set every result. */
struct mt940_batch_result *mt940_kit_apply(struct mt940_kit *kit, const struct mt940_store *store,
                                           const struct mt940_batch *batches, size_t count);
/* One batch under a key of its own, whose outcome (and change) must be this. */
const struct mt940_batch_result *mt940_kit_apply_one(struct mt940_kit *kit, const struct mt940_store *store,
                                                     const struct mt940_change *changes, size_t count,
                                                     int32_t outcome, size_t change);
void mt940_kit_require_outcome(struct mt940_kit *kit, const struct mt940_batch_result *result, int32_t outcome,
                               size_t change);

/* --- make.c: records of any kind --- */

enum mt940_kit_flavour {
    MT940_KIT_EMPTY,   /* zero, "", no date */
    MT940_KIT_PLAIN,   /* what a business day brings */
    MT940_KIT_HIGHEST, /* largest numbers, last date, long texts of difficult bytes, all bytes in BLOBs */
    MT940_KIT_LOWEST,  /* smallest numbers, first date, one-byte texts */
    MT940_KIT_FLAVOURS
};
/* A record whose last key field is made from `number`; counters are filled too, to be ignored. */
void *mt940_kit_record(struct mt940_kit *kit, int32_t kind, enum mt940_kit_flavour flavour, int64_t number);
/* Every field from a small set of values, so that records meet in their indexes and keys. */
void *mt940_kit_random_record(struct mt940_kit *kit, int32_t kind);
/* A view of a NUL-terminated text. */
struct mt940_view mt940_kit_view(const char *text);
/* Whether records of the kind are written by the store itself only. */
bool mt940_kit_is_own_kind(int32_t kind);
/* The bank record `slot` of customer C1 with that limit, and a journal line for it. */
struct mt940_customer_bank *mt940_kit_bank(struct mt940_kit *kit, int64_t slot, int64_t limit);
struct mt940_journal *mt940_kit_line(struct mt940_kit *kit, const char *document);

/* --- model.c: the contract again, as simple as can be --- */

struct mt940_kit_model {
    struct mt940_kit_list *kinds; /* kind - 1; unordered; of records the model owns */
};
struct mt940_kit_model *mt940_kit_model_new(struct mt940_kit *kit);
const void *mt940_kit_model_find(const struct mt940_kit_model *model, int32_t kind, const void *key);
void mt940_kit_model_apply(struct mt940_kit *kit, struct mt940_kit_model *model, const struct mt940_batch *batch,
                           struct mt940_batch_result *result);
struct mt940_kit_list mt940_kit_model_scan(struct mt940_kit *kit, const struct mt940_kit_model *model,
                                           const struct mt940_kit_walk *walk);
/* Applies to both; every result must be the model's. */
void mt940_kit_apply_both(struct mt940_kit *kit, const struct mt940_store *store, struct mt940_kit_model *model,
                          const struct mt940_batch *batches, size_t count);
/* Requires the store's answer to a walk to be the model's. */
void mt940_kit_require_walk(struct mt940_kit *kit, const struct mt940_store *store,
                            const struct mt940_kit_model *model, const struct mt940_kit_walk *walk);
/* Requires every kind in every order, and every record by its key, to be the model's. */
void mt940_kit_require_equal(struct mt940_kit *kit, const struct mt940_store *store,
                             const struct mt940_kit_model *model);

/* --- the checks of a store --- */

extern const struct mt940_kit_check mt940_kit_record_checks[];
extern const struct mt940_kit_check mt940_kit_batch_checks[];
extern const struct mt940_kit_check mt940_kit_total_checks[];
extern const struct mt940_kit_check mt940_kit_scan_checks[];
extern const struct mt940_kit_check mt940_kit_fetch_checks[];
extern const struct mt940_kit_check mt940_kit_handle_checks[];
extern const struct mt940_kit_check mt940_kit_failure_checks[];
extern const struct mt940_kit_check mt940_kit_random_checks[];

#endif
