/* SPDX-License-Identifier: Apache-2.0
 *
 * form.h: whether bytes have a form in SWIFT's notation, "5n[/5n]". Source: SWIFT Standards MT, general information.
 */
#ifndef MT940_STATEMENT_FORM_H
#define MT940_STATEMENT_FORM_H

#include "base/view.h"

/*
 * `form` is made of counts with a set ("16x", "6!n"), characters that stand for themselves, '$' for a line end, and
 * groups in brackets that may be missing, not nested. Sets: n digits, a capitals, c both, h hexadecimal digits, d an
 * amount with its comma, x the SWIFT set, which ends at "//" where that follows. "6*65x" are up to six lines of 65.
 */
bool mt940_form_holds(const char *form, struct mt940_view value);
/* T26: no slash at either end, and no two together. */
bool mt940_slashes_hold(struct mt940_view text);

/* The SWIFT set x, without line ends. */
bool mt940_is_x(char c);

#endif
