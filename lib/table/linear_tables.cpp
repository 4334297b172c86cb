// SPDX-License-Identifier: MIT
// Tables of means, totals, shares, ratios, variances and cross-tabulations.
#include <algorithm>
#include <cmath>
#include <limits>

#include "codebook/study_question.h"
#include "table/estimates.h"
#include "table/stub.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

// One domain of one part, as a column.
struct Domain {
  const LinearEstimator* estimator = nullptr;
  std::size_t domain = 0;
  std::vector<double> variances;
};

const char* name_of(Measure measure) {
  switch (measure) {
    case Measure::mean:
      return "mean";
    case Measure::total:
      return "total";
    case Measure::share:
      return "column_percent";
    case Measure::count:
    case Measure::cell_count:
      return "count";
    case Measure::ratio:
      return "ratio";
    case Measure::variance:
      return "variance";
    case Measure::cell_share:
      return "total_percent";
    case Measure::row_share:
      return "row_percent";
    case Measure::column_share:
      return "column_percent";
  }
  return "";
}

Unit unit_of(Measure measure) {
  switch (measure) {
    case Measure::mean:
    case Measure::total:
    case Measure::variance:
    case Measure::ratio:
      return Unit::value;
    case Measure::count:
    case Measure::cell_count:
      return Unit::weighted;
    default:
      return Unit::percent;
  }
}

class Builder {
 public:
  Builder(const std::vector<LinearPart>& parts, const EstimateContext& context)
      : context_(context), words_(words_of(context.language)) {
    for (const auto& part : parts) {
      std::vector<std::size_t> order;
      auto columns =
          domain_columns(part.estimator->domains(), part.variables, context.language, order);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        columns_.push_back(std::move(columns[i]));
        domains_.push_back({part.estimator, order[i], part.estimator->variances(order[i])});
      }
    }
  }

  // A table with a base row and the domains as columns.
  Table start(std::string id, const Question* question, std::vector<std::string> shown) const {
    auto table = estimate_table(std::move(id), context_);
    if (question != nullptr && question->study != nullptr)
      table.title = short_title_of(*question->study, context_.language);
    table.columns = columns_;
    table.shown = std::move(shown);
    Row base;
    base.id = "_base";
    base.label = words_.base;
    base.kind = RowKind::base;
    for (const auto& domain : domains_) {
      add_base(base.cells.emplace_back(), domain.estimator->sums(domain.domain),
               domain.estimator->df({domain.domain}), context_);
    }
    table.rows.push_back(std::move(base));
    return table;
  }

  // Adds a statistic to the cell: that of a domain which `wanted` finds; nothing if it has none.
  template <class Wanted>
  void add(Cell& cell, const Domain& domain, const Wanted& wanted) const {
    const auto& statistics = domain.estimator->statistics();
    const auto found = std::find_if(statistics.begin(), statistics.end(), wanted);
    if (found == statistics.end()) return;
    const auto position = static_cast<std::size_t>(found - statistics.begin());
    const auto& sums = domain.estimator->sums(domain.domain);
    Estimated estimated;
    estimated.statistic = name_of(found->measure);
    estimated.unit = unit_of(found->measure);
    estimated.value = domain.estimator->value(domain.domain, position);
    estimated.variance = domain.variances[position];
    const bool part =
        found->measure == Measure::row_share || found->measure == Measure::column_share;
    estimated.df = part ? domain.estimator->df_of_part(domain.domain, found->bottom)
                        : domain.estimator->df({domain.domain});
    estimated.n = part ? domain.estimator->rows_of_part(domain.domain, found->bottom)
                       : static_cast<double>(sums.positive_rows);
    if (sums.weight_squares > 0)
      estimated.effective_n = sums.totals[0] * sums.totals[0] / sums.weight_squares;
    estimated.effective_n = std::min(estimated.effective_n, estimated.n);
    if (sums.positive_rows > 0) {
      estimated.srs_variance =
          domain.estimator->srs_variance(domain.domain, position, context_.deff_with_replacement);
    }
    if (found->measure == Measure::share || found->measure == Measure::cell_share) {
      cell.values.push_back({"n", "", domain.estimator->rows_of_part(domain.domain, found->top),
                             Unit::respondents, ""});
    }
    add_estimated(cell, estimated, context_);
  }

  template <class Wanted>
  Row row(std::string id, std::string label, const Wanted& wanted) const {
    Row row;
    row.id = std::move(id);
    row.label = std::move(label);
    for (const auto& domain : domains_) add(row.cells.emplace_back(), domain, wanted);
    return row;
  }

  // The levels of a category in any of the domains, in their order.
  std::vector<Key> levels(std::size_t category) const {
    std::vector<Key> keys;
    for (const auto& domain : domains_) {
      for (const auto& key : domain.estimator->levels(category)) {
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
      }
    }
    return keys;
  }

  std::string label_of_level(const Question& question, const Key& key) const {
    if (question.study != nullptr) {
      for (const auto& code : question.study->codes) {
        if (code.code == key.path[0]) return label_of(code, context_.language);
      }
    }
    return shown_text(key.label.empty() ? key.path[0] : key.label, context_.language);
  }

  static std::size_t level_in(const LinearEstimator& estimator, std::size_t category,
                              const Key& key) {
    const auto& levels = estimator.levels(category);
    return static_cast<std::size_t>(std::find(levels.begin(), levels.end(), key) - levels.begin());
  }

  Table number_table(const Question& question, std::size_t v, bool total) const {
    const auto* statistic = total ? "total" : "mean";
    auto table =
        start(question.name, &question, {statistic, "se", "ci_low", "ci_high", "df", "deff"});
    table.rows.push_back(
        row(std::string("_") + statistic, std::string(total ? words_.sum : words_.mean),
            [&](const Statistic& s) {
              return s.measure == (total ? Measure::total : Measure::mean) && s.a == v;
            }));
    return table;
  }

  Table category_table(const Question& question, std::size_t c, bool total) const {
    auto table =
        start(question.name, &question,
              total ? std::vector<std::string>{"count", "se", "ci_low", "ci_high", "n"}
                    : std::vector<std::string>{"column_percent", "se", "ci_low", "ci_high", "n"});
    for (const auto& key : levels(c)) {
      Row line;
      line.id = row_id_of(key.path[0]);
      line.label = label_of_level(question, key);
      line.kind = key.kind == AnswerKind::net ? RowKind::net : RowKind::category;
      for (const auto& domain : domains_) {
        auto& cell = line.cells.emplace_back();
        const auto level = level_in(*domain.estimator, c, key);
        for (const auto measure : {Measure::share, Measure::count}) {
          add(cell, domain, [&](const Statistic& s) {
            return s.measure == measure && s.variable == c && s.a == level;
          });
        }
      }
      table.rows.push_back(std::move(line));
    }
    return table;
  }

  Table ratio_table(const Question& above, const Question& below) const {
    auto table = start(above.name + "/" + below.name, nullptr,
                       {"ratio", "se", "ci_low", "ci_high", "df", "deff"});
    table.rows.push_back(row("_ratio", std::string(words_.ratio),
                             [](const Statistic& s) { return s.measure == Measure::ratio; }));
    return table;
  }

  Table variance_table(const std::vector<const Question*>& numbers) const {
    std::string id;
    for (const auto* number : numbers) id += (id.empty() ? "" : ",") + number->name;
    auto table = start(id, nullptr, {"variance", "se", "ci_low", "ci_high", "df"});
    for (std::size_t a = 0; a < numbers.size(); ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        const auto name = a == b ? numbers[a]->name : numbers[b]->name + "," + numbers[a]->name;
        table.rows.push_back(row(
            row_id_of(name), std::string(a == b ? words_.variance : words_.covariance) + " " + name,
            [&](const Statistic& s) { return s.a == a && s.b == b; }));
        if (a == b) continue;
        for (std::size_t d = 0; d < domains_.size(); ++d) {
          const auto correlation = correlation_of(domains_[d], a, b);
          table.rows.back().cells[d].values.push_back(
              {"correlation", "",
               std::isnan(correlation) ? std::nullopt : std::optional(correlation), Unit::none,
               std::isnan(correlation) ? "no_variation" : ""});
        }
      }
    }
    return table;
  }

  Table crosstab(const Question& rows, const Question& columns) const {
    auto table = start(rows.name + " * " + columns.name, nullptr,
                       {"column_percent", "row_percent", "total_percent", "count"});
    const auto down = levels(0);
    const auto across = levels(1);
    table.columns.clear();
    auto& base = table.rows[0];
    const auto bases = std::move(base.cells);
    base.cells.clear();
    for (const auto& key : down) {
      Row line;
      line.id = row_id_of(key.path[0]);
      line.label = label_of_level(rows, key);
      table.rows.push_back(std::move(line));
    }
    Row total;
    total.id = "_total";
    total.label = words_.total;
    table.rows.push_back(std::move(total));
    for (std::size_t d = 0; d < domains_.size(); ++d) {
      const auto& domain = domains_[d];
      for (std::size_t b = 0; b <= across.size(); ++b) {
        table.columns.push_back(columns_[d]);
        table.rows[0].cells.push_back(b == 0 ? bases[d] : part_base(domain, across[b - 1]));
        if (b > 0) name_column(table.columns.back(), columns, across[b - 1]);
        for (std::size_t a = 0; a <= down.size(); ++a) {
          auto& cell = table.rows[1 + a].cells.emplace_back();
          const auto i = a < down.size() ? level_in(*domain.estimator, 0, down[a]) : 0;
          const auto j = b > 0 ? level_in(*domain.estimator, 1, across[b - 1]) : 0;
          if (a == down.size() && b == 0) continue;  // everybody
          add_crosstab_cell(cell, domain, a<down.size(), b> 0, i, j);
        }
      }
    }
    return table;
  }

 private:
  double correlation_of(const Domain& domain, std::size_t a, std::size_t b) const {
    double values[3] = {};
    const std::pair<std::size_t, std::size_t> pairs[] = {{a, b}, {a, a}, {b, b}};
    for (std::size_t i = 0; i < 3; ++i) {
      const auto& statistics = domain.estimator->statistics();
      for (std::size_t s = 0; s < statistics.size(); ++s) {
        if (statistics[s].a == pairs[i].first && statistics[s].b == pairs[i].second)
          values[i] = domain.estimator->value(domain.domain, s);
      }
    }
    const double below = std::sqrt(values[1]) * std::sqrt(values[2]);
    return below > 0 ? values[0] / below : std::numeric_limits<double>::quiet_NaN();
  }

  void add_crosstab_cell(Cell& cell, const Domain& domain, bool in_row, bool in_column,
                         std::size_t i, std::size_t j) const {
    const auto add_one = [&](Measure measure, std::size_t variable, std::size_t a, std::size_t b) {
      add(cell, domain, [&](const Statistic& s) {
        return s.measure == measure && s.variable == variable && s.a == a && s.b == b;
      });
    };
    if (in_row && in_column) {
      for (const auto measure :
           {Measure::cell_share, Measure::cell_count, Measure::row_share, Measure::column_share}) {
        add_one(measure, 0, i, j);
      }
      return;
    }
    // Margins: shares in the whole table.
    const auto before = cell.values.size();
    add_one(Measure::share, in_row ? 0 : 1, in_row ? i : j, 0);
    for (auto v = before; v < cell.values.size(); ++v) {
      auto& value = cell.values[v];
      for (auto* name : {&value.statistic, &value.of}) {
        if (*name == "column_percent") *name = "total_percent";
      }
    }
    add_one(Measure::count, in_row ? 0 : 1, in_row ? i : j, 0);
  }

  // What is known of the base of one column of the table.
  Cell part_base(const Domain& domain, const Key& key) const {
    Cell cell;
    const auto level = level_in(*domain.estimator, 1, key);
    const auto& statistics = domain.estimator->statistics();
    for (std::size_t s = 0; s < statistics.size(); ++s) {
      const auto& statistic = statistics[s];
      if (statistic.measure != Measure::count || statistic.variable != 1 || statistic.a != level)
        continue;
      cell.values.push_back({"n", "", domain.estimator->rows_of_part(domain.domain, statistic.top),
                             Unit::respondents, ""});
      cell.values.push_back(
          {"weighted_n", "", domain.estimator->value(domain.domain, s), Unit::weighted, ""});
    }
    return cell;
  }

  void name_column(Column& column, const Question& question, const Key& key) const {
    const auto name = question.name + "=" + key.path[0];
    column.id = column.id == "_total" ? name : column.id + ">" + name;
    column.label = label_of_level(question, key);
    column.path.push_back(question.study == nullptr ? question.name
                                                    : label_of(*question.study, context_.language));
    column.path.push_back(column.label);
  }

  const EstimateContext& context_;
  const Words& words_;
  std::vector<Column> columns_;
  std::vector<Domain> domains_;
};

}  // namespace

std::vector<Table> linear_tables(LinearKind kind, const std::vector<const Question*>& numbers,
                                 const std::vector<const Question*>& categories,
                                 const std::vector<LinearPart>& parts,
                                 const EstimateContext& context) {
  const Builder builder(parts, context);
  switch (kind) {
    case LinearKind::ratio:
      return {builder.ratio_table(*numbers[0], *numbers[1])};
    case LinearKind::variance:
      return {builder.variance_table(numbers)};
    case LinearKind::crosstab:
      return {builder.crosstab(*categories[0], *categories[1])};
    default:
      break;
  }
  const bool total = kind == LinearKind::totals;
  std::vector<Table> tables;
  for (std::size_t v = 0; v < numbers.size(); ++v)
    tables.push_back(builder.number_table(*numbers[v], v, total));
  for (std::size_t c = 0; c < categories.size(); ++c)
    tables.push_back(builder.category_table(*categories[c], c, total));
  return tables;
}

}  // namespace sondeo
