/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_slash.c: words between slashes: "/EREF/…/BENM//NAME/…/REMI/…". Values may hold slashes: only words of
 * narrative_words.def, and unknown words at the beginning of a line, begin a sub-field.
 */
#include "statement/narrative.h"

enum {
    meaning_NOTHING = MT940_NARRATIVE_NOTHING,
    meaning_TRANSACTION_CODE = MT940_NARRATIVE_TRANSACTION_CODE,
    meaning_BOOKING_TEXT = MT940_NARRATIVE_BOOKING_TEXT,
    meaning_NAME = MT940_NARRATIVE_NAME,
    meaning_ACCOUNT = MT940_NARRATIVE_ACCOUNT,
    meaning_END_TO_END = MT940_NARRATIVE_END_TO_END,
    meaning_CUSTOMER_REFERENCE = MT940_NARRATIVE_CUSTOMER_REFERENCE,
    meaning_MANDATE = MT940_NARRATIVE_MANDATE,
    meaning_CREDITOR_ID = MT940_NARRATIVE_CREDITOR_ID,
    meaning_PURPOSE_CODE = MT940_NARRATIVE_PURPOSE_CODE,
    meaning_CREDITOR_REFERENCE = MT940_NARRATIVE_CREDITOR_REFERENCE,
    meaning_RETURN_REASON = MT940_NARRATIVE_RETURN_REASON,
    meaning_ORIGINAL_AMOUNT = MT940_NARRATIVE_ORIGINAL_AMOUNT,
    meaning_CHARGES = MT940_NARRATIVE_CHARGES,
    meaning_BANK = mt940_meaning_bank,
    meaning_PARTY = mt940_meaning_party,
    meaning_REMITTANCE = mt940_meaning_remittance
};
enum {
    party_ANYBODY = mt940_party_anybody,
    party_SENDER = mt940_party_sender,
    party_RECEIVER = mt940_party_receiver,
    party_ULTIMATE = mt940_party_ultimate,
    party_THE_SAME = mt940_party_the_same
};

static const struct word {
    struct mt940_view text;
    int32_t meaning, party;
} words[] = {
#define MT940_SLASH(word, meaning, party) {MT940_LITERAL(word), meaning_##meaning, party_##party},
#include "statement/narrative_words.def"
};

enum { longest = 15 };

static const struct word unknown = {{NULL, 0}, MT940_NARRATIVE_NOTHING, mt940_party_anybody};

/* A word at `start`, the slash in front of it included; its value begins at `value`. */
struct found {
    const struct word *word;
    struct mt940_view code;
    size_t start, value;
};

static const struct word *lookup(struct mt940_view code)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].text.length == code.length && words[i].text.data[0] == code.data[0] &&
            memcmp(words[i].text.data, code.data, code.length) == 0)
            return &words[i];
    return NULL;
}

/* Reads "WORD/" at `at`; capitals and hyphens only. */
static bool word_at(struct mt940_view text, size_t at, struct found *found)
{
    size_t end = at;

    while (end < text.length && end - at <= longest && (mt940_ascii_is_upper(text.data[end]) || text.data[end] == '-'))
        end++;
    if (end >= text.length || text.data[end] != '/' || end - at < 2 || end - at > longest)
        return false;
    found->code = mt940_view_slice(text, at, end - at);
    found->start = at;
    found->value = end + 1;
    found->word = lookup(found->code);
    return true;
}

/* Whether a line begins at `at`, blanks aside. */
static bool begins_line(struct mt940_view text, size_t at)
{
    while (at > 0 && text.data[at - 1] == ' ')
        at--;
    return at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == '\r';
}

/* A word may be torn from its slash by a line's end; more than two blanks are none of that. */
static size_t after_blanks(struct mt940_view text, size_t at)
{
    for (int i = 0; i < 2 && at < text.length && (unsigned char)text.data[at] <= ' '; i++)
        at++;
    return at;
}

/* The first word at or behind `from`. The text may begin with a known word that lacks its slash. */
static bool next_word(struct mt940_view text, size_t from, struct found *found)
{
    if (from == 0 && word_at(text, 0, found) && found->word)
        return true;
    while (from < text.length) {
        const char *slash = memchr(text.data + from, '/', text.length - from);
        if (slash == NULL)
            return false;
        size_t at = (size_t)(slash - text.data);
        if (word_at(text, after_blanks(text, at + 1), found) && (found->word || begins_line(text, at))) {
            found->start = at;
            found->word = found->word ? found->word : &unknown;
            return true;
        }
        from = at + 1;
    }
    return false;
}

/* A known word in front, or two words of which one is known or all begin lines. */
int32_t mt940_slash_detect(struct mt940_view text)
{
    uint64_t known = 0, count = 0;
    struct found found;
    bool leads = false;

    if (text.length == 0 || !memchr(text.data, '/', text.length))
        return 0;
    for (size_t at = 0; next_word(text, at, &found); at = found.value) {
        if (count == 0)
            leads = text.data[found.start] == '/' && begins_line(text, found.start) && mt940_view_trim(
                mt940_view_slice(text, 0, found.start)).length == 0;
        count++;
        known += found.word != &unknown;
    }
    if ((leads && known + count >= 2) || known >= 2)
        return (int32_t)(50 + 50 * known / count);
    return 0;
}

/* Slashes that close a sub-field are no part of its value, nor is the one before the next word. */
static struct mt940_view value_of(struct mt940_view text, size_t from, size_t to)
{
    struct mt940_view value = mt940_view_trim(mt940_view_slice(text, from, to - from));

    while (value.length > 0 && (value.data[value.length - 1] == '/' || (unsigned char)value.data[value.length - 1] <= ' '))
        value.length--;
    return value;
}

/* The reason is the first part: "MS03/…". */
static struct mt940_view first_part(struct mt940_view value)
{
    const char *slash = value.length ? memchr(value.data, '/', value.length) : NULL;

    return slash ? mt940_view_slice(value, 0, (size_t)(slash - value.data)) : value;
}

/* "CD/SALA": a code of ISO 20022, beside "PRTRY/…". */
static struct mt940_view without_kind(struct mt940_view value)
{
    static const char kind[] = "CD/";
    enum { length = sizeof kind - 1 };
    bool named = value.length > length && memcmp(value.data, kind, length) == 0;

    return named ? mt940_view_slice(value, length, value.length) : value;
}

static void read_value(struct mt940_narrative_reading *reading, const struct found *found, struct mt940_view value)
{
    const struct word *word = found->word;
    int32_t party = word->party == mt940_party_the_same ? reading->party : word->party;

    mt940_narrative_add(reading, found->code, value, word->meaning, 0);
    if (word->meaning == mt940_meaning_party)
        reading->party = word->party;
    if (word->meaning == MT940_NARRATIVE_RETURN_REASON || word->meaning == MT940_NARRATIVE_TRANSACTION_CODE)
        value = mt940_view_trim(first_part(value));
    if (word->meaning == MT940_NARRATIVE_PURPOSE_CODE)
        value = without_kind(value);
    mt940_narrative_take_of(reading, party, word->meaning, value);
}

void mt940_slash_read(struct mt940_narrative_reading *reading)
{
    struct mt940_view text = reading->out->text;
    struct found found, next;

    if (!next_word(text, 0, &found))
        return;
    reading->lead = mt940_view_trim(mt940_view_slice(text, 0, found.start));
    if (reading->lead.length > 0)
        mt940_narrative_add(reading, mt940_view_slice(text, 0, 0), reading->lead, MT940_NARRATIVE_NOTHING, 0);
    for (bool more = true; more; found = next) {
        more = next_word(text, found.value, &next);
        read_value(reading, &found, value_of(text, found.value, more ? next.start : text.length));
    }
}
