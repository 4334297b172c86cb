// SPDX-License-Identifier: MIT
#include "expr/resolve.h"

#include <doctest/doctest.h>

#include <map>

#include "base/error.h"

namespace sondeo {
namespace {

// Questions of a made-up survey.
class Survey {
 public:
  Survey() {
    add("owner", {{"1", {"Marketing", "Mercadotecnia"}, false},
                  {"2", {"Sales", "Ventas"}, false},
                  {"3", {"Customer service", "Atención al cliente"}, false},
                  {"9", {"Don't know", "No sabe"}, true},
                  {"-8", {"Refused", "No contesta"}, true}});
    add("country", {{"UK", {"United Kingdom"}, false}, {"US", {"United States"}, false}});
    add("tools", {{"1", {"CRM"}, false}, {"2", {"Chatbot"}, false}, {"9", {"None"}, true}}, true);
    add("scale", {{"0", {"Never"}, false}, {"10", {"Always"}, false}}, false, true);
    add("region", {{"1", {"North"}, false}, {"01", {"South"}, false}, {"2", {"2"}, false}});
    add("odd", {{"1", {"2"}, false},
                {"2", {"1"}, false},
                {"3", {"other", "Otro"}, false},
                {"4", {"Other", "Otro"}, false},
                {"c", {"18"}, false}});
    scope_.items = [](const std::string& name) {
      return name == "sat" ? std::vector<std::string>{"sat a", "sat_b"}
                           : std::vector<std::string>{};
    };
    add("age", {});
    add("began", {}, false, false, "%d/%m/%Y");
    add("how do you feel?", {{"1", {"it's fine"}, false}});
  }
  Expr resolve(const std::string& source) const {
    return resolve_expr(parse_expr(source), scope_, source, "here");
  }
  const ExprScope& scope() const { return scope_; }

 private:
  void add(const std::string& name, std::vector<ExprCode> codes, bool several = false,
           bool others = false, const std::string& date_format = "") {
    scope_.names.push_back(name);
    questions_[name] = {name, std::move(codes), several, others, date_format};
  }
  std::map<std::string, ExprQuestion> questions_;
  ExprScope scope_{[this](const std::string& name) {
                     const auto found = questions_.find(name);
                     return found == questions_.end() ? nullptr : &found->second;
                   },
                   {}};
};

std::string resolved(const std::string& source) {
  const Survey survey;
  const Expr expr = survey.resolve(source);
  CHECK(same_expr(parse_expr(print_expr(expr)), expr));
  return print_expr(expr);
}

// "COLUMN id: message; hint" of the refusal.
std::string refused(const std::string& source) {
  const Survey survey;
  try {
    survey.resolve(source);
  } catch (const Error& error) {
    CHECK(error.place().file == "here");
    CHECK(error.place().line == 1);
    return std::to_string(error.place().column) + " " + error.id() + ": " + error.message() + "; " +
           error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("resolve_expr: labels become codes, in any language") {
  CHECK(resolved("owner = 'Marketing'") == "owner = 1");
  CHECK(resolved("owner = 'Mercadotecnia'") == "owner = 1");
  CHECK(resolved("owner != '  Sales '") == "owner != 2");
  CHECK(resolved("'Sales' = owner") == "2 = owner");
  CHECK(resolved("owner = 'ATENCIÓN AL CLIENTE'") == "owner = 3");
  CHECK(resolved("owner in ('marketing', 'Ventas')") == "owner in (1, 2)");
  CHECK(resolved("owner not in ('marketing', 'Ventas')") == "owner not in (1, 2)");
  CHECK(resolved("any(owner, 'Sales')") == "any(owner, 2)");
  CHECK(resolved("any(owner)") == "any(owner)");
  CHECK(resolved("country = 'United Kingdom'") == "country = 'UK'");
  CHECK(resolved("not (country = 'united states' and age > 3)") ==
        "not (country = 'US' and age > 3)");
  CHECK(resolved("`how do you feel?` = 'it''s fine'") == "`how do you feel?` = 1");
}

TEST_CASE("resolve_expr: codes match as text, then as numbers") {
  CHECK(resolved("owner = 1") == "owner = 1");
  CHECK(resolved("owner = '1'") == "owner = 1");
  CHECK(resolved("owner = '1.0'") == "owner = 1");
  CHECK(resolved("owner = 1.0") == "owner = 1");
  CHECK(resolved("country = 'UK'") == "country = 'UK'");
  CHECK(resolved("region = '01'") == "region = '01'");
  CHECK(resolved("region = 'North'") == "region = '1'");
  CHECK(resolved("region = 1") == "region = '1'");
}

TEST_CASE("resolve_expr: a text is a label first, a number a code first") {
  CHECK(resolved("odd = '2'") == "odd = 1");
  CHECK(resolved("odd = 2") == "odd = 2");
  CHECK(resolved("odd = 18") == "odd = 'c'");
  CHECK(resolved("odd = 'other'") == "odd = 3");
  CHECK(resolved("odd = 'Other'") == "odd = 4");
}

TEST_CASE("resolve_expr: a code declared missing is looked for in the raw cell") {
  CHECK(resolved("owner = 9") == "text(owner) = 9");
  CHECK(resolved("owner != 'No sabe'") == "text(owner) != 9");
  CHECK(resolved("owner = -8") == "text(owner) = -8");
  CHECK(resolved("owner in ('Refused')") == "text(owner) in (-8)");
  CHECK(resolved("owner in (1, 9, 2..3, 'Refused')") ==
        "owner in (1, 2..3) or text(owner) in (9, -8)");
  CHECK(resolved("owner not in (1, 9)") == "not (owner in (1) or text(owner) in (9))");
  CHECK(resolved("any(owner, 1, 9)") == "any(owner, 1) or text(owner) in (9)");
  CHECK(resolved("age = 1 or owner in (1, 9) or age = 2") ==
        "age = 1 or owner in (1) or text(owner) in (9) or age = 2");
  CHECK(resolved("any(tools, 'None', 1)") == "any(tools, 9, 1)");
}

TEST_CASE("resolve_expr: comparisons in size are numeric on codes") {
  CHECK(resolved("owner <= 'Sales'") == "owner <= 2");
  CHECK(resolved("owner < 2.5 and owner < 9") == "owner < 2.5 and owner < 9");
  CHECK(resolved("owner in ('Marketing' .. 'Customer service', 1..7)") == "owner in (1..3, 1..7)");
  CHECK(resolved("region > 'South'") == "region > 1");
  CHECK(resolved("scale >= 'Always' and scale = 7 and scale = 'Never'") ==
        "scale >= 10 and scale = 7 and scale = 0");
  CHECK(refused("country < 'UK'") == "11 expr-type: 'UK' has no size: its code UK is no number; ");
  CHECK(refused("owner < 'Refused'") ==
        "9 expr-type: 'Refused' has no size: its code -8 is declared missing; ");
}

TEST_CASE("resolve_expr: what is no coded question stays as it is") {
  for (const auto* source : {"age = 9", "age in (1, 'x')", "text(owner) = 'Marketing'", "#3 = 'x'",
                             "owner = country", "owner + 1 = 2", "count(tools) > 1",
                             "missing(tools) or missing(owner)", "any(#2, 'x')", "1 = 2"}) {
    CHECK(resolved(source) == source);
  }
}

TEST_CASE("resolve_expr: functions") {
  CHECK(resolved("days(began, #2) > 3") == "days(date(began, '%d/%m/%Y'), #2) > 3");
  CHECK(resolved("date(began, '%Y%m%d') < date('2024-01-01')") ==
        "date(began, '%Y%m%d') < date('2024-01-01')");
  CHECK(resolved("date(age) = began") == "date(age) = date(began, '%d/%m/%Y')");
  CHECK(resolved("if(owner in ('Sales', 9), 1, mean(owner, age)) = 1") ==
        "if(owner in (2) or text(owner) in (9), 1, mean(owner, age)) = 1");
  CHECK(resolved("contains(age, 'x') and matches(text(owner), 'x*')") ==
        "contains(age, 'x') and matches(text(owner), 'x*')");
  CHECK(refused("contains(owner, 'market')") ==
        "10 expr-type: owner holds codes, in which no text can be looked for; compare it with its "
        "answers, or look in the raw cell: text(owner)");
  CHECK(refused("sum(age, tools) > 1").starts_with("10 expr-type: tools is a select-all"));
  CHECK(refused("year(tools) > 1").starts_with("6 expr-type: tools is a select-all"));
  CHECK(refused("year(end) > 1") == "6 unknown-question: there is no question end; ");
}

TEST_CASE("resolve_expr: many codes and items take no long time") {
  ExprQuestion question;
  question.name = "q";
  for (int i = 0; i < 20000; ++i) {
    question.codes.push_back({std::to_string(i), {"label " + std::to_string(i)}, false});
  }
  const ExprScope scope{[&](const std::string&) { return &question; }, {"q"}};
  std::string source = "q in ('label 0'";
  for (int i = 1; i < 20000; ++i) source += ", 'Label " + std::to_string(i) + "'";
  source += ")";
  const Expr expr = resolve_expr(parse_expr(source), scope, source);
  REQUIRE(expr.args.size() == 20001);
  CHECK(expr.args[20000].value == 19999);
}

TEST_CASE("resolve_expr: what is unknown or ambiguous is refused where it stands") {
  CHECK(refused("age = 1 and ovner = 1") ==
        "13 unknown-question: there is no question ovner; did you mean owner?");
  CHECK(refused("missing(nothing)") == "9 unknown-question: there is no question nothing; ");
  CHECK(refused("age = 1 and sat = 2") ==
        "13 several-items: sat has several items; an expression names one of them; for example "
        "`sat a`");
  CHECK(refused("any(x)") == "5 unknown-question: there is no question x; ");
  CHECK(refused("text(x) = ''") == "6 unknown-question: there is no question x; ");
  CHECK(refused("text(owner) = 'ñ' and owner = 'Marketting'") ==
        "31 unknown-answer: 'Marketting' is no answer of owner; did you mean 'Marketing'?");
  CHECK(refused("owner in (1, 7)") ==
        "14 unknown-answer: 7 is no answer of owner; its answers are 1 'Marketing', 2 'Sales', 3 "
        "'Customer service', 9 'Don''t know', -8 'Refused'");
  CHECK(refused("owner = -1").starts_with("9 unknown-answer: -1 is no answer of owner; its"));
  CHECK(refused("owner > 'salez'") ==
        "9 unknown-answer: 'salez' is no answer of owner; did you mean 'Sales'?");
  CHECK(refused("any(tools, 'CRN')") ==
        "12 unknown-answer: 'CRN' is no answer of tools; did you mean 'CRM'?");
  CHECK(refused("odd = 'Otro'") ==
        "7 ambiguous-answer: 'Otro' may be code 3 or 4 of odd; write the code");
  CHECK(refused("odd = 'OTHER'") ==
        "7 ambiguous-answer: 'OTHER' may be code 3 or 4 of odd; write the code");
  CHECK(refused("tools = 1") ==
        "1 expr-type: tools is a select-all question and has no single answer; ask for any(tools, "
        "…) or count(tools)");
}

}  // namespace sondeo
