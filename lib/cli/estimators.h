// SPDX-License-Identifier: MIT
// What sondeo-estimate can be asked for: each estimator is a line of the registry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/estimate_settings.h"
#include "cli/request_builder.h"
#include "cli/study_input.h"
#include "infer/estimator.h"
#include "table/estimates.h"
#include "tabulate/pass.h"

namespace sondeo {

// Where a call says what it needs from the rows, before the file is read.
class EstimateSetup {
 public:
  // A part of --by: its axis, and the questions that it nests, outermost first.
  struct Part {
    std::size_t axis = 0;
    std::vector<std::size_t> questions;
  };

  // The arguments must outlive the setup; the plan gets its questions when all calls are made.
  EstimateSetup(StudyInput& input, RequestBuilder& builder, PassPlan& plan, DesignRules rules,
                const EstimateSettings& settings);

  // The position in plan().numbers of a column, or of a question of the study that has numbers or
  // scores. Throws Error [not-a-number] for other questions, and as the builder.
  std::size_t number(const std::string& name);
  // The position in plan().axes of the categories of a column or question.
  std::size_t category(const std::string& name);
  // Whether a study says that a name has categories and no numbers.
  bool is_category(const std::string& name) const;
  const Question& question(std::size_t position) const;
  // Positions in the plan's questions: what the two were made from.
  std::size_t question_of_number(std::size_t number) const { return plan_.numbers[number]; }
  std::size_t question_of_axis(std::size_t axis) const { return plan_.axes[axis].questions[0]; }
  // Categories that a study lists, for whom nobody is a row too.
  std::vector<Key> listed(std::size_t axis) const;

  // Adds one thing that weights were calibrated to: a question, several crossed ones, a number of
  // the study or total(NAME), or 1. Throws as number() and category().
  void add_margin(const std::string& text, Calibration& rule);
  // Errors of calls made from now on are those of residuals.
  void calibrate(Calibration rule) { rules_.calibration = std::move(rule); }

  const std::vector<Part>& parts() const { return parts_; }  // of --by; at least one
  // The axis of a part with the categories of `axis` inside.
  std::size_t nested(const Part& part, std::size_t axis);
  const PassPlan& plan() const { return plan_; }
  const DesignRules& rules() const { return rules_; }
  const EstimateSettings& settings() const { return settings_; }

 private:
  StudyInput& input_;
  RequestBuilder& builder_;
  PassPlan& plan_;
  DesignRules rules_;
  const EstimateSettings& settings_;
  std::vector<Part> parts_;
};

// Tables that were counted in one pass, as a call has asked for them.
struct CountedTables {
  std::vector<Cells> tables;
  std::uint64_t rows = 0;  // of the file
  bool weighted = false;
  const SampleDesign* design = nullptr;  // none: rows are units
};

// One option as given, on its way to tables.
class EstimateCall {
 public:
  virtual ~EstimateCall() = default;
  // They must outlive the passes and stay where they are.
  virtual std::vector<Estimator*> estimators() = 0;
  // Whether errors under calibrated weights are those of residuals.
  virtual bool takes_calibration() const { return true; }
  // Where cells of tables tell all that is wanted, adds these to the request; take_cells() may then
  // come in the place of the passes.
  virtual bool ask_cells(RequestBuilder&) { return false; }
  virtual void take_cells(const CountedTables&) {}
  // After the passes.
  virtual std::vector<Table> tables(const EstimateContext& context,
                                    const DesignInfo& design) const = 0;
};

struct EstimateKind {
  const char* option;
  const char* meta;
  const char* help;
  // `text` is the option's value. Throws UsageError and Error.
  std::unique_ptr<EstimateCall> (*make)(const std::string& text, EstimateSetup& setup);
};

const std::vector<EstimateKind>& estimate_kinds();

// The two halves of "a / b" or "a * b"; signs in backquotes are part of a name.
std::pair<std::string, std::string> halves(const std::string& option, const std::string& text,
                                           char sign);

// Means of numbers and shares of categories, for questions that are named without an option.
std::unique_ptr<EstimateCall> make_means(const std::vector<std::string>& numbers,
                                         EstimateSetup& setup);
std::unique_ptr<EstimateCall> make_shares(const std::vector<std::string>& categories,
                                          EstimateSetup& setup);

}  // namespace sondeo
