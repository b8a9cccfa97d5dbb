/* SPDX-License-Identifier: Apache-2.0
 *
 * receive_file.c: reads one file through the transport and parses it. A file that cannot be read
 * or holds no statement has an outcome, too, and stays where it is.
 */
#include "flow/receive.h"
#include "text/argument.h"

enum { read_step = 64 * 1024 };

void mt940_receive_outcome(struct mt940_receiving *receiving, int32_t settlement, int32_t message,
                           const struct mt940_message_arg *arg)
{
    receiving->result.settlement = settlement;
    receiving->result.message = message;
    receiving->result.arg_count = arg ? 1 : 0;
    if (arg)
        receiving->args[0] = *arg;
    receiving->result.args = receiving->args;
}

static int grow_findings(struct mt940_receiving *receiving)
{
    void *array = receiving->findings;
    int status = mt940_memory_reserve(&receiving->flow->memory, &array, &receiving->finding_capacity,
                                      receiving->finding_count + 1, sizeof *receiving->findings);
    receiving->findings = array;
    return status;
}

int mt940_receive_find(struct mt940_receiving *receiving, int32_t message, int32_t severity,
                       const struct mt940_whole *whole, const struct mt940_message_arg *args, size_t count)
{
    const struct mt940_header *header = &whole->pages[0]->header;
    int status = grow_findings(receiving);
    struct mt940_message_arg *kept = mt940_arena_alloc(&receiving->keep, (count + 1) * sizeof *kept);
    if (status || !kept)
        return status ? status : receiving->keep.status;
    for (size_t i = 0; i < count && status == 0; i++) {
        kept[i] = args[i];
        status = mt940_arena_view(&receiving->keep, &args[i].text, &kept[i].text);
    }
    if (status)
        return status;
    struct mt940_finding *finding = &receiving->findings[receiving->finding_count++];
    memset(finding, 0, sizeof *finding);
    finding->message = message;
    finding->severity = severity;
    finding->statement = (uint32_t)whole->first;
    finding->offset = header->offset;
    finding->line = header->line;
    finding->column = 1;
    finding->args = kept;
    finding->arg_count = count;
    return 0;
}

static void reject(struct mt940_receiving *receiving, int32_t message, struct mt940_message_arg arg)
{
    mt940_receive_outcome(receiving, MT940_SETTLED_REJECTED, message, &arg);
}

/* The transport's own words; the file stays. */
static void outcome_unreadable(struct mt940_receiving *receiving, int status)
{
    const struct mt940_transport *transport = receiving->transport;
    const char *text = transport->last_error ? transport->last_error(transport->user) : NULL;
    if (!text || !text[0])
        text = status < 0 ? mt940_status_text(status) : "the transport failed";
    struct mt940_message_arg arg = mt940_argument_word("reason", text);
    (void)mt940_arena_view(&receiving->keep, &arg.text, &arg.text);
    mt940_receive_outcome(receiving, MT940_SETTLED_INCOMPLETE, MT940_M_FILE_UNREADABLE, &arg);
}

/* Reads to the end; false when an outcome was set instead. */
static int read_bytes(struct mt940_receiving *receiving, bool *read)
{
    const struct mt940_transport *transport = receiving->transport;
    struct mt940_flow *flow = receiving->flow;
    int64_t got = transport->open(transport->user, &receiving->listed.name);
    *read = false;
    if (got) {
        outcome_unreadable(receiving, (int)got);
        return 0;
    }
    do {
        void *bytes = receiving->bytes;
        int status = mt940_memory_reserve(&flow->memory, &bytes, &receiving->capacity, receiving->length + read_step, 1);
        receiving->bytes = bytes;
        if (status) {
            (void)transport->close(transport->user);
            return status;
        }
        got = transport->read(transport->user, receiving->bytes + receiving->length, read_step);
        receiving->length += got > 0 && got <= read_step ? (size_t)got : 0;
    } while (got > 0 && got <= read_step && receiving->length <= flow->max_file);
    int closed = transport->close(transport->user);
    if (receiving->length > flow->max_file)
        reject(receiving, MT940_M_FILE_TOO_LARGE, mt940_argument_number("count", (int64_t)flow->max_file));
    else if (got != 0 || closed)
        outcome_unreadable(receiving, got < 0 ? (int)got : closed ? closed : MT940_E_CALLBACK);
    else
        *read = true;
    return 0;
}

static int parse(struct mt940_receiving *receiving)
{
    struct mt940_input input = {sizeof input, receiving->bytes, receiving->length, MT940_INPUT_BORROW, 0, NULL, NULL};
    struct mt940_flow *flow = receiving->flow;
    int status = mt940_document_parse(&input, &flow->statement, &flow->memory, &receiving->document, flow->error);
    if (status == 0)
        status = mt940_whole_join(&receiving->keep, receiving->document, &receiving->wholes, &receiving->whole_count);
    for (size_t i = 0; status == 0 && i < receiving->whole_count; i++)
        receiving->complete_count += receiving->wholes[i].complete;
    for (size_t i = 0; status == 0 && i < mt940_document_finding_count(receiving->document); i++) {
        status = grow_findings(receiving);
        if (status == 0)
            receiving->findings[receiving->finding_count++] = *mt940_document_finding(receiving->document, i);
    }
    receiving->document_findings = receiving->finding_count;
    return status;
}

/* No statement at all: the reason is the document's first error. */
static void reject_all(struct mt940_receiving *receiving)
{
    int32_t reason = MT940_M_NOT_MT940;
    for (size_t i = receiving->finding_count; i > 0; i--)
        if (receiving->findings[i - 1].severity == MT940_ERROR)
            reason = receiving->findings[i - 1].message;
    reject(receiving, MT940_M_FILE_REJECTED, mt940_argument_message("reason", reason));
}

int mt940_receive_file(struct mt940_receiving *receiving, bool *store)
{
    bool read;
    *store = false;
    int status = read_bytes(receiving, &read);
    if (status || !read)
        return status;
    mt940_sha256_hex(receiving->bytes, receiving->length, receiving->digest);
    status = parse(receiving);
    if (status == MT940_E_LIMIT) {
        reject(receiving, MT940_M_FILE_TOO_LARGE,
               mt940_argument_number("count", (int64_t)receiving->flow->statement.max_field));
        return 0;
    }
    if (status)
        return status;
    if (receiving->whole_count == 0)
        reject_all(receiving);
    else if (receiving->complete_count == 0)
        mt940_receive_outcome(receiving, MT940_SETTLED_INCOMPLETE, MT940_M_FILE_INCOMPLETE, NULL);
    else
        *store = true;
    return status;
}
