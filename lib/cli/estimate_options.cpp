// SPDX-License-Identifier: MIT
#include "cli/estimate_options.h"

#include <algorithm>
#include <limits>

#include "base/spool.h"
#include "base/text.h"
#include "cli/counted_calls.h"
#include "cli/estimators.h"
#include "cli/list_option.h"
#include "cli/provenance.h"
#include "codebook/study_question.h"
#include "infer/contrast.h"
#include "table/words.h"
#include "tabulate/joined_weights.h"

namespace sondeo {
namespace {

FreedomRule freedom_rule(const std::string& text) {
  FreedomRule rule;
  if (text == "domain") return rule;
  if (text == "design") {
    rule.of_design = true;
  } else if (text == "inf") {
    rule.fixed = std::numeric_limits<double>::infinity();
  } else if (parse_number(text)) {
    rule.fixed = number_option("df", text, 1e-6, 1e15);
  } else {
    word_option("df", text, {"domain", "design", "inf", "NUMBER"});
  }
  return rule;
}

// The design itself: rows, units and degrees of freedom of the whole file.
Table design_table(const DesignInfo& info, const EstimateContext& context) {
  auto table = estimate_table("design", context);
  const auto& words = words_of(context.language);
  table.base = words.all_respondents;
  Column total;
  total.id = "_total";
  total.label = words.total;
  table.columns.push_back(total);
  table.shown = {"strata", "psus", "df"};
  const auto number = [](const char* statistic, double value, Unit unit) {
    return Value{statistic, "", value, unit, ""};
  };
  Row base;
  base.id = "_base";
  base.label = words.base;
  base.kind = RowKind::base;
  base.cells = {{{number("n", static_cast<double>(info.rows), Unit::respondents),
                  number("n_positive", static_cast<double>(info.positive_rows), Unit::respondents),
                  number("weighted_n", info.weights, Unit::weighted)}}};
  if (info.weight_squares > 0) {
    base.cells[0].values.push_back(number(
        "effective_n", info.weights * info.weights / info.weight_squares, Unit::respondents));
  }
  table.rows.push_back(std::move(base));
  Row row;
  row.id = "_design";
  row.label = words.design;
  const auto& first = info.units.stages[0];
  double psus = 0;
  for (const auto& stratum : first.strata) psus += static_cast<double>(stratum.size);
  row.cells = {{{number("strata", static_cast<double>(first.strata.size()), Unit::respondents),
                 number("psus", psus, Unit::respondents), number("df", info.df, Unit::none)}}};
  table.rows.push_back(std::move(row));
  return table;
}

// What the study says about all tables, in the language of the context.
void say_study(const Study& study, EstimateContext& context, TableSet& set) {
  set.title = study.title.in(context.language);
  context.notes.clear();
  const auto& note = study.note.in(context.language);
  if (!note.empty()) context.notes.push_back(note);
  for (const auto& known : study.weights) {
    if (known.name == context.weight) context.weight_label = known.label.in(context.language);
  }
}

}  // namespace

void EstimateOptions::declare(Tool& tool) {
  tool.section("Statistics");
  const auto& kinds = estimate_kinds();
  statistics.resize(kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i)
    tool.option(kinds[i].option, statistics[i], kinds[i].meta, kinds[i].help);
  tool.option("by,b", by, "DOMAINS", "in each of them, such as 'total + region + age > sex'");
  tool.option("contrast", contrasts, "EXPRESSION",
              "between domains of --by, or variables: 'North - South', '0.5*a + 0.5*b - c'; repeat "
              "for several");
  tool.flag("covariance", covariance, "the covariances of the estimates of domains, or variables");
  tool.option("level", level, "PERCENT", "of confidence");
  tool.option("interval", interval, "logit|logit-replicates|mean|asin|beta|wilson|likelihood",
              "limits of shares");
  tool.option("df", df, "domain|design|inf|NUMBER",
              "degrees of freedom of limits: of the domain, of the whole design, or so many");
  tool.option("deff", deff, "wor|wr",
              "design effects against a simple random sample without or with replacement");
  tool.option("presentation", presentation, "nchs",
              "shares that are not reliable by these rules are dashes");
  tool.option("calibrated", calibrated, "MARGINS",
              "what the weight was calibrated to, so that errors are those of residuals: "
              "'region + age × sex + total(income)', 1 for the number of people");
  tool.option("design-weight", design_weight, "COLUMN", "what calibration started from");
  tool.option("calibration-form", calibration_form, "regression|raking",
              "residuals weighted by the design weight (default), or not weighted");
  tests.declare(tool);
  counting.declare_counting(tool, false);
  language.declare(tool, "; of html several, for the reader to switch: en,es or all");
}

EstimateSettings EstimateOptions::settings() const {
  EstimateSettings settings;
  if (!by.empty()) settings.by = parse_banner(by);
  for (const auto& text : contrasts) Contrast{text};  // refused before anything is read
  settings.contrasts = contrasts;
  settings.covariance = covariance;
  settings.level = number_option("level", level, 1, 99.9999);
  const auto method = proportion_interval_named(interval);
  if (!method)
    word_option("interval", interval,
                {"logit", "logit-replicates", "mean", "asin", "beta", "wilson", "likelihood"});
  settings.interval = *method;
  settings.freedom = freedom_rule(df);
  settings.deff_with_replacement = word_option("deff", deff, {"wor", "wr"}) == 1;
  settings.nchs = !presentation.empty();
  if (settings.nchs) word_option("presentation", presentation, {"nchs"});
  tests.apply(settings);
  return settings;
}

std::string EstimateOptions::calibrate(const StudyInput& input, const std::string& weight,
                                       PassPlan& plan, EstimateSetup& setup) const {
  auto margins = name_list(calibrated, '+');
  auto base = design_weight;
  auto form = calibration_form;
  if (calibrated.empty() && (!base.empty() || !form.empty()))
    throw UsageError("--design-weight and --calibration-form go with --calibrated");
  if (calibrated.empty() && input.study) {
    for (const auto& known : input.study->weights) {
      if ((known.column.empty() ? known.name : known.column) != weight) continue;
      if (known.design_weight.empty() || known.margins.empty()) continue;
      margins = known.margins;
      base = known.design_weight;
      form = known.calibration;
      for (const auto& other : input.study->weights)
        if (other.name == base && !other.column.empty()) base = other.column;
    }
  }
  if (margins.empty()) return "";
  if (weight.empty() || weight == "none")
    throw UsageError("--calibrated says what a weight was calibrated to: which one? (--weight)");
  if (base.empty()) throw UsageError("--calibrated needs --design-weight, or none for it");
  Calibration rule;
  rule.raking =
      !form.empty() && word_option("calibration-form", form, {"regression", "raking"}) == 1;
  for (const auto& margin : margins) setup.add_margin(margin, rule);
  if (base != "none") plan.base_weight_column = find_column(input.header, base);
  setup.calibrate(std::move(rule));
  std::string words = "calibrated to ";
  for (std::size_t i = 0; i < margins.size(); ++i)
    words += (i == 0 ? "" : ", ") + excerpt(margins[i]);
  return words;
}

std::vector<TableSet> EstimateOptions::tables(StudyInput& input, Tool& tool) const {
  const auto settings = this->settings();
  counting.check(input, std::nullopt);
  const Spool spool(input.csv.file);
  if (spool.copied() > 0)
    tool.tell("copied " + grouped(spool.copied()) + " bytes of a stream to a temporary file");
  input.csv.file = spool.file();
  open_input(input, tool);
  const auto chosen = counting.design.resolve(input);
  auto counted = counting;
  if (counted.weight.empty() && !chosen.weight.empty()) counted.weight = chosen.weight;
  auto job = counted.prepare(input, std::nullopt);
  auto& request = job.request();

  PassPlan plan;
  plan.header = input.header;
  plan.context = {input.file->name(), request.rules, request.numbers};
  plan.where = request.where;
  if (request.weight.weighted() && !request.weight.file)
    plan.weight_column = find_column(input.header, request.weight.column);
  plan.units = chosen.units;
  plan.replicates = chosen.replicates;
  plan.threads = input.threads;
  if (!chosen.replicates.columns.empty() && !request.weight.weighted())
    throw UsageError("--replicates need the weight that they vary: --weight");

  EstimateSetup setup(input, job.builder(), plan, chosen.rules, settings);
  std::vector<std::unique_ptr<EstimateCall>> calls;
  const auto calibration = calibrate(input, request.weight.column, plan, setup);
  const auto& kinds = estimate_kinds();
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (const auto& text : statistics[i]) calls.push_back(kinds[i].make(text, setup));
  }
  for (const auto& name : input.questions) {
    for (const auto position : job.builder().questions_of(name)) {
      const auto& question = request.questions[position];
      const bool number = question.kind == QuestionKind::number ||
                          (question.study != nullptr && question.study->kind == StudyKind::scale);
      const auto quoted = quote_name(question.name);
      calls.push_back(number ? make_means({quoted}, setup) : make_shares({quoted}, setup));
    }
  }
  plan.questions = request.questions;

  std::vector<Estimator*> estimators;
  for (const auto& call : calls) {
    for (auto* each : call->estimators()) estimators.push_back(each);
  }
  bool opened = false;
  auto again = input.csv;
  again.hash.reset();
  again.read_bytes.reset();
  const auto open = [&] {
    if (!opened) {
      opened = true;
      return std::move(input.file);
    }
    Issues told_already;
    return std::make_unique<CsvFile>(again, told_already);
  };
  // The whole design's degrees of freedom are those of all rows, which no cell holds.
  std::optional<DesignInfo> info;
  if (!settings.freedom.of_design)
    info = count_calls(calls, job, chosen.rules.lonely, open, tool.issues());
  if (!info && request.weight.file)
    plan.joined_weights = joined_weights(*open(), request.weight, request.numbers, tool.issues());
  if (!info) info = estimate(open, plan, estimators, tool.issues());
  input.progress.reset();
  tool.tell(plan.context.file + ": " + grouped(info->rows) + " respondents");
  if (plan.weighted() && info->positive_rows == 0 && info->rows > 0) {
    throw Error(Place{plan.context.file}, "weight-total",
                "all weights are 0: nobody stands for anybody");
  }

  EstimateContext context;
  for (const auto& [name, value] : job.settings()) {
    if (name == "weight") context.weight = value;
    if (name == "where") context.filter = value;
  }
  context.design = chosen.words;
  context.level = settings.level;
  context.interval = settings.interval;
  context.freedom = settings.freedom;
  context.design_df = info->df;
  context.deff_with_replacement = settings.deff_with_replacement;
  context.nchs = settings.nchs;
  if (input.study) context.synthetic = input.study->synthetic;
  const bool given = std::any_of(calls.begin(), calls.end(),
                                 [](const auto& call) { return !call->takes_calibration(); });
  if (!calibration.empty() && given) {
    tool.issues().add({plan.context.file}, "calibration",
                      "quantiles, rank tests and models take the weight as given: their errors are "
                      "not those of residuals, and likely too large",
                      "replicate weights that were calibrated one by one give theirs");
  }
  std::vector<TableSet> sets;
  for (const auto& reader : language.languages(input.study)) {
    context.language = reader;
    auto& set = sets.emplace_back();
    if (input.study) say_study(*input.study, context, set);
    for (const auto& call : calls) {
      context.design = chosen.words;
      if (!calibration.empty() && call->takes_calibration())
        context.design += (context.design.empty() ? "" : ", ") + calibration;
      for (auto& table : call->tables(context, *info)) {
        mark_bases(table);
        set.tables.push_back(std::move(table));
      }
    }
    if (calls.empty()) set.tables.push_back(design_table(*info, context));
    tell_apart(set.tables);
    if (!input.wants_provenance) continue;
    set.provenance.version = version();
    set.provenance.weight = context.weight;
    set.provenance.filter = context.filter;
    set.provenance.input_bytes = info->bytes;
    set.provenance.input_rows = info->rows;
    tell_run(set.provenance, tool.command(), input, "");
  }
  return sets;
}

}  // namespace sondeo
