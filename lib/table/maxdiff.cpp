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

}  // namespace

std::vector<ValueSums> maxdiff_values(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                                      bool weighted) {
  double total = 0;
  double chosen = 0;
  double shown = 0;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double weight = weight_of(sums, weighted);
    total += weight;
    chosen += weight * times.chosen;
    shown += weight * times.shown;
  });
  std::map<double, Sums> values;
  const double factor = figure == MaxDiffFigure::shown ? 1 : 100;
  const double ratio = shown > 0 ? factor * chosen / shown : 0;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double apart = factor * times.chosen - ratio * times.shown;
    values[shown > 0 ? ratio + apart * total / shown : 0].add(sums);
  });
  std::vector<ValueSums> rising;
  for (const auto& [value, sums] : values) rising.push_back({value, sums});
  return rising;
}

MaxDiffTimes maxdiff_counts(const Cells& cells, std::size_t column, MaxDiffFigure figure,
                            bool weighted) {
  MaxDiffTimes result;
  walk(cells, column, figure, [&](const Times& times, const Sums& sums) {
    const double each = figure == MaxDiffFigure::score ? times.shown : times.chosen;
    result.n += each * static_cast<double>(sums.n);
    result.weighted += each * weight_of(sums, weighted);
  });
  return result;
}

}  // namespace sondeo
