// SPDX-License-Identifier: MIT
#include "table/domain_table.h"

#include <cmath>

#include "codebook/study_question.h"
#include "table/stub.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {

DomainTable::DomainTable(std::string id, const Question* question,
                         const std::vector<DomainPart>& parts, std::vector<std::string> shown,
                         const EstimateContext& context)
    : table(estimate_table(std::move(id), context)) {
  if (question != nullptr && question->study != nullptr)
    table.title = short_title_of(*question->study, context.language);
  table.shown = std::move(shown);
  Row base;
  base.id = "_base";
  base.label = words_of(context.language).base;
  base.kind = RowKind::base;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto& part = parts[p];
    std::vector<std::size_t> order;
    auto columns = domain_columns(*part.domains, part.variables, context.language, order);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      table.columns.push_back(std::move(columns[i]));
      places_.push_back({p, order[i]});
      add_base(base.cells.emplace_back(), part.sums(order[i]), part.df(order[i]), context);
    }
  }
  table.rows.push_back(std::move(base));
}

void DomainTable::add(std::string id, std::string label,
                      const std::function<void(Cell&, std::size_t, std::size_t)>& fill) {
  Row row;
  row.id = std::move(id);
  row.label = std::move(label);
  for (const auto& place : places_) fill(row.cells.emplace_back(), place.part, place.domain);
  table.rows.push_back(std::move(row));
}

void add_number(Cell& cell, const std::string& statistic, const std::string& of,
                std::optional<double> number, Unit unit, const std::string& reason) {
  if (number && !std::isfinite(*number)) number.reset();
  cell.values.push_back({statistic, of, number, unit, number ? "" : reason});
}

void add_test(Cell& cell, const std::string& of, const TestResult& test) {
  const auto& reason = test.reason;
  add_number(cell, "test", of, test.statistic, Unit::none, reason);
  if (test.df) add_number(cell, "df", of, test.df, Unit::none, reason);
  if (test.denominator)
    add_number(cell, "denominator_df", of, test.denominator, Unit::none, reason);
  add_number(cell, "p", of, test.p, Unit::none, reason);
}

std::string answer_label(const Question& question, const Key& key, const EstimateContext& context) {
  if (question.study != nullptr) {
    for (const auto& code : question.study->codes) {
      if (code.code == key.path[0]) return label_of(code, context.language);
    }
  }
  return shown_text(key.label.empty() ? key.path[0] : key.label, context.language);
}

}  // namespace sondeo
