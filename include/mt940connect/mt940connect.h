/* SPDX-License-Identifier: Apache-2.0
 *
 * mt940connect.h: everything, one sentence each. Include what you need instead if you like.
 */
#ifndef MT940CONNECT_MT940CONNECT_H
#define MT940CONNECT_MT940CONNECT_H

#include "mt940connect/anonymise.h"   /* statements to show to others */
#include "mt940connect/bank_branch.h" /* bank-branch codes XXXX_YYYYY */
#include "mt940connect/bank_directory.h" /* banks of codes, IBANs and BICs */
#include "mt940connect/base.h"        /* views, dates, money, errors, memory */
#include "mt940connect/bic.h"         /* BICs: check, parts, find in text */
#include "mt940connect/charset.h"     /* character sets of bank files */
#include "mt940connect/closing.h"     /* what a payment closes, whose DBS total it lowers */
#include "mt940connect/customer_bank.h" /* bank records of a customer's card */
#include "mt940connect/customer_card.h" /* adding, editing and deleting them */
#include "mt940connect/dbs.h"         /* direct-debit limits: rows, effects, decision */
#include "mt940connect/dbs_exchange.h" /* DBS rows to and from the banks, as files */
#include "mt940connect/dbs_order.h"   /* what banks were told and what they answered */
#include "mt940connect/dbs_total.h"   /* status, journal and audit of DBS totals */
#include "mt940connect/directory.h"   /* index of customers and own accounts */
#include "mt940connect/directory_overlay.h" /* what was changed since one was made */
#include "mt940connect/envelope.h"    /* blocks of FIN messages around a statement */
#include "mt940connect/facts.h"       /* what a movement says about itself */
#include "mt940connect/flow.h"        /* receive, inbox, save: the only room that calls the host */
#include "mt940connect/fold.h"        /* Turkish-aware keys of names */
#include "mt940connect/iban.h"        /* IBANs: check, parts, find in text */
#include "mt940connect/iban_verification.h" /* the host's verification service */
#include "mt940connect/invoice.h"     /* invoices, checked against limits */
#include "mt940connect/lesson.h"      /* what a person's choices teach */
#include "mt940connect/match.h"       /* whose money moved, and why */
#include "mt940connect/message.h"     /* texts for people, English and Turkish */
#include "mt940connect/narrative.h"   /* sub-fields of narratives, by dialect */
#include "mt940connect/open_items.h"  /* which open rows an amount pays */
#include "mt940connect/ports.h"       /* what the host supplies: books, posting, transport, clock */
#include "mt940connect/reconcile.h"   /* bank against books */
#include "mt940connect/record.h"      /* the records: customers, movements, slips, invoices */
#include "mt940connect/schema.h"      /* the records described as data */
#include "mt940connect/slip.h"        /* transaction codes and bank slips */
#include "mt940connect/statement.h"   /* reading statements */
#include "mt940connect/statement_stream.h" /* whole ones out of a stream */
#include "mt940connect/statement_writer.h" /* and writing them */
#include "mt940connect/status.h"      /* status codes */
#include "mt940connect/store.h"       /* the store port */
#include "mt940connect/tax_id.h"      /* VKN, TCKN, VÖEN */

#endif
