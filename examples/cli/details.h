/* SPDX-License-Identifier: Apache-2.0
 *
 * details.h: Muhbir Hesap and VÖEN of customers' bank records at an import (R60-R62, decision 30).
 */
#ifndef CLI_DETAILS_H
#define CLI_DETAILS_H

#include "books.h"
#include "workspace.h"

/*
 * Completes the bank records that were read: values of the bank for new ones under Azerbaijani
 * legislation; what a user edited stays. Call it when companies and bank codes are in the store.
 * 0 = the store failed, which was reported.
 */
int details_settle(struct workspace *workspace, struct books *books);

#endif
