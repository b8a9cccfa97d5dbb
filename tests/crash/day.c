/* SPDX-License-Identifier: Apache-2.0
 *
 * day.c: generates statements, keeps the ERP's file, and asks the store with plain SQL that every
 * place understands. The ERP finds, posts, now and then posts and says nothing, and refuses some
 * slips the first time.
 */
#define _DEFAULT_SOURCE
#include "day.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "day_place.h"

enum { LONGEST = 1 << 15 };

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

/* --- the bank --- */

static size_t write_statement(char *out, int number)
{
    long opening = 1000000;
    int length = 0;

    for (int i = 0; i < number; i++)
        for (int row = 0; row < DAY_ROWS; row++)
            opening += 10000 + 100 * i + row;
    length += snprintf(out, LONGEST, ":20:DAY%d\n:25:TR140006200119000001234567\n:28C:%d\n:60F:C2601%02dTRY%ld,%02ld\n",
                       number, number, number + 1, opening / 100, opening % 100);
    for (int row = 0; row < DAY_ROWS; row++) {
        int cents = 10000 + 100 * number + row;

        opening += cents;
        length += snprintf(out + length, (size_t)(LONGEST - length),
                           ":61:2601%02d01%02dC%d,%02dN%sNONREF//K%d-%d\n:86:GELEN TR780006701000000011111111\n",
                           number + 2, number + 2, cents / 100, cents % 100, row % 3 ? "TRF" : "DDB", number, row);
    }
    length += snprintf(out + length, (size_t)(LONGEST - length), ":62F:C2601%02dTRY%ld,%02ld\n-\n", number + 2,
                       opening / 100, opening % 100);
    return (size_t)length;
}

struct bank {
    char bytes[LONGEST];
    size_t length, at;
};

static int list(void *user, mt940_remote_sink sink, void *sink_user)
{
    int status = user ? 0 : 1;

    for (int i = 0; i < DAY_STATEMENTS && status == 0; i++) {
        char name[8];
        struct mt940_remote_file file = {sizeof file, {name, 1}, -1, -1};

        snprintf(name, sizeof name, "%d", i);
        status = sink(sink_user, &file);
    }
    return status;
}

static int open_file(void *user, const struct mt940_view *name)
{
    struct bank *bank = user;

    bank->at = 0;
    bank->length = write_statement(bank->bytes, name->data[0] - '0');
    return 0;
}

static int64_t read_file(void *user, void *buffer, size_t capacity)
{
    struct bank *bank = user;
    size_t step = bank->length - bank->at < capacity ? bank->length - bank->at : capacity;

    memcpy(buffer, bank->bytes + bank->at, step);
    bank->at += step;
    return (int64_t)step;
}

static int close_file(void *user)
{
    return user ? 0 : 1;
}

/* --- the ERP: a line "KEY AMOUNT STATE" per slip; its number is that of the line --- */

static int look(FILE *file, const char *key, const char *wanted, int *line)
{
    char found[32], state[16];
    long long amount;
    int number = 0;

    rewind(file);
    *line = 0;
    while (fscanf(file, "%31s %lld %15s", found, &amount, state) == 3) {
        number++;
        if (strcmp(found, key) == 0 && strcmp(state, wanted) == 0)
            *line = number;
    }
    return *line > 0;
}

static int erp_find(void *user, const char *key, char *id, size_t capacity)
{
    FILE *file = fopen(((const struct day *)user)->erp, "r");
    int line = 0, found = file != NULL && look(file, key, "posted", &line);

    if (file != NULL)
        fclose(file);
    snprintf(id, capacity, "ERP-%d", line);
    return found ? MT940_POST_DONE : MT940_POST_ABSENT;
}

/* One write() under a lock: SIGKILL leaves the whole line or none. */
static int erp_put(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity)
{
    FILE *file = fopen(((const struct day *)user)->erp, "a+");
    int outcome = MT940_POST_DONE, line;
    char text[128];

    if (file == NULL || flock(fileno(file), LOCK_EX))
        return MT940_POST_UNKNOWN;
    if (look(file, key, "posted", &line)) {
        outcome = MT940_POST_ALREADY;
    } else {
        int refused = posting->slip->amount % 11 == 0 && !look(file, key, "refused", &line);
        int length = snprintf(text, sizeof text, "%s %lld %s\n", key, (long long)posting->slip->amount,
                              refused ? "refused" : "posted");

        if (write(fileno(file), text, (size_t)length) != length)
            outcome = MT940_POST_UNKNOWN;
        else if (refused)
            outcome = MT940_POST_REFUSED;
        else if (posting->slip->amount % 7 == 0)
            outcome = MT940_POST_UNKNOWN; /* posted, but nobody hears of it */
    }
    (void)look(file, key, "posted", &line);
    snprintf(id, capacity, "ERP-%d", line);
    fclose(file);
    return outcome;
}

/* --- the day --- */

static int now(void *user, int64_t *seconds)
{
    *seconds = user ? 0 : 1767571200;
    return 0;
}

static int open_flow(const struct day *day, struct mt940_store *store, struct mt940_flow **flow)
{
    struct mt940_clock clock = {sizeof clock, NULL, now};
    struct mt940_post post = {sizeof post, (void *)(uintptr_t)day, erp_put, erp_find, NULL};
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "day", .store = store,
                                         .clock = &clock, .post = day->with_erp ? &post : NULL, .retries = 200};
    int status = day_place_open(day, store);

    return status ? status : mt940_flow_open(&options, flow, NULL);
}

static int put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    return mt940_flow_put(flow, kind, &record, 1, NULL, NULL);
}

int day_begin(struct day *day, const char *directory, bool with_erp)
{
    static int number;
    struct mt940_company company = {.code = view("1"), .title = view("Ornek A.S."), .local_currency = view("TRY")};
    struct mt940_bank_account account = {.company = view("1"), .code = view("102.01"), .currency = view("TRY"),
                                         .iban = view("TR140006200119000001234567"), .branch = view("0062_00119")};
    struct mt940_customer customer = {.company = view("1"), .code = view("120.01"), .type = 1, .active = 1,
                                      .name = view("Yildiz Market")};
    struct mt940_customer_bank bank = {.company = view("1"), .customer = view("120.01"), .slot = 1, .dbs = 1,
                                       .iban = view("TR780006701000000011111111"), .branch = view("0062_00119"),
                                       .currency = view("TRY"), .dbs_limit = 100000000};
    struct mt940_store store;
    struct mt940_flow *flow;

    snprintf(day->store, sizeof day->store, "%s/day%d.db", directory, ++number);
    snprintf(day->erp, sizeof day->erp, "%s/erp%d", directory, number);
    day->with_erp = with_erp;
    remove(day->erp);
    if (day_place_make(day) || open_flow(day, &store, &flow))
        return 1;
    int status = put(flow, MT940_KIND_COMPANY, &company) || put(flow, MT940_KIND_BANK_ACCOUNT, &account) ||
                 put(flow, MT940_KIND_CUSTOMER, &customer) || put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
    mt940_flow_close(flow);
    store.close(store.user);
    return status;
}

void day_remove(const struct day *day)
{
    day_place_remove(day);
    remove(day->erp);
}

struct ids {
    char list[DAY_STATEMENTS][24];
    size_t count;
};

static int take_open(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    struct ids *ids = user;

    if (item->open_entries > 0 && ids->count < DAY_STATEMENTS)
        mt940_view_copy(&item->id, ids->list[ids->count++], sizeof ids->list[0]);
    return 0;
}

static int save_all(struct mt940_flow *flow)
{
    struct ids ids = {.count = 0};
    int status = mt940_flow_inbox(flow, 0, 0, take_open, &ids, NULL);

    for (size_t i = 0; i < ids.count && status == 0; i++) {
        struct mt940_save_request request = {.size = sizeof request, .inbox_item = view(ids.list[i]),
                                             .flags = MT940_SAVE_OPEN_ROWS};

        status = mt940_flow_save(flow, &request, NULL, NULL, NULL, NULL);
    }
    return status;
}

int day_work(const struct day *day, volatile int *step)
{
    static struct bank bank;
    struct mt940_transport transport = {sizeof transport, &bank, list, open_file, read_file, close_file, NULL, NULL, NULL};
    struct mt940_store store;
    struct mt940_flow *flow;
    int status = open_flow(day, &store, &flow);

    if (status)
        return status;
    *step = day_is_received(day) ? DAY_REPEATS : DAY_RECEIVES;
    status = mt940_flow_receive(flow, &transport, "bank", NULL, NULL, NULL, NULL);
    *step = DAY_SAVES;
    if (status == 0)
        status = save_all(flow);
    *step = DAY_RESTS;
    mt940_flow_close(flow);
    store.close(store.user);
    return status;
}

/* --- what must be true --- */

/* Each finds nothing. */
static const struct {
    const char *name, *sql;
} faults[] = {
    {"a saved movement without its active slip",
     "select 1 from movements m left join slips s on s.company = m.company and s.id = m.slip and s.state = 0 "
     "where m.state = 2 and s.id is null"},
    {"an active slip whose movement is not saved by it",
     "select 1 from slips s left join movements m on m.company = s.company and m.id = s.movement and m.state = 2 "
     "and m.slip = s.id where s.state = 0 and m.id is null"},
    {"a reserved slip whose movement is not with the ERP",
     "select 1 from slips s left join movements m on m.company = s.company and m.id = s.movement and m.state = 1 "
     "and m.slip = s.id where s.state = 2 and m.id is null"},
    {"two slips of one movement",
     "select 1 from slips where state in (0, 2) group by company, movement having count(*) > 1"},
    {"a slip without its two lines",
     "select 1 from slips s where (select count(*) from slip_lines l where l.company = s.company and l.slip = s.id) <> 2"},
    {"a line without its slip",
     "select 1 from slip_lines l left join slips s on s.company = l.company and s.id = l.slip where s.id is null"},
    {"an inbox record that counts its movements wrong",
     "select 1 from inbox_items i where i.entries <> (select count(*) from movements m where m.company = i.company and "
     "m.inbox_item = i.id) or i.open_entries <> (select count(*) from movements m where m.company = i.company and "
     "m.inbox_item = i.id and m.state not in (2, 4))"},
    {"an inbox record without its file",
     "select 1 from inbox_items i left join files f on f.company = i.company and f.digest = i.file where f.digest is null"},
    {"a total that is not the sum of its journal",
     "select 1 from customer_banks b where b.dbs_total <> (select coalesce(sum(j.delta), 0) from journal j)"},
    {"a total that is not that of the marked lines of active slips",
     "select 1 from customer_banks b where b.dbs_total <> -(select coalesce(sum(l.dbs_amount), 0) from slip_lines l "
     "join slips s on s.company = l.company and s.id = l.slip where s.state = 0)"},
    {"a journal line too many or too few",
     "select 1 from slip_lines l join slips s on s.company = l.company and s.id = l.slip where l.dbs_amount <> 0 and "
     "(select count(*) from journal j where j.document = l.slip) <> case s.state when 0 then 1 else 0 end"},
};

/* The ERP's side: no key twice; what is active here is posted there with the same amount. */
static const char *erp_fault(const struct day *day, bool is_over)
{
    FILE *file = fopen(day->erp, "r");
    char key[32], state[16], keys[DAY_STATEMENTS * DAY_ROWS][32];
    long long amount;
    int count = 0;
    const char *fault = NULL;

    while (file != NULL && fault == NULL && fscanf(file, "%31s %lld %15s", key, &amount, state) == 3) {
        if (strcmp(state, "posted") != 0)
            continue;
        for (int i = 0; i < count; i++)
            if (strcmp(keys[i], key) == 0)
                fault = "the ERP has two slips of one key";
        if (count == DAY_STATEMENTS * DAY_ROWS)
            return "the ERP has more slips than there are movements";
        strcpy(keys[count++], key);
        if (day_place_ask("select amount from slips where id = $1 and state in (0, 2)", key) != amount)
            fault = "the ERP has a slip that is not here, or another one";
    }
    if (file != NULL)
        fclose(file);
    if (fault == NULL && day_place_ask("select count(*) from slips where state = 0", NULL) > count)
        fault = "a slip is active that the ERP does not have";
    return fault == NULL && is_over && count != DAY_STATEMENTS * DAY_ROWS ? "the ERP lacks a slip" : fault;
}

const char *day_fault(const struct day *day, bool is_over)
{
    const char *fault = day_place_look(day) ? NULL : "the store cannot be looked at";

    for (size_t i = 0; fault == NULL && i < sizeof faults / sizeof *faults; i++)
        if (day_place_ask(faults[i].sql, NULL) != 0)
            fault = faults[i].name;
    if (fault == NULL && day->with_erp)
        fault = erp_fault(day, is_over);
    if (fault == NULL && is_over &&
        day_place_ask("select count(*) from slips where state = 0", NULL) != DAY_STATEMENTS * DAY_ROWS)
        fault = "not every movement has its slip";
    day_place_look_away();
    return fault;
}

static bool has_all(const struct day *day, const char *sql, int64_t wanted)
{
    bool has = day_place_look(day) && day_place_ask(sql, NULL) == wanted;

    day_place_look_away();
    return has;
}

bool day_is_received(const struct day *day)
{
    return has_all(day, "select count(*) from inbox_items", DAY_STATEMENTS);
}

bool day_is_over(const struct day *day)
{
    return has_all(day, "select count(*) from movements where state = 2", DAY_STATEMENTS * DAY_ROWS);
}
