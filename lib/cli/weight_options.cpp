// SPDX-License-Identifier: MIT
#include "cli/weight_options.h"

#include <algorithm>

#include "base/spool.h"
#include "base/text.h"
#include "cli/list_option.h"
#include "cli/output_options.h"
#include "cli/process.h"
#include "cli/weight_record.h"
#include "cli/weight_run.h"
#include "render/weight_report.h"

namespace sondeo {
namespace {

constexpr double largest_number = 1e15;

// The words of --missing that say what to do; anything else is a cell text.
const std::vector<std::string>& missing_policies() {
  static const std::vector<std::string> words{"error", "own-category", "ignore-margin"};
  return words;
}

// A file read beside the responses: its delimiter found from its own header; UTF-8, or a guess that
// is told where the responses are in another encoding.
CsvOptions beside_data(const StudyInput& input, const std::string& path) {
  auto options = input.csv;
  options.file = {path, input.csv.file.encoding.empty() ? "" : "auto"};
  options.delimiter = 0;
  options.header_rows = 1;
  return options;
}

// The column of a weight that the study names, or of the file.
std::string weight_column(const StudyInput& input, const std::string& name) {
  if (input.study) {
    for (const auto& known : input.study->weights) {
      if (known.name == name) return known.column.empty() ? known.name : known.column;
    }
  }
  return name;
}

}  // namespace

void WeightOptions::declare(Tool& tool) {
  tool.section("Respondents");
  tool.option("weight,w", weight, "COLUMN",
              "the weight to start from, such as a design weight (default: everybody counts one)");
  tool.option("weight-file", weight_file, "FILE",
              "take the weight column from there, joined by --id");
  tool.option("id", id, "COLUMN", "the respondent's id, in the data and in the weight file");
  tool.option("where", where, "EXPRESSION", "only respondents for whom it is true get a weight");
  tool.option("missing", missing, "error|own-category|ignore-margin",
              "respondents without an answer in a margin: refused (default); a category that keeps "
              "its share; or left alone by that margin. Any other TEXT: a cell text that is no "
              "answer; repeat for several");
  tool.flag("keep-empty", keep_empty, "an empty cell is an answer like any other");
  tool.section("Weighting");
  tool.option("targets", targets, "FILE",
              "columns variable, category, target: shares or counts; 'sex × region' for joint "
              "ones, an empty category for the total of a number (default: the [[target]]s of the "
              "study; none: not those)");
  tool.option("targets-are", targets_are, "shares|counts|auto",
              "auto: a margin that adds up to 1 or 100 is shares");
  tool.flag("normalise", normalise, "rescale targets that do not add up, and say so");
  tool.option("method", method, "rake|poststratify|linear|logit",
              "rake multiplies margin by margin; linear is the regression estimator");
  tool.option("bounds", bounds, "LOW,HIGH", "of new weight / old weight: '0.3,3'");
  tool.option("min-weight", min_weight, "N", "no weight is smaller; margins hold all the same");
  tool.option("max-weight", max_weight, "N", "no weight is larger; margins hold all the same");
  tool.option("within", within, "COLUMN",
              "targets hold inside each category of it, which a column of that name gives");
  tool.option("tolerance", tolerance, "N", "largest relative error of a margin that is accepted");
  tool.option("iterations", iterations, "N", "at most");
  tool.option("scale-to", scale_to, "n|N",
              "weights add up to the number of respondents, or to N (default: as the old ones, or "
              "as counts say)");
  tool.option("respondent", respondent, "EXPRESSION",
              "who responded: others get weight 0, and theirs goes to respondents of their class");
  tool.option("classes", classes, "COLUMNS", "non-response classes, such as 'region,sex'");
  tool.option("trim-lower", trim_lower, "N",
              "without targets: raise smaller weights to it, take the sum equally from the others");
  tool.option("trim-upper", trim_upper, "N",
              "without targets: cut larger weights to it, give the sum equally to the others");
  tool.flag("trim-strictly", trim_strictly, "again until no weight is outside");
  tool.option("apply", apply, "FILE", "multiply by the factors of a table that --factors wrote");
  tool.option("replicates", replicates, "COLUMNS",
              "replicate weights, each weighted in the same way: 'rw1-rw80'");
  tool.option("replicates-are", replicates_are, "weights|factors",
              "whole weights, or factors of the weight");
  tool.option("create", create, "jk1|jkn|brr|fay|bootstrap|sdr",
              "make replicate weights of the design, and weight them in the same way");
  tool.option("strata", strata, "COLUMN", "of the design");
  tool.option("psu", psu, "COLUMN",
              "the primary unit, counted within its stratum (default: every row is one)");
  tool.option("replicate-count", replicate_count, "N", "of bootstrap (200) and sdr (80)");
  tool.option("rho", rho, "N", "of fay (0.5): what is left of the half that is not taken");
  tool.option("seed", seed, "N", "of bootstrap (1)");
  tool.section("Output");
  tool.option("name", name, "NAME", "of the new column; replicates are NAME_1, NAME_2 ...");
  tool.option("output,o", output, "FILE",
              "the data with the weight, complete or not at all; without it they go to standard "
              "output and the report to standard error");
  tool.flag("force", force, "replace FILE if it exists");
  tool.option("keep", keep, "COLUMNS", "write only these beside the weight, such as the id");
  tool.flag("factors", factors, "write the factor of each profile instead of the data");
  tool.flag("record", record,
            "write into the study file what the weight was calibrated to: its [[weight]], and "
            "nothing else, is changed");
  tool.flag("dry-run", dry_run, "write no data: only the report");
  tool.flag("safe-csv", safe,
            "an apostrophe before texts that a spreadsheet would run as formulas");
  tool.option("report", report, "FILE", "write the report there; .json and .md choose the format");
  tool.option("report-format", report_format, "text|json|md", "of the report");
  tool.flag("ascii", ascii, "only ASCII signs in the report");
  language.declare(tool);
}

WeightingOptions WeightOptions::weighting(const StudyInput& input) const {
  WeightingOptions options;
  if (has_targets() || targets_of_study(input)) {
    TargetOptions file;
    if (has_targets()) {
      file.file = beside_data(input, targets);
    } else {
      file.study = input.study->targets;
    }
    file.numbers = input.numbers;
    const auto kind = word_option("targets-are", targets_are, {"shares", "counts", "auto"});
    if (kind < 2) file.kind = kind == 0 ? TargetKind::shares : TargetKind::counts;
    file.normalise = normalise;
    file.segment = within;
    options.targets = std::move(file);
  }
  options.method = static_cast<Method>(
      word_option("method", method, {"rake", "poststratify", "linear", "logit"}));
  for (const auto& word : missing) {
    const auto& words = missing_policies();
    const auto found = std::find(words.begin(), words.end(), word);
    if (found != words.end()) {
      options.missing = static_cast<MissingPolicy>(found - words.begin());
      continue;
    }
    // A slip in a long word is likelier than such a text in a cell.
    const auto meant = nearest(word, {words[1], words[2]});
    if (!meant.empty())
      throw UsageError("--missing has no word '" + excerpt(word) + "'",
                       "did you mean " + meant + "?");
  }
  options.bounds.least_ratio = -std::numeric_limits<double>::infinity();
  if (options.method != Method::linear) options.bounds.least_ratio = 0;
  if (!bounds.empty()) {
    const auto words = list_parts(bounds);
    if (words.size() != 2) throw UsageError("--bounds takes two numbers such as 0.3,3");
    options.bounds.least_ratio = number_option("bounds", words[0], 0, largest_number);
    options.bounds.largest_ratio = number_option("bounds", words[1], 0, largest_number);
  }
  if (!min_weight.empty())
    options.bounds.least = number_option("min-weight", min_weight, 0, largest_number);
  if (!max_weight.empty())
    options.bounds.largest = number_option("max-weight", max_weight, 0, largest_number);
  options.stopping.tolerance = number_option("tolerance", tolerance, 1e-15, 0.1);
  options.stopping.iterations =
      static_cast<unsigned>(std::min(count_option("iterations", iterations, 1), 1000000ULL));
  options.within = within;
  if (!classes.empty()) options.classes = name_list(classes);
  options.mean_one = scale_to == "n";
  if (!scale_to.empty() && !options.mean_one) {
    options.sum = number_option("scale-to", scale_to, 0, largest_number);
    if (*options.sum == 0) throw UsageError("--scale-to takes n or a number above 0");
  }
  return options;
}

bool WeightOptions::targets_of_study(const StudyInput& input) const {
  return targets.empty() && input.study && !input.study->targets.empty() && apply.empty() &&
         trim_lower.empty() && trim_upper.empty();
}

std::optional<TrimOptions> WeightOptions::trimming() const {
  if (trim_lower.empty() && trim_upper.empty()) {
    if (trim_strictly) throw UsageError("--trim-strictly goes with --trim-lower or --trim-upper");
    return std::nullopt;
  }
  if (has_targets()) {
    throw UsageError("--trim-lower and --trim-upper would undo the margins",
                     "--min-weight and --max-weight keep both");
  }
  TrimOptions options;
  if (!trim_lower.empty())
    options.lower = number_option("trim-lower", trim_lower, 0, largest_number);
  if (!trim_upper.empty())
    options.upper = number_option("trim-upper", trim_upper, 0, largest_number);
  if (options.lower > options.upper) throw UsageError("--trim-lower is above --trim-upper");
  options.strict = trim_strictly;
  return options;
}

WeightRequest::Design WeightOptions::design() const {
  WeightRequest::Design design;
  design.strata = strata;
  design.psu = psu;
  auto& options = design.options;
  options.method = static_cast<ReplicateMethod>(
      word_option("create", create, {"jk1", "jkn", "brr", "fay", "bootstrap", "sdr"}));
  const bool counted =
      options.method == ReplicateMethod::bootstrap || options.method == ReplicateMethod::sdr;
  if (!replicate_count.empty() && !counted)
    throw UsageError("--replicate-count goes with --create bootstrap or sdr");
  options.count = options.method == ReplicateMethod::sdr ? 80 : 200;
  if (!replicate_count.empty())
    options.count = static_cast<std::size_t>(count_option("replicate-count", replicate_count, 4));
  if (!rho.empty() && options.method != ReplicateMethod::fay)
    throw UsageError("--rho goes with --create fay");
  if (!rho.empty()) options.rho = number_option("rho", rho, 0, 0.99);
  if (!seed.empty() && options.method != ReplicateMethod::bootstrap)
    throw UsageError("--seed goes with --create bootstrap");
  if (!seed.empty()) options.seed = count_option("seed", seed, 0);
  return design;
}

void WeightOptions::check(const StudyInput& input) const {
  if (!input.questions.empty())
    throw UsageError("unexpected argument '" + excerpt(input.questions[0]) + "'");
  if (!weight_file.empty() && (id.empty() || weight == "none"))
    throw UsageError("--weight-file needs --weight and --id");
  if (!id.empty() && weight_file.empty()) throw UsageError("--id goes with --weight-file");
  const bool with_targets = has_targets() || targets_of_study(input);
  if (!within.empty() && !with_targets) throw UsageError("--within goes with --targets");
  if (record && (!input.study || !with_targets))
    throw UsageError("--record goes with a study and with targets");
  if (record && (dry_run || factors))
    throw UsageError("--record goes with weights that are written");
  if (record && !weight_file.empty()) {
    throw UsageError("--record names the weight it starts from, which must be in the data",
                     "without --weight-file");
  }
  if (!classes.empty() && !respondent) throw UsageError("--classes goes with --respondent");
  if (!apply.empty() && (has_targets() || respondent))
    throw UsageError("--apply goes without --targets and --respondent");
  if (factors &&
      (!trim_lower.empty() || !trim_upper.empty() || !replicates.empty() || !create.empty()))
    throw UsageError("--factors goes without trimming and replicates");
  if (!create.empty() && !replicates.empty())
    throw UsageError("--create goes without --replicates: they are there already");
  if (create.empty() && (!strata.empty() || !psu.empty() || !replicate_count.empty() ||
                         !rho.empty() || !seed.empty())) {
    throw UsageError("--strata, --psu, --replicate-count, --rho and --seed go with --create");
  }
  word_option("replicates-are", replicates_are, {"weights", "factors"});
  if (!report_format.empty()) word_option("report-format", report_format, {"text", "json", "md"});
  if (report == "-") throw UsageError("--report takes a file");
  if (!report.empty() && report == output)
    throw UsageError("--report and --output are the same file");
  const auto& path = input.path;
  int streams = 0;
  for (const auto* each : {&path, &targets, &weight_file, &apply}) streams += *each == "-";
  if (streams > 1) throw UsageError("standard input cannot be two files at once");
  for (const auto* file : {&output, &report}) {
    if (file->empty()) continue;
    for (const auto& each : input.files()) refuse_existing(*file, force, each);
  }
  if (path == "-" && input_is_terminal()) throw UsageError("name a file of responses");
}

void WeightOptions::write_report(const WeightReport& made, bool to_error) const {
  auto format = report_format;
  if (format.empty()) {
    format = report.ends_with(".json") ? "json" : report.ends_with(".md") ? "md" : "text";
  }
  const auto bytes = format == "json" ? render_weights_json(made)
                     : format == "md" ? render_weights_md(made)
                                      : render_weights_text(made, ascii);
  if (!report.empty()) {
    write_result(report, force, bytes);
  } else if (to_error) {
    write_error(bytes);
  } else {
    write_output(bytes);
  }
}

int WeightOptions::run(const InputOptions& options, Tool& tool) const {
  auto input = find_input(options);
  check(input);
  WeightRequest request;
  request.language = language.language(input.study);
  request.weighting = weighting(input);
  request.trimming = trimming();
  for (const auto& word : missing) {
    const auto& words = missing_policies();
    if (std::find(words.begin(), words.end(), word) == words.end())
      request.rules.missing.push_back(word);
  }
  auto& no_answer = request.rules.missing;
  no_answer.insert(no_answer.end(), input.missing.begin(), input.missing.end());
  request.rules.keep_empty = keep_empty;
  request.where = where;
  request.respondent = respondent;
  request.weights.column = weight_column(input, weight);
  request.weights.id = id;
  if (!weight_file.empty()) request.weights.file = beside_data(input, weight_file);
  if (!apply.empty()) request.apply = beside_data(input, apply);
  request.replicates = replicates;
  request.replicate_factors = replicates_are == "factors";
  if (!create.empty()) request.design = design();
  const bool from_targets = has_targets() || targets_of_study(input);
  const auto path = input.path;
  const auto first = input.study ? input.study->file : path;

  const Spool spool(input.csv.file);
  if (spool.copied() > 0)
    tool.tell("copied " + grouped(spool.copied()) + " bytes of a stream to a temporary file");
  input.csv.file = spool.file();
  open_input(input, tool);
  StudyInput described;  // without the data
  if (record) {
    described.study = input.study;
    described.text = input.text;
    described.variables = input.variables;
  }
  WeightRun run(request, std::move(input), tool.issues());
  // What cannot be recorded is said before the work.
  std::string study;
  if (record) study = recorded(described, describe_weight(run.plan(), described, name, weight));
  const bool asked = !create.empty() || from_targets || respondent || !apply.empty() ||
                     request.trimming || !scale_to.empty();
  const bool to_stdout = asked && !dry_run && (output.empty() || output == "-");
  if (!run.solve(tool.issues())) {
    if (!report.empty() || !to_stdout) write_report(run.report(), to_stdout);
    return tool.refuse(run.failure());
  }
  if (!asked || dry_run) {
    run.look(tool.issues());
    write_report(run.report(), false);
    return 0;
  }
  AppendOptions append;
  append.guard = safe;
  append.names = run.names(name);
  if (!keep.empty()) append.keep = find_columns(run.header(), keep);
  const auto write_to = [&](const std::function<void(std::string_view)>& write) {
    if (factors) {
      write(run.factors());
      run.look(tool.issues());
    } else {
      run.write(append, write, tool.issues());
    }
  };
  auto& closing = run.report().closing;
  const auto tell_study = [&] {
    if (!record) return;
    write_study(described, study);
    closing.push_back("recorded in " + first);
  };
  if (to_stdout) {
    write_to(write_output);
    tell_study();
  } else {
    OutputFile file(output, force);
    write_to([&](std::string_view bytes) { file.write(bytes); });
    file.commit();
    const auto& weights = *run.report().weights;
    closing.push_back("wrote " + output +
                      (factors ? ": the factors of " + grouped(run.profiles()) + " profiles"
                               : ": " + grouped(run.rows()) + " rows, new column " + name +
                                     " (sum " + rounded(weights.sum, 1, ".", ",") + ")"));
    if (run.report().replicates > 0) {
      closing.push_back("and " + grouped(run.report().replicates) + " replicates, " +
                        append.names[1] + " to " + append.names.back());
    }
    tell_study();
    const auto data = first == path ? "" : first + " --data ";
    const auto again = " QUESTION --weight " + name;
    closing.push_back("next: " + (factors ? "sondeo-weight " + first + " --apply " + output
                                  : keep.empty()
                                      ? "sondeo-freq " + data + output + again
                                      : "sondeo-freq " + first + again + " --weight-file " +
                                            output + " --id " + keep));
  }
  write_report(run.report(), to_stdout);
  return 0;
}

}  // namespace sondeo
