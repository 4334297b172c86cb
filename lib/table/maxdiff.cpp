// SPDX-License-Identifier: MIT
#include "table/maxdiff.h"

#include <map>

#include "data/maxdiff_coder.h"

namespace sondeo {
namespace {

struct Times {
  double chosen = 0;
  double shown = 0;
};

Times times_of(const MaxDiffCount& count, MaxDiffFigure figure) {
  const double best = count.best;
  const double worst = count.worst;
  const double shown = count.shown;
  switch (figure) {
    case MaxDiffFigure::score:
      return {best - worst, shown};
    case MaxDiffFigure::best:
      return {best, shown};
    case MaxDiffFigure::worst:
      return {worst, shown};
    case MaxDiffFigure::shown:
      break;
  }
  return {shown, 1};
}

// Calls each(times, sums) for the counts of the column that somebody has.
template <class Each>
void walk(const Cells& cells, std::size_t column, MaxDiffFigure figure, const Each& each) {
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    const auto& key = cells.rows[row];
    const auto& sums = cells.at(row, column);
    if (key.kind != AnswerKind::category || sums.n == 0) continue;
    if (const auto count = parse_maxdiff(key.path[0])) each(times_of(*count, figure), sums);
  }
}

double factor_of(MaxDiffFigure figure) { return figure == MaxDiffFigure::shown ? 1 : 100; }

// What a column's respondents have together.
struct Whole {
  double weight = 0;
  double chosen = 0;
  double shown = 0;
  double ratio = 0;  // the figure
};

Whole whole_of(const Cells& cells, std::size_t column, MaxDiffFigure figure, bool weighted) {
  Whole whole;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double weight = weight_of(sums, weighted);
    whole.weight += weight;
    whole.chosen += weight * times.chosen;
    whole.shown += weight * times.shown;
  });
  if (whole.shown > 0) whole.ratio = factor_of(figure) * whole.chosen / whole.shown;
  return whole;
}

}  // namespace

std::vector<ValueSums> maxdiff_values(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                                      bool weighted) {
  const auto whole = whole_of(cells, column, figure, weighted);
  std::map<double, Sums> values;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double apart = factor_of(figure) * times.chosen - whole.ratio * times.shown;
    const double influence = whole.shown > 0 ? apart * whole.weight / whole.shown : 0;
    values[whole.ratio + influence].add(sums);
  });
  std::vector<ValueSums> rising;
  for (const auto& [value, sums] : values) rising.push_back({value, sums});
  return rising;
}

MaxDiffTimes maxdiff_counts(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                            bool weighted) {
  MaxDiffTimes result;
  result.figure = whole_of(cells, column, figure, weighted).ratio;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double each = figure == MaxDiffFigure::score ? times.shown : times.chosen;
    result.n += each * static_cast<double>(sums.n);
    result.weighted += each * weight_of(sums, weighted);
  });
  return result;
}

}  // namespace sondeo
