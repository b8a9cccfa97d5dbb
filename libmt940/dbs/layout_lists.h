/* SPDX-License-Identifier: Apache-2.0
 *
 * layout_lists.h: makes the five lists of one layout: define LAYOUT (its name) and LAYOUT_FILE
 * (its .def) and include this. No include guard: it is included once for each layout.
 */
#define LAYOUT_JOIN_(a, b) a##b
#define LAYOUT_JOIN(a, b) LAYOUT_JOIN_(a, b)
#define LAYOUT_NOTHING(...)

#define COLUMN(field, width, heading) {MT940_DBS_FIELD_##field, width, heading},
#define ANSWER LAYOUT_NOTHING
#define RECORD LAYOUT_NOTHING
#define STATE LAYOUT_NOTHING
#define REASON LAYOUT_NOTHING
static const struct mt940_dbs_column LAYOUT_JOIN(LAYOUT, _columns)[] = {
#include LAYOUT_FILE
};
#undef COLUMN
#undef ANSWER
#define COLUMN LAYOUT_NOTHING
#define ANSWER(field, heading) {MT940_DBS_FIELD_##field, 0, heading},
static const struct mt940_dbs_column LAYOUT_JOIN(LAYOUT, _answers)[] = {
#include LAYOUT_FILE
};
#undef ANSWER
#undef RECORD
#define ANSWER LAYOUT_NOTHING
#define RECORD(record, word) {MT940_DBS_ORDER_RECORD_##record, 0, word},
static const struct mt940_dbs_word LAYOUT_JOIN(LAYOUT, _records)[] = {
#include LAYOUT_FILE
};
#undef RECORD
#undef STATE
#define RECORD LAYOUT_NOTHING
#define STATE(state, word) {MT940_DBS_ORDER_STATE_##state, 0, word},
static const struct mt940_dbs_word LAYOUT_JOIN(LAYOUT, _states)[] = {
#include LAYOUT_FILE
};
#undef STATE
#undef REASON
#define STATE LAYOUT_NOTHING
#define REASON(code, english, turkish) {code, english, turkish},
static const struct mt940_dbs_reason LAYOUT_JOIN(LAYOUT, _reasons)[] = {
#include LAYOUT_FILE
};
#undef COLUMN
#undef ANSWER
#undef RECORD
#undef STATE
#undef REASON
#undef LAYOUT_JOIN
#undef LAYOUT_JOIN_
#undef LAYOUT_NOTHING
#undef LAYOUT
#undef LAYOUT_FILE
