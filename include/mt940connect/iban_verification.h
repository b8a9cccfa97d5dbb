/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_verification.h: asks the host's verification service about an IBAN (IBAN Kontrol Et,
 * R56-R59). Judging an IBAN never needs the service, and storing one never needs either.
 */
#ifndef MT940CONNECT_IBAN_VERIFICATION_H
#define MT940CONNECT_IBAN_VERIFICATION_H

#include "mt940connect/iban.h"
#include "mt940connect/ports.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_iban_verification {
    size_t size;        /* set by the caller */
    int32_t outcome;    /* enum mt940_verification (ports.h) */
    int32_t asked;      /* 1 = the service was asked */
    struct mt940_iban iban; /* the library's own verdict; its size is set by the call */
};

/*
 * Judges `text` by `flags` (enum mt940_iban_flag) and, when it is valid, hands its electronic
 * form to `service` once. An IBAN that is no IBAN is INVALID without asking. Without a service
 * (NULL) a valid one is NO_ACCOUNT: nobody could be asked. What the service says is passed on as
 * it is; UNREACHABLE is never INVALID.
 *
 * MT940_OK with any outcome; MT940_E_ARGUMENT on misuse; MT940_E_CALLBACK when the service
 * returned a negative number (error->detail) or none of its outcomes. Runs as long as the
 * service does. Thread safe as far as the service is. @since 0.1
 */
int mt940_iban_verify(const struct mt940_iban_service *service, const char *text, size_t length, uint32_t flags,
                      struct mt940_iban_verification *out, struct mt940_error *error);

#ifdef __cplusplus
}
#endif
#endif
