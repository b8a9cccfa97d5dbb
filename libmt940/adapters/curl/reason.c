/* SPDX-License-Identifier: Apache-2.0
 *
 * reason.c: libcurl's codes and servers' answers as statuses of ours, with what a person can do.
 */
#include "reason.h"

#include <stddef.h>

#include <curl/curl.h>

#include "mt940connect/status.h"

static const struct {
    int code;
    struct reason reason;
} reasons[] = {
    {CURLE_UNSUPPORTED_PROTOCOL,
     {MT940_E_UNSUPPORTED, 0,
      "this libcurl lacks the protocol; install one with OpenSSL and libssh2 (Debian: libcurl4)"}},
    {CURLE_NOT_BUILT_IN, {MT940_E_UNSUPPORTED, 0, "this libcurl lacks something; install a complete one"}},
    {CURLE_COULDNT_RESOLVE_HOST, {MT940_E_UNREACHABLE, 1, "the server's name is not known"}},
    {CURLE_COULDNT_CONNECT, {MT940_E_UNREACHABLE, 1, "nobody answers there"}},
    {CURLE_OPERATION_TIMEDOUT, {MT940_E_UNREACHABLE, 1, "no answer in time"}},
    {CURLE_SEND_ERROR, {MT940_E_UNREACHABLE, 1, "the connection broke"}},
    {CURLE_RECV_ERROR, {MT940_E_UNREACHABLE, 1, "the connection broke"}},
    {CURLE_GOT_NOTHING, {MT940_E_UNREACHABLE, 1, "the connection broke"}},
    {CURLE_PARTIAL_FILE, {MT940_E_BUSY, 1, "the transfer was cut"}},
    {CURLE_LOGIN_DENIED, {MT940_E_AUTHENTICATION, 0, "the server refuses the user name, the password or the key"}},
    {CURLE_AUTH_ERROR, {MT940_E_AUTHENTICATION, 0, "the server refuses the user name, the password or the key"}},
    {CURLE_REMOTE_ACCESS_DENIED, {MT940_E_NOT_FOUND, 0, "the server has no such folder, or refuses it"}},
    {CURLE_REMOTE_FILE_NOT_FOUND, {MT940_E_NOT_FOUND, 0, "the server has no such file, or refuses it"}},
    {CURLE_PEER_FAILED_VERIFICATION, {MT940_E_UNVERIFIED, 0, "the server does not prove who it is"}},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, {MT940_E_UNVERIFIED, 0, "the server has another key than the pinned one"}},
    {CURLE_SSL_CONNECT_ERROR, {MT940_E_UNVERIFIED, 0, "no TLS with this server"}},
    {CURLE_SSL_CACERT_BADFILE, {MT940_E_IO, 0, "the file of certificates cannot be read"}},
    {CURLE_USE_SSL_FAILED, {MT940_E_UNSUPPORTED, 0, "the server offers no TLS"}},
    {CURLE_WEIRD_SERVER_REPLY, {MT940_E_UNSUPPORTED, 0, "the server does not speak the protocol"}},
    {CURLE_FTP_WEIRD_PASS_REPLY, {MT940_E_UNSUPPORTED, 0, "the server does not speak the protocol"}},
    {CURLE_FTP_WEIRD_PASV_REPLY, {MT940_E_UNSUPPORTED, 0, "the server offers no passive mode"}},
    {CURLE_FTP_WEIRD_227_FORMAT, {MT940_E_UNSUPPORTED, 0, "the server offers no passive mode"}},
    {CURLE_FTP_CANT_GET_HOST, {MT940_E_UNSUPPORTED, 0, "the server offers no passive mode"}},
    {CURLE_FTP_COULDNT_SET_TYPE, {MT940_E_UNSUPPORTED, 0, "the server cannot send bytes unchanged"}},
    {CURLE_FTP_COULDNT_RETR_FILE, {MT940_E_IO, 0, "the server refuses the transfer"}},
    /* libcurl tells lines cut in SSH by these two; refused logins and keys have codes of their own. */
    {CURLE_FAILED_INIT, {MT940_E_UNREACHABLE, 1, "the connection broke, or the server does not speak the protocol"}},
    {CURLE_SSH, {MT940_E_UNREACHABLE, 1, "the connection broke"}},
    {CURLE_OUT_OF_MEMORY, {MT940_E_MEMORY, 0, "no memory"}},
    {CURLE_ABORTED_BY_CALLBACK, {MT940_E_CANCELLED, 0, "stopped on request"}},
};

/* Answers that say more than the code libcurl makes of them (RFC 959 section 4.2.1). */
static const struct {
    long response;
    struct reason reason;
} answers[] = {
    {421, {MT940_E_UNREACHABLE, 1, "the server takes no connection now"}},
    {425, {MT940_E_UNREACHABLE, 1, "the server could not open the data connection"}},
    {426, {MT940_E_BUSY, 1, "the server cut the transfer"}},
    {450, {MT940_E_BUSY, 1, "the file is in use at the server"}},
    {451, {MT940_E_BUSY, 1, "the server failed in the transfer"}},
    {550, {MT940_E_NOT_FOUND, 0, "the server has no such file, or refuses it"}},
    {553, {MT940_E_NOT_FOUND, 0, "the server has no such file, or refuses it"}},
};

struct reason reason_of(int code, long response)
{
    static const struct reason other = {MT940_E_IO, 0, "the transfer failed"};

    /* 4xx passes whatever was asked; 5xx is about the file only when one was asked for. */
    int says_more = code == CURLE_FTP_COULDNT_RETR_FILE ||
                    ((code == CURLE_LOGIN_DENIED || code == CURLE_WEIRD_SERVER_REPLY) && response < 500);

    for (size_t i = 0; says_more && i < sizeof answers / sizeof *answers; i++)
        if (answers[i].response == response)
            return answers[i].reason;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].reason;
    return other;
}
