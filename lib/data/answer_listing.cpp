// SPDX-License-Identifier: MIT
#include "data/answer_listing.h"

#include <algorithm>

#include "base/text.h"
#include "codebook/study_question.h"
#include "data/code_matcher.h"

namespace sondeo {
namespace {

// A number of the row by the seed: all bits mixed (splitmix64).
std::uint64_t drawn(std::uint64_t seed, std::uint64_t row) {
  auto bits = seed + (row + 1) * 0x9e3779b97f4a7c15ULL;
  bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ bits >> 27) * 0x94d049bb133111ebULL;
  return bits ^ bits >> 31;
}

// Which of two answers is kept rather than the other.
struct Rank {
  std::uint64_t number = 0;
  std::uint64_t row = 0;
  auto operator<=>(const Rank& other) const = default;
};

Rank rank_of(const ListingPlan& plan, std::uint64_t row) {
  return {plan.seed ? drawn(*plan.seed, row) : 0, row};
}

using Ranked = std::pair<Rank, ListedAnswer>;

bool ranked_before(const Ranked& a, const Ranked& b) { return a.first < b.first; }

// The answers of a group, of which the first by rank are kept: a heap, the last of them on top.
struct Kept {
  std::uint64_t answers = 0;
  std::vector<Ranked> heap;

  bool wants(const ListingPlan& plan, const Rank& rank) const {
    return plan.limit == 0 || heap.size() < plan.limit || rank < heap.front().first;
  }

  void add(const ListingPlan& plan, Ranked answer) {
    if (plan.limit > 0 && heap.size() == plan.limit) {
      std::pop_heap(heap.begin(), heap.end(), ranked_before);
      heap.pop_back();
    }
    heap.push_back(std::move(answer));
    if (plan.limit > 0) std::push_heap(heap.begin(), heap.end(), ranked_before);
  }
};

}  // namespace

struct AnswerListing::List {
  const ListingPlan::Answers* of = nullptr;
  std::optional<CodeMatcher> codes;
  std::optional<Filter> asked;
  std::vector<Truth> truths;
  std::map<ListingKey, Kept> groups;
};

AnswerListing::AnswerListing(const ListingPlan& plan)
    : plan_(plan), coders_(plan.questions, plan.needed, plan.header, plan.context) {
  for (const auto question : plan.groups) {
    if (!plan.questions[question].several()) continue;
    throw Error("banner", "'" + excerpt(plan.questions[question].name) +
                              "' has several answers: a respondent would be in several groups");
  }
  if (plan.where) where_.emplace(*plan.where, plan.header, coders_.named(), plan.context);
  for (const auto& answers : plan.answers) {
    List list;
    list.of = &answers;
    if (answers.study != nullptr) list.codes.emplace(*answers.study, plan.context.numbers);
    if (answers.asked)
      list.asked.emplace(*answers.asked, plan.header, coders_.named(), plan.context);
    lists_.push_back(std::move(list));
  }
}

AnswerListing::~AnswerListing() = default;

void AnswerListing::take(const Block& block) {
  coders_.code(block);
  if (where_) where_->evaluate(block, kept_);
  for (auto& list : lists_)
    if (list.asked) list.asked->evaluate(block, list.truths);
  line_ = block.first_line;
  line_end_ = block.begin;
  for (std::size_t row = 0; row < block.rows; ++row) {
    if (!where_ || kept_[row] == Truth::yes) take_row(block, row);
  }
}

std::string AnswerListing::answer_of(std::size_t question, std::size_t row) const {
  const auto& coder = *coders_.coders()[question];
  if (!coder.several()) {
    const auto answer = coder.answer(coder.codes()[row]);
    return answer.kind == AnswerKind::category ? answer.text : "";
  }
  std::string texts;
  for (auto i = coder.offsets()[row]; i < coder.offsets()[row + 1]; ++i) {
    const auto answer = coder.answer(coder.codes()[i]);
    if (answer.kind == AnswerKind::category) texts += (texts.empty() ? "" : "; ") + answer.text;
  }
  return texts;
}

void AnswerListing::take_row(const Block& block, std::size_t row) {
  std::optional<ListingKey> key;
  for (auto& list : lists_) {
    if (list.asked && list.truths[row] != Truth::yes) continue;
    const auto text = cell_text(block.cell(row, list.of->column));
    const auto trimmed = trim(text);
    if (trimmed.empty() || is_missing(trim_blanks(text), plan_.context.rules)) continue;
    if (list.codes) {
      const auto code = list.codes->find(trim_blanks(text));
      if (code && list.of->study->codes[*code].missing != MissingKind::none) continue;
    }
    if (!key) {
      key.emplace();
      for (const auto question : plan_.groups) key->push_back(answer_of(question, row));
    }
    auto& group = list.groups[*key];
    ++group.answers;
    ListedAnswer answer;
    answer.row = block.first_row + row;
    const auto rank = rank_of(plan_, answer.row);
    if (!group.wants(plan_, rank)) continue;
    const auto start = block.cell_start(row, 0);
    line_ += count_line_ends(block.bytes + line_end_, start - line_end_);
    line_end_ = start;
    answer.line = line_;
    answer.text = std::string(trimmed);
    if (plan_.id) answer.id = trim_blanks(cell_text(block.cell(row, *plan_.id)));
    for (const auto question : plan_.shown) answer.shown.push_back(answer_of(question, row));
    group.add(plan_, {rank, std::move(answer)});
  }
}

std::vector<Listing> AnswerListing::united(
    const std::vector<std::unique_ptr<AnswerListing>>& workers, const ListingPlan& plan) {
  std::vector<Listing> listings;
  for (std::size_t i = 0; i < plan.answers.size(); ++i) {
    std::map<ListingKey, Kept> all;
    for (const auto& worker : workers) {
      for (auto& [key, kept] : worker->lists_[i].groups) {
        auto& group = all[key];
        group.answers += kept.answers;
        for (auto& answer : kept.heap)
          if (group.wants(plan, answer.first)) group.add(plan, std::move(answer));
      }
    }
    Listing listing;
    for (auto& [key, kept] : all) {
      auto& group = listing[key];
      group.answers = kept.answers;
      for (auto& answer : kept.heap) group.listed.push_back(std::move(answer.second));
      std::sort(group.listed.begin(), group.listed.end(),
                [](const auto& a, const auto& b) { return a.row < b.row; });
    }
    listings.push_back(std::move(listing));
  }
  return listings;
}

}  // namespace sondeo
