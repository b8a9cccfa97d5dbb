/* SPDX-License-Identifier: Apache-2.0
 *
 * parse_crew.c: statements are collected to jobs, jobs go to the crew, and what they wrote goes out on the main thread. Must
 * not know how a statement is written.
 */
#include "parse_crew.h"

#include <stdlib.h>

#include "crew.h"

/* Jobs for each thread: one it does, others that wait so that it need not. */
enum { JOBS_EACH = 4 };

/* Pages of a statement that were kept; where the text of each ends stands in the job's list. */
struct part {
    struct mt940_pages *kept;
    const struct mt940_page *pages;
    size_t count;
    int ids; /* status */
};

struct job {
    const struct parse_call *call;
    const char *file;
    struct parse_work work;
    struct part *parts;
    size_t part_count, part_capacity;
    size_t *ends;
    size_t end_count, end_capacity;
    uint64_t begin; /* in the file */
    size_t weight;  /* of its statements, in bytes */
    struct buffer raw;
};

struct parse_crew {
    struct crew *crew;
    struct job *jobs; /* one more than the crew has room for: the one that is filled */
    size_t job_count, filled;
    size_t weight; /* of the jobs that the crew has */
};

static void work(void *user)
{
    struct job *job = user;
    struct parse_bytes bytes = {job->call->raw ? job->raw.data : NULL, job->begin};
    size_t end = 0;

    for (size_t i = 0; i < job->part_count; i++) {
        struct part *part = &job->parts[i];
        size_t used = 0;

        part->ids = parse_ids(&job->work, job->call, part->pages, part->count);
        for (size_t k = 0; k < part->count; k++) {
            used = parse_page(&job->work, job->call, job->file, &part->pages[k], &bytes, used);
            job->ends[end++] = json_kept(job->work.json);
        }
    }
}

/* Lines are written together as far as there is nothing to say between them. */
static void go_out(struct job *job)
{
    size_t written = 0, end = 0;

    for (size_t i = 0; i < job->part_count; i++) {
        struct part *part = &job->parts[i];

        if (part->ids != MT940_OK) {
            json_write_kept(job->work.json, &written, end > 0 ? job->ends[end - 1] : 0);
            parse_say_ids(job->call, job->file, part->ids);
        }
        for (size_t k = 0; k < part->count; k++, end++) {
            if (part->pages[k].finding_count > 0)
                json_write_kept(job->work.json, &written, job->ends[end]);
            parse_say_page(job->call, job->file, &part->pages[k]);
        }
        mt940_pages_free(part->kept);
    }
    json_write_kept(job->work.json, &written, json_kept(job->work.json));
    json_drop_kept(job->work.json);
    buffer_empty(&job->raw);
    job->part_count = job->end_count = 0;
    job->weight = 0;
}

/* What is done of the oldest; with `wait` until there is one. 0 = nothing. */
static int next_out(struct parse_crew *crew, int wait)
{
    struct job *job = crew_take(crew->crew, wait);

    if (job == NULL)
        return 0;
    crew->weight -= job->weight;
    go_out(job);
    return 1;
}

static void hand_over(struct parse_crew *crew)
{
    struct job *job = &crew->jobs[crew->filled];
    size_t count;

    while ((count = crew_count(crew->crew)) > 0 &&
           (count + 1 == crew->job_count || crew->weight + job->weight > PARSE_ROOM))
        next_out(crew, 1);
    crew->weight += job->weight;
    crew_put(crew->crew, job);
    crew->filled = (crew->filled + 1) % crew->job_count;
    while (next_out(crew, 0))
        ;
}

struct parse_crew *parse_crew_new(const struct parse_call *call, int threads)
{
    size_t room = (size_t)threads * JOBS_EACH;
    struct crew *made = crew_new(threads, room, work);
    struct parse_crew *crew;

    if (made == NULL)
        return NULL;
    crew = memory_zeroed(1, sizeof *crew);
    crew->crew = made;
    crew->job_count = room + 1;
    crew->jobs = memory_zeroed(crew->job_count, sizeof *crew->jobs);
    for (size_t i = 0; i < crew->job_count; i++) {
        crew->jobs[i].call = call;
        crew->jobs[i].work.json = json_new();
        json_keep(crew->jobs[i].work.json);
    }
    return crew;
}

static void add_part(struct job *job, const struct part *part)
{
    if (job->part_count == job->part_capacity) {
        job->part_capacity = job->part_capacity * 2 + 4;
        job->parts = memory_resize(job->parts, job->part_capacity * sizeof *job->parts);
    }
    if (job->end_count + part->count > job->end_capacity) {
        job->end_capacity = (job->end_capacity + part->count) * 2;
        job->ends = memory_resize(job->ends, job->end_capacity * sizeof *job->ends);
    }
    job->parts[job->part_count++] = *part;
    job->end_count += part->count;
}

void parse_crew_take(struct parse_crew *crew, struct mt940_stream *stream, const char *file,
                     const struct mt940_page *pages, size_t count, const struct parse_bytes *bytes)
{
    struct part part = {NULL, pages, count, MT940_OK};
    size_t length = (size_t)(pages[count - 1].end - pages[0].begin), weight = length + count * PARSE_EACH;
    struct job *job = &crew->jobs[crew->filled];

    if (job->weight > 0 && job->weight + weight > PARSE_JOB) {
        hand_over(crew);
        job = &crew->jobs[crew->filled];
    }
    if (mt940_stream_keep(stream, &part.kept, NULL) != MT940_OK)
        memory_out();
    if (job->part_count == 0) {
        job->file = file;
        job->begin = pages[0].begin;
    }
    add_part(job, &part);
    job->weight += weight;
    if (bytes->data != NULL)
        buffer_add(&job->raw, bytes->data + (pages[0].begin - bytes->begin), length);
    if (job->weight >= PARSE_JOB)
        hand_over(crew);
}

void parse_crew_finish(struct parse_crew *crew)
{
    struct job *job;

    if (crew == NULL)
        return;
    if (crew->jobs[crew->filled].part_count > 0 && crew_count(crew->crew) > 0)
        hand_over(crew);
    while (next_out(crew, 1))
        ;
    job = &crew->jobs[crew->filled];
    if (job->part_count > 0) {
        work(job);
        go_out(job);
    }
}

void parse_crew_free(struct parse_crew *crew)
{
    if (crew == NULL)
        return;
    crew_free(crew->crew);
    for (size_t i = 0; i < crew->job_count; i++) {
        parse_work_free(&crew->jobs[i].work);
        free(crew->jobs[i].parts);
        free(crew->jobs[i].ends);
        buffer_free(&crew->jobs[i].raw);
    }
    free(crew->jobs);
    free(crew);
}
