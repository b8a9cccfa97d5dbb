/* SPDX-License-Identifier: Apache-2.0
 *
 * anonymous.c: reads the old file and the new one and compares what a reader says of them; then looks for words that
 * stayed. Knows the vocabulary, and that codes of banks in IBANs stay.
 */
#include "anonymous.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mt940connect/iban.h"
#include "mt940connect/narrative.h"
#include "same.h"
#include "statement/disguise.h"

enum { recognisable = 4, fields_longest = 64 };

static int same_reading(const struct mt940_reading *a, const struct mt940_reading *b)
{
    return a->ambiguity == b->ambiguity && a->amount.units == b->amount.units && a->amount.scale == b->amount.scale &&
           strcmp(a->amount.currency, b->amount.currency) == 0;
}

static int same_balance(const struct mt940_balance *a, const struct mt940_balance *b)
{
    /* Of one that cannot be read nothing is handed out. */
    return a->kind == b->kind &&
           (a->kind == 0 || (a->mark == b->mark && mt940_date_compare(&a->date, &b->date) == 0 &&
                             same_reading(&a->reading, &b->reading)));
}

struct parts {
    struct mt940_narrative narrative;
    struct mt940_narrative_field fields[fields_longest];
    char *buffer;
};

static void read_parts(const struct mt940_view *raw, int32_t charset, int sign, struct parts *parts)
{
    struct mt940_narrative_input input = {sizeof input, *raw, charset, sign};
    size_t room = mt940_narrative_room(raw->length);

    parts->buffer = malloc(room + 1);
    parts->narrative.size = sizeof parts->narrative;
    if (parts->buffer == NULL ||
        mt940_narrative_read(&input, parts->buffer, room, parts->fields, fields_longest, &parts->narrative) != 0)
        abort();
}

/* A code nobody knows may be a name between slashes. */
static int same_code(const struct mt940_narrative_field *a, const struct mt940_narrative_field *b)
{
    if (a->meaning != b->meaning || a->code.length != b->code.length)
        return 0;
    return mt940_view_equal(&a->code, &b->code) || (a->meaning == MT940_NARRATIVE_NOTHING && a->code.length > 1);
}

static int same_structure(const struct mt940_view *a, const struct mt940_view *b, int32_t charset, int sign)
{
    struct parts x, y;
    int same;

    read_parts(a, charset, sign, &x);
    read_parts(b, charset, sign, &y);
    same = x.narrative.dialect == y.narrative.dialect && x.narrative.separator == y.narrative.separator &&
           x.narrative.field_count == y.narrative.field_count;
    for (size_t i = 0; same && i < x.narrative.field_count && i < fields_longest; i++)
        same = same_code(&x.fields[i], &y.fields[i]);
    free(x.buffer);
    free(y.buffer);
    return same;
}

static const char *entry_difference(const struct mt940_entry *a, const struct mt940_entry *b, int32_t charset)
{
    if (a->line != b->line || a->offset != b->offset || mt940_date_compare(&a->value_date, &b->value_date) ||
        mt940_date_compare(&a->entry_date, &b->entry_date))
        return "place or date of a movement";
    if (a->mark != b->mark || a->funds_code != b->funds_code || !same_reading(&a->reading, &b->reading))
        return "amount of a movement";
    if (a->type != b->type || strcmp(a->code, b->code) != 0)
        return "code of a movement";
    if (a->customer_reference.length != b->customer_reference.length ||
        a->bank_reference.length != b->bank_reference.length || a->supplementary.length != b->supplementary.length)
        return "length of a reference";
    return same_structure(&a->narrative, &b->narrative, charset, mt940_mark_sign(a->mark)) ? NULL
                                                                                           : "dialect or sub-fields";
}

static const char *statement_difference(const struct mt940_statement *a, const struct mt940_statement *b)
{
    const struct mt940_trailer *x = &a->trailer, *y = &b->trailer;
    const char *difference = NULL;

    if (a->header.type != b->header.type || a->header.offset != b->header.offset || a->entry_count != b->entry_count ||
        a->field_count != b->field_count)
        return "structure of a statement";
    if (a->header.number.length != b->header.number.length || a->header.account.length != b->header.account.length)
        return "header";
    if (!same_balance(&a->header.opening, &b->header.opening) || !same_balance(&x->closing, &y->closing) ||
        !same_balance(&x->available, &y->available) || x->forward_count != y->forward_count ||
        x->total_count != y->total_count || x->balanced != y->balanced || x->convention != y->convention)
        return "balances";
    for (size_t i = 0; difference == NULL && i < a->entry_count; i++)
        difference = entry_difference(&a->entries[i], &b->entries[i], x->charset);
    return difference;
}

/* What a file is that holds no statement is told by its letters, and these change. */
static int32_t message_of(const struct mt940_finding *finding)
{
    bool is_other = finding->message >= MT940_M_NOT_MT940_UTF_16 && finding->message <= MT940_M_NOT_MT940_EMAIL;
    return is_other ? MT940_M_NOT_MT940 : finding->message;
}

static const char *finding_difference(const struct mt940_finding *a, const struct mt940_finding *b)
{
    return message_of(a) == message_of(b) && a->severity == b->severity && a->offset == b->offset && a->line == b->line &&
                   a->column == b->column && strcmp(a->tag, b->tag) == 0
               ? NULL
               : mt940_message_name(a->message);
}

static int is_unreadable(const struct mt940_finding *finding)
{
    return finding->message == MT940_M_ENTRY_UNREADABLE || finding->message == MT940_M_FIELD_UNREADABLE;
}

static int same_place(const struct mt940_finding *a, const struct mt940_finding *b)
{
    return a->line == b->line && strcmp(a->tag, b->tag) == 0;
}

/*
 * Letters of a field that nobody can read may be a name, and change; how far a reader gets in it, and what else it says
 * on the way, hangs on them. One finding stands for all of such a field.
 */
static int is_one_of_unreadable(const struct mt940_document *document, size_t at)
{
    const struct mt940_finding *finding = mt940_document_finding(document, at), *other;

    for (size_t i = at; (other = mt940_document_finding(document, i)) != NULL && other->line == finding->line; i++)
        if (is_unreadable(other) && same_place(finding, other))
            return 1;
    for (size_t i = at; i > 0 && (other = mt940_document_finding(document, i - 1))->line == finding->line; i--)
        if (is_unreadable(other) && same_place(finding, other))
            return 1;
    return 0;
}

/*
 * The next finding from `at` on that is compared; a text of two sets at once may be judged otherwise, and an archive that
 * can be read is told by its letters, too.
 */
static const struct mt940_finding *next_finding(const struct mt940_document *document, size_t *at, int mixed,
                                                int *unreadable)
{
    const struct mt940_finding *finding;

    while ((finding = mt940_document_finding(document, *at)) != NULL) {
        size_t here = (*at)++;
        *unreadable = is_one_of_unreadable(document, here);
        if ((mixed && finding->message == MT940_M_UNDECODABLE) ||
            (finding->message == MT940_M_NOT_MT940_PACKED && mt940_document_statement_count(document) > 0))
            continue;
        while (*unreadable && mt940_document_finding(document, *at) != NULL &&
               same_place(finding, mt940_document_finding(document, *at)))
            (*at)++;
        return finding;
    }
    return NULL;
}

static const char *findings_difference(const struct mt940_document *a, const struct mt940_document *b, int mixed)
{
    const char *difference = NULL;
    size_t i = 0, j = 0;

    while (difference == NULL) {
        int unreadable = 0, also = 0;
        const struct mt940_finding *x = next_finding(a, &i, mixed, &unreadable);
        const struct mt940_finding *y = next_finding(b, &j, mixed, &also);
        if (x == NULL || y == NULL)
            return x == y ? NULL : "number of findings";
        if (unreadable && also)
            difference = same_place(x, y) ? NULL : "place of a field that cannot be read";
        else
            difference = finding_difference(x, y);
    }
    return difference;
}

static const char *reading_difference(const struct mt940_document *a, const struct mt940_document *b, int mixed)
{
    size_t statements = mt940_document_statement_count(a);
    const char *difference = NULL;

    if (mt940_document_statement_count(b) != statements)
        return "number of statements";
    for (size_t i = 0; difference == NULL && i < statements; i++)
        difference = statement_difference(mt940_document_statement(a, i), mt940_document_statement(b, i));
    return difference ? difference : findings_difference(a, b, mixed);
}

static int is_ascii(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return 0;
    return 1;
}

/* A text of two sets at once may be judged otherwise. */
static int is_mixed(const char *before, size_t length)
{
    struct mt940_charset_evidence evidence;

    memset(&evidence, 0, sizeof evidence);
    mt940_charset_observe(&evidence, before, length);
    /* A letter that the end cuts is an error, too. */
    mt940_charset_observe(&evidence, "", 1);
    return evidence.utf8_sequences && evidence.utf8_errors;
}

static const char *charset_difference(const char *before, const struct mt940_document *a, const struct mt940_document *b,
                                      size_t length)
{
    if (is_ascii(before, length) || is_mixed(before, length))
        return NULL;
    for (size_t i = 0; i < mt940_document_statement_count(a); i++)
        if (mt940_document_statement(a, i)->trailer.charset != mt940_document_statement(b, i)->trailer.charset)
            return "character set";
    return NULL;
}

static int is_word(char c)
{
    return mt940_ascii_is_alnum(c);
}

/* Zeros, a year beside its month, or a word that banks use. */
static int may_stay(const char *before, size_t start, size_t end, size_t length)
{
    static const char date_marks[] = ".-/";
    struct mt940_view word = {before + start, end - start};
    size_t zeros = start;

    while (zeros < end && before[zeros] == '0')
        zeros++;
    if (zeros == end || mt940_is_vocabulary(word))
        return 1;
    return end - start == 4 && mt940_ascii_is_digit(before[start]) &&
           ((start > 0 && strchr(date_marks, before[start - 1])) || (end < length && strchr(date_marks, before[end])));
}

/* The word around [start, end), to see whether it is an IBAN, whose bank stays. */
static int inside_iban(const char *before, size_t start, size_t end, size_t length)
{
    struct mt940_iban_found found;
    size_t from = start > 40 ? start - 40 : 0, to = end + 40 < length ? end + 40 : length;

    return mt940_iban_scan(before + from, to - from, &found, 1) > 0;
}

/* A word of one kind (letters, or digits) inside a line of `region` that is what it was. */
static const char *survivor(const char *before, const char *after, const struct mt940_view *region, size_t length)
{
    /* Where lines end with "@@" the texts lie in a copy. Numbers, for only pointers into one object may be compared. */
    uintptr_t place = (uintptr_t)region->data, begin = (uintptr_t)before;
    int inside = place >= begin && place - begin <= length && region->length <= length - (place - begin);
    size_t first = inside ? place - begin : 0, last = inside ? first + region->length : 0;

    for (size_t start = first; start < last;) {
        size_t end = start + 1;
        int letters = mt940_ascii_is_letter(before[start]);
        while (end < last && is_word(before[end]) && mt940_ascii_is_letter(before[end]) == letters)
            end++;
        int alone = is_word(before[start]) && start > first && end < last && before[start - 1] == ' ' &&
                    before[end] == ' ';
        if (alone && end - start >= recognisable && memcmp(before + start, after + start, end - start) == 0 &&
            !may_stay(before, start, end, length) && !inside_iban(before, start, end, length))
            return "a word that stayed";
        start = end;
    }
    return NULL;
}

static const char *survivor_in(const char *before, const char *after, const struct mt940_document *document, size_t length)
{
    const char *found = NULL;

    for (size_t i = 0; i < mt940_document_statement_count(document); i++) {
        const struct mt940_statement *statement = mt940_document_statement(document, i);
        for (size_t k = 0; found == NULL && k < statement->entry_count; k++) {
            found = survivor(before, after, &statement->entries[k].narrative, length);
            if (found == NULL)
                found = survivor(before, after, &statement->entries[k].supplementary, length);
        }
    }
    return found;
}

const char *anonymous_difference(const char *before, const char *after, size_t length)
{
    struct mt940_document *a = document_of(before, length, 0), *b = document_of(after, length, 0);
    const char *difference = reading_difference(a, b, is_mixed(before, length));

    if (difference == NULL)
        difference = charset_difference(before, a, b, length);
    if (difference == NULL)
        difference = survivor_in(before, after, a, length);
    mt940_document_free(a);
    mt940_document_free(b);
    return difference;
}
