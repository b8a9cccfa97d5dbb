/* SPDX-License-Identifier: Apache-2.0
 *
 * receive.c: Gönder/Al: lists what the transport offers, takes file after file, and tells what
 * became of each. One bad file does not stop the others.
 */
#include "flow/receive.h"

#include "base/export.h"

/* What is on offer; names are copied, for they are only valid while they are listed. */
struct listing {
    struct mt940_flow *flow;
    struct mt940_arena names;
    struct mt940_taken_listing *list;
    size_t count, capacity;
};

static int take_listed(void *user, const struct mt940_remote_file *file)
{
    struct listing *listing = user;
    void *array = listing->list;
    int status = mt940_memory_reserve(&listing->flow->memory, &array, &listing->capacity, listing->count + 1,
                                      sizeof *listing->list);
    listing->list = array;
    if (status)
        return status;
    struct mt940_taken_listing *listed = &listing->list[listing->count];
    listed->bytes = file->bytes;
    listed->modified = file->modified;
    status = mt940_arena_view(&listing->names, &file->name, &listed->name);
    listing->count += status == 0;
    return status;
}

static void count(struct mt940_receive_summary *summary, const struct mt940_received *received)
{
    summary->files++;
    summary->accepted += received->settlement == MT940_SETTLED_ACCEPTED;
    summary->duplicate += received->settlement == MT940_SETTLED_DUPLICATE;
    summary->rejected += received->settlement == MT940_SETTLED_REJECTED;
    bool unreadable = received->message == MT940_M_FILE_UNREADABLE;
    summary->failed += unreadable;
    summary->incomplete += received->settlement == MT940_SETTLED_INCOMPLETE && !unreadable;
    summary->unchanged += received->message == MT940_M_FILE_UNCHANGED;
    summary->statements += received->statements;
    summary->movements += received->movements;
}


/* A transport's name may be in any character set and hold anything; what is stored is text. */
static int name_for_people(struct mt940_receiving *receiving)
{
    const struct mt940_view *name = &receiving->listed.name;
    size_t length = mt940_charset_decode(MT940_CHARSET_DETECT, name->data, name->length, NULL, 0, NULL);
    char *text = mt940_arena_alloc(&receiving->keep, length + 1);
    if (!text)
        return receiving->keep.status;
    (void)mt940_charset_decode(MT940_CHARSET_DETECT, name->data, name->length, text, length, NULL);
    for (size_t i = 0; i < length; i++)
        text[i] = text[i] ? text[i] : ' ';
    receiving->shown_name = mt940_view_of(text, length);
    return 0;
}

/* Files that are read before they are stored; their bytes are in memory meanwhile. */
enum { files_a_commit = 64, bytes_a_commit = 1 << 22 };

struct group {
    struct mt940_flow *flow;
    const struct mt940_transport *transport;
    struct mt940_view connection;
    struct mt940_taken taken;
    struct mt940_receiving *files; /* in order; those without anything to store, too */
    struct mt940_receiving *stores[files_a_commit];
    size_t count, store_count, movements, bytes;
    mt940_received_sink sink;
    void *sink_user;
    struct mt940_receive_summary *summary;
};

static void free_file(struct mt940_receiving *receiving)
{
    mt940_document_free(receiving->document);
    mt940_memory_free(&receiving->flow->memory, receiving->bytes, receiving->capacity);
    mt940_memory_free(&receiving->flow->memory, receiving->findings,
                      receiving->finding_capacity * sizeof *receiving->findings);
    mt940_arena_free(&receiving->keep);
}

static int finish_file(struct group *group, struct mt940_receiving *receiving)
{
    const struct mt940_transport *transport = group->transport;
    struct mt940_received *result = &receiving->result;
    int status = 0;
    result->findings = receiving->findings;
    result->finding_count = receiving->finding_count;
    count(group->summary, result);
    if (result->settlement == MT940_SETTLED_ACCEPTED || result->settlement == MT940_SETTLED_DUPLICATE)
        status = mt940_taken_add(&group->taken, &receiving->listed, &receiving->shown_name);
    if (transport->settle && result->message != MT940_M_FILE_UNREADABLE)
        (void)transport->settle(transport->user, &receiving->listed.name, result->settlement);
    return status || !group->sink ? status : group->sink(group->sink_user, result);
}

/* Stores what waits, and tells of every file. */
static int flush(struct group *group)
{
    int status = group->store_count ? mt940_receive_store(group->stores, group->store_count) : 0;
    for (size_t i = 0; status == 0 && i < group->count; i++)
        status = finish_file(group, &group->files[i]);
    for (size_t i = 0; i < group->count; i++)
        free_file(&group->files[i]);
    group->count = group->store_count = group->movements = group->bytes = 0;
    mt940_flow_forget_scratch(group->flow);
    return status;
}

/* Reads the file, unless it lies there as it did when it was taken. */
static int take_file(struct group *group, struct mt940_receiving *receiving, bool *store)
{
    int status = name_for_people(receiving);
    if (status)
        return status;
    if (!mt940_taken_is(&group->taken, &receiving->listed))
        return mt940_receive_file(receiving, store);
    mt940_receive_outcome(receiving, MT940_SETTLED_DUPLICATE, MT940_M_FILE_UNCHANGED, NULL);
    return 0;
}

static int receive_one(struct group *group, const struct mt940_taken_listing *listed)
{
    struct mt940_receiving *receiving = &group->files[group->count++];
    bool store = false;
    memset(receiving, 0, sizeof *receiving);
    receiving->flow = group->flow;
    receiving->transport = group->transport;
    receiving->connection = group->connection;
    receiving->listed = *listed;
    receiving->result.size = sizeof receiving->result;
    receiving->result.name = listed->name;
    mt940_arena_init(&receiving->keep, &group->flow->memory, 0);
    int status = take_file(group, receiving, &store);
    if (status == 0 && store) {
        group->stores[group->store_count++] = receiving;
        for (size_t i = 0; i < receiving->whole_count; i++)
            group->movements += receiving->wholes[i].entries;
    }
    group->bytes += receiving->capacity;
    bool is_full = group->count == files_a_commit || group->movements >= MT940_RECEIVE_MOVEMENTS ||
                   group->bytes >= bytes_a_commit;
    return status == 0 && is_full ? flush(group) : status;
}

static int receive_all(struct group *group, const struct listing *listing)
{
    struct mt940_flow *flow = group->flow;
    group->files = mt940_memory_alloc(&flow->memory, files_a_commit * sizeof *group->files);
    if (!group->files)
        return MT940_E_MEMORY;
    int status = mt940_taken_begin(&group->taken, flow, group->connection);
    if (status == 0)
        status = mt940_flow_step(flow, 0, listing->count);
    for (size_t i = 0; i < listing->count && status == 0; i++) {
        status = receive_one(group, &listing->list[i]);
        if (status == 0)
            status = mt940_flow_step(flow, i + 1, listing->count);
    }
    /* What was read before somebody cancelled is stored; what was read before a failure is not. */
    if (status == 0 || status == MT940_E_CANCELLED) {
        int stored = flush(group);
        if (stored == 0)
            stored = mt940_taken_store(&group->taken);
        status = stored ? stored : status;
    }
    mt940_taken_end(&group->taken);
    for (size_t i = 0; i < group->count; i++)
        free_file(&group->files[i]);
    mt940_memory_free(&flow->memory, group->files, files_a_commit * sizeof *group->files);
    return status;
}

/* The transport's own words on why it cannot list. */
static int fail_listing(struct mt940_flow *flow, const struct mt940_transport *transport, int status)
{
    const char *text = transport->last_error ? transport->last_error(transport->user) : NULL;
    int known = status < 0 ? status : MT940_E_CALLBACK;
    return mt940_fail(flow->error, known, status, text && text[0] ? text : NULL);
}

MT940_EXPORT int mt940_flow_receive(struct mt940_flow *flow, const struct mt940_transport *transport,
                                    const char *connection, mt940_received_sink sink, void *sink_user,
                                    struct mt940_receive_summary *summary, struct mt940_error *error)
{
    struct mt940_receive_summary counted = {sizeof counted, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    struct listing listing;
    struct mt940_company company;
    struct group group;
    if (!flow || !transport || mt940_check_size(transport, transport->size, sizeof *transport, sizeof *transport))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "flow or transport");
    int status = mt940_flow_enter(flow, error);
    if (status == 0)
        status = mt940_flow_company(flow, &company);
    if (status)
        return mt940_flow_leave(flow, status);
    memset(&group, 0, sizeof group);
    mt940_view_from_string(connection, &group.connection);
    group.flow = flow;
    group.transport = transport;
    group.sink = sink;
    group.sink_user = sink_user;
    group.summary = &counted;
    memset(&listing, 0, sizeof listing);
    listing.flow = flow;
    mt940_arena_init(&listing.names, &flow->memory, 0);
    status = transport->list(transport->user, take_listed, &listing);
    if (status)
        status = fail_listing(flow, transport, status);
    else
        status = receive_all(&group, &listing);
    mt940_memory_free(&flow->memory, listing.list, listing.capacity * sizeof *listing.list);
    mt940_arena_free(&listing.names);
    if (summary)
        *summary = counted;
    return mt940_flow_leave(flow, status);
}
