# SPDX-License-Identifier: Apache-2.0
"""The records as dataclasses, and their enumerations.

Made by libmt940/record/gen_record.py from libmt940/record/store.def; change that file.
"""
from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass
from typing import Optional


class Legislation(enum.IntEnum):
    """Law the company's books follow (mevzuat)."""

    TR = 0  # Türkiye
    AZ = 1  # Azerbaycan


class CustomerType(enum.IntEnum):
    """Side of the ledger a card stands on (cari hesap türü)."""

    BOTH = 0  # Alıcı ve satıcı
    BUYER = 1  # Alıcı
    SUPPLIER = 2  # Satıcı


class PaymentType(enum.IntEnum):
    """How an invoice or a payment row is paid (ödeme tipi); values are the library's own."""

    NONE = 0  # Belirtilmemiş
    CASH = 1  # Nakit
    TRANSFER = 2  # Havale/EFT
    CHEQUE = 3  # Çek
    NOTE = 4  # Senet
    CARD = 5  # Kredi kartı
    DBS = 6  # DBS


class DbsControl(enum.IntEnum):
    """What happens above the DBS limit (DBS Risk Kontrol, R71)."""

    PROCEED = 0  # İşleme Devam Edilecek
    WARN = 1  # Kullanıcı Uyarılacak
    BLOCK = 2  # İşlem Durdurulacak


class Side(enum.IntEnum):
    """Side of the bank statement a rule holds for."""

    BOTH = 0  # Borç ve alacak
    CREDIT = 1  # Alacak
    DEBIT = 2  # Borç


class SlipType(enum.IntEnum):
    """Bank slip types (banka fişi türleri) with Logo's TRCODE; HOLD and UNDEFINED are never saved."""

    UNDEFINED = 0  # Tanımsız
    BANK_TRANSACTION = 1  # Banka İşlem Fişi
    OWN_TRANSFER = 2  # Banka Virman Fişi
    INCOMING_TRANSFER = 3  # Gelen Havale/EFT Fişi
    OUTGOING_TRANSFER = 4  # Gönderilen Havale/EFT Fişi
    OPENING = 5  # Banka Açılış Fişi
    RATE_DIFFERENCE = 6  # Banka Kur Farkı Fişi
    CURRENCY_PURCHASE = 7  # Döviz Alış Belgesi
    CURRENCY_SALE = 8  # Döviz Satış Belgesi
    SERVICE_RECEIVED = 16  # Banka Alınan Hizmet Faturası
    SERVICE_GIVEN = 17  # Banka Verilen Hizmet Faturası
    CHEQUE_PAYMENT = 18  # Bankadan Çek Ödemesi
    NOTE_PAYMENT = 19  # Bankadan Senet Ödemesi
    HOLD = 99  # Bekletilecek


class InvoiceKind(enum.IntEnum):
    """Kinds of invoice (fatura türü)."""

    SALE = 1  # Satış faturası
    SALE_RETURN = 2  # Satış iade faturası
    PURCHASE = 3  # Satınalma faturası
    PURCHASE_RETURN = 4  # Satınalma iade faturası


class DocumentState(enum.IntEnum):
    """State of an invoice or a slip."""

    ACTIVE = 0  # Geçerli
    CANCELLED = 1  # İptal
    POSTING = 2  # Aktarılıyor


class InboxState(enum.IntEnum):
    """State of a statement in the inbox (Posta Kutusu, R22)."""

    NEW = 0  # Yeni
    PARTLY_SAVED = 1  # Kısmen kaydedildi
    SAVED = 2  # Kaydedildi
    FAULTY = 3  # Hatalı


class MovementState(enum.IntEnum):
    """State of a movement (R26, decision 18)."""

    NOT_SAVED = 0  # Aktarılmadı
    POSTING = 1  # Aktarılıyor
    SAVED = 2  # Aktarıldı
    FAILED = 3  # Hatalı
    INFORMATIONAL = 4  # Bilgi amaçlı
    CONFLICT = 5  # Çelişkili


class Choice(enum.IntEnum):
    """Who chose a value."""

    NOBODY = 0  # Seçilmedi
    AUTOMATIC = 1  # Otomatik
    USER = 2  # Kullanıcı


class LineKind(enum.IntEnum):
    """What a slip line books on."""

    BANK = 1  # Banka hesabı
    CUSTOMER = 2  # Cari hesap
    LEDGER = 3  # Muhasebe hesabı


class EntrySide(enum.IntEnum):
    """Side of a slip line in the company's books (borç, alacak); not the statement's side."""

    DEBIT = 0  # Borç
    CREDIT = 1  # Alacak


class DbsEvent(enum.IntEnum):
    """What changed a DBS total."""

    INVOICE = 1  # Fatura
    INVOICE_CHANGE = 2  # Fatura değişikliği
    INVOICE_CANCEL = 3  # Fatura iptali
    INVOICE_RESTORE = 4  # Fatura iptalinin geri alınması
    SALE_RETURN = 5  # Satış iadesi
    COLLECTION = 6  # Tahsilat
    COLLECTION_UNDONE = 7  # Tahsilatın geri alınması
    MARK_ON = 8  # DBS işareti kondu
    MARK_OFF = 9  # DBS işareti kaldırıldı
    ADJUSTMENT = 10  # Elle düzeltme
    OPENING = 11  # Açılış
    WITHDRAWN = 12  # DBS'den çıkarıldı


class DbsOrderRecord(enum.IntEnum):
    """What a bank was told of a DBS row (talimat türü)."""

    NEW = 1  # Yeni
    UPDATE = 2  # Güncelleme
    CANCEL = 3  # İptal


class DbsOrderState(enum.IntEnum):
    """What a bank says of a DBS row it was told of (talimat durumu)."""

    SENT = 0  # Gönderildi
    ACCEPTED = 1  # Kabul edildi
    REJECTED = 2  # Reddedildi
    UNPAID = 3  # Ödenmedi
    PARTLY_PAID = 4  # Kısmi ödendi
    PAID = 5  # Ödendi
    OFFSET = 6  # Mahsup edildi
    DISCOUNTED = 7  # İskontolandı
    CANCELLED = 8  # İptal edildi
    PAYMENT_CANCELLED = 9  # Ödeme iptal edildi


class LessonBasis(enum.IntEnum):
    """What of a movement a lesson is about."""

    IBAN = 1  # IBAN
    NAME = 2  # Unvan
    TEXT = 3  # Açıklama


@dataclass
class Company:
    """A company (firma) whose books these are."""

    revision: int = 0
    code: str = ""  # Company code
    title: str = ""  # Title; excluded from evidence
    tax_id: str = ""  # VKN, TCKN or VÖEN; excluded from evidence
    legislation: int = 0  # Law the books follow
    local_currency: str = ""  # ISO 4217 code of the books


@dataclass
class Setting:
    """A named setting of a company, for example its connection."""

    revision: int = 0
    company: str = ""  # Company code
    name: str = ""  # Name
    value: str = ""  # Value; secrets are references (env:, file:, netrc), never values


@dataclass
class BankAccount:
    """The company's own bank account (banka hesabı)."""

    revision: int = 0
    company: str = ""  # Company code
    code: str = ""  # Bank account code in the ERP
    iban: str = ""  # IBAN, canonical
    branch: str = ""  # Bank-branch code XXXX_YYYYY (Banka-Şube Kodu)
    account: str = ""  # Account number
    currency: str = ""  # ISO 4217 code; empty = the company's
    start_date: Optional[datetime.date] = None  # Earlier movements are informational (decision 9)


@dataclass
class Customer:
    """A customer or vendor card (cari hesap)."""

    revision: int = 0
    company: str = ""  # Company code
    code: str = ""  # Customer code (cari hesap kodu)
    type: int = 0  # Buyer, supplier or both
    name: str = ""  # Title (unvan)
    tax_id: str = ""  # VKN, TCKN or VÖEN
    payment_type: int = 0  # Default payment type of its invoices
    default_bank_account: str = ""  # Own bank account code (Öndeğer Banka Hesabı, R107)
    active: bool = False  # 0 = never matched automatically


@dataclass
class CustomerBank:
    """A bank record of a customer's card (Banka Hesap Bilgileri, R47-R55, R67-R73)."""

    revision: int = 0
    company: str = ""  # Company code
    customer: str = ""  # Customer code
    slot: int = 0  # Number of the record on the card, from 1; its order
    branch: str = ""  # Şube No, XXXX_YYYYY; other texts are kept too
    bic: str = ""  # BI Kodu
    bank_name: str = ""  # Banka Adı
    account: str = ""  # Hesap Numarası
    iban: str = ""  # IBAN as entered, canonical when valid
    currency: str = ""  # Döviz Türü, ISO 4217; empty = the company's
    ebanking: bool = False  # e-Bankacılık
    collector: bool = False  # IBAN of a collector (payment service, factoring, bank): no evidence
    dbs: bool = False  # DBS Hesabı
    dbs_limit: int = 0  # DBS Limiti, never negative, 0 is zero (R68)
    dbs_total: int = 0  # DBS Toplamı; may be negative, changed by TOTAL_ADD only (R69)
    dbs_sequence: int = 0  # Number of the last journal line of this total
    dbs_control: int = 0  # DBS Risk Kontrol
    correspondent_account: str = ""  # Muhbir Hesap of the bank (AZ legislation, R60)
    voen: str = ""  # VÖEN of the bank (AZ legislation, R60)
    detail_edited: bool = False  # 1 when a user edited the two AZ fields (R62)


@dataclass
class TransactionCode:
    """A rule: bank transaction code to slip type (Banka İşlem Kodları, R39-R43)."""

    revision: int = 0
    company: str = ""  # Company code
    bank: str = ""  # Four-digit bank code; empty = every bank
    code: str = ""  # Three characters, upper case; empty = every code
    side: int = 0  # Side of the statement
    priority: int = 0  # Rules with a text are tried from the lowest number up; 0 for the default of the code
    text: str = ""  # What stands in the narrative, folded; * is whatever lies between two pieces; empty = the default of this code and side
    slip_type: int = 0  # Default transaction type (Öndeğer İşlem Tipi)
    dbs: bool = False  # Marks the slip line as DBS (R99)
    informational: bool = False  # Bilgi amaçlı: listed, never saved
    customer: str = ""  # Customer the rule names
    counter_account: str = ""  # Own bank account of the other side
    gl_account: str = ""  # General-ledger account of the counter line
    service: str = ""  # Service code of types 16 and 17
    description: str = ""  # Description of the slip; empty = the narrative
    host_fields: str = ""  # Free text carried to the slip unchanged
    bank_account: str = ""  # Own bank account whose movements the rule is for; empty = every one
    currency: str = ""  # Currency of the movements and of the amounts; empty = every one, and amounts are in the company's
    amount_from: int = 0  # Smallest amount, whatever its side; 0 = none
    amount_to: int = 0  # Largest amount, itself included; 0 = none


@dataclass
class BankCode:
    """A bank (Banka Kodları) of the host's own list; adds to and overrides the built-in directory."""

    revision: int = 0
    company: str = ""  # Company code
    country: str = ""  # ISO 3166 letters
    code: str = ""  # Bank code: four digits in TR, four letters in AZ
    name: str = ""  # Name
    bic: str = ""  # BIC
    correspondent_account: str = ""  # Muhbir Hesap
    voen: str = ""  # VÖEN


@dataclass
class Rate:
    """A currency rate: one unit of `currency` in the company's currency."""

    revision: int = 0
    company: str = ""  # Company code
    date: Optional[datetime.date] = None  # Day the rate holds for
    currency: str = ""  # ISO 4217 code
    kind: str = ""  # Rate kind of the ERP (buying, selling …)
    rate: int = 0  # Units of 10^-8


@dataclass
class Invoice:
    """An invoice (fatura)."""

    revision: int = 0
    company: str = ""  # Company code
    number: str = ""  # Invoice number
    customer: str = ""  # Customer code
    kind: int = 0  # Sale, purchase or a return of them
    date: Optional[datetime.date] = None  # Invoice date
    due_date: Optional[datetime.date] = None  # Due date (vade) when there is no plan
    amount: int = 0  # Payable amount: with VAT, less withholdings (decision 22)
    currency: str = ""  # ISO 4217 code
    rate: int = 0  # Rate to the company's currency, 10^-8; 0 = none
    payment_type: int = 0  # Payment type of the invoice (Detaylar)
    affects_risk: bool = False  # Riski Etkileyecek (R74, decision 21)
    state: int = 0  # Active or cancelled
    returns: str = ""  # Invoice a return names
    actor: str = ""  # Who saved it last


@dataclass
class Payment:
    """A payment row of an invoice (ödeme hareketi)."""

    revision: int = 0
    company: str = ""  # Company code
    invoice: str = ""  # Invoice number
    line: int = 0  # Row number, from 1
    customer: str = ""  # Customer code
    due_date: Optional[datetime.date] = None  # Due date (vade)
    amount: int = 0  # Amount; a credit (return) row is negative
    currency: str = ""  # ISO 4217 code
    type: int = 0  # Payment type of the row
    bank_account: str = ""  # Own bank account code
    branch: str = ""  # CH Banka Şubesi, XXXX_YYYYY
    slot: int = 0  # Bank record the row burdens; 0 = none
    paid: int = 0  # Closed part; |paid| <= |amount|
    dbs_amount: int = 0  # What the row added to the slot's total, in the slot's currency
    state: int = 0  # Active or cancelled
    opening_paid: int = 0  # Part of `paid` that was settled before the books were opened (decision 30)
    settled: bool = False  # 1 = cancelled, or nothing is open; the library keeps it (0 in rows of before schema 3)


@dataclass
class File:
    """A received file, its bytes unchanged (R6)."""

    revision: int = 0
    company: str = ""  # Company code
    digest: str = ""  # SHA-256 of the bytes, hex
    name: str = ""  # Name under which it came first
    connection: str = ""  # Connection it came from, without secrets
    received_at: int = 0  # Seconds since 1970-01-01 UTC
    statements: int = 0  # Number of inbox records it brought
    complete: int = 0  # 0 while the end of the file is still missing
    content: bytes = b""  # The bytes


@dataclass
class InboxItem:
    """A record of the inbox (Posta Kutusu): one account statement, its pages joined."""

    revision: int = 0
    company: str = ""  # Company code
    id: str = ""  # Short id made from the content
    number_shown: int = 0  # Running number shown to people
    file: str = ""  # Digest of the file
    file_name: str = ""  # Name of the file
    first_message: int = 0  # Index of its first message in the file
    pages: int = 0  # Number of messages joined
    type: str = ""  # 940, 941, 942 or 950
    account_text: str = ""  # Field 25 as it came
    bank_code: str = ""  # Four-digit or four-letter bank code, or empty
    bank_account: str = ""  # Own bank account code, empty while unknown
    number: str = ""  # Statement number (28C)
    currency: str = ""  # ISO 4217 code
    opening_date: Optional[datetime.date] = None  # Date of the opening balance
    opening: int = 0  # Opening balance, signed
    closing_date: Optional[datetime.date] = None  # Date of the closing balance
    closing: int = 0  # Closing balance, signed
    entries: int = 0  # Number of movements
    open_entries: int = 0  # Movements still to save
    state: int = 0  # State
    finding: int = 0  # Message number of the worst finding, 0 = none
    balanced: int = 0  # 1 balanced, 0 not, -1 cannot be judged
    charset: str = ""  # Character set of the narratives
    received_at: int = 0  # Seconds since 1970-01-01 UTC


@dataclass
class Movement:
    """A movement (hareket) of a statement and what was decided about it."""

    revision: int = 0
    company: str = ""  # Company code
    id: str = ""  # Id, 1: and a SHA-256, computed from raw bytes
    inbox_item: str = ""  # Inbox record it belongs to
    row: int = 0  # Row in the statement, from 1
    second_key: str = ""  # Key that finds it in another statement (decision 7)
    bank_account: str = ""  # Own bank account code, empty while unknown
    value_date: Optional[datetime.date] = None  # Value date (valör)
    entry_date: Optional[datetime.date] = None  # Entry date
    mark: str = ""  # C, D, RC, RD, EC or ED
    amount: int = 0  # Signed, the account holder's view
    currency: str = ""  # ISO 4217 code
    type: str = ""  # S, N or F
    code: str = ""  # Bank transaction code, three characters
    customer_reference: str = ""  # Reference for the account owner, decoded
    bank_reference: str = ""  # Bank's reference (dekont no), decoded
    supplementary: str = ""  # Supplementary details, decoded
    narrative: str = ""  # Field 86, decoded and joined
    state: int = 0  # State
    slip: str = ""  # Slip that saved it
    attempt: int = 0  # How often it was reset after a save
    fault: int = 0  # Message number of the last refusal, 0 = none
    customer_choice: int = 0  # Who chose the customer
    customer: str = ""  # Chosen customer
    slot: int = 0  # Bank record of the chosen customer, 0 = none
    counter_account: str = ""  # Own bank account a user named
    chosen_type: int = 0  # Slip type a user chose, 0 = none
    chosen_dbs: int = 0  # DBS mark a user chose: 1 yes, 0 no, -1 not chosen
    chosen_date: Optional[datetime.date] = None  # Slip date a user chose


@dataclass
class Slip:
    """A bank slip (banka fişi), the header."""

    revision: int = 0
    company: str = ""  # Company code
    id: str = ""  # Id derived from the movement: saving twice cannot make two
    external_id: str = ""  # Number an ERP gave it (posting port)
    movement: str = ""  # Movement it was made from; empty for manual slips
    other_movement: str = ""  # Opposite row of a transfer between own accounts
    type: int = 0  # Type (TRCODE)
    date: Optional[datetime.date] = None  # Slip date (decision 16)
    bank_account: str = ""  # Own bank account code
    bank_side: int = 0  # Side of the bank line
    amount: int = 0  # Amount of the bank line, positive
    currency: str = ""  # ISO 4217 code
    document_number: str = ""  # Belge no: the bank's receipt number
    description: str = ""  # Description
    state: int = 0  # Active or cancelled
    reverses: str = ""  # Slip this one reverses (decision 17)
    reversed_by: str = ""  # Slip that reverses this one
    host_fields: str = ""  # Free text of the rule
    actor: str = ""  # Who saved it
    saved_at: int = 0  # Seconds since 1970-01-01 UTC
    of_movement: bool = False  # 1 = made from a movement; 0 = keyed by a person, or unknown


@dataclass
class SlipLine:
    """A line of a bank slip."""

    revision: int = 0
    company: str = ""  # Company code
    slip: str = ""  # Slip id
    line: int = 0  # Line number, from 1
    kind: int = 0  # Bank account, customer or ledger account
    side: int = 0  # Debit or credit of the books
    bank_account: str = ""  # Own bank account code
    customer: str = ""  # Customer code
    gl_account: str = ""  # General-ledger account
    service: str = ""  # Service code
    amount: int = 0  # Positive
    currency: str = ""  # ISO 4217 code
    rate: int = 0  # Rate, 10^-8; 0 = local currency
    rate_kind: str = ""  # Rate kind
    local_amount: int = 0  # Amount in the company's currency
    value_date: Optional[datetime.date] = None  # Value date
    transaction_code: str = ""  # Banka hareket kodu
    slot: int = 0  # Bank record matched, 0 = none
    branch: str = ""  # CH Banka Şubesi
    account: str = ""  # CH Banka Hesap No
    iban: str = ""  # Counterparty IBAN
    dbs: bool = False  # DBS mark (R99)
    dbs_slot: int = 0  # Bank record whose total the line lowered, 0 = none (R103)
    dbs_amount: int = 0  # What it took off that total, in its currency; 0 while unmarked
    dbs_currency: str = ""  # Currency of dbs_amount
    description: str = ""  # Line description


@dataclass
class Closing:
    """What a slip line closed (borç kapama)."""

    revision: int = 0
    company: str = ""  # Company code
    slip: str = ""  # Slip id
    line: int = 0  # Line number of the slip
    invoice: str = ""  # Invoice number
    payment: int = 0  # Payment row
    amount: int = 0  # Closed amount, positive
    currency: str = ""  # ISO 4217 code
    state: int = 0  # Cancelled once undone


@dataclass
class Journal:
    """One change of a DBS total; written by the store itself together with the change (R113)."""

    revision: int = 0
    company: str = ""  # Company code
    customer: str = ""  # Customer code
    slot: int = 0  # Bank record
    sequence: int = 0  # 1, 2, 3 … without gaps
    delta: int = 0  # Change of the total
    total: int = 0  # Total after it
    currency: str = ""  # ISO 4217 code
    event: int = 0  # What happened
    document: str = ""  # Invoice number, slip id or name of the adjustment
    actor: str = ""  # Who did it
    note: str = ""  # Consent, reason
    at: int = 0  # Seconds since 1970-01-01 UTC


@dataclass
class Action:
    """A batch of changes that was applied, under its own key: the memory of exactly-once and the audit trail."""

    revision: int = 0
    company: str = ""  # Company code
    key: str = ""  # Key of the batch
    verb: str = ""  # receive, save, slip-cancel, invoice-add …
    actor: str = ""  # Who did it
    at: int = 0  # Seconds since 1970-01-01 UTC
    result: str = ""  # What the caller was told, for ALREADY


@dataclass
class DbsRun:
    """A file of DBS rows made for a bank (gönderim), its bytes unchanged."""

    revision: int = 0
    company: str = ""  # Company code
    bank: str = ""  # Four-digit bank code
    number: int = 0  # 1, 2, 3 … of this bank
    layout: str = ""  # Name of the layout it was written in
    rows: int = 0  # Rows in the file
    actor: str = ""  # Who made it
    at: int = 0  # Seconds since 1970-01-01 UTC
    content: bytes = b""  # The file


@dataclass
class DbsOrder:
    """What a bank was told of a DBS payment row (DBS talimatı) and what it answered."""

    revision: int = 0
    company: str = ""  # Company code
    bank: str = ""  # Four-digit bank code
    invoice: str = ""  # Invoice number
    line: int = 0  # Payment row
    reference: str = ""  # Name of the row at the bank: invoice number, -LINE behind it from row 2 on
    customer: str = ""  # Customer code
    slot: int = 0  # Bank record the row burdens
    invoice_date: Optional[datetime.date] = None  # Invoice date, as told
    due_date: Optional[datetime.date] = None  # Due date, as told
    amount: int = 0  # Amount the bank is to collect in all, as told
    currency: str = ""  # ISO 4217 code
    collected: int = 0  # What it had collected of the row before it was told of it
    record: int = 0  # What it was told last
    held: bool = False  # 1 while the bank has the row, as far as is known
    run: int = 0  # Run that told it last
    state: int = 0  # What the bank said last
    code: str = ""  # Its reason code
    text: str = ""  # Its words
    paid: int = 0  # What it says it has collected; the totals follow the statement, not this
    answered_at: int = 0  # When its answer was read, seconds since 1970-01-01 UTC; 0 = none yet
    bank_account: str = ""  # Own bank account the money goes to (tahsilat hesabı), as told


@dataclass
class Lesson:
    """What a person's choices of a customer taught (hatırlanan karar); automatic choices teach nothing."""

    revision: int = 0
    company: str = ""  # Company code
    bank_account: str = ""  # Own bank account code
    side: int = 0  # Money in (C) or out (D)
    basis: int = 0  # What of the movement it is about
    value: str = ""  # The IBAN, the folded name, or the folded words of the text without numbers
    customer: str = ""  # Customer code
    confirmed: int = 0  # How many movements a person gave to this customer
    rejected: int = 0  # How often a person took another where this one was proposed
    refused: bool = False  # 1 = the last word was a refusal: not proposed again until it is chosen again
    strength: int = 0  # Choices as of `at`, in thousandths, older ones counting less
    at: int = 0  # When a person chose it last, seconds since 1970-01-01 UTC; 0 = never
    movement: str = ""  # Movement that taught it last
    actor: str = ""  # Who taught it last


@dataclass
class TakenFile:
    """A file as its source listed it when its bytes had been taken: unchanged, it is not fetched again."""

    revision: int = 0
    company: str = ""  # Company code
    connection: str = ""  # Connection that listed it, without secrets
    name_digest: str = ""  # SHA-256 of its name's bytes, hex
    name: str = ""  # Its name, decoded
    bytes: int = 0  # Size as listed
    modified: int = 0  # Time of its last change as listed, seconds since 1970-01-01 UTC
