/* SPDX-License-Identifier: Apache-2.0
 *
 * report.c: hands findings to the caller and stops when the caller has heard enough.
 */
#include "report.h"

#include <string.h>

void report_say(struct report *report, int32_t message, uint32_t line, uint32_t column,
                const struct mt940_message_arg *args, size_t count)
{
    struct mt940_csv_finding finding = {.message = message, .severity = mt940_message_severity(message),
                                        .args = args, .arg_count = count};

    if (report->status != 0 || report->sink == NULL || report->sink->finding == NULL)
        return;
    if (report->told > report->max_findings)
        return;
    if (report->told == report->max_findings) {
        finding.message = MT940_M_TOO_MANY_FINDINGS;
        finding.severity = mt940_message_severity(finding.message);
        finding.arg_count = 0;
    }
    report->told++;
    finding.place.file = report->file;
    finding.place.line = line;
    finding.place.column = column;
    report->status = report->sink->finding(report->sink->user, &finding);
}

struct mt940_message_arg arg_text(const char *name, const char *text, size_t length)
{
    struct mt940_message_arg arg;

    memset(&arg, 0, sizeof arg);
    arg.name = name;
    arg.type = MT940_ARG_TEXT;
    arg.text.data = text;
    arg.text.length = length;
    return arg;
}

struct mt940_message_arg arg_view(const char *name, const struct mt940_view *text)
{
    return arg_text(name, text->data, text->length);
}

struct mt940_message_arg arg_number(const char *name, int64_t number)
{
    struct mt940_message_arg arg = arg_text(name, NULL, 0);

    arg.type = MT940_ARG_NUMBER;
    arg.number = number;
    return arg;
}

struct mt940_message_arg arg_message(const char *name, int32_t message)
{
    struct mt940_message_arg arg = arg_number(name, message);

    arg.type = MT940_ARG_MESSAGE;
    return arg;
}
