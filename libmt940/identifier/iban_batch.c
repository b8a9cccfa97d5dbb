/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch.c: judges many IBANs at once in the fastest way that the processor offers. The verdicts are those of
 * mt940_iban_check; tests compare every way with it.
 */
#include <string.h>

#include "base/export.h"
#include "identifier/iban_batch.h"
#include "identifier/national.h"

uint8_t mt940_iban_batch_ask(const struct mt940_iban_batch *batch, const struct mt940_view *text)
{
    int reason = mt940_iban_check(text->data, text->length, batch->flags);
    /* Only a view without data but with a length is misuse, and it has no characters. */
    return reason < 0 ? MT940_IBAN_BAD_CHARACTER : (uint8_t)reason;
}

int mt940_iban_batch_refused(const struct mt940_iban_batch *batch, const struct mt940_registry_brief *brief,
                             const char *text)
{
    return mt940_national_judge(&mt940_registry_rows[brief->row], text + MT940_BBAN_OFFSET,
                                (batch->flags & MT940_IBAN_INFERRED_NATIONAL) != 0) == MT940_NATIONAL_FAIL;
}

void mt940_iban_batch_prepare(struct mt940_iban_batch *batch, uint32_t flags)
{
    batch->flags = flags;
    batch->kinds = 1 << MT940_IBAN_OFFICIAL_COUNTRY;
    if (flags & MT940_IBAN_UNOFFICIAL)
        batch->kinds |= 1 << MT940_IBAN_UNOFFICIAL_COUNTRY;
    if (flags & MT940_IBAN_TERRITORIES)
        batch->kinds |= 1 << MT940_IBAN_TERRITORY;
    batch->rules = flags & MT940_IBAN_NO_NATIONAL ? 0 : flags & MT940_IBAN_INFERRED_NATIONAL ? 3 : 1;
    batch->reserve = (flags & MT940_IBAN_NO_RESERVE) == 0;
}

mt940_iban_batch_function *mt940_iban_batch_way(void)
{
#ifdef MT940_IBAN_BATCH_X86
    if (mt940_iban_batch_has_avx512())
        return mt940_iban_batch_avx512;
    if (mt940_iban_batch_has_avx2())
        return mt940_iban_batch_avx2;
#endif
    return mt940_iban_batch_plain;
}

MT940_EXPORT size_t mt940_iban_check_many(const struct mt940_view *texts, size_t count, uint32_t flags,
                                          uint8_t *reasons)
{
    struct mt940_iban_batch batch;

    if (flags & ~(uint32_t)MT940_IBAN_ALL_FLAGS) {
        memset(reasons, MT940_IBAN_BAD_CHARACTER, count);
        return 0;
    }
    mt940_iban_batch_prepare(&batch, flags);
    return mt940_iban_batch_way()(&batch, texts, count, reasons);
}
