// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "codebook/study.h"
#include "codebook/study_names.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

void read_head(StudySource& source, const TomlNode& table, Study& study) {
  const Fields fields(
      source, table, "[study]",
      {"name", "title", "note", "synthetic", "languages", "data", "weight", "wave"});
  study.languages = fields.list("languages");
  for (std::size_t i = 0; i < study.languages.size(); ++i) {
    const auto& language = study.languages[i];
    if (trim(language).empty())
      fields.refuse("languages", "study-type", "a language without a name");
    if (std::find(study.languages.begin(), study.languages.begin() + i, language) !=
        study.languages.begin() + i) {
      fields.refuse("languages", "study-duplicate",
                    "the language '" + excerpt(language) + "' stands twice");
    }
  }
  source.languages = study.languages;
  study.name = fields.text("name");
  study.title = fields.texts("title");
  study.note = fields.texts("note");
  study.synthetic = fields.flag("synthetic");
  study.data = fields.text("data");
  study.weight = fields.text("weight");
  study.wave = fields.text("wave");
}

StudyFormat read_format(const StudySource& source, const TomlNode& table) {
  const Fields fields(
      source, table, "[format]",
      {"delimiter", "encoding", "decimal", "thousands", "header_rows", "layout", "missing"});
  StudyFormat format;
  format.delimiter = fields.text("delimiter");
  const auto& sign = format.delimiter;
  const bool usable = sign == "tab" || sign == "auto" ||
                      (sign.size() == 1 && sign[0] != '"' && sign[0] != '\n' && sign[0] != '\r' &&
                       static_cast<unsigned char>(sign[0]) < 0x80);
  if (fields.has("delimiter") && !usable) {
    fields.refuse("delimiter", "study-type",
                  "'delimiter' is one character or the word tab, not '" + excerpt(sign) + "'");
  }
  format.encoding = fields.text("encoding");
  format.decimal = fields.word("decimal", {".", ","});
  format.thousands = fields.text("thousands");
  const auto& mark = format.thousands;
  if (!mark.empty() && (mark == (format.decimal.empty() ? "." : format.decimal) ||
                        (mark[0] >= '0' && mark[0] <= '9'))) {
    fields.refuse("thousands", "study-type",
                  "'" + excerpt(mark) + "' cannot be the thousands mark");
  }
  if (const auto rows = fields.number("header_rows")) {
    if (*rows != 1 && *rows != 2 && *rows != 3) {
      fields.refuse("header_rows", "study-type",
                    "'header_rows' is 1, 2 or 3, not " + shortest(*rows));
    }
    format.header_rows = static_cast<unsigned>(*rows);
  }
  format.layout = fields.text("layout");
  format.missing = fields.list("missing");
  return format;
}

StudyWeight read_weight(const StudySource& source, const TomlNode& table) {
  const Fields fields(source, table, "[[weight]]",
                      {"name", "column", "label", "margins", "calibration", "design_weight"});
  StudyWeight weight;
  weight.name = fields.name("name");
  weight.column = fields.text("column");
  weight.label = fields.texts("label");
  weight.margins = fields.list("margins");
  weight.calibration = fields.word("calibration", {"raking", "regression"});
  weight.design_weight = fields.text("design_weight");
  weight.at = fields.place();
  if (weight.name == "none")
    fields.refuse("name", "study-type", "'none' stands for no weight and cannot be a name");
  return weight;
}

StudyTarget::Cell read_cell(const StudySource& source, const TomlNode& table, bool& counts) {
  const Fields fields(source, table, "a cell of [[target]]", {"category", "share", "count"});
  counts = fields.has("count");
  const std::string_view key = counts ? "count" : "share";
  if (!fields.has("category") || !fields.has(key) || (counts && fields.has("share"))) {
    source.refuse(table, "study-key", "a cell has a category, and a share or a count",
                  "{ category = \"North\", share = 26 }");
  }
  StudyTarget::Cell cell;
  cell.at = fields.place();
  cell.category = fields.code_of(*fields.find("category"), "category");
  cell.target = *fields.number(key);
  if (cell.target < 0) {
    fields.refuse(key, "study-type",
                  "the target is " + shortest(cell.target) + "; targets must not be negative");
  }
  return cell;
}

StudyTarget read_target(const StudySource& source, const TomlNode& table) {
  const Fields fields(source, table, "[[target]]", {"variable", "segment", "cells", "total"});
  StudyTarget target;
  target.at = fields.place();
  target.variable = fields.text("variable");
  if (const auto* segment = fields.find("segment"))
    target.segment = fields.code_of(*segment, "segment");
  target.total = fields.number("total");
  if (fields.has("cells") == fields.has("total")) {
    source.refuse(table, "study-key",
                  fields.has("total") ? "[[target]] has cells and a total"
                                      : "[[target]] has neither cells nor a total",
                  "cells = [{ category = \"North\", share = 26 }], or total = 980000 of a number");
  }
  if (fields.has("cells") && target.variable.empty()) {
    source.refuse(table, "study-key", "[[target]] has cells of no variable",
                  "variable = \"region\"");
  }
  for (const auto* each : fields.tables("cells")) {
    bool counts = false;
    target.cells.push_back(read_cell(source, *each, counts));
    if (target.cells.size() == 1) target.counts = counts;
    if (target.counts == counts) continue;
    source.refuse(*each, "study-key", "the cells of one [[target]] are all shares or all counts");
  }
  return target;
}

StudyReplicates read_replicates(const StudySource& source, const TomlNode& table) {
  const Fields fields(source, table, "[design.replicates]",
                      {"columns", "method", "scale", "rscales", "rho", "combined", "mse"});
  StudyReplicates replicates;
  replicates.columns = fields.name("columns");
  replicates.method =
      fields.word("method", {"brr", "fay", "jk1", "jkn", "jk2", "bootstrap", "sdr"});
  if (replicates.method.empty())
    fields.refuse("method", "study-key", "has no 'method'", "such as method = \"brr\"");
  replicates.scale = fields.number("scale");
  if (replicates.scale && *replicates.scale <= 0)
    fields.refuse("scale", "study-type", "'scale' is above 0");
  replicates.rscales = fields.numbers("rscales");
  for (const double each : replicates.rscales)
    if (each < 0) fields.refuse("rscales", "study-type", "'rscales' are not negative");
  replicates.rho = fields.number("rho");
  if (replicates.rho && (*replicates.rho < 0 || *replicates.rho >= 1))
    fields.refuse("rho", "study-type", "'rho' is from 0 to below 1");
  if (replicates.rho.has_value() != (replicates.method == "fay")) {
    fields.refuse("rho", "study-key",
                  replicates.rho ? "'rho' is for method = \"fay\"" : "method \"fay\" needs 'rho'");
  }
  replicates.combined = fields.flag("combined");
  replicates.mse = fields.flag("mse");
  return replicates;
}

StudyDesign read_design(const StudySource& source, const TomlNode& table) {
  const Fields fields(source, table, "[design]",
                      {"strata", "clusters", "fpc", "nest", "lonely_psu", "replicates"});
  StudyDesign design;
  design.strata = fields.list("strata");
  design.clusters = fields.list("clusters");
  design.fpc = fields.list("fpc");
  design.nest = fields.flag("nest");
  design.lonely_psu = fields.word("lonely_psu", {"fail", "certainty", "centered", "scaled",
                                                 "centered-domain", "scaled-domain"});
  if (const auto* replicates = fields.find("replicates"))
    design.replicates = read_replicates(source, *replicates);
  const auto stages = std::max<std::size_t>(design.clusters.size(), 1);
  for (const auto& [key, list] : {std::pair{"strata", &design.strata}, {"fpc", &design.fpc}}) {
    if (list->size() > stages) {
      fields.refuse(key, "study-type",
                    "'" + std::string(key) + "' has " + std::to_string(list->size()) +
                        " names, one a stage, and the design has " + std::to_string(stages) +
                        (stages == 1 ? " stage" : " stages"),
                    "strata of several questions are a question with cross = [...]");
    }
  }
  return design;
}

// The languages of the texts, in order of first use.
class Languages {
 public:
  explicit Languages(Words& found) : found_(found) {}
  void add(const Texts& texts) {
    for (const auto& [language, text] : texts.by_language) {
      if (!language.empty() && std::find(found_.begin(), found_.end(), language) == found_.end())
        found_.push_back(language);
    }
  }
  void add(const std::vector<StudyCode>& codes, const std::vector<StudyNet>& nets) {
    for (const auto& code : codes) add(code.label);
    for (const auto& net : nets) add(net.label);
  }

 private:
  Words& found_;
};

void find_languages(Study& study) {
  Languages languages(study.languages);
  languages.add(study.title);
  languages.add(study.note);
  for (const auto& weight : study.weights) languages.add(weight.label);
  for (const auto& list : study.lists) languages.add(list.codes, list.nets);
  for (const auto& question : study.questions) {
    for (const auto* texts :
         {&question.text, &question.label, &question.asked_text, &question.unit})
      languages.add(*texts);
    languages.add(question.codes, question.nets);
    for (const auto& difference : question.differences) languages.add(difference.label);
    for (const auto& item : question.items) languages.add(item.label);
  }
}

}  // namespace

Study parse_study(std::string_view text, const std::string& file) {
  const auto root = parse_toml(text, file);
  StudySource source(text, file);
  const Fields fields(
      source, root, "the study file",
      {"study", "format", "weight", "target", "design", "list", "question", "book"});
  Study study;
  study.file = file;
  if (const auto* head = fields.find("study")) read_head(source, *head, study);
  if (!fields.has("question")) {
    throw Error(Place{file, 1, 1}, "study-empty", "the study has no question",
                "a question begins with [[question]] and name = \"...\"");
  }
  if (const auto* format = fields.find("format")) study.format = read_format(source, *format);
  for (const auto* weight : fields.tables("weight"))
    study.weights.push_back(read_weight(source, *weight));
  for (const auto* target : fields.tables("target"))
    study.targets.push_back(read_target(source, *target));
  if (const auto* design = fields.find("design")) study.design = read_design(source, *design);
  for (const auto* list : fields.tables("list")) study.lists.push_back(read_list(source, *list));
  std::size_t codes = 0;
  for (const auto* question : fields.tables("question")) {
    study.questions.push_back(read_question(source, *question, study.lists));
    count_codes(study.questions.back(), study.questions.back().codes.size(), codes);
  }
  if (study.languages.empty()) find_languages(study);
  check_study(source, root, study);
  return study;
}

}  // namespace sondeo
