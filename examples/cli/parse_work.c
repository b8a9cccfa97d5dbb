/* SPDX-License-Identifier: Apache-2.0
 *
 * parse_work.c: what parse does with a statement. Must not know which thread it runs on, nor where the lines go.
 */
#include "parse_work.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "statement_json.h"

void parse_work_free(struct parse_work *work)
{
    json_free(work->json);
    free(work->pages);
    free(work->ids);
}

int parse_ids(struct parse_work *work, const struct parse_call *call, const struct mt940_page *pages, size_t count)
{
    size_t entries = 0;
    int status;

    if (pages[0].statement == NULL)
        return MT940_OK;
    if (count > work->page_capacity) {
        work->page_capacity = count * 2;
        work->pages = memory_resize(work->pages, work->page_capacity * sizeof *work->pages);
    }
    for (size_t i = 0; i < count; i++) {
        work->pages[i] = pages[i].statement;
        entries += pages[i].statement->entry_count;
    }
    if (work->ids == NULL || entries > work->id_capacity) {
        work->id_capacity = entries * 2;
        work->ids = memory_resize(work->ids, work->id_capacity * sizeof *work->ids);
    }
    status = mt940_statement_ids(work->pages, count, call->company, strlen(call->company), NULL, work->ids);
    if (status == MT940_E_MEMORY)
        memory_out();
    if (status != MT940_OK)
        memset(work->ids, 0, entries * sizeof *work->ids);
    return status;
}

size_t parse_page(struct parse_work *work, const struct parse_call *call, const char *file,
                  const struct mt940_page *page, const struct parse_bytes *bytes, size_t used)
{
    struct statement_json line = {.file = file, .page = page, .facts = call->facts};

    if (page->statement == NULL)
        return used;
    line.ids = (const char(*)[MT940_ID_CAPACITY])(work->ids + used);
    if (bytes->data != NULL) {
        line.raw = bytes->data + (page->begin - bytes->begin);
        line.raw_length = (size_t)(page->end - page->begin);
    }
    statement_json_write(work->json, call->out, &line);
    return used + page->statement->entry_count;
}

void parse_say_ids(const struct parse_call *call, const char *file, int status)
{
    if (status != MT940_OK)
        output_status(call->out, file, status, NULL);
}

void parse_say_page(const struct parse_call *call, const char *file, const struct mt940_page *page)
{
    for (size_t i = 0; i < page->finding_count; i++)
        read_finding(call->out, &call->read, file, &page->findings[i], MT940_WARNING);
}
