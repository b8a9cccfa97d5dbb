/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV books: whatever the bytes are, reading ends, says the same twice, names places that exist,
 * and every record it hands out has a key. The last byte chooses the table and small limits, so
 * that a corpus file stays a readable table.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/adapters/books.h"

static const char *const tables[] = {
    "companies.csv",         "bank_codes.csv", "bank_accounts.csv", "customers.csv", "customer_banks.csv",
    "transaction_codes.csv", "rates.csv",      "invoices.csv",      "payments.csv",
};

/* What was said, as numbers. */
struct heard {
    uint64_t sum;
    size_t records, findings;
    uint32_t lines; /* most a file of this size can have */
};

static void check(int good)
{
    if (!good)
        abort();
}

static void add(struct heard *heard, const void *data, size_t length)
{
    const unsigned char *bytes = data;

    for (size_t i = 0; i < length; i++)
        heard->sum = (heard->sum ^ bytes[i]) * 1099511628211u;
}

static int hear_record(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    struct heard *heard = user;

    check(info != NULL && place->line > 1 && place->line <= heard->lines);
    for (int32_t i = 0; i < info->field_count; i++) {
        const unsigned char *at = (const unsigned char *)record + info->fields[i].offset;
        struct mt940_view view;

        if (info->fields[i].type == MT940_TYPE_TEXT) {
            memcpy(&view, at, sizeof view);
            add(heard, view.data, view.length);
            check(view.length == 0 || memchr(view.data, '\n', view.length) == NULL);
        } else if (info->fields[i].type != MT940_TYPE_DATE) {
            add(heard, at, sizeof(int64_t));
        }
    }
    heard->records++;
    return 0;
}

static int hear_finding(void *user, const struct mt940_csv_finding *finding)
{
    struct heard *heard = user;
    char text[256];

    check(mt940_message_format(finding->message, finding->args, finding->arg_count, "tr", text, sizeof text) > 0);
    check(finding->place.line <= heard->lines);
    add(heard, &finding->message, sizeof finding->message);
    add(heard, &finding->place.line, sizeof finding->place.line);
    heard->findings++;
    return 0;
}

static void read_table(const uint8_t *data, size_t size, struct heard *heard)
{
    struct mt940_csv_sink sink = {sizeof sink, heard, hear_record, hear_finding};
    uint8_t choice = size > 0 ? data[size - 1] : 0;
    struct mt940_csv_options options;

    memset(heard, 0, sizeof *heard);
    heard->lines = (uint32_t)size + 1;
    mt940_csv_options_init(&options);
    if (choice & 0x80) {
        options.max_line = 64;
        options.max_rows = 8;
        options.max_findings = 4;
    }
    check(mt940_csv_read_table(tables[choice % (sizeof tables / sizeof *tables)], data, size, &options, &sink,
                               NULL) == 0);
    /* Nothing is read from a file without something being said. */
    check(heard->records + heard->findings > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct heard first, second;

    read_table(data, size, &first);
    read_table(data, size, &second);
    check(first.sum == second.sum && first.records == second.records);
    return 0;
}
