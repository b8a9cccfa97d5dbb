/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_message.c: the life of a message: where it begins and ends, whether it is whole, and
 * the verdicts over it. A message that never had more than a stray line is none.
 */
#include "statement/reader_message.h"

#include "statement/cursor.h"
#include "statement/reader_charset.h"
#include "statement/reader_envelope.h"
#include "statement/reader_header.h"
#include "statement/reader_other.h"
#include "statement/reader_total.h"
#include "statement/report.h"
#include "statement/strict.h"
#include "text/argument.h"
#include "text/evidence.h"

enum { mt940 = 940, mt941 = 941, mt942 = 942 };

/* Enough of a statement to speak of one: a balance, or an account with a reference or number. */
static bool has_substance(const struct mt940_assembly *message)
{
    return message->opening_raw.present || message->closing_raw.present || message->begun || message->early_count ||
           (message->account.present && (message->reference.present || message->number.present));
}

/* The label and the fields of a message that say two things. */
static int check_label(struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    int32_t type = message->header.type, label = reader->type_hint, found = type;
    bool balances = message->header.opening.kind && message->trailer.closing.kind;
    bool interim = message->interim || message->creation.present;
    if (label == mt942 && balances && !interim)
        found = mt940;
    if (label == mt941 && message->trailer.entry_count)
        found = mt940;
    if (found == type && type == label)
        return 0;
    struct mt940_place place = {message->header.offset, message->header.line, 1, "", ""};
    const struct mt940_message_arg args[2] = {mt940_argument_number("type", label),
                                              mt940_argument_number("found", found)};
    return mt940_report(reader, type == label ? MT940_M_TYPE_DOUBTFUL : MT940_M_REPAIR_ENVELOPE_TYPE, &place, args, 2);
}

static int report_missing(struct mt940_reader *reader, int32_t part)
{
    const struct mt940_assembly *message = &reader->message;
    struct mt940_place place = {message->header.offset, message->header.line, 1, "", ""};
    const struct mt940_message_arg arg = mt940_argument_message("what", part);
    return mt940_report(reader, MT940_M_INCOMPLETE, &place, &arg, 1);
}

/* Mandatory fields: 25, 60a and 62a; an MT942 has no balances. A missing 20 or 28C does no harm. */
static int check_complete(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    bool balances = message->header.type != mt942, opening = balances && message->header.type != mt941;
    struct mt940_place place = {message->header.offset, message->header.line, 1, "", ""};
    int status = 0;
    message->trailer.complete = message->account.present && (!opening || message->opening_raw.present) &&
                                (!balances || message->closing_raw.present);
    if (!message->account.present)
        status = report_missing(reader, MT940_M_PART_ACCOUNT);
    if (status == 0 && opening && !message->opening_raw.present)
        status = report_missing(reader, MT940_M_PART_OPENING);
    if (status == 0 && balances && !message->closing_raw.present)
        status = report_missing(reader, MT940_M_PART_CLOSING);
    if (status == 0 && !message->reference.present)
        status = mt940_report(reader, MT940_M_REPAIR_NO_START, &place, NULL, 0);
    if (status == 0 && !message->number.present)
        status = mt940_report(reader, MT940_M_REPAIR_NUMBER_FORM, &place, NULL, 0);
    return status;
}

/* An MT942 has no balances. Where it has both and nothing else of an MT942, its label has been doubted already. */
static int check_interim(struct mt940_reader *reader)
{
    const struct mt940_assembly *message = &reader->message;
    const struct mt940_trailer *trailer = &message->trailer;
    if (message->header.type != mt942 || !trailer->closing.kind ||
        (message->header.opening.kind && !message->interim && !message->creation.present))
        return 0;
    const struct mt940_message_arg arg = mt940_argument_word("tag", message->closing.tag);
    struct mt940_place place = {trailer->closing.offset, trailer->closing.line, 1, message->closing.tag, ""};
    return mt940_report(reader, MT940_M_UNKNOWN_FIELD, &place, &arg, 1);
}

/*
 * What the balance decided of three digits behind a separator: a group of thousands, or decimals. Of the two readings
 * the one in groups is the larger; a comma's first reading is that of decimals, a dot's the other.
 */
static int report_decided(struct mt940_reader *reader, int32_t convention)
{
    const struct mt940_place *place = &reader->message.ambiguous;
    const struct mt940_amount *first = &reader->message.ambiguous_reading.amount;
    const struct mt940_amount *second = &reader->message.ambiguous_reading.alternative;
    bool comma = first->scale > second->scale || (first->scale == second->scale && first->units < second->units);
    bool alternative = convention & MT940_READ_ALTERNATIVE;
    int32_t digits = mt940_currency_digits(first->currency, strlen(first->currency));
    if (comma == alternative)
        return mt940_report(reader, MT940_M_REPAIR_AMOUNT_GROUPED, place, NULL, 0);
    int status = comma ? 0 : mt940_report(reader, MT940_M_REPAIR_AMOUNT_DOT, place, NULL, 0);
    const struct mt940_message_arg arg = mt940_argument_word("currency", first->currency);
    bool excess = digits >= 0 && (alternative ? second : first)->scale > digits;
    return status || !excess ? status : mt940_report(reader, MT940_M_TOO_MANY_DECIMALS, place, &arg, 1);
}

static int report_ambiguous(struct mt940_reader *reader, const struct mt940_verdict *verdict)
{
    const struct mt940_assembly *message = &reader->message;
    if (!message->ambiguous.line)
        return 0;
    if (verdict->undecided)
        return mt940_report(reader, MT940_M_AMOUNT_AMBIGUOUS, &message->ambiguous, NULL, 0);
    /* A sign has its own finding already, where it stands. */
    bool separator = message->ambiguous_reading.ambiguity & MT940_AMBIGUOUS_SEPARATOR;
    return separator ? report_decided(reader, verdict->convention) : 0;
}

/* An MT941 lists no movements: its balances differ by 90D and 90C, if it has them. */
static bool add_totals(struct mt940_assembly *message)
{
    size_t found = 0;
    for (size_t i = 0; i < message->trailer.total_count; i++) {
        const struct mt940_total *total = &message->totals[i];
        if (total->count < 0)
            continue;
        mt940_sums_add(&message->sums, &total->reading, strcmp(total->tag, "90C") == 0 ? 1 : -1);
        found++;
    }
    return found == 2;
}

static int check_balance(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_trailer *trailer = &message->trailer;
    const struct mt940_balance *opening = &message->header.opening;
    struct mt940_message_arg args[2];
    struct mt940_verdict verdict;
    bool sums = message->header.type != mt941 || add_totals(message);
    mt940_verdict_reach(&message->sums, opening, &trailer->closing, &verdict);
    if (!sums)
        verdict.balanced = -1;
    trailer->convention = verdict.convention;
    trailer->balanced = verdict.balanced;
    trailer->has_computed = verdict.has_computed;
    trailer->computed = verdict.computed;
    trailer->undecided = verdict.undecided;
    int status = report_ambiguous(reader, &verdict);
    if (status || !opening->kind || !trailer->closing.kind)
        return status;
    /* An opening balance without a currency is in that of the closing one. */
    if (opening->reading.amount.currency[0] &&
        strcmp(opening->reading.amount.currency, trailer->closing.reading.amount.currency) != 0) {
        trailer->balanced = 0;
        args[0] = mt940_argument_word("first", opening->reading.amount.currency);
        args[1] = mt940_argument_word("second", trailer->closing.reading.amount.currency);
        return mt940_report(reader, MT940_M_CURRENCY_MISMATCH, &message->closing, args, 2);
    }
    if (verdict.balanced != 0)
        return 0;
    if (message->closing_unterminated) {
        trailer->complete = 0;
        trailer->balanced = -1;
        return report_missing(reader, MT940_M_PART_CLOSING);
    }
    args[0] = mt940_argument_amount("computed", verdict.computed);
    args[1] = mt940_argument_amount("stated", verdict.stated);
    return mt940_report(reader, MT940_M_BALANCE_MISMATCH, &message->closing, args, 2);
}

static void fill_trailer(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_trailer *trailer = &message->trailer;
    trailer->closing.raw = mt940_reader_kept(reader, &message->closing_raw);
    trailer->available.raw = mt940_reader_kept(reader, &message->available_raw);
    trailer->information = mt940_reader_kept(reader, &message->information);
    for (size_t i = 0; i < trailer->forward_count; i++)
        message->forward[i].raw = mt940_reader_kept(reader, &message->forward_raw[i]);
    for (size_t i = 0; i < trailer->total_count; i++)
        message->totals[i].raw = mt940_reader_kept(reader, &message->total_raw[i]);
    trailer->forward = message->forward;
    trailer->totals = message->totals;
}

static int hand_out_message(struct mt940_reader *reader)
{
    int status = mt940_reader_begin(reader);
    mt940_plain_settle(&reader->message);
    if (status == 0 && reader->type_hint)
        status = check_label(reader);
    if (status == 0)
        status = check_complete(reader);
    if (status == 0)
        status = check_interim(reader);
    if (status == 0)
        status = check_balance(reader);
    if (status == 0 && reader->message.header.type != mt941)
        status = mt940_reader_check_totals(reader);
    if (status == 0)
        status = mt940_reader_judge_charset(reader);
    if (status == 0 && reader->message.head.text.present)
        status = mt940_reader_judge_envelope(reader);
    if (status == 0 && reader->options.strict)
        status = mt940_strict_message(reader);
    if (status)
        return status;
    fill_trailer(reader);
    if (reader->handler.statement_end) {
        int answer = reader->handler.statement_end(reader->handler.user, &reader->message.trailer);
        if (answer)
            return mt940_reader_fail(reader, MT940_E_CALLBACK, answer);
    }
    reader->statements++;
    return 0;
}

int mt940_reader_end(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    int status = 0;
    if (!message->open && !reader->other.type)
        return 0;
    if (message->other || !message->open) {
        status = mt940_other_end(reader);
    } else if (has_substance(message)) {
        status = hand_out_message(reader);
    } else if (reader->outside_lines++ == 0) {
        struct mt940_place place = {message->header.offset, message->header.line, 1, "", ""};
        reader->outside = place;
    }
    mt940_assembly_reset(message);
    reader->kept_length = 0;
    reader->type_hint = 0;
    reader->other.place.line = 0; /* its envelope is not that of the next */
    if (reader->evidence_used) {
        mt940_charset_forget(&reader->evidence, &reader->letters);
        reader->evidence_used = false;
    }
    return status;
}

int mt940_reader_close_stream(struct mt940_reader *reader)
{
    struct mt940_place place = {0, 1, 1, "", ""};
    int status = mt940_reader_end(reader);
    if (status)
        return status;
    if (reader->statements == 0)
        return mt940_report(reader, reader->other.count ? MT940_M_NOT_MT940_OTHER_MESSAGE
                                                        : mt940_kind_finding(&reader->kind), &place, NULL, 0);
    return mt940_reader_tell_outside(reader, MT940_M_TEXT_OUTSIDE);
}
