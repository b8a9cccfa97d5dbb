/* SPDX-License-Identifier: Apache-2.0
 *
 * changing_books.c: the books, their changes, and the comparison of two directories of them.
 */
#include "changing_books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/view.h"
#include "identifier/iban.h"
#include "mt940connect/status.h"

static const char *const brands[] = {"YILDIZ", "DOĞAN",  "KAYA",    "ÇAĞRI", "EGE",   "ANADOLU", "DEMİR",  "ÖZTÜRK",
                                     "MARMARA", "GÜLSAN", "AKBAY",   "ŞAHİN", "POLAT", "TOROS",   "KARDEŞ", "BEREKET",
                                     "ASLAN",   "YILMAZ", "KOÇAK",   "IRMAK", "SELÇUK", "ORKİDE", "PINAR",  "ŞEKER"};
static const char *const trades[] = {"GIDA SANAYİ VE TİCARET LİMİTED ŞİRKETİ", "İNŞAAT ANONİM ŞİRKETİ",
                                     "TEKSTİL PAZARLAMA LTD. ŞTİ.", "NAKLİYAT", "MARKET", "OTOMOTİV SAN. TİC. A.Ş.",
                                     "MMC", "DIŞ TİCARET LTD"};
static const char *const rare[] = {"ZÜMRÜT", "KEHRİBAR", "LACİVERT", "FIRTINA", "QARABAĞ", "ƏLİYEV", "VEFA", "X"};

static uint64_t next(struct changing_books *books)
{
    uint64_t mixed = books->state += UINT64_C(0x9E3779B97F4A7C15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ mixed >> 31;
}

size_t changing_books_random(struct changing_books *books, size_t limit)
{
    return (size_t)(next(books) % limit);
}

static struct mt940_view view(const char *text)
{
    return mt940_view_of(text, strlen(text));
}

#define PICK(books, list) (list)[changing_books_random(books, sizeof(list) / sizeof((list)[0]))]

static void make_name(struct changing_books *books, char *out, size_t capacity)
{
    const char *first = PICK(books, brands), *second = PICK(books, brands);

    if (changing_books_random(books, 6) == 0)
        second = PICK(books, rare);
    snprintf(out, capacity, "%s %s %s", first, second, PICK(books, trades));
}

static void make_code(size_t number, char out[16])
{
    snprintf(out, 16, number % 5 == 0 ? "M%u" : "120.%03u", (unsigned)number);
}

/* Few numbers, so that many customers share one; check digits are those that fit. */
static void make_bank(struct changing_books *books, struct book_bank *bank)
{
    unsigned number = (unsigned)changing_books_random(books, books->codes * 2);

    bank->exists = true;
    bank->collector = changing_books_random(books, 20) == 0;
    snprintf(bank->currency, sizeof(bank->currency), "%s", number % 3 ? "TRY" : number % 2 ? "USD" : "");
    snprintf(bank->branch, sizeof(bank->branch), "0062_%05u", number % 7);
    if (number % 4 == 3)
        bank->branch[0] = '\0';
    snprintf(bank->account, sizeof(bank->account), "00%u", 12345600 + number);
    snprintf(bank->iban, sizeof(bank->iban), "TR00000620%016u", 12345600 + number);
    if (number % 8 == 0)
        bank->iban[0] = '\0';
    if (bank->iban[0])
        mt940_iban_set_check_digits(bank->iban, strlen(bank->iban));
}

static void make_tax_id(struct changing_books *books, struct book_customer *customer)
{
    unsigned number = (unsigned)changing_books_random(books, books->codes * 2);

    snprintf(customer->tax_id, sizeof(customer->tax_id), "%010u", 1234567000u + number);
}

static void make_customer(struct changing_books *books, struct book_customer *customer)
{
    customer->exists = true;
    customer->active = changing_books_random(books, 10) > 0;
    customer->type = (int64_t)changing_books_random(books, 3);
    make_name(books, customer->name, sizeof(customer->name));
    make_tax_id(books, customer);
}

struct changing_books *changing_books_new(uint64_t seed, size_t codes, size_t customers)
{
    struct changing_books *books = calloc(1, sizeof(*books));

    if (!books || mt940_match_scratch_new(NULL, &books->scratch) != MT940_OK) {
        free(books);
        return NULL;
    }
    books->state = seed;
    books->codes = codes;
    books->facts.size = sizeof(books->facts);
    for (size_t i = 0; i < codes; i++) {
        struct book_customer *customer = &books->customers[i];

        if (changing_books_random(books, codes) >= customers)
            continue;
        make_customer(books, customer);
        for (size_t b = 0; b < BOOKS_BANKS; b++)
            if (changing_books_random(books, 2))
                make_bank(books, &customer->banks[b]);
    }
    return books;
}

void changing_books_free(struct changing_books *books)
{
    if (books)
        mt940_match_scratch_free(books->scratch);
    free(books);
}

/* Records of the books; their texts stay there, but for the code. */
static struct mt940_customer card_of(const struct book_customer *customer, const char *code)
{
    struct mt940_customer card = {.code = view(code), .type = customer->type, .active = customer->active};

    card.name = view(customer->name);
    card.tax_id = view(customer->tax_id);
    return card;
}

static struct mt940_customer_bank bank_of(const struct book_bank *bank, const char *code, size_t number)
{
    struct mt940_customer_bank record = {.customer = view(code), .slot = (int64_t)number + 1};

    record.iban = view(bank->iban);
    record.branch = view(bank->branch);
    record.account = view(bank->account);
    record.currency = view(bank->currency);
    record.collector = bank->collector;
    return record;
}

static int add_customer(const struct book_customer *customer, const char *code, struct mt940_directory_builder *builder)
{
    struct mt940_customer card = card_of(customer, code);
    int status = MT940_OK;

    for (size_t i = 0; status == MT940_OK && i < BOOKS_BANKS; i++) {
        struct mt940_customer_bank bank = bank_of(&customer->banks[i], code, i);

        if (customer->banks[i].exists)
            status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL);
    }
    if (status == MT940_OK && customer->exists)
        status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL);
    return status;
}

struct mt940_directory *changing_books_build(struct changing_books *books, size_t turn)
{
    struct mt940_company company = {.code = {"001", 3}, .title = {"ORNEK A.S.", 10}, .local_currency = {"TRY", 3}};
    struct mt940_bank_account account = {.code = {"102.01", 6}, .iban = {"TR140006200119000001234567", 26}};
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory = NULL;
    char code[16];
    int status;

    if (mt940_directory_builder_new(&company.code, NULL, &builder, NULL) != MT940_OK)
        return NULL;
    status = mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL);
    if (status == MT940_OK)
        status = mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &account, NULL);
    for (size_t i = 0; status == MT940_OK && i < books->codes; i++) {
        size_t number = turn % 2 ? books->codes - 1 - i : (i + turn) % books->codes;

        make_code(number, code);
        status = add_customer(&books->customers[number], code, builder);
    }
    if (status == MT940_OK)
        status = mt940_directory_build(builder, &directory, NULL);
    mt940_directory_builder_free(builder);
    return status == MT940_OK ? directory : NULL;
}

static int change_bank(struct changing_books *books, struct book_customer *customer, const char *code, bool there,
                       struct mt940_directory_overlay *overlay)
{
    size_t number = changing_books_random(books, BOOKS_BANKS);
    struct book_bank *bank = &customer->banks[number];
    struct mt940_customer_bank record;

    if (there)
        make_bank(books, bank);
    else
        bank->exists = false;
    record = bank_of(bank, code, number);
    return there ? mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &record, NULL)
                 : mt940_directory_overlay_remove(overlay, MT940_KIND_CUSTOMER_BANK, &record, NULL);
}

int changing_books_change(struct changing_books *books, size_t code, unsigned what,
                          struct mt940_directory_overlay *overlay)
{
    struct book_customer *customer = &books->customers[code % books->codes];
    struct mt940_customer card;
    char text[16];

    make_code(code % books->codes, text);
    if (what % 8 < 3)
        return change_bank(books, customer, text, what % 8 < 2, overlay);
    if (what % 8 == 3) {
        customer->exists = false;
    } else if (!customer->exists || what % 8 == 4) {
        make_customer(books, customer);
    } else if (what % 8 == 5) {
        customer->active = !customer->active;
    } else if (what % 8 == 6) {
        make_name(books, customer->name, sizeof(customer->name));
    } else {
        make_tax_id(books, customer);
    }
    card = card_of(customer, text);
    return customer->exists ? mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL)
                            : mt940_directory_overlay_remove(overlay, MT940_KIND_CUSTOMER, &card, NULL);
}

static bool same_text(struct mt940_view a, struct mt940_view b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

enum { HITS = 40 };

static bool same_hits(const struct mt940_directory_hit *a, size_t a_count, const struct mt940_directory_hit *b,
                      size_t b_count, size_t capacity)
{
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count && i < capacity; i++)
        if (!same_text(a[i].customer, b[i].customer) || a[i].slot != b[i].slot || a[i].type != b[i].type ||
            a[i].active != b[i].active || a[i].collector != b[i].collector)
            return false;
    return true;
}

static bool same_records(const struct mt940_directory *a, const struct mt940_directory *b, const char *code)
{
    struct mt940_customer_bank left_banks[BOOKS_BANKS], right_banks[BOOKS_BANKS], one;
    struct mt940_customer left, right;
    struct mt940_view key = view(code);
    size_t count = mt940_directory_customer_banks(a, &key, left_banks, BOOKS_BANKS);
    int status = mt940_directory_customer(a, &key, &left);

    if (mt940_directory_customer(b, &key, &right) != status ||
        mt940_directory_customer_banks(b, &key, right_banks, BOOKS_BANKS) != count)
        return false;
    if (status != MT940_OK)
        return count == 0;
    for (size_t i = 0; i < count; i++)
        if (left_banks[i].slot != right_banks[i].slot || !same_text(left_banks[i].iban, right_banks[i].iban) ||
            !same_text(left_banks[i].account, right_banks[i].account) ||
            !same_text(left_banks[i].branch, right_banks[i].branch) ||
            !same_text(left_banks[i].currency, right_banks[i].currency) ||
            left_banks[i].collector != right_banks[i].collector ||
            mt940_directory_customer_bank(b, &key, left_banks[i].slot, &one) != MT940_OK)
            return false;
    return same_text(left.code, right.code) && same_text(left.name, right.name) &&
           same_text(left.tax_id, right.tax_id) && left.type == right.type && left.active == right.active;
}

static const char *compare_ways(const struct mt940_directory *a, const struct mt940_directory *b,
                                const struct book_customer *customer, size_t capacity)
{
    struct mt940_directory_hit left[HITS], right[HITS];
    struct mt940_view key = view(customer->tax_id);
    size_t count = mt940_directory_by_tax_id(a, &key, left, capacity);

    if (!same_hits(left, count, right, mt940_directory_by_tax_id(b, &key, right, capacity), capacity))
        return "by tax number";
    key = view(customer->name);
    count = mt940_directory_by_name(a, &key, left, capacity);
    if (!same_hits(left, count, right, mt940_directory_by_name(b, &key, right, capacity), capacity))
        return "by name";
    for (size_t i = 0; i < BOOKS_BANKS; i++) {
        size_t batch[2] = {0, 0};

        key = view(customer->banks[i].iban);
        count = mt940_directory_by_iban(a, &key, left, capacity);
        if (!same_hits(left, count, right, mt940_directory_by_iban(b, &key, right, capacity), capacity))
            return "by IBAN";
        mt940_directory_by_ibans(a, &key, 1, left, &batch[0]);
        mt940_directory_by_ibans(b, &key, 1, right, &batch[1]);
        if (batch[0] != count || !same_hits(left, batch[0], right, batch[1], 1))
            return "by IBANs";
        key = view(customer->banks[i].account);
        for (int32_t branch = -1; branch < 4; branch++) {
            count = mt940_directory_by_account(a, 62, branch, &key, left, capacity);
            if (!same_hits(left, count, right, mt940_directory_by_account(b, 62, branch, &key, right, capacity),
                           capacity))
                return "by account";
        }
    }
    return NULL;
}

static bool same_evidence(const struct mt940_evidence *a, const struct mt940_evidence *b)
{
    return a->kind == b->kind && a->weight == b->weight && a->strong == b->strong && a->message == b->message &&
           a->field == b->field && a->offset == b->offset && a->length == b->length && a->shared == b->shared &&
           a->count == b->count && a->solutions == b->solutions && a->slot == b->slot && same_text(a->value, b->value);
}

static bool same_candidate(const struct mt940_match_candidate *a, const struct mt940_match_candidate *b)
{
    if (!same_text(a->customer, b->customer) || !same_text(a->name, b->name) || a->slot != b->slot ||
        a->score != b->score || a->veto != b->veto || a->evidence_count != b->evidence_count)
        return false;
    for (uint32_t i = 0; i < a->evidence_count; i++)
        if (!same_evidence(&a->evidence[i], &b->evidence[i]))
            return false;
    return true;
}

static bool same_match(const struct mt940_match *a, const struct mt940_match *b)
{
    if (a->decision != b->decision || a->choice != b->choice || !same_text(a->customer, b->customer) ||
        a->slot != b->slot || a->veto != b->veto || a->candidate_count != b->candidate_count ||
        a->candidate_total != b->candidate_total || !same_text(a->new_iban, b->new_iban))
        return false;
    for (uint32_t i = 0; i < a->candidate_count; i++)
        if (!same_candidate(&a->candidates[i], &b->candidates[i]))
            return false;
    return true;
}

/* A letter lost, changed, added, or two exchanged; the end cut off; a word more. */
static void damage(struct changing_books *books, char *text)
{
    size_t length = strlen(text), at = 1 + changing_books_random(books, length - 2);

    switch (changing_books_random(books, 7)) {
    case 0:
        memmove(text + at, text + at + 1, length - at);
        break;
    case 1:
        text[at] = 'E';
        break;
    case 2:
        text[at] = '?';
        break;
    case 3:
        if (length > 27)
            text[27] = '\0';
        break;
    case 4:
        memmove(text + at + 1, text + at, length - at + 1);
        break;
    case 5:
        text[length / 2] = ' ';
        break;
    default:
        break;
    }
}

/* What such a movement would say, its texts joined in one narrative. */
static void tell(struct changing_books *books, const struct book_customer *customer, char out[400])
{
    char name[128], other[128];

    memcpy(name, customer->name, sizeof(customer->name));
    make_name(books, other, sizeof(other));
    if (customer->name[0] == '\0')
        memcpy(name, other, sizeof(name));
    damage(books, name);
    switch (changing_books_random(books, 8)) {
    case 0:
        snprintf(out, 400, "GELEN EFT %s %s", customer->banks[0].iban, name);
        break;
    case 1:
        snprintf(out, 400, "HAVALE VKN %s %s HESABINA", customer->tax_id, name);
        break;
    case 2:
        snprintf(out, 400, "GELEN FAST %s", other);
        break;
    case 3:
        snprintf(out, 400, "%s VE %s", name, other);
        break;
    case 4:
        snprintf(out, 400, "/ORDP//%s%s/REMI/FATURA", changing_books_random(books, 2) ? "" : "BILINMEYEN ", name);
        break;
    case 5:
        snprintf(out, 400, "%s %s", customer->banks[1].iban, customer->banks[2].iban);
        break;
    default:
        snprintf(out, 400, "GELEN EFT %s", name);
        break;
    }
}

static const char *compare_match(struct changing_books *books, const struct mt940_directory *a,
                                 const struct mt940_directory *b, const struct book_customer *customer)
{
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = changing_books_random(books, 2) ? 1 : -1};
    struct mt940_match_input input = {.size = sizeof(input), .sign = texts.sign, .facts = &books->facts};
    char narrative[400];

    tell(books, customer, narrative);
    texts.narrative = view(narrative);
    input.scratch = books->scratch;
    input.currency = view(changing_books_random(books, 3) ? "TRY" : "USD");
    input.flags = changing_books_random(books, 2) ? MT940_MATCH_NAME_AUTO : 0;
    books->left.size = sizeof(books->left);
    books->right.size = sizeof(books->right);
    if (mt940_facts_read(&texts, &books->facts) != MT940_OK ||
        mt940_match_movement(a, &input, &books->left) != MT940_OK ||
        mt940_match_movement(b, &input, &books->right) != MT940_OK)
        return "a match failed";
    return same_match(&books->left, &books->right) ? NULL : "a match";
}

const char *changing_books_compare(struct changing_books *books, const struct mt940_directory *a,
                                   const struct mt940_directory *b, size_t questions)
{
    struct mt940_directory_info left = {.size = sizeof(left)}, right = {.size = sizeof(right)};
    const char *differs = NULL;
    char code[16];

    if (mt940_directory_get_info(a, &left) != MT940_OK || mt940_directory_get_info(b, &right) != MT940_OK ||
        left.customers != right.customers || left.customer_banks != right.customer_banks ||
        left.bank_accounts != right.bank_accounts)
        return "counts";
    for (size_t i = 0; i < questions && !differs; i++) {
        size_t number = changing_books_random(books, books->codes);
        const struct book_customer *customer = &books->customers[number];

        make_code(number, code);
        if (!same_records(a, b, code))
            return "records";
        differs = compare_ways(a, b, customer, i % 3 ? HITS : 2);
        if (!differs)
            differs = compare_match(books, a, b, customer);
    }
    return differs;
}
