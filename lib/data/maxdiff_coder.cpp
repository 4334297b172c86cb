// SPDX-License-Identifier: MIT
#include "data/maxdiff_coder.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "codebook/study_question.h"
#include "data/code_matcher.h"
#include "data/column.h"
#include "data/study_answers.h"

namespace sondeo {
namespace {

class MaxDiffCoder : public StudyCoder {
 public:
  MaxDiffCoder(const Question& question, const CodingContext& context)
      : StudyCoder(false, not_asked_code),
        question_(question),
        study_(*question.study),
        context_(context),
        matcher_(study_, context.numbers),
        columns_(question.columns.size()) {
    const auto place = [&](const std::string& code) {
      const auto found = std::find_if(study_.codes.begin(), study_.codes.end(),
                                      [&](const auto& each) { return each.code == code; });
      return static_cast<std::int32_t>(found - study_.codes.begin());
    };
    item_ = place(study_.item);
    for (const auto& task : study_.tasks) {
      fixed_.emplace_back();
      for (const auto& code : task.of) fixed_.back().push_back(place(code));
    }
  }

  void code(const Block& block) override {
    const auto width = columns_.size();
    cells_.resize(block.rows * width);
    trimmed_ = 0;
    for (std::size_t i = 0; i < width; ++i) {
      columns_[i].read(
          block, question_.columns[i],
          [&](std::string_view text, const std::string&, std::size_t row) {
            return judge(text, i, block, row);
          },
          [&](std::size_t row, std::uint32_t text) {
            cells_[row * width + i] = columns_[i].meaning(text);
          });
      trimmed_ += columns_[i].trimmed();
    }
    codes_.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) codes_[row] = count(block, row);
  }

  std::size_t size() const override { return first_count + counts_.size(); }

  Answer answer(std::uint32_t code) const override {
    if (code == none_code) return {kind_of(study_.empty), "", "", 0};
    if (code == not_asked_code) return {AnswerKind::not_asked, "", "", 0};
    return {AnswerKind::category, maxdiff_text(counts_[code - first_count]), "", 0};
  }

 private:
  static constexpr std::uint32_t none_code = 0;
  static constexpr std::uint32_t not_asked_code = 1;
  static constexpr std::uint32_t first_count = 2;
  static constexpr std::int32_t nothing = -1;

  // The place of the answer that a cell names, or nothing.
  std::int32_t judge(std::string_view text, std::size_t column, const Block& block,
                     std::size_t row) const {
    if (const auto listed = matcher_.find(text)) {
      const bool missing = study_.codes[*listed].missing != MissingKind::none;
      return missing ? nothing : static_cast<std::int32_t>(*listed);
    }
    if (is_missing(text, context_.rules)) return nothing;
    throw Error(place_of(block, row, column), "code-range",
                study_.parent + " is '" + excerpt(text) + "'; it allows " + allowed_texts(study_),
                "add it to the codes of " + study_.parent + ", or list it there as missing");
  }

  Place place_of(const Block& block, std::size_t row, std::size_t column) const {
    const auto spot = block.spot_of(row, question_.columns[column]);
    return {context_.file, spot.line, spot.column};
  }

  std::uint32_t count(const Block& block, std::size_t row) {
    const auto* cells = cells_.data() + row * columns_.size();
    MaxDiffCount count;
    bool any = false;
    std::size_t at = 0;
    for (std::size_t task = 0; task < study_.tasks.size(); ++task) {
      const auto first = at;
      at += 2 + question_.shown[task];
      const auto best = cells[first];
      const auto worst = cells[first + 1];
      if (best == nothing && worst == nothing) continue;
      any = true;
      const auto* shown = fixed_[task].empty() ? cells + first + 2 : fixed_[task].data();
      const auto* end = fixed_[task].empty() ? cells + at : shown + fixed_[task].size();
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        const auto chosen = cells[first + side];
        if (chosen != nothing && std::find(shown, end, chosen) == end)
          refuse_unshown(block, row, first + side, chosen, shown, end);
      }
      if (best == worst) {
        throw Error(place_of(block, row, first + 1), "maxdiff-same",
                    study_.parent + ": '" + study_.codes[static_cast<std::size_t>(best)].code +
                        "' is both best and worst of task " + std::to_string(task + 1),
                    "empty both cells if the task was not answered");
      }
      count.shown += std::find(shown, end, item_) != end;
      count.best += best == item_;
      count.worst += worst == item_;
    }
    if (!any) return none_code;
    return count.shown == 0 ? not_asked_code : code_of(count);
  }

  [[noreturn]] void refuse_unshown(const Block& block, std::size_t row, std::size_t column,
                                   std::int32_t chosen, const std::int32_t* shown,
                                   const std::int32_t* end) const {
    std::string list;
    for (; shown != end; ++shown) {
      if (*shown == nothing) continue;
      list += (list.empty() ? "" : ", ") + study_.codes[static_cast<std::size_t>(*shown)].code;
    }
    throw Error(place_of(block, row, column), "maxdiff-shown",
                study_.parent + " chooses '" +
                    excerpt(study_.codes[static_cast<std::size_t>(chosen)].code) +
                    "', which the task did not show",
                list.empty() ? "it showed nothing" : "it showed " + excerpt(list, 120));
  }

  std::uint32_t code_of(const MaxDiffCount& count) {
    const auto key = std::tuple(count.best, count.worst, count.shown);
    const auto next = first_count + static_cast<std::uint32_t>(counts_.size());
    const auto [known, fresh] = numbers_.try_emplace(key, next);
    if (fresh) counts_.push_back(count);
    return known->second;
  }

  const Question& question_;
  const StudyQuestion& study_;
  const CodingContext& context_;
  CodeMatcher matcher_;
  std::int32_t item_ = nothing;
  std::vector<std::vector<std::int32_t>> fixed_;  // by task: what everybody is shown, if so
  std::vector<CodedColumn<std::int32_t>> columns_;
  std::vector<std::int32_t> cells_;
  std::vector<MaxDiffCount> counts_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> numbers_;
};

}  // namespace

std::string maxdiff_text(const MaxDiffCount& count) {
  return std::to_string(count.best) + "/" + std::to_string(count.worst) + "/" +
         std::to_string(count.shown);
}

std::optional<MaxDiffCount> parse_maxdiff(std::string_view text) {
  const auto first = text.find('/');
  const auto second = first == std::string_view::npos ? first : text.find('/', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto best = parse_count(text.substr(0, first));
  const auto worst = parse_count(text.substr(first + 1, second - first - 1));
  const auto shown = parse_count(text.substr(second + 1));
  if (!best || !worst || !shown) return std::nullopt;
  return MaxDiffCount{static_cast<std::uint32_t>(*best), static_cast<std::uint32_t>(*worst),
                      static_cast<std::uint32_t>(*shown)};
}

std::unique_ptr<StudyCoder> make_maxdiff_coder(const Question& question,
                                               const CodingContext& context) {
  return std::make_unique<MaxDiffCoder>(question, context);
}

}  // namespace sondeo
