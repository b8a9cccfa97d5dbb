/* SPDX-License-Identifier: Apache-2.0
 *
 * 03-push-reader.c: sums up a statement of any length from standard input while it arrives; memory stays at one
 * movement. The handler gets each movement as soon as the reader knows where it ends.
 *
 * Build:  cc 03-push-reader.c $(pkg-config --cflags --libs mt940connect) -o push-reader
 * Run:    ./push-reader <STATEMENT.sta
 */
#include <mt940connect/statement.h>
#include <stdio.h>

struct sums {
    unsigned long movements;
    int64_t in, out; /* minor units, as read */
};

static int on_entry(void *user, const struct mt940_entry *entry)
{
    struct sums *sums = user;
    sums->movements++;
    if (mt940_mark_sign(entry->mark) > 0)
        sums->in += entry->reading.amount.units;
    else
        sums->out += entry->reading.amount.units;
    return 0;
}

/* Only now it is known how the bank writes its numbers; `convention` 0 means that the sums hold as they are. */
static int on_end(void *user, const struct mt940_trailer *trailer)
{
    struct sums *sums = user;
    const struct mt940_amount *closing = &trailer->closing.reading.amount;
    char in[40], out[40];
    if (mt940_decimal_format(sums->in, closing->scale, 2, in) < 0 ||
        mt940_decimal_format(sums->out, closing->scale, 2, out) < 0)
        return 1;
    printf("%lu movements, %s %s in, %s %s out%s\n", sums->movements, in, closing->currency, out, closing->currency,
           trailer->convention ? " (the numbers need a second look)" : "");
    sums->movements = 0;
    sums->in = sums->out = 0;
    return 0;
}

int main(void)
{
    struct sums sums = {0, 0, 0};
    struct mt940_handler handler = {.size = sizeof(handler), .user = &sums, .entry = on_entry,
                                    .statement_end = on_end};
    struct mt940_error error = {.size = sizeof(error)};
    struct mt940_reader *reader = NULL;
    char piece[4096];
    size_t length;
    int status = mt940_reader_new(NULL, NULL, &handler, &reader, &error);
    while (!status && (length = fread(piece, 1, sizeof(piece), stdin)) > 0)
        status = mt940_reader_feed(reader, piece, length, &error);
    if (!status)
        status = mt940_reader_finish(reader, &error);
    mt940_reader_free(reader);
    if (status)
        fprintf(stderr, "%s\n", error.text);
    return status != 0;
}
