// SPDX-License-Identifier: MIT
#include "data/answers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "blocks.h"

namespace sondeo {
namespace {

using blocks::column;
using blocks::MadeBlock;
using blocks::Rows;

// What a row's codes mean: "kind" or option texts, "!" for missing, sorted after the kind.
std::string meaning(const Answer& answer) {
  switch (answer.kind) {
    case AnswerKind::category:
      return answer.text;
    case AnswerKind::missing:
      return "!" + answer.text;
    case AnswerKind::answered:
      return "answered";
    case AnswerKind::asked:
      return "asked";
    case AnswerKind::not_asked:
      return "not asked";
    case AnswerKind::number:
      return "number";
    case AnswerKind::net:
      break;
  }
  return "net " + answer.text;
}

std::vector<std::string> coded(AnswerCoder& coder, const Rows& rows) {
  const MadeBlock block(rows);
  coder.code(block.get());
  std::vector<std::string> result;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (!coder.several()) {
      result.push_back(meaning(coder.answer(coder.codes()[row])));
      continue;
    }
    std::string text;
    for (auto i = coder.offsets()[row]; i < coder.offsets()[row + 1]; ++i) {
      text += (text.empty() ? "" : "|") + meaning(coder.answer(coder.codes()[i]));
    }
    result.push_back(text);
  }
  for (const auto code : coder.codes()) REQUIRE(code < coder.size());
  return result;
}

using Texts = std::vector<std::string>;

struct Asked {
  Question question;
  CodingContext context;
  std::unique_ptr<AnswerCoder> coder;

  explicit Asked(QuestionKind kind, std::size_t width = 1, AnswerRules rules = {}) {
    question.name = "q";
    question.kind = kind;
    for (std::size_t i = 0; i < width; ++i) {
      question.columns.push_back(i);
      question.option_names.push_back("o" + std::to_string(i + 1));
    }
    context.file = "f.csv";
    context.rules = std::move(rules);
  }
  AnswerCoder& get() {
    if (!coder) coder = make_coder(question, context);
    return *coder;
  }
  Texts operator()(const Rows& rows) { return coded(get(), rows); }
  Texts operator()(const Texts& cells) { return coded(get(), column(cells)); }
};

std::string error_of(Asked& asked, const Rows& rows, std::uint64_t* line = nullptr) {
  try {
    asked(rows);
  } catch (const Error& error) {
    if (line != nullptr) *line = error.place().line;
    return error.id();
  }
  return "";
}

Asked joined(std::string separator, Texts long_options = {}, AnswerRules rules = {}) {
  Asked asked(QuestionKind::joined, 1, std::move(rules));
  asked.question.separator = std::move(separator);
  asked.question.long_options = std::move(long_options);
  return asked;
}

}  // namespace

TEST_CASE("single: texts are answers, blanks aside; empty is missing") {
  Asked asked(QuestionKind::single);
  CHECK(asked(Texts{"a", "b", "", "a", "\"a\"", " a ", "\"x, \"\"y\"\"\"", "\xc2\xa0"}) ==
        Texts{"a", "b", "!", "a", "a", "a", "x, \"y\"", "!"});
  CHECK(asked.get().trimmed() == 1);
  CHECK(asked(Texts{"c", " a ", " a "}) == Texts{"c", "a", "a"});
  CHECK(asked.get().trimmed() == 3);
  CHECK(asked(Texts{}).empty());
  // A tab or a line end is part of an answer.
  CHECK(asked(Texts{"\ta", "\"a\n\""}) == Texts{"\ta", "a\n"});
}

TEST_CASE("single: codes stand from block to block, and equal cells have equal codes") {
  Asked asked(QuestionKind::single);
  asked(Texts{"a", "b", "c"});
  const auto first = asked.get().codes();
  asked(Texts{"c", "b", "a", "d"});
  const auto& second = asked.get().codes();
  CHECK(second[0] == first[2]);
  CHECK(second[1] == first[1]);
  CHECK(second[2] == first[0]);
  CHECK(asked.get().size() == 4);
}

TEST_CASE("single: missing texts and empty cells") {
  Asked coded_missing(QuestionKind::single, 1, {{"99", " NA "}, false, {}, {}});
  CHECK(coded_missing(Texts{"99", "NA", " 99", "1", "", "\"NA\"", "99.0"}) ==
        Texts{"!99", "!NA", "!99", "1", "!", "!NA", "99.0"});
  Asked keep(QuestionKind::single, 1, {{}, true, {}, {}});
  CHECK(keep(Texts{"", "a", "  "}) == Texts{"", "a", ""});
  Asked keep_but(QuestionKind::single, 1, {{""}, true, {}, {}});
  CHECK(keep_but(Texts{"", "a"}) == Texts{"!", "a"});
}

TEST_CASE("single: the label is the answer as the file has it, and none for blanks alone") {
  Asked keep(QuestionKind::single, 1, {{}, true, {}, {}});
  keep(Texts{" a", "  "});
  CHECK(keep.get().answer(0).text == "a");
  CHECK(keep.get().answer(0).label == " a");
  CHECK(keep.get().answer(1).text == "");
  CHECK(keep.get().answer(1).label == "");
}

TEST_CASE("number: values, missing texts, and what is not a number with its line") {
  Asked asked(QuestionKind::number, 1, {{"99", "NA"}, false, {}, {}});
  CHECK(asked(Texts{"1", "1.50", " -2 ", "99", "NA", "", "\"1e3\""}) ==
        Texts{"1", "1.5", "-2", "!99", "!NA", "!", "1000"});
  const auto first = asked.get().first_value();
  CHECK(asked.get().answer(first).number == 1);
  CHECK(asked.get().answer(first + 1).number == 1.5);
  CHECK(asked.get().answer(first + 2).number == -2);
  CHECK(asked.get().answer(first + 3).number == 1000);
  std::uint64_t line = 0;
  CHECK(error_of(asked, column({"1", "\"2\n\"", "99", "many"}), &line) == "not-a-number");
  CHECK(line == 6);
  for (const char* text : {"1,5", "inf", "nan", "0x10", "1 000", "--1", "99.0x"}) {
    CAPTURE(text);
    Asked fresh(QuestionKind::number);
    CHECK(error_of(fresh, {{text}}) == "not-a-number");
  }
  Asked comma(QuestionKind::number);
  comma.context.numbers = {',', "."};
  CHECK(comma(Texts{"1.234,5", "1234,50"}) == Texts{"1234.5", "1234.5"});
}

TEST_CASE("flags: what counts as ticked when nothing is said") {
  Asked asked(QuestionKind::flags, 2);
  CHECK(asked(Rows{{"1", "0"},
                   {"0", "0"},
                   {"", ""},
                   {"", "1"},
                   {"Yes", "No"},
                   {"x", "X"},
                   {"FALSE", "no"}}) == Texts{"answered|o1", "asked", "not asked", "answered|o2",
                                              "answered|o1", "answered|o1|o2", "asked"});
  CHECK(asked(Rows{{" 1 ", "\"0\""}, {"\"\"", " "}}) == Texts{"answered|o1", "not asked"});
}

TEST_CASE("flags: rules of ticked, unticked and missing texts") {
  Asked ticked(QuestionKind::flags, 2, {{"99"}, false, {"1"}, {}});
  CHECK(ticked(Rows{{"1", "2"}, {"2", "2"}, {"99", "99"}, {"", "1"}, {"yes", ""}}) ==
        Texts{"answered|o1", "asked", "not asked", "answered|o2", "asked"});
  Asked unticked(QuestionKind::flags, 2, {{}, false, {}, {"2"}});
  CHECK(unticked(Rows{{"1", "2"}, {"0", "no"}, {"", "2"}, {"", ""}}) ==
        Texts{"answered|o1", "answered|o1|o2", "asked", "not asked"});
  Asked empty(QuestionKind::flags, 2, {{}, false, {}, {""}});
  CHECK(empty(Rows{{"", ""}, {"TV", ""}}) == Texts{"asked", "answered|o1"});
  Asked both(QuestionKind::flags, 2, {{}, false, {"1"}, {"0"}});
  CHECK(both(Rows{{"1", "0"}, {"7", "7"}, {"", "0"}}) == Texts{"answered|o1", "asked", "asked"});
}

TEST_CASE("flags: an option's label is the one text of its ticked cells, if it says something") {
  Asked asked(QuestionKind::flags, 4);
  asked(Rows{{"TV", "1", "Radio", "TV"}, {"TV", "", "0", "Television"}, {"0", "1", "Radio", ""}});
  const auto label = [&](std::uint32_t option) { return asked.get().answer(2 + option).label; };
  CHECK(label(1) == "TV");
  CHECK(label(3) == "Radio");
  // These say nothing, or not one thing: the option's name, so that parts that are merged agree.
  CHECK(label(2) == "o2");
  CHECK(label(4) == "o4");
  Asked none(QuestionKind::flags, 1);
  none(Rows{{"0"}, {""}});
  CHECK(none.get().answer(3).label == "");
}

TEST_CASE("joined: options between separators, each once") {
  auto asked = joined(";");
  CHECK(asked(Texts{"a;b", "b ; a", "a;;a", "", ";", "c", "\"a;b\""}) ==
        Texts{"answered|a|b", "answered|b|a", "answered|a", "not asked", "asked", "answered|c",
              "answered|a|b"});
  auto comma = joined(",");
  CHECK(comma(Texts{"\"a, b,c\"", "\" a ,b \""}) == Texts{"answered|a|b|c", "answered|a|b"});
  auto wide = joined(" / ");
  CHECK(wide(Texts{"a / b/c / d"}) == Texts{"answered|a|b/c|d"});
  auto blank = joined(" ");
  CHECK(blank(Texts{"a b  c"}) == Texts{"answered|a|b|c"});
}

TEST_CASE("joined: missing cells, and missing texts among the options") {
  auto asked = joined(";", {}, {{"99", "none"}, false, {}, {}});
  CHECK(asked(Texts{"99", "none", "a;99", "99;none", ""}) ==
        Texts{"not asked", "not asked", "answered|a", "asked", "not asked"});
}

TEST_CASE("joined: long options hold the separator, wherever they stand and with blanks around") {
  auto asked = joined(",", {"Yes, but later", "Yes, but", "Blue, or green"});
  CHECK(asked(Texts{"\"Yes, but later\"", "\"Yes, but\"", "\"Yes, but never\"",
                    "\"Yes, but,Yes\""}) == Texts{"answered|Yes, but later", "answered|Yes, but",
                                                  "answered|Yes|but never",
                                                  "answered|Yes, but|Yes"});
  // As Google Forms joins them: a comma and a blank.
  CHECK(asked(Texts{"\"Red, Blue, or green\"", "\"Blue, or green, Red\"",
                    "\"Blue, or green , Red\""}) == Texts{"answered|Red|Blue, or green",
                                                          "answered|Blue, or green|Red",
                                                          "answered|Blue, or green|Red"});
  CHECK(asked(Texts{"\"Blue, or greenish\""}) == Texts{"answered|Blue|or greenish"});
  auto semicolon = joined(";", {" a;b "});
  CHECK(semicolon(Texts{"a;b;c", "c; a;b"}) == Texts{"answered|a;b|c", "answered|c|a;b"});
}

TEST_CASE("spread: any answer of one list, in any column") {
  Asked asked(QuestionKind::spread, 3, {{"99"}, false, {}, {}});
  CHECK(asked(Rows{
            {"a", "b", ""}, {"b", "a", "a"}, {"", "", ""}, {"99", "c", "99"}, {"99", "", ""}}) ==
        Texts{"answered|a|b", "answered|b|a", "not asked", "answered|c", "not asked"});
  CHECK(asked.get().size() == 6);
}

TEST_CASE("answers: too many different ones are refused, for numbers later") {
  Rows rows;
  for (std::size_t i = 0; i < most_categories; ++i) rows.push_back({std::to_string(i)});
  Asked single(QuestionKind::single);
  single(rows);
  CHECK(single.get().size() == most_categories);
  CHECK(error_of(single, {{"0"}}) == "");
  CHECK(error_of(single, {{"one more"}}) == "too-many-answers");
  Asked spread(QuestionKind::spread);
  spread(rows);
  CHECK(error_of(spread, {{"one more"}}) == "too-many-answers");
  Asked numbers(QuestionKind::number);
  numbers(rows);
  CHECK(error_of(numbers, {{"-1"}}) == "");
}

TEST_CASE("joined: any number of combinations of few options") {
  auto asked = joined(";");
  std::uint64_t trimmed = 0;
  for (int block = 0; block < 12; ++block) {
    Texts cells;
    for (int i = 0; i < 30000; ++i) {
      std::string cell = " ";
      for (int bit = 0; bit < 19; ++bit) {
        if (((block * 30000 + i) >> bit & 1) != 0)
          cell += static_cast<char>('a' + bit) + std::string(";");
      }
      trimmed += cell.size() > 1;
      cells.push_back(cell);
    }
    const MadeBlock made(column(cells));
    asked.get().code(made.get());
    REQUIRE(asked.get().codes().size() < 30000 * 20);
  }
  CHECK(asked.get().size() == 3 + 19);
  CHECK(asked.get().trimmed() == trimmed);
}

TEST_CASE("is_missing") {
  CHECK(is_missing("", {}));
  CHECK_FALSE(is_missing("a", {}));
  CHECK_FALSE(is_missing("", {{}, true, {}, {}}));
  CHECK(is_missing("NA", {{"NA"}, false, {}, {}}));
  CHECK_FALSE(is_missing("na", {{"NA"}, false, {}, {}}));
}

}  // namespace sondeo
