/* SPDX-License-Identifier: Apache-2.0
 *
 * arrival.c: turns a parsed statement into records: texts decoded, amounts signed in minor units
 * of their currency, the account resolved. What is new about it is known.c's question.
 */
#include "flow/arrival.h"

#include "base/sha256.h"
#include "statement/id.h"

enum { id_bytes = 8, usual_digits = 2 };

/* Decodes raw bytes as the narrative's text into scratch memory. */
static int decode(struct mt940_flow *flow, const struct mt940_view *raw, int32_t charset, struct mt940_view *out)
{
    size_t length = mt940_narrative_text(raw, charset, NULL, 0);
    char *text = mt940_arena_alloc(&flow->scratch, length + 1);
    if (!text)
        return flow->scratch.status;
    *out = mt940_view_of(text, mt940_narrative_text(raw, charset, text, length));
    return 0;
}

static int keep_text(struct mt940_flow *flow, const char *text, struct mt940_view *out)
{
    struct mt940_view view;
    mt940_view_from_string(text, &view);
    return mt940_arena_view(&flow->scratch, &view, out);
}

/*
 * Units of the currency's own digits. False when decimals would be lost: then the cut amount is
 * given. An amount has fewer digits where its currency stood behind it only, in the closing balance.
 */
static bool minor_units(const struct mt940_amount *amount, int64_t *out)
{
    int known = mt940_currency_digits(amount->currency, strlen(amount->currency));
    int32_t digits = known < 0 ? usual_digits : known;
    int32_t scale = amount->scale;
    int64_t units = amount->units;
    for (; scale < digits && units <= INT64_MAX / 10 && units >= INT64_MIN / 10; scale++)
        units *= 10;
    bool exact = scale >= digits;
    for (; scale > digits; scale--) {
        exact = exact && units % 10 == 0;
        units /= 10;
    }
    *out = units;
    return exact;
}

int mt940_arrival_account(struct mt940_flow *flow, const struct mt940_view *account_text,
                          const struct mt940_view *currency, const struct mt940_bank_account **out)
{
    struct mt940_directory_account wanted = {sizeof wanted, {0}, {0}, {0}, {0}, {0}};
    struct mt940_account_parts parts;
    const struct mt940_directory *directory;
    const struct mt940_bank_account *account = NULL;
    int status = mt940_flow_directory(flow, &directory);
    if (status == 0)
        status = mt940_account_split(account_text->data, account_text->length, &parts);
    if (status)
        return status;
    mt940_view_from_string(parts.iban, &wanted.iban);
    mt940_view_from_string(parts.bank_code, &wanted.bank);
    mt940_view_from_string(parts.branch_code, &wanted.branch);
    mt940_view_from_string(parts.number, &wanted.number);
    wanted.currency = *currency;
    *out = mt940_directory_resolve(directory, &wanted, &account) == 1 ? account : NULL;
    return 0;
}

/* After the account: it takes part. */
static int make_seconds(struct mt940_flow *flow, struct mt940_arrival *arrival)
{
    const struct mt940_whole *whole = arrival->whole;
    arrival->seconds = mt940_arena_alloc(&flow->scratch, (whole->entries + 1) * sizeof *arrival->seconds);
    if (!arrival->seconds)
        return flow->scratch.status;
    mt940_second_digests((const struct mt940_statement *const *)whole->pages, whole->page_count,
                         arrival->item.bank_account, arrival->seconds);
    return 0;
}

bool mt940_arrival_is_interim(const struct mt940_inbox_item *item)
{
    return mt940_view_is(item->type, "941") || mt940_view_is(item->type, "942");
}

/* Short id: what the statement says, whoever sent it under whatever name. */
static int make_id(struct mt940_flow *flow, const struct mt940_whole *whole, char (*ids)[MT940_ID_CAPACITY],
                   struct mt940_view *out)
{
    const struct mt940_header *header = &whole->pages[0]->header;
    const struct mt940_view *closing = &whole->last->trailer.closing.raw;
    struct mt940_sha256 hash;
    uint8_t digest[32];
    char text[2 * id_bytes + 1];
    mt940_sha256_init(&hash);
    mt940_sha256_part(&hash, flow->company.data, flow->company.length);
    mt940_sha256_part(&hash, header->account.data, header->account.length);
    mt940_sha256_part(&hash, header->number.data, header->number.length);
    mt940_sha256_part(&hash, header->opening.raw.data, header->opening.raw.length);
    mt940_sha256_part(&hash, closing->data, closing->length);
    for (size_t i = 0; i < whole->entries; i++)
        mt940_sha256_part(&hash, ids[i], strlen(ids[i]));
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, id_bytes, text);
    return keep_text(flow, text, out);
}

static int fill_account(struct mt940_flow *flow, const struct mt940_whole *whole, struct mt940_inbox_item *item)
{
    const struct mt940_bank_account *account;
    struct mt940_account_parts parts;
    int status = decode(flow, &whole->pages[0]->header.account, whole->last->trailer.charset, &item->account_text);
    if (status == 0)
        status = mt940_account_split(item->account_text.data, item->account_text.length, &parts);
    if (status == 0)
        status = keep_text(flow, parts.bank_code, &item->bank_code);
    if (status == 0)
        status = mt940_arrival_account(flow, &item->account_text, &item->currency, &account);
    if (status == 0 && account)
        status = mt940_arena_view(&flow->scratch, &account->code, &item->bank_account);
    return status;
}

static void fill_balances(const struct mt940_whole *whole, struct mt940_inbox_item *item)
{
    const struct mt940_balance *opening = &whole->pages[0]->header.opening;
    const struct mt940_balance *closing = &whole->last->trailer.closing;
    struct mt940_amount amount = opening->reading.amount;
    item->opening_date = opening->date;
    amount.units = mt940_whole_signed(opening);
    (void)minor_units(&amount, &item->opening);
    amount = closing->reading.amount;
    item->closing_date = closing->date;
    amount.units = mt940_whole_signed(closing);
    (void)minor_units(&amount, &item->closing);
}

static const char *currency_of(const struct mt940_whole *whole)
{
    const char *currency = whole->pages[0]->header.opening.reading.amount.currency;
    if (!currency[0])
        currency = whole->last->trailer.closing.reading.amount.currency;
    if (!currency[0] && whole->last->trailer.total_count)
        currency = whole->last->trailer.totals[0].reading.amount.currency;
    if (!currency[0] && whole->pages[0]->entry_count)
        currency = whole->pages[0]->entries[0].reading.amount.currency;
    return currency;
}

static const char *type_name(int32_t type)
{
    return type == 941 ? "941" : type == 942 ? "942" : type == 950 ? "950" : "940";
}

int mt940_arrival_item(struct mt940_flow *flow, const struct mt940_whole *whole, const struct mt940_arrival_file *file,
                       int32_t finding, struct mt940_arrival *out)
{
    struct mt940_inbox_item *item = &out->item;
    const struct mt940_header *header = &whole->pages[0]->header;
    memset(out, 0, sizeof *out);
    out->whole = whole;
    out->ids = mt940_arena_alloc(&flow->scratch, (whole->entries + 1) * sizeof *out->ids);
    if (!out->ids)
        return flow->scratch.status;
    int status = mt940_statement_ids((const struct mt940_statement *const *)whole->pages, whole->page_count,
                                     flow->company.data, flow->company.length, &flow->memory, out->ids);
    if (status == 0)
        status = make_id(flow, whole, out->ids, &item->id);
    if (status == 0)
        status = keep_text(flow, currency_of(whole), &item->currency);
    if (status == 0)
        status = fill_account(flow, whole, item);
    if (status == 0)
        status = make_seconds(flow, out);
    if (status == 0)
        status = decode(flow, &header->number, whole->last->trailer.charset, &item->number);
    if (status)
        return status;
    item->company = flow->company;
    item->file = file->digest;
    item->file_name = file->name;
    item->first_message = (int64_t)whole->first;
    item->pages = (int64_t)whole->page_count;
    mt940_view_from_string(type_name(header->type), &item->type);
    mt940_view_from_string(mt940_charset_name(whole->last->trailer.charset), &item->charset);
    fill_balances(whole, item);
    item->finding = whole->finding ? whole->finding : finding;
    item->balanced = whole->balanced;
    item->state = item->finding || whole->balanced == 0 ? MT940_INBOX_STATE_FAULTY : MT940_INBOX_STATE_NEW;
    item->received_at = flow->now;
    return 0;
}

/* Finds the entry of a row and its page. */
static const struct mt940_entry *entry_of(const struct mt940_whole *whole, size_t row,
                                          const struct mt940_statement **page)
{
    size_t index = row - 1;
    for (size_t i = 0; i < whole->page_count; i++) {
        *page = whole->pages[i];
        if (index < whole->pages[i]->entry_count)
            return &whole->pages[i]->entries[index];
        index -= whole->pages[i]->entry_count;
    }
    return NULL;
}

static int fill_texts(struct mt940_flow *flow, const struct mt940_entry *entry, int32_t charset,
                      struct mt940_movement *out)
{
    struct mt940_view type = mt940_view_of(&entry->type, entry->type ? 1 : 0);
    struct mt940_view code;
    mt940_view_from_string(entry->code, &code);
    int status = mt940_arena_view(&flow->scratch, &type, &out->type);
    if (status == 0)
        status = mt940_arena_view(&flow->scratch, &code, &out->code);
    if (status == 0)
        status = decode(flow, &entry->customer_reference, charset, &out->customer_reference);
    /* The standard's word for none: two movements do not share it, and it is no slip's number. */
    if (status == 0 && !mt940_view_is(mt940_view_trim(entry->bank_reference), "NONREF"))
        status = decode(flow, &entry->bank_reference, charset, &out->bank_reference);
    if (status == 0)
        status = decode(flow, &entry->supplementary, charset, &out->supplementary);
    return status ? status : decode(flow, &entry->narrative, charset, &out->narrative);
}

int mt940_arrival_movement(struct mt940_flow *flow, const struct mt940_arrival *arrival, size_t row,
                           struct mt940_movement *out)
{
    const struct mt940_statement *page = NULL;
    const struct mt940_entry *entry = entry_of(arrival->whole, row, &page);
    memset(out, 0, sizeof *out);
    if (!entry)
        return MT940_E_NOT_FOUND;
    int status = fill_texts(flow, entry, page->trailer.charset, out);
    if (status)
        return status;
    out->company = flow->company;
    mt940_view_from_string(arrival->ids[row - 1], &out->id);
    out->inbox_item = arrival->item.id;
    out->row = (int64_t)row;
    out->bank_account = arrival->item.bank_account;
    out->value_date = entry->value_date;
    out->entry_date = entry->entry_date;
    mt940_view_from_string(mt940_mark_name(entry->mark), &out->mark);
    out->currency = arrival->item.currency;
    out->chosen_dbs = -1;
    bool exact = minor_units(&entry->reading.amount, &out->amount);
    if (mt940_mark_sign(entry->mark) < 0)
        out->amount = -out->amount;
    /* Listed, but its amount cannot be posted as it stands (DESIGN §3). */
    if (!exact || entry->reading.ambiguity) {
        out->state = MT940_MOVEMENT_STATE_FAILED;
        out->fault = exact ? MT940_M_AMOUNT_AMBIGUOUS : MT940_M_TOO_MANY_DECIMALS;
    }
    return 0;
}
