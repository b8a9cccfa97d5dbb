/* SPDX-License-Identifier: Apache-2.0
 *
 * post.c: the kit for posting ports: one key, one slip, whatever is asked how often.
 */
#include <string.h>

#include "export.h"
#include "kit.h"

enum { ID_CAPACITY = 128 };

static const struct mt940_conformance_post_options *options_of(const struct mt940_kit *kit)
{
    return kit->subject->options;
}

static void open_post(struct mt940_kit *kit)
{
    memset(&kit->post, 0, sizeof(kit->post));
    kit->post.size = sizeof(kit->post);
    int status = options_of(kit)->open(kit->subject->user, &kit->post);
    mt940_kit_require(kit, status == 0, "open() returned %d", status);
    bool is_usable = kit->post.size >= sizeof(kit->post) && kit->post.put && kit->post.find;
    mt940_kit_require(kit, is_usable, "the port lacks a function, or its size is wrong");
}

static void close_post(struct mt940_kit *kit)
{
    memset(&kit->post, 0, sizeof(kit->post));
}

/* The kit's own slip: 12,50 TRY received from customer C1. */
static void own_posting(struct mt940_kit *kit, uint32_t number, struct mt940_posting *out)
{
    struct mt940_slip *slip = mt940_kit_alloc(kit, sizeof(*slip));
    struct mt940_slip_line *lines = mt940_kit_alloc(kit, 2 * sizeof(*lines));

    slip->company = mt940_kit_view("01");
    slip->id = mt940_kit_view(mt940_kit_text(kit, "kit-%06u", (unsigned)number));
    slip->type = MT940_SLIP_TYPE_INCOMING_TRANSFER;
    slip->date = (struct mt940_date){2026, 7, 14};
    slip->bank_account = mt940_kit_view("102.01");
    slip->amount = 1250;
    slip->currency = mt940_kit_view("TRY");
    for (int i = 0; i < 2; i++) {
        lines[i].company = slip->company;
        lines[i].slip = slip->id;
        lines[i].line = i + 1;
        lines[i].kind = i ? MT940_LINE_KIND_CUSTOMER : MT940_LINE_KIND_BANK;
        lines[i].side = i ? MT940_ENTRY_SIDE_CREDIT : MT940_ENTRY_SIDE_DEBIT;
        lines[i].bank_account = slip->bank_account;
        lines[i].customer = mt940_kit_view("C1");
        lines[i].amount = lines[i].local_amount = slip->amount;
        lines[i].currency = slip->currency;
    }
    *out = (struct mt940_posting){sizeof(*out), slip, lines, 2};
}

/* What a call answered; `id` is held against running over. */
struct answer {
    int outcome;
    const char *id;
};

static struct answer judge(struct mt940_kit *kit, const char *what, int outcome, const char *id)
{
    bool is_ended = memchr(id, '\0', ID_CAPACITY) != NULL;

    mt940_kit_require(kit, outcome >= MT940_POST_DONE && outcome <= MT940_POST_ABSENT, "%s returned %d", what, outcome);
    mt940_kit_require(kit, is_ended, "%s did not end the id with NUL", what);
    for (int i = 0; i < 16; i++)
        mt940_kit_require(kit, id[ID_CAPACITY + i] == 0x5A, "%s wrote beyond the capacity", what);
    return (struct answer){outcome, id};
}

static char *id_room(struct mt940_kit *kit)
{
    char *id = mt940_kit_alloc(kit, ID_CAPACITY + 16);

    memset(id + ID_CAPACITY, 0x5A, 16);
    return id;
}

static struct answer put(struct mt940_kit *kit, uint32_t number, const char *key)
{
    struct mt940_posting posting = {.size = sizeof(posting)};
    char *id = id_room(kit);
    int status = 0;

    if (options_of(kit)->posting)
        status = options_of(kit)->posting(kit->subject->user, number, &posting);
    else
        own_posting(kit, number, &posting);
    mt940_kit_require(kit, status == 0, "posting() returned %d", status);
    int outcome = kit->post.put(kit->post.user, &posting, key, id, ID_CAPACITY);
    mt940_kit_require(kit, outcome != MT940_POST_ABSENT, "put answered ABSENT, which is find's alone");
    return judge(kit, "put", outcome, id);
}

static struct answer find(struct mt940_kit *kit, const char *key)
{
    char *id = id_room(kit);
    int outcome = kit->post.find(kit->post.user, key, id, ID_CAPACITY);

    return judge(kit, "find", outcome, id);
}

static void require_there(struct mt940_kit *kit, const char *what, struct answer answer, const char *id)
{
    bool is_there = answer.outcome == MT940_POST_DONE || answer.outcome == MT940_POST_ALREADY;

    mt940_kit_require(kit, is_there, "%s of a posted slip answered %d (%s)", what, answer.outcome, answer.id);
    mt940_kit_require(kit, !id || strcmp(id, answer.id) == 0, "%s told the number %s, the slip has %s", what, answer.id,
                      id ? id : "");
}

static void absent(struct mt940_kit *kit)
{
    struct answer answer = find(kit, "never-posted");

    mt940_kit_require(kit, answer.outcome == MT940_POST_ABSENT, "find of an unknown key answered %d", answer.outcome);
}

static void put_once(struct mt940_kit *kit)
{
    struct answer answer = put(kit, 1, "key-1");

    mt940_kit_require(kit, answer.outcome == MT940_POST_DONE, "the first put answered %d (%s)", answer.outcome,
                      answer.id);
    mt940_kit_require(kit, answer.id[0] != '\0', "a posted slip has no number");
    require_there(kit, "find", find(kit, "key-1"), answer.id);
    mt940_kit_require(kit, find(kit, "key-2").outcome == MT940_POST_ABSENT, "find knows a key that was not posted");
}

/* As after an answer that got lost: the same key again must not make a second slip. */
static void put_again(struct mt940_kit *kit)
{
    struct answer first = put(kit, 1, "key-1");

    require_there(kit, "put", first, NULL);
    for (int i = 0; i < 3; i++) {
        struct answer again = put(kit, 1, "key-1");
        mt940_kit_require(kit, again.outcome == MT940_POST_ALREADY, "the same key again answered %d, must be ALREADY",
                          again.outcome);
        require_there(kit, "put", again, first.id);
    }
}

static void keys_make_slips(struct mt940_kit *kit)
{
    enum { COUNT = 20 };
    const char *ids[COUNT];

    for (uint32_t i = 0; i < COUNT; i++) {
        struct answer answer = put(kit, i, mt940_kit_text(kit, "key-%u", (unsigned)i));
        require_there(kit, "put", answer, NULL);
        ids[i] = answer.id;
        for (uint32_t j = 0; j < i; j++)
            mt940_kit_require(kit, strcmp(ids[i], ids[j]) != 0, "two keys got the one number %s", ids[i]);
    }
    for (uint32_t i = 0; i < COUNT; i++)
        require_there(kit, "find", find(kit, mt940_kit_text(kit, "key-%u", (unsigned)i)), ids[i]);
}

/* Keys are the slip ids of the library: long, and equal but for their end. */
static void long_keys(struct mt940_kit *kit)
{
    static const char start[] = "1:0123456789abcdef0123456789abcdef0123456789ab";
    const char *one = mt940_kit_text(kit, "%s1", start);
    const char *other = mt940_kit_text(kit, "%s2", start);
    struct answer first = put(kit, 1, one);

    require_there(kit, "put", first, NULL);
    mt940_kit_require(kit, find(kit, other).outcome == MT940_POST_ABSENT, "keys are cut before their end");
    struct answer second = put(kit, 2, other);
    mt940_kit_require(kit, second.outcome == MT940_POST_DONE, "keys are cut before their end");
}

static void started_anew(struct mt940_kit *kit)
{
    struct answer answer = put(kit, 1, "key-1");

    require_there(kit, "put", answer, NULL);
    close_post(kit);
    open_post(kit);
    require_there(kit, "find", find(kit, "key-1"), answer.id);
    require_there(kit, "put", put(kit, 1, "key-1"), answer.id);
}

static int cancel_of(struct mt940_kit *kit, const char *key)
{
    char *id = id_room(kit);

    return judge(kit, "cancel", kit->post.cancel(kit->post.user, key, id, ID_CAPACITY), id).outcome;
}

static void cancelled(struct mt940_kit *kit)
{
    if (!kit->post.cancel)
        mt940_kit_skip(kit, "the ERP takes nothing back");
    require_there(kit, "put", put(kit, 1, "key-1"), NULL);
    struct answer other = put(kit, 2, "key-2");
    require_there(kit, "put", other, NULL);
    int outcome = cancel_of(kit, "key-1");
    mt940_kit_require(kit, outcome == MT940_POST_DONE, "cancel of a posted slip answered %d", outcome);
    outcome = cancel_of(kit, "key-1");
    bool is_gone = outcome == MT940_POST_DONE || outcome == MT940_POST_ALREADY || outcome == MT940_POST_ABSENT;
    mt940_kit_require(kit, is_gone, "cancelling twice answered %d", outcome);
    require_there(kit, "find", find(kit, "key-2"), other.id);
}

static const struct mt940_kit_check checks[] = {
    {"absent", "find() of a key that never was posted is certain: ABSENT.", absent},
    {"put-once", "put() answers DONE with the ERP's number, which find() tells too.", put_once},
    {"put-again", "The same key again is ALREADY with the same number.", put_again},
    {"keys-make-slips", "Every key gets a slip of its own.", keys_make_slips},
    {"long-keys", "Keys count to their last byte.", long_keys},
    {"started-anew", "All this is known to the ERP after it was started anew.", started_anew},
    {"cancelled", "A cancelled slip is cancelled once, and alone.", cancelled},
    {NULL, NULL, NULL},
};

MT940_EXPORT int mt940_conformance_post(const struct mt940_conformance_post_options *options,
                                        struct mt940_conformance_report *report)
{
    static const struct mt940_kit_check *const groups[] = {checks, NULL};

    if (!options || !mt940_kit_is_usable(options, options->size, sizeof(*options)) || !options->create ||
        !options->open)
        return MT940_E_ARGUMENT;
    struct mt940_kit_subject subject = {.options = options,
                                        .user = options->user,
                                        .create = options->create,
                                        .destroy = options->destroy,
                                        .checked = options->checked,
                                        .only = options->only,
                                        .begin = open_post,
                                        .end = close_post};
    return mt940_kit_run(&subject, groups, report);
}
