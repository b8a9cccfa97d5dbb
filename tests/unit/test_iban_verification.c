/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban_verification.c: what a verification service says is passed on, and what it cannot say is no verdict.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/iban_verification.h"

struct service {
    int answer;
    int asked;
    char iban[40];
};

static int verify(void *user, const char *iban)
{
    struct service *service = user;

    service->asked++;
    strcpy(service->iban, iban);
    return service->answer;
}

static int ask(struct service *service, const char *text, struct mt940_iban_verification *out,
               struct mt940_error *error)
{
    struct mt940_iban_service port = {sizeof(port), service, verify};

    memset(out, 0x55, sizeof(*out));
    out->size = sizeof(*out);
    return mt940_iban_verify(&port, text, strlen(text), MT940_IBAN_PRINT, out, error);
}

static void each_outcome_is_passed_on(void **state)
{
    for (int answer = MT940_VERIFIED_VALID; answer <= MT940_VERIFIED_NO_ACCOUNT; answer++) {
        struct service service = {.answer = answer};
        struct mt940_iban_verification out;

        assert_int_equal(ask(&service, "TR33 0006 1005 1978 6457 8413 26", &out, NULL), MT940_OK);
        assert_int_equal(out.outcome, answer);
        assert_int_equal(out.asked, 1);
        assert_int_equal(out.iban.reason, MT940_IBAN_VALID);
        assert_int_equal(service.asked, 1);
        assert_string_equal(service.iban, "TR330006100519786457841326");
    }
}

static void what_is_no_iban_is_not_asked_about(void **state)
{
    struct service service = {.answer = MT940_VERIFIED_VALID};
    struct mt940_iban_verification out;

    assert_int_equal(ask(&service, "TR440006200119000006672315", &out, NULL), MT940_OK);
    assert_int_equal(out.outcome, MT940_VERIFIED_INVALID);
    assert_int_equal(out.asked, 0);
    assert_int_equal(out.iban.reason, MT940_IBAN_BAD_CHECKSUM);
    assert_int_equal(service.asked, 0);
}

static void without_a_service_nobody_is_asked(void **state)
{
    struct mt940_iban_verification out = {.size = sizeof(out)};

    assert_int_equal(mt940_iban_verify(NULL, "TR330006100519786457841326", 26, 0, &out, NULL), MT940_OK);
    assert_int_equal(out.outcome, MT940_VERIFIED_NO_ACCOUNT);
    assert_int_equal(out.asked, 0);
    assert_int_equal(mt940_iban_verify(NULL, "TR33", 4, 0, &out, NULL), MT940_OK);
    assert_int_equal(out.outcome, MT940_VERIFIED_INVALID);
}

static void a_failure_is_no_verdict(void **state)
{
    static const int answers[] = {-110, 0, 5, 1000};

    for (size_t i = 0; i < 4; i++) {
        struct service service = {.answer = answers[i]};
        struct mt940_error error = {.size = sizeof(error)};
        struct mt940_iban_verification out;

        assert_int_equal(ask(&service, "TR330006100519786457841326", &out, &error), MT940_E_CALLBACK);
        assert_int_equal(error.detail, answers[i]);
        assert_int_equal(out.outcome, 0x55555555); /* untouched */
    }
}

static void misuse_is_refused(void **state)
{
    struct mt940_iban_service no_function = {sizeof(no_function), NULL, NULL}, small = {4, NULL, verify};
    struct mt940_iban_verification out = {.size = sizeof(out)}, short_out = {.size = 4};

    assert_int_equal(mt940_iban_verify(&no_function, "TR", 2, 0, &out, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_verify(&small, "TR", 2, 0, &out, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_verify(NULL, "TR", 2, 0, &short_out, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_verify(NULL, "TR", 2, 0, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_verify(NULL, NULL, 2, 0, &out, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_verify(NULL, "TR", 2, 4096, &out, NULL), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_outcome_is_passed_on),          cmocka_unit_test(what_is_no_iban_is_not_asked_about),
        cmocka_unit_test(without_a_service_nobody_is_asked),  cmocka_unit_test(a_failure_is_no_verdict),
        cmocka_unit_test(misuse_is_refused),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
