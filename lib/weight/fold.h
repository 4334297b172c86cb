// SPDX-License-Identifier: MIT
// One pass over the respondents: what is known of every profile when it ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "layout/csv.h"
#include "weight/rows.h"

namespace sondeo {

// All profiles of a file, in the order of their categories: known ones first, then as
// natural_compare. Nothing here depends on threads or blocks.
class Profiles {
 public:
  std::size_t size() const { return n.size(); }
  std::uint32_t category(std::size_t profile, std::size_t variable) const {
    return tuples[profile * names.size() + variable];
  }
  const std::string& name(std::size_t profile, std::size_t variable) const {
    return names[variable][category(profile, variable)];
  }
  // The number of a thread's profile; size() if the file has no such profile.
  std::size_t find(const ProfileCoder& coder, std::size_t local) const;

  std::vector<std::vector<std::string>> names;  // by variable: its categories; 0 is no answer
  std::vector<std::uint32_t> tuples;            // [profiles * variables]
  // By profile:
  std::vector<std::uint64_t> n;           // respondents
  std::vector<std::uint64_t> n_positive;  // of these, with a positive weight
  std::vector<std::uint64_t> first_row;   // of these, from 0
  std::vector<double> base;               // [profiles * bases]: sums of the weights of respondents
  std::vector<double> eligible;           // [profiles * bases]: of all who take part

  // If units were asked for: whether all respondents of a profile with a positive weight have the
  // same record {base weights, numbers}; that record [profiles * record size]; and, once
  // collect_units() has been called, the records of the others, from `unit_start` on, in order.
  std::vector<bool> uniform;
  std::vector<double> first_record;
  std::vector<std::uint64_t> unit_start;
  std::vector<double> units;

  std::uint64_t rows = 0;

 private:
  friend Profiles fold_profiles(CsvFile&, const RowPlan&, BaseWeights&, bool, unsigned, Issues&);
  std::vector<std::unordered_map<std::string, std::uint32_t>> numbers_;
  std::map<std::vector<std::uint32_t>, std::size_t> positions_;
};

// Reads the file. Throws Error as the readers do, [weight-total] if nobody has a positive weight.
Profiles fold_profiles(CsvFile& file, const RowPlan& plan, BaseWeights& weights, bool with_units,
                       unsigned threads, Issues& issues);

// [changed]: a pass did not find what the first one did.
Error changed_file(const std::string& file);

// Reads the file once more and keeps the records of all profiles that are not uniform: 8 bytes a
// respondent for each base weight and number. Throws Error [changed] if the file is not the same.
void collect_units(CsvFile& file, const RowPlan& plan, BaseWeights& weights, Profiles& profiles,
                   unsigned threads);

// The line on which a respondent, counted from 0, starts: for messages, by reading the file again.
std::uint64_t line_of_row(CsvFile& file, std::uint64_t row);

}  // namespace sondeo
