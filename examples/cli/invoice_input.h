/* SPDX-License-Identifier: Apache-2.0
 *
 * invoice_input.h: an invoice as it is typed.
 */
#ifndef CLI_INVOICE_INPUT_H
#define CLI_INVOICE_INPUT_H

#include <mt940connect/invoice.h>

#include "accept.h"
#include "workspace.h"

/* Numbers of the options, from OPTION_OWN on. */
enum {
    INVOICE_CUSTOMER = OPTION_OWN,
    INVOICE_AMOUNT,
    INVOICE_KIND,
    INVOICE_DATE,
    INVOICE_DUE,
    INVOICE_CURRENCY,
    INVOICE_RATE,
    INVOICE_TYPE,
    INVOICE_ACCOUNT,
    INVOICE_BRANCH,
    INVOICE_INSTALMENTS,
    INVOICE_EVERY,
    INVOICE_ROW,
    INVOICE_RETURNS,
    INVOICE_ACCEPT,
    INVOICE_CHECK
};

extern const struct command_option invoice_options[];

/* What was typed; NULL = not said. */
struct invoice_input {
    const char *customer, *amount, *kind, *date, *due, *currency, *rate, *type, *account, *branch, *instalments,
        *every, *returns;
    const char **rows;
    size_t row_count;
    struct accepted accepted;
    int check;
};

/* Takes an option; 0 = a mistake was reported. */
int invoice_input_option(struct invoice_input *input, struct session *session, const struct command *command,
                         int number);
void invoice_input_free(struct invoice_input *input);

/* Everything a request points to. */
struct invoice_draft {
    struct mt940_invoice invoice;
    struct mt940_invoice_request request;
    struct mt940_dbs_plan_line *plan;
    struct mt940_dbs_consent *consents;
    char **texts; /* cut out of what was typed */
    size_t text_count;
};

/*
 * Makes the request. `draft->invoice` holds what is stored (a change) or zeros; what was typed
 * goes over it. 0 = a mistake was reported.
 */
int invoice_draft_fill(struct invoice_draft *draft, const struct invoice_input *input, struct workspace *workspace);
void invoice_draft_free(struct invoice_draft *draft);

#endif
