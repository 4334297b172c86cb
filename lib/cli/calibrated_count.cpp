// SPDX-License-Identifier: MIT
#include "cli/calibrated_count.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "codebook/crossed.h"
#include "codebook/study.h"

namespace sondeo {
namespace {

// The axis with a margin inside.
Axis within(const Axis& axis, const std::vector<std::size_t>& margin) {
  auto both = axis;
  both.questions.insert(both.questions.end(), margin.begin(), margin.end());
  return both;
}

// The key without the last `count` variables, which are of a margin: what they say is `inside`.
Key outside(Key key, std::size_t count, std::vector<std::string>& inside) {
  const auto last = static_cast<std::ptrdiff_t>(count);
  inside.assign(key.path.end() - last, key.path.end());
  key.path.erase(key.path.end() - last, key.path.end());
  if (key.overlap) {
    // Two columns, in both of which stands the same category of the margin.
    const auto half = static_cast<std::ptrdiff_t>((key.path.size() - count) / 2);
    key.path.erase(key.path.begin() + half, key.path.begin() + half + last);
  }
  return key;
}

std::size_t place_of(const std::vector<Key>& keys, const Key& key) {
  const auto found = std::find(keys.begin(), keys.end(), key);
  return static_cast<std::size_t>(found - keys.begin());
}

}  // namespace

std::optional<CountedCalibration> calibration_of(const StudyInput& input, RequestBuilder& builder,
                                                 Issues& issues) {
  const auto& request = builder.request;
  if (!input.study || !request.weight.weighted() || request.replicates.size() > 0)
    return std::nullopt;
  const auto& weights = input.study->weights;
  const auto column_of = [](const StudyWeight& weight) {
    return weight.column.empty() ? weight.name : weight.column;
  };
  const auto known = std::find_if(weights.begin(), weights.end(), [&](const auto& each) {
    return column_of(each) == request.weight.column;
  });
  if (known == weights.end() || known->design_weight.empty() || known->margins.empty())
    return std::nullopt;
  CountedCalibration rule;
  rule.raking = known->calibration == "raking";
  const auto refuse = [&](const std::string& why) {
    issues.add(Place{input.header.file}, "calibration",
               "the study records what " + excerpt(known->name) + " was calibrated to, but " + why +
                   ": standard errors take the weight as given, and are likely too large");
    return std::nullopt;
  };
  try {
    if (known->design_weight != "none") {
      rule.base.column = known->design_weight;
      for (const auto& other : weights)
        if (other.name == known->design_weight) rule.base.column = column_of(other);
      find_column(input.header, rule.base.column);
    }
    for (const auto& margin : known->margins) {
      auto& questions = rule.margins.emplace_back();
      for (const auto& name : crossed_parts(margin)) {
        questions.push_back(builder.banner_variable(name));
        const auto& question = request.questions[questions.back()];
        if (question.kind == QuestionKind::number || question.several())
          return refuse("'" + excerpt(name) + "' is no single category");
      }
      rule.names += (rule.names.empty() ? "" : ", ") + margin;
    }
  } catch (const Error& error) {
    return refuse(error.message());
  }
  return rule;
}

CalibratedCount::CalibratedCount(const CountRequest& main, CountedCalibration rule)
    : rule_(std::move(rule)), tables_(main.tables.size()) {
  rows_are_units_ = main.units.empty() || main.units.rows_are_units();
  auto base = main;
  base.weight = rule_.base;
  base.units = {};
  base.axes.clear();
  base.tables.clear();
  base.identify = false;
  base.beside = true;
  requests_ = {main, base};
  std::size_t everybody = 0;
  if (main.where) {
    // What everybody adds to the regression is not what the filter keeps.
    everybody = 2;
    auto all = base;
    all.where.reset();
    all.weight = main.weight;
    all.units = main.units;
    auto base_all = base;
    base_all.where.reset();
    requests_.push_back(all);
    requests_.push_back(base_all);
  }
  const auto& margins = rule_.margins;
  for (std::size_t t = 0; t < tables_; ++t) {
    const auto table = main.tables[t];
    auto& of_base = base_.emplace_back();
    auto& of_squares = squares_.emplace_back();
    for (const auto& margin : margins) {
      const auto columns = within(main.axes[table.columns], margin);
      of_base.push_back(add(1, main.axes[table.rows], columns));
      if (rows_are_units_) of_squares.push_back(add(0, main.axes[table.rows], columns));
    }
  }
  for (std::size_t j = 0; j < margins.size(); ++j) {
    auto& of_base = base_all_.emplace_back();
    auto& of_all = all_.emplace_back();
    Axis rows;
    rows.questions = margins[j];
    for (std::size_t k = 0; k <= j; ++k) {
      Axis columns;
      if (k < j) columns.questions = margins[k];
      of_base.push_back(add(everybody + 1, rows, columns));
      if (rows_are_units_ || k == j)
        of_all.push_back(add(everybody, rows, columns));
      else
        of_all.emplace_back();
    }
  }
}

CalibratedCount::Place CalibratedCount::add(std::size_t request, const Axis& rows,
                                            const Axis& columns) {
  auto& to = requests_[request];
  const auto axis = [&](const Axis& wanted) {
    for (std::size_t i = 0; i < to.axes.size(); ++i) {
      if (to.axes[i].questions == wanted.questions && to.axes[i].overlaps == wanted.overlaps)
        return i;
    }
    to.axes.push_back(wanted);
    return to.axes.size() - 1;
  };
  const TableAxes table{axis(rows), axis(columns)};
  to.tables.push_back(table);
  return {request, to.tables.size() - 1};
}

bool CalibratedCount::find_categories(const std::vector<CountResult>& results,
                                      std::vector<std::vector<Key>>& categories) const {
  for (std::size_t j = 0; j < rule_.margins.size(); ++j) {
    const auto place = all_[j][j];
    const auto& cells = results[place.request].tables[place.table];
    auto& keys = categories.emplace_back();
    for (std::size_t i = 0; i < cells.rows.size(); ++i) {
      std::uint64_t n = 0;
      for (std::size_t c = 0; c < cells.columns.size(); ++c) n += cells.at(i, c).n;
      if (n == 0) continue;
      if (cells.rows[i].kind != AnswerKind::category || cells.rows[i].overlap) return false;
      keys.push_back(cells.rows[i]);
    }
  }
  return true;
}

std::optional<MarginSums> CalibratedCount::finish(std::vector<CountResult>& results) const {
  auto& main = results[0];
  std::vector<std::vector<Key>> categories;
  const auto cut = [&] { main.tables.resize(tables_); };
  const auto summed = [](const Key& key) { return key.kind == AnswerKind::number; };
  const auto has_summed = [&](const Cells& cells) {
    return std::any_of(cells.rows.begin(), cells.rows.end(), summed);
  };
  // A number of too many values is known by its sums, not by margin.
  if (std::any_of(main.tables.begin(), main.tables.end(), has_summed) ||
      !find_categories(results, categories)) {
    cut();
    return std::nullopt;
  }
  std::vector<std::size_t> first;  // category of a margin
  MarginSums margins;
  for (const auto& keys : categories) {
    first.push_back(margins.categories);
    margins.categories += keys.size();
  }
  const bool by_unit = !requests_[0].units.empty();
  const auto m = margins.categories;
  const auto leaves = by_unit ? main.units.leaves() : 1;
  const MarginPlaces places{leaves, m, rows_are_units_};
  std::size_t cells_kept = 0;
  for (std::size_t t = 0; t < tables_; ++t) {
    for (const auto& sums : main.tables[t].sums) cells_kept += sums.n > 0;
  }
  if (cells_kept * places.size() > most_further_sums || leaves * m * m > most_further_sums) {
    cut();
    return std::nullopt;
  }
  if (!by_unit) {
    main.units = {};
    main.units.rows = main.rows;
    main.units.stages[0].strata.push_back({"", 0, 0, main.rows, {}, {}});
  }
  // What a respondent adds to sums of v: the weight before, or 1 if it was positive.
  const bool base_weighted = rule_.base.weighted();
  const auto v = [&](const Sums& sums) {
    if (!rule_.raking && base_weighted) return sums.w;
    ExactSum ones;
    ones.add_ones(base_weighted ? sums.n_positive : sums.n);
    return ones;
  };
  // Sums of w by leaf, and of w2.
  const auto by_leaf = [&](const Sums& sums, std::size_t leaf, bool squared) -> const ExactSum& {
    static const ExactSum none;
    if (!by_unit) return squared ? sums.w2 : sums.w;
    const auto at = leaf + (squared ? leaves : 0);
    return at < sums.further.size() ? sums.further[at] : none;
  };

  // Everybody.
  margins.products.resize(m * m);
  margins.unit_sums.resize(leaves * m);
  if (rows_are_units_) margins.unit_products.resize(leaves * m * m);
  for (std::size_t j = 0; j < categories.size(); ++j) {
    for (std::size_t k = 0; k <= j; ++k) {
      const auto each = [&](const Place& place, const auto& take) {
        const auto& cells = results[place.request].tables[place.table];
        for (std::size_t i = 0; i < cells.rows.size(); ++i) {
          const auto a = place_of(categories[j], cells.rows[i]);
          if (a == categories[j].size()) continue;
          for (std::size_t c = 0; c < cells.columns.size(); ++c) {
            const auto b = k == j ? a : place_of(categories[k], cells.columns[c]);
            if (k < j && b == categories[k].size()) continue;
            take(cells.at(i, c), first[j] + a, first[k] + b);
          }
        }
      };
      each(base_all_[j][k], [&](const Sums& sums, std::size_t a, std::size_t b) {
        margins.products[a * m + b] = margins.products[b * m + a] = v(sums).value();
      });
      if (!rows_are_units_ && k < j) continue;
      each(all_[j][k], [&](const Sums& sums, std::size_t a, std::size_t b) {
        for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
          if (k == j) margins.unit_sums[leaf * m + a] = by_leaf(sums, leaf, false).value();
          if (!rows_are_units_) continue;
          const double square = by_leaf(sums, leaf, true).value();
          margins.unit_products[(leaf * m + a) * m + b] = square;
          margins.unit_products[(leaf * m + b) * m + a] = square;
        }
      });
    }
  }

  // The cells.
  for (std::size_t t = 0; t < tables_; ++t) {
    auto& cells = main.tables[t];
    for (auto& sums : cells.sums) {
      if (sums.n == 0) continue;
      if (!by_unit) sums.further = {sums.w, sums.w2};
      sums.further.resize(places.size());
    }
    for (std::size_t k = 0; k < categories.size(); ++k) {
      const auto length = rule_.margins[k].size();
      const auto each = [&](const Place& place, const auto& take) {
        const auto& parts = results[place.request].tables[place.table];
        std::vector<std::size_t> row_places;
        for (const auto& row : parts.rows) row_places.push_back(place_of(cells.rows, row));
        for (std::size_t c = 0; c < parts.columns.size(); ++c) {
          std::vector<std::string> inside;
          const auto column = place_of(cells.columns, outside(parts.columns[c], length, inside));
          Key category;
          category.path = inside;
          const auto at = place_of(categories[k], category);
          if (column == cells.columns.size() || at == categories[k].size()) continue;
          for (std::size_t i = 0; i < parts.rows.size(); ++i) {
            if (row_places[i] == cells.rows.size()) continue;
            auto& to = cells.sums[row_places[i] * cells.columns.size() + column];
            if (!to.further.empty()) take(parts.at(i, c), to, first[k] + at);
          }
        }
      };
      each(base_[t][k], [&](const Sums& sums, Sums& to, std::size_t category) {
        to.further[places.base(category)].add(v(sums));
      });
      if (!rows_are_units_) continue;
      each(squares_[t][k], [&](const Sums& sums, Sums& to, std::size_t category) {
        for (std::size_t leaf = 0; leaf < leaves; ++leaf)
          to.further[places.square(leaf, category)].add(by_leaf(sums, leaf, true));
      });
    }
  }
  cut();
  return margins;
}

}  // namespace sondeo
