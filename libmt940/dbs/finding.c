/* SPDX-License-Identifier: Apache-2.0
 *
 * finding.c: tells a reader's caller what is wrong with a line. Must not know what the lines are about.
 */
#include "dbs/finding.h"

#include "dbs/layout.h"

void mt940_dbs_tell(struct mt940_dbs_findings *findings, int32_t message, uint32_t line, uint32_t column,
                    const struct mt940_message_arg *args, size_t count)
{
    const struct mt940_dbs_answer_sink *sink = findings->sink;
    struct mt940_dbs_finding finding = {message, mt940_message_severity(message), line, column, args, count};

    findings->is_bad |= finding.severity == MT940_ERROR;
    if (findings->status != 0 || !sink || !sink->finding || findings->told > findings->most)
        return;
    if (findings->told++ == findings->most)
        finding = (struct mt940_dbs_finding){MT940_M_TOO_MANY_FINDINGS, MT940_WARNING, line, 0, NULL, 0};
    findings->status = sink->finding(sink->user, &finding);
}

void mt940_dbs_tell_unread(struct mt940_dbs_findings *findings, enum mt940_csv_row row, uint32_t line, uint32_t most)
{
    const struct mt940_message_arg arg = mt940_argument_number("count", most);

    mt940_dbs_tell(findings, row == MT940_CSV_TOO_LONG ? MT940_M_CSV_LINE_TOO_LONG : MT940_M_CSV_QUOTES, line, 0, &arg, 1);
}

struct mt940_message_arg mt940_dbs_shown(const char *name, struct mt940_view text)
{
    struct mt940_message_arg arg = mt940_argument_text(name, text);

    if (arg.text.length > MT940_DBS_WORD)
        for (arg.text.length = MT940_DBS_WORD; ((unsigned char)text.data[arg.text.length] & 0xC0) == 0x80;)
            arg.text.length--;
    return arg;
}
