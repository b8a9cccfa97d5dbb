/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers of banks: what is read can stand in a record, lines come in order, every limit holds, and what an answer makes of
 * an order is made once: the same again changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/dbs_exchange.h"
#include "mt940connect/schema.h"

struct heard {
    uint32_t line, answers, findings, limit;
    int32_t last;
};

static void check(int good)
{
    if (!good)
        abort();
}

static void answer_twice(const struct mt940_dbs_answer *answer, struct mt940_dbs_order order)
{
    struct mt940_dbs_order after, again;
    int32_t message;
    int changed = mt940_dbs_order_answer(&order, answer, 7, &after, &message);

    check(changed == 0 || changed == 1 || changed == MT940_E_RANGE);
    if (changed != 1)
        return;
    check(mt940_record_check(MT940_KIND_DBS_ORDER, &after, 0, NULL) == MT940_OK);
    check(after.paid >= 0 && after.answered_at == 7);
    check(mt940_dbs_order_answer(&after, answer, 8, &again, &message) == 0);
}

static int take_answer(void *user, const struct mt940_dbs_answer *answer)
{
    struct heard *heard = user;

    check(answer->line > heard->line && answer->row >= 1 && answer->run >= 0);
    check(answer->reference.length > 0 || answer->invoice.length > 0);
    heard->line = answer->line;
    check(++heard->answers <= heard->limit);
    for (int64_t state = 0; state <= MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED; state++) {
        const struct mt940_dbs_order order = {.record = 1 + state % 3, .state = state, .run = 2, .held = 1,
                                              .amount = 125075, .paid = state * 100, .currency = {"TRY", 3},
                                              .bank = {"0062", 4}, .invoice = {"F", 1}, .line = 1};

        answer_twice(answer, order);
    }
    return 0;
}

static int take_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct heard *heard = user;
    char text[2048];

    check(++heard->findings <= heard->limit + 1);
    check(mt940_message_format(finding->message, finding->args, finding->arg_count, "tr", text, sizeof text) > 0);
    return 0;
}

/* The same bytes as a layout a user keeps: one that is read can be used, and one that is not says why. */
static void read_layout(const uint8_t *data, size_t size, struct mt940_dbs_answer_options options)
{
    struct heard heard = {.limit = 64}, answered = {.limit = 64};
    struct mt940_dbs_answer_sink sink = {.size = sizeof sink, .user = &heard, .finding = take_finding};
    struct mt940_dbs_layout *layout = NULL;
    int status = mt940_dbs_layout_read(data, size, &options, &sink, &layout, NULL);

    check((status == MT940_OK) == (layout != NULL) && (status != MT940_E_FORMAT || heard.findings > 0));
    if (layout) {
        options.layout = layout;
        sink.user = &answered;
        check(mt940_dbs_answer_read(data, size, &options, &sink, NULL) == MT940_OK);
    }
    mt940_dbs_layout_free(layout);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mt940_dbs_answer_options options = {.size = sizeof options, .max_rows = 64, .max_findings = 64};
    struct mt940_dbs_answer_sink sink = {.size = sizeof sink, .answer = take_answer, .finding = take_finding};

    for (size_t i = 0; mt940_dbs_layout_at(i); i++) {
        struct heard heard = {.limit = 64};

        options.layout = mt940_dbs_layout_at(i);
        options.max_line = size > 0 && data[size - 1] & 1 ? 64 : 0;
        sink.user = &heard;
        check(mt940_dbs_answer_read(data, size, &options, &sink, NULL) == MT940_OK);
    }
    read_layout(data, size, options);
    return 0;
}
