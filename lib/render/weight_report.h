// SPDX-License-Identifier: MIT
// The report of a weighting -> bytes.
#pragma once

#include <string>

#include "table/weight_report.h"

namespace sondeo {

// For people: aligned columns; `ascii` for signs of ASCII only.
std::string render_weights_text(const WeightReport& report, bool ascii);
// GitHub's Markdown: tables of margins, a table of the weights.
std::string render_weights_md(const WeightReport& report);
// sondeo.weights/1: everything, full precision.
std::string render_weights_json(const WeightReport& report);

}  // namespace sondeo
