// SPDX-License-Identifier: MIT
// Answers in words, listed by groups of respondents: read as a stream, kept are those to be shown.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/block.h"
#include "data/question_coders.h"
#include "expr/expr.h"

namespace sondeo {

// What to list; outlives the listings.
struct ListingPlan {
  // Columns of answers, each a list of its own.
  struct Answers {
    std::size_t column = 0;
    const StudyQuestion* study = nullptr;  // whose missing codes are no answers, or none
    std::optional<Expr> asked;             // only of respondents for whom it is true
  };
  std::vector<Answers> answers;
  std::vector<Question> questions;
  std::vector<std::size_t> needed;  // of the questions: to be coded
  std::vector<std::size_t> groups;  // of the questions: who of one answer to each are together
  std::vector<std::size_t> shown;   // of the questions: what is told of a respondent
  std::optional<std::size_t> id;    // the column of the respondent's id
  std::optional<Expr> where;
  Header header;
  CodingContext context;
  std::uint64_t limit = 0;            // of each group, if not 0 ...
  std::optional<std::uint64_t> seed;  // ... the first, or drawn at random by this
};

struct ListedAnswer {
  std::uint64_t row = 0;  // from 0, of the file's respondents
  std::uint64_t line = 0;
  std::string id;
  std::string text;                // trimmed
  std::vector<std::string> shown;  // answers to ListingPlan::shown: codes or texts, "" for none
};

// Respondents who gave the same answers to the grouping questions: their codes or texts, "" for
// none.
using ListingKey = std::vector<std::string>;

struct ListingGroup {
  std::uint64_t answers = 0;         // all that there are
  std::vector<ListedAnswer> listed;  // in the order of the file
};

// One list: groups in no order that means anything.
using Listing = std::map<ListingKey, ListingGroup>;

// Takes blocks, in one thread. A respondent is drawn by his place in the file and the seed alone,
// so that blocks and threads leave no trace.
class AnswerListing : public BlockWorker {
 public:
  // Throws as the coders and the filters do; select-all questions cannot group: Error [banner].
  explicit AnswerListing(const ListingPlan& plan);
  ~AnswerListing() override;
  void take(const Block& block) override;

  // All lists of these workers, by ListingPlan::answers.
  static std::vector<Listing> united(const std::vector<std::unique_ptr<AnswerListing>>& workers,
                                     const ListingPlan& plan);

 private:
  struct List;
  void take_row(const Block& block, std::size_t row);
  std::string answer_of(std::size_t question, std::size_t row) const;

  const ListingPlan& plan_;
  QuestionCoders coders_;
  std::optional<Filter> where_;
  std::vector<Truth> kept_;
  std::vector<List> lists_;
  std::uint64_t line_ = 0;    // of `line_end_`
  std::size_t line_end_ = 0;  // the byte of the block up to which line ends were counted
};

}  // namespace sondeo
