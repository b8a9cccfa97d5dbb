/* SPDX-License-Identifier: Apache-2.0
 *
 * crowd.c: the work of one process among many, and the audit of what they left. Who makes the
 * processes, and who kills them, is the host's affair.
 */
#include <string.h>

#include "export.h"
#include "kit.h"

/* Every invoice raises the total by AMOUNT; who finds the limit reached takes GIVEN_BACK off. */
enum { WORKERS = 100, LIMIT = 1000, AMOUNT = 7, GIVEN_BACK = -70, GROUP = 4, CHANGES = 5, SHARED_EVERY = 8 };

/* What work() and audit() are given beside the options, which come first: the kit looks for them there. */
struct crowd {
    struct mt940_conformance_store_options options;
    int32_t worker;
    int32_t workers;
    int64_t count;
    const int64_t *answered;
    int status; /* not 0: the work was ended by it */
};

static struct crowd *crowd_of(const struct mt940_kit *kit)
{
    return (struct crowd *)kit->subject->options;
}

/* --- papers --- */

static struct mt940_setting *note_of(struct mt940_kit *kit, int32_t worker)
{
    struct mt940_setting *note = mt940_kit_alloc(kit, sizeof(*note));

    note->company = mt940_kit_view("01");
    note->name = mt940_kit_view(mt940_kit_text(kit, "w%02d", (int)worker));
    return note;
}

static const char *number_of(struct mt940_kit *kit, int32_t worker, int64_t number)
{
    return mt940_kit_text(kit, "w%02d-%09lld", (int)worker, (long long)number);
}

/* The batch of one invoice: the worker's note counts it, the total takes it, two rows pay it. */
static struct mt940_batch write_papers(struct mt940_kit *kit, int64_t number, int64_t amount)
{
    int32_t worker = crowd_of(kit)->worker;
    const char *name = number_of(kit, worker, number);
    struct mt940_change *changes = mt940_kit_alloc(kit, CHANGES * sizeof(*changes));
    struct mt940_setting *note = note_of(kit, worker);
    struct mt940_invoice *invoice = mt940_kit_alloc(kit, sizeof(*invoice));

    note->value = mt940_kit_view(name);
    changes[0] = number == 1 ? mt940_kit_put_new(MT940_KIND_SETTING, note)
                             : mt940_kit_put_if(MT940_KIND_SETTING, note, number - 1);
    changes[1] = mt940_kit_total_add(mt940_kit_bank(kit, 1, 0), amount, mt940_kit_line(kit, name));
    changes[1].ceiling = amount > 0 ? MT940_CEILING_STORED_LIMIT : MT940_CEILING_NONE;
    invoice->company = mt940_kit_view("01");
    invoice->number = mt940_kit_view(name);
    invoice->kind = amount > 0 ? MT940_INVOICE_KIND_SALE : MT940_INVOICE_KIND_SALE_RETURN;
    invoice->amount = amount;
    changes[2] = mt940_kit_put_new(MT940_KIND_INVOICE, invoice);
    for (int i = 0; i < 2; i++) {
        struct mt940_payment *payment = mt940_kit_alloc(kit, sizeof(*payment));
        payment->company = mt940_kit_view("01");
        payment->invoice = mt940_kit_view(name);
        payment->line = i + 1;
        changes[3 + i] = mt940_kit_put_new(MT940_KIND_PAYMENT, payment);
    }
    return mt940_kit_batch(mt940_kit_action(kit, name, name), changes, CHANGES);
}

/* --- work --- */

static int read_revision(void *user, const void *record)
{
    memcpy(user, record, sizeof(int64_t));
    return 0;
}

/* How many invoices this worker has; -1 when the store cannot say now. */
static int64_t read_note(struct mt940_kit *kit)
{
    int64_t revision = 0;
    int status = kit->store.get(kit->store.user, MT940_KIND_SETTING, note_of(kit, crowd_of(kit)->worker),
                                read_revision, &revision);

    if (status && status != MT940_E_NOT_FOUND)
        crowd_of(kit)->status = status;
    return status && status != MT940_E_NOT_FOUND ? -1 : revision;
}

static int apply(struct mt940_kit *kit, const struct mt940_batch *batches, size_t count,
                 struct mt940_batch_result **results)
{
    *results = mt940_kit_alloc(kit, count * sizeof(**results));
    for (size_t i = 0; i < count; i++)
        (*results)[i].size = sizeof(**results);
    return kit->store.apply(kit->store.user, batches, count, *results);
}

/* After a negative answer: nothing is there, but after UNKNOWN, where perhaps all or the first of them are. */
static int64_t settle(struct mt940_kit *kit, int64_t number, int64_t count, int status)
{
    struct crowd *crowd = crowd_of(kit);

    crowd->status = status;
    int64_t now = read_note(kit);
    if (now < 0)
        return number;
    mt940_kit_require(kit, now == number || (status == MT940_E_UNKNOWN && now > number && now <= number + count),
                      "apply returned %d behind invoice %lld, and now there are %lld", status, (long long)number,
                      (long long)now);
    if (status == MT940_E_UNKNOWN)
        crowd->status = 0;
    return now;
}

/* Nobody else writes what this worker writes: the limit alone may stop it, and what is behind is then in conflict. */
static void require_true_refusal(struct mt940_kit *kit, const struct mt940_batch_result *results, int64_t done,
                                 int64_t count)
{
    const struct mt940_batch_result *first = &results[done];

    mt940_kit_require_outcome(kit, first, MT940_REFUSED, 1);
    mt940_kit_require(kit, first->ceiling == LIMIT && first->total + AMOUNT > LIMIT,
                      "REFUSED tells a total of %lld and a ceiling of %lld", (long long)first->total,
                      (long long)first->ceiling);
    for (int64_t i = done + 1; i < count; i++)
        mt940_kit_require_outcome(kit, &results[i], MT940_CONFLICT, 0);
}

/* Writes the next invoices in one call; the number of the last one that is there. */
static int64_t write_group(struct mt940_kit *kit, int64_t number, int64_t most)
{
    struct mt940_batch batches[GROUP];
    struct mt940_batch_result *results;
    int64_t count = 1 + number % GROUP;
    int64_t done = 0;

    count = most > 0 && most - number < count ? most - number : count;
    for (int64_t i = 0; i < count; i++)
        batches[i] = write_papers(kit, number + i + 1, AMOUNT);
    int status = apply(kit, batches, (size_t)count, &results);
    if (status)
        return settle(kit, number, count, status);
    while (done < count && results[done].outcome == MT940_APPLIED)
        done++;
    if (done == count)
        return number + done;
    require_true_refusal(kit, results, done, count);
    number += done;
    batches[0] = write_papers(kit, number + 1, GIVEN_BACK);
    status = apply(kit, batches, 1, &results);
    if (status)
        return settle(kit, number, 1, status);
    mt940_kit_require_outcome(kit, results, MT940_APPLIED, 0);
    return number + 1;
}

/* A slip that every worker saves under one key: one is the first, the others are told its result. */
static void save_shared(struct mt940_kit *kit, int64_t number)
{
    const char *name = mt940_kit_text(kit, "shared-%09lld", (long long)number);
    struct mt940_slip *slip = mt940_kit_alloc(kit, sizeof(*slip));
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_SLIP, slip);
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, name, name), &change, 1);
    struct mt940_batch_result *result;

    slip->company = mt940_kit_view("01");
    slip->id = mt940_kit_view(name);
    int status = apply(kit, &batch, 1, &result);
    if (status && status != MT940_E_UNKNOWN) /* which the next life, or another worker, will bring to its end */
        crowd_of(kit)->status = status;
    if (status)
        return;
    mt940_kit_require(kit, result->outcome == MT940_APPLIED ||
                               (result->outcome == MT940_ALREADY && strcmp(result->result, name) == 0),
                      "a slip that all save: outcome %d, result \"%.40s\"", (int)result->outcome, result->result);
}

static void set_up(struct mt940_kit *kit)
{
    struct mt940_change change = mt940_kit_put_new(MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, LIMIT));
    struct mt940_batch batch = mt940_kit_batch(mt940_kit_action(kit, "set-up", ""), &change, 1);
    struct mt940_batch_result *result;

    crowd_of(kit)->status = apply(kit, &batch, 1, &result);
    mt940_kit_require(kit, crowd_of(kit)->status || result->outcome <= MT940_ALREADY,
                      "the bank record is there without the action that made it");
}

static void work(struct mt940_kit *kit)
{
    struct crowd *crowd = crowd_of(kit);

    set_up(kit);
    int64_t number = crowd->status ? -1 : read_note(kit);
    while (crowd->status == 0 && (crowd->count == 0 || number < crowd->count)) {
        int64_t before = number;
        number = write_group(kit, number, crowd->count);
        if (crowd->status == 0 && number / SHARED_EVERY > before / SHARED_EVERY)
            save_shared(kit, number / SHARED_EVERY);
        if (crowd->options.answered && crowd->status == 0)
            crowd->status = crowd->options.answered(kit->subject->user, crowd->worker, number);
        mt940_kit_tidy(kit);
    }
}

/* --- audit --- */

struct ledger {
    struct mt940_kit_list invoices;
    int64_t counts[WORKERS]; /* invoices of each worker */
    size_t first[WORKERS];   /* position of its first one */
    bool *is_booked;         /* by position: a line of the journal names it */
};

static struct mt940_kit_list all_of(struct mt940_kit *kit, int32_t kind)
{
    struct mt940_kit_walk everything = {.kind = kind};

    return mt940_kit_scan(kit, &kit->store, &everything);
}

/* The worker of "w03-000000017", -1 for another text; `*number` is 17. */
static int32_t parse_number(const struct mt940_view *text, int64_t *number)
{
    int64_t worker = 0;

    if (text->length != 13 || text->data[0] != 'w' || text->data[3] != '-' ||
        mt940_decimal_parse(text->data + 1, 2, 0, &worker) || mt940_decimal_parse(text->data + 4, 9, 0, number))
        return -1;
    return worker >= 0 && worker < WORKERS ? (int32_t)worker : -1;
}

/* Invoices come sorted by worker and number, each with its two payments. */
static void audit_invoices(struct mt940_kit *kit, struct ledger *ledger)
{
    struct mt940_kit_list payments = all_of(kit, MT940_KIND_PAYMENT);

    ledger->invoices = all_of(kit, MT940_KIND_INVOICE);
    mt940_kit_require(kit, payments.count == 2 * ledger->invoices.count, "%u invoices have %u payments, not two each",
                      (unsigned)ledger->invoices.count, (unsigned)payments.count);
    for (size_t i = 0; i < ledger->invoices.count; i++) {
        const struct mt940_invoice *invoice = ledger->invoices.records[i];
        int64_t number = 0;
        int32_t worker = parse_number(&invoice->number, &number);
        mt940_kit_require(kit, worker >= 0, "an invoice that no worker wrote");
        if (number == 1)
            ledger->first[worker] = i;
        ledger->counts[worker]++;
        mt940_kit_require(kit, number == ledger->counts[worker], "invoice %lld of worker %d is missing",
                          (long long)ledger->counts[worker], (int)worker);
        for (size_t j = 0; j < 2; j++) {
            const struct mt940_payment *payment = payments.records[2 * i + j];
            mt940_kit_require(kit, mt940_view_equal(&payment->invoice, &invoice->number) &&
                                       payment->line == (int64_t)j + 1,
                              "an invoice without its two payments");
        }
    }
}

/* Notes and actions say the same as the invoices. */
static void audit_counts(struct mt940_kit *kit, const struct ledger *ledger)
{
    struct mt940_kit_list actions = all_of(kit, MT940_KIND_ACTION);
    size_t seen = 0;
    size_t shared = 0;

    for (int32_t worker = 0; worker < WORKERS; worker++) {
        const struct mt940_setting *note =
            mt940_kit_get(kit, &kit->store, MT940_KIND_SETTING, note_of(kit, worker));
        mt940_kit_require(kit, (note ? note->revision : 0) == ledger->counts[worker],
                          "worker %d noted %lld invoices, and %lld are there", (int)worker,
                          note ? (long long)note->revision : 0, (long long)ledger->counts[worker]);
    }
    for (size_t i = 0; i < actions.count; i++) {
        const struct mt940_action *action = actions.records[i];
        int64_t number;
        shared += action->key.length > 7 && memcmp(action->key.data, "shared-", 7) == 0;
        if (parse_number(&action->key, &number) < 0)
            continue;
        const struct mt940_invoice *invoice = seen < ledger->invoices.count ? ledger->invoices.records[seen] : NULL;
        mt940_kit_require(kit, invoice && mt940_view_equal(&invoice->number, &action->key),
                          "an action without its invoice, or an invoice without its action");
        seen++;
    }
    mt940_kit_require(kit, seen == ledger->invoices.count, "an invoice without its action");
    mt940_kit_require(kit, shared == mt940_kit_count(kit, &kit->store, MT940_KIND_SLIP),
                      "slips that all save and their actions are not as many");
}

static void audit_journal(struct mt940_kit *kit, struct ledger *ledger)
{
    struct mt940_kit_list lines = all_of(kit, MT940_KIND_JOURNAL);
    int64_t total = 0;

    ledger->is_booked = mt940_kit_alloc(kit, ledger->invoices.count + 1);
    mt940_kit_require(kit, lines.count == ledger->invoices.count, "%u lines of the journal for %u invoices",
                      (unsigned)lines.count, (unsigned)ledger->invoices.count);
    for (size_t i = 0; i < lines.count; i++) {
        const struct mt940_journal *line = lines.records[i];
        int64_t number = 0;
        int32_t worker = parse_number(&line->document, &number);
        mt940_kit_require(kit, worker >= 0 && number >= 1 && number <= ledger->counts[worker],
                          "a line of the journal without its invoice");
        size_t place = ledger->first[worker] + (size_t)number - 1;
        const struct mt940_invoice *invoice = ledger->invoices.records[place];
        mt940_kit_require(kit, !ledger->is_booked[place], "an invoice is in the journal twice");
        ledger->is_booked[place] = true;
        total += line->delta;
        mt940_kit_require(kit, line->sequence == (int64_t)i + 1, "the journal has a gap before line %u", (unsigned)i);
        mt940_kit_require(kit, line->delta == invoice->amount && line->total == total,
                          "line %u tells a total of %lld, the sum is %lld", (unsigned)i + 1, (long long)line->total,
                          (long long)total);
        mt940_kit_require(kit, line->delta < 0 || total <= LIMIT, "the total rose to %lld above the limit of %d",
                          (long long)total, LIMIT);
    }
    const struct mt940_customer_bank *bank =
        mt940_kit_get(kit, &kit->store, MT940_KIND_CUSTOMER_BANK, mt940_kit_bank(kit, 1, 0));
    mt940_kit_require(kit, bank ? bank->dbs_total == total && bank->dbs_sequence == (int64_t)lines.count
                                : lines.count == 0,
                      "the total is %lld, the sum of its journal %lld", bank ? (long long)bank->dbs_total : 0,
                      (long long)total);
}

static void audit(struct mt940_kit *kit)
{
    struct ledger *ledger = mt940_kit_alloc(kit, sizeof(*ledger));
    const struct crowd *crowd = crowd_of(kit);

    audit_invoices(kit, ledger);
    audit_counts(kit, ledger);
    audit_journal(kit, ledger);
    for (int32_t i = 0; i < crowd->workers; i++)
        mt940_kit_require(kit, ledger->counts[i] >= crowd->answered[i],
                          "worker %d was told of %lld invoices, and %lld are there", (int)i,
                          (long long)crowd->answered[i], (long long)ledger->counts[i]);
}

/* --- the two functions --- */

static const struct mt940_kit_check work_checks[] = {{"work", "", work}, {NULL, NULL, NULL}};
static const struct mt940_kit_check audit_checks[] = {{"audit", "", audit}, {NULL, NULL, NULL}};

static int run(struct crowd *crowd, const struct mt940_conformance_store_options *options,
               const struct mt940_kit_check *check, struct mt940_conformance_report *report)
{
    const struct mt940_kit_check *const groups[] = {check, NULL};

    if (!options || !mt940_kit_is_usable(options, options->size, sizeof(*options)) || !options->open)
        return MT940_E_ARGUMENT;
    crowd->options = *options;
    struct mt940_kit_subject subject = {.options = crowd, .user = options->user,
                                        .begin = mt940_kit_store_begin, .end = mt940_kit_store_end};
    int status = mt940_kit_run(&subject, groups, report);
    return status ? status : crowd->status;
}

MT940_EXPORT int mt940_conformance_store_work(const struct mt940_conformance_store_options *options, int32_t worker,
                                              int64_t count, struct mt940_conformance_report *report)
{
    struct crowd crowd = {.worker = worker, .count = count};

    if (worker < 0 || worker >= WORKERS || count < 0)
        return MT940_E_ARGUMENT;
    return run(&crowd, options, work_checks, report);
}

MT940_EXPORT int mt940_conformance_store_audit(const struct mt940_conformance_store_options *options,
                                               const int64_t *answered, int32_t workers,
                                               struct mt940_conformance_report *report)
{
    struct crowd crowd = {.answered = answered, .workers = workers};

    if (workers < 0 || workers > WORKERS || (workers > 0 && !answered))
        return MT940_E_ARGUMENT;
    return run(&crowd, options, audit_checks, report);
}
