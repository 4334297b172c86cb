// SPDX-License-Identifier: MIT
#include "tabulate/cell_file.h"

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/sha256.h"
#include "base/text.h"
#include "tabulate/cell_records.h"
#include "tabulate/cell_units.h"
#include "tabulate/growing_cells.h"
#include "tabulate/number_rows.h"

namespace sondeo {
namespace {

// Lines of nine fields; the columns that a record does not use are empty.
class Writer {
 public:
  void line(std::string_view record, const std::array<std::string, 7>& fields,
            std::string_view text) {
    bytes_ += record;
    for (const auto& field : fields) (bytes_ += ',') += field;
    (bytes_ += ',') += quoted(text);
    bytes_ += '\n';
    ++lines_;
  }
  std::size_t lines() const { return lines_; }
  std::string take() { return std::move(bytes_); }

 private:
  // Line ends and tabs were escaped before.
  static std::string quoted(std::string_view text) {
    if (text.find_first_of(",\"") == std::string_view::npos) return std::string(text);
    std::string result = "\"";
    for (const char c : text) {
      if (c == '"') result += c;
      result += c;
    }
    return result += '"';
  }

  std::string bytes_;
  std::size_t lines_ = 0;
};

std::string number(std::uint64_t value) { return std::to_string(value); }

void write_plan(const CellFile& cells, Writer& out) {
  for (const auto& [name, value] : cells.settings)
    out.line("setting", {}, pack_texts({name, value}));
  for (const auto& part : cells.banner) {
    std::vector<std::string> names;
    std::string described;
    for (const auto& variable : part) {
      names.push_back(variable.name);
      described += variable.described ? 'y' : 'n';
    }
    out.line("banner", {"", described}, pack_texts(names));
  }
  for (const auto& question : cells.questions) {
    auto texts = question.option_names;
    texts.insert(texts.begin(), question.name);
    out.line("question",
             {"", question_kind_names[static_cast<std::size_t>(question.kind)],
              question.described ? "study" : ""},
             pack_texts(texts));
  }
}

void write_keys(const char* record, const std::string& table, const std::vector<Key>& keys,
                Writer& out) {
  for (const auto& key : keys) {
    auto texts = key.path;
    texts.insert(texts.begin(), key.label);
    out.line(record,
             {table, answer_kind_names[static_cast<std::size_t>(key.kind)],
              key.overlap ? "overlap" : "", "", "", shortest(key.number)},
             pack_texts(texts));
  }
}

void write_units(const SampleUnits& units, Writer& out) {
  const auto optional = [](const std::optional<double>& value) {
    return value ? shortest(*value) : "";
  };
  out.line(
      "units",
      {"", number(units.stages.size()), units.rows_are_units ? "rows" : "", number(units.rows)},
      "");
  for (std::size_t s = 0; s < units.stages.size(); ++s) {
    for (const auto& stratum : units.stages[s].strata) {
      out.line("stratum",
               {number(s), number(stratum.parent), number(stratum.first), number(stratum.size), "",
                optional(stratum.population), optional(stratum.fraction)},
               pack_texts({stratum.label}));
    }
    for (const auto& unit : units.stages[s].units) {
      out.line("unit", {number(s), number(unit.stratum), "", number(unit.rows)},
               pack_texts({unit.label}));
    }
  }
}

void write_sketch(const ReplicateSketch& sketch, Writer& out) {
  const auto size = sketch.replicates();
  for (std::size_t row = 0; size > 0 && row < sketch.sums().size() / size; ++row) {
    out.line("sketch", {number(row), "", "", number(size)},
             pack_sums(sketch.sums().data() + row * size, size));
  }
}

std::string with_number(const CountedPart& part) {
  return "part " + std::to_string(part.number) + " of " + std::to_string(part.of);
}

}  // namespace

const std::string& CellFile::setting(std::string_view name) const {
  static const std::string none;
  for (const auto& [known, value] : settings) {
    if (known == name) return value;
  }
  return none;
}

std::size_t further_size(const CellFile& cells) {
  if (cells.units) return cells.units->leaves() * (cells.units->rows_are_units ? 2 : 1);
  return cells.sketch.replicates();
}

std::string digest_of(const std::vector<std::string>& texts) {
  std::string text;
  for (const auto byte : sha256(pack_texts(texts))) {
    static constexpr char signs[] = "0123456789abcdef";
    text += signs[byte >> 4];
    text += signs[byte & 15];
  }
  return text;
}

std::string plan_of(const CellFile& cells) {
  Writer out;
  write_plan(cells, out);
  return digest_of({out.take()});
}

void check_complete(const CellFile& cells, const Place& place) {
  const auto of = cells.parts.empty() ? 1 : cells.parts[0].of;
  if (cells.parts.size() == of) return;
  std::string missing;
  for (std::uint64_t i = 1; i <= of && missing.size() < 80; ++i) {
    const auto here = std::any_of(cells.parts.begin(), cells.parts.end(),
                                  [&](const auto& part) { return part.number == i; });
    if (!here) missing += (missing.empty() ? "" : ", ") + std::to_string(i);
  }
  throw Error(place, "missing-part", "of " + std::to_string(of) + " parts are missing: " + missing,
              "add them with sondeo-cells merge");
}

std::string write_cells(const CellFile& cells) {
  Writer out;
  out.line("record", {"table", "row", "column", "n", "n_positive", "w", "w2"}, "text");
  out.line("format", {}, cell_format);
  out.line("plan", {}, plan_of(cells));
  write_plan(cells, out);
  for (const auto& part : cells.parts) {
    out.line("part",
             {"", number(part.number), number(part.of), number(part.kept.n),
              number(part.kept.n_positive), number(part.rows), number(part.bytes)},
             pack_texts({part.identity.hex(), shortest(part.kept.least_weight),
                         shortest(part.kept.largest_weight)}));
  }
  if (cells.units) write_units(*cells.units, out);
  write_sketch(cells.sketch, out);
  std::size_t next = 0;
  for (const auto& question : cells.questions) {
    for (const auto& table : question.tables) {
      const auto at = number(next++);
      out.line("table", {at}, "");
      write_keys("row", at, table.rows, out);
      write_keys("column", at, table.columns, out);
      for (std::size_t row = 0; row < table.rows.size(); ++row) {
        for (std::size_t column = 0; column < table.columns.size(); ++column) {
          const auto& sums = table.at(row, column);
          if (sums == Sums{}) continue;
          out.line("cell",
                   {at, number(row), number(column), number(sums.n), number(sums.n_positive),
                    sums.w.hex(), sums.w2.hex()},
                   "");
          if (!sums.further.empty())
            out.line("further", {at, number(row), number(column), number(sums.further.size())},
                     pack_sums(sums.further.data(), sums.further.size()));
          if (!sums.powers.empty())
            out.line("powers", {at, number(row), number(column), number(sums.powers.size())},
                     pack_powers(sums.powers));
        }
      }
    }
  }
  out.line("end", {}, number(out.lines()));
  return out.take();
}

namespace {

std::vector<std::vector<Cells*>> numbers_of(std::vector<CountedQuestion>& questions) {
  std::vector<std::vector<Cells*>> numbers;
  for (auto& question : questions) {
    if (question.kind != QuestionKind::number) continue;
    numbers.emplace_back();
    for (auto& table : question.tables) numbers.back().push_back(&table);
  }
  return numbers;
}

}  // namespace

CellFile merge_cells(const std::vector<CellFile>& parts, const std::vector<std::string>& names) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (plan_of(parts[i]) == plan_of(parts[0])) continue;
    throw Error(Place{names[i]}, "foreign-part",
                "these cells were counted otherwise than those of " + names[0],
                "the same questions, banner, weight, filter and study for all parts");
  }
  auto files = parts;
  if (files.at(0).units) unite_units(files, files[0].setting("nest") == "yes");
  CellFile result = files.at(0);
  std::vector<std::size_t> from(result.parts.size(), 0);
  for (std::size_t i = 1; i < files.size(); ++i) {
    const auto& file = files[i];
    const Place place{names[i]};
    std::size_t further = 0;
    for (const auto& part : file.parts) {
      for (std::size_t k = 0; k < result.parts.size(); ++k) {
        const auto& known = result.parts[k];
        if (known.of != part.of) {
          throw Error(place, "foreign-part",
                      with_number(part) + " does not go with " + with_number(known) + " in " +
                          names[from[k]]);
        }
        if (known.number == part.number) {
          throw Error(place, "duplicate-part", with_number(part) + " is also in " + names[from[k]]);
        }
        if (known.identity == part.identity && known.rows == part.rows && part.rows > 0) {
          throw Error(place, "duplicate-part",
                      with_number(part) + " holds the same responses as part " +
                          std::to_string(known.number) + " in " + names[from[k]]);
        }
      }
    }
    result.parts.insert(result.parts.end(), file.parts.begin(), file.parts.end());
    from.resize(result.parts.size(), i);
    result.sketch.add(file.sketch);
    for (std::size_t q = 0; q < result.questions.size(); ++q) {
      auto& tables = result.questions[q].tables;
      for (std::size_t t = 0; t < tables.size(); ++t) {
        tables[t] = merge(tables[t], file.questions[q].tables[t]);
      }
    }
    sum_numbers(numbers_of(result.questions), {further_size(result), result.units.has_value()});
    for (const auto& question : result.questions) {
      for (const auto& table : question.tables) {
        check_table_size(table.rows.size(), table.columns.size());
        if (!table.sums.empty()) further += table.sums.size() * further_size(result);
        for (const auto& sums : table.sums) further += exact_sums_of(sums.powers.size());
      }
    }
    check_further_sums(further);
  }
  std::sort(result.parts.begin(), result.parts.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return result;
}

}  // namespace sondeo
