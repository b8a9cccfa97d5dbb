/* SPDX-License-Identifier: Apache-2.0
 *
 * address.c: reads "sftp://login@host:port/path/" with libcurl's own reader, so that what is
 * judged here is what is connected to. Must not know who is there.
 */
#include "address.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "mt940connect/status.h"

static const struct {
    const char *prefix; /* lower case */
    const char *scheme; /* for libcurl */
    int protocol;
} schemes[] = {
    {"ftp://", "ftp://", ADDRESS_FTP},
    {"ftpes://", "ftp://", ADDRESS_FTP}, /* as FileZilla and WinSCP write it */
    {"ftps://", "ftps://", ADDRESS_FTPS},
    {"sftp://", "sftp://", ADDRESS_SFTP},
};

static int begins_with(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; text++, prefix++) {
        char letter = *text >= 'A' && *text <= 'Z' ? (char)(*text + 32) : *text;

        if (letter != *prefix)
            return 0;
    }
    return 1;
}

static char *join(const char *a, const char *b)
{
    size_t first = strlen(a), second = strlen(b);
    char *text = malloc(first + second + 1);

    if (text != NULL) {
        memcpy(text, a, first);
        memcpy(text + first, b, second + 1);
    }
    return text;
}

/* A copy of a part for free(); NULL = it is not there. `decoded` refuses control bytes. */
static char *part(CURLU *url, CURLUPart which, unsigned int flags, int *bad)
{
    char *text = NULL;
    CURLUcode code = curl_url_get(url, which, &text, flags);

    if (code == CURLUE_OUT_OF_MEMORY || code == CURLUE_URLDECODE)
        *bad = 1;
    return text;
}

/* Whether something stands where nothing may. */
static int has(CURLU *url, CURLUPart which)
{
    int bad = 0;
    char *text = part(url, which, 0, &bad);

    curl_free(text);
    return text != NULL || bad;
}

static const char *fault_of(CURLU *url)
{
    int bad = 0;
    char *path = part(url, CURLUPART_PATH, CURLU_URLDECODE, &bad);
    const char *fault = NULL;

    if (has(url, CURLUPART_PASSWORD))
        fault = "an address holds no password; say where it is kept (env:NAME, file:PATH, netrc)";
    else if (has(url, CURLUPART_OPTIONS) || has(url, CURLUPART_QUERY) || has(url, CURLUPART_FRAGMENT))
        fault = "an address has no ';', '?' or '#'; write %3B, %3F or %23";
    else if (bad || path == NULL || strstr(path, ";type=") != NULL)
        fault = "the path of the address cannot be one";
    curl_free(path);
    return fault;
}

/* The address without login, with a slash at its end. */
static char *base_of(CURLU *url)
{
    int bad = 0;
    char *whole, *base;
    size_t length;

    if (curl_url_set(url, CURLUPART_USER, NULL, 0) != CURLUE_OK)
        return NULL;
    whole = part(url, CURLUPART_URL, 0, &bad);
    if (whole == NULL)
        return NULL;
    length = strlen(whole);
    base = join(whole, length > 0 && whole[length - 1] == '/' ? "" : "/");
    curl_free(whole);
    return base;
}

/* libcurl's copy of a text as ours. */
static char *own(char *text)
{
    char *copy = text == NULL ? NULL : join(text, "");

    curl_free(text);
    return copy;
}

static int take(CURLU *url, struct address *out, const char **fault)
{
    int bad = 0;
    char *port = part(url, CURLUPART_PORT, 0, &bad);

    out->port = port == NULL ? 0 : (int)strtol(port, NULL, 10);
    curl_free(port);
    out->login = own(part(url, CURLUPART_USER, CURLU_URLDECODE, &bad));
    out->host = own(part(url, CURLUPART_HOST, 0, &bad));
    out->base = base_of(url);
    if (bad) {
        *fault = "the login of the address cannot be one";
        return MT940_E_ARGUMENT;
    }
    return out->host == NULL || out->base == NULL ? MT940_E_MEMORY : MT940_OK;
}

static const char not_one[] = "not an address; write sftp://LOGIN@HOST/PATH/, ftps://… or ftp://…";

static int read_parts(const char *scheme, const char *rest, struct address *out, const char **fault)
{
    CURLU *url = curl_url();
    char *text = join(scheme, rest);
    int status = MT940_OK;

    if (url == NULL || text == NULL)
        status = MT940_E_MEMORY;
    else if (curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        status = MT940_E_ARGUMENT;
    *fault = not_one;
    if (status == MT940_OK && (*fault = fault_of(url)) != NULL)
        status = MT940_E_ARGUMENT;
    if (status == MT940_OK)
        status = take(url, out, fault);
    free(text);
    curl_url_cleanup(url);
    if (status != MT940_OK)
        address_clear(out);
    return status;
}

int address_read(const char *text, struct address *out, const char **fault)
{
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        const char *rest;

        if (!begins_with(text, schemes[i].prefix))
            continue;
        rest = text + strlen(schemes[i].prefix);
        if (*rest == '/') /* libcurl would take the first folder of "ftp:///x" for the host */
            break;
        out->protocol = schemes[i].protocol;
        return read_parts(schemes[i].scheme, rest, out, fault);
    }
    *fault = not_one;
    return MT940_E_ARGUMENT;
}

void address_clear(struct address *address)
{
    free(address->base);
    free(address->host);
    free(address->login);
    memset(address, 0, sizeof *address);
}
