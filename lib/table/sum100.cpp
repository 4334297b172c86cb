// SPDX-License-Identifier: MIT
#include "table/sum100.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "table/words.h"

namespace sondeo {
namespace {

// Numbers are whole here: units of the last digit shown, times this. Remainders that differ by less
// than a part of it are equal.
constexpr std::int64_t unit = 1'000'000'000;

Value* percent_of(Row& row, std::size_t column) {
  for (auto& value : row.cells[column].values)
    if (value.statistic == "column_percent" && value.of.empty()) return &value;
  return nullptr;
}

// A row with those below it that are its parts.
struct Part {
  std::size_t row = 0;
  std::vector<Part> parts;
  std::int64_t size = 0;
  std::int64_t shown = 0;  // in units
};

class Shares {
 public:
  Shares(Table& table, int digits) : table_(table), scale_(std::pow(10.0, digits)) {
    for (std::size_t i = 0; i < table.rows.size();) {
      if (is_part(i))
        i = collect(i, parts_);
      else
        ++i;
    }
  }

  void round(std::size_t column) {
    for (const auto& row : table_.rows) {
      const bool counted = row.kind == RowKind::category || row.kind == RowKind::net;
      const auto* value = counted ? row.cells[column].find("column_percent") : nullptr;
      if (counted && (value == nullptr || !value->number)) return;
    }
    std::int64_t sum = 0;
    for (auto& part : parts_) sum += measure(part, column);
    share(parts_, (sum + unit / 2) / unit);
    shown_.assign(table_.rows.size(), 0);
    for (auto& part : parts_) show(part, column);
    for (const auto net : apart_) {
      std::int64_t of_members = 0;
      const auto& members = table_.rows[net].members;
      for (std::size_t i = 0; i < table_.rows.size(); ++i) {
        const auto& row = table_.rows[i];
        const bool member = row.kind == RowKind::category &&
                            std::find(members.begin(), members.end(), row.id) != members.end();
        if (member) of_members += shown_[i];
      }
      put(net, column, of_members);
    }
  }

 private:
  bool is_part(std::size_t row) const {
    const auto kind = table_.rows[row].kind;
    return kind == RowKind::category || kind == RowKind::net;
  }

  // The rows from `row` on that are indented below it, and it; returns the row after them.
  std::size_t collect(std::size_t row, std::vector<Part>& among) {
    Part part;
    part.row = row;
    auto next = row + 1;
    const auto indent = table_.rows[row].indent;
    while (next < table_.rows.size() && is_part(next) && table_.rows[next].indent > indent)
      next = collect(next, part.parts);
    if (table_.rows[row].kind == RowKind::category || holds_its_answers(row, next)) {
      among.push_back(std::move(part));
    } else {
      // What stands below it is part of what it stands in.
      apart_.push_back(row);
      for (auto& below : part.parts) among.push_back(std::move(below));
    }
    return next;
  }

  bool holds_its_answers(std::size_t net, std::size_t end) const {
    std::set<std::string> below;
    for (auto i = net + 1; i < end; ++i)
      if (table_.rows[i].kind == RowKind::category) below.insert(table_.rows[i].id);
    const auto& members = table_.rows[net].members;
    return !below.empty() && below == std::set<std::string>(members.begin(), members.end());
  }

  std::int64_t measure(Part& part, std::size_t column) {
    if (part.parts.empty()) {
      const auto percent = *table_.rows[part.row].cells[column].find("column_percent")->number;
      return part.size = std::llround(percent * scale_ * static_cast<double>(unit));
    }
    part.size = 0;
    for (auto& below : part.parts) part.size += measure(below, column);
    return part.size;
  }

  // Deals `units` out to the parts, down to the smallest.
  static void share(std::vector<Part>& parts, std::int64_t units) {
    std::vector<Part*> by_remainder;
    for (auto& part : parts) {
      part.shown = part.size / unit;
      units -= part.shown;
      by_remainder.push_back(&part);
    }
    std::stable_sort(by_remainder.begin(), by_remainder.end(), [](const auto* a, const auto* b) {
      const auto x = a->size % unit;
      const auto y = b->size % unit;
      return x != y ? x > y : a->size > b->size;
    });
    for (auto* part : by_remainder) {
      if (units <= 0) break;
      ++part->shown;
      --units;
    }
    for (auto& part : parts) share(part.parts, part.shown);
  }

  void show(const Part& part, std::size_t column) {
    put(part.row, column, part.shown);
    for (const auto& below : part.parts) show(below, column);
  }

  void put(std::size_t row, std::size_t column, std::int64_t units) {
    shown_[row] = units;
    percent_of(table_.rows[row], column)->shown = static_cast<double>(units) / scale_;
  }

  Table& table_;
  double scale_;
  std::vector<Part> parts_;
  std::vector<std::size_t> apart_;   // nets that are no sum of what stands below them
  std::vector<std::int64_t> shown_;  // of the column at hand, by row
};

}  // namespace

void add_to_100(TableSet& set, int digits) {
  for (auto& table : set.tables) {
    if (!table.sum100) continue;
    Shares shares(table, std::clamp(digits, 0, 6));
    for (std::size_t j = 0; j < table.columns.size(); ++j) shares.round(j);
    const std::string note(words_of(table.language).sum100_note);
    if (std::find(table.notes.begin(), table.notes.end(), note) == table.notes.end())
      table.notes.push_back(note);
  }
}

}  // namespace sondeo
