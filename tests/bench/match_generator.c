/* SPDX-License-Identifier: Apache-2.0
 *
 * match_generator.c: the customers: names, tax numbers, IBANs, open items. Noise is match_noise.c's.
 */
#include "match_generator.h"

#include <stdlib.h>
#include <string.h>

#include "match_words.h"
#include "mt940connect/iban.h"

enum { COLLECTOR_EVERY = 400, COLLECTORS = 7 };

uint64_t match_random_next(struct match_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint32_t match_random_below(struct match_random *random, uint32_t below)
{
    return (uint32_t)((match_random_next(random) >> 32) * below >> 32);
}

bool match_random_chance(struct match_random *random, uint32_t percent)
{
    return match_random_below(random, 100) < percent;
}

struct match_random match_random_of(uint64_t a, uint64_t b, uint64_t c)
{
    struct match_random random = {a};

    random.state = match_random_next(&random) ^ b;
    random.state = match_random_next(&random) ^ c;
    return random;
}

uint64_t match_hash(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t match_name_hash(const char *name)
{
    static const char *const forms[][2] = {{" LTD. ŞTİ.", " LİMİTED ŞİRKETİ"}, {" A.Ş.", " ANONİM ŞİRKETİ"}};
    char whole[MATCH_NAME_MAX] = "";
    size_t length = strlen(name);

    match_append(whole, sizeof(whole), name, length);
    for (int i = 0; i < 2; i++) {
        size_t form = strlen(forms[i][0]);

        if (length < form || strcmp(name + length - form, forms[i][0]) != 0)
            continue;
        whole[length - form] = '\0';
        match_append(whole, sizeof(whole), forms[i][1], strlen(forms[i][1]));
    }
    return match_hash(whole);
}

void match_append(char *out, size_t size, const char *text, size_t length)
{
    size_t used = strlen(out);

    if (length > size - 1 - used)
        length = size - 1 - used;
    memcpy(out + used, text, length);
    out[used + length] = '\0';
}

uint32_t match_pieces(const char *list, char separator)
{
    uint32_t count = 1;

    for (; *list; list++)
        count += *list == separator;
    return count;
}

size_t match_piece(const char *list, char separator, uint32_t at, const char **out)
{
    const char *end;

    for (; at > 0; at--)
        list = strchr(list, separator) + 1;
    end = strchr(list, separator);
    *out = list;
    return end ? (size_t)(end - list) : strlen(list);
}

/* The k-th of n is drawn with a share of 1/(k + 2): common names are very common. */
static uint32_t zipf(struct match_random *random, uint32_t count)
{
    uint32_t total = 0, drawn;

    for (uint32_t k = 0; k < count; k++)
        total += 1000000 / (k + 2);
    drawn = match_random_below(random, total);
    for (uint32_t k = 0;; k++) {
        uint32_t share = 1000000 / (k + 2);

        if (drawn < share)
            return k;
        drawn -= share;
    }
}

static void add_piece(struct match_random *random, char out[MATCH_NAME_MAX], const char *list, char separator,
                      bool even)
{
    uint32_t count = match_pieces(list, separator);
    uint32_t drawn = even ? match_random_below(random, count) : zipf(random, count);
    const char *piece;
    size_t length = match_piece(list, separator, drawn, &piece);

    match_append(out, MATCH_NAME_MAX, piece, length);
}

static void add_text(char out[MATCH_NAME_MAX], const char *text)
{
    match_append(out, MATCH_NAME_MAX, text, strlen(text));
}

static void add_brand(struct match_random *random, char out[MATCH_NAME_MAX])
{
    uint32_t kind = match_random_below(random, 100), count;

    if (kind < 30) {
        add_piece(random, out, surnames, ' ', false);
    } else if (kind < 50) {
        add_piece(random, out, roots, ' ', true);
        add_piece(random, out, endings, ' ', true);
    } else if (kind < 56) {
        add_piece(random, out, places, ' ', false);
    } else if (kind < 62) {
        add_piece(random, out, first_names, ' ', false);
    } else {
        for (count = 2 + match_random_below(random, 3); count > 0; count--)
            add_piece(random, out, syllables, ' ', true);
    }
}

static void make_company(struct match_random *random, char out[MATCH_NAME_MAX])
{
    bool limited = match_random_chance(random, 70), shortened = match_random_chance(random, 30);

    add_brand(random, out);
    if (match_random_chance(random, 35)) {
        add_text(out, " ");
        add_brand(random, out);
    }
    for (uint32_t count = 1 + match_random_below(random, 3); count > 0; count--) {
        add_text(out, " ");
        add_piece(random, out, sectors, '|', false);
    }
    add_text(out, " ");
    add_piece(random, out, middles, '|', false);
    if (shortened)
        add_text(out, limited ? " LTD. ŞTİ." : " A.Ş.");
    else
        add_text(out, limited ? " LİMİTED ŞİRKETİ" : " ANONİM ŞİRKETİ");
}

static void make_person(struct match_random *random, char out[MATCH_NAME_MAX])
{
    add_piece(random, out, first_names, ' ', false);
    if (match_random_chance(random, 25)) {
        add_text(out, " ");
        add_piece(random, out, first_names, ' ', false);
    }
    add_text(out, " ");
    add_piece(random, out, surnames, ' ', false);
    if (match_random_chance(random, 5)) {
        add_text(out, " ");
        add_piece(random, out, surnames, ' ', false);
    }
}

void match_generate_name(uint64_t seed, uint64_t number, char out[MATCH_NAME_MAX])
{
    struct match_random random = match_random_of(seed, number, 1);

    out[0] = '\0';
    if (match_random_chance(&random, 70))
        make_company(&random, out);
    else
        make_person(&random, out);
}

/* Check digit of a VKN (the tax office's rule, as in tax_id.h). */
static void make_tax_id(struct match_random *random, char out[12])
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i < 9; i++) {
        uint32_t digit = i == 0 ? 1 + match_random_below(random, 9) : match_random_below(random, 10);
        uint32_t moved = (digit + 9 - i) % 10, power = 1;

        out[i] = (char)('0' + digit);
        for (uint32_t k = 0; k < 9 - i; k++)
            power = power * 2 % 9;
        sum += moved == 9 ? 9 : moved * power % 9;
    }
    out[9] = (char)('0' + (10 - sum % 10) % 10);
    out[10] = '\0';
}

static void make_digits(char *out, uint64_t number, size_t digits)
{
    out[digits] = '\0';
    while (digits > 0) {
        out[--digits] = (char)('0' + number % 10);
        number /= 10;
    }
}

void match_generate_customer(const struct match_generator *generator, uint32_t number, struct match_customer *out)
{
    struct match_random random = match_random_of(generator->seed, number, 2);
    uint64_t iban = match_random_next(&random);

    memset(out, 0, sizeof(*out));
    match_append(out->code, sizeof(out->code), "120.", 4);
    make_digits(out->code + 4, number, 7);
    match_generate_name(generator->seed, number, out->name);
    if (match_random_below(&random, 10) > 0)
        make_tax_id(&random, out->tax_id);
    out->collector = match_random_below(&random, COLLECTOR_EVERY) == 0;
    if (out->collector)
        iban = UINT64_C(7777) + match_random_below(&random, COLLECTORS);
    if (match_random_below(&random, 10) > 0 || out->collector)
        (void)mt940_iban_sample("TR", iban, out->iban);
    match_append(out->invoice, sizeof(out->invoice), "ABC2026", 7);
    make_digits(out->invoice + 7, number, 9);
    out->open = 10000 + (int64_t)match_random_below(&random, 50000000);
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

bool match_generator_init(struct match_generator *generator, uint64_t seed, uint32_t customers)
{
    char name[MATCH_NAME_MAX];

    generator->seed = seed;
    generator->customers = customers;
    generator->known = malloc(customers * sizeof(*generator->known));
    if (!generator->known)
        return false;
    for (uint32_t i = 0; i < customers; i++) {
        match_generate_name(seed, i, name);
        generator->known[i] = match_name_hash(name);
    }
    qsort(generator->known, customers, sizeof(*generator->known), compare_hashes);
    return true;
}

void match_generator_free(struct match_generator *generator)
{
    free(generator->known);
    generator->known = NULL;
}
