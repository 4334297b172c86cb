// SPDX-License-Identifier: MIT
#include "synth/shares.h"

#include <algorithm>
#include <numeric>

namespace sondeo {
namespace {

__extension__ using Wide = __int128;

// Aims as a tree: a node's children are the largest aims inside it.
struct Node {
  const Aim* aim = nullptr;  // nullptr: the whole
  std::vector<std::size_t> answers;
  std::vector<std::size_t> children;
};

bool inside(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  return std::includes(b.begin(), b.end(), a.begin(), a.end());
}

bool apart(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  return std::none_of(a.begin(), a.end(), [&](std::size_t answer) {
    return std::binary_search(b.begin(), b.end(), answer);
  });
}

std::string text_of(std::int64_t percent) {
  auto text = std::to_string(percent / percent_unit);
  auto decimals = std::to_string(percent_unit + percent % percent_unit).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return decimals.empty() ? text : text + "." + decimals;
}

std::vector<Node> tree_of(const std::vector<Aim>& aims, std::size_t answers) {
  std::vector<Node> nodes(1);
  nodes[0].answers.resize(answers);
  std::iota(nodes[0].answers.begin(), nodes[0].answers.end(), std::size_t{0});
  std::vector<const Aim*> order;
  for (const auto& aim : aims) order.push_back(&aim);
  std::stable_sort(order.begin(), order.end(), [](const Aim* a, const Aim* b) {
    return a->answers.size() > b->answers.size();
  });
  for (const auto* aim : order) {
    std::size_t parent = 0;
    for (std::size_t i = 1; i < nodes.size(); ++i) {
      const auto& other = nodes[i];
      if (other.answers == aim->answers) {
        throw Error(aim->at, "target-duplicate", aim->what + " has two targets",
                    "the other is in line " + std::to_string(other.aim->at.line));
      }
      if (inside(aim->answers, other.answers)) {
        parent = i;
      } else if (!apart(aim->answers, other.answers)) {
        throw Error(aim->at, "target-overlap",
                    aim->what + " and " + other.aim->what + " share some answers, but not all",
                    "one target must lie inside the other, or apart from it");
      }
    }
    nodes[parent].children.push_back(nodes.size());
    nodes.push_back({aim, aim->answers, {}});
  }
  return nodes;
}

class Completer {
 public:
  Completer(const std::vector<Node>& nodes, const std::vector<std::int64_t>& usual,
            const std::string& question)
      : nodes_(nodes), usual_(usual), question_(question), shares_(usual.size()) {}

  std::vector<std::int64_t> run(std::int64_t available) {
    fill(0, available);
    return shares_;
  }

 private:
  void fill(std::size_t node, std::int64_t value) {
    const auto& children = nodes_[node].children;
    std::vector<char> covered(usual_.size());
    for (const auto child : children) {
      for (const auto answer : nodes_[child].answers) covered[answer] = 1;
    }
    std::vector<std::size_t> rest_of;  // answers without an aim of their own
    for (const auto answer : nodes_[node].answers) {
      if (covered[answer] == 0 && (usual_[answer] != 0 || children.empty()))
        rest_of.push_back(answer);
    }
    std::int64_t sum = 0;
    for (const auto child : children) sum += nodes_[child].aim->percent;
    const auto rest = value - sum;
    std::vector<std::int64_t> values;
    for (const auto child : children) values.push_back(nodes_[child].aim->percent);
    if (!rest_of.empty() && rest >= 0) {
      std::vector<std::int64_t> proportions;
      for (const auto answer : rest_of) proportions.push_back(usual_[answer]);
      // An aim of answers that are not usual is met by them all the same.
      if (std::all_of(proportions.begin(), proportions.end(), [](auto each) { return each == 0; }))
        std::fill(proportions.begin(), proportions.end(), 1);
      const auto parts = apportion(rest, proportions);
      for (std::size_t i = 0; i < rest_of.size(); ++i) shares_[rest_of[i]] = parts[i];
    } else if (rest != 0) {
      shift(node, value, sum, values);
    }
    for (std::size_t i = 0; i < children.size(); ++i) fill(children[i], values[i]);
  }

  // Moves the aims of the node's children, each inside its rounding, so that they add up.
  void shift(std::size_t node, std::int64_t value, std::int64_t sum,
             std::vector<std::int64_t>& values) const {
    std::vector<std::int64_t> slack;
    for (const auto child : nodes_[node].children) {
      const auto& aim = *nodes_[child].aim;
      slack.push_back(std::min(aim.tolerance(), value > sum ? whole - aim.percent : aim.percent));
    }
    const auto distance = value > sum ? value - sum : sum - value;
    // A half rounds up, so that a figure may come from as much below it, but not from above.
    const auto most = std::accumulate(slack.begin(), slack.end(), std::int64_t{0});
    if (value > sum ? distance >= most : distance > most) {
      refuse(node, value, sum);
    }
    const auto parts = apportion(distance, slack);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += value > sum ? parts[i] : -parts[i];
  }

  [[noreturn]] void refuse(std::size_t node, std::int64_t value, std::int64_t sum) const {
    const auto& children = nodes_[node].children;
    const auto& last =
        *std::max_element(children.begin(), children.end(), [&](std::size_t a, std::size_t b) {
          return nodes_[a].aim->at.line < nodes_[b].aim->at.line;
        });
    const auto& of = nodes_[node].aim != nullptr ? nodes_[node].aim->what : question_;
    throw Error(nodes_[last].aim->at, "target-sum",
                "the targets of " + of + " add up to " + text_of(sum) + " %, which has to be " +
                    text_of(value) + " %",
                "rounding does not explain it: every target is met to its printed digit");
  }

  const std::vector<Node>& nodes_;
  const std::vector<std::int64_t>& usual_;
  const std::string& question_;
  std::vector<std::int64_t> shares_;
};

}  // namespace

std::int64_t Aim::tolerance() const {
  auto unit = percent_unit;
  for (int i = 0; i < digits; ++i) unit /= 10;
  return unit / 2;
}

std::vector<std::int64_t> complete_shares(const std::vector<Aim>& aims,
                                          const std::vector<std::int64_t>& usual,
                                          std::int64_t available, const std::string& question) {
  const auto nodes = tree_of(aims, usual.size());
  return Completer(nodes, usual, question).run(available);
}

std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<std::int64_t>& shares) {
  std::int64_t sum = std::accumulate(shares.begin(), shares.end(), std::int64_t{0});
  std::vector<std::int64_t> parts(shares.size());
  if (sum == 0) return parts;
  std::vector<std::pair<std::int64_t, std::size_t>> remainders;
  auto left = total;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const auto product = static_cast<Wide>(total) * shares[i];
    parts[i] = static_cast<std::int64_t>(product / sum);
    remainders.emplace_back(-static_cast<std::int64_t>(product % sum), i);
    left -= parts[i];
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[remainders[i].second];
  return parts;
}

bool printed_as(const Aim& aim, std::int64_t part, std::int64_t total) {
  // |part / total - percent / whole| against the tolerance, upper end excluded: there it rounds up.
  const auto gap = static_cast<Wide>(part) * whole - static_cast<Wide>(aim.percent) * total;
  const auto reach = static_cast<Wide>(aim.tolerance()) * total;
  return total > 0 ? gap >= -reach && gap < reach : aim.percent == 0;
}

}  // namespace sondeo
