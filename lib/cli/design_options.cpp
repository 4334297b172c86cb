// SPDX-License-Identifier: MIT
#include "cli/design_options.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "codebook/bind.h"

namespace sondeo {
namespace {

constexpr double largest_factor = 1e15;

const std::vector<std::string>& methods() {
  static const std::vector<std::string> names{"brr",       "fay", "jk1", "jkn",  "jk2",
                                              "bootstrap", "sdr", "acs", "other"};
  return names;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> words;
  if (text.empty()) return words;
  std::string word;
  bool quoted = false;
  for (const char c : text + ",") {
    if (c == '`') quoted = !quoted;
    if (c != ',' || quoted) {
      word += c;
      continue;
    }
    words.emplace_back(trim(word));
    word.clear();
  }
  return words;
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
  if (method == "fay") return 1 / (replicates * (1 - rho) * (1 - rho));
  if (method == "sdr" || method == "acs") return 4 / replicates;
  if (method == "jk2") return 1;
  if (method == "bootstrap") return 1 / (replicates - 1);
  throw UsageError("--replicate-method " + method + " needs its scale: --replicate-scale" +
                       (method == "jkn" ? ", or --replicate-rscales" : ""),
                   "the documentation of the survey says it; jk1 with R units has (R-1)/R");
}

ReplicateRule rule_of(const StudyReplicates& given, std::size_t replicates) {
  ReplicateRule rule;
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
  tool.option("strata", strata, "COLUMNS", "strata, one column a stage");
  tool.option("cluster,psu", clusters, "COLUMNS",
              "clusters, one column a stage; the first are the primary sampling units");
  tool.option("fpc", fpc, "COLUMNS",
              "what units were drawn from, one column a stage: how many there are in the stratum, "
              "or the fraction drawn");
  tool.option("fpc-kind", fpc_kind, "auto|population|fraction", "which of the two");
  tool.flag("nest", nest, "the numbers of clusters start again in every stratum");
  tool.option("lonely", lonely, "fail|certainty|centered|scaled",
              "strata with a single unit: refused (default); counted as drawn for certain; about "
              "the mean of all units; as variable as the others");
  tool.flag("ultimate-cluster", ultimate, "only the first stage enters the variance");
  tool.option("replicates", replicates, "COLUMNS", "replicate weights, such as 'rw1-rw80'");
  tool.option("replicate-method", method, "brr|fay|jk1|jkn|jk2|bootstrap|sdr|other",
              "how they were made");
  tool.flag("replicate-factors", factors, "they are factors of the weight, not whole weights");
  tool.option("replicate-scale", scale, "NUMBER",
              "the factor of the sum of squares, or such as 4/80 (default: that of the method)");
  tool.option("replicate-rscales", rscales, "NUMBERS", "factors of the squares, one a replicate");
  tool.option("fay-rho", rho, "NUMBER", "of the method fay");
  tool.flag("mse", mse, "squares about the estimate, not about the mean of the replicates");
  tool.option(
      "preset", preset, "NAME", "weight and design by the usual columns: " + [] {
        std::string list;
        for (const auto& name : preset_names()) list += (list.empty() ? "" : ", ") + name;
        return list;
      }());
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

StudyDesign DesignOptions::chosen(const StudyInput& input) const {
  StudyDesign design;
  if (input.study) design = input.study->design;
  if (!preset.empty()) design = presets()[word_option("preset", preset, preset_names())].design;
  const bool units = !strata.empty() || !clusters.empty() || !fpc.empty();
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
  if (!strata.empty()) design.strata = list_of(strata);
  if (!clusters.empty()) design.clusters = list_of(clusters);
  if (!fpc.empty()) design.fpc = list_of(fpc);
  design.nest |= nest;
  if (!lonely.empty()) design.lonely_psu = lonely;
  const bool about_replicates =
      !method.empty() || factors || !scale.empty() || !rscales.empty() || !rho.empty() || mse;
  if (about_replicates && !design.replicates)
    throw UsageError("--replicate-..., --fay-rho and --mse go with --replicates");
  if (!design.replicates) return design;
  auto& given = *design.replicates;
  if (!method.empty()) given.method = methods()[word_option("replicate-method", method, methods())];
  if (factors) given.combined = false;
  if (!scale.empty()) given.scale = factor_option("replicate-scale", scale);
  for (const auto& word : list_of(rscales))
    given.rscales.push_back(factor_option("replicate-rscales", word));
  if (!rho.empty()) given.rho = number_option("fay-rho", rho, 0, 0.999);
  if (mse) given.mse = true;
  if (given.method.empty() && given.scale) given.method = "other";
  if (given.method.empty()) {
    throw UsageError("--replicates needs --replicate-method, or --replicate-scale",
                     "the documentation of the survey says how they were made");
  }
  if (given.method == "fay" && !given.rho && !given.scale)
    throw UsageError("--replicate-method fay needs --fay-rho");
  return design;
}

ChosenDesign DesignOptions::resolve(const StudyInput& input) const {
  const auto design = chosen(input);
  ChosenDesign result;
  static const std::vector<std::string> ways{"fail", "certainty", "centered", "scaled"};
  if (!design.lonely_psu.empty())
    result.rules.lonely = static_cast<LonelyPsu>(word_option("lonely", design.lonely_psu, ways));
  if (!preset.empty()) {
    const auto& known = presets()[word_option("preset", preset, preset_names())];
    result.weight = known.weight;
  }
  if (design.replicates) {
    const auto& given = *design.replicates;
    result.replicates.columns = find_columns(input.header, given.columns);
    result.replicates.factors = !given.combined;
    const auto count = result.replicates.columns.size();
    if (count < 2) throw UsageError("--replicates takes at least two columns");
    result.rules.replicates = rule_of(given, count);
    result.words = std::to_string(count) + " replicate weights (" + given.method + ")";
    return result;
  }
  auto& units = result.units;
  units.strata = design_columns(input, design.strata);
  units.clusters = design_columns(input, design.clusters);
  units.fpc = design_columns(input, design.fpc);
  units.nest = design.nest;
  units.fpc_kind =
      static_cast<FpcKind>(word_option("fpc-kind", fpc_kind, {"auto", "population", "fraction"}));
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
