// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "codebook/study.h"
#include "refusal.h"

namespace sondeo {
namespace {

using Strings = std::vector<std::string>;

std::vector<StudyQuestion> variables(const std::string& text) {
  return variables_of(parse_study(text, "s.toml"));
}

// "code label [when]; ..." in Spanish.
std::string shown(const StudyQuestion& question) {
  std::string out;
  for (const auto& code : question.codes) {
    out += (out.empty() ? "" : "; ") + code.code;
    if (!code.label.empty()) out += " " + code.label.in("es");
    if (code.when) out += " [" + print_expr(*code.when) + "]";
  }
  return out;
}

std::vector<std::optional<double>> scores(const StudyQuestion& question) {
  std::vector<std::optional<double>> out;
  for (const auto& code : question.codes) out.push_back(code.score);
  return out;
}

std::string scale(const std::string& codes, const std::string& more = "") {
  return "[[question]]\nname = \"q\"\nkind = \"scale\"\ncodes = [" + codes + "]\n" + more;
}

}  // namespace

TEST_CASE("variables_of: items stand for their question, in its place") {
  const auto found = variables(R"(
[[list]]
name = "l"
codes = [ { code = 1 }, { code = 2 } ]
nets = [ { name = "all", of = [1, 2] } ]
[[question]]
name = "before"
list = "l"
[[question]]
name = "g"
kind = "grid"
text = "How?"
list = "l"
asked = "before = 1"
empty = "not_asked"
items = [ { name = "g1", column = "c1", label = "One" }, { name = "g2" } ]
[[question]]
name = "after"
kind = "allocation"
unit = "%"
items = [ { name = "a1" } ]
[[question]]
name = "r"
kind = "rank"
codes = [ { code = 9, missing = "refused" } ]
items = [ { name = "r1" }, { name = "r2" }, { name = "r3" } ]
)");
  Strings names;
  for (const auto& each : found) names.push_back(each.name);
  CHECK(names == Strings{"before", "g1", "g2", "a1", "r1", "r2", "r3"});
  CHECK(found[0].parent == "");
  const auto& g1 = found[1];
  CHECK(g1.parent == "g");
  CHECK(g1.kind == StudyKind::single);
  CHECK(g1.text.in("en") == "How?");
  CHECK(g1.label.in("en") == "One");
  CHECK(g1.columns == Strings{"c1"});
  CHECK(g1.items.empty());
  CHECK(g1.codes.size() == 2);
  CHECK(nets_of(g1).size() == 1);
  CHECK(g1.empty == MissingKind::not_asked);
  CHECK(print_expr(*g1.asked) == "before = 1");
  CHECK(g1.at.line == 16);
  CHECK(found[2].label.in("en") == "g2");
  CHECK(found[2].columns.empty());
  CHECK(found[3].kind == StudyKind::number);
  CHECK(found[3].unit.in("en") == "%");
  CHECK(found[4].kind == StudyKind::scale);
  CHECK(shown(found[4]) == "1 Lugar 1; 2 Lugar 2; 3 Lugar 3; 9");
  CHECK(scores(found[4]) == std::vector<std::optional<double>>{1, 2, 3, std::nullopt});
}

TEST_CASE("variables_of: ranks have nets of the first places") {
  const auto nets = [](const std::string& items, const std::string& more = "") {
    std::string out;
    const auto found =
        variables("[[question]]\nname = \"r\"\nkind = \"rank\"\nitems = [" + items + "]\n" + more);
    for (const auto& net : nets_of(found[0])) {
      out += net.name + ":";
      for (const auto& member : net.of) out += " " + member;
      out += "; ";
    }
    return out;
  };
  const std::string three = "{ name = \"a\" }, { name = \"b\" }, { name = \"c\" }";
  CHECK(nets(three) == "");
  CHECK(nets(three, "boxes = [\"top2\"]\n") == "top2: 1 2; ");
  CHECK(nets(three + ", { name = \"d\" }") == "top3: 1 2 3; ");
}

TEST_CASE("variables_of: every answer of a maxdiff question is counted by itself") {
  const auto found = variables(R"(
[[question]]
name = "m"
kind = "maxdiff"
label = "Claims"
codes = [ { code = 1, label = "One" }, { code = 2 }, { code = 9, missing = "refused" } ]
tasks = [ { best = "b", worst = "w", of = [1, 2] } ]
)");
  REQUIRE(found.size() == 2);
  CHECK(found[0].name == "m.1");
  CHECK(found[0].parent == "m");
  CHECK(found[0].parent_label.in("en") == "Claims");
  CHECK(found[0].label.in("en") == "One");
  CHECK(found[0].item == "1");
  CHECK(found[1].label.in("en") == "2");
  CHECK(found[1].codes.size() == 3);
}

TEST_CASE("variables_of: the items of a grid with scores or boxes are scales") {
  const auto kind = [](const std::string& codes, const std::string& more) {
    return variables(
               "[[question]]\nname = \"g\"\nkind = \"grid\"\nitems = [ { name = \"i\" } ]\n"
               "codes = [" +
               codes + "]\n" + more)[0]
        .kind;
  };
  CHECK(kind("{ code = 1 }", "") == StudyKind::single);
  CHECK(kind("{ code = 1, score = 3 }", "") == StudyKind::scale);
  CHECK(kind("{ code = 1 }", "boxes = [\"top1\"]") == StudyKind::scale);
}

TEST_CASE("scores of a scale: given, the codes, or the order") {
  using Scores = std::vector<std::optional<double>>;
  const auto of = [](const std::string& codes) { return scores(variables(scale(codes))[0]); };
  CHECK(of("{ code = 1 }, { code = 3 }, { code = \"-2.5\" }") == Scores{1, 3, -2.5});
  CHECK(of("{ code = \"a\" }, { code = 7 }, { code = \"b\" }") == Scores{1, 2, 3});
  // A missing code has none and takes no place, whatever it is called.
  CHECK(of("{ code = 1 }, { code = \"DK\", missing = \"dont_know\", base = true }, { code = 2 }") ==
        Scores{1, std::nullopt, 2});
  CHECK(of("{ code = \"a\" }, { code = 9, missing = \"refused\" }, { code = \"b\" }") ==
        Scores{1, std::nullopt, 2});
  CHECK(of("{ code = 1 }, { code = 2, score = 10 }, { code = 3 }") ==
        Scores{std::nullopt, 10, std::nullopt});
  const auto single = variables("[[question]]\nname = \"q\"\ncodes = [ { code = 1 } ]\n")[0];
  CHECK(scores(single) == Scores{std::nullopt});
}

TEST_CASE("nets_of: boxes by score, behind the nets, ties together") {
  const auto boxes = [](const std::string& codes, const std::string& names) {
    std::string out;
    for (const auto& net : nets_of(variables(scale(
             codes, "nets = [ { name = \"n\", of = [1] } ]\nboxes = [" + names + "]\n"))[0])) {
      out += net.name + ":";
      for (const auto& member : net.of) out += " " + member;
      out += "; ";
    }
    return out;
  };
  const std::string five =
      "{ code = 1 }, { code = 2 }, { code = 3 }, { code = 4 }, { code = 5 }, "
      "{ code = 9, missing = \"dont_know\", base = true }";
  CHECK(boxes(five, "\"top2\", \"bottom2\", \"top1\"") ==
        "n: 1; top2: 4 5; bottom2: 1 2; top1: 5; ");
  // Turned round, and three codes that share two scores.
  CHECK(boxes("{ code = 1, score = 3 }, { code = 2, score = 2 }, { code = 3, score = 2 }, "
              "{ code = 4, score = 1 }",
              "\"top2\", \"bottom1\", \"bottom2\"") ==
        "n: 1; top2: 1 2 3; bottom1: 4; bottom2: 2 3 4; ");
  const auto net = nets_of(variables(scale(five, "boxes = [\"top3\", \"bottom1\"]"))[0]);
  CHECK(net[0].label.in("en") == "Top 3 boxes");
  CHECK(net[0].label.in("es") == "3 casillas superiores");
  CHECK(net[1].label.in("en") == "Bottom box");
  CHECK(net[1].label.in("es") == "Casilla inferior");
}

TEST_CASE("bands: codes with a condition, named by what they hold") {
  const auto bands = [](const std::string& cuts) {
    return shown(
        variables("[[question]]\nname = \"age\"\nkind = \"number\"\n[[question]]\n"
                  "name = \"b\"\nbands = { of = \"age\", cuts = [" +
                  cuts + "] }\n")[1]);
  };
  CHECK(bands("18, 35, 55") ==
        "18-34 [age >= 18 and age < 35]; 35-54 [age >= 35 and age < 55]; 55+ [age >= 55]");
  CHECK(bands("0, 1, 2") == "0 [age >= 0 and age < 1]; 1 [age >= 1 and age < 2]; 2+ [age >= 2]");
  CHECK(bands("18") == "18+ [age >= 18]");
  CHECK(bands("-5, 0, 2.5") ==
        "-5 to <0 [age >= -5 and age < 0]; 0 to <2.5 [age >= 0 and age < 2.5]; 2.5+ [age >= 2.5]");
}

TEST_CASE("cross: every combination of what can be chosen, also of what is made") {
  const auto found = variables(R"(
[[question]]
name = "all"
cross = ["sex", "band2", "land"]
[[question]]
name = "sex"
codes = [ { code = "f", label = { en = "Women", es = "Mujeres" } }, { code = "m" } ]
[[question]]
name = "band2"
bands = { of = "age", cuts = [18] }
[[question]]
name = "age"
kind = "number"
[[question]]
name = "land"
codes = [ { code = 1, label = "ES" }, { code = 8, missing = "refused" },
          { code = 9, label = "NS", missing = "dont_know", base = true } ]
)");
  CHECK(shown(found[0]) ==
        "f:18+:1 Mujeres · 18+ · ES [sex = 'f' and band2 = '18+' and land = '1']; "
        "f:18+:9 Mujeres · 18+ · NS [sex = 'f' and band2 = '18+' and land = '9']; "
        "m:18+:1 m · 18+ · ES [sex = 'm' and band2 = '18+' and land = '1']; "
        "m:18+:9 m · 18+ · NS [sex = 'm' and band2 = '18+' and land = '9']");
  CHECK(found[0].codes[0].label.in("en") == "Women · 18+ · ES");
}

TEST_CASE("cross: too many combinations, and codes that would be the same") {
  const auto refused = [](const std::string& codes) {
    return refusal_of([&] {
      parse_study("[[list]]\nname = \"l\"\ncodes = [" + codes + "]\n[[question]]\nname = \"a\"\n" +
                      "list = \"l\"\n[[question]]\nname = \"b\"\nlist = \"l\"\n[[question]]\n" +
                      "name = \"c\"\ncross = [\"a\", \"b\"]\n",
                  "s");
    });
  };
  std::string many;
  for (int i = 0; i < 257; ++i) many += "{ code = " + std::to_string(i) + " }, ";
  CHECK(refused(many) == "10:1 [study-code] question c crosses to more than 65535 combinations");
  CHECK(refused("{ code = \"x\" }, { code = \"x:x\" }") ==
        "10:1 [study-duplicate] two combinations of question c would be the code 'x:x:x' | a "
        "crossed code is its parts joined by ':', so they should not hold one");
}

TEST_CASE("variables_of: answers in expressions become codes") {
  const auto found = variables(R"(
[[question]]
name = "role"
codes = [ { code = 1, label = { en = "Officer", es = "Jefa" } }, { code = 2, label = "Other" },
          { code = 9, label = "None", missing = "refused" } ]
[[question]]
name = "age"
kind = "number"
asked = "role = 'jefa'"
[[question]]
name = "group"
codes = [ { code = 1, when = "role in ('Other', 'None') or age < 30" }, { code = 2, when = "true" } ]
[[question]]
name = "decade"
kind = "number"
value = "age / 10 + minutes(b, a) / 60"
[[question]]
name = "a"
kind = "date"
format = "%d/%m/%Y"
[[question]]
name = "b"
kind = "date"
)");
  CHECK(print_expr(*found[1].asked) == "role = 1");
  CHECK(print_expr(*found[2].codes[0].when) == "role in (2) or text(role) in (9) or age < 30");
  CHECK(print_expr(*found[3].value) == "age / 10 + minutes(b, date(a, '%d/%m/%Y')) / 60");
}

TEST_CASE("cross: codes are codes, also where they are labels of others") {
  const auto found = variables(R"(
[[list]]
name = "l"
codes = [ { code = 1, label = "2" }, { code = 2, label = "1" } ]
[[question]]
name = "a"
list = "l"
[[question]]
name = "b"
list = "l"
[[question]]
name = "c"
cross = ["a", "b"]
)");
  CHECK(print_expr(*found[2].codes[1].when) == "a = '1' and b = '2'");
}

TEST_CASE("variables_of: a study made by a program is checked as well") {
  Study study;
  study.questions.resize(2);
  study.questions[0].name = study.questions[1].name = "q";
  CHECK(refusal_of([&] { variables_of(study); }) ==
        "0:0 [study-duplicate] two questions are called 'q'");
  study.questions[1].name = "c";
  study.questions[1].cross = {"q", "z"};
  CHECK(refusal_of([&] { variables_of(study); }) ==
        "0:0 [study-reference] there is no question 'z' to cross");
  study.questions[1].cross = {"q", "c"};
  CHECK(refusal_of([&] { variables_of(study); }) == "0:0 [study-reference] c needs itself");
}

}  // namespace sondeo
