// SPDX-License-Identifier: MIT
#include "weight/targets.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "../layout/files.h"

namespace sondeo {
namespace {

// Any of a few names is a variable.
class NamedVariables : public VariableSource {
 public:
  bool has(std::string_view name) const override {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  std::size_t find(std::string_view name, bool number) override {
    const auto kind = number ? QuestionKind::number : QuestionKind::single;
    if (!has(name)) throw Error("unknown-column", "there is no column");
    for (std::size_t i = 0; i < questions_.size(); ++i) {
      if (questions_[i].name == name && questions_[i].kind == kind) return i;
    }
    questions_.push_back({std::string(name), kind, {}, {}, "", {}});
    return questions_.size() - 1;
  }
  const std::vector<Question>& questions() const override { return questions_; }
  std::string answer_of(std::size_t, const std::string& category) const override {
    return category;
  }
  std::string category_of(std::size_t, const std::string& answer) const override { return answer; }

 private:
  std::vector<std::string> names_{"sex", "region", "hours", "a x b", "country"};
  std::vector<Question> questions_;
};

struct Read {
  std::vector<Targets> targets;
  std::vector<std::string> notes;
  std::string id;
  std::uint64_t line = 0;
};

Read read(std::string_view text, TargetOptions options = {}, double total = 200) {
  const files::TempFile file(text);
  options.file.file.path = file.path();
  NamedVariables variables;
  Issues issues;
  Read result;
  try {
    result.targets = read_targets(options, variables, issues);
    for (auto& each : result.targets) settle_totals(each, total, options, result.notes);
  } catch (const Error& error) {
    result.id = error.id();
    result.line = error.place().line;
  }
  return result;
}

std::string head = "variable,category,target\n";

TEST_CASE("targets: shares of 1 and of 100, and per cent signs") {
  for (const std::string text :
       {"sex,M,48\nsex,F,52\n", "sex,M,0.48\nsex,F,.52\n", "sex,M,48%\nsex,F,52 %\n"}) {
    const auto done = read(head + text);
    CHECK(done.id == "");
    const auto& cells = done.targets.at(0).margins.at(0).cells;
    CHECK(cells[0].target == doctest::Approx(96));
    CHECK(cells[1].target == doctest::Approx(104));
    CHECK(done.notes.empty());
  }
}

TEST_CASE("targets: sums within a quarter of a point are rescaled with a note, others refused") {
  CHECK(read(head + "sex,M,48\nsex,F,51.75\n").notes.size() == 1);
  CHECK(read(head + "sex,M,48\nsex,F,52.25\n").notes.size() == 1);
  const auto off = read(head + "sex,M,48\nsex,F,51.7\n");
  CHECK(off.id == "target-sum");
  CHECK(off.line == 2);
  TargetOptions normalise;
  normalise.normalise = true;
  const auto forced = read(head + "sex,M,30\nsex,F,30\n", normalise);
  CHECK(forced.id == "");
  CHECK(forced.targets[0].margins[0].cells[0].target == doctest::Approx(100));
  CHECK(forced.notes.size() == 1);
}

TEST_CASE("targets: counts set the total, and must agree") {
  const auto done = read(head + "sex,M,480\nsex,F,520\nregion,N,25\nregion,S,75\n");
  CHECK(done.targets[0].total == 1000);
  CHECK(done.targets[0].margins[1].cells[0].target == doctest::Approx(250));
  CHECK(read(head + "sex,M,480\nsex,F,520\nregion,N,250\nregion,S,740\n").id == "target-total");
  TargetOptions counts;
  counts.kind = TargetKind::counts;
  CHECK(read(head + "sex,M,48\nsex,F,52\n", counts).targets[0].total == 100);
}

TEST_CASE("targets: interlocked variables, a column whose name looks like two, totals of numbers") {
  const auto done = read(
      head +
      "sex × region,M × N,30\nsex x region,F x S,70\n\"a x b\",1 x 2,100\nhours,,5000\n,,200\n");
  REQUIRE(done.id == "");
  REQUIRE(done.targets[0].margins.size() == 3);
  const auto& joint = done.targets[0].margins[0];
  CHECK(joint.name == "sex × region");
  CHECK(joint.cells[1].categories == std::vector<std::string>{"F", "S"});
  CHECK(done.targets[0].margins[1].cells[0].categories == std::vector<std::string>{"1 x 2"});
  CHECK(done.targets[0].margins[2].variables.empty());
  REQUIRE(done.targets[0].numbers.size() == 1);
  CHECK(done.targets[0].numbers[0].total == 5000);
}

TEST_CASE("targets: segments, and other columns in other orders") {
  TargetOptions options;
  options.segment = "country";
  const auto done =
      read("Target;country;Category;variable\n48;ES;M;sex\n52;ES;F;sex\n1;FR;M;sex\n", options);
  REQUIRE(done.id == "");
  REQUIRE(done.targets.size() == 2);
  CHECK(done.targets[1].segment == "FR");
}

TEST_CASE("targets: what is refused, and where") {
  const auto refused = [](std::string_view text, const std::string& id, std::uint64_t line) {
    const auto done = read(text);
    CHECK(done.id == id);
    CHECK(done.line == line);
  };
  refused("variable,category\nsex,M\n", "target-columns", 1);
  refused("variable,category,target,country\nsex,M,100,ES\n", "target-columns", 1);
  refused(head, "target-empty", 1);
  refused(head + "sex,M,4O\n", "target-number", 2);
  refused(head + "sex,M,\n", "target-number", 2);
  refused(head + "sex,M,nan\n", "target-number", 2);
  refused(head + "sex,M,inf\n", "target-number", 2);
  refused(head + "sex,M,101\nsex,F,-1\n", "target-range", 3);
  refused(head + "sex,M,50\nsex,F,25\nsex,M,25\n", "target-duplicate", 4);
  refused(head + "hours,,5\nhours,,6\n", "target-duplicate", 3);
  refused(head + "sex × region,M,100\n", "target-label", 2);
  refused(head + ",M,100\n", "target-label", 2);
  refused(head + "sexo,M,100\n", "unknown-column", 2);
  refused(head + "sex,M,0\nsex,F,0\n", "target-sum", 2);
}

}  // namespace
}  // namespace sondeo
