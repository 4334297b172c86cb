// SPDX-License-Identifier: MIT
// The estimators of sondeo-estimate beyond linear statistics: quantiles, tests, models. `text` is
// the option's value; all throw UsageError, and Error as EstimateSetup.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/estimators.h"

namespace sondeo {

std::unique_ptr<EstimateCall> quantile_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> independence_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> fit_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> compare_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> t_test_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> rank_test_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> regress_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> logistic_call(const std::string& text, EstimateSetup& setup);
std::unique_ptr<EstimateCall> imputed_call(const std::string& text, EstimateSetup& setup);

// An estimator for each part of --by, and what they are called in tables.
template <class Estimating>
class PartedCall : public EstimateCall {
 public:
  std::vector<Estimator*> estimators() override {
    std::vector<Estimator*> result;
    for (const auto& each : estimators_) result.push_back(each.get());
    return result;
  }

 protected:
  explicit PartedCall(EstimateSetup& setup) : plan_(setup.plan()), settings_(setup.settings()) {}

  const Question& question(std::size_t position) const { return plan_.questions[position]; }
  DomainVariables variables(const std::vector<std::size_t>& positions) const {
    DomainVariables result;
    for (const auto position : positions) result.questions.push_back(&plan_.questions[position]);
    return result;
  }

  const PassPlan& plan_;
  const EstimateSettings& settings_;
  std::vector<std::vector<std::size_t>> parts_;  // the questions of each
  std::vector<std::unique_ptr<Estimating>> estimators_;
};

// "Y by G". Throws UsageError.
std::pair<std::string, std::string> number_by_group(const std::string& option,
                                                    const std::string& text);

// The position in the plan's axes of a category of one answer. Throws UsageError for select-all
// questions.
std::size_t single_category(const std::string& option, const std::string& name,
                            EstimateSetup& setup);

}  // namespace sondeo
