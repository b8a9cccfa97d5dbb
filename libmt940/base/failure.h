/* SPDX-License-Identifier: Apache-2.0
 *
 * failure.h: the one way to fill a caller's struct mt940_error.
 */
#ifndef MT940_BASE_FAILURE_H
#define MT940_BASE_FAILURE_H

#include "mt940connect/base.h"

/*
 * Fills `error` (if not NULL and its size is right) with status, detail and a text, which is cut
 * to fit, and returns `status`, so that a function can end with `return mt940_fail(…)`. A NULL
 * text means the status's own sentence.
 */
int mt940_fail(struct mt940_error *error, int status, int32_t detail, const char *text);
/* The same with a "%s"-free text and an item's name put behind it: "text: item". */
int mt940_fail_item(struct mt940_error *error, int status, const char *text, const char *item, size_t item_length);
/* Checks a caller's options struct: at least `known_minimum` bytes, and zero bytes past `known`. 0 or E_ARGUMENT. */
int mt940_check_size(const void *options, size_t size, size_t known_minimum, size_t known);

#endif
