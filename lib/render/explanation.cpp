// SPDX-License-Identifier: MIT
#include "render/explanation.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "render/sentences.h"
#include "table/letter_words.h"
#include "table/letters.h"
#include "table/words.h"

namespace sondeo {
namespace {

struct ExplainWords {
  std::string_view against, rest, both, weights, squares, effective, count, share, mean, spread;
  std::string_view pooled_share, pooled_variance, difference, points, se, statistic, df, normal, p;
  std::string_view adjusted, level, none, not_tested;
};

constexpr ExplainWords english{
    .against = " against ",
    .rest = "all others",
    .both = "in both",
    .weights = "sum of weights, w",
    .squares = "sum of squared weights, q",
    .effective = "effective base, e = w^2/q",
    .count = "weighted count in the row, r",
    .share = "share, p = r/w",
    .mean = "mean, m",
    .spread = "sum of w (x - m)^2",
    .pooled_share = "share of both together",
    .pooled_variance = "variance of both together",
    .difference = "difference",
    .points = " points",
    .se = "standard error",
    .statistic = "statistic",
    .df = "degrees of freedom",
    .normal = "none: normal distribution",
    .p = "p, two-sided",
    .adjusted = "p, adjusted",
    .level = "level reached",
    .none = "none",
    .not_tested = "not tested: ",
};

constexpr ExplainWords spanish{
    .against = " frente a ",
    .rest = "el resto",
    .both = "en ambas",
    .weights = "suma de pesos, w",
    .squares = "suma de pesos al cuadrado, q",
    .effective = "base efectiva, e = w^2/q",
    .count = "recuento ponderado de la fila, r",
    .share = "proporción, p = r/w",
    .mean = "media, m",
    .spread = "suma de w (x - m)^2",
    .pooled_share = "proporción conjunta",
    .pooled_variance = "varianza conjunta",
    .difference = "diferencia",
    .points = " puntos",
    .se = "error estándar",
    .statistic = "estadístico",
    .df = "grados de libertad",
    .normal = "ninguno: distribución normal",
    .p = "p, bilateral",
    .adjusted = "p, ajustado",
    .level = "nivel alcanzado",
    .none = "ninguno",
    .not_tested = "sin comparar: ",
};

class Explanation {
 public:
  Explanation(const Table& table, std::size_t place)
      : table_(table),
        each_(table.comparisons.at(place)),
        trace_(table.traces.at(place)),
        words_(language_of_words(table.language) == "es" ? spanish : english) {}

  std::string text() {
    out_ = visible(table_.id) + ": " + visible(table_.rows[each_.row].label) + "\n" +
           column(each_.a) + std::string(words_.against) + column(each_.b) + "\n\n";
    const auto& [a, b, both, test] = trace_;
    const bool sums = test.effective_a || test.effective_b;
    // A test on a withheld number has nothing to show but its reason.
    if (sums) {
      line("", {letter(each_.a, "1"), letter(each_.b, "2"), std::string(words_.both)});
      line(words_.weights, {number(a.w), number(b.w), number(both.w)});
      line(words_.squares, {number(a.q), number(b.q), number(both.q)});
      line(words_.effective,
           {number(test.effective_a), number(test.effective_b), number(test.effective_both)});
      if (is_share()) line(words_.count, {number(a.r), number(b.r)});
      line(is_share() ? words_.share : words_.mean, {number(test.a), number(test.b)});
      if (!is_share()) line(words_.spread, {number(a.squares), number(b.squares)});
      out_ += '\n';
    }
    if (test.pooled) {
      line(is_share() ? words_.pooled_share : words_.pooled_variance, {number(test.pooled)});
    }
    const std::string unit(each_.mean ? "" : words_.points);
    if (each_.difference) line(words_.difference, {number(each_.difference) + unit});
    if (each_.p) {
      line(words_.se, {number(each_.se) + unit});
      line(words_.statistic, {number(each_.statistic)});
      line(words_.df, {each_.df ? number(each_.df) : std::string(words_.normal)});
      line(words_.p, {number(each_.p)});
      if (each_.p_adjusted) line(words_.adjusted, {number(each_.p_adjusted)});
      line(words_.level,
           {each_.level ? number(each_.level) + std::string(words_of(table_.language).percent)
                        : std::string(words_.none)});
    } else {
      out_ += std::string(words_.not_tested) + each_.reason + "\n";
    }
    out_ += "\n" + test_note(*table_.testing, !each_.mean, each_.mean, table_.language) + "\n";
    return std::move(out_);
  }

 private:
  // Of shares; a difference of nets is tested as a mean.
  bool is_share() const { return !each_.mean && table_.rows[each_.row].kind != RowKind::statistic; }

  std::string column(std::size_t place) const {
    if (place == against_total) return std::string(words_of(table_.language).total);
    if (place == against_rest) return std::string(words_.rest);
    const auto& column = table_.columns[place];
    const auto letter = letter_heading(column);
    return visible(column_path(column)) + (letter.empty() ? "" : " " + letter);
  }

  std::string letter(std::size_t place, const char* otherwise) const {
    if (place >= table_.columns.size() || table_.columns[place].letter.empty()) return otherwise;
    return table_.columns[place].letter;
  }

  std::string number(std::optional<double> value) const {
    if (!value) return "-";
    auto text = shortest(*value);
    if (const auto point = text.find('.'); point != std::string::npos)
      text.replace(point, 1, words_of(table_.language).decimal);
    return text;
  }

  void line(std::string_view label, const std::vector<std::string>& figures) {
    constexpr int stub = 36;
    constexpr int column = 22;
    std::string text(label);
    int width = display_width(label);
    int edge = stub;
    for (const auto& figure : figures) {
      edge += column;
      const int blanks = std::max(1, edge - width - display_width(figure));
      text += std::string(static_cast<std::size_t>(blanks), ' ') + figure;
      width += blanks + display_width(figure);
    }
    out_ += text + "\n";
  }

  const Table& table_;
  const Comparison& each_;
  const TestTrace& trace_;
  const ExplainWords& words_;
  std::string out_;
};

}  // namespace

std::string explain_text(const Table& table, std::size_t comparison) {
  return Explanation(table, comparison).text();
}

}  // namespace sondeo
