// SPDX-License-Identifier: MIT
#include "tabulate/cell_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <random>

#include "request.h"
#include "tabulate/cell_records.h"

namespace sondeo {
namespace {

using requests::question;

class Bytes : public ByteSource {
 public:
  explicit Bytes(std::string bytes, std::size_t most = 1 << 20)
      : bytes_(std::move(bytes)), most_(most) {}
  // Gives less than asked for, as a pipe may.
  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) override {
    const auto count = std::min({size, most_, bytes_.size() - static_cast<std::size_t>(at)});
    std::memcpy(out, bytes_.data() + at, count);
    return count;
  }

 private:
  std::string bytes_;
  std::size_t most_;
};

CellFile read(const std::string& bytes, std::size_t most = 1 << 20) {
  Bytes source(bytes, most);
  return read_cells(source, "f");
}

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.id();
  }
  return "";
}

// The answers of a survey: q with awkward texts, a number, flags, by region; part `number` of two.
CellFile counted(const std::string& rows, std::uint64_t number = 1, std::uint64_t of = 1) {
  CountRequest request;
  request.questions = {
      question("q", QuestionKind::single, {0}), question("n", QuestionKind::number, {1}),
      question("m", QuestionKind::flags, {2, 3}), question("region", QuestionKind::single, {4})};
  request.axes = {{{0}, false}, {{1}, false}, {{2}, false}, {{}, false}, {{3, 2}, true}};
  request.tables = {{0, 3}, {0, 4}, {1, 3}, {1, 4}, {2, 3}, {2, 4}};
  request.weight.column = "w";
  request.identify = true;
  const auto result = requests::count_text("q,n,a,b,region,w\n" + rows, request, 2, 64).result;
  CellFile cells;
  cells.settings = {{"weight", "w"}, {"where", "a,\"b\"\n\\ \t"}, {"coding", ""}};
  cells.banner = {{{"region", false}, {"m", true}}};
  std::size_t next = 0;
  for (std::size_t q = 0; q < 3; ++q) {
    const auto& asked = request.questions[q];
    cells.questions.push_back({asked.name,
                               asked.kind,
                               q == 2,
                               asked.option_names,
                               {result.tables[next], result.tables[next + 1]}});
    next += 2;
  }
  cells.parts = {{number, of, result.identity, result.rows, result.bytes, result.kept}};
  return cells;
}

const std::string first_rows =
    "\"say \"\"no\"\", or\",1,1,0,North,0.1\n\"two\nlines\\n\t\",2.5,1,1,South,3\n,-1,0,,North,0\n";
const std::string second_rows = "sí,1e3,1,1,\"=North, far\",2.125\nx,1,0,1,North,1234567\n";

void check_equal(const CellFile& a, const CellFile& b) {
  REQUIRE(write_cells(a) == write_cells(b));
  REQUIRE(a.settings == b.settings);
  REQUIRE(a.parts == b.parts);
  REQUIRE(a.questions.size() == b.questions.size());
  for (std::size_t q = 0; q < a.questions.size(); ++q) {
    REQUIRE(a.questions[q].name == b.questions[q].name);
    REQUIRE(a.questions[q].kind == b.questions[q].kind);
    REQUIRE(a.questions[q].described == b.questions[q].described);
    REQUIRE(a.questions[q].option_names == b.questions[q].option_names);
    for (std::size_t t = 0; t < a.questions[q].tables.size(); ++t) {
      const auto& x = a.questions[q].tables[t];
      const auto& y = b.questions[q].tables[t];
      REQUIRE((x == y));
      for (std::size_t row = 0; row < x.rows.size(); ++row) {
        REQUIRE(x.rows[row].label == y.rows[row].label);
        REQUIRE(x.rows[row].number == y.rows[row].number);
      }
    }
  }
}

}  // namespace

TEST_CASE("cell file: what is read is what was written, however the bytes come") {
  const auto cells = counted(first_rows + second_rows);
  const auto bytes = write_cells(cells);
  check_equal(cells, read(bytes));
  check_equal(cells, read(bytes, 7));
  check_equal(cells, read(bytes.substr(0, bytes.size() - 1)));  // no last line end
  CHECK(read(bytes).banner[0][1].name == "m");
  CHECK(read(bytes).banner[0][1].described);
  CHECK(read(bytes).setting("where") == "a,\"b\"\n\\ \t");
  CHECK(read(bytes).setting("nothing").empty());
  check_equal(counted(""), read(write_cells(counted(""))));
}

TEST_CASE("cell file: parts added are the whole, in any order") {
  const auto whole = counted(first_rows + second_rows);
  const auto a = read(write_cells(counted(first_rows, 1, 2)));
  const auto b = read(write_cells(counted(second_rows, 2, 2)));
  const auto ab = merge_cells({a, b}, {"a", "b"});
  check_equal(ab, merge_cells({b, a}, {"b", "a"}));
  check_complete(ab, {});
  for (std::size_t q = 0; q < whole.questions.size(); ++q) {
    for (std::size_t t = 0; t < whole.questions[q].tables.size(); ++t)
      CHECK((ab.questions[q].tables[t] == whole.questions[q].tables[t]));
  }
  RowIdentity both = a.parts[0].identity;
  both.add(b.parts[0].identity);
  CHECK(both == whole.parts[0].identity);
  CHECK(ab.parts.size() == 2);
  CHECK(ab.parts[0].number == 1);
}

TEST_CASE("cell file: missing, duplicated and foreign parts are refused") {
  const auto a = counted(first_rows, 1, 3);
  const auto b = counted(second_rows, 2, 3);
  CHECK(error_of([&] { check_complete(a, {"f"}); }) == "missing-part");
  CHECK(error_of([&] {
          check_complete(merge_cells({a, b}, {"a", "b"}), {"f"});
        }) == "missing-part");
  CHECK(error_of([&] { merge_cells({a, a}, {"a", "a"}); }) == "duplicate-part");
  CHECK(error_of([&] {
          merge_cells({a, counted(second_rows, 1, 3)}, {"a", "b"});
        }) == "duplicate-part");
  // The same responses under another number, in another order.
  CHECK(error_of([&] {
          merge_cells({a, counted(first_rows, 2, 3)}, {"a", "b"});
        }) == "duplicate-part");
  CHECK(error_of([&] {
          merge_cells({a, counted(second_rows, 2, 2)}, {"a", "b"});
        }) == "foreign-part");
  auto other = b;
  other.settings[0].second = "none";
  CHECK(error_of([&] { merge_cells({a, other}, {"a", "b"}); }) == "foreign-part");
  other = b;
  other.questions[0].kind = QuestionKind::joined;
  CHECK(error_of([&] { merge_cells({a, other}, {"a", "b"}); }) == "foreign-part");
  other = b;
  other.banner[0][0].name = "sex";
  CHECK(error_of([&] { merge_cells({a, other}, {"a", "b"}); }) == "foreign-part");
  const auto ab = merge_cells({a, b}, {"a", "b"});
  CHECK(error_of([&] {
          merge_cells({ab, counted("q9,1,1,1,East,1\n", 3, 3)}, {"ab", "c"});
        }).empty());
}

TEST_CASE("cell file: any line lost, doubled or cut is noticed") {
  const auto bytes = write_cells(counted(first_rows + second_rows));
  std::vector<std::string> lines{""};
  for (const char c : bytes) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  lines.pop_back();
  const auto joined = [&](std::size_t without, std::size_t twice, std::size_t until) {
    std::string text;
    for (std::size_t i = 0; i < until; ++i) {
      if (i == without) continue;
      text += lines[i];
      if (i == twice) text += lines[i];
    }
    return text;
  };
  const auto none = lines.size();
  REQUIRE(joined(none, none, none) == bytes);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(lines[i]);
    CHECK(error_of([&] { read(joined(i, none, none)); }) == "cell-file");
    CHECK(error_of([&] { read(joined(none, i, none)); }) == "cell-file");
    CHECK(error_of([&] { read(joined(none, none, i)); }) == "cell-file");
  }
}

TEST_CASE("cell file: noise never does more than be refused") {
  std::mt19937 random(31);
  const auto bytes = write_cells(counted(first_rows));
  std::size_t refused = 0;
  for (int round = 0; round < 3000; ++round) {
    auto text = bytes;
    for (auto changes = 1 + random() % 3; changes > 0; --changes)
      text[random() % text.size()] = ",\"\n\t\\0129fz\r\0"[random() % 13];
    refused += !error_of([&] { read(text); }).empty();
  }
  // Some change a text or a count, which nothing can tell.
  CHECK(refused > 1500);
  for (const char* text :
       {"", "\n", "record\n", "a,b\n1,2\n", "record,table,row,column,n,n_positive,w,w2,text\n"})
    CHECK(error_of([&] { read(text); }) == "cell-file");
}

TEST_CASE("cell file: texts in one") {
  for (const std::vector<std::string>& texts :
       {std::vector<std::string>{""}, {"", ""}, {"a\tb", "c\\d\\t", "\r\n"}, {"\\", "\\\\"}}) {
    CHECK(unpack_texts(pack_texts(texts)) == texts);
  }
}

TEST_CASE("ExactSum: as a hexadecimal number and back") {
  ExactSum sum;
  CHECK(sum.hex() == "0");
  CHECK(*ExactSum::from_hex("0") == sum);
  sum.add(*ExactSum::term(1));
  CHECK(sum.hex() == "1" + std::string(32, '0'));
  sum.add(*ExactSum::term(0x1p-75));
  sum.add(*ExactSum::term(0x1p90));
  CHECK(*ExactSum::from_hex(sum.hex()) == sum);
  for (const auto& text :
       {std::string(), std::string("g"), std::string("F"), std::string("-1"), std::string(65, '1')})
    CHECK_FALSE(ExactSum::from_hex(text).has_value());
}

TEST_CASE("RowIdentity: the same records in any order, and no others") {
  const auto of = [](const std::string& rows) { return counted(rows).parts[0].identity; };
  CHECK(of("a,1,1,1,x,1\nb,2,1,1,x,1\n") == of("b,2,1,1,x,1\na,1,1,1,x,1\n"));
  CHECK(of("a,1,1,1,x,1\r\nb,2,1,1,x,1\r\n") == of("b,2,1,1,x,1\na,1,1,1,x,1"));
  CHECK_FALSE(of("a,1,1,1,x,1\n") == of("a,1,1,1,x,2\n"));
  CHECK_FALSE(of("a,1,1,1,x,1\n") == of("a,1,1,1,x,1\na,1,1,1,x,1\n"));
  const auto identity = of(first_rows);
  CHECK(RowIdentity::from_hex(identity.hex()) == identity);
  CHECK_FALSE(RowIdentity::from_hex("12").has_value());
  CHECK_FALSE(RowIdentity::from_hex(std::string(32, 'G')).has_value());
}

}  // namespace sondeo
