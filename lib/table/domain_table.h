// SPDX-License-Identifier: MIT
// Tables whose columns are domains, for whatever is estimated in them.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "infer/test_result.h"
#include "table/estimates.h"

namespace sondeo {

// The domains of one part of a banner: their keys, sums and degrees of freedom.
struct DomainPart {
  const std::vector<Key>* domains = nullptr;
  DomainVariables variables;
  std::function<const DomainSums&(std::size_t domain)> sums;
  std::function<double(std::size_t domain)> df;
};

class DomainTable {
 public:
  // With a base row and a column for each domain of each part.
  DomainTable(std::string id, const Question* question, const std::vector<DomainPart>& parts,
              std::vector<std::string> shown, const EstimateContext& context);

  // Adds a row; `fill` makes the cell of a domain of a part.
  void add(std::string id, std::string label,
           const std::function<void(Cell& cell, std::size_t part, std::size_t domain)>& fill);

  Table table;

 private:
  struct Place {
    std::size_t part = 0;
    std::size_t domain = 0;
  };
  std::vector<Place> places_;
};

// A number, absent with the reason if it is none.
void add_number(Cell& cell, const std::string& statistic, const std::string& of,
                std::optional<double> number, Unit unit, const std::string& reason);

// test, df, denominator_df (of F) and p, all of `of`.
void add_test(Cell& cell, const std::string& of, const TestResult& test);

// The label of an answer in the context's language.
std::string answer_label(const Question& question, const Key& key, const EstimateContext& context);

}  // namespace sondeo
