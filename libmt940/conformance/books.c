/* SPDX-License-Identifier: Apache-2.0
 *
 * books.c: the kit for books. It does not know what should be in them, so it holds every look-up
 * against the others: what is asked for by key must be what was in the whole.
 */
#include <string.h>

#include "export.h"
#include "kit.h"

static const struct mt940_conformance_books_options *options_of(const struct mt940_kit *kit)
{
    return kit->subject->options;
}

static void open_books(struct mt940_kit *kit)
{
    memset(&kit->books, 0, sizeof(kit->books));
    kit->books.size = sizeof(kit->books);
    int status = options_of(kit)->open(kit->subject->user, &kit->books);
    mt940_kit_require(kit, status == 0, "open() returned %d", status);
    mt940_kit_require(kit, kit->books.size >= sizeof(kit->books), "the size of the books is wrong");
}

static void close_books(struct mt940_kit *kit)
{
    memset(&kit->books, 0, sizeof(kit->books));
    if (options_of(kit)->close)
        options_of(kit)->close(kit->subject->user);
}

/* --- one look-up --- */

struct question {
    int32_t kind;
    const struct mt940_view *company;
    const struct mt940_view *codes; /* of customers */
    size_t count;
    const struct mt940_view *code;  /* currency or own account */
};

struct answers {
    struct mt940_kit *kit;
    struct mt940_kit_list list;
    int32_t kind;
    size_t stop_at;
};

static int note_record(void *user, const void *record)
{
    struct answers *answers = user;
    void *copy = NULL;

    if (mt940_record_clone(answers->kind, record, &answers->kit->pool, &copy) ||
        !mt940_kit_list_try_add(answers->kit, &answers->list, copy))
        return MT940_E_MEMORY;
    return answers->list.count == answers->stop_at ? 4711 : 0;
}

/* Asks; MT940_E_NOT_FOUND stands for a slot that is NULL. */
static int ask(struct mt940_kit *kit, const struct question *q, struct answers *answers)
{
    const struct mt940_books *b = &kit->books;
    const struct mt940_conformance_books_options *o = options_of(kit);

    answers->kit = kit;
    answers->kind = q->kind;
    switch (q->kind) {
    case MT940_KIND_COMPANY:
        return b->company ? b->company(b->user, q->company, note_record, answers) : MT940_E_NOT_FOUND;
    case MT940_KIND_BANK_ACCOUNT:
        return b->bank_accounts ? b->bank_accounts(b->user, q->company, note_record, answers) : MT940_E_NOT_FOUND;
    case MT940_KIND_CUSTOMER:
        return b->customers ? b->customers(b->user, q->company, q->codes, q->count, note_record, answers)
                            : MT940_E_NOT_FOUND;
    case MT940_KIND_CUSTOMER_BANK:
        return b->customer_banks ? b->customer_banks(b->user, q->company, q->codes, q->count, note_record, answers)
                                 : MT940_E_NOT_FOUND;
    case MT940_KIND_TRANSACTION_CODE:
        return b->transaction_codes ? b->transaction_codes(b->user, q->company, note_record, answers)
                                    : MT940_E_NOT_FOUND;
    case MT940_KIND_BANK_CODE:
        return b->bank_codes ? b->bank_codes(b->user, q->company, note_record, answers) : MT940_E_NOT_FOUND;
    case MT940_KIND_RATE:
        return b->rates ? b->rates(b->user, q->company, q->code, &o->to, note_record, answers) : MT940_E_NOT_FOUND;
    case MT940_KIND_PAYMENT:
        return b->payments ? b->payments(b->user, q->company, q->codes, q->count, note_record, answers)
                           : MT940_E_NOT_FOUND;
    default:
        return b->slips ? b->slips(b->user, q->company, q->code, &o->from, &o->to, note_record, answers)
                        : MT940_E_NOT_FOUND;
    }
}

static struct mt940_kit_list answer(struct mt940_kit *kit, const struct question *question)
{
    struct answers answers = {.kit = kit};
    const char *name = mt940_kind_info(question->kind)->name;
    int status = ask(kit, question, &answers);

    if (status == MT940_E_NOT_FOUND && answers.list.count == 0)
        return answers.list;
    mt940_kit_require(kit, status == 0, "the look-up of %s returned %d", name, status);
    for (size_t i = 0; i < answers.list.count; i++) {
        struct mt940_error error = {.size = sizeof(error)};
        const void *record = answers.list.records[i];
        status = mt940_record_check(question->kind, record, 0, &error);
        mt940_kit_require(kit, status == 0, "a %s is malformed (%s)", name, error.text);
        /* The company is the first field of every key. */
        mt940_kit_require(kit, mt940_view_equal((const void *)((const char *)record + sizeof(int64_t)), question->company),
                          "a %s of another company came", name);
        for (size_t j = 0; j < i; j++)
            mt940_kit_require(kit, mt940_record_compare(question->kind, 0, answers.list.records[j], record) != 0,
                              "a %s came twice", name);
    }
    return answers.list;
}

static const int32_t kinds[] = {MT940_KIND_COMPANY,          MT940_KIND_BANK_ACCOUNT, MT940_KIND_CUSTOMER,
                                MT940_KIND_CUSTOMER_BANK,    MT940_KIND_BANK_CODE,    MT940_KIND_PAYMENT,
                                MT940_KIND_TRANSACTION_CODE, MT940_KIND_RATE,         MT940_KIND_SLIP};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static struct mt940_kit_list customers(struct mt940_kit *kit)
{
    struct question all = {.kind = MT940_KIND_CUSTOMER, .company = &options_of(kit)->company};

    return answer(kit, &all);
}

/* What to ask: payments name customers, rates a currency, slips an account. */
static struct question whole(struct mt940_kit *kit, int32_t kind)
{
    static const struct mt940_view currency = {"USD", 3};
    struct question question = {.kind = kind, .company = &options_of(kit)->company, .code = &currency};

    if (kind == MT940_KIND_PAYMENT) {
        struct mt940_kit_list all = customers(kit);
        struct mt940_view *codes = mt940_kit_alloc(kit, (all.count + 1) * sizeof(*codes));
        for (size_t i = 0; i < all.count; i++)
            codes[i] = ((const struct mt940_customer *)all.records[i])->code;
        question.codes = codes;
        question.count = all.count;
    }
    if (kind == MT940_KIND_SLIP) {
        struct question accounts = {.kind = MT940_KIND_BANK_ACCOUNT, .company = question.company};
        struct mt940_kit_list all = answer(kit, &accounts);
        if (all.count)
            question.code = &((const struct mt940_bank_account *)all.records[0])->code;
    }
    return question;
}

/* --- the checks --- */

static void records_are_whole(struct mt940_kit *kit)
{
    for (int i = 0; i < KINDS; i++) {
        struct question question = whole(kit, kinds[i]);
        (void)answer(kit, &question);
    }
    mt940_kit_require(kit, customers(kit).count > 0, "the books have no customer; there is nothing to judge");
}

static void orders(struct mt940_kit *kit)
{
    static const int32_t ordered[] = {MT940_KIND_CUSTOMER, MT940_KIND_CUSTOMER_BANK};

    for (int k = 0; k < 2; k++) {
        struct question question = whole(kit, ordered[k]);
        struct mt940_kit_list all = answer(kit, &question);
        for (size_t i = 1; i < all.count; i++)
            mt940_kit_require(kit, mt940_record_compare(ordered[k], 0, all.records[i - 1], all.records[i]) < 0,
                              "%s do not come in order of their key", mt940_kind_info(ordered[k])->table);
    }
}

static struct mt940_view customer_of(int32_t kind, const void *record)
{
    return kind == MT940_KIND_CUSTOMER        ? ((const struct mt940_customer *)record)->code
           : kind == MT940_KIND_CUSTOMER_BANK ? ((const struct mt940_customer_bank *)record)->customer
                                              : ((const struct mt940_payment *)record)->customer;
}

static bool is_among(const struct mt940_view *codes, size_t count, const struct mt940_view *code)
{
    for (size_t i = 0; i < count; i++)
        if (mt940_view_equal(&codes[i], code))
            return true;
    return false;
}

/* Of the whole, those of some customers, and one code nobody has. */
static void require_part(struct mt940_kit *kit, int32_t kind, const struct mt940_view *codes, size_t count)
{
    struct question question = whole(kit, kind);
    struct mt940_kit_list all = answer(kit, &question);
    size_t wanted = 0;

    question.codes = codes;
    question.count = count;
    struct mt940_kit_list part = answer(kit, &question);
    for (size_t i = 0; i < all.count; i++) {
        struct mt940_view code = customer_of(kind, all.records[i]);
        if (!is_among(codes, count, &code))
            continue;
        const void *same = NULL;
        for (size_t j = 0; j < part.count && !same; j++)
            if (!mt940_kit_difference(kind, part.records[j], all.records[i]))
                same = part.records[j];
        mt940_kit_require(kit, same != NULL, "a %s in the whole is missing or another when asked for by customer",
                          mt940_kind_info(kind)->name);
        wanted++;
    }
    mt940_kit_require(kit, part.count == wanted, "%u %s came for %u customers who have %u", (unsigned)part.count,
                      mt940_kind_info(kind)->table, (unsigned)count, (unsigned)wanted);
}

static void by_customer(struct mt940_kit *kit)
{
    static const int32_t asked[] = {MT940_KIND_CUSTOMER, MT940_KIND_CUSTOMER_BANK, MT940_KIND_PAYMENT};
    struct mt940_kit_list all = customers(kit);
    struct mt940_view *codes = mt940_kit_alloc(kit, (all.count + 1) * sizeof(*codes));

    codes[0] = mt940_kit_view("\x7F nobody");
    for (int k = 0; k < 3; k++) {
        require_part(kit, asked[k], codes, 1);
        size_t count = 1;
        for (size_t i = 0; i < all.count; i++)
            if (mt940_kit_random(kit, 3) == 0 || i == 0)
                codes[count++] = ((const struct mt940_customer *)all.records[i])->code;
        require_part(kit, asked[k], codes, count);
        require_part(kit, asked[k], codes + 1, 1);
    }
}

/* Open rows come by their invoice's number as they came by their customer; of other numbers none comes. */
static void require_invoice(struct mt940_kit *kit, const struct mt940_kit_list *open, const struct mt940_view *numbers,
                            size_t count)
{
    struct answers part = {.kit = kit, .kind = MT940_KIND_PAYMENT};
    const struct mt940_books *books = &kit->books;
    int status = books->invoice_payments(books->user, &options_of(kit)->company, numbers, count, note_record, &part);

    mt940_kit_require(kit, status == 0, "the look-up of payments by invoice returned %d", status);
    for (size_t i = 0; i < part.list.count; i++) {
        const struct mt940_payment *payment = part.list.records[i];
        mt940_kit_require(kit, is_among(numbers, count, &payment->invoice), "a payment of another invoice came");
        mt940_kit_require(kit, mt940_view_equal(&payment->company, &options_of(kit)->company) == 1,
                          "a payment of another company came");
        for (size_t j = 0; j < i; j++)
            mt940_kit_require(kit, mt940_record_compare(MT940_KIND_PAYMENT, 0, part.list.records[j], payment) != 0,
                              "a payment came twice");
    }
    for (size_t i = 0; i < open->count; i++) {
        const struct mt940_payment *payment = open->records[i];
        bool came = !is_among(numbers, count, &payment->invoice);
        for (size_t j = 0; j < part.list.count && !came; j++)
            came = !mt940_kit_difference(MT940_KIND_PAYMENT, part.list.records[j], payment);
        mt940_kit_require(kit, came, "an open payment is missing or another when asked for by invoice");
    }
}

static void by_invoice(struct mt940_kit *kit)
{
    struct question question = whole(kit, MT940_KIND_PAYMENT);
    struct mt940_kit_list open = answer(kit, &question);
    struct mt940_view numbers[8];
    size_t count = 0;

    if (!kit->books.invoice_payments)
        return;
    numbers[count++] = mt940_kit_view("\x7F no invoice");
    require_invoice(kit, &open, numbers, 0);
    require_invoice(kit, &open, numbers, count);
    for (size_t i = 0; i < open.count && count < sizeof(numbers) / sizeof(numbers[0]); i++) {
        const struct mt940_payment *payment = open.records[i];
        if (is_among(numbers, count, &payment->invoice))
            continue;
        numbers[count++] = payment->invoice;
        require_invoice(kit, &open, numbers + count - 1, 1);
    }
    require_invoice(kit, &open, numbers, count);
}

static void payments_are_open(struct mt940_kit *kit)
{
    struct question question = whole(kit, MT940_KIND_PAYMENT);
    struct mt940_kit_list all = answer(kit, &question);

    for (size_t i = 0; i < all.count; i++) {
        const struct mt940_payment *p = all.records[i];
        bool is_open = p->amount < 0 ? p->paid > p->amount && p->paid <= 0 : p->paid < p->amount && p->paid >= 0;
        mt940_kit_require(kit, is_open, "a payment came that is paid, or paid beyond its amount");
        mt940_kit_require(kit, p->state == MT940_DOCUMENT_STATE_ACTIVE, "a cancelled payment came");
    }
}

static void rates_are_the_last(struct mt940_kit *kit)
{
    struct question question = whole(kit, MT940_KIND_RATE);
    struct mt940_kit_list all = answer(kit, &question);

    for (size_t i = 0; i < all.count; i++) {
        const struct mt940_rate *rate = all.records[i];
        mt940_kit_require(kit, mt940_view_equal(&rate->currency, question.code), "a rate of another currency came");
        mt940_kit_require(kit, mt940_date_compare(&rate->date, &options_of(kit)->to) <= 0, "a rate of a later day came");
        mt940_kit_require(kit, rate->rate > 0, "a rate came that is not positive");
        for (size_t j = 0; j < i; j++)
            mt940_kit_require(kit, !mt940_view_equal(&rate->kind, &((const struct mt940_rate *)all.records[j])->kind),
                              "two rates of one kind came");
    }
}

static void slips_are_of_the_days(struct mt940_kit *kit)
{
    struct question question = whole(kit, MT940_KIND_SLIP);
    struct mt940_kit_list all = answer(kit, &question);

    for (size_t i = 0; i < all.count; i++) {
        const struct mt940_slip *slip = all.records[i];
        bool is_within = mt940_date_compare(&slip->date, &options_of(kit)->from) >= 0 &&
                         mt940_date_compare(&slip->date, &options_of(kit)->to) <= 0;
        mt940_kit_require(kit, is_within, "a slip of another day came");
        mt940_kit_require(kit, mt940_view_equal(&slip->bank_account, question.code), "a slip of another account came");
        mt940_kit_require(kit, slip->state == MT940_DOCUMENT_STATE_ACTIVE, "a cancelled slip came");
    }
}

static void companies_apart(struct mt940_kit *kit)
{
    struct mt940_view nobody = mt940_kit_view("\x7F no company");

    for (int i = 0; i < KINDS; i++) {
        struct question question = whole(kit, kinds[i]);
        question.company = &nobody;
        mt940_kit_require(kit, answer(kit, &question).count == 0, "a company that is not there has %s",
                          mt940_kind_info(kinds[i])->table);
    }
}

static void asked_again(struct mt940_kit *kit)
{
    for (int i = 0; i < KINDS; i++) {
        struct question question = whole(kit, kinds[i]);
        struct mt940_kit_list first = answer(kit, &question);
        struct mt940_kit_list second = answer(kit, &question);
        mt940_kit_require(kit, first.count == second.count, "asked twice, %s are %u and %u",
                          mt940_kind_info(kinds[i])->table, (unsigned)first.count, (unsigned)second.count);
    }
}

static void sinks_stop(struct mt940_kit *kit)
{
    for (int i = 0; i < KINDS; i++) {
        struct question question = whole(kit, kinds[i]);
        if (answer(kit, &question).count == 0)
            continue;
        struct answers answers = {.stop_at = 1};
        int status = ask(kit, &question, &answers);
        mt940_kit_require(kit, status == 4711 && answers.list.count == 1,
                          "the look-up of %s returned %d when its sink returned 4711",
                          mt940_kind_info(kinds[i])->name, status);
    }
}

static const struct mt940_kit_check checks[] = {
    {"records-are-whole", "Every record has the form of its kind, the company asked for, and comes once.",
     records_are_whole},
    {"orders", "All customers come in order of code, their bank records in order of slot.", orders},
    {"by-customer", "Asked for by customer comes what was in the whole, and nothing else.", by_customer},
    {"by-invoice", "Asked for by invoice comes every open payment of those invoices, and of no other.", by_invoice},
    {"payments-are-open", "Payments are active and not paid in full.", payments_are_open},
    {"rates-are-the-last", "Of each kind of rate the last on or before the day comes.", rates_are_the_last},
    {"slips-are-of-the-days", "Slips are active, of the account and between the days.", slips_are_of_the_days},
    {"companies-apart", "A company that is not there has nothing.", companies_apart},
    {"asked-again", "The same question has the same answer.", asked_again},
    {"sinks-stop", "A sink's non-zero return stops a look-up and comes back unchanged.", sinks_stop},
    {NULL, NULL, NULL},
};

MT940_EXPORT int mt940_conformance_books(const struct mt940_conformance_books_options *options,
                                         struct mt940_conformance_report *report)
{
    static const struct mt940_kit_check *const groups[] = {checks, NULL};

    if (!options || !mt940_kit_is_usable(options, options->size, sizeof(*options)) || !options->open ||
        !mt940_date_is_valid(&options->from) || !mt940_date_is_valid(&options->to))
        return MT940_E_ARGUMENT;
    struct mt940_kit_subject subject = {.options = options,
                                        .user = options->user,
                                        .checked = options->checked,
                                        .only = options->only,
                                        .begin = open_books,
                                        .end = close_books};
    return mt940_kit_run(&subject, groups, report);
}
