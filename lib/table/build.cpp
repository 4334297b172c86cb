// SPDX-License-Identifier: MIT
#include "table/build.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "infer/distribution.h"

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
  switch (percent) {
    case Percent::column:
      return "column_percent";
    case Percent::row:
      return "row_percent";
    case Percent::total:
      break;
  }
  return "total_percent";
}

// The id of an answer is its text; one that reads like the id of a special row gets another
// underscore.
std::string row_id_of(const std::string& text) {
  for (const char* special : {"_base", "_missing", "_mean", "_sd", "_median"}) {
    if (text == special) return "_" + text;
  }
  return text;
}

std::string label_of(const std::string& text) { return text.empty() ? "(empty)" : text; }

class Builder {
 public:
  Builder(const Question& question, TableShape shape, const TableContext& context,
          const TableRules& rules)
      : question_(question), context_(context), rules_(rules), base_(rules.base) {
    if (base_ == Base::automatic) base_ = question.several() ? Base::asked : Base::answered;
    // A mean has no share for those who gave no number.
    if (question.kind == QuestionKind::number) base_ = Base::answered;
    table_.id = table_.title = question.name;
    table_.shape = shape;
    table_.base = base_text();
    table_.filter = context.filter;
    table_.weight = context.weight;
    table_.level = rules.inference.level;
    table_.low_base = rules.low_base;
    table_.very_low_base = rules.very_low_base;
  }

  Table build(const Cells& total, const std::vector<BannerPart>& parts, bool show_total) {
    total_ = source(total, 0);
    if (show_total || parts.empty()) {
      add_column({"_total", "Total", {}, BaseMark::enough, false}, total_);
    }
    for (const auto& part : parts) add_part(part);
    add_base_row();
    if (question_.kind == QuestionKind::number) {
      add_number_rows();
      table_.shown = {"mean", "sd", "median"};
    } else {
      add_category_rows(total);
      for (const auto percent : rules_.percents) table_.shown.push_back(percent_name(percent));
    }
    add_missing_row();
    add_notes();
    return std::move(table_);
  }

 private:
  std::string base_text() const {
    switch (base_) {
      case Base::asked:
        if (!rules_.asked.empty()) return "asked: " + rules_.asked;
        return question_.several() ? "all asked" : "all respondents";
      case Base::all:
        return "all respondents";
      default:
        return rules_.asked.empty() ? "all who answered"
                                    : "all who answered of those asked: " + rules_.asked;
    }
  }

  bool in_base(AnswerKind kind) const {
    if (base_ == Base::all) return true;
    if (base_ == Base::asked) {
      // Nothing but --asked says who was asked a question with a single column.
      return question_.several() && rules_.asked.empty() ? kind != AnswerKind::not_asked : true;
    }
    return kind == AnswerKind::answered || (!question_.several() && kind == AnswerKind::category);
  }

  // Select-all questions have one key of these for every respondent besides those of the options.
  bool counts_respondents(AnswerKind kind) const {
    return !question_.several() || kind != AnswerKind::category;
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
    for (std::size_t j = 0; j < part.cells.columns.size(); ++j) {
      const auto& key = part.cells.columns[j];
      if (key.kind != AnswerKind::category || key.overlap) continue;
      const auto from = source(part.cells, j);
      if (from.everybody.n == 0) continue;
      Column column;
      for (std::size_t level = 0; level < key.path.size(); ++level) {
        column.id += (level == 0 ? "" : ">") + part.variables[level] + "=" + key.path[level];
        column.path.push_back(part.variables[level]);
        const bool named = key.path.size() == 1 && !key.label.empty();
        column.path.push_back(named ? key.label : label_of(key.path[level]));
      }
      column.label = column.path.back();
      add_column(std::move(column), from);
    }
  }

  static Value number(const char* statistic, std::optional<double> value, Unit unit,
                      const char* of = "", std::string flag = "") {
    return {statistic, of, value, unit, std::move(flag)};
  }

  void add_base_row() {
    Row row{"_base", "Base", RowKind::base, 0, {}};
    const double z = t_quantile(rules_.inference.level, INFINITY);
    for (std::size_t j = 0; j < sources_.size(); ++j) {
      const auto base = bases(sources_[j].base, context_.weighted);
      const std::string mark = table_.columns[j].mark == BaseMark::enough ? ""
                               : table_.columns[j].mark == BaseMark::low  ? "low_base"
                                                                          : "very_low_base";
      const std::string none = base.effective_n ? "" : "zero_base";
      Cell cell;
      cell.values.push_back(number("n", base.n, Unit::respondents));
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

  static std::size_t find_row(const Cells& cells, const Key& key) {
    const auto found = std::lower_bound(cells.rows.begin(), cells.rows.end(), key, key_less);
    if (found == cells.rows.end() || *found != key) return cells.rows.size();
    return static_cast<std::size_t>(found - cells.rows.begin());
  }

  static Sums sums_at(const Source& from, const Key& key) {
    const auto row = find_row(*from.cells, key);
    return row == from.cells->rows.size() ? Sums{} : from.cells->at(row, from.column);
  }

  std::vector<Key> category_keys(const Cells& total) const {
    std::vector<Key> keys;
    for (std::size_t row = 0; row < total.rows.size(); ++row) {
      const auto& key = total.rows[row];
      if (key.kind != AnswerKind::category) continue;
      if (question_.kind == QuestionKind::flags || total.at(row, 0).n > 0) keys.push_back(key);
    }
    if (question_.kind == QuestionKind::flags) {
      const auto place = [&](const Key& key) {
        return std::find(question_.option_names.begin(), question_.option_names.end(), key.path[0]);
      };
      std::stable_sort(keys.begin(), keys.end(),
                       [&](const auto& a, const auto& b) { return place(a) < place(b); });
    }
    if (rules_.sort == SortRows::size) {
      const auto size = [&](const Key& key) {
        return weight_of(sums_at(total_, key), context_.weighted);
      };
      std::stable_sort(keys.begin(), keys.end(),
                       [&](const auto& a, const auto& b) { return size(a) > size(b); });
    }
    return keys;
  }

  void add_category_rows(const Cells& total) {
    for (const auto& key : category_keys(total)) {
      Row row{row_id_of(key.path[0]),
              label_of(key.label.empty() ? key.path[0] : key.label),
              RowKind::category,
              0,
              {}};
      const auto all = sums_at(total_, key);
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        const auto part = sums_at(sources_[j], key);
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

  static std::vector<ValueSums> values_of(const Source& from) {
    std::vector<ValueSums> values;
    const auto& cells = *from.cells;
    for (std::size_t row = 0; row < cells.rows.size(); ++row) {
      if (cells.rows[row].kind != AnswerKind::category || cells.at(row, from.column).n == 0)
        continue;
      values.push_back({cells.rows[row].number, cells.at(row, from.column)});
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const auto& a, const auto& b) { return a.value < b.value; });
    return values;
  }

  void add_number_rows() {
    Row means{"_mean", "Mean", RowKind::statistic, 0, {}};
    Row deviations{"_sd", "Standard deviation", RowKind::statistic, 0, {}};
    Row medians{"_median", "Median", RowKind::statistic, 0, {}};
    for (std::size_t j = 0; j < sources_.size(); ++j) {
      const auto values = values_of(sources_[j]);
      Cell cells[3];
      add_estimate(cells[0], "mean",
                   mean(values, context_.units, context_.weighted, rules_.inference), Unit::value);
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
    table_.rows.push_back(std::move(means));
    table_.rows.push_back(std::move(deviations));
    table_.rows.push_back(std::move(medians));
  }

  void add_missing_row() {
    Row row{"_missing", "Not in the base", RowKind::missing, 0, {}};
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
    if (table_.shape == TableShape::topline) {
      table_.notes.push_back("Margin of error: t times the linearised standard error, at " +
                             shortest(table_.level) + "%.");
    }
    if (question_.several()) {
      table_.notes.push_back(
          "Several answers were possible: percentages may add to more than 100.");
    }
    if (question_.kind == QuestionKind::flags && rules_.usual_ticks) {
      table_.notes.push_back(
          "Chosen: any text but 0, no, false, not selected (--ticked and --unticked say "
          "otherwise).");
    }
    const auto suppressed = [](const Column& column) { return column.suppressed; };
    if (std::any_of(table_.columns.begin(), table_.columns.end(), suppressed)) {
      static constexpr const char* kinds[] = {"unweighted", "weighted", "effective"};
      table_.notes.push_back(std::string("Dashes: ") + kinds[static_cast<int>(rules_.min_base_of)] +
                             " base below " + shortest(rules_.min_base) + ".");
    }
  }

  const Question& question_;
  const TableContext& context_;
  const TableRules& rules_;
  Base base_;
  Table table_;
  Source total_;
  std::vector<Source> sources_;
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
  return Builder(question, shape, context, rules)
      .build(total.columns.empty() ? canonical(nobody) : total, parts, show_total);
}

}  // namespace sondeo
