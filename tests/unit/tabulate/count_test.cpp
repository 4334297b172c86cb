// SPDX-License-Identifier: MIT
#include "tabulate/count.h"

#include <doctest/doctest.h>

#include "expr/expr.h"
#include "request.h"

namespace sondeo {
namespace {

using requests::at;
using requests::count_text;
using requests::error_of;
using requests::question;
using requests::table;

const Question q = question("q", QuestionKind::single, {0});
const Question r = question("r", QuestionKind::single, {1});

CountRequest weighted(CountRequest request, const char* column = "w") {
  request.weight.column = column;
  return request;
}

std::uint64_t count_of(const std::vector<Issue>& issues, const std::string& id,
                       std::uint64_t* line = nullptr) {
  for (const auto& issue : issues) {
    if (issue.id != id) continue;
    if (line != nullptr) *line = issue.first.line;
    return issue.count;
  }
  return 0;
}

}  // namespace

TEST_CASE("count: a question alone and by another") {
  const auto alone = count_text("q,r\na,1\nb,1\na,2\n,2\n", table(q)).result;
  CHECK(alone.rows == 4);
  CHECK(alone.bytes == 19);
  CHECK(alone.kept.n == 4);
  REQUIRE(alone.tables.size() == 1);
  CHECK(at(alone.tables[0], {"a"}).n == 2);
  CHECK(at(alone.tables[0], {"b"}).n == 1);
  CHECK(at(alone.tables[0], {""}, {}, AnswerKind::missing).n == 1);
  CHECK(at(alone.tables[0], {"a"}).w == ExactSum{});
  const auto by = count_text("q,r\na,1\nb,1\na,2\n,2\n", table(q, {r})).result;
  CHECK(at(by.tables[0], {"a"}, {"1"}).n == 1);
  CHECK(at(by.tables[0], {"b"}, {"2"}).n == 0);
  CHECK(at(by.tables[0], {""}, {"2"}, AnswerKind::missing).n == 1);
}

TEST_CASE("count: weights of a column") {
  const auto request = weighted(table(q));
  const auto counted = count_text("q,w\na,0.1\nb,2\na,0.2\na,0\n", request);
  const auto sums = at(counted.result.tables[0], {"a"});
  CHECK(sums.n == 3);
  CHECK(sums.n_positive == 2);
  CHECK(sums.w.value() == 0.1 + 0.2);
  CHECK(sums.w2.value() == doctest::Approx(0.05));
  CHECK(counted.result.kept.n_positive == 3);
  std::uint64_t line = 0;
  CHECK(count_of(counted.issues, "zero-weight", &line) == 1);
  CHECK(line == 5);
}

TEST_CASE("count: weights that are refused, with their line") {
  const auto request = weighted(table(q));
  std::uint64_t line = 0;
  const auto refused = [&](const std::string& weight) {
    return error_of("q,w\na,1\n\"b\nb\",2\nc," + weight + "\nd,1\n", request, 1, 256 << 10, &line);
  };
  for (const auto& [weight, id] :
       std::vector<std::pair<std::string, std::string>>{{"", "weight-missing"},
                                                        {"x", "weight-number"},
                                                        {"-1", "weight-range"},
                                                        {"\"1,5\"", "weight-number"},
                                                        {"1e16", "weight-overflow"},
                                                        {"1e300", "weight-overflow"}}) {
    CAPTURE(weight);
    CHECK(refused(weight) == id);
    CHECK(line == 5);
  }
  CHECK(refused("1e15") == "");
  CHECK(error_of("q,w\na,0\nb,0\n", request) == "weight-total");
  CHECK(error_of("q,w\n", request) == "");
  CHECK(error_of("q,v\na,1\n", request) == "unknown-column");
}

TEST_CASE("count: where keeps rows whose truth is known and yes; the others are units") {
  auto request = weighted(table(q));
  request.where = parse_expr("q != 'b' and w > 0.5");
  const auto counted = count_text("q,w\na,1\nb,1\na,0.1\n,3\na,2\n", request);
  CHECK(counted.result.rows == 5);
  CHECK(counted.result.kept.n == 2);
  CHECK(at(counted.result.tables[0], {"a"}).n == 2);
  CHECK(at(counted.result.tables[0], {"a"}).w.value() == 3);
  CHECK(at(counted.result.tables[0], {"b"}).n == 0);
  // The weight of a row that is left out does not matter.
  request.where = parse_expr("not missing(w)");
  CHECK(count_text("q,w\na,1\nb,\n", request).result.kept.n == 1);
}

TEST_CASE("count: cells that are no number, and blanks, are told") {
  auto request = table(q);
  request.where = parse_expr("r < 5 or r > 7");
  const auto counted = count_text("q,r\n a,1\nb,x\n c ,8\nd,x\n", request);
  CHECK(count_of(counted.issues, "not-a-number") == 2);
  CHECK(count_of(counted.issues, "trimmed") == 2);
  CHECK(counted.result.kept.n == 2);
}

TEST_CASE("count: a question of numbers") {
  const auto number = question("n", QuestionKind::number, {0});
  const auto counted = count_text("n,r\n1.5,1\n1.50,1\n-2,1\n,1\n", table(number)).result;
  const auto& cells = counted.tables[0];
  REQUIRE(cells.rows.size() == 3);
  CHECK(cells.rows[0].number == -2);
  CHECK(cells.rows[1].number == 1.5);
  CHECK(at(cells, {"1.5"}).n == 2);
  std::uint64_t line = 0;
  CHECK(error_of("n,r\n1,1\nx,1\n", table(number), 1, 64, &line) == "not-a-number");
  CHECK(line == 3);
}

TEST_CASE("count: select-all questions and their three kinds of respondents") {
  const auto flags = question("m", QuestionKind::flags, {0, 1});
  const auto cells = count_text("m1,m2\n1,1\n1,0\n0,0\n,\n", table(flags)).result.tables[0];
  CHECK(at(cells, {"o0"}).n == 2);
  CHECK(at(cells, {"o1"}).n == 1);
  CHECK(at(cells, {""}, {}, AnswerKind::answered).n == 2);
  CHECK(at(cells, {""}, {}, AnswerKind::asked).n == 1);
  CHECK(at(cells, {""}, {}, AnswerKind::not_asked).n == 1);
}

TEST_CASE("count: a file without respondents") {
  const auto counted = count_text("q,w\n", weighted(table(q))).result;
  CHECK(counted.rows == 0);
  CHECK(counted.tables[0] == Cells{});
}

TEST_CASE("count: weights joined by id, every mismatch refused") {
  const files::TempFile weights("id,w\n3,0.5\n1,2\n2,1\n4,0\n");
  auto request = weighted(table(question("q", QuestionKind::single, {1})));
  request.weight.file = files::csv(weights.path());
  request.weight.id = "id";
  request.where = parse_expr("q != 'c'");
  const std::string data = "id,q\n1,a\n2,b\n3,a\n4,c\n";
  for (const unsigned threads : {1, 4}) {
    const auto cells = count_text(data, request, threads, 64).result.tables[0];
    CHECK(at(cells, {"a"}).w.value() == 2.5);
    CHECK(at(cells, {"b"}).w.value() == 1);
    CHECK(at(cells, {"c"}).n == 0);
  }
  std::uint64_t line = 0;
  CHECK(error_of(data + "5,a\n", request, 1, 64, &line) == "id-without-weight");
  CHECK(line == 6);
  CHECK(error_of(data + "1,a\n", request, 1, 64, &line) == "duplicate-id");
  CHECK(line == 6);
  CHECK(error_of("id,q\n1,a\n2,b\n3,a\n", request, 1, 64, &line) == "weight-without-id");
  CHECK(line == 5);
  CHECK(error_of("id,q\n1,a\n2,b\n3,a\n4,c\n,a\n", request, 1, 64, &line) == "missing-id");
}

TEST_CASE("count: the smallest positive and the largest weight, of those kept") {
  auto request = weighted(table(q));
  const std::string data = "q,w\na,0.5\nb,2\na,0\nc,9\na,0.25\nc,0.01\n";
  for (const unsigned threads : {1, 4}) {
    request.where = parse_expr("q != 'c'");
    const auto kept = count_text(data, request, threads, 64).result.kept;
    CHECK(kept.least_weight == 0.25);
    CHECK(kept.largest_weight == 2);
    request.where.reset();
    CHECK(count_text(data, request, threads, 64).result.kept.largest_weight == 9);
  }
  CHECK(count_text(data, table(q)).result.kept.least_weight == 0);
  const files::TempFile weights("id,w\n3,0.5\n1,2\n2,1\n4,8\n");
  auto joined = weighted(table(question("q", QuestionKind::single, {1})));
  joined.weight.file = files::csv(weights.path());
  joined.weight.id = "id";
  joined.where = parse_expr("q != 'c'");
  const auto kept = count_text("id,q\n1,a\n2,b\n3,a\n4,c\n", joined).result.kept;
  CHECK(kept.least_weight == 0.5);
  CHECK(kept.largest_weight == 2);
}

TEST_CASE("count: too many answers or cells are refused, whatever the number of threads") {
  std::string ids = "q,r\n";
  for (int i = 0; i < 70000; ++i) ids += std::to_string(i) + ",x\n";
  std::string square = "q,r\n";
  for (int i = 0; i < 3000; ++i) square += std::to_string(i) + "," + std::to_string(i) + "\n";
  for (const unsigned threads : {1, 3, 7}) {
    CAPTURE(threads);
    CHECK(error_of(ids, table(q), threads, 16 << 10) == "too-many-answers");
    CHECK(error_of(square, table(q, {r}), threads, 1 << 10) == "too-many-cells");
    CHECK(error_of(square, table(q), threads, 1 << 10) == "");
    CHECK(error_of(ids, table(question("n", QuestionKind::number, {0})), threads, 16 << 10) == "");
  }
}

TEST_CASE("count: several requests in one pass give what each gives alone") {
  const std::string text = "q,r,w\na,1,2\nb,1,1\na,2,0.5\n,2,3\nb,2,7\n";
  auto filtered = weighted(table(q, {r}));
  filtered.where = parse_expr("r = 2");
  const std::vector<CountRequest> requests{table(q), filtered, weighted(table(r))};
  const files::TempFile written(text);
  for (const unsigned threads : {1U, 3U}) {
    Issues issues;
    CsvFile file(files::csv(written.path(), 16), issues);
    auto all = requests;
    for (auto& request : all) request.threads = threads;
    const auto results = count(file, all, issues);
    REQUIRE(results.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      const auto alone = count_text(text, requests[i]).result;
      CHECK(results[i].tables == alone.tables);
      CHECK(results[i].kept == alone.kept);
      CHECK(results[i].rows == 5);
    }
    CHECK(results[1].kept.n == 3);
  }
}

TEST_CASE("count: of several requests' errors the first in the file is told") {
  const std::string text = "q,r,w,v\na,1,1,1\nb,1,1,-1\na,2,x,1\n";
  const files::TempFile written(text);
  Issues issues;
  CsvFile file(files::csv(written.path()), issues);
  try {
    count(file, {weighted(table(q)), weighted(table(q), "v")}, issues);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.id() == "weight-range");
    CHECK(error.place().line == 3);
  }
}

}  // namespace sondeo
