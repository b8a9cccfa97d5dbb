/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_verification.c: the one call of the host's IBAN verification service (R56-R59). It must not know how the
 * service reaches anybody, and never turns its silence into a verdict.
 */
#include <string.h>

#include "base/export.h"
#include "base/failure.h"
#include "mt940connect/iban_verification.h"

static int ask(const struct mt940_iban_service *service, const char *iban, int32_t *outcome, struct mt940_error *error)
{
    int answer = service->verify(service->user, iban);

    if (answer < MT940_VERIFIED_VALID || answer > MT940_VERIFIED_NO_ACCOUNT)
        return mt940_fail(error, MT940_E_CALLBACK, answer, "the verification service failed");
    *outcome = answer;
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_verify(const struct mt940_iban_service *service, const char *text, size_t length,
                                   uint32_t flags, struct mt940_iban_verification *out, struct mt940_error *error)
{
    struct mt940_iban_verification result;
    int status;

    if (!out || out->size < sizeof(*out) || (service && (service->size < sizeof(*service) || !service->verify)))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    memset(&result, 0, sizeof(result));
    result.size = sizeof(result);
    result.iban.size = sizeof(result.iban);
    status = mt940_iban_parse(text, length, flags, &result.iban);
    if (status != MT940_OK)
        return mt940_fail(error, status, 0, NULL);
    result.outcome = MT940_VERIFIED_NO_ACCOUNT;
    if (result.iban.reason != MT940_IBAN_VALID) {
        result.outcome = MT940_VERIFIED_INVALID;
    } else if (service) {
        result.asked = 1;
        status = ask(service, result.iban.canonical, &result.outcome, error);
    }
    if (status == MT940_OK)
        *out = result;
    return status;
}
