/* SPDX-License-Identifier: Apache-2.0
 *
 * statements.c: makes statements as banks of Germany and Turkey write them, out of word lists and a small random
 * generator. Frozen: see statements.h.
 */
#include "statements.h"

#include <stdbool.h>
#include <string.h>

enum { line_length = 65, longest_statement = 200 * 1024, longest_text = 1024 };

struct maker {
    char *out;
    size_t length;
    uint64_t random;
    int64_t balance; /* minor units */
    int mix;
    int charset; /* of the Turkish letters: 0 ASCII, 1 windows-1254, 2 UTF-8 */
    char text[longest_text];
    size_t text_length;
};

static uint64_t next_random(struct maker *maker)
{
    maker->random ^= maker->random << 13;
    maker->random ^= maker->random >> 7;
    maker->random ^= maker->random << 17;
    return maker->random;
}

static size_t below(struct maker *maker, size_t limit)
{
    return (size_t)(next_random(maker) >> 11) % limit;
}

static void put(struct maker *maker, const char *text)
{
    size_t length = strlen(text);
    memcpy(maker->out + maker->length, text, length);
    maker->length += length;
}

/* `count` digits of `number`, zeros in front. */
static const char *digits(uint64_t number, size_t count, char room[24])
{
    room[count] = '\0';
    while (count-- > 0) {
        room[count] = (char)('0' + number % 10);
        number /= 10;
    }
    return room;
}

static void put_digits(struct maker *maker, uint64_t number, size_t count)
{
    char room[24];
    put(maker, digits(number, count, room));
}

static void put_amount(struct maker *maker, int64_t units)
{
    uint64_t whole = (uint64_t)(units < 0 ? -units : units) / 100, cents = (uint64_t)(units < 0 ? -units : units) % 100;
    size_t count = 1;
    for (uint64_t rest = whole; rest >= 10; rest /= 10)
        count++;
    put_digits(maker, whole, count);
    put(maker, ",");
    put_digits(maker, cents, 2);
}

/* ---- the text of a narrative, wrapped when it is whole ---- */

static void say(struct maker *maker, const char *text)
{
    size_t length = strlen(text);
    memcpy(maker->text + maker->text_length, text, length);
    maker->text_length += length;
}

static void say_digits(struct maker *maker, uint64_t number, size_t count)
{
    char room[24];
    say(maker, digits(number, count, room));
}

static void wrap_text(struct maker *maker)
{
    size_t column = 4;
    put(maker, ":86:");
    for (size_t at = 0; at < maker->text_length;) {
        size_t room = line_length - column, length = maker->text_length - at;
        length = length < room ? length : room;
        memcpy(maker->out + maker->length, maker->text + at, length);
        maker->length += length;
        put(maker, "\r\n");
        at += length;
        column = 0;
    }
    maker->text_length = 0;
}

static const char *pick(struct maker *maker, const char *const *list, size_t count)
{
    return list[below(maker, count)];
}
#define PICK(maker, list) pick(maker, list, sizeof(list) / sizeof((list)[0]))

/* A valid IBAN: country letters as numbers A = 10 …, and digits. */
static void make_iban(struct maker *maker, const char *country, size_t bban, char out[40])
{
    uint64_t rest = 0;
    memcpy(out, country, 2);
    for (size_t i = 0; i < bban; i++) {
        unsigned digit = (unsigned)below(maker, 10);
        /* Bank 00062 and reserve digit 0 of Türkiye. */
        if (country[0] == 'T' && i < 6)
            digit = (unsigned)("000620"[i] - '0');
        out[4 + i] = (char)('0' + digit);
        rest = (rest * 10 + digit) % 97;
    }
    rest = (rest * 100 + (uint64_t)(country[0] - 'A' + 10)) % 97;
    rest = (rest * 100 + (uint64_t)(country[1] - 'A' + 10)) % 97;
    rest = 98 - rest * 100 % 97;
    out[2] = (char)('0' + rest / 10);
    out[3] = (char)('0' + rest % 10);
    out[4 + bban] = '\0';
}

static const char *const german_names[] = {
    "MUSTERMANN GMBH",      "Stadtwerke Beispielstadt",  "M\xFCller und S\xF6hne KG", "ERIKA MUSTERFRAU",
    "Versicherung AG",      "B\344ckerei Sch\xF6ller",    "Telefon Deutschland GmbH",  "HANSEATIC LOGISTIK GMBH + CO",
    "Finanzamt Nord",       "Software Haus Berlin UG",
};
static const char *const german_words[] = {
    "Rechnung ", "vom ", "RE-NR. ", "Kundennummer ", "Miete ", "Lieferung ", "Beitrag ", "Monat Juli 2026 ", "Danke ",
    "Abschlag Strom ", "Vertrag ", "Gutschrift ", "Retoure ", "Skonto 2% ", "Objekt ", "Wohnung 12 ",
};
static const struct {
    const char *code, *text;
} german_kinds[] = {
    {"166", "SEPA-GUTSCHRIFT"}, {"177", "SEPA-UEBERWEISUNG"}, {"105", "SEPA-BASISLASTSCHRIFT"},
    {"106", "KARTENZAHLUNG"},   {"153", "GEHALT/RENTE"},      {"805", "ABSCHLUSS"},
};

/* Splits what SEPA words say into ?20 … ?29 of 27 characters. */
static void say_purpose(struct maker *maker, const char *purpose, size_t length)
{
    size_t at = 0;
    for (unsigned field = 20; at < length && field < 30; field++) {
        char piece[32];
        size_t take = length - at < 27 ? length - at : 27;
        say(maker, "?");
        say_digits(maker, field, 2);
        memcpy(piece, purpose + at, take);
        piece[take] = '\0';
        say(maker, piece);
        at += take;
    }
}

static void say_german(struct maker *maker)
{
    size_t kind = below(maker, sizeof german_kinds / sizeof german_kinds[0]), start;
    char iban[40], purpose[400];
    say(maker, german_kinds[kind].code);
    say(maker, "?00");
    say(maker, german_kinds[kind].text);
    say(maker, "?10");
    say_digits(maker, below(maker, 10000), 4);
    start = maker->text_length;
    say(maker, "EREF+");
    say_digits(maker, below(maker, 1000000000), 12);
    if (kind == 2) {
        say(maker, "MREF+M-");
        say_digits(maker, below(maker, 1000000), 8);
        say(maker, "CRED+DE98ZZZ09999999999");
    }
    say(maker, "SVWZ+");
    for (size_t words = 3 + below(maker, 8); words > 0; words--) {
        say(maker, PICK(maker, german_words));
        if (below(maker, 3) == 0)
            say_digits(maker, below(maker, 100000000), 8);
    }
    memcpy(purpose, maker->text + start, maker->text_length - start);
    size_t length = maker->text_length - start;
    maker->text_length = start;
    say_purpose(maker, purpose, length);
    make_iban(maker, "DE", 18, iban);
    say(maker, "?30COBADEFFXXX?31");
    say(maker, iban);
    say(maker, "?32");
    say(maker, PICK(maker, german_names));
}

/* Bytes 1 to 6 stand for I with dot, G with breve, S and C with cedilla, O and U with diaeresis. */
static const char *const turkish_words[] = {
    "GELEN EFT ", "G\001DEN HAVALE ", "YAPI VE KRED\001 BANKASI A.\003. ", "FATURA NO:", "SORGU NO:", "VKN:",
    "\006R\006N BEDEL\001 ", "LTD.\003T\001. ", "\001STANBUL ", "\004EK TAHS\001LATI ", "MAA\003 \005DEMES\001 ",
    "HESABINIZA ", "DEKONT NO ", "B\001ZDEN ", "TEM\001ZL\001K ", "A\003A\002IDAK\001 ", "KOM\001SYON ", "BSMV ",
    "REF:", "FAST ", "KARTLI \001\003LEM ", "T\001CARET ", "NAKL\001YAT ", "GIDA SANAY\001 ",
};

static void say_turkish_letter(struct maker *maker, unsigned letter)
{
    static const char *const ascii[] = {"", "I", "G", "S", "C", "O", "U"};
    static const char *const windows[] = {"", "\xDD", "\xD0", "\xDE", "\xC7", "\xD6", "\xDC"};
    static const char *const utf8[] = {"", "\xC4\xB0", "\xC4\x9E", "\xC5\x9E", "\xC3\x87", "\xC3\x96", "\xC3\x9C"};
    const char *const *list = maker->charset == 0 ? ascii : maker->charset == 1 ? windows : utf8;
    say(maker, list[letter]);
}

static void say_turkish(struct maker *maker)
{
    char iban[40];
    for (size_t words = 5 + below(maker, 16); words > 0; words--) {
        const char *word = PICK(maker, turkish_words);
        for (; *word; word++) {
            char one[2] = {*word, '\0'};
            if ((unsigned char)*word < ' ')
                say_turkish_letter(maker, (unsigned char)*word);
            else
                say(maker, one);
        }
        if (word[-1] == ':') {
            say_digits(maker, below(maker, 10000000), 7);
            say(maker, " ");
        }
    }
    if (below(maker, 2) == 0) {
        make_iban(maker, "TR", 22, iban);
        say(maker, iban);
    }
}

/* ---- statements ---- */

static void put_balance(struct maker *maker, const char *tag, unsigned day)
{
    put(maker, tag);
    put(maker, maker->balance < 0 ? "D" : "C");
    put(maker, "2607");
    put_digits(maker, day, 2);
    put(maker, maker->mix == MIX_TURKISH ? "TRY" : "EUR");
    put_amount(maker, maker->balance);
    put(maker, "\r\n");
}

static void put_entry(struct maker *maker, unsigned day)
{
    bool credit = below(maker, 5) < 3, german = maker->mix != MIX_TURKISH;
    int64_t units = (int64_t)below(maker, below(maker, 4) == 0 ? 10000000 : 100000) + 1;
    maker->balance += credit ? units : -units;
    put(maker, ":61:2607");
    put_digits(maker, day, 2);
    put(maker, "07");
    put_digits(maker, day, 2);
    put(maker, credit ? "C" : "D");
    put(maker, german ? "R" : "");
    put_amount(maker, units);
    put(maker, german ? "N051" : "NTRF");
    if (below(maker, 2) == 0)
        put(maker, "NONREF");
    else
        put_digits(maker, below(maker, 1000000000), 10);
    put(maker, german ? "//" : "//DK");
    put_digits(maker, below(maker, 1000000000), 12);
    put(maker, "\r\n");
    if (german && below(maker, 4) == 0)
        put(maker, "/OCMT/EUR12,34/CHGS/EUR0,50\r\n");
    if (maker->mix == MIX_TINY)
        return;
    if (german)
        say_german(maker);
    else
        say_turkish(maker);
    wrap_text(maker);
}

static void put_statement(struct maker *maker)
{
    static const size_t most[] = {1, 5, 20, 60, 200};
    size_t entries = 1 + below(maker, most[below(maker, sizeof most / sizeof most[0])]);
    unsigned day = 1 + (unsigned)below(maker, 28);
    char iban[40];
    if (maker->mix == MIX_TINY)
        entries = 1;
    maker->charset = (int)below(maker, 3);
    put(maker, ":20:2607");
    put_digits(maker, below(maker, 1000000), 8);
    put(maker, "\r\n:25:");
    make_iban(maker, maker->mix == MIX_TURKISH ? "TR" : "DE", maker->mix == MIX_TURKISH ? 22 : 18, iban);
    put(maker, iban);
    put(maker, "\r\n:28C:");
    put_digits(maker, below(maker, 366), 5);
    put(maker, "/001\r\n");
    maker->balance = (int64_t)below(maker, 1000000000) - 100000000;
    put_balance(maker, ":60F:", day);
    for (size_t i = 0; i < entries; i++)
        put_entry(maker, day);
    put_balance(maker, ":62F:", day);
    if (below(maker, 2) == 0)
        put_balance(maker, ":64:", day);
    put(maker, "-\r\n");
}

size_t make_statements(int mix, char *out, size_t capacity)
{
    static char room[longest_statement];
    struct maker maker = {room, 0, 940 + (uint64_t)mix, 0, mix, 0, {0}, 0};
    size_t length = 0;
    for (;;) {
        maker.length = 0;
        put_statement(&maker);
        if (maker.length > capacity - length)
            return length;
        memcpy(out + length, room, maker.length);
        length += maker.length;
    }
}

uint64_t hash_statements(const char *bytes, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t at = 0; at < length; at++)
        hash = (hash ^ (unsigned char)bytes[at]) * UINT64_C(0x100000001b3);
    return hash;
}
