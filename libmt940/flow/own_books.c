/* SPDX-License-Identifier: Apache-2.0
 *
 * own_books.c: a host may give look-ups of its own, or those of a store of the same make with books of its own.
 */
#include "flow/own_books.h"

/* What a host leaves out the store answers; what it gives is the store's if it is that very function and store. */
static bool is_own(const struct mt940_flow *flow, bool is_left_out, bool same_function)
{
    return is_left_out || (same_function && flow->books.user == flow->own_books.user);
}

bool mt940_own_open_rows(const struct mt940_flow *flow)
{
    return is_own(flow, !flow->books.payments, flow->books.payments == flow->own_books.payments);
}

bool mt940_own_payments(const struct mt940_flow *flow)
{
    return mt940_own_open_rows(flow) &&
           is_own(flow, !flow->books.invoice_payments, flow->books.invoice_payments == flow->own_books.invoice_payments);
}

bool mt940_own_customers(const struct mt940_flow *flow)
{
    const struct mt940_books *books = &flow->books, *own = &flow->own_books;
    return is_own(flow, !books->customers, books->customers == own->customers) &&
           is_own(flow, !books->customer_banks, books->customer_banks == own->customer_banks) && mt940_own_payments(flow);
}

bool mt940_own_slips(const struct mt940_flow *flow)
{
    return is_own(flow, !flow->books.slips, flow->books.slips == flow->own_books.slips);
}
