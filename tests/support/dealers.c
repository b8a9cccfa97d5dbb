/* SPDX-License-Identifier: Apache-2.0
 *
 * dealers.c: the small directory and the questions to it.
 */
#include "dealers.h"

#include <stdio.h>
#include <string.h>

#include "identifier/iban.h"
#include "mt940connect/directory_overlay.h"

static const char *const brands[] = {"YILDIZ", "DOGAN", "KAYA", "CAGRI", "EGE", "ANADOLU", "DEMIR", "OZTURK", "MARMARA",
                                     "GULSAN", "AKBAY", "SAHIN"};
static const char *const trades[] = {"GIDA SANAYI VE TICARET LIMITED SIRKETI", "INSAAT ANONIM SIRKETI",
                                     "TEKSTIL PAZARLAMA LTD. STI.", "NAKLIYAT", "MARKET"};

static struct mt940_view view(const char *text)
{
    return mt940_view_of(text, strlen(text));
}

struct dealer {
    char code[16], name[96], tax_id[16], iban[32];
};

/* Every seventh has the name, every ninth the account of another one. */
static void make_dealer(size_t number, struct dealer *out)
{
    size_t named = number % 7 == 6 ? number - 6 : number, paid = number % 9 == 8 ? number - 8 : number;

    snprintf(out->code, sizeof(out->code), "120.%03u", (unsigned)number);
    snprintf(out->name, sizeof(out->name), "%s %s %s", brands[named % 12], brands[named * 5 % 11], trades[named % 5]);
    snprintf(out->tax_id, sizeof(out->tax_id), "%010u", (unsigned)(1234567890u + paid * 37));
    snprintf(out->iban, sizeof(out->iban), "TR00000620%016u", (unsigned)(5000000 + paid));
    mt940_iban_set_check_digits(out->iban, strlen(out->iban));
}

static int add_dealer(struct mt940_directory_builder *builder, size_t number)
{
    struct mt940_customer card = {.active = 1};
    struct mt940_customer_bank bank = {.slot = 1 + (int64_t)number % 3};
    struct dealer dealer;
    int status;

    make_dealer(number, &dealer);
    card.code = bank.customer = view(dealer.code);
    card.name = view(dealer.name);
    card.tax_id = view(dealer.tax_id);
    bank.iban = view(dealer.iban);
    bank.account = view("0012345678");
    bank.branch = view("0062_00119");
    bank.currency = number % 2 ? view("TRY") : view("");
    status = mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL);
    return status == MT940_OK ? mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL) : status;
}

struct mt940_directory *dealers_build(size_t first, size_t step)
{
    struct mt940_company company = {.code = {"001", 3}, .title = {"ORNEK A.S.", 10}, .local_currency = {"TRY", 3}};
    struct mt940_bank_account account = {.code = {"102.01", 6}, .iban = {"TR140006200119000001234567", 26}};
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory = NULL;
    int status;

    if (mt940_directory_builder_new(&company.code, NULL, &builder, NULL) != MT940_OK)
        return NULL;
    status = mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL);
    if (status == MT940_OK)
        status = mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &account, NULL);
    for (size_t i = 0; status == MT940_OK && i < DEALERS; i++)
        status = add_dealer(builder, (first + i * step) % DEALERS);
    if (status == MT940_OK)
        status = mt940_directory_build(builder, &directory, NULL);
    mt940_directory_builder_free(builder);
    return status == MT940_OK ? directory : NULL;
}

/* Reads all bytes of a text, so that a sanitizer sees where it lies. */
static size_t read_text(struct mt940_view text)
{
    size_t sum = text.length;

    for (size_t i = 0; i < text.length; i++)
        sum += (unsigned char)text.data[i];
    return sum;
}

static size_t ask_match(const struct mt940_directory *directory, const char *text, struct mt940_match_scratch *scratch)
{
    static struct mt940_facts facts;
    static struct mt940_match match;
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = 1, .narrative = view(text)};
    struct mt940_match_input input = {.size = sizeof(input), .sign = 1, .facts = &facts, .scratch = scratch};
    size_t sum = 0;

    facts.size = sizeof(facts);
    match.size = sizeof(match);
    if (mt940_facts_read(&texts, &facts) != MT940_OK || mt940_match_movement(directory, &input, &match) != MT940_OK)
        return 0;
    for (size_t i = 0; i < (size_t)match.candidate_count; i++)
        sum += read_text(match.candidates[i].customer);
    return sum;
}

static size_t ask_names(const struct mt940_directory *directory, const char *name, struct mt940_match_scratch *scratch)
{
    static struct mt940_name_finding finding;
    struct mt940_view text = view(name);

    finding.search = &scratch->names;
    finding.own_count = 0;
    return mt940_name_find(&directory->names, &text, false, &finding) +
           mt940_name_find(&directory->names, &text, true, &finding) +
           mt940_name_is_certain(&directory->names, &finding);
}

size_t dealers_ask(const struct mt940_directory *directory, struct mt940_match_scratch *scratch)
{
    static const char *const names[] = {"YILDIZ YILDIZ GIDA", "DOGANN OGE INSAAT AS", "KAY? EGE TEKSTIL LTD",
                                        "AKBAY MARKETT", "SAHIN KAYA TEKSTIL PAZARLAMA LIM", "GUL SAN NAKLIYAT", "ZZQXW"};
    struct mt940_directory_hit hits[4] = {{.slot = 0}};
    struct mt940_customer_bank banks[4];
    struct mt940_view account = view("12345678"), company = view("120.003");
    struct mt940_company own;
    struct dealer dealer;
    size_t sum = 0;

    for (size_t i = 0; i < DEALERS; i += 7) {
        struct mt940_view iban, tax_id, name;

        make_dealer(i, &dealer);
        iban = view(dealer.iban);
        tax_id = view(dealer.tax_id);
        name = view(dealer.name);
        sum += mt940_directory_by_iban(directory, &iban, hits, 4) + read_text(hits[0].customer);
        sum += mt940_directory_by_tax_id(directory, &tax_id, hits, 4) + mt940_directory_by_name(directory, &name, hits, 4);
        sum += mt940_directory_customer_banks(directory, &hits[0].customer, banks, 4);
    }
    sum += mt940_directory_by_account(directory, 62, 119, &account, hits, 4);
    sum += mt940_directory_customer_banks(directory, &company, banks, 4);
    if (mt940_directory_company(directory, &own) == MT940_OK)
        sum += read_text(own.title);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        sum += ask_names(directory, names[i], scratch);
    make_dealer(3, &dealer);
    return sum + ask_match(directory, dealer.iban, scratch) + ask_match(directory, dealer.name, scratch);
}

size_t dealers_ask_changed(const struct mt940_directory *directory, struct mt940_match_scratch *scratch)
{
    struct mt940_directory_overlay *overlay;
    const struct mt940_directory *changed;
    size_t sum = 0;

    if (mt940_directory_overlay_new(directory, NULL, NULL, &overlay, NULL) != MT940_OK)
        return 0;
    for (size_t i = 0; i < DEALERS; i += 3) {
        struct mt940_customer card = {.active = 1};
        struct dealer dealer, other;

        make_dealer(i, &dealer);
        make_dealer(i * 2 + 1, &other);
        card.code = view(dealer.code);
        card.name = view(other.name);
        if (i % 2)
            (void)mt940_directory_overlay_remove(overlay, MT940_KIND_CUSTOMER, &card, NULL);
        else
            (void)mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER, &card, NULL);
    }
    if (mt940_directory_overlay_read(overlay, &changed, NULL) == MT940_OK)
        sum = dealers_ask(changed, scratch);
    mt940_directory_overlay_free(overlay);
    return sum;
}

void dealers_sign(unsigned char *image, size_t length)
{
    struct mt940_image_head head;
    size_t behind;

    if (length < sizeof(head))
        return;
    memcpy(&head, image, sizeof(head));
    if (head.own_bytes > length - sizeof(head))
        return;
    behind = sizeof(head) + head.own_bytes;
    head.sum = mt940_index_hash(image + behind, length - behind);
    head.head_sum = mt940_image_head_sum(&head, image + sizeof(head));
    memcpy(image, &head, sizeof(head));
}
