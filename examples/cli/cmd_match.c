/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_match.c: whose money moved, by the books of a folder; no store is needed. JSON Lines.
 */
#include <stdlib.h>
#include <string.h>

#include <mt940connect/slip.h>

#include "books.h"
#include "buffer.h"
#include "command.h"
#include "entry.h"
#include "index_file.h"
#include "input.h"
#include "match_json.h"
#include "open_items.h"
#include "read.h"

enum { OPTION_BOOKS = OPTION_OWN + READ_OPTIONS, OPTION_BOOKS_COMPANY, OPTION_INDEX };

static const struct command_option options[] = {
    {"books", OPTION_BOOKS, "DIR", TEXT_OPTION_BOOKS},
    {"company", OPTION_BOOKS_COMPANY, "CODE", TEXT_OPTION_COMPANY},
    {"index", OPTION_INDEX, "FILE", TEXT_OPTION_INDEX},
    READ_OPTION_ENTRIES,
    {NULL, 0, NULL, TEXT_NONE},
};

struct matching {
    struct session *session;
    struct read_options read;
    struct json *json;
    struct books books;
    const char *folder;
    struct index_file index; /* its path NULL = none */
    struct mt940_directory *built;
    const struct mt940_directory *directory; /* the one built, or that of the index */
    struct mt940_match_scratch *scratch;
    struct mt940_slip_rules *rules;
    struct open_items open;
    struct mt940_view company, own_tax_id;
};

static int fail(struct matching *matching, int status, const struct mt940_error *error)
{
    output_status(&matching->session->out, matching->folder, status, error);
    return 0;
}

static int build_directory(struct matching *matching)
{
    static const int32_t kinds[] = {MT940_KIND_COMPANY, MT940_KIND_BANK_ACCOUNT, MT940_KIND_CUSTOMER,
                                    MT940_KIND_CUSTOMER_BANK};
    struct mt940_directory_builder *builder = NULL;
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_directory_builder_new(&matching->company, NULL, &builder, &error);

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const struct books_table *table = &matching->books.tables[kinds[k]];

        for (size_t i = 0; status == MT940_OK && i < table->count; i++)
            status = mt940_directory_builder_add(builder, kinds[k], table->records[i], &error);
    }
    if (status == MT940_OK)
        status = mt940_directory_build(builder, &matching->built, &error);
    matching->directory = matching->built;
    mt940_directory_builder_free(builder);
    return status == MT940_OK || fail(matching, status, &error);
}

static int build_rules(struct matching *matching)
{
    const struct books_table *table = &matching->books.tables[MT940_KIND_TRANSACTION_CODE];
    struct mt940_slip_rules_builder *builder = NULL;
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_slip_rules_builder_new(NULL, NULL, &builder, &error);

    for (size_t i = 0; status == MT940_OK && i < table->count; i++)
        status = mt940_slip_rules_builder_add(builder, table->records[i], &error);
    if (status == MT940_OK)
        status = mt940_slip_rules_build(builder, &matching->rules, &error);
    mt940_slip_rules_builder_free(builder);
    return status == MT940_OK || fail(matching, status, &error);
}

/* The company is the one the records belong to. */
static void find_company(struct matching *matching)
{
    const struct books_table *companies = &matching->books.tables[MT940_KIND_COMPANY];

    for (int32_t kind = MT940_KIND_BANK_ACCOUNT; kind <= MT940_KIND_CUSTOMER; kind++) {
        const struct books_table *table = &matching->books.tables[kind];

        /* Both begin their key with the company. */
        if (table->count > 0)
            memcpy(&matching->company, (const char *)table->records[0] + mt940_kind_info(kind)->fields[0].offset,
                   sizeof matching->company);
    }
    for (size_t i = 0; i < companies->count; i++) {
        const struct mt940_company *company = companies->records[i];

        if (mt940_view_equal(&company->code, &matching->company))
            matching->own_tax_id = company->tax_id;
    }
}

/* All of the books, and a directory of them. */
static int read_books(struct matching *matching, const char *company)
{
    if (!books_read(&matching->books, &matching->session->out, matching->folder, company, "TRY", 0))
        return 0;
    find_company(matching);
    if (!build_directory(matching))
        return 0;
    if (matching->index.path != NULL)
        index_file_write(&matching->index, matching->directory);
    return 1;
}

/* The company of a mapped directory, and what the directory does not hold. */
static int read_the_rest(struct matching *matching)
{
    static const uint32_t rest = UINT32_C(1) << MT940_KIND_TRANSACTION_CODE | UINT32_C(1) << MT940_KIND_INVOICE |
                                 UINT32_C(1) << MT940_KIND_PAYMENT;
    const struct mt940_bank_account *account;
    struct mt940_company company;
    char currency[4] = "TRY";
    char *code;
    int good;

    memset(&company, 0, sizeof company);
    matching->directory = matching->index.directory;
    account = mt940_directory_bank_account_at(matching->directory, 0);
    if (mt940_directory_company(matching->directory, &company) != MT940_OK && account != NULL)
        company.code = account->company;
    if (company.local_currency.length == 3)
        mt940_view_copy(&company.local_currency, currency, sizeof currency);
    matching->company = company.code;
    matching->own_tax_id = company.tax_id;
    code = string_copy(company.code.data, company.code.length);
    good = books_read_tables(&matching->books, &matching->session->out, matching->folder, code, currency, rest);
    free(code);
    return good;
}

static int open_books(struct matching *matching, const char *company)
{
    int mapped = 0;

    if (matching->index.path != NULL) {
        index_file_fingerprint(&matching->index, matching->folder, company);
        mapped = index_file_map(&matching->index);
    }
    if (mapped < 0 || !(mapped ? read_the_rest(matching) : read_books(matching, company)) || !build_rules(matching))
        return 0;
    open_items_read(&matching->open, &matching->books.tables[MT940_KIND_PAYMENT],
                    &matching->books.tables[MT940_KIND_INVOICE]);
    return mt940_match_scratch_new(NULL, &matching->scratch) == MT940_OK || fail(matching, MT940_E_MEMORY, NULL);
}

/* The own account of a statement, and what is needed of it. */
struct own {
    struct mt940_account_parts parts;
    struct mt940_view account; /* code in the books; empty = not there */
};

static void find_own(const struct matching *matching, const struct mt940_statement *statement, struct own *own)
{
    struct mt940_directory_account key = {.size = sizeof key};
    const struct mt940_bank_account *account = NULL;
    const struct mt940_view *text = &statement->header.account;

    memset(own, 0, sizeof *own);
    if (mt940_account_split(text->data, text->length, &own->parts) != MT940_OK)
        return;
    mt940_view_from_string(own->parts.iban, &key.iban);
    mt940_view_from_string(own->parts.bank_code, &key.bank);
    mt940_view_from_string(own->parts.branch_code, &key.branch);
    mt940_view_from_string(own->parts.number, &key.number);
    mt940_view_from_string(statement->header.opening.reading.amount.currency, &key.currency);
    if (mt940_directory_resolve(matching->directory, &key, &account) == 1 && account != NULL)
        own->account = account->code;
}

static void ask_rules(const struct matching *matching, const struct mt940_entry *entry, const struct own *own,
                      const struct mt940_view *narrative, struct mt940_match_input *input)
{
    struct mt940_slip_query query = {.size = sizeof query, .narrative = *narrative, .sign = input->sign};
    struct mt940_slip_match found = {.size = sizeof found};
    struct mt940_company company;

    mt940_view_from_string(own->parts.bank_code, &query.bank);
    mt940_view_from_string(entry->code, &query.code);
    query.bank_account = own->account;
    query.currency = input->currency;
    query.amount = input->amount < 0 ? -input->amount : input->amount;
    if (mt940_directory_company(matching->directory, &company) == MT940_OK)
        query.local_currency = company.local_currency;
    if (mt940_slip_rules_find(matching->rules, &query, &found) != MT940_OK || found.rule == NULL)
        return;
    input->rule_customer = found.rule->customer;
    input->rule_code = query.code;
}

static void match_entry(struct matching *matching, const char *file, const struct mt940_statement *statement,
                        const struct own *own, size_t index, struct entry_texts *texts)
{
    const struct mt940_entry *entry = &statement->entries[index];
    const struct mt940_amount *amount = &entry->reading.amount;
    struct mt940_match_input input = {.size = sizeof input};
    struct mt940_match match = {.size = sizeof match};
    struct mt940_view narrative;
    struct mt940_facts facts;
    int status;

    entry_texts_read(texts, entry, statement->trailer.charset);
    if (!entry_facts(texts, entry, &own->parts, &matching->own_tax_id, 0, &facts))
        return;
    narrative = facts.text[MT940_FACT_NARRATIVE];
    input.facts = &facts;
    input.scratch = matching->scratch;
    input.own_account = own->account;
    mt940_view_from_string(amount->currency, &input.currency);
    input.sign = mt940_mark_sign(entry->mark);
    input.amount = input.sign < 0 ? -amount->units : amount->units;
    open_items_find(&matching->open, &facts);
    input.payments = matching->open.named;
    input.payment_count = matching->open.named_count;
    ask_rules(matching, entry, own, &narrative, &input);
    status = mt940_match_movement(matching->directory, &input, &match);
    if (status == MT940_OK && (match.decision == MT940_MATCH_SUGGEST || match.decision == MT940_MATCH_ASK)) {
        open_items_of(&matching->open, &match);
        input.open_rows = matching->open.open;
        input.open_count = matching->open.open_count;
        status = input.open_count > 0 ? mt940_match_movement(matching->directory, &input, &match) : MT940_OK;
    }
    if (status != MT940_OK) {
        output_status(&matching->session->out, file, status, NULL);
        return;
    }
    json_line_begin(matching->json);
    json_text(matching->json, "file", file, strlen(file));
    json_number(matching->json, "index", statement->header.index);
    json_number(matching->json, "entry", entry->index);
    match_json_members(matching->json, &matching->session->out, &match);
    json_line_end(matching->json);
}

static void match_file(struct matching *matching, const char *path)
{
    struct output *out = &matching->session->out;
    struct mt940_document *document = NULL;
    struct entry_texts texts;
    struct input_file file;

    if (!input_open(out, path, &file))
        return;
    memset(&texts, 0, sizeof texts);
    if (read_document(out, &matching->read, &file, &document)) {
        for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
            const struct mt940_statement *statement = mt940_document_statement(document, i);
            struct own own;

            find_own(matching, statement, &own);
            for (size_t e = 0; e < statement->entry_count; e++)
                match_entry(matching, file.name, statement, &own, e, &texts);
        }
        read_report(out, &matching->read, file.name, document, MT940_WARNING);
    }
    entry_texts_free(&texts);
    mt940_document_free(document);
    input_close(&file);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct matching matching;
    const char *company = "";
    int number;

    memset(&matching, 0, sizeof matching);
    matching.index.out = &session->out;
    matching.session = session;
    read_options_init(&matching.read);
    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTION_BOOKS)
            matching.folder = optarg;
        else if (number == OPTION_INDEX)
            matching.index.path = optarg;
        else if (number == OPTION_BOOKS_COMPANY)
            company = optarg;
        else if (number == OPTIONS_STOP || !read_option(session, command, number, &matching.read))
            return;
    }
    if (matching.folder == NULL || optind >= argc) {
        output_usage(&session->out, command->name, matching.folder == NULL ? TEXT_NEEDS_BOOKS : TEXT_NEEDS_FILE, NULL);
        return;
    }
    matching.json = json_new();
    if (open_books(&matching, company))
        for (int i = optind; i < argc; i++)
            match_file(&matching, argv[i]);
    mt940_match_scratch_free(matching.scratch);
    mt940_directory_free(matching.built);
    index_file_close(&matching.index);
    mt940_slip_rules_free(matching.rules);
    open_items_free(&matching.open);
    books_free(&matching.books);
    json_free(matching.json);
}

const struct command command_match = {
    "match", GROUP_STATEMENTS, USES_NOTHING, "--books DIR [--index FILE] FILE…", TEXT_MATCH_SUMMARY, TEXT_MATCH_HELP, options, run,
};
