// SPDX-License-Identifier: MIT
#include "table/build.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "codebook/study_question.h"
#include "infer/distribution.h"
#include "table/base_rule.h"
#include "table/cell_values.h"
#include "table/column_order.h"
#include "table/column_tests.h"
#include "table/differences.h"
#include "table/independence.h"
#include "table/maxdiff.h"
#include "table/row_words.h"
#include "table/stub.h"
#include "table/texts.h"
#include "table/values.h"
#include "table/words.h"

namespace sondeo {
namespace {

// One column of the table as it stands in somebody's cells.
struct Source {
  const Cells* cells = nullptr;
  std::size_t column = 0;
  Sums base;
  Sums everybody;  // of the filter, in this column
};

const char* percent_name(Percent percent) {
  constexpr const char* names[] = {"column_percent", "row_percent", "total_percent"};
  return names[static_cast<std::size_t>(percent)];
}

class Builder {
 public:
  Builder(const Question& question, TableShape shape, const TableContext& context,
          const TableRules& rules)
      : question_(question),
        context_(context),
        rules_(rules),
        words_(words_of(context.language)),
        base_(question, rules.base, rules.asked) {
    table_.id = table_.title = question.name;
    if (const auto* study = question.study) {
      table_.title = shape == TableShape::topline ? wording_of(*study, context.language)
                                                  : short_title_of(*study, context.language);
      if (!study->parent.empty()) {
        table_.battery = study->parent;
        table_.battery_title = study->parent_label.in(context.language);
        table_.item = label_of(*study, context.language);
      }
    }
    table_.shape = shape;
    table_.language = context.language;
    table_.filter = context.filter;
    table_.weight = context.weight;
    table_.weight_label = context.weight_label;
    table_.synthetic = context.synthetic;
    table_.level = rules.inference.level;
    table_.low_base = rules.low_base;
    table_.very_low_base = rules.very_low_base;
    table_.sum100 = rules.sum100 && !question.several() && question.kind != QuestionKind::number &&
                    !is_maxdiff();
  }

  Table build(const Cells& total, const std::vector<BannerPart>& parts, bool show_total) {
    total_ = source(total, 0);
    table_.base = base_.text(total, context_.language);
    if (show_total || parts.empty()) {
      add_column({"_total", std::string(words_.total), {}, BaseMark::enough, false}, total_);
    }
    for (const auto& part : parts) add_part(part);
    add_base_row();
    if (question_.kind == QuestionKind::number) {
      add_statistic_rows();
      table_.shown = {"mean", "sd", "median"};
    } else if (is_maxdiff()) {
      add_maxdiff_rows();
      table_.shown = {"column_percent"};
    } else {
      add_category_rows(total);
      for (const auto percent : rules_.percents) table_.shown.push_back(percent_name(percent));
      add_difference_rows();
      if (is_scale()) add_statistic_rows();
    }
    add_missing_row();
    add_notes();
    return std::move(table_);
  }

  // Tests the columns of the table that was built, as it is by now.
  void test(Table& table) const {
    const auto tested = this->tested();
    if (!rules_.chisq.empty() && question_.kind != QuestionKind::number)
      test_independence(table, tested, question_.several(), rules_.chisq);
    if (!rules_.testing) return;
    table.testing = rules_.testing;
    compare_columns(table, tested);
  }

 private:
  TestedTable tested() const {
    TestedTable tested;
    tested.total = {total_.cells, total_.column};
    for (const auto& from : sources_) tested.columns.push_back({from.cells, from.column});
    tested.rows = tested_rows_;
    tested.base = [this](const TestedColumn& of) { return source(*of.cells, of.column).base; };
    tested.values = [this](const TestedColumn& of) {
      return values_of(question_, *of.cells, of.column);
    };
    tested.units = context_.units;
    tested.weighted = context_.weighted;
    tested.inference = rules_.inference;
    return tested;
  }

  bool is_maxdiff() const {
    return question_.study != nullptr && question_.study->kind == StudyKind::maxdiff;
  }

  bool is_scale() const {
    if (question_.study == nullptr || question_.study->kind != StudyKind::scale) return false;
    const auto& codes = question_.study->codes;
    return std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.score; });
  }

  Source source(const Cells& cells, std::size_t column) const {
    Source result{&cells, column, {}, {}};
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      const auto kind = cells.rows[row].kind;
      if (!base_.counts_respondents(kind)) continue;
      result.everybody.add(cells.at(row, column));
      if (base_.holds(kind)) result.base.add(cells.at(row, column));
    }
    return result;
  }

  void add_column(Column column, const Source& from) {
    const auto base = bases(from.base, context_.weighted);
    const double effective = base.effective_n.value_or(0);
    if (effective < rules_.very_low_base)
      column.mark = BaseMark::very_low;
    else if (effective < rules_.low_base)
      column.mark = BaseMark::low;
    const double counted = rules_.min_base_of == BaseKind::n          ? base.n
                           : rules_.min_base_of == BaseKind::weighted ? base.weighted_n
                                                                      : effective;
    column.suppressed = counted < rules_.min_base;
    table_.columns.push_back(std::move(column));
    sources_.push_back(from);
  }

  void add_part(const BannerPart& part) {
    std::vector<std::size_t> columns;
    for (std::size_t j = 0; j < part.cells.columns.size(); ++j) {
      const auto& key = part.cells.columns[j];
      if (key.kind == AnswerKind::category && !key.overlap) columns.push_back(j);
    }
    order_columns(part, columns);
    for (const auto j : columns) {
      const auto& key = part.cells.columns[j];
      const auto from = source(part.cells, j);
      if (from.everybody.n == 0 && !rules_.empty_columns) continue;
      Column column;
      for (std::size_t level = 0; level < key.path.size(); ++level) {
        const auto& variable = part.variables[level];
        const auto& text = key.path[level];
        column.id += (level == 0 ? "" : ">") + variable + "=" + text;
        const auto* study = level < part.studies.size() ? part.studies[level] : nullptr;
        const auto* code = study == nullptr ? nullptr : find_code(*study, text);
        column.path.push_back(study == nullptr ? variable : label_of(*study, context_.language));
        const bool named = key.path.size() == 1 && !key.label.empty();
        column.path.push_back(code != nullptr ? label_of(*code, context_.language)
                              : named         ? key.label
                                              : shown_text(text, context_.language));
      }
      column.label = column.path.back();
      // Tested are the answers to the innermost variable, under the same ones to the others.
      column.group = column.id.substr(0, column.id.size() - key.path.back().size() - 1);
      // A wave without a base is no wave to compare with.
      if (rules_.empty_columns && from.base.n == 0) column.group.clear();
      add_column(std::move(column), from);
    }
  }

  void add_base_row() {
    Row row{"_base", std::string(words_.base), RowKind::base, 0, {}};
    const double z = t_quantile(rules_.inference.level, INFINITY);
    for (std::size_t j = 0; j < sources_.size(); ++j) {
      const auto base = bases(sources_[j].base, context_.weighted);
      const std::string mark = table_.columns[j].mark == BaseMark::enough ? ""
                               : table_.columns[j].mark == BaseMark::low  ? "low_base"
                                                                          : "very_low_base";
      const std::string none = base.effective_n ? "" : "zero_base";
      Cell cell;
      cell.values.push_back(
          number_value("n", base.n, Unit::respondents, "", table_.synthetic ? "synthetic" : ""));
      cell.values.push_back(number_value("n_positive", base.n_positive, Unit::respondents));
      cell.values.push_back(number_value("weighted_n", base.weighted_n, Unit::weighted));
      cell.values.push_back(number_value("effective_n", base.effective_n, Unit::respondents, "",
                                         none.empty() ? mark : none));
      cell.values.push_back(number_value("deff", base.deff, Unit::none, "", none));
      std::optional<double> margin;
      const bool share = question_.kind != QuestionKind::number;
      if (base.effective_n && share) margin = 100 * z * 0.5 / std::sqrt(*base.effective_n);
      if (share) cell.values.push_back(number_value("moe", margin, Unit::percent, "", none));
      row.cells.push_back(std::move(cell));
    }
    table_.rows.push_back(std::move(row));
  }

  std::vector<StubRow> stub(const Cells& total) const {
    StubRules rules{context_.language, [this](AnswerKind kind) { return base_.holds(kind); }};
    rules.pins = rules_.pins;
    if (rules_.sort == SortRows::size) {
      const auto& by = sorting_column();
      rules.size = [this, &by](const std::vector<Key>& keys) {
        return weight_of(sums_of(*by.cells, by.column, keys), context_.weighted);
      };
    }
    return stub_of(question_, total, rules);
  }

  // The column whose largest rows come first.
  const Source& sorting_column() const {
    const auto& name = rules_.sort_column;
    if (name.empty() || name == "_total") return total_;
    std::vector<std::string> names;
    for (std::size_t j = 0; j < table_.columns.size(); ++j) {
      const auto& column = table_.columns[j];
      if (name == column.id || name == column_path(column)) return sources_[j];
      names.push_back(column.id);
    }
    const auto near = nearest(name, names);
    std::string list;
    for (const auto& each : names)
      if (list.size() < 200) list += (list.empty() ? "" : ", ") + excerpt(each, 40);
    throw Error("sort-column",
                "'" + excerpt(question_.name) + "' has no column '" + excerpt(name) +
                    "' to sort its rows by",
                near.empty() ? "its columns are " + list : "did you mean '" + excerpt(near) + "'?");
  }

  void add_category_rows(const Cells& total) {
    const auto rows = stub(total);
    for (const auto& stub_row : rows) {
      Row row{stub_row.id, stub_row.label, stub_row.kind, stub_row.indent, {}};
      row.members = members_of(stub_row, rows);
      if (is_scale() && row.kind == RowKind::category)
        row.score = value_of(question_, stub_row.keys.front());
      tested_rows_.push_back({table_.rows.size(), false, stub_row.keys});
      const auto all = sums_of(total, 0, stub_row.keys);
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        const auto part = sums_of(*sources_[j].cells, sources_[j].column, stub_row.keys);
        Cell cell;
        cell.values.push_back(number_value("n", static_cast<double>(part.n), Unit::respondents));
        cell.values.push_back(
            number_value("count", weight_of(part, context_.weighted), Unit::weighted));
        for (const auto percent : rules_.percents) {
          const auto& of = percent == Percent::column ? sources_[j].base
                           : percent == Percent::row  ? all
                                                      : total_.base;
          const auto estimate =
              percentage(part, of, context_.units, context_.weighted, rules_.inference);
          add_estimate(cell, percent_name(percent), estimate, Unit::percent);
        }
        if (table_.columns[j].suppressed) suppress(cell);
        row.cells.push_back(std::move(cell));
      }
      table_.rows.push_back(std::move(row));
    }
  }

  void add_statistic_rows() {
    const auto mean_words = question_.study == nullptr
                                ? std::string(words_.mean)
                                : mean_label(*question_.study, context_.language);
    Row means{"_mean", mean_words, RowKind::statistic, 0, {}};
    Row deviations{"_sd", std::string(words_.standard_deviation), RowKind::statistic, 0, {}};
    Row medians{"_median", std::string(words_.median), RowKind::statistic, 0, {}};
    for (std::size_t j = 0; j < sources_.size(); ++j) {
      const auto values = values_of(question_, *sources_[j].cells, sources_[j].column);
      Cell cells[3];
      add_estimate(cells[0], "mean",
                   mean(values, context_.units, context_.weighted, rules_.inference), Unit::value);
      if (question_.kind != QuestionKind::number) {
        // Not all of the base need have a score.
        const auto scored = static_cast<double>(total_of(values).n);
        cells[0].values.push_back(number_value("n", scored, Unit::respondents, "mean"));
      }
      const auto deviation = standard_deviation(values, context_.weighted);
      cells[1].values.push_back(
          number_value("sd", deviation.value, Unit::value, "", deviation.reason));
      const auto middle = median(values, context_.units, context_.weighted, rules_.inference);
      no_median_ |= values.is_summed();
      cells[2].values.push_back(
          number_value("median", middle.value, Unit::value, "", middle.value ? "" : middle.reason));
      cells[2].values.push_back(
          number_value("ci_low", middle.low, Unit::value, "median", middle.reason));
      const std::string beyond =
          middle.high || !middle.reason.empty() ? middle.reason : "beyond_last";
      cells[2].values.push_back(
          number_value("ci_high", middle.high, Unit::value, "median", beyond));
      if (table_.columns[j].suppressed) {
        for (auto& cell : cells) suppress(cell);
      }
      means.cells.push_back(std::move(cells[0]));
      deviations.cells.push_back(std::move(cells[1]));
      medians.cells.push_back(std::move(cells[2]));
    }
    tested_rows_.push_back({table_.rows.size(), true});
    table_.rows.push_back(std::move(means));
    table_.rows.push_back(std::move(deviations));
    table_.rows.push_back(std::move(medians));
  }

  // The percentage of some answers less that of others: the mean of 100, -100 and 0.
  void add_difference_rows() {
    if (question_.study == nullptr) return;
    for (const auto& difference : question_.study->differences) {
      const auto& label = difference.label.in(context_.language);
      Row row{row_id_of(difference.name),
              label.empty() ? difference.name : label,
              RowKind::statistic,
              0,
              {}};
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        const auto sides =
            sides_of(*question_.study, difference, *sources_[j].cells, sources_[j].column,
                     [&](auto kind) { return base_.holds(kind); });
        Cell cell;
        add_estimate(cell, "column_percent",
                     mean(sides, context_.units, context_.weighted, rules_.inference),
                     Unit::percent);
        if (table_.columns[j].suppressed) suppress(cell);
        row.cells.push_back(std::move(cell));
      }
      tested_rows_.push_back({table_.rows.size(), true, {}, [&](const TestedColumn& of) {
                                return sides_of(*question_.study, difference, *of.cells, of.column,
                                                [&](auto kind) { return base_.holds(kind); });
                              }});
      table_.rows.push_back(std::move(row));
    }
  }

  // How often an answer was chosen of the times that it was shown.
  void add_maxdiff_rows() {
    const auto& words = row_words_of(context_.language);
    const auto add = [&](const char* id, std::string_view label, RowKind kind, MaxDiffFigure what) {
      Row row{id, std::string(label), kind, 0, {}};
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        const auto& from = sources_[j];
        const auto counts = maxdiff_counts(*from.cells, from.column, what, context_.weighted);
        Cell cell;
        cell.values.push_back(number_value("n", counts.n, Unit::respondents));
        cell.values.push_back(number_value("count", counts.weighted, Unit::weighted));
        const bool times = what == MaxDiffFigure::shown;
        auto estimate = mean(maxdiff_values(*from.cells, from.column, what, context_.weighted),
                             context_.units, context_.weighted, rules_.inference);
        // The mean of the values is it but for its last bits, which would make a 0 look like more.
        if (estimate.value) estimate.value = counts.figure;
        add_estimate(cell, times ? "mean" : "column_percent", estimate,
                     times ? Unit::value : Unit::percent);
        if (!times) {
          cell.values.push_back(number_value("n", static_cast<double>(from.base.n),
                                             Unit::respondents, "column_percent"));
        }
        if (table_.columns[j].suppressed) suppress(cell);
        row.cells.push_back(std::move(cell));
      }
      tested_rows_.push_back({table_.rows.size(), true, {}, [this, what](const TestedColumn& of) {
                                return maxdiff_values(*of.cells, of.column, what,
                                                      context_.weighted);
                              }});
      table_.rows.push_back(std::move(row));
    };
    add("score", words.best_less_worst, RowKind::category, MaxDiffFigure::score);
    add("best", words.best, RowKind::category, MaxDiffFigure::best);
    add("worst", words.worst, RowKind::category, MaxDiffFigure::worst);
    add("shown", words.times_shown, RowKind::statistic, MaxDiffFigure::shown);
  }

  void add_missing_row() {
    Row row{"_missing", std::string(words_.not_in_base), RowKind::missing, 0, {}};
    for (const auto& from : sources_) {
      Sums outside;
      for (std::size_t i = 0; i < from.cells->rows.size(); ++i) {
        const auto kind = from.cells->rows[i].kind;
        if (base_.counts_respondents(kind) && !base_.holds(kind))
          outside.add(from.cells->at(i, from.column));
      }
      Cell cell;
      cell.values.push_back(number_value("n", static_cast<double>(outside.n), Unit::respondents));
      cell.values.push_back(
          number_value("count", weight_of(outside, context_.weighted), Unit::weighted));
      row.cells.push_back(std::move(cell));
    }
    table_.rows.push_back(std::move(row));
  }

  void add_notes() {
    auto& notes = table_.notes;
    if (table_.shape == TableShape::topline) {
      const auto* design = rules_.inference.design;
      notes.push_back(std::string(design != nullptr && design->replicates
                                      ? words_.margin_note_replicates
                                      : words_.margin_note) +
                      number_text(table_.level, words_) + std::string(words_.margin_note_end));
    }
    if (no_median_) notes.push_back(std::string(words_.no_median) + question_.name);
    if (question_.several()) notes.emplace_back(words_.several_note);
    if (is_maxdiff()) notes.emplace_back(row_words_of(context_.language).maxdiff_note);
    const bool guessed = question_.study == nullptr && rules_.usual_ticks;
    if (question_.kind == QuestionKind::flags && guessed) notes.emplace_back(words_.ticks_note);
    const auto suppressed = [](const Column& column) { return column.suppressed; };
    if (std::any_of(table_.columns.begin(), table_.columns.end(), suppressed)) {
      const auto kind = static_cast<std::size_t>(rules_.min_base_of);
      notes.push_back(std::string(words_.dashes_note[kind]) + number_text(rules_.min_base, words_) +
                      ".");
    }
    if (table_.synthetic) notes.emplace_back(words_.synthetic);
    notes.insert(notes.end(), context_.notes.begin(), context_.notes.end());
  }

  const Question& question_;
  const TableContext& context_;
  const TableRules& rules_;
  const Words& words_;
  BaseRule base_;
  bool no_median_ = false;  // the values were too many to be told apart
  Table table_;
  Source total_;
  std::vector<Source> sources_;
  std::vector<TestedRow> tested_rows_;
};

}  // namespace

Table build_table(const Question& question, const Cells& total,
                  const std::vector<BannerPart>& parts, TableShape shape, bool show_total,
                  const TableContext& context, const TableRules& rules) {
  // A file without respondents gives no cells at all: then everybody is nobody.
  Cells nobody;
  if (total.columns.empty()) {
    nobody.columns.emplace_back();
    if (question.kind == QuestionKind::flags) {
      for (const auto& name : question.option_names) {
        Key key;
        key.path = {name};
        nobody.rows.push_back(std::move(key));
      }
    }
    nobody.sums.resize(nobody.rows.size());
  }
  const auto none = canonical(nobody);
  Builder builder(question, shape, context, rules);
  auto table = builder.build(total.columns.empty() ? none : total, parts, show_total);
  add_figures(table, rules.figures);
  if (rules.min_cell > 1) withhold_small_cells(table, rules.min_cell);
  if (shape == TableShape::banner) builder.test(table);
  return table;
}

}  // namespace sondeo
