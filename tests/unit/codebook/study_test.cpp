// SPDX-License-Identifier: MIT
#include "codebook/study.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "refusal.h"

namespace sondeo {
namespace {

std::string refused(const std::string& text) {
  return refusal_of([&] { parse_study(text, "s.toml"); });
}

// The refusal of one question, whose first line is line 1.
std::string refused_question(const std::string& lines) {
  return refused("[[question]]\nname = \"q\"\n" + lines);
}

const StudyQuestion& question(const Study& study, const std::string& name) {
  for (const auto& each : study.questions)
    if (each.name == name) return each;
  FAIL("no question " << name);
  return study.questions[0];
}

// The study that docs/study.md shows.
std::string documented() {
  std::ifstream file(SONDEO_SOURCE_DIR "/docs/study.md");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::string fence = "```toml\n";
  const auto start = text.find(fence) + fence.size();
  return text.substr(start, text.find("\n```", start) + 1 - start);
}

}  // namespace

TEST_CASE("study: the documented one is read as it says") {
  const auto study = parse_study(documented(), "study.toml");
  CHECK(study.file == "study.toml");
  CHECK(study.name == "city-2026");
  CHECK(study.title.in("es") == "Encuesta municipal 2026");
  CHECK(study.languages == std::vector<std::string>{"en", "es"});
  CHECK(study.data == "city-2026.csv");
  CHECK(study.weight == "w");
  CHECK(study.wave == "wave");
  CHECK(study.format.delimiter == ";");
  CHECK(study.format.missing == std::vector<std::string>{"NA", "-"});
  CHECK(study.weights.at(0).margins == std::vector<std::string>{"district", "age3"});
  CHECK(study.design.strata == std::vector<std::string>{"district"});
  CHECK(study.questions.size() == 14);

  const auto& overall = question(study, "overall");
  CHECK(overall.kind == StudyKind::scale);
  CHECK(overall.columns == std::vector<std::string>{"q1"});
  CHECK(overall.list == "sat5");
  REQUIRE(overall.codes.size() == 6);
  CHECK(overall.codes[4].label.in("es") == "Muy satisfecho");
  CHECK(overall.codes[5].missing == MissingKind::dont_know);
  CHECK(overall.codes[5].in_base);
  CHECK(overall.nets.size() == 2);
  CHECK(overall.boxes == std::vector<std::string>{"top2", "bottom2"});

  const auto& used = question(study, "used");
  CHECK(used.form == MultipleForm::flags);
  CHECK(used.codes.at(1).column == "q3_2");
  const auto& channels = question(study, "channels");
  CHECK(channels.form == MultipleForm::joined);
  CHECK(channels.separator == "; ");
  CHECK(channels.codes.at(0).values == std::vector<std::string>{"Email", "Correo"});
  const auto& why_not = question(study, "why_not");
  REQUIRE(why_not.asked);
  CHECK(print_expr(*why_not.asked) == "any(used, 'none')");
  CHECK(why_not.asked_text.in("en") == "those who used none");
  CHECK(question(study, "services").items.at(1).name == "parks");
  CHECK(question(study, "age").least == 16);
  CHECK(question(study, "age").unit.in("es") == "años");
  CHECK(question(study, "interviewed").format == "%d/%m/%Y");
  CHECK(question(study, "age3").bands->cuts == std::vector<double>{16, 35, 55});
  CHECK(question(study, "rider").derived());
  CHECK(question(study, "district_age").cross == std::vector<std::string>{"district", "age3"});
  CHECK(print_expr(*question(study, "decades").value) == "age / 10");
  CHECK(question(study, "decades").at.line > question(study, "rider").at.line);
}

TEST_CASE("texts: by language, plain, first") {
  const auto study = parse_study(
      "[[question]]\nname = \"q\"\nopen_codes = true\n"
      "text = { es = \"hola\", en = \"hello\", fr = \"\" }\nlabel = \"\"\n",
      "s");
  const auto& text = study.questions[0].text;
  CHECK(text.in("en") == "hello");
  CHECK(text.in("es") == "hola");
  CHECK(text.in("fr") == "hola");
  CHECK(Texts{{{"en", "hello"}, {"", "plain"}}}.in("fr") == "plain");
  CHECK(Texts{}.in("en") == "");
  CHECK(study.questions[0].label.empty());
  // In the order of the file, which TOML does not keep.
  CHECK(study.languages == std::vector<std::string>{"es", "en"});
}

TEST_CASE("study: what is no TOML is told at its place") {
  CHECK(refused("").find("1:1 [study-empty] the study has no question") == 0);
  CHECK(refused("[study]\nname = \"x\"\n").find("1:1 [study-empty]") == 0);
  CHECK(refused("[[question]]\nname = q1\n") ==
        "2:8 [study-syntax] could not determine value type (in a value): name = q1 | a text stands "
        "in quotes: \"text\"");
  CHECK(refused("[[question]]\nname = \"q1\n") ==
        "2:11 [study-syntax] a text in quotes is not closed in its line: name = \"q1 | a text over "
        "several lines stands between three quotes");
  CHECK(refused("[[question]]\nname = \"ñ\"\nname = \"b\"\n") ==
        "3:8 [study-syntax] cannot redefine existing string 'name' (in a key-value pair): name = "
        "\"b\"");
  for (const std::string value : {"[1,\n", "[ }", "[1, }]", "[ #", "{ a = ] }", "]", ",", "}"})
    CHECK(refused("x = " + value).find("[study-syntax]") != std::string::npos);
  CHECK(refused("x = [1,\n").find("the file seems to be cut off") != std::string::npos);
  CHECK(refused("[[question]]\nname = \"a\xFF\"\n") ==
        "2:10 [study-syntax] the byte \\xff is no UTF-8 | save the study file as UTF-8");
  CHECK(refused(std::string("a = 1\nb\0 = 2\n", 13)) ==
        "2:2 [study-syntax] a byte 0: this is no text file");
}

TEST_CASE("study: what is very deep or very large is refused in time") {
  const auto repeat = [](std::size_t times, const std::string& part) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += part;
    return out;
  };
  const auto is_refused = [](const std::string& text) {
    return refused(text).find("[study-syntax]") != std::string::npos;
  };
  CHECK(is_refused("a = " + repeat(1 << 20, "[")));
  CHECK(is_refused("a = " + repeat(1 << 20, "{a=")));
  CHECK(is_refused(repeat(1 << 20, "a.") + "a = 1"));
  CHECK(is_refused("[" + repeat(1 << 20, "a.") + "a]"));
  CHECK(is_refused("[" + repeat(1 << 20, "'a' . ") + "a]"));
  CHECK(is_refused("a = { " + repeat(1 << 20, "\"a\".") + "a = 1 }"));
  // A string that ends in several quotes does not hide what follows it.
  CHECK(is_refused("b = \"\"\"x\"\"\"\"\"\n" + repeat(1 << 20, "a.") + "a = 1"));
  CHECK(is_refused("b = '''x''''\n" + repeat(1 << 20, "a.") + "a = 1"));
  CHECK(refused(repeat(33, "a.") + "a = 1").find("1:64 [study-syntax] a key of more than 32") == 0);
  CHECK(refused(std::string((16 << 20) + 1, '#'))
            .find("0:0 [study-syntax] a study file of more than 16 MiB") == 0);
  CHECK(refused(std::string(16 << 20, '\n')).find("[study-empty]") != std::string::npos);
}

TEST_CASE("study: unknown keys are told with the nearest") {
  CHECK(refused("[sutdy]\n[[question]]\nname = \"q\"\n") ==
        "1:2 [study-key] the study file has no key 'sutdy' | did you mean 'study'?");
  CHECK(refused_question("colum = \"q1\"\n") ==
        "3:1 [study-key] question q has no key 'colum' | did you mean 'column'?");
  CHECK(refused_question("codes = [ { code = 1, lable = \"x\" } ]") ==
        "3:23 [study-key] a code of question q has no key 'lable' | did you mean 'label'?");
  CHECK(refused("[study]\nlanguage = [\"en\"]\n[[question]]\nname = \"q\"\n") ==
        "2:1 [study-key] [study] has no key 'language' | did you mean 'languages'?");
  CHECK(refused("[[question]]\ncodes = [ { code = 1 } ]\n") ==
        "1:1 [study-key] the question has no 'name' | add name = \"...\"");
  CHECK(refused_question("min = 3\nopen_codes = true") ==
        "3:7 [study-key] question q: 'min' is no key of a question of kind single | it belongs to "
        "the kinds number, allocation");
}

TEST_CASE("study: types are checked") {
  CHECK(refused_question("column = 3") ==
        "3:10 [study-type] question q: 'column' is a text, found the number 3 | put it in quotes: "
        "\"3\"");
  CHECK(refused("[[question]]\nname = 2020\n") ==
        "2:8 [study-type] the question: 'name' is a text, found the number 2020 | put it in "
        "quotes: \"2020\"");
  CHECK(refused_question("open_codes = \"yes\"") ==
        "3:14 [study-type] question q: 'open_codes' is true or false, found the text 'yes'");
  CHECK(refused_question("codes = []") ==
        "3:9 [study-type] question q: 'codes' is an array of tables, found an empty array");
  CHECK(refused_question("codes = [1, 2]") ==
        "3:10 [study-type] a code of question q is a table, found the number 1");
  CHECK(refused_question("codes = [ { code = 1.5 } ]") ==
        "3:20 [study-type] a code of question q: 'code' is a whole number or a text, found the "
        "number 1.5 | put it in quotes, as the data have it");
  CHECK(refused_question("kind = \"numeric\"") ==
        "3:8 [study-type] question q: 'kind' cannot be 'numeric' | it is one of single, multiple, "
        "scale, grid, number, rank, allocation, date, text, id, weight, maxdiff");
  CHECK(refused_question("kind = \"singel\"").find("did you mean 'single'?") != std::string::npos);
  CHECK(refused_question("kind = \"number\"\nmin = inf") ==
        "4:7 [study-type] question q: 'min' is a number, found a number that is not finite");
  CHECK(refused_question("kind = \"number\"\nmin = 3\nmax = 2") ==
        "4:7 [study-type] question q: 'min' is above 'max'");
  CHECK(refused_question("text = [\"x\"]") ==
        "3:8 [study-type] question q: 'text' is a text, or a table of texts by language, found an "
        "array");
  CHECK(refused_question("text = { en = 1 }") ==
        "3:15 [study-type] question q: 'text.en' is a text, found the number 1 | put it in quotes");
  CHECK(refused_question("format = 1979-05-27\nkind = \"date\"") ==
        "3:10 [study-type] question q: 'format' is a text, found a date or time | put it in "
        "quotes");
  CHECK(refused("[format]\ndelimiter = \";;\"\n[[question]]\nname = \"q\"") ==
        "2:13 [study-type] [format]: 'delimiter' is one character or the word tab, not ';;'");
  CHECK(refused("[[question]]\nname = \" q\"\n") ==
        "2:8 [study-type] question q: 'name' has blanks around it: ' q'");
  CHECK(refused("[[question]]\nname = \"#12\"\n") ==
        "2:8 [study-type] question #12: '#12' stands for a column's position");
}

TEST_CASE("study: what stands twice is told with the first") {
  const std::string q = "[[question]]\nname = \"q\"\nopen_codes = true\n";
  CHECK(refused(q + q) ==
        "4:1 [study-duplicate] two questions are called 'q' | the first stands in line 1");
  CHECK(refused(q + "[[question]]\nname = \"g\"\nkind = \"grid\"\nopen_codes = true\n"
                    "items = [ { name = \"q\" } ]\n") ==
        "8:11 [study-duplicate] two questions are called 'q' | the first stands in line 1");
  CHECK(refused_question("codes = [ { code = 1 },\n { code = \"1\" } ]") ==
        "4:11 [study-duplicate] question q has the code '1' twice | the first stands in line 3");
  CHECK(refused_question("codes = [ { code = 1 },\n { code = \"1.0\" } ]") ==
        "4:11 [study-duplicate] question q: '1.0' is the same number as code '1' | cells that are "
        "equal as numbers are the same answer");
  CHECK(refused_question("codes = [ { code = 1, values = [\"Yes\", \"Y\"] },\n"
                         " { code = 2, values = [\"No\", \"Y\"] } ]") ==
        "4:23 [study-duplicate] question q: 'Y' is in the data both code '1' and '2'");
  CHECK(refused_question("codes = [ { code = 1 }, { code = 2 } ]\n"
                         "nets = [ { name = \"1\", of = [1] } ]") ==
        "4:19 [study-duplicate] question q: a net is called '1' like a code | give the net another "
        "name");
  CHECK(refused_question("codes = [ { code = 1 } ]\n"
                         "nets = [ { name = \"n\", of = [1] }, { name = \"n\", of = [1] } ]") ==
        "4:45 [study-duplicate] question q: two nets are called 'n' | the first stands in line 4");
  CHECK(refused_question("codes = [ { code = 1 } ]\nnets = [ { name = \"n\", of = [1, 1] } ]") ==
        "4:33 [study-duplicate] question q: net 'n' has '1' twice");
  const std::string list = "[[list]]\nname = \"l\"\ncodes = [ { code = 1 } ]\n";
  CHECK(refused(list + list + q) == "5:8 [study-duplicate] two lists are called 'l'");
  CHECK(refused("[[weight]]\nname = \"w\"\n[[weight]]\nname = \"w\"\n" + q) ==
        "4:8 [study-duplicate] two weights are called 'w'");
  CHECK(refused("[study]\nlanguages = [\"en\", \"en\"]\n" + q) ==
        "2:13 [study-duplicate] [study]: the language 'en' stands twice");
}

TEST_CASE("study: what is referred to must be there") {
  const std::string q = "[[question]]\nname = \"region\"\nopen_codes = true\n";
  CHECK(refused("[study]\nweight = \"w\"\n" + q) ==
        "2:10 [study-reference] there is no weight 'w' | describe it: [[weight]] name = \"w\"");
  CHECK(refused("[study]\nweight = \"w1\"\n[[weight]]\nname = \"w\"\n" + q) ==
        "2:10 [study-reference] there is no weight 'w1' | did you mean 'w'?");
  CHECK(refused("[study]\nwave = \"regoin\"\n" + q) ==
        "2:8 [study-reference] there is no question 'regoin' | did you mean 'region'?");
  CHECK(refused("[study]\nlanguages = [\"en\"]\ntitle = { en = \"a\", sp = \"b\" }\n" + q) ==
        "3:26 [study-reference] [study]: the study has no language 'sp' | its languages are en");
  CHECK(refused(q + "[[list]]\nname = \"agree5\"\ncodes = [ { code = 1 } ]\n"
                    "[[question]]\nname = \"q\"\nlist = \"agree\"\n") ==
        "9:8 [study-reference] question q: there is no list 'agree' | did you mean 'agree5'?");
  CHECK(refused(q + "[[question]]\nname = \"q\"\nopen_codes = true\nasked = \"3 = regio\"\n") ==
        "7:14 [study-reference] question q: there is no question 'regio' | did you mean 'region'?");
  // A text with escapes: where it begins.
  CHECK(refused(q + "[[question]]\nname = \"q\"\nopen_codes = true\nasked = \"\\u0033 = regio\"\n")
            .find("7:9 ") == 0);
  CHECK(refused(q + "[[question]]\nname = \"q\"\nopen_codes = true\nasked = 'regio = \"a\"'\n")
            .find("7:10 ") == 0);
  CHECK(refused(q + "[[question]]\nname = \"q\"\nbands = { of = \"region\", cuts = [1] }\n") ==
        "6:16 [study-reference] question q: bands of 'region', which is no number");
  CHECK(refused(q + "[[question]]\nname = \"q\"\ncross = [\"region\", \"aeg\"]\n") ==
        "6:10 [study-reference] question q: crosses 'region', whose answers are not all listed "
        "(open_codes)");
  CHECK(refused_question("codes = [ { code = 1 } ]\nnets = [ { name = \"n\", of = [1, 2] } ]") ==
        "4:33 [study-reference] question q: net 'n' has '2', which is no code and no net | did you "
        "mean '1'?");
  CHECK(refused_question("codes = [ { code = 1 } ]\nnets = [ { name = \"a\", of = [\"b\"] }, "
                         "{ name = \"b\", of = [\"a\", 1] } ]") ==
        "4:10 [study-reference] question q: net 'a' is part of itself");
  CHECK(refused("[design]\nstrata = [\"m\"]\n[[question]]\nname = \"m\"\nkind = \"multiple\"\n"
                "column = \"x\"\nopen_codes = true\n") ==
        "2:10 [study-reference] 'strata': 'm' has several answers a respondent");
  CHECK(refused("[[weight]]\nname = \"w\"\nmargins = [\"regio\"]\n" + q) ==
        "3:11 [study-reference] there is no question 'regio' for a margin of weight 'w' | did you "
        "mean 'region'?");
  CHECK(refused("[[question]]\nname = \"g\"\nkind = \"grid\"\nopen_codes = true\n"
                "items = [ { name = \"i\" } ]\nasked = \"g = 1\"\n") ==
        "6:10 [study-reference] question g: 'g' has several items and no answer of its own | name "
        "one of them, such as 'i'");
}

TEST_CASE("study: what is made from itself is refused, however far round") {
  const auto when = [](const std::string& name, const std::string& of) {
    return "[[question]]\nname = \"" + name + "\"\ncodes = [ { code = 1, when = \"" + of +
           " = 1\" } ]\n";
  };
  CHECK(refused(when("a", "a")) == "1:1 [study-reference] a needs itself");
  CHECK(refused(when("a", "b") + when("b", "c") + when("c", "a")) ==
        "1:1 [study-reference] a needs b, which needs c, which needs a");
  std::string chain = "[[question]]\nname = \"q0\"\ncodes = [ { code = 1 } ]\n";
  for (int i = 1; i <= 100; ++i)
    chain += when("q" + std::to_string(i), "q" + std::to_string(i - 1));
  CHECK(refused(chain) == "accepted");
  CHECK(refused(chain + when("q101", "q100")).find("[study-reference] question q101 is made") !=
        std::string::npos);
}

TEST_CASE("study: expressions are told at their character") {
  CHECK(refused_question("open_codes = true\nasked = \"q = = 1\"").find("4:14 [expr-syntax]") == 0);
  CHECK(refused_question("open_codes = true\nasked = 'ñ = = 1'").find("4:14 [expr-syntax]") == 0);
  CHECK(refused_question("open_codes = true\nasked = \"\"\"q = = 1\"\"\"").find("4:9 ") == 0);
  CHECK(refused_question("codes = [ { code = 1, when = \"q +\" } ]").find("3:34 [expr-syntax]") ==
        0);
}

TEST_CASE("study: answers in expressions are answers of their questions") {
  const std::string role =
      "[[question]]\nname = \"role\"\ncodes = [ { code = 1, label = \"Officer\" } ]\n";
  const auto asked = [&](const std::string& text) {
    return refused(role + "[[question]]\nname = \"q\"\nopen_codes = true\nasked = " + text + "\n");
  };
  CHECK(asked("\"role = 'officer'\"") == "accepted");
  CHECK(
      asked("\"role = 'Oficer'\"") ==
      "7:17 [unknown-answer] question q: 'Oficer' is no answer of role | did you mean 'Officer'?");
  CHECK(asked("\"role = 3\"").find("7:17 [unknown-answer]") == 0);
  CHECK(
      refused(role + "[[question]]\nname = \"q\"\ncodes = [ { code = 1, when = \"role = 3\" } ]\n")
          .find("6:38 [unknown-answer]") == 0);
  CHECK(refused("[[question]]\nname = \"n\"\nkind = \"number\"\nvalue = \"1 = 1\"\n").find("4:") ==
        0);
}

TEST_CASE("study: each kind has what it needs") {
  const std::string list = "[[list]]\nname = \"l\"\ncodes = [ { code = 1 }, { code = 2 } ]\n";
  const auto message = [](const std::string& lines) {
    const auto text = refused_question(lines);
    return text.substr(0, text.find(" | "));
  };
  CHECK(message("") == "1:1 [study-key] question q: no codes");
  CHECK(message("kind = \"scale\"") == "3:8 [study-key] question q: no codes");
  CHECK(message("kind = \"grid\"") == "3:8 [study-key] question q: no 'items'");
  CHECK(message("kind = \"multiple\"") == "3:8 [study-key] question q: no codes");
  CHECK(message("kind = \"multiple\"\nform = \"flags\"") ==
        "3:8 [study-key] question q: no columns");
  CHECK(message("kind = \"multiple\"\ncodes = [ { code = 1, column = \"a\" },\n { code = 2 } ]") ==
        "5:2 [study-key] question q: code '2' has no 'column', others have");
  CHECK(
      message("kind = \"multiple\"\ncolumns = \"a*\"\ncodes = [ { code = 1, column = \"a\" } ]") ==
      "4:11 [study-key] question q: columns of its own and of its codes");
  CHECK(message("codes = [ { code = 1, column = \"a\" } ]") ==
        "3:32 [study-key] question q: code '1' has a column, which is for kind = \"multiple\"");
  CHECK(message("codes = [ { code = 1, when = \"true\" },\n { code = 2 } ]") ==
        "4:2 [study-key] question q: code '2' has no 'when', others have");
  CHECK(message("kind = \"multiple\"\ncodes = [ { code = 1, when = \"true\", column = \"a\" } ]") ==
        "4:47 [study-key] question q: code '1' has both 'when' and 'column'");
  CHECK(message("column = \"a\"\ncodes = [ { code = 1, when = \"true\" } ]") ==
        "3:10 [study-key] question q: made from other questions, so without 'column'");
  CHECK(message("cross = [\"a\"]") ==
        "3:9 [study-key] question q: crosses fewer than two questions");
  CHECK(message("codes = [ { code = 1 } ]\nboxes = [\"top1\"]") ==
        "4:9 [study-code] question q: 'top1' takes more scores than there are: 0");
  CHECK(message("kind = \"scale\"\ncodes = [ { code = 1 } ]\nboxes = [\"top2\"]") ==
        "5:9 [study-code] question q: 'top2' takes more scores than there are: 1");
  CHECK(message("kind = \"scale\"\ncodes = [ { code = 1 } ]\nboxes = [\"best2\"]") ==
        "5:9 [study-code] question q: 'best2' is no box");
  const std::string three = "items = [ { name = \"a\" }, { name = \"b\" }, { name = \"c\" } ]\n";
  CHECK(message("kind = \"rank\"\n" + three + "boxes = [\"top3\"]")
            .find("[study-code] 'top3' is no box of a rank") != std::string::npos);
  CHECK(message("codes = [ { code = 1, pin = \"top\" } ]") ==
        "3:29 [study-type] a code of question q: 'pin' cannot be 'top'");
  CHECK(message("kind = \"allocation\"\n" + three + "total = 0") ==
        "5:9 [study-type] question q: 'total' is what the parts add up to: above 0");
  const std::string compared = "kind = \"maxdiff\"\ncodes = [ { code = 1 }, { code = 2 } ]\n";
  CHECK(message("kind = \"maxdiff\"\ncodes = [ { code = 1 } ]") ==
        "4:9 [study-key] question q: fewer than two codes to compare");
  CHECK(message(compared) == "3:8 [study-key] question q: no 'tasks'");
  CHECK(message(compared + "tasks = [ { best = \"b\" } ]") ==
        "5:11 [study-key] a task of question q has no 'worst'");
  CHECK(message(compared + "tasks = [ { best = \"b\", worst = \"w\" } ]") ==
        "5:11 [study-key] a task of question q does not say which answers are shown");
  CHECK(message(compared + "tasks = [ { best = \"b\", worst = \"w\", of = [1, 3] } ]") ==
        "5:43 [study-reference] question q: shows '3', which is none of its codes");
  CHECK(message(compared + "column = \"b\"")
            .find("'column' is no key of a question of kind maxdiff") != std::string::npos);
  CHECK(message("kind = \"number\"\ncodes = [ { code = 1 } ]") ==
        "4:11 [study-code] question q: code '1' is not said to be missing");
  CHECK(message("codes = [ { code = 1, base = true } ]") ==
        "3:30 [study-code] a code of question q: every code that is not missing is in the base");
  CHECK(message("codes = [ { code = 1 }, { code = 9, missing = \"refused\" } ]\n"
                "nets = [ { name = \"n\", of = [1, 9] } ]") ==
        "4:33 [study-code] question q: net 'n' has the code '9', which is missing and not in the "
        "base");
  CHECK(message("codes = [ { code = \" 1\" } ]") ==
        "3:20 [study-code] a code of question q: the code ' 1' has blanks around it");
  CHECK(message("kind = \"rank\"\nitems = [ { name = \"a\" } ]\n"
                "codes = [ { code = 1, missing = \"skipped\" } ]") ==
        "5:11 [study-duplicate] question q: code '1' is the place of an item too");
  CHECK(refused(list + "[[question]]\nname = \"q\"\nlist = \"l\"\ncodes = [ { code = 1 } ]\n") ==
        "6:8 [study-key] question q: 'codes' and 'list' exclude each other");
  CHECK(refused("[design]\nstrata = [\"a\", \"b\"]\n" + list +
                "[[question]]\nname = \"q\"\n"
                "list = \"l\"\n") ==
        "2:10 [study-type] [design]: 'strata' has 2 names, one a stage, and the design has 1 stage "
        "| strata of several questions are a question with cross = [...]");
}

TEST_CASE("study: a large one is read, and one that explodes is refused") {
  std::string items = "[[list]]\nname = \"l\"\ncodes = [\n";
  for (int i = 0; i < 3000; ++i) items += "{ code = " + std::to_string(i) + " },\n";
  items += "]\n[[question]]\nname = \"g\"\nkind = \"grid\"\nlist = \"l\"\nitems = [\n";
  for (int i = 0; i < 3000; ++i) items += "{ name = \"i" + std::to_string(i) + "\" },\n";
  CHECK(refused(items + "]\n").find("[study-code] the questions have more than") !=
        std::string::npos);
  std::string lists = "[[list]]\nname = \"l\"\ncodes = [\n";
  for (int i = 0; i < 20000; ++i) lists += "{ code = " + std::to_string(i) + " },\n";
  lists += "]\n";
  for (int i = 0; i < 20000; ++i)
    lists += "[[question]]\nname = \"q" + std::to_string(i) + "\"\nlist = \"l\"\n";
  CHECK(refused(lists).find("[study-code] the questions have more than") != std::string::npos);
}

}  // namespace sondeo
