// SPDX-License-Identifier: MIT
// Synthetic respondents on their way: what each stands for and tends to, and the answers so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace sondeo {

// A column of the file: its distinct cell texts, and which of them every respondent has.
struct SampleColumn {
  std::string name;
  std::vector<std::string> texts;
  std::vector<std::uint32_t> cells;  // [respondent] position in texts
};

struct Sample {
  std::uint64_t seed = 0;
  std::vector<std::int64_t> weights;   // [respondent] in weight_unit
  std::vector<std::int64_t> attitude;  // [respondent] bell: what makes answers go together
  std::vector<SampleColumn> columns;

  std::size_t size() const { return weights.size(); }
};

// A target that these respondents do not give to its printed digit.
struct Unmet {
  Place at;
  std::string message;
};

}  // namespace sondeo
