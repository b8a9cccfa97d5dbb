/* SPDX-License-Identifier: Apache-2.0
 *
 * run.c: reads all statements of a buffer and sums up what came of them.
 */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "mt940connect/iban.h"
#include "mt940connect/narrative.h"

enum { field_capacity = 64 };

static int on_begin(void *user, const struct mt940_header *header)
{
    struct run *run = user;
    run->statements += header->account.length > 0;
    run->waiting = run->kept = 0;
    return 0;
}

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct run *run = user;
    run->entries++;
    run->units += entry->reading.amount.units;
    if (!run->deep || run->waiting == RUN_ENTRIES || entry->narrative.length > RUN_TEXT - run->kept)
        return 0;
    char *copy = run->text + run->kept;
    if (entry->narrative.length)
        memcpy(copy, entry->narrative.data, entry->narrative.length);
    run->kept += entry->narrative.length;
    run->signs[run->waiting] = mt940_mark_sign(entry->mark);
    run->raw[run->waiting++] = (struct mt940_view){copy, entry->narrative.length};
    return 0;
}

static void read_narrative(struct run *run, const struct mt940_view *raw, int32_t charset, int32_t sign)
{
    static _Thread_local char buffer[2 * RUN_TEXT];
    struct mt940_narrative_field fields[field_capacity];
    struct mt940_narrative_input input = {sizeof input, *raw, charset, sign};
    struct mt940_narrative out;
    struct mt940_iban_found found[4];
    out.size = sizeof out;
    if (mt940_narrative_read(&input, buffer, sizeof buffer, fields, field_capacity, &out) != 0)
        exit(2);
    run->names += out.values[MT940_NARRATIVE_NAME].length > 0;
    if (out.dialect == MT940_NARRATIVE_FREE)
        run->ibans += mt940_iban_scan(out.text.data, out.text.length, found, 4);
    else
        run->ibans += out.iban[0] != '\0';
}

static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct run *run = user;
    run->unbalanced += trailer->balanced != 1;
    for (size_t i = 0; i < run->waiting; i++)
        read_narrative(run, &run->raw[i], trailer->charset, run->signs[i]);
    return 0;
}

static int on_finding(void *user, const struct mt940_finding *finding)
{
    struct run *run = user;
    (void)finding;
    run->findings++;
    return 0;
}

static int feed(struct run *run, struct mt940_reader *reader)
{
    for (size_t at = 0; at < run->length; at += run->piece) {
        size_t step = run->length - at < run->piece ? run->length - at : run->piece;
        int status = mt940_reader_feed(reader, run->bytes + at, step, NULL);
        if (status)
            return status;
    }
    return 0;
}

static void read_bytes(struct run *run, const struct mt940_allocator *allocator)
{
    struct mt940_handler handler = {sizeof handler, run, on_begin, on_entry, NULL, on_end, on_finding};
    struct mt940_reader *reader;
    run->entries = run->statements = run->findings = run->unbalanced = run->ibans = run->names = 0;
    run->units = 0;
    int status = mt940_reader_new(NULL, allocator, &handler, &reader, NULL);
    for (size_t time = 0; status == 0 && time <= run->times; time++)
        status = feed(run, reader);
    if (status != 0 || mt940_reader_finish(reader, NULL) != 0)
        exit(2);
    mt940_reader_free(reader);
}

void run_all(struct run *run, const struct mt940_allocator *allocator)
{
    read_bytes(run, allocator);
    if (run->findings || run->unbalanced)
        exit(2);
}

void run_any(struct run *run)
{
    read_bytes(run, NULL);
}
