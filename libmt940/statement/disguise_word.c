/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_word.c: another word of the same form. What comes out is drawn from SHA-256 over the seed and the word, so
 * that a word is replaced alike everywhere, and nobody without the seed can go back. Vowels stay vowels, digits digits,
 * zeros in front zeros. Must not know where the word stands.
 */
#include "base/sha256.h"
#include "statement/disguise.h"
#include "statement/reading.h"
#include "text/evidence.h"
#include "text/mojibake.h"
#include "text/utf8.h"

#include "mt940connect/bic.h"
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

/* One TCKN in a hundred is valid; a word is drawn again until it is judged as the old one was. */
enum { attempts = 2000, iban_attempts = 16, iban_shortest = 15, country_length = 2 };

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

/* Bytes that look random, as many as are asked for. */
struct draw {
    struct mt940_sha256 base;
    uint8_t block[32];
    uint32_t number, used;
    const struct mt940_disguise *disguise;
};

static void draw_begin(struct draw *draw, const struct mt940_disguise *disguise, uint32_t attempt,
                       struct mt940_view word)
{
    uint8_t key[12];

    attempt += disguise->draws * attempts;
    for (size_t i = 0; i < 8; i++)
        key[i] = (uint8_t)(disguise->seed >> (56 - 8 * i));
    for (size_t i = 0; i < 4; i++)
        key[8 + i] = (uint8_t)(attempt >> (24 - 8 * i));
    mt940_sha256_init(&draw->base);
    mt940_sha256_update(&draw->base, key, sizeof key);
    /* "Mustafa" and "MUSTAFA" are one name. */
    for (size_t i = 0; i < word.length; i++) {
        char c = mt940_ascii_upper(word.data[i]);
        mt940_sha256_update(&draw->base, &c, 1);
    }
    draw->number = 0;
    draw->used = sizeof draw->block;
    draw->disguise = disguise;
}

static uint32_t draw_byte(struct draw *draw)
{
    if (draw->used == sizeof draw->block) {
        struct mt940_sha256 hash = draw->base;
        uint8_t number[4] = {(uint8_t)(draw->number >> 24), (uint8_t)(draw->number >> 16),
                             (uint8_t)(draw->number >> 8), (uint8_t)draw->number};
        mt940_sha256_part(&hash, number, sizeof number);
        mt940_sha256_final(&hash, draw->block);
        draw->number++;
        draw->used = 0;
    }
    return draw->block[draw->used++];
}

static uint64_t draw_number(struct draw *draw)
{
    uint64_t number = 0;

    for (size_t i = 0; i < 8; i++)
        number = number << 8 | draw_byte(draw);
    return number;
}

/* Letters that replace letters; the careful ones begin and end nothing that a reader knows, be it a mark or a code. */
static const struct letters {
    struct mt940_view vowels, consonants;
} usual_letters = {MT940_LITERAL("AEIOU"), MT940_LITERAL("BCDFGHJKLMNPQRSTVWXYZ")},
  careful_letters = {MT940_LITERAL("AIOU"), MT940_LITERAL("JKQVWXZ")};

/* In front of an amount these may be marks, and behind a currency, whatever stands around them. */
static const char field_marks[] = "CDR";

static char other_letter(struct draw *draw, char c)
{
    bool careful = draw->disguise->careful;
    const struct letters *letters = careful ? &careful_letters : &usual_letters;
    char upper = mt940_ascii_upper(c);
    if (careful && draw->disguise->in_field && memchr(field_marks, upper, sizeof field_marks - 1))
        return c;
    uint32_t number = draw_byte(draw);
    bool vowel = memchr(usual_letters.vowels.data, upper, usual_letters.vowels.length);
    const struct mt940_view *others = vowel ? &letters->vowels : &letters->consonants;
    char other = others->data[number % others->length];
    return upper == c ? other : (char)(other - 'A' + 'a');
}

/* Bytes of the well-formed UTF-8 character at `word`, or 1. */
static size_t character_length(const char *word, size_t length)
{
    uint32_t point;
    size_t taken = mt940_utf8_read((const unsigned char *)word, length, &point);

    return point == MT940_UTF8_INVALID ? 1 : taken;
}

/* Â Ã Ä Å Ô â before a sign may be a letter that was encoded twice. */
static bool begins_mojibake(unsigned char lead, char last)
{
    return lead == 0xC3 && memchr("\202\203\204\205\224\242", last, 6);
}

/* Bytes of the letter at `word` that was encoded twice, or 0. It stays: the statement's character set is told by it. */
static size_t mojibake_length(const char *word, size_t length)
{
    uint32_t point;

    return (unsigned char)word[0] >= 0x80 ? mt940_mojibake_read((const unsigned char *)word, length, &point) : 0;
}

/* What C2 and E2 lead, and of EF the mark of the byte order and U+FFFD; the letters of full and half width are not. */
static bool is_sign(const char *character)
{
    unsigned char lead = (unsigned char)character[0], second = (unsigned char)character[1];

    return lead == 0xC2 || lead == 0xE2 || (lead == 0xEF && (second < 0xBC || second > 0xBE));
}

/*
 * A character above 7F: of UTF-8 a Turkish letter for a Turkish one, else one beside it. A byte alone stays: which
 * bytes there are tells the character set.
 */
static void other_character(struct draw *draw, char *character, size_t length)
{
    static const char sets[][7][3] = {
        {"\303\207", "\304\236", "\304\260", "\303\226", "\305\236", "\303\234", ""},
        {"\303\247", "\304\237", "\304\261", "\303\266", "\305\237", "\303\274", ""}};
    uint32_t number = draw_byte(draw);

    if (length < 2)
        return;
    for (size_t set = 0; set < 2; set++) {
        for (size_t i = 0; length == 2 && i < 6; i++) {
            if (memcmp(sets[set][i], character, 2) == 0) {
                memcpy(character, sets[set][number % 6], 2);
                return;
            }
        }
    }
    /* U+00D7 and U+00F7 are no letters. */
    unsigned char lead = (unsigned char)character[0], last = (unsigned char)character[length - 1];
    char other = (char)(0x80 | (last & 0x20) | (number & 0x1F));
    if (!is_sign(character) && (number & 0x1F) != 0x17 && !begins_mojibake(lead, other))
        character[length - 1] = other;
}

/* A number without its zeros in front, which fill it up; the careful leave what may be the code of a sub-field. */
static size_t write_digits(struct draw *draw, char *digits, size_t length)
{
    enum { code_length = 2 };
    size_t at = 0, end = 0;

    while (end < length && mt940_ascii_is_digit(digits[end]))
        end++;
    while (at < end && digits[at] == '0')
        at++;
    for (size_t first = at; at < end; at++) {
        uint32_t number = draw_byte(draw);
        if (!draw->disguise->careful || at >= code_length)
            digits[at] = (char)(at == first ? '1' + number % 9 : '0' + number % 10);
    }
    return end;
}

/* Letters of a country and two digits. */
static bool begins_iban(const char *word, size_t length)
{
    return length > 3 && mt940_ascii_is_letter(word[0]) && mt940_ascii_is_letter(word[1]) &&
           mt940_ascii_is_digit(word[2]) && mt940_ascii_is_digit(word[3]);
}

static void write_other(struct draw *draw, char *word, size_t length)
{
    size_t start = draw->disguise->in_account && begins_iban(word, length) ? country_length : 0;

    for (size_t i = start, taken = 1; i < length; i += taken) {
        char c = word[i];
        taken = 1;
        if (mt940_ascii_is_digit(c)) {
            taken = write_digits(draw, word + i, length - i);
            continue;
        }
        if (mt940_ascii_is_letter(c)) {
            word[i] = other_letter(draw, c);
        } else if ((taken = mojibake_length(word + i, length - i)) == 0) {
            taken = character_length(word + i, length - i);
            other_character(draw, word + i, taken);
        }
    }
}

enum segment { segment_digits, segment_letters };

/* A run of digits, or of letters; "MehmetEREF" has two, for some texts are glued to the words of banks, "Svwz" one. */
static size_t segment_end(struct mt940_view word, size_t from, enum segment *kind)
{
    size_t at = from + 1, seam = 0;

    *kind = mt940_ascii_is_digit(word.data[from]) ? segment_digits : segment_letters;
    for (; at < word.length && mt940_ascii_is_digit(word.data[at]) == (*kind == segment_digits); at++)
        if (seam == 0 && (mt940_ascii_is_lower(word.data[at - 1]) || is_high(word.data[at - 1])) &&
            mt940_ascii_is_upper(word.data[at]))
            seam = at;
    return seam && !mt940_is_vocabulary(mt940_view_slice(word, from, at - from)) ? seam : at;
}

/* As many digits as a day or a year has: "12EYLUL2026". */
static bool is_day_or_year(size_t digits)
{
    enum { day = 2, year = 4 };

    return (digits > 0 && digits <= day) || digits == year;
}

static bool is_beside_day(struct mt940_view word, size_t start, size_t end)
{
    size_t before = start, after = end;

    while (before > 0 && mt940_ascii_is_digit(word.data[before - 1]))
        before--;
    while (after < word.length && mt940_ascii_is_digit(word.data[after]))
        after++;
    return is_day_or_year(start - before) || is_day_or_year(after - end);
}

/* A segment that is a name, too, says something else only beside a number. Whether a whole word does is asked before. */
static bool is_known(struct mt940_view word, size_t start, size_t end, enum segment kind)
{
    struct mt940_view segment = mt940_view_slice(word, start, end - start);

    if (kind != segment_letters || segment.length < 2 || !mt940_is_vocabulary(segment))
        return false;
    return segment.length == word.length || !mt940_is_name_too(segment) || is_beside_day(word, start, end);
}

/* Whether a segment that somebody could recognise is still what it was. Zeros in front of nothing say nothing. */
static bool survives(struct mt940_view old, const char *word, size_t start, size_t end)
{
    enum { recognisable_letters = 3, recognisable_digits = 4 };
    size_t zeros = start, recognisable = mt940_ascii_is_digit(old.data[start]) ? recognisable_digits : recognisable_letters;

    while (zeros < end && old.data[zeros] == '0')
        zeros++;
    return end - start >= recognisable && zeros < end && memcmp(old.data + start, word + start, end - start) == 0;
}

/* Whether a word is nothing but vocabulary. */
static bool is_all_known(struct mt940_view word)
{
    enum segment kind;

    for (size_t start = 0, end; start < word.length; start = end) {
        end = segment_end(word, start, &kind);
        if (!is_known(word, start, end, kind))
            return false;
    }
    return true;
}

/* Puts back the segments that are vocabulary; false where one became it that was not, or is not changed. */
static bool restore_vocabulary(struct mt940_view old, char *word)
{
    struct mt940_view changed = mt940_view_of(word, old.length);
    enum segment kind;
    bool good = true;

    for (size_t start = 0, end; start < old.length; start = end) {
        end = segment_end(old, start, &kind);
        if (is_known(old, start, end, kind))
            memcpy(word + start, old.data + start, end - start);
        else if (is_known(changed, start, end, kind) || survives(old, word, start, end))
            good = false;
    }
    return good;
}

/* What a reader may take the word for, as bits; in capitals, so that a name is judged alike in any case. */
static uint32_t judge(struct mt940_view given)
{
    char capitals[MT940_IBAN_MAX];
    struct mt940_view word = {capitals, given.length};
    uint32_t verdict = 0;

    if (given.length > sizeof capitals)
        return 0;
    for (size_t i = 0; i < given.length; i++)
        capitals[i] = mt940_ascii_upper(given.data[i]);
    if (word.length == 8 || word.length == 11)
        verdict |= mt940_bic_check(word.data, word.length, 0) == MT940_BIC_VALID ? 1 : 0;
    if (word.length == 10)
        verdict |= mt940_vkn_check(word.data, word.length) == MT940_TAX_ID_VALID ? 2 : 0;
    if (word.length == 9 || word.length == 10)
        verdict |= mt940_voen_check(word.data, word.length) == MT940_TAX_ID_VALID ? 4 : 0;
    if (word.length == 11)
        verdict |= mt940_tckn_check(word.data, word.length) == MT940_TAX_ID_VALID ? 8 : 0;
    if (word.length >= iban_shortest)
        verdict |= mt940_iban_check(word.data, word.length, 0) == MT940_IBAN_VALID ? 16 : 0;
    return verdict;
}

/* Where one is a blank of another set, their places tell how long a reference is. */
bool mt940_disguise_is_single(struct mt940_view word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!is_high(word.data[i]) || character_length(word.data + i, word.length - i) > 1 || mt940_gap_at(word, i))
            return false;
    return word.length > 0;
}

/*
 * Bytes that may lead a letter of UTF-8, or that may all go on one, without those that could share a letter with what
 * stands beside the word; *length 0 = they are mixed.
 */
static char *inner_letters(char *word, size_t *length)
{
    enum { lead = 0xC0 };
    bool leads = *length > 0 && (unsigned char)word[0] >= lead;

    for (size_t i = 0; i < *length; i++)
        if (((unsigned char)word[i] >= lead) != leads)
            *length = 0;
    *length -= *length > 0;
    return leads ? word : word + 1;
}

/* Not bytes that are no letter in some set: their place is told. */
void mt940_disguise_turn(char *word, size_t length)
{
    char *letters = inner_letters(word, &length);

    for (size_t i = 0; i < length; i++)
        if (mt940_letters_sign_of[(unsigned char)letters[i]] & (MT940_LETTERS_MISFIT | MT940_LETTERS_CP857))
            return;
    if (length < 2)
        return;
    char first = letters[0];
    memmove(letters, letters + 1, length - 1);
    letters[length - 1] = first;
}

enum { longest_word = 128 };

/* Where a word that is too long is cut: behind its last whole segment, which may be a word of banks. */
static size_t cut_at(struct mt940_view word)
{
    enum segment kind;
    size_t at = 0, end = 0;

    while (end <= longest_word) {
        at = end;
        end = segment_end(word, at, &kind);
    }
    return at ? at : longest_word;
}

/* `name`: a word that is a name here; whether the new one is vocabulary is asked all the same. */
static bool is_good(struct mt940_view before, char *word, bool name)
{
    if (!name)
        return restore_vocabulary(before, word);
    return !survives(before, word, 0, before.length) && !mt940_is_vocabulary(mt940_view_of(word, before.length));
}

static void replace_word(const struct mt940_disguise *disguise, char *word, size_t length, int place)
{
    char old[longest_word];

    if (length < 2)
        return;
    memcpy(old, word, length);
    struct mt940_view before = mt940_view_of(old, length);
    bool name = place == MT940_WORD_REST || (place == MT940_WORD_ALONE && mt940_is_name_too(before));
    if ((!name && (mt940_is_vocabulary(before) || is_all_known(before))) || character_length(old, length) == length)
        return;
    uint32_t verdict = judge(before);
    for (uint32_t attempt = 0; attempt < attempts; attempt++) {
        struct draw draw;
        memcpy(word, old, length);
        draw_begin(&draw, disguise, attempt, before);
        write_other(&draw, word, length);
        bool good = is_good(before, word, name) && judge(mt940_view_of(word, length)) == verdict;
        if (good && memcmp(word, old, length) != 0)
            break;
        /* Some have no other form. */
        if (attempt >= iban_attempts && judge(mt940_view_of(word, length)) == verdict)
            break;
    }
}

void mt940_disguise_word(const struct mt940_disguise *disguise, char *word, size_t length, int place)
{
    while (length > longest_word) {
        size_t cut = cut_at(mt940_view_of(word, length < 2 * longest_word ? length : 2 * longest_word));

        replace_word(disguise, word, cut, MT940_WORD_BESIDE);
        word += cut;
        length -= cut;
    }
    replace_word(disguise, word, length, place);
}

/* The same bank, another account; digits of the country are computed, or the whole is made up. */
static bool draw_iban(const struct mt940_iban *iban, struct draw *draw, char out[MT940_IBAN_MAX + 1])
{
    char bban[MT940_IBAN_MAX + 2];
    size_t length = strlen(iban->canonical), bank = iban->bank.offset + (size_t)iban->bank.length;
    size_t keep = bank > 4 ? bank : 4;

    memcpy(bban, iban->canonical, length + 1);
    write_other(draw, bban + keep, length - keep);
    if (mt940_iban_compute(iban->country, bban + 4, length - 4, out) == 0 &&
        mt940_iban_check(out, length, 0) == MT940_IBAN_VALID)
        return true;
    struct mt940_view parts[3] = {{bban + iban->bank.offset, iban->bank.length},
                                  {bban + iban->branch.offset, iban->branch.length},
                                  {bban + iban->account.offset, iban->account.length}};
    return mt940_iban_build(iban->country, parts[0].length ? &parts[0] : NULL, parts[1].length ? &parts[1] : NULL,
                            parts[2].length ? &parts[2] : NULL, out) == 0 &&
           strlen(out) == length && mt940_iban_check(out, length, 0) == MT940_IBAN_VALID;
}

void mt940_disguise_iban(const struct mt940_disguise *disguise, char *text, size_t length)
{
    struct mt940_iban iban = {.size = sizeof iban};
    char out[MT940_IBAN_MAX + 1];
    struct draw draw;
    bool good = false;

    if (mt940_iban_parse(text, length, 0, &iban) != 0 || iban.reason != MT940_IBAN_VALID)
        return;
    for (uint32_t attempt = 0; attempt < iban_attempts && !good; attempt++) {
        draw_begin(&draw, disguise, attempt, mt940_view_of(text, length));
        good = draw_iban(&iban, &draw, out) && memcmp(out, text, length) != 0;
    }
    if (!good)
        good = mt940_iban_sample(iban.country, draw_number(&draw), out) == 0 && strlen(out) == length;
    if (good)
        memcpy(text, out, length);
}

void mt940_disguise_bic(const struct mt940_disguise *disguise, char *bic, size_t length)
{
    enum { party = 4, head = 8, branch = 3 };
    struct draw draw;

    draw_begin(&draw, disguise, 0, mt940_view_of(bic, length < head ? length : head));
    write_other(&draw, bic, length < party ? length : party);
    if (length == head + branch && memcmp(bic + head, "XXX", branch) != 0)
        write_other(&draw, bic + head, branch);
}

static bool is_tax_id(const char *digits, size_t length, int32_t kind)
{
    int reason = kind == MT940_TAX_ID_VKN    ? mt940_vkn_check(digits, length)
                 : kind == MT940_TAX_ID_TCKN ? mt940_tckn_check(digits, length)
                                             : mt940_voen_check(digits, length);
    return reason == MT940_TAX_ID_VALID;
}

void mt940_disguise_tax_id(const struct mt940_disguise *disguise, char *digits, size_t length, int32_t kind)
{
    enum { longest = 11 };
    char old[longest];

    if (length > longest)
        return;
    memcpy(old, digits, length);
    for (uint32_t attempt = 0; attempt < attempts; attempt++) {
        struct draw draw;
        memcpy(digits, old, length);
        draw_begin(&draw, disguise, attempt, mt940_view_of(old, length));
        write_other(&draw, digits, length);
        if (is_tax_id(digits, length, kind) == is_tax_id(old, length, kind) && memcmp(digits, old, length) != 0)
            return;
    }
}
