/* SPDX-License-Identifier: Apache-2.0
 *
 * driver.c: the server transport as a command, over public headers only, for run_servers.py.
 *
 * usage: driver ADDRESS [NAME=VALUE…] COMMAND [ARGUMENT]
 *   list            what is offered: "file HEX BYTES MODIFIED", and "ignored HEX REASON"
 *   fetch DIR       lists and fetches all: "got HEX BYTES DIR/N", or "missed HEX STATUS TEXT"
 *   get NAME DIR    fetches one file without listing
 *   state           lists, then "state PROOF CONNECTED HOST PORT SUBJECT EXPIRES"
 *   hold            lists, ends the connection, then waits on standard input
 *   conform DIR     the kit for transports; DIR is what the server serves
 * Names are hexadecimal: they may hold anything. What fails is "failed STATUS TEXT", exit 1.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conform.h"
#include "mt940connect/adapters/curl.h"

struct driver {
    struct mt940_transport transport;
    char names[64][256];
    size_t lengths[64];
    size_t count;
    const char *folder;
    uint64_t stop_after; /* bytes; 0 = never */
};

static void print_hex(const struct mt940_view *name)
{
    for (size_t i = 0; i < name->length; i++)
        printf("%02x", (unsigned char)name->data[i]);
    if (name->length == 0)
        printf("-");
}

static int print_failure(const struct driver *driver, int status)
{
    printf("failed %s %s\n", mt940_status_name(status), driver->transport.last_error(driver->transport.user));
    return 1;
}

static void print_ignored(void *user, const struct mt940_view *name, int32_t reason)
{
    (void)user;
    printf("ignored ");
    print_hex(name);
    printf(" %d\n", (int)reason);
}

static int print_listed(void *user, const struct mt940_remote_file *file)
{
    struct driver *driver = user;

    printf("file ");
    print_hex(&file->name);
    printf(" %lld %lld\n", (long long)file->bytes, (long long)file->modified);
    if (driver->count < 64) {
        driver->lengths[driver->count] = mt940_view_copy(&file->name, driver->names[driver->count], 256);
        driver->count++;
    }
    return 0;
}

static int list(struct driver *driver)
{
    int status = driver->transport.list(driver->transport.user, print_listed, driver);

    return status == 0 ? 0 : print_failure(driver, status);
}

static int fetch(struct driver *driver, const struct mt940_view *name, size_t number)
{
    struct mt940_transport *transport = &driver->transport;
    char buffer[5000], path[400];
    int64_t got = 0, bytes = 0;
    int status = transport->open(transport->user, name);
    FILE *file;

    if (status != 0) {
        printf("missed ");
        print_hex(name);
        printf(" %s %s\n", mt940_status_name(status), transport->last_error(transport->user));
        return 1;
    }
    snprintf(path, sizeof path, "%s/%u", driver->folder, (unsigned)number);
    file = fopen(path, "wb");
    while (file != NULL && (got = transport->read(transport->user, buffer, sizeof buffer)) > 0) {
        bytes += (int64_t)fwrite(buffer, 1, (size_t)got, file);
    }
    status = transport->close(transport->user);
    if (file == NULL || fclose(file) != 0 || got < 0 || status != 0)
        return print_failure(driver, got < 0 ? (int)got : status);
    printf("got ");
    print_hex(name);
    printf(" %lld %s\n", (long long)bytes, path);
    return 0;
}

static int fetch_all(struct driver *driver)
{
    int failed = list(driver);

    for (size_t i = 0; i < driver->count; i++) {
        struct mt940_view name = {driver->names[i], driver->lengths[i]};

        failed |= fetch(driver, &name, i);
    }
    return failed;
}

static int print_state(struct driver *driver)
{
    struct mt940_curl_state state = {.size = sizeof state};
    int failed = list(driver);

    if (mt940_curl_transport_state(&driver->transport, &state) != 0)
        return 1;
    printf("state %d %d %.*s %d [%.*s] [%.*s]\n", (int)state.proof, (int)state.connected, (int)state.host.length,
           state.host.data, (int)state.port, (int)state.subject.length, state.subject.data, (int)state.expires.length,
           state.expires.data);
    return failed;
}

static int stop(void *user, uint64_t done, uint64_t total)
{
    const struct driver *driver = user;

    (void)total;
    return driver->stop_after != 0 && done >= driver->stop_after;
}

/* Sets an option by its name. 0 = there is none. */
static int set_option(struct mt940_curl_options *options, struct driver *driver, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        {"login", &options->login},           {"password", &options->password},
        {"key", &options->private_key},       {"passphrase", &options->passphrase},
        {"fingerprint", &options->fingerprint}, {"known_hosts", &options->known_hosts},
        {"certificates", &options->certificates}, {"pinned_key", &options->pinned_key},
    };
    const struct {
        const char *name;
        uint32_t *number;
    } numbers[] = {
        {"max_files", &options->max_files}, {"connect_ms", &options->connect_ms}, {"stall_ms", &options->stall_ms},
        {"total_ms", &options->total_ms},   {"retries", &options->retries},       {"backoff_ms", &options->backoff_ms},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0)
            return *texts[i].text = value, 1;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i].name) == 0)
            return *numbers[i].number = (uint32_t)strtoul(value, NULL, 10), 1;
    if (strcmp(name, "max_bytes") == 0)
        return options->max_bytes = strtoull(value, NULL, 10), 1;
    if (strcmp(name, "max_listing") == 0)
        return options->max_listing = strtoull(value, NULL, 10), 1;
    if (strcmp(name, "cleartext") == 0)
        return options->allow_cleartext = 1;
    if (strcmp(name, "stop_after") == 0)
        return driver->stop_after = strtoull(value, NULL, 10), 1;
    return 0;
}

static int read_options(struct mt940_curl_options *options, struct driver *driver, int argc, char **argv)
{
    int at = 2;

    for (char *sign; at < argc && (sign = strchr(argv[at], '=')) != NULL; at++) {
        *sign = '\0';
        if (!set_option(options, driver, argv[at], sign + 1)) {
            printf("no such option: %s\n", argv[at]);
            exit(2);
        }
    }
    return at;
}

static int run(struct driver *driver, int argc, char **argv)
{
    if (argc == 1 && strcmp(argv[0], "list") == 0)
        return list(driver);
    if (argc == 1 && strcmp(argv[0], "hold") == 0)
        return list(driver);
    if (argc == 1 && strcmp(argv[0], "state") == 0)
        return print_state(driver);
    if (argc == 2 && strcmp(argv[0], "fetch") == 0) {
        driver->folder = argv[1];
        return fetch_all(driver);
    }
    if (argc == 3 && strcmp(argv[0], "get") == 0) {
        struct mt940_view name;

        driver->folder = argv[2];
        mt940_view_from_string(argv[1], &name);
        return fetch(driver, &name, 0);
    }
    printf("no such command\n");
    return 2;
}

int main(int argc, char **argv)
{
    static struct driver driver;
    struct mt940_curl_options options;
    struct mt940_progress progress = {sizeof progress, &driver, stop};
    struct mt940_secret secret;
    struct mt940_error error = {.size = sizeof error};
    int at, status;

    setvbuf(stdout, NULL, _IOLBF, 0);
    mt940_curl_options_init(&options);
    mt940_curl_secret_port(&secret);
    options.secret = &secret;
    options.progress = &progress;
    options.ignored = print_ignored;
    at = read_options(&options, &driver, argc, argv);
    if (argc - at == 2 && strcmp(argv[at], "conform") == 0) {
        options.ignored = NULL;
        return conform(argv[1], &options, argv[at + 1]);
    }
    status = mt940_curl_transport_open(argv[1], &options, &driver.transport, &error);
    if (status != 0) {
        printf("failed %s %s (%d)\n", mt940_status_name(status), error.text, (int)error.detail);
        return 1;
    }
    status = run(&driver, argc - at, argv + at);
    driver.transport.destroy(driver.transport.user);
    if (at < argc && strcmp(argv[at], "hold") == 0) {
        printf("held\n");
        (void)getchar();
    }
    return status;
}
