// SPDX-License-Identifier: MIT
// Whatever the study, the targets and the seed: synthetic respondents give the targets to the
// printed digit when their file is read and tabulated again, by a route of its own.
#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "../unit/synth/made.h"

namespace sondeo {
namespace {

using made::Row;
using Random = std::mt19937_64;

int between(Random& random, int least, int most) {
  return least + static_cast<int>(random() % static_cast<std::uint64_t>(most - least + 1));
}

// A target of the file, and how a naive reader finds it in a row.
struct Expected {
  std::string row;
  double percent = 0;
  int digits = 0;
  std::function<bool(const Row&)> part;
  std::function<bool(const Row&)> base;
};

std::string text_of(int tenths, int digits) {
  return digits == 0 ? std::to_string(tenths / 10)
                     : std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// `count` shares in tenths of a percent that leave at least `rest` of 1000.
std::vector<int> shares(Random& random, int count, int rest, int digits) {
  std::vector<int> result;
  int left = 1000 - rest;
  for (int i = 0; i < count; ++i) {
    const int most = std::max(left - 30 * (count - i - 1), 30) / 2;
    int share = between(random, 30, std::max(most, 31));
    if (digits == 0) share -= share % 10;
    result.push_back(share);
    left -= share;
  }
  return result;
}

struct Generated {
  std::string study =
      "[study]\nname = \"s\"\nsynthetic = true\nweight = \"w\"\n[format]\ndelimiter = \";\"\n"
      "decimal = \",\"\n[[weight]]\nname = \"w\"\nmargins = [\"g\"]\n"
      "[[question]]\nname = \"id\"\nkind = \"id\"\n"
      "[[question]]\nname = \"g\"\ncodes = [{code = 1}, {code = 2}]\n";
  std::vector<Expected> targets;
  std::map<std::string, std::function<bool(const Row&)>> asked;  // column: who has an answer

  std::string csv() const {
    std::string text = "question,category,percent,where,alone\n";
    for (const auto& target : targets) text += target.row + "\n";
    return text;
  }
};

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Generated make() {
    const int us = between(random_, 25, 75);
    add(
        "g", "1", 10 * us, 0, [](const Row& row) { return row.at("g") == "1"; },
        [](const Row&) { return true; });
    const int questions = between(random_, 2, 6);
    for (int i = 0; i < questions; ++i) {
      name_ = "q" + std::to_string(i);
      digits_ = between(random_, 0, 1);
      routed_ = between(random_, 0, 2) == 0;
      base_ = [routed = routed_](const Row& row) { return !routed || row.at("g") == "1"; };
      const int kind = between(random_, 0, 4);
      if (kind == 0) {
        multiple();
      } else if (kind == 1) {
        number();
      } else {
        single(kind);
      }
    }
    return std::move(made_);
  }

 private:
  std::string routing() const { return routed_ ? "asked = \"g = 1\"\n" : ""; }

  void add(const std::string& question, const std::string& category, int tenths, int digits,
           std::function<bool(const Row&)> part, std::function<bool(const Row&)> base,
           const std::string& more = ",") {
    made_.targets.push_back({question + "," + category + "," + text_of(tenths, digits) + "," + more,
                             tenths / 10.0, digits, std::move(part), std::move(base)});
  }

  // Nominal (2), scale (3) or scale with a net and a "don't know" that leaves the base (4).
  void single(int kind) {
    const int codes = between(random_, kind == 4 ? 3 : 2, 7);
    std::string list;
    for (int c = 1; c <= codes; ++c) list += "{code = " + std::to_string(c) + "}, ";
    made_.study += "[[question]]\nname = \"" + name_ + "\"\nkind = \"" +
                   (kind == 2 ? "single" : "scale") + "\"\n" + routing() + "codes = [" + list +
                   (kind == 4 ? "{code = 99, missing = \"dont_know\"}" : "") + "]\n";
    const auto asks = base_;
    made_.asked[name_] = asks;
    auto base = asks;
    const auto column = name_;
    if (kind == 4) {
      made_.study += "nets = [{name = \"low\", of = [1, 2]}]\n";
      base = [=](const Row& row) { return asks(row) && row.at(column) != "99"; };
      const int low = between(random_, 20, 60) * 10;
      add(
          column, "low", low, digits_,
          [=](const Row& row) { return row.at(column) == "1" || row.at(column) == "2"; }, base);
      add(
          column, "1", low / 20 * 10, digits_,
          [=](const Row& row) { return row.at(column) == "1"; }, base);
      add(
          column, "99", between(random_, 3, 12) * 10, 0,
          [=](const Row& row) { return row.at(column) == "99"; }, asks);
      return;
    }
    // Of all, or in each of the two groups by itself.
    const int groups = !routed_ && between(random_, 0, 2) == 0 ? 2 : 1;
    for (int g = 1; g <= groups; ++g) {
      const auto of = shares(random_, between(random_, 1, codes - 1), 30, digits_);
      for (std::size_t c = 0; c < of.size(); ++c) {
        const auto code = std::to_string(c + 1);
        const auto group = std::to_string(g);
        auto in = base;
        if (groups == 2) in = [=](const Row& row) { return row.at("g") == group; };
        add(
            column, code, of[c], digits_, [=](const Row& row) { return row.at(column) == code; },
            in, groups == 2 ? "g = " + group + "," : ",");
      }
    }
  }

  void multiple() {
    const int codes = between(random_, 4, 6);
    const int form = between(random_, 0, 2);
    std::string list;
    std::string columns;
    const auto column = name_;
    for (int c = 1; c <= codes; ++c) {
      const auto code = std::to_string(c);
      list += "{code = " + code + (form == 0 ? ", column = \"" + name_ + "_" + code + "\"" : "") +
              "}, ";
      if (form == 2) columns += "\"" + name_ + "_" + code + "\", ";
    }
    made_.study += "[[question]]\nname = \"" + name_ + "\"\nkind = \"multiple\"\n" + routing() +
                   (form == 1   ? "column = \"" + name_ + "\"\nseparator = \"|\"\n"
                    : form == 2 ? "columns = [" + columns + "]\n"
                                : "") +
                   "codes = [" + list + "]\n";
    for (int c = 1; c <= codes; ++c) {
      const auto code = std::to_string(c);
      std::function<bool(const Row&)> part;
      if (form == 0) {
        part = [=](const Row& row) { return row.at(column + "_" + code) == "1"; };
      } else if (form == 1) {
        part = [=](const Row& row) {
          return ("|" + row.at(column) + "|").find("|" + code + "|") != std::string::npos;
        };
      } else {
        part = [=](const Row& row) {
          for (int i = 1; i <= codes; ++i) {
            if (row.at(column + "_" + std::to_string(i)) == code) return true;
          }
          return false;
        };
      }
      // Enough for everybody to have an answer; the last is for those who have no other.
      const bool alone = c == codes;
      const int tenths = alone ? 50 : between(random_, 40, 70) * 10 + (digits_ == 0 ? 0 : 3);
      add(column, code, tenths, alone ? 0 : digits_, part, base_, alone ? ",yes" : ",");
    }
    made_.asked[form == 1 ? name_ : name_ + "_1"] = base_;
  }

  void number() {
    made_.study += "[[question]]\nname = \"" + name_ +
                   "\"\nkind = \"number\"\nmin = 16\nmax = 80\n" + routing() +
                   "[[question]]\nname = \"" + name_ + "b\"\nbands = {of = \"" + name_ +
                   "\", cuts = [16, 30, 50]}\n";
    made_.asked[name_] = base_;
    const auto of = shares(random_, 2, 50, digits_);
    const auto column = name_;
    const auto in = [=](int least, int most) {
      return [=](const Row& row) {
        if (row.at(column).empty()) return false;
        const int value = std::stoi(row.at(column));
        return value >= least && value <= most;
      };
    };
    add(name_ + "b", "16-29", of[0], digits_, in(16, 29), base_);
    add(name_ + "b", "50+", of[1], digits_, in(50, 80), base_);
  }

  Random random_;
  Generated made_;
  std::string name_;
  int digits_ = 0;
  bool routed_ = false;
  std::function<bool(const Row&)> base_;
};

}  // namespace

TEST_CASE("law: synthetic respondents give the targets, to far more than the printed digit") {
  double worst = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const auto generated = Generator(seed).make();
    const std::size_t n = seed % 3 == 0 ? 300 : seed % 3 == 1 ? 1000 : 2500;
    CAPTURE(seed);
    CAPTURE(generated.study);
    CAPTURE(generated.csv());
    const auto made = made::make(generated.study, generated.csv(), n, seed * 31 + 1);
    REQUIRE(made.unmet.empty());
    REQUIRE(made.rows.size() == n);
    for (const auto& target : generated.targets) {
      CAPTURE(target.row);
      const auto percent = made.percent(target.part, target.base);
      CHECK(rounded(percent, target.digits) == rounded(target.percent, target.digits));
      worst = std::max(worst, std::abs(percent - target.percent));
    }
    for (const auto& [column, asked] : generated.asked) {
      for (const auto& row : made.rows) {
        if (row.at(column).empty() == asked(row)) {
          CAPTURE(column);
          FAIL("routing is not obeyed");
        }
      }
    }
    double squares = 0;
    double sum = 0;
    for (const auto& row : made.rows) {
      CHECK(made.weight(row) > 0);
      squares += made.weight(row) * made.weight(row);
      sum += made.weight(row);
    }
    const auto deff = static_cast<double>(n) * squares / (sum * sum);
    CHECK(deff > 1.1);
    CHECK(deff < 1.5);
    // The same bytes again; others with another seed.
    CHECK(made::make(generated.study, generated.csv(), n, seed * 31 + 1).bytes == made.bytes);
    CHECK(made::make(generated.study, generated.csv(), n, seed * 31 + 2).bytes != made.bytes);
  }
  // Sums are exact to a few ten-thousandths of a weight.
  CHECK(worst < 0.001);
}

TEST_CASE("law: what a hundred respondents cannot give is refused, what they can is not") {
  const std::string study =
      "[study]\nname = \"s\"\nsynthetic = true\n"
      "[[question]]\nname = \"q\"\ncodes = [{code = 1}, {code = 2}]\n";
  // Without weights, a share of a hundred is a whole percent.
  for (int tenths = 0; tenths <= 1000; tenths += 7) {
    const auto made =
        made::make(study, "question,category,percent\nq,1," + text_of(tenths, 1) + "\n", 100, 1);
    CHECK(made.unmet.empty() == (tenths % 10 == 0));
  }
}

}  // namespace sondeo
