/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_driver.c: judges the lines of standard input ("FLAGS TEXT") and prints "REASON POSITION NATIONAL" for each, for
 * iban_reference.py. Every way of judging must agree; where one does not, the line says so and compares unequal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "identifier/iban_batch.h"

static int agrees(mt940_iban_batch_function *way, const struct mt940_view *text, uint32_t flags, int reason)
{
    struct mt940_iban_batch batch;
    uint8_t got = 255;
    size_t valid;

    mt940_iban_batch_prepare(&batch, flags);
    valid = way(&batch, text, 1, &got);
    return got == reason && valid == (reason == MT940_IBAN_VALID);
}

static const char *who_disagrees(const struct mt940_view *text, uint32_t flags, int reason)
{
    if (mt940_iban_check(text->data, text->length, flags) != reason)
        return "check";
    if (!agrees(mt940_iban_batch_plain, text, flags, reason))
        return "plain";
#ifdef MT940_IBAN_BATCH_X86
    if (mt940_iban_batch_has_avx2() && !agrees(mt940_iban_batch_avx2, text, flags, reason))
        return "avx2";
    if (mt940_iban_batch_has_avx512() && !agrees(mt940_iban_batch_avx512, text, flags, reason))
        return "avx512";
#endif
    return NULL;
}

int main(void)
{
    char line[256];
    struct mt940_iban iban;

    memset(&iban, 0, sizeof(iban));
    iban.size = sizeof(iban);
    while (fgets(line, sizeof(line), stdin)) {
        char *end;
        uint32_t flags = (uint32_t)strtoul(line, &end, 10);
        /* A block of precisely this size, so that a sanitizer sees a read of one byte too many. */
        size_t length = strlen(end + 1) - 1;
        char *copy = malloc(length ? length : 1);
        struct mt940_view text = {copy, length};
        const char *other;

        if (!copy)
            return 2;
        memcpy(copy, end + 1, length);
        if (mt940_iban_parse(copy, length, flags, &iban) != MT940_OK)
            return 2;
        other = who_disagrees(&text, flags, iban.reason);
        if (other)
            printf("%s disagrees with %d\n", other, (int)iban.reason);
        else
            printf("%d %d %d\n", (int)iban.reason, (int)iban.position, (int)iban.national_check);
        free(copy);
    }
    return 0;
}
