/* SPDX-License-Identifier: Apache-2.0
 *
 * adapters/curl.h: a bank's server as a transport (Bağlantı Türü: FTP, FTPS, SFTP), through
 * libcurl with a profile that is safe and cannot be loosened by the server: certificates and host
 * keys are verified, no redirects, no proxy, no active FTP, addresses in PASV answers ignored.
 * Link with libmt940connect-curl. Source: R13-R20, docs/transport.md, docs/decisions/0008.
 *
 * Nothing is changed at the server. A file is fetched wholly before open() returns, so that a
 * connection that breaks can be tried again and never leaves half a file.
 */
#ifndef MT940CONNECT_ADAPTERS_CURL_H
#define MT940CONNECT_ADAPTERS_CURL_H

#include "mt940connect/ports.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fill with mt940_curl_options_init() and change what you mean. All texts are copied. */
struct mt940_curl_options {
    size_t size;

    /*
     * Who we are. `password` and `passphrase` are references ("env:NAME", "file:PATH", "netrc"),
     * never secrets; `secret` (copied) turns them into secrets when the first connection is made.
     */
    const char *login;       /* the user's name; required unless the address names it */
    const char *password;    /* NULL = none, then SFTP needs a key */
    const char *private_key; /* SFTP: file of the private key; NULL = none */
    const char *passphrase;  /* of that key; NULL = it has none */
    const struct mt940_secret *secret; /* needed for `password` and `passphrase` */

    /* Who they are. SFTP needs one of the first two; the fingerprint alone decides when it is set. */
    const char *fingerprint;      /* "SHA256:…" as ssh-keygen -l prints it */
    const char *known_hosts;      /* file in the form of OpenSSH */
    const char *certificates;     /* FTPS: file of trusted certificates (PEM); NULL = the system's */
    const char *pinned_key;       /* FTPS: also "sha256//…", the server's public key; NULL = any */
    int32_t allow_cleartext;      /* 1 = ftp: without any TLS. Passwords and statements are readable on the way */

    /* How much, and how long. 0 is never "without limit". */
    uint32_t max_files;   /* in one listing; default 100,000 */
    uint64_t max_listing; /* bytes of a listing; default 32 MiB */
    uint64_t max_bytes;   /* of one file; default 64 MiB; it is held in memory */
    uint32_t connect_ms;  /* until the connection stands; default 10,000 */
    uint32_t stall_ms;    /* without an answer, or slower than 16 bytes a second; whole seconds, default 30,000 */
    uint32_t total_ms;    /* for one file or listing; default 600,000 */
    uint32_t retries;     /* after a failure that may pass; default 2, at most 10 */
    uint32_t backoff_ms;  /* before the first retry, then twice as long each time; default 500 */

    /* `step` is told the bytes of the current file; non-zero stops with MT940_E_CANCELLED. Copied; may be NULL. */
    const struct mt940_progress *progress;
    /* Told about each entry that list() leaves out. */
    void *user;
    mt940_ignored_sink ignored; /* may be NULL */
};
/* Sets every field to its default, `size` included. @since 0.1 */
void mt940_curl_options_init(struct mt940_curl_options *options);

/*
 * Prepares the connection `address` and fills `out`; it lives until out->destroy(out->user), which
 * wipes the secrets. Nothing is sent before list() or open(). One thread at a time.
 *
 *   sftp://[LOGIN@]HOST[:PORT]/PATH/    SFTP
 *   ftps://[LOGIN@]HOST[:PORT]/PATH/    FTP inside TLS from the first byte (implicit), port 990
 *   ftp://[LOGIN@]HOST[:PORT]/PATH/     FTP, TLS demanded before the login (explicit), port 21;
 *                                      "ftpes:" is the same. Without TLS only if allow_cleartext
 *
 * PATH begins at the user's own folder for FTP ("//PATH" at the root) and at the root for SFTP
 * ("/~/PATH" at the user's own folder). An address that holds a password is refused.
 *
 * Errors: MT940_E_ARGUMENT (not such an address, a password in it, options),
 * MT940_E_NOT_CONFIGURED (no login; neither password nor key; a reference but no `secret`),
 * MT940_E_UNVERIFIED (SFTP with neither known_hosts nor fingerprint), MT940_E_IO (a file that is
 * named cannot be read; errno in detail), MT940_E_UNSUPPORTED (this libcurl lacks the protocol; the
 * text says what to install), MT940_E_MEMORY.
 *
 * What the functions of the transport return:
 *   list    0; the sink's own return; MT940_E_LIMIT (max_files, max_listing); MT940_E_STATE (a file
 *           is open); and those of the connection
 *   open    0; MT940_E_NOT_FOUND; MT940_E_LIMIT (max_bytes); MT940_E_BUSY (cut, or it is not as
 *           long as the server says: still being written); MT940_E_ARGUMENT (a name no list
 *           offers); MT940_E_STATE; and those of the connection
 *   read    bytes; MT940_E_STATE
 *   close   0; MT940_E_BUSY (not read to its end); MT940_E_STATE
 * The connection: MT940_E_AUTHENTICATION, MT940_E_UNREACHABLE, MT940_E_UNVERIFIED,
 * MT940_E_UNSUPPORTED (the server offers no TLS, or does not speak the protocol),
 * MT940_E_NOT_CONFIGURED (the secret is not there), MT940_E_CANCELLED, MT940_E_MEMORY, MT940_E_IO.
 * settle is NULL. @since 0.1
 */
int mt940_curl_transport_open(const char *address, const struct mt940_curl_options *options,
                              struct mt940_transport *out, struct mt940_error *error);

/* How the far end is proven to be the right one. */
enum mt940_curl_proof {
    MT940_CURL_PROOF_NONE = 0,         /* cleartext: not at all */
    MT940_CURL_PROOF_CERTIFICATE = 1,  /* TLS: by the system's certificates */
    MT940_CURL_PROOF_OWN_FILE = 2,     /* TLS: by the file `certificates` */
    MT940_CURL_PROOF_KNOWN_HOSTS = 3,  /* SSH: by the file `known_hosts` */
    MT940_CURL_PROOF_FINGERPRINT = 4   /* SSH: by the fingerprint */
};

/* For people who look after a connection. The caller sets `size`; views live as long as the transport. */
struct mt940_curl_state {
    size_t size;
    int32_t proof;     /* enum mt940_curl_proof */
    int32_t connected; /* 1 = a listing or a file came over it: the proof was given */
    struct mt940_view host;
    int32_t port; /* 0 = the protocol's own */
    int32_t reserved;
    struct mt940_view subject; /* TLS, connected: whose certificate it is; else empty */
    struct mt940_view expires; /* TLS, connected: its last day as the certificate writes it; else empty */
};

/* Looks at a transport of this adapter. MT940_E_ARGUMENT when it is another's. @since 0.1 */
int mt940_curl_transport_state(const struct mt940_transport *transport, struct mt940_curl_state *state);

/*
 * Fills `out` with a port that reads secrets where people keep them:
 *   env:NAME    the environment variable NAME
 *   file:PATH   the first line of a file that nobody but its owner may read or write
 *   netrc       the password in ~/.netrc, or in the file the variable NETRC names, for the machine
 *               and login in the rest of the reference: "netrc://LOGIN@MACHINE". The transport adds
 *               that rest to a bare "netrc" itself. The file must be as private as `file`.
 * get() returns the length; MT940_E_NOT_FOUND; MT940_E_UNVERIFIED (others may read the file);
 * MT940_E_LIMIT (longer than the buffer); MT940_E_ARGUMENT (another reference). @since 0.1
 */
void mt940_curl_secret_port(struct mt940_secret *out);

#ifdef __cplusplus
}
#endif
#endif
