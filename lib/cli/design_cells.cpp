// SPDX-License-Identifier: MIT
#include "cli/design_cells.h"

#include "base/number.h"
#include "base/text.h"
#include "infer/calibrated.h"

namespace sondeo {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

std::vector<double> numbers_of(const std::string& list) {
  std::vector<double> numbers;
  std::size_t at = 0;
  while (at <= list.size() && !list.empty()) {
    const auto comma = std::min(list.find(',', at), list.size());
    numbers.push_back(parse_number(std::string_view(list).substr(at, comma - at)).value_or(0));
    at = comma + 1;
  }
  return numbers;
}

const char* yes_or_no(bool is) { return is ? "yes" : "no"; }

LonelyPsu lonely_of(const std::string& word) {
  return word.empty() ? LonelyPsu::fail : lonely_named(word);
}

}  // namespace

void ask_design(const DesignOptions& options, const StudyInput& input, CountRequest& request,
                std::vector<std::pair<std::string, std::string>>& settings) {
  const auto told = options.chosen(input);
  if (told.replicates && !request.weight.weighted()) {
    if (options.replicates.empty()) return;  // the study's belong to its weights
    throw UsageError("replicate weights need the weight they belong to: --weight");
  }
  const auto design = options.resolve(input);
  if (told.replicates) {
    request.replicates = {design.replicates.columns, design.replicates.factors};
    const auto& rule = *design.rules.replicates;
    std::string rscales;
    for (const double each : rule.rscales) rscales += (rscales.empty() ? "" : ",") + shortest(each);
    settings.insert(settings.end(), {{"replicates", told.replicates->columns},
                                     {"scale", shortest(rule.scale)},
                                     {"rscales", rscales},
                                     {"mse", yes_or_no(rule.mse)}});
    return;
  }
  request.units = design.units;
  if (request.units.empty()) return;
  settings.insert(settings.end(), {{"strata", joined(told.strata)},
                                   {"clusters", joined(told.clusters)},
                                   {"fpc", joined(told.fpc)},
                                   {"nest", yes_or_no(told.nest)},
                                   {"lonely", told.lonely_psu},
                                   {"ultimate cluster", yes_or_no(design.ultimate)}});
}

std::optional<SampleDesign> design_of(const CellFile& cells, const std::string& lonely) {
  SampleDesign design;
  if (!cells.setting("replicates").empty()) {
    auto& rule = design.replicates.emplace();
    rule.rscales = numbers_of(cells.setting("rscales"));
    rule.size = rule.rscales.size();
    rule.scale = parse_number(cells.setting("scale")).value_or(0);
    rule.mse = cells.setting("mse") == "yes";
    rule.rank = rank_of(cells.sketch.matrix(), rule.size);
    return design;
  }
  if (!cells.units) return std::nullopt;
  design.units = cells.units;
  if (cells.margins)
    design.calibrated =
        std::make_shared<CalibratedWeights>(*cells.margins, cells.units->rows_are_units);
  design.lonely = lonely_of(lonely.empty() ? cells.setting("lonely") : lonely);
  check_lonely(design);
  return design;
}

void check_replicates(const CountResult& counted, const std::string& file) {
  Sums all;
  for (const auto& sums : counted.tables[0].sums) all.add(sums);
  double sum = 0;
  for (const auto& replicate : all.further) sum += replicate.value();
  const double weight = all.w.value();
  if (weight == 0 || all.further.empty()) return;
  const double ratio = sum / static_cast<double>(all.further.size()) / weight;
  if (ratio > 0.2 && ratio < 5) return;
  throw Error(Place{file}, "replicate-factors",
              "the replicate weights are " + shortest(ratio) + " times the weight on average",
              "are they factors of it? --replicates-are factors");
}

}  // namespace sondeo
