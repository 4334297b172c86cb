// SPDX-License-Identifier: MIT
#include "weight/targets.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "codebook/crossed.h"

namespace sondeo {
namespace {

struct Row {
  std::string variable;
  std::string category;
  double target = 0;
  bool share = false;  // for sure
  std::optional<TargetKind> kind;
  std::string segment;
  Place place;
};

// The number that a target of a file is; it may carry a percent sign.
void read_number(std::string_view written, const NumberFormat& format, Row& row) {
  auto text = written;
  row.share = text.ends_with('%');
  if (row.share) text = trim(text.substr(0, text.size() - 1));
  const auto what = "the target of " + excerpt(row.variable.empty() ? "everybody" : row.variable) +
                    (row.category.empty() ? "" : " \"" + excerpt(row.category) + "\"");
  const auto value = parse_number(text, format);
  if (!value) {
    throw Error(row.place, "target-number",
                what + " is '" + excerpt(written) + "'; expected a number",
                number_hint(text, format));
  }
  if (*value < 0 && !row.category.empty()) {
    throw Error(row.place, "target-range",
                what + " is " + excerpt(written) + "; targets must not be negative");
  }
  row.target = *value;
}

// Collects the rows of a small file.
class RowReader : public BlockWorker {
 public:
  RowReader(const CsvFile& file, const TargetOptions& options)
      : options_(options), name_(file.name()) {
    const auto& header = file.header().names;
    const Place place{file.name(), file.header().line};
    const auto column = [&](std::string_view wanted) {
      for (std::size_t i = 0; i < header.size(); ++i) {
        if (ascii_lower(trim(header[i])) == ascii_lower(wanted)) return i;
      }
      throw Error(place, "target-columns", "there is no column '" + excerpt(wanted) + "'",
                  "the columns are variable, category, target" +
                      (options.segment.empty() ? "" : " and " + excerpt(options.segment)));
    };
    variable_ = column("variable");
    category_ = column("category");
    target_ = column("target");
    if (!options.segment.empty()) segment_ = column(options.segment);
    const auto known = options.segment.empty() ? 3U : 4U;
    if (header.size() == known) return;
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (i == variable_ || i == category_ || i == target_ || i == segment_) continue;
      throw Error(place, "target-columns",
                  "the column '" + excerpt(header[i]) +
                      "' has no meaning here; the columns are variable, category, target",
                  "for targets inside segments: --within '" + excerpt(header[i]) + "'");
    }
  }

  void take(const Block& block) override {
    const auto text = [&](std::size_t row, std::size_t column) {
      return std::string(trim(cell_text(block.cell(row, column))));
    };
    for (std::size_t row = 0; row < block.rows; ++row) {
      rows.push_back({text(row, variable_), text(row, category_), 0, false, options_.kind,
                      segment_ ? text(row, *segment_) : "", Place{name_, block.line_of(row), 1}});
      read_number(text(row, target_), options_.numbers, rows.back());
    }
  }

  std::vector<Row> rows;

 private:
  const TargetOptions& options_;
  std::string name_;
  std::size_t variable_ = 0;
  std::size_t category_ = 0;
  std::size_t target_ = 0;
  std::optional<std::size_t> segment_;
};

// A sum that is a whole in per cent or as a proportion, or 0 if it is neither.
double nearest_whole(double sum) {
  if (sum > 0.5 && sum < 1.5) return 1;
  if (sum > 50 && sum < 150) return 100;
  return 0;
}

// At most four decimals, and no zeros at the end.
std::string readable(double sum) { return shortest(*parse_number(rounded(sum, 4))); }

double sum_of(const Margin& margin) {
  double sum = 0;
  for (const auto& cell : margin.cells) sum += cell.target;
  return sum;
}

void scale(Margin& margin, double factor) {
  for (auto& cell : margin.cells) cell.target *= factor;
}

// The margins of one segment, in the order in which they come first.
struct Builder {
  Targets targets;
  std::map<std::vector<std::size_t>, std::size_t> positions;  // of margins, by variables
  std::vector<bool> shares;                                   // by margin: a percent sign was seen
  std::vector<std::optional<TargetKind>> kinds;               // and what was said to be

  Margin& margin(const std::vector<std::size_t>& variables, const VariableSource& source) {
    const auto [at, fresh] = positions.try_emplace(variables, targets.margins.size());
    if (fresh) {
      std::vector<std::string> names;
      for (const auto variable : variables) names.push_back(source.name(variable));
      targets.margins.push_back({crossed(names), variables, {}, TargetKind::counts});
      shares.push_back(false);
      kinds.emplace_back();
    }
    return targets.margins[at->second];
  }
};

void add_row(Builder& builder, const Row& row, VariableSource& variables) {
  auto names = row.variable.empty() ? std::vector<std::string>{} : crossed_parts(row.variable);
  if (variables.has(row.variable)) names = {row.variable};
  const auto find = [&](const std::string& name, bool as_number) {
    try {
      return variables.find(name, as_number);
    } catch (const Error& error) {
      // Where the name stands says more than where the columns are.
      throw Error(row.place, error.id(), error.message(), error.hint());
    }
  };
  if (row.category.empty() && !names.empty()) {
    if (names.size() > 1) {
      throw Error(row.place, "target-label",
                  "the category of " + excerpt(row.variable) + " is empty",
                  "a row without category is the total of one number");
    }
    const auto variable = find(names[0], true);
    for (const auto& each : builder.targets.numbers) {
      if (each.variable != variable) continue;
      throw Error(
          row.place, "target-duplicate",
          excerpt(row.variable) + " has its total also in line " + std::to_string(each.place.line));
    }
    builder.targets.numbers.push_back({variable, row.target, row.place});
    return;
  }
  if (names.empty() && !row.category.empty()) {
    throw Error(row.place, "target-label",
                "the category \"" + excerpt(row.category) + "\" has no variable");
  }
  std::vector<std::size_t> positions;
  for (const auto& name : names) positions.push_back(find(name, false));
  auto& margin = builder.margin(positions, variables);
  TargetCell cell{{}, row.target, row.place};
  if (positions.size() == 1) cell.categories = {row.category};
  if (positions.size() > 1) cell.categories = crossed_parts(row.category);
  if (cell.categories.size() != positions.size()) {
    throw Error(row.place, "target-label",
                margin.name + " has " + std::to_string(positions.size()) + " variables; \"" +
                    excerpt(row.category) + "\" has " + std::to_string(cell.categories.size()) +
                    (cell.categories.size() == 1 ? " part" : " parts"),
                "join the categories by ' × ' or ' x '");
  }
  for (const auto& each : margin.cells) {
    if (each.categories != cell.categories) continue;
    throw Error(row.place, "target-duplicate",
                (margin.name.empty() ? "the number of people"
                                     : margin.name + " \"" + excerpt(row.category) + "\"") +
                    " has its target also in line " + std::to_string(each.place.line));
  }
  const auto position = static_cast<std::size_t>(&margin - builder.targets.margins.data());
  builder.shares[position] = builder.shares[position] || row.share;
  builder.kinds[position] = row.kind;
  margin.cells.push_back(std::move(cell));
}

std::vector<Row> rows_of_file(const TargetOptions& options, Issues& issues) {
  CsvFile file(options.file, issues);
  RowReader reader(file, options);
  file.read({&reader}, issues);
  if (reader.rows.empty()) {
    throw Error(Place{file.name(), file.header().line}, "target-empty",
                "there is no target below the header");
  }
  return std::move(reader.rows);
}

std::vector<Row> rows_of_study(const TargetOptions& options) {
  std::vector<Row> rows;
  for (const auto& target : options.study) {
    if (options.segment.empty() && !target.segment.empty()) {
      throw Error(target.at, "target-columns",
                  "this target is of '" + excerpt(target.segment) + "' alone",
                  "--within names the question that it is a category of");
    }
    const auto kind = target.counts ? TargetKind::counts : TargetKind::shares;
    if (target.total)
      rows.push_back({target.variable, "", *target.total, false, {}, target.segment, target.at});
    for (const auto& cell : target.cells) {
      rows.push_back({target.variable, cell.category, cell.target, false,
                      options.kind.value_or(kind), target.segment, cell.at});
    }
  }
  return rows;
}

}  // namespace

std::vector<Targets> read_targets(const TargetOptions& options, VariableSource& variables,
                                  Issues& issues) {
  const auto rows = options.study.empty() ? rows_of_file(options, issues) : rows_of_study(options);
  std::vector<Builder> builders;
  for (const auto& row : rows) {
    if (!options.segment.empty() && row.segment.empty()) {
      throw Error(row.place, "target-label",
                  "the category of " + excerpt(options.segment) + " is empty");
    }
    auto found = std::find_if(builders.begin(), builders.end(), [&](const Builder& each) {
      return each.targets.segment == row.segment;
    });
    if (found == builders.end()) {
      builders.emplace_back();
      builders.back().targets.segment = row.segment;
      found = builders.end() - 1;
    }
    add_row(*found, row, variables);
  }
  std::vector<Targets> all;
  for (auto& builder : builders) {
    for (std::size_t i = 0; i < builder.targets.margins.size(); ++i) {
      auto& margin = builder.targets.margins[i];
      const auto sum = sum_of(margin);
      const bool looks_shared = !margin.variables.empty() && nearest_whole(sum) > 0;
      margin.kind = builder.kinds[i].value_or(
          looks_shared || builder.shares[i] ? TargetKind::shares : TargetKind::counts);
      if (margin.variables.empty()) margin.kind = TargetKind::counts;
    }
    all.push_back(std::move(builder.targets));
  }
  return all;
}

void settle_totals(Targets& targets, double base_total, const TargetOptions& options,
                   std::vector<std::string>& notes) {
  constexpr double rounding = 1e-9;
  const auto named = [&](const Margin& margin) {
    const auto name = margin.name.empty() ? std::string("the number of people") : margin.name;
    return targets.segment.empty() ? name : name + " in " + targets.segment;
  };
  const Margin* first_counts = nullptr;
  for (auto& margin : targets.margins) {
    const auto sum = sum_of(margin);
    if (!(sum > 0)) {
      throw Error(margin.cells[0].place, "target-sum",
                  "the targets of " + named(margin) + " add up to 0");
    }
    if (margin.kind == TargetKind::counts) {
      if (first_counts == nullptr) first_counts = &margin;
      continue;
    }
    const auto whole = nearest_whole(sum);
    const bool close = whole > 0 && std::fabs(sum / whole - 1) <= 0.0025 + rounding;
    const auto goal = whole > 0 ? whole : sum < 10 ? 1 : 100;
    if (!close && !options.normalise) {
      throw Error(margin.cells[0].place, "target-sum",
                  "the targets of " + named(margin) + " add up to " + readable(sum) + ", not " +
                      shortest(goal),
                  "--normalise rescales them; --targets-are counts if they are no shares");
    }
    if (std::fabs(sum / goal - 1) > rounding) {
      notes.push_back("targets of " + named(margin) + " add up to " + readable(sum) +
                      ", rescaled to " + shortest(goal));
    }
  }
  targets.total = first_counts == nullptr ? base_total : sum_of(*first_counts);
  for (auto& margin : targets.margins) {
    const auto sum = sum_of(margin);
    const bool counts = margin.kind == TargetKind::counts;
    if (counts && std::fabs(sum / targets.total - 1) > rounding) {
      if (!options.normalise) {
        throw Error(margin.cells[0].place, "target-total",
                    "the targets of " + named(margin) + " add up to " + readable(sum) +
                        ", those of " + named(*first_counts) + " to " + readable(targets.total),
                    "--normalise rescales them to the first");
      }
      notes.push_back("targets of " + named(margin) + " add up to " + readable(sum) +
                      ", rescaled to " + readable(targets.total));
    }
    scale(margin, targets.total / sum);
  }
}

}  // namespace sondeo
