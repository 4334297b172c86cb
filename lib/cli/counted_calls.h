// SPDX-License-Identifier: MIT
// Estimates that follow from the cells of tables: one pass in the place of several.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "cli/count_job.h"
#include "cli/estimators.h"
#include "infer/estimator.h"
#include "layout/csv.h"

namespace sondeo {

// Counts what all the calls ask for, if cells are enough for each of them and no table is too
// large to be counted by sampling unit; else nothing, and nothing was told. The info lacks degrees
// of freedom. Throws Error as count().
std::optional<DesignInfo> count_calls(const std::vector<std::unique_ptr<EstimateCall>>& calls,
                                      CountJob& job, LonelyPsu lonely,
                                      const std::function<std::unique_ptr<CsvFile>()>& open,
                                      Issues& issues);

}  // namespace sondeo
