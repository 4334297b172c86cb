// SPDX-License-Identifier: MIT
#include "cli/design_options.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "cli/list_option.h"
#include "codebook/bind.h"

namespace sondeo {
namespace {

constexpr double largest_factor = 1e15;

const std::vector<std::string>& methods() {
  static const std::vector<std::string> names{"brr",       "fay", "jk1", "jkn",  "jk2",
                                              "bootstrap", "sdr", "acs", "other"};
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + excerpt(word);
  return text;
}

// Designs of public-use files by the names of their columns.
struct Preset {
  const char* name;
  const char* weight;
  StudyDesign design;
};

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = [] {
    const auto replicates = [](const char* columns, const char* method, double scale) {
      StudyDesign design;
      design.replicates = StudyReplicates{columns, method, scale, {}, {}, true, true};
      return design;
    };
    StudyDesign nhanes;
    nhanes.strata = {"SDMVSTRA"};
    nhanes.clusters = {"SDMVPSU"};
    nhanes.nest = true;
    StudyDesign ess;
    ess.strata = {"stratum"};
    ess.clusters = {"psu"};
    ess.nest = true;
    // American Community Survey PUMS: 4/80 of the squares about the estimate; CPS ASEC: 4/160.
    return std::vector<Preset>{
        {"acs", "PWGTP", replicates("PWGTP1-PWGTP80", "sdr", 4.0 / 80)},
        {"acs-household", "WGTP", replicates("WGTP1-WGTP80", "sdr", 4.0 / 80)},
        {"cps-asec", "PWWGT0", replicates("PWWGT1-PWWGT160", "sdr", 4.0 / 160)},
        {"nhanes", "WTMEC2YR", nhanes},
        {"nhanes-interview", "WTINT2YR", nhanes},
        {"ess", "anweight", ess}};
  }();
  return all;
}

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const auto& preset : presets()) names.emplace_back(preset.name);
  return names;
}

// What a method says of its scale, unless it is given (statistics: Wolter 2007; SDR: Fay & Train
// 1995).
double usual_scale(const std::string& method, double replicates, double rho) {
  if (method == "brr") return 1 / replicates;
  if (method == "jk1") return (replicates - 1) / replicates;
  if (method == "fay") return 1 / (replicates * (1 - rho) * (1 - rho));
  if (method == "sdr" || method == "acs") return 4 / replicates;
  if (method == "jk2") return 1;
  if (method == "bootstrap") return 1 / (replicates - 1);
  throw UsageError("--replicate-method " + method + " needs its scale: --replicate-scale" +
                       (method == "jkn" ? ", or --replicate-rscales" : ""),
                   "the documentation of the survey says it");
}

ReplicateDesign rule_of(const StudyReplicates& given, std::size_t replicates) {
  ReplicateDesign rule;
  rule.size = replicates;
  rule.mse = given.mse;
  rule.rscales = given.rscales;
  if (rule.rscales.empty()) rule.rscales.assign(replicates, 1);
  if (rule.rscales.size() == 1) rule.rscales.assign(replicates, rule.rscales[0]);
  if (rule.rscales.size() != replicates) {
    throw UsageError("--replicate-rscales has " + std::to_string(rule.rscales.size()) +
                     " numbers for " + std::to_string(replicates) + " replicates");
  }
  const bool by_rscales =
      !given.rscales.empty() && (given.method == "jkn" || given.method == "other");
  rule.scale = given.scale  ? *given.scale
               : by_rscales ? 1
                            : usual_scale(given.method, static_cast<double>(replicates),
                                          given.rho.value_or(0));
  return rule;
}

}  // namespace

void DesignOptions::declare(Tool& tool) {
  tool.section("Sampling design");
  tool.option("strata", strata, "COLUMNS",
              "the sample was drawn by stratum; one column a stage: 'region' or 'region,size'");
  tool.option("cluster", clusters, "COLUMNS",
              "and in clusters, the first of which are the primary sampling units; one column a "
              "stage");
  tool.option("psu", psu, "COLUMNS", "the same as --cluster");
  tool.option("fpc", fpc, "COLUMNS",
              "how many units of the stratum there are in the population, or the share of them "
              "that was drawn; one column a stage");
  tool.option("fpc-kind", fpc_kind, "auto|population|fraction", "which of the two");
  tool.flag("nest", nest, "labels of clusters repeat from stratum to stratum");
  tool.option("lonely", lonely, "fail|certainty|centered|scaled|centered-domain|scaled-domain",
              "a stratum with a single unit: refused, adds nothing, its distance from the mean of "
              "all units, or as much as other strata");
  tool.flag("ultimate-cluster", ultimate, "no variance within the primary units");
  tool.option("replicates", replicates, "COLUMNS",
              "replicate weights instead of strata and clusters: 'rw1-rw80'");
  tool.option("replicates-are", replicates_are, "weights|factors",
              "whole weights, or factors of the weight");
  tool.option("replicate-method", method, "brr|fay|jk1|jkn|jk2|bootstrap|sdr|other",
              "how they were made, which says their scale");
  tool.option("replicate-scale", scale, "NUMBER",
              "the factor of the sum of squares, such as 4/80 (default: that of the method)");
  tool.option("replicate-rscales", rscales, "NUMBERS",
              "factors of the squares: one a replicate, or one for all");
  tool.option("rho", rho, "NUMBER", "of fay: what is left of the half that is not taken");
  tool.flag("mse", mse, "squares about the estimate, not about the mean of the replicates");
  tool.option(
      "preset", preset, "NAME", "weight and design by the usual columns: " + [] {
        std::string list;
        for (const auto& name : preset_names()) list += (list.empty() ? "" : ", ") + name;
        return list;
      }());
  tool.flag("no-design", none, "every row is a unit, whatever the study says");
}

std::string DesignOptions::given() const {
  const std::pair<bool, const char*> given[] = {{!strata.empty(), "--strata"},
                                                {!clusters.empty(), "--cluster"},
                                                {!psu.empty(), "--psu"},
                                                {!fpc.empty(), "--fpc"},
                                                {nest, "--nest"},
                                                {ultimate, "--ultimate-cluster"},
                                                {!replicates.empty(), "--replicates"},
                                                {!replicates_are.empty(), "--replicates-are"},
                                                {!method.empty(), "--replicate-method"},
                                                {!scale.empty(), "--replicate-scale"},
                                                {!rscales.empty(), "--replicate-rscales"},
                                                {!rho.empty(), "--rho"},
                                                {mse, "--mse"},
                                                {!preset.empty(), "--preset"},
                                                {none, "--no-design"}};
  for (const auto& [is_given, name] : given) {
    if (is_given) return name;
  }
  return "";
}

namespace {

// A number, or a quotient such as 4/80.
double factor_option(const std::string& name, const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return number_option(name, text, 0, largest_factor);
  const double above = number_option(name, text.substr(0, slash), 0, largest_factor);
  const double below = number_option(name, text.substr(slash + 1), 1e-15, largest_factor);
  return above / below;
}

}  // namespace

std::string DesignOptions::preset_weight() const {
  if (preset.empty()) return "";
  return presets()[word_option("preset", preset, preset_names())].weight;
}

StudyDesign DesignOptions::chosen(const StudyInput& input) const {
  if (!clusters.empty() && !psu.empty()) throw UsageError("--psu is another name for --cluster");
  if (none && given() != "--no-design")
    throw UsageError("--no-design goes without a design", "leave out " + given());
  StudyDesign design;
  if (none) return design;
  if (input.study) design = input.study->design;
  if (!preset.empty()) design = presets()[word_option("preset", preset, preset_names())].design;
  const auto& of_clusters = clusters.empty() ? psu : clusters;
  const bool units = !strata.empty() || !of_clusters.empty() || !fpc.empty();
  if (units && !replicates.empty())
    throw UsageError("--replicates say all of the design: without --strata, --cluster and --fpc");
  if (units) design.replicates.reset();
  if (!replicates.empty()) {
    design = {};
    design.replicates.emplace();
    design.replicates->columns = replicates;
    design.replicates->combined = true;
  }
  // A part of the design that is given takes the place of all that was said of units.
  if (units && preset.empty()) design = StudyDesign{{}, {}, {}, false, design.lonely_psu, {}};
  if (!strata.empty()) design.strata = name_list(strata);
  if (!of_clusters.empty()) design.clusters = name_list(of_clusters);
  if (!fpc.empty()) design.fpc = name_list(fpc);
  design.nest |= nest;
  if (!lonely.empty()) design.lonely_psu = lonely;
  const bool about_replicates = !method.empty() || !replicates_are.empty() || !scale.empty() ||
                                !rscales.empty() || !rho.empty() || mse;
  if (about_replicates && !design.replicates)
    throw UsageError("there are no replicate weights: which columns are they? (--replicates)");
  if (!design.replicates) return design;
  auto& wanted = *design.replicates;
  if (!method.empty()) {
    wanted.method = methods()[word_option("replicate-method", method, methods())];
    wanted.scale.reset();
    wanted.rscales.clear();
  }
  if (!replicates_are.empty())
    wanted.combined = word_option("replicates-are", replicates_are, {"weights", "factors"}) == 0;
  if (!scale.empty()) wanted.scale = factor_option("replicate-scale", scale);
  if (!rscales.empty()) wanted.rscales.clear();
  for (const auto& word : list_parts(rscales))
    wanted.rscales.push_back(factor_option("replicate-rscales", word));
  if (!rho.empty()) wanted.rho = number_option("rho", rho, 0, 0.999);
  if (mse) wanted.mse = true;
  if (wanted.method.empty() && (wanted.scale || !wanted.rscales.empty())) wanted.method = "other";
  if (wanted.method.empty()) {
    throw UsageError("replicate weights do not say how they were made",
                     "--replicate-method brr, fay, jk1, jkn, jk2, bootstrap or sdr; or "
                     "--replicate-scale and --replicate-rscales");
  }
  if (wanted.method == "fay" && !wanted.rho && !wanted.scale)
    throw UsageError("--replicate-method fay needs --rho");
  return design;
}

LonelyPsu lonely_named(const std::string& word) {
  return static_cast<LonelyPsu>(
      word_option("lonely", word,
                  {"fail", "certainty", "centered", "scaled", "centered-domain", "scaled-domain"}));
}

ChosenDesign DesignOptions::resolve(const StudyInput& input) const {
  const auto design = chosen(input);
  ChosenDesign result;
  result.told = design;
  result.ultimate = ultimate;
  if (!design.lonely_psu.empty()) result.rules.lonely = lonely_named(design.lonely_psu);
  result.weight = preset_weight();
  if (design.replicates) {
    const auto& wanted = *design.replicates;
    result.replicates.columns = find_columns(input.header, wanted.columns);
    result.replicates.factors = !wanted.combined;
    const auto count = result.replicates.columns.size();
    if (count < 2) throw UsageError("--replicates takes at least two columns");
    result.rules.replicates = rule_of(wanted, count);
    result.words = std::to_string(count) + " replicate weights (" + wanted.method + ")";
    return result;
  }
  auto& units = result.units;
  units.strata = design_columns(input, design.strata);
  units.clusters = design_columns(input, design.clusters);
  units.fpc = design_columns(input, design.fpc);
  units.nest = design.nest;
  units.fpc_kind =
      static_cast<FpcKind>(word_option("fpc-kind", fpc_kind, {"auto", "population", "fraction"}));
  const bool by_domain = result.rules.lonely == LonelyPsu::centered_domain ||
                         result.rules.lonely == LonelyPsu::scaled_domain;
  if (by_domain && units.clusters.empty()) {
    throw UsageError("--lonely " + design.lonely_psu + " is for designs with clusters",
                     "declare each respondent as one: --cluster ID");
  }
  if (units.fpc.size() > units.clusters.size() + 1)
    throw UsageError("--fpc has more columns than the design has stages");
  if (units.strata.size() > std::max<std::size_t>({units.clusters.size(), units.fpc.size(), 1}))
    throw UsageError("--strata has more columns than the design has stages");
  if (ultimate) {
    for (auto* columns : {&units.strata, &units.clusters, &units.fpc})
      columns->resize(std::min<std::size_t>(columns->size(), 1));
  }
  const auto add = [&](const char* what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    result.words += (result.words.empty() ? "" : ", ") + std::string(what) + " " + joined(names);
  };
  add("strata", design.strata);
  add("clusters", design.clusters);
  if (units.nest && !design.clusters.empty()) result.words += " (nested)";
  add("fpc", design.fpc);
  return result;
}

std::vector<std::size_t> design_columns(const StudyInput& input,
                                        const std::vector<std::string>& names) {
  std::vector<std::size_t> columns;
  for (const auto& name : names) {
    const auto* variable = find_variable(input, name);
    if (variable == nullptr) {
      columns.push_back(find_column(input.header, name));
      continue;
    }
    const auto question = bind(*variable, input.header);
    if (question.columns.size() != 1) {
      throw Error("design-column",
                  "'" + excerpt(name) + "' has no column of its own, as a stratum or cluster needs",
                  "write it as a column first: sondeo-recode");
    }
    columns.push_back(question.columns[0]);
  }
  return columns;
}

}  // namespace sondeo
