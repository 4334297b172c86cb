// SPDX-License-Identifier: MIT
// What must hold of counted cells whatever the file, its parts, the blocks and the threads.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <tuple>

#include "../unit/tabulate/request.h"
#include "base/number.h"
#include "infer/estimate.h"

namespace sondeo {
namespace {

using requests::count_text;
using requests::question;

// One respondent: q, n, g, h, three flags, joined, weight.
using Row = std::vector<std::string>;
using Rows = std::vector<Row>;
const char header[] = "q,n,g,h,m1,m2,m3,j,w\n";

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string pick(const std::vector<std::string>& from) { return from[below(from.size())]; }

  Row row() {
    const std::vector<std::string> flags{"", "0", "1", "1", "99"};
    std::string weight = shortest(static_cast<double>(below(3000)) / 1000);
    if (below(20) == 0) weight = "0";
    return {pick({"a", "b", "", "99", "c", " a", "a,b", "10", "2"}),
            pick({"1", "2", "2.0", "-3.5", "", "99", "1e2"}),
            pick({"N", "S", "E", ""}),
            pick({"m", "f", ""}),
            pick(flags),
            pick({"", "0", "TV", "TV", "Television", "1", "99"}),
            pick({"", "0", "Radio"}),
            pick({"", "x", "x;y", "y;z;x", "99", ";", "z"}),
            weight};
  }
  Rows rows(std::size_t count) {
    Rows rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(row());
    return rows;
  }

 private:
  std::mt19937 random_;
};

std::string text_of(const Rows& rows) {
  std::string text = header;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool quote = row[i].find(',') != std::string::npos;
      text += (i > 0 ? "," : "") + (quote ? "\"" + row[i] + "\"" : row[i]);
    }
    text += '\n';
  }
  return text;
}

enum Questions : std::size_t { q, n, g, h, m, j };

CountRequest request(bool weighted = true) {
  CountRequest result;
  result.questions = {
      question("q", QuestionKind::single, {0}),      question("n", QuestionKind::number, {1}),
      question("g", QuestionKind::single, {2}),      question("h", QuestionKind::single, {3}),
      question("m", QuestionKind::flags, {4, 5, 6}), question("j", QuestionKind::joined, {7})};
  result.axes = {{{q}, false},   {{n}, false},   {{m}, false},      {{j}, false},
                 {{}, true},     {{g}, true},    {{g, h}, true},    {{m}, true},
                 {{g, m}, true}, {{j, m}, true}, {{m, h, j}, false}};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 4; column < result.axes.size(); ++column)
      result.tables.push_back({row, column});
  }
  result.rules.missing = {"99"};
  if (weighted) result.weight.column = "w";
  return result;
}

// Keys as plain values: kind, path, overlap.
using Plain = std::tuple<AnswerKind, std::vector<std::string>, bool>;
Plain plain(const Key& key) { return {key.kind, key.path, key.overlap}; }

std::string trimmed(const std::string& text) { return text[0] == ' ' ? text.substr(1) : text; }

std::vector<Plain> keys_of(std::size_t asked, const Row& row) {
  const auto none = [](const std::string& text) { return text.empty() || text == "99"; };
  if (asked != m && asked != j) {
    auto text = trimmed(row[asked]);
    if (none(text)) return {{AnswerKind::missing, {text}, false}};
    // A number is the same however it is written.
    if (asked == n) text = shortest(*parse_number(text));
    return {{AnswerKind::category, {text}, false}};
  }
  std::vector<Plain> options;
  bool any = false;
  for (std::size_t i = 4; asked == m && i < 7; ++i) {
    any |= !none(row[i]);
    if (!none(row[i]) && row[i] != "0")
      options.push_back({AnswerKind::category, {"o" + std::to_string(i)}, false});
  }
  for (const char option : asked == j ? std::string("xyz") : std::string()) {
    if (row[7].find(option) != std::string::npos)
      options.push_back({AnswerKind::category, {std::string(1, option)}, false});
  }
  if (asked == j) any = !none(row[7]);
  const auto kind = !options.empty() ? AnswerKind::answered
                    : any            ? AnswerKind::asked
                                     : AnswerKind::not_asked;
  options.push_back({kind, {""}, false});
  return options;
}

std::vector<Plain> keys_of(const Axis& axis, const Row& row) {
  std::vector<Plain> keys{{AnswerKind::category, {}, false}};
  bool several = false;
  for (const auto asked : axis.questions) {
    several |= asked == m || asked == j;
    std::vector<Plain> longer;
    for (const auto& [kind, path, overlap] : keys) {
      for (const auto& [next_kind, next, unused] : keys_of(asked, row)) {
        auto whole = path;
        whole.push_back(next[0]);
        longer.push_back(
            {kind == AnswerKind::category ? next_kind : kind, whole, overlap || unused});
      }
    }
    keys = longer;
  }
  if (!axis.overlaps || !several) return keys;
  const auto plain_count = keys.size();
  for (std::size_t a = 0; a < plain_count; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      if (std::get<0>(keys[a]) != AnswerKind::category ||
          std::get<0>(keys[b]) != AnswerKind::category)
        continue;
      auto path = std::min(std::get<1>(keys[a]), std::get<1>(keys[b]));
      const auto& other = std::max(std::get<1>(keys[a]), std::get<1>(keys[b]));
      path.insert(path.end(), other.begin(), other.end());
      keys.push_back({AnswerKind::category, path, true});
    }
  }
  return keys;
}

using Naive = std::map<std::pair<Plain, Plain>, Sums>;

Naive naive_table(const Rows& rows, const CountRequest& asked, const TableAxes& table) {
  Naive cells;
  for (const auto& row : rows) {
    const double weight = *parse_number(row[8]);
    for (const auto& a : keys_of(asked.axes[table.rows], row)) {
      for (const auto& b : keys_of(asked.axes[table.columns], row)) {
        auto& sums = cells[{a, b}];
        ++sums.n;
        if (!asked.weight.weighted()) continue;
        sums.n_positive += weight > 0;
        sums.w.add(*ExactSum::term(weight));
        sums.w2.add(*ExactSum::term(weight * weight));
      }
    }
  }
  return cells;
}

// The cells in which there is somebody.
Naive inhabited(const Cells& cells) {
  Naive result;
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    for (std::size_t k = 0; k < cells.columns.size(); ++k) {
      if (cells.at(i, k).n > 0)
        result[{plain(cells.rows[i]), plain(cells.columns[k])}] = cells.at(i, k);
    }
  }
  return result;
}

void check_equal(const CountResult& a, const CountResult& b) {
  REQUIRE(a.rows == b.rows);
  REQUIRE(a.kept.n == b.kept.n);
  REQUIRE(a.kept.n_positive == b.kept.n_positive);
  REQUIRE(a.tables.size() == b.tables.size());
  for (std::size_t i = 0; i < a.tables.size(); ++i) {
    CAPTURE(i);
    REQUIRE((a.tables[i] == b.tables[i]));
    for (std::size_t row = 0; row < a.tables[i].rows.size(); ++row) {
      REQUIRE(a.tables[i].rows[row].label == b.tables[i].rows[row].label);
      REQUIRE(a.tables[i].rows[row].number == b.tables[i].rows[row].number);
    }
    for (std::size_t column = 0; column < a.tables[i].columns.size(); ++column) {
      REQUIRE(a.tables[i].columns[column].label == b.tables[i].columns[column].label);
    }
  }
}

Rows slice(const Rows& rows, std::size_t from, std::size_t to) {
  return {rows.begin() + static_cast<std::ptrdiff_t>(from),
          rows.begin() + static_cast<std::ptrdiff_t>(to)};
}

}  // namespace

TEST_CASE("law: every table is what a naive count finds, nested, overlapping and weighted") {
  Maker make(41);
  for (int round = 0; round < 15; ++round) {
    CAPTURE(round);
    const auto rows = make.rows(1 + make.below(120));
    for (const bool weighted : {false, true}) {
      auto asked = request(weighted);
      if (std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row[8] == "0"; }))
        continue;
      const auto counted = count_text(text_of(rows), asked, 1 + round % 3, 64 << round % 8).result;
      for (std::size_t i = 0; i < asked.tables.size(); ++i) {
        CAPTURE(i);
        REQUIRE((inhabited(counted.tables[i]) == naive_table(rows, asked, asked.tables[i])));
        REQUIRE((canonical(counted.tables[i]) == counted.tables[i]));
      }
    }
  }
}

TEST_CASE("law: threads and blocks change nothing, bit for bit, labels included") {
  Maker make(42);
  for (int round = 0; round < 4; ++round) {
    const files::TempFile file(text_of(make.rows(400)));
    const auto expected = requests::count_file(file.path(), request());
    for (const unsigned threads : {1, 2, 7}) {
      for (const std::size_t block_bytes : {64, 333, 1 << 10, 4 << 10, 1 << 20}) {
        CAPTURE(threads);
        CAPTURE(block_bytes);
        const auto found = requests::count_file(file.path(), request(), threads, block_bytes);
        check_equal(expected.result, found.result);
        REQUIRE(expected.issues.size() == found.issues.size());
        for (std::size_t i = 0; i < expected.issues.size(); ++i) {
          REQUIRE(expected.issues[i].id == found.issues[i].id);
          REQUIRE(expected.issues[i].count == found.issues[i].count);
          REQUIRE(expected.issues[i].first.line == found.issues[i].first.line);
        }
      }
    }
  }
}

TEST_CASE("law: parts merged are the whole; merging commutes, associates and has an identity") {
  Maker make(43);
  for (int round = 0; round < 10; ++round) {
    const auto rows = make.rows(150);
    const auto cut = 30 + make.below(40);
    const auto asked = request();
    const auto whole = count_text(text_of(rows), asked).result;
    const auto a = count_text(text_of(slice(rows, 0, cut)), asked).result;
    const auto b = count_text(text_of(slice(rows, cut, 100)), asked).result;
    const auto c = count_text(text_of(slice(rows, 100, 150)), asked).result;
    for (std::size_t i = 0; i < asked.tables.size(); ++i) {
      const auto& x = a.tables[i];
      const auto& y = b.tables[i];
      const auto& z = c.tables[i];
      REQUIRE((merge(x, y) == merge(y, x)));
      REQUIRE((merge(merge(x, y), z) == merge(x, merge(y, z))));
      REQUIRE((merge(x, Cells{}) == x));
      REQUIRE((merge(Cells{}, x) == x));
      REQUIRE((merge(merge(x, y), z) == whole.tables[i]));
      const auto merged = merge(z, merge(y, x));
      for (std::size_t row = 0; row < merged.rows.size(); ++row) {
        REQUIRE(merged.rows[row].label == whole.tables[i].rows[row].label);
      }
    }
  }
}

TEST_CASE("law: an option's label is that of the whole file, whoever saw what of it") {
  // o5 is ticked with one text in the first part, with two in the second, and just ticked in o4.
  Rows rows(60, {"a", "1", "N", "m", "", "TV", "", "x", "1"});
  for (std::size_t i = 30; i < 60; i += 7) rows[i][5] = "Television";
  rows[0][4] = "One";
  rows[59][4] = "1";
  const auto asked = request();
  const auto whole = count_text(text_of(rows), asked).result;
  for (std::size_t cut = 1; cut < 60; ++cut) {
    const auto a = count_text(text_of(slice(rows, 0, cut)), asked).result;
    const auto b = count_text(text_of(slice(rows, cut, 60)), asked).result;
    for (std::size_t i = 0; i < asked.tables.size(); ++i) {
      const auto merged = merge(b.tables[i], a.tables[i]);
      for (std::size_t row = 0; row < merged.rows.size(); ++row) {
        REQUIRE(merged.rows[row].label == whole.tables[i].rows[row].label);
      }
    }
  }
}

TEST_CASE("law: the order of the rows does not matter") {
  Maker make(44);
  auto rows = make.rows(200);
  const auto expected = count_text(text_of(rows), request()).result;
  std::reverse(rows.begin(), rows.end());
  check_equal(expected, count_text(text_of(rows), request(), 2, 512).result);
}

TEST_CASE("law: a filter counts what a file of those rows alone would") {
  Maker make(45);
  const std::vector<std::pair<std::string, bool (*)(const Row&)>> filters{
      {"g = 'N'", [](const Row& row) { return row[2] == "N"; }},
      {"missing(h) or w > 1",
       [](const Row& row) { return row[3].empty() || *parse_number(row[8]) > 1; }},
      {"any(m, 'o4')", [](const Row& row) { return row[4] == "1"; }},
      {"any(m, 'TV')", [](const Row& row) { return row[5] == "TV"; }},
      {"any(j, 'x') and not missing(q)",
       [](const Row& row) {
         return row[7].find('x') != std::string::npos && !row[0].empty() && row[0] != "99";
       }},
      {"g = 'nobody'", [](const Row&) { return false; }}};
  for (const auto& [source, keep] : filters) {
    CAPTURE(source);
    const auto rows = make.rows(300);
    Rows kept;
    for (const auto& row : rows) {
      if (keep(row)) kept.push_back(row);
    }
    auto asked = request();
    const auto subset = count_text(text_of(kept), asked).result;
    asked.where = parse_expr(source);
    const auto domain = count_text(text_of(rows), asked, 3, 200).result;
    CHECK(domain.rows == 300);
    REQUIRE(domain.kept.n == kept.size());
    for (std::size_t i = 0; i < asked.tables.size(); ++i) {
      REQUIRE((inhabited(domain.tables[i]) == inhabited(subset.tables[i])));
    }
  }
}

TEST_CASE("law: weights times a power of two scale sums exactly and leave shares as they are") {
  Maker make(46);
  for (const double factor : {2.0, 0.25, 1024.0}) {
    const auto rows = make.rows(200);
    auto scaled = rows;
    for (auto& row : scaled) row[8] = shortest(*parse_number(row[8]) * factor);
    const auto a = count_text(text_of(rows), request()).result;
    const auto b = count_text(text_of(scaled), request()).result;
    for (std::size_t i = 0; i < a.tables.size(); ++i) {
      const auto& x = a.tables[i];
      const auto& y = b.tables[i];
      REQUIRE((x.rows == y.rows));
      REQUIRE((x.columns == y.columns));
      for (std::size_t column = 0; column < x.columns.size(); ++column) {
        Sums base_x;
        Sums base_y;
        for (std::size_t row = 0; row < x.rows.size(); ++row) {
          base_x.add(x.at(row, column));
          base_y.add(y.at(row, column));
        }
        for (std::size_t row = 0; row < x.rows.size(); ++row) {
          REQUIRE(x.at(row, column).n == y.at(row, column).n);
          REQUIRE(x.at(row, column).w.value() * factor == y.at(row, column).w.value());
          REQUIRE(x.at(row, column).w2.value() * factor * factor == y.at(row, column).w2.value());
          const auto p = share(x.at(row, column), base_x, 200, true, {});
          const auto r = share(y.at(row, column), base_y, 200, true, {});
          REQUIRE(p.value == r.value);
          REQUIRE(p.se == r.se);
          REQUIRE(p.low == r.low);
          REQUIRE(p.high == r.high);
        }
      }
    }
  }
}

TEST_CASE(
    "law: the three kinds of select-all respondents are everybody, and options lie in answered") {
  Maker make(47);
  const auto rows = make.rows(500);
  auto asked = request(false);
  asked.tables = {{2, 4}, {2, 5}, {3, 4}, {3, 6}};
  const auto counted = count_text(text_of(rows), asked).result;
  for (const auto& cells : counted.tables) {
    std::uint64_t everybody = 0;
    for (std::size_t column = 0; column < cells.columns.size(); ++column) {
      std::uint64_t answered = 0;
      for (std::size_t row = 0; row < cells.rows.size(); ++row) {
        const auto kind = cells.rows[row].kind;
        if (kind != AnswerKind::category) everybody += cells.at(row, column).n;
        if (kind == AnswerKind::answered) answered += cells.at(row, column).n;
      }
      for (std::size_t row = 0; row < cells.rows.size(); ++row) {
        if (cells.rows[row].kind == AnswerKind::category)
          REQUIRE(cells.at(row, column).n <= answered);
      }
    }
    REQUIRE(everybody == 500);
  }
}

}  // namespace sondeo
