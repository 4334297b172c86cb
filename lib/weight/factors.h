// SPDX-License-Identifier: MIT
// The factor table: what each profile's weights were multiplied by, apart from the data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "layout/csv.h"
#include "weight/solve.h"

namespace sondeo {

// Columns: the weighting variables, `respondents` (with a positive weight), `factor`. csv with LF;
// an empty category is no answer. The weights must depend on profiles alone.
std::string factor_table(const WeightingPlan& plan, const Profiles& profiles,
                         const WeightRule& rule);

struct FactorTable {
  std::string file;
  std::vector<std::size_t> variables;
  std::map<std::vector<std::string>, double> factors;  // by categories
};

// Reads it back; the column `respondents` is optional. Throws Error [factor-columns],
// [factor-number], [target-duplicate].
FactorTable read_factors(const CsvOptions& options, const NumberFormat& numbers,
                         VariableSource& variables, Issues& issues);

// The plan and the rule that give everybody old weight * factor of his profile. find_misfit: the
// first respondent whose profile the table lacks; there must be none.
WeightingPlan plan_factors(const FactorTable& table, const VariableSource& variables, RowPlan rows);
std::optional<Misfit> find_misfit(const FactorTable& table, const Profiles& profiles);
Weighting apply_factors(const FactorTable& table, const WeightingPlan& plan,
                        const Profiles& profiles);

}  // namespace sondeo
