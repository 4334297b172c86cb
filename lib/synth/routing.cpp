// SPDX-License-Identifier: MIT
#include "synth/routing.h"

#include <algorithm>
#include <utility>

#include "codebook/bind.h"
#include "data/filter.h"
#include "data/question_coders.h"
#include "synth/columns.h"

namespace sondeo {
namespace {

constexpr std::size_t block_rows = 1 << 14;

// Some respondents as the block of a file that would hold these columns. Texts that need quotes
// get them, since the cells of a block are as they stand in a file.
class SampleBlock {
 public:
  SampleBlock(const std::vector<const SampleColumn*>& columns, std::size_t first,
              std::size_t rows) {
    for (std::size_t row = first; row < first + rows; ++row) {
      starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
      for (const auto* column : columns) {
        append(column->texts[column->cells[row]]);
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
        bytes_ += ',';
      }
    }
    bytes_.append(64, '\0');
    block_.bytes = bytes_.data();
    block_.starts = starts_.data();
    block_.ends = ends_.data();
    block_.rows = rows;
    block_.columns = columns.size();
    block_.first_row = first;
  }

  const Block& block() const { return block_; }

 private:
  void append(const std::string& text) {
    if (!text.starts_with('"')) {
      bytes_ += text;
      return;
    }
    bytes_ += '"';
    for (const char c : text) bytes_.append(c == '"' ? 2 : 1, c);
    bytes_ += '"';
  }

  std::string bytes_;
  std::vector<std::uint32_t> starts_, ends_;
  Block block_;
};

}  // namespace

Routing::Routing(const std::vector<StudyQuestion>& variables, std::string file)
    : variables_(variables), file_(std::move(file)) {}

void Routing::add(const std::string& name, std::vector<std::size_t>& found) const {
  for (std::size_t i = 0; i < variables_.size(); ++i) {
    if (variables_[i].name != name) continue;
    if (std::find(found.begin(), found.end(), i) != found.end()) return;
    found.push_back(i);
    for (const auto& other : names_used(variables_[i])) add(other, found);
    return;
  }
}

std::vector<std::size_t> Routing::needed(const Expr& condition) const {
  std::vector<std::size_t> found;
  for (const auto& name : names_of(condition)) {
    if (name.kind == ExprKind::name) add(name.text, found);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<char> Routing::holds(const Expr& condition, const Sample& sample) const {
  std::vector<const SampleColumn*> columns;
  Header header{file_, 1, {}};
  for (const auto& column : sample.columns) {
    // All that were made: a condition may name a column that is no question.
    columns.push_back(&column);
    header.names.push_back(column.name);
  }
  std::vector<Question> questions;
  std::vector<std::size_t> all;
  for (const auto variable : needed(condition)) {
    all.push_back(questions.size());
    questions.push_back(bind(variables_[variable], header));
  }
  const CodingContext context{file_, {}, {}};
  QuestionCoders coders(questions, all, header, context);
  Filter filter(condition, header, coders.named(), context);
  std::vector<char> result;
  result.reserve(sample.size());
  std::vector<Truth> truths;
  for (std::size_t first = 0; first < sample.size(); first += block_rows) {
    const SampleBlock rows(columns, first, std::min(block_rows, sample.size() - first));
    coders.code(rows.block());
    filter.evaluate(rows.block(), truths);
    for (const auto truth : truths) result.push_back(truth == Truth::yes ? 1 : 0);
  }
  return result;
}

}  // namespace sondeo
