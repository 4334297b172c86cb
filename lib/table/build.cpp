// SPDX-License-Identifier: MIT
#include "table/build.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/number.h"
#include "codebook/study_question.h"
#include "infer/distribution.h"
#include "table/column_order.h"
#include "table/column_tests.h"
#include "table/differences.h"
#include "table/independence.h"
#include "table/stub.h"
#include "table/texts.h"
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

// The base that the study wants, or nothing.
Base study_base(const Question& question) {
  if (question.study == nullptr) return Base::automatic;
  const auto& base = question.study->base;
  return base == "asked"      ? Base::asked
         : base == "answered" ? Base::answered
         : base == "all"      ? Base::all
                              : Base::automatic;
}

class Builder {
 public:
  Builder(const Question& question, TableShape shape, const TableContext& context,
          const TableRules& rules)
      : question_(question),
        context_(context),
        rules_(rules),
        words_(words_of(context.language)),
        base_(rules.base == Base::automatic ? study_base(question) : rules.base) {
    if (base_ == Base::automatic) {
      base_ = question.several() ? Base::asked : Base::answered;
      missing_leave_ = question.study != nullptr;
    }
    // A mean has no share for those who gave no number.
    if (question.kind == QuestionKind::number) base_ = Base::answered;
    table_.id = table_.title = question.name;
    if (const auto* study = question.study) {
      table_.title = shape == TableShape::topline ? wording_of(*study, context.language)
                                                  : short_title_of(*study, context.language);
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
  }

  Table build(const Cells& total, const std::vector<BannerPart>& parts, bool show_total) {
    total_ = source(total, 0);
    table_.base = base_text();
    if (show_total || parts.empty()) {
      add_column({"_total", std::string(words_.total), {}, BaseMark::enough, false}, total_);
    }
    for (const auto& part : parts) add_part(part);
    add_base_row();
    if (question_.kind == QuestionKind::number) {
      add_statistic_rows();
      table_.shown = {"mean", "sd", "median"};
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
      return values_of({of.cells, of.column, {}, {}});
    };
    tested.units = context_.units;
    tested.weighted = context_.weighted;
    tested.inference = rules_.inference;
    return tested;
  }

  bool is_scale() const {
    if (question_.study == nullptr || question_.study->kind != StudyKind::scale) return false;
    const auto& codes = question_.study->codes;
    return std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.score; });
  }

  std::string base_text() const {
    const auto asked = !rules_.asked.empty()        ? rules_.asked
                       : question_.study != nullptr ? asked_of(*question_.study, context_.language)
                                                    : "";
    switch (base_) {
      case Base::asked:
        if (!asked.empty()) {
          return std::string(words_.asked) + asked +
                 std::string(missing_leave_ && any_of(AnswerKind::missing) ? words_.not_skipped
                                                                           : "");
        }
        if (!question_.several() &&
            (question_.study == nullptr || !any_of(AnswerKind::not_asked))) {
          return std::string(words_.all_respondents);
        }
        return std::string(words_.all_asked) +
               std::string(missing_leave_ && any_of(AnswerKind::missing) ? words_.not_skipped : "");
      case Base::all:
        return std::string(words_.all_respondents);
      default:
        return asked.empty() ? std::string(words_.all_answered)
                             : std::string(words_.all_answered_of) + asked + ")";
    }
  }

  bool any_of(AnswerKind kind) const {
    const auto& cells = *total_.cells;
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      if (cells.rows[row].kind == kind && cells.at(row, 0).n > 0) return true;
    }
    return false;
  }

  bool in_base(AnswerKind kind) const {
    if (base_ == Base::all) return true;
    if (base_ == Base::asked) {
      if (question_.study != nullptr) {
        return kind != AnswerKind::not_asked && !(missing_leave_ && kind == AnswerKind::missing);
      }
      // Nothing but --asked says who was asked a question with a single column.
      return question_.several() && rules_.asked.empty() ? kind != AnswerKind::not_asked : true;
    }
    return kind == AnswerKind::answered || (!question_.several() && kind == AnswerKind::category);
  }

  // Select-all questions have one key of these for every respondent besides those of the options.
  bool counts_respondents(AnswerKind kind) const {
    return !question_.several() || (kind != AnswerKind::category && kind != AnswerKind::net);
  }

  Source source(const Cells& cells, std::size_t column) const {
    Source result{&cells, column, {}, {}};
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      const auto kind = cells.rows[row].kind;
      if (!counts_respondents(kind)) continue;
      result.everybody.add(cells.at(row, column));
      if (in_base(kind)) result.base.add(cells.at(row, column));
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

  static Value number(const char* statistic, std::optional<double> value, Unit unit,
                      const char* of = "", std::string flag = "") {
    return {statistic, of, value, unit, std::move(flag)};
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
          number("n", base.n, Unit::respondents, "", table_.synthetic ? "synthetic" : ""));
      cell.values.push_back(number("n_positive", base.n_positive, Unit::respondents));
      cell.values.push_back(number("weighted_n", base.weighted_n, Unit::weighted));
      cell.values.push_back(number("effective_n", base.effective_n, Unit::respondents, "",
                                   none.empty() ? mark : none));
      cell.values.push_back(number("deff", base.deff, Unit::none, "", none));
      std::optional<double> margin;
      const bool share = question_.kind != QuestionKind::number;
      if (base.effective_n && share) margin = 100 * z * 0.5 / std::sqrt(*base.effective_n);
      if (share) cell.values.push_back(number("moe", margin, Unit::percent, "", none));
      row.cells.push_back(std::move(cell));
    }
    table_.rows.push_back(std::move(row));
  }

  std::vector<StubRow> stub(const Cells& total) const {
    StubRules rules{context_.language, [this](AnswerKind kind) { return in_base(kind); }, {}};
    if (rules_.sort == SortRows::size)
      rules.size = [this](const Sums& sums) { return weight_of(sums, context_.weighted); };
    return stub_of(question_, total, rules);
  }

  void add_category_rows(const Cells& total) {
    for (const auto& stub_row : stub(total)) {
      Row row{stub_row.id, stub_row.label, stub_row.kind, stub_row.indent, {}};
      tested_rows_.push_back({table_.rows.size(), false, stub_row.keys});
      const auto all = sums_of(total, 0, stub_row.keys);
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        const auto part = sums_of(*sources_[j].cells, sources_[j].column, stub_row.keys);
        Cell cell;
        cell.values.push_back(number("n", static_cast<double>(part.n), Unit::respondents));
        cell.values.push_back(number("count", weight_of(part, context_.weighted), Unit::weighted));
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

  static void add_estimate(Cell& cell, const char* name, const Estimate& estimate, Unit unit) {
    const bool still = estimate.reason == "no_variation";
    const auto& reason = estimate.reason;
    const std::string value_flag = estimate.value ? "" : reason;
    cell.values.push_back(number(name, estimate.value, unit, "", value_flag));
    cell.values.push_back(number("se", estimate.se, unit, name, reason));
    cell.values.push_back(number("ci_low", estimate.low, unit, name, reason));
    cell.values.push_back(number("ci_high", estimate.high, unit, name, reason));
    // A margin of 0 where everybody agrees would be a promise that nobody can keep, and one of more
    // than 100 points says no more than that nothing is known.
    const bool wide = unit == Unit::percent && estimate.margin && *estimate.margin > 100;
    cell.values.push_back(number("moe", still || wide ? std::nullopt : estimate.margin, unit, name,
                                 wide ? "beyond_100" : reason));
    cell.values.push_back(number("df", estimate.df, Unit::none, name, estimate.df ? "" : reason));
  }

  static void suppress(Cell& cell) {
    for (auto& value : cell.values) {
      value.number.reset();
      value.flag = "min_base";
    }
  }

  // The value that a row stands for: its number, or the score of its code.
  std::optional<double> value_of(const Key& key) const {
    if (key.kind != AnswerKind::category) return std::nullopt;
    if (question_.kind == QuestionKind::number) return key.number;
    const auto* code = find_code(*question_.study, key.path[0]);
    return code == nullptr ? std::nullopt : code->score;
  }

  std::vector<ValueSums> values_of(const Source& from) const {
    std::map<double, Sums> values;
    const auto& cells = *from.cells;
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      const auto value = value_of(cells.rows[row]);
      if (value && cells.at(row, from.column).n > 0) values[*value].add(cells.at(row, from.column));
    }
    std::vector<ValueSums> rising;
    for (const auto& [value, sums] : values) rising.push_back({value, sums});
    return rising;
  }

  void add_statistic_rows() {
    const auto mean_words = question_.study == nullptr
                                ? std::string(words_.mean)
                                : mean_label(*question_.study, context_.language);
    Row means{"_mean", mean_words, RowKind::statistic, 0, {}};
    Row deviations{"_sd", std::string(words_.standard_deviation), RowKind::statistic, 0, {}};
    Row medians{"_median", std::string(words_.median), RowKind::statistic, 0, {}};
    for (std::size_t j = 0; j < sources_.size(); ++j) {
      const auto values = values_of(sources_[j]);
      Cell cells[3];
      add_estimate(cells[0], "mean",
                   mean(values, context_.units, context_.weighted, rules_.inference), Unit::value);
      if (question_.kind != QuestionKind::number) {
        // Not all of the base need have a score.
        Sums scored;
        for (const auto& value : values) scored.add(value.sums);
        cells[0].values.push_back(
            number("n", static_cast<double>(scored.n), Unit::respondents, "mean"));
      }
      const auto deviation = standard_deviation(values, context_.weighted);
      cells[1].values.push_back(number("sd", deviation.value, Unit::value, "", deviation.reason));
      const auto middle = median(values, context_.units, context_.weighted, rules_.inference);
      cells[2].values.push_back(
          number("median", middle.value, Unit::value, "", middle.value ? "" : middle.reason));
      cells[2].values.push_back(number("ci_low", middle.low, Unit::value, "median", middle.reason));
      const std::string beyond =
          middle.high || !middle.reason.empty() ? middle.reason : "beyond_last";
      cells[2].values.push_back(number("ci_high", middle.high, Unit::value, "median", beyond));
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
        const auto sides = sides_of(*question_.study, difference, *sources_[j].cells,
                                    sources_[j].column, [&](auto kind) { return in_base(kind); });
        Cell cell;
        add_estimate(cell, "column_percent",
                     mean(sides, context_.units, context_.weighted, rules_.inference),
                     Unit::percent);
        if (table_.columns[j].suppressed) suppress(cell);
        row.cells.push_back(std::move(cell));
      }
      tested_rows_.push_back({table_.rows.size(), true, {}, [&](const TestedColumn& of) {
                                return sides_of(*question_.study, difference, *of.cells, of.column,
                                                [&](auto kind) { return in_base(kind); });
                              }});
      table_.rows.push_back(std::move(row));
    }
  }

  void add_missing_row() {
    Row row{"_missing", std::string(words_.not_in_base), RowKind::missing, 0, {}};
    for (const auto& from : sources_) {
      Sums outside;
      for (std::size_t i = 0; i < from.cells->rows.size(); ++i) {
        const auto kind = from.cells->rows[i].kind;
        if (counts_respondents(kind) && !in_base(kind)) outside.add(from.cells->at(i, from.column));
      }
      Cell cell;
      cell.values.push_back(number("n", static_cast<double>(outside.n), Unit::respondents));
      cell.values.push_back(number("count", weight_of(outside, context_.weighted), Unit::weighted));
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
                      number_text(table_.level) + std::string(words_.margin_note_end));
    }
    if (question_.several()) notes.emplace_back(words_.several_note);
    const bool guessed = question_.study == nullptr && rules_.usual_ticks;
    if (question_.kind == QuestionKind::flags && guessed) notes.emplace_back(words_.ticks_note);
    const auto suppressed = [](const Column& column) { return column.suppressed; };
    if (std::any_of(table_.columns.begin(), table_.columns.end(), suppressed)) {
      const auto kind = static_cast<std::size_t>(rules_.min_base_of);
      notes.push_back(std::string(words_.dashes_note[kind]) + number_text(rules_.min_base) + ".");
    }
    if (table_.synthetic) notes.emplace_back(words_.synthetic);
    notes.insert(notes.end(), context_.notes.begin(), context_.notes.end());
  }

  std::string number_text(double number) const {
    auto text = shortest(number);
    const auto point = text.find('.');
    if (point != std::string::npos) text.replace(point, 1, words_.decimal);
    return text;
  }

  const Question& question_;
  const TableContext& context_;
  const TableRules& rules_;
  const Words& words_;
  Base base_;
  bool missing_leave_ = false;  // of those asked, the ones whose answer is missing are not the base
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
