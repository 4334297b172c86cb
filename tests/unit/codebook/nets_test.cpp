// SPDX-License-Identifier: MIT
#include "codebook/nets.h"

#include <doctest/doctest.h>

#include <string>

namespace sondeo {
namespace {

StudyQuestion question_of(std::size_t codes) {
  StudyQuestion question;
  for (std::size_t i = 1; i <= codes; ++i) {
    StudyCode code;
    code.code = std::to_string(i);
    question.codes.push_back(code);
  }
  return question;
}

StudyNet net(const char* name, std::vector<std::string> of) {
  StudyNet result;
  result.name = name;
  result.of = std::move(of);
  return result;
}

// Codes by their text, nets as "=name", indented by dots.
std::string listed(const StudyQuestion& question, const std::vector<StudyNet>& nets,
                   const std::function<bool(const ListedRow&, const ListedRow&)>& before = {}) {
  std::string text;
  for (const auto& row : rows_of(question, nets, before)) {
    text += (text.empty() ? "" : " ") + std::string(static_cast<std::size_t>(row.indent), '.') +
            (row.net ? "=" + nets[row.at].name : question.codes[row.at].code);
  }
  return text;
}

using Codes = std::vector<std::vector<std::size_t>>;

}  // namespace

TEST_CASE("nets: codes of nets, through nets, each once") {
  const auto question = question_of(5);
  CHECK(net_codes(question, {net("a", {"5", "4", "5"}), net("b", {"a", "1", "4"}),
                             net("c", {"nobody"})}) == Codes{{3, 4}, {0, 3, 4}, {}});
  // Nets that hold each other end; parse_study refuses them before.
  CHECK(net_codes(question, {net("a", {"b", "1"}), net("b", {"a", "2"})}) == Codes{{0, 1}, {0, 1}});
}

TEST_CASE("nets: rows stand below the first net that names them, in the order of the codes") {
  const auto question = question_of(5);
  CHECK(listed(question, {}) == "1 2 3 4 5");
  CHECK(listed(question, {net("high", {"5", "4"}), net("low", {"1", "2"})}) ==
        "=low .1 .2 3 =high .4 .5");
  CHECK(listed(question, {net("high", {"4", "5"}), net("opinion", {"high", "1", "2"})}) ==
        "=opinion .1 .2 .=high ..4 ..5 3");
  // All members of `top` stand below `high`: it comes last.
  CHECK(listed(question, {net("high", {"4", "5"}), net("top", {"5"})}) == "1 2 3 =high .4 .5 =top");
  CHECK(listed(question, {net("a", {"b", "1"}), net("b", {"a", "2"})}).find("=a") !=
        std::string::npos);
}

TEST_CASE("nets: another order among neighbours") {
  const auto question = question_of(4);
  const std::vector<StudyNet> nets{net("n", {"1", "2"})};
  const std::vector<int> sizes{1, 5, 9, 2, 6};  // of the codes, and of the net
  const auto size = [&](const ListedRow& row) { return sizes[row.net ? 4 : row.at]; };
  CHECK(listed(question, nets, [&](const auto& a, const auto& b) { return size(a) > size(b); }) ==
        "3 =n .2 .1 4");
}

TEST_CASE("nets: a chain of any length") {
  const auto question = question_of(1);
  std::vector<StudyNet> nets{net("n0", {"1"})};
  for (int i = 1; i < 5000; ++i)
    nets.push_back(net(("n" + std::to_string(i)).c_str(), {"n" + std::to_string(i - 1)}));
  CHECK(rows_of(question, nets).back().indent == 5000);
}

}  // namespace sondeo
