// SPDX-License-Identifier: MIT
// One question's answers in a block as codes: what the fold counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/number.h"
#include "codebook/question.h"
#include "data/block.h"
#include "data/ticks.h"

namespace sondeo {

// Distinct answers of a categorical question, and of a question of numbers.
constexpr std::size_t most_categories = 65535;
constexpr std::size_t most_numbers = std::size_t{1} << 20;

enum class AnswerKind {
  category,   // an answer or, for select-all questions, a chosen option
  missing,    // asked and no answer; its text is the code of the answer that counts as none, or ""
  answered,   // select-all, one of these per respondent: at least one option chosen,
  asked,      // asked and none chosen, `missing`, or
  not_asked,  // every cell empty or missing; questions of a study: by routing, or so coded
  net,        // select-all questions of a study: an option of this net (its text) is chosen
  number,     // questions of numbers: a value that is not told apart from others
};

struct Answer {
  AnswerKind kind = AnswerKind::category;
  std::string text;  // the answer, trimmed; flags: the option's name
  // What to show: the answer with its blanks, as the file has it; flags: what the header says of
  // the option, else the one text that its ticked cells hold, if it says something, else its name;
  // "" if no cell is ticked yet.
  std::string label;
  double number = 0;  // questions of numbers
};

constexpr std::uint32_t first_option = 3;

// Questions of numbers: the code of all values that have none of their own.
constexpr std::uint32_t any_number = 0;

// Codes the answers of one question, block by block, in one thread.
class AnswerCoder {
 public:
  virtual ~AnswerCoder() = default;

  // Codes all rows of the block. Throws Error [too-many-answers], and [not-a-number] for numbers.
  virtual void code(const Block& block) = 0;

  // After code(): single questions have one code a row in codes(). Select-all questions have a
  // list: row r's codes are codes()[offsets()[r]] .. codes()[offsets()[r + 1] - 1], each once,
  // first the code of its kind (answered, asked, missing, not_asked), then the options chosen, then
  // the nets that hold one of them. The options of flags are numbered from first_option in the
  // order of their columns, those of a study in the order of its codes.
  bool several() const { return several_; }
  const std::vector<std::uint32_t>& codes() const { return codes_; }
  const std::vector<std::uint32_t>& offsets() const { return offsets_; }

  // How many codes there are by now, and what they mean. Two codes may mean the same answer.
  virtual std::size_t size() const = 0;
  virtual Answer answer(std::uint32_t code) const = 0;

  // Questions of numbers. Once that is allowed, values have no codes of their own any more when
  // there are most_numbers already, or after stop_coding(): their code is any_number, and numbers()
  // has them by row of the block. Without it they are refused.
  void allow_uncoded() { allows_uncoded_ = first_value() > 0; }
  bool allows_uncoded() const { return allows_uncoded_; }
  void stop_coding() { is_uncoded_ = allows_uncoded_; }
  bool is_uncoded() const { return is_uncoded_; }
  const std::vector<double>& numbers() const { return numbers_; }
  // Codes of values begin here; 0 for other questions.
  virtual std::uint32_t first_value() const { return 0; }

  // flags: adds the texts that the columns hold, to be looked at when all of the file has been
  // read.
  virtual void collect(FlagTexts& texts) const { static_cast<void>(texts); }

  // Cells from which blanks were trimmed.
  std::uint64_t trimmed() const { return trimmed_; }

 protected:
  explicit AnswerCoder(bool several) : several_(several) {}
  // There are too many values. Throws Error [too-many-answers] if all must have codes.
  void leave_uncoded(const Question& question, const std::string& file);
  bool several_;
  std::vector<std::uint32_t> codes_;
  std::vector<std::uint32_t> offsets_;
  std::vector<double> numbers_;
  std::uint64_t trimmed_ = 0;

 private:
  bool allows_uncoded_ = false;
  bool is_uncoded_ = false;
};

// What every coder needs to know; must outlive it.
struct CodingContext {
  std::string file;
  AnswerRules rules;
  NumberFormat numbers;
};

// The coder of a question that stands in columns of the file.
std::unique_ptr<AnswerCoder> make_coder(const Question& question, const CodingContext& context);

// Throws Error [too-many-answers] if `count` different answers are more than a question may have.
void check_answers(const Question& question, std::size_t count, const std::string& file);

}  // namespace sondeo
