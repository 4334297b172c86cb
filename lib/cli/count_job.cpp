// SPDX-License-Identifier: MIT
#include "cli/count_job.h"

namespace sondeo {

CellFile CountJob::finish(CountResult counted) const {
  auto result = cells;
  std::size_t next = 0;
  for (const auto row : rows) {
    const auto& question = request().questions[row];
    result.questions.push_back(
        {question.name, question.kind, question.study != nullptr, question.option_names, {}});
    for (std::size_t i = 0; i <= result.banner.size(); ++i)
      result.questions.back().tables.push_back(std::move(counted.tables[next++]));
  }
  result.parts = {{1, 1, counted.identity, counted.rows, counted.bytes, counted.kept}};
  return result;
}

}  // namespace sondeo
