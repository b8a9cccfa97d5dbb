/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope.c: finds the blocks of a FIN message, also where braces are missing or too many: a block that is not closed
 * ends where the next one begins. Each byte is looked at once or twice. What blocks hold is envelope_block.c's business.
 */
#include "statement/envelope.h"

#include "base/export.h"
#include "base/failure.h"

/* A place in the bytes, and what was met on the way. */
struct walk {
    struct mt940_envelope *envelope;
    struct mt940_view bytes;
    size_t at;
    int last;     /* place of the last block in the order 1 2 3 4 5 S, from 1 */
    bool service; /* the open message is a service message (ACK, NAK) */
    bool over;    /* another message begins */
};

static const char block_names[] = "12345S";

/* The place of a block in the order, from 1; 0 where none begins at `at`. */
static int block_at(const struct walk *walk, size_t at)
{
    const struct mt940_view *bytes = &walk->bytes;
    if (at >= bytes->length || bytes->length - at < 3 || bytes->data[at] != '{' || bytes->data[at + 2] != ':')
        return 0;
    const char *name = memchr(block_names, bytes->data[at + 1], sizeof block_names - 1);
    return name ? (int)(name - block_names) + 1 : 0;
}

static void flaw(struct walk *walk, char block, size_t at, const char *rule)
{
    mt940_envelope_add_flaw(walk->envelope, block, walk->bytes.data + at, true, rule);
}

/* The content of a block without blocks inside; stands behind its brace then. */
static struct mt940_view take_plain(struct walk *walk, char block)
{
    size_t start = walk->at, end;
    while (walk->at < walk->bytes.length && walk->bytes.data[walk->at] != '}' && walk->bytes.data[walk->at] != '{')
        walk->at++;
    end = walk->at;
    if (walk->at < walk->bytes.length && walk->bytes.data[walk->at] == '}')
        walk->at++;
    else
        flaw(walk, block, start, "a brace that closes the block");
    return mt940_view_trim(mt940_view_slice(walk->bytes, start, end - start));
}

/* "{108:REF}": behind its brace. Braces inside a value are its own. */
static void take_tag(struct walk *walk, char block)
{
    const char *data = walk->bytes.data;
    size_t start = ++walk->at, colon, depth = 0;
    while (walk->at < walk->bytes.length && mt940_ascii_is_alnum(data[walk->at]))
        walk->at++;
    colon = walk->at;
    if (colon == walk->bytes.length || data[colon] != ':')
        flaw(walk, block, start, "a tag and a colon behind its brace");
    size_t value = colon < walk->bytes.length && data[colon] == ':' ? colon + 1 : colon;
    for (walk->at = value; walk->at < walk->bytes.length && !block_at(walk, walk->at); walk->at++) {
        depth += data[walk->at] == '{';
        if (data[walk->at] == '}' && depth-- == 0)
            break;
    }
    bool closed = walk->at < walk->bytes.length && data[walk->at] == '}';
    struct mt940_view content = mt940_view_slice(walk->bytes, value, walk->at - value);
    walk->at += closed;
    if (!closed)
        flaw(walk, block, start, "a brace that closes the tag");
    else if (content.length && memchr(content.data, '{', content.length))
        flaw(walk, block, start, "no braces inside a tag");
    mt940_envelope_tag(walk->envelope, block, mt940_view_slice(walk->bytes, start, colon - start), content);
}

/* Tags up to the brace that closes the block. */
static void take_tags(struct walk *walk, char block)
{
    size_t start = walk->at;
    bool text = false;
    while (walk->at < walk->bytes.length && walk->bytes.data[walk->at] != '}' && !block_at(walk, walk->at)) {
        if (walk->bytes.data[walk->at] == '{') {
            take_tag(walk, block);
        } else {
            text = text || (unsigned char)walk->bytes.data[walk->at] > ' ';
            walk->at++;
        }
    }
    if (text)
        flaw(walk, block, start, "tags in braces in blocks 3, 5 and S");
    if (walk->at < walk->bytes.length && walk->bytes.data[walk->at] == '}')
        walk->at++;
    else
        flaw(walk, block, start, "a brace that closes the block");
}

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

/* "-}" at the beginning of a line; a brace elsewhere is a letter of the text. */
static size_t find_text_end(const struct walk *walk)
{
    const struct mt940_view *bytes = &walk->bytes;
    size_t at = walk->at;
    for (const char *brace; at < bytes->length && (brace = memchr(bytes->data + at, '}', bytes->length - at)) != NULL;) {
        at = (size_t)(brace - bytes->data) + 1;
        if (at >= walk->at + 2 && brace[-1] == '-' && (at == walk->at + 2 || ends_line(brace[-2])))
            return at - 2;
    }
    return bytes->length;
}

/* The text of the message, or nothing where it was taken out: the bytes end, or the next block begins. */
static void take_text(struct walk *walk)
{
    if (block_at(walk, walk->at))
        return;
    size_t start = walk->at, end = find_text_end(walk);
    bool closed = end < walk->bytes.length;
    walk->envelope->text = mt940_view_slice(walk->bytes, start, end - start);
    walk->at = closed ? end + 2 : end;
    if (!closed && mt940_view_trim(walk->envelope->text).length)
        flaw(walk, '4', start, "-} behind the text");
    else if (!closed)
        walk->envelope->text = mt940_view_of(NULL, 0);
}

static void take_first(struct walk *walk)
{
    struct mt940_view content;
    walk->at += 3;
    content = take_plain(walk, '1');
    mt940_envelope_block1(walk->envelope, content, &walk->service);
}

static bool holds_tags(const struct walk *walk)
{
    return walk->at < walk->bytes.length && walk->bytes.data[walk->at] == '{' && !block_at(walk, walk->at);
}

/* Block 4 of a service message holds tags; then comes the message it speaks of. */
static void take_service(struct walk *walk)
{
    take_tags(walk, '4');
    if (!walk->service)
        return;
    walk->last = 0;
    walk->envelope->blocks = 0;
}

static void take_block(struct walk *walk, int place)
{
    struct mt940_envelope *envelope = walk->envelope;
    char block = block_names[place - 1];
    uint32_t bit = 1u << (place - 1);
    if (envelope->blocks & bit)
        flaw(walk, block, walk->at, "every block once");
    else if (place < walk->last)
        flaw(walk, block, walk->at, "the order of the blocks");
    envelope->blocks |= bit;
    walk->last = place;
    if (block == '1') {
        take_first(walk);
        return;
    }
    walk->at += 3;
    if (block == '2')
        mt940_envelope_block2(envelope, take_plain(walk, '2'));
    else if (block != '4')
        take_tags(walk, block);
    else if (walk->service || holds_tags(walk))
        take_service(walk);
    else
        take_text(walk);
}

/* Up to the next message, which begins with a block 1 behind a text or a trailer. */
static void take_blocks(struct walk *walk)
{
    while (walk->at < walk->bytes.length && !walk->over) {
        int place = block_at(walk, walk->at);
        walk->over = place == 1 && walk->envelope->blocks != 0 && !walk->service;
        if (walk->over)
            break;
        if (place > 0) {
            take_block(walk, place);
            continue;
        }
        if ((unsigned char)walk->bytes.data[walk->at] > ' ' && walk->bytes.data[walk->at] != '$' && walk->last) {
            flaw(walk, block_names[walk->last - 1], walk->at, "nothing between the blocks");
            while (walk->at < walk->bytes.length && !block_at(walk, walk->at))
                walk->at++;
            continue;
        }
        walk->at++;
    }
}

static void check_missing(struct walk *walk)
{
    static const struct {
        uint32_t bit;
        char block;
        const char *rule;
    } needed[] = {
        {MT940_BLOCK_1, '1', "block 1"}, {MT940_BLOCK_2, '2', "block 2"}, {MT940_BLOCK_4, '4', "block 4"}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0] && walk->envelope->blocks; i++)
        if (!(walk->envelope->blocks & needed[i].bit))
            flaw(walk, needed[i].block, 0, needed[i].rule);
}

static void begin(struct mt940_envelope *out)
{
    size_t size = out->size;
    memset(out, 0, sizeof *out);
    out->size = size;
    out->input_time = out->output_time = -1;
}

/* The blocks behind the text: anything but trailers is out of order. */
static void take_behind(struct mt940_envelope *out, const struct mt940_view *behind, int last)
{
    struct walk walk = {out, *behind, 0, last, false, false};
    take_blocks(&walk);
}

MT940_EXPORT int mt940_envelope_read(const struct mt940_view *message, const struct mt940_view *behind,
                                     struct mt940_envelope *out)
{
    if (!message || (!message->data && message->length) || (behind && !behind->data && behind->length) || !out ||
        mt940_check_size(out, out->size, sizeof *out, sizeof *out))
        return MT940_E_ARGUMENT;
    begin(out);
    struct walk walk = {out, *message, 0, 0, false, false};
    while (walk.at < walk.bytes.length && ((unsigned char)walk.bytes.data[walk.at] <= ' ' || walk.bytes.data[walk.at] == '$'))
        walk.at++;
    if (!block_at(&walk, walk.at))
        return MT940_E_NOT_FOUND;
    take_blocks(&walk);
    out->length = walk.at;
    check_missing(&walk);
    if (behind && behind->length)
        take_behind(out, behind, walk.last);
    mt940_envelope_settle(out);
    return MT940_OK;
}

MT940_EXPORT int mt940_statement_envelope(const struct mt940_statement *statement, struct mt940_envelope *out)
{
    return statement ? mt940_envelope_read(&statement->header.envelope, &statement->trailer.envelope, out)
                     : MT940_E_ARGUMENT;
}

MT940_EXPORT const struct mt940_envelope_field *mt940_envelope_find(const struct mt940_envelope *envelope, char block,
                                                                    const char *tag)
{
    for (size_t i = 0; envelope && tag && i < envelope->field_count; i++)
        if (envelope->fields[i].block == block && mt940_view_is(envelope->fields[i].tag, tag))
            return &envelope->fields[i];
    return NULL;
}
