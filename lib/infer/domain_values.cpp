// SPDX-License-Identifier: MIT
#include "infer/domain_values.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"

namespace sondeo {
namespace {

std::vector<Key> in_order(std::vector<Key> keys) {
  std::stable_sort(keys.begin(), keys.end(), key_less);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

ValueWorker::ValueWorker(const LinearRequest& request, std::size_t replicates,
                         const RowDecoder& decoder)
    : request_(request),
      replicates_(replicates),
      visitor_(request, decoder),
      levels_(request.categories.size()) {}

void ValueWorker::take(const Rows& rows) {
  visitor_.visit(rows, [&](std::size_t row, std::uint32_t by) {
    if (met_.size() <= by) {
      met_.resize(visitor_.by().size());
      records_.resize(met_.size());
    }
    met_[by] = 1;
    for (std::size_t c = 0; c < levels_.size(); ++c) {
      auto& met = levels_[c];
      if (met.size() < visitor_.category(c).size()) met.resize(visitor_.category(c).size());
      visitor_.levels(rows, row, c, [&](std::uint32_t code) { met[code] = 1; });
    }
    const auto* replicates = rows.replicates + row * replicates_;
    for (std::size_t r = 0; r < replicates_; ++r)
      largest_replicate_ = std::max(largest_replicate_, std::fabs(replicates[r]));
    const double weight = rows.weights[row];
    if (!(weight > 0)) return;
    largest_weight_ = std::max(largest_weight_, weight);
    // 0 and -0 are one value.
    auto& record = records_[by][rows.numbers[request_.numbers[0]][row] + 0.0];
    const auto term = ExactSum::term(weight);
    if (!term) {
      throw Error("weight-overflow", "a weight is too large to be summed",
                  "divide all weights by a power of ten");
    }
    record.weight.add(*term);
    record.heaviest = record.rows == 0 ? weight : std::max(record.heaviest, weight);
    record.lightest = record.rows == 0 ? weight : std::min(record.lightest, weight);
    ++record.rows;
  });
}

DomainValues::DomainValues(const PassResult& pass, std::size_t job, bool whole,
                           std::size_t categories) {
  std::vector<const ValueWorker*> workers;
  for (const auto& thread : pass.threads)
    workers.push_back(&static_cast<const ValueWorker&>(*thread.workers[job]));
  if (whole) domains.push_back({});
  levels.resize(categories);
  for (const auto* worker : workers) {
    for (std::uint32_t code = 0; code < worker->met_.size(); ++code) {
      if (worker->met_[code] != 0) domains.push_back(worker->visitor_.by().key(code));
    }
    for (std::size_t c = 0; c < categories; ++c) {
      for (std::uint32_t code = 0; code < worker->levels_[c].size(); ++code) {
        if (worker->levels_[c][code] != 0)
          levels[c].push_back(worker->visitor_.category(c).key(code));
      }
    }
    largest_weight = std::max(largest_weight, worker->largest_weight_);
    largest_replicate = std::max(largest_replicate, worker->largest_replicate_);
  }
  domains = in_order(std::move(domains));
  for (auto& each : levels) each = in_order(std::move(each));
  for (const auto& key : domains) {
    std::map<double, ValueWorker::Record> all;
    for (const auto* worker : workers) {
      for (std::uint32_t code = 0; code < worker->met_.size(); ++code) {
        if (worker->met_[code] == 0 || worker->visitor_.by().key(code) != key) continue;
        for (const auto& [value, record] : worker->records_[code]) {
          auto& sum =
              all.try_emplace(value, ValueWorker::Record{{}, 0, 0, record.lightest}).first->second;
          sum.weight.add(record.weight);
          sum.rows += record.rows;
          sum.heaviest = std::max(sum.heaviest, record.heaviest);
          sum.lightest = std::min(sum.lightest, record.lightest);
        }
      }
    }
    auto& list = values.emplace_back();
    for (const auto& [value, record] : all) {
      list.push_back({value, record.weight.value(), static_cast<double>(record.rows),
                      record.heaviest, record.lightest});
    }
  }
}

std::uint32_t CodePositions::of(std::uint32_t code, const AxisKinds& kinds,
                                const std::vector<Key>& keys) {
  while (positions_.size() <= code) {
    const auto next = static_cast<std::uint32_t>(positions_.size());
    const auto kind = kinds.kind(next);
    auto position = none;
    if (kind == AnswerKind::category || kind == AnswerKind::net) {
      const auto found = std::find(keys.begin(), keys.end(), kinds.key(next));
      if (found != keys.end()) position = static_cast<std::uint32_t>(found - keys.begin());
    }
    positions_.push_back(position);
  }
  return positions_[code];
}

void throw_file_changed() {
  throw Error("changed", "the file is no longer what it was when it was read before",
              "let nobody write to it meanwhile");
}

}  // namespace sondeo
