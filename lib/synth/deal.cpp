// SPDX-License-Identifier: MIT
#include "synth/deal.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "synth/random.h"

namespace sondeo {
namespace {

using Positions = std::vector<std::size_t>;

// Cuts `members` in their order into runs of about `wanted`, and says the run of each.
template <class Give>
void cut(const Positions& members, const std::vector<std::int64_t>& weights,
         const std::vector<std::int64_t>& wanted, const Give& give) {
  std::size_t run = 0;
  std::int64_t before = 0;
  std::int64_t end = wanted.front();
  for (const auto member : members) {
    // A member goes where its middle lies, so that a run misses its end by half a weight at most.
    while (run + 1 < wanted.size() && 2 * before + weights[member] >= 2 * end) {
      end += wanted[++run];
    }
    give(member, run);
    before += weights[member];
  }
}

// One member, two, or nobody, to be moved together.
struct Party {
  std::int64_t weight = 0;
  std::size_t size = 0;
  std::size_t members[2] = {0, 0};
};

// `mover` goes from one answer to another, `returned` the other way.
struct Exchange {
  Party mover;
  Party returned;
  std::int64_t miss = 0;  // |weight moved - weight that should have been|
  bool found = false;
};

class Settler {
 public:
  Settler(Deal& deal, const std::vector<std::int64_t>& wanted)
      : deal_(deal), excess_(wanted.size()) {
    for (std::size_t c = 0; c < wanted.size(); ++c) excess_[c] = -wanted[c];
    for (std::size_t m = 0; m < deal.weights.size(); ++m)
      excess_[deal.answers[m]] += deal.weights[m];
    const auto [least, most] = std::minmax_element(deal.weights.begin(), deal.weights.end());
    alike_ = deal.weights.empty() || *least == *most;
  }

  std::int64_t run() {
    descend();
    // Where no exchange helps any more, one by chance may lead to others that do.
    constexpr int chances = 300;
    auto best = deal_.answers;
    auto excess = excess_;
    auto least = missing();
    for (int i = 0; i < chances && least != 0 && !alike_; ++i) {
      disturb();
      descend();
      if (missing() < least) {
        least = missing();
        best = deal_.answers;
        excess = excess_;
      } else {
        deal_.answers = best;
        excess_ = excess;
      }
    }
    return least;
  }

 private:
  std::int64_t missing() const {
    std::int64_t sum = 0;
    for (const auto excess : excess_) sum += std::abs(excess);
    return sum;
  }

  // Members of an answer that may change it, rising by weight; of many, every so-manieth.
  Positions movable(std::size_t answer) const {
    constexpr std::size_t enough = 2048;
    Positions members;
    for (std::size_t m = 0; m < deal_.answers.size(); ++m) {
      if (deal_.answers[m] == answer && (deal_.fixed.empty() || deal_.fixed[m] == 0))
        members.push_back(m);
    }
    if (members.size() > enough) {
      Positions some;
      for (std::size_t i = 0; i < enough; ++i) some.push_back(members[i * members.size() / enough]);
      members.swap(some);
    }
    std::stable_sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
      return deal_.weights[a] < deal_.weights[b];
    });
    return members;
  }

  // The members one by one and, if `pairs`, two by two, where that are not too many: rising by
  // weight.
  std::vector<Party> parties(std::size_t answer, bool pairs) const {
    constexpr std::size_t most = 48;
    const auto members = movable(answer);
    std::vector<Party> parties;
    for (const auto m : members) parties.push_back({deal_.weights[m], 1, {m, 0}});
    if (!pairs || members.size() > most) return parties;
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        parties.push_back({parties[i].weight + parties[j].weight, 2, {members[i], members[j]}});
      }
    }
    std::stable_sort(parties.begin(), parties.end(),
                     [](const Party& a, const Party& b) { return a.weight < b.weight; });
    return parties;
  }

  // The exchange that moves a weight closest to `amount` from one answer to another.
  static Exchange closest(const std::vector<Party>& from, const std::vector<Party>& to,
                          std::int64_t amount) {
    Exchange best;
    const auto consider = [&](const Party& mover, const Party& returned) {
      const auto miss = std::abs(mover.weight - returned.weight - amount);
      if (!best.found || miss < best.miss) best = {mover, returned, miss, true};
    };
    std::size_t j = 0;
    for (const auto& mover : from) {
      consider(mover, {});
      while (j < to.size() && to[j].weight < mover.weight - amount) ++j;
      if (j < to.size()) consider(mover, to[j]);
      if (j > 0) consider(mover, to[j - 1]);
    }
    return best;
  }

  void apply(const Exchange& exchange, std::size_t from, std::size_t to) {
    for (std::size_t i = 0; i < exchange.mover.size; ++i)
      deal_.answers[exchange.mover.members[i]] = to;
    for (std::size_t i = 0; i < exchange.returned.size; ++i)
      deal_.answers[exchange.returned.members[i]] = from;
    excess_[from] -= exchange.mover.weight - exchange.returned.weight;
    excess_[to] += exchange.mover.weight - exchange.returned.weight;
  }

  // Exchanges as long as they bring the sums nearer; of pairs only where those of one member do
  // not.
  void descend() {
    while (missing() != 0 && (step(false) || step(true))) {
    }
  }

  // The exchange that brings the sums nearest, if any does.
  bool step(bool pairs) {
    std::vector<std::vector<Party>> members(excess_.size());
    for (std::size_t c = 0; c < excess_.size(); ++c) {
      if (excess_[c] != 0) members[c] = parties(c, pairs);
    }
    std::int64_t most = 0;
    Exchange best;
    std::size_t from = 0;
    std::size_t to = 0;
    for (std::size_t c = 0; c < excess_.size(); ++c) {
      for (std::size_t d = 0; d < excess_.size(); ++d) {
        if (excess_[c] <= 0 || excess_[d] >= 0) continue;
        const auto amount = std::min(excess_[c], -excess_[d]);
        const auto one = closest(members[c], members[d], amount);
        // What is missing shrinks by twice the amount, less the miss on either side.
        const auto gain = one.found ? 2 * (amount - one.miss) : 0;
        if (gain <= most) continue;
        most = gain;
        best = one;
        from = c;
        to = d;
      }
    }
    if (most > 0) apply(best, from, to);
    return most > 0;
  }

  // Exchanges two members by chance, one of them with the answer that has most to give.
  void disturb() {
    const auto from = static_cast<std::size_t>(std::max_element(excess_.begin(), excess_.end()) -
                                               excess_.begin());
    auto to = static_cast<std::size_t>(chance_.below(steps_++, excess_.size() - 1));
    if (to >= from) ++to;
    const auto givers = movable(from);
    const auto takers = movable(to);
    if (givers.empty() || takers.empty()) return;
    const auto i = givers[chance_.below(steps_++, givers.size())];
    const auto j = takers[chance_.below(steps_++, takers.size())];
    apply({{deal_.weights[i], 1, {i, 0}}, {deal_.weights[j], 1, {j, 0}}, 0, true}, from, to);
  }

  Deal& deal_;
  std::vector<std::int64_t> excess_;  // by answer: its sum less the one wanted
  bool alike_ = false;                // all weights are the same: exchanging two changes nothing
  Draws chance_{0, "settle"};
  std::uint64_t steps_ = 0;
};

}  // namespace

std::vector<std::size_t> deal_by_score(const std::vector<std::int64_t>& weights,
                                       const std::vector<std::int64_t>& scores,
                                       const std::vector<std::uint64_t>& luck,
                                       const std::vector<std::int64_t>& wanted,
                                       const std::vector<int>& level) {
  std::vector<std::size_t> firsts;  // of each run of answers with one level
  std::vector<std::int64_t> sums;
  for (std::size_t c = 0; c < wanted.size(); ++c) {
    if (c == 0 || level[c] != level[c - 1]) {
      firsts.push_back(c);
      sums.push_back(0);
    }
    sums.back() += wanted[c];
  }
  Positions order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  std::vector<Positions> runs(sums.size());
  cut(order, weights, sums,
      [&](std::size_t member, std::size_t run) { runs[run].push_back(member); });
  std::vector<std::size_t> answers(weights.size());
  for (std::size_t run = 0; run < runs.size(); ++run) {
    const auto end = run + 1 < firsts.size() ? firsts[run + 1] : wanted.size();
    auto& members = runs[run];
    std::stable_sort(members.begin(), members.end(),
                     [&](std::size_t a, std::size_t b) { return luck[a] < luck[b]; });
    cut(members, weights, {wanted.begin() + firsts[run], wanted.begin() + end},
        [&](std::size_t member, std::size_t at) { answers[member] = firsts[run] + at; });
  }
  return answers;
}

std::int64_t settle(Deal& deal, const std::vector<std::int64_t>& wanted) {
  return Settler(deal, wanted).run();
}

}  // namespace sondeo
