/* SPDX-License-Identifier: Apache-2.0
 *
 * work_statement.c: pieces of work for an instruction counter (check_work.py): first the mixes of the benchmark, then
 * what an enemy would send, each in a size and in the tenfold size. A line for each says its name and its bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/callgrind.h>

#include "run.h"
#include "statements.h"

enum { MIX_BYTES = 400 * 1000, HOSTILE_BYTES = 20 * 1000, FEED = 4096 };

static const char header[] = ":20:A\r\n:25:B\r\n:28C:1\r\n:60F:C260101EUR1,00\r\n";

/* What stands in front, what is repeated, and what stands behind. */
static const struct {
    const char *name, *front, *again, *end;
} hostile[] = {
    {"sub-fields", ":61:2601010101C1,00NTRFNONREF\r\n:86:166?00A", "?20B", "\r\n:62F:C260101EUR2,00\r\n"},
    {"one line of text", ":61:2601010101C1,00NTRFNONREF\r\n:86:", "abcdefgh", "\r\n:62F:C260101EUR2,00\r\n"},
    {"unterminated field", ":61:2601010101C1,00NTRFNONREF\r\n:86:", "EREF+\r\n", ""},
    {"CR alone", "", "\r", ""},
    {"colons", ":86:", ":", ""},
    {"dashes", ":61:2601010101C1,00NTRFNONREF\r\n:86:", "-\r\n", ""},
    {"lookalikes", ":61:2601010101C1,00NTRFNONREF\r\n:86:", ":20:x\r\n", ""},
    {"second narratives", ":61:2601010101C1,00NTRFNONREF\r\n", ":86:x\r\n", ""},
    {"empty statements", "-\r\n", ":20:A\r\n:25:B\r\n:60F:C260101EUR1,00\r\n:62F:C260101EUR1,00\r\n-\r\n", ""},
    {"broken movements", "", ":61:26\r\n", ""},
    {"slash words", ":61:2601010101C1,00NTRFNONREF\r\n:86:", "/EREF/A", "\r\n"},
    {"words", ":61:2601010101C1,00NTRFNONREF\r\n:86:", "IBAN:", "\r\n"},
    {"envelopes", "-\r\n", "{1:F01A}", "\r\n"},
    {"text outside", "-\r\n", "outside\r\n", ""},
    {"one line outside", "-\r\n", "outside ", ""},
};

static size_t add(char *out, size_t at, const char *text)
{
    size_t length = strlen(text);
    memcpy(out + at, text, length);
    return at + length;
}

static size_t make_hostile(size_t kind, char *out, size_t length)
{
    size_t at = add(out, add(out, 0, header), hostile[kind].front);
    while (at < length)
        at = add(out, at, hostile[kind].again);
    return add(out, at, hostile[kind].end);
}

static void count_mix(struct run *run, char *bytes, int mix, bool deep)
{
    static const char *const names[] = {"German", "Turkish", "tiny"};
    run->length = make_statements(mix, bytes, MIX_BYTES);
    run->bytes = bytes;
    run->deep = deep;
    run->piece = 64 << 10;
    CALLGRIND_ZERO_STATS;
    run_all(run, NULL);
    CALLGRIND_DUMP_STATS;
    printf("%s%s\t%zu\n", names[mix], deep ? " deep" : "", run->length);
}

static void count_hostile(struct run *run, char *bytes, size_t kind, size_t length)
{
    run->length = make_hostile(kind, bytes, length);
    run->bytes = bytes;
    run->deep = true;
    run->piece = FEED;
    CALLGRIND_ZERO_STATS;
    run_any(run);
    CALLGRIND_DUMP_STATS;
    printf("%s\t%zu\n", hostile[kind].name, run->length);
}

int main(void)
{
    static struct run run;
    static char bytes[MIX_BYTES + 1000];
    for (int mix = MIX_GERMAN; mix <= MIX_TINY; mix++)
        count_mix(&run, bytes, mix, false);
    for (int mix = MIX_GERMAN; mix <= MIX_TURKISH; mix++)
        count_mix(&run, bytes, mix, true);
    for (size_t kind = 0; kind < sizeof hostile / sizeof hostile[0]; kind++) {
        count_hostile(&run, bytes, kind, HOSTILE_BYTES);
        count_hostile(&run, bytes, kind, 10 * HOSTILE_BYTES);
    }
    return 0;
}
