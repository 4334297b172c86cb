// SPDX-License-Identifier: MIT
#include "infer/estimator.h"

#include "tabulate/replicate_sketch.h"
#include "tabulate/signed_sum.h"

namespace sondeo {
namespace {

// Counts the rows of all units.
struct DesignWorker : RowWorker {
  explicit DesignWorker(std::size_t replicates) : sketch(replicates) {}
  void take(const Rows& rows) override {
    for (std::size_t row = 0; row < rows.size; ++row) {
      const auto unit = rows.units[row];
      if (unit >= positive.size()) positive.resize(2 * unit + 1);
      positive[unit] += rows.weights[row] > 0;
      weights.add(rows.weights[row]);
      squares.add(rows.weights[row] * rows.weights[row]);
      if (sketch.replicates() > 0) sketch.add(rows.replicates + row * sketch.replicates());
    }
  }
  std::vector<std::uint64_t> positive;  // by local unit
  WideSum weights;
  WideSum squares;
  ReplicateSketch sketch;
};

DesignInfo info_of(PassResult& pass, std::size_t job) {
  DesignInfo info;
  info.rows = pass.rows;
  info.bytes = pass.bytes;
  WideSum weights;
  WideSum squares;
  ReplicateSketch sketch;
  std::vector<std::uint64_t> positive(pass.units.leaves());
  for (const auto& thread : pass.threads) {
    const auto& worker = static_cast<const DesignWorker&>(*thread.workers[job]);
    weights.add(worker.weights);
    squares.add(worker.squares);
    sketch.add(worker.sketch);
    for (std::size_t unit = 0; unit < thread.leaves.size() && unit < worker.positive.size(); ++unit)
      positive[thread.leaves[unit]] += worker.positive[unit];
  }
  for (const auto rows : positive) info.positive_rows += rows;
  info.weights = weights.value();
  info.weight_squares = squares.value();
  info.df = sketch.replicates() > 0
                ? static_cast<double>(rank_of(sketch.matrix(), sketch.replicates())) - 1
                : degrees_of_freedom(positive, pass.units);
  info.units = std::move(pass.units);
  return info;
}

}  // namespace

DesignInfo estimate(const std::function<std::unique_ptr<CsvFile>()>& open, const PassPlan& plan,
                    const std::vector<Estimator*>& estimators, Issues& issues) {
  auto wanting = estimators;
  DesignInfo info;
  bool again = false;
  do {
    std::vector<MakeWorker> jobs;
    for (auto* estimator : wanting) {
      jobs.emplace_back(
          [estimator](const RowDecoder& decoder) { return estimator->worker(decoder); });
    }
    if (!again)
      jobs.emplace_back([&plan](const RowDecoder&) {
        return std::make_unique<DesignWorker>(plan.replicates.size());
      });
    // What reading the file once more finds was found the first time.
    Issues told_already;
    auto result = run_pass(*open(), plan, jobs, again ? told_already : issues);
    std::vector<Estimator*> next;
    for (std::size_t job = 0; job < wanting.size(); ++job) {
      if (wanting[job]->finish(result, job)) next.push_back(wanting[job]);
    }
    if (!again) info = info_of(result, wanting.size());
    wanting = std::move(next);
    again = true;
  } while (!wanting.empty());
  return info;
}

}  // namespace sondeo
