/* SPDX-License-Identifier: Apache-2.0
 *
 * writer_check.c: writes statements into a reader and compares what comes out of it. The rules of the writer name what
 * they know to be read otherwise; this knows none of them and finds the rest, so that no file says something else than
 * it should. Strict writing is held to strict reading the same way: its table (rules.def) decides. Memory is that of one
 * statement.
 */
#include "statement/writer_check.h"

#include "base/failure.h"
#include "statement/writer_same.h"
#include "mt940connect/statement_stream.h"

struct check {
    struct mt940_stream *stream;
    const struct mt940_statement *statements;
    size_t count, next;
    struct mt940_same_room room;
    struct mt940_difference difference;
    int status;
    bool strict;
    char tag[8], rule[64]; /* of what strict reading refused */
};

static int stop(struct check *check, int status)
{
    if (!check->status)
        check->status = status;
    return 1;
}

static int find(struct check *check, const char *rule)
{
    check->difference.tag = "";
    check->difference.rule = rule;
    return stop(check, MT940_E_FORMAT);
}

/* Numbers that do not add up are what they were; all else that strict reading refuses was not to be written. */
static int look_at_findings(struct check *check, const struct mt940_page *page)
{
    for (size_t i = 0; check->strict && i < page->finding_count; i++) {
        const struct mt940_finding *finding = &page->findings[i];
        bool sum = finding->message == MT940_M_BALANCE_MISMATCH || finding->message == MT940_M_TOTAL_MISMATCH;
        if (finding->severity != MT940_ERROR || sum)
            continue;
        struct mt940_view rule = finding->arg_count ? finding->args[0].text : mt940_view_of(NULL, 0);
        (void)mt940_view_copy(&rule, check->rule, sizeof check->rule);
        memcpy(check->tag, finding->tag, sizeof check->tag);
        check->difference.tag = check->tag;
        check->difference.rule = "a strict reader would refuse it";
        return stop(check, MT940_E_FORMAT);
    }
    return 0;
}

static int on_statement(void *user, const struct mt940_page *pages, size_t page_count)
{
    struct check *check = user;
    for (size_t i = 0; i < page_count; i++) {
        if (!pages[i].statement)
            return find(check, "read again, there would be no message");
        if (check->next == check->count)
            return find(check, "read again, there would be more messages");
        mt940_statement_compare(&check->statements[check->next], pages[i].statement, &check->room, &check->difference);
        if (check->difference.status)
            return stop(check, check->difference.status);
        if (check->difference.rule)
            return stop(check, MT940_E_FORMAT);
        if (look_at_findings(check, &pages[i]))
            return 1;
        check->next++;
    }
    return 0;
}

static int take(void *user, const void *bytes, size_t length)
{
    struct check *check = user;
    int status = mt940_stream_feed(check->stream, bytes, length, NULL);
    return status ? stop(check, status) : 0;
}

/* What the host may write, it may read. Of findings one is kept where none is looked at. */
static int open_stream(struct check *check)
{
    struct mt940_statement_options options;
    struct mt940_stream_handler handler = {sizeof handler, check, on_statement};
    mt940_statement_options_init(&options);
    options.max_field = INT32_MAX;
    options.max_entries = options.max_statements = UINT32_MAX;
    options.max_findings = check->strict ? options.max_findings : 1;
    options.strict = check->strict;
    options.max_memory = 0;
    return mt940_stream_new(&options, &check->room.memory, &handler, &check->stream, NULL);
}

static int tell(const struct check *check, const struct mt940_write *trial, size_t reached, struct mt940_error *error)
{
    struct mt940_view tag;
    bool refused = trial->status && trial->status != MT940_E_CALLBACK;
    bool sized = error && error->size >= sizeof *error;
    if (!refused && check->rule[0])
        (void)mt940_fail_item(error, check->status, check->difference.rule, check->rule, strlen(check->rule));
    else if (!refused)
        (void)mt940_fail(error, check->status, 0, check->difference.rule);
    if (!refused && check->difference.rule && sized) {
        mt940_view_from_string(check->difference.tag, &tag);
        (void)mt940_view_copy(&tag, error->tag, sizeof error->tag);
        error->offset = check->difference.element;
    }
    if (sized)
        error->line = (uint32_t)(refused ? reached : check->next) + 1;
    return refused ? trial->status : check->status;
}

/* Writes the statements into a reader, by the plan if there is one. */
static int try_all(const struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                   const struct mt940_write_plan *plan, struct mt940_error *error)
{
    struct check check = {.statements = statements, .count = count, .strict = write->options.strict != 0};
    struct mt940_write trial = *write;
    size_t reached = 0;
    int status = mt940_memory_init(&check.room.memory, write->options.allocator);
    status = status ? status : open_stream(&check);
    if (status)
        return mt940_fail(error, status, 0, NULL);
    trial.output = (struct mt940_output){sizeof trial.output, &check, take};
    trial.error = error;
    trial.length = trial.mark = 0;
    for (; reached < count && trial.status == 0; reached += trial.status == 0) {
        mt940_write_follow(&trial, plan, reached);
        (void)mt940_write_statement(&trial, &statements[reached]);
    }
    if (trial.status == 0)
        (void)mt940_put_end(&trial);
    status = trial.status ? 0 : mt940_stream_finish(check.stream, NULL);
    if (status)
        (void)stop(&check, status);
    else if (!trial.status && check.next < count)
        (void)find(&check, "read again, there would be fewer messages");
    mt940_stream_free(check.stream);
    mt940_same_room_free(&check.room);
    return trial.status || check.status ? tell(&check, &trial, reached, error) : 0;
}

void mt940_write_follow(struct mt940_write *write, const struct mt940_write_plan *plan, size_t at)
{
    if (plan->as_read)
        write->as_read = plan->as_read[at];
}

void mt940_write_plan_free(struct mt940_write_plan *plan)
{
    mt940_memory_free(&plan->memory, plan->as_read, plan->count);
    plan->as_read = NULL;
}

/* Finds out of each statement by itself whether its values can be written, and then of all of them together. */
static int try_as_read(const struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                       struct mt940_write_plan *plan)
{
    const struct mt940_write_plan none = {.as_read = NULL};
    int status = mt940_memory_init(&plan->memory, write->options.allocator);
    if (status == 0 && !(plan->as_read = mt940_memory_alloc(&plan->memory, count)))
        status = MT940_E_MEMORY;
    plan->count = count;
    for (size_t i = 0; i < count && (status == 0 || status == MT940_E_FORMAT); i++) {
        status = try_all(write, &statements[i], 1, &none, NULL);
        plan->as_read[i] = status == MT940_E_FORMAT;
    }
    return status && status != MT940_E_FORMAT ? status : try_all(write, statements, count, plan, NULL);
}

/* Of the statements as they stand, and of those in another form, the first tells what is wrong. */
int mt940_write_check(const struct mt940_write *write, const struct mt940_statement *statements, size_t count,
                      struct mt940_write_plan *plan, struct mt940_error *error)
{
    struct mt940_error first = {.size = sizeof first};
    memset(plan, 0, sizeof *plan);
    if (count == 0)
        return 0;
    int status = try_all(write, statements, count, plan, &first), second = status;
    if (status == MT940_E_FORMAT && !write->as_read && !write->options.strict) {
        second = try_as_read(write, statements, count, plan);
        if (second)
            mt940_write_plan_free(plan);
    }
    if (second && second != MT940_E_FORMAT)
        return mt940_fail(error, second, 0, NULL);
    if (second && error && error->size >= sizeof *error) {
        first.size = error->size;
        *error = first;
    }
    return second;
}
