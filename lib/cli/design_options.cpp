// SPDX-License-Identifier: MIT
#include "cli/design_options.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "cli/process.h"
#include "codebook/bind.h"

namespace sondeo {
namespace {

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> list;
  std::size_t at = 0;
  while (at <= text.size() && !text.empty()) {
    const auto comma = std::min(text.find(',', at), text.size());
    list.emplace_back(trim(std::string_view(text).substr(at, comma - at)));
    at = comma + 1;
  }
  return list;
}

double positive(const std::string& name, const std::string& text) {
  const auto value = parse_number(text);
  if (!value || *value < 0)
    throw UsageError("--" + name + " takes numbers that are not negative, not '" + excerpt(text) +
                     "'");
  return *value;
}

// The column that a name stands for: of a question of the study, or of the file.
std::size_t column_of(const StudyInput& input, const std::string& name) {
  const auto* variable = find_variable(input, name);
  if (variable == nullptr) return find_column(input.header, name);
  const auto question = bind(*variable, input.header);
  if (question.columns.size() != 1) {
    throw Error("design-column", "'" + excerpt(name) + "' does not stand in one column",
                "strata, clusters and population sizes are columns of the file");
  }
  return question.columns[0];
}

std::vector<std::size_t> columns_of(const StudyInput& input,
                                    const std::vector<std::string>& names) {
  std::vector<std::size_t> columns;
  for (const auto& name : names) columns.push_back(column_of(input, name));
  return columns;
}

// Designs of public-use files by the names of their columns.
struct Preset {
  std::string name;
  std::string weight;
  StudyDesign design;
};

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    const auto by_replicates = [](const char* columns, double scale) {
      StudyDesign design;
      design.replicates = StudyReplicates{columns, "sdr", scale, {}, {}, true, true};
      return design;
    };
    const auto by_units = [](const char* stratum, const char* cluster) {
      StudyDesign design;
      design.strata = {stratum};
      design.clusters = {cluster};
      design.nest = true;
      return design;
    };
    // American Community Survey: 4/80 of the squares about the estimate; CPS ASEC: 4/160 (Fay &
    // Train 1995, and the surveys' own documentation).
    return std::vector<Preset>{{"acs", "PWGTP", by_replicates("PWGTP1-PWGTP80", 4.0 / 80)},
                               {"acs-household", "WGTP", by_replicates("WGTP1-WGTP80", 4.0 / 80)},
                               {"cps-asec", "PWWGT0", by_replicates("PWWGT1-PWWGT160", 4.0 / 160)},
                               {"nhanes", "WTMEC2YR", by_units("SDMVSTRA", "SDMVPSU")},
                               {"nhanes-interview", "WTINT2YR", by_units("SDMVSTRA", "SDMVPSU")},
                               {"ess", "anweight", by_units("stratum", "psu")}};
  }();
  return all;
}

const Preset& preset_named(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& preset : presets()) names.push_back(preset.name);
  return presets()[word_option("preset", name, names)];
}

}  // namespace

void DesignOptions::declare(Tool& tool) {
  tool.section("Design");
  tool.option("strata", strata, "COLUMNS",
              "the sample was drawn by stratum; one column a stage: 'region' or 'region,size'");
  tool.option("cluster", cluster, "COLUMNS",
              "and in clusters, the first of which are the primary units; one column a stage");
  tool.option("psu", psu, "COLUMNS", "the same as --cluster");
  tool.option("fpc", fpc, "COLUMNS",
              "how many units of the stratum there are in the population, or the share of them "
              "that was drawn; one column a stage");
  tool.option("fpc-kind", fpc_kind, "auto|population|fraction", "which of the two");
  tool.flag("nest", nest, "labels of clusters repeat from stratum to stratum");
  tool.option("lonely", lonely, "fail|certainty|centered|scaled",
              "a stratum with a single unit: refused, adds nothing, its distance from the mean of "
              "all units, or as much as other strata");
  tool.flag("ultimate-cluster", ultimate_cluster, "no variance within the primary units");
  tool.option("replicates", replicates, "COLUMNS",
              "replicate weights instead of strata and clusters: 'rw1-rw80'");
  tool.option("replicates-are", replicates_are, "weights|factors",
              "whole weights, or factors of the weight");
  tool.option("replicate-method", replicate_method, "brr|fay|jk1|jkn|jk2|bootstrap|sdr",
              "how they were made, which says their scale");
  tool.option("replicate-scale", replicate_scale, "N",
              "the variance is N times the sum of squares");
  tool.option("replicate-rscales", replicate_rscales, "LIST",
              "and each square is multiplied by its number, such as '0.5,0.5,…'");
  tool.option("rho", rho, "N", "of fay (0.5): what is left of the half that is not taken");
  tool.flag("mse", mse, "squares about the estimate, not about the mean of the replicates");
  tool.flag("no-design", none, "every row is a unit, whatever the study says");
  std::string names;
  for (const auto& known : presets()) names += (names.empty() ? "" : "|") + known.name;
  tool.option("preset", preset, names,
              "weight and design of a well-known survey, by the names of its columns");
}

std::string DesignOptions::given() const {
  const std::pair<bool, const char*> given[] = {{!strata.empty(), "--strata"},
                                                {!cluster.empty(), "--cluster"},
                                                {!psu.empty(), "--psu"},
                                                {!fpc.empty(), "--fpc"},
                                                {nest, "--nest"},
                                                {ultimate_cluster, "--ultimate-cluster"},
                                                {!replicates.empty(), "--replicates"},
                                                {!replicates_are.empty(), "--replicates-are"},
                                                {!replicate_method.empty(), "--replicate-method"},
                                                {!replicate_scale.empty(), "--replicate-scale"},
                                                {!replicate_rscales.empty(), "--replicate-rscales"},
                                                {!rho.empty(), "--rho"},
                                                {mse, "--mse"},
                                                {none, "--no-design"},
                                                {!preset.empty(), "--preset"}};
  for (const auto& [is_given, name] : given) {
    if (is_given) return name;
  }
  return "";
}

StudyDesign DesignOptions::design(const StudyInput& input) const {
  if (!cluster.empty() && !psu.empty()) throw UsageError("--psu is another name for --cluster");
  const bool by_units = !strata.empty() || !cluster.empty() || !psu.empty() || !fpc.empty();
  if (by_units && !replicates.empty())
    throw UsageError("--replicates go without --strata, --cluster and --fpc",
                     "replicate weights know the design already");
  if (none && (by_units || !replicates.empty() || nest || !preset.empty()))
    throw UsageError("--no-design goes without a design");
  word_option("fpc-kind", fpc_kind, {"auto", "population", "fraction"});
  if (!replicates_are.empty())
    word_option("replicates-are", replicates_are, {"weights", "factors"});
  if (!replicate_method.empty())
    word_option("replicate-method", replicate_method,
                {"brr", "fay", "jk1", "jkn", "jk2", "bootstrap", "sdr"});
  if (!lonely.empty()) word_option("lonely", lonely, {"fail", "certainty", "centered", "scaled"});
  StudyDesign design;
  if (none) return design;
  if (input.study) design = input.study->design;
  if (!preset.empty()) design = preset_named(preset).design;
  if (by_units) {
    design.replicates.reset();
    design.strata = list_of(strata);
    design.clusters = list_of(cluster.empty() ? psu : cluster);
    design.fpc = list_of(fpc);
    design.nest = false;
  }
  design.nest |= nest;
  if (!lonely.empty()) design.lonely_psu = lonely;
  if (!replicates.empty()) {
    if (!design.replicates) design.replicates.emplace().combined = true;
    design.replicates->columns = replicates;
  }
  const bool about_replicates = !replicates_are.empty() || !replicate_method.empty() ||
                                !replicate_scale.empty() || !replicate_rscales.empty() ||
                                !rho.empty() || mse;
  if (!design.replicates) {
    if (about_replicates)
      throw UsageError("there are no replicate weights: which columns are they? (--replicates)");
    return design;
  }
  design.strata.clear();
  design.clusters.clear();
  design.fpc.clear();
  auto& wanted = *design.replicates;
  if (!replicates_are.empty()) wanted.combined = replicates_are == "weights";
  if (!replicate_method.empty()) {
    wanted.method = replicate_method;
    wanted.scale.reset();
    wanted.rscales.clear();
  }
  if (!replicate_scale.empty()) wanted.scale = positive("replicate-scale", replicate_scale);
  if (!replicate_rscales.empty()) {
    wanted.rscales.clear();
    for (const auto& each : list_of(replicate_rscales))
      wanted.rscales.push_back(positive("replicate-rscales", each));
  }
  if (!rho.empty()) wanted.rho = number_option("rho", rho, 0, 0.999999);
  wanted.mse |= mse;
  return design;
}

std::string DesignOptions::preset_weight() const {
  return preset.empty() ? "" : preset_named(preset).weight;
}

FpcKind DesignOptions::kind_of_fpc() const {
  return std::vector{
      FpcKind::automatic, FpcKind::population,
      FpcKind::fraction}[word_option("fpc-kind", fpc_kind, {"auto", "population", "fraction"})];
}

namespace {

// The columns of the sampling units.
UnitColumns unit_columns(const StudyDesign& design, FpcKind kind, const StudyInput& input) {
  if (design.strata.size() > std::max<std::size_t>(design.clusters.size(), 1))
    throw UsageError("there are more columns of strata than of clusters: one a stage",
                     "cross them into one column, or derive one in the study");
  UnitColumns columns;
  columns.strata = columns_of(input, design.strata);
  columns.clusters = columns_of(input, design.clusters);
  columns.fpc = columns_of(input, design.fpc);
  columns.nest = design.nest;
  columns.fpc_kind = kind;
  return columns;
}

}  // namespace

ReplicateDesign replicate_rule(const StudyReplicates& replicates, std::size_t size) {
  const auto& method = replicates.method;
  const auto count = static_cast<double>(size);
  ReplicateDesign rule;
  rule.size = size;
  rule.mse = replicates.mse;
  rule.rscales = replicates.rscales;
  if (rule.rscales.size() == 1) rule.rscales.assign(size, rule.rscales[0]);
  if (!rule.rscales.empty() && rule.rscales.size() != size) {
    throw UsageError(std::to_string(rule.rscales.size()) + " rscales for " + std::to_string(size) +
                     " replicate weights");
  }
  if (method == "jkn" && rule.rscales.empty()) {
    throw UsageError("replicates of jkn need their rscales, (n-1)/n of the stratum of each",
                     "--replicate-rscales '0.5,0.5,…'");
  }
  if (rule.rscales.empty()) rule.rscales.assign(size, 1);
  if (replicates.scale) {
    rule.scale = *replicates.scale;
  } else if (method == "jk1") {
    rule.scale = (count - 1) / count;
  } else if (method == "brr") {
    rule.scale = 1 / count;
  } else if (method == "fay") {
    const double left = 1 - replicates.rho.value_or(0.5);
    rule.scale = 1 / (count * left * left);
  } else if (method == "bootstrap") {
    // The mean of squares about the estimate, or as n - 1 has it about their own mean.
    rule.scale = 1 / (rule.mse ? count : std::max(1.0, count - 1));
  } else if (method == "sdr") {
    rule.scale = 4 / count;
  } else if (method.empty() && replicates.rscales.empty()) {
    throw UsageError("replicate weights do not say how they were made",
                     "--replicate-method brr, fay, jk1, jkn, jk2, bootstrap or sdr; or "
                     "--replicate-scale and --replicate-rscales");
  }
  return rule;
}

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

const char* yes_or_no(bool is) { return is ? "yes" : "no"; }

double number_of(const std::string& text) { return parse_number(text).value_or(0); }

}  // namespace

LonelyPsu lonely_of(const std::string& word) {
  return word.empty() ? LonelyPsu::fail
                      : static_cast<LonelyPsu>(word_option(
                            "lonely", word, {"fail", "certainty", "centered", "scaled"}));
}

void DesignOptions::ask(const StudyInput& input, CountRequest& request,
                        std::vector<std::pair<std::string, std::string>>& settings) const {
  const auto wanted = design(input);
  if (wanted.replicates) {
    if (!request.weight.weighted()) {
      if (replicates.empty()) return;  // the study's belong to its weights
      throw UsageError("replicate weights need the weight they belong to: --weight");
    }
    request.replicates = {find_columns(input.header, wanted.replicates->columns),
                          !wanted.replicates->combined};
    const auto rule = replicate_rule(*wanted.replicates, request.replicates.size());
    std::string rscales;
    for (const double each : rule.rscales) rscales += (rscales.empty() ? "" : ",") + shortest(each);
    settings.insert(settings.end(), {{"replicates", wanted.replicates->columns},
                                     {"scale", shortest(rule.scale)},
                                     {"rscales", rscales},
                                     {"mse", yes_or_no(rule.mse)}});
    return;
  }
  request.units = unit_columns(wanted, kind_of_fpc(), input);
  if (request.units.empty()) return;
  settings.insert(settings.end(), {{"strata", joined(wanted.strata)},
                                   {"clusters", joined(wanted.clusters)},
                                   {"fpc", joined(wanted.fpc)},
                                   {"nest", yes_or_no(wanted.nest)},
                                   {"lonely", wanted.lonely_psu},
                                   {"ultimate cluster", yes_or_no(ultimate_cluster)}});
}

std::optional<SampleDesign> design_of(const CellFile& cells, const std::string& lonely) {
  SampleDesign design;
  if (!cells.setting("replicates").empty()) {
    auto& rule = design.replicates.emplace();
    for (const auto& each : list_of(cells.setting("rscales")))
      rule.rscales.push_back(number_of(each));
    rule.size = rule.rscales.size();
    rule.scale = number_of(cells.setting("scale"));
    rule.mse = cells.setting("mse") == "yes";
    rule.rank = rank_of(cells.sketch.matrix(), rule.size);
    return design;
  }
  if (!cells.units) return std::nullopt;
  design.units = cells.units;
  design.lonely = lonely_of(lonely.empty() ? cells.setting("lonely") : lonely);
  design.ultimate_cluster = cells.setting("ultimate cluster") == "yes";
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
