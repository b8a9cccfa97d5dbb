/* SPDX-License-Identifier: Apache-2.0
 *
 * message_codes.h: numbers of the texts for people.
 * Made by libmt940/text/gen_message.py from libmt940/text/message.def; change that file.
 */
#ifndef MT940CONNECT_MESSAGE_CODES_H
#define MT940CONNECT_MESSAGE_CODES_H

enum mt940_message {
    /* error: not an MT940 statement: no lines begin with :20: or :25: and a balance; ask the bank for MT940 */
    MT940_M_NOT_MT940 = 100,
    /* error: the file is empty */
    MT940_M_EMPTY_FILE = 101,
    /* error: the statement is incomplete: {what} is missing; wait for the whole file, or fetch it again */
    MT940_M_INCOMPLETE = 102,
    /* error: the balances do not agree: computed {computed}, stated {stated} */
    MT940_M_BALANCE_MISMATCH = 103,
    /* error: movement left out: {what} cannot be read */
    MT940_M_ENTRY_UNREADABLE = 104,
    /* error: field :{tag}: cannot be read: {what} */
    MT940_M_FIELD_UNREADABLE = 105,
    /* error: the balances are in different currencies: {first} and {second} */
    MT940_M_CURRENCY_MISMATCH = 106,
    /* error: the amount can be read in two ways and the balance does not decide */
    MT940_M_AMOUNT_AMBIGUOUS = 107,
    /* error: the amount has more decimals than {currency} allows; it cannot be saved */
    MT940_M_TOO_MANY_DECIMALS = 108,
    /* error: the amount is too large */
    MT940_M_AMOUNT_OVERFLOW = 109,
    /* warning: field :{tag}: is not part of this statement type; kept as it is */
    MT940_M_UNKNOWN_FIELD = 110,
    /* warning: field :{tag}: appears more than once; the first is used */
    MT940_M_FIELD_REPEATED = 111,
    /* warning: field :{tag}: stands in the wrong place */
    MT940_M_FIELD_ORDER = 112,
    /* warning: a narrative has no movement before it */
    MT940_M_ORPHAN_NARRATIVE = 113,
    /* warning: a page is missing: {expected} was expected, {found} found */
    MT940_M_PAGE_GAP = 114,
    /* warning: {count} bytes are not text in {charset} */
    MT940_M_UNDECODABLE = 115,
    /* warning: the entry date lies more than three months from the value date */
    MT940_M_DATE_IMPLAUSIBLE = 116,
    /* warning: the balance cannot be checked: {what} */
    MT940_M_BALANCE_UNKNOWN = 117,
    /* warning: the account in :25: looks like an IBAN but fails its check */
    MT940_M_ACCOUNT_IBAN_INVALID = 118,
    /* warning: {count} lines outside any field were skipped */
    MT940_M_TEXT_OUTSIDE = 119,
    /* error: the file ends inside a movement */
    MT940_M_ENTRY_CUT = 120,
    /* error: the page opens with {found} but the one before closed with {expected} */
    MT940_M_PAGE_BALANCE = 121,
    /* warning: more findings than the limit; the rest is only counted */
    MT940_M_TOO_MANY_FINDINGS = 122,
    /* warning: field :{tag}: says {count} movements, {stated}; the statement has {found}, {computed} */
    MT940_M_TOTAL_MISMATCH = 123,
    /* warning: field :{tag}: holds more than belongs to it; the rest was skipped */
    MT940_M_EXTRA_TEXT = 124,
    /* warning: the statement opens with {found}, but the one before it closed with {expected}: one is missing between them */
    MT940_M_DAY_GAP = 125,
    /* error: not as the standard says: {rule} */
    MT940_M_NOT_STANDARD = 126,
    /* warning: ISO 4217 gives no decimals for this currency; amounts are taken as written */
    MT940_M_CURRENCY_UNKNOWN = 129,
    /* error: not an MT940 statement but text in UTF-16; save it as UTF-8 */
    MT940_M_NOT_MT940_UTF_16 = 130,
    /* error: not an MT940 statement but XML (camt.053?); ask the bank for MT940 */
    MT940_M_NOT_MT940_XML = 131,
    /* error: not an MT940 statement but a web page; the download failed, log in again */
    MT940_M_NOT_MT940_WEB_PAGE = 132,
    /* error: not an MT940 statement but a PDF; ask the bank for MT940 */
    MT940_M_NOT_MT940_PDF = 133,
    /* error: not an MT940 statement but a compressed file or an Excel workbook; unpack it, or ask the bank for MT940 */
    MT940_M_NOT_MT940_PACKED = 134,
    /* error: not an MT940 statement but an Excel workbook or another Office file; ask the bank for MT940 */
    MT940_M_NOT_MT940_EXCEL = 135,
    /* error: SWIFT messages, but no statement with a balance among them (MT940, 941, 942, 950) */
    MT940_M_NOT_MT940_OTHER_MESSAGE = 136,
    /* error: not an MT940 statement but text in base64 or EBCDIC; decode it, or ask the bank for plain text */
    MT940_M_NOT_MT940_ENCODED = 137,
    /* error: not an MT940 statement but an encrypted or signed file (PGP, PKCS #7); decrypt it first */
    MT940_M_NOT_MT940_ENCRYPTED = 138,
    /* error: not an MT940 statement but an e-mail; save its attachment as a file */
    MT940_M_NOT_MT940_EMAIL = 139,
    /* warning: an MT{type}, no statement; left out */
    MT940_M_OTHER_MESSAGE = 140,
    /* warning: fields of another message (it looks like {type}), no statement; left out */
    MT940_M_OTHER_MESSAGE_BARE = 141,
    /* warning: marked as a possible duplicate (PDE or PDM): it may have been received before */
    MT940_M_POSSIBLE_DUPLICATE_MARK = 142,
    /* warning: marked as a training message (TNG), not a real statement */
    MT940_M_TRAINING_MESSAGE = 143,
    /* warning: a refusal (NAK) of the network stands before it: it was not delivered */
    MT940_M_ENVELOPE_REFUSED = 144,
    /* warning: labelled MT{type}, but its fields are those of an MT{found}; kept as MT{type} */
    MT940_M_TYPE_DOUBTFUL = 145,
    /* warning: field :{tag}: is in {found}, the statement in {expected} */
    MT940_M_OTHER_CURRENCY = 146,
    /* info: the value date */
    MT940_M_PART_VALUE_DATE = 150,
    /* info: the entry date */
    MT940_M_PART_ENTRY_DATE = 151,
    /* info: the debit/credit mark */
    MT940_M_PART_MARK = 152,
    /* info: the amount */
    MT940_M_PART_AMOUNT = 153,
    /* info: the date */
    MT940_M_PART_DATE = 154,
    /* info: the currency */
    MT940_M_PART_CURRENCY = 155,
    /* info: the funds code */
    MT940_M_PART_FUNDS_CODE = 156,
    /* info: the account (:25:) */
    MT940_M_PART_ACCOUNT = 157,
    /* info: the opening balance (:60F:) */
    MT940_M_PART_OPENING = 158,
    /* info: the closing balance (:62F:) */
    MT940_M_PART_CLOSING = 159,
    /* info: its content */
    MT940_M_PART_CONTENT = 160,
    /* repair: the reference is longer than 16 characters; kept whole */
    MT940_M_REPAIR_LONG_REFERENCE = 200,
    /* repair: a line is longer than the standard allows; kept whole */
    MT940_M_REPAIR_LONG_LINE = 201,
    /* repair: the amount has no decimal comma */
    MT940_M_REPAIR_AMOUNT_NO_COMMA = 202,
    /* repair: the amount uses a dot for the decimals */
    MT940_M_REPAIR_AMOUNT_DOT = 203,
    /* repair: the amount has thousands separators */
    MT940_M_REPAIR_AMOUNT_GROUPED = 204,
    /* repair: the amount carries a sign of its own */
    MT940_M_REPAIR_AMOUNT_SIGN = 205,
    /* repair: the day does not exist; the month's last day is used */
    MT940_M_REPAIR_DAY_OF_MONTH = 206,
    /* repair: the movement has no reference */
    MT940_M_REPAIR_NO_REFERENCE = 207,
    /* repair: the balance has no currency */
    MT940_M_REPAIR_NO_CURRENCY = 208,
    /* repair: the statement number has an unusual form; kept as text */
    MT940_M_REPAIR_NUMBER_FORM = 209,
    /* repair: blanks inside the field were skipped */
    MT940_M_REPAIR_BLANKS = 210,
    /* repair: a line break inside the movement was joined */
    MT940_M_REPAIR_LINE_SPLIT = 211,
    /* repair: a stray separator was removed */
    MT940_M_REPAIR_SEPARATOR = 212,
    /* repair: control bytes were skipped */
    MT940_M_REPAIR_CONTROL_BYTE = 213,
    /* repair: the end mark is missing */
    MT940_M_REPAIR_NO_END_MARK = 214,
    /* repair: a narrative line looks like a field; kept as text */
    MT940_M_REPAIR_TAG_LOOKALIKE = 215,
    /* repair: the transaction code has an unusual form */
    MT940_M_REPAIR_CODE_FORM = 216,
    /* repair: a second narrative of the same movement was joined */
    MT940_M_REPAIR_SECOND_NARRATIVE = 217,
    /* repair: the statement does not begin with :20: */
    MT940_M_REPAIR_NO_START = 218,
    /* repair: lines before the statement were skipped */
    MT940_M_REPAIR_HEADER_LINES = 219,
    /* repair: letters of the field are in lower case */
    MT940_M_REPAIR_LOWER_CASE = 220,
    /* repair: lines end with @@; read as line ends */
    MT940_M_REPAIR_AT_SEPARATOR = 221,
    /* repair: field :86: begins inside the line of the movement */
    MT940_M_REPAIR_GLUED_FIELD = 222,
    /* repair: {count} letters were encoded in UTF-8 twice; read as they were meant */
    MT940_M_REPAIR_MOJIBAKE = 223,
    /* repair: labelled MT{type}, but its fields are those of an MT{found}; read as that */
    MT940_M_REPAIR_ENVELOPE_TYPE = 224,
    /* repair: the envelope is not as the standard says ({rule}); read as far as it goes */
    MT940_M_REPAIR_ENVELOPE = 225,
    /* repair: the year has four digits */
    MT940_M_REPAIR_DATE_CENTURY = 228,
    /* repair: the currency is not written as in ISO 4217 */
    MT940_M_REPAIR_CURRENCY_NAME = 229,
    /* repair: the currency stands in the place of the funds code */
    MT940_M_REPAIR_FUNDS_CODE = 230,
    /* info: IBAN {iban} is on the card of {customer}, bank record {slot} */
    MT940_M_EVIDENCE_IBAN = 400,
    /* info: bank account {account} is on the card of {customer}, bank record {slot} */
    MT940_M_EVIDENCE_BANK_ACCOUNT = 401,
    /* info: tax number {tax_id} is that of {customer} */
    MT940_M_EVIDENCE_TAX_ID = 402,
    /* info: invoice {invoice} is open with {customer} */
    MT940_M_EVIDENCE_INVOICE = 403,
    /* info: the text names customer code {customer} */
    MT940_M_EVIDENCE_CUSTOMER_CODE = 404,
    /* info: the text names {name} */
    MT940_M_EVIDENCE_NAME = 405,
    /* info: of several cards only {customer} fits the direction */
    MT940_M_EVIDENCE_DIRECTION = 406,
    /* info: chosen by the user */
    MT940_M_EVIDENCE_USER = 407,
    /* info: IBAN {iban} is the own account {account} */
    MT940_M_EVIDENCE_OWN_ACCOUNT = 408,
    /* info: the rule of code {code} names {customer} */
    MT940_M_EVIDENCE_RULE = 409,
    /* info: the amount is what is open of invoice {invoice} */
    MT940_M_EVIDENCE_AMOUNT = 410,
    /* info: the text resembles {name} */
    MT940_M_EVIDENCE_FUZZY_NAME = 411,
    /* info: for IBAN {value} a person chose {customer} ({count}×) */
    MT940_M_EVIDENCE_MEMORY_IBAN = 412,
    /* info: for the name {value} a person chose {customer} ({count}×) */
    MT940_M_EVIDENCE_MEMORY_NAME = 413,
    /* info: for texts like this one a person chose {customer} ({count}×) */
    MT940_M_EVIDENCE_MEMORY_TEXT = 414,
    /* info: {count} open items have just this amount */
    MT940_M_EVIDENCE_AMOUNT_SEVERAL = 415,
    /* info: the amount is all that is open, {count} items */
    MT940_M_EVIDENCE_AMOUNT_ALL = 416,
    /* info: the amount is that of the {count} oldest open items */
    MT940_M_EVIDENCE_AMOUNT_OLDEST = 417,
    /* info: {count} open items add up to the amount, in this way only */
    MT940_M_EVIDENCE_AMOUNT_SET = 418,
    /* info: open items add up to the amount in more than one way */
    MT940_M_EVIDENCE_AMOUNT_SETS = 419,
    /* warning: {customer} is not active */
    MT940_M_VETO_INACTIVE = 420,
    /* warning: the IBAN in the text is of a collector (payment service, factoring) and is no evidence */
    MT940_M_VETO_COLLECTOR = 421,
    /* info: IBAN {iban} is on no card */
    MT940_M_IBAN_NOT_IN_BOOKS = 422,
    /* warning: another IBAN stands beside it, and nothing says whose it is */
    MT940_M_VETO_SECOND_IBAN = 423,
    /* warning: other evidence points to another party */
    MT940_M_VETO_CONTRADICTION = 424,
    /* info: names, unlabelled numbers or few earlier choices alone are not enough to choose */
    MT940_M_VETO_WEAK = 425,
    /* warning: the legal forms of the two names differ, as LTD. and A.Ş. do */
    MT940_M_VETO_LEGAL_FORM = 426,
    /* info: the names are alike, but a word is missing, too many or spelt otherwise */
    MT940_M_VETO_COVERAGE = 427,
    /* info: a person refused a customer for this payer before; it is not proposed again */
    MT940_M_VETO_REJECTED = 428,
    /* info: the account on the other side is the own account {account} */
    MT940_M_EVIDENCE_OWN_NUMBER = 429,
    /* error: choose the customer of this movement */
    MT940_M_NEEDS_CUSTOMER = 500,
    /* error: several customers fit; choose one */
    MT940_M_AMBIGUOUS_CUSTOMER = 501,
    /* error: transaction code {code} is not defined; choose the slip type */
    MT940_M_UNDEFINED_CODE = 502,
    /* warning: saved already by slip {slip} */
    MT940_M_ALREADY_SAVED = 503,
    /* error: the statement's account {account} is not among the own bank accounts of its currency */
    MT940_M_UNKNOWN_BANK_ACCOUNT = 504,
    /* error: name the other own bank account of this transfer */
    MT940_M_NEEDS_ACCOUNT = 505,
    /* error: there is no rate for {currency} on {date} */
    MT940_M_NEEDS_RATE = 506,
    /* info: informational: not to be saved */
    MT940_M_INFORMATIONAL = 507,
    /* warning: book it in the cheque module, then link the slip */
    MT940_M_ON_HOLD = 508,
    /* warning: slip {slip} has the same account, side and amount; link it or save anyway */
    MT940_M_POSSIBLE_DUPLICATE = 509,
    /* error: the statement has errors; accept {code} to save its movements */
    MT940_M_STATEMENT_FAULTY = 510,
    /* error: several movements could be the other side; choose the account */
    MT940_M_NEEDS_PAIR_CHOICE = 511,
    /* info: saved by slip {slip} */
    MT940_M_SAVED = 512,
    /* info: saved together with its other side by slip {slip} */
    MT940_M_PAIRED = 513,
    /* error: the ERP refused the slip: {reason} */
    MT940_M_HOST_REFUSED = 514,
    /* warning: the ERP's answer is still unknown; it is asked again at the next save */
    MT940_M_POSTING_PENDING = 515,
    /* info: movements of an interim statement (MT{type}) are listed only */
    MT940_M_NOT_POSTED_BY_DEFAULT = 516,
    /* info: before the account's start date {date} */
    MT940_M_BEFORE_START_DATE = 517,
    /* error: there is no customer {customer} */
    MT940_M_UNKNOWN_CUSTOMER = 518,
    /* error: the same movement came before with another narrative */
    MT940_M_SAME_MOVEMENT_DIFFERS = 519,
    /* info: reverses {slip} */
    MT940_M_REVERSAL = 520,
    /* error: there is no active slip {slip} */
    MT940_M_UNKNOWN_SLIP = 521,
    /* info: slip {slip} is cancelled */
    MT940_M_SLIP_CANCELLED = 522,
    /* error: the statement has no movement {row} */
    MT940_M_UNKNOWN_ROW = 523,
    /* warning: not saved: all or nothing was asked for and another row was refused */
    MT940_M_NOT_SAVED_OTHERS_FAILED = 524,
    /* error: the movement is in {currency}, the bank account in {account_currency} */
    MT940_M_CURRENCY_DIFFERS = 525,
    /* info: linked to slip {slip} */
    MT940_M_LINKED = 526,
    /* info: no transaction codes are defined; the built-in table is used */
    MT940_M_DEFAULT_CODES_USED = 527,
    /* error: slip {slip} is reversed by another; cancel that one first */
    MT940_M_SLIP_REVERSED = 528,
    /* warning: the ERP may have this row already as it was handed over; what you chose now is not used */
    MT940_M_POSTING_UNCHANGED = 529,
    /* error: customer {customer} was changed since the index was made: the card is closed or gone, or no longer has what the movement names; choose the customer, or make the index anew */
    MT940_M_INDEX_OUTDATED = 530,
    /* warning: {customer}, bank record {slot} ({branch}): limit {limit}, total {before}, with {amount} it would be {after}: {excess} above the limit */
    MT940_M_OVER_LIMIT = 600,
    /* error: {customer}, bank record {slot} ({branch}): limit {limit}, total {before}, with {amount} it would be {after}: {excess} above the limit; not allowed */
    MT940_M_LIMIT_BLOCKED = 601,
    /* error: payment row {row}: a DBS row needs an own bank account code */
    MT940_M_MISSING_BANK_ACCOUNT = 602,
    /* error: payment row {row}: {customer} has no DBS bank record for branch {branch} */
    MT940_M_MISSING_CUSTOMER_BANK = 603,
    /* warning: payment row {row}: branch {branch} differs from the bank account's {expected} */
    MT940_M_BRANCH_MISMATCH = 604,
    /* warning: {customer} has no DBS bank record for branch {branch}; the total is unchanged */
    MT940_M_NO_DBS_SLOT = 605,
    /* error: invoice {invoice} is paid by {paid}; undo the slip first */
    MT940_M_INVOICE_PAID = 606,
    /* error: there is an invoice {invoice} already */
    MT940_M_INVOICE_EXISTS = 607,
    /* error: there is no invoice {invoice} */
    MT940_M_UNKNOWN_INVOICE = 608,
    /* error: the payment rows add up to {sum}, the invoice to {amount} */
    MT940_M_PLAN_SUM = 609,
    /* error: a DBS limit cannot be negative */
    MT940_M_LIMIT_NEGATIVE = 610,
    /* info: closes {amount} of invoice {invoice}, row {row} */
    MT940_M_CLOSED = 611,
    /* info: no open payment row was found; nothing is closed */
    MT940_M_NOTHING_TO_CLOSE = 612,
    /* info: {amount} stays unallocated */
    MT940_M_UNALLOCATED = 613,
    /* warning: the DBS total of {customer}, bank record {slot}, is below zero: {after} */
    MT940_M_TOTAL_NEGATIVE = 614,
    /* error: bank record {slot} of {customer} is not marked as DBS */
    MT940_M_NOT_A_DBS_SLOT = 615,
    /* error: invoice {invoice} is not in a state for this */
    MT940_M_INVOICE_STATE = 616,
    /* error: bank record {slot} of {customer} has a DBS total of {before}; it cannot be deleted */
    MT940_M_SLOT_HAS_TOTAL = 617,
    /* warning: bank record {slot} of {customer}: the IBAN is not of the bank of branch {branch} */
    MT940_M_IBAN_OTHER_BANK = 618,
    /* warning: there is an adjustment {name} of bank record {slot} of {customer} already */
    MT940_M_ADJUSTMENT_EXISTS = 619,
    /* error: {customer} has no bank record {slot} */
    MT940_M_UNKNOWN_BANK_RECORD = 620,
    /* error: {customer} has a bank record {slot} already */
    MT940_M_BANK_RECORD_EXISTS = 621,
    /* error: documents refer to bank record {slot} of {customer}; it keeps its number and its currency */
    MT940_M_BANK_RECORD_USED = 622,
    /* warning: invoice {invoice}, row {row}: branch {branch} names no bank; the row is in no bank's file */
    MT940_M_DBS_NO_BANK = 630,
    /* error: invoice {invoice}, row {row}: {name} \"{value}\" has more than the {count} characters this bank takes; the row is not in the file */
    MT940_M_DBS_TOO_WIDE = 631,
    /* error: invoice {invoice}, row {row}: the bank knows another row as {value}; the row is not in the file */
    MT940_M_DBS_REFERENCE_TAKEN = 632,
    /* error: state \"{value}\" is not in the table of this bank; add it there, or write one of {list} */
    MT940_M_DBS_STATE_UNKNOWN = 633,
    /* error: bank {bank} was never sent {value}; is the line of another bank, or the number cut? */
    MT940_M_DBS_ORDER_UNKNOWN = 634,
    /* warning: {value} is {was} already; \"{state}\" does not follow it and changes nothing */
    MT940_M_DBS_ANSWER_LATE = 635,
    /* warning: {value} was sent again in run {row}; this answer is about run {count} and changes nothing */
    MT940_M_DBS_ANSWER_OTHER_RUN = 636,
    /* warning: {value}: the bank says it has collected {paid}, it was told {amount} */
    MT940_M_DBS_PAID_MORE = 637,
    /* warning: {value} is rejected by the bank: {reason} */
    MT940_M_DBS_REJECTED = 638,
    /* info: run {row} of bank {bank}: {count} rows */
    MT940_M_DBS_EXPORTED = 639,
    /* info: bank {bank} knows everything already; nothing is to be sent */
    MT940_M_DBS_NOTHING_TO_SEND = 640,
    /* error: bank {bank} has no run {row} */
    MT940_M_DBS_UNKNOWN_RUN = 641,
    /* error: the line is of bank {value}, the file is read for bank {bank} */
    MT940_M_DBS_OTHER_BANK = 642,
    /* info: received, {count} statements */
    MT940_M_FILE_RECEIVED = 700,
    /* info: received before as {name} */
    MT940_M_FILE_DUPLICATE = 701,
    /* warning: incomplete; it stays and is tried again */
    MT940_M_FILE_INCOMPLETE = 702,
    /* error: not received: {reason} */
    MT940_M_FILE_REJECTED = 703,
    /* error: cannot be read: {reason} */
    MT940_M_FILE_UNREADABLE = 704,
    /* info: a statement in it was received before */
    MT940_M_STATEMENT_DUPLICATE = 705,
    /* info: extends a statement received before by {count} movements */
    MT940_M_STATEMENT_EXTENDS = 706,
    /* error: larger than the limit of {count} bytes */
    MT940_M_FILE_TOO_LARGE = 707,
    /* warning: opens with {found}, but the last statement of this account closed with {expected} */
    MT940_M_STATEMENT_GAP = 708,
    /* info: unchanged since it was received */
    MT940_M_FILE_UNCHANGED = 709,
    /* warning: column {name} is not known and is left out */
    MT940_M_CSV_COLUMN_UNKNOWN = 800,
    /* error: column {name} is missing */
    MT940_M_CSV_COLUMN_MISSING = 801,
    /* error: column {name}: \"{value}\" is not {expected} */
    MT940_M_CSV_VALUE = 802,
    /* error: column {name}: \"{value}\" can be read in two ways */
    MT940_M_CSV_AMBIGUOUS = 803,
    /* info: separator {separator}, character set {charset} */
    MT940_M_CSV_READ_AS = 804,
    /* warning: tax number {value} seems to have lost its leading zero */
    MT940_M_CSV_TAX_ID_ZERO = 805,
    /* error: line {row} has the same key */
    MT940_M_CSV_DUPLICATE_KEY = 806,
    /* info: column {name} is read as {what} */
    MT940_M_CSV_COLUMN_READ_AS = 807,
    /* error: column {name}: there is no {value} */
    MT940_M_CSV_REFERENCE = 808,
    /* warning: the file is no table of the books and is left out */
    MT940_M_CSV_FILE_UNKNOWN = 809,
    /* error: no table of the books is here; a file such as customers.csv is expected */
    MT940_M_CSV_NO_TABLE = 810,
    /* error: the file is {what}; save it as CSV (UTF-8) */
    MT940_M_CSV_NOT_TEXT = 811,
    /* error: a quotation mark is not closed, or text follows a closed one; the line is left out */
    MT940_M_CSV_QUOTES = 812,
    /* error: the row has {count} fields, the heading {expected}: does a value hold the separator? */
    MT940_M_CSV_FIELDS_MORE = 813,
    /* warning: the row has {count} fields, the heading {expected}; the rest is taken as empty */
    MT940_M_CSV_FIELDS_FEWER = 814,
    /* error: the line is longer than {count} bytes and is left out */
    MT940_M_CSV_LINE_TOO_LONG = 815,
    /* error: column {name}: \"{value}\" is none of {list} */
    MT940_M_CSV_CHOICE = 816,
    /* error: column {name} is empty */
    MT940_M_CSV_EMPTY = 817,
    /* warning: the table has no rows */
    MT940_M_CSV_NO_ROWS = 818,
    /* error: the table was read from {file} already; the file is left out */
    MT940_M_CSV_TABLE_TWICE = 819,
    /* warning: column {name}: IBAN {value} fails its check and will never match */
    MT940_M_CSV_IBAN = 820,
    /* error: column {name} appears twice */
    MT940_M_CSV_COLUMN_TWICE = 821,
    /* warning: the row belongs to company {value} and is left out */
    MT940_M_CSV_COMPANY_OTHER = 822,
    /* error: more than {count} rows; the rest is left out */
    MT940_M_CSV_TOO_MANY_ROWS = 823,
    /* info: an amount such as 12500.75 or 12.500,75 */
    MT940_M_CSV_AN_AMOUNT = 840,
    /* info: an amount with the decimals of its currency */
    MT940_M_CSV_AN_EXACT_AMOUNT = 841,
    /* info: zero or more */
    MT940_M_CSV_NOT_NEGATIVE = 842,
    /* info: a date such as 15.07.2026 or 2026-07-15 */
    MT940_M_CSV_A_DATE = 843,
    /* info: yes or no */
    MT940_M_CSV_A_FLAG = 844,
    /* info: a whole number */
    MT940_M_CSV_A_NUMBER = 845,
    /* info: a rate such as 40.125 with at most 8 decimals */
    MT940_M_CSV_A_RATE = 846,
    /* info: an ISO 4217 currency such as TRY */
    MT940_M_CSV_A_CURRENCY = 847,
    /* info: written out in full (the spreadsheet has shortened it) */
    MT940_M_CSV_WRITTEN_OUT = 848,
    /* info: numbers with a decimal comma */
    MT940_M_CSV_DECIMAL_COMMA = 849,
    /* info: numbers with a decimal point */
    MT940_M_CSV_DECIMAL_POINT = 850,
    /* info: numbers without decimals */
    MT940_M_CSV_WHOLE_NUMBERS = 851,
    /* info: numbers, some with a decimal comma, some with a point */
    MT940_M_CSV_MIXED_NUMBERS = 852,
    /* info: dates, day first */
    MT940_M_CSV_DAY_FIRST = 853,
    /* info: dates, month first */
    MT940_M_CSV_MONTH_FIRST = 854,
    /* info: dates, year first */
    MT940_M_CSV_YEAR_FIRST = 855,
    /* info: dates of several forms */
    MT940_M_CSV_MIXED_DATES = 856,
    /* info: yes or no */
    MT940_M_CSV_FLAGS = 857,
    /* info: an Excel workbook */
    MT940_M_CSV_AN_EXCEL_FILE = 858,
    /* info: text in UTF-16 */
    MT940_M_CSV_UTF_16 = 859,
    /* info: not text */
    MT940_M_CSV_BINARY = 860
};

#endif
