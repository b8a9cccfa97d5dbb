/* SPDX-License-Identifier: Apache-2.0
 *
 * slip.h: from a movement to the bank slip (banka fişi) it should become: the table of
 * transaction codes, the slip type, header and lines. Pure functions; who the customer is and
 * which own account stands on the other side comes from outside (match.h, a user, a rule).
 * Source: decisions 8-17 and 24, R39-R46, R99, R107-R109, turkish-banking §1.4, §2.2-2.5;
 * docs/slip.md.
 */
#ifndef MT940CONNECT_SLIP_H
#define MT940CONNECT_SLIP_H

#include "mt940connect/message.h"
#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* When the built-in table (turkish-banking §1.4) is asked. */
enum mt940_slip_defaults {
    MT940_SLIP_DEFAULTS_WHEN_EMPTY = 0, /* only if the host has no rule at all */
    MT940_SLIP_DEFAULTS_ALWAYS = 1,     /* for every code the host's table lacks */
    MT940_SLIP_DEFAULTS_NEVER = 2
};

/* Which date a slip gets when the user names none (decision 16). */
enum mt940_slip_dating {
    MT940_SLIP_DATED_ENTRY = 0, /* entry date, else closing date of a one-day statement, else value date */
    MT940_SLIP_DATED_VALUE = 1  /* value date */
};

/* Settings of a company; fill with mt940_slip_options_init() and change what you mean. */
struct mt940_slip_options {
    size_t size;
    int32_t defaults; /* enum mt940_slip_defaults */
    int32_t fallback; /* 1 = undefined codes become 3 (money in) or 4 (money out); off by default (R43) */
    int32_t only_rule; /* 1 = the only rule of a code and side is taken though its text does not occur; off */
    int32_t dating;   /* enum mt940_slip_dating */
    int32_t dbs_by_text; /* 1 (default) = the word DBS on the credit side marks the line (R99) */
    int32_t description_length; /* characters kept of the narrative; default 50 */
    struct mt940_view rate_kind; /* kind of rate to use; empty (default) = the first by name */
};
void mt940_slip_options_init(struct mt940_slip_options *options);

struct mt940_slip_rules;
struct mt940_slip_rules_builder;

/*
 * Compiles the host's transaction codes (Banka İşlem Kodları) into an immutable table that
 * threads may share. Options and records are copied. Codes are taken as "TRF", "NTRF" or "trf".
 * add(): MT940_E_EXISTS for a second rule of the same bank, code, side and priority (R39),
 * MT940_E_ARGUMENT, MT940_E_MEMORY, MT940_E_LIMIT (folded text above 256 bytes). The builder is
 * empty after build() and can only be freed. @since 0.1
 */
int mt940_slip_rules_builder_new(const struct mt940_slip_options *options, const struct mt940_allocator *allocator,
                                 struct mt940_slip_rules_builder **out, struct mt940_error *error);
int mt940_slip_rules_builder_add(struct mt940_slip_rules_builder *builder, const struct mt940_transaction_code *code,
                                 struct mt940_error *error);
int mt940_slip_rules_build(struct mt940_slip_rules_builder *builder, struct mt940_slip_rules **out,
                           struct mt940_error *error);
/* NULL is allowed for both. */
void mt940_slip_rules_builder_free(struct mt940_slip_rules_builder *builder);
void mt940_slip_rules_free(struct mt940_slip_rules *rules);
/* How many rules the table has, the built-in ones included; and each in order of look-up. */
size_t mt940_slip_rules_count(const struct mt940_slip_rules *rules);
const struct mt940_transaction_code *mt940_slip_rules_at(const struct mt940_slip_rules *rules, size_t index);

/* Who or what decided the slip type; decision 10 and 17. */
enum mt940_slip_decided {
    MT940_SLIP_BY_NOBODY = 0,
    MT940_SLIP_BY_USER = 1,
    MT940_SLIP_BY_ORIGINAL = 2,    /* the opposite of the slip it reverses */
    MT940_SLIP_BY_TEXT = 3,        /* a rule whose text stands in the narrative, or whose account or amount fits */
    MT940_SLIP_BY_OWN_ACCOUNT = 4, /* the other side is an own account */
    MT940_SLIP_BY_CODE = 5,        /* default of code and side in the host's table */
    MT940_SLIP_BY_ONLY_RULE = 6,
    MT940_SLIP_BY_BUILT_IN = 7,    /* the built-in table */
    MT940_SLIP_BY_REVERSAL = 8,    /* no rule, but the row reverses another: by direction */
    MT940_SLIP_BY_FALLBACK = 9
};
/* "user", "text" …; NULL for none. Static. */
const char *mt940_slip_decided_name(int32_t decided);

/* What a rule is looked up by. */
struct mt940_slip_query {
    size_t size;
    struct mt940_view bank;      /* four-digit code of the own account's bank; may be empty */
    struct mt940_view code;      /* of the movement */
    struct mt940_view narrative; /* UTF-8; its first 4,096 bytes are looked at */
    int32_t sign;                /* real direction of the money: +1 in, -1 out */
    int32_t reserved;
    struct mt940_view bank_account;   /* code of the own account; empty = not known */
    struct mt940_view currency;       /* of the movement; empty = the company's */
    struct mt940_view local_currency; /* the company's */
    int64_t amount;                   /* of the movement, minor units, without a sign */
};
struct mt940_slip_match {
    size_t size;
    int32_t decided; /* TEXT, CODE, ONLY_RULE or BUILT_IN; NOBODY when there is no rule */
    int32_t slip_type; /* of the rule, turned round where a rule for both sides says 3 or 4 (R42) */
    const struct mt940_transaction_code *rule; /* lives as long as the table; NULL when none */
};
/*
 * The rule that holds for a movement (turkish-banking §2.5): rules with a condition (a text that occurs in the
 * narrative, an own account, a currency, an amount within limits; all that a rule has), those of the bank before those
 * of every bank, by priority; else the default of code and side. Returns 0 or MT940_E_ARGUMENT.
 */
int mt940_slip_rules_find(const struct mt940_slip_rules *rules, const struct mt940_slip_query *query,
                          struct mt940_slip_match *out);

/* What the customer line was recognised as DBS by; a user's mark does not change that (decision 24). */
enum mt940_slip_dbs {
    MT940_SLIP_DBS_NOT = 0,
    MT940_SLIP_DBS_BY_USER = 1,    /* not recognised, but marked by the user */
    MT940_SLIP_DBS_BY_RULE = 2,    /* the rule of code or text says so */
    MT940_SLIP_DBS_BY_TEXT = 3,    /* the word DBS in the narrative */
    MT940_SLIP_DBS_BY_PAYMENT = 4  /* the payment rows it closes are DBS rows */
};

enum mt940_slip_flag {
    MT940_SLIP_AMBIGUOUS = 0x1,   /* several customers fit: AMBIGUOUS_CUSTOMER instead of NEEDS_CUSTOMER */
    MT940_SLIP_SAYS_DBS = 0x2,    /* MT940_FACT_DBS is among the facts */
    MT940_SLIP_SAYS_REVERSAL = 0x4, /* one of MT940_FACT_REVERSAL is */
    MT940_SLIP_ONE_DAY = 0x8,     /* the statement covers one booking day */
    MT940_SLIP_INTERIM = 0x10,    /* MT941 or MT942: listed, not posted (decision 9) */
    MT940_SLIP_PAYMENT_IS_DBS = 0x20 /* mt940_closing_plan_is_dbs() of the rows it closes (dbs.h) */
};

/*
 * Everything a proposal rests on. What a user chose is read from the movement: chosen_type,
 * chosen_dbs (-1 = not chosen), chosen_date, counter_account, and customer and slot where
 * customer_choice is USER. NULL or empty = not known.
 */
struct mt940_slip_input {
    size_t size;
    const struct mt940_movement *movement;
    const struct mt940_company *company;
    const struct mt940_bank_account *account; /* own account of the statement; NULL: UNKNOWN_BANK_ACCOUNT */
    uint32_t flags;                           /* bits of enum mt940_slip_flag */
    uint32_t reserved;
    struct mt940_date closing_date; /* of the statement */

    struct mt940_view customer; /* the matcher's, for when no user chose */
    int64_t slot;               /* its bank record, 0 = none */
    /* Bank records of the customer that the slip will name, in order of slot. */
    const struct mt940_customer_bank *banks;
    size_t bank_count;
    struct mt940_view counter_iban;    /* of the counterparty, from the facts */
    struct mt940_view counter_number;  /* its account number, from the facts */
    struct mt940_view receipt;         /* document number where the bank reference is empty */

    struct mt940_view transfer_account; /* the matcher's own account of the other side */
    const struct mt940_bank_account *own_accounts;
    size_t own_account_count;
    const struct mt940_movement *other; /* the opposite row of a transfer, if found */

    const struct mt940_slip *original;  /* the saved slip this movement reverses, if found */
    struct mt940_view original_customer;
    int64_t original_slot;

    /* Rates of the currencies concerned, last one on or before the slip date, any order (books.rates). */
    const struct mt940_rate *rates;
    size_t rate_count;
    int64_t stated_rate; /* "KUR …" in the narrative, 10^-8; 0 = none */
};

#define MT940_SLIP_LINES 4

/* A proposed slip. Views point into the input, its records and the rules. */
struct mt940_slip_proposal {
    size_t size;
    int32_t message; /* 0 = can be saved; else why not, enum mt940_message */
    int32_t warning; /* something to know though it can be saved, or 0; 0 in this version */
    struct mt940_message_arg args[2]; /* of `message` */
    uint32_t arg_count;
    int32_t decided;     /* enum mt940_slip_decided: who decided the type */
    int32_t choice;      /* enum mt940_choice: who chose the customer */
    int32_t is_reversal; /* 1 = undoes another row (decision 17) */
    int32_t dbs; /* DBS mark of the customer line: the user's, else whether it was recognised; which
                    bank record it lowers is settled by the DBS room (dbs.h) */
    int32_t dbs_reason;  /* enum mt940_slip_dbs */
    uint32_t line_count;
    int32_t reserved;
    const struct mt940_transaction_code *rule; /* the rule that holds, NULL = none */
    struct mt940_slip slip;  /* company, type, date, sides, amount …; id, actor, saved_at are left empty */
    struct mt940_slip_line lines[MT940_SLIP_LINES]; /* slip id left empty */
};

/*
 * Proposes the slip of a movement. The caller sets out->size. Also when it cannot be saved, type,
 * date and whatever is known are filled in. NEEDS_RATE names currency and date in `args`: look
 * the rate up and propose again. Errors: MT940_E_ARGUMENT. Thread safe, no allocation. @since 0.1
 */
int mt940_slip_propose(const struct mt940_slip_rules *rules, const struct mt940_slip_input *input,
                       struct mt940_slip_proposal *out);

/* 1 when slips of this type name a customer (3, 4, 7, 8, 16, 17), else 0. */
int mt940_slip_type_needs_customer(int64_t slip_type);
/* The type that undoes it: 3 and 4, 7 and 8 change places; the others stay. */
int64_t mt940_slip_type_opposite(int64_t slip_type);

/*
 * Own bank account of a manual slip line (Öndeğer Banka Hesabı, R107-R109): for types that name a
 * customer, the customer's default when the line has none yet; what stands there already stays.
 * Returns 1 when `*account` was filled in, else 0.
 */
int mt940_slip_default_account(int64_t slip_type, const struct mt940_customer *customer, struct mt940_view *account);

/*
 * amount * rate, or amount / rate, rounded half away from zero: `amount` counts 10^-digits of one
 * currency, the result 10^-out_digits of the other; `rate` is 10^-8. Exact for every 64-bit input.
 * Returns 0, MT940_E_RANGE when the result does not fit, MT940_E_ARGUMENT (digits outside 0..18,
 * rate below 1).
 */
int mt940_rate_multiply(int64_t amount, int32_t digits, int64_t rate, int32_t out_digits, int64_t *out);
int mt940_rate_divide(int64_t amount, int32_t digits, int64_t rate, int32_t out_digits, int64_t *out);
/* The rate (10^-8) at which `amount` is worth `local`; both not 0 and of one sign. */
int mt940_rate_between(int64_t amount, int32_t digits, int64_t local, int32_t local_digits, int64_t *rate);

#ifdef __cplusplus
}
#endif
#endif
