// SPDX-License-Identifier: MIT
// Multiple answers. Everybody gets a first answer, if the shares are large enough for that, then
// every option is given to more of the others until its sum is reached.
#include <algorithm>
#include <numeric>

#include "synth/deal.h"
#include "synth/dealing.h"
#include "synth/random.h"

namespace sondeo {
namespace {

constexpr int tendency_loading = 50;  // percent of a score that is ticking much or little

class Several {
 public:
  Several(const Dealing& dealing, const SeveralRoom& room,
          std::vector<std::vector<std::size_t>>& answers)
      : dealing_(dealing),
        room_(room),
        answers_(answers),
        tendency_(dealing.sample.seed, dealing.question.name + " tendency"),
        first_(dealing.sample.seed, dealing.question.name + " first") {
    const auto& codes = dealing.question.codes;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (leaves_base(dealing.question, i, dealing.aims.base)) continue;
      const bool alone = dealing.aims.alone[i] != 0 || codes[i].missing != MissingKind::none;
      (alone ? alone_ : options_).push_back(i);
    }
  }

  void deal(const DealPart& part) {
    members_ = part.members;
    weights_ = weights_of(dealing_, members_);
    base_ = base_of(dealing_, weights_);
    counts_.assign(members_.size(), 0);
    given_.assign(dealing_.question.codes.size(), {});
    wanted_.assign(dealing_.question.codes.size(), 0);
    for (const auto option : options_) want(option, part, 15, 45);
    for (const auto option : alone_) want(option, part, 3, 3);
    const auto rest = deal_alone();
    deal_first(rest, part);
    deal_more(rest);
    for (std::size_t option = 0; option < given_.size(); ++option) {
      for (const auto m : given_[option]) answers_[members_[m]].push_back(option);
    }
    check(part);
  }

 private:
  // The sum that an option has to have: its aim, or a share in [least, least + width) percent.
  void want(std::size_t option, const DealPart& part, std::uint64_t least, std::uint64_t width) {
    const auto& code = dealing_.question.codes[option].code;
    const Draws draws(dealing_.sample.seed, dealing_.question.name + " share of " + code);
    auto percent = static_cast<std::int64_t>(least + draws.below(0, width)) * percent_unit;
    if (part.aims != nullptr) {
      const Aim* mine = nullptr;
      for (const auto& aim : part.aims->aims) {
        if (aim.answers[0] != option) continue;
        if (mine != nullptr) {
          throw Error(aim.at, "target-duplicate", aim.what + " has two targets",
                      "the other is in line " + std::to_string(mine->at.line));
        }
        mine = &aim;
        percent = aim.percent;
      }
    }
    wanted_[option] = apportion(base_, {percent, whole - percent})[0];
  }

  // Options that are chosen alone. Returns the other members.
  std::vector<std::size_t> deal_alone() {
    std::vector<std::size_t> everybody(members_.size());
    std::iota(everybody.begin(), everybody.end(), std::size_t{0});
    std::vector<std::int64_t> wanted;
    for (const auto option : alone_) wanted.push_back(wanted_[option]);
    const auto left = sum_of(weights_) - sum_of(wanted);
    if (alone_.empty() || left < 0) return everybody;
    wanted.push_back(left);
    const auto dealt = deal_among(everybody, wanted, first_);
    std::vector<std::size_t> rest;
    for (const auto m : everybody) {
      if (dealt[m] < alone_.size()) {
        given_[alone_[dealt[m]]].push_back(m);
      } else {
        rest.push_back(m);
      }
    }
    return rest;
  }

  // By chance and with the exact sums: a position in `wanted` for each of some members.
  std::vector<std::size_t> deal_among(const std::vector<std::size_t>& some,
                                      const std::vector<std::int64_t>& wanted,
                                      const Draws& draws) const {
    std::vector<std::int64_t> weights;
    std::vector<std::uint64_t> lots;
    for (const auto m : some) {
      weights.push_back(weights_[m]);
      lots.push_back(draws.bits(respondent(m)));
    }
    Deal deal{weights,
              deal_by_score(weights, std::vector<std::int64_t>(some.size()), lots, wanted,
                            std::vector<int>(wanted.size())),
              {}};
    settle(deal, wanted);
    return deal.answers;
  }

  // A first answer for each of the rest, in proportion to the options' sums.
  void deal_first(const std::vector<std::size_t>& rest, const DealPart& part) {
    std::int64_t total = 0;
    for (const auto m : rest) total += weights_[m];
    std::vector<std::int64_t> wanted;
    for (const auto option : options_) wanted.push_back(wanted_[option]);
    first_of_.assign(members_.size(), given_.size());
    if (rest.empty() || wanted.empty()) return;
    if (sum_of(wanted) < total) {
      if (room_.none_too && dealing_.aims.base != AimBase::answered) return;
      const auto at = part.aims != nullptr && !part.aims->aims.empty() ? part.aims->aims.back().at
                                                                       : dealing_.question.at;
      throw Error(at, "target-sum",
                  "the answers to " + dealing_.question.name +
                      " add up to less than 100 %: somebody would have chosen none",
                  room_.none_too
                      ? "of those asked, that is possible: base asked"
                      : "the file cannot say so: add an answer such as \"none of these\"");
    }
    const auto dealt = deal_among(rest, apportion(total, wanted),
                                  Draws(dealing_.sample.seed, dealing_.question.name));
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const auto option = options_[dealt[i]];
      first_of_[rest[i]] = option;
      given_[option].push_back(rest[i]);
      ++counts_[rest[i]];
    }
  }

  // Every option to as many more as are missing, to those first who tick much.
  void deal_more(const std::vector<std::size_t>& rest) {
    std::vector<std::pair<std::int64_t, std::size_t>> order;
    for (const auto option : options_) {
      std::int64_t missing = wanted_[option];
      for (const auto m : given_[option]) missing -= weights_[m];
      order.emplace_back(-missing, option);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [missing, option] : order) give(option, -missing, rest);
  }

  void give(std::size_t option, std::int64_t missing, const std::vector<std::size_t>& rest) {
    std::vector<std::size_t> open;
    std::vector<std::int64_t> scores;
    Deal deal;
    const auto& question = dealing_.question;
    const Draws own(dealing_.sample.seed, question.name + " " + question.codes[option].code);
    const auto lean = dealing_.aims.lean[option];
    for (const auto m : rest) {
      if (first_of_[m] == option || counts_[m] >= room_.most) continue;
      open.push_back(m);
      deal.weights.push_back(weights_[m]);
      const auto who = respondent(m);
      const auto liking = correlated(dealing_.sample.attitude[who], own.bell(who), lean);
      scores.push_back(correlated(tendency_.bell(who), liking, tendency_loading));
    }
    const auto total = sum_of(deal.weights);
    const auto more = std::clamp<std::int64_t>(missing, 0, total);
    const std::vector<std::int64_t> wanted{total - more, more};
    if (open.empty()) return;
    deal.answers = deal_by_score(deal.weights, scores, std::vector<std::uint64_t>(open.size()),
                                 wanted, {0, 1});
    settle(deal, wanted);
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (deal.answers[i] == 0) continue;
      given_[option].push_back(open[i]);
      ++counts_[open[i]];
    }
  }

  void check(const DealPart& part) const {
    if (part.aims == nullptr) return;
    for (const auto& aim : part.aims->aims) {
      std::int64_t sum = 0;
      for (const auto m : given_[aim.answers[0]]) sum += weights_[m];
      check_aim(dealing_, aim, sum, base_, members_.size());
    }
  }

  std::size_t respondent(std::size_t m) const { return dealing_.asked[members_[m]]; }

  const Dealing& dealing_;
  const SeveralRoom& room_;
  std::vector<std::vector<std::size_t>>& answers_;
  Draws tendency_;
  Draws first_;
  std::vector<std::size_t> options_, alone_;

  // Of the part at hand; `m` is a position in members_.
  std::vector<std::size_t> members_;
  std::vector<std::int64_t> weights_;
  std::int64_t base_ = 0;
  std::vector<std::int64_t> wanted_;             // [code]
  std::vector<std::vector<std::size_t>> given_;  // [code] m of those who give it
  std::vector<std::size_t> first_of_;            // [m] code, or the number of codes
  std::vector<std::size_t> counts_;              // [m]
};

}  // namespace

std::vector<std::vector<std::size_t>> deal_several(const Dealing& dealing,
                                                   const SeveralRoom& room) {
  std::vector<std::vector<std::size_t>> answers(dealing.asked.size());
  const auto parts = part(dealing);
  for (const auto& [member, answer] : parts.left) answers[member].push_back(answer);
  Several several(dealing, room, answers);
  for (const auto& each : parts.parts) several.deal(each);
  return answers;
}

}  // namespace sondeo
