/* SPDX-License-Identifier: Apache-2.0
 *
 * match_noise.c: how a payer's name arrives in a bank's text, and what stands beside it (matching.md §2.4, §4.2).
 */
#include <stdlib.h>
#include <string.h>

#include "match_generator.h"
#include "match_words.h"
#include "mt940connect/iban.h"

enum { WORDS_MAX = 24, LINE = 65 };

const char *const match_class_names[MATCH_CLASSES] = {
    "clean", "ascii", "abbreviated", "cut", "abbreviated, cut", "typo", "dropped, moved", "text", "text, typo", "lossy",
    "mojibake", "unknown payer"};

/* Letters that are not ASCII, what they become without their marks, and read in the wrong set. */
static const struct {
    const char *letter, *plain, *mojibake;
} letters[] = {
    {"İ", "I", "Ý"}, {"Ş", "S", "Þ"}, {"Ğ", "G", "Ð"}, {"ı", "i", "ý"}, {"ş", "s", "þ"}, {"ğ", "g", "ð"},
    {"Ç", "C", "Ç"}, {"Ö", "O", "Ö"}, {"Ü", "U", "Ü"}, {"ç", "c", "ç"}, {"ö", "o", "ö"}, {"ü", "u", "ü"},
};
enum { LETTERS = sizeof(letters) / sizeof(letters[0]), PLAIN = 0, MOJIBAKE = 1, QUESTION = 2 };

static void respell(char text[MATCH_TEXT_MAX], int how)
{
    char out[MATCH_TEXT_MAX] = "";

    for (const char *at = text; *at;) {
        size_t taken = 1;
        const char *put = at;
        size_t length = 1;

        for (size_t i = 0; i < LETTERS && (unsigned char)*at >= 0x80; i++)
            if (strncmp(at, letters[i].letter, 2) == 0) {
                put = how == PLAIN ? letters[i].plain : how == MOJIBAKE ? letters[i].mojibake : "?";
                length = strlen(put);
                taken = 2;
            }
        match_append(out, sizeof(out), put, length);
        at += taken;
    }
    memcpy(text, out, sizeof(out));
}

/* A whole word `part` at `at` of `text`. */
static bool stands_at(const char *text, const char *at, const char *part, size_t length)
{
    return strncmp(at, part, length) == 0 && (at == text || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0');
}

/* Shortens each long word in three of four cases. */
static void abbreviate(struct match_random *random, char text[MATCH_TEXT_MAX])
{
    char out[MATCH_TEXT_MAX] = "";
    uint32_t rules = match_pieces(abbreviations, '|');

    for (const char *at = text; *at;) {
        size_t taken = 0;

        for (uint32_t i = 0; i < rules && taken == 0; i++) {
            const char *rule, *equals, *shorter;
            size_t rule_length = match_piece(abbreviations, '|', i, &rule), length;
            char choices[64] = "";

            equals = memchr(rule, '=', rule_length);
            if (!stands_at(text, at, rule, (size_t)(equals - rule)))
                continue;
            match_append(choices, sizeof(choices), equals + 1, rule_length - (size_t)(equals + 1 - rule));
            length = match_piece(choices, '/', match_random_below(random, match_pieces(choices, '/')), &shorter);
            if (match_random_chance(random, 75)) {
                taken = (size_t)(equals - rule);
                match_append(out, sizeof(out), shorter, length);
                taken += length == 0 && at[taken] == ' ';
            }
        }
        if (taken == 0)
            match_append(out, sizeof(out), at, taken = 1);
        at += taken;
    }
    memcpy(text, out, sizeof(out));
}

static void cut(struct match_random *random, char text[MATCH_TEXT_MAX])
{
    static const size_t lengths[] = {27, 32, 35};
    size_t left = lengths[match_random_below(random, 3)], at = 0;

    while (text[at] && (left > 0 || ((unsigned char)text[at] & 0xC0) == 0x80)) {
        left -= ((unsigned char)text[at] & 0xC0) != 0x80;
        at++;
    }
    while (at > 0 && text[at - 1] == ' ')
        at--;
    text[at] = '\0';
}

/* One edit of an ASCII text among its letters: another letter, one more, one less, two exchanged. */
static void mistype(struct match_random *random, char text[MATCH_TEXT_MAX])
{
    size_t length = strlen(text), at;
    uint32_t kind = match_random_below(random, 4);
    char letter = (char)('A' + match_random_below(random, 26));

    if (length < 4 || length + 2 > MATCH_TEXT_MAX)
        return;
    do
        at = match_random_below(random, (uint32_t)length - 1);
    while (text[at] == ' ' || text[at] == '.');
    if (kind == 0) {
        text[at] = letter;
    } else if (kind == 1) {
        memmove(text + at + 1, text + at, length - at + 1);
        text[at] = letter;
    } else if (kind == 2) {
        memmove(text + at, text + at + 1, length - at);
    } else {
        char other = text[at + 1];

        if (other != ' ' && other != '.' && other != '\0') {
            text[at + 1] = text[at];
            text[at] = other;
        }
    }
}

/* Leaves a word out that is not the first, or exchanges two neighbours; of two words, exchanges them. */
static void drop_or_move(struct match_random *random, char text[MATCH_TEXT_MAX])
{
    const char *word[WORDS_MAX];
    size_t length[WORDS_MAX];
    uint32_t count = match_pieces(text, ' '), at;
    char copy[MATCH_TEXT_MAX];
    bool drop = match_random_chance(random, 50);

    if (count < 2 || count > WORDS_MAX)
        return;
    memcpy(copy, text, sizeof(copy));
    for (uint32_t i = 0; i < count; i++)
        length[i] = match_piece(copy, ' ', i, &word[i]);
    at = count == 2 ? 0 : 1 + match_random_below(random, count - 2);
    text[0] = '\0';
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = i;

        if (count > 2 && drop && i == at)
            continue;
        if (count == 2 || !drop)
            from = i == at ? at + 1 : i == at + 1 ? at : i;
        if (text[0])
            match_append(text, MATCH_TEXT_MAX, " ", 1);
        match_append(text, MATCH_TEXT_MAX, word[from], length[from]);
    }
}

static void add_digits(struct match_random *random, char text[MATCH_TEXT_MAX], uint32_t count)
{
    for (; count > 0; count--) {
        char digit = (char)('0' + match_random_below(random, 10));

        match_append(text, MATCH_TEXT_MAX, &digit, 1);
    }
}

/*
 * Lines of 65 characters, blanks at their ends lost, joined again as DESIGN §3 says: nothing behind a full line. Words
 * that met at the end of a full line are glued together.
 */
static void wrap(char text[MATCH_TEXT_MAX])
{
    char out[MATCH_TEXT_MAX] = "";
    const char *at = text;

    while (*at) {
        const char *start = at;
        size_t width = 0, length;

        while (*at && (width < LINE || ((unsigned char)*at & 0xC0) == 0x80)) {
            width += ((unsigned char)*at & 0xC0) != 0x80;
            at++;
        }
        length = (size_t)(at - start);
        while (length > 0 && start[length - 1] == ' ') {
            length--;
            width--;
        }
        match_append(out, sizeof(out), start, length);
        while (*at == ' ')
            at++;
        if (*at && width < LINE)
            match_append(out, sizeof(out), " ", 1);
    }
    memcpy(text, out, sizeof(out));
}

static void put_in_text(struct match_random *random, char text[MATCH_TEXT_MAX])
{
    char name[MATCH_TEXT_MAX];
    const char *piece;
    size_t length = match_piece(templates, '|', match_random_below(random, match_pieces(templates, '|')), &piece);

    memcpy(name, text, sizeof(name));
    text[0] = '\0';
    for (size_t i = 0; i < length; i++) {
        if (piece[i] == '%' && piece[i + 1] == 'N')
            match_append(text, MATCH_TEXT_MAX, name, strlen(name));
        else if (piece[i] == '%')
            add_digits(random, text, 7);
        else
            match_append(text, MATCH_TEXT_MAX, piece + i, 1);
        i += piece[i] == '%';
    }
    wrap(text);
}

static void make_noise(struct match_random *random, int32_t noise, char text[MATCH_TEXT_MAX])
{
    if (noise == MATCH_ABBREVIATED || noise == MATCH_ABBREVIATED_CUT || noise == MATCH_TYPO || noise == MATCH_TEXT_TYPO ||
        (noise == MATCH_UNKNOWN && match_random_chance(random, 50)))
        abbreviate(random, text);
    if (noise == MATCH_ASCII || noise == MATCH_TYPO || noise == MATCH_TEXT_TYPO)
        respell(text, PLAIN);
    if (noise == MATCH_CUT || noise == MATCH_ABBREVIATED_CUT)
        cut(random, text);
    if (noise == MATCH_TYPO || noise == MATCH_TEXT_TYPO)
        mistype(random, text);
    if (noise == MATCH_TYPO && match_random_chance(random, 50))
        mistype(random, text);
    if (noise == MATCH_DROPPED)
        drop_or_move(random, text);
    if (noise == MATCH_LOSSY)
        respell(text, QUESTION);
    if (noise == MATCH_MOJIBAKE)
        respell(text, MOJIBAKE);
    if (noise == MATCH_TEXT || noise == MATCH_TEXT_TYPO)
        put_in_text(random, text);
}

/*
 * What stands beside the name: an IBAN in 85 of 100 (in 3 of them one that no card holds), a labelled tax number in 25,
 * the invoice in 25; the amount is that of the open item in 60. Unknown payers bring an IBAN and a tax number of their own.
 */
static void add_layers(struct match_random *random, const struct match_customer *customer, struct match_movement *out)
{
    char iban[36] = "";

    match_append(out->text, sizeof(out->text), out->name, strlen(out->name));
    if (match_random_chance(random, 85)) {
        if (customer->iban[0] && out->truth >= 0 && match_random_below(random, 100) >= 3)
            match_append(iban, sizeof(iban), customer->iban, strlen(customer->iban));
        else
            (void)mt940_iban_sample("TR", match_random_next(random), iban);
        match_append(out->text, sizeof(out->text), " IBAN ", 6);
        match_append(out->text, sizeof(out->text), iban, strlen(iban));
    }
    if (customer->tax_id[0] && match_random_chance(random, 25)) {
        match_append(out->text, sizeof(out->text), " VKN ", 5);
        match_append(out->text, sizeof(out->text), customer->tax_id, strlen(customer->tax_id));
    }
    if (out->truth >= 0 && match_random_chance(random, 25)) {
        match_append(out->text, sizeof(out->text), " FATURA NO ", 11);
        match_append(out->text, sizeof(out->text), customer->invoice, strlen(customer->invoice));
    }
    out->amount = out->truth >= 0 && match_random_chance(random, 60)
                      ? customer->open
                      : 100 + (int64_t)match_random_below(random, 90000000);
}

static bool is_known(const struct match_generator *generator, const char *name)
{
    uint64_t hash = match_name_hash(name);
    size_t low = 0, high = generator->customers;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (generator->known[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < generator->customers && generator->known[low] == hash;
}

void match_generate_movement(const struct match_generator *generator, uint64_t seed, int32_t noise, uint32_t number,
                             struct match_movement *out)
{
    struct match_random random = match_random_of(seed, number, 16 + (uint64_t)noise);
    uint32_t drawn = match_random_below(&random, generator->customers);
    struct match_customer customer;
    char text[MATCH_TEXT_MAX] = "";

    memset(out, 0, sizeof(*out));
    match_generate_customer(generator, drawn, &customer);
    out->truth = drawn;
    if (noise == MATCH_UNKNOWN) {
        uint64_t other = UINT64_C(1) << 40;

        /* Cards beyond the books, until one is of a name that the books do not hold. */
        match_generate_customer(generator, UINT32_MAX - drawn, &customer);
        do
            match_generate_name(generator->seed, other + (match_random_next(&random) >> 24), customer.name);
        while (is_known(generator, customer.name));
        out->truth = -1;
    }
    match_append(text, sizeof(text), customer.name, strlen(customer.name));
    make_noise(&random, noise, text);
    match_append(out->name, sizeof(out->name), text, strlen(text));
    add_layers(&random, &customer, out);
}
