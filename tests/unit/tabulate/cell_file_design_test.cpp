// SPDX-License-Identifier: MIT
// Files of cells that hold sums by sampling unit, or by replicate weight.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "request.h"
#include "tabulate/cell_file.h"

namespace sondeo {
namespace {

using requests::question;

class Text : public ByteSource {
 public:
  explicit Text(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) override {
    const auto count = std::min(size, bytes_.size() - static_cast<std::size_t>(at));
    std::memcpy(out, bytes_.data() + at, count);
    return count;
  }

 private:
  std::string bytes_;
};

CellFile reread(const CellFile& cells) {
  Text source(write_cells(cells));
  return read_cells(source, "f");
}

std::string error_of_reading(const std::string& bytes) {
  try {
    Text source(bytes);
    read_cells(source, "f");
  } catch (const Error& error) {
    return error.id();
  }
  return "";
}

std::vector<std::string> people(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const auto psu = random() % 40;
    const auto weight = 1 + random() % 9000;
    std::string row = std::to_string(random() % 4) + "," + std::to_string(random() % 3) + ",s" +
                      std::to_string(psu % 6) + ",p" + std::to_string(psu) + ",h" +
                      std::to_string(random() % 5) + "," + std::to_string(50 + psu % 6) + ",0." +
                      std::to_string(1 + psu % 6) + "," + std::to_string(weight);
    for (std::size_t r = 0; r < 5; ++r)
      row += "," + std::to_string(psu % 5 == r ? 0 : weight + random() % 3);
    rows.push_back(row + "\n");
  }
  return rows;
}

enum class Kind { strata, clusters, fractions, two_stages, replicates };

CellFile counted(const std::vector<std::string>& rows, Kind kind, std::uint64_t number = 1,
                 std::uint64_t of = 1) {
  CountRequest request;
  request.questions = {question("q", QuestionKind::single, {0}),
                       question("g", QuestionKind::single, {1})};
  request.axes = {{{0}, false}, {{}, false}, {{1}, true}};
  request.tables = {{0, 1}, {0, 2}};
  request.weight.column = "w";
  request.identify = true;
  if (kind == Kind::replicates)
    request.replicates.columns = {8, 9, 10, 11, 12};
  else
    request.units.strata = {2};
  if (kind == Kind::clusters || kind == Kind::two_stages) request.units.clusters = {3};
  if (kind == Kind::two_stages) request.units.clusters.push_back(4);
  if (kind == Kind::two_stages || kind == Kind::clusters) request.units.fpc = {5};
  if (kind == Kind::fractions) request.units.fpc = {6};
  std::string text = "q,g,s,p,h,pop,share,w,r1,r2,r3,r4,r5\n";
  for (const auto& row : rows) text += row;
  auto result = requests::count_text(text, request, 2, 4096).result;
  CellFile cells;
  cells.settings = {{"weight", "w"}, {"nest", "no"}};
  cells.banner = {{{"g", false}}};
  cells.questions.push_back({"q", QuestionKind::single, false, {}, result.tables});
  cells.parts = {{number, of, result.identity, result.rows, result.bytes, result.kept}};
  if (kind != Kind::replicates) cells.units = result.units;
  cells.sketch = result.sketch;
  return cells;
}

constexpr Kind kinds[] = {Kind::strata, Kind::clusters, Kind::fractions, Kind::two_stages,
                          Kind::replicates};

}  // namespace

TEST_CASE("cell file: sums by unit and by replicate come back") {
  const auto rows = people(300, 1);
  for (const auto kind : kinds) {
    CAPTURE(static_cast<int>(kind));
    const auto cells = counted(rows, kind);
    const auto back = reread(cells);
    CHECK(write_cells(back) == write_cells(cells));
    CHECK((back.units == cells.units));
    CHECK((back.sketch.sums() == cells.sketch.sums()));
    CHECK((back.questions[0].tables == cells.questions[0].tables));
    const auto empty = counted({}, kind);
    CHECK(write_cells(reread(empty)) == write_cells(empty));
  }
}

TEST_CASE("cell file: seven parts of a design are the whole, in any order") {
  const auto rows = people(400, 2);
  for (const auto kind : kinds) {
    CAPTURE(static_cast<int>(kind));
    const auto whole = counted(rows, kind);
    std::vector<CellFile> parts;
    std::vector<std::string> names;
    for (std::size_t part = 0; part < 7; ++part) {
      std::vector<std::string> some;
      for (std::size_t i = part; i < rows.size(); i += 7) some.push_back(rows[i]);
      parts.push_back(reread(counted(some, kind, part + 1, 7)));
      names.push_back(std::to_string(part));
    }
    const auto merged = merge_cells(parts, names);
    std::mt19937 random(5);
    std::shuffle(parts.begin(), parts.end(), random);
    CHECK(write_cells(merge_cells(parts, names)) == write_cells(merged));
    const auto first = merge_cells({parts[0], parts[1], parts[2]}, names);
    const auto rest = merge_cells({parts[3], parts[4], parts[5], parts[6]}, names);
    CHECK(write_cells(merge_cells({rest, first}, names)) == write_cells(merged));
    CHECK((merged.units == whole.units));
    CHECK((merged.sketch.sums() == whole.sketch.sums()));
    CHECK((merged.questions[0].tables == whole.questions[0].tables));
  }
}

TEST_CASE("cell file: units that were tampered with are refused") {
  const auto bytes = write_cells(counted(people(60, 3), Kind::two_stages));
  const auto changed = [&](const std::string& from, const std::string& to) {
    auto text = bytes;
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return error_of_reading(text);
  };
  CHECK(error_of_reading(bytes).empty());
  CHECK(changed("\nunits,,2,", "\nunits,,3,") == "cell-file");
  CHECK(changed("\nunits,,2,", "\nunits,,0,") == "cell-file");
  CHECK(changed("\nunit,0,0,", "\nunit,0,99,") == "cell-file");
  CHECK(changed("\nunit,0,0,", "\nunit,7,0,") == "cell-file");
  CHECK(changed("\nstratum,0,0,0,", "\nstratum,0,1,0,") == "cell-file");
  CHECK(changed(",p0\n", ",zz\n") == "cell-file");
  CHECK(changed("\nfurther,0,0,0,", "\nfurther,0,0,0,1") == "cell-file");
  CHECK(changed("\nfurther,0,0,0,", "\nfurther,0,9,0,") == "cell-file");
}

}  // namespace sondeo
