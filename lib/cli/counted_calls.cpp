// SPDX-License-Identifier: MIT
#include "cli/counted_calls.h"

#include <utility>

namespace sondeo {
namespace {

std::optional<CountResult> counted(CsvFile& file, const CountRequest& request, Issues& issues) {
  Issues found;
  try {
    auto result = count(file, request, found);
    issues.merge(found);
    return result;
  } catch (const Error& error) {
    if (error.id() != "too-many-cells") throw;
    return std::nullopt;
  }
}

}  // namespace

std::optional<DesignInfo> count_calls(const std::vector<std::unique_ptr<EstimateCall>>& calls,
                                      CountJob& job, LonelyPsu lonely,
                                      const std::function<std::unique_ptr<CsvFile>()>& open,
                                      Issues& issues) {
  auto& request = job.request();
  std::vector<std::size_t> first;  // by call: of its tables
  for (const auto& call : calls) {
    first.push_back(request.tables.size());
    if (!call->ask_cells(job.builder())) return std::nullopt;
  }
  first.push_back(request.tables.size());
  if (request.tables.empty()) return std::nullopt;
  const auto file = open();
  auto result = counted(*file, request, issues);
  if (!result) return std::nullopt;
  SampleDesign design;
  design.units = result->units;
  design.lonely = lonely;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    CountedTables tables;
    for (auto t = first[i]; t < first[i + 1]; ++t)
      tables.tables.push_back(std::move(result->tables[t]));
    tables.rows = result->rows;
    tables.weighted = request.weight.weighted();
    tables.design = request.units.empty() ? nullptr : &design;
    calls[i]->take_cells(tables);
  }
  DesignInfo info;
  info.rows = result->rows;
  info.positive_rows = result->kept.n_positive;
  info.bytes = result->bytes;
  info.units = std::move(result->units);
  return info;
}

}  // namespace sondeo
