/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_charset.c: what the bytes of a message say about its character set, and what is to be said of it at its end:
 * bytes that are no text, letters that were encoded twice. Which set they are in is told in text/evidence.c.
 */
#include "statement/reader_charset.h"

#include "statement/narrative.h"
#include "statement/report.h"
#include "text/argument.h"
#include "text/evidence.h"
#include "text/misfit.h"
#include "text/mojibake.h"

/* The 86 of a movement as an item of its own, for places in it. */
static struct mt940_item narrative_of(const struct mt940_item *item)
{
    static const char tag[] = ":86:";
    struct mt940_item out = *item;

    (void)mt940_tag_read(mt940_view_of(tag, sizeof tag - 1), &out.tag);
    out.value = item->narrative;
    out.offset = item->narrative_offset;
    out.line = item->narrative_line;
    return out;
}

static void look_for_mojibake(struct mt940_assembly *message, const struct mt940_item *item)
{
    size_t first = 0, count = mt940_mojibake_count(item->value, &first);

    if (count > 0 && message->mojibake_count == 0) {
        mt940_place_in(item, first, "", &message->mojibake);
        memcpy(message->mojibake_tag, item->tag.text, sizeof item->tag.text); /* the item does not outlive the call */
        message->mojibake.tag = message->mojibake_tag;
    }
    message->mojibake_count += count;
}

/*
 * Letters that were encoded twice begin with Â, Ã, Ä, Å, Ô or with lines of a box, whose second bytes are 82 to 85, 94.
 * In Turkish text none of these comes up, and fields without them are not looked at.
 */
static void observe_mojibake(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    const uint64_t *letters = reader->evidence.letters;

    if (!(reader->letters.signs & MT940_LETTERS_TWICE))
        return;
    reader->letters.signs &= ~(uint32_t)MT940_LETTERS_TWICE;
    mt940_letters_count(&reader->letters, &reader->evidence);
    uint64_t leads = letters[0x03] + letters[0x04] + letters[0x05] + letters[0x14];
    if (leads == message->mojibake_leads)
        return;
    message->mojibake_leads = leads;
    if (reader->evidence.utf8_errors > reader->evidence.utf8_sequences)
        return;
    look_for_mojibake(message, item);
    if (item->narrative.length > 0) {
        struct mt940_item narrative = narrative_of(item);
        look_for_mojibake(message, &narrative);
    }
}

static int report_misfits(struct mt940_reader *reader, const struct mt940_place *place, int32_t charset, size_t count)
{
    const char *name = mt940_charset_name(charset);
    const struct mt940_message_arg args[] = {mt940_argument_number("count", (int64_t)count),
                                             mt940_argument_word("charset", name ? name : "ascii")};

    return mt940_report(reader, MT940_M_UNDECODABLE, place, args, sizeof args / sizeof args[0]);
}

/* The set is named by the caller: what does not fit is said at once. */
static int report_field(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_place place;
    size_t first = 0, count = mt940_misfit_count(item->value, reader->options.charset, &first);

    if (count == 0)
        return 0;
    mt940_place_in(item, first, "", &place);
    return report_misfits(reader, &place, reader->options.charset, count);
}

/* The set is not known yet: a field that does not fit the likeliest one is remembered, as many as there is room for. */
static void remember_field(struct mt940_assembly *message, const struct mt940_item *item, int32_t charset)
{
    size_t first = 0, count = mt940_misfit_count(item->value, charset, &first);

    if (count == 0 || message->misfit_count == MT940_MISFIT_CAPACITY)
        return;
    struct mt940_misfit *misfit = &message->misfits[message->misfit_count++];
    mt940_place_in(item, first, "", &misfit->place);
    memcpy(misfit->tag, item->tag.text, sizeof misfit->tag); /* the item does not outlive the call */
    misfit->place.tag = misfit->tag;
    misfit->charset = charset;
    misfit->count = count;
}

/* A byte order mark says that it is, whatever follows. */
static bool may_be_utf8(const struct mt940_reader *reader)
{
    return reader->scanner.has_bom || reader->evidence.utf8_errors <= reader->evidence.utf8_sequences;
}

/* Counts the letters that Turkish and Western sets lack, where there are new ones. */
static uint64_t misfit_letters(struct mt940_reader *reader)
{
    const struct mt940_charset_evidence *evidence = &reader->evidence;
    static const unsigned char undefined[] = {0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E, 0xD5, 0xE7, 0xF2};
    enum { windows = 7, dotless_i_of_cp857 = 0x8D };
    bool is_cp857 = evidence->letters[dotless_i_of_cp857 - 0x80] > 0;
    uint32_t lacked = MT940_LETTERS_MISFIT | (is_cp857 ? MT940_LETTERS_CP857 : 0);
    uint64_t sum = 0;

    if (!(reader->letters.signs & lacked))
        return reader->message.misfit_letters;
    reader->letters.signs &= ~(uint32_t)(MT940_LETTERS_MISFIT | MT940_LETTERS_CP857);
    mt940_letters_count(&reader->letters, &reader->evidence);
    size_t count = evidence->letters[dotless_i_of_cp857 - 0x80] > 0 ? sizeof undefined : windows;
    for (size_t i = 0; i < count; i++)
        sum += evidence->letters[undefined[i] - 0x80];
    return reader->message.misfit_letters = sum;
}

/* Counts of what may be no text: errors against UTF-8 where it may be that, else such letters. */
static uint64_t misfit_signs(struct mt940_reader *reader)
{
    return may_be_utf8(reader) ? reader->evidence.utf8_errors : misfit_letters(reader);
}

static void observe_misfits(struct mt940_reader *reader, const struct mt940_item *item)
{
    struct mt940_assembly *message = &reader->message;
    uint64_t signs = misfit_signs(reader);

    if (signs == message->misfit_signs || message->misfit_count == MT940_MISFIT_CAPACITY)
        return;
    message->misfit_signs = signs;
    int32_t charset = may_be_utf8(reader) ? MT940_CHARSET_UTF8 : mt940_letters_verdict(&reader->letters, &reader->evidence);
    remember_field(message, item, charset);
    if (item->narrative.length > 0) {
        struct mt940_item narrative = narrative_of(item);
        remember_field(message, &narrative, charset);
    }
}

/* A letter that two sub-fields share is no error against UTF-8. */
static void join_parted(struct mt940_charset_evidence *evidence, const struct mt940_item *item)
{
    uint64_t errors = 0;

    if (!mt940_coded_possible(item->narrative))
        return;
    size_t letters = mt940_misfit_parted(item->narrative, &errors);
    if (letters > 0 && errors <= evidence->utf8_errors) {
        evidence->utf8_errors -= errors;
        evidence->utf8_sequences += letters;
    }
}

/* What a text leaves open is settled at its end, so that no other text's is thought its own. */
static void observe_part(struct mt940_reader *reader, struct mt940_view text)
{
    mt940_charset_observe_by(reader->usual, &reader->evidence, &reader->letters, text.data, text.length);
    mt940_charset_end(&reader->evidence, &reader->letters);
}

static void observe(struct mt940_reader *reader, const struct mt940_item *item)
{
    static const char bom[] = "\xEF\xBB\xBF";
    const struct mt940_charset_evidence *evidence = &reader->evidence;
    /* The mark stood before the first message only, but holds for the whole file. */
    if (!reader->evidence_used && reader->scanner.has_bom)
        mt940_charset_observe_by(reader->usual, &reader->evidence, &reader->letters, bom, sizeof bom - 1);
    reader->evidence_used = true;
    uint64_t errors = evidence->utf8_errors;
    if (item->high || !mt940_charset_is_settled(evidence))
        observe_part(reader, item->value);
    if (item->narrative_high || !mt940_charset_is_settled(evidence))
        observe_part(reader, item->narrative);
    if (evidence->utf8_errors != errors)
        join_parted(&reader->evidence, item);
}

int mt940_reader_observe(struct mt940_reader *reader, const struct mt940_item *item)
{
    observe(reader, item);
    if (!item->high && !item->narrative_high)
        return 0;
    if (reader->options.charset == MT940_CHARSET_DETECT) {
        observe_misfits(reader, item);
        if (!reader->options.keep_mojibake)
            observe_mojibake(reader, item);
        return 0;
    }
    int status = report_field(reader, item);
    if (status || item->narrative.length == 0)
        return status;
    struct mt940_item narrative = narrative_of(item);
    return report_field(reader, &narrative);
}

/* What was remembered under the set that it is now. */
static int report_remembered(struct mt940_reader *reader, int32_t charset)
{
    struct mt940_assembly *message = &reader->message;
    int status = 0;

    for (size_t i = 0; i < message->misfit_count && status == 0; i++)
        if (message->misfits[i].charset == charset)
            status = report_misfits(reader, &message->misfits[i].place, charset, message->misfits[i].count);
    return status;
}

int mt940_reader_judge_charset(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    int32_t charset = reader->options.charset;

    message->trailer.charset = charset;
    if (charset != MT940_CHARSET_DETECT)
        return 0;
    message->trailer.charset = charset = mt940_letters_verdict(&reader->letters, &reader->evidence);
    int status = report_remembered(reader, charset);
    if (status || charset != MT940_CHARSET_UTF8 || message->mojibake_count == 0)
        return status;
    message->trailer.charset = MT940_CHARSET_UTF8_TWICE;
    const struct mt940_message_arg arg = mt940_argument_number("count", (int64_t)message->mojibake_count);
    return mt940_report(reader, MT940_M_REPAIR_MOJIBAKE, &message->mojibake, &arg, 1);
}
