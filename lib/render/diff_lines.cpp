// SPDX-License-Identifier: MIT
#include "render/diff_lines.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

std::string label(std::string_view text) { return visible(trim(text)); }

// "column %", "ci low", "min base": the words of table files as people read them.
std::string spoken(std::string_view word) {
  constexpr std::string_view percent = "_percent";
  if (word.ends_with(percent))
    return std::string(word.substr(0, word.size() - percent.size())) + " %";
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string statistic_words(const TableNumber& number) {
  std::string words = spoken(number.statistic);
  if (!number.of.empty()) words += " of " + spoken(number.of);
  return visible(words);
}

int usual_decimals(const TableNumber& number) {
  if (number.unit == "respondents") return 0;
  return number.unit == "percent" || number.unit == "weighted" ? 1 : 2;
}

// As many decimals as it takes to show that the change is beyond the tolerance.
int decimals(const TableNumber& number, double change, double tolerance) {
  constexpr int most = 15;
  int digits = usual_decimals(number);
  while (digits < most) {
    const auto shown = parse_number(rounded(std::fabs(change), digits));
    if (shown && *shown > tolerance) break;
    ++digits;
  }
  return digits;
}

std::string absent(const TableNumber* number) {
  if (number == nullptr) return "–";
  return number->flag.empty() ? "–" : "– (" + visible(spoken(number->flag)) + ")";
}

std::string number_text(double value, int digits) {
  return std::fabs(value) < 1e15 ? rounded(value, digits, ".", ",") : shortest(value);
}

DiffLine line_of(const Diff& diff, const Change& change) {
  const TableNumber& number = change.any();
  DiffLine line{label(number.table), label(number.row), label(number.column), "", "", "", ""};
  if (change.kind == ChangeKind::letters) {
    const auto letters = [](const TableNumber* side) {
      return side == nullptr || side->letters.empty() ? std::string("–") : label(side->letters);
    };
    line.before = letters(change.before);
    line.after = letters(change.after);
    line.change = "letters";
    return line;
  }
  line.statistic = statistic_words(number);
  if (change.kind != ChangeKind::moved) {
    const bool gone = change.kind == ChangeKind::vanished;
    const TableNumber& there = gone ? *change.before : *change.after;
    const std::string value = number_text(*there.value, usual_decimals(there));
    line.before = gone ? value : absent(change.before);
    line.after = gone ? absent(change.after) : value;
    line.change = change_name(change.kind);
    return line;
  }
  const double before = *change.before->value;
  const double after = *change.after->value;
  const int digits = decimals(number, after - before, diff.tolerance.of(number));
  line.before = number_text(before, digits);
  line.after = number_text(after, digits);
  line.change = (after > before ? "+" : "") + number_text(after - before, digits);
  return line;
}

std::string plural(std::size_t count, const std::string& one) {
  return grouped(count) + " " + one + (count == 1 ? "" : "s");
}

// What is in one file only as a whole: which, and whether it appeared.
using Whole = std::tuple<ChangeKind, ChangeScope, std::string_view, std::string_view>;

Whole whole_of(const Change& change) {
  const TableNumber& number = change.any();
  const std::string_view part = change.scope == ChangeScope::row      ? number.row_id
                                : change.scope == ChangeScope::column ? number.column_id
                                                                      : std::string_view();
  return {change.kind, change.scope, number.table, part};
}

bool is_whole(const Change& change) {
  return change.scope != ChangeScope::number &&
         (change.kind == ChangeKind::appeared || change.kind == ChangeKind::vanished);
}

}  // namespace

std::vector<DiffLine> diff_lines(const Diff& diff) {
  std::map<Whole, std::size_t> numbers;
  for (const Change& change : diff.changes) {
    if (is_whole(change)) ++numbers[whole_of(change)];
  }
  std::vector<DiffLine> lines;
  for (const Change& change : diff.changes) {
    if (!is_whole(change)) {
      lines.push_back(line_of(diff, change));
      continue;
    }
    std::size_t& count = numbers[whole_of(change)];
    if (count == 0) continue;  // its line stands already
    const TableNumber& number = change.any();
    DiffLine line{label(number.table), "", "", "", "", "", ""};
    if (change.scope == ChangeScope::row) line.row = label(number.row);
    if (change.scope == ChangeScope::column) line.column = label(number.column);
    line.change = std::string(change_name(change.kind)) + ": " + plural(count, "number");
    lines.push_back(std::move(line));
    count = 0;
  }
  return lines;
}

std::string diff_summary(const Diff& diff) {
  std::string limit;
  if (!diff.tolerance.named.empty()) {
    limit = " by more than the tolerance";
  } else if (diff.tolerance.any > 0) {
    limit = " by more than " + shortest(diff.tolerance.any);
  }
  if (diff.changes.empty())
    return plural(diff.compared, "number") + " compared, none moved" + limit;
  std::vector<std::string> parts;
  if (diff.moved > 0) {
    parts.push_back(grouped(diff.moved) + " of " + plural(diff.compared, "number") + " moved" +
                    limit);
  }
  if (diff.appeared > 0) parts.push_back(plural(diff.appeared, "number") + " appeared");
  if (diff.vanished > 0) parts.push_back(plural(diff.vanished, "number") + " vanished");
  if (diff.letters > 0) parts.push_back(plural(diff.letters, "letter") + " changed");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
  return text;
}

std::string diff_sentence(const DiffLine& line) {
  std::string text = line.row;
  if (!line.column.empty()) text += (text.empty() ? "" : " × ") + line.column;
  if (!line.statistic.empty()) text += ", " + line.statistic;
  if (text.empty()) text = "the table";
  if (line.before.empty()) return text + " " + line.change;
  return text + ": " + line.before + " → " + line.after + " (" + line.change + ")";
}

}  // namespace sondeo
