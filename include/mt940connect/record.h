/* SPDX-License-Identifier: Apache-2.0
 *
 * record.h: the records the library keeps or is given, as plain structs.
 * Made by libmt940/record/gen_record.py from libmt940/record/store.def; change that file.
 *
 * Money is in minor units of the record's currency, rates in 10^-8, an absent date has year 0.
 * Views are borrowed: a record handed to a callback is valid during that call only.
 */
#ifndef MT940CONNECT_RECORD_H
#define MT940CONNECT_RECORD_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Law the company's books follow (mevzuat). */
enum mt940_legislation {
    MT940_LEGISLATION_TR = 0, /* Türkiye */
    MT940_LEGISLATION_AZ = 1, /* Azerbaycan */
};

/* Side of the ledger a card stands on (cari hesap türü). */
enum mt940_customer_type {
    MT940_CUSTOMER_TYPE_BOTH = 0, /* Alıcı ve satıcı */
    MT940_CUSTOMER_TYPE_BUYER = 1, /* Alıcı */
    MT940_CUSTOMER_TYPE_SUPPLIER = 2, /* Satıcı */
};

/* How an invoice or a payment row is paid (ödeme tipi); values are the library's own. */
enum mt940_payment_type {
    MT940_PAYMENT_TYPE_NONE = 0, /* Belirtilmemiş */
    MT940_PAYMENT_TYPE_CASH = 1, /* Nakit */
    MT940_PAYMENT_TYPE_TRANSFER = 2, /* Havale/EFT */
    MT940_PAYMENT_TYPE_CHEQUE = 3, /* Çek */
    MT940_PAYMENT_TYPE_NOTE = 4, /* Senet */
    MT940_PAYMENT_TYPE_CARD = 5, /* Kredi kartı */
    MT940_PAYMENT_TYPE_DBS = 6, /* DBS */
};

/* What happens above the DBS limit (DBS Risk Kontrol, R71). */
enum mt940_dbs_control {
    MT940_DBS_CONTROL_PROCEED = 0, /* İşleme Devam Edilecek */
    MT940_DBS_CONTROL_WARN = 1, /* Kullanıcı Uyarılacak */
    MT940_DBS_CONTROL_BLOCK = 2, /* İşlem Durdurulacak */
};

/* Side of the bank statement a rule holds for. */
enum mt940_side {
    MT940_SIDE_BOTH = 0, /* Borç ve alacak */
    MT940_SIDE_CREDIT = 1, /* Alacak */
    MT940_SIDE_DEBIT = 2, /* Borç */
};

/* Bank slip types (banka fişi türleri) with Logo's TRCODE; HOLD and UNDEFINED are never saved. */
enum mt940_slip_type {
    MT940_SLIP_TYPE_UNDEFINED = 0, /* Tanımsız */
    MT940_SLIP_TYPE_BANK_TRANSACTION = 1, /* Banka İşlem Fişi */
    MT940_SLIP_TYPE_OWN_TRANSFER = 2, /* Banka Virman Fişi */
    MT940_SLIP_TYPE_INCOMING_TRANSFER = 3, /* Gelen Havale/EFT Fişi */
    MT940_SLIP_TYPE_OUTGOING_TRANSFER = 4, /* Gönderilen Havale/EFT Fişi */
    MT940_SLIP_TYPE_OPENING = 5, /* Banka Açılış Fişi */
    MT940_SLIP_TYPE_RATE_DIFFERENCE = 6, /* Banka Kur Farkı Fişi */
    MT940_SLIP_TYPE_CURRENCY_PURCHASE = 7, /* Döviz Alış Belgesi */
    MT940_SLIP_TYPE_CURRENCY_SALE = 8, /* Döviz Satış Belgesi */
    MT940_SLIP_TYPE_SERVICE_RECEIVED = 16, /* Banka Alınan Hizmet Faturası */
    MT940_SLIP_TYPE_SERVICE_GIVEN = 17, /* Banka Verilen Hizmet Faturası */
    MT940_SLIP_TYPE_CHEQUE_PAYMENT = 18, /* Bankadan Çek Ödemesi */
    MT940_SLIP_TYPE_NOTE_PAYMENT = 19, /* Bankadan Senet Ödemesi */
    MT940_SLIP_TYPE_HOLD = 99, /* Bekletilecek */
};

/* Kinds of invoice (fatura türü). */
enum mt940_invoice_kind {
    MT940_INVOICE_KIND_SALE = 1, /* Satış faturası */
    MT940_INVOICE_KIND_SALE_RETURN = 2, /* Satış iade faturası */
    MT940_INVOICE_KIND_PURCHASE = 3, /* Satınalma faturası */
    MT940_INVOICE_KIND_PURCHASE_RETURN = 4, /* Satınalma iade faturası */
};

/* State of an invoice or a slip. */
enum mt940_document_state {
    MT940_DOCUMENT_STATE_ACTIVE = 0, /* Geçerli */
    MT940_DOCUMENT_STATE_CANCELLED = 1, /* İptal */
    MT940_DOCUMENT_STATE_POSTING = 2, /* Aktarılıyor */
};

/* State of a statement in the inbox (Posta Kutusu, R22). */
enum mt940_inbox_state {
    MT940_INBOX_STATE_NEW = 0, /* Yeni */
    MT940_INBOX_STATE_PARTLY_SAVED = 1, /* Kısmen kaydedildi */
    MT940_INBOX_STATE_SAVED = 2, /* Kaydedildi */
    MT940_INBOX_STATE_FAULTY = 3, /* Hatalı */
};

/* State of a movement (R26, decision 18). */
enum mt940_movement_state {
    MT940_MOVEMENT_STATE_NOT_SAVED = 0, /* Aktarılmadı */
    MT940_MOVEMENT_STATE_POSTING = 1, /* Aktarılıyor */
    MT940_MOVEMENT_STATE_SAVED = 2, /* Aktarıldı */
    MT940_MOVEMENT_STATE_FAILED = 3, /* Hatalı */
    MT940_MOVEMENT_STATE_INFORMATIONAL = 4, /* Bilgi amaçlı */
    MT940_MOVEMENT_STATE_CONFLICT = 5, /* Çelişkili */
};

/* Who chose a value. */
enum mt940_choice {
    MT940_CHOICE_NOBODY = 0, /* Seçilmedi */
    MT940_CHOICE_AUTOMATIC = 1, /* Otomatik */
    MT940_CHOICE_USER = 2, /* Kullanıcı */
};

/* What a slip line books on. */
enum mt940_line_kind {
    MT940_LINE_KIND_BANK = 1, /* Banka hesabı */
    MT940_LINE_KIND_CUSTOMER = 2, /* Cari hesap */
    MT940_LINE_KIND_LEDGER = 3, /* Muhasebe hesabı */
};

/* Side of a slip line in the company's books (borç, alacak); not the statement's side. */
enum mt940_entry_side {
    MT940_ENTRY_SIDE_DEBIT = 0, /* Borç */
    MT940_ENTRY_SIDE_CREDIT = 1, /* Alacak */
};

/* What changed a DBS total. */
enum mt940_dbs_event {
    MT940_DBS_EVENT_INVOICE = 1, /* Fatura */
    MT940_DBS_EVENT_INVOICE_CHANGE = 2, /* Fatura değişikliği */
    MT940_DBS_EVENT_INVOICE_CANCEL = 3, /* Fatura iptali */
    MT940_DBS_EVENT_INVOICE_RESTORE = 4, /* Fatura iptalinin geri alınması */
    MT940_DBS_EVENT_SALE_RETURN = 5, /* Satış iadesi */
    MT940_DBS_EVENT_COLLECTION = 6, /* Tahsilat */
    MT940_DBS_EVENT_COLLECTION_UNDONE = 7, /* Tahsilatın geri alınması */
    MT940_DBS_EVENT_MARK_ON = 8, /* DBS işareti kondu */
    MT940_DBS_EVENT_MARK_OFF = 9, /* DBS işareti kaldırıldı */
    MT940_DBS_EVENT_ADJUSTMENT = 10, /* Elle düzeltme */
    MT940_DBS_EVENT_OPENING = 11, /* Açılış */
    MT940_DBS_EVENT_WITHDRAWN = 12, /* DBS'den çıkarıldı */
};

/* What a bank was told of a DBS row (talimat türü). */
enum mt940_dbs_order_record {
    MT940_DBS_ORDER_RECORD_NEW = 1, /* Yeni */
    MT940_DBS_ORDER_RECORD_UPDATE = 2, /* Güncelleme */
    MT940_DBS_ORDER_RECORD_CANCEL = 3, /* İptal */
};

/* What a bank says of a DBS row it was told of (talimat durumu). */
enum mt940_dbs_order_state {
    MT940_DBS_ORDER_STATE_SENT = 0, /* Gönderildi */
    MT940_DBS_ORDER_STATE_ACCEPTED = 1, /* Kabul edildi */
    MT940_DBS_ORDER_STATE_REJECTED = 2, /* Reddedildi */
    MT940_DBS_ORDER_STATE_UNPAID = 3, /* Ödenmedi */
    MT940_DBS_ORDER_STATE_PARTLY_PAID = 4, /* Kısmi ödendi */
    MT940_DBS_ORDER_STATE_PAID = 5, /* Ödendi */
    MT940_DBS_ORDER_STATE_OFFSET = 6, /* Mahsup edildi */
    MT940_DBS_ORDER_STATE_DISCOUNTED = 7, /* İskontolandı */
    MT940_DBS_ORDER_STATE_CANCELLED = 8, /* İptal edildi */
    MT940_DBS_ORDER_STATE_PAYMENT_CANCELLED = 9, /* Ödeme iptal edildi */
};

/* What of a movement a lesson is about. */
enum mt940_lesson_basis {
    MT940_LESSON_BASIS_IBAN = 1, /* IBAN */
    MT940_LESSON_BASIS_NAME = 2, /* Unvan */
    MT940_LESSON_BASIS_TEXT = 3, /* Açıklama */
};

/* The enumerations above, for mt940_enum_name() and mt940_enum_parse() (schema.h). */
enum mt940_enumeration {
    MT940_ENUM_LEGISLATION = 1,
    MT940_ENUM_CUSTOMER_TYPE = 2,
    MT940_ENUM_PAYMENT_TYPE = 3,
    MT940_ENUM_DBS_CONTROL = 4,
    MT940_ENUM_SIDE = 5,
    MT940_ENUM_SLIP_TYPE = 6,
    MT940_ENUM_INVOICE_KIND = 7,
    MT940_ENUM_DOCUMENT_STATE = 8,
    MT940_ENUM_INBOX_STATE = 9,
    MT940_ENUM_MOVEMENT_STATE = 10,
    MT940_ENUM_CHOICE = 11,
    MT940_ENUM_LINE_KIND = 12,
    MT940_ENUM_ENTRY_SIDE = 13,
    MT940_ENUM_DBS_EVENT = 14,
    MT940_ENUM_DBS_ORDER_RECORD = 15,
    MT940_ENUM_DBS_ORDER_STATE = 16,
    MT940_ENUM_LESSON_BASIS = 17,
};

/* Kinds of record. Numbers are never reused. */
enum mt940_kind {
    MT940_KIND_COMPANY = 1, /* table companies */
    MT940_KIND_SETTING = 2, /* table settings */
    MT940_KIND_BANK_ACCOUNT = 3, /* table bank_accounts */
    MT940_KIND_CUSTOMER = 4, /* table customers */
    MT940_KIND_CUSTOMER_BANK = 5, /* table customer_banks */
    MT940_KIND_TRANSACTION_CODE = 6, /* table transaction_codes */
    MT940_KIND_BANK_CODE = 7, /* table bank_codes */
    MT940_KIND_RATE = 8, /* table rates */
    MT940_KIND_INVOICE = 9, /* table invoices */
    MT940_KIND_PAYMENT = 10, /* table payments */
    MT940_KIND_FILE = 11, /* table files */
    MT940_KIND_INBOX_ITEM = 12, /* table inbox_items */
    MT940_KIND_MOVEMENT = 13, /* table movements */
    MT940_KIND_SLIP = 14, /* table slips */
    MT940_KIND_SLIP_LINE = 15, /* table slip_lines */
    MT940_KIND_CLOSING = 16, /* table closings */
    MT940_KIND_JOURNAL = 17, /* table journal */
    MT940_KIND_ACTION = 18, /* table actions */
    MT940_KIND_DBS_RUN = 19, /* table dbs_runs */
    MT940_KIND_DBS_ORDER = 20, /* table dbs_orders */
    MT940_KIND_LESSON = 21, /* table lessons */
    MT940_KIND_TAKEN_FILE = 22, /* table taken_files */
};

/* A company (firma) whose books these are. */
struct mt940_company {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view code; /* Company code [key] */
    struct mt940_view title; /* Title; excluded from evidence */
    struct mt940_view tax_id; /* VKN, TCKN or VÖEN; excluded from evidence */
    int64_t legislation; /* Law the books follow [enum mt940_legislation] */
    struct mt940_view local_currency; /* ISO 4217 code of the books */
};

/* A named setting of a company, for example its connection. */
struct mt940_setting {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view name; /* Name [key] */
    struct mt940_view value; /* Value; secrets are references (env:, file:, netrc), never values */
};

/* The company's own bank account (banka hesabı). */
struct mt940_bank_account {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view code; /* Bank account code in the ERP [key] */
    struct mt940_view iban; /* IBAN, canonical */
    struct mt940_view branch; /* Bank-branch code XXXX_YYYYY (Banka-Şube Kodu) */
    struct mt940_view account; /* Account number */
    struct mt940_view currency; /* ISO 4217 code; empty = the company's */
    struct mt940_date start_date; /* Earlier movements are informational (decision 9) */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_bank_account_index {
    MT940_BANK_ACCOUNT_BY_IBAN = 1, /* company, iban */
};

/* A customer or vendor card (cari hesap). */
struct mt940_customer {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view code; /* Customer code (cari hesap kodu) [key] */
    int64_t type; /* Buyer, supplier or both [enum mt940_customer_type] */
    struct mt940_view name; /* Title (unvan) */
    struct mt940_view tax_id; /* VKN, TCKN or VÖEN */
    int64_t payment_type; /* Default payment type of its invoices [enum mt940_payment_type] */
    struct mt940_view default_bank_account; /* Own bank account code (Öndeğer Banka Hesabı, R107) */
    int64_t active; /* 0 = never matched automatically [0 or 1] */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_customer_index {
    MT940_CUSTOMER_BY_TAX_ID = 1, /* company, tax_id */
};

/* A bank record of a customer's card (Banka Hesap Bilgileri, R47-R55, R67-R73). */
struct mt940_customer_bank {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view customer; /* Customer code [key] */
    int64_t slot; /* Number of the record on the card, from 1; its order [key] */
    struct mt940_view branch; /* Şube No, XXXX_YYYYY; other texts are kept too */
    struct mt940_view bic; /* BI Kodu */
    struct mt940_view bank_name; /* Banka Adı */
    struct mt940_view account; /* Hesap Numarası */
    struct mt940_view iban; /* IBAN as entered, canonical when valid */
    struct mt940_view currency; /* Döviz Türü, ISO 4217; empty = the company's */
    int64_t ebanking; /* e-Bankacılık [0 or 1] */
    int64_t collector; /* IBAN of a collector (payment service, factoring, bank): no evidence [0 or 1] */
    int64_t dbs; /* DBS Hesabı [0 or 1] */
    int64_t dbs_limit; /* DBS Limiti, never negative, 0 is zero (R68) [minor units] */
    int64_t dbs_total; /* DBS Toplamı; may be negative, changed by TOTAL_ADD only (R69) [counter, minor units] */
    int64_t dbs_sequence; /* Number of the last journal line of this total [counter] */
    int64_t dbs_control; /* DBS Risk Kontrol [enum mt940_dbs_control] */
    struct mt940_view correspondent_account; /* Muhbir Hesap of the bank (AZ legislation, R60) */
    struct mt940_view voen; /* VÖEN of the bank (AZ legislation, R60) */
    int64_t detail_edited; /* 1 when a user edited the two AZ fields (R62) [0 or 1] */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_customer_bank_index {
    MT940_CUSTOMER_BANK_BY_IBAN = 1, /* company, iban */
};

/* A rule: bank transaction code to slip type (Banka İşlem Kodları, R39-R43). */
struct mt940_transaction_code {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view bank; /* Four-digit bank code; empty = every bank [key] */
    struct mt940_view code; /* Three characters, upper case; empty = every code [key] */
    int64_t side; /* Side of the statement [key, enum mt940_side] */
    int64_t priority; /* Rules with a text are tried from the lowest number up; 0 for the default of the code [key] */
    struct mt940_view text; /* What stands in the narrative, folded; * is whatever lies between two pieces; empty = the default of this code and side */
    int64_t slip_type; /* Default transaction type (Öndeğer İşlem Tipi) [enum mt940_slip_type] */
    int64_t dbs; /* Marks the slip line as DBS (R99) [0 or 1] */
    int64_t informational; /* Bilgi amaçlı: listed, never saved [0 or 1] */
    struct mt940_view customer; /* Customer the rule names */
    struct mt940_view counter_account; /* Own bank account of the other side */
    struct mt940_view gl_account; /* General-ledger account of the counter line */
    struct mt940_view service; /* Service code of types 16 and 17 */
    struct mt940_view description; /* Description of the slip; empty = the narrative */
    struct mt940_view host_fields; /* Free text carried to the slip unchanged */
    struct mt940_view bank_account; /* Own bank account whose movements the rule is for; empty = every one */
    struct mt940_view currency; /* Currency of the movements and of the amounts; empty = every one, and amounts are in the company's */
    int64_t amount_from; /* Smallest amount, whatever its side; 0 = none [minor units] */
    int64_t amount_to; /* Largest amount, itself included; 0 = none [minor units] */
};

/* A bank (Banka Kodları) of the host's own list; adds to and overrides the built-in directory. */
struct mt940_bank_code {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view country; /* ISO 3166 letters [key] */
    struct mt940_view code; /* Bank code: four digits in TR, four letters in AZ [key] */
    struct mt940_view name; /* Name */
    struct mt940_view bic; /* BIC */
    struct mt940_view correspondent_account; /* Muhbir Hesap */
    struct mt940_view voen; /* VÖEN */
};

/* A currency rate: one unit of `currency` in the company's currency. */
struct mt940_rate {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_date date; /* Day the rate holds for [key] */
    struct mt940_view currency; /* ISO 4217 code [key] */
    struct mt940_view kind; /* Rate kind of the ERP (buying, selling …) [key] */
    int64_t rate; /* Units of 10^-8 [10^-8] */
};

/* An invoice (fatura). */
struct mt940_invoice {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view number; /* Invoice number [key] */
    struct mt940_view customer; /* Customer code */
    int64_t kind; /* Sale, purchase or a return of them [enum mt940_invoice_kind] */
    struct mt940_date date; /* Invoice date */
    struct mt940_date due_date; /* Due date (vade) when there is no plan */
    int64_t amount; /* Payable amount: with VAT, less withholdings (decision 22) [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t rate; /* Rate to the company's currency, 10^-8; 0 = none [10^-8] */
    int64_t payment_type; /* Payment type of the invoice (Detaylar) [enum mt940_payment_type] */
    int64_t affects_risk; /* Riski Etkileyecek (R74, decision 21) [0 or 1] */
    int64_t state; /* Active or cancelled [enum mt940_document_state] */
    struct mt940_view returns; /* Invoice a return names */
    struct mt940_view actor; /* Who saved it last */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_invoice_index {
    MT940_INVOICE_BY_CUSTOMER = 1, /* company, customer, number */
};

/* A payment row of an invoice (ödeme hareketi). */
struct mt940_payment {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view invoice; /* Invoice number [key] */
    int64_t line; /* Row number, from 1 [key] */
    struct mt940_view customer; /* Customer code */
    struct mt940_date due_date; /* Due date (vade) */
    int64_t amount; /* Amount; a credit (return) row is negative [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t type; /* Payment type of the row [enum mt940_payment_type] */
    struct mt940_view bank_account; /* Own bank account code */
    struct mt940_view branch; /* CH Banka Şubesi, XXXX_YYYYY */
    int64_t slot; /* Bank record the row burdens; 0 = none */
    int64_t paid; /* Closed part; |paid| <= |amount| [minor units] */
    int64_t dbs_amount; /* What the row added to the slot's total, in the slot's currency [minor units] */
    int64_t state; /* Active or cancelled [enum mt940_document_state] */
    int64_t opening_paid; /* Part of `paid` that was settled before the books were opened (decision 30) [minor units] */
    int64_t settled; /* 1 = cancelled, or nothing is open; the library keeps it (0 in rows of before schema 3) [0 or 1] */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_payment_index {
    MT940_PAYMENT_BY_CUSTOMER = 1, /* company, customer, due_date, invoice, line */
    MT940_PAYMENT_BY_SETTLED = 2, /* company, settled, type, invoice, line */
};

/* A received file, its bytes unchanged (R6). */
struct mt940_file {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view digest; /* SHA-256 of the bytes, hex [key] */
    struct mt940_view name; /* Name under which it came first */
    struct mt940_view connection; /* Connection it came from, without secrets */
    int64_t received_at; /* Seconds since 1970-01-01 UTC */
    int64_t statements; /* Number of inbox records it brought */
    int64_t complete; /* 0 while the end of the file is still missing */
    struct mt940_view content; /* The bytes [bytes] */
};

/* A record of the inbox (Posta Kutusu): one account statement, its pages joined. */
struct mt940_inbox_item {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view id; /* Short id made from the content [key] */
    int64_t number_shown; /* Running number shown to people */
    struct mt940_view file; /* Digest of the file */
    struct mt940_view file_name; /* Name of the file */
    int64_t first_message; /* Index of its first message in the file */
    int64_t pages; /* Number of messages joined */
    struct mt940_view type; /* 940, 941, 942 or 950 */
    struct mt940_view account_text; /* Field 25 as it came */
    struct mt940_view bank_code; /* Four-digit or four-letter bank code, or empty */
    struct mt940_view bank_account; /* Own bank account code, empty while unknown */
    struct mt940_view number; /* Statement number (28C) */
    struct mt940_view currency; /* ISO 4217 code */
    struct mt940_date opening_date; /* Date of the opening balance */
    int64_t opening; /* Opening balance, signed [minor units] */
    struct mt940_date closing_date; /* Date of the closing balance */
    int64_t closing; /* Closing balance, signed [minor units] */
    int64_t entries; /* Number of movements */
    int64_t open_entries; /* Movements still to save */
    int64_t state; /* State [enum mt940_inbox_state] */
    int64_t finding; /* Message number of the worst finding, 0 = none */
    int64_t balanced; /* 1 balanced, 0 not, -1 cannot be judged */
    struct mt940_view charset; /* Character set of the narratives */
    int64_t received_at; /* Seconds since 1970-01-01 UTC */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_inbox_item_index {
    MT940_INBOX_ITEM_BY_NUMBER = 1, /* company, number_shown */
    MT940_INBOX_ITEM_BY_ACCOUNT = 2, /* company, bank_account, closing_date, id */
};

/* A movement (hareket) of a statement and what was decided about it. */
struct mt940_movement {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view id; /* Id, 1: and a SHA-256, computed from raw bytes [key] */
    struct mt940_view inbox_item; /* Inbox record it belongs to */
    int64_t row; /* Row in the statement, from 1 */
    struct mt940_view second_key; /* Key that finds it in another statement (decision 7) */
    struct mt940_view bank_account; /* Own bank account code, empty while unknown */
    struct mt940_date value_date; /* Value date (valör) */
    struct mt940_date entry_date; /* Entry date */
    struct mt940_view mark; /* C, D, RC, RD, EC or ED */
    int64_t amount; /* Signed, the account holder's view [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    struct mt940_view type; /* S, N or F */
    struct mt940_view code; /* Bank transaction code, three characters */
    struct mt940_view customer_reference; /* Reference for the account owner, decoded */
    struct mt940_view bank_reference; /* Bank's reference (dekont no), decoded */
    struct mt940_view supplementary; /* Supplementary details, decoded */
    struct mt940_view narrative; /* Field 86, decoded and joined */
    int64_t state; /* State [enum mt940_movement_state] */
    struct mt940_view slip; /* Slip that saved it */
    int64_t attempt; /* How often it was reset after a save */
    int64_t fault; /* Message number of the last refusal, 0 = none */
    int64_t customer_choice; /* Who chose the customer [enum mt940_choice] */
    struct mt940_view customer; /* Chosen customer */
    int64_t slot; /* Bank record of the chosen customer, 0 = none */
    struct mt940_view counter_account; /* Own bank account a user named */
    int64_t chosen_type; /* Slip type a user chose, 0 = none [enum mt940_slip_type] */
    int64_t chosen_dbs; /* DBS mark a user chose: 1 yes, 0 no, -1 not chosen */
    struct mt940_date chosen_date; /* Slip date a user chose */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_movement_index {
    MT940_MOVEMENT_BY_INBOX_ITEM = 1, /* company, inbox_item, row */
    MT940_MOVEMENT_BY_SECOND_KEY = 2, /* company, second_key */
};

/* A bank slip (banka fişi), the header. */
struct mt940_slip {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view id; /* Id derived from the movement: saving twice cannot make two [key] */
    struct mt940_view external_id; /* Number an ERP gave it (posting port) */
    struct mt940_view movement; /* Movement it was made from; empty for manual slips */
    struct mt940_view other_movement; /* Opposite row of a transfer between own accounts */
    int64_t type; /* Type (TRCODE) [enum mt940_slip_type] */
    struct mt940_date date; /* Slip date (decision 16) */
    struct mt940_view bank_account; /* Own bank account code */
    int64_t bank_side; /* Side of the bank line [enum mt940_entry_side] */
    int64_t amount; /* Amount of the bank line, positive [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    struct mt940_view document_number; /* Belge no: the bank's receipt number */
    struct mt940_view description; /* Description */
    int64_t state; /* Active or cancelled [enum mt940_document_state] */
    struct mt940_view reverses; /* Slip this one reverses (decision 17) */
    struct mt940_view reversed_by; /* Slip that reverses this one */
    struct mt940_view host_fields; /* Free text of the rule */
    struct mt940_view actor; /* Who saved it */
    int64_t saved_at; /* Seconds since 1970-01-01 UTC */
    int64_t of_movement; /* 1 = made from a movement; 0 = keyed by a person, or unknown [0 or 1] */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_slip_index {
    MT940_SLIP_BY_ORIGIN = 1, /* company, bank_account, of_movement, date, id */
};

/* A line of a bank slip. */
struct mt940_slip_line {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view slip; /* Slip id [key] */
    int64_t line; /* Line number, from 1 [key] */
    int64_t kind; /* Bank account, customer or ledger account [enum mt940_line_kind] */
    int64_t side; /* Debit or credit of the books [enum mt940_entry_side] */
    struct mt940_view bank_account; /* Own bank account code */
    struct mt940_view customer; /* Customer code */
    struct mt940_view gl_account; /* General-ledger account */
    struct mt940_view service; /* Service code */
    int64_t amount; /* Positive [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t rate; /* Rate, 10^-8; 0 = local currency [10^-8] */
    struct mt940_view rate_kind; /* Rate kind */
    int64_t local_amount; /* Amount in the company's currency [minor units] */
    struct mt940_date value_date; /* Value date */
    struct mt940_view transaction_code; /* Banka hareket kodu */
    int64_t slot; /* Bank record matched, 0 = none */
    struct mt940_view branch; /* CH Banka Şubesi */
    struct mt940_view account; /* CH Banka Hesap No */
    struct mt940_view iban; /* Counterparty IBAN */
    int64_t dbs; /* DBS mark (R99) [0 or 1] */
    int64_t dbs_slot; /* Bank record whose total the line lowered, 0 = none (R103) */
    int64_t dbs_amount; /* What it took off that total, in its currency; 0 while unmarked [minor units] */
    struct mt940_view dbs_currency; /* Currency of dbs_amount */
    struct mt940_view description; /* Line description */
};

/* What a slip line closed (borç kapama). */
struct mt940_closing {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view slip; /* Slip id [key] */
    int64_t line; /* Line number of the slip [key] */
    struct mt940_view invoice; /* Invoice number [key] */
    int64_t payment; /* Payment row [key] */
    int64_t amount; /* Closed amount, positive [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t state; /* Cancelled once undone [enum mt940_document_state] */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_closing_index {
    MT940_CLOSING_BY_PAYMENT = 1, /* company, invoice, payment, slip, line */
};

/* One change of a DBS total; written by the store itself together with the change (R113). */
struct mt940_journal {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view customer; /* Customer code [key] */
    int64_t slot; /* Bank record [key] */
    int64_t sequence; /* 1, 2, 3 … without gaps [key] */
    int64_t delta; /* Change of the total [minor units] */
    int64_t total; /* Total after it [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t event; /* What happened [enum mt940_dbs_event] */
    struct mt940_view document; /* Invoice number, slip id or name of the adjustment */
    struct mt940_view actor; /* Who did it */
    struct mt940_view note; /* Consent, reason */
    int64_t at; /* Seconds since 1970-01-01 UTC */
};

/* A batch of changes that was applied, under its own key: the memory of exactly-once and the audit trail. */
struct mt940_action {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view key; /* Key of the batch [key] */
    struct mt940_view verb; /* receive, save, slip-cancel, invoice-add … */
    struct mt940_view actor; /* Who did it */
    int64_t at; /* Seconds since 1970-01-01 UTC */
    struct mt940_view result; /* What the caller was told, for ALREADY */
};

/* A file of DBS rows made for a bank (gönderim), its bytes unchanged. */
struct mt940_dbs_run {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view bank; /* Four-digit bank code [key] */
    int64_t number; /* 1, 2, 3 … of this bank [key] */
    struct mt940_view layout; /* Name of the layout it was written in */
    int64_t rows; /* Rows in the file */
    struct mt940_view actor; /* Who made it */
    int64_t at; /* Seconds since 1970-01-01 UTC */
    struct mt940_view content; /* The file [bytes] */
};

/* What a bank was told of a DBS payment row (DBS talimatı) and what it answered. */
struct mt940_dbs_order {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view bank; /* Four-digit bank code [key] */
    struct mt940_view invoice; /* Invoice number [key] */
    int64_t line; /* Payment row [key] */
    struct mt940_view reference; /* Name of the row at the bank: invoice number, -LINE behind it from row 2 on */
    struct mt940_view customer; /* Customer code */
    int64_t slot; /* Bank record the row burdens */
    struct mt940_date invoice_date; /* Invoice date, as told */
    struct mt940_date due_date; /* Due date, as told */
    int64_t amount; /* Amount the bank is to collect in all, as told [minor units] */
    struct mt940_view currency; /* ISO 4217 code */
    int64_t collected; /* What it had collected of the row before it was told of it [minor units] */
    int64_t record; /* What it was told last [enum mt940_dbs_order_record] */
    int64_t held; /* 1 while the bank has the row, as far as is known [0 or 1] */
    int64_t run; /* Run that told it last */
    int64_t state; /* What the bank said last [enum mt940_dbs_order_state] */
    struct mt940_view code; /* Its reason code */
    struct mt940_view text; /* Its words */
    int64_t paid; /* What it says it has collected; the totals follow the statement, not this [minor units] */
    int64_t answered_at; /* When its answer was read, seconds since 1970-01-01 UTC; 0 = none yet */
    struct mt940_view bank_account; /* Own bank account the money goes to (tahsilat hesabı), as told */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_dbs_order_index {
    MT940_DBS_ORDER_BY_REFERENCE = 1, /* company, bank, reference */
    MT940_DBS_ORDER_BY_INVOICE = 2, /* company, invoice, line, bank */
    MT940_DBS_ORDER_BY_STATE = 3, /* company, bank, held, state, invoice, line */
};

/* What a person's choices of a customer taught (hatırlanan karar); automatic choices teach nothing. */
struct mt940_lesson {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view bank_account; /* Own bank account code [key] */
    int64_t side; /* Money in (C) or out (D) [key, enum mt940_side] */
    int64_t basis; /* What of the movement it is about [key, enum mt940_lesson_basis] */
    struct mt940_view value; /* The IBAN, the folded name, or the folded words of the text without numbers [key] */
    struct mt940_view customer; /* Customer code [key] */
    int64_t confirmed; /* How many movements a person gave to this customer */
    int64_t rejected; /* How often a person took another where this one was proposed */
    int64_t refused; /* 1 = the last word was a refusal: not proposed again until it is chosen again [0 or 1] */
    int64_t strength; /* Choices as of `at`, in thousandths, older ones counting less */
    int64_t at; /* When a person chose it last, seconds since 1970-01-01 UTC; 0 = never */
    struct mt940_view movement; /* Movement that taught it last */
    struct mt940_view actor; /* Who taught it last */
};

/* Orders scan() can walk besides the key (index 0). */
enum mt940_lesson_index {
    MT940_LESSON_BY_CUSTOMER = 1, /* company, customer, bank_account, side, basis, value */
};

/* A file as its source listed it when its bytes had been taken: unchanged, it is not fetched again. */
struct mt940_taken_file {
    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */
    struct mt940_view company; /* Company code [key] */
    struct mt940_view connection; /* Connection that listed it, without secrets [key] */
    struct mt940_view name_digest; /* SHA-256 of its name's bytes, hex [key] */
    struct mt940_view name; /* Its name, decoded */
    int64_t bytes; /* Size as listed */
    int64_t modified; /* Time of its last change as listed, seconds since 1970-01-01 UTC */
};

#ifdef __cplusplus
}
#endif
#endif
