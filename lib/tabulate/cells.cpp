// SPDX-License-Identifier: MIT
#include "tabulate/cells.h"

#include <algorithm>
#include <numeric>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

int compare_texts(const std::string& a, const std::string& b) {
  const auto x = parse_number(a);
  const auto y = parse_number(b);
  if (x.has_value() != y.has_value()) return x ? -1 : 1;
  if (x && *x != *y) return *x < *y ? -1 : 1;
  return natural_compare(a, b);
}

// The keys in order, each once, and for every old position its place among them.
std::vector<Key> ordered(const std::vector<Key>& keys, std::vector<std::size_t>& places) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return key_less(keys[a], keys[b]); });
  std::vector<Key> result;
  places.resize(keys.size());
  for (const auto i : order) {
    if (result.empty() || result.back() != keys[i]) {
      result.push_back(keys[i]);
    } else if (result.back().label != keys[i].label) {
      // Parts that disagree about the label: then the answer's own text is it, whoever comes next.
      auto& label = result.back().label;
      if (label.empty())
        label = keys[i].label;
      else if (!keys[i].label.empty())
        label = keys[i].path[0];
    }
    places[i] = result.size() - 1;
  }
  return result;
}

}  // namespace

void Sums::add(const Sums& other) {
  n += other.n;
  n_positive += other.n_positive;
  w.add(other.w);
  w2.add(other.w2);
  if (further.size() < other.further.size()) further.resize(other.further.size());
  for (std::size_t i = 0; i < other.further.size(); ++i) further[i].add(other.further[i]);
  if (powers.size() < other.powers.size()) powers.resize(other.powers.size());
  for (std::size_t i = 0; i < other.powers.size(); ++i) powers[i].add(other.powers[i]);
}

void add_value(const Sums& sums, const ValuePowers& y, Sums& to) {
  to.add(sums);
  auto& powers = to.powers;
  if (powers.size() < powers_of_further(sums.further.size()))
    powers.resize(powers_of_further(sums.further.size()));
  const auto add = [&](const ExactSum& factor, std::size_t at) {
    powers[at].add(factor, y.y);
    powers[at + 1].add(factor, y.y2);
  };
  powers[powers_of_rows].add(PowerFactor{sums.n, 0}, y.y);
  powers[powers_of_rows + 1].add(PowerFactor{sums.n, 0}, y.y2);
  add(sums.w, powers_of_w);
  add(sums.w2, powers_of_w2);
  for (std::size_t i = 0; i < sums.further.size(); ++i) add(sums.further[i], powers_of_further(i));
}

Sums without(const Sums& whole, const Sums& part) {
  auto rest = whole;
  rest.n -= part.n;
  rest.n_positive -= part.n_positive;
  rest.w.subtract(part.w);
  rest.w2.subtract(part.w2);
  for (std::size_t i = 0; i < part.further.size() && i < rest.further.size(); ++i)
    rest.further[i].subtract(part.further[i]);
  for (std::size_t i = 0; i < part.powers.size() && i < rest.powers.size(); ++i)
    rest.powers[i].subtract(part.powers[i]);
  return rest;
}

bool key_less(const Key& a, const Key& b) {
  if (a.overlap != b.overlap) return b.overlap;
  if (a.kind != b.kind) return a.kind < b.kind;
  for (std::size_t i = 0; i < a.path.size() && i < b.path.size(); ++i) {
    const int order = compare_texts(a.path[i], b.path[i]);
    if (order != 0) return order < 0;
  }
  return a.path.size() < b.path.size();
}

Cells canonical(const Cells& cells) {
  Cells result;
  std::vector<std::size_t> rows;
  std::vector<std::size_t> columns;
  result.rows = ordered(cells.rows, rows);
  result.columns = ordered(cells.columns, columns);
  result.sums.resize(result.rows.size() * result.columns.size());
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    for (std::size_t j = 0; j < cells.columns.size(); ++j) {
      result.sums[rows[i] * result.columns.size() + columns[j]].add(cells.at(i, j));
    }
  }
  return result;
}

bool is_summed(const Cells& cells) {
  return std::any_of(cells.rows.begin(), cells.rows.end(),
                     [](const Key& key) { return key.kind == AnswerKind::number; });
}

Cells sum_values(const Cells& cells) {
  const auto is_value = [](const Key& key) { return key.kind == AnswerKind::category; };
  if (std::none_of(cells.rows.begin(), cells.rows.end(), is_value)) return cells;
  Cells result;
  result.columns = cells.columns;
  result.rows.push_back({AnswerKind::number, {""}, false, "", 0});
  std::vector<std::size_t> place_of;
  for (const auto& key : cells.rows) {
    const bool among = is_value(key) || key.kind == AnswerKind::number;
    place_of.push_back(among ? 0 : result.rows.size());
    if (!among) result.rows.push_back(key);
  }
  const auto columns = result.columns.size();
  result.sums.resize(result.rows.size() * columns);
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    const auto powers = ValuePowers::of(cells.rows[row].number);
    for (std::size_t column = 0; column < columns; ++column) {
      const auto& sums = cells.at(row, column);
      if (sums.n == 0) continue;
      auto& to = result.sums[place_of[row] * columns + column];
      if (is_value(cells.rows[row]))
        add_value(sums, powers, to);
      else
        to.add(sums);
    }
  }
  return canonical(result);
}

namespace {

Cells united(const Cells& a, const Cells& b) {
  // Side by side as the blocks of one larger table, which canonical() folds together.
  Cells both;
  both.rows = a.rows;
  both.rows.insert(both.rows.end(), b.rows.begin(), b.rows.end());
  both.columns = a.columns;
  both.columns.insert(both.columns.end(), b.columns.begin(), b.columns.end());
  both.sums.resize(both.rows.size() * both.columns.size());
  const auto copy = [&](const Cells& from, std::size_t first_row, std::size_t first_column) {
    for (std::size_t i = 0; i < from.rows.size(); ++i) {
      for (std::size_t j = 0; j < from.columns.size(); ++j) {
        both.sums[(first_row + i) * both.columns.size() + first_column + j] = from.at(i, j);
      }
    }
  };
  copy(a, 0, 0);
  copy(b, a.rows.size(), a.columns.size());
  return canonical(both);
}

}  // namespace

Cells merge(const Cells& a, const Cells& b) {
  return is_summed(a) == is_summed(b) ? united(a, b) : united(sum_values(a), sum_values(b));
}

}  // namespace sondeo
