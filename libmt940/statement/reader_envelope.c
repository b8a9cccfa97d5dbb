/* SPDX-License-Identifier: Apache-2.0
 *
 * reader_envelope.c: keeps the blocks around a message for it, and says what they tell at its end: broken blocks, marks
 * of possible duplicates and of training, a refusal by the network. Must not know what the text holds.
 */
#include "statement/reader_envelope.h"

#include "mt940connect/envelope.h"
#include "statement/report.h"
#include "text/argument.h"

enum {
    longest = 8192,    /* of the blocks on one side of a text */
    gap_longest = 64   /* bytes of line ends between two of them */
};

/* Puts line ends between two blocks, so that places in the kept bytes stay those of the file. */
static int keep_gap(struct mt940_reader *reader, size_t gap, uint32_t lines)
{
    char filler[gap_longest];
    struct mt940_kept ignored;
    memset(filler, '\r', gap);
    for (size_t i = 1; i <= lines; i++)
        filler[gap == 2 * (size_t)lines ? 2 * i - 1 : gap - i] = '\n';
    return mt940_reader_keep(reader, mt940_view_of(filler, gap), &ignored);
}

static bool joins(const struct mt940_reader *reader, const struct mt940_blocks *kept, uint64_t offset, uint32_t line,
                  size_t length)
{
    uint64_t end = kept->offset + kept->text.length;
    return kept->text.present && kept->text.offset + kept->text.length == reader->kept_length && offset >= end &&
           offset - end <= gap_longest && line - kept->last_line <= offset - end &&
           kept->text.length + (size_t)(offset - end) + length <= longest;
}

int mt940_reader_keep_blocks(struct mt940_reader *reader, const struct mt940_item *item, size_t from, size_t to,
                             struct mt940_blocks *kept)
{
    struct mt940_view blocks = mt940_view_slice(item->value, from, to - from);
    uint64_t offset = item->offset + from;
    struct mt940_kept added;
    int status;
    blocks.length = blocks.length < longest ? blocks.length : longest;
    if (!joins(reader, kept, offset, item->line, blocks.length)) {
        /* Between messages nothing else is kept; behind a text only what follows it at once. */
        if (!reader->message.open) {
            reader->kept_length = 0;
            reader->message.behind.text.present = false;
        }
        else if (kept->text.present)
            return 0;
        kept->offset = offset;
        kept->line = kept->last_line = item->line;
        return mt940_reader_keep(reader, blocks, &kept->text);
    }
    size_t gap = (size_t)(offset - kept->offset - kept->text.length);
    if ((status = keep_gap(reader, gap, item->line - kept->last_line)) != 0 ||
        (status = mt940_reader_keep(reader, blocks, &added)) != 0)
        return status;
    kept->text.length += gap + blocks.length;
    kept->last_line = item->line;
    return 0;
}

/* The place of a byte of the kept blocks in the file. */
static void place_of(const struct mt940_blocks *kept, struct mt940_view text, const char *at, struct mt940_place *out)
{
    size_t position = (size_t)(at - text.data), start = 0;
    memset(out, 0, sizeof *out);
    out->offset = kept->offset + position;
    out->line = kept->line;
    for (size_t i = 0; i < position; i++) {
        out->line += text.data[i] == '\n';
        start = text.data[i] == '\n' ? i + 1 : start;
    }
    out->column = (uint32_t)(position - start + 1);
    out->tag = out->subfield = "";
}

static bool is_in(struct mt940_view text, const char *at)
{
    /* Numbers, for only pointers into one object may be compared. */
    return text.data && (uintptr_t)at >= (uintptr_t)text.data && (uintptr_t)at <= (uintptr_t)(text.data + text.length);
}

static int report_flaw(struct mt940_reader *reader, const struct mt940_envelope_flaw *flaw)
{
    const struct mt940_assembly *message = &reader->message;
    struct mt940_view head = mt940_reader_kept(reader, &message->head.text);
    struct mt940_view behind = mt940_reader_kept(reader, &message->behind.text);
    const struct mt940_message_arg rule = mt940_argument_word("rule", flaw->rule);
    struct mt940_place place;
    if (!flaw->damaged && !reader->options.strict)
        return 0;
    bool in_behind = is_in(behind, flaw->at) && !is_in(head, flaw->at);
    place_of(in_behind ? &message->behind : &message->head, in_behind ? behind : head, flaw->at, &place);
    return mt940_report(reader, flaw->damaged ? MT940_M_REPAIR_ENVELOPE : MT940_M_NOT_STANDARD, &place, &rule, 1);
}

/* What the blocks say of the message as a whole. */
static int report_marks(struct mt940_reader *reader, const struct mt940_envelope *envelope)
{
    static const struct {
        uint32_t mark;
        int32_t message;
    } told[] = {
        {MT940_ENVELOPE_PDE | MT940_ENVELOPE_PDM, MT940_M_POSSIBLE_DUPLICATE_MARK},
        {MT940_ENVELOPE_TRAINING, MT940_M_TRAINING_MESSAGE},
    };
    const struct mt940_blocks *head = &reader->message.head;
    struct mt940_place place = {head->offset, head->line, 1, "", ""};
    int status = 0;
    for (size_t i = 0; i < sizeof told / sizeof told[0] && status == 0; i++)
        if (envelope->marks & told[i].mark)
            status = mt940_report(reader, told[i].message, &place, NULL, 0);
    if (status == 0 && envelope->answer == MT940_ANSWER_REFUSED)
        status = mt940_report(reader, MT940_M_ENVELOPE_REFUSED, &place, NULL, 0);
    return status;
}

int mt940_reader_judge_envelope(struct mt940_reader *reader)
{
    struct mt940_assembly *message = &reader->message;
    struct mt940_view head = mt940_reader_kept(reader, &message->head.text);
    struct mt940_view behind = mt940_reader_kept(reader, &message->behind.text);
    struct mt940_envelope envelope;
    int status = 0;
    envelope.size = sizeof envelope;
    if (message->behind.text.present) {
        message->trailer.envelope = behind;
        message->trailer.envelope_offset = message->behind.offset;
    }
    if (mt940_envelope_read(&head, &behind, &envelope))
        return 0;
    for (size_t i = 0; i < envelope.flaw_count && status == 0; i++)
        status = report_flaw(reader, &envelope.flaws[i]);
    return status ? status : report_marks(reader, &envelope);
}
