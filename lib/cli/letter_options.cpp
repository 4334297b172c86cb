// SPDX-License-Identifier: MIT
#include "cli/letter_options.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

#include "base/text.h"
#include "cli/input_options.h"
#include "cli/list_option.h"
#include "infer/compare.h"
#include "table/independence.h"

namespace sondeo {
namespace {

std::string known_dialect(const std::string& name) {
  if (dialect_named(name) != nullptr) return name;
  std::vector<std::string> names;
  std::string list;
  for (const auto& dialect : dialects()) {
    names.emplace_back(dialect.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  const auto close = nearest(name, names);
  throw UsageError("--test: there is no dialect '" + excerpt(name) + "'",
                   close.empty() ? "the dialects are " + list : "did you mean '" + close + "'?");
}

}  // namespace

void LetterOptions::declare(Tool& tool) {
  tool.section("Tests");
  tool.option("test", test, "DIALECT",
              "test the columns of each banner group and print letters: effective, quantum, spss, "
              "wincross, wincross_unpooled, crunch, askia, welch or design; of means another after "
              "a comma: spss,welch");
  tool.option("levels", levels, "LIST", "one or two levels; upper case is the stricter");
  tool.option("compare", compare, "pairs|total|rest|previous",
              "with each other, or each with everybody, with all others, with the column before");
  tool.option("adjust", adjust, "none|bonferroni|holm|bh",
              "for testing several columns of a row at once");
  tool.option("min-difference", min_difference, "POINTS",
              "no letter for differences of fewer percentage points");
  tool.option("chisq", chisq, "LIST",
              "are answers independent of the columns of a group? second-order (Rao-Scott's F, the "
              "one to take), likelihood-ratio, first-order, mixture, wald, adjusted-wald, or all");
  tool.option("letter-at", letter_at, "higher|lower", "which of two values carries the letter");
}

void LetterOptions::declare_over_waves(Tool& tool) {
  over_waves = true;
  tool.option("test", test, "DIALECT",
              "how waves are compared: effective, quantum, spss, wincross, wincross_unpooled, "
              "crunch, askia, welch or design; of means another after a comma: spss,welch");
  tool.option("levels", levels, "LIST", "one or two levels: ▲ ▼ at the stricter, △ ▽ at the other");
  tool.option("adjust", adjust, "none|bonferroni|holm|bh",
              "for testing the changes of a row at once");
  tool.option("min-difference", min_difference, "POINTS",
              "no mark for changes of fewer percentage points");
}

std::vector<std::size_t> LetterOptions::chisq_kinds() const {
  std::vector<std::string> words;
  for (const auto& kind : independence_kinds()) words.emplace_back(kind.word);
  std::vector<std::size_t> kinds;
  for (const auto& part : list_parts(chisq)) {
    if (part == "all") {
      kinds.resize(words.size());
      std::iota(kinds.begin(), kinds.end(), std::size_t{0});
      return kinds;
    }
    auto known = words;
    known.emplace_back("all");
    const auto kind = word_option("chisq", part, known);
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  return kinds;
}

std::optional<Testing> LetterOptions::testing(double not_tested_below) const {
  if (test.empty() && !over_waves) return std::nullopt;
  Testing testing;
  const auto names = list_parts(test.empty() ? testing.dialect : test);
  if (names.size() > 2)
    throw UsageError("--test takes a dialect, or two: of percentages and of means");
  testing.dialect = known_dialect(names[0]);
  if (names.size() > 1) testing.mean_dialect = known_dialect(names[1]);
  testing.levels.clear();
  const auto texts = list_parts(levels);
  if (texts.size() > 2) throw UsageError("--levels takes one level or two, such as 95,90");
  for (const auto& text : texts)
    testing.levels.push_back(number_option("levels", text, 50, 99.9999));
  std::sort(testing.levels.begin(), testing.levels.end(), std::greater<>());
  testing.against =
      static_cast<Against>(word_option("compare", compare, {"pairs", "total", "rest", "previous"}));
  if (over_waves) testing.against = Against::waves;
  testing.adjustment =
      static_cast<Adjustment>(word_option("adjust", adjust, {"none", "bonferroni", "holm", "bh"}));
  testing.min_difference = number_option("min-difference", min_difference, 0, 100);
  testing.letter_at_lower = word_option("letter-at", letter_at, {"higher", "lower"}) == 1;
  testing.not_tested_below = not_tested_below;
  testing.keep_traces = keep_traces;
  return testing;
}

}  // namespace sondeo
