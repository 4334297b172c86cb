// SPDX-License-Identifier: MIT
// Single answers: cut along a score, then brought to the exact sums.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "synth/deal.h"
#include "synth/dealing.h"
#include "synth/random.h"

namespace sondeo {
namespace {

constexpr int scale_loading = 55;  // percent of a scale's score that is the common attitude
constexpr int grid_loading = 60;   // percent of an item's own part that is the grid's
constexpr int weight_loading = 60;

// Where the answers stand on the respondents' attitude. Those that stand nowhere are dealt by
// chance before the others.
struct Order {
  std::vector<std::size_t> answers;  // from low to high
  std::vector<int> level;            // of each of these: alike, if a score does not tell them apart
  std::vector<std::size_t> nowhere;
  int loading = 0;  // percent
};

bool ordered(const StudyQuestion& question) {
  return question.kind == StudyKind::scale ||
         (question.kind == StudyKind::grid &&
          std::any_of(question.codes.begin(), question.codes.end(),
                      [](const StudyCode& code) { return code.score.has_value(); })) ||
         question.bands.has_value();
}

Order order_of(const Dealing& dealing) {
  const auto& codes = dealing.question.codes;
  const auto& aims = dealing.aims;
  Order order;
  for (std::size_t i = 0; i <= codes.size(); ++i) {
    if (leaves_base(dealing.question, i, aims.base)) continue;
    const bool answer = i < codes.size() && codes[i].missing == MissingKind::none;
    (answer ? order.answers : order.nowhere).push_back(i);
  }
  if (aims.leans) {
    std::stable_sort(order.answers.begin(), order.answers.end(),
                     [&](auto a, auto b) { return aims.lean[a] < aims.lean[b]; });
    for (const auto answer : order.answers) {
      order.level.push_back(aims.lean[answer]);
      order.loading = std::max(order.loading, std::abs(aims.lean[answer]));
    }
  } else if (ordered(dealing.question)) {
    std::stable_sort(order.answers.begin(), order.answers.end(), [&](auto a, auto b) {
      return codes[a].score.value_or(static_cast<double>(a)) <
             codes[b].score.value_or(static_cast<double>(b));
    });
    order.level.resize(order.answers.size());
    std::iota(order.level.begin(), order.level.end(), 0);
    order.loading = scale_loading;
  } else {
    order.level.resize(order.answers.size());
    if (dealing.margin) std::iota(order.level.begin(), order.level.end(), 0);
  }
  return order;
}

class Single {
 public:
  Single(const Dealing& dealing, std::vector<std::size_t>& answers)
      : dealing_(dealing),
        answers_(answers),
        order_(order_of(dealing)),
        usual_(usual_shares(dealing)),
        own_(dealing.sample.seed, dealing.question.name),
        lots_(dealing.sample.seed, dealing.question.name + " lots"),
        common_(dealing.sample.seed, dealing.question.parent + " in common"),
        against_(Draws(dealing.sample.seed, dealing.question.name + " weights").below(0, 2) == 1) {}

  void deal(const DealPart& part) {
    const auto weights = weights_of(dealing_, part.members);
    const auto total = sum_of(weights);
    const auto base = base_of(dealing_, weights);
    static const std::vector<Aim> none;
    const auto& aims = part.aims != nullptr ? part.aims->aims : none;
    // Of everybody, those asked are only a part. Answers outside the base take nothing here.
    auto usual = usual_;
    for (std::size_t i = 0; i < usual.size(); ++i) {
      if (leaves_base(dealing_.question, i, dealing_.aims.base)) usual[i] = 0;
    }
    const auto available = base == 0 ? whole : apportion(whole, {total, base - total})[0];
    const auto wanted =
        apportion(total, complete_shares(aims, usual, available, dealing_.question.name));
    Deal deal{weights, first_deal(part.members, weights, wanted), {}};
    settle_aims(deal, wanted, aims);
    std::vector<std::int64_t> sums(wanted.size());
    for (std::size_t m = 0; m < part.members.size(); ++m) {
      answers_[part.members[m]] = deal.answers[m];
      sums[deal.answers[m]] += weights[m];
    }
    for (const auto& aim : aims) {
      std::int64_t sum = 0;
      for (const auto answer : aim.answers) sum += sums[answer];
      check_aim(dealing_, aim, sum, base, part.members.size());
    }
  }

 private:
  std::int64_t score(std::size_t respondent) const {
    auto own = own_.bell(respondent);
    if (!dealing_.question.parent.empty())
      own = correlated(common_.bell(respondent), own, grid_loading);
    if (dealing_.margin) {
      // Standard deviations from the mean weight, which is about half a unit.
      const auto heavy =
          (dealing_.sample.weights[respondent] - weight_unit) * bell_unit / (weight_unit / 2);
      own = correlated(against_ ? -heavy : heavy, own, weight_loading);
    }
    return correlated(dealing_.sample.attitude[respondent], own, std::min(order_.loading, 95));
  }

  // By chance who gives an answer that stands nowhere; the others by their score.
  std::vector<std::size_t> first_deal(const std::vector<std::size_t>& members,
                                      const std::vector<std::int64_t>& weights,
                                      const std::vector<std::int64_t>& wanted) const {
    std::vector<std::int64_t> scores;
    std::vector<std::uint64_t> lots;
    for (const auto member : members) {
      scores.push_back(score(dealing_.asked[member]));
      lots.push_back(lots_.bits(dealing_.asked[member]));
    }
    std::vector<std::int64_t> aside;
    for (const auto answer : order_.nowhere) aside.push_back(wanted[answer]);
    std::vector<std::int64_t> placed;
    for (const auto answer : order_.answers) placed.push_back(wanted[answer]);
    aside.push_back(sum_of(placed));
    const auto chosen = deal_by_score(weights, std::vector<std::int64_t>(members.size()), lots,
                                      aside, std::vector<int>(aside.size()));
    std::vector<std::size_t> answers(members.size());
    std::vector<std::size_t> rest;
    std::vector<std::int64_t> rest_weights, rest_scores;
    std::vector<std::uint64_t> rest_lots;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (chosen[m] < order_.nowhere.size()) {
        answers[m] = order_.nowhere[chosen[m]];
        continue;
      }
      rest.push_back(m);
      rest_weights.push_back(weights[m]);
      rest_scores.push_back(scores[m]);
      // Other lots than above: those who were left would have the highest.
      rest_lots.push_back(lots[m] * 0x9e3779b97f4a7c15ULL);
    }
    if (rest.empty() || placed.empty()) return answers;
    const auto dealt = deal_by_score(rest_weights, rest_scores, rest_lots, placed, order_.level);
    for (std::size_t i = 0; i < rest.size(); ++i) answers[rest[i]] = order_.answers[dealt[i]];
    return answers;
  }

  // Only sums that have an aim need to be exact: answers of the same aims are one to settle().
  void settle_aims(Deal& deal, const std::vector<std::int64_t>& wanted,
                   const std::vector<Aim>& aims) const {
    std::map<std::vector<std::size_t>, std::size_t> classes;  // by the aims that hold an answer
    std::vector<std::vector<std::size_t>> aims_of(wanted.size());
    for (std::size_t a = 0; a < aims.size(); ++a) {
      for (const auto answer : aims[a].answers) aims_of[answer].push_back(a);
    }
    std::vector<std::size_t> class_of;
    std::vector<std::int64_t> sums;
    std::vector<std::vector<std::size_t>> answers;  // by class
    for (std::size_t answer = 0; answer < wanted.size(); ++answer) {
      const auto each = classes.emplace(aims_of[answer], classes.size()).first->second;
      class_of.push_back(each);
      sums.resize(classes.size());
      answers.resize(classes.size());
      sums[each] += wanted[answer];
      // Answers that nobody is to give stay empty, unless there are no others.
      if (wanted[answer] > 0) answers[each].push_back(answer);
    }
    for (std::size_t answer = 0; answer < wanted.size(); ++answer) {
      if (answers[class_of[answer]].empty()) answers[class_of[answer]].push_back(answer);
    }
    Deal among{deal.weights, {}, {}};
    for (const auto answer : deal.answers) among.answers.push_back(class_of[answer]);
    settle(among, sums);
    for (std::size_t m = 0; m < deal.answers.size(); ++m) {
      if (class_of[deal.answers[m]] == among.answers[m]) continue;
      deal.answers[m] = nearest_of(answers[among.answers[m]], deal.answers[m]);
    }
  }

  // Who changes changes to the answer beside the old one.
  static std::size_t nearest_of(const std::vector<std::size_t>& answers, std::size_t old) {
    const auto after = std::lower_bound(answers.begin(), answers.end(), old);
    if (after == answers.end()) return answers.back();
    if (after == answers.begin()) return answers.front();
    return *after - old < old - *(after - 1) ? *after : *(after - 1);
  }

  const Dealing& dealing_;
  std::vector<std::size_t>& answers_;
  Order order_;
  std::vector<std::int64_t> usual_;
  Draws own_;
  Draws lots_;
  Draws common_;
  bool against_;
};

}  // namespace

std::vector<std::size_t> deal_single(const Dealing& dealing) {
  std::vector<std::size_t> answers(dealing.asked.size());
  const auto parts = part(dealing);
  for (const auto& [member, answer] : parts.left) answers[member] = answer;
  Single single(dealing, answers);
  for (const auto& each : parts.parts) single.deal(each);
  return answers;
}

}  // namespace sondeo
