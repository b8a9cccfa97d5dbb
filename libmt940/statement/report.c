/* SPDX-License-Identifier: Apache-2.0
 *
 * report.c: findings: places them in the file, applies the strictness the caller asked for,
 * counts them and hands them out. What is found is decided elsewhere.
 */
#include "statement/report.h"

#include "text/argument.h"

void mt940_place_in(const struct mt940_item *item, size_t position, const char *subfield, struct mt940_place *out)
{
    uint32_t line = item->line;
    size_t line_start = 0;
    if (position > item->value.length)
        position = item->value.length;
    for (size_t i = 0; i < position; i++) {
        char c = item->value.data[i];
        bool crlf = c == '\r' && i + 1 < item->value.length && item->value.data[i + 1] == '\n';
        if ((c == '\n' || c == '\r') && !crlf) {
            line++;
            line_start = i + 1;
        }
    }
    size_t before = line == item->line ? item->tag.length : 0;
    out->offset = item->offset + item->tag.length + position;
    out->line = line;
    out->column = (uint32_t)(before + position - line_start + 1);
    out->tag = item->tag.text;
    out->subfield = subfield;
}

static bool is_refused(const struct mt940_statement_options *options, int32_t message)
{
    if (options->strict)
        return true;
    for (size_t i = 0; i < options->refused_repair_count; i++)
        if (options->refused_repairs[i] == message)
            return true;
    return false;
}

static void copy_text(char *out, size_t capacity, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    if (length >= capacity)
        length = capacity - 1;
    if (length)
        memcpy(out, text, length);
    out[length] = '\0';
}

static void count(struct mt940_trailer *trailer, int32_t severity)
{
    trailer->error_count += severity == MT940_ERROR;
    trailer->warning_count += severity == MT940_WARNING;
    trailer->repair_count += severity == MT940_REPAIR;
}

int mt940_report(struct mt940_reader *reader, int32_t message, const struct mt940_place *place,
                 const struct mt940_message_arg *args, size_t args_count)
{
    struct mt940_finding finding;
    if (reader->message.quiet)
        return 0;
    memset(&finding, 0, sizeof finding);
    finding.message = message;
    finding.severity = mt940_message_severity(message);
    if (finding.severity == MT940_REPAIR && is_refused(&reader->options, message))
        finding.severity = MT940_ERROR;
    count(&reader->message.trailer, finding.severity);
    if (reader->message.findings > reader->options.max_findings)
        return 0;
    if (reader->message.findings++ == reader->options.max_findings) {
        finding.message = MT940_M_TOO_MANY_FINDINGS;
        finding.severity = MT940_WARNING;
        args_count = 0;
    }
    finding.statement = reader->statements;
    finding.offset = place->offset;
    finding.line = place->line;
    finding.column = place->column;
    copy_text(finding.tag, sizeof finding.tag, place->tag);
    copy_text(finding.subfield, sizeof finding.subfield, place->subfield);
    finding.args = args;
    finding.arg_count = args_count;
    int answer = reader->handler.finding ? reader->handler.finding(reader->handler.user, &finding) : 0;
    return answer ? mt940_reader_fail(reader, MT940_E_CALLBACK, answer) : 0;
}

/* The name of a sub-field for people, as a message of its own so that it has every language. */
static int32_t part_of(const char *subfield)
{
    static const struct {
        const char *subfield;
        int32_t message;
    } parts[] = {
        {"value_date", MT940_M_PART_VALUE_DATE}, {"entry_date", MT940_M_PART_ENTRY_DATE},
        {"mark", MT940_M_PART_MARK},             {"amount", MT940_M_PART_AMOUNT},
        {"date", MT940_M_PART_DATE},             {"currency", MT940_M_PART_CURRENCY},
        {"funds_code", MT940_M_PART_FUNDS_CODE},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].subfield, subfield) == 0)
            return parts[i].message;
    return MT940_M_PART_CONTENT;
}

int mt940_report_issues(struct mt940_reader *reader, const struct mt940_item *item, const struct mt940_issues *issues)
{
    int status = 0;
    for (size_t i = 0; i < issues->count && status == 0; i++) {
        const struct mt940_issue *issue = &issues->list[i];
        const struct mt940_message_arg args[3] = {mt940_argument_message("what", part_of(issue->subfield)),
                                                  mt940_argument_word("tag", item->tag.text),
                                                  mt940_argument_word("currency", reader->message.unit.currency)};
        struct mt940_place place;
        mt940_place_in(item, issue->position, issue->subfield, &place);
        status = mt940_report(reader, issue->message, &place, args, 3);
    }
    return status;
}

int mt940_report_field(struct mt940_reader *reader, int32_t message, const struct mt940_item *item)
{
    struct mt940_issues issues;
    mt940_issues_init(&issues);
    mt940_issue_add(&issues, message, 0, "");
    return mt940_report_issues(reader, item, &issues);
}
