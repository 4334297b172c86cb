// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "synth/random.h"
#include "synth/synthesis.h"

namespace sondeo {
namespace {

char delimiter_of(const Study& study) {
  const auto& text = study.format.delimiter;
  if (text.empty()) return ',';
  if (text == "tab" || text == "\\t") return '\t';
  if (text.size() == 1 && text[0] != '"' && text[0] != '\n' && text[0] != '\r') return text[0];
  throw Error({study.file}, "synth-format", "the delimiter '" + excerpt(text) + "' is no one sign");
}

void check_format(const Study& study) {
  const auto& format = study.format;
  const auto refuse = [&](const std::string& what, const std::string& hint) {
    throw Error({study.file}, "synth-format", what, hint);
  };
  const auto encoding = ascii_lower(format.encoding);
  if (!encoding.empty() && encoding != "utf-8" && encoding != "utf8")
    refuse("synthetic data are UTF-8, not " + format.encoding, "leave encoding out of [format]");
  if (format.header_rows != 1)
    refuse("synthetic data have one header row", "leave header_rows out of [format]");
  if (!format.layout.empty() && format.layout != "csv")
    refuse("synthetic data are one row a respondent, not " + format.layout,
           "leave layout out of [format]");
}

// A cell in quotes where RFC 4180 needs them.
void append_cell(std::string& out, const std::string& text, char delimiter) {
  if (text.find_first_of(std::string("\"\r\n") + delimiter) == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

std::string weight_text(std::int64_t weight, char decimal) {
  return std::to_string(weight / weight_unit) + decimal +
         std::to_string(weight_unit + weight % weight_unit).substr(1);
}

struct WeightColumn {
  std::string name;
  std::vector<std::int64_t> weights;
};

// The weight that the targets hold for, and others that only look like weights.
std::vector<WeightColumn> weight_columns(const Study& study, const Synthesis& synthesis) {
  const auto& sample = synthesis.sample;
  std::vector<WeightColumn> columns;
  const auto add = [&](const std::string& name, const std::string& column, bool main) {
    const auto& header = column.empty() ? name : column;
    if (std::any_of(columns.begin(), columns.end(),
                    [&](const WeightColumn& each) { return each.name == header; })) {
      return;
    }
    const Draws draws(sample.seed, "weight " + name);
    columns.push_back({header, main ? sample.weights : draw_weights(draws, sample.size())});
  };
  for (const auto& weight : study.weights)
    add(weight.name, weight.column, weight.name == study.weight);
  for (const auto& question : study.questions) {
    if (question.kind == StudyKind::weight)
      add(question.name, question.columns.empty() ? "" : question.columns[0], false);
  }
  return columns;
}

}  // namespace

void write_sample(const Study& study, const Synthesis& synthesis,
                  const std::function<void(std::string_view)>& write) {
  check_format(study);
  const auto& sample = synthesis.sample;
  const char delimiter = delimiter_of(study);
  const char decimal = study.format.decimal == "," ? ',' : '.';
  const auto weights = weight_columns(study, synthesis);
  constexpr std::size_t piece = 1 << 18;
  std::string out;
  const auto end_record = [&] {
    out.back() = '\n';
    if (out.size() < piece) return;
    write(out);
    out.clear();
  };
  const auto cell = [&](const std::string& text) {
    append_cell(out, text, delimiter);
    out += delimiter;
  };
  for (const auto& column : sample.columns) cell(column.name);
  for (const auto& column : weights) cell(column.name);
  end_record();
  for (std::size_t i = 0; i < sample.size(); ++i) {
    for (const auto& column : sample.columns) cell(column.texts[column.cells[i]]);
    for (const auto& column : weights) cell(weight_text(column.weights[i], decimal));
    end_record();
  }
  write(out);
}

}  // namespace sondeo
