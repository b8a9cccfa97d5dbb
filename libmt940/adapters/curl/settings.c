/* SPDX-License-Identifier: Apache-2.0
 *
 * settings.c: what a connection is to be like: defaults, checks, copies. A connection that could
 * not be safe is refused here, before anything is sent. Must not know libcurl.
 */
#define _POSIX_C_SOURCE 200809L
#include "settings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export.h"

MT940_EXPORT void mt940_curl_options_init(struct mt940_curl_options *options)
{
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->max_files = 100000;
    options->max_listing = (uint64_t)32 << 20;
    options->max_bytes = (uint64_t)64 << 20;
    options->connect_ms = 10000;
    options->stall_ms = 30000;
    options->total_ms = 600000;
    options->retries = 2;
    options->backoff_ms = 500;
}

/* The texts among the options, to copy and to free them all alike. */
static const size_t texts[] = {
    offsetof(struct mt940_curl_options, login),        offsetof(struct mt940_curl_options, password),
    offsetof(struct mt940_curl_options, private_key),  offsetof(struct mt940_curl_options, passphrase),
    offsetof(struct mt940_curl_options, fingerprint),  offsetof(struct mt940_curl_options, known_hosts),
    offsetof(struct mt940_curl_options, certificates), offsetof(struct mt940_curl_options, pinned_key),
};
/* Those of them that name files. */
static const struct {
    size_t text;
    const char *fault;
} files[] = {
    {offsetof(struct mt940_curl_options, private_key), "the file of the private key cannot be read"},
    {offsetof(struct mt940_curl_options, known_hosts), "the known_hosts file cannot be read"},
    {offsetof(struct mt940_curl_options, certificates), "the file of certificates cannot be read"},
};

static const char **text_at(struct mt940_curl_options *options, size_t offset)
{
    return (const char **)(void *)((char *)options + offset);
}

/* A text with a line end would end a command of the protocol. */
static int is_clean(const char *text)
{
    for (; text != NULL && *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return 0;
    return 1;
}

static int copy_texts(struct mt940_curl_options *options)
{
    int good = 1;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char **text = text_at(options, texts[i]);

        if (*text != NULL && (*text)[0] == '\0')
            *text = NULL;
        if (*text != NULL)
            good &= (*text = strdup(*text)) != NULL;
    }
    return good ? MT940_OK : MT940_E_MEMORY;
}

static int check_limits(const struct mt940_curl_options *options, const char **fault)
{
    *fault = "a limit or a time is 0 or too large, or there are more than 10 retries";
    if (options->max_files == 0 || options->max_listing == 0 || options->max_bytes == 0)
        return MT940_E_ARGUMENT;
    if (options->max_listing > SIZE_MAX / 2 || options->max_bytes > SIZE_MAX / 2)
        return MT940_E_ARGUMENT;
    if (options->connect_ms == 0 || options->stall_ms == 0 || options->total_ms == 0)
        return MT940_E_ARGUMENT;
    if (options->connect_ms > INT32_MAX || options->total_ms > INT32_MAX || options->backoff_ms > 60000)
        return MT940_E_ARGUMENT;
    return options->retries > 10 ? MT940_E_ARGUMENT : MT940_OK;
}

/* Who we are: enough to log in with, and nothing that is no text. */
static int check_login(const struct settings *settings, const char **fault)
{
    const struct mt940_curl_options *options = &settings->options;

    *fault = "the login or an option holds control bytes";
    if (!is_clean(options->login) || !is_clean(options->fingerprint) || !is_clean(options->pinned_key))
        return MT940_E_ARGUMENT;
    *fault = "the name of the user (login)";
    if (options->login == NULL)
        return MT940_E_NOT_CONFIGURED;
    *fault = "a password, or for SFTP a private key";
    if (options->password == NULL && (settings->address.protocol != ADDRESS_SFTP || options->private_key == NULL))
        return MT940_E_NOT_CONFIGURED;
    *fault = "secrets are named, but no secret port is set to ask for them";
    if ((options->password != NULL || options->passphrase != NULL) && settings->secret.get == NULL)
        return MT940_E_NOT_CONFIGURED;
    return MT940_OK;
}

/* Who they are: SFTP has no authorities, so something must say which host key is theirs. */
static int check_proof(const struct settings *settings, const char **fault)
{
    const struct mt940_curl_options *options = &settings->options;

    *fault = "SFTP needs a known_hosts file, or the fingerprint of the server's host key";
    if (settings->address.protocol == ADDRESS_SFTP && options->known_hosts == NULL && options->fingerprint == NULL)
        return MT940_E_UNVERIFIED;
    *fault = "a fingerprint is \"SHA256:\" and 43 letters, as ssh-keygen -l prints it";
    if (options->fingerprint != NULL &&
        (strncmp(options->fingerprint, "SHA256:", 7) != 0 || strcspn(options->fingerprint + 7, "=") != 43))
        return MT940_E_ARGUMENT;
    *fault = "a pinned key begins with \"sha256//\"";
    if (options->pinned_key != NULL && strncmp(options->pinned_key, "sha256//", 8) != 0)
        return MT940_E_ARGUMENT;
    *fault = "cleartext is for ftp: only";
    return options->allow_cleartext && settings->address.protocol != ADDRESS_FTP ? MT940_E_ARGUMENT : MT940_OK;
}

static int check_files(struct settings *settings, const char **fault, int *number)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = *text_at(&settings->options, files[i].text);
        int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

        if (path != NULL && file < 0) {
            *number = errno;
            *fault = files[i].fault;
            return MT940_E_IO;
        }
        if (file >= 0)
            close(file);
    }
    return MT940_OK;
}

static int take_options(const struct mt940_curl_options *options, struct settings *out, const char **fault)
{
    *fault = "options: their size, or a flag that is neither 0 nor 1";
    mt940_curl_options_init(&out->options);
    if (options == NULL)
        return MT940_OK;
    if (options->size < sizeof *options || (options->allow_cleartext != 0 && options->allow_cleartext != 1))
        return MT940_E_ARGUMENT;
    if (options->secret != NULL && options->secret->size < sizeof *options->secret)
        return MT940_E_ARGUMENT;
    if (options->progress != NULL && options->progress->size < sizeof *options->progress)
        return MT940_E_ARGUMENT;
    if (options->secret != NULL)
        out->secret = *options->secret;
    if (options->progress != NULL)
        out->progress = *options->progress;
    out->options = *options;
    return copy_texts(&out->options);
}

int settings_read(const char *address, const struct mt940_curl_options *options, struct settings *out,
                  const char **fault, int *number)
{
    int status;

    memset(out, 0, sizeof *out);
    *number = 0;
    status = take_options(options, out, fault);
    if (status == MT940_OK)
        status = address_read(address, &out->address, fault);
    if (status == MT940_OK && out->options.login == NULL) {
        out->options.login = out->address.login; /* it moves */
        out->address.login = NULL;
    }
    if (status == MT940_OK)
        status = check_limits(&out->options, fault);
    if (status == MT940_OK)
        status = check_login(out, fault);
    if (status == MT940_OK)
        status = check_proof(out, fault);
    if (status == MT940_OK)
        status = check_files(out, fault, number);
    if (status != MT940_OK)
        settings_clear(out);
    return status;
}

void settings_clear(struct settings *settings)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free((void *)(uintptr_t)*text_at(&settings->options, texts[i]));
    address_clear(&settings->address);
    memset(settings, 0, sizeof *settings);
}

int settings_proof(const struct settings *settings)
{
    const struct mt940_curl_options *options = &settings->options;

    if (options->allow_cleartext)
        return MT940_CURL_PROOF_NONE;
    if (settings->address.protocol == ADDRESS_SFTP)
        return options->fingerprint != NULL ? MT940_CURL_PROOF_FINGERPRINT : MT940_CURL_PROOF_KNOWN_HOSTS;
    return options->certificates != NULL ? MT940_CURL_PROOF_OWN_FILE : MT940_CURL_PROOF_CERTIFICATE;
}
