// SPDX-License-Identifier: MIT
// Synthetic respondents read back from the file that is written, and tabulated naively.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "../layout/files.h"
#include "base/number.h"
#include "codebook/study.h"
#include "synth/synthesis.h"

namespace sondeo::made {

using Row = std::map<std::string, std::string>;  // by column

struct Made {
  std::string bytes;
  std::vector<std::string> header;
  std::vector<Row> rows;
  std::vector<Unmet> unmet;

  double weight(const Row& row) const {
    const auto found = row.find("w");
    return found == row.end() ? 1.0 : *parse_number(found->second, {',', ""});
  }
  // Percent of the weight of `base` that `part` has.
  double percent(const std::function<bool(const Row&)>& part,
                 const std::function<bool(const Row&)>& base) const {
    double of = 0;
    double all = 0;
    for (const auto& row : rows) {
      if (!base(row)) continue;
      all += weight(row);
      if (part(row)) of += weight(row);
    }
    return 100 * of / all;
  }
};

inline std::vector<TargetRow> targets(std::string_view text) {
  const files::TempFile file(text);
  Issues issues;
  return read_targets(file.path(), issues);
}

inline std::string written(const Study& study, const Synthesis& synthesis) {
  std::string bytes;
  write_sample(study, synthesis, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

// The study has semicolons and decimal commas if it says so; weights are read either way.
inline Made make(const std::string& study_text, std::string_view targets_text, std::size_t n,
                 std::uint64_t seed) {
  const auto study = parse_study(study_text, "s.toml");
  auto synthesis = synthesize(study, targets(targets_text), {n, seed});
  Made made;
  made.unmet = synthesis.unmet;
  made.bytes = written(study, synthesis);
  const auto whole = files::read_text(made.bytes);
  made.header = whole.header;
  for (const auto& [line, cells] : whole.rows) {
    Row row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[whole.header[i]] = cells[i];
    std::replace(row["w"].begin(), row["w"].end(), '.', ',');
    if (row["w"].empty()) row.erase("w");
    made.rows.push_back(std::move(row));
  }
  return made;
}

}  // namespace sondeo::made
