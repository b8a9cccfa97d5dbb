/* SPDX-License-Identifier: Apache-2.0
 *
 * customer_card.h: the bank records of a customer's card (Banka Hesap Bilgileri) through a flow:
 * adding, editing, moving and deleting one, and the pick list. The checks are those of
 * customer_bank.h. Conventions as in flow.h. @since 0.1
 * Source: R47-R55, R60-R63, R67-R73, decision 3; docs/customer_bank.md.
 */
#ifndef MT940CONNECT_CUSTOMER_CARD_H
#define MT940CONNECT_CUSTOMER_CARD_H

#include "mt940connect/customer_bank.h"
#include "mt940connect/flow.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What happens to a bank record. */
enum mt940_card_verb {
    MT940_CARD_ADD = 1,   /* slot 0 = behind the last one */
    MT940_CARD_EDIT = 2,  /* every field but total and sequence becomes what `record` says */
    MT940_CARD_MOVE = 3,  /* to `new_slot`, which must be free; only a record nothing refers to */
    MT940_CARD_DELETE = 4 /* refused while it has a total, or once documents refer to it */
};

/* Highest slot of a card. Logo has seven records; nothing here needs so few. */
#define MT940_CARD_SLOTS 999

struct mt940_card_request {
    size_t size;
    int32_t verb; /* enum mt940_card_verb */
    int32_t reserved;
    /*
     * Its customer and slot say which. ADD and EDIT: all of it but company, revision, counters and
     * detail_edited, which the flow sets; an edit begins with what mt940_flow_card() gave.
     */
    const struct mt940_customer_bank *record;
    int64_t new_slot; /* MOVE */
};

/* What became of it. Valid during the call of the sink. */
struct mt940_card_result {
    size_t size;
    int32_t outcome; /* enum mt940_dbs_outcome: PROCEED or BLOCK */
    int32_t saved;   /* 1 = written by this call */
    int32_t details; /* 1 = Muhbir Hesap and VÖEN are offered (R60) */
    int32_t reserved;
    const struct mt940_customer_bank *record; /* as it is, or would be; without the two fields where they are hidden */
    const struct mt940_dbs_notice *notices;
    size_t notice_count;
};
typedef int (*mt940_card_sink)(void *sink_user, const struct mt940_card_result *result);

/*
 * Carries out one event as one batch, guarded by the revisions it was decided on. `sink` is called
 * once. Notices besides those of customer_bank.h: UNKNOWN_CUSTOMER, UNKNOWN_BANK_RECORD,
 * BANK_RECORD_EXISTS, BANK_RECORD_USED (documents refer to its slot, or its total has a journal in
 * its currency). A valid IBAN is stored in its canonical form, another as it was entered (R56).
 *
 * Errors: MT940_E_ARGUMENT (a slot above MT940_CARD_SLOTS, a field mt940_record_check() refuses),
 * MT940_E_LIMIT (no slot is left), those of store and books, MT940_E_CONFLICT.
 */
int mt940_flow_card_change(struct mt940_flow *flow, const struct mt940_card_request *request, mt940_card_sink sink,
                           void *sink_user, struct mt940_error *error);

/*
 * Lists the bank records of a customer in order, for a card or a pick list of branch, account,
 * IBAN and currency (R51): `sink` is called for each, with outcome PROCEED and no notices. The
 * currency of a record without one is the company's. Changes nothing.
 */
int mt940_flow_card(struct mt940_flow *flow, const struct mt940_view *customer, mt940_card_sink sink, void *sink_user,
                    struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
