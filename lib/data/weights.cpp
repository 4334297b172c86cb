// SPDX-License-Identifier: MIT
#include "data/weights.h"

#include "base/text.h"

namespace sondeo {

double read_weight(std::string_view cell, const NumberFormat& format, const Place& place,
                   std::string_view name) {
  const auto text = cell_text(cell);
  const auto trimmed = trim(text);
  const auto what = "the weight " + excerpt(name);
  if (trimmed.empty()) {
    throw Error(place, "weight-missing", what + " is empty; every respondent needs one",
                "leave respondents out with --where 'not missing(" + excerpt(name) + ")'");
  }
  const auto weight = parse_number(trimmed, format);
  if (!weight) {
    throw Error(place, "weight-number",
                what + " is '" + excerpt(trimmed) + "'; weights must be finite numbers",
                number_hint(trimmed, format));
  }
  if (*weight < 0) {
    throw Error(place, "weight-range",
                what + " is " + excerpt(trimmed) + "; weights must be finite and not negative");
  }
  return *weight;
}

bool read_longer_weight(std::string_view cell, char decimal, double& weight) {
  static constexpr double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  if (cell.size() > 16) return false;
  std::uint64_t digits = 0;
  std::size_t count = 0;
  std::size_t after_mark = 0;
  bool marked = false;
  for (const char c : cell) {
    const auto digit = static_cast<unsigned char>(c - '0');
    if (digit <= 9) {
      digits = digits * 10 + digit;
      ++count;
      after_mark += marked;
    } else if (c == decimal && !marked) {
      marked = true;
    } else {
      return false;
    }
  }
  if (count == 0 || count > 15) return false;
  // Exact over exact, as above.
  weight = static_cast<double>(digits) / powers[after_mark];
  return true;
}

void WeightTable::add(std::string id, double weight, const Place& place) {
  file_ = place.file;
  if (id.empty()) throw Error(place, "missing-id", "the id is empty");
  const auto [entry, fresh] = entries_.try_emplace(std::move(id), Entry{weight, place.line, 0});
  // The same line may be given once more: see BlockWorker.
  if (!fresh && entry->second.line != place.line) {
    throw Error(place, "duplicate-id",
                "id '" + excerpt(entry->first) + "' stands also in line " +
                    std::to_string(entry->second.line));
  }
}

double WeightTable::take(const std::string& id, const Place& place) {
  if (id.empty()) throw Error(place, "missing-id", "the id is empty");
  const auto entry = entries_.find(id);
  if (entry == entries_.end()) {
    throw Error(place, "id-without-weight",
                "id '" + excerpt(id) + "' is not in the weight file " + file_);
  }
  // And the same respondent may be asked for again.
  if (entry->second.taken_at != 0 && entry->second.taken_at != place.line) {
    throw Error(
        place, "duplicate-id",
        "id '" + excerpt(id) + "' stands also in line " + std::to_string(entry->second.taken_at));
  }
  entry->second.taken_at = place.line;
  return entry->second.weight;
}

void WeightTable::check_all_taken() const {
  const std::pair<const std::string, Entry>* first = nullptr;
  for (const auto& entry : entries_) {
    if (entry.second.taken_at == 0 && (first == nullptr || entry.second.line < first->second.line))
      first = &entry;
  }
  if (first != nullptr) {
    throw Error(Place{file_, first->second.line}, "weight-without-id",
                "id '" + excerpt(first->first) + "' is not in the data");
  }
}

}  // namespace sondeo
