// SPDX-License-Identifier: MIT
#include "weight/profiles.h"

#include <bit>

#include "base/error.h"
#include "base/number.h"

namespace sondeo {
namespace {

constexpr std::uint32_t none = 0xffffffff;
constexpr unsigned table_bits = 18;  // one mebibyte, which the second-level cache holds

}  // namespace

ProfileCoder::ProfileCoder(const VariableSource& source,
                           const std::vector<ProfileVariable>& variables,
                           const std::vector<std::unique_ptr<AnswerCoder>>& coders) {
  for (const auto& each : variables) {
    Variable variable;
    variable.coder = coders[each.variable].get();
    if (variable.coder->several()) {
      throw Error("margin-several",
                  "'" + source.name(each.variable) + "' has several answers a respondent",
                  "a margin takes one of its options");
    }
    variable.names = {""};
    for (const auto& name : each.known) {
      if (variable.numbers.try_emplace(name, variable.names.size()).second)
        variable.names.push_back(name);
    }
    variable.known = variable.names.size();
    variables_.push_back(std::move(variable));
  }
  spread_keys();
}

std::uint32_t ProfileCoder::category_of(Variable& variable, const Answer& answer) {
  if (answer.kind != AnswerKind::category) return 0;
  for (const auto* text : {&answer.text, &answer.label}) {
    const auto found = variable.numbers.find(*text);
    if (found != variable.numbers.end()) return found->second;
  }
  if (const auto number = parse_number(answer.text)) {
    for (std::size_t i = 1; i < variable.known; ++i) {
      if (parse_number(variable.names[i]) == number) return static_cast<std::uint32_t>(i);
    }
  }
  const auto category = static_cast<std::uint32_t>(variable.names.size());
  variable.names.push_back(answer.text);
  variable.numbers.emplace(answer.text, category);
  return category;
}

// Gives every variable as many bits of the key as its categories need, and numbers the profiles
// that are known already by their new keys.
void ProfileCoder::spread_keys() {
  bits_ = 0;
  for (auto& variable : variables_) {
    variable.bits = static_cast<unsigned>(std::bit_width(variable.names.size()));
    variable.shift = bits_;
    bits_ += variable.bits;
  }
  if (bits_ > 64) {
    throw Error("too-many-profiles", "the weighting variables have too many categories",
                "collapse some, or is one of them an id?");
  }
  table_.clear();
  map_.clear();
  if (bits_ <= table_bits) table_.assign(std::size_t{1} << bits_, none);
  const auto width = variables_.size();
  for (std::size_t profile = 0; width > 0 && profile < size(); ++profile) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < width; ++i)
      key |= std::uint64_t{category(profile, i)} << variables_[i].shift;
    if (table_.empty()) {
      map_.emplace(key, static_cast<std::uint32_t>(profile));
    } else {
      table_[key] = static_cast<std::uint32_t>(profile);
    }
  }
}

std::uint32_t ProfileCoder::number(std::uint64_t key) {
  if (!table_.empty() && table_[key] != none) return table_[key];
  const auto fresh = static_cast<std::uint32_t>(size());
  if (table_.empty()) {
    const auto [at, inserted] = map_.try_emplace(key, fresh);
    if (!inserted) return at->second;
  } else {
    table_[key] = fresh;
  }
  for (const auto& variable : variables_) {
    tuples_.push_back(static_cast<std::uint32_t>(key >> variable.shift &
                                                 ((std::uint64_t{1} << variable.bits) - 1)));
  }
  return fresh;
}

void ProfileCoder::take(std::size_t rows) {
  profiles_.assign(rows, 0);
  if (variables_.empty()) return;
  bool outgrown = false;
  for (auto& variable : variables_) {
    while (variable.category_of_code.size() < variable.coder->size()) {
      const auto code = static_cast<std::uint32_t>(variable.category_of_code.size());
      variable.category_of_code.push_back(category_of(variable, variable.coder->answer(code)));
    }
    outgrown |= static_cast<unsigned>(std::bit_width(variable.names.size())) > variable.bits;
  }
  if (outgrown) spread_keys();
  keys_.assign(rows, 0);
  for (const auto& variable : variables_) {
    const auto* codes = variable.coder->codes().data();
    const auto* categories = variable.category_of_code.data();
    for (std::size_t row = 0; row < rows; ++row)
      keys_[row] |= std::uint64_t{categories[codes[row]]} << variable.shift;
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto key = keys_[row];
    profiles_[row] = !table_.empty() && table_[key] != none ? table_[key] : number(key);
  }
}

}  // namespace sondeo
