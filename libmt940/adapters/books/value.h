/* SPDX-License-Identifier: Apache-2.0
 *
 * value.h: what a cell of a spreadsheet can mean: numbers and dates in the forms people write,
 * with both readings where there are two.
 */
#ifndef MT940_BOOKS_VALUE_H
#define MT940_BOOKS_VALUE_H

#include "mt940connect/base.h"

/* How a number or a date is written; bits, so that a column can add them up. */
enum form {
    FORM_NONE = 0,
    FORM_WHOLE = 1,         /* 12500 */
    FORM_COMMA = 2,         /* 12.500,75 or 12500,75: the comma is the decimal sign */
    FORM_POINT = 4,         /* 12,500.75 or 12500.75 */
    FORM_EITHER_COMMA = 8,  /* 1,250: grouped or decimal */
    FORM_EITHER_POINT = 16, /* 1.250 */
    FORM_YEAR_FIRST = 32,
    FORM_DAY_FIRST = 64,
    FORM_MONTH_FIRST = 128,
    FORM_EITHER_DATE = 256, /* 01/02/2026 */
    FORM_SAME_DATE = 512,   /* 05/05/2026: both orders agree, and prove nothing */
    FORM_BAD = 1024
};

/* A number cut into what it is made of; digits only, grouping removed. */
struct number {
    int form;      /* enum form */
    int negative;
    char digits[40];
    size_t length;   /* of `digits` */
    size_t decimals; /* digits behind the sign, if that is what it is */
    char currency[4]; /* "" = none was written beside it */
};

/* Reads the form; FORM_NONE for an empty cell. */
void number_read(const struct mt940_view *cell, struct number *out);
/*
 * Units of 10^-scale. `decimal_sign` '.' or ',' decides where the form leaves two readings.
 * MT940_E_RANGE when it does not fit or has more decimals than `scale` that are not zero.
 */
int number_units(const struct number *number, char decimal_sign, int32_t scale, int64_t *units);

/* Form of a date; FORM_NONE for an empty cell. A time of day behind it is left out. */
int date_form(const struct mt940_view *cell);
/* Reads it; `month_first` decides where the form leaves two readings. 0, or MT940_E_FORMAT. */
int date_read(const struct mt940_view *cell, int month_first, struct mt940_date *out);

/* 0, 1, or -1 when the cell is neither yes nor no. Empty = 0. */
int flag_read(const struct mt940_view *cell);

/* Letters and digits of a text as A-Z0-9, for comparing headings and names; cut at capacity. */
size_t plain_name(const struct mt940_view *text, char *out, size_t capacity);
/* A plain name that is compared with several others. */
struct plain {
    char text[128];
    size_t length;
};

void plain_read(const struct mt940_view *text, struct plain *out);
/* 1 when `text` has this plain name; nothing has an empty one. */
int plain_is(const struct plain *plain, const struct mt940_view *text);
/* 1 when the plain names of both are equal. */
int plain_equal(const struct mt940_view *a, const struct mt940_view *b);

/* 1 when a spreadsheet turned a long number into 1,23E+15. */
int is_shortened(const struct mt940_view *cell);

#endif
