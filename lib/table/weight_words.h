// SPDX-License-Identifier: MIT
// The fixed words of the report on weighting, by language.
#pragma once

#include <array>
#include <string_view>

namespace sondeo {

// One of something, and several: "respondent", "respondents".
struct OneOrMany {
  std::string_view one, many;
  std::string_view of(std::size_t n) const { return n == 1 ? one : many; }
};

struct WeightWords {
  // What was done.
  std::array<std::string_view, 4> methods;  // by WeightMethod, at the beginning of a sentence
  std::array<std::string_view, 4> methods_within;  // and within one
  std::string_view to, then, and_also, in;         // "to 2 margins", ", then raking", " and "
  std::string_view nonresponse, one_class, classes_of;
  OneOrMany margin, cell, total, segment;
  std::string_view trimming;
  std::string_view converged, not_converged;
  std::string_view heading;

  // Margins.
  std::array<std::string_view, 7> columns;  // margin, category, n, target, sample, weighted, gap
  std::string_view under_sampled, total_cell, no_answer, everybody;
  std::string_view iterations, largest_gap, points, relative, tolerance;
  std::array<std::string_view, 5> class_columns;  // class, respondents, eligible, responded, factor

  // Weights.
  std::string_view raised, cut, none_outside, moved;
  std::string_view weights, least, p5, median, p95, most, ratio;
  std::string_view design_effect, effective_n, of;
  std::string_view largest;
  OneOrMany respondent, weight_noun, has_zero;
  std::string_view weight, on_average, of_all;
  std::string_view replicates, scale, rscales, note;
};

// English for languages that have none here.
const WeightWords& weight_words_of(std::string_view language);

}  // namespace sondeo
