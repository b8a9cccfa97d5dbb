/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_charset.c: what the bytes of a message say about its character set, and what is to be said of it at its end:
 * letters that were encoded twice. Which set they are in is told in text/evidence.c.
 */
#include "statement/reader.h"
#include "text/argument.h"
#include "text/evidence.h"
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

/* Text without a byte above 7F is no evidence, but what stands last in it may be beside a letter. */
void mt940_reader_observe(struct mt940_reader *reader, const struct mt940_item *item)
{
    static const char bom[] = "\xEF\xBB\xBF";
    if (reader->evidence_used && !item->high) {
        mt940_charset_observe_ascii(&reader->evidence, item->value);
        mt940_charset_observe_ascii(&reader->evidence, item->narrative);
        return;
    }
    /* The mark stood before the first message only, but holds for the whole file. */
    if (!reader->evidence_used && reader->scanner.has_bom)
        mt940_charset_observe(&reader->evidence, bom, sizeof bom - 1);
    reader->evidence_used = true;
    mt940_charset_observe(&reader->evidence, item->value.data, item->value.length);
    mt940_charset_observe(&reader->evidence, item->narrative.data, item->narrative.length);
    if (reader->options.charset == MT940_CHARSET_DETECT && !reader->options.keep_mojibake)
        observe_mojibake(reader, item);
}

int mt940_reader_judge_charset(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    int32_t charset = reader->options.charset;

    if (charset == MT940_CHARSET_DETECT)
        charset = mt940_charset_verdict(&reader->evidence);
    if (reader->options.charset == MT940_CHARSET_DETECT && charset == MT940_CHARSET_UTF8 && message->mojibake_count > 0)
        charset = MT940_CHARSET_UTF8_TWICE;
    message->trailer.charset = charset;
    if (charset != MT940_CHARSET_UTF8_TWICE || message->mojibake_count == 0)
        return 0;
    const struct mt940_message_arg arg = mt940_argument_number("count", (int64_t)message->mojibake_count);
    return mt940_report(reader, MT940_M_REPAIR_MOJIBAKE, &message->mojibake, &arg, 1);
}
