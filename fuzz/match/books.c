/* SPDX-License-Identifier: Apache-2.0
 *
 * books.c: reads the books of an input and makes a directory of them.
 */
#include "books.h"

#include <stdlib.h>
#include <string.h>

#include "mt940connect/status.h"

#define FIELDS 4

static struct mt940_view view(const char *text, size_t length)
{
    struct mt940_view result = {text, length};

    return result;
}

/* The fields behind the letter of a line; those that are missing are empty. */
static void read_fields(struct mt940_view line, struct mt940_view fields[FIELDS])
{
    size_t from = 2, count = 0;

    for (size_t i = 0; i < FIELDS; i++)
        fields[i] = view("", 0);
    for (size_t at = 2; at <= line.length && count < FIELDS; at++)
        if (at == line.length || (line.data[at] == '|' && count + 1 < FIELDS)) {
            fields[count++] = view(line.data + from, at - from);
            from = at + 1;
        }
}

static int64_t number_of(struct mt940_view text)
{
    int64_t number = 0;

    for (size_t i = 0; i < text.length && i < 9 && text.data[i] >= '0' && text.data[i] <= '9'; i++)
        number = number * 10 + (text.data[i] - '0');
    return number;
}

static bool has(struct mt940_view text, char c)
{
    return text.length > 0 && memchr(text.data, c, text.length) != NULL;
}

static void add_customer(struct books *books, const struct mt940_view fields[FIELDS])
{
    size_t at = books->customer_count;
    struct mt940_customer *customer = &books->customers[at];

    if (at == BOOKS_CUSTOMERS)
        return;
    memset(customer, 0, sizeof(*customer));
    memcpy(books->codes[at], "K-00", 5);
    books->codes[at][2] = (char)('0' + at / 10);
    books->codes[at][3] = (char)('0' + at % 10);
    customer->code = view(books->codes[at], 4);
    customer->name = fields[0];
    customer->tax_id = fields[1];
    customer->type = has(fields[2], '1') ? MT940_CUSTOMER_TYPE_BUYER
                     : has(fields[2], '2') ? MT940_CUSTOMER_TYPE_SUPPLIER
                                           : 0;
    customer->active = !has(fields[2], 'x');
    books->customer_count++;
}

static void add_bank(struct books *books, const struct mt940_view fields[FIELDS])
{
    struct books_bank *bank = &books->banks[books->bank_count];
    size_t customer = books->customer_count - 1;

    if (books->customer_count == 0 || books->bank_count == BOOKS_BANKS)
        return;
    bank->customer = customer;
    bank->slot = 1;
    if (books->bank_count > 0 && bank[-1].customer == customer)
        bank->slot = bank[-1].slot + 1;
    bank->iban = fields[0];
    bank->branch = fields[1];
    bank->account = fields[2];
    bank->collector = has(fields[3], 'c');
    books->bank_count++;
}

/* The last customer once more, bank records and all. */
static void repeat(struct books *books)
{
    size_t customer = books->customer_count - 1, end = books->bank_count;
    struct mt940_view fields[FIELDS];

    if (books->customer_count == 0 || books->customer_count == BOOKS_CUSTOMERS)
        return;
    books->customers[customer + 1] = books->customers[customer];
    memcpy(books->codes[customer + 1], books->codes[customer], BOOKS_CODE);
    books->codes[customer + 1][2] = (char)('0' + (customer + 1) / 10);
    books->codes[customer + 1][3] = (char)('0' + (customer + 1) % 10);
    books->customers[customer + 1].code = view(books->codes[customer + 1], 4);
    books->customer_count++;
    for (size_t i = 0; i < end; i++)
        if (books->banks[i].customer == customer) {
            fields[0] = books->banks[i].iban;
            fields[1] = books->banks[i].branch;
            fields[2] = books->banks[i].account;
            fields[3] = books->banks[i].collector ? view("c", 1) : view("", 0);
            add_bank(books, fields);
        }
}

/* A number is an invoice's alone: it is the key of the record. */
static void add_payment(struct books *books, const struct mt940_view fields[FIELDS])
{
    struct mt940_payment *payment = &books->payments[books->payment_count];

    if (books->customer_count == 0 || books->payment_count == BOOKS_PAYMENTS || fields[0].length == 0)
        return;
    for (size_t i = 0; i < books->payment_count; i++)
        if (books->payments[i].invoice.length == fields[0].length &&
            memcmp(books->payments[i].invoice.data, fields[0].data, fields[0].length) == 0)
            return;
    memset(payment, 0, sizeof(*payment));
    payment->invoice = fields[0];
    payment->customer = books->customers[books->customer_count - 1].code;
    payment->amount = number_of(fields[1]);
    payment->paid = number_of(fields[2]);
    payment->currency = view("TRY", 3);
    payment->state = MT940_DOCUMENT_STATE_ACTIVE;
    books->payment_count++;
}

static void add_own(struct books *books, const struct mt940_view fields[FIELDS])
{
    static const char codes[] = "O0O1O2O3";
    struct mt940_bank_account *own = &books->own[books->own_count];

    if (books->own_count == BOOKS_OWN)
        return;
    memset(own, 0, sizeof(*own));
    own->code = view(codes + 2 * books->own_count++, 2);
    own->iban = fields[0];
    own->branch = fields[1];
    own->account = fields[2];
}

static bool read_line(struct books *books, struct mt940_view line)
{
    struct mt940_view fields[FIELDS];

    if (line.length < 2 || line.data[1] != '|')
        return false;
    read_fields(line, fields);
    switch (line.data[0]) {
    case 'c': add_customer(books, fields); return true;
    case 'b': add_bank(books, fields); return true;
    case 'p': add_payment(books, fields); return true;
    case 'o': add_own(books, fields); return true;
    case 'r':
        for (int64_t i = number_of(fields[0]); i > 0 && books->customer_count < BOOKS_CUSTOMERS; i--)
            repeat(books);
        return true;
    default: return false;
    }
}

void books_read(const uint8_t *data, size_t size, struct books *out)
{
    const char *text = (const char *)data, *end;
    uint8_t choice = size > 0 ? data[--size] : 0;

    memset(out, 0, sizeof(*out));
    out->sign = choice & 1 ? -1 : choice & 2 ? 1 : choice & 4 ? 0 : 1;
    out->flags = choice & 8 ? MT940_MATCH_NAME_AUTO : 0;
    out->knows_account = choice & 16;
    while ((end = size > 0 ? memchr(text, '\n', size) : NULL) != NULL) {
        if (!read_line(out, view(text, (size_t)(end - text))))
            break;
        size -= (size_t)(end - text) + 1;
        text = end + 1;
    }
    out->text = view(text, size);
}

static void must(int status)
{
    if (status != MT940_OK)
        abort();
}

struct mt940_directory *books_directory(const struct books *books)
{
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;
    struct mt940_view company = view("001", 3);

    must(mt940_directory_builder_new(&company, NULL, &builder, NULL));
    for (size_t i = 0; i < books->own_count; i++)
        must(mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &books->own[i], NULL));
    for (size_t i = books->customer_count; i-- > 0;)
        must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &books->customers[i], NULL));
    for (size_t i = books->bank_count; i-- > 0;) {
        const struct books_bank *from = &books->banks[i];
        struct mt940_customer_bank bank = {.slot = from->slot, .iban = from->iban, .branch = from->branch,
                                           .account = from->account, .collector = from->collector};

        bank.customer = books->customers[from->customer].code;
        must(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL));
    }
    must(mt940_directory_build(builder, &directory, NULL));
    mt940_directory_builder_free(builder);
    return directory;
}
