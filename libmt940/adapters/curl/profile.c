/* SPDX-License-Identifier: Apache-2.0
 *
 * profile.c: the options of libcurl that make a connection safe, in one place to be read. Nothing
 * here depends on what a server says. Must not know files.
 */
#include "profile.h"

#include <stdint.h>
#include <string.h>

/* Sets options one after the other and keeps the first failure. */
struct setter {
    CURL *easy;
    CURLcode code;
};

static void set_number(struct setter *setter, CURLoption option, long value)
{
    if (setter->code == CURLE_OK)
        setter->code = curl_easy_setopt(setter->easy, option, value);
}

static void set_text(struct setter *setter, CURLoption option, const char *value)
{
    if (setter->code == CURLE_OK)
        setter->code = curl_easy_setopt(setter->easy, option, value);
}

/* One protocol, no way to another one, no help from the environment. */
static void set_route(struct setter *setter, const struct settings *settings)
{
    static const char *const names[] = {[ADDRESS_FTP] = "ftp", [ADDRESS_FTPS] = "ftps", [ADDRESS_SFTP] = "sftp"};

    set_text(setter, CURLOPT_PROTOCOLS_STR, names[settings->address.protocol]);
    set_text(setter, CURLOPT_REDIR_PROTOCOLS_STR, names[settings->address.protocol]);
    set_number(setter, CURLOPT_FOLLOWLOCATION, 0);
    set_number(setter, CURLOPT_DISALLOW_USERNAME_IN_URL, 1);
    set_text(setter, CURLOPT_PROXY, "");
    set_text(setter, CURLOPT_NOPROXY, "*");
    set_number(setter, CURLOPT_NETRC, CURL_NETRC_IGNORED);
    set_number(setter, CURLOPT_NOSIGNAL, 1);
    set_number(setter, CURLOPT_VERBOSE, 0);
}

/* Passive only, and to the address of the control connection, whatever PASV says. */
static void set_ftp(struct setter *setter, const struct settings *settings)
{
    long tls = settings->options.allow_cleartext ? CURLUSESSL_NONE : CURLUSESSL_ALL;

    if (settings->address.protocol == ADDRESS_SFTP)
        return;
    set_number(setter, CURLOPT_FTP_SKIP_PASV_IP, 1);
    set_text(setter, CURLOPT_FTPPORT, NULL);
    set_number(setter, CURLOPT_FTP_FILEMETHOD, CURLFTPMETHOD_MULTICWD);
    set_number(setter, CURLOPT_FTP_CREATE_MISSING_DIRS, CURLFTP_CREATE_DIR_NONE);
    set_number(setter, CURLOPT_USE_SSL, tls);
    set_number(setter, CURLOPT_FTPSSLAUTH, CURLFTPAUTH_TLS);
    set_number(setter, CURLOPT_FTP_SSL_CCC, CURLFTPSSL_CCC_NONE);
    set_number(setter, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    set_number(setter, CURLOPT_SSL_VERIFYPEER, 1);
    set_number(setter, CURLOPT_SSL_VERIFYHOST, 2);
    set_number(setter, CURLOPT_CERTINFO, 1);
    if (settings->options.certificates != NULL) {
        set_text(setter, CURLOPT_CAPATH, NULL);
        set_text(setter, CURLOPT_CAINFO, settings->options.certificates);
    }
    if (settings->options.pinned_key != NULL)
        set_text(setter, CURLOPT_PINNEDPUBLICKEY, settings->options.pinned_key);
}

/* The whole decision on a host key: what is not in the file, or is there with another key, is refused. */
static int judge_host_key(CURL *easy, const struct curl_khkey *known, const struct curl_khkey *found,
                          enum curl_khmatch match, void *seen)
{
    (void)easy;
    (void)known;
    (void)found;
    *(int *)seen = match;
    return match == CURLKHMATCH_OK ? CURLKHSTAT_FINE : CURLKHSTAT_REJECT;
}

static void set_sftp(struct setter *setter, const struct settings *settings, int *seen)
{
    const struct mt940_curl_options *options = &settings->options;
    long methods = 0;

    if (settings->address.protocol != ADDRESS_SFTP)
        return;
    if (options->private_key != NULL)
        methods |= CURLSSH_AUTH_PUBLICKEY;
    if (options->password != NULL)
        methods |= CURLSSH_AUTH_PASSWORD;
    set_number(setter, CURLOPT_SSH_AUTH_TYPES, methods);
    set_text(setter, CURLOPT_SSH_PRIVATE_KEYFILE, options->private_key);
    if (options->fingerprint != NULL) {
        set_text(setter, CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, options->fingerprint + strlen("SHA256:"));
        return;
    }
    set_text(setter, CURLOPT_SSH_KNOWNHOSTS, options->known_hosts);
    if (setter->code == CURLE_OK)
        setter->code = curl_easy_setopt(setter->easy, CURLOPT_SSH_KEYFUNCTION, judge_host_key);
    if (setter->code == CURLE_OK)
        setter->code = curl_easy_setopt(setter->easy, CURLOPT_SSH_KEYDATA, seen);
}

static void set_times(struct setter *setter, const struct mt940_curl_options *options)
{
    long stall = (long)(options->stall_ms / 1000 + (options->stall_ms % 1000 != 0));

    set_number(setter, CURLOPT_CONNECTTIMEOUT_MS, (long)options->connect_ms);
    set_number(setter, CURLOPT_TIMEOUT_MS, (long)options->total_ms);
    set_number(setter, CURLOPT_SERVER_RESPONSE_TIMEOUT, stall);
    set_number(setter, CURLOPT_LOW_SPEED_LIMIT, 16);
    set_number(setter, CURLOPT_LOW_SPEED_TIME, stall);
}

CURLcode profile_set(CURL *easy, const struct settings *settings, int *seen)
{
    struct setter setter = {easy, CURLE_OK};

    set_route(&setter, settings);
    set_ftp(&setter, settings);
    set_sftp(&setter, settings, seen);
    set_times(&setter, &settings->options);
    set_text(&setter, CURLOPT_USERNAME, settings->options.login);
    return setter.code;
}

int profile_is_offered(int protocol)
{
    static const char *const names[] = {[ADDRESS_FTP] = "ftp", [ADDRESS_FTPS] = "ftps", [ADDRESS_SFTP] = "sftp"};
    const curl_version_info_data *info = curl_version_info(CURLVERSION_NOW);

    for (const char *const *at = info->protocols; *at != NULL; at++)
        if (strcmp(*at, names[protocol]) == 0)
            return protocol != ADDRESS_FTP || (info->features & CURL_VERSION_SSL) != 0;
    return 0;
}
