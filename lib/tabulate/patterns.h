// SPDX-License-Identifier: MIT
// What a respondent said to one question, as one code, even where several answers are given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/answers.h"
#include "data/dictionary.h"

namespace sondeo {

// The codes of one axis or question in a block: one a row, or a list a row (see AnswerCoder).
struct AxisCodes {
  const std::uint32_t* codes = nullptr;
  const std::uint32_t* offsets = nullptr;  // nullptr: one code a row
};

// Numbers the combinations of answers of a select-all question as they come; the codes of other
// questions are their own patterns.
class PatternCoder {
 public:
  // More combinations are not numbered: the question is wide.
  static constexpr std::size_t most_patterns = 4096;

  // Of questions with one answer, `most` may be another number.
  explicit PatternCoder(const AnswerCoder& coder, std::size_t most = most_patterns)
      : coder_(coder), most_(most) {}

  // Numbers the patterns of these rows, after the coder has coded the block.
  void code(std::size_t block_rows, const std::vector<std::uint32_t>& rows);

  bool several() const { return coder_.several(); }
  bool wide() const { return size() > most_; }
  // Patterns are below this by now.
  std::size_t size() const { return coder_.several() ? patterns_ : coder_.size(); }
  // By row of the block, for the rows that were coded; not of a wide question.
  const std::uint32_t* codes() const {
    return coder_.several() ? codes_.data() : coder_.codes().data();
  }
  // Appends the answer codes of a pattern.
  void append_answers(std::uint32_t pattern, std::vector<std::uint32_t>& codes) const;

 private:
  std::uint32_t number_of(const std::uint32_t* codes, std::size_t count);
  // Where the number of a list is kept; Dictionary::unknown there if it has none yet.
  std::uint32_t& place_of(const std::uint32_t* codes, std::size_t count);
  std::uint32_t& place_of_set(std::uint64_t set);

  const AnswerCoder& coder_;
  std::size_t most_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::uint32_t> lists_of_block_;
  std::size_t patterns_ = 0;
  // Lists of codes below 64 as the bits of a word, hashed; 0 is a free place.
  struct NumberedSet {
    std::uint64_t set = 0;
    std::uint32_t number = Dictionary::unknown;
  };
  std::vector<NumberedSet> sets_;  // a power of two, at most half of them taken
  std::size_t sets_taken_ = 0;
  Dictionary lists_;  // other lists as bytes
  std::vector<std::uint32_t> numbers_of_lists_;
  // By pattern: its answer codes, one list after the other.
  std::vector<std::uint32_t> answers_;
  std::vector<std::size_t> starts_{0};
};

}  // namespace sondeo
