// SPDX-License-Identifier: MIT
#include "synth/targets.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "layout/csv.h"
#include "synth/shares.h"

namespace sondeo {
namespace {

constexpr std::array<const char*, 8> known{"question", "category", "percent", "base",
                                           "where",    "lean",     "alone",   "source"};
enum Field { question, category, percent, base, where, lean, alone };
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
constexpr int most_digits = 5;

// A decimal number as it stands there: sign, digits, and how many of them are decimals.
struct Decimal {
  std::int64_t digits = 0;
  int decimals = 0;
};

std::optional<Decimal> read_decimal(std::string_view text) {
  Decimal number;
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  const auto mark = text.find_first_of(".,");
  if (text.empty() || text.size() > 12 || mark == 0 || mark + 1 == text.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == mark) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number.digits = number.digits * 10 + (text[i] - '0');
    if (mark != std::string_view::npos && i > mark) ++number.decimals;
  }
  if (negative) number.digits = -number.digits;
  return number;
}

// The number in units of 10^-decimals; nothing if it has more decimals than that.
std::optional<std::int64_t> scaled(const Decimal& number, int decimals) {
  if (number.decimals > decimals) return std::nullopt;
  auto value = number.digits;
  for (int i = number.decimals; i < decimals; ++i) value *= 10;
  return value;
}

class Reader : public BlockWorker {
 public:
  Reader(const CsvFile& file, std::vector<TargetRow>& rows) : file_(file), rows_(rows) {
    columns_.fill(nowhere);
    const std::vector<std::string> names(known.begin(), known.end());
    for (std::size_t i = 0; i < file.header().names.size(); ++i) {
      const std::string name(trim_blanks(file.header().names[i]));
      const auto found = std::find(names.begin(), names.end(), name);
      const Place at{file.name(), file.header().line, 0};
      if (found == names.end()) {
        const auto close = nearest(name, names);
        throw Error(at, "target-column", "targets have no column '" + excerpt(name) + "'",
                    close.empty() ? "columns: question, category, percent, base, where, lean, "
                                    "alone, source"
                                  : "did you mean " + close + "?");
      }
      auto& column = columns_[static_cast<std::size_t>(found - names.begin())];
      if (column != nowhere) {
        throw Error(at, "target-column", "the column " + name + " stands twice");
      }
      column = i;
    }
    for (const auto field : {question, category}) {
      if (columns_[field] == nowhere) {
        throw Error(Place{file.name(), file.header().line, 0}, "target-column",
                    std::string("there is no column ") + known[field],
                    "the first line names the columns: question,category,percent");
      }
    }
  }

  void take(const Block& block) override {
    for (std::size_t row = 0; row < block.rows; ++row) read(block, row);
  }

 private:
  std::string text(const Block& block, std::size_t row, Field field) const {
    if (columns_[field] == nowhere) return "";
    return std::string(trim_blanks(cell_text(block.cell(row, columns_[field]))));
  }

  Place place(const Block& block, std::size_t row, Field field) const {
    Place at{file_.name(), block.line_of(row), 0};
    if (columns_[field] == nowhere) return at;
    const std::string_view before(block.bytes + block.starts[row],
                                  block.cell_start(row, columns_[field]) - block.starts[row]);
    // Characters, not bytes: continuation bytes do not count.
    at.column = 1 + static_cast<std::uint64_t>(std::count_if(
                        before.begin(), before.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    return at;
  }

  void read(const Block& block, std::size_t row) {
    TargetRow target;
    target.question = text(block, row, question);
    target.category = text(block, row, category);
    target.question_at = place(block, row, question);
    target.category_at = place(block, row, category);
    target.percent_at = place(block, row, percent);
    target.base_at = place(block, row, base);
    target.where_at = place(block, row, where);
    target.alone_at = place(block, row, alone);
    read_percent(text(block, row, percent), target);
    read_lean(text(block, row, lean), place(block, row, lean), target);
    target.base = text(block, row, base);
    if (!target.base.empty() && target.base != "asked" && target.base != "answered" &&
        target.base != "all") {
      throw Error(target.base_at, "target-base", "base is '" + excerpt(target.base) + "'",
                  "asked, answered, all, or empty for the base of the question");
    }
    const auto by_itself = text(block, row, alone);
    if (!by_itself.empty() && by_itself != "yes") {
      throw Error(target.alone_at, "target-alone",
                  "alone is '" + excerpt(by_itself) + "'; it is yes or empty");
    }
    target.alone = !by_itself.empty();
    target.where_text = text(block, row, where);
    if (!target.where_text.empty()) {
      try {
        target.where = parse_expr(target.where_text, "where");
      } catch (const Error& error) {
        throw Error(target.where_at, error.id(), "where: " + error.message(), error.hint());
      }
    }
    rows_.push_back(std::move(target));
  }

  static void read_percent(const std::string& text, TargetRow& target) {
    if (text.empty()) return;
    const auto number = read_decimal(text);
    const auto value = number ? scaled(*number, 6) : std::nullopt;
    if (!value || number->decimals > most_digits) {
      throw Error(target.percent_at, "target-number", "percent is '" + excerpt(text) + "'",
                  "a number from 0 to 100 with at most five decimals, such as 30 or 30.4");
    }
    if (*value < 0 || *value > whole) {
      throw Error(target.percent_at, "target-range",
                  "percent is " + excerpt(text) + "; shares go from 0 to 100");
    }
    target.percent = *value;
    target.digits = number->decimals;
  }

  static void read_lean(const std::string& text, const Place& at, TargetRow& target) {
    if (text.empty()) return;
    const auto number = read_decimal(text);
    const auto value = number ? scaled(*number, 2) : std::nullopt;
    if (!value || *value < -100 || *value > 100) {
      throw Error(at, "target-number", "lean is '" + excerpt(text) + "'",
                  "a number from -1 to 1 with at most two decimals");
    }
    target.lean = static_cast<int>(*value);
  }

  const CsvFile& file_;
  std::vector<TargetRow>& rows_;
  std::array<std::size_t, known.size()> columns_{};
};

}  // namespace

std::vector<TargetRow> read_targets(const std::string& path, Issues& issues) {
  CsvOptions options;
  options.file.path = path;
  CsvFile file(options, issues);
  std::vector<TargetRow> rows;
  Reader reader(file, rows);
  file.read({&reader}, issues);
  return rows;
}

}  // namespace sondeo
