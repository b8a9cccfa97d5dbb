/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_form.c: IBANs as people see them (groups, mask) and computed from a BBAN. It must not know who asks, and
 * masks and prints what it is given without judging it.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/iban.h"

static int is_electronic(const char *canonical, size_t length)
{
    if (!canonical || length == 0 || length > MT940_IBAN_MAX)
        return 0;
    for (size_t i = 0; i < length; i++)
        if (!mt940_ascii_is_digit(canonical[i]) && !mt940_ascii_is_upper(canonical[i]))
            return 0;
    return 1;
}

MT940_EXPORT int mt940_iban_print(const char *canonical, size_t length, char out[44])
{
    size_t written = 0;

    if (!is_electronic(canonical, length))
        return MT940_E_FORMAT;
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && i % 4 == 0)
            out[written++] = ' ';
        out[written++] = canonical[i];
    }
    out[written] = '\0';
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_mask(const char *canonical, size_t length, size_t head, size_t tail, char out[36])
{
    if (!is_electronic(canonical, length))
        return MT940_E_FORMAT;
    for (size_t i = 0; i < length; i++)
        out[i] = i < head || length - i <= tail ? canonical[i] : '*';
    out[length] = '\0';
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_compute(const char *country, const char *bban, size_t length, char out[MT940_IBAN_MAX + 1])
{
    const struct mt940_registry_row *row = country && country[0] ? mt940_registry_find(country[0], country[1]) : NULL;
    char canonical[MT940_IBAN_MAX + 1] = {0};

    if (!row || country[2] || row->kind == MT940_IBAN_TERRITORY)
        return MT940_E_NOT_FOUND;
    if (!bban || length + MT940_BBAN_OFFSET != row->length)
        return MT940_E_FORMAT;
    memcpy(canonical, row->code, 2);
    memcpy(canonical + 2, "00", 2);
    memcpy(canonical + MT940_BBAN_OFFSET, bban, length);
    if (!is_electronic(canonical, row->length) || mt940_iban_misfit(row, canonical) >= 0)
        return MT940_E_FORMAT;
    mt940_iban_set_check_digits(canonical, row->length);
    memcpy(out, canonical, sizeof(canonical));
    return MT940_OK;
}

MT940_EXPORT int mt940_iban_is_qr(const char *canonical, size_t length)
{
    uint32_t bank = 0;

    /* Swiss Payment Standards: the institution's QR-IID is 30000 to 31999. */
    if (mt940_iban_check(canonical, length, 0) != MT940_IBAN_VALID)
        return 0;
    if (memcmp(canonical, "CH", 2) != 0 && memcmp(canonical, "LI", 2) != 0)
        return 0;
    for (int i = 0; i < 5; i++)
        bank = bank * 10 + (uint32_t)(canonical[MT940_BBAN_OFFSET + i] - '0');
    return bank >= 30000 && bank <= 31999;
}
