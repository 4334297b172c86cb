// SPDX-License-Identifier: MIT
// What is counted besides, so that the errors of tables are those of residuals: the sums of what
// the weight was calibrated to, by cell and by sampling unit, in the same pass.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/request_builder.h"
#include "cli/study_input.h"
#include "tabulate/count.h"
#include "tabulate/margin_sums.h"

namespace sondeo {

// How a weight was calibrated, in the terms of a request.
struct CountedCalibration {
  std::vector<std::vector<std::size_t>> margins;  // questions, crossed ones together
  WeightSource base;                              // the weight before
  bool raking = false;                            // residuals of unweighted least squares
  std::string names;                              // of the margins, for readers
};

// What the study records of the weight that is counted, for requests of the builder; nothing if it
// was not calibrated, or if replicate weights stand for it. What cannot be counted (numbers,
// columns that the data lack) is told as an issue, and weights are then taken as given.
std::optional<CountedCalibration> calibration_of(const StudyInput& input, RequestBuilder& builder,
                                                 Issues& issues);

class CalibratedCount {
 public:
  // The requests of the pass; the first counts what `main` does, and more. `main` has a weight and
  // no replicates.
  CalibratedCount(const CountRequest& main, CountedCalibration rule);
  const std::vector<CountRequest>& requests() const { return requests_; }
  const std::string& names() const { return rule_.names; }

  // Their results: makes the first the result of `main`, whose cells have Sums::further as
  // MarginPlaces says, and its units those of rows where it has none. Nothing, and the cells as
  // without calibration, if respondents have no category of a margin, if a number has too many
  // values to be told apart, or if there were too many such sums.
  std::optional<MarginSums> finish(std::vector<CountResult>& results) const;

 private:
  struct Place {
    std::size_t request = 0;
    std::size_t table = 0;
  };
  Place add(std::size_t request, const Axis& rows, const Axis& columns);
  bool find_categories(const std::vector<CountResult>& results,
                       std::vector<std::vector<Key>>& categories) const;

  CountedCalibration rule_;
  std::vector<CountRequest> requests_;
  std::size_t tables_;  // of the main request
  bool rows_are_units_;
  std::vector<std::vector<Place>> base_;      // by table and margin: cells by category, of v
  std::vector<std::vector<Place>> squares_;   // where rows are units, of w
  std::vector<std::vector<Place>> base_all_;  // by margin and one not after it: of v, everybody
  std::vector<std::vector<Place>> all_;       // of w
};

}  // namespace sondeo
