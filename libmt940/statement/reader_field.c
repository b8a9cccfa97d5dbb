/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_field.c: what each field does to the message that is being read. Their inner forms are
 * in tag*.c; whether the message as a whole is right is judged in reader_message.c.
 */
#include "statement/reader_field.h"

#include "mt940connect/iban.h"
#include "statement/cursor.h"
#include "statement/field.h"
#include "statement/reader_balance.h"
#include "statement/reader_header.h"
#include "statement/reader_sign.h"
#include "statement/report.h"
#include "text/argument.h"

/* Keeps the first of a field that comes once; a second is a finding. */
static int keep_once(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_view text,
                     struct mt940_kept *out)
{
    if (!out->present)
        return mt940_reader_keep(reader, text, out);
    return mt940_report_field(reader, MT940_M_FIELD_REPEATED, item);
}

static int keep_first_line(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_kept *out)
{
    struct mt940_issues issues;
    struct mt940_view line = mt940_item_line(item);
    int status = keep_once(reader, item, mt940_view_trim(line), out);
    if (status || line.length == item->value.length)
        return status;
    mt940_issues_init(&issues);
    mt940_issue_extra(&issues, item->value, line.length);
    return mt940_report_issues(reader, item, &issues);
}

static int read_creation(struct mt940_reader *reader, const struct mt940_item *item)
{
    return reader->message.begun ? mt940_reader_hand_named(reader, MT940_M_FIELD_ORDER, item)
                                 : keep_first_line(reader, item, &reader->message.creation);
}

/* Whether it looks like an IBAN and is none. */
static bool is_wrong_iban(struct mt940_view account)
{
    struct mt940_account_parts parts;
    uint8_t reason;
    /* What is one as it stands need not be taken apart. */
    if (mt940_iban_check_many(&account, 1, 0, &reason) == 1)
        return false;
    return mt940_account_split(account.data, account.length, &parts) == 0 && parts.looks_like_iban;
}

/* A number that was typed wrongly finds no account in the books. */
static int check_account(struct mt940_reader *reader, const struct mt940_item *item, struct mt940_view account)
{
    enum { shortest_iban = 15 };
    struct mt940_known_account *last = &reader->last_account;
    if (account.length < shortest_iban)
        return 0;
    bool known = account.length == last->length && memcmp(account.data, last->text, last->length) == 0;
    bool is_wrong = known ? last->is_wrong : is_wrong_iban(account);
    if (!known && account.length <= sizeof last->text) {
        memcpy(last->text, account.data, account.length);
        last->length = account.length;
        last->is_wrong = is_wrong;
    }
    return is_wrong ? mt940_report_field(reader, MT940_M_ACCOUNT_IBAN_INVALID, item) : 0;
}

/* Field 25, and the BIC on the second line of 25P. */
static int read_account(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_view first = mt940_item_line(item);
    struct mt940_view rest = mt940_view_trim(mt940_view_slice(item->value, first.length, item->value.length));
    bool again = message->account.present;
    int status = keep_once(reader, item, mt940_view_trim(first), &message->account);
    if (status == 0 && !again)
        status = check_account(reader, item, mt940_view_trim(first));
    if (status == 0 && rest.length && !message->account_bic.present)
        status = mt940_reader_keep(reader, rest, &message->account_bic);
    return status;
}

static int read_number(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    struct mt940_view number, sequence;
    if (reader->message.number.present)
        return mt940_report_field(reader, MT940_M_FIELD_REPEATED, item);
    (void)mt940_tag28_read(item->value, &number, &sequence, &issues);
    int status = mt940_reader_keep(reader, number, &reader->message.number);
    if (status == 0)
        status = mt940_reader_keep(reader, sequence, &reader->message.sequence);
    return status ? status : mt940_report_issues(reader, item, &issues);
}

/* An 86 that follows no movement: that of the statement once the movements are over (in an MT942, by 90D and 90C). */
static int read_narrative(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    if (message->closing_raw.present || mt940_assembly_has_sums(message))
        return keep_once(reader, item, item->value, &message->information);
    return mt940_reader_hand_named(reader, MT940_M_ORPHAN_NARRATIVE, item);
}

/* A reference behind the account, or an account or a number behind the opening balance; the first of its kind. */
static bool is_misplaced(const struct mt940_assembly *message, int meaning)
{
    switch (meaning) {
    case MT940_TAG_REFERENCE:
        return !message->reference.present && (message->account.present || message->number.present);
    case MT940_TAG_ACCOUNT:
        return !message->account.present && message->opening_raw.present;
    case MT940_TAG_NUMBER:
        return !message->number.present && message->opening_raw.present;
    default:
        return false;
    }
}

int mt940_reader_field(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    int told = is_misplaced(message, item->tag.meaning) ? mt940_report_field(reader, MT940_M_FIELD_ORDER, item) : 0;
    if (told)
        return told;
    switch (item->tag.meaning) {
    case MT940_TAG_REFERENCE:
        return keep_first_line(reader, item, &message->reference);
    case MT940_TAG_RELATED_REFERENCE:
        return keep_first_line(reader, item, &message->related);
    case MT940_TAG_CREATION:
        return read_creation(reader, item);
    case MT940_TAG_ACCOUNT:
        return read_account(reader, item);
    case MT940_TAG_NUMBER:
        return read_number(reader, item);
    case MT940_TAG_OPENING_BALANCE:
        return mt940_reader_opening(reader, item);
    case MT940_TAG_NARRATIVE:
        return read_narrative(reader, item);
    case MT940_TAG_CLOSING_BALANCE:
        return mt940_reader_closing(reader, item);
    case MT940_TAG_AVAILABLE_BALANCE:
        return mt940_reader_available(reader, item);
    case MT940_TAG_FORWARD_BALANCE:
        return mt940_reader_forward(reader, item);
    case MT940_TAG_FLOOR_LIMIT:
    case MT940_TAG_TOTAL:
        return mt940_reader_total(reader, item);
    default:
        break;
    }
    bool early = !message->begun && message->early_count < MT940_EARLY_CAPACITY;
    mt940_other_notice(reader, item);
    /* Of another message nothing is handed out, so where there is no room it is not kept. */
    if (message->other && !early) {
        message->other_crowded = true;
        return 0;
    }
    int status = early ? 0 : mt940_report_field(reader, MT940_M_UNKNOWN_FIELD, item);
    return status ? status : mt940_reader_hand_raw(reader, item);
}
