// SPDX-License-Identifier: MIT
// sondeo.weights/1: the report of a weighting for programs.
#include <cmath>
#include <nlohmann/json.hpp>

#include "render/weight_report.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json cell_json(const ReportCell& cell) {
  return {{"category", cell.category},
          {"n", cell.n},
          {"target", number(cell.target)},
          {"sample", number(cell.sample)},
          {"weighted", number(cell.weighted)},
          {"target_share", number(cell.target_share)},
          {"sample_share", number(cell.sample_share)},
          {"weighted_share", number(cell.weighted_share)}};
}

Json segment_json(const ReportSegment& segment) {
  auto margins = Json::array();
  for (const auto& margin : segment.margins) {
    auto cells = Json::array();
    for (const auto& cell : margin.cells) cells.push_back(cell_json(cell));
    margins.push_back(
        {{"margin", margin.name}, {"number", margin.number}, {"cells", std::move(cells)}});
  }
  return {{"segment", segment.name},
          {"converged", segment.converged},
          {"iterations", segment.iterations},
          {"largest_relative_gap", number(segment.gap)},
          {"largest_gap_points", number(segment.gap_points)},
          {"worst", segment.worst},
          {"margins", std::move(margins)}};
}

Json weights_json(const ReportWeights& w) {
  Json json{{"n", w.n}, {"zero", w.zero}};
  if (w.n == 0) return json;
  json.update({{"sum", number(w.sum)},
               {"mean", number(w.mean)},
               {"cv", number(w.cv)},
               {"min", number(w.least)},
               {"p5", number(w.p5)},
               {"median", number(w.median)},
               {"p95", number(w.p95)},
               {"max", number(w.largest)},
               {"deff", number(w.deff)},
               {"effective_n", number(w.effective_n)}});
  if (w.ratios) {
    json["ratio"] = {
        {"min", number(w.ratios->least)},
        {"mean", number(w.ratios->sums.w.value() / static_cast<double>(w.ratios->sums.n))},
        {"max", number(w.ratios->largest)}};
  }
  return json;
}

}  // namespace

std::string render_weights_json(const WeightReport& report) {
  Json json{{"schema", "sondeo.weights/1"},
            {"method", report.method},
            {"converged", report.converged},
            {"tolerance", number(report.tolerance)}};
  json["segments"] = Json::array();
  for (const auto& segment : report.segments) json["segments"].push_back(segment_json(segment));
  if (!report.classes.empty()) {
    json["classes"] = Json::array();
    for (const auto& each : report.classes) {
      json["classes"].push_back({{"class", each.name},
                                 {"n", each.n},
                                 {"eligible", number(each.eligible)},
                                 {"respondents", number(each.respondents)},
                                 {"factor", number(each.factor)}});
    }
  }
  if (report.trimming) {
    json["trimming"] = {{"lower", number(report.trimming->options.lower)},
                        {"upper", number(report.trimming->options.upper)},
                        {"strict", report.trimming->options.strict},
                        {"below", report.trimming->below},
                        {"above", report.trimming->above},
                        {"shift", number(report.trimming->shift)}};
  }
  if (report.weights) json["weights"] = weights_json(*report.weights);
  json["replicates"] = report.replicates;
  if (!report.replicate_rscales.empty()) {
    json["replicate_scale"] = number(report.replicate_scale);
    json["replicate_rscales"] = report.replicate_rscales;
  }
  json["largest"] = Json::array();
  for (const auto& each : report.extremes) {
    json["largest"].push_back({{"profile", each.name},
                               {"n", each.n},
                               {"weight", number(each.weight)},
                               {"share", number(each.share)}});
  }
  json["notes"] = report.notes;
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sondeo
