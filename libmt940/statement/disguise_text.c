/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_text.c: the words of a text. Its lines are joined where a reader joins them, and numbers of sub-fields are
 * left out, so that a name that was cut is one name; what was found is replaced where it stands. Must not know the field
 * the text is from.
 */
#include "statement/disguise.h"
#include "statement/cursor.h"
#include "statement/narrative.h"
#include "text/utf8.h"

#include "mt940connect/bic.h"
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

/* A place that is none: something was left out here. */
#define NOWHERE UINT32_MAX

/* Bytes of a line that is full, and of a full sub-field of the German format. */
enum { full_line = 65, nearly_full = 63, first_nearly_full = 60, full_piece = 27, phone_digits = 7, iban_shortest = 15, tax_id_shortest = 9,
       bic_shortest = 8 };

static void put_break(struct mt940_disguise *disguise)
{
    if (disguise->length == 0 || disguise->text[disguise->length - 1] == '\n')
        return;
    disguise->text[disguise->length] = '\n';
    disguise->places[disguise->length++] = NOWHERE;
}

/* The blank that does not break, of sets of one byte, in a number: in UTF-8 no byte A0 stands beside ASCII on both sides. */
static bool is_hard_blank(const char *raw, size_t from, size_t at, size_t to)
{
    return (unsigned char)raw[at] == 0xA0 && at > from && at + 1 < to && mt940_ascii_is_alnum(raw[at - 1]) &&
           mt940_ascii_is_digit(raw[at + 1]);
}

static bool is_control(char c)
{
    return ((unsigned char)c < ' ' && c != '\t') || c == 0x7F;
}

/*
 * Without control bytes: a reader drops them, and a word goes on behind one. Two bytes above 7F around one are no letter
 * to those who tell the character set, so the word ends there.
 */
static void put(struct mt940_disguise *disguise, const char *raw, size_t from, size_t to)
{
    for (size_t first = from; from < to; from++) {
        if (is_control(raw[from])) {
            if (from > first && (unsigned char)raw[from - 1] >= 0x80)
                put_break(disguise);
            continue;
        }
        disguise->text[disguise->length] = is_hard_blank(raw, first, from, to) ? ' ' : raw[from];
        disguise->places[disguise->length++] = (uint32_t)from;
    }
}

/* Whether a structured text goes on in the next line, as readers know, though the line before is not full. */
static bool goes_on(struct mt940_view before, struct mt940_view line, bool coded)
{
    if (before.length == 0 || line.length == 0)
        return false;
    char last = before.data[before.length - 1], next = line.data[0];
    return coded ? mt940_ascii_is_digit(last) && mt940_ascii_is_digit(next) : last == '/' && next != '/';
}

/* The content of the lines into `text`. */
static void join_lines(struct mt940_disguise *disguise, const char *raw, size_t length)
{
    struct mt940_cursor cursor = {mt940_view_of(raw, length), 0};
    struct mt940_view before = {NULL, 0};
    bool coded = mt940_coded_possible(cursor.text), numbered = !coded && mt940_has_ns(cursor.text);
    /* Structured texts lose blanks at the ends of their lines, and some banks count ":86:"; readers know (narrative.c). */
    bool structured = coded || mt940_slash_detect(cursor.text) > 0;
    size_t full = structured ? first_nearly_full : full_line;

    disguise->length = 0;
    while (!mt940_cursor_end(&cursor)) {
        size_t start = cursor.at;
        struct mt940_view line = mt940_cursor_line(&cursor);
        size_t kept = mt940_structure_length(line, numbered);
        numbered = numbered || mt940_begins_with_ns(line);
        bool tight = before.length >= full || mt940_word_across(before, line) ||
                     (structured && goes_on(before, line, coded));
        if (kept || !tight || disguise->apart)
            put_break(disguise);
        full = structured && start > 0 ? nearly_full : full;
        put(disguise, raw, start + kept, start + line.length);
        before = line;
        while (mt940_cursor_peek(&cursor, 0) == '\r' || mt940_cursor_peek(&cursor, 0) == '\n')
            cursor.at++;
    }
}

static bool is_code(const struct mt940_disguise *disguise, size_t at, char separator)
{
    const char *text = disguise->text;

    return text[at] == separator && disguise->length - at > 2 && mt940_ascii_is_digit(text[at + 1]) &&
           mt940_ascii_is_digit(text[at + 2]) &&
           !(separator == '+' && mt940_word_before(mt940_view_of(text, disguise->length), at));
}

/* Whether a text begins with a word like "EREF+", of two to four letters. */
static bool begins_with_word(struct mt940_view text)
{
    enum { shortest = 2, longest = 4 };

    for (size_t at = shortest; at <= longest && at < text.length; at++)
        if (text.data[at] == '+' && mt940_word_before(text, at))
            return true;
    return false;
}

/* Codes whose sub-fields are no pieces of a longer text: booking text, numbers, bank and account, return reason. */
static bool is_alone(const char *code)
{
    static const char alone[] = "303134";

    for (size_t i = 0; i + 1 < sizeof alone; i += 2)
        if (code[0] == alone[i] && code[1] == alone[i + 1])
            return true;
    return code[0] == '0' || code[0] == '1';
}

/* Whether the word before a code goes on behind it; `filled`: the sub-field that ends here is full. */
static bool is_one_word(const struct mt940_disguise *disguise, size_t to, size_t after, bool filled)
{
    struct mt940_view next = mt940_view_of(disguise->text + after, disguise->length - after);

    if (begins_with_word(next))
        return false;
    return (filled && !disguise->apart) || mt940_word_across(mt940_view_of(disguise->text, to), next);
}

/* Takes the numbers of sub-fields out of `text`; a full sub-field goes on in the next one, unless a word begins that. */
static void leave_out_codes(struct mt940_disguise *disguise)
{
    struct mt940_pieces pieces;
    int32_t score;
    char separator = mt940_coded_detect(mt940_view_of(disguise->text, disguise->length), &score, &pieces);
    size_t to = 0, piece = 0;
    bool alone = true;

    for (size_t at = 0; separator && at < disguise->length;) {
        if (!is_code(disguise, at, separator)) {
            disguise->places[to] = disguise->places[at];
            disguise->text[to++] = disguise->text[at++];
            piece++;
            continue;
        }
        bool was_alone = alone;
        /* A code at the beginning of a line. */
        to -= to > 0 && disguise->text[to - 1] == '\n';
        /* One that is empty parts nothing. */
        for (; at < disguise->length && is_code(disguise, at, separator); at += 3)
            alone = is_alone(disguise->text + at + 1);
        if (((was_alone || alone) && !disguise->apart) || !is_one_word(disguise, to, at, piece >= full_piece)) {
            disguise->text[to] = '\n';
            disguise->places[to++] = NOWHERE;
        }
        piece = 0;
    }
    if (separator)
        disguise->length = to;
}

/* Makes room for what is found. */
static bool reserve_found(struct mt940_disguise *disguise, size_t count, size_t element)
{
    int status = mt940_memory_reserve(&disguise->memory, &disguise->found, &disguise->found_capacity, count * element, 1);

    if (status)
        disguise->status = status;
    return status == 0;
}

/* Puts a replacement of letters and digits over the ones at `from`, which may have blanks between. */
static void put_over(struct mt940_disguise *disguise, size_t from, size_t length, const char *other, size_t count)
{
    for (size_t i = from, used = 0; i < from + length && used < count; i++) {
        char old = disguise->text[i];
        if (!mt940_ascii_is_alnum(old))
            continue;
        char c = other[used++];
        disguise->text[i] = mt940_ascii_is_lower(old) && mt940_ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
    }
}

/* Marks what is done with: it is written, and a break to those who look on. */
static void write_back(struct mt940_disguise *disguise, char *raw, size_t from, size_t length)
{
    for (size_t i = from; i < from + length; i++) {
        if (disguise->places[i] != NOWHERE && disguise->text[i] != ' ')
            raw[disguise->places[i]] = disguise->text[i];
        disguise->text[i] = '\n';
    }
}

static void replace_ibans(struct mt940_disguise *disguise, char *raw)
{
    size_t count = disguise->length < iban_shortest ? 0 : mt940_iban_scan(disguise->text, disguise->length, NULL, 0);

    if (count == 0 || !reserve_found(disguise, count, sizeof(struct mt940_iban_found)))
        return;
    struct mt940_iban_found *found = disguise->found;
    mt940_iban_scan(disguise->text, disguise->length, found, count);
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(found[i].canonical);
        mt940_disguise_iban(disguise, found[i].canonical, length);
        put_over(disguise, found[i].offset, found[i].length, found[i].canonical, length);
        write_back(disguise, raw, found[i].offset, found[i].length);
    }
}

static void replace_tax_ids(struct mt940_disguise *disguise, char *raw)
{
    size_t count = disguise->length < tax_id_shortest ? 0 : mt940_tax_id_scan(disguise->text, disguise->length, NULL, 0);

    if (count == 0 || !reserve_found(disguise, count, sizeof(struct mt940_tax_id_found)))
        return;
    struct mt940_tax_id_found *found = disguise->found;
    mt940_tax_id_scan(disguise->text, disguise->length, found, count);
    for (size_t i = 0; i < count; i++) {
        mt940_disguise_tax_id(disguise, disguise->text + found[i].offset, found[i].length, found[i].kind);
        write_back(disguise, raw, found[i].offset, found[i].length);
    }
}

static void replace_bics(struct mt940_disguise *disguise, char *raw)
{
    size_t count = disguise->length < bic_shortest ? 0 : mt940_bic_scan(disguise->text, disguise->length, NULL, 0);

    if (count == 0 || !reserve_found(disguise, count, sizeof(struct mt940_bic_found)))
        return;
    struct mt940_bic_found *found = disguise->found;
    mt940_bic_scan(disguise->text, disguise->length, found, count);
    for (size_t i = 0; i < count; i++) {
        if (found[i].length == strlen(found[i].canonical))
            mt940_disguise_bic(disguise, disguise->text + found[i].offset, found[i].length);
        write_back(disguise, raw, found[i].offset, found[i].length);
    }
}

static size_t digits_at(struct mt940_view text, size_t at)
{
    size_t count = 0;

    while (at + count < text.length && mt940_ascii_is_digit(text.data[at + count]))
        count++;
    return count;
}

static uint32_t number_at(struct mt940_view text, size_t at, size_t count)
{
    uint32_t number = 0;

    for (size_t i = 0; i < count; i++)
        number = number * 10 + (uint32_t)(text.data[at + i] - '0');
    return number;
}

/* Bytes of a date at `at`, 15.07.2026 or 2026-07-15 with any of . - /; 0 = none. */
static size_t date_at(struct mt940_view text, size_t at)
{
    size_t first = digits_at(text, at), mark = at + first;
    char separator = mark < text.length ? text.data[mark] : '\0';
    size_t second = digits_at(text, mark + 1), mark2 = mark + 1 + second;

    if ((separator != '.' && separator != '-' && separator != '/') || first == 0 || second == 0 || second > 2 ||
        mark2 >= text.length || text.data[mark2] != separator)
        return 0;
    size_t third = digits_at(text, mark2 + 1), end = mark2 + 1 + third;
    bool year_first = first == 4;
    if (!(year_first ? third == 1 || third == 2 : first <= 2 && (third == 2 || third == 4)) ||
        (end < text.length && mt940_is_word_byte(text.data[end])))
        return 0;
    uint32_t month = number_at(text, mark + 1, second);
    uint32_t day = year_first ? number_at(text, mark2 + 1, third) : number_at(text, at, first);
    uint32_t year = year_first ? number_at(text, at, first) : number_at(text, mark2 + 1, third);
    bool usual = third == 2 ? true : year >= 1980 && year < 2080;
    return usual && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? end - at : 0;
}

/*
 * Where a number in groups ends that begins at `at` ("0532 123 45 67", "532.123.45.67"); `at` = it is none, or has few
 * digits, or dots in front of every three, as amounts have them.
 */
static size_t groups_end(struct mt940_view text, size_t at)
{
    enum { grouped = 3 };
    size_t end = at, total = 0, groups = 0;
    bool dots = false, amount = true;

    for (size_t next = at;;) {
        size_t count = digits_at(text, next);
        if (count == 0 || (next + count < text.length && mt940_is_word_byte(text.data[next + count])))
            break;
        amount = amount && (groups == 0 ? count <= grouped : count == grouped);
        dots = dots || (groups > 0 && text.data[next - 1] == '.');
        total += count;
        groups++;
        end = next + count;
        if (end >= text.length || !memchr(" -.", text.data[end], 3))
            break;
        next = end + 1;
    }
    return groups > 1 && total >= phone_digits && !(dots && amount) ? end : at;
}

static bool is_short_number(struct mt940_view word)
{
    enum { longest = 3 };

    return word.length <= longest && digits_at(word, 0) == word.length;
}

/* Letters of one byte, in the runs in which they stand in the file. */
static void turn_runs(struct mt940_disguise *disguise, size_t start, size_t end)
{
    for (size_t next = start; start < end; start = next) {
        for (next = start + 1; next < end && disguise->places[next] == disguise->places[next - 1] + 1; next++)
            ;
        mt940_disguise_turn(disguise->text + start, next - start);
    }
}

/* Whether a word stands in front of a sign, or a number beside it: "ALICI:", "15 EYLUL 2026". */
static bool is_beside(struct mt940_view text, size_t start, size_t end)
{
    static const char signs[] = ":=";

    if (end < text.length && memchr(signs, text.data[end], sizeof signs - 1))
        return true;
    while (end < text.length && text.data[end] == ' ')
        end++;
    while (start > 0 && text.data[start - 1] == ' ')
        start--;
    return (end < text.length && mt940_ascii_is_digit(text.data[end])) ||
           (start > 0 && mt940_ascii_is_digit(text.data[start - 1]));
}

/* Whether a word is the rest of one that begins with what looks like a mark and stays: then it is no word of banks. */
static bool is_rest(const struct mt940_disguise *disguise, const char *raw, size_t start)
{
    uint32_t place = disguise->places[start];

    return place != NOWHERE && place > 0 && mt940_ascii_is_letter(raw[place - 1]) &&
           mt940_ascii_is_letter(disguise->text[start]) &&
           (start == 0 || disguise->places[start - 1] != place - 1);
}

static void replace_word(struct mt940_disguise *disguise, const char *raw, size_t start, size_t end)
{
    int place = is_rest(disguise, raw, start)                                                  ? MT940_WORD_REST
                : is_beside(mt940_view_of(disguise->text, disguise->length), start, end) ? MT940_WORD_BESIDE
                                                                                         : MT940_WORD_ALONE;

    if (mt940_disguise_is_single(mt940_view_of(disguise->text + start, end - start)))
        turn_runs(disguise, start, end);
    else
        mt940_disguise_word(disguise, disguise->text + start, end - start, place);
}

/*
 * A letter that a line or sub-field cuts stays: it may be none, and what the set is told by stands in the file. What
 * replaced it is as long.
 */
static void write_word(const struct mt940_disguise *disguise, char *raw, size_t at, size_t end)
{
    while (at < end) {
        uint32_t point;
        size_t length = mt940_utf8_read((const unsigned char *)disguise->text + at, end - at, &point);
        length = point == MT940_UTF8_INVALID ? 1 : length;
        bool whole = disguise->places[at + length - 1] - disguise->places[at] == length - 1;
        for (size_t next = at + length; at < next; at++)
            if (whole && disguise->places[at] != NOWHERE)
                raw[disguise->places[at]] = disguise->text[at];
    }
}

static void replace_words(struct mt940_disguise *disguise, char *raw)
{
    struct mt940_view text = mt940_view_of(disguise->text, disguise->length);
    size_t groups = 0; /* numbers before this are parts of a longer one */

    for (size_t at = 0; at < text.length;) {
        if (!mt940_is_word_byte(text.data[at])) {
            at++;
            continue;
        }
        size_t end = at, date = mt940_ascii_is_digit(text.data[at]) && at >= groups ? date_at(text, at) : 0;
        while (end < text.length && mt940_is_word_byte(text.data[end]))
            end++;
        if (date) {
            at += date;
            continue;
        }
        if (at >= groups && mt940_ascii_is_digit(text.data[at])) {
            size_t reached = groups_end(text, at);
            groups = reached > at ? reached : groups;
        }
        if (at < groups || !is_short_number(mt940_view_slice(text, at, end - at)))
            replace_word(disguise, raw, at, end);
        write_word(disguise, raw, at, end);
        at = end;
    }
}

void mt940_disguise_text(struct mt940_disguise *disguise, char *raw, size_t length)
{
    void *text = disguise->text, *places = disguise->places;

    if (length == 0 || disguise->status)
        return;
    /* A break for a byte at most. */
    int status = mt940_memory_reserve(&disguise->memory, &text, &disguise->text_capacity, 2 * length + 1, 1);
    disguise->text = text;
    if (status == 0)
        status = mt940_memory_reserve(&disguise->memory, &places, &disguise->place_capacity, 2 * length + 1,
                                      sizeof *disguise->places);
    disguise->places = places;
    disguise->status = status;
    if (status)
        return;
    join_lines(disguise, raw, length);
    leave_out_codes(disguise);
    replace_ibans(disguise, raw);
    replace_tax_ids(disguise, raw);
    replace_bics(disguise, raw);
    if (disguise->status == 0)
        replace_words(disguise, raw);
}

void mt940_disguise_free(struct mt940_disguise *disguise)
{
    mt940_memory_free(&disguise->memory, disguise->text, disguise->text_capacity);
    mt940_memory_free(&disguise->memory, disguise->places, disguise->place_capacity * sizeof *disguise->places);
    mt940_memory_free(&disguise->memory, disguise->found, disguise->found_capacity);
    mt940_memory_free(&disguise->memory, disguise->before, disguise->before_capacity);
}
