/* SPDX-License-Identifier: Apache-2.0
 *
 * notice.c: what is to be said about a document: the arguments of its text, the consents that
 * answer it (decision 29) and the verdict over all. Must not know why a notice was raised.
 */
#include "base/export.h"
#include "base/view.h"
#include "mt940connect/dbs.h"

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

static void set_number(struct mt940_message_arg *arg, const char *name, int64_t number)
{
    arg->name = name;
    arg->type = MT940_ARG_NUMBER;
    arg->number = number;
}

/* A currency outside ISO 4217 is printed with two decimals rather than not at all. */
static void set_amount(struct mt940_message_arg *arg, const char *name, int64_t units,
                       const struct mt940_view *currency)
{
    int digits = mt940_currency_digits(currency->data, currency->length);

    arg->name = name;
    arg->type = MT940_ARG_AMOUNT;
    arg->amount.units = units;
    arg->amount.scale = digits < 0 ? 2 : digits;
    mt940_view_copy(currency, arg->amount.currency, sizeof(arg->amount.currency));
}

MT940_EXPORT void mt940_dbs_notice_args(const struct mt940_dbs_notice *notice,
                                        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS])
{
    const char *bytes = (const char *)notice;
    struct mt940_message_arg *arg = args;

    memset(args, 0, MT940_DBS_NOTICE_ARGS * sizeof(*args));
    set_number(arg++, "row", notice->row);
    set_number(arg++, "slot", notice->slot);
    arg->name = "date";
    arg->type = MT940_ARG_DATE;
    arg++->date = notice->date;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++, arg++) {
        arg->name = texts[i].name;
        arg->type = MT940_ARG_TEXT;
        memcpy(&arg->text, bytes + texts[i].offset, sizeof(arg->text));
    }
    for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
        int64_t units;

        memcpy(&units, bytes + amounts[i].offset, sizeof(units));
        set_amount(arg++, amounts[i].name, units, &notice->currency);
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
