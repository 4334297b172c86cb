// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace sondeo {
namespace {

// Reading order; what is not known comes after what is.
bool earlier(const Place& a, const Place& b) {
  constexpr auto known = [](std::uint64_t n) {
    return n == 0 ? std::numeric_limits<std::uint64_t>::max() : n;
  };
  return std::make_tuple(a.file.empty(), std::string_view(a.file), known(a.line), known(a.column)) <
         std::make_tuple(b.file.empty(), std::string_view(b.file), known(b.line), known(b.column));
}

// The place and the hint are minima over the reports, each by itself, so that no order of reports
// shows in the result.
void combine(Issue& into, const Issue& from) {
  if (earlier(from.first, into.first)) into.first = from.first;
  if (into.hint.empty() || (!from.hint.empty() && from.hint < into.hint)) into.hint = from.hint;
  into.count += from.count;
}

}  // namespace

Error::Error(std::string id, std::string message, std::string hint)
    : Error(Place{}, std::move(id), std::move(message), std::move(hint)) {}

Error::Error(Place place, std::string id, std::string message, std::string hint)
    : place_(std::move(place)),
      id_(std::move(id)),
      message_(std::move(message)),
      hint_(std::move(hint)) {}

void Issues::add(Place place, std::string_view id, std::string_view message, std::string_view hint,
                 std::uint64_t count) {
  if (count == 0) return;
  Issue issue{std::string(id), std::string(message), std::string(hint), std::move(place), count};
  const auto [at, inserted] = issues_.try_emplace({issue.id, issue.message}, issue);
  if (!inserted) combine(at->second, issue);
}

void Issues::merge(const Issues& other) {
  for (const auto& [key, issue] : other.issues_) {
    const auto [at, inserted] = issues_.try_emplace(key, issue);
    if (!inserted) combine(at->second, issue);
  }
}

std::vector<Issue> Issues::list() const {
  std::vector<Issue> issues;
  issues.reserve(issues_.size());
  for (const auto& [key, issue] : issues_) issues.push_back(issue);
  // The map is ordered by id and message, which a stable sort keeps among equal places.
  std::stable_sort(issues.begin(), issues.end(),
                   [](const Issue& a, const Issue& b) { return earlier(a.first, b.first); });
  return issues;
}

}  // namespace sondeo
