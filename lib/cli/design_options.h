// SPDX-License-Identifier: MIT
// How the sample was drawn: shared by the tools that tell how precise a number is.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/study_input.h"
#include "cli/tool.h"
#include "codebook/study.h"
#include "infer/sample_design.h"
#include "tabulate/cell_file.h"
#include "tabulate/count.h"

namespace sondeo {

struct DesignOptions {
  std::string strata;
  std::string cluster;
  std::string psu;  // another name for cluster
  std::string fpc;
  std::string fpc_kind = "auto";
  bool nest = false;
  std::string lonely;
  bool ultimate_cluster = false;
  std::string replicates;
  std::string replicates_are;
  std::string replicate_method;
  std::string replicate_scale;
  std::string replicate_rscales;
  std::string rho;
  bool mse = false;
  bool none = false;
  std::string preset;

  void declare(Tool& tool);
  // The first of the options that say how the sample was drawn; "" if none was given.
  std::string given() const;

  // The design: of the study, as far as the command line does not say otherwise. Throws UsageError
  // for what contradicts itself.
  StudyDesign design(const StudyInput& input) const;
  FpcKind kind_of_fpc() const;
  // The weight that --preset says, or "".
  std::string preset_weight() const;

  // What is to be counted for the design, told to the request and, for whoever makes tables of the
  // cells, to the settings. Throws UsageError, and Error as find_column() does.
  void ask(const StudyInput& input, CountRequest& request,
           std::vector<std::pair<std::string, std::string>>& settings) const;
};

// How estimates of so many replicates become a variance, all but the rank. Throws UsageError if
// that is not said.
ReplicateDesign replicate_rule(const StudyReplicates& replicates, std::size_t size);

// The rule of a word such as "certainty"; of "" to fail. Throws UsageError.
LonelyPsu lonely_of(const std::string& word);

// The design of counted cells, if they were counted with one. A rule for lonely units that is given
// stands in for theirs. Throws Error [lonely-psu].
std::optional<SampleDesign> design_of(const CellFile& cells, const std::string& lonely);

// Throws Error [replicate-factors] if the replicate weights are of another size than the weight.
void check_replicates(const CountResult& counted, const std::string& file);

}  // namespace sondeo
