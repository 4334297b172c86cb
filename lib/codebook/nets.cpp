// SPDX-License-Identifier: MIT
#include "codebook/nets.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "codebook/study.h"

namespace sondeo {
namespace {

// Members of nets are called by the names of codes and of nets; of two the first counts.
using Positions = std::unordered_map<std::string_view, std::size_t>;

Positions codes_by_name(const StudyQuestion& question) {
  Positions positions;
  for (std::size_t i = 0; i < question.codes.size(); ++i)
    positions.emplace(question.codes[i].code, i);
  return positions;
}

Positions nets_by_name(const std::vector<StudyNet>& nets) {
  Positions positions;
  for (std::size_t i = 0; i < nets.size(); ++i) positions.emplace(nets[i].name, i);
  return positions;
}

std::optional<std::size_t> find(const Positions& positions, const std::string& name) {
  const auto found = positions.find(name);
  if (found == positions.end()) return std::nullopt;
  return found->second;
}

// Walks from each net through its members, which are looked up once.
class NetCodes {
 public:
  NetCodes(const StudyQuestion& question, const std::vector<StudyNet>& nets)
      : codes_(nets.size()), inner_(nets.size()), seen_(nets.size()) {
    const auto codes = codes_by_name(question);
    const auto positions = nets_by_name(nets);
    for (std::size_t i = 0; i < nets.size(); ++i) {
      for (const auto& member : nets[i].of) {
        if (const auto code = find(codes, member)) {
          codes_[i].push_back(*code);
        } else if (const auto net = find(positions, member)) {
          inner_[i].push_back(*net);
        }
      }
    }
  }

  std::vector<std::size_t> of(std::size_t net) {
    std::fill(seen_.begin(), seen_.end(), false);
    std::vector<std::size_t> codes;
    std::vector<std::size_t> open{net};
    seen_[net] = true;
    while (!open.empty()) {
      const auto at = open.back();
      open.pop_back();
      codes.insert(codes.end(), codes_[at].begin(), codes_[at].end());
      for (const auto inner : inner_[at]) {
        if (seen_[inner]) continue;
        seen_[inner] = true;
        open.push_back(inner);
      }
    }
    std::sort(codes.begin(), codes.end());
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    return codes;
  }

 private:
  std::vector<std::vector<std::size_t>> codes_;  // by net: the members that are codes ...
  std::vector<std::vector<std::size_t>> inner_;  // ... and those that are nets
  std::vector<bool> seen_;
};

// The forest of codes and nets; nodes are codes, then nets.
class Forest {
 public:
  using Before = std::function<bool(const ListedRow&, const ListedRow&)>;

  Forest(const StudyQuestion& question, const std::vector<StudyNet>& nets, const Before& before)
      : codes_(question.codes.size()),
        children_(codes_ + nets.size()),
        parent_(children_.size(), none),
        first_(children_.size()) {
    const auto members = net_codes(question, nets);
    const auto codes = codes_by_name(question);
    const auto positions = nets_by_name(nets);
    for (std::size_t i = 0; i < codes_; ++i) first_[i] = i;
    for (std::size_t i = 0; i < nets.size(); ++i) {
      first_[codes_ + i] = members[i].empty() ? codes_ : members[i].front();
      for (const auto& name : nets[i].of) {
        const auto code = find(codes, name);
        const auto net = code ? std::nullopt : find(positions, name);
        if (!code && !net) continue;
        const auto node = code ? *code : codes_ + *net;
        // A net below itself, through others, would never be shown.
        if (parent_[node] != none || (net && is_below(codes_ + i, node))) continue;
        parent_[node] = codes_ + i;
        children_[codes_ + i].push_back(node);
      }
    }
    for (std::size_t node = 0; node < children_.size(); ++node) {
      if (parent_[node] == none) roots_.push_back(node);
    }
    for (auto& children : children_) order(children, before);
    order(roots_, before);
  }

  std::vector<ListedRow> rows() const {
    std::vector<ListedRow> rows;
    for (const auto node : roots_) {
      if (!is_lone_net(node)) append(rows, node);
    }
    for (const auto node : roots_) {
      if (is_lone_net(node)) append(rows, node);
    }
    return rows;
  }

 private:
  bool is_lone_net(std::size_t node) const { return node >= codes_ && children_[node].empty(); }

  bool is_below(std::size_t node, std::size_t top) const {
    while (node != top && node != none) node = parent_[node];
    return node == top;
  }

  ListedRow row(std::size_t node, int indent) const {
    return {node >= codes_, node >= codes_ ? node - codes_ : node, indent};
  }

  void order(std::vector<std::size_t>& nodes, const Before& before) const {
    std::stable_sort(nodes.begin(), nodes.end(),
                     [&](auto a, auto b) { return first_[a] < first_[b]; });
    if (!before) return;
    std::stable_sort(nodes.begin(), nodes.end(),
                     [&](auto a, auto b) { return before(row(a, 0), row(b, 0)); });
  }

  void append(std::vector<ListedRow>& rows, std::size_t root) const {
    std::vector<std::pair<std::size_t, int>> open{{root, 0}};
    while (!open.empty()) {
      const auto [node, indent] = open.back();
      open.pop_back();
      rows.push_back(row(node, indent));
      const auto& children = children_[node];
      for (auto child = children.rbegin(); child != children.rend(); ++child)
        open.emplace_back(*child, indent + 1);
    }
  }

  static constexpr auto none = static_cast<std::size_t>(-1);
  std::size_t codes_;
  std::vector<std::vector<std::size_t>> children_;
  std::vector<std::size_t> parent_;
  std::vector<std::size_t> first_;  // the first code in it
  std::vector<std::size_t> roots_;
};

}  // namespace

std::vector<std::vector<std::size_t>> net_codes(const StudyQuestion& question,
                                                const std::vector<StudyNet>& nets) {
  NetCodes codes(question, nets);
  std::vector<std::vector<std::size_t>> result;
  for (std::size_t i = 0; i < nets.size(); ++i) result.push_back(codes.of(i));
  return result;
}

std::vector<ListedRow> rows_of(
    const StudyQuestion& question, const std::vector<StudyNet>& nets,
    const std::function<bool(const ListedRow&, const ListedRow&)>& before) {
  return Forest(question, nets, before).rows();
}

std::vector<std::size_t> codes_named(const StudyQuestion& question,
                                     const std::vector<std::string>& names) {
  auto nets = nets_of(question);
  nets.emplace_back();
  nets.back().of = names;
  return net_codes(question, nets).back();
}

}  // namespace sondeo
