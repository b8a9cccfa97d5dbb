/* SPDX-License-Identifier: Apache-2.0
 *
 * argument.h: the arguments of a message, by the names message.def uses for them. A text is looked at, not copied.
 */
#ifndef MT940_TEXT_ARGUMENT_H
#define MT940_TEXT_ARGUMENT_H

#include <string.h>

#include "mt940connect/base.h"
#include "mt940connect/message.h"

static inline struct mt940_message_arg mt940_argument_text(const char *name, struct mt940_view text)
{
    return (struct mt940_message_arg){.name = name, .type = MT940_ARG_TEXT, .text = text};
}

static inline struct mt940_message_arg mt940_argument_word(const char *name, const char *word)
{
    struct mt940_message_arg arg = {.name = name, .type = MT940_ARG_TEXT};

    mt940_view_from_string(word, &arg.text);
    return arg;
}

static inline struct mt940_message_arg mt940_argument_number(const char *name, int64_t number)
{
    return (struct mt940_message_arg){.name = name, .type = MT940_ARG_NUMBER, .number = number};
}

/* The sentence of another message: a reason, or the word for a part. */
static inline struct mt940_message_arg mt940_argument_message(const char *name, int32_t message)
{
    return (struct mt940_message_arg){.name = name, .type = MT940_ARG_MESSAGE, .number = message};
}

static inline struct mt940_message_arg mt940_argument_date(const char *name, struct mt940_date date)
{
    return (struct mt940_message_arg){.name = name, .type = MT940_ARG_DATE, .date = date};
}

static inline struct mt940_message_arg mt940_argument_amount(const char *name, struct mt940_amount amount)
{
    return (struct mt940_message_arg){.name = name, .type = MT940_ARG_AMOUNT, .amount = amount};
}

/* Minor units; a currency outside ISO 4217 is shown with two decimals rather than not at all. */
static inline struct mt940_message_arg mt940_argument_money(const char *name, int64_t units,
                                                            const struct mt940_view *currency)
{
    struct mt940_message_arg arg = {.name = name, .type = MT940_ARG_AMOUNT};
    int digits = mt940_currency_digits(currency->data, currency->length);

    arg.amount.units = units;
    arg.amount.scale = digits < 0 ? 2 : digits;
    if (currency->length > 0 && currency->length < sizeof arg.amount.currency)
        memcpy(arg.amount.currency, currency->data, currency->length);
    return arg;
}

#endif
