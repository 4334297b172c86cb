// SPDX-License-Identifier: MIT
// What a file says of its sampling units, and what they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sondeo {

enum class FpcKind {
  automatic,   // populations if any number is above 1, else fractions; not some of each
  population,  // units of the stratum in the population, at that stage
  fraction,    // the share of them that was drawn
};

// Columns of the file, one a stage. `strata` may be shorter than `clusters`. Without a column of
// clusters the rows themselves are the units of stage 1; with one column of `fpc` more than
// clusters, those of the last stage.
struct UnitColumns {
  std::vector<std::size_t> strata, clusters, fpc;
  bool nest = false;  // labels of clusters are unique within their stratum only
  FpcKind fpc_kind = FpcKind::automatic;

  bool empty() const { return strata.empty() && clusters.empty() && fpc.empty(); }
  // Stages that can enter a variance: those with an fpc and the one after.
  std::size_t stages() const;
  // Whether the units of the last of these stages are rows.
  bool rows_are_units() const { return clusters.size() < stages(); }
};

// All units of a file in canonical order: natural_compare of labels, whatever threads did.
struct SampleUnits {
  // Units of a stage drawn from one list. `label` is "" where the stage has no strata.
  struct Stratum {
    std::string label;
    std::uint32_t parent = 0;          // the unit of the stage before that it lies in
    std::uint32_t first = 0;           // its first unit in Stage::units
    std::uint64_t size = 0;            // n_h: units drawn; rows, where rows are units
    std::optional<double> population;  // N_h
    std::optional<double> fraction;    // n_h / N_h, where that was given
    bool operator==(const Stratum& other) const = default;
  };
  struct Unit {
    std::string label;
    std::uint32_t stratum = 0;
    std::uint64_t rows = 0;
    bool operator==(const Unit& other) const = default;
  };
  struct Stage {
    std::vector<Stratum> strata;
    std::vector<Unit> units;  // by stratum; none where rows are units
    bool operator==(const Stage& other) const = default;
  };
  std::vector<Stage> stages{1};
  bool rows_are_units = true;  // of the last stage
  std::uint64_t rows = 0;

  // Leaves are what rows are numbered by: the units of the last stage, or its strata.
  std::size_t leaves() const;
  // The stratum and the unit of stage 1 that a leaf lies in; no unit where those are rows.
  std::uint32_t stratum_of(std::uint32_t leaf) const;
  std::uint32_t psu_of(std::uint32_t leaf) const;
  bool operator==(const SampleUnits& other) const = default;
};

// The units of a survey whose responses stand in several files; leaves[i] are the leaves that those
// of part i are of the whole. The same stratum or unit of two parts is one. Throws Error
// [foreign-part] for designs of other stages, [psu-in-two-strata] unless `nest`, [fpc-varies],
// [fpc-small].
SampleUnits united(const std::vector<const SampleUnits*>& parts, bool nest,
                   std::vector<std::vector<std::uint32_t>>& leaves);

}  // namespace sondeo
