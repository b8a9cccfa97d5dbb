/* SPDX-License-Identifier: Apache-2.0
 *
 * make.c: records of any kind by their description. Must not know a kind by name but the two the
 * store writes itself and the bank record.
 */
#include "kit.h"

#include <string.h>

/* Contract: keys and indexed texts of 255 bytes, other texts and BLOBs far beyond 64 KiB. */
#define INDEXED_LENGTH 255
#define TEXT_LENGTH 70000
#define BLOB_LENGTH 300000

struct mt940_view mt940_kit_view(const char *text)
{
    struct mt940_view view;

    mt940_view_from_string(text, &view);
    return view;
}

bool mt940_kit_is_own_kind(int32_t kind)
{
    return kind == MT940_KIND_JOURNAL || kind == MT940_KIND_ACTION;
}

static bool is_indexed(const struct mt940_kind_info *info, int32_t field)
{
    for (int32_t i = 0; i < info->index_count; i++)
        for (int32_t j = 0; j < info->indexes[i].field_count; j++)
            if (info->indexes[i].fields[j] == field)
                return true;
    return false;
}

/* Valid UTF-8 that databases and drivers like to change: quotes, signs of SQL and printf, blanks, case pairs. */
static struct mt940_view difficult_text(struct mt940_kit *kit, size_t length)
{
    static const char piece[] = " 'o\"\\%s;--\t\r\n\x01\x7F \xC4\xB0\xC4\xB1\xC5\x9F \xEF\xBB\xBF\xF0\x9F\x8F\xA6 ";
    char *text = mt940_kit_alloc(kit, length);

    for (size_t i = 0; i + sizeof(piece) - 1 <= length; i += sizeof(piece) - 1)
        memcpy(text + i, piece, sizeof(piece) - 1);
    size_t rest = length % (sizeof(piece) - 1);
    memset(text + length - rest, ' ', rest); /* blanks at the end must stay */
    return (struct mt940_view){text, length};
}

static struct mt940_view all_bytes(struct mt940_kit *kit, size_t length)
{
    char *bytes = mt940_kit_alloc(kit, length);

    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(unsigned char)i;
    return (struct mt940_view){bytes, length};
}

static struct mt940_view text_of(struct mt940_kit *kit, const struct mt940_kind_info *info, int32_t field,
                                 enum mt940_kit_flavour flavour)
{
    bool is_blob = info->fields[field].type == MT940_TYPE_BLOB;

    switch (flavour) {
    case MT940_KIT_EMPTY:
        return mt940_kit_view("");
    case MT940_KIT_LOWEST:
        return is_blob ? (struct mt940_view){"\0", 1} : mt940_kit_view("\x01");
    case MT940_KIT_HIGHEST:
        if (is_blob)
            return all_bytes(kit, BLOB_LENGTH);
        return difficult_text(kit, is_indexed(info, field) ? INDEXED_LENGTH : TEXT_LENGTH);
    default:
        return mt940_kit_view("\xC3\x96rnek A.\xC5\x9E.");
    }
}

static struct mt940_date date_of(enum mt940_kit_flavour flavour)
{
    static const struct mt940_date dates[MT940_KIT_FLAVOURS] = {{0, 0, 0}, {2026, 2, 28}, {9999, 12, 31}, {1, 1, 1}};

    return dates[flavour];
}

static int64_t enum_of(int32_t enumeration, enum mt940_kit_flavour flavour)
{
    int64_t value = 0;
    int64_t last = 0;

    (void)mt940_enum_value(enumeration, 0, &value);
    for (int32_t i = 0; mt940_enum_value(enumeration, i, &last) == 0; i++)
        if (flavour == MT940_KIT_HIGHEST)
            value = last;
    return value;
}

static int64_t number_of(const struct mt940_field *field, enum mt940_kit_flavour flavour)
{
    static const int64_t numbers[MT940_KIT_FLAVOURS] = {0, 1234567, INT64_MAX, INT64_MIN};

    if (field->type == MT940_TYPE_FLAG)
        return flavour == MT940_KIT_HIGHEST;
    if (field->type == MT940_TYPE_ENUM)
        return enum_of(field->enumeration, flavour);
    return numbers[flavour];
}

static void set_view(void *record, const struct mt940_field *field, struct mt940_view view)
{
    memcpy((char *)record + field->offset, &view, sizeof(view));
}

static void set_date(void *record, const struct mt940_field *field, struct mt940_date date)
{
    memcpy((char *)record + field->offset, &date, sizeof(date));
}

static void set_number(void *record, const struct mt940_field *field, int64_t number)
{
    memcpy((char *)record + field->offset, &number, sizeof(number));
}

/* The last field of every key is a TEXT or an INT (store.def), so it can carry a number. */
static void set_key_number(struct mt940_kit *kit, void *record, const struct mt940_field *field, int64_t number)
{
    if (field->type != MT940_TYPE_TEXT) {
        set_number(record, field, number);
        return;
    }
    set_view(record, field, mt940_kit_view(mt940_kit_text(kit, "n%012lld", (long long)number)));
}

void *mt940_kit_record(struct mt940_kit *kit, int32_t kind, enum mt940_kit_flavour flavour, int64_t number)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    void *record = mt940_kit_alloc(kit, info->struct_size);

    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        if (i == info->key_count - 1)
            set_key_number(kit, record, field, number);
        else if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            set_view(record, field, text_of(kit, info, i, flavour));
        else if (field->type == MT940_TYPE_DATE)
            set_date(record, field, date_of(flavour));
        else
            set_number(record, field, number_of(field, flavour));
    }
    return record;
}

static struct mt940_view random_text(struct mt940_kit *kit)
{
    static const char *const texts[] = {"",   "a",  "A",        "a ",       "aa",       "b",           "B",  "10", "9",
                                        "\t", "i",  "\xC4\xB0", "\xC4\xB1", "\xC5\x9F", "\xE2\x82\xAC", "z",  "Z",
                                        "_",  "%",  "a'b",      "\x7F",     "I",        "\xF0\x9F\x8F\xA6"};

    return mt940_kit_view(texts[mt940_kit_random(kit, sizeof(texts) / sizeof(texts[0]))]);
}

static struct mt940_date random_date(struct mt940_kit *kit)
{
    static const struct mt940_date dates[] = {{0, 0, 0},     {1, 1, 1},     {999, 12, 31}, {2025, 12, 31},
                                              {2026, 2, 28}, {2026, 10, 1}, {2026, 9, 30}, {9999, 12, 31}};

    return dates[mt940_kit_random(kit, sizeof(dates) / sizeof(dates[0]))];
}

static int64_t random_number(struct mt940_kit *kit, const struct mt940_field *field)
{
    static const int64_t numbers[] = {INT64_MIN, -10, -9, -1, 0, 1, 2, 9, 10, 4294967296, INT64_MAX};
    int64_t value = 0;

    if (field->type == MT940_TYPE_FLAG)
        return (int64_t)mt940_kit_random(kit, 2);
    if (field->type != MT940_TYPE_ENUM)
        return numbers[mt940_kit_random(kit, sizeof(numbers) / sizeof(numbers[0]))];
    while (mt940_enum_value(field->enumeration, (int32_t)mt940_kit_random(kit, 16), &value))
        ;
    return value;
}

void *mt940_kit_random_record(struct mt940_kit *kit, int32_t kind)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    void *record = mt940_kit_alloc(kit, info->struct_size);

    for (int32_t i = 0; i < info->field_count; i++) {
        const struct mt940_field *field = &info->fields[i];
        if (field->type == MT940_TYPE_TEXT || field->type == MT940_TYPE_BLOB)
            set_view(record, field, random_text(kit));
        else if (field->type == MT940_TYPE_DATE)
            set_date(record, field, random_date(kit));
        else
            set_number(record, field, random_number(kit, field));
    }
    return record;
}

struct mt940_customer_bank *mt940_kit_bank(struct mt940_kit *kit, int64_t slot, int64_t limit)
{
    struct mt940_customer_bank *bank = mt940_kit_alloc(kit, sizeof(*bank));

    bank->company = mt940_kit_view("01");
    bank->customer = mt940_kit_view("C1");
    bank->slot = slot;
    bank->currency = mt940_kit_view("TRY");
    bank->dbs = 1;
    bank->dbs_limit = limit;
    return bank;
}

struct mt940_journal *mt940_kit_line(struct mt940_kit *kit, const char *document)
{
    struct mt940_journal *line = mt940_kit_alloc(kit, sizeof(*line));

    line->currency = mt940_kit_view("TRY");
    line->event = MT940_DBS_EVENT_INVOICE;
    line->document = mt940_kit_view(document);
    line->actor = mt940_kit_view("kit");
    line->note = mt940_kit_view("\xC3\xB6");
    line->at = 1784000000;
    return line;
}
