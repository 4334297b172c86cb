// SPDX-License-Identifier: MIT
#include "weight/write.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sondeo {
namespace {

// Fifteen significant digits: what a double holds for sure. The digits after them are the noise of
// the arithmetic, and nobody wants to read 1.0999999999999999.
void append_number(std::string& out, double value, char decimal) {
  static constexpr long double powers[] = {1e5L,  1e6L,  1e7L,  1e8L,  1e9L,  1e10L, 1e11L,
                                           1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L};
  std::array<char, 40> buffer;
  const auto start = out.size();
  if (!(value >= 1e-2 && value < 1e9)) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::general, 15)
                         .ptr;
    out.append(buffer.data(), end);
  } else {
    // The common case by hand: value * 10^places is a whole number of 15 digits.
    int whole = 0;  // digits before the mark, less those missing after it
    for (double limit = 1e-2; limit <= value; limit *= 10) ++whole;
    whole -= 2;
    const int places = 15 - whole;
    auto digits =
        static_cast<std::uint64_t>(static_cast<long double>(value) * powers[places - 5] + 0.5L);
    int left = places;
    for (; left > 0 && digits % 10 == 0; digits /= 10) --left;
    auto* at = buffer.data() + buffer.size();
    for (int i = 0; i < left; ++i, digits /= 10) *--at = static_cast<char>('0' + digits % 10);
    if (left > 0) *--at = '.';
    do {
      *--at = static_cast<char>('0' + digits % 10);
      digits /= 10;
    } while (digits > 0);
    out.append(at, buffer.data() + buffer.size());
  }
  if (decimal == '.') return;
  const auto mark = out.find('.', start);
  if (mark != std::string::npos) out[mark] = decimal;
}

}  // namespace

void Ratios::add(double ratio) {
  least = n == 0 ? ratio : std::min(least, ratio);
  largest = n == 0 ? ratio : std::max(largest, ratio);
  ++n;
  if (const auto term = ExactSum::term(ratio)) sum.add(*term);
}

void Ratios::merge(const Ratios& other) {
  if (other.n == 0) return;
  least = n == 0 ? other.least : std::min(least, other.least);
  largest = n == 0 ? other.largest : std::max(largest, other.largest);
  n += other.n;
  sum.add(other.sum);
}

std::size_t WeightCells::profile_of(std::uint32_t local) {
  constexpr auto unknown = static_cast<std::size_t>(-1);
  if (global_.size() <= local) global_.resize(local + 1, unknown);
  auto& global = global_[local];
  if (global == unknown) global = pass_.profiles.find(reader_.profiles(), local);
  if (global == pass_.profiles.size()) {
    throw Error(Place{pass_.rows.header.file}, "changed",
                "the file was changed while it was being read", "run again when it is complete");
  }
  return global;
}

void WeightCells::take(const Block& block) {
  reader_.take(block, pass_.weights);
  const auto bases = pass_.rules.size();
  new_weights_.assign(block.rows * bases, 0);
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto part = reader_.part(row);
    if (part == Part::none) {
      distribution_.add(0);
      continue;
    }
    const auto* base = reader_.bases(row);
    auto* weights = new_weights_.data() + row * bases;
    if (part == Part::respondent && base[0] != 0) {
      const auto profile = profile_of(reader_.profile(row));
      const auto* numbers = reader_.numbers(row);
      for (std::size_t i = 0; i < bases; ++i) {
        weights[i] = pass_.rules[i].weight(base[i], profile, numbers);
        if (pass_.trimming) weights[i] = (*pass_.trimming)(weights[i]);
      }
    }
    distribution_.add(weights[0]);
    if (base[0] != 0) ratios_.add(weights[0] / base[0]);
  }
}

void WeightCells::append(std::size_t row, std::size_t column, std::string& out) {
  append_number(out, new_weights_[row * pass_.rules.size() + column], pass_.decimal);
}

void collect_weights(CsvFile& file, const WeightPass& pass, std::vector<double>& weights,
                     std::vector<std::uint64_t>& counts, Issues& issues) {
  class Collector : public BlockWorker {
   public:
    explicit Collector(const WeightPass& rules) : cells_(rules) {}
    void take(const Block& block) override {
      cells_.take(block);
      for (std::size_t row = 0; row < block.rows; ++row) {
        const auto weight = cells_.weight(row);
        if (weight != 0) values.push_back(weight);
      }
    }
    std::vector<double> values;

   private:
    WeightCells cells_;
  };
  Collector collector(pass);
  file.read({&collector}, issues);
  auto& values = collector.values;
  std::sort(values.begin(), values.end());
  for (const auto value : values) {
    if (!weights.empty() && weights.back() == value) {
      ++counts.back();
    } else {
      weights.push_back(value);
      counts.push_back(1);
    }
  }
}

}  // namespace sondeo
