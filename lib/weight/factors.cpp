// SPDX-License-Identifier: MIT
#include "weight/factors.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "codebook/crossed.h"

namespace sondeo {
namespace {

constexpr std::string_view factor_name = "factor";
constexpr std::string_view count_name = "respondents";

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

class FactorReader : public BlockWorker {
 public:
  FactorReader(const CsvFile& file, const NumberFormat& numbers, FactorTable& table)
      : numbers_(numbers), table_(table) {
    for (std::size_t i = 0; i < file.header().names.size(); ++i) {
      const auto& name = file.header().names[i];
      if (name == factor_name) {
        factor_ = i;
      } else if (name != count_name) {
        columns.push_back(i);
      }
    }
    if (factor_ && !columns.empty()) return;
    throw Error(Place{file.name(), file.header().line}, "factor-columns",
                "there is no column 'factor' beside those of the weighting variables",
                "a factor table is what --factors writes");
  }

  void take(const Block& block) override {
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto text = cell_text(block.cell(row, *factor_));
      const auto factor = parse_number(trim(text), numbers_);
      const Place place{table_.file, block.line_of(row)};
      if (!factor || *factor < 0) {
        throw Error(place, "factor-number",
                    "the factor is '" + excerpt(text) + "'; expected a number of 0 or more",
                    factor ? "" : number_hint(trim(text), numbers_));
      }
      std::vector<std::string> categories;
      for (const auto column : columns)
        categories.emplace_back(trim(cell_text(block.cell(row, column))));
      if (!table_.factors.emplace(std::move(categories), *factor).second)
        throw Error(place, "target-duplicate", "these categories have a factor already");
    }
  }

  std::vector<std::size_t> columns;

 private:
  const NumberFormat& numbers_;
  FactorTable& table_;
  std::optional<std::size_t> factor_;
};

std::vector<std::string> categories_of(const Profiles& profiles, std::size_t p) {
  std::vector<std::string> categories;
  for (std::size_t v = 0; v < profiles.names.size(); ++v) categories.push_back(profiles.name(p, v));
  return categories;
}

}  // namespace

std::string factor_table(const WeightingPlan& plan, const Profiles& profiles,
                         const WeightRule& rule) {
  std::string out;
  for (const auto& variable : plan.rows.variables)
    out += csv_cell(plan.rows.source->name(variable.variable)) + ",";
  out += std::string(count_name) + "," + std::string(factor_name) + "\n";
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] == 0) continue;
    for (const auto& category : categories_of(profiles, p)) out += csv_cell(category) + ",";
    out +=
        std::to_string(profiles.n_positive[p]) + "," + shortest(rule.weight(1, p, nullptr)) + "\n";
  }
  return out;
}

FactorTable read_factors(const CsvOptions& options, const NumberFormat& numbers,
                         VariableSource& variables, Issues& issues) {
  CsvFile file(options, issues);
  FactorTable table;
  table.file = file.name();
  FactorReader reader(file, numbers, table);
  file.read({&reader}, issues);
  for (const auto column : reader.columns) {
    try {
      const auto& name = file.header().names[column];
      table.variables.push_back(variables.find(name));
    } catch (const Error& error) {
      throw Error(Place{file.name(), file.header().line}, error.id(), error.message(),
                  error.hint());
    }
  }
  return table;
}

WeightingPlan plan_factors(const FactorTable& table, const VariableSource& variables,
                           RowPlan rows) {
  WeightingPlan plan;
  plan.rows = std::move(rows);
  plan.rows.source = &variables;
  for (std::size_t i = 0; i < table.variables.size(); ++i) {
    ProfileVariable variable{table.variables[i], {}};
    for (const auto& [categories, factor] : table.factors) {
      const auto& name = categories[i];
      const auto& known = variable.known;
      if (!name.empty() && std::find(known.begin(), known.end(), name) == known.end())
        variable.known.push_back(name);
    }
    plan.rows.variables.push_back(std::move(variable));
  }
  return plan;
}

std::optional<Misfit> find_misfit(const FactorTable& table, const Profiles& profiles) {
  std::optional<Misfit> first;
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] == 0 || table.factors.contains(categories_of(profiles, p))) continue;
    if (first && first->row < profiles.first_row[p]) continue;
    first = Misfit{"category-without-target",
                   table.file + " has no factor for \"" +
                       excerpt(crossed(categories_of(profiles, p)), 60) + "\"",
                   "the factors are of other respondents: weight these anew", profiles.first_row[p],
                   profiles.n_positive[p]};
  }
  return first;
}

Weighting apply_factors(const FactorTable& table, const WeightingPlan& plan,
                        const Profiles& profiles) {
  WeightRule rule;
  rule.factor.assign(profiles.size(), 1);
  for (std::size_t p = 0; p < profiles.size(); ++p) {
    if (profiles.n_positive[p] > 0) rule.factor[p] = table.factors.at(categories_of(profiles, p));
  }
  Weighting weighting;
  weighting.rules.assign(plan.rows.bases(), rule);
  return weighting;
}

}  // namespace sondeo
