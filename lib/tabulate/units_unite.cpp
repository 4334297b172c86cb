// SPDX-License-Identifier: MIT
// The units that all threads met, in one order, with what they were drawn from.
#include <algorithm>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "tabulate/units.h"

namespace sondeo {

std::size_t SampleUnits::leaves() const {
  return rows_are_units ? stages.back().strata.size() : stages.back().units.size();
}

std::uint32_t SampleUnits::stratum_of(std::uint32_t leaf) const {
  if (rows_are_units && stages.size() == 1) return leaf;
  return stages[0].units[psu_of(leaf)].stratum;
}

std::uint32_t SampleUnits::psu_of(std::uint32_t leaf) const {
  auto unit = leaf;
  auto stage = stages.size() - 1;
  if (rows_are_units) unit = stages[stage--].strata[leaf].parent;
  for (; stage > 0; --stage) unit = stages[stage].strata[stages[stage].units[unit].stratum].parent;
  return unit;
}

// All that is known of all coders, put together once.
class UnitUnion {
 public:
  explicit UnitUnion(const std::vector<const UnitCoder*>& coders)
      : coders_(coders), columns_(coders[0]->columns_), parts_(coders[0]->parts_.size()) {}

  SampleUnits unite(std::vector<std::vector<std::uint32_t>>& numbers) {
    gather_labels();
    gather_leaves();
    SampleUnits units;
    units.rows_are_units = columns_.rows_are_units();
    units.stages.assign(columns_.stages(), {});
    for (std::size_t i = 0; i < order_.size(); ++i) add(units, i);
    if (order_.empty() && units.rows_are_units && parts_ == 0)
      units.stages[0].strata.emplace_back();
    if (!columns_.nest) check_nesting(units);
    set_populations(units);
    number(numbers);
    return units;
  }

 private:
  struct Leaf {
    std::vector<std::uint32_t> ranks;  // of its labels, by part
    std::uint64_t rows = 0;
    std::vector<double> fpc;
    bool operator<(const Leaf& other) const { return ranks < other.ranks; }
  };

  void gather_labels() {
    labels_.resize(parts_);
    ranks_.resize(parts_);
    for (std::size_t part = 0; part < parts_; ++part) {
      auto& labels = labels_[part];
      for (const auto* coder : coders_) {
        const auto& texts = coder->parts_[part].texts;
        labels.insert(labels.end(), texts.begin(), texts.end());
      }
      std::sort(labels.begin(), labels.end(),
                [](const auto& a, const auto& b) { return natural_compare(a, b) < 0; });
      labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
      std::unordered_map<std::string_view, std::uint32_t> rank_of;
      for (std::uint32_t i = 0; i < labels.size(); ++i) rank_of.emplace(labels[i], i);
      for (const auto* coder : coders_) {
        auto& ranks = ranks_[part].emplace_back();
        for (const auto& text : coder->parts_[part].texts) ranks.push_back(rank_of.at(text));
      }
    }
  }

  // The leaves of each coder; order_ are all of them, each once, and where they come from.
  void gather_leaves() {
    const auto stages_fpc = coders_[0]->fpc_.size();
    for (std::size_t t = 0; t < coders_.size(); ++t) {
      const auto& coder = *coders_[t];
      auto& leaves = leaves_.emplace_back(coder.rows_of_.size());
      for (std::uint32_t local = 0; local < leaves.size(); ++local) {
        auto& leaf = leaves[local];
        leaf.ranks.resize(parts_);
        auto number = local;
        for (auto part = parts_; part-- > 0;) {
          const auto pair = part > 0 ? coder.pairs_[part - 1].pair(number) : number;
          leaf.ranks[part] = ranks_[part][t][static_cast<std::uint32_t>(pair)];
          number = static_cast<std::uint32_t>(pair >> 32);
        }
        leaf.rows = coder.rows_of_[local];
        leaf.fpc.assign(
            coder.fpc_of_.begin() + static_cast<std::ptrdiff_t>(local * stages_fpc),
            coder.fpc_of_.begin() + static_cast<std::ptrdiff_t>((local + 1) * stages_fpc));
      }
      for (auto& leaf : leaves) order_.push_back(leaf);
    }
    std::sort(order_.begin(), order_.end());
    // The same leaf of several threads is one.
    std::size_t kept = 0;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (kept > 0 && order_[kept - 1].ranks == order_[i].ranks) {
        order_[kept - 1].rows += order_[i].rows;
        for (std::size_t stage = 0; stage < stages_fpc; ++stage)
          check_same(order_[kept - 1].fpc[stage], order_[i].fpc[stage], stage, order_[i]);
      } else {
        if (kept != i) order_[kept] = std::move(order_[i]);
        ++kept;
      }
    }
    order_.resize(kept);
  }

  // Adds leaf i, whose stages begin to differ from those of leaf i - 1 somewhere.
  void add(SampleUnits& units, std::size_t i) {
    const auto& leaf = order_[i];
    std::size_t part = 0;
    bool differs = i == 0;
    units.rows += leaf.rows;
    const auto step = [&] {
      if (!differs) differs = order_[i - 1].ranks[part] != leaf.ranks[part];
      const auto& label = labels_[part][leaf.ranks[part]];
      ++part;
      return label;
    };
    for (std::size_t s = 0; s < units.stages.size(); ++s) {
      auto& stage = units.stages[s];
      std::string label;
      if (s < columns_.strata.size()) label = step();
      if (differs) {
        SampleUnits::Stratum stratum;
        stratum.label = label;
        if (s > 0)
          stratum.parent = static_cast<std::uint32_t>(units.stages[s - 1].units.size() - 1);
        stratum.first = static_cast<std::uint32_t>(stage.units.size());
        stage.strata.push_back(std::move(stratum));
        first_leaf_.resize(units.stages.size());
        first_leaf_[s].push_back(i);
      }
      if (s >= columns_.clusters.size()) {
        stage.strata.back().size += leaf.rows;
        continue;
      }
      label = step();
      if (differs) {
        stage.units.push_back({label, static_cast<std::uint32_t>(stage.strata.size() - 1), 0});
        ++stage.strata.back().size;
      }
      stage.units.back().rows += leaf.rows;
    }
    if (coders_[0]->fpc_.empty()) return;
    for (std::size_t s = 0; s < first_leaf_.size() && s < leaf.fpc.size(); ++s)
      check_same(order_[first_leaf_[s].back()].fpc[s], leaf.fpc[s], s, leaf);
  }

  void check_same(double a, double b, std::size_t stage, const Leaf& leaf) const {
    if (a == b) return;
    std::string where;
    if (stage < columns_.strata.size()) {
      // Its parts are those of the stages before, and this stratum.
      const auto part = stage + std::min(stage, columns_.clusters.size());
      where = " in stratum '" + excerpt(labels_[part][leaf.ranks[part]]) + "'";
    }
    throw Error("fpc-varies",
                "the fpc of stage " + std::to_string(stage + 1) + " is " +
                    shortest(std::min(a, b)) + " and " + shortest(std::max(a, b)) + where,
                "all units of a stratum are drawn from one population");
  }

  void check_nesting(const SampleUnits& units) const {
    if (columns_.strata.empty() || columns_.clusters.empty()) return;
    const auto& stage = units.stages[0];
    std::map<std::string_view, std::uint32_t> stratum_of;
    for (const auto& unit : stage.units) {
      const auto [known, fresh] = stratum_of.try_emplace(unit.label, unit.stratum);
      if (fresh) continue;
      throw Error("psu-in-two-strata",
                  "cluster '" + excerpt(unit.label) + "' is in stratum '" +
                      excerpt(stage.strata[known->second].label) + "' and in stratum '" +
                      excerpt(stage.strata[unit.stratum].label) + "'",
                  "if the numbers of clusters start again in every stratum: --nest");
    }
  }

  bool are_fractions() const {
    if (columns_.fpc_kind != FpcKind::automatic) return columns_.fpc_kind == FpcKind::fraction;
    double least = 1;
    double largest = 0;
    for (const auto& leaf : order_) {
      for (const double value : leaf.fpc) {
        least = std::min(least, value);
        largest = std::max(largest, value);
      }
    }
    if (largest <= 1) return true;
    if (least == 1) return false;
    throw Error("fpc-mixed",
                "the fpc has " + shortest(least) + ", a fraction, and " + shortest(largest) +
                    ", a population",
                "it must be one of them everywhere; or say which it is: --fpc-kind population");
  }

  void set_populations(SampleUnits& units) const {
    if (coders_[0]->fpc_.empty() || order_.empty()) return;
    const bool fractions = are_fractions();
    for (std::size_t s = 0; s < units.stages.size(); ++s) {
      for (std::size_t h = 0; h < units.stages[s].strata.size(); ++h) {
        const auto& fpc = order_[first_leaf_[s][h]].fpc;
        if (s >= fpc.size()) continue;
        auto& stratum = units.stages[s].strata[h];
        const auto drawn = static_cast<double>(stratum.size);
        const auto where =
            " at stage " + std::to_string(s + 1) +
            (stratum.label.empty() ? "" : " in stratum '" + excerpt(stratum.label) + "'");
        if (fractions && fpc[s] > 1) {
          throw Error("fpc-number",
                      "the fpc is " + shortest(fpc[s]) + where + "; a fraction is at most 1");
        }
        if (!fractions && fpc[s] < drawn) {
          throw Error("fpc-small",
                      "the fpc is " + shortest(fpc[s]) + where + ", but " + shortest(drawn) +
                          " units were drawn",
                      "it is the number of units in the population, not a weight");
        }
        stratum.population = fractions ? drawn / fpc[s] : fpc[s];
        if (fractions) stratum.fraction = fpc[s];
      }
    }
  }

  void number(std::vector<std::vector<std::uint32_t>>& numbers) const {
    numbers.clear();
    for (const auto& leaves : leaves_) {
      auto& of_coder = numbers.emplace_back();
      for (const auto& leaf : leaves) {
        const auto at = std::lower_bound(order_.begin(), order_.end(), leaf);
        of_coder.push_back(static_cast<std::uint32_t>(at - order_.begin()));
      }
    }
  }

  const std::vector<const UnitCoder*>& coders_;
  const UnitColumns& columns_;
  std::size_t parts_;
  std::vector<std::vector<std::string>> labels_;                // by part, in order
  std::vector<std::vector<std::vector<std::uint32_t>>> ranks_;  // by part, coder, number
  std::vector<std::vector<Leaf>> leaves_;                       // by coder, local number
  std::vector<Leaf> order_;
  std::vector<std::vector<std::size_t>> first_leaf_;  // by stage, stratum
};

SampleUnits unite(const std::vector<const UnitCoder*>& coders,
                  std::vector<std::vector<std::uint32_t>>& numbers) {
  return UnitUnion(coders).unite(numbers);
}

}  // namespace sondeo
