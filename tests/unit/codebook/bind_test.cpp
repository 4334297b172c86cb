// SPDX-License-Identifier: MIT
#include "codebook/bind.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "codebook/study.h"
#include "refusal.h"

namespace sondeo {
namespace {

using Columns = std::vector<std::size_t>;
using Strings = std::vector<std::string>;

const Header header{
    "data.csv", 1, {"id", "q1", "q2_a", "q2_b", "q2_c", "How old, really?", "q2_c2", "dup", "dup"}};

// The only variable of a study of one question q with these lines.
StudyQuestion variable(const std::string& lines) {
  return variables_of(parse_study("[[question]]\nname = \"q\"\n" + lines, "s.toml")).at(0);
}

std::string refused(const std::string& lines) {
  const auto of = variable(lines);
  return refusal_of([&] { bind(of, header); });
}

}  // namespace

TEST_CASE("bind: one column") {
  const auto named = variable("column = \"q1\"\nopen_codes = true");
  const auto question = bind(named, header);
  CHECK(question.name == "q");
  CHECK(question.kind == QuestionKind::single);
  CHECK(question.columns == Columns{1});
  CHECK(question.study == &named);
  CHECK(bind(variable("kind = \"number\"\ncolumn = \"How old, really?\""), header).columns ==
        Columns{5});
  CHECK(bind(variable("kind = \"number\"\ncolumn = \"#6\""), header).kind == QuestionKind::number);
  CHECK(bind(variable("kind = \"text\"\ncolumn = \"#6\""), header).columns == Columns{5});
  auto id = variable("kind = \"text\"");
  id.name = "id";
  CHECK(bind(id, header).columns == Columns{0});
}

TEST_CASE("bind: flags by the columns of the codes, of the question, or of the file") {
  const auto own = bind(variable("kind = \"multiple\"\ncodes = [ { code = 7, column = \"q2_c\" }, "
                                 "{ code = 8, column = \"q2_a\" } ]"),
                        header);
  CHECK(own.kind == QuestionKind::flags);
  CHECK(own.columns == Columns{4, 2});
  CHECK(own.option_names == Strings{"7", "8"});
  const auto listed = bind(variable("kind = \"multiple\"\nticked = \"1\"\n"
                                    "columns = [\"q2_a-q2_b\", \"q1\"]\n"
                                    "codes = [ { code = 1 }, { code = 2 }, { code = 3 } ]"),
                           header);
  CHECK(listed.columns == Columns{2, 3, 1});
  CHECK(listed.option_names == Strings{"1", "2", "3"});
  const auto bare = bind(variable("kind = \"multiple\"\ncolumns = \"q2_?\""), header);
  CHECK(bare.columns == Columns{2, 3, 4});
  CHECK(bare.option_names == Strings{"q2_a", "q2_b", "q2_c"});
}

TEST_CASE("bind: joined and spread") {
  const auto joined = bind(variable("kind = \"multiple\"\ncolumn = \"q1\"\nseparator = \", \"\n"
                                    "codes = [ { code = 1, values = [\"a, b\", \"c\"] }, "
                                    "{ code = \"d, e\" } ]"),
                           header);
  CHECK(joined.kind == QuestionKind::joined);
  CHECK(joined.columns == Columns{1});
  CHECK(joined.separator == ", ");
  CHECK(joined.long_options == Strings{"a, b", "d, e"});
  const auto spread =
      bind(variable("kind = \"multiple\"\ncolumns = \"q2_*\"\ncodes = [ { code = 1 } ]"), header);
  CHECK(spread.kind == QuestionKind::spread);
  CHECK(spread.columns == Columns{2, 3, 4, 6});
}

TEST_CASE("bind: what is made from others has no column") {
  const auto single = bind(variable("codes = [ { code = 1, when = \"true\" } ]"), header);
  CHECK(single.kind == QuestionKind::single);
  CHECK(single.columns.empty());
  const auto several =
      bind(variable("kind = \"multiple\"\ncodes = [ { code = 1, when = \"true\" } ]"), header);
  CHECK(several.kind == QuestionKind::flags);
  CHECK(several.columns.empty());
  CHECK(several.option_names == Strings{"1"});
}

TEST_CASE("bind: columns that are not there are told in the study") {
  CHECK(refused("\n\nopen_codes = true\ncolumn = \"q11\"") ==
        "1:1 [unknown-column] question q: there is no column 'q11' in data.csv | did you mean "
        "'q1'?");
  CHECK(refused("kind = \"multiple\"\ncodes = [ { code = 1, column = \"q1\" },\n"
                " { code = 2, column = \"q2_z\" } ]") ==
        "5:2 [unknown-column] question q: there is no column 'q2_z' in data.csv | did you mean "
        "'q2_a'?");
  CHECK(refused("kind = \"multiple\"\ncolumns = \"z*\"").find("1:1 [no-columns] question q: ") ==
        0);
  CHECK(refused("kind = \"multiple\"\ncolumns = [\"q1\", \"#2\"]") ==
        "1:1 [usage] question q: the column 'q1' stands in it twice");
  CHECK(refused("open_codes = true\ncolumn = \"dup\"").find("1:1 [ambiguous-column]") == 0);
  CHECK(refused("kind = \"multiple\"\nticked = \"1\"\ncolumns = \"q2_*\"\n"
                "codes = [ { code = 1 }, { code = 2 } ]") ==
        "1:1 [study-code] question q has 2 codes and 4 columns in data.csv | a column each, in the "
        "same order");
  const auto of = variable("open_codes = true\ncolumn = \"q11\"");
  try {
    bind(of, header);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.place().file == "s.toml");
  }
}

}  // namespace sondeo
