// SPDX-License-Identifier: MIT
// The units of parts of a survey, put together.
#include "tabulate/sample_units.h"

#include <map>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

// The labels of a leaf's strata and units, from the first stage on.
using Path = std::vector<std::string>;

struct PathLess {
  bool operator()(const Path& a, const Path& b) const {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
      const int order = natural_compare(a[i], b[i]);
      if (order != 0) return order < 0;
    }
    return a.size() < b.size();
  }
};

struct Leaf {
  std::uint64_t rows = 0;
  std::vector<const SampleUnits::Stratum*> strata;  // by stage, of the part that had it first
};

std::string described(const SampleUnits::Stratum& stratum) {
  return stratum.label.empty() ? "" : " in stratum '" + excerpt(stratum.label) + "'";
}

void check_same(const SampleUnits::Stratum& a, const SampleUnits::Stratum& b) {
  const auto value = [](const SampleUnits::Stratum& stratum) {
    return stratum.fraction ? stratum.fraction : stratum.population;
  };
  if (value(a) == value(b) && a.fraction.has_value() == b.fraction.has_value()) return;
  throw Error("fpc-varies",
              "the fpc is " + shortest(value(a).value_or(0)) + " and " +
                  shortest(value(b).value_or(0)) + described(a),
              "all units of a stratum are drawn from one population");
}

class Union {
 public:
  void add(const SampleUnits& part) {
    const auto last = part.stages.size() - 1;
    for (std::uint32_t leaf = 0; leaf < part.leaves(); ++leaf) {
      Path path;
      Leaf found;
      auto at = leaf;
      for (auto s = last + 1; s-- > 0;) {
        const auto& stage = part.stages[s];
        if (s < last || !part.rows_are_units) {
          const auto& unit = stage.units[at];
          path.insert(path.begin(), unit.label);
          if (s == last) found.rows = unit.rows;
          at = unit.stratum;
        } else {
          found.rows = stage.strata[at].size;
        }
        path.insert(path.begin(), stage.strata[at].label);
        found.strata.insert(found.strata.begin(), &stage.strata[at]);
        at = stage.strata[at].parent;
      }
      auto [known, fresh] = leaves_.try_emplace(path, found);
      if (!fresh) {
        known->second.rows += found.rows;
        for (std::size_t s = 0; s <= last; ++s)
          check_same(*known->second.strata[s], *found.strata[s]);
      }
      paths_.push_back(std::move(path));
    }
  }

  SampleUnits units(const SampleUnits& like) const {
    SampleUnits result;
    result.stages.assign(like.stages.size(), {});
    result.rows_are_units = like.rows_are_units;
    std::vector<const SampleUnits::Stratum*> first(like.stages.size());
    const Path* before = nullptr;
    for (const auto& [path, leaf] : leaves_) {
      result.rows += leaf.rows;
      bool differs = before == nullptr;
      std::size_t at = 0;
      const auto step = [&]() -> const std::string& {
        if (!differs) differs = (*before)[at] != path[at];
        return path[at++];
      };
      for (std::size_t s = 0; s < result.stages.size(); ++s) {
        auto& stage = result.stages[s];
        const auto& stratum = step();
        if (differs) {
          stage.strata.emplace_back();
          auto& fresh = stage.strata.back();
          fresh.label = stratum;
          fresh.fraction = leaf.strata[s]->fraction;
          fresh.population = leaf.strata[s]->population;
          fresh.first = static_cast<std::uint32_t>(stage.units.size());
          if (s > 0)
            fresh.parent = static_cast<std::uint32_t>(result.stages[s - 1].units.size() - 1);
          first[s] = leaf.strata[s];
        }
        check_same(*first[s], *leaf.strata[s]);
        auto& size = stage.strata.back().size;
        if (at == path.size()) {
          size += leaf.rows;
          continue;
        }
        const auto& unit = step();
        if (differs) {
          stage.units.push_back({unit, static_cast<std::uint32_t>(stage.strata.size() - 1), 0});
          ++size;
        }
        stage.units.back().rows += leaf.rows;
      }
      before = &path;
    }
    return result;
  }

  // The numbers of the leaves, in the order in which they were added.
  std::vector<std::uint32_t> numbers() const {
    std::map<Path, std::uint32_t, PathLess> number_of;
    for (const auto& [path, leaf] : leaves_)
      number_of.emplace_hint(number_of.end(), path, static_cast<std::uint32_t>(number_of.size()));
    std::vector<std::uint32_t> result;
    for (const auto& path : paths_) result.push_back(number_of.at(path));
    return result;
  }

 private:
  std::map<Path, Leaf, PathLess> leaves_;
  std::vector<Path> paths_;
};

void set_populations(SampleUnits& units) {
  for (auto& stage : units.stages) {
    for (auto& stratum : stage.strata) {
      const auto drawn = static_cast<double>(stratum.size);
      if (stratum.fraction) stratum.population = drawn / *stratum.fraction;
      if (stratum.fraction || !stratum.population || *stratum.population >= drawn) continue;
      throw Error("fpc-small", "the fpc is " + shortest(*stratum.population) + described(stratum) +
                                   ", but " + shortest(drawn) + " units were drawn");
    }
  }
}

void check_nesting(const SampleUnits& units) {
  const auto& first = units.stages[0];
  std::map<std::string, std::uint32_t> stratum_of;
  for (const auto& unit : first.units) {
    const auto [known, fresh] = stratum_of.try_emplace(unit.label, unit.stratum);
    if (fresh) continue;
    throw Error("psu-in-two-strata",
                "cluster '" + excerpt(unit.label) + "' is in stratum '" +
                    excerpt(first.strata[known->second].label) + "' and in stratum '" +
                    excerpt(first.strata[unit.stratum].label) + "'",
                "if the numbers of clusters start again in every stratum: --nest");
  }
}

}  // namespace

SampleUnits united(const std::vector<const SampleUnits*>& parts, bool nest,
                   std::vector<std::vector<std::uint32_t>>& leaves) {
  Union all;
  for (const auto* part : parts) {
    if (part->stages.size() != parts[0]->stages.size() ||
        part->rows_are_units != parts[0]->rows_are_units) {
      throw Error("foreign-part", "these cells were counted with a design of other stages");
    }
    all.add(*part);
  }
  auto result = all.units(*parts[0]);
  if (!nest) check_nesting(result);
  set_populations(result);
  const auto numbers = all.numbers();
  leaves.clear();
  auto next = numbers.begin();
  for (const auto* part : parts) {
    const auto end = next + static_cast<std::ptrdiff_t>(part->leaves());
    leaves.emplace_back(next, end);
    next = end;
  }
  return result;
}

}  // namespace sondeo
