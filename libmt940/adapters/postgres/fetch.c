/* SPDX-License-Identifier: Apache-2.0
 *
 * fetch.c: many looks at once. Those at one order of one kind are one question to the server, all
 * questions are sent in a row, and the rows are handed out in the order of the looks. Must not
 * hand out anything before the last answer has come: a connection that was lost is made anew.
 */
#include "fetch.h"

#include <stdlib.h>
#include <string.h>

#include "apply.h"

/* How many looks are under way at once; their answers are in memory together. */
enum { UNDER_WAY = 256 };

/* What the server is asked: `count` looks from members[first] on. */
struct question {
    int statement;
    size_t first, count;
    PGresult **results; /* one; of the first of a row perhaps one a record (see take_answer()) */
    size_t result_count;
    size_t result; /* where the handing out stands */
    int row;
};

struct fetching {
    struct mt940_postgres *store;
    const struct mt940_lookup *lookups;
    size_t count;
    size_t members[UNDER_WAY]; /* looks, those of a question beside each other and ascending */
    struct {
        size_t question;
        size_t number; /* from 1 */
    } places[UNDER_WAY]; /* by look */
    struct question questions[UNDER_WAY];
    size_t question_count;
};

/* --- asking --- */

static int scan_of(const struct mt940_lookup *lookup)
{
    return mt940_postgres_scan_statement(lookup->kind, lookup->index, lookup->prefix, 0);
}

/* Makes as few questions as there are forms for of members[first..end-1], which ask alike. */
static void add_questions(struct fetching *fetching, size_t first, size_t end)
{
    while (first < end) {
        struct question *question = &fetching->questions[fetching->question_count];
        memset(question, 0, sizeof(*question));
        question->first = first;
        question->statement = mt940_postgres_statement_for(scan_of(&fetching->lookups[fetching->members[first]]),
                                                           end - first, &question->count);
        for (size_t i = 0; i < question->count; i++) {
            fetching->places[fetching->members[first + i]].question = fetching->question_count;
            fetching->places[fetching->members[first + i]].number = i + 1;
        }
        first += question->count;
        fetching->question_count++;
    }
}

static void group(struct fetching *fetching)
{
    bool is_member[UNDER_WAY] = {false};
    size_t count = 0;

    fetching->question_count = 0;
    for (size_t i = 0; i < fetching->count; i++) {
        size_t first = count;
        for (size_t j = i; j < fetching->count && !is_member[i]; j++) {
            if (is_member[j] || scan_of(&fetching->lookups[j]) != scan_of(&fetching->lookups[i]))
                continue;
            fetching->members[count++] = j;
            is_member[j] = j > i;
        }
        add_questions(fetching, first, count);
    }
}

static int send_question(struct fetching *fetching, const struct question *question)
{
    struct mt940_postgres *store = fetching->store;
    int answer = MT940_OK;

    mt940_postgres_bind_none(store);
    for (size_t i = 0; i < question->count; i++) {
        const struct mt940_lookup *lookup = &fetching->lookups[fetching->members[question->first + i]];
        const struct mt940_kind_info *info = mt940_kind_info(lookup->kind);
        const struct mt940_index *index = &info->indexes[lookup->index];
        for (int32_t field = 0; answer == MT940_OK && field < lookup->prefix; field++)
            answer = mt940_postgres_bind(store, info, index->fields[field], index->fields[field] + 1, lookup->from);
    }
    if (question->count == 1)
        mt940_postgres_bind_number(store, INT64_MAX); /* no limit */
    return answer ? answer : mt940_postgres_send(store, question->statement);
}

static int keep(struct mt940_postgres *store, struct question *question, PGresult *result)
{
    PGresult **results = realloc(question->results, (question->result_count + 1) * sizeof(*results));

    if (!results) {
        PQclear(result);
        return mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for an answer");
    }
    question->results = results;
    results[question->result_count++] = result;
    return MT940_OK;
}

/*
 * What comes to one question, up to the NULL that is behind each in a row. Asked for together; but libpq keeps the mode
 * of single rows from the look before, for the first of a row.
 */
static int take_answer(struct mt940_postgres *store, struct question *question)
{
    PGresult *result = NULL;
    int answer = MT940_OK, status;

    while ((status = mt940_postgres_next(store, &result)) == MT940_OK && result) {
        ExecStatusType kind = PQresultStatus(result);
        if (answer == MT940_OK && (kind == PGRES_TUPLES_OK || kind == PGRES_SINGLE_TUPLE)) {
            answer = keep(store, question, result);
            continue;
        }
        if (answer == MT940_OK)
            answer = mt940_postgres_fail(store, result, "read");
        PQclear(result);
    }
    return answer ? answer : status;
}

static int ask_in_a_row(struct fetching *fetching)
{
    struct mt940_postgres *store = fetching->store;
    int answer = MT940_OK;
    bool is_synced = false;

    for (size_t i = 0; answer == MT940_OK && i < fetching->question_count; i++)
        answer = send_question(fetching, &fetching->questions[i]);
    if (answer == MT940_OK) {
        is_synced = PQpipelineSync(store->connection);
        answer = is_synced ? MT940_OK : mt940_postgres_fail(store, NULL, "read");
    }
    for (size_t i = 0; answer == MT940_OK && i < fetching->question_count; i++)
        answer = take_answer(store, &fetching->questions[i]);
    if (mt940_postgres_is_lost(store))
        return answer;
    int status = mt940_postgres_end_row(store, is_synced);
    return answer ? answer : status;
}

static int ask(struct fetching *fetching)
{
    struct mt940_postgres *store = fetching->store;
    int answer = mt940_postgres_settle(store);

    for (size_t i = 0; answer == MT940_OK && i < fetching->question_count; i++)
        answer = mt940_postgres_want(store, fetching->questions[i].statement);
    if (answer == MT940_OK)
        answer = mt940_postgres_prepare_wanted(store);
    if (answer)
        return answer;
    return PQenterPipelineMode(store->connection) ? ask_in_a_row(fetching)
                                                  : mt940_postgres_fail(store, NULL, "read");
}

/* --- handing out --- */

/* The next row of a question, if it is one for the look of that number. */
static int next_row(struct fetching *fetching, struct question *question, size_t number,
                    const struct mt940_kind_info *info, bool *is_there)
{
    bool has_number = question->count > 1;
    int64_t found = 1;

    *is_there = false;
    while (question->result < question->result_count &&
           question->row >= PQntuples(question->results[question->result])) {
        question->result++;
        question->row = 0;
    }
    if (question->result == question->result_count)
        return MT940_OK;
    const PGresult *result = question->results[question->result];
    if (has_number && mt940_postgres_number(result, question->row, info->field_count + 1, &found))
        return mt940_postgres_refuse(fetching->store, MT940_E_CORRUPT, "a row does not have its form");
    *is_there = found == (int64_t)number;
    return *is_there ? mt940_postgres_read(fetching->store, result, question->row++, info, has_number) : MT940_OK;
}

static int hand_out(struct fetching *fetching)
{
    int answer = MT940_OK;

    for (size_t i = 0; answer == MT940_OK && i < fetching->count; i++) {
        const struct mt940_lookup *lookup = &fetching->lookups[i];
        struct question *question = &fetching->questions[fetching->places[i].question];
        bool is_there = true;
        while (answer == MT940_OK && is_there) {
            answer = next_row(fetching, question, fetching->places[i].number, mt940_kind_info(lookup->kind), &is_there);
            if (answer == MT940_OK && is_there)
                answer = lookup->sink(lookup->sink_user, fetching->store->record);
        }
    }
    return answer;
}

static void forget(struct fetching *fetching)
{
    for (size_t i = 0; i < fetching->question_count; i++) {
        struct question *question = &fetching->questions[i];
        for (size_t j = 0; j < question->result_count; j++)
            PQclear(question->results[j]);
        free(question->results);
        question->results = NULL;
        question->result_count = 0;
    }
}

/* --- the call --- */

static int fetch_some(struct fetching *fetching)
{
    group(fetching);
    int answer = ask(fetching);
    if (answer && mt940_postgres_is_lost(fetching->store)) {
        forget(fetching);
        answer = ask(fetching);
    }
    if (answer == MT940_OK)
        answer = hand_out(fetching);
    forget(fetching);
    return answer;
}

static bool is_lookup(const struct mt940_lookup *lookup)
{
    const struct mt940_kind_info *info = mt940_kind_info(lookup->kind);

    return info && lookup->index >= 0 && lookup->index < info->index_count && lookup->prefix >= 0 &&
           lookup->prefix <= info->indexes[lookup->index].field_count && (lookup->from || !lookup->prefix) && lookup->sink;
}

int mt940_postgres_fetch(struct mt940_postgres *store, const struct mt940_lookup *lookups, size_t count)
{
    int answer = MT940_OK;

    for (size_t i = 0; i < count; i++)
        if (!is_lookup(&lookups[i]))
            return mt940_postgres_refuse(store, MT940_E_ARGUMENT, "a look without a known kind, order or sink");
    struct fetching *fetching = malloc(sizeof(*fetching));
    if (!fetching)
        return mt940_postgres_refuse(store, MT940_E_MEMORY, "no memory for looks");
    fetching->store = store;
    for (size_t i = 0; answer == MT940_OK && i < count; i += UNDER_WAY) {
        fetching->lookups = lookups + i;
        fetching->count = count - i < UNDER_WAY ? count - i : UNDER_WAY;
        answer = fetch_some(fetching);
    }
    free(fetching);
    return answer;
}
