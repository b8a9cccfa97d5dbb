/* SPDX-License-Identifier: Apache-2.0
 *
 * status.h: what a function can return.
 * Made by libmt940/base/gen_status.py from libmt940/base/status.def; change that file.
 */
#ifndef MT940CONNECT_STATUS_H
#define MT940CONNECT_STATUS_H

enum mt940_status {
    /* Success. */
    MT940_OK = 0,
    /* An argument is missing, out of range or of the wrong size; mend the call. */
    MT940_E_ARGUMENT = -1,
    /* The allocator refused memory; nothing was changed. */
    MT940_E_MEMORY = -2,
    /* An input is larger than the limit in the options; raise that limit or refuse the input. */
    MT940_E_LIMIT = -3,
    /* The text does not have the form asked for. */
    MT940_E_FORMAT = -4,
    /* A number does not fit, or has more decimals than allowed. */
    MT940_E_RANGE = -5,
    /* The progress callback asked to stop; what was finished is kept. */
    MT940_E_CANCELLED = -6,
    /* A callback of the host failed; its own number is in the error's detail. */
    MT940_E_CALLBACK = -7,
    /* The handle is not in a state for this call, for example fed after finish. */
    MT940_E_STATE = -8,
    /* No such record. */
    MT940_E_NOT_FOUND = -9,
    /* A record with this key exists already. */
    MT940_E_EXISTS = -10,
    /* Another writer changed the records meanwhile, more often than the retries allow; try again. */
    MT940_E_CONFLICT = -11,
    /* The store cannot tell whether the change was written; look it up by its key before any retry. */
    MT940_E_UNKNOWN = -12,
    /* The store failed; nothing was written. The error's text and detail say why. */
    MT940_E_STORE = -13,
    /* The store was written by a newer version of this library; use that version. */
    MT940_E_SCHEMA = -14,
    /* Another process holds the store's lock longer than the time allowed; try again. */
    MT940_E_BUSY = -15,
    /* The operating system refused to read or write; detail is its errno. */
    MT940_E_IO = -16,
    /* A setting this call needs is not set; the error's text names it. */
    MT940_E_NOT_CONFIGURED = -17,
    /* The server refused the user name, the password or the key. */
    MT940_E_AUTHENTICATION = -18,
    /* The server did not answer within the time allowed. */
    MT940_E_UNREACHABLE = -19,
    /* The server's identity is not proven (certificate or host key); nothing was sent to it. */
    MT940_E_UNVERIFIED = -20,
    /* This build, store or server does not offer what was asked for. */
    MT940_E_UNSUPPORTED = -21,
    /* Stored data contradict themselves; restore a backup and report it. */
    MT940_E_CORRUPT = -22
};

#endif
