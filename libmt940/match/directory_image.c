/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_image.c: writes a directory as bytes. Knows the arrays by their sizes, not what they
 * mean; files are the caller's.
 */
#include "match/directory_image.h"

#include "base/export.h"
#include "mt940connect/fold.h"
#include "mt940connect/status.h"

struct mt940_index *mt940_image_index_at(struct mt940_directory *directory, size_t at)
{
    struct mt940_index *const indexes[MT940_IMAGE_INDEXES] = {
        &directory->by_code,   &directory->by_iban,       &directory->by_account,
        &directory->by_tax_id, &directory->names.by_word, &directory->names.by_name};

    return indexes[at];
}

void mt940_image_pieces(struct mt940_directory *directory, struct mt940_image_piece pieces[MT940_IMAGE_PIECES])
{
    struct mt940_name_index *names = &directory->names;
    uint64_t customers = directory->customer_count, words = names->words;
    const struct mt940_image_piece fixed[] = {
        {&directory->cards, (customers + 1) * sizeof(*directory->cards)},
        {&directory->pool.bytes, directory->pool.length},
        {&names->name_at, mt940_name_groups(names->customers) * sizeof(*names->name_at)},
        {&names->names, names->name_bytes},
        {&names->text_at, (words + 1) * sizeof(*names->text_at)},
        {&names->texts, names->text_bytes},
        {&names->keys, words * sizeof(*names->keys)},
        {&names->counts, words * sizeof(*names->counts)},
        {&names->letters, MT940_NAME_TRIED * sizeof(*names->letters)},
        {&names->bits, words},
        {&names->list_at, (words + 1) * sizeof(*names->list_at)},
        {&names->lists, names->list_bytes},
        {&names->forward, words * sizeof(*names->forward)},
        {&names->forward_word, words * sizeof(*names->forward_word)},
        {&names->backward, words * sizeof(*names->backward)},
        {&names->backward_word, words * sizeof(*names->backward_word)},
        {&names->pair_first, ((uint64_t)names->common + 1) * sizeof(*names->pair_first)},
        {&names->pair_second, names->pairs * sizeof(*names->pair_second)},
        {&names->pair_at, ((uint64_t)names->pairs + 1) * sizeof(*names->pair_at)},
        {&names->pair_lists, names->pair_bytes},
    };
    size_t count = sizeof(fixed) / sizeof(fixed[0]);

    memcpy(pieces, fixed, sizeof(fixed));
    for (size_t i = 0; i < MT940_IMAGE_INDEXES; i++) {
        struct mt940_index *index = mt940_image_index_at(directory, i);

        pieces[count].pointer = &index->slots;
        pieces[count++].size = mt940_index_slot_bytes(index);
        pieces[count].pointer = &index->runs;
        pieces[count++].size = index->run_count * sizeof(*index->runs);
    }
}

uint64_t mt940_image_head_sum(const struct mt940_image_head *head, const void *own)
{
    struct mt940_image_head copy = *head;
    uint64_t state = MT940_INDEX_HASH_START;

    copy.head_sum = 0;
    state = mt940_index_hash_more(state, &copy, sizeof(copy));
    return mt940_index_hash_finish(mt940_index_hash_more(state, own, head->own_bytes));
}

/* Bytes one behind the other; with `out` NULL they are only counted. */
struct writer {
    unsigned char *out;
    size_t at;
};

static void put(struct writer *writer, const void *bytes, size_t length)
{
    if (writer->out && length > 0)
        memcpy(writer->out + writer->at, bytes, length);
    writer->at += length;
}

static void put_number(struct writer *writer, int64_t number)
{
    put(writer, &number, sizeof(number));
}

static void put_text(struct writer *writer, const struct mt940_view *text)
{
    put_number(writer, (int64_t)text->length);
    put(writer, text->data, text->length);
}

/* Company and own accounts: few, so they are read again and not mapped. */
static void put_own(struct writer *writer, const struct mt940_directory *directory)
{
    const struct mt940_company *company = &directory->company;

    put_text(writer, &directory->company_code);
    put_number(writer, directory->has_company);
    put_text(writer, &company->title);
    put_text(writer, &company->tax_id);
    put_text(writer, &company->local_currency);
    put_number(writer, company->legislation);
    put_number(writer, (int64_t)directory->account_count);
    for (size_t i = 0; i < directory->account_count; i++) {
        const struct mt940_bank_account *account = &directory->accounts[i];

        put_text(writer, &account->code);
        put_text(writer, &account->iban);
        put_text(writer, &account->branch);
        put_text(writer, &account->account);
        put_text(writer, &account->currency);
        put_number(writer, account->start_date.year);
        put_number(writer, account->start_date.month);
        put_number(writer, account->start_date.day);
    }
}

static void put_gap(struct writer *writer, size_t end)
{
    if (writer->out)
        memset(writer->out + writer->at, 0, end - writer->at);
    writer->at = end;
}

/* All counts, and what the directory was made with. */
static void fill_head(struct mt940_image_head *head, struct mt940_directory *directory,
                      const struct mt940_view *fingerprint, size_t own_bytes)
{
    const struct mt940_name_index *names = &directory->names;
    const char *fold = mt940_fold_table_version();
    size_t length = strlen(fold);

    memset(head, 0, sizeof(*head));
    memcpy(head->magic, MT940_IMAGE_MAGIC, sizeof(head->magic));
    head->order = MT940_IMAGE_ORDER;
    head->version = MT940_IMAGE_VERSION;
    head->orphans = directory->orphans;
    if (fingerprint && fingerprint->length > 0)
        memcpy(head->fingerprint, fingerprint->data, fingerprint->length);
    memcpy(head->fold, fold, length < sizeof(head->fold) ? length : sizeof(head->fold));
    head->forms = mt940_name_forms_version;
    head->own_bytes = (uint32_t)own_bytes;
    head->customers = (uint32_t)directory->customer_count;
    head->banks = (uint32_t)directory->bank_count;
    head->pool_bytes = (uint32_t)directory->pool.length;
    head->words = names->words;
    head->common = names->common;
    head->listless = names->listless;
    head->pairs = names->pairs;
    head->name_bytes = names->name_bytes;
    head->text_bytes = names->text_bytes;
    head->list_bytes = names->list_bytes;
    head->pair_bytes = names->pair_bytes;
    head->legal_count = names->legal_count;
    memcpy(head->legal, names->legal, sizeof(head->legal));
    for (size_t i = 0; i < MT940_IMAGE_INDEXES; i++) {
        const struct mt940_index *index = mt940_image_index_at(directory, i);

        head->indexes[i].slot_count = (uint32_t)index->slot_count;
        head->indexes[i].run_count = (uint32_t)index->run_count;
        head->indexes[i].bits = index->bits;
        head->indexes[i].most = index->most;
    }
}

/* Writes everything, or counts it. */
static void put_image(struct writer *writer, struct mt940_directory *directory, struct mt940_image_head *head)
{
    struct mt940_image_piece pieces[MT940_IMAGE_PIECES];

    put(writer, head, sizeof(*head));
    put_own(writer, directory);
    put_gap(writer, (size_t)mt940_image_end(writer->at, 0));
    mt940_image_pieces(directory, pieces);
    for (size_t i = 0; i < MT940_IMAGE_PIECES; i++) {
        const void *bytes;

        memcpy(&bytes, pieces[i].pointer, sizeof(bytes));
        put(writer, bytes, (size_t)pieces[i].size);
        put_gap(writer, (size_t)mt940_image_end(writer->at, 0));
    }
}

MT940_EXPORT int mt940_directory_image(const struct mt940_directory *directory, const struct mt940_view *fingerprint,
                                       void *out, size_t capacity, size_t *length)
{
    struct mt940_directory copy; /* for the pieces: what is read by name is written through elsewhere */
    struct mt940_image_head head;
    struct writer own = {NULL, 0}, counted = {NULL, 0}, writer = {out, 0};
    size_t behind;

    if (!directory || directory->layer || !length || (fingerprint && fingerprint->length > MT940_DIRECTORY_FINGERPRINT))
        return MT940_E_ARGUMENT;
    copy = *directory;
    put_own(&own, directory);
    if (own.at > UINT32_MAX)
        return MT940_E_LIMIT;
    fill_head(&head, &copy, fingerprint, own.at);
    put_image(&counted, &copy, &head);
    *length = counted.at;
    head.length = counted.at;
    if (!out)
        return MT940_OK;
    if (capacity < counted.at)
        return MT940_E_LIMIT;
    put_image(&writer, &copy, &head);
    behind = sizeof(head) + own.at;
    head.sum = mt940_index_hash(writer.out + behind, writer.at - behind);
    head.head_sum = mt940_image_head_sum(&head, writer.out + sizeof(head));
    memcpy(writer.out, &head, sizeof(head));
    return MT940_OK;
}
