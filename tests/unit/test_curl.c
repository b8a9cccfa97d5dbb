/* SPDX-License-Identifier: Apache-2.0
 *
 * The server transport before anything is sent: which addresses and options are taken, and that a
 * refusal repeats no secret. tests/transport has the servers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <errno.h>

#include <cmocka.h>

#include "mt940connect/adapters/curl.h"

static const char fingerprint[] = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";

static int no_secret(void *user, const char *reference, char *buffer, size_t capacity)
{
    (void)user;
    (void)reference;
    (void)buffer;
    (void)capacity;
    return MT940_E_NOT_FOUND;
}

static const struct mt940_secret secret = {sizeof secret, NULL, no_secret};

/* Good for every protocol. */
static struct mt940_curl_options good_options(void)
{
    struct mt940_curl_options options;

    mt940_curl_options_init(&options);
    options.login = "me";
    options.password = "env:X";
    options.secret = &secret;
    options.fingerprint = fingerprint;
    return options;
}

static int try_open(const char *address, const struct mt940_curl_options *options, struct mt940_error *error)
{
    struct mt940_transport transport;
    int status = mt940_curl_transport_open(address, options, &transport, error);

    if (status == MT940_OK)
        transport.destroy(transport.user);
    return status;
}

static void addresses(void **state)
{
    static const struct {
        const char *address;
        int status;
    } cases[] = {
        {"sftp://bank.example/out/", MT940_OK},
        {"sftp://bank.example", MT940_OK},
        {"SFTP://Bank.Example:2222/out", MT940_OK},
        {"ftp://[::1]:2121//out/", MT940_OK},
        {"ftpes://bank.example/", MT940_OK},
        {"ftps://bank.example/a%20b/", MT940_OK},
        {"sftp://other@bank.example/~/", MT940_OK},
        {"sftp://me:geheim@bank.example/", MT940_E_ARGUMENT},
        {"sftp://:geheim@bank.example/", MT940_E_ARGUMENT},
        {"ftp://me;options=geheim@bank.example/", MT940_OK}, /* a login may hold ';' */
        {"ftp://bank.example/out;type=a", MT940_E_ARGUMENT},
        {"ftp://bank.example/out?geheim", MT940_E_ARGUMENT},
        {"ftp://bank.example/out#geheim", MT940_E_ARGUMENT},
        {"ftp://bank.example/out%0d%0aDELE%20geheim", MT940_E_ARGUMENT},
        {"ftp://geheim%0d%0aDELE@bank.example/", MT940_E_ARGUMENT},
        {"ftp://bank.example:99999/geheim", MT940_E_ARGUMENT},
        {"ftp:///geheim", MT940_E_ARGUMENT},
        {"ftp://", MT940_E_ARGUMENT},
        {"http://bank.example/geheim", MT940_E_ARGUMENT},
        {"scp://bank.example/geheim", MT940_E_ARGUMENT},
        {"file:///etc/geheim", MT940_E_ARGUMENT},
        {"bank.example", MT940_E_ARGUMENT},
        {"", MT940_E_ARGUMENT},
    };
    struct mt940_curl_options options = good_options();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct mt940_error error = {.size = sizeof error};
        int status = try_open(cases[i].address, &options, &error);

        if (status != cases[i].status)
            fail_msg("%s: %d, %s", cases[i].address, status, error.text);
        assert_null(strstr(error.text, "geheim"));
        assert_true(status == MT940_OK || (error.status == status && error.text[0] != '\0'));
    }
    assert_int_equal(try_open(NULL, &options, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_curl_transport_open("sftp://bank.example/", &options, NULL, NULL), MT940_E_ARGUMENT);
}

/* What is wrong with each of these is one field. */
static int with(const char *address, size_t offset, const char *text)
{
    struct mt940_curl_options options = good_options();

    memcpy((char *)&options + offset, &text, sizeof text);
    return try_open(address, &options, NULL);
}

static int with_number(size_t offset, uint32_t number)
{
    struct mt940_curl_options options = good_options();

    memcpy((char *)&options + offset, &number, sizeof number);
    return try_open("ftp://bank.example/", &options, NULL);
}

#define AT(field) offsetof(struct mt940_curl_options, field)

static void who_we_are(void **state)
{
    (void)state;
    assert_int_equal(with("ftp://bank.example/", AT(login), NULL), MT940_E_NOT_CONFIGURED);
    assert_int_equal(with("ftp://bank.example/", AT(login), ""), MT940_E_NOT_CONFIGURED);
    assert_int_equal(with("ftp://me@bank.example/", AT(login), NULL), MT940_OK);
    assert_int_equal(with("ftp://bank.example/", AT(login), "me\r\nDELE x"), MT940_E_ARGUMENT);
    assert_int_equal(with("ftp://bank.example/", AT(password), NULL), MT940_E_NOT_CONFIGURED);
    assert_int_equal(with("sftp://bank.example/", AT(password), NULL), MT940_E_NOT_CONFIGURED);
    assert_int_equal(with("ftp://bank.example/", AT(secret), NULL), MT940_E_NOT_CONFIGURED);
    assert_int_equal(with("sftp://bank.example/", AT(private_key), "/nonexistent"), MT940_E_IO);
    assert_int_equal(with("sftp://bank.example/", AT(private_key), "/dev/null"), MT940_OK);
}

static void who_they_are(void **state)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_curl_options options = good_options();

    (void)state;
    assert_int_equal(with("sftp://bank.example/", AT(fingerprint), NULL), MT940_E_UNVERIFIED);
    assert_int_equal(with("sftp://bank.example/", AT(fingerprint), "SHA256:abc"), MT940_E_ARGUMENT);
    assert_int_equal(with("sftp://bank.example/", AT(fingerprint), "MD5:00:11"), MT940_E_ARGUMENT);
    assert_int_equal(with("ftps://bank.example/", AT(pinned_key), "abc"), MT940_E_ARGUMENT);
    assert_int_equal(with("ftps://bank.example/", AT(certificates), "/nonexistent"), MT940_E_IO);
    options.known_hosts = "/nonexistent";
    assert_int_equal(try_open("sftp://bank.example/", &options, &error), MT940_E_IO);
    assert_int_equal(error.detail, ENOENT);
}

static void limits(void **state)
{
    struct mt940_curl_options options = good_options();

    (void)state;
    assert_int_equal(with_number(AT(max_files), 0), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(connect_ms), 0), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(stall_ms), 0), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(total_ms), UINT32_MAX), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(retries), 11), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(retries), 0), MT940_OK);
    assert_int_equal(with_number(AT(allow_cleartext), 2), MT940_E_ARGUMENT);
    assert_int_equal(with_number(AT(allow_cleartext), 1), MT940_OK);
    options.allow_cleartext = 1;
    assert_int_equal(try_open("ftps://bank.example/", &options, NULL), MT940_E_ARGUMENT);
    assert_int_equal(try_open("sftp://bank.example/", &options, NULL), MT940_E_ARGUMENT);
    options = good_options();
    options.max_bytes = 0;
    assert_int_equal(try_open("ftp://bank.example/", &options, NULL), MT940_E_ARGUMENT);
    options = good_options();
    options.size = 8;
    assert_int_equal(try_open("ftp://bank.example/", &options, NULL), MT940_E_ARGUMENT);
}

static int never(void *user, mt940_remote_sink sink, void *sink_user)
{
    (void)user;
    (void)sink;
    (void)sink_user;
    return MT940_E_IO;
}

static void what_it_tells(void **state)
{
    struct mt940_curl_options options = good_options();
    struct mt940_curl_state told = {.size = sizeof told};
    struct mt940_transport transport, other = {.size = sizeof other, .list = never};
    struct mt940_view name = {"a.sta", 5};
    char buffer[8];

    (void)state;
    assert_int_equal(mt940_curl_transport_open("sftp://bank.example:22/", &options, &transport, NULL), MT940_OK);
    assert_int_equal(mt940_curl_transport_state(&transport, &told), MT940_OK);
    assert_int_equal(told.proof, MT940_CURL_PROOF_FINGERPRINT);
    assert_int_equal(told.connected, 0);
    assert_int_equal(told.port, 22);
    assert_true(told.host.length == 12 && memcmp(told.host.data, "bank.example", 12) == 0);
    assert_int_equal(told.subject.length, 0);
    assert_int_equal(mt940_curl_transport_state(&other, &told), MT940_E_ARGUMENT);
    /* The secret is asked for first, so nothing is sent without it. */
    assert_int_equal(transport.open(transport.user, &name), MT940_E_NOT_CONFIGURED);
    assert_non_null(strstr(transport.last_error(transport.user), "env:X"));
    assert_int_equal(transport.read(transport.user, buffer, 8), MT940_E_STATE);
    assert_int_equal(transport.close(transport.user), MT940_E_STATE);
    transport.destroy(transport.user);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses), cmocka_unit_test(who_we_are),    cmocka_unit_test(who_they_are),
        cmocka_unit_test(limits),    cmocka_unit_test(what_it_tells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
