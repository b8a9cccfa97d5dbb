/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_exchange.c: what a bank is told (cases/dbs/order.csv), what its answer makes of it
 * (order_answer.csv), the file to it, and its answers as files (cases/dbs/answers), hostile ones too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs_exchange.h"
#include "mt940connect/schema.h"
#include "table.h"

static struct mt940_date july(const struct table_row *row, const char *column)
{
    return (struct mt940_date){2026, 7, (uint8_t)table_number(row, column)};
}

static void one_order(const struct table_row *row)
{
    struct mt940_invoice invoice = {.date = {2026, 7, 1}};
    struct mt940_payment payment = {.line = 1, .slot = 1, .currency = {"TRY", 3}};
    struct mt940_dbs_order order = {.line = 1, .slot = 1, .currency = {"TRY", 3}}, out;
    struct mt940_dbs_wish wish = {.size = sizeof wish, .again = (int32_t)table_number(row, "again")};
    int32_t record = -1;

    if (table_text(row, "told")[0]) {
        order.record = table_enum(row, "told", MT940_ENUM_DBS_ORDER_RECORD);
        order.state = table_enum(row, "state", MT940_ENUM_DBS_ORDER_STATE);
        order.held = table_number(row, "held");
        order.amount = table_money(row, "told_amount");
        order.due_date = july(row, "told_due");
        order.collected = table_money(row, "told_collected");
        wish.order = &order;
    }
    if (strcmp(table_text(row, "row"), "gone") != 0) {
        payment.state = table_enum(row, "row", MT940_ENUM_DOCUMENT_STATE);
        payment.type = table_enum(row, "type", MT940_ENUM_PAYMENT_TYPE);
        invoice.kind = table_enum(row, "kind", MT940_ENUM_INVOICE_KIND);
        payment.amount = table_money(row, "amount");
        payment.paid = table_money(row, "paid");
        payment.due_date = july(row, "due");
        wish.collected = table_money(row, "collected");
        wish.row = &payment;
        wish.invoice = &invoice;
    }
    assert_int_equal(mt940_dbs_order_decide(&wish, &out, &record), 0);
    if (record == 0) {
        table_expect_text(row, "record", "");
        return;
    }
    table_expect_text(row, "record", mt940_enum_name(MT940_ENUM_DBS_ORDER_RECORD, record, "en"));
    table_expect_money(row, "new_amount", out.amount);
    assert_int_equal(out.record, record);
    assert_int_equal(out.held, record != MT940_DBS_ORDER_RECORD_CANCEL);
    assert_int_equal(out.state, MT940_DBS_ORDER_STATE_SENT);
    /* Told and unchanged, it is not told again. */
    wish.order = &out;
    wish.again = 0;
    assert_int_equal(mt940_dbs_order_decide(&wish, &order, &record), 0);
    assert_int_equal(record, 0);
}

static void orders_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/order.csv", one_order) > 35);
}

static void one_answer(const struct table_row *row)
{
    struct mt940_dbs_order order = {.currency = {"TRY", 3}, .amount = 10000, .held = 1}, out;
    struct mt940_dbs_answer answer = {.size = sizeof answer, .paid = {.scale = -1}};
    int32_t message = -1;
    int changed;

    order.record = table_enum(row, "record", MT940_ENUM_DBS_ORDER_RECORD);
    order.state = table_enum(row, "state", MT940_ENUM_DBS_ORDER_STATE);
    order.run = table_number(row, "run");
    order.paid = table_money(row, "paid");
    answer.state = (int32_t)table_enum(row, "answer", MT940_ENUM_DBS_ORDER_STATE);
    answer.run = table_number(row, "answer_run");
    if (table_text(row, "answer_paid")[0])
        answer.paid = (struct mt940_amount){.units = table_money(row, "answer_paid"), .scale = 2};
    changed = mt940_dbs_order_answer(&order, &answer, 99, &out, &message);
    table_expect_number(row, "changed", changed);
    table_expect_text(row, "message", message ? mt940_message_name(message) : "");
    if (changed != 1)
        return;
    table_expect_text(row, "new_state", mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, out.state, "en"));
    table_expect_number(row, "held", out.held);
    table_expect_money(row, "new_paid", out.paid);
    assert_int_equal(out.answered_at, 99);
    /* The same answer again changes nothing. */
    assert_int_equal(mt940_dbs_order_answer(&out, &answer, 100, &order, &message), 0);
}

static void answers_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/order_answer.csv", one_answer) > 25);
}

/* An amount that is no amount of the currency, and sums that do not fit, are errors and not wrong numbers. */
static void numbers_that_do_not_fit_are_refused(void **state)
{
    struct mt940_dbs_order order = {.currency = {"JPY", 3}, .record = MT940_DBS_ORDER_RECORD_NEW}, out;
    struct mt940_dbs_answer answer = {.size = sizeof answer, .state = MT940_DBS_ORDER_STATE_PAID,
                                      .paid = {.units = 1005, .scale = 1}};
    struct mt940_invoice invoice = {.kind = MT940_INVOICE_KIND_SALE};
    struct mt940_payment payment = {.type = MT940_PAYMENT_TYPE_DBS, .amount = 1, .paid = INT64_MIN};
    struct mt940_dbs_wish wish = {.size = sizeof wish, .row = &payment, .invoice = &invoice};
    int32_t message, record;

    (void)state;
    assert_int_equal(mt940_dbs_order_answer(&order, &answer, 1, &out, &message), MT940_E_RANGE);
    order.currency = (struct mt940_view){"TRY", 3};
    answer.paid = (struct mt940_amount){.units = INT64_MAX / 2, .scale = 0};
    assert_int_equal(mt940_dbs_order_answer(&order, &answer, 1, &out, &message), MT940_E_RANGE);
    assert_int_equal(mt940_dbs_order_decide(&wish, &out, &record), MT940_E_RANGE);
    payment.paid = 0;
    wish.collected = INT64_MAX;
    assert_int_equal(mt940_dbs_order_decide(&wish, &out, &record), 0); /* a new order: all of it came before */
    wish.order = &order;
    order.held = 1;
    assert_int_equal(mt940_dbs_order_decide(&wish, &out, &record), MT940_E_RANGE);
    wish.invoice = NULL;
    assert_int_equal(mt940_dbs_order_decide(&wish, &out, &record), MT940_E_ARGUMENT);
}

/* ---- The file to a bank ---- */

static const struct mt940_dbs_order written = {
    .bank = {"0062", 4}, .invoice = {"F;1", 3}, .line = 2, .reference = {"F;1-2", 5}, .customer = {"120 \"A\"", 7},
    .invoice_date = {2026, 7, 1}, .due_date = {2026, 7, 15}, .amount = 123456, .currency = {"TRY", 3},
    .record = MT940_DBS_ORDER_RECORD_UPDATE, .run = 7,
    .bank_account = {"102.01", 6}};

static void expect_file(const struct mt940_dbs_layout *layout, const struct mt940_dbs_export_row *rows, size_t count,
                        const char *expected)
{
    char text[1024];
    size_t length = 0;

    assert_int_equal(mt940_dbs_export_write(layout, rows, count, NULL, 0, &length), MT940_E_LIMIT);
    assert_int_equal(length, strlen(expected));
    memset(text, '#', sizeof text);
    assert_int_equal(mt940_dbs_export_write(layout, rows, count, text, length - 1, &length), MT940_E_LIMIT);
    assert_int_equal(text[length - 1], '#');
    assert_int_equal(mt940_dbs_export_write(layout, rows, count, text, sizeof text, &length), 0);
    assert_memory_equal(text, expected, length);
}

static void a_file_is_written_as_its_layout_says(void **state)
{
    const struct mt940_dbs_export_row row = {.order = &written, .row = 3, .branch = {"0062_00119", 10},
                                             .account = {"12\r\n34", 6}, .iban = {"TR14", 4}};
    struct mt940_dbs_layout own = *mt940_dbs_layout_find("vakifbank", NULL);

    (void)state;
    expect_file(mt940_dbs_layout_find(NULL, "0062"), &row, 1,
                "run,row,record,bank,customer,reference,invoice,line,invoice_date,due_date,amount,currency,branch,"
                "account,iban,collection_account,collection_iban\r\n"
                "7,3,update,0062,\"120 \"\"A\"\"\",F;1-2,F;1,2,2026-07-01,2026-07-15,1234.56,TRY,0062_00119,"
                "12  34,TR14,102.01,\r\n");
    expect_file(mt940_dbs_layout_find(NULL, "0015"), &row, 1,
                "RecordType;MainCompanyDealerCode;InvoiceNumber;InvoiceAmount;CurrencyCode;LastPaymentDate\r\n"
                "update;\"120 \"\"A\"\"\";\"F;1-2\";1234.56;TRY;2026-07-15\r\n");
    own.decimal_sign = ',';
    own.separator = '\t';
    own.date_form = MT940_DBS_DATE_DOTTED;
    expect_file(&own, &row, 1,
                "RecordType\tMainCompanyDealerCode\tInvoiceNumber\tInvoiceAmount\tCurrencyCode\tLastPaymentDate\r\n"
                "update\t\"120 \"\"A\"\"\"\tF;1-2\t1234,56\tTRY\t15.07.2026\r\n");
    own.date_form = MT940_DBS_DATE_PLAIN;
    own.columns++;
    own.column_count = 2;
    expect_file(&own, &row, 1, "MainCompanyDealerCode\tInvoiceNumber\r\n\"120 \"\"A\"\"\"\tF;1-2\r\n");
}

static void names_are_cut_by_nobody(void **state)
{
    struct mt940_dbs_order order = written;
    struct mt940_dbs_export_row row = {.order = &order, .row = 1};
    const struct mt940_dbs_layout *layout = mt940_dbs_layout_find("vakifbank", NULL);
    const struct mt940_view invoice = {"ABC", 3}, odd = {"Merkez", 6}, branch = {"62-119", 6};
    char text[32];
    size_t column = 99;

    (void)state;
    order.reference = (struct mt940_view){"\xC5\x9E\xC5\x9E" "345678901234567890", 22}; /* 20 characters */
    assert_int_equal(mt940_dbs_export_widest(layout, &row, &column), MT940_E_NOT_FOUND);
    order.reference = (struct mt940_view){"123456789012345678901", 21};
    assert_int_equal(mt940_dbs_export_widest(layout, &row, &column), 0);
    assert_int_equal(column, 2);
    assert_int_equal(mt940_dbs_export_value(layout, &row, column, text, sizeof text), 21);
    assert_string_equal(text, "123456789012345678901");
    assert_int_equal(mt940_dbs_reference(&invoice, 1, text, sizeof text), 3);
    assert_string_equal(text, "ABC");
    assert_int_equal(mt940_dbs_reference(&invoice, 12, text, sizeof text), 6);
    assert_string_equal(text, "ABC-12");
    assert_int_equal(mt940_dbs_reference(&invoice, 12, text, 5), 6);
    assert_string_equal(text, "ABC-");
    assert_int_equal(mt940_dbs_bank_of(&branch, text), 0);
    assert_string_equal(text, "0062");
    assert_int_equal(mt940_dbs_bank_of(&odd, text), MT940_E_FORMAT);
}

static void layouts_are_checked(void **state)
{
    struct mt940_dbs_layout layout;
    struct mt940_dbs_column no_name[] = {{MT940_DBS_FIELD_AMOUNT, 0, "amount"}};
    struct mt940_dbs_word no_word[] = {{MT940_DBS_ORDER_STATE_PAID, 0, ""}};
    const struct mt940_view code = {"8", 1}, other = {"99", 2};

    (void)state;
    for (size_t i = 0; mt940_dbs_layout_at(i); i++) {
        assert_int_equal(mt940_dbs_layout_check(mt940_dbs_layout_at(i), NULL), 0);
        assert_ptr_equal(mt940_dbs_layout_find(mt940_dbs_layout_at(i)->name, NULL), mt940_dbs_layout_at(i));
    }
    assert_null(mt940_dbs_layout_find("nonesuch", NULL));
    layout = *mt940_dbs_layout_at(0);
    layout.columns = no_name;
    layout.column_count = 1;
    assert_int_equal(mt940_dbs_layout_check(&layout, NULL), MT940_E_ARGUMENT);
    layout = *mt940_dbs_layout_at(0);
    layout.states = no_word;
    layout.state_count = 1;
    assert_int_equal(mt940_dbs_layout_check(&layout, NULL), MT940_E_ARGUMENT);
    layout = *mt940_dbs_layout_at(0);
    layout.separator = '"';
    assert_int_equal(mt940_dbs_layout_check(&layout, NULL), MT940_E_ARGUMENT);
    assert_string_equal(mt940_dbs_layout_reason(mt940_dbs_layout_find("vakifbank", NULL), &code, "tr"),
                        "garantisiz limit yetersiz");
    assert_null(mt940_dbs_layout_reason(mt940_dbs_layout_find("vakifbank", NULL), &other, "tr"));
    for (int32_t field = 1; field < MT940_DBS_FIELDS; field++)
        assert_int_equal(mt940_dbs_field_from_name(mt940_dbs_field_name(field), strlen(mt940_dbs_field_name(field))),
                         field);
}

/* ---- Answers as files ---- */

struct heard {
    char text[16384];
    size_t length;
    size_t answers, findings;
    int stop;
};

__attribute__((format(printf, 2, 3))) static void hear(struct heard *heard, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    heard->length += (size_t)vsnprintf(heard->text + heard->length, sizeof heard->text - heard->length, format, args);
    va_end(args);
    assert_true(heard->length < sizeof heard->text);
}

static void hear_view(struct heard *heard, const char *name, const struct mt940_view *view)
{
    if (view->length > 0)
        hear(heard, " %s%.*s", name, (int)view->length, view->data);
}

static int take_answer(void *user, const struct mt940_dbs_answer *answer)
{
    struct heard *heard = user;
    char paid[40];

    heard->answers++;
    if (heard->length > sizeof heard->text / 2)
        return heard->stop;
    hear(heard, "%u: %s", (unsigned)answer->line, mt940_enum_name(MT940_ENUM_DBS_ORDER_STATE, answer->state, "en"));
    hear_view(heard, "", &answer->reference);
    if (answer->invoice.length > 0)
        hear(heard, " invoice=%.*s/%d", (int)answer->invoice.length, answer->invoice.data, (int)answer->row);
    if (answer->run > 0)
        hear(heard, " run=%d", (int)answer->run);
    hear_view(heard, "bank=", &answer->bank);
    hear_view(heard, "customer=", &answer->customer);
    hear_view(heard, "code=", &answer->code);
    hear_view(heard, "text=", &answer->text);
    if (answer->paid.scale >= 0) {
        mt940_decimal_format(answer->paid.units, answer->paid.scale, answer->paid.scale, paid);
        hear(heard, " paid=%s", paid);
    }
    hear(heard, "\n");
    return heard->stop;
}

static int take_finding(void *user, const struct mt940_dbs_finding *finding)
{
    static const char *const severities[] = {"INFO", "REPAIR", "WARNING", "ERROR"};
    struct heard *heard = user;
    char text[1024];

    heard->findings++;
    if (heard->length > sizeof heard->text / 2)
        return heard->stop;
    mt940_message_format(finding->message, finding->args, finding->arg_count, "en", text, sizeof text);
    hear(heard, finding->column ? "%u:%u: %s %s %s\n" : "%u: %.0u%s %s %s\n", (unsigned)finding->line,
         finding->column ? (unsigned)finding->column : 0u, severities[finding->severity],
         mt940_message_name(finding->message), text);
    return heard->stop;
}

static struct mt940_dbs_answer_sink sink_of(struct heard *heard)
{
    memset(heard, 0, sizeof *heard);
    return (struct mt940_dbs_answer_sink){sizeof(struct mt940_dbs_answer_sink), heard, take_answer, take_finding};
}

static char *read_file(const char *name, const char *ending, size_t *length)
{
    char path[256], *bytes = malloc(65536);
    FILE *file;

    snprintf(path, sizeof path, "tests/cases/dbs/answers/%s.%s", name, ending);
    file = fopen(path, "rb");
    if (!file || !bytes)
        fail_msg("%s cannot be read", path);
    *length = fread(bytes, 1, 65535, file);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

static void one_file(const char *name, const char *layout)
{
    struct heard heard;
    struct mt940_dbs_answer_sink sink = sink_of(&heard);
    struct mt940_dbs_answer_options options = {.size = sizeof options, .layout = mt940_dbs_layout_find(layout, NULL)};
    size_t length, expected_length;
    char *bytes = read_file(name, "csv", &length), *expected = read_file(name, "expect", &expected_length);

    assert_int_equal(mt940_dbs_answer_read(bytes, length, &options, &sink, NULL), 0);
    assert_string_equal(heard.text, expected);
    free(bytes);
    free(expected);
}

static void files_are_read_as_expected(void **state)
{
    FILE *list = fopen("tests/cases/dbs/answers/LIST", "r");
    char line[256], first[64], second[64];
    int files = 0;

    (void)state;
    assert_non_null(list);
    while (fgets(line, sizeof line, list)) {
        int words = line[0] == '#' ? 0 : sscanf(line, "%63s %63s", first, second);

        if (words > 0)
            one_file(words == 2 ? second : first, words == 2 ? first : "");
        files += words > 0;
    }
    fclose(list);
    assert_true(files >= 8);
}

static int read_text(const char *text, size_t length, struct mt940_dbs_answer_options options, struct heard *heard)
{
    struct mt940_dbs_answer_sink sink = sink_of(heard);

    options.size = sizeof options;
    return mt940_dbs_answer_read(text, length, &options, &sink, NULL);
}

static void every_limit_says_so(void **state)
{
    static const char text[] = "reference,state\nA,paid\nB,paid\nC,nonsense\nD,nonsense\nE,nonsense\n";
    struct heard heard;
    const size_t length = sizeof text - 1;

    (void)state;
    assert_int_equal(read_text(text, length, (struct mt940_dbs_answer_options){.max_bytes = length - 1}, &heard),
                     MT940_E_LIMIT);
    assert_int_equal(heard.answers + heard.findings, 0);
    assert_int_equal(read_text(text, length, (struct mt940_dbs_answer_options){.max_bytes = length}, &heard), 0);
    assert_int_equal(heard.answers, 2);
    assert_int_equal(heard.findings, 3);
    assert_int_equal(read_text(text, length, (struct mt940_dbs_answer_options){.max_rows = 1}, &heard), 0);
    assert_string_equal(heard.text, "2: paid A\n3: ERROR CSV_TOO_MANY_ROWS more than 1 rows; the rest is left out\n");
    assert_int_equal(read_text(text, length, (struct mt940_dbs_answer_options){.max_line = 15, .max_findings = 1}, &heard),
                     0);
    assert_int_equal(heard.findings, 2);
    assert_non_null(strstr(heard.text, "TOO_MANY_FINDINGS"));
    assert_int_equal(read_text(text, length, (struct mt940_dbs_answer_options){.max_line = 14}, &heard), 0);
    assert_string_equal(heard.text, "1: ERROR CSV_LINE_TOO_LONG the line is longer than 14 bytes and is left out\n");
    assert_int_equal(read_text("", 0, (struct mt940_dbs_answer_options){0}, &heard), 0);
    assert_string_equal(heard.text, "0: ERROR EMPTY_FILE the file is empty\n");
    assert_int_equal(read_text("PK\3\4....", 8, (struct mt940_dbs_answer_options){0}, &heard), 0);
    assert_string_equal(heard.text, "0: ERROR CSV_NOT_TEXT the file is an Excel workbook; save it as CSV (UTF-8)\n");
    assert_int_equal(read_text("a\0b", 3, (struct mt940_dbs_answer_options){0}, &heard), 0);
    assert_non_null(strstr(heard.text, "not text"));
}

static void a_sink_stops_the_reading(void **state)
{
    struct heard heard;
    struct mt940_dbs_answer_sink sink = sink_of(&heard);

    (void)state;
    heard.stop = -77;
    assert_int_equal(mt940_dbs_answer_read("reference,state\nA,paid\nB,paid\n", 30, NULL, &sink, NULL), -77);
    assert_int_equal(heard.answers, 1);
}

/* Texts that go into records are short and hold no control bytes, whatever the file holds. */
static int check_text(void *user, const struct mt940_dbs_answer *answer)
{
    assert_in_range(answer->text.length, 1, 255);
    for (size_t i = 0; i < answer->text.length; i++)
        assert_true((unsigned char)answer->text.data[i] >= ' ');
    ++*(int *)user;
    return 0;
}

static void hostile_texts_are_tamed(void **state)
{
    enum { long_text = 5000 };
    char text[long_text + 64] = "reference,state,text\nA,paid,a\tb\x01" "c\nB,paid,";
    int rows = 0;
    struct mt940_dbs_answer_sink sink = {sizeof sink, &rows, check_text, NULL};
    size_t length = strlen(text);

    (void)state;
    for (size_t i = 0; i < long_text; i += 2)
        memcpy(text + length + i, "\xC5\x9E", 2);
    assert_int_equal(mt940_dbs_answer_read(text, length + long_text, NULL, &sink, NULL), 0);
    assert_int_equal(rows, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_follow_the_table),    cmocka_unit_test(answers_follow_the_table),
        cmocka_unit_test(numbers_that_do_not_fit_are_refused),
        cmocka_unit_test(a_file_is_written_as_its_layout_says),
        cmocka_unit_test(names_are_cut_by_nobody),    cmocka_unit_test(layouts_are_checked),
        cmocka_unit_test(files_are_read_as_expected), cmocka_unit_test(every_limit_says_so),
        cmocka_unit_test(a_sink_stops_the_reading),   cmocka_unit_test(hostile_texts_are_tamed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
