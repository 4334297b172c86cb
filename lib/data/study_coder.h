// SPDX-License-Identifier: MIT
// Coders of the questions of a study: listed answers, missing kinds, routing.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "data/answers.h"
#include "data/block.h"

namespace sondeo {

enum class Truth : std::uint8_t;

// Codes a question as its study says. The codes of listed answers come first, in the order of the
// file, whether they occur or not.
class StudyCoder : public AnswerCoder {
 public:
  // After code(): rows whose truth is not `yes` were not asked, whatever their cells say.
  void route(const Block& block, const std::vector<Truth>& asked);

  // Answers of rows that were not asked, and the line of the first.
  struct LeftOut {
    std::uint64_t answers = 0;
    std::uint64_t first_line = 0;
  };
  const LeftOut& left_out() const { return left_out_; }

 protected:
  StudyCoder(bool several, std::uint32_t not_asked)
      : AnswerCoder(several), not_asked_code_(not_asked) {}

 private:
  bool is_answer(std::uint32_t code);

  std::uint32_t not_asked_code_;
  std::vector<std::uint8_t> answers_;  // by code: whether it is an answer, as far as known
  LeftOut left_out_;
};

// The coder of a question that stands in columns; question.study must be there and not derived.
// Its code() throws Error [code-range] for an answer that is not listed, [not-a-number], both with
// line and column, and [too-many-answers].
std::unique_ptr<StudyCoder> make_study_coder(const Question& question,
                                             const CodingContext& context);

}  // namespace sondeo
