/* SPDX-License-Identifier: Apache-2.0
 *
 * 01-print-statement.c: reads a statement file and prints its movements, its balance and what is to be said about it.
 *
 * Build:  cc 01-print-statement.c $(pkg-config --cflags --libs mt940connect) -o print-statement
 * Run:    ./print-statement STATEMENT.sta            exit code 1 when the file has error findings
 */
#include <mt940connect/mt940connect.h>
#include <stdio.h>
#include <stdlib.h>

/* A file in memory; NULL when it cannot be read. A program of yours may map it instead: nothing is copied. */
static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    long size = -1;
    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0)
        data = malloc((size_t)size + 1);
    if (data && fread(data, 1, (size_t)size, file) != (size_t)size) {
        free(data);
        data = NULL;
    }
    if (file)
        fclose(file);
    *length = data ? (size_t)size : 0;
    return data;
}

static void print_entry(const struct mt940_entry *entry, int32_t charset)
{
    char date[11] = "", amount[40], text[300];
    const struct mt940_amount *money = &entry->reading.amount;
    int64_t units = money->units * mt940_mark_sign(entry->mark);
    int digits = mt940_currency_digits(money->currency, 3);
    size_t length = mt940_narrative_text(&entry->narrative, charset, text, sizeof(text));
    mt940_date_format(entry->entry_date.year ? &entry->entry_date : &entry->value_date, date);
    if (mt940_decimal_format(units, money->scale, digits < 0 ? 0 : digits, amount) < 0)
        return;
    printf("%s %14s %s  %.*s\n", date, amount, money->currency, (int)(length < sizeof(text) ? length : sizeof(text)),
           text);
}

static void print_statement(const struct mt940_statement *statement)
{
    static const char *const verdicts[] = {"cannot be judged", "does not agree", "agrees"};
    const struct mt940_header *header = &statement->header;
    printf("account %.*s, statement %.*s, %zu movements, the balance %s\n", (int)header->account.length,
           header->account.data, (int)header->number.length, header->number.data, statement->entry_count,
           verdicts[statement->trailer.balanced + 1]);
    for (size_t i = 0; i < statement->entry_count; i++)
        print_entry(&statement->entries[i], statement->trailer.charset);
}

/* Returns 1 when a finding is an error. */
static int print_findings(const char *path, const struct mt940_document *document)
{
    int errors = 0;
    for (size_t i = 0; i < mt940_document_finding_count(document); i++) {
        const struct mt940_finding *finding = mt940_document_finding(document, i);
        char text[400];
        mt940_message_format(finding->message, finding->args, finding->arg_count, "en", text, sizeof(text));
        fprintf(stderr, "%s:%u:%u: %s: %s\n", path, (unsigned)finding->line, (unsigned)finding->column,
                mt940_message_name(finding->message), text);
        errors |= finding->severity == MT940_ERROR;
    }
    return errors;
}

int main(int argc, char **argv)
{
    struct mt940_input input = {.size = sizeof(input), .mode = MT940_INPUT_BORROW};
    struct mt940_document *document = NULL;
    struct mt940_error error = {.size = sizeof(error)};
    char *data = argc == 2 ? read_file(argv[1], &input.length) : NULL;
    if (!data) {
        fprintf(stderr, "usage: %s STATEMENT (a file that can be read)\n", argv[0]);
        return 2;
    }
    input.data = data;
    if (mt940_document_parse(&input, NULL, NULL, &document, &error)) {
        fprintf(stderr, "%s: %s\n", argv[1], error.text);
        free(data);
        return 2;
    }
    for (size_t i = 0; i < mt940_document_statement_count(document); i++)
        print_statement(mt940_document_statement(document, i));
    int errors = print_findings(argv[1], document);
    mt940_document_free(document);
    free(data);
    return errors;
}
