// SPDX-License-Identifier: MIT
// Estimates under a sampling design as tables: rows are statistics or answers, columns domains.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codebook/question.h"
#include "infer/estimator.h"
#include "infer/linear.h"
#include "infer/proportion_interval.h"
#include "table/table.h"

namespace sondeo {

// What all tables of a run have in common.
struct EstimateContext {
  std::string weight = "none";
  std::string weight_label;
  std::string filter;  // printed back
  std::string design;  // in words, or ""
  std::string language = "en";
  std::vector<std::string> notes;  // of the study
  bool synthetic = false;
  double level = 95;
  ProportionInterval interval = ProportionInterval::logit;
  FreedomRule freedom;
  double design_df = 0;
  bool deff_with_replacement = false;
  bool nchs = false;  // shares that the rules of the NCHS (Parker et al. 2017) call unreliable are
                      // dashes
};

// One estimate with all that its limits follow from.
struct Estimated {
  std::string statistic;  // of the csv contract: mean, total, column_percent, count ...
  Unit unit = Unit::value;
  double value = 0;     // shares: 0..1; NaN if there is none
  double variance = 0;  // NaN if there is none
  double df = 0;        // of the domain
  double n = 0;         // rows with a positive weight, for shares
  double effective_n = 0;
  std::optional<double> srs_variance;    // then there is a design effect
  std::optional<double> logit_variance;  // of a share, see ProportionSample
};

// The df that the intervals take.
double freedom_of(double domain_df, const EstimateContext& context);

// Adds the estimate and its se, limits, df, cv and deff to the cell. An absent number has its
// reason: zero_base, one_unit (no variance), no_df; a present one may be flagged no_variation, and
// shares have the flags of proportion_limits().
void add_estimated(Cell& cell, const Estimated& estimated, const EstimateContext& context);

// The domains of one part of a banner: the variables that it nests, outermost first.
struct DomainVariables {
  std::vector<const Question*> questions;
};

// The columns of domains, in the order of their studies; `order` has their positions in `domains`.
std::vector<Column> domain_columns(const std::vector<Key>& domains,
                                   const DomainVariables& variables, std::string_view language,
                                   std::vector<std::size_t>& order);

// Marks the columns whose effective base is low, as in every table, and what is synthetic.
void mark_bases(Table& table);

// A table without rows, with what the context says.
Table estimate_table(std::string id, const EstimateContext& context);

// What one call of linear statistics has found, part of the banner by part.
struct LinearPart {
  const LinearEstimator* estimator = nullptr;
  DomainVariables variables;
};

// The tables of a call: one for each number and category; one for a ratio, for variances, for a
// cross-tabulation (whose columns are those of the second category, in every domain).
std::vector<Table> linear_tables(LinearKind kind, const std::vector<const Question*>& numbers,
                                 const std::vector<const Question*>& categories,
                                 const std::vector<LinearPart>& parts,
                                 const EstimateContext& context);

// Contrasts (as Contrast reads them) between the domains of each part for each of its statistics;
// of everybody between the variables, or between the levels of a category. And the covariances, as
// a table each. Throws Error [contrast] for a name that is no domain or variable, as Contrast and
// LinearEstimator::covariance.
std::vector<Table> contrast_tables(const std::vector<const Question*>& numbers,
                                   const std::vector<const Question*>& categories,
                                   const std::vector<LinearPart>& parts,
                                   const std::vector<std::string>& contrasts, bool covariance,
                                   const EstimateContext& context);

// The base row: n, n_positive, weighted_n, effective_n, deff (Kish), df.
void add_base(Cell& cell, const DomainSums& sums, double df, const EstimateContext& context);

}  // namespace sondeo
