/* SPDX-License-Identifier: Apache-2.0
 *
 * notice.c: what is to be said about a document: the arguments of its text, the consents that
 * answer it (decision 29) and the verdict over all. Must not know why a notice was raised.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/dbs.h"
#include "text/argument.h"

/* The amounts of a notice, by the names message.def uses for them. */
static const struct {
    const char *name;
    size_t offset;
} amounts[] = {
    {"limit", offsetof(struct mt940_dbs_notice, limit)},   {"before", offsetof(struct mt940_dbs_notice, before)},
    {"amount", offsetof(struct mt940_dbs_notice, amount)}, {"after", offsetof(struct mt940_dbs_notice, after)},
    {"excess", offsetof(struct mt940_dbs_notice, excess)}, {"sum", offsetof(struct mt940_dbs_notice, sum)},
    {"paid", offsetof(struct mt940_dbs_notice, paid)},
};

static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    {"customer", offsetof(struct mt940_dbs_notice, customer)},
    {"invoice", offsetof(struct mt940_dbs_notice, invoice)},
    {"branch", offsetof(struct mt940_dbs_notice, branch)},
    {"expected", offsetof(struct mt940_dbs_notice, expected)},
    {"currency", offsetof(struct mt940_dbs_notice, currency)},
};

MT940_EXPORT void mt940_dbs_notice_args(const struct mt940_dbs_notice *notice,
                                        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS])
{
    const char *bytes = (const char *)notice;
    struct mt940_message_arg *arg = args;

    *arg++ = mt940_argument_number("row", notice->row);
    *arg++ = mt940_argument_number("slot", notice->slot);
    *arg++ = mt940_argument_date("date", notice->date);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct mt940_view text;

        memcpy(&text, bytes + texts[i].offset, sizeof(text));
        *arg++ = mt940_argument_text(texts[i].name, text);
    }
    for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
        int64_t units;

        memcpy(&units, bytes + amounts[i].offset, sizeof(units));
        *arg++ = mt940_argument_money(amounts[i].name, units, &notice->currency);
    }
}

_Static_assert(MT940_DBS_NOTICE_ARGS ==
                   3 + sizeof(texts) / sizeof(texts[0]) + sizeof(amounts) / sizeof(amounts[0]),
               "every argument has its place");

static bool covers(const struct mt940_dbs_consent *consent, const struct mt940_dbs_notice *notice)
{
    return consent->message == notice->message && (consent->slot == 0 || consent->slot == notice->slot) &&
           (consent->customer.length == 0 || mt940_view_equal(&consent->customer, &notice->customer)) &&
           notice->excess <= consent->excess;
}

MT940_EXPORT int mt940_dbs_consented(const struct mt940_dbs_notice *notice, const struct mt940_dbs_consent *consents,
                                     size_t count)
{
    if (notice->outcome != MT940_DBS_WARN)
        return 0;
    for (size_t i = 0; i < count; i++)
        if (covers(&consents[i], notice))
            return 1;
    return 0;
}

MT940_EXPORT int mt940_dbs_verdict(const struct mt940_dbs_notice *notices, size_t count,
                                   const struct mt940_dbs_consent *consents, size_t consent_count)
{
    int verdict = MT940_DBS_PROCEED;

    for (size_t i = 0; i < count; i++)
        if (notices[i].outcome > verdict && !mt940_dbs_consented(&notices[i], consents, consent_count))
            verdict = notices[i].outcome;
    return verdict;
}
