// SPDX-License-Identifier: MIT
// The tables of one weight, filter and banner on their way: what is to be counted, and what it will
// be called.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "cli/calibrated_count.h"
#include "cli/request_builder.h"
#include "cli/study_input.h"
#include "tabulate/banner.h"
#include "tabulate/cell_file.h"
#include "tabulate/count.h"

namespace sondeo {

class CountJob {
 public:
  // The input is open and outlives the job. `missing` are texts of the command line that are no
  // answer: a study may not list them as one.
  CountJob(StudyInput& input, std::vector<Question> defined, bool numbers,
           std::vector<std::string> missing);

  // What is counted but the tables: rules, weight, filter.
  CountRequest& request() { return builder_->request; }
  RequestBuilder& builder() { return *builder_; }
  // Who was asked for, by name and value; `coding` comes by itself.
  std::vector<std::pair<std::string, std::string>>& settings() { return cells_.settings; }

  // Before any question. Throws as RequestBuilder::banner_variable().
  void set_banner(const Banner& banner);
  // Questions to count, each once; the places among those of the cells that a name stands for.
  // Throws as RequestBuilder::questions_of(), and UsageError.
  std::vector<std::size_t> add(const std::string& name);
  void add_all();

  // Tells of allocations whose parts do not add up to the total that the study says.
  void check_totals(const CountResult& counted, Issues& issues) const;

  // When all questions are there: what is counted besides, so that errors are those of calibrated
  // weights.
  void calibrate(CountedCalibration rule);

  // What is to be counted in one pass; without calibration the request alone.
  std::vector<CountRequest> requests() const;
  // The cells with what was counted, by request. Without calibration also of one result.
  // Tells where calibration could not be followed.
  CellFile finish(std::vector<CountResult> counted, Issues& issues) const;
  CellFile finish(CountResult counted) const;

 private:
  // The sums of an allocation's parts, counted besides.
  struct Whole {
    std::string name;
    double total = 0;
    std::unique_ptr<StudyQuestion> sum;
    std::size_t table = 0;
  };
  std::size_t add(std::size_t question);
  void add_whole(const StudyQuestion& item);

  StudyInput& input_;
  std::unique_ptr<RequestBuilder> builder_;
  std::vector<std::string> missing_;
  std::vector<std::size_t> rows_;  // questions of the request that head the tables
  std::unordered_map<std::size_t, std::size_t> place_of_;  // of a question among them
  std::vector<std::size_t> first_;                         // of each, the place of its first table
  std::vector<Whole> wholes_;
  std::vector<std::size_t> axes_;  // in total, then by each part of the banner
  CellFile cells_;                 // settings and banner, nothing counted yet
  std::optional<CalibratedCount> calibrated_;
};

}  // namespace sondeo
