// SPDX-License-Identifier: MIT
// Comparisons with labels, resolved to codes and evaluated on raw cells: against what they mean.
#include <doctest/doctest.h>

#include <optional>
#include <random>

#include "base/number.h"
#include "blocks.h"
#include "data/filter.h"
#include "expr/resolve.h"

namespace sondeo {
namespace {

const ExprQuestion question{"q",
                            {{"1", {"One", "Uno"}, false},
                             {"2", {"Two", "Dos"}, false},
                             {"3.5", {"Half", "Tres y medio"}, false},
                             {"-4", {"Less", "MENOS"}, false},
                             {"uk", {"Kingdom", "Reino"}, false},
                             {"9", {"Don't know", "No sabe"}, true},
                             {"-8", {"Refused", "No contesta"}, true},
                             {"n/s", {"Not clear", "No está claro"}, true}},
                            false,
                            false,
                            ""};
constexpr std::size_t empty = 8;  // the cell holds no code

bool is_missing_code(std::size_t code) { return code == empty || question.codes[code].missing; }

class Generator {
 public:
  std::size_t below(std::size_t n) { return random_() % n; }

  // A code as somebody may write it.
  std::string literal(std::size_t code) {
    const auto& known = question.codes[code];
    const auto number = parse_number(known.code);
    switch (below(number ? 4 : 3)) {
      case 0:
        return quote_text(known.labels[0]);
      case 1:
        return quote_text(" " + known.labels[1]);
      case 2:
        return quote_text(known.code);
      default:
        return known.code;
    }
  }

 private:
  std::mt19937 random_{11};
};

using Kleene = std::optional<bool>;

Kleene equals(std::size_t cell, std::size_t code) {
  if (question.codes[code].missing) return cell == code;
  if (is_missing_code(cell)) return std::nullopt;
  return cell == code;
}

}  // namespace

TEST_CASE("Filter: labels of a study mean their codes, missing ones too") {
  const Header header{"f.csv", 1, {"q"}};
  const CodingContext context{"f.csv", {{"9", "-8", "n/s"}, false, {}, {}}, {}};
  const std::vector<FilterQuestion> none;
  const ExprScope scope{[](const std::string&) { return &question; }, {"q"}};
  blocks::Rows rows;
  for (const auto& code : question.codes) rows.push_back({code.code});
  rows.push_back({""});
  const blocks::MadeBlock block(rows);

  Generator make;
  for (int round = 0; round < 3000; ++round) {
    const auto code = make.below(question.codes.size());
    std::string source;
    std::vector<Kleene> expected;
    if (const auto form = make.below(4); form == 0) {
      const bool equal = make.below(2) == 0;
      source = "q" + std::string(equal ? " = " : " != ") + make.literal(code);
      for (std::size_t cell = 0; cell <= empty; ++cell) {
        const auto same = equals(cell, code);
        expected.push_back(same ? Kleene(*same == equal) : same);
      }
    } else if (form == 1) {
      const auto least = make.below(4);  // those that are numbers and answers
      source = make.literal(least) + " <= q";
      for (std::size_t cell = 0; cell <= empty; ++cell) {
        const auto number = cell == empty ? std::nullopt : parse_number(question.codes[cell].code);
        const bool known = number && !is_missing_code(cell);
        expected.push_back(known ? Kleene(*number >= *parse_number(question.codes[least].code))
                                 : std::nullopt);
      }
    } else {
      const bool without = form == 3;
      source = std::string("q") + (without ? " not in (" : " in (") + make.literal(code);
      std::vector<std::size_t> codes{code};
      for (auto more = make.below(4); more > 0; --more) {
        codes.push_back(make.below(question.codes.size()));
        source += ", " + make.literal(codes.back());
      }
      source += ")";
      for (std::size_t cell = 0; cell <= empty; ++cell) {
        Kleene any = false;
        for (const auto each : codes) {
          const auto same = equals(cell, each);
          if (same == true || any == true) {
            any = true;
          } else if (!same) {
            any = std::nullopt;
          }
        }
        expected.push_back(any ? Kleene(*any != without) : any);
      }
    }
    CAPTURE(source);
    const auto expr = resolve_expr(parse_expr(source), scope, source);
    Filter filter(expr, header, none, context);
    std::vector<Truth> truths;
    filter.evaluate(block.get(), truths);
    for (std::size_t cell = 0; cell <= empty; ++cell) {
      CAPTURE(rows[cell][0]);
      REQUIRE(truths[cell] == (!expected[cell]   ? Truth::unknown
                               : *expected[cell] ? Truth::yes
                                                 : Truth::no));
    }
  }
}

}  // namespace sondeo
