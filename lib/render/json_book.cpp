// SPDX-License-Identifier: MIT
// sondeo.book/1: one line an answer.
#include <nlohmann/json.hpp>

#include "render/book.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json optional_number(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

std::string_view role_word(BookRole role) {
  switch (role) {
    case BookRole::answer:
      return "answer";
    case BookRole::missing:
      return "missing";
    case BookRole::net:
      return "net";
  }
  return "";
}

Json answer_json(const BookAnswer& answer, bool counted) {
  return {{"code", answer.code},
          {"label", answer.label},
          {"role", role_word(answer.role)},
          {"missing", missing_word(answer.missing)},
          {"in_base", answer.role != BookRole::missing || answer.in_base},
          {"listed", answer.listed},
          {"indent", answer.indent},
          {"score", optional_number(answer.score)},
          {"n", counted ? Json(answer.n) : Json(nullptr)}};
}

std::string question_lines(const BookQuestion& question) {
  Json head = {{"name", question.name},
               {"parent", question.parent},
               {"kind", kind_word(question.kind)},
               {"text", question.text},
               {"label", question.label},
               {"columns", question.columns},
               {"asked", question.asked},
               {"asked_text", question.asked_text},
               {"made", question.made}};
  head["counts"] = nullptr;
  if (question.counts) {
    head["counts"] = {{"answered", question.counts->answered},
                      {"none_chosen", question.counts->none_chosen},
                      {"no_answer", question.counts->no_answer},
                      {"not_asked", question.counts->not_asked}};
  }
  head["numbers"] = nullptr;
  if (question.numbers && question.numbers->n > 0) {
    const auto& numbers = *question.numbers;
    head["numbers"] = {
        {"n", numbers.n}, {"least", nullptr}, {"mean", numbers.mean}, {"most", nullptr}};
    if (numbers.least) head["numbers"]["least"] = *numbers.least;
    if (numbers.most) head["numbers"]["most"] = *numbers.most;
  }
  auto out = dump(head);
  out.pop_back();
  out += ",\"answers\":[";
  for (std::size_t i = 0; i < question.answers.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out += dump(answer_json(question.answers[i], question.counts.has_value()));
  }
  return out + "]}";
}

}  // namespace

std::string render_book_json(const Book& book) {
  const Json head = {{"schema", "sondeo.book/1"}, {"name", book.name},
                     {"title", book.title},       {"notes", book.notes},
                     {"language", book.language}, {"synthetic", book.synthetic},
                     {"weight", book.weight},     {"respondents", book.respondents}};
  auto out = dump(head);
  out.pop_back();
  out += ",\"questions\":[";
  for (std::size_t i = 0; i < book.questions.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out += question_lines(book.questions[i]);
  }
  return out + "]}\n";
}

}  // namespace sondeo
