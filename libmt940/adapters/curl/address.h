/* SPDX-License-Identifier: Apache-2.0
 *
 * address.h: the address of a server, taken apart.
 */
#ifndef MT940_CURL_ADDRESS_H
#define MT940_CURL_ADDRESS_H

enum address_protocol { ADDRESS_FTP, ADDRESS_FTPS, ADDRESS_SFTP };

struct address {
    int protocol;
    int port;    /* 0 = the protocol's own */
    char *base;  /* "sftp://host:22/path/": without a login, ends with a slash */
    char *host;
    char *login; /* NULL = the address names none */
};

/*
 * Reads an address. MT940_E_ARGUMENT or MT940_E_MEMORY with *fault, a static text that holds
 * nothing of the address: it may be one with a password in it.
 */
int address_read(const char *text, struct address *out, const char **fault);
void address_clear(struct address *address);

#endif
