/* SPDX-License-Identifier: Apache-2.0
 *
 * facts.h: what one movement says about itself: IBANs, tax numbers, references, kinds of
 * business. No books are needed; who the parties are is the matcher's question (match.h).
 * Source of the patterns: docs/facts.md, from turkish-banking §1.5.
 */
#ifndef MT940CONNECT_FACTS_H
#define MT940CONNECT_FACTS_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The texts of a movement, and where in them something stands. */
enum mt940_fact_field {
    MT940_FACT_NOWHERE = 0,
    MT940_FACT_NARRATIVE = 1,
    MT940_FACT_CUSTOMER_REFERENCE = 2,
    MT940_FACT_BANK_REFERENCE = 3,
    MT940_FACT_SUPPLEMENTARY = 4,
    MT940_FACT_FIELD_COUNT = 5 /* not a field: the size of arrays */
};

/* Kinds of business a text names by whole words; bits. Source: libmt940/match/facts_words.def. */
enum mt940_fact_kind {
    MT940_FACT_EFT = 0x1,
    MT940_FACT_HAVALE = 0x2,
    MT940_FACT_FAST = 0x4,
    MT940_FACT_SWIFT = 0x8,
    MT940_FACT_OWN_TRANSFER = 0x10, /* virman, hesaplar arası */
    MT940_FACT_DBS = 0x20,
    MT940_FACT_CHEQUE = 0x40,
    MT940_FACT_NOTE = 0x80, /* senet */
    MT940_FACT_CARD = 0x100, /* POS */
    MT940_FACT_CHARGE = 0x200, /* masraf, komisyon, ücret */
    MT940_FACT_TAX = 0x400, /* BSMV, KKDF, stopaj, vergi */
    MT940_FACT_INTEREST = 0x800, /* faiz */
    MT940_FACT_OVERDRAFT = 0x1000, /* KMH */
    MT940_FACT_EXCHANGE = 0x2000, /* döviz alış, satış */
    MT940_FACT_SALARY = 0x4000, /* maaş */
    MT940_FACT_RETURN = 0x8000, /* iade */
    MT940_FACT_CANCEL = 0x10000, /* iptal */
    MT940_FACT_REVERSED = 0x20000, /* ters kayıt */
    MT940_FACT_REVERSAL = 0x38000 /* any of the three: decision 17 */
};

/* Part a text gives to an IBAN by a word beside it. */
enum mt940_fact_role {
    MT940_ROLE_NONE = 0,
    MT940_ROLE_SENDER = 1,   /* after GÖNDEREN …, before HESABINDAN */
    MT940_ROLE_RECEIVER = 2  /* after ALICI, LEHDAR, NEZDİNDEKİ …, before HESABINA */
};

/* Flags of the input; bits. */
enum mt940_facts_flag {
    /*
     * Who the counterparty is and no more: counter_iban, counter_tax_id, name and bic are as without the flag, and what
     * else is in the result may be missing. Texts in which no word matters for these are read in a third of the time.
     */
    MT940_FACTS_COUNTERPARTY = 1,
    /*
     * With COUNTERPARTY: a sub-field of the narrative has told the IBAN or the BIC already, so that counter_iban or bic
     * need not be right.
     */
    MT940_FACTS_IBAN_KNOWN = 2,
    MT940_FACTS_BIC_KNOWN = 4
};

/*
 * The movement. Texts are UTF-8, the narrative joined as mt940_narrative_text() does. They are
 * borrowed: facts hold views into them. Everything about the own account may be empty.
 */
struct mt940_facts_input {
    size_t size;
    struct mt940_view own_iban;    /* canonical; is dropped from the IBANs (decision 1) */
    struct mt940_view own_bank;    /* four-digit bank code: chooses the bank's own layouts */
    struct mt940_view own_account; /* account number; is dropped from the accounts */
    struct mt940_view own_tax_id;  /* is dropped from the tax numbers (decision 4) */
    int32_t sign;                  /* +1 money in, -1 money out, 0 not known */
    uint32_t flags;                /* bits of enum mt940_facts_flag */
    struct mt940_view narrative;
    struct mt940_view customer_reference;
    struct mt940_view bank_reference;
    struct mt940_view supplementary;
};

/* A piece of one of the texts; field NOWHERE = not found. */
struct mt940_fact {
    struct mt940_view text; /* in the caller's text */
    int32_t field;          /* enum mt940_fact_field */
    uint32_t offset;        /* bytes from the start of the field; the length is text.length */
};

struct mt940_fact_iban {
    char canonical[36]; /* valid, electronic form, NUL-terminated */
    int32_t role;       /* enum mt940_fact_role */
    struct mt940_fact where;
};

struct mt940_fact_tax_id {
    char digits[12];  /* NUL-terminated; passes its check */
    int32_t kind;     /* enum mt940_tax_id_kind (tax_id.h) */
    int32_t labelled; /* 1 = VKN, TCKN, VÖEN … stands before it */
    int32_t reserved;
    struct mt940_fact where;
};

/* A domestic account; -1 = that part is not given. */
struct mt940_fact_account {
    int32_t bank;
    int32_t branch;
    struct mt940_view number; /* digits as written */
    struct mt940_fact where;
};

struct mt940_fact_number {
    struct mt940_fact where;
    int32_t labelled; /* 1 = a word says that it is an invoice; 0 = it only has the form of one */
    int32_t reserved;
};

#define MT940_FACT_IBANS 8
#define MT940_FACT_TAX_IDS 8
#define MT940_FACT_ACCOUNTS 4
#define MT940_FACT_INVOICES 8

/* The facts. Counts say how many entries of the arrays are filled; more are left out. */
struct mt940_facts {
    size_t size;
    struct mt940_view text[MT940_FACT_FIELD_COUNT]; /* the input's texts by field; [0] is empty */
    int32_t sign;    /* of the input */
    uint32_t kinds;  /* bits of enum mt940_fact_kind */
    int32_t own_iban_seen; /* 1 = the own IBAN stood in a text and was dropped */
    /*
     * The counterparty's IBAN: index in `ibans`, -1 = none or undecided. With several, money in
     * prefers the sender's, money out the receiver's (turkish-banking §1.5).
     */
    int32_t counter_iban;
    int32_t counter_tax_id; /* the labelled one if there is one, else the only one; index or -1 */
    uint32_t iban_count, tax_id_count, account_count, invoice_count;
    uint32_t reserved;
    struct mt940_fact_iban ibans[MT940_FACT_IBANS];
    struct mt940_fact_tax_id tax_ids[MT940_FACT_TAX_IDS];
    struct mt940_fact_account accounts[MT940_FACT_ACCOUNTS];
    struct mt940_fact_number invoices[MT940_FACT_INVOICES];
    struct mt940_fact query_number;   /* sorgu no */
    struct mt940_fact receipt;        /* dekont, fiş no: the bank reference, else a labelled number */
    struct mt940_fact dealer;         /* bayi referans, bayi kodu */
    struct mt940_fact dbs_reference;  /* dealer's side: DBS ODM/…/number */
    struct mt940_fact cheque;         /* cheque number */
    struct mt940_fact bic;            /* labelled ones only */
    struct mt940_fact name;           /* only where a structured sub-field gives one */
    int64_t rate; /* "KUR 40,1250" in 10^-8; 0 = none */
};

/*
 * Collects the facts. The caller sets out->size. Allocates nothing, time is linear in the texts.
 * Errors: MT940_E_ARGUMENT. Thread safe. @since 0.1
 */
int mt940_facts_read(const struct mt940_facts_input *input, struct mt940_facts *out);

#ifdef __cplusplus
}
#endif
#endif
