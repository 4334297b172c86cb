// SPDX-License-Identifier: MIT
// A study over columns of a made-up file, coded row by row.
#pragma once

#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "blocks.h"
#include "codebook/bind.h"
#include "codebook/study.h"
#include "data/question_coders.h"

namespace sondeo::studies {

struct Setting {
  Header header;
  CodingContext context;
  std::vector<StudyQuestion> variables;
  std::vector<Question> questions;
  std::unique_ptr<QuestionCoders> coders;

  // `text` are the questions of a study file; `columns` the header of the data.
  Setting(const std::string& text, std::vector<std::string> columns) {
    header.file = "f.csv";
    header.names = std::move(columns);
    context.file = "f.csv";
    variables = variables_of(parse_study("[study]\nname = \"s\"\n" + text, "s.toml"));
    for (const auto& variable : variables) questions.push_back(bind(variable, header));
  }

  void code(const Block& block) {
    if (!coders) {
      std::vector<std::size_t> all(questions.size());
      std::iota(all.begin(), all.end(), 0);
      coders = std::make_unique<QuestionCoders>(questions, all, header, context);
    }
    coders->code(block);
  }

  std::size_t position(const std::string& name) const {
    std::size_t i = 0;
    while (questions[i].name != name) ++i;
    return i;
  }
  const AnswerCoder& coder(const std::string& name) const {
    return *coders->coders()[position(name)];
  }

  // What each row's codes of a question mean: an answer by its text, "!" and text for missing, "-"
  // for not asked; of a select-all question "answered", "asked" ..., then options, nets as "=net".
  std::vector<std::string> meanings(const std::string& name, const blocks::Rows& rows) {
    const blocks::MadeBlock block(rows);
    code(block.get());
    const auto& coder = this->coder(name);
    std::vector<std::string> result;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      if (!coder.several()) {
        result.push_back(meaning(coder.answer(coder.codes()[row])));
        continue;
      }
      std::string list;
      for (auto i = coder.offsets()[row]; i < coder.offsets()[row + 1]; ++i)
        list += (list.empty() ? "" : " ") + meaning(coder.answer(coder.codes()[i]));
      result.push_back(list);
    }
    return result;
  }

  static std::string meaning(const Answer& answer) {
    switch (answer.kind) {
      case AnswerKind::category:
        return answer.text;
      case AnswerKind::missing:
        return "!" + answer.text;
      case AnswerKind::answered:
        return "answered";
      case AnswerKind::asked:
        return "asked";
      case AnswerKind::not_asked:
        return "-" + answer.text;
      case AnswerKind::number:
        return "number";
      case AnswerKind::net:
        break;
    }
    return "=" + answer.text;
  }
};

using Meanings = std::vector<std::string>;

}  // namespace sondeo::studies
