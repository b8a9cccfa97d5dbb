/* SPDX-License-Identifier: Apache-2.0
 *
 * crew.c: jobs on POSIX threads: one lock, one ring. Jobs are begun oldest first, so that the one the caller waits for is
 * never behind another. Must not know what a job is.
 */
#define _POSIX_C_SOURCE 200809L
#include "crew.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "buffer.h"

struct place {
    void *job;
    int done;
};

struct crew {
    void (*work)(void *job);
    pthread_mutex_t lock;
    pthread_cond_t come, done;
    struct place *places;
    size_t room;
    /* Jobs so far; put is at most `room` ahead of given. Only the caller moves put and given. */
    uint64_t put, begun, given;
    int over;
    int count;
    pthread_t threads[CREW_MOST];
};

int crew_processors(void)
{
#ifdef _SC_NPROCESSORS_ONLN
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > CREW_USUAL ? CREW_USUAL : (int)count;
#else
    return 1;
#endif
}

/* The lock is held, but for the work. */
static void do_next(struct crew *crew)
{
    struct place *place = &crew->places[crew->begun++ % crew->room];

    pthread_mutex_unlock(&crew->lock);
    crew->work(place->job);
    pthread_mutex_lock(&crew->lock);
    place->done = 1;
}

static void *serve(void *user)
{
    struct crew *crew = user;

    pthread_mutex_lock(&crew->lock);
    while (!crew->over) {
        if (crew->begun == crew->put) {
            pthread_cond_wait(&crew->come, &crew->lock);
            continue;
        }
        do_next(crew);
        pthread_cond_signal(&crew->done);
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

struct crew *crew_new(int threads, size_t room, void (*work)(void *job))
{
    struct crew *crew = memory_zeroed(1, sizeof *crew);

    crew->work = work;
    crew->room = room;
    crew->places = memory_zeroed(room, sizeof *crew->places);
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->come, NULL);
    pthread_cond_init(&crew->done, NULL);
    /* The system may allow fewer. */
    while (crew->count < threads - 1 && crew->count < CREW_MOST - 1 &&
           pthread_create(&crew->threads[crew->count], NULL, serve, crew) == 0)
        crew->count++;
    if (crew->count > 0)
        return crew;
    crew_free(crew);
    return NULL;
}

size_t crew_count(const struct crew *crew)
{
    return (size_t)(crew->put - crew->given);
}

void crew_put(struct crew *crew, void *job)
{
    pthread_mutex_lock(&crew->lock);
    crew->places[crew->put++ % crew->room] = (struct place){job, 0};
    pthread_cond_signal(&crew->come);
    pthread_mutex_unlock(&crew->lock);
}

void *crew_take(struct crew *crew, int wait)
{
    struct place *oldest = &crew->places[crew->given % crew->room];
    void *job = NULL;

    if (crew_count(crew) == 0)
        return NULL;
    pthread_mutex_lock(&crew->lock);
    while (wait && !oldest->done) {
        if (crew->begun < crew->put)
            do_next(crew);
        else
            pthread_cond_wait(&crew->done, &crew->lock);
    }
    if (oldest->done) {
        job = oldest->job;
        crew->given++;
    }
    pthread_mutex_unlock(&crew->lock);
    return job;
}

void crew_free(struct crew *crew)
{
    if (crew == NULL)
        return;
    pthread_mutex_lock(&crew->lock);
    crew->over = 1;
    pthread_cond_broadcast(&crew->come);
    pthread_mutex_unlock(&crew->lock);
    for (int i = 0; i < crew->count; i++)
        pthread_join(crew->threads[i], NULL);
    pthread_cond_destroy(&crew->done);
    pthread_cond_destroy(&crew->come);
    pthread_mutex_destroy(&crew->lock);
    free(crew->places);
    free(crew);
}
