/* SPDX-License-Identifier: Apache-2.0
 *
 * bic_scan.c: finds BICs in running text. Eight capitals with a country in the middle are a common word (HESABINA has
 * Burundi's), so a word needs a label or a bank of that BIC. It must not know what the text is.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/directory.h"
#include "identifier/label.h"
#include "mt940connect/bic.h"

static const struct mt940_label labels[] = {
    {"BIC", 1},       {"BICNO", 1},   {"BICCODE", 1},   {"BICKODU", 1},   {"BIKODU", 1},   {"BIK", 1},
    {"SWIFT", 1},     {"SWIFTNO", 1}, {"SWIFTCODE", 1}, {"SWIFTKODU", 1}, {"SWIFTKOD", 1}, {"SWIFTBIC", 1},
};

static bool is_code(char c)
{
    return mt940_ascii_is_upper(c) || mt940_ascii_is_digit(c);
}

/* A word of letters and digits [start, end) that stands alone. */
static bool judge(const char *text, size_t start, size_t end, struct mt940_bic_found *out)
{
    int labelled;

    if (mt940_bic_check(text + start, end - start, 0) != MT940_BIC_VALID)
        return false;
    labelled = mt940_label_before(text, start, labels, sizeof(labels) / sizeof(labels[0]));
    if (!labelled && !mt940_directory_has_bic(text + start))
        return false;
    memset(out, 0, sizeof(*out));
    out->offset = start;
    out->length = end - start;
    out->labelled = labelled;
    memcpy(out->canonical, text + start, end - start);
    return true;
}

MT940_EXPORT size_t mt940_bic_scan(const char *text, size_t length, struct mt940_bic_found *found, size_t capacity)
{
    struct mt940_bic_found one;
    size_t count = 0;

    for (size_t i = 0, start; i < length; i++) {
        start = i;
        while (i < length && is_code(text[i]))
            i++;
        if (i - start != 8 && i - start != 11)
            continue;
        if ((start > 0 && mt940_label_is_word(text[start - 1])) || (i < length && mt940_label_is_word(text[i])))
            continue;
        if (!judge(text, start, i, &one))
            continue;
        if (count < capacity)
            found[count] = one;
        count++;
    }
    return count;
}
