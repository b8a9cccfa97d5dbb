/* SPDX-License-Identifier: Apache-2.0
 *
 * fold/target.c: two names, parted by the first NUL. The last byte says how large a buffer is.
 * Oracle: a key is its own key; in a smaller buffer it is a true prefix; a name relates to itself
 * exactly and to another either way alike; keys are those of the ICU calls that define them.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/fold.h"
#include "text/normal.h"
#include "text/utf8.h"

#ifdef WITH_FOLD_CHAIN
#include <unicode/uchar.h>

#include "fold_chain.h"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef size_t fold_function(const char *text, size_t length, char *out, size_t capacity, size_t *unmapped);

static void demand(int holds)
{
    if (!holds)
        abort();
}

/* What the tables and the definition both promise to treat alike. */
struct traits {
    bool in_tables;
    bool few_marks; /* at most 30 on a letter */
};

static struct traits judge(const char *text, size_t length)
{
    struct traits traits = {true, true};
    size_t marks = 0;

    for (size_t at = 0; at < length;) {
        uint32_t point;

        at += mt940_utf8_read((const unsigned char *)text + at, length - at, &point);
        if (point == MT940_UTF8_INVALID)
            point = MT940_UTF8_REPLACEMENT;
        if ((point >= MT940_FOLD_END && point != MT940_UTF8_REPLACEMENT) || (point >= 0x1100 && point <= 0x11FF))
            traits.in_tables = false;
        marks = mt940_normal_class(point) ? marks + 1 : 0;
        if (marks > 30)
            traits.few_marks = false;
    }
    return traits;
}

#ifdef WITH_FOLD_CHAIN
static void check_definition(fold_function *fold, const char *text, size_t length, const char *key, size_t got)
{
    char *want;
    size_t wanted;

#ifndef MT940_HAVE_ICU
    if (!judge(text, length).in_tables)
        return;
#endif
    /* Another ICU knows other code points; tests/icu sorts them by age. */
    if (strcmp(U_UNICODE_VERSION, mt940_fold_table_version()) != 0)
        return;
    wanted = fold == mt940_fold_exact ? fold_chain_exact(text, length, &want) : fold_chain_skeleton(text, length, &want);
    demand(got == wanted && memcmp(key, want, got) == 0);
    free(want);
}
#endif

static void check_key(fold_function *fold, size_t worst, const char *text, size_t length, size_t chosen)
{
    char *key = malloc(worst * length + 1), *again;
    size_t got, same = 0;

    demand(key != NULL);
    got = fold(text, length, key, worst * length, NULL);
    demand(got <= worst * length);
    again = malloc(worst * got + 1);
    demand(again != NULL);
    if (judge(text, length).few_marks) {
        demand(fold(key, got, again, worst * got, NULL) == got && memcmp(key, again, got) == 0);
#ifdef WITH_FOLD_CHAIN
        check_definition(fold, text, length, key, got);
#endif
    }
    free(again);
    chosen = chosen < got ? chosen : got;
    again = malloc(chosen ? chosen : 1);
    demand(again != NULL);
    memset(again, 0, chosen);
    demand(fold(text, length, again, chosen, NULL) == got);
    while (same < chosen && again[same] == key[same])
        same++;
    demand(same + 3 >= chosen);
    free(again);
    free(key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *second;
    size_t length;
    int relation;

    if (size == 0 || size > 4096)
        return 0;
    length = size - 1;
    check_key(mt940_fold_exact, 3, text, length, data[length]);
    check_key(mt940_fold_skeleton, 4, text, length, data[length]);
    relation = mt940_fold_relate(text, length, text, length);
    demand(relation == MT940_FOLD_EXACT || relation == MT940_FOLD_DIFFERENT);
    second = memchr(text, 0, length);
    if (!second)
        return 0;
    size = (size_t)(second++ - text);
    length -= size + 1;
    relation = mt940_fold_relate(text, size, second, length);
    demand(relation >= MT940_FOLD_DIFFERENT && relation <= MT940_FOLD_CONFLICT_LETTER);
    demand(relation == mt940_fold_relate(second, length, text, size));
    return 0;
}
