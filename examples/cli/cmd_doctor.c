/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_doctor.c: what is set up, what is missing, and how to mend it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/adapters/folder.h>
#include <mt940connect/dbs_total.h>
#include <mt940connect/iban.h>

#include "buffer.h"
#include "connection.h"
#include "doctor.h"
#include "server.h"
#include "value.h"

void doctor_tell(struct doctor *doctor, const char *check, enum doctor_state state, char *text, enum text help)
{
    static const char *const names[] = {"good", "warning", "error"};
    static const char *const colours[] = {"32", "33", "31"};
    static const enum text shown[] = {TEXT_STATE_GOOD, TEXT_SEVERITY_WARNING, TEXT_SEVERITY_ERROR};
    struct output *out = &doctor->workspace->session->out;

    if (out->json) {
        json_object_begin(doctor->json, NULL);
        json_word(doctor->json, "check", check);
        json_word(doctor->json, "state", names[state]);
        json_word(doctor->json, "text", text);
        json_word(doctor->json, "help", text_raw(help, out->language));
        json_object_end(doctor->json);
    } else {
        table_paint(doctor->table, colours[state]);
        table_text(doctor->table, text_raw(shown[state], out->language));
        table_text(doctor->table, text);
        if (help != TEXT_NONE)
            table_note(doctor->table, text_raw(help, out->language));
    }
    out->errors += state == STATE_ERROR;
    free(text);
}

static char *sentence(const struct doctor *doctor, enum text text, size_t count)
{
    char number[24];

    snprintf(number, sizeof number, "%lu", (unsigned long)count);
    return TEXT_FORMAT(text, doctor->workspace->session->out.language, number);
}

/* Own accounts, counted and looked at. */
struct accounts {
    struct doctor *doctor;
    size_t count, bad;
    struct buffer names;
};

static int look_at_account(void *user, const void *record)
{
    const struct mt940_bank_account *account = record;
    struct accounts *accounts = user;

    accounts->count++;
    if (account->iban.length == 0 ||
        mt940_iban_check(account->iban.data, account->iban.length, 0) == MT940_IBAN_VALID)
        return 0;
    accounts->bad++;
    if (accounts->names.length > 0)
        buffer_add_string(&accounts->names, ", ");
    buffer_add(&accounts->names, account->code.data, account->code.length);
    return 0;
}

static int count_record(void *user, const void *record)
{
    (void)record;
    ++*(size_t *)user;
    return 0;
}

/* Calls `sink` for every record of a kind of the company. */
static void each(struct doctor *doctor, int32_t kind, mt940_record_sink sink, void *user)
{
    union {
        struct mt940_bank_account account;
        struct mt940_customer customer;
        struct mt940_customer_bank bank;
        struct mt940_transaction_code code;
    } key;
    struct workspace *workspace = doctor->workspace;
    struct mt940_view company;
    int status;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(workspace->company, &company);
    memcpy((char *)&key + mt940_kind_info(kind)->fields[0].offset, &company, sizeof company);
    status = workspace->store.scan(workspace->store.user, kind, 0, 1, &key, 0, 0, sink, user);
    if (status != MT940_OK)
        workspace_failed(workspace, status, NULL);
}

static void check_books(struct doctor *doctor)
{
    const char *language = doctor->workspace->session->out.language;
    struct accounts accounts = {doctor, 0, 0, {NULL, 0, 0}};
    size_t customers = 0, banks = 0, codes = 0;
    char *names;

    each(doctor, MT940_KIND_BANK_ACCOUNT, look_at_account, &accounts);
    each(doctor, MT940_KIND_CUSTOMER, count_record, &customers);
    each(doctor, MT940_KIND_CUSTOMER_BANK, count_record, &banks);
    each(doctor, MT940_KIND_TRANSACTION_CODE, count_record, &codes);
    doctor_tell(doctor, "bank_accounts", accounts.count > 0 ? STATE_GOOD : STATE_ERROR,
         sentence(doctor, TEXT_DOCTOR_ACCOUNTS, accounts.count),
         accounts.count > 0 ? TEXT_NONE : TEXT_DOCTOR_NO_ACCOUNTS);
    names = buffer_string(&accounts.names);
    if (accounts.bad > 0)
        doctor_tell(doctor, "own_ibans", STATE_ERROR, TEXT_FORMAT(TEXT_DOCTOR_BAD_IBANS, language, names),
             TEXT_DOCTOR_MEND_IBANS);
    free(names);
    doctor_tell(doctor, "customers", customers > 0 ? STATE_GOOD : STATE_WARNING,
         sentence(doctor, TEXT_DOCTOR_CUSTOMERS, customers), customers > 0 ? TEXT_NONE : TEXT_DOCTOR_NO_CUSTOMERS);
    doctor_tell(doctor, "customer_banks", banks > 0 ? STATE_GOOD : STATE_WARNING, sentence(doctor, TEXT_DOCTOR_BANKS, banks),
         banks > 0 ? TEXT_NONE : TEXT_DOCTOR_NO_BANKS);
    doctor_tell(doctor, "transaction_codes", STATE_GOOD, sentence(doctor, TEXT_DOCTOR_CODES, codes),
         codes > 0 ? TEXT_NONE : TEXT_DOCTOR_BUILT_IN_CODES);
}

static int count_file(void *user, const struct mt940_remote_file *file)
{
    (void)file;
    ++*(size_t *)user;
    return 0;
}

static void check_proof(struct doctor *doctor, const struct mt940_transport *transport)
{
    int good = 0;
    char *text = server_proof(&doctor->workspace->session->out, transport, &good);

    if (text != NULL)
        doctor_tell(doctor, "proof", good ? STATE_GOOD : STATE_WARNING, text, good ? TEXT_NONE : TEXT_DOCTOR_CLEARTEXT);
}

static void check_connection(struct doctor *doctor)
{
    struct output *out = &doctor->workspace->session->out;
    char *connection = workspace_setting(doctor->workspace, CONNECTION_SETTING);
    struct mt940_transport transport;
    size_t files = 0;
    char *name = NULL;

    if (connection == NULL) {
        doctor_tell(doctor, "connection", STATE_ERROR,
             string_copy(text_raw(TEXT_NO_CONNECTION, out->language),
                         strlen(text_raw(TEXT_NO_CONNECTION, out->language))),
             TEXT_DOCTOR_NO_CONNECTION);
        return;
    }
    if (connection_open(doctor->workspace, &transport, &name)) {
        int status = transport.list(transport.user, count_file, &files);

        if (status == MT940_OK) {
            doctor_tell(doctor, "connection", STATE_GOOD, sentence(doctor, TEXT_DOCTOR_FILES, files), TEXT_NONE);
            check_proof(doctor, &transport);
        } else {
            connection_failed(out, connection, status, transport.last_error(transport.user));
            doctor_tell(doctor, "connection", STATE_ERROR, TEXT_FORMAT(TEXT_DOCTOR_BAD_CONNECTION, out->language, connection),
                 TEXT_DOCTOR_NO_CONNECTION);
        }
        transport.destroy(transport.user);
    } else {
        doctor_tell(doctor, "connection", STATE_ERROR, TEXT_FORMAT(TEXT_DOCTOR_BAD_CONNECTION, out->language, connection),
             TEXT_DOCTOR_NO_CONNECTION);
    }
    free(name);
    free(connection);
}

struct inbox_counts {
    size_t statements, open, faulty;
};

static int count_item(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    struct inbox_counts *counts = user;

    counts->statements++;
    counts->open += item->open_entries > 0;
    counts->faulty += item->state == MT940_INBOX_STATE_FAULTY;
    return 0;
}

static void check_inbox(struct doctor *doctor)
{
    const char *language = doctor->workspace->session->out.language;
    struct inbox_counts counts = {0, 0, 0};
    struct mt940_error error = {.size = sizeof error};
    char numbers[3][24];
    int status = mt940_flow_inbox(doctor->workspace->flow, 0, 0, count_item, &counts, &error);

    if (status != MT940_OK) {
        workspace_failed(doctor->workspace, status, &error);
        return;
    }
    snprintf(numbers[0], sizeof numbers[0], "%lu", (unsigned long)counts.statements);
    snprintf(numbers[1], sizeof numbers[1], "%lu", (unsigned long)counts.open);
    snprintf(numbers[2], sizeof numbers[2], "%lu", (unsigned long)counts.faulty);
    doctor_tell(doctor, "inbox", counts.faulty > 0 ? STATE_WARNING : STATE_GOOD,
         TEXT_FORMAT(TEXT_DOCTOR_INBOX, language, numbers[0], numbers[1], numbers[2]),
         counts.faulty > 0 ? TEXT_DOCTOR_FAULTY : TEXT_NONE);
}

static int ignore_audit(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    (void)record;
    (void)audit;
    ++*(size_t *)user;
    return 0;
}

static void check_totals(struct doctor *doctor)
{
    struct mt940_error error = {.size = sizeof error};
    size_t records = 0, faulty = 0;
    int status = mt940_flow_dbs_audit(doctor->workspace->flow, ignore_audit, &records, &faulty, &error);

    if (status != MT940_OK)
        workspace_failed(doctor->workspace, status, &error);
    else if (faulty > 0)
        doctor_tell(doctor, "totals", STATE_ERROR, sentence(doctor, TEXT_DOCTOR_TOTALS_BAD, faulty), TEXT_DOCTOR_AUDIT);
    else
        doctor_tell(doctor, "totals", STATE_GOOD, sentence(doctor, TEXT_DOCTOR_TOTALS, records), TEXT_NONE);
}

static void examine(struct workspace *workspace)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_STATE, TABLE_LEFT},
        {TEXT_COLUMN_CHECK, TABLE_LEFT},
    };
    struct output *out = &workspace->session->out;
    struct doctor doctor = {workspace, table_new(columns, sizeof columns / sizeof *columns), json_new()};

    if (out->json) {
        json_line_begin(doctor.json);
        json_array_begin(doctor.json, "checks");
    }
    doctor_tell(&doctor, "store", STATE_GOOD,
         TEXT_FORMAT(TEXT_DOCTOR_STORE, out->language, workspace->path, workspace->company), TEXT_NONE);
    doctor_store(&doctor);
    check_books(&doctor);
    check_connection(&doctor);
    check_inbox(&doctor);
    doctor_trouble(&doctor);
    check_totals(&doctor);
    if (out->json) {
        json_array_end(doctor.json);
        json_line_end(doctor.json);
    }
    table_print(doctor.table, out);
    table_free(doctor.table);
    json_free(doctor.json);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;

    if (options_next(session, command, argc, argv) != OPTIONS_END)
        return;
    if (optind < argc) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    examine(&workspace);
    workspace_close(&workspace);
}

const struct command command_doctor = {
    "doctor", GROUP_SETUP, USES_STORE, "", TEXT_DOCTOR_SUMMARY, TEXT_DOCTOR_HELP, NULL, run,
};
