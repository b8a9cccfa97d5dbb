/* SPDX-License-Identifier: Apache-2.0
 *
 * layout.c: the built-in layouts (layout_*.def) and looking things up in any. Must not know files.
 */
#include "dbs/layout.h"

#include "base/export.h"
#include "base/failure.h"
#include "base/view.h"
#include "mt940connect/fold.h"
#include "mt940connect/schema.h"

#define LAYOUT standard
#define LAYOUT_FILE "dbs/layout_standard.def"
#include "dbs/layout_lists.h"
#define LAYOUT vakifbank
#define LAYOUT_FILE "dbs/layout_vakifbank.def"
#include "dbs/layout_lists.h"

#define LENGTH_OF(list) (sizeof(list) / sizeof((list)[0]))
#define LISTS_OF(layout)                                                                                             \
    .columns = layout##_columns, .column_count = LENGTH_OF(layout##_columns), .answers = layout##_answers,           \
    .answer_count = LENGTH_OF(layout##_answers), .records = layout##_records,                                        \
    .record_count = LENGTH_OF(layout##_records), .states = layout##_states,                                          \
    .state_count = LENGTH_OF(layout##_states), .reasons = layout##_reasons, .reason_count = LENGTH_OF(layout##_reasons)

static const struct mt940_dbs_layout layouts[] = {
    {.size = sizeof(layouts[0]), .name = "standard", .bank = "", .separator = ',', .decimal_sign = '.',
     .date_form = MT940_DBS_DATE_ISO, LISTS_OF(standard)},
    {.size = sizeof(layouts[0]), .name = "vakifbank", .bank = "0015", .separator = ';', .decimal_sign = '.',
     .date_form = MT940_DBS_DATE_ISO, LISTS_OF(vakifbank)},
};

static const char *const field_names[MT940_DBS_FIELDS] = {
    NULL,         "run",      "row",    "record",   "bank",   "customer", "reference", "invoice",
    "line",       "invoice_date", "due_date", "amount", "currency", "branch", "account", "iban",
    "collection_account", "collection_iban", "state", "code", "text", "paid"};

MT940_EXPORT const char *mt940_dbs_field_name(int32_t field)
{
    return field > 0 && field < MT940_DBS_FIELDS ? field_names[field] : NULL;
}

MT940_EXPORT int32_t mt940_dbs_field_from_name(const char *name, size_t length)
{
    for (int32_t field = 1; field < MT940_DBS_FIELDS; field++)
        if (mt940_view_is(mt940_view_of(name, length), field_names[field]))
            return field;
    return 0;
}

void mt940_dbs_word_key(const struct mt940_view *word, struct mt940_dbs_word_key *out)
{
    size_t length = word->length < 256 ? mt940_fold_skeleton(word->data, word->length, out->text, sizeof out->text, NULL)
                                       : sizeof out->text + 1;

    out->length = 0;
    for (size_t i = 0; length <= sizeof out->text && i < length; i++)
        if (out->text[i] != ' ')
            out->text[out->length++] = out->text[i];
}

int mt940_dbs_word_is(const struct mt940_dbs_word_key *key, const char *word)
{
    struct mt940_view view = mt940_view_of(word, strlen(word));
    struct mt940_dbs_word_key other;

    mt940_dbs_word_key(&view, &other);
    return key->length > 0 && key->length == other.length && memcmp(key->text, other.text, key->length) == 0;
}

MT940_EXPORT const struct mt940_dbs_layout *mt940_dbs_layout_at(size_t position)
{
    return position < LENGTH_OF(layouts) ? &layouts[position] : NULL;
}

MT940_EXPORT const struct mt940_dbs_layout *mt940_dbs_layout_find(const char *name, const char *bank)
{
    bool by_name = name && name[0];

    for (size_t i = 0; i < LENGTH_OF(layouts); i++)
        if (by_name ? strcmp(layouts[i].name, name) == 0 : bank && bank[0] && strcmp(layouts[i].bank, bank) == 0)
            return &layouts[i];
    return by_name ? NULL : &layouts[0];
}

MT940_EXPORT const char *mt940_dbs_layout_reason(const struct mt940_dbs_layout *layout, const struct mt940_view *code,
                                                 const char *language)
{
    bool is_turkish = language && strcmp(language, "tr") == 0;

    for (size_t i = 0; layout && code && i < layout->reason_count; i++)
        if (mt940_view_is(*code, layout->reasons[i].code))
            return is_turkish ? layout->reasons[i].turkish : layout->reasons[i].english;
    return NULL;
}

/* ---- Layouts of a host ---- */

static int check_columns(const struct mt940_dbs_column *columns, size_t count, struct mt940_error *error)
{
    bool has_name = false;

    if (!columns || count == 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: columns or answers are missing");
    for (size_t i = 0; i < count; i++) {
        if (!mt940_dbs_field_name(columns[i].field) || columns[i].width < 0)
            return mt940_fail(error, MT940_E_ARGUMENT, columns[i].field, "layout: a column has no such field");
        if (!columns[i].heading || !columns[i].heading[0])
            return mt940_fail(error, MT940_E_ARGUMENT, columns[i].field, "layout: a column has no heading");
        has_name |= columns[i].field == MT940_DBS_FIELD_REFERENCE || columns[i].field == MT940_DBS_FIELD_INVOICE;
    }
    return has_name ? 0 : mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: no column names the invoice");
}

static bool has_answer(const struct mt940_dbs_layout *layout, int32_t field)
{
    for (size_t i = 0; i < layout->answer_count; i++)
        if (layout->answers[i].field == field)
            return true;
    return false;
}

static int check_words(const struct mt940_dbs_word *words, size_t count, int32_t enumeration,
                       struct mt940_error *error)
{
    if (!words || count == 0)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: records or states are missing");
    for (size_t i = 0; i < count; i++)
        if (!words[i].word || !words[i].word[0] || !mt940_enum_name(enumeration, words[i].value, "en"))
            return mt940_fail(error, MT940_E_ARGUMENT, words[i].value, "layout: a word is empty or its value none");
    return 0;
}

static bool is_form(const struct mt940_dbs_layout *layout)
{
    return (layout->decimal_sign == '.' || layout->decimal_sign == ',') && layout->separator >= '\t' &&
           layout->separator != '"' && layout->separator != '\r' && layout->separator != '\n' &&
           layout->separator != ' ' && layout->date_form >= MT940_DBS_DATE_ISO &&
           layout->date_form <= MT940_DBS_DATE_PLAIN;
}

MT940_EXPORT int mt940_dbs_layout_check(const struct mt940_dbs_layout *layout, struct mt940_error *error)
{
    int status;

    if (!layout || mt940_check_size(layout, layout->size, sizeof *layout, sizeof *layout) != 0 || !layout->name ||
        !layout->bank || !is_form(layout) || (layout->reason_count > 0 && !layout->reasons))
        return mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: size, name, bank, separator, decimal sign or dates");
    status = check_columns(layout->columns, layout->column_count, error);
    if (status == 0)
        status = check_columns(layout->answers, layout->answer_count, error);
    if (status == 0 && !has_answer(layout, MT940_DBS_FIELD_STATE))
        status = mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: no answer column says the state");
    if (status == 0)
        status = check_words(layout->records, layout->record_count, MT940_ENUM_DBS_ORDER_RECORD, error);
    if (status == 0)
        status = check_words(layout->states, layout->state_count, MT940_ENUM_DBS_ORDER_STATE, error);
    for (size_t i = 0; status == 0 && i < layout->reason_count; i++)
        if (!layout->reasons[i].code || !layout->reasons[i].english || !layout->reasons[i].turkish)
            status = mt940_fail(error, MT940_E_ARGUMENT, 0, "layout: a reason lacks its code or a text");
    return status;
}
