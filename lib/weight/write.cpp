// SPDX-License-Identifier: MIT
#include "weight/write.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>
#include <numeric>

#include "weight/weight_text.h"

namespace sondeo {
namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace
bool WeightPass::by_factor() const {
  return rules.size() == 1 && rules[0].predictor.empty() && !trimming &&
         !rows.participation.where && !rows.participation.respondent;
}

ValueSums factor_ratios(const WeightPass& pass) {
  ValueSums ratios;
  for (std::size_t p = 0; p < pass.profiles.size(); ++p) {
    const auto n = pass.profiles.n_positive[p];
    if (n == 0) continue;
    const auto ratio = pass.rules[0].factor[p] * pass.rules[0].scale;
    ratios.least = ratios.sums.n == 0 ? ratio : std::min(ratios.least, ratio);
    ratios.largest = std::max(ratios.largest, ratio);
    ratios.sums.n += n;
    int exponent = 0;
    const auto mantissa = static_cast<std::uint64_t>(std::ldexp(std::frexp(ratio, &exponent), 53));
    const auto sum = Wide{mantissa} * n;
    ratios.sums.w.add(static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64),
                      std::max(exponent - 53, -128));
  }
  return ratios;
}

std::size_t WeightCells::profile_of(std::uint32_t local) {
  constexpr auto unknown = static_cast<std::size_t>(-1);
  if (global_.size() <= local) global_.resize(local + 1, unknown);
  auto& global = global_[local];
  if (global == unknown) global = pass_.profiles.find(reader_.profiles(), local);
  if (global == pass_.profiles.size()) {
    throw changed_file(pass_.rows.header.file);
  }
  return global;
}

void WeightCells::weight_by_factor(const Block& block) {
  const auto& rule = pass_.rules[0];
  while (factor_.size() < reader_.profiles().size())
    factor_.push_back(rule.factor[profile_of(static_cast<std::uint32_t>(factor_.size()))]);
  const auto* profiles = reader_.profiles().profiles().data();
  const auto* bases = reader_.bases(0);
  auto* weights = new_weights_.data();
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto weight = bases[row] * factor_[profiles[row]] * rule.scale;
    weights[row] = weight;
    distribution_.add(weight);
  }
}

void WeightCells::weight_by_rule(const Block& block) {
  const auto bases = pass_.rules.size();
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
    if (base[0] != 0) new_ratios_.push_back(weights[0] / base[0]);
  }
}

void WeightCells::take(const Block& block) {
  reader_.take(block, pass_.weights);
  new_weights_.assign(block.rows * pass_.rules.size(), 0);
  if (by_factor_) {
    weight_by_factor(block);
    return;
  }
  new_ratios_.clear();
  weight_by_rule(block);
  ratios_.add(new_ratios_);
}

void WeightCells::append(std::size_t row, std::size_t column, TextBuffer& out) {
  out.grow_to(write_weight(out.room(weight_text_room),
                           new_weights_[row * pass_.rules.size() + column], pass_.decimal));
}

std::vector<double> collect_weights(CsvFile& file, const WeightPass& pass, unsigned threads) {
  const auto& n = pass.profiles.n_positive;
  std::vector<double> weights(std::accumulate(n.begin(), n.end(), std::size_t{0}));
  std::atomic<std::size_t> next = 0;

  class Collector : public BlockWorker {
   public:
    Collector(const WeightPass& rules, std::vector<double>& all, std::atomic<std::size_t>& at)
        : file_(rules.rows.header.file), cells_(rules), all_(all), next_(at) {}
    void take(const Block& block) override {
      cells_.take(block);
      own_.clear();
      for (std::size_t row = 0; row < block.rows; ++row) {
        if (cells_.weight(row) != 0) own_.push_back(cells_.weight(row));
      }
      const auto at = next_.fetch_add(own_.size());
      if (at + own_.size() > all_.size()) throw changed_file(file_);
      std::copy(own_.begin(), own_.end(), all_.begin() + static_cast<std::ptrdiff_t>(at));
    }

   private:
    const std::string& file_;
    WeightCells cells_;
    std::vector<double>& all_;
    std::atomic<std::size_t>& next_;
    std::vector<double> own_;
  };
  std::deque<Collector> collectors;
  std::vector<BlockWorker*> workers;
  for (unsigned i = 0; i < threads; ++i)
    workers.push_back(&collectors.emplace_back(pass, weights, next));
  Issues told_already;
  file.read(workers, told_already);
  weights.resize(next);
  std::sort(weights.begin(), weights.end());
  return weights;
}

}  // namespace sondeo
