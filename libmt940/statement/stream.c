/* SPDX-License-Identifier: Apache-2.0
 *
 * stream.c: whole statements out of a stream, one after another. Each message has memory of its own, which goes when
 * it was handed out; a message waits only as long as what follows it may still belong to it or speak of it.
 */
#include "mt940connect/statement_stream.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "statement/chain.h"
#include "statement/collect.h"

/* One that was not handed out yet. */
struct message {
    struct message *next;
    struct mt940_arena arena;
    struct mt940_statement statement;
    struct mt940_finding_list findings;
    bool waits; /* its next page has not come */
    bool empty; /* a stream without any message: there are findings only */
};

struct mt940_pages {
    struct mt940_allocator memory;
    struct message *first;
    struct mt940_page *array;
    size_t capacity;
};

/* What the chains ask of a statement that went by: balances, and texts of the header. */
struct past {
    struct mt940_statement statement;
    char *texts;
    size_t capacity;
};

struct mt940_stream {
    struct mt940_allocator memory;
    struct mt940_statement_options options;
    struct mt940_stream_handler handler;
    struct mt940_reader *reader;
    struct mt940_collector collector;
    struct message *first, *last; /* whole ones, oldest first */
    struct message *open;         /* the one that is being read, from its first finding on */
    struct past past[MT940_CHAIN_LOOK];
    uint64_t gone; /* messages that have gone by */
    struct mt940_page *pages;
    size_t page_capacity;
    size_t lent; /* the oldest messages, whose pages the handler looks at now */
    uint64_t bytes;
    int status; /* why the reader was stopped */
    int32_t detail;
};

/* For the reader: 1 where something failed. */
static int stop(struct mt940_stream *stream, int status, int32_t detail)
{
    if (stream->status == 0) {
        stream->status = status;
        stream->detail = detail;
    }
    return 1;
}

static int judge(struct mt940_stream *stream, int failed)
{
    int status = stream->collector.status;
    return failed ? stop(stream, status, status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0) : 0;
}

/* What is collected from here on is the message's. */
static void aim(struct mt940_stream *stream, struct message *message)
{
    stream->collector.arena = &message->arena;
    stream->collector.findings = &message->findings;
}

static int open_message(struct mt940_stream *stream)
{
    if (stream->open)
        return 0;
    struct message *message = mt940_memory_alloc(&stream->memory, sizeof *message);
    if (!message)
        return stop(stream, MT940_E_MEMORY, 0);
    memset(message, 0, sizeof *message);
    mt940_arena_init(&message->arena, &stream->memory, stream->options.max_memory);
    stream->open = message;
    aim(stream, message);
    return 0;
}

/* Frees a message and returns the one behind it. */
static struct message *free_message(const struct mt940_allocator *memory, struct message *message)
{
    struct message *next = message->next;
    mt940_memory_free(memory, message->findings.items, message->findings.capacity * sizeof *message->findings.items);
    mt940_arena_free(&message->arena);
    mt940_memory_free(memory, message, sizeof *message);
    return next;
}

static int sort_findings(struct mt940_stream *stream, struct message *message)
{
    int status = mt940_findings_sort(&message->findings, &message->arena);
    return status ? stop(stream, status, status == MT940_E_LIMIT ? MT940_LIMIT_MEMORY : 0) : 0;
}

static uint64_t begin_of(const struct mt940_statement *statement)
{
    return statement->header.index ? statement->header.offset : 0;
}

/* Lets the handler look at the oldest `count` messages, which go unless it keeps them. */
static int show(struct mt940_stream *stream, size_t count)
{
    stream->lent = count;
    int answer = stream->handler.statement(stream->handler.user, stream->pages, count);
    for (; stream->lent > 0; stream->lent--)
        stream->first = free_message(&stream->memory, stream->first);
    if (!stream->first)
        stream->last = NULL;
    return answer ? stop(stream, MT940_E_CALLBACK, answer) : 0;
}

/* Hands out the oldest `count` messages, which end at byte `end`. */
static int hand_out(struct mt940_stream *stream, size_t count, uint64_t end)
{
    void *pages = stream->pages;
    int failed = mt940_memory_reserve(&stream->memory, &pages, &stream->page_capacity, count, sizeof *stream->pages);
    struct message *message = stream->first;
    stream->pages = pages;
    if (failed)
        return stop(stream, failed, 0);
    for (size_t i = 0; i < count; i++, message = message->next) {
        struct mt940_page *page = &stream->pages[i];
        if (sort_findings(stream, message))
            return 1;
        page->statement = message->empty ? NULL : &message->statement;
        page->findings = message->findings.items;
        page->finding_count = message->findings.count;
        page->begin = begin_of(&message->statement);
        page->end = i + 1 < count ? begin_of(&message->next->statement) : end;
    }
    return show(stream, count);
}

/* Hands out what is whole and has nothing to wait for. `next` is the message that begins; NULL = none will. */
static int hand_out_ready(struct mt940_stream *stream, const struct mt940_statement *next)
{
    while (stream->first) {
        struct message *message = stream->first;
        size_t count = 1;
        for (; message->next && mt940_page_chain(&message->statement, &message->next->statement) != MT940_CHAIN_OTHER;
             message = message->next)
            count++;
        bool last = !message->next;
        if (message->waits || (last && next && mt940_page_chain(&message->statement, next) != MT940_CHAIN_OTHER))
            return 0;
        uint64_t end = !last ? begin_of(&message->next->statement) : next ? begin_of(next) : stream->bytes;
        if (hand_out(stream, count, end))
            return 1;
    }
    return 0;
}

static int on_finding(void *user, const struct mt940_finding *finding)
{
    struct mt940_stream *stream = user;
    return open_message(stream) || judge(stream, mt940_collect_finding(&stream->collector, finding));
}

/* For the chains, whose findings go where the collector aims. */
static int add_finding(void *user, const struct mt940_finding *finding)
{
    struct mt940_stream *stream = user;
    return judge(stream, mt940_collect_finding(&stream->collector, finding));
}

/* Says of those who wait too long, or for nothing (`next` NULL), that their page is missing. */
static int end_waiting(struct mt940_stream *stream, const struct mt940_statement *next)
{
    for (struct message *message = stream->first; message; message = message->next) {
        const struct mt940_statement *statement = &message->statement;
        if (!message->waits)
            continue;
        if (next && mt940_page_chain(statement, next) != MT940_CHAIN_OTHER) {
            message->waits = false;
        } else if (!next || next->header.index - statement->header.index >= MT940_CHAIN_LOOK) {
            aim(stream, message);
            message->waits = false;
            if (mt940_chain_report_end(&message->statement, add_finding, stream))
                return 1;
        }
    }
    if (stream->open)
        aim(stream, stream->open);
    return 0;
}

static int on_begin(void *user, const struct mt940_header *header)
{
    struct mt940_stream *stream = user;
    struct mt940_statement next;
    memset(&next, 0, sizeof next);
    next.header = *header;
    return open_message(stream) || end_waiting(stream, &next) || hand_out_ready(stream, &next) ||
           judge(stream, mt940_collect_begin(&stream->collector, header));
}

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct mt940_stream *stream = user;
    return judge(stream, mt940_collect_entry(&stream->collector, entry));
}

static int on_field(void *user, const struct mt940_raw_field *field)
{
    struct mt940_stream *stream = user;
    return judge(stream, mt940_collect_field(&stream->collector, field));
}

/* The last statement of the account among those that went by, or NULL. */
static const struct mt940_statement *find_before(const struct mt940_stream *stream,
                                                 const struct mt940_statement *statement)
{
    for (uint64_t i = 1; i <= MT940_CHAIN_LOOK && i <= stream->gone; i++) {
        const struct past *past = &stream->past[(stream->gone - i) % MT940_CHAIN_LOOK];
        if (mt940_view_equal(&past->statement.header.account, &statement->header.account) == 1)
            return &past->statement;
    }
    return NULL;
}

static void move_text(struct mt940_view *view, char **to)
{
    if (view->length)
        memcpy(*to, view->data, view->length);
    view->data = *to;
    *to += view->length;
}

static int remember(struct mt940_stream *stream, const struct mt940_statement *statement)
{
    struct past *past = &stream->past[stream->gone % MT940_CHAIN_LOOK];
    struct mt940_header *header = &past->statement.header;
    size_t needed = statement->header.account.length + statement->header.number.length +
                    statement->header.sequence.length;
    void *texts = past->texts;
    int failed = mt940_memory_reserve(&stream->memory, &texts, &past->capacity, needed + 1, 1);
    char *to = past->texts = texts;
    if (failed)
        return stop(stream, failed, 0);
    past->statement = *statement;
    move_text(&header->account, &to);
    move_text(&header->number, &to);
    move_text(&header->sequence, &to);
    stream->gone++;
    return 0;
}

static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct mt940_stream *stream = user;
    struct message *message = stream->open;
    if (judge(stream, mt940_collect_end(&stream->collector, trailer)))
        return 1;
    message->statement = stream->collector.statement;
    if (stream->options.chains) {
        message->waits = trailer->closing.kind == 'M';
        if (mt940_chain_report_begin(&message->statement, find_before(stream, &message->statement), add_finding,
                                     stream) ||
            remember(stream, &message->statement))
            return 1;
    }
    if (stream->last)
        stream->last->next = message;
    else
        stream->first = message;
    stream->last = message;
    stream->open = NULL;
    return 0;
}

static int tell(const struct mt940_stream *stream, int status, struct mt940_error *error)
{
    if (status != MT940_E_CALLBACK || stream->status == 0)
        return status;
    return mt940_fail(error, stream->status, stream->detail,
                      stream->status == MT940_E_LIMIT ? "a statement needs more memory than options.max_memory" : NULL);
}

static int check(const struct mt940_statement_options *options, const struct mt940_stream_handler *handler)
{
    if (!handler || mt940_check_size(handler, handler->size, sizeof *handler, sizeof *handler) || !handler->statement)
        return MT940_E_ARGUMENT;
    return options ? mt940_check_size(options, options->size, sizeof *options, sizeof *options) : 0;
}

MT940_EXPORT int mt940_stream_new(const struct mt940_statement_options *options,
                                  const struct mt940_allocator *allocator, const struct mt940_stream_handler *handler,
                                  struct mt940_stream **out, struct mt940_error *error)
{
    struct mt940_handler events = {sizeof events, NULL, on_begin, on_entry, on_field, on_end, on_finding};
    struct mt940_allocator memory;
    if (!out || check(options, handler) || mt940_memory_init(&memory, allocator))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "options, handler, out or allocator");
    struct mt940_stream *stream = mt940_memory_alloc(&memory, sizeof *stream);
    if (!stream)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(stream, 0, sizeof *stream);
    stream->memory = memory;
    stream->handler = *handler;
    stream->collector.transient = true;
    if (options)
        stream->options = *options;
    else
        mt940_statement_options_init(&stream->options);
    events.user = stream;
    int status = mt940_reader_new(&stream->options, &memory, &events, &stream->reader, error);
    if (status)
        mt940_memory_free(&memory, stream, sizeof *stream);
    else
        *out = stream;
    return status;
}

MT940_EXPORT int mt940_stream_feed(struct mt940_stream *stream, const void *bytes, size_t length,
                                   struct mt940_error *error)
{
    if (!stream)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "stream");
    stream->bytes += length;
    return tell(stream, mt940_reader_feed(stream->reader, bytes, length, error), error);
}

/* What was found behind the last message is the last message's. */
static int take_rest(struct mt940_stream *stream)
{
    const struct message *rest = stream->open;
    if (!rest || !stream->last)
        return 0;
    aim(stream, stream->last);
    for (size_t i = 0; i < rest->findings.count; i++)
        if (add_finding(stream, &rest->findings.items[i]))
            return 1;
    return 0;
}

static int hand_out_findings(struct mt940_stream *stream)
{
    if (open_message(stream))
        return 1;
    stream->first = stream->last = stream->open;
    stream->open = NULL;
    stream->first->empty = true;
    return hand_out(stream, 1, stream->bytes);
}

MT940_EXPORT int mt940_stream_finish(struct mt940_stream *stream, struct mt940_error *error)
{
    if (!stream)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "stream");
    int status = mt940_reader_finish(stream->reader, error);
    if (status)
        return tell(stream, status, error);
    bool failed = stream->first ? take_rest(stream) || end_waiting(stream, NULL) || hand_out_ready(stream, NULL)
                                : hand_out_findings(stream);
    return failed ? tell(stream, MT940_E_CALLBACK, error) : 0;
}

MT940_EXPORT int mt940_stream_keep(struct mt940_stream *stream, struct mt940_pages **out, struct mt940_error *error)
{
    if (!stream || !out)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "stream or out");
    if (stream->lent == 0)
        return mt940_fail(error, MT940_E_STATE, 0, "no pages are handed out, or they are kept already");
    struct mt940_pages *pages = mt940_memory_alloc(&stream->memory, sizeof *pages);
    if (!pages)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    *pages = (struct mt940_pages){stream->memory, stream->first, stream->pages, stream->page_capacity};
    struct message *last = stream->first;
    for (; stream->lent > 1; stream->lent--)
        last = last->next;
    stream->lent = 0;
    stream->first = last->next;
    last->next = NULL;
    stream->pages = NULL;
    stream->page_capacity = 0;
    *out = pages;
    return 0;
}

MT940_EXPORT void mt940_pages_free(struct mt940_pages *pages)
{
    if (!pages)
        return;
    struct mt940_allocator memory = pages->memory;
    while (pages->first)
        pages->first = free_message(&memory, pages->first);
    mt940_memory_free(&memory, pages->array, pages->capacity * sizeof *pages->array);
    mt940_memory_free(&memory, pages, sizeof *pages);
}

MT940_EXPORT void mt940_stream_free(struct mt940_stream *stream)
{
    if (!stream)
        return;
    struct mt940_allocator memory = stream->memory;
    mt940_reader_free(stream->reader);
    mt940_collector_free(&stream->collector, &memory);
    if (stream->open)
        free_message(&memory, stream->open);
    while (stream->first)
        stream->first = free_message(&memory, stream->first);
    for (size_t i = 0; i < MT940_CHAIN_LOOK; i++)
        mt940_memory_free(&memory, stream->past[i].texts, stream->past[i].capacity);
    mt940_memory_free(&memory, stream->pages, stream->page_capacity * sizeof *stream->pages);
    mt940_memory_free(&memory, stream, sizeof *stream);
}
