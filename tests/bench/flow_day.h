/* SPDX-License-Identifier: Apache-2.0
 *
 * flow_day.h: a company with 200 customers and 2,000 open invoices, statements of 100 movements of five kinds, and
 * what is done with them in a day; for the benchmark and the instruction gate. Whatever fails ends the program.
 */
#ifndef MT940_BENCH_FLOW_DAY_H
#define MT940_BENCH_FLOW_DAY_H

#include "mt940connect/flow.h"

enum { DAY_ROWS = 100 };

extern struct mt940_flow *day_flow;
extern struct mt940_error day_error;

/* Ends the program with 2 unless `status` is 0. */
void day_need(int status, const char *what);
/* Opens day_flow over a store, closing the one before. */
void day_open(const struct mt940_store *store, uint32_t rows_a_commit);
/* Puts the company's books into the store. */
void day_books(void);
/* Writes the statement of that number; its length. */
size_t day_statement(char *out, size_t room, int number, int rows);
/* Receives the statements first, first + 1 ... */
void day_receive(int first, int statements, struct mt940_receive_summary *summary);
/* Lists the inbox: day_show() and day_save() count in its order from 0. */
void day_inbox(void);
/* Shows every movement of the statements; how many have one customer for sure. */
long day_show(int first, int statements);
/* Saves every row of the statements; how many were saved. */
long day_save(int first, int statements);

#endif
