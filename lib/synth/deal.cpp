// SPDX-License-Identifier: MIT
#include "synth/deal.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "synth/random.h"

namespace sondeo {
namespace {

using Positions = std::vector<std::size_t>;

// Cuts `members` in their order into runs of about `wanted`, and says the run of each.
template <class Give>
void cut(const Positions& members, const std::vector<std::int64_t>& weights,
         const std::vector<std::int64_t>& wanted, const Give& give) {
  // Nobody is left for a run of nothing at the end.
  std::size_t last = wanted.size() - 1;
  while (last > 0 && wanted[last] == 0) --last;
  std::size_t run = 0;
  std::int64_t before = 0;
  std::int64_t end = wanted.front();
  for (const auto member : members) {
    // A member goes where its middle lies, so that a run misses its end by half a weight at most.
    while (run < last && 2 * before + weights[member] >= 2 * end) {
      end += wanted[++run];
    }
    give(member, run);
    before += weights[member];
  }
}

// The members rising by their keys, ties by position.
template <class Key>
Positions sorted_by(const Positions& members, const std::vector<Key>& keys) {
  std::vector<std::pair<Key, std::size_t>> pairs;
  pairs.reserve(members.size());
  for (const auto member : members) pairs.emplace_back(keys[member], member);
  std::sort(pairs.begin(), pairs.end());
  Positions sorted;
  sorted.reserve(members.size());
  for (const auto& pair : pairs) sorted.push_back(pair.second);
  return sorted;
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
      : deal_(deal), excess_(wanted.size()), movable_(wanted.size()) {
    for (std::size_t c = 0; c < wanted.size(); ++c) excess_[c] = -wanted[c];
    for (std::size_t m = 0; m < deal.weights.size(); ++m) {
      excess_[deal.answers[m]] += deal.weights[m];
      if (deal.fixed.empty() || deal.fixed[m] == 0) movable_[deal.answers[m]].push_back(m);
    }
    for (auto& members : movable_) thin(members);
    const auto [least, most] = std::minmax_element(deal.weights.begin(), deal.weights.end());
    alike_ = deal.weights.empty() || *least == *most;
  }

  std::int64_t run() {
    descend();
    // Where no exchange helps any more, one by chance may lead to others that do.
    constexpr int chances = 300;
    auto least = missing();
    moves_.clear();
    for (int i = 0; i < chances && least != 0 && !alike_; ++i) {
      disturb();
      descend();
      if (missing() < least) {
        least = missing();
      } else {
        for (auto move = moves_.rbegin(); move != moves_.rend(); ++move)
          put(move->member, move->from);
      }
      moves_.clear();
    }
    return least;
  }

 private:
  struct Move {
    std::size_t member;
    std::size_t from;
  };

  std::int64_t missing() const {
    std::int64_t sum = 0;
    for (const auto excess : excess_) sum += std::abs(excess);
    return sum;
  }

  bool lighter(std::size_t a, std::size_t b) const {
    return deal_.weights[a] != deal_.weights[b] ? deal_.weights[a] < deal_.weights[b] : a < b;
  }

  // Of many members every so-manieth is enough to choose from; rising by weight.
  void thin(Positions& members) const {
    constexpr std::size_t enough = 2048;
    if (members.size() > enough) {
      Positions some;
      for (std::size_t i = 0; i < enough; ++i) some.push_back(members[i * members.size() / enough]);
      members.swap(some);
    }
    std::sort(members.begin(), members.end(), [&](auto a, auto b) { return lighter(a, b); });
  }

  // Gives a member that can be moved another answer.
  void put(std::size_t member, std::size_t answer) {
    const auto place = [&](std::size_t of) {
      auto& members = movable_[of];
      return std::lower_bound(members.begin(), members.end(), member,
                              [&](auto a, auto b) { return lighter(a, b); });
    };
    const auto from = deal_.answers[member];
    movable_[from].erase(place(from));
    movable_[answer].insert(place(answer), member);
    excess_[from] -= deal_.weights[member];
    excess_[answer] += deal_.weights[member];
    deal_.answers[member] = answer;
  }

  void apply(const Exchange& exchange, std::size_t from, std::size_t to) {
    for (std::size_t i = 0; i < exchange.mover.size; ++i) {
      moves_.push_back({exchange.mover.members[i], from});
      put(exchange.mover.members[i], to);
    }
    for (std::size_t i = 0; i < exchange.returned.size; ++i) {
      moves_.push_back({exchange.returned.members[i], to});
      put(exchange.returned.members[i], from);
    }
  }

  // The members one by one and, if `pairs`, two by two, where that are not too many: rising by
  // weight.
  std::vector<Party> parties(std::size_t answer, bool pairs) const {
    constexpr std::size_t most = 48;
    const auto& members = movable_[answer];
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

  // Exchanges as long as they bring the sums nearer; of pairs only where those of one member do
  // not.
  void descend() {
    while (missing() != 0 && (step(false) || step(true))) {
    }
  }

  // The answers with most in excess (or missing), a dozen of them.
  Positions farthest(bool in_excess) const {
    constexpr std::size_t enough = 12;
    Positions answers;
    for (std::size_t c = 0; c < excess_.size(); ++c) {
      if (in_excess ? excess_[c] > 0 : excess_[c] < 0) answers.push_back(c);
    }
    std::stable_sort(answers.begin(), answers.end(),
                     [&](auto a, auto b) { return std::abs(excess_[a]) > std::abs(excess_[b]); });
    answers.resize(std::min(answers.size(), enough));
    return answers;
  }

  // The exchange that brings the sums nearest, if any does.
  bool step(bool pairs) {
    const auto givers = farthest(true);
    const auto takers = farthest(false);
    std::vector<std::vector<Party>> offers;
    for (const auto taker : takers) offers.push_back(parties(taker, pairs));
    std::int64_t most = 0;
    Exchange best;
    std::size_t from = 0;
    std::size_t to = 0;
    for (const auto giver : givers) {
      const auto members = parties(giver, pairs);
      for (std::size_t t = 0; t < takers.size(); ++t) {
        const auto amount = std::min(excess_[giver], -excess_[takers[t]]);
        const auto one = closest(members, offers[t], amount);
        // What is missing shrinks by twice the amount, less the miss on either side.
        const auto gain = one.found ? 2 * (amount - one.miss) : 0;
        if (gain <= most) continue;
        most = gain;
        best = one;
        from = giver;
        to = takers[t];
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
    const auto& givers = movable_[from];
    const auto& takers = movable_[to];
    if (givers.empty() || takers.empty()) return;
    const auto i = givers[chance_.below(steps_++, givers.size())];
    const auto j = takers[chance_.below(steps_++, takers.size())];
    apply({{deal_.weights[i], 1, {i, 0}}, {deal_.weights[j], 1, {j, 0}}, 0, true}, from, to);
  }

  Deal& deal_;
  std::vector<std::int64_t> excess_;  // by answer: its sum less the one wanted
  std::vector<Positions> movable_;    // by answer: members that may change it, rising by weight
  std::vector<Move> moves_;           // since the last time that was worth keeping
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
  Positions everybody(weights.size());
  std::iota(everybody.begin(), everybody.end(), std::size_t{0});
  std::vector<Positions> runs(sums.size());
  cut(sorted_by(everybody, scores), weights, sums,
      [&](std::size_t member, std::size_t run) { runs[run].push_back(member); });
  std::vector<std::size_t> answers(weights.size());
  for (std::size_t run = 0; run < runs.size(); ++run) {
    const auto end = run + 1 < firsts.size() ? firsts[run + 1] : wanted.size();
    cut(sorted_by(runs[run], luck), weights, {wanted.begin() + firsts[run], wanted.begin() + end},
        [&](std::size_t member, std::size_t at) { answers[member] = firsts[run] + at; });
  }
  return answers;
}

std::int64_t settle(Deal& deal, const std::vector<std::int64_t>& wanted) {
  return Settler(deal, wanted).run();
}

}  // namespace sondeo
