/* SPDX-License-Identifier: Apache-2.0
 *
 * 02-check-iban.c: judges IBANs, says where a refused one is wrong and what may have been meant.
 *
 * Build:  cc 02-check-iban.c $(pkg-config --cflags --libs mt940connect) -o check-iban
 * Run:    ./check-iban "TR14 0006 2001 1900 0001 2345 67"      exit code 1 when one is refused
 */
#include <mt940connect/iban.h>
#include <stdio.h>
#include <string.h>

static void print_part(const char *name, const struct mt940_iban *iban, const struct mt940_iban_part *part)
{
    if (part->length)
        printf("  %-8s %.*s\n", name, (int)part->length, iban->canonical + part->offset);
}

static void print_valid(const struct mt940_iban *iban)
{
    char printed[44];
    mt940_iban_print(iban->canonical, strlen(iban->canonical), printed);
    printf("%s is valid\n", printed);
    print_part("bank", iban, &iban->bank);
    print_part("branch", iban, &iban->branch);
    print_part("account", iban, &iban->account);
}

static void print_refused(const char *text, const struct mt940_iban *iban)
{
    struct mt940_iban_suggestion suggestions[3];
    size_t count = mt940_iban_suggest(text, strlen(text), MT940_IBAN_PRINT, suggestions, 3);
    printf("%s is refused: %s", text, mt940_iban_reason_name(iban->reason));
    if (iban->position >= 0)
        printf(" at character %d", (int)iban->position + 1);
    printf("\n");
    for (size_t i = 0; i < count; i++)
        printf("  perhaps  %s\n", suggestions[i].canonical);
}

int main(int argc, char **argv)
{
    int refused = 0;
    for (int i = 1; i < argc; i++) {
        struct mt940_iban iban = {.size = sizeof(iban)};
        if (mt940_iban_parse(argv[i], strlen(argv[i]), MT940_IBAN_PRINT, &iban))
            return 2;
        if (iban.reason == MT940_IBAN_VALID)
            print_valid(&iban);
        else
            print_refused(argv[i], &iban);
        refused |= iban.reason != MT940_IBAN_VALID;
    }
    return refused;
}
