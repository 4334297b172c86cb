// SPDX-License-Identifier: MIT
#include "weight/fold.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <memory>
#include <numeric>

#include "base/text.h"
#include "tabulate/exact_sum.h"

namespace sondeo {
namespace {

__extension__ using Wide = unsigned __int128;

// What one thread knows of a profile.
struct Tally {
  std::uint64_t n = 0;
  std::uint64_t n_positive = 0;
  std::uint64_t first_row = 0;
};

// Exact sums of weights. Weights from 2^-24 to below 2^24, which nearly all are, are whole
// multiples of 2^-76 below 2^100: 2^28 of them fit in 128 bits.
class WeightSums {
 public:
  std::size_t size() const { return quick_.size(); }
  void resize(std::size_t size) {
    quick_.resize(size);
    exact_.resize(size);
  }
  // Before so many numbers are added.
  void expect(std::size_t numbers) {
    added_ += numbers;
    if (added_ < std::uint64_t{1} << 28) return;
    for (std::size_t i = 0; i < size(); ++i) {
      exact_[i] = value(i);
      quick_[i] = 0;
    }
    added_ = numbers;
  }
  void add(std::size_t i, double weight) {
    const auto bits = std::bit_cast<std::uint64_t>(weight);
    const auto shift = (bits >> 52) - least_exponent;
    if (shift < 48) [[likely]] {
      const auto mantissa = (bits & ((std::uint64_t{1} << 52) - 1)) | std::uint64_t{1} << 52;
      quick_[i] += Wide{mantissa} << shift;
    } else {
      add_unusual(exact_[i], weight);
    }
  }
  ExactSum value(std::size_t i) const {
    auto sum = exact_[i];
    sum.add(static_cast<std::uint64_t>(quick_[i]), static_cast<std::uint64_t>(quick_[i] >> 64),
            -76);
    return sum;
  }

 private:
  static constexpr std::uint64_t least_exponent = 1023 - 24;

  [[gnu::noinline]] static void add_unusual(ExactSum& sum, double weight) {
    const auto term = ExactSum::term(weight);
    if (!term) {
      throw Error("weight-overflow", "the weight is " + shortest(weight) + ", too large to add up",
                  "divide them all by their mean");
    }
    sum.add(*term);
  }

  std::vector<Wide> quick_;
  std::vector<ExactSum> exact_;
  std::uint64_t added_ = 0;
};

class FoldWorker : public BlockWorker {
 public:
  FoldWorker(const RowPlan& plan, BaseWeights& weights, bool with_units)
      : plan_(plan), weights_(weights), with_units_(with_units), reader_(plan) {}

  void take(const Block& block) override {
    reader_.take(block, weights_);
    const auto bases = plan_.bases();
    const auto width = bases + plan_.numbers.size();
    tallies_.resize(reader_.profiles().size());
    sums_.resize(tallies_.size() * bases);
    const bool with_eligible = plan_.participation.respondent.has_value();
    if (with_eligible) eligible_.resize(sums_.size());
    sums_.expect(block.rows);
    eligible_.expect(block.rows);
    if (with_units_) {
      uniform_.resize(tallies_.size(), true);
      first_.resize(tallies_.size() * width);
    }
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto part = reader_.part(row);
      if (part == Part::none) continue;
      const auto profile = reader_.profile(row);
      auto& tally = tallies_[profile];
      const auto* base = reader_.bases(row);
      for (std::size_t i = 0; with_eligible && i < bases; ++i)
        eligible_.add(profile * bases + i, base[i]);
      if (part != Part::respondent) continue;
      ++tally.n;
      if (base[0] == 0) continue;
      if (tally.n_positive++ == 0) tally.first_row = block.first_row + row;
      for (std::size_t i = 0; i < bases; ++i) sums_.add(profile * bases + i, base[i]);
      if (!with_units_ || !uniform_[profile]) continue;
      const auto* numbers = reader_.numbers(row);
      auto* first = first_.data() + profile * width;
      if (tally.n_positive == 1) {
        std::copy_n(base, bases, first);
        std::copy_n(numbers, plan_.numbers.size(), first + bases);
      } else {
        uniform_[profile] = std::equal(base, base + bases, first) &&
                            std::equal(numbers, numbers + plan_.numbers.size(), first + bases);
      }
    }
  }

  const ProfileCoder& coder() const { return reader_.profiles(); }
  const std::vector<Tally>& tallies() const { return tallies_; }
  ExactSum sum(std::size_t profile, std::size_t base) const {
    return sums_.value(profile * plan_.bases() + base);
  }
  ExactSum eligible(std::size_t profile, std::size_t base) const {
    return eligible_.size() == 0 ? sum(profile, base)
                                 : eligible_.value(profile * plan_.bases() + base);
  }
  bool uniform(std::size_t profile) const { return uniform_[profile]; }
  const double* first_record(std::size_t profile, std::size_t width) const {
    return first_.data() + profile * width;
  }

 private:
  const RowPlan& plan_;
  BaseWeights& weights_;
  bool with_units_;
  RowReader reader_;
  std::vector<Tally> tallies_;
  WeightSums sums_;            // [profiles * bases], of respondents
  WeightSums eligible_;        // and of all who take part; empty if they are the same
  std::vector<bool> uniform_;  // whether the records of all respondents are that of the first
  std::vector<double> first_;
};

// Puts the records of respondents where those of their profile go.
class UnitCollector : public BlockWorker {
 public:
  UnitCollector(const RowPlan& plan, BaseWeights& weights, Profiles& profiles,
                std::vector<std::atomic<std::uint64_t>>& next)
      : plan_(plan), weights_(weights), profiles_(profiles), next_(next), reader_(plan) {}

  void take(const Block& block) override {
    reader_.take(block, weights_);
    while (global_.size() < reader_.profiles().size())
      global_.push_back(profiles_.find(reader_.profiles(), global_.size()));
    const auto bases = plan_.bases();
    const auto width = bases + plan_.numbers.size();
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto* base = reader_.bases(row);
      if (reader_.part(row) != Part::respondent || base[0] == 0) continue;
      const auto p = global_[reader_.profile(row)];
      if (p == profiles_.size()) throw changed_file(plan_.header.file);
      if (profiles_.uniform[p]) continue;
      const auto at = next_[p].fetch_add(1, std::memory_order_relaxed);
      if (at >= profiles_.unit_start[p + 1]) throw changed_file(plan_.header.file);
      auto* record = profiles_.units.data() + at * width;
      std::copy_n(base, bases, record);
      std::copy_n(reader_.numbers(row), plan_.numbers.size(), record + bases);
    }
  }

 private:
  const RowPlan& plan_;
  BaseWeights& weights_;
  Profiles& profiles_;
  std::vector<std::atomic<std::uint64_t>>& next_;
  RowReader reader_;
  std::vector<std::size_t> global_;  // by local profile
};

// Sorts records of `width` numbers.
void sort_records(double* records, std::size_t count, std::size_t width) {
  if (width == 1) {
    std::sort(records, records + count);
    return;
  }
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(records + a * width, records + (a + 1) * width,
                                        records + b * width, records + (b + 1) * width);
  });
  std::vector<double> sorted;
  sorted.reserve(count * width);
  for (const auto i : order)
    sorted.insert(sorted.end(), records + i * width, records + (i + 1) * width);
  std::copy(sorted.begin(), sorted.end(), records);
}

class LineFinder : public BlockWorker {
 public:
  explicit LineFinder(std::uint64_t row) : row_(row) {}
  void take(const Block& block) override {
    if (row_ >= block.first_row && row_ - block.first_row < block.rows)
      line = block.line_of(static_cast<std::size_t>(row_ - block.first_row));
  }
  std::uint64_t line = 0;

 private:
  std::uint64_t row_;
};

}  // namespace

Error changed_file(const std::string& file) {
  return Error(Place{file}, "changed", "the file was changed while it was being read",
               "run again when it is complete");
}

void collect_units(CsvFile& file, const RowPlan& plan, BaseWeights& weights, Profiles& profiles,
                   unsigned threads) {
  const auto width = plan.bases() + plan.numbers.size();
  profiles.unit_start.assign(1, 0);
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    const auto kept = profiles.uniform[p] ? 0 : profiles.n_positive[p];
    profiles.unit_start.push_back(profiles.unit_start.back() + kept);
  }
  if (profiles.unit_start.back() == 0) return;
  profiles.units.resize(profiles.unit_start.back() * width);
  std::vector<std::atomic<std::uint64_t>> next(profiles.size());
  for (std::size_t p = 0; p < profiles.size(); ++p) next[p] = profiles.unit_start[p];
  std::vector<std::unique_ptr<UnitCollector>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.push_back(std::make_unique<UnitCollector>(plan, weights, profiles, next));
    takers.push_back(workers.back().get());
  }
  Issues told_already;
  file.read(takers, told_already);
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    const auto start = profiles.unit_start[p];
    const auto end = profiles.unit_start[p + 1];
    if (next[p] != end) throw changed_file(plan.header.file);
    sort_records(profiles.units.data() + start * width, end - start, width);
  }
}

std::uint64_t line_of_row(CsvFile& file, std::uint64_t row) {
  LineFinder finder(row);
  Issues told_already;
  file.read({&finder}, told_already);
  return finder.line;
}

std::size_t Profiles::find(const ProfileCoder& coder, std::size_t local) const {
  std::vector<std::uint32_t> tuple;
  for (std::size_t v = 0; v < names.size(); ++v) {
    const auto category = coder.category(local, v);
    if (category == 0) {
      tuple.push_back(0);
      continue;
    }
    const auto found = numbers_[v].find(coder.category_name(v, category));
    if (found == numbers_[v].end()) return size();
    tuple.push_back(found->second);
  }
  const auto found = positions_.find(tuple);
  return found == positions_.end() ? size() : found->second;
}

Profiles fold_profiles(CsvFile& file, const RowPlan& plan, BaseWeights& weights, bool with_units,
                       unsigned threads, Issues& issues) {
  std::vector<std::unique_ptr<FoldWorker>> workers;
  std::vector<BlockWorker*> takers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.push_back(std::make_unique<FoldWorker>(plan, weights, with_units));
    takers.push_back(workers.back().get());
  }
  Profiles all;
  all.rows = file.read(takers, issues).rows;
  weights.check_all_taken();

  const auto variables = plan.variables.size();
  all.names.resize(variables);
  all.numbers_.resize(variables);
  for (std::size_t v = 0; v < variables; ++v) {
    auto& names = all.names[v];
    auto& numbers = all.numbers_[v];
    names = {""};
    const auto add = [&](const std::string& name) {
      if (numbers.try_emplace(name, names.size()).second) names.push_back(name);
    };
    for (const auto& name : plan.variables[v].known) add(name);
    std::vector<std::string> others;
    for (const auto& worker : workers) {
      for (std::size_t p = 0; p < worker->tallies().size(); ++p) {
        const auto category = worker->coder().category(p, v);
        if (category == 0) continue;
        const auto& name = worker->coder().category_name(v, category);
        if (!numbers.contains(name)) others.push_back(name);
      }
    }
    std::sort(others.begin(), others.end(),
              [](const auto& a, const auto& b) { return natural_compare(a, b) < 0; });
    for (const auto& name : others) add(name);
  }

  // By tuple: the worker and the profile there, as often as it was met.
  std::map<std::vector<std::uint32_t>, std::vector<std::pair<FoldWorker*, std::size_t>>> met;
  for (const auto& worker : workers) {
    for (std::size_t p = 0; p < worker->tallies().size(); ++p) {
      std::vector<std::uint32_t> tuple;
      for (std::size_t v = 0; v < variables; ++v) {
        const auto category = worker->coder().category(p, v);
        const auto& name = worker->coder().category_name(v, category);
        tuple.push_back(category == 0 ? 0 : all.numbers_[v].at(name));
      }
      met[std::move(tuple)].emplace_back(worker.get(), p);
    }
  }
  const auto bases = plan.bases();
  const auto width = bases + plan.numbers.size();
  bool anybody = false;
  for (const auto& [tuple, places] : met) {
    Tally total;
    std::vector<ExactSum> sums(bases);
    std::vector<ExactSum> eligible(bases);
    bool uniform = true;
    const double* first = nullptr;
    for (const auto& [worker, p] : places) {
      const auto& tally = worker->tallies()[p];
      total.n += tally.n;
      if (tally.n_positive > 0 && (total.n_positive == 0 || tally.first_row < total.first_row))
        total.first_row = tally.first_row;
      total.n_positive += tally.n_positive;
      for (std::size_t i = 0; i < bases; ++i) {
        sums[i].add(worker->sum(p, i));
        eligible[i].add(worker->eligible(p, i));
      }
      if (!with_units || tally.n_positive == 0) continue;
      const auto* own = worker->first_record(p, width);
      uniform = uniform && worker->uniform(p) &&
                (first == nullptr || std::equal(first, first + width, own));
      first = own;
    }
    all.positions_.emplace(tuple, all.n.size());
    all.tuples.insert(all.tuples.end(), tuple.begin(), tuple.end());
    all.n.push_back(total.n);
    all.n_positive.push_back(total.n_positive);
    all.first_row.push_back(total.first_row);
    for (const auto& sum : sums) all.base.push_back(sum.value());
    for (const auto& sum : eligible) all.eligible.push_back(sum.value());
    anybody |= total.n_positive > 0;
    if (!with_units) continue;
    all.uniform.push_back(uniform);
    all.first_record.resize(all.n.size() * width);
    if (first != nullptr)
      std::copy_n(first, width, all.first_record.end() - static_cast<std::ptrdiff_t>(width));
  }
  if (!anybody) {
    throw Error(Place{file.name()}, "weight-total",
                all.rows == 0 ? "there are no respondents" : "nobody has a weight above 0");
  }
  return all;
}

}  // namespace sondeo
