/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_open.c: a directory out of its image. What is checked here is what costs little: the
 * head and its checksum, that the sizes add up to the length, the gaps, the runs of records of one
 * key, the texts of company and accounts. The rest, some 170 bytes a customer, is not read: a
 * start would take as long as reading the file. Instead no place that it names is used before it
 * was compared with what there is (name_index.h, directory.h, index.c), so that damage shows as
 * wrong or missing customers and never as a crash.
 */
#include "base/export.h"
#include "base/failure.h"
#include "match/directory_image.h"
#include "mt940connect/fold.h"
#include "mt940connect/status.h"

/* Reads the texts of company and accounts; after a failure everything is empty. */
struct reader {
    const unsigned char *bytes;
    size_t left;
    bool failed;
};

static int64_t get_number(struct reader *reader)
{
    int64_t number = 0;

    if (reader->left < sizeof(number)) {
        reader->failed = true;
        reader->left = 0;
        return 0;
    }
    memcpy(&number, reader->bytes, sizeof(number));
    reader->bytes += sizeof(number);
    reader->left -= sizeof(number);
    return number;
}

static struct mt940_view get_text(struct reader *reader)
{
    int64_t length = get_number(reader);
    struct mt940_view text;

    if (length < 0 || (uint64_t)length > reader->left) {
        reader->failed = true;
        reader->left = 0;
        return mt940_view_of(NULL, 0);
    }
    text = mt940_view_of(length > 0 ? (const char *)reader->bytes : NULL, (size_t)length);
    reader->bytes += length;
    reader->left -= (size_t)length;
    return text;
}

static void get_account(struct reader *reader, const struct mt940_directory *directory,
                        struct mt940_bank_account *account)
{
    account->company = directory->company_code;
    account->code = get_text(reader);
    account->iban = get_text(reader);
    account->branch = get_text(reader);
    account->account = get_text(reader);
    account->currency = get_text(reader);
    account->start_date.year = (int16_t)get_number(reader);
    account->start_date.month = (uint8_t)get_number(reader);
    account->start_date.day = (uint8_t)get_number(reader);
}

static int get_own(struct reader *reader, struct mt940_directory *directory)
{
    struct mt940_company *company = &directory->company;
    int64_t count;

    directory->company_code = get_text(reader);
    directory->has_company = get_number(reader) != 0;
    company->code = directory->company_code;
    company->title = get_text(reader);
    company->tax_id = get_text(reader);
    company->local_currency = get_text(reader);
    company->legislation = get_number(reader);
    count = get_number(reader);
    /* An account takes eight numbers at least: no count makes us ask for more memory than the image has bytes. */
    if (reader->failed || count < 0 || (uint64_t)count > reader->left / (8 * sizeof(int64_t)))
        return MT940_E_CORRUPT;
    directory->accounts = mt940_memory_alloc(&directory->memory, (size_t)count * sizeof(*directory->accounts));
    if (!directory->accounts)
        return MT940_E_MEMORY;
    directory->account_count = directory->account_capacity = (size_t)count;
    memset(directory->accounts, 0, (size_t)count * sizeof(*directory->accounts));
    for (size_t i = 0; i < directory->account_count; i++)
        get_account(reader, directory, &directory->accounts[i]);
    return reader->failed || reader->left > 0 ? MT940_E_CORRUPT : MT940_OK;
}

static int check_head(const struct mt940_image_head *head, const unsigned char *bytes, size_t length, bool verify)
{
    const char *fold = mt940_fold_table_version();
    size_t fold_length = strlen(fold), behind;
    char padded[sizeof(head->fold)] = {0};

    memcpy(padded, fold, fold_length < sizeof(padded) ? fold_length : sizeof(padded));
    if (memcmp(head->magic, MT940_IMAGE_MAGIC, sizeof(head->magic)) != 0)
        return MT940_E_CORRUPT;
    if (head->order != MT940_IMAGE_ORDER || head->version != MT940_IMAGE_VERSION ||
        head->forms != mt940_name_forms_version || memcmp(head->fold, padded, sizeof(padded)) != 0)
        return MT940_E_SCHEMA;
    if (head->length != length || head->own_bytes > length - sizeof(*head))
        return MT940_E_CORRUPT;
    behind = sizeof(*head) + head->own_bytes;
    if (mt940_image_head_sum(head, bytes + sizeof(*head)) != head->head_sum ||
        (verify && mt940_index_hash(bytes + behind, length - behind) != head->sum))
        return MT940_E_CORRUPT;
    return MT940_OK;
}

/* The counts that limit others hold together: what is compared with one may be used with the other. */
static bool take_counts(const struct mt940_image_head *head, struct mt940_directory *directory)
{
    struct mt940_name_index *names = &directory->names;

    directory->orphans = head->orphans;
    directory->customer_count = names->customers = head->customers;
    directory->customer_capacity = directory->customer_count + 1;
    directory->bank_count = head->banks;
    directory->pool.length = directory->pool.capacity = head->pool_bytes;
    names->words = head->words;
    names->common = head->common;
    names->listless = head->listless;
    names->pairs = head->pairs;
    names->name_bytes = head->name_bytes;
    names->text_bytes = head->text_bytes;
    names->list_bytes = head->list_bytes;
    names->pair_bytes = head->pair_bytes;
    names->legal_count = head->legal_count;
    memcpy(names->legal, head->legal, sizeof(names->legal));
    return head->customers < MT940_INDEX_MOST && head->banks < MT940_INDEX_MOST && head->words < MT940_INDEX_MOST &&
           head->pairs < MT940_INDEX_MOST && head->common <= head->words && head->listless <= head->words &&
           head->legal_count <= MT940_NAME_LEGALS;
}

static bool take_indexes(const struct mt940_image_head *head, struct mt940_directory *directory)
{
    const uint32_t records[MT940_IMAGE_INDEXES] = {head->customers, head->pool_bytes, head->pool_bytes,
                                                   head->customers, head->words, head->customers};
    static const bool wide[MT940_IMAGE_INDEXES] = {false, true, true, false, false, false};

    for (size_t i = 0; i < MT940_IMAGE_INDEXES; i++) {
        const struct mt940_image_index *given = &head->indexes[i];
        struct mt940_index *index = mt940_image_index_at(directory, i);

        index->slot_count = given->slot_count;
        index->run_count = given->run_count;
        index->bits = given->bits;
        index->most = given->most;
        if (given->most > records[i] || given->bits > 31 || (given->slot_count > 0 && (given->bits == 0) != wide[i]))
            return false;
    }
    return true;
}

/* Points into the image; false when the sizes do not add up to its length, or a gap is not empty. */
static bool take_pieces(struct mt940_directory *directory, const unsigned char *bytes, uint64_t at, size_t length)
{
    static const unsigned char zeros[8];
    struct mt940_image_piece pieces[MT940_IMAGE_PIECES];

    mt940_image_pieces(directory, pieces);
    for (size_t i = 0; i < MT940_IMAGE_PIECES; i++) {
        uint64_t end = mt940_image_end(at, pieces[i].size);
        const void *piece;

        if (end > length || memcmp(bytes + at + pieces[i].size, zeros, sizeof(zeros)) != 0)
            return false;
        piece = bytes + at;
        memcpy(pieces[i].pointer, &piece, sizeof(piece));
        at = end;
    }
    return at == length;
}

static int open_image(struct mt940_directory *directory, const unsigned char *bytes, size_t length, bool verify)
{
    struct mt940_image_head head;
    struct reader reader;
    uint64_t at;
    int status;

    memcpy(&head, bytes, sizeof(head));
    status = check_head(&head, bytes, length, verify);
    if (status != MT940_OK)
        return status;
    memcpy(directory->fingerprint, head.fingerprint, sizeof(head.fingerprint));
    at = mt940_image_end(sizeof(head) + (uint64_t)head.own_bytes, 0);
    if (!take_counts(&head, directory) || !take_indexes(&head, directory) || at > length ||
        !take_pieces(directory, bytes, at, length))
        return MT940_E_CORRUPT;
    for (size_t i = 0; i < MT940_IMAGE_INDEXES; i++)
        if (!mt940_index_runs_hold(mt940_image_index_at(directory, i)))
            return MT940_E_CORRUPT;
    reader.bytes = bytes + sizeof(head);
    reader.left = head.own_bytes;
    reader.failed = false;
    return get_own(&reader, directory);
}

MT940_EXPORT int mt940_directory_open(const void *image, size_t length, int verify,
                                      const struct mt940_allocator *allocator, struct mt940_directory **out,
                                      struct mt940_error *error)
{
    struct mt940_directory *directory;
    struct mt940_allocator memory;
    int status;

    if (!image || (uintptr_t)image % sizeof(uint64_t) != 0 || !out ||
        mt940_memory_init(&memory, allocator) != MT940_OK)
        return mt940_fail(error, MT940_E_ARGUMENT, 0, NULL);
    if (length < sizeof(struct mt940_image_head))
        return mt940_fail(error, MT940_E_CORRUPT, 0, NULL);
    directory = mt940_memory_alloc(&memory, sizeof(*directory));
    if (!directory)
        return mt940_fail(error, MT940_E_MEMORY, 0, NULL);
    memset(directory, 0, sizeof(*directory));
    directory->memory = memory;
    directory->mapped = true;
    mt940_arena_init(&directory->arena, &memory, 0);
    status = open_image(directory, image, length, verify != 0);
    if (status != MT940_OK) {
        mt940_directory_free(directory);
        return mt940_fail(error, status, 0, NULL);
    }
    *out = directory;
    return MT940_OK;
}

MT940_EXPORT int mt940_directory_fingerprint(const struct mt940_directory *directory, struct mt940_view *out)
{
    if (!directory || !out)
        return MT940_E_ARGUMENT;
    *out = mt940_view_of(directory->mapped ? (const char *)directory->fingerprint : NULL,
                         directory->mapped ? sizeof(directory->fingerprint) : 0);
    return MT940_OK;
}
