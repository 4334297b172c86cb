// SPDX-License-Identifier: MIT
// What sondeo-weight is asked for, and the work from responses to weights and report.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/input_options.h"
#include "cli/language_options.h"
#include "cli/tool.h"
#include "cli/weight_run.h"
#include "table/weight_report.h"
#include "weight/weighting.h"

namespace sondeo {

struct WeightOptions {
  std::string weight = "none";
  std::string weight_file;
  std::string id;
  std::vector<std::string> missing;
  bool keep_empty = false;
  std::optional<std::string> where;

  std::string targets;
  std::string targets_are = "auto";
  bool normalise = false;
  std::string method = "rake";
  std::string bounds;
  std::string min_weight;
  std::string max_weight;
  std::string within;
  std::string tolerance = "1e-10";
  std::string iterations = "1000";
  std::string scale_to;
  std::optional<std::string> respondent;
  std::string classes;
  std::string trim_lower;
  std::string trim_upper;
  bool trim_strictly = false;
  std::string apply;
  std::string replicates;
  std::string replicates_are = "weights";
  std::string create;
  std::string replicate_count;
  std::string strata;
  std::string psu;
  std::string rho;
  std::string seed;

  std::string name = "weight";
  std::string output;
  bool force = false;
  std::string keep;
  bool factors = false;
  bool dry_run = false;
  bool record = false;
  bool safe = false;
  std::string report;
  std::string report_format;
  bool ascii = false;
  LanguageOptions language;

  void declare(Tool& tool);

  // Reads, weights, writes and reports. Returns the exit status: 1 if weighting did not converge,
  // and then nothing was written. Throws UsageError and Error.
  int run(const InputOptions& input, Tool& tool) const;

 private:
  WeightingOptions weighting(const StudyInput& input) const;
  std::optional<TrimOptions> trimming() const;
  WeightRequest::Design design() const;
  void check(const StudyInput& input) const;
  bool has_targets() const { return !targets.empty() && targets != "none"; }
  // Whether targets come from the study, for want of a file.
  bool targets_of_study(const StudyInput& input) const;
  void write_report(const WeightReport& report, bool to_error) const;
};

}  // namespace sondeo
