// SPDX-License-Identifier: MIT
#include "layout/append.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "files.h"
#include "naive.h"

namespace sondeo {
namespace {

using files::csv;
using files::read_text;
using files::TempFile;

const std::string open_mark = "\xe2\x9f\xa6";  // ⟦ and ⟧ stand in no other cell of these tests
const std::string close_mark = "\xe2\x9f\xa7";

// New cells between marks, from how long the first cell of their row is; some need quotes.
class Marker : public NewCells {
 public:
  void take(const Block& block) override { block_ = &block; }
  void append(std::size_t row, std::size_t column, TextBuffer& out) override {
    out += open_mark + std::to_string(column);
    out += std::to_string(cell_text(block_->cell(row, 0)).size());
    out += (column == 1 ? ",\"\n" : "") + close_mark;
  }

 private:
  const Block* block_ = nullptr;
};

struct Appended {
  std::string text;
  CsvFile::Totals totals;
  std::vector<Issue> issues;
};

Appended append(const CsvOptions& input, const AppendOptions& options, unsigned threads = 1) {
  Appended result;
  Issues issues;
  CsvFile file(input, issues);
  std::vector<Marker> markers(threads);
  std::vector<NewCells*> makers;
  for (auto& each : markers) makers.push_back(&each);
  result.totals = append_columns(
      file, options, makers, [&](std::string_view bytes) { result.text += bytes; }, issues);
  result.issues = issues.list();
  return result;
}

Appended append_text(std::string_view text, const AppendOptions& options, CsvOptions input = {},
                     unsigned threads = 1) {
  const TempFile file(text);
  input.file.path = file.path();
  return append(input, options, threads);
}

// The text without new cells: delimiter, quotes if any, marks and what is between them.
std::string without_new_cells(std::string text) {
  for (auto mark = text.find(open_mark); mark != std::string::npos; mark = text.find(open_mark)) {
    const bool quoted = text[mark - 1] == '"';
    const auto start = mark - (quoted ? 2 : 1);
    const auto end = text.find(close_mark, mark) + close_mark.size() + (quoted ? 1 : 0);
    text.erase(start, end - start);
  }
  return text;
}

const AppendOptions two{{open_mark + "w" + close_mark, open_mark + "v" + close_mark}, {}, false};

TEST_CASE("append: the new cells follow the last of each record, quoted where they must be") {
  const auto done = append_text("a;b\r\n1;\"x;\r\n\"\r\n\r\n2;\"\"", {{"w"}, {}, false});
  CHECK(done.text == "a;b;w\r\n1;\"x;\r\n\";⟦01⟧\r\n\r\n2;\"\";⟦01⟧");
  CHECK(done.totals.rows == 2);
  CHECK(append_text("a,b\n1,2\n", two).text == "a,b,⟦w⟧,⟦v⟧\n1,2,⟦01⟧,\"⟦11,\"\"\n⟧\"\n");
}

TEST_CASE("append: what stands before the header stays, a byte order mark too") {
  CHECK(append_text("\xef\xbb\xbfsep=;\n\na;b\n1;2\n", {{"w"}, {}, false}).text ==
        "\xef\xbb\xbfsep=;\n\na;b;w\n1;2;⟦01⟧\n");
  CHECK(append_text("a,b", {{"w"}, {}, false}).text == "a,b,w");
}

TEST_CASE("append: other encodings become UTF-8, and it is told") {
  CsvOptions input;
  input.file.encoding = "windows-1252";
  const auto done = append_text("a,b\n\xf1,1\n", {{"w"}, {}, false}, input);
  CHECK(done.text == "a,b,w\nñ,1,⟦02⟧\n");
  REQUIRE(done.issues.size() == 1);
  CHECK(done.issues[0].id == "re-encoded");
  const auto wide = append_text(std::string_view("\xff\xfe"
                                                 "a\0,\0b\0\n\0"
                                                 "1\0,\0"
                                                 "2\0",
                                                 16),
                                {{"w"}, {}, false});
  CHECK(wide.text ==
        "\xef\xbb\xbf"
        "a,b,w\n1,2,⟦01⟧");
}

TEST_CASE("append: short records are made as long as the header, surplus follows") {
  CsvOptions input;
  input.ragged = Ragged::pad;
  CHECK(append_text("a,b,c\r\n1\r\n1,2,3,,\r\n1,2\r\n\r\n1,2,", {{"w"}, {}, false}, input).text ==
        "a,b,c,w\r\n1,,,⟦01⟧\r\n1,2,3,⟦01⟧,,\r\n1,2,,⟦01⟧\r\n\r\n1,2,,⟦01⟧");
}

TEST_CASE("append: the guard is for old and new cells, and for nothing but formulas") {
  const auto done = append_text("=a,b\n-1,\"=x,\"\n+c,@\n", {{"+w"}, {}, true});
  CHECK(done.text == "'=a,b,'+w\n-1,\"'=x,\",⟦02⟧\n'+c,'@,⟦02⟧\n");
}

TEST_CASE("append: only some columns, as their cells stand") {
  AppendOptions keep{{"w"}, std::vector<std::size_t>{2, 0}, false};
  CHECK(append_text("a;b;c\r\n1;2;\"3\"\r4;5;6", keep).text ==
        "c;a;w\r\n\"3\";1;⟦01⟧\r\n6;4;⟦01⟧\r\n");
  CsvOptions input;
  input.ragged = Ragged::pad;
  CHECK(append_text("a,b,c\n1\n1,2,\n", keep, input).text == "c,a,w\n,1,⟦01⟧\n,1,⟦01⟧\n");
}

TEST_CASE("append: a name that is there already is refused") {
  CHECK_THROWS_AS(append_text("a,w\n1,2\n", {{"w"}, {}, false}), Error);
  CHECK_THROWS_AS(append_text("a,b\n1,2\n", {{"w", "w"}, {}, false}), Error);
  AppendOptions keep{{"w"}, std::vector<std::size_t>{0}, false};
  CHECK(append_text("a,w\n1,2\n", keep).text == "a,w\n1,⟦01⟧\n");
}

TEST_CASE("append: without the new cells the file is the same, byte for byte, however it is cut") {
  int read = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    naive::Maker maker(seed);
    const auto columns = 1 + maker.below(5);
    const char delimiter = ",;\t|"[maker.below(4)];
    const auto text = maker.table(1 + maker.below(60), columns, delimiter, maker.below(3));
    CsvOptions input;
    input.delimiter = delimiter;
    input.block_bytes = 64 << maker.below(4);
    const auto before = read_text(text, input);
    if (!before.refusal.id.empty()) continue;
    ++read;
    const auto done = append_text(text, two, input);
    CHECK(without_new_cells(done.text) == text);
    CHECK(append_text(text, two, input, 3).text == done.text);
  }
  CHECK(read > 100);
}

TEST_CASE("append: read again, every record has its cells and the new ones") {
  for (unsigned seed = 1000; seed < 1300; ++seed) {
    naive::Maker maker(seed);
    const auto columns = 1 + maker.below(5);
    CsvOptions input;
    input.delimiter = ';';
    input.ragged = Ragged::pad;
    input.block_bytes = 64;
    const auto text = maker.table(1 + maker.below(40), columns, ';', maker.below(6));
    const auto before = read_text(text, input);
    if (!before.refusal.id.empty()) continue;
    auto again = read_text(append_text(text, {{"w"}, {}, false}, input).text, input);
    CHECK(again.refusal.id == "");
    REQUIRE(again.counted_rows == before.counted_rows);
    auto expected = before;
    expected.header.emplace_back("w");
    for (auto& [line, cells] : expected.rows)
      cells.push_back("⟦0" + std::to_string(cells[0].size()) + "⟧");
    CHECK(again.header == expected.header);
    CHECK(again.rows == expected.rows);
  }
}

}  // namespace
}  // namespace sondeo
