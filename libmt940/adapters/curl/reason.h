/* SPDX-License-Identifier: Apache-2.0
 *
 * reason.h: what libcurl's codes mean to a user.
 */
#ifndef MT940_CURL_REASON_H
#define MT940_CURL_REASON_H

struct reason {
    int status;       /* enum mt940_status */
    int passes;       /* 1 = trying again may help */
    const char *text; /* for people; static */
};

/* `code` is a CURLcode; `response` the server's last answer (FTP), 0 = none. */
struct reason reason_of(int code, long response);

#endif
