/* SPDX-License-Identifier: Apache-2.0
 *
 * test_lesson.c: what choices teach, how lessons fade, and what the matcher makes of them
 * (matching.md §3.1 evidence 6, trap 11).
 */
#include "describe.h"
#include "mt940connect/lesson.h"
#include "mt940connect/schema.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define DAY INT64_C(86400)
#define KNOWN "TR780006701000000011111111"
#define FOREIGN "TR200006400000012034000123"
#define COLLECTOR "TR930005900214000000077701"
#define OWN "TR550011100000000012345678"

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static struct mt940_directory *directory;

static void add(struct mt940_directory_builder *builder, int32_t kind, const void *record)
{
    assert_int_equal(mt940_directory_builder_add(builder, kind, record, NULL), MT940_OK);
}

static int set_up(void **state)
{
    const struct mt940_company company = {.code = view("001"), .title = view("\xC3\x96rnek G\xC4\xB1" "da A.\xC5\x9E.")};
    const struct mt940_bank_account own[] = {{.code = view("GAR"), .iban = view("TR140006200119000001234567")},
                                             {.code = view("QNB"), .iban = view(OWN)}};
    const struct mt940_customer customers[] = {{.code = view("A"), .name = view("YILDIZ MARKET"), .active = 1},
                                               {.code = view("B"), .name = view("DOGAN GIDA"), .active = 1},
                                               {.code = view("C"), .name = view("KAYA INSAAT"), .active = 0}};
    const struct mt940_customer_bank banks[] = {
        {.customer = view("A"), .slot = 1, .iban = view(KNOWN)},
        {.customer = view("B"), .slot = 1, .iban = view(COLLECTOR), .collector = 1}};
    struct mt940_directory_builder *builder;

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company.code, NULL, &builder, NULL), MT940_OK);
    add(builder, MT940_KIND_COMPANY, &company);
    for (size_t i = 0; i < COUNT(own); i++)
        add(builder, MT940_KIND_BANK_ACCOUNT, &own[i]);
    for (size_t i = 0; i < COUNT(customers); i++)
        add(builder, MT940_KIND_CUSTOMER, &customers[i]);
    for (size_t i = 0; i < COUNT(banks); i++)
        add(builder, MT940_KIND_CUSTOMER_BANK, &banks[i]);
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mt940_directory_free(directory);
    return 0;
}

/* 'c' = chosen, 'r' = refused, 'b' = taken back, a digit = so many hundred days pass. */
static void run(const char *events, struct mt940_lesson *lesson, int64_t *now)
{
    *now = 20000 * DAY;
    for (; *events; events++) {
        if (*events >= '0' && *events <= '9')
            *now += (*events - '0') * 100 * DAY;
        else
            assert_int_equal(mt940_lesson_teach(NULL, *events == 'c'   ? MT940_LESSON_CONFIRMED
                                                      : *events == 'r' ? MT940_LESSON_REJECTED
                                                                       : MT940_LESSON_TAKEN_BACK,
                                                *now, lesson),
                             MT940_OK);
    }
}

static void choices_add_up_and_fade(void **state)
{
    static const struct {
        const char *events;
        int32_t strength, decides, refused;
    } cases[] = {
        {"", 0, 0, 0},          {"c", 1000, 0, 0},      {"cc", 2000, 0, 0},    {"ccc", 3000, 1, 0},
        {"ccc1", 1783, 1, 0},   {"ccc3", 578, 0, 0},    {"ccc3c", 1578, 1, 0}, {"cc1c", 2189, 1, 0},
        {"cccr", 3000, 0, 1},   {"cccrc", 4000, 1, 0},  {"cccrcrc", 5000, 0, 0}, {"r", 0, 0, 1},
        {"rccc", 3000, 1, 0},   {"cccb", 2000, 0, 0},   {"cbbb", 0, 0, 0},     {"ccc9999", 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_lesson lesson = {.revision = 0};
        struct mt940_lesson_worth worth = {.size = sizeof(worth)};
        int64_t now;

        run(cases[i].events, &lesson, &now);
        assert_int_equal(mt940_lesson_weigh(NULL, &lesson, now, &worth), MT940_OK);
        if (worth.strength != cases[i].strength || worth.decides != cases[i].decides ||
            worth.refused != cases[i].refused)
            fail_msg("%s: %d %d %d", cases[i].events, worth.strength, worth.decides, worth.refused);
        assert_true(worth.weight >= 0 && worth.weight <= 4500);
        /* A clock that went back makes nothing of it. */
        assert_int_equal(mt940_lesson_weigh(NULL, &lesson, 0, &worth), MT940_OK);
    }
}

static void numbers_out_of_range_stay_in_it(void **state)
{
    struct mt940_lesson lesson = {.confirmed = INT64_MAX, .rejected = INT64_MAX, .strength = INT64_MAX, .at = INT64_MIN};
    struct mt940_lesson_worth worth = {.size = sizeof(worth)};

    (void)state;
    assert_int_equal(mt940_lesson_teach(NULL, MT940_LESSON_CONFIRMED, INT64_MAX, &lesson), MT940_OK);
    assert_int_equal(mt940_lesson_weigh(NULL, &lesson, INT64_MAX, &worth), MT940_OK);
    assert_int_equal(worth.strength, 1000000);
    assert_int_equal(worth.weight, 0);
    lesson.at = 1;
    lesson.strength = INT64_MIN;
    assert_int_equal(mt940_lesson_weigh(NULL, &lesson, INT64_MAX, &worth), MT940_OK);
    assert_int_equal(worth.strength, 0);
}

static void misuse_is_refused(void **state)
{
    struct mt940_lesson_policy policy;
    struct mt940_lesson lesson = {.revision = 0};
    struct mt940_lesson_worth worth = {.size = sizeof(worth)};

    (void)state;
    mt940_lesson_policy_init(&policy);
    assert_int_equal(mt940_lesson_teach(&policy, 0, 1, &lesson), MT940_E_ARGUMENT);
    assert_int_equal(mt940_lesson_teach(&policy, MT940_LESSON_CONFIRMED, 1, NULL), MT940_E_ARGUMENT);
    policy.half_life = 0;
    assert_int_equal(mt940_lesson_weigh(&policy, &lesson, 1, &worth), MT940_E_ARGUMENT);
    worth.size = 1;
    assert_int_equal(mt940_lesson_weigh(NULL, &lesson, 1, &worth), MT940_E_ARGUMENT);
    assert_int_equal(mt940_lesson_keys_read(NULL, NULL, NULL), MT940_E_ARGUMENT);
}

static void read_facts(const char *narrative, const char *reference, int32_t sign, struct mt940_facts *facts)
{
    struct mt940_facts_input input = {.size = sizeof(input), .sign = sign, .own_bank = view("0062"),
                                      .own_iban = view("TR140006200119000001234567"), .narrative = view(narrative),
                                      .customer_reference = view(reference)};

    facts->size = sizeof(*facts);
    assert_int_equal(mt940_facts_read(&input, facts), MT940_OK);
}

static void keys_of_movements(void **state)
{
    static const struct {
        const char *text, *reference, *expected;
    } cases[] = {
        {"GELEN EFT " FOREIGN " KIRA", "", "iban " FOREIGN},
        {"GELEN EFT " KNOWN, "", "iban " KNOWN},
        /* decision 2 */
        {"DBS AKTARIM", FOREIGN, "text DBS AKTARIM"},
        {"DOGAN ADINA " COLLECTOR, "", "text DOGAN ADINA"},
        {"VIRMAN " OWN, "", ""},
        {"GONDEREN BILINMIYOR " FOREIGN " " KNOWN, "", "iban " FOREIGN},
        {FOREIGN " " KNOWN, "", ""},
        {"Eylul kiras\xC4\xB1 15.09.2026 SORGU 0123456 K\xC4\xB1l\xC4\xB1\xC3\xA7" "arslan Konutlar\xC4\xB1", "",
         "text EYLUL KIRASI SORGU KILICARSLAN KONUTLARI"},
        {"GELEN HAVALE 12345", "", ""},
        {"", "", ""},
        {"AB 12", "", ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_lesson_keys keys = {.size = sizeof(keys)};
        struct mt940_facts facts;
        struct list list = {.length = 0};

        read_facts(cases[i].text, cases[i].reference, 1, &facts);
        assert_int_equal(mt940_lesson_keys_read(directory, &facts, &keys), MT940_OK);
        for (uint32_t k = 0; k < keys.count; k++)
            say(&list, "%s%s %s", k ? " | " : "", mt940_enum_name(MT940_ENUM_LESSON_BASIS, keys.key[k].basis, ""),
                keys.key[k].value);
        list.text[list.length] = 0;
        if (strcmp(list.text, cases[i].expected) != 0)
            fail_msg("%s: \"%s\"", cases[i].text, list.text);
    }
}

/* A long text is told from another that begins alike, and stays a key a store may hold. */
static void long_texts_are_told_apart(void **state)
{
    char text[900];
    struct mt940_lesson_keys keys[2] = {{.size = sizeof(keys[0])}, {.size = sizeof(keys[0])}};

    (void)state;
    for (size_t i = 0; i < sizeof(text) - 1; i++)
        text[i] = i % 9 == 8 ? ' ' : (char)('A' + i % 23);
    text[sizeof(text) - 1] = 0;
    for (int i = 0; i < 2; i++) {
        struct mt940_facts facts;

        text[sizeof(text) - 2] = (char)('X' + i);
        read_facts(text, "", 1, &facts);
        assert_int_equal(mt940_lesson_keys_read(directory, &facts, &keys[i]), MT940_OK);
        assert_int_equal(keys[i].count, 1);
        assert_int_equal(keys[i].key[0].length, strlen(keys[i].key[0].value));
        assert_true(keys[i].key[0].length < MT940_LESSON_VALUE);
    }
    assert_string_not_equal(keys[0].key[0].value, keys[1].key[0].value);
    assert_memory_equal(keys[0].key[0].value, keys[1].key[0].value, 200);
}

/* Lessons as "CUSTOMER EVENTS" pairs, all about the first key; then what is decided. */
static const struct {
    const char *what, *text;
    int32_t sign;
    const char *lessons[4];
    const char *expected;
} decisions[] = {
    {"one choice is a suggestion", "GELEN EFT " FOREIGN, 1, {"A", "c"},
     "suggest !weak + " FOREIGN " | A memory"},
    {"two are", "GELEN EFT " FOREIGN, 1, {"A", "cc"}, "suggest !weak + " FOREIGN " | A memory"},
    {"three decide", "GELEN EFT " FOREIGN, 1, {"A", "ccc"}, "auto A/0 + " FOREIGN " | A memory"},
    {"not for ever", "GELEN EFT " FOREIGN, 1, {"A", "ccc3"}, "suggest !weak + " FOREIGN " | A memory"},
    {"a card that is not active", "GELEN EFT " FOREIGN, 1, {"C", "ccc"},
     "suggest !inactive + " FOREIGN " | C memory !inactive"},
    {"a card that is gone", "GELEN EFT " FOREIGN, 1, {"X", "ccc"}, "none + " FOREIGN},
    {"two customers of one payer", "GELEN EFT " FOREIGN, 1, {"A", "ccc", "B", "ccc"},
     "ask + " FOREIGN " | A memory | B memory"},
    {"refused: not proposed", "GELEN EFT " FOREIGN, 1, {"A", "cccr"}, "none + " FOREIGN},
    {"refused: the other is", "GELEN EFT " FOREIGN, 1, {"A", "cccr", "B", "c"},
     "suggest !weak + " FOREIGN " | B memory"},
    {"refused once, chosen again", "GELEN EFT " FOREIGN, 1, {"A", "cccrc"}, "auto A/0 + " FOREIGN " | A memory"},
    {"refused twice decides no more", "GELEN EFT " FOREIGN, 1, {"A", "cccrcrccccc"},
     "suggest !weak + " FOREIGN " | A memory"},
    {"an IBAN of the books that a person refused", "EFT " KNOWN, 1, {"A", "r", "B", "c"},
     "suggest !weak,rejected | B memory"},
    {"and the other, in the end", "EFT " KNOWN, 1, {"A", "r", "B", "ccc"}, "auto B/0 !rejected | B memory"},
    {"refused, and nobody else", "EFT " KNOWN, 1, {"A", "r"}, "none !rejected"},
    {"an IBAN of the books against what was learned", "EFT " KNOWN, 1, {"B", "ccc"},
     "conflict !contradiction | A iban !contradiction | B memory !contradiction"},
    {"both agree", "EFT " KNOWN, 1, {"A", "ccc"}, "auto A/1 | A iban memory"},
    {"a text", "KIRA BEDELI MARMARA", -1, {"B", "ccc"}, "auto B/0 | B memory"},
    {"a name beside it", "YILDIZ MARKET KIRA BEDELI", 1, {"A", "ccc"}, "auto A/0 | A memory name"},
    {"a name refused", "YILDIZ MARKET KIRA BEDELI", 1, {"A", "r"}, "none !rejected"},
};

struct scene {
    struct mt940_facts facts;
    struct mt940_lesson_keys keys;
    struct mt940_lesson lessons[2];
    struct mt940_match_input input;
    struct mt940_match match;
};

static void prepare(struct scene *scene, const char *text, int32_t sign, const char *const *lessons)
{
    memset(scene, 0, sizeof(*scene));
    read_facts(text, "", sign, &scene->facts);
    scene->keys.size = sizeof(scene->keys);
    assert_int_equal(mt940_lesson_keys_read(directory, &scene->facts, &scene->keys), MT940_OK);
    assert_true(scene->keys.count > 0);
    scene->input = (struct mt940_match_input){.size = sizeof(scene->input), .facts = &scene->facts, .sign = sign,
                                              .own_account = view("GAR"), .lesson_keys = &scene->keys,
                                              .lessons = scene->lessons, .now = 20000 * DAY};
    for (int i = 0; i < 4 && lessons[i]; i += 2) {
        struct mt940_lesson *lesson = &scene->lessons[scene->input.lesson_count++];

        *lesson = (struct mt940_lesson){.bank_account = view("GAR"), .basis = scene->keys.key[0].basis,
                                        .side = sign < 0 ? MT940_SIDE_DEBIT : MT940_SIDE_CREDIT,
                                        .value = view(scene->keys.key[0].value), .customer = view(lessons[i])};
        run(lessons[i + 1], lesson, &scene->input.now);
    }
    scene->match.size = sizeof(scene->match);
}

static void lessons_decide_and_suggest(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(decisions); i++) {
        struct scene scene;
        struct list list;

        prepare(&scene, decisions[i].text, decisions[i].sign, decisions[i].lessons);
        assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
        describe_match(&scene.match, &list);
        if (strcmp(list.text, decisions[i].expected) != 0)
            fail_msg("%s: %s", decisions[i].what, list.text);
    }
}

/* What was learned of one account and side says nothing of another, and a person stands above it. */
static void lessons_hold_for_their_key_only(void **state)
{
    static const char *const three[4] = {"A", "ccc"}, *const refused[4] = {"A", "r"};
    struct scene scene;
    struct list list;

    (void)state;
    prepare(&scene, "EFT " FOREIGN, 1, three);
    scene.input.own_account = view("QNB");
    assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
    assert_int_equal(scene.match.decision, MT940_MATCH_NONE);
    prepare(&scene, "EFT " FOREIGN, 1, three);
    scene.input.sign = -1;
    assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
    assert_int_equal(scene.match.decision, MT940_MATCH_NONE);
    prepare(&scene, "EFT " FOREIGN, 1, three);
    scene.lessons[0].value = view(KNOWN);
    assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
    assert_int_equal(scene.match.decision, MT940_MATCH_NONE);
    prepare(&scene, "EFT " KNOWN, 1, refused);
    scene.input.chosen_customer = view("A");
    assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
    describe_match(&scene.match, &list);
    assert_string_equal(list.text, "auto A/1 | A user iban");
}

/* The sentence of a lesson, in both languages. */
static void a_lesson_says_what_it_is(void **state)
{
    static const char *const three[4] = {"A", "ccc"};
    struct mt940_message_arg args[4];
    struct scene scene;
    char text[200];
    size_t count;

    (void)state;
    prepare(&scene, "EFT " FOREIGN, 1, three);
    assert_int_equal(mt940_match_movement(directory, &scene.input, &scene.match), MT940_OK);
    count = mt940_evidence_args(&scene.match.candidates[0], &scene.match.candidates[0].evidence[0], args);
    assert_true(mt940_message_format(scene.match.candidates[0].evidence[0].message, args, count, "en", text,
                                     sizeof(text)) > 0);
    assert_string_equal(text, "for IBAN " FOREIGN " a person chose A (3\xC3\x97)");
    assert_true(mt940_message_format(scene.match.candidates[0].evidence[0].message, args, count, "tr", text,
                                     sizeof(text)) > 0);
    assert_string_equal(text, "IBAN " FOREIGN " i\xC3\xA7in A elle se\xC3\xA7ildi (3\xC3\x97)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(choices_add_up_and_fade),
        cmocka_unit_test(numbers_out_of_range_stay_in_it),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(keys_of_movements),
        cmocka_unit_test(long_texts_are_told_apart),
        cmocka_unit_test(lessons_decide_and_suggest),
        cmocka_unit_test(lessons_hold_for_their_key_only),
        cmocka_unit_test(a_lesson_says_what_it_is),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
