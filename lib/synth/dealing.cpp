// SPDX-License-Identifier: MIT
#include "synth/dealing.h"

#include <algorithm>
#include <numeric>

#include "base/number.h"
#include "synth/deal.h"
#include "synth/random.h"

namespace sondeo {
namespace {

// Takes out of `members` those who give answers that leave the base.
void take_left(const Dealing& dealing, std::vector<std::size_t>& members, DealParts& parts) {
  const auto& question = dealing.question;
  std::vector<std::size_t> answers;  // that leave, then one place for all that stay
  for (std::size_t i = 0; i <= question.codes.size(); ++i) {
    if (leaves_base(question, i, dealing.aims.base)) answers.push_back(i);
  }
  if (answers.empty()) return;
  std::vector<std::int64_t> usual;
  for (const auto answer : answers) {
    const bool listed = answer < question.codes.size();
    usual.push_back(!listed ? 0 : question.codes[answer].missing == MissingKind::not_asked ? 8 : 3);
  }
  usual.push_back(100);
  auto aims = dealing.aims.leaving;
  for (auto& aim : aims) {
    const auto found = std::find(answers.begin(), answers.end(), aim.answers[0]);
    aim.answers = {static_cast<std::size_t>(found - answers.begin())};
  }
  const auto weights = weights_of(dealing, members);
  const auto total = sum_of(weights);
  const auto wanted = apportion(total, complete_shares(aims, usual, whole, question.name));
  const Draws luck(dealing.sample.seed, question.name + " leaves");
  std::vector<std::uint64_t> lots;
  for (const auto member : members) lots.push_back(luck.bits(dealing.asked[member]));
  Deal deal{weights,
            deal_by_score(weights, std::vector<std::int64_t>(members.size()), lots, wanted,
                          std::vector<int>(wanted.size())),
            {}};
  settle(deal, wanted);
  for (const auto& aim : aims) {
    std::int64_t sum = 0;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (deal.answers[m] == aim.answers[0]) sum += weights[m];
    }
    check_aim(dealing, aim, sum, total, members.size());
  }
  std::vector<std::size_t> staying;
  for (std::size_t m = 0; m < members.size(); ++m) {
    if (deal.answers[m] < answers.size()) {
      parts.left.emplace_back(members[m], answers[deal.answers[m]]);
    } else {
      staying.push_back(members[m]);
    }
  }
  members.swap(staying);
}

}  // namespace

DealParts part(const Dealing& dealing) {
  DealParts parts;
  std::vector<std::size_t> members(dealing.asked.size());
  std::iota(members.begin(), members.end(), std::size_t{0});
  take_left(dealing, members, parts);
  const auto& groups = dealing.aims.groups;
  if (groups.size() == 1 && groups[0].where == nullptr) {
    parts.parts.push_back({members, groups.data()});
    return parts;
  }
  std::vector<std::size_t> group(members.size(), groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto holds = dealing.who(*groups[g].where);
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (holds[dealing.asked[members[m]]] == 0) continue;
      if (group[m] != groups.size()) {
        throw Error(groups[g].where->where_at, "target-where",
                    "somebody is in the group of line " +
                        std::to_string(groups[group[m]].where->where_at.line) + " and in this one",
                    "the groups of a question must be apart");
      }
      group[m] = g;
    }
  }
  for (std::size_t g = 0; g <= groups.size(); ++g) {
    DealPart one;
    one.aims = g < groups.size() ? &groups[g] : nullptr;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (group[m] == g) one.members.push_back(members[m]);
    }
    // A group of nobody stays, so that its targets are not forgotten.
    if (!one.members.empty() || one.aims != nullptr) parts.parts.push_back(std::move(one));
  }
  return parts;
}

std::vector<std::int64_t> weights_of(const Dealing& dealing,
                                     const std::vector<std::size_t>& members) {
  std::vector<std::int64_t> weights;
  weights.reserve(members.size());
  for (const auto member : members) {
    weights.push_back(dealing.sample.weights[dealing.asked[member]]);
  }
  return weights;
}

std::int64_t sum_of(const std::vector<std::int64_t>& weights) {
  return std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
}

std::int64_t base_of(const Dealing& dealing, const std::vector<std::int64_t>& weights) {
  return sum_of(dealing.aims.base == AimBase::all ? dealing.sample.weights : weights);
}

void check_aim(const Dealing& dealing, const Aim& aim, std::int64_t sum, std::int64_t base,
               std::size_t respondents) {
  if (printed_as(aim, sum, base)) return;
  const auto percent = [&](double value) { return rounded(value, aim.digits) + " %"; };
  const auto wanted = percent(static_cast<double>(aim.percent) / static_cast<double>(percent_unit));
  if (base == 0) {
    dealing.unmet.push_back({aim.at, aim.what + " cannot be " + wanted + ": nobody is asked"});
    return;
  }
  const auto got = shortest(static_cast<double>(100 * sum * 10000 / base) / 10000);
  dealing.unmet.push_back({aim.at, aim.what + " comes to " + got + " %, not to " + wanted +
                                       ", among " + std::to_string(respondents) +
                                       (respondents == 1 ? " respondent" : " respondents")});
}

std::vector<std::int64_t> usual_shares(const Dealing& dealing) {
  const auto& question = dealing.question;
  const Draws draws(dealing.sample.seed, question.name + " shares");
  const auto count = static_cast<std::int64_t>(question.codes.size());
  std::vector<std::int64_t> shares;
  // Scales are fuller around a place of their own, right of the middle more often than not.
  const auto top =
      static_cast<std::int64_t>(draws.below(1, static_cast<std::uint64_t>(count + 1)) +
                                draws.below(2, static_cast<std::uint64_t>(count + 1)) + 1) /
      2;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto& code = question.codes[static_cast<std::size_t>(i)];
    const auto chance =
        static_cast<std::int64_t>(draws.below(static_cast<std::uint64_t>(i) + 3, 8));
    if (code.missing != MissingKind::none) {
      shares.push_back(3);
    } else if (question.kind == StudyKind::scale || question.kind == StudyKind::grid) {
      shares.push_back(60 / (2 + (i > top ? i - top : top - i)) + chance);
    } else {
      shares.push_back(6 + 3 * chance);
    }
  }
  shares.push_back(0);  // no answer at all
  return shares;
}

}  // namespace sondeo
