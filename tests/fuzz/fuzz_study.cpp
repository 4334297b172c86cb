// SPDX-License-Identifier: MIT
// Any bytes are refused with an Error at a place inside them, or are a study that prints and reads
// back the same, and whose variables and nets can be made.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.h"
#include "codebook/study.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  sondeo::Study study;
  try {
    study = sondeo::parse_study(text, "study.toml");
  } catch (const sondeo::Error& error) {
    const auto& place = error.place();
    if (place.line == 0 || place.line > lines || place.column == 0 || place.column > size + 1)
      std::abort();
    return 0;
  }
  const auto printed = sondeo::print_study(study);
  const auto again = sondeo::parse_study(printed, "printed.toml");
  if (!sondeo::same_study(again, study) || sondeo::print_study(again) != printed) std::abort();
  for (const auto& variable : sondeo::variables_of(study)) sondeo::nets_of(variable);
  return 0;
}
