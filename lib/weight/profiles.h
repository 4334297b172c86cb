// SPDX-License-Identifier: MIT
// Profiles: the distinct combinations of answers that weights depend on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/answers.h"
#include "weight/variables.h"

namespace sondeo {

// A variable of profiles, and what the targets call its categories: an answer is the one of that
// text, of that label, or of that number.
struct ProfileVariable {
  std::size_t variable = 0;  // in the VariableSource
  std::vector<std::string> known;
};

// Numbers the profiles that come in one thread, and the categories of every variable: 0 stands for
// no answer, then the known ones in their order, then others as they come.
class ProfileCoder {
 public:
  // `coders` are by question of the source, and outlive this. Throws Error [margin-several] for a
  // question with several answers.
  ProfileCoder(const VariableSource& source, const std::vector<ProfileVariable>& variables,
               const std::vector<std::unique_ptr<AnswerCoder>>& coders);

  // The profiles of a block of so many rows that the coders have coded. Throws Error
  // [too-many-profiles] if the categories of all variables have more combinations than 2^64.
  void take(std::size_t rows);
  const std::vector<std::uint32_t>& profiles() const { return profiles_; }

  // How many profiles there are by now, and what they are.
  std::size_t size() const { return variables_.empty() ? 1 : tuples_.size() / variables_.size(); }
  std::uint32_t category(std::size_t profile, std::size_t variable) const {
    return tuples_[profile * variables_.size() + variable];
  }
  const std::string& category_name(std::size_t variable, std::uint32_t category) const {
    return variables_[variable].names[category];
  }

 private:
  struct Variable {
    const AnswerCoder* coder = nullptr;
    std::vector<std::uint32_t> category_of_code;
    std::vector<std::string> names;
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::size_t known = 0;
    unsigned shift = 0;
    unsigned bits = 0;
  };
  std::uint32_t category_of(Variable& variable, const Answer& answer);
  void spread_keys();
  std::uint32_t number(std::uint64_t key);

  std::vector<Variable> variables_;
  std::vector<std::uint64_t> keys_;  // by row: the categories side by side
  std::vector<std::uint32_t> profiles_;
  std::vector<std::uint32_t> tuples_;
  unsigned bits_ = 0;
  std::vector<std::uint32_t> table_;  // by key, while there are few bits; else
  std::unordered_map<std::uint64_t, std::uint32_t> map_;
};

}  // namespace sondeo
