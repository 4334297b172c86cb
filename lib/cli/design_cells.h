// SPDX-License-Identifier: MIT
// The sampling design of tables: asked for while responses are counted, found again in their cells.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/design_options.h"
#include "infer/sample_design.h"
#include "tabulate/cell_file.h"
#include "tabulate/count.h"

namespace sondeo {

// What is to be counted for the design, told to the request and, for whoever makes tables of the
// cells, to the settings. Throws UsageError, and as DesignOptions::resolve().
void ask_design(const DesignOptions& options, const StudyInput& input, CountRequest& request,
                std::vector<std::pair<std::string, std::string>>& settings);

// The design of counted cells, if they were counted with one. A rule for lonely units that is given
// stands in for theirs. Throws Error [lonely-psu].
std::optional<SampleDesign> design_of(const CellFile& cells, const std::string& lonely);

// Throws Error [replicate-factors] if the replicate weights are of another size than the weight.
void check_replicates(const CountResult& counted, const std::string& file);

}  // namespace sondeo
