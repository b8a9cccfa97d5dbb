/* SPDX-License-Identifier: Apache-2.0
 *
 * invoicing.c: makes and verifies the batches of the crash tests. Must not know who kills whom.
 */
#include "invoicing.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GROUP = 8, CHANGES = 5 };

static struct mt940_view view(const char *text)
{
    struct mt940_view out;

    mt940_view_from_string(text, &out);
    return out;
}

static struct mt940_customer_bank bank_key(void)
{
    return (struct mt940_customer_bank){.company = view("01"), .customer = view("C1"), .slot = 1};
}

/* The amount of an invoice follows from its number, so that the check can know it. */
static int64_t amount_of(const char *number)
{
    int64_t sum = 1;

    for (; *number; number++)
        sum = (sum * 31 + *number) % 997;
    return sum - 400; /* some are returns */
}

int invoicing_set_up(const struct mt940_store *store)
{
    struct mt940_customer_bank bank = bank_key();
    struct mt940_action action = {.company = view("01"), .key = view("set-up")};
    struct mt940_change change = {
        .size = sizeof(change), .op = MT940_PUT_NEW, .kind = MT940_KIND_CUSTOMER_BANK, .record = &bank};
    struct mt940_batch batch = {sizeof(batch), &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof(result)};
    int status = store->apply(store->user, &batch, 1, &result);

    return status ? status : result.outcome > MT940_ALREADY ? result.outcome : 0;
}

static int read_revision(void *user, const void *record)
{
    memcpy(user, record, sizeof(int64_t));
    return 0;
}

int invoicing_begin(const struct mt940_store *store, struct invoicing *work)
{
    char name[2] = {work->clerk, '\0'};
    struct mt940_setting note = {.company = view("01"), .name = view(name)};
    int status = store->get(store->user, MT940_KIND_SETTING, &note, read_revision, &work->note_revision);

    if (status == MT940_E_NOT_FOUND)
        work->note_revision = 0;
    return status == MT940_E_NOT_FOUND ? 0 : status;
}

/* The records of one batch; views between them need them to stay where they are. */
struct papers {
    char number[24];
    char name[2];
    struct mt940_setting note;
    struct mt940_customer_bank bank;
    struct mt940_invoice invoice;
    struct mt940_payment payments[2];
    struct mt940_journal line;
    struct mt940_action action;
    struct mt940_change changes[CHANGES];
};

static struct mt940_change change_of(int32_t op, int32_t kind, const void *record)
{
    return (struct mt940_change){.size = sizeof(struct mt940_change), .op = op, .kind = kind, .record = record};
}

static struct mt940_batch write_papers(struct papers *papers, struct invoicing *work)
{
    memset(papers, 0, sizeof(*papers));
    snprintf(papers->number, sizeof(papers->number), "%c%05d-%07d", work->clerk, work->cycle % 100000,
             work->next++ % 10000000);
    papers->name[0] = work->clerk;
    papers->note = (struct mt940_setting){
        .company = view("01"), .name = view(papers->name), .value = view(papers->number)};
    papers->bank = bank_key();
    papers->invoice = (struct mt940_invoice){.company = view("01"), .number = view(papers->number), .kind = 1,
                                             .amount = amount_of(papers->number)};
    for (int i = 0; i < 2; i++)
        papers->payments[i] = (struct mt940_payment){
            .company = view("01"), .invoice = view(papers->number), .line = i + 1, .slot = 1};
    papers->line = (struct mt940_journal){.event = MT940_DBS_EVENT_INVOICE, .document = view(papers->number)};
    papers->action = (struct mt940_action){.company = view("01"), .key = view(papers->number), .verb = view("invoice")};
    papers->changes[0] = change_of(work->note_revision ? MT940_PUT_IF : MT940_PUT_NEW, MT940_KIND_SETTING, &papers->note);
    papers->changes[0].revision = work->note_revision++;
    papers->changes[1] = change_of(MT940_TOTAL_ADD, MT940_KIND_CUSTOMER_BANK, &papers->bank);
    papers->changes[1].delta = papers->invoice.amount;
    papers->changes[1].journal = &papers->line;
    papers->changes[2] = change_of(MT940_PUT_NEW, MT940_KIND_INVOICE, &papers->invoice);
    papers->changes[3] = change_of(MT940_PUT_NEW, MT940_KIND_PAYMENT, &papers->payments[0]);
    papers->changes[4] = change_of(MT940_PUT_NEW, MT940_KIND_PAYMENT, &papers->payments[1]);
    return (struct mt940_batch){sizeof(struct mt940_batch), &papers->action, papers->changes, CHANGES};
}

int invoicing_apply(const struct mt940_store *store, struct invoicing *work, int count)
{
    struct papers papers[GROUP];
    struct mt940_batch batches[GROUP];
    struct mt940_batch_result results[GROUP];

    if (count < 1 || count > GROUP)
        return MT940_E_ARGUMENT;
    for (int i = 0; i < count; i++) {
        batches[i] = write_papers(&papers[i], work);
        results[i].size = sizeof(results[i]);
    }
    int status = store->apply(store->user, batches, (size_t)count, results);
    for (int i = 0; status == 0 && i < count; i++)
        status = results[i].outcome == MT940_APPLIED ? 0 : results[i].outcome;
    return status;
}

/* --- the proof --- */

struct audit {
    const struct mt940_store *store;
    int64_t actions;
    int64_t invoices;
    int64_t payments;
    int64_t lines;
    int64_t notes;   /* times they were written */
    int64_t amounts; /* of the invoices */
    int64_t total;   /* of the lines */
    const struct answered *answers;
    int answer_count;
    int *counts;     /* invoices of each answer */
    const char *wrong;
};

static int complain(struct audit *audit, const char *wrong)
{
    audit->wrong = wrong;
    return 1;
}

static int see_action(void *user, const void *record)
{
    const struct mt940_action *action = record;

    ((struct audit *)user)->actions += action->key.length == 14;
    return 0;
}

static int see_invoice(void *user, const void *record)
{
    struct audit *audit = user;
    const struct mt940_invoice *invoice = record;
    char number[24];

    mt940_view_copy(&invoice->number, number, sizeof(number));
    if (invoice->amount != amount_of(number))
        return complain(audit, "an invoice has another amount");
    audit->invoices++;
    audit->amounts += invoice->amount;
    for (int i = 0; i < audit->answer_count; i++)
        if (number[0] == audit->answers[i].clerk && atoi(number + 1) == audit->answers[i].cycle) {
            if (strtol(number + 7, NULL, 10) != audit->counts[i]++)
                return complain(audit, "an invoice in between is missing");
        }
    return 0;
}

static int see_payment(void *user, const void *record)
{
    struct audit *audit = user;
    const struct mt940_payment *payment = record;

    if (payment->line != audit->payments % 2 + 1)
        return complain(audit, "an invoice without its two payment rows");
    audit->payments++;
    return 0;
}

static int see_line(void *user, const void *record)
{
    struct audit *audit = user;
    const struct mt940_journal *line = record;
    char number[24];

    mt940_view_copy(&line->document, number, sizeof(number));
    audit->lines++;
    audit->total += line->delta;
    if (line->sequence != audit->lines)
        return complain(audit, "the journal has a gap");
    if (line->total != audit->total)
        return complain(audit, "a journal line has another total than the sum so far");
    return line->delta == amount_of(number) ? 0 : complain(audit, "a journal line is not its invoice's");
}

static int see_bank(void *user, const void *record)
{
    struct audit *audit = user;
    const struct mt940_customer_bank *bank = record;

    if (bank->dbs_total != audit->total || bank->dbs_sequence != audit->lines)
        return complain(audit, "the total is not the sum of the journal");
    return 0;
}

/* The note of a clerk is written once with each invoice, so its revision counts them. */
static int see_note(void *user, const void *record)
{
    ((struct audit *)user)->notes += ((const struct mt940_setting *)record)->revision;
    return 0;
}

static const char *walk(struct audit *audit)
{
    static const struct {
        int32_t kind;
        mt940_record_sink sink;
    } walks[] = {{MT940_KIND_ACTION, see_action},   {MT940_KIND_INVOICE, see_invoice},
                 {MT940_KIND_PAYMENT, see_payment}, {MT940_KIND_JOURNAL, see_line},
                 {MT940_KIND_CUSTOMER_BANK, see_bank}, {MT940_KIND_SETTING, see_note}};
    const struct mt940_store *store = audit->store;

    for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
        int status = store->scan(store->user, walks[i].kind, 0, 0, NULL, 0, 0, walks[i].sink, audit);
        if (audit->wrong)
            return audit->wrong;
        if (status)
            return "a scan failed";
    }
    return NULL;
}

const char *invoicing_check(const struct mt940_store *store, const struct answered *answers, int answer_count)
{
    struct audit audit = {.store = store, .answers = answers, .answer_count = answer_count};

    audit.counts = calloc((size_t)answer_count + 1, sizeof(*audit.counts));
    if (!audit.counts)
        return "no memory";
    const char *wrong = walk(&audit);
    if (!wrong && (audit.invoices != audit.actions || audit.lines != audit.actions || audit.notes != audit.actions ||
                   audit.payments != 2 * audit.actions || audit.amounts != audit.total))
        wrong = "an action without its changes, or changes without their action";
    for (int i = 0; !wrong && i < answer_count; i++)
        if (audit.counts[i] < answers[i].count)
            wrong = "what was answered as applied is gone";
    free(audit.counts);
    return wrong;
}

int invoicing_count(const struct mt940_store *store)
{
    struct audit audit = {.store = store};
    int status = store->scan(store->user, MT940_KIND_ACTION, 0, 0, NULL, 0, 0, see_action, &audit);

    return status ? -1 : (int)audit.actions;
}
